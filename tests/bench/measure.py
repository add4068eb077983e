"""Timing and the table it ends in. Times are milliseconds; only ratios are compared, machines are noisy."""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measured thing beside its bare limit (both medians, ms), and the highest ratio it is meant to stay under."""

    what: str
    ours: float
    limit: str
    bare: float
    at_most: float
    p95: float | None = None
    p95_at_most: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over bare."""
        return self.ours / self.bare

    @property
    def kept(self) -> bool:
        """Whether ratio and p95 are within their bounds."""
        return self.ratio <= self.at_most and (
            self.p95 is None or self.p95_at_most is None or self.p95 <= self.p95_at_most
        )


def times(act: Callable[[], object], rounds: int, before: Callable[[], object] | None = None) -> list[float]:
    """Return the times of ``rounds`` runs, in ms; ``before`` runs untimed before each."""
    found: list[float] = []
    for _ in range(rounds):
        if before is not None:
            before()
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return found


def alternate(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Time both in turn, so that a slow spell of the machine meets both; the first round of each is not counted."""
    a: list[float] = []
    b: list[float] = []
    for n in range(rounds + 1):
        mine, other = times(ours, 1), times(bare, 1)
        if n:
            a += mine
            b += other
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
        ours = f"{r.ours:.1f} ms" + (f", p95 {r.p95:.1f} ms" if r.p95 is not None else "")
        bound = f"{r.at_most:g} x" + (f", p95 {r.p95_at_most:g} ms" if r.p95_at_most is not None else "")
        lines.append(
            f"| {r.what} | {ours} | {r.limit} | {r.bare:.1f} ms | {r.ratio:.1f} x | {bound} | {'kept' if r.kept else 'NOT KEPT'} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """Return a line that says what this ran on."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {_cores()} cores"


def _cores() -> int:
    import os

    return os.cpu_count() or 1


def write_json(rows: list[Row], path: Path) -> None:
    """Write the rows with their ratios as JSON."""
    data = {"machine": machine(), "rows": [{**asdict(r), "ratio": round(r.ratio, 2), "kept": r.kept} for r in rows]}
    path.write_text(json.dumps(data, indent=2), "utf-8")
