"""The counts and the vocabularies of the researcher's appendix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from annotator import vocabulary
from annotator.analysis.sourcing import Audit, Figure
from annotator.analysis.to_check import is_to_check
from annotator.exporters import cells, code_book, wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.code_book import Listed
from annotator.exporters.document import Cell, Column, Link, Paragraph, Part, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.sections import cell, plain
from annotator.language import tr
from annotator.model import AnnotatedArticle, Attribution, Claim, CodeBook, Source, Term, TermList
from annotator.model.code_book import LISTS

_FIXED = ("claim_type", "claim_form", "naming", "proximity", "ground_rules", "load", "verdict")
"""Lists shown with all their terms: a reader sees what could have been coded, too."""
_OPEN = ("tag", "affiliation", "side")
"""Lists shown with the terms in use."""


# -- counts


def tables(material: Material, chapters: Sequence[Chapter]) -> list[Part]:
    """Return the counts over all articles, and by article where there are several."""
    if not any(a.claims for a in material.articles):
        return [Paragraph("SectionNote", (Text(tr("No claim has been marked yet.")),))]
    out: list[Part] = [_by_article(chapters)] if len(chapters) > 1 else []
    return [*out, _by_field(material)]


def _by_article(chapters: Sequence[Chapter]) -> Table:
    heads = (
        (tr("Claims"), 1.6),
        (tr("Attributed"), 1.9),
        (tr("Author’s voice"), 1.9),
        (tr("Not looked at"), 1.9),
        (tr("To check"), 1.7),
        (tr("Checked"), 1.7),
    )
    columns = (Column(tr("Article"), 5.3), *(Column(h, w, align_end=True) for h, w in heads))
    rows: list[tuple[Cell, ...]] = []
    totals = [0] * len(heads)
    for chapter in chapters:
        counts = _counts(chapter.annotated)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        number = Link(f"{chapter.prefix}top", Text(chapter.series[:-1], ("Claim Number",)))
        title = chapter.foreign(wording.shortened(chapter.annotated.article.title, 90))
        rows.append((cell(plain(number, Text("\u2002"), *title)), *_numbers(counts)))
    rows.append((cell(plain(Text(tr("All together"), ("Strong",)))), *_numbers(totals)))
    described = tr("The claims of each article: how many are attributed, are to be checked, and were")
    return Table(columns, tuple(rows), tr("Claims by article"), described, look="tight")


def _counts(annotated: AnnotatedArticle) -> list[int]:
    claims = annotated.claims
    events = [annotated.verification(c.id) for c in claims]
    return [
        len(claims),
        sum(bool(annotated.sources_of(c.id)) for c in claims),
        sum(annotated.is_author_voice(c.id) for c in claims),
        sum(c.id not in annotated.attributions_of for c in claims),
        sum(is_to_check(annotated, c) for c in claims),
        sum(e is not None and e.status == "checked" for e in events),
    ]


def _numbers(counts: Iterable[int]) -> list[Cell]:
    return [cell(cells.number(n)) for n in counts]


def _by_field(material: Material) -> Table:
    """Return a row for each value in use: of claims their type, form, status; of sources and cues how they are coded."""
    audit = material.audit
    book = material.articles[0].code_book
    heads = [(tr("Coded"), 4.2), (tr("As"), 6.2), (tr("n of N"), 3.2)] + (
        [] if audit.is_short else [(tr("Share"), 2.4)]
    )
    names = {2: (tr("Number"), tr("Of"))}
    columns = tuple(Column(h, w, align_end=n > 1, names=names.get(n, ())) for n, (h, w) in enumerate(heads))
    rows: list[tuple[Cell, ...]] = []
    for title, found, of in _fields(material, audit, book):
        for n, (words, count) in enumerate(found.most_common()):
            figure = Figure(count, of)
            share = () if audit.is_short else (cell(cells.share(figure.share)),)
            # Printed once for all its values; in a sheet that is sorted each row needs it.
            first = plain(*((Text(title, ("Strong",)),) if n == 0 else ()))._replace(values=(title,))
            rows.append((cell(first), cell(plain(Text(words))), cell(cells.n_of(figure)), *share))
    described = tr("How often each value was coded: of claims, of their sources, of the cues that hand them over")
    return Table(columns, tuple(rows), tr("Counts by value"), described, look="tight", parted=True)


def _fields(material: Material, audit: Audit, book: CodeBook) -> Iterator[tuple[str, Counter[str], int]]:
    claims = [(a, c) for a in material.articles for c in a.claims]
    total = len(claims)
    missing = tr("not filled in")

    def counted(values: Iterable[str | None]) -> Counter[str]:
        return Counter(vocabulary.label(v) or missing for v in values)

    yield tr("Type of claim"), counted(c.type for _, c in claims), total
    yield tr("Form of claim"), counted(c.form for _, c in claims), total
    yield tr("Worth checking"), counted(c.check_worthy for _, c in claims), total
    yield tr("State of checking"), counted(_status(a, c) for a, c in claims), total
    verdicts = [e.verdict for a, c in claims if (e := a.verification(c.id)) is not None and e.verdict]
    yield tr("Verdict"), Counter(book.label("verdict", v) for v in verdicts), len(verdicts)
    sources = [s for a in material.articles for s in _sources(a)]
    yield tr("Naming of sources"), counted(s.naming for s in sources), len(sources)
    loads = [cue.load for cue in audit.cues]
    yield tr("Load of cues"), Counter(book.label("load", v) or missing for v in loads), len(loads)


def _status(annotated: AnnotatedArticle, claim: Claim) -> str:
    event = annotated.verification(claim.id)
    return event.status if event is not None else "not_checked"


def _sources(annotated: AnnotatedArticle) -> list[Source]:
    """Return the sources that somebody may hold to account and that stand behind a claim."""
    found: dict[str, Source] = {}
    for claim in annotated.claims:
        found.update((s.id, s) for s in annotated.sources_of(claim.id))
    return list(found.values())


# -- vocabularies


def vocabularies(material: Material) -> list[Part]:
    """Return the lists that were coded with: their terms with definition, example and uses in these articles."""
    if not material.articles:
        return []
    book = material.articles[0].code_book
    uses = _uses(material.articles)
    out: list[Part] = []
    for list_ in (*_FIXED, *_OPEN):
        found = uses.get(list_, Counter())
        terms = [t for t in book.terms(list_) if list_ not in _OPEN or found[t.key]]
        if terms and found.total():
            out += _list(LISTS[list_], terms, found, book)
    return [*out, *_cues(material)]


def _list(kind: TermList, terms: Sequence[Term], uses: Counter[str], book: CodeBook) -> list[Part]:
    """Return a list's terms in use, and below them those nobody used."""
    used = tuple(t for t in terms if uses[t.key])
    made = code_book.section(Listed(kind, used, uses), book)
    out: list[Part] = [Paragraph("Heading2", (Text(kind.title),), level=1)]
    out += [replace(part, parted=True) if isinstance(part, Table) else part for part in made[1:]]
    unused = ", ".join(t.label for t in terms if not uses[t.key])
    return [*out, Paragraph("Small", (Text(tr("Not used: {terms}.", terms=unused)),))] if unused else out


