"""Sourcing checks: what a newsroom's rules would ask about an article. A finding is a question, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.analysis import claim_checks, source_checks
from annotator.analysis.asking import ARTICLE, Asked, Case
from annotator.analysis.audits import Audit, Span
from annotator.language import tr
from annotator.model import AnnotatedArticle, FindingAnswer, Id
from annotator.vocabulary import SEVERITIES, HouseRule

__all__ = ["ARTICLE", "CHECKS", "Finding", "findings", "no_longer_raised"]

CHECKS = {**claim_checks.CHECKS, **source_checks.CHECKS}
"""What looks, by the key of its rule."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule asks about one claim, source or passage.

    ``subject`` is the id of the annotation or source asked about, or "article"; with ``rule`` and ``article`` it stays the
    same while the question stands, so that an ``answer`` stays with it. Of sources that count as one it is the one that was
    answered about, where there is an answer, else any. ``words`` is one sentence on what was found, to stand
    beside the words of the text; ``quote`` are those of the claim it is about, cut short, empty where it is about another.
    """

    rule: HouseRule
    article: Id
    subject: str
    words: str
    spans: tuple[Span, ...]
    answer: FindingAnswer | None = None
    quote: str = ""

    @property
    def sentence(self) -> str:
        """What was found, with the claim it is about: to be kept with an answer."""
        return tr("“{claim}”: {found}", claim=self.quote, found=self.words) if self.quote else self.words


def findings(
    annotated: AnnotatedArticle,
    sentences: Sequence[tuple[int, int]],
    rules: Iterable[HouseRule],
    answers: Iterable[FindingAnswer] = (),
    *,
    audit: Audit | None = None,
) -> tuple[Finding, ...]:
    """Return what the rules that are on ask about an article, in order of severity, then of the text.

    ``sentences`` are the (start, end) of those of the body. ``audit`` is that of this article alone where it is known:
    what it counted is not counted again. May run in any thread.
    """
    asking = [rule for rule in rules if rule.on and rule.key in CHECKS]
    case = Case(annotated, sentences, (rule.key for rule in asking), audit)
    answered = {(a.rule, a.subject): a for a in answers if a.article in (None, annotated.article.id)}

    def found_of(rule: HouseRule, asked: Asked) -> Finding:
        subjects = (asked.subject, *asked.others)
        subject = next((each for each in subjects if (rule.key, each) in answered), asked.subject)
        answer = answered.get((rule.key, subject))
        return Finding(rule, annotated.article.id, subject, asked.words, asked.spans, answer, asked.quote)

    found = [found_of(rule, asked) for rule in asking for asked in CHECKS[rule.key](case, rule)]
    return tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.rule.severity), min(s.start for s in f.spans))))


def no_longer_raised(found: Iterable[Finding], answers: Iterable[FindingAnswer]) -> tuple[FindingAnswer, ...]:
    """Return the answers whose question does not stand any more among what was found, in the order they were given."""
    standing = {finding.answer.id for finding in found if finding.answer is not None}
    return tuple(answer for answer in answers if answer.id not in standing)
