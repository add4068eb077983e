"""What the annotated report holds, in no format: facts, lead, open claims, the article in pieces, notes, registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from annotator import __version__
from annotator.errors import AnnotatorError
from annotator.exporters import method, registers, wording
from annotator.exporters.marks import Names, Piece, Sweep, is_rtl, shown_blocks
from annotator.exporters.method import Passage
from annotator.exporters.registers import ClaimEntry, EntityEntry, EvidenceEntry, Fact, SourceEntry
from annotator.model import AnnotatedArticle, Block

KINDS: Mapping[str, str] = {"annotated": "The article with comments, notes and tables"}
PAPERS = ("A4", "Letter")
_YES = ("yes", "true", "on", "1")
_NO = ("no", "false", "off", "0")


@dataclass(frozen=True)
class ReportOptions:
    """What a report shows; ``template`` is a Word file whose styles are taken instead of the shipped ones."""

    kind: str = "annotated"
    comments: bool = True
    notes: bool = True
    unresolved_first: bool = True
    legend: bool = True
    claims: bool = True
    sources: bool = True
    entities: bool = True
    evidence: bool = True
    method: bool = True
    paper: str = "A4"
    template: Path | None = None


def options_from(kind: str, template: Path | None, given: Mapping[str, str]) -> ReportOptions:
    """Return options from words (``comments=no``, ``paper=Letter``).

    Raises:
        AnnotatorError: an unknown kind, option or value.
    """
    if kind not in KINDS:
        raise AnnotatorError(f"There is no report of the kind “{kind}”. Choose one of: {', '.join(KINDS)}.")
    found: dict[str, bool | str] = {}
    switches = [f.name for f in fields(ReportOptions) if isinstance(f.default, bool)]
    for key, value in given.items():
        name = key.replace("-", "_")
        if name == "paper":
            found[name] = _paper(value)
        elif name not in switches:
            raise AnnotatorError(f"The report has no option “{key}”. It has: {', '.join([*switches, 'paper'])}.")
        elif value.lower() in _YES + _NO:
            found[name] = value.lower() in _YES
        else:
            raise AnnotatorError(f"The option “{key}” is yes or no, not “{value}”.")
    return replace(ReportOptions(kind=kind, template=template), **found)


def _paper(value: str) -> str:
    for paper in PAPERS:
        if paper.lower() == value.lower():
            return paper
    raise AnnotatorError(f"The paper is {' or '.join(PAPERS)}, not “{value}”.")


@dataclass(frozen=True)
class ArticleParagraph:
    """One block of the article: what it is, its number in the margin (None: it has none), its pieces."""

    role: str
    pieces: tuple[Piece, ...]
    number: int | None = None
    level: int = 0
    rtl: bool = False
    target: str = ""


@dataclass(frozen=True)
class Chapter:
    """One article of the report. ``prefix`` begins the names of all its bookmarks."""

    prefix: str
    title: str
    language: str
    facts: tuple[Fact, ...]
    lead: str
    paragraphs: tuple[ArticleParagraph, ...]
    claims: tuple[ClaimEntry, ...]
    open_claims: tuple[ClaimEntry, ...]
    sources: tuple[SourceEntry, ...]
    entities: tuple[EntityEntry, ...]
    evidence: tuple[EvidenceEntry, ...]
    loose: tuple[str, ...]
    overline: str = ""

    @property
    def attributed(self) -> int:
        """How many claims have an accountable source."""
        return sum(bool(c.speakers) for c in self.claims)


@dataclass(frozen=True)
class Report:
    """A whole report; ``made`` is the day it was made, ``coder`` the person whose marks it shows."""

    kind: str
    title: str
    label: str
    coder: str
    made: date
    chapters: tuple[Chapter, ...]
    method: tuple[Passage, ...]
    options: ReportOptions
    version: str

    @property
    def footer(self) -> str:
        """The line at the foot of each page: who and when."""
        return f"Annotated by {self.coder}, {wording.day(self.made)}"


def build(
    articles: Sequence[AnnotatedArticle],
    options: ReportOptions,
    *,
    coder: str,
    today: date | None = None,
    version: str = __version__,
) -> Report:
    """Return the report on these articles, a chapter each; only accepted annotations are shown.

    Raises:
        AnnotatorError: there is no article.
    """
    if not articles:
        raise AnnotatorError("There is no article to report on. Import one first.")
    made = today or date.today()
    accepted = [_accepted(a) for a in articles]
    chapters = tuple(
        _chapter(a, options, f"a{n}_" if len(accepted) > 1 else "", coder, made) for n, a in enumerate(accepted, 1)
    )
    many = len(chapters) > 1
    return Report(
        kind=options.kind,
        title=f"{wording.number(len(chapters)).capitalize()} annotated articles" if many else chapters[0].title,
        label="Annotated articles" if many else "Annotated article",
        coder=coder,
        made=made,
        chapters=chapters,
        method=method.passages(accepted, version) if options.method else (),
        options=options,
        version=version,
    )


def _accepted(annotated: AnnotatedArticle) -> AnnotatedArticle:
    kept = tuple(a for a in annotated.annotations if a.status == "accepted")
    if len(kept) == len(annotated.annotations):
        return annotated
    ids = {a.id for a in kept}
    links = tuple(a for a in annotated.attributions if a.claim in ids)
    return replace(annotated, annotations=kept, attributions=links)


def _chapter(annotated: AnnotatedArticle, options: ReportOptions, prefix: str, coder: str, made: date) -> Chapter:
    blocks = shown_blocks(annotated)
    places = registers.Places(blocks, prefix)
    numbers = registers.Numbers(annotated)
    target = "note" if options.notes else "row" if options.claims else "text"
    names = Names(prefix, target, numbers.sources, numbers.entities)
    sweep = Sweep(annotated, blocks, names)
    claims = registers.claim_entries(annotated, numbers, places, coder)
    unresolved = [c for c in claims if c.is_open]
    article = annotated.article
    return Chapter(
        prefix=prefix,
        title=article.title.strip() or "Untitled article",
        language=article.language or "",
        facts=registers.facts(annotated, blocks, coder, made),
        lead=registers.lead(claims, unresolved),
        paragraphs=tuple(_paragraph(annotated, block, sweep, places) for block in blocks),
        claims=claims,
        open_claims=tuple(sorted(unresolved, key=lambda c: (c.urgency, c.number))),
        sources=registers.source_entries(annotated, numbers, claims),
        entities=registers.entity_entries(annotated, numbers, places),
        evidence=registers.evidence_entries(annotated, numbers),
        loose=registers.loose_ends(annotated),
        overline=" · ".join(x for x in (article.publication or "", wording.written_date(article.date or "")) if x),
    )


def _paragraph(
    annotated: AnnotatedArticle, block: Block, sweep: Sweep, places: registers.Places
) -> ArticleParagraph:
    number = places.numbers.get(block.start)
    return ArticleParagraph(
        role=_role(block),
        pieces=tuple(sweep.pieces(block)),
        number=number,
        level=block.level,
        rtl=is_rtl(annotated.text[block.start : block.end]),
        target=places.target(block.start),
    )


def _role(block: Block) -> str:
    """Return what a block is to a reader: its zone where that has a look of its own, else its kind."""
    if block.zone in ("masthead", "headline", "standfirst", "byline"):
        return block.zone
    if block.kind == "heading":
        return "heading"
    if block.zone == "caption" or block.kind == "caption":
        return "caption"
    if block.zone in ("box", "correction"):
        return "box"
    return block.kind if block.kind in ("list", "quote") else "body"