def _uses(articles: Sequence[AnnotatedArticle]) -> Mapping[str, Counter[str]]:
    uses: dict[str, Counter[str]] = {name: Counter() for name in (*_FIXED, *_OPEN)}
    for annotated in articles:
        for claim in annotated.claims:
            _count(uses, "claim_type", claim.type)
            _count(uses, "claim_form", claim.form)
            event = annotated.verification(claim.id)
            _count(uses, "verdict", event.verdict if event is not None else None)
            for tag in claim.tags:
                _count(uses, "tag", LISTS["tag"].key_of(tag))
            for link in annotated.attributions_of.get(claim.id, ()):
                _count_link(uses, link)
        for source in _sources(annotated):
            _count(uses, "naming", source.naming)
            _count(uses, "proximity", source.proximity)
            _count(uses, "ground_rules", source.ground_rules)
            for name in ("affiliation", "side"):
                value: str | None = getattr(source, name)
                _count(uses, name, LISTS[name].key_of(value) if value else None)
    return uses


def _count_link(uses: Mapping[str, Counter[str]], link: Attribution) -> None:
    _count(uses, "load", link.load)


def _count(uses: Mapping[str, Counter[str]], list_: str, key: str | None) -> None:
    if key:
        uses[list_][key] += 1


def _cues(material: Material) -> list[Part]:
    """Return the cue words in use by their load."""
    book = material.articles[0].code_book
    by_load: dict[str, Counter[str]] = {}
    for cue in material.audit.cues:
        by_load.setdefault(cue.load or "", Counter())[" ".join(cue.words.casefold().split())] += 1
    if not by_load:
        return []
    rows = tuple(
        (
            cell(plain(Text(book.title("load", load) if load else tr("Not filled in"), ("Strong",)))),
            cell(plain(Text(", ".join(f"{words} ({n})" if n > 1 else words for words, n in found.most_common())))),
            cell(cells.number(found.total())),
        )
        for load, found in sorted(by_load.items())
    )
    columns = (Column(tr("Load"), 4.2), Column(tr("Cue words in these articles"), 9.8), Column(tr("Uses"), 2.0, True))
    head = Paragraph("Heading2", (Text(tr("Cue words in use")),), level=1)
    return [head, Table(columns, rows, tr("Cue words in use"), tr("The cue words of these articles by their load"))]
