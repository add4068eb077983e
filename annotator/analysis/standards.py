"""Sourcing checks: what a newsroom's rules would ask about an article. A finding is a question, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.analysis.sourcing import Span
from annotator.model import AnnotatedArticle, FindingAnswer, Id
from annotator.vocabulary import HouseRule


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule asks about one claim, source or passage.

    ``subject`` is the id of the annotation or source asked about, or "article"; with ``rule`` and ``article`` it stays the
    same while the question stands, so that an ``answer`` stays with it. ``words`` is one sentence on what was found.
    """

    rule: HouseRule
    article: Id
    subject: str
    words: str
    spans: tuple[Span, ...]
    answer: FindingAnswer | None = None


def findings(
    annotated: AnnotatedArticle,
    sentences: Sequence[tuple[int, int]],
    rules: Iterable[HouseRule],
    answers: Iterable[FindingAnswer] = (),
) -> tuple[Finding, ...]:
    """Return what the rules that are on ask about an article, in order of severity, then of the text.

    ``sentences`` are the (start, end) of those of the body. May run in any thread.
    """
    raise NotImplementedError
