"""Timing and the table it ends in. Only ratios are compared, machines are noisy."""

from __future__ import annotations

import cProfile
import io
import json
import os
import platform
import pstats
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measured thing beside its bare limit, and the highest ratio it is meant to stay under; None: only told."""

    what: str
    ours: float
    limit: str
    bare: float
    at_most: float | None
    p95: float | None = None
    p95_at_most: float | None = None
    bare_p95: float | None = None
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over bare."""
        return self.ours / self.bare

    @property
    def kept(self) -> bool:
        """Whether ratio and p95 are within their bounds."""
        return (self.at_most is None or self.ratio <= self.at_most) and (
            self.p95 is None or self.p95_at_most is None or self.p95 <= self.p95_at_most
        )

    def within(self, slack: float) -> bool:
        """Say whether the bounds are kept; with a slack over 1, whether the ratio is not that many times too high.

        Milliseconds say nothing on a machine that is shared, so with slack the p95 is not judged.
        """
        return self.kept if slack <= 1 else self.at_most is None or self.ratio <= slack * self.at_most


Timer = Callable[[Callable[[], object]], float]


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes, ms."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


class Profiler:
    """Times acts as ``timed`` does and, where wanted, profiles them; ``told`` is the outcome in words."""

    def __init__(self, wanted: bool) -> None:
        self._profile = cProfile.Profile() if wanted else None

    def __call__(self, act: Callable[[], object]) -> float:
        """Return how long an act takes, ms."""
        if self._profile is None:
            return timed(act)
        start = time.perf_counter()
        self._profile.enable()
        act()
        self._profile.disable()
        return (time.perf_counter() - start) * 1000

    def told(self, name: str, lines: int = 35) -> str:
        """Return where the time went, by the function's own time and by what it called; empty where not wanted."""
        if self._profile is None:
            return ""
        out = io.StringIO()
        for order in ("cumulative", "tottime"):
            out.write(f"\n== {name}, by {order}\n")
            pstats.Stats(self._profile, stream=out).strip_dirs().sort_stats(order).print_stats(lines)
        return out.getvalue()


@dataclass(frozen=True)
class Run:
    """What one group is given: a folder of its own, how to time its acts, and of which sizes it measures which."""

    folder: Path
    timer: Profiler
    sizes: tuple[int, ...] = ()


def times(act: Callable[[], object], rounds: int, before: Callable[[], object] | None = None) -> list[float]:
    """Return the times of ``rounds`` runs, in ms; ``before`` runs untimed before each."""
    found: list[float] = []
    for _ in range(rounds):
        if before is not None:
            before()
        found.append(timed(act))
    return found


def alternate(
    ours: Callable[[], object], bare: Callable[[], object], rounds: int, timer: Timer = timed
) -> tuple[list[float], list[float]]:
    """Time both in turn, so that a slow spell of the machine meets both; the first round of each is not counted."""
    a: list[float] = []
    b: list[float] = []
    for n in range(rounds + 1):
        mine, other = (timer if n else timed)(ours), timed(bare)
        if n:
            a.append(mine)
            b.append(other)
    return a, b


def median(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | ours | bare limit | bare | ratio | at most | |", "|---|---:|---|---:|---:|---:|---|"]
    for r in rows:
        ours = f"{r.ours:.1f} {r.unit}" + (f", p95 {r.p95:.1f} {r.unit}" if r.p95 is not None else "")
        bare = f"{r.bare:.1f} {r.unit}" + (f", p95 {r.bare_p95:.1f} {r.unit}" if r.bare_p95 is not None else "")
        bounds = [f"{r.at_most:g} x"] if r.at_most is not None else []
        bounds += [f"p95 {r.p95_at_most:g} {r.unit}"] if r.p95_at_most is not None else []
        verdict = "" if not bounds else "kept" if r.kept else "NOT KEPT"
        lines.append(f"| {r.what} | {ours} | {r.limit} | {bare} | {r.ratio:.2f} x | {', '.join(bounds)} | {verdict} |")
    notes = [f"- {r.what}: {r.note}" for r in rows if r.note]
    return "\n".join(lines + (["", *notes] if notes else []))


def short_table(rows: list[Row]) -> str:
    """Return what was measured and what it is measured against, for a reader who wants no more."""
    lines = ["| what | takes | beside |", "|---|---:|---|"]
    lines += [f"| {r.what} | {r.ours:,.0f} {r.unit} | {r.bare:,.0f} {r.unit}: {r.limit} |" for r in rows]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Return a line that says what this ran on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    drawing = os.environ.get("QT_QPA_PLATFORM", "native")
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count() or 1} cores{load}, "
        f"Qt platform {drawing}"
    )


def write_json(rows: list[Row], path: Path) -> None:
    """Write the rows with their ratios as JSON."""
    data = {"machine": machine(), "rows": [{**asdict(r), "ratio": round(r.ratio, 2), "kept": r.kept} for r in rows]}
    path.write_text(json.dumps(data, indent=2), "utf-8")
