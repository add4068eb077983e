"""What must hold of findings whatever is marked."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import given, settings

from annotator.analysis import sourcing, standards
from annotator.analysis.standards import ARTICLE, Finding
from annotator.model import AnnotatedArticle, FindingAnswer
from annotator.vocabulary import SEVERITIES, house_rules
from tests.analysis.audited import annotated_texts

RULES = [replace(rule, limits=tuple((name, 1) for name, _ in rule.limits)) for rule in house_rules()]


def found(article: AnnotatedArticle, *answers: FindingAnswer) -> tuple[Finding, ...]:
    sentences = [(b.start, b.end) for b in article.blocks if b.zone == "body" and b.start < b.end]
    return standards.findings(article, sentences, RULES, answers)


@settings(deadline=None, max_examples=120)
@given(annotated_texts())
def test_findings_are_whole_in_order_and_told_apart(article: AnnotatedArticle) -> None:
    asked = found(article)
    assert len({(f.rule.key, f.subject) for f in asked}) == len(asked)
    order = [(SEVERITIES.index(f.rule.severity), min(s.start for s in f.spans)) for f in asked]
    assert order == sorted(order)
    for finding in asked:
        assert finding.subject == ARTICLE or finding.subject in article.by_id or finding.subject in article.sources
        assert all(0 <= s.start < s.end <= len(article.text) for s in finding.spans)
        assert finding.words.endswith(".") and not set("{}") & set(finding.words), finding.words
        assert finding.words[0] in string.ascii_uppercase + string.digits, finding.words
        assert len(finding.words) < 500 and "\n" not in finding.sentence


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_an_answer_to_each_stays_with_it(article: AnnotatedArticle) -> None:
    answers = [
        FindingAnswer(rule=f.rule.key, subject=f.subject, article=article.article.id, answer=str(n))
        for n, f in enumerate(found(article))
    ]
    asked = found(article, *reversed(answers))
    assert [f.answer for f in asked] == answers
    assert standards.no_longer_raised(asked, answers) == ()
    assert standards.no_longer_raised((), answers) == tuple(answers)


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_findings_agree_with_the_figures(article: AnnotatedArticle) -> None:
    audit = sourcing.audit([sourcing.tally(article)])
    asked = found(article)
    of = {key: [f for f in asked if f.rule.key == key] for key in standards.CHECKS}
    unattributed = audit.figures["check_worthy_unattributed"]
    assert [f.spans[0] for f in of["unattributed"]] == sorted(unattributed.spans, key=lambda s: s.start)
    assert {s for f in of["contested_without_reply"] for s in f.spans} >= set(audit.contested_without_reply)
    long = audit.longest if audit.claims and audit.longest is not None and audit.longest.words > 1 else None
    assert [f.spans[0] for f in of["long_passage"]] == ([long.span] if long else [])
