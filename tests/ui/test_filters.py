"""A filter is a question about one mark: facets joined by and, values by or, and what each facet means."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Article,
    Attribution,
    Claim,
    Coder,
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
from annotator.ui.filters import FACETS, NONE, Filter, facet_title, options, words_of

TEXT = "The board said the lamp was lit. Varga saw cake."


@dataclass
class World:
    annotated: AnnotatedArticle
    marks: dict[str, Annotation]
    board: Source
    coder: Coder

    def passing(self, wanted: Filter) -> set[str]:
        test = wanted.test(self.annotated)
        return {name for name, mark in self.marks.items() if test is None or test(mark)}


@pytest.fixture
def world() -> World:
    article, layer, coder = Article(title="Lamp"), Layer(), Coder(name="Ines")
    entity = Entity(name="Board")
    board = Source(article=article.id, label="The board", kind="institution", entity=entity.id)
    common = {"article": article.id, "layer": layer.id}

    def at(words: str) -> tuple[Segment, ...]:
        start = TEXT.index(words)
        return (Segment(start, start + len(words)),)

    marks: dict[str, Annotation] = {
        "lamp": Claim(
            segments=at("the lamp was lit"), type="factual", check_worthy="yes", tags=("light", "harbour"), **common
        ),
        "cake": Claim(segments=at("Varga saw cake"), check_worthy="yes", coder=coder.id, **common),
        "board": SourceMention(segments=at("The board"), source=board.id, tags=("harbour",), **common),
        "varga": SourceMention(segments=at("Varga"), **common),
        "said": Cue(segments=at("said"), **common),
        "saw": Cue(segments=at("saw"), **common),
        "body": Mention(segments=at("board"), entity=entity.id, **common),
    }
    link = Attribution(
        layer=layer.id, claim=marks["lamp"].id, source=board.id, source_mention=marks["board"].id, cue=marks["said"].id
    )
    annotated = AnnotatedArticle(
        article=article, version=Version(article=article.id, text=TEXT, sha256=""), blocks=(), layer=layer,
        coders={coder.id: coder}, annotations=tuple(marks.values()), sources={board.id: board},
        entities={entity.id: entity}, attributions=(link,),
        verifications={marks["lamp"].id: (Verification(claim=marks["lamp"].id, status="checked"),)},
    )  # fmt: skip
    return World(annotated, marks, board, coder)


def test_an_empty_filter_asks_nothing(world: World) -> None:
    assert not Filter()
    assert Filter().test(world.annotated) is None


@pytest.mark.parametrize(
    ("facet", "values", "passing"),
    [
        ("kind", ["cue"], {"said", "saw"}),
        ("kind", ["claim", "mention"], {"lamp", "cake", "body"}),
        ("type", ["factual"], {"lamp"}),
        ("type", [NONE], {"cake"}),
        ("status", ["checked"], {"lamp"}),
        ("status", ["not_checked"], {"cake"}),
        ("status", ["to_check"], {"cake"}),
        ("status", ["to_check", "checked"], {"lamp", "cake"}),
        ("link", ["unlinked"], {"cake", "varga"}),
        ("link", ["linked"], {"lamp", "board", "body"}),
        ("tag", ["harbour"], {"lamp", "board"}),
        ("tag", ["light", NONE], {"lamp", "cake", "varga", "said", "saw", "body"}),
    ],
)
def test_what_a_facet_means(world: World, facet: str, values: list[str], passing: set[str]) -> None:
    assert world.passing(Filter().with_values(facet, values)) == passing


def test_a_source_brings_its_claims_names_and_cues(world: World) -> None:
    wanted = Filter().with_values("source", [world.board.id])
    assert world.passing(wanted) == {"lamp", "board", "said", "body"}
    assert wanted.elsewhere() == Filter()


def test_coders_and_facets_together(world: World) -> None:
    assert world.passing(Filter(coder=frozenset({world.coder.id}))) == {"cake"}
    both = Filter(kind=frozenset({"claim"}), tag=frozenset({"harbour"}))
    assert world.passing(both) == {"lamp"}


def test_every_value_offered_can_be_asked_for_and_has_words(world: World) -> None:
    for facet in FACETS:
        assert facet_title(facet)
        for value, words in options(world.annotated, facet):
            assert words
            wanted = Filter().with_values(facet, [value])
            assert wanted
            world.passing(wanted)
            assert words_of(world.annotated, facet, wanted.values(facet)) == words
    assert words_of(world.annotated, "kind", frozenset({"claim", "cue"})) == "2"
    assert words_of(world.annotated, "source", frozenset({"gone"})) == "?"
    assert "cue" not in dict(options(world.annotated, "kind", "teacher"))
