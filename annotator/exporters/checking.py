"""How far checking has come, for reports: what is open, verdicts with who gave them, evidence, and the history."""

from __future__ import annotations

from annotator import vocabulary
from annotator.exporters import wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import Cell, Column, Paragraph, Part, Table, Text
from annotator.exporters.sections import cell, heading, plain
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Verification


def is_sourced(annotated: AnnotatedArticle, claim: Claim) -> bool:
    """Say whether somebody the text names, in whatever way, stands behind a claim."""
    return any(not wording.is_unstated(s) for s in annotated.sources_of(claim.id))


def to_nobody_named(annotated: AnnotatedArticle) -> int:
    """Return how many claims are attributed to nobody whom the text states."""
    return sum(bool(annotated.sources_of(c.id)) and not is_sourced(annotated, c) for c in annotated.claims)


def verdict(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return the verdict that stands, with a capital; empty where there is none."""
    event = annotated.verification(claim.id)
    return annotated.code_book.title("verdict", event.verdict) if event is not None and event.verdict else ""


def given_by(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return who gave the verdict that stands, and when; of a claim without one, of its last change."""
    event = annotated.verdict_given(claim.id) or annotated.verification(claim.id)
    return signed(event) if event is not None else ""


def signed(event: Verification) -> str:
    """Return "Ada Reader, 3 March 2026"."""
    return wording.apart((event.person, wording.day_of(event.at)))


def history(chapter: Chapter) -> list[Part]:
    """Return every change of a claim's state: when, by whom, to what, and why; nothing where there was none."""
    annotated = chapter.annotated
    if not chapter.options.verdicts:
        return []
    rows: list[tuple[Cell, ...]] = []
    for claim in annotated.claims:
        events = annotated.verifications.get(claim.id, ())
        rows += [_event(chapter, claim, event, first=n == 0) for n, event in enumerate(events)]
    if not rows:
        return []
    columns = (
        Column(tr("No."), 1.0),
        Column(tr("When"), 3.3),
        Column(tr("Who"), 2.9),
        Column(tr("Set to"), 3.5),
        Column(tr("Why"), 5.3),
    )
    told = tr("Every change, the oldest of each claim first. A verdict keeps who gave it, and on which day.")
    described = tr("Every change of a claim’s state of checking: when, by whom, to what, and why")
    return [
        heading(chapter, "history", tr("Check history")),
        Paragraph("SectionNote", (Text(told),)),
        Table(columns, tuple(rows), tr("Check history"), described, look="tight"),
    ]


def _event(chapter: Chapter, claim: Claim, event: Verification, *, first: bool) -> tuple[Cell, ...]:
    annotated = chapter.annotated
    status = vocabulary.title(event.status)
    found = annotated.code_book.label("verdict", event.verdict) if event.verdict else ""
    return (
        cell(plain(*((chapter.claim_link(claim),) if first else ()))),
        cell(plain(Text(wording.day_of(event.at) or "–"))),
        cell(plain(*chapter.foreign((event.person or "").strip() or "–"))),
        cell(plain(Text(f"{status}: " if found else status), *((Text(found, ("Strong",)),) if found else ()))),
        cell(plain(*chapter.foreign(" ".join((event.why or "").split()))))
        if event.why
        else cell(plain(Text("–", ("Quiet",)))),
    )
