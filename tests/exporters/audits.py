"""Audits made by hand: of an invented article, with as many of everything as a test wants."""

from __future__ import annotations

from dataclasses import replace

from annotator.analysis.sourcing import (
    FIGURES,
    OPEN_ENDS,
    Audit,
    Basis,
    CueUse,
    Diversity,
    Figure,
    LoadedTerms,
    Passage,
    Run,
    Span,
    Speaker,
    Strip,
)

ARTICLE = "article"


def span(start: int = 0, end: int = 5) -> Span:
    return Span(ARTICLE, start, end)


def speaker(label: str, verbatim: int, reported: int, *, naming: str | None = "named", share: float = 0.5) -> Speaker:
    return Speaker(label.lower(), label, naming, verbatim, reported, share, (span(),))


def cue(words: str, load: str | None, *speakers: str, at: int = 0) -> CueUse:
    return CueUse(words, load, speakers, span(at, at + len(words)))


def strip_of(*paragraphs: tuple[tuple[int, bool], ...]) -> Strip:
    """Return a strip of paragraphs given as (words, attributed) runs; a word is five code points."""
    out: list[tuple[Span, tuple[Run, ...]]] = []
    at = 0
    for given in paragraphs:
        start, runs = at, []
        for words, attributed in given:
            runs.append(Run(words, attributed, at, at + 5 * words))
            at += 5 * words
        out.append((span(start, at), tuple(runs)))
    return Strip(ARTICLE, tuple(out))


def audit_of(**fields: object) -> Audit:
    nothing = Audit(
        articles=(ARTICLE,),
        basis=Basis(),
        claims=0,
        attributed=0,
        body_words=0,
        unspaced=False,
        figures={key: Figure(0, 0) for key in FIGURES},
        by_affiliation=Diversity(0, 0),
        by_source=Diversity(0, 0),
        by_side=Diversity(0, 0),
        longest=None,
        speakers=(),
        cues=(),
        loaded_terms=LoadedTerms(),
        open_ends={key: Figure(0, 0) for key in OPEN_ENDS},
        silent=(),
    )
    return replace(nothing, **fields)


def full() -> Audit:
    """Return the audit of an article with something in every picture."""
    return audit_of(
        claims=20,
        attributed=15,
        body_words=100,
        figures={key: Figure(3, 12, (span(),)) for key in FIGURES},
        speakers=(
            speaker("Quay Board", 8, 46, share=0.54),
            speaker("Ilva Marr", 27, 0, share=0.27),
            speaker("Two clerks", 0, 18, naming="anonymous", share=0.18),
        ),
        cues=(
            cue("claims", "doubt", "Quay Board"),
            cue("says", "neutral", "Quay Board"),
            cue("said", None, "Ilva Marr"),
        ),
        types={
            ("factual", "checked"): 5,
            ("factual", "not_checked"): 6,
            ("opinion", "not_checked"): 2,
            (None, "not_checked"): 1,
        },
        namings={"named": 2, "anonymous": 1},
        affiliations={"Quay Board": 2, None: 1},
        strips=(strip_of(((10, True), (20, False)), ((30, False), (5, True)), ((35, True),)),),
        longest=Passage(50, span(50, 300)),
    )
