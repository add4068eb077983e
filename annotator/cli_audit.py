"""The command line's sourcing audit: figures for people, a line each, or JSON as the contract has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotator import text as texts
from annotator.analysis import sourcing
from annotator.analysis.sourcing import EVERY_CLAIM, FIGURES, OPEN_ENDS, Audit, Basis, Diversity, Figure, Span
from annotator.errors import RuleBroken
from annotator.exporters import figures
from annotator.language import tr, trn
from annotator.model import Id
from annotator.model.values import ZONES
from annotator.project import Project
from annotator.vocabulary import label, listed

_MOST_NAMED = 12
"""Sources and loaded cues shown to people: the others are said to be more."""
_QUOTED = 70
"""Characters of a passage shown."""

Row = tuple[str, str, str]
"""A count, its per cent and its words."""


def basis_of(project: Project, zones: Iterable[str], tags: Iterable[str], worth: str | None) -> Basis:
    """Return which claims to count; upper and lower case of a tag are one. Raises RuleBroken for a tag the project has not."""
    known = {tag.casefold(): tag for tag in project.tags()}
    unknown = [tag for tag in tags if tag.casefold() not in known]
    if unknown:
        raise RuleBroken(tr("The project has no tag “{tag}”.", tag=_plain(unknown[0])))
    return Basis(frozenset(zones), frozenset(known[tag.casefold()] for tag in tags), worth)


def audit_of(
    project: Project, articles: Iterable[Id], layer: Id | None, basis: Basis = EVERY_CLAIM, *, spans: bool
) -> Audit:
    """Return the audit of articles in a layer, read one by one."""
    return sourcing.audit(sourcing.tally(project.annotated(id_, layer), basis, spans=spans) for id_ in articles)


# -- for programs


def as_json(audit: Audit, article: Id | None, layer: Id) -> dict[str, Any]:
    """Return the audit as the contract has it; ``article`` is None for a whole project."""
    metrics: dict[str, Any] = {name: _figure(audit.figures[name]) for name in FIGURES}
    for name in ("affiliation", "source", "side"):
        metrics[f"diversity_by_{name}"] = _diversity(getattr(audit, f"by_{name}"), is_short=audit.is_short)
    metrics["longest_unattributed_passage"] = _longest(audit, named=article is None)
    metrics["who_speaks"] = [
        {
            "source": s.source,
            "verbatim_words": s.verbatim_words,
            "reported_words": s.reported_words,
            "share": s.share,
        }
        for s in audit.speakers
    ]
    terms = audit.loaded_terms
    metrics["loaded_terms"] = _figure(Figure(terms.n, 0, terms.spans)) | {
        "author_voice": terms.author_voice,
        "attributed": terms.attributed,
        "elsewhere": terms.elsewhere,
    }
    ends = [audit.open_ends[name] for name in OPEN_ENDS]
    metrics["open_ends"] = _figure(Figure(sum(f.n for f in ends), 0, tuple(s for f in ends for s in f.spans))) | {
        name: _figure(audit.open_ends[name]) for name in OPEN_ENDS
    }
    metrics["silent_sources"] = _figure(Figure(len(audit.silent), _source_mentions(audit), audit.silent))
    return {
        "article": article,
        "layer": layer,
        "basis": _basis(audit.basis),
        "metrics": metrics,
    }


def _basis(basis: Basis) -> dict[str, Any]:
    """Return which claims were counted; what was not chosen by is left out."""
    return {
        "zones": [z for z in ZONES if not basis.zones or z in basis.zones],
        "status": "accepted",
        **({"tags": sorted(basis.tags)} if basis.tags else {}),
        **({"check_worthy": basis.check_worthy} if basis.check_worthy else {}),
    }


def _source_mentions(audit: Audit) -> int:
    return audit.open_ends["source_mentions_without_source"].of


def _figure(figure: Figure) -> dict[str, Any]:
    return {"n": figure.n, "of": figure.of, "share": figure.share, "spans": [_span(s) for s in figure.spans]}


def _span(span: Span) -> dict[str, Any]:
    return {"annotation": span.annotation, "start": span.start, "end": span.end}


def _diversity(found: Diversity, *, is_short: bool) -> dict[str, Any]:
    """Return how many there are and who is first; of a short text no more than that."""
    return {
        "n": len(found.parts),
        "top": list(found.top),
        "top_share": None if is_short else found.top_share,
        "effective_number": None if is_short else found.effective_number,
        "gini_simpson": None if is_short else found.gini_simpson,
    }


def _longest(audit: Audit, *, named: bool) -> dict[str, Any]:
    found = audit.longest
    span = found.span if found is not None else None
    return {
        "words": found.words if found is not None else 0,
        "start": span.start if span is not None else None,
        "end": span.end if span is not None else None,
        **({"article": span.article if span is not None else None} if named else {}),
    }


# -- for people


def lines(project: Project, audit: Audit) -> Iterator[str]:
    """Yield the audit as lines for a terminal."""
    yield _head(project, audit)
    counted = tr("Counts, not a score. Claims of all zones that are accepted; words of the body.")
    if audit.basis.zones:
        counted = tr("Counts, not a score. Claims that are accepted; words of the body.")
    yield counted
    yield from _chosen(audit.basis)
    if audit.is_short:
        yield tr("Few attributed claims: counts only.")
    sections = list(_sections(project, audit))
    counts = max(len(n) for _, rows in sections for n, _, _ in rows)
    shares = 0 if audit.is_short else max(len(share) for _, rows in sections for _, share, _ in rows)
    for title, rows in sections:
        yield ""
        yield title
        for n, share, words in rows:
            yield "  " + "  ".join([n.rjust(counts), *([share.rjust(shares)] if shares else []), words]).rstrip()


_WORTH = {
    "yes": tr("Only claims that are worth checking."),
    "no": tr("Only claims that are not worth checking."),
    "undecided": tr("Only claims of which it is undecided whether they are worth checking."),
}


def _chosen(basis: Basis) -> Iterator[str]:
    """Yield what claims were chosen by."""
    if basis.zones:
        yield tr("Only claims of these zones: {zones}.", zones=", ".join(label(z) for z in ZONES if z in basis.zones))
    if basis.tags:
        yield tr("Only claims with one of these tags: {tags}.", tags=", ".join(map(_plain, sorted(basis.tags))))
    if basis.check_worthy:
        yield _WORTH[basis.check_worthy]


def _head(project: Project, audit: Audit) -> str:
    if len(audit.articles) == 1:
        return tr("Sourcing audit: {title}", title=_plain(project.article(audit.articles[0]).title))
    return trn("Sourcing audit of {n} article", "Sourcing audit of {n} articles", len(audit.articles))


def _sections(project: Project, audit: Audit) -> Iterator[tuple[str, list[Row]]]:
    def rows(*names: str) -> list[Row]:
        return [_row(audit, name) for name in names]

    yield (
        tr("Who says so"),
        [
            *rows("attribution_share", "attribution_share_excluding_nested"),
            *rows("body_words_in_attributions", "check_worthy_unattributed"),
            *_longest_row(project, audit),
        ],
    )
    yield (
        tr("What sources these are"),
        rows("single_source_share", "single_affiliation_share", "anonymous_share", "unnamed_share", "first_hand_share")
        + _count(len(audit.silent), "silent_sources"),
    )
    yield tr("How they are introduced"), [*rows("loaded_cue_share"), *_cue_rows(audit), *_terms_row(audit)]
    yield (
        tr("Checking"),
        rows("claims_without_evidence", "unchecked", "contested_share")
        + _count(len(audit.contested_without_reply), "contested_without_reply"),
    )
    if audit.speakers:
        yield _speaking(audit)
    if not audit.is_short:
        yield tr("How they are spread"), [*_spread_rows(audit)]
    yield tr("Left open"), [*_open_rows(audit)]


def _row(audit: Audit, name: str) -> Row:
    figure = audit.figures[name]
    if not figure.of:
        return tr("none"), "", figures.sentence(name, figure, unspaced=audit.unspaced)
    return figures.n_of(figure), figures.per_cent(figure.share), figures.says(name, figure.of, unspaced=audit.unspaced)


def _count(n: int, name: str) -> list[Row]:
    return [(f"{n:,}", "", figures.WORDS[name].says(n))] if n else []


def _longest_row(project: Project, audit: Audit) -> list[Row]:
    found = audit.longest
    if found is None:
        return []
    text = project.version(found.span.article).text[found.span.start : found.span.end]
    start = texts.shortened(_plain(text[: 2 * _QUOTED]), _QUOTED)
    words = trn(
        "word in a row with nobody named, from “{start}”",
        "words in a row with nobody named, from “{start}”",
        found.words,
        start=start,
    )
    if audit.unspaced:
        words = tr("words and characters in a row with nobody named, from “{start}”", start=start)
    if len(audit.articles) > 1:
        words = tr("{words} in “{title}”", words=words, title=_plain(project.article(found.span.article).title))
    return [(f"{found.words:,}", "", words)]


def _cue_rows(audit: Audit) -> list[Row]:
    loaded = [cue for cue in audit.cues if cue.is_loaded]
    rows = [
        ("", "", f"{_plain(cue.words)} ({label(cue.load)}): {listed([_plain(s) for s in cue.speakers])}")
        for cue in loaded[:_MOST_NAMED]
    ]
    return rows + _more(len(loaded))


def _terms_row(audit: Audit) -> list[Row]:
    found = audit.loaded_terms
    if not found.n:
        return []
    where = tr(
        "{words}: {own} in the author’s voice, {attributed} in attributed claims, {elsewhere} elsewhere",
        words=figures.WORDS["loaded_terms"].says(found.n),
        own=f"{found.author_voice:,}",
        attributed=f"{found.attributed:,}",
        elsewhere=f"{found.elsewhere:,}",
    )
    return [(f"{found.n:,}", "", where)]


def _speaking(audit: Audit) -> tuple[str, list[Row]]:
    title = tr("Who speaks, in words and characters") if audit.unspaced else tr("Who speaks, in words")
    rows = [
        (
            f"{s.verbatim_words + s.reported_words:,}",
            figures.per_cent(s.share),
            tr(
                "{source}: {quoted} quoted, {reported} reported",
                source=_plain(s.label),
                quoted=f"{s.verbatim_words:,}",
                reported=f"{s.reported_words:,}",
            ),
        )
        for s in audit.speakers[:_MOST_NAMED]
    ]
    return title, rows + _more(len(audit.speakers))


def _spread_rows(audit: Audit) -> Iterator[Row]:
    spread = {"source": audit.by_source, "affiliation": audit.by_affiliation, "side": audit.by_side}
    for name, found in spread.items():
        whole, told = Figure(found.known, found.of), figures.spread(found)
        yield told.known, figures.per_cent(whole.share), figures.WORDS[f"diversity_by_{name}"].says(found.of)
        if told.most:
            yield "", told.share, tr("the most: {names}", names=_plain(told.most))
        if told.effective:
            words = tr("as varied as {n} heard alike; Gini-Simpson {g}", n=told.effective, g=told.gini)
            yield told.n, "", words


def _open_rows(audit: Audit) -> Iterator[Row]:
    found = [(name, audit.open_ends[name]) for name in OPEN_ENDS if audit.open_ends[name].n]
    if not found:
        yield tr("none"), "", ""
    for name, figure in found:
        yield figures.n_of(figure), "", figures.WORDS[name].says(figure.of)


def _more(n: int) -> list[Row]:
    left = n - _MOST_NAMED
    return [("", "", trn("and {n} more", "and {n} more", left))] if left > 0 else []


def _plain(words: str) -> str:
    """Return words for one line of a terminal, whatever stands in them."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in words).split())
