"""A small made-up article with marks of every kind, and a column that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from annotator import text as texts
from annotator.analysis.coverage import Coverage, coverage_of
from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Article,
    Attribution,
    Block,
    Claim,
    Cue,
    Entity,
    Layer,
    Mention,
    Segment,
    Source,
    SourceMention,
    Verification,
    Version,
)
from annotator.ui.article_view import ArticleColumn
from annotator.ui.theme import LIGHT

LINES = (
    ("headline", "A lighthouse nobody paid for 🌊"),
    ("body", "The lamp was lit on Tuesday. The harbour board says it never sent an invoice 👩🏽‍🔬 for it."),
    ("body", "قالت الوزارة إن تقديرات Varga الفاقد تسعة في المئة."),
    ("body", "“We were told it would be paid,” said Ines Varga, “and then there was cake.” Nobody asked again."),
    ("body", "It is said that the real cost is twice that. The keeper’s lamp still burns."),
)
TEXT = "\n".join(words for _, words in LINES)


@dataclass
class Sample:
    """The article and its marks by a short name."""

    annotated: AnnotatedArticle
    marks: dict[str, Annotation]
    sentences: list[tuple[int, int]]
    coverage: Coverage

    def with_marks(self, *changed: Annotation, without: str = "") -> AnnotatedArticle:
        kept = {a.id: a for a in self.annotated.annotations if not without or a.id != self.marks[without].id}
        kept.update({a.id: a for a in changed})
        return self.annotated.changed(annotations=tuple(kept.values()))


def segments(*quotes: str) -> tuple[Segment, ...]:
    return tuple(Segment(TEXT.index(q), TEXT.index(q) + len(q)) for q in quotes)


def _blocks() -> tuple[Block, ...]:
    return tuple(Block(s, e, zone=LINES[k][0]) for k, (s, e) in enumerate(texts.lines(TEXT)))


@pytest.fixture
def sample() -> Sample:
    article = Article(title="A lighthouse nobody paid for")
    layer = Layer()
    version = Version(article=article.id, text=TEXT, sha256=texts.sha256(TEXT))
    board = Source(article=article.id, label="The harbour board", kind="institution")
    varga = Source(article=article.id, label="Ines Varga", kind="person")
    author = Source(article=article.id, label="the author", kind="author")
    nobody = Source(article=article.id, label="not stated", kind="unstated")
    person = Entity(name="Ines Varga")
    common = {"article": article.id, "layer": layer.id}
    marks: dict[str, Annotation] = {
        "lamp": Claim(segments=segments("The lamp was lit on Tuesday."), **common),
        "invoice": Claim(
            segments=segments("it never sent an invoice 👩🏽‍🔬 for it"), short_text="No invoice", **common
        ),
        "inner": Claim(segments=segments("an invoice 👩🏽‍🔬"), **common),
        "arabic": Claim(segments=segments("تقديرات Varga الفاقد تسعة"), **common),
        "quote": Claim(segments=segments("“We were told it would be paid,”", "“and then there was cake.”"), **common),
        "cost": Claim(segments=segments("the real cost is twice that"), **common),
        "board": SourceMention(segments=segments("The harbour board"), source=board.id, **common),
        "varga": SourceMention(segments=segments("Ines Varga"), source=varga.id, **common),
        "person": Mention(segments=segments("Ines Varga"), entity=person.id, **common),
        "says": Cue(segments=segments("says"), **common),
        "said": Cue(segments=segments("said"), **common),
    }

    def link(claim: str, source: Source, mention: str = "", cue: str = "") -> Attribution:
        return Attribution(
            layer=layer.id,
            claim=marks[claim].id,
            source=source.id,
            source_mention=marks[mention].id if mention else None,
            cue=marks[cue].id if cue else None,
        )

    annotated = AnnotatedArticle(
        article=article,
        version=version,
        blocks=_blocks(),
        layer=layer,
        coders={},
        annotations=tuple(marks.values()),
        sources={s.id: s for s in (board, varga, author, nobody)},
        entities={person.id: person},
        attributions=(
            link("lamp", author),
            link("invoice", board, "board", "says"),
            link("quote", varga, "varga", "said"),
            link("cost", nobody),
        ),
        verifications={marks["quote"].id: (Verification(claim=marks["quote"].id, status="checked", verdict="4"),)},
        evidence={},
    )
    claims = [(c.id, [(s.start, s.end) for s in c.segments]) for c in annotated.claims]
    coverage = coverage_of(TEXT, annotated.blocks, "en", claims, ())
    return Sample(annotated, marks, list(coverage.sentences), coverage)


@pytest.fixture
def empty_column(qtbot: QtBot) -> Iterator[ArticleColumn]:
    column = ArticleColumn(LIGHT)
    qtbot.addWidget(column)
    column.resize(1000, 420)
    with qtbot.waitExposed(column):
        column.show()
    yield column


@pytest.fixture
def column(empty_column: ArticleColumn, sample: Sample) -> ArticleColumn:
    empty_column.show_article(sample.annotated, sample.coverage)
    return empty_column


@pytest.fixture
def spread_out(empty_column: ArticleColumn) -> Callable[[int], AnnotatedArticle]:
    """Show a long article: one claim in each of many paragraphs."""

    def make(paragraphs: int) -> AnnotatedArticle:
        line = "Paragraph with some words that are claimed and some that are not, long enough to wrap once. " * 2
        text = "\n".join(line.strip() for _ in range(paragraphs))
        article = Article(title="Long")
        layer = Layer()
        claims = tuple(
            Claim(article=article.id, layer=layer.id, segments=(Segment(start + 10, start + 30),))
            for start, _ in texts.lines(text)
        )
        annotated = AnnotatedArticle(
            article=article,
            version=Version(article=article.id, text=text, sha256=texts.sha256(text)),
            blocks=tuple(Block(s, e) for s, e in texts.lines(text)),
            layer=layer,
            coders={},
            annotations=claims,
            sources={},
            entities={},
            attributions=(),
            verifications={},
            evidence={},
        )
        empty_column.show_article(annotated)
        return annotated

    return make
