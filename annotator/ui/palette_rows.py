"""Rows of the command palette: what one is, which fit what is typed, how their words are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPainter, QPen

from annotator.language import tr
from annotator.ui.paint import Box, advance
from annotator.ui.theme import Theme, font

LIKE_ENOUGH = 72
"""Of 100: how alike words must be to be found in spite of a typing error."""


@dataclass(frozen=True)
class PaletteRow:
    """One row: its words, what it belongs to, its key, what it does; ``why_not`` says why it cannot be done now.

    ``id`` is the command's, where it is one; ``also`` other words by which people look for it.
    """

    words: str
    group: str
    key: str
    run: Callable[[], object]
    why_not: str = ""
    id: str = ""
    also: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        not_now = tr("not now: {why}", why=self.why_not) if self.why_not else ""
        return ", ".join(part for part in (self.words, self.group, self.key, not_now) if part)


def matches(query: str, acts: Sequence[PaletteRow]) -> list[PaletteRow]:
    """Return what fits a query, the best first: every typed word in it, else words nearly like it."""
    wanted = query.casefold().split()
    if not wanted:
        return list(acts)
    found: list[tuple[float, bool, int, PaletteRow]] = []
    for at, act in enumerate(acts):
        words, others = act.words.casefold(), act.also.casefold().split()
        hay = f"{words} {act.group}".casefold()
        if all(word in hay or any(other.startswith(word) for other in others) for word in wanted):
            begins = words.startswith(wanted[0])
            whole = any(part.startswith(wanted[0]) for part in [*words.split(), *others])
            found.append((0 if begins else 1 if whole else 2, bool(act.why_not), at, act))
    if not found and len(query) > 2:
        from rapidfuzz import fuzz  # only now: the window starts without it

        for at, act in enumerate(acts):
            like = fuzz.partial_ratio(" ".join(wanted), act.words.casefold())
            if like >= LIKE_ENOUGH:
                found.append((100 - like, bool(act.why_not), at, act))
    return [act for *_, act in sorted(found, key=lambda f: f[:3])]


def draw_found(p: QPainter, box: Box, words: str, query: str, room: float, t: Theme, ink: str) -> float:
    """Draw words with the typed letters heavier and underlined; returns the width they took."""
    plain, heavy = font("body"), font("body", 600)
    at = words.casefold().find(query.casefold()) if query else -1
    if at < 0 or len(words.casefold()) != len(words):
        width = min(advance(plain, words), room)
        box.text(p, words, 12, 0, width + 2, box.h, plain, ink)
        return width
    x = 0.0
    parts = (
        (words[:at], plain, False),
        (words[at : at + len(query)], heavy, True),
        (words[at + len(query) :], plain, False),
    )
    for part, face, hit in parts:
        width = min(advance(face, part), max(0.0, room - x))
        if not part or width < 4:
            continue
        box.text(p, part, 12 + x, 0, width + 1, box.h, face, ink)
        if hit:
            line = box.rc(12 + x, box.h / 2 + 9, width, 0)
            p.setPen(QPen(QColor(t.accent), 1.5))
            p.drawLine(line.topLeft(), line.topRight())
        x += width
    return x
