"""The first page of a fact-checker's draft: facts, one sentence, what is open, what is settled, how to read the marks."""

from __future__ import annotations

from collections.abc import Sequence

from annotator import vocabulary
from annotator.analysis.coverage import Coverage
from annotator.analysis.to_check import is_to_check
from annotator.exporters import checking, figures, frame, measures, sections, wording
from annotator.exporters.chapter import Chapter, listed
from annotator.exporters.document import Cell, Column, Inline, Paragraph, Part, Table, Text
from annotator.exporters.material import LONG, Material
from annotator.exporters.sections import cell, plain
from annotator.language import tr, trn
from annotator.model import Claim

_MOST_OPEN = 14
_MOST_PLACES = 10
_FEWEST = 3
_TABLE, _SPARE = 52.0, 24.0
"""Room in points of a table's heading and head, and what stays free at the foot of the page."""


def opening(
    chapter: Chapter, material: Material, overline: str, coder: str, when: str, line: Sequence[Paragraph]
) -> list[Part]:
    """Return the head of a report or chapter: title, facts, the sentence that sums up, what is open and what settled."""
    many = chapter.depth > 0
    title = chapter.anchored("top", *frame.short_title(chapter))
    out: list[Part] = [
        *frame.head(overline, title, new_page=many, level=0 if many else None),
        frame.facts(chapter, coder, when),
        Paragraph("Lead", (Text(_summary(chapter)),)),
        *_coverage(chapter, material),
        *line,
    ]
    below = [] if many else legend(chapter)
    left = measures.ROOM[chapter.options.paper] - measures.height([*out, *below]) - _SPARE
    if chapter.options.unresolved_first:
        open_, taken = _open_first(chapter, left)
        settled, _ = _settled(chapter, left - taken)
        out += [*open_, *settled]
    return out + below


def _coverage(chapter: Chapter, material: Material) -> list[Part]:
    """Return how many sentences nobody has looked at, and where they stand; nothing where all are accounted for."""
    annotated = chapter.annotated
    if not annotated.claims:
        return []
    if len(annotated.text) > LONG:
        accounted, sentences = material.counted.get(annotated.article.id, (0, 0))
        return [Paragraph("Small", (Text(_unaccounted(sentences - accounted, sentences)),))] if sentences else []
    cover = Coverage(material.sentences[annotated.article.id])
    for claim in annotated.claims:
        cover.put(claim.id, [(s.start, s.end) for s in claim.segments])
    for mark in annotated.sentence_marks:
        cover.put(mark.id, [(mark.start, mark.end)])
    told = _unaccounted(len(cover.open), len(cover.sentences))
    if not cover.open:
        return [Paragraph("Small", (Text(told),))] if cover.sentences else []
    places: dict[str, tuple[Inline, ...]] = {}
    times: dict[str, int] = {}
    for start in cover.open:
        place = chapter.place(start)
        if place is not None:
            places.setdefault(place.words, chapter.place_link(start))
            times[place.words] = times.get(place.words, 0) + 1
    shown = [
        (*link, *((Text(f" ({times[words]})"),) if times[words] > 1 else ()))
        for words, link in list(places.items())[:_MOST_PLACES]
    ]
    more = Text(tr(" and {n} more places", n=len(places) - _MOST_PLACES)) if len(places) > _MOST_PLACES else Text("")
    return [Paragraph("Small", (Text(f"{told[:-1]}: "), *listed(shown), more, Text(".")))]


def _unaccounted(n: int, sentences: int) -> str:
    if not n:
        return trn(
            "The one sentence of the body is accounted for.",
            "All {n} sentences of the body are accounted for.",
            sentences,
        )
    return trn(
        "{n} of {all} sentences holds no claim, and nobody has said that it need not.",
        "{n} of {all} sentences hold no claim, and nobody has said that they need not.",
        n,
        all=f"{sentences:,}",
    )


# -- what is open


def _summary(chapter: Chapter) -> str:
    """Return the one sentence (two where checking has begun) that sums an article up."""
    annotated, claims = chapter.annotated, chapter.annotated.claims
    if not claims:
        return tr("No claim has been marked yet.")
    voice = sum(annotated.is_author_voice(c.id) for c in claims)
    unlooked = sum(c.id not in annotated.attributions_of for c in claims)
    others = [
        words
        for n, words in (
            (unlooked, tr("{n:,} nobody has looked at yet", n=unlooked)),
            (voice, trn("{n} is in the author’s voice", "{n} are in the author’s voice", voice)),
        )
        if n
    ]
    first = figures.attributed(len(claims) - voice - unlooked, len(claims), checking.to_nobody_named(annotated))
    first += f"; {vocabulary.listed(others)}." if others else "."
    worth = [c for c in claims if c.check_worthy == "yes"]
    if not worth:
        return first
    left = sum(is_to_check(chapter.annotated, c) for c in worth)
    told = tr("Of {claims} worth checking, none is still open.", claims=vocabulary.count(len(worth), "claim"))
    if left:
        told = trn(
            "Of {claims} worth checking, {n} is still open.",
            "Of {claims} worth checking, {n} are still open.",
            left,
            claims=vocabulary.count(len(worth), "claim"),
        )
    return f"{first} {told}"


def _open(chapter: Chapter) -> list[Claim]:
    """Return the claims that need somebody: nobody behind them first, then those worth checking."""
    ranked = sorted(
        (rank, n, claim)
        for n, claim in enumerate(chapter.annotated.claims)
        if (rank := _rank(chapter, claim)) is not None
    )
    return [claim for _, _, claim in ranked]


