"""What is to be checked: worth it, able to be true or false, and not settled; the same for window and reports."""

from __future__ import annotations

import pytest

from annotator.analysis.to_check import is_to_check, takes_verdict
from annotator.model import AnnotatedArticle, Article, Claim, Layer, Segment, Verification, Version


def made(worth: str | None, type_: str | None, status: str | None) -> tuple[AnnotatedArticle, Claim]:
    article, layer = Article(title="Wall"), Layer()
    claim = Claim(article=article.id, layer=layer.id, segments=(Segment(0, 4),), type=type_, check_worthy=worth)
    events = {claim.id: (Verification(claim=claim.id, status=status),)} if status else {}
    annotated = AnnotatedArticle(
        article=article, version=Version(article=article.id, text="Wall", sha256=""), blocks=(), layer=layer, coders={},
        annotations=(claim,), sources={}, entities={}, verifications=events,
    )  # fmt: skip
    return annotated, claim


@pytest.mark.parametrize(
    ("worth", "type_", "status", "wanted"),
    [
        ("yes", "factual", None, True),
        ("yes", None, "not_checked", True),
        ("yes", "prediction", "in_progress", True),
        ("yes", "factual", "checked", False),
        ("yes", "factual", "cannot_check", False),
        ("yes", "opinion", None, False),
        ("yes", "value", "in_progress", False),
        ("undecided", "factual", None, False),
        (None, "factual", None, False),
    ],
)
def test_a_claim_is_to_be_checked(worth: str | None, type_: str | None, status: str | None, wanted: bool) -> None:
    annotated, claim = made(worth, type_, status)
    assert is_to_check(annotated, claim) is wanted


def test_an_opinion_takes_no_verdict() -> None:
    assert not takes_verdict(made("yes", "opinion", None)[1])
    assert takes_verdict(made("yes", "interpretation", None)[1])
