"""Which charts the audit panel shows of what was counted, and for whom; made on any thread, shown on the window's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotator.analysis.sourcing import Audit
from annotator.exporters import charts
from annotator.exporters.document import Chart
from annotator.language import tr
from annotator.ui.auditing import Outcome

Charts = Mapping[str, Chart | None]
Maker = Callable[[Audit, float, Callable[[int], str]], Chart | None]
"""Makes a chart of an audit, of a width in mm; the last tells what a place in the article is called."""


@dataclass(frozen=True)
class Picture:
    """A chart of the panel: who makes it, and for whom; ``several``: also of several articles."""

    title: str
    make: Maker
    teacher: bool = False
    several: bool = True


SPEAKERS = 6
"""So many bars are drawn; the others are told in a line and stand in the table."""
PICTURES: dict[str, Picture] = {
    "who_speaks": Picture(
        tr("Who speaks"), lambda audit, width, _: charts.who_speaks(audit, width, most=SPEAKERS), teacher=True
    ),
    "nobody_named": Picture(tr("Where nobody is named"), charts.strip, teacher=True, several=False),
    "types": Picture(tr("Claims by type and check"), lambda audit, width, _: charts.types_by_status(audit, width)),
    "naming": Picture(tr("How sources are named"), lambda audit, width, _: charts.sources_by_naming(audit, width)),
    "verbs": Picture(tr("Loaded words for speaking"), lambda audit, width, _: charts.loaded_verbs(audit, width)),
}
ABOVE = ("who_speaks", "nobody_named")
"""Those that stand above the findings."""
COMPARED = "compared"
_FIGURES = ("attribution_share", "check_worthy_unattributed", "unchecked", "unnamed_share", "loaded_cue_share")
"""Figures of several articles side by side; the first three where there is little room."""
WIDE = 170
"""Millimetres from which on there is room for all of them."""
LARGE = 200
"""More articles are not compared side by side: the list behind each figure tells them one by one."""


@dataclass(frozen=True)
class Drawing:
    """How charts are to be drawn: for which width (mm), and only the plain ones or all."""

    width: float
    plain: bool


def draw(
    outcome: Outcome, how: Drawing, place: Callable[[int], str], audit_of: Callable[[str], Audit | None]
) -> Charts:
    """Return the charts of what was counted, by their names; None where one is not wanted or has nothing in it."""
    audit = outcome.audit
    if audit is None or not audit.claims:
        return {}
    several = len(outcome.articles) > 1
    found: dict[str, Chart | None] = {}
    for key, picture in PICTURES.items():
        wanted = (picture.teacher or not how.plain) and (picture.several or not several)
        found[key] = picture.make(audit, how.width, place) if wanted else None
    if several and len(outcome.articles) <= LARGE:
        each = ((outcome.titles.get(id_, ""), audit_of(id_)) for id_ in outcome.articles)
        shown = _FIGURES if how.width >= WIDE else _FIGURES[:3]
        found[COMPARED] = charts.side_by_side([(t, a) for t, a in each if a is not None], how.width, shown)
    return found