def _open_first(chapter: Chapter, room: float) -> tuple[list[Part], float]:
    """Return the claims that need somebody, as many as there is room for (points), and the room they take."""
    found = _open(chapter)
    if not found:
        return [], 0.0
    checked = chapter.options.verdicts and sections.is_checked_at_all(chapter.annotated)
    columns = [
        Column(tr("No."), 1.0),
        Column(tr("Claim, in short"), 7.3),
        Column(tr("Who says so"), 3.7),
    ]
    columns += [Column(tr("Status"), 2.3)] if checked else []
    columns.append(Column(tr("Place"), 16 - sum(c.width for c in columns), align_end=True))
    rows: list[tuple[Cell, ...]] = []
    taken = _TABLE
    for claim in found:
        short = wording.in_short(claim, chapter.annotated.text)
        row = [
            cell(plain(chapter.claim_link(claim))),
            cell(plain(*chapter.quoted(short))),
            cell(plain(*chapter.who(claim))),
            *((cell(plain(Text(sections.status(chapter, claim)))),) if checked else ()),
            cell(plain(*chapter.place_link(claim.start))),
        ]
        taken += measures.row(columns, row, "tight")
        if len(rows) >= _FEWEST and (taken > room or len(rows) >= _MOST_OPEN):
            break
        rows.append(tuple(row))
    described = tr("The claims that nobody stands behind, then those still to be checked")
    out: list[Part] = [
        Paragraph("Heading2", (Text(tr("Open first")),)),
        Table(tuple(columns), tuple(rows), tr("Open first"), described, look="tight"),
    ]
    return [*out, *_more(len(found) - len(rows))], taken


def _more(n: int) -> list[Part]:
    told = trn("{n} more stands among the claims.", "{n} more stand among the claims.", n)
    return [Paragraph("Small", (Text(told),))] if n else []


def _settled(chapter: Chapter, room: float) -> tuple[list[Part], float]:
    """Return the claims with a verdict, as many as there is room for: what was found, and by whom."""
    annotated = chapter.annotated
    found = [c for c in annotated.claims if (e := annotated.verification(c.id)) is not None and e.verdict]
    if not found or not chapter.options.verdicts:
        return [], 0.0
    columns = (
        Column(tr("No."), 1.0),
        Column(tr("Claim, in short"), 6.6),
        Column(tr("Verdict"), 3.2),
        Column(tr("Evidence"), 1.7),
        Column(tr("Given by"), 3.5),
    )
    rows: list[tuple[Cell, ...]] = []
    taken = _TABLE
    for claim in found:
        row = (
            cell(plain(chapter.claim_link(claim))),
            cell(plain(*chapter.quoted(wording.in_short(claim, annotated.text)))),
            cell(plain(Text(checking.verdict(annotated, claim), ("Strong",)))),
            cell(plain(*sections.evidence_links(chapter, claim))),
            cell(plain(*chapter.foreign(checking.given_by(annotated, claim) or "–"))),
        )
        taken += measures.row(columns, row, "tight")
        if taken > room:
            break
        rows.append(row)
    if not rows:
        return [], 0.0
    described = tr("The claims with a verdict, the evidence it rests on, and who gave it")
    out: list[Part] = [
        Paragraph("Heading2", (Text(tr("Checked")),)),
        Table(columns, tuple(rows), tr("Checked"), described, look="tight"),
    ]
    return [*out, *_more(len(found) - len(rows))], taken


def _rank(chapter: Chapter, claim: Claim) -> int | None:
    """Return how early a claim is to be looked at; None where it is settled."""
    if claim.id not in chapter.annotated.attributions_of:
        return 0
    if chapter.annotated.sources_of(claim.id) and not checking.is_sourced(chapter.annotated, claim):
        return 1
    if not is_to_check(chapter.annotated, claim):
        return None
    return 3 if checking.is_sourced(chapter.annotated, claim) else 2


# -- how to read it


def legend(chapter: Chapter | None) -> list[Part]:
    """Return the legend: each sample is made with the marks' own styles."""
    if chapter is None or not chapter.options.legend:
        return []

    def sample(words: str, *inlines: Inline) -> tuple[Paragraph, ...]:
        return Paragraph("TableQuote", inlines), Paragraph("TableNote", (Text(words),))

    def label(words: str, look: str = "Claim Mark", claims: int = 0) -> Text:
        return Text(words, (look,), claims)

    leads = tr("Its number leads to the note.") if chapter.options.notes else tr("It has a number.")
    first = (
        sample(f"{tr('Shaded: a claim.')} {leads}", label("C1\u00a0"), Text(tr("a claim, from here"), claims=1)),
        sample(
            tr("Darker where claims overlap; C4] closes the first."),
            Text(tr("two claims"), claims=2),
            label("C4]", claims=1),
            Text(tr(" one left"), claims=1),
        ),
        sample(
            tr("One claim in two parts."),
            Text(tr("first part"), claims=1),
            Text(tr(" she said ")),
            label("C7…\u00a0"),
            Text(tr("second"), claims=1),
        ),
    )
    second = (
        sample(
            tr("Double underline: a source, with its number."),
            Text(tr("who speaks"), ("Source",)),
            label("\u00a0S1", "Source Mark"),
        ),
        sample(tr("Outline: a person, place, body or work."), Text(tr("a name"), ("Entity",))),
        sample(tr("Dashed: the word that hands a claim over."), Text(tr("says, denies"), ("Cue",))),
    )
    columns = (Column("", 5.4), Column("", 5.3), Column("", 5.3))
    table = Table(columns, (first, second), tr("Legend: how the marks look"), look="legend")
    return [Paragraph("Heading2", (Text(tr("How to read the marks")),)), table]
