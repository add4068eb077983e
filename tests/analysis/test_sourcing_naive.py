"""The audit against the same one written in the plainest way, on random annotated texts of one and of several articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import sourcing
from annotator.analysis.sourcing import Basis, Diversity, Span
from annotator.model import AnnotatedArticle, Source
from tests.analysis import naive
from tests.analysis.audited import BASES, annotated_texts

SEVERAL = st.integers(1, 3).flatmap(lambda n: st.tuples(*(annotated_texts(number) for number in range(n))))


@settings(deadline=None, max_examples=80)
@given(SEVERAL, BASES)
def test_every_figure_is_that_of_the_plainest_way(
    articles: tuple[AnnotatedArticle, ...], given_: dict[str, Any]
) -> None:
    basis = Basis(**given_)
    found = sourcing.audit([sourcing.tally(a, basis) for a in articles])

    figures = {name: (f.n, f.of) for name, f in found.figures.items()}
    assert figures == naive.figures(articles, basis)
    assert list(found.figures) == list(sourcing.FIGURES)
    for name, f in found.figures.items():
        if name not in (
            "body_words_in_attributions",
            "single_source_share",
            "single_affiliation_share",
            "first_hand_share",
        ):
            assert (len(f.spans), len(f.spans) + len(f.rest)) == (f.n, f.of), name

    apart = {(s.article, w) for s in found.figures["body_words_in_attributions"].rest for w in _words_in(articles, s)}
    assert apart == naive.words_apart(articles, basis)

    who = {s.id: naive.who(s) for a in articles for s in a.sources.values()}
    assert {who[s.source]: (s.verbatim_words, s.reported_words) for s in found.speakers} == naive.who_speaks(
        articles, basis
    )
    words = sum(s.verbatim_words + s.reported_words for s in found.speakers)
    assert all(
        s.share == (pytest.approx((s.verbatim_words + s.reported_words) / words) if words else None)
        for s in found.speakers
    )

    best = found.longest
    assert (best and (best.words, best.span.article, best.span.start, best.span.end)) == naive.longest(articles, basis)
    terms = found.loaded_terms
    assert (terms.author_voice, terms.attributed, terms.elsewhere) == naive.loaded_terms(articles, basis)
    assert {name: (f.n, f.of) for name, f in found.open_ends.items()} == naive.open_ends(articles, basis)
    assert found.types == naive.types(articles, basis)
    assert {span.annotation for span in found.contested_without_reply} == naive.without_reply(articles, basis)
    assert len(found.cues) == len(naive.cue_table(articles, naive.claims(articles, basis)))


def _words_in(articles: tuple[AnnotatedArticle, ...], span: Span) -> list[tuple[int, int]]:
    words = next(naive.body_words(a) for a in articles if a.article.id == span.article)
    return [w for w in words if span.start <= w[0] and w[1] <= span.end]


@settings(deadline=None, max_examples=40)
@given(SEVERAL, BASES)
def test_diversity_is_that_of_the_plainest_way(articles: tuple[AnnotatedArticle, ...], given_: dict[str, Any]) -> None:
    basis = Basis(**given_)
    found = sourcing.audit([sourcing.tally(a, basis, spans=False) for a in articles])
    spread: list[tuple[Diversity, Callable[[Source], str | None]]] = [
        (found.by_affiliation, lambda source: naive.plainly(source.affiliation)),
        (found.by_side, lambda source: naive.plainly(source.side)),
        (found.by_source, naive.who),
    ]
    for made, of in spread:
        expected = naive.diversity(articles, basis, of)
        assert _shown(made) == {key: pytest.approx(expected[key]) for key in _shown(made)}
        if made is found.by_source:  # named by their labels
            assert len(made.top) == len(expected["top"])
        else:
            assert sorted(naive.plainly(name) or "" for name in made.top) == sorted(expected["top"])


def _shown(made: Diversity) -> dict[str, Any]:
    return {
        "known": made.known,
        "of": made.of,
        "parts": [share for _, share in made.parts],
        "effective_number": made.effective_number,
        "gini_simpson": made.gini_simpson,
    }


@settings(deadline=None, max_examples=20)
@given(annotated_texts())
def test_spans_are_left_out_and_the_figures_stay(article: AnnotatedArticle) -> None:
    full, plain = (sourcing.audit([sourcing.tally(article, spans=spans)]) for spans in (True, False))
    assert {name: (f.n, f.of) for name, f in full.figures.items()} == {
        name: (f.n, f.of) for name, f in plain.figures.items()
    }
    assert not any(f.spans or f.rest for f in plain.figures.values())
    assert plain.strips == ()
    (strip,) = full.strips
    assert sum(run.words for _, runs in strip.paragraphs for run in runs) == full.body_words
    covered = sum(run.words for _, runs in strip.paragraphs for run in runs if run.attributed)
    assert covered == full.figures["body_words_in_attributions"].n


@settings(deadline=None, max_examples=20)
@given(annotated_texts())
def test_a_snapshot_is_counted_like_what_it_was_taken_from(article: AnnotatedArticle) -> None:
    assert sourcing.tally(article.snapshot()) == sourcing.tally(article)
