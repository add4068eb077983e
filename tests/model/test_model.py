"""Records and an article with its marks: numbering, accountable sources, unions of spans."""

from __future__ import annotations

import uuid
from typing import Any

from annotator.model import (
    AnnotatedArticle,
    Article,
    Attribution,
    Claim,
    Layer,
    Relation,
    Segment,
    SentenceMark,
    Source,
    SourceMention,
    Version,
    new_id,
    spans_union,
)
from annotator.text import sha256

TEXT = "One said two. Three said four."


def claim(*spans: tuple[int, int], **fields: Any) -> Claim:
    return Claim(layer="l", article="a", segments=tuple(Segment(*s) for s in spans), **fields)


def annotated(
    annotations: tuple[Any, ...], sources: tuple[Source, ...] = (), links: tuple[Attribution, ...] = ()
) -> AnnotatedArticle:
    return AnnotatedArticle(
        article=Article(id="a", title="t"),
        version=Version(article="a", text=TEXT, sha256=sha256(TEXT)),
        blocks=(),
        layer=Layer(id="l"),
        coders={},
        annotations=annotations,
        sources={s.id: s for s in sources},
        entities={},
        attributions=links,
        verifications={},
        evidence={},
    )


def test_ids_are_random_uuids() -> None:
    assert uuid.UUID(new_id()).version == 4
    assert new_id() != new_id()


def test_a_checksum_takes_any_text() -> None:
    assert Segment(0, 2).checksum("a\ud800") != Segment(0, 2).checksum("ab")


def test_a_split_quote_reads_with_a_gap() -> None:
    assert claim((0, 3), (9, 12)).quote(TEXT) == "One […] two"


def test_claims_are_numbered_by_start_end_id() -> None:
    late, inner, outer = claim((14, 19)), claim((0, 3)), claim((0, 12))
    same = claim((0, 12), id=min(outer.id, new_id()))
    numbers = annotated((late, outer, inner)).claim_numbers
    assert [numbers[c.id] for c in (inner, outer, late)] == [1, 2, 3]
    twins = sorted([outer, same], key=lambda c: c.id)
    assert [c.id for c in annotated((outer, same)).claims] == [c.id for c in twins]


def test_the_accountable_source_is_the_outermost_that_answers() -> None:
    one = claim((0, 3))
    author, paper = Source(article="a", label="x", kind="author"), Source(article="a", label="y", kind="publication")
    ida, oda = Source(article="a", label="Ida"), Source(article="a", label="Oda")
    top = Attribution(layer="l", claim=one.id, source=paper.id)
    outer = Attribution(layer="l", claim=one.id, source=ida.id, via=top.id)
    inner = Attribution(layer="l", claim=one.id, source=oda.id, via=outer.id)
    seen = annotated((one,), (author, paper, ida, oda), (top, outer, inner))
    assert seen.accountable_source(inner) == ida
    assert seen.accountable_source(top) is None
    assert seen.sources_of(one.id) == (ida,)


def test_a_cycle_in_a_damaged_file_ends() -> None:
    one, ida = claim((0, 3)), Source(article="a", label="Ida")
    first = Attribution(id="1", layer="l", claim=one.id, source=ida.id, via="2")
    second = Attribution(id="2", layer="l", claim=one.id, source=ida.id, via="1")
    assert annotated((one,), (ida,), (first, second)).accountable_source(first) == ida


def test_authors_voice_is_declared_and_not_looked_at_is_not() -> None:
    looked, unlooked = claim((0, 3)), claim((4, 8))
    author = Source(article="a", label="x", kind="author")
    seen = annotated((looked, unlooked), (author,), (Attribution(layer="l", claim=looked.id, source=author.id),))
    assert seen.is_author_voice(looked.id)
    assert not seen.is_author_voice(unlooked.id)
    assert seen.sources_of(looked.id) == ()


def test_sources_stand_in_the_order_of_the_text_with_the_author_last() -> None:
    author, ida, oda, silent = (
        Source(article="a", label=n, kind=k) for n, k in (("x", "author"), ("Ida", None), ("Oda", None), ("Una", None))
    )
    said = claim((0, 3))
    mention = SourceMention(layer="l", article="a", segments=(Segment(14, 19),), source=ida.id)
    seen = annotated(
        (mention, said), (author, ida, oda, silent), (Attribution(layer="l", claim=said.id, source=oda.id),)
    )
    assert seen.source_order == (oda, ida, silent, author)


def test_a_union_of_spans_joins_what_overlaps_or_touches() -> None:
    assert spans_union([claim((5, 8), (10, 12)), claim((0, 3)), claim((8, 9)), claim((6, 7))]) == [
        (0, 3),
        (5, 9),
        (10, 12),
    ]


def test_what_was_said_of_sentences_is_found_by_place() -> None:
    said = [SentenceMark(version="v", layer="l", start=at, end=at + 5) for at in (0, 10, 20)]
    seen = annotated(()).changed(sentence_marks=said)
    assert [m.start for m in seen.sentence_marks_in(4, 11)] == [10, 0]
    assert seen.sentence_marks_in(5, 10) == []
    seen.take_sentence_mark(said[1].id, None)
    assert [m.start for m in seen.sentence_marks_in(0, 30)] == [20, 0]


def test_relations_are_found_from_either_end_until_they_are_gone() -> None:
    one, other, third = claim((0, 1)), claim((2, 3)), claim((4, 5))
    first = Relation(from_claim=one.id, to_claim=other.id, kind="supports")
    second = Relation(from_claim=third.id, to_claim=one.id, kind="contradicts")
    seen = annotated((one, other, third)).changed(relations=[first, second])
    assert list(seen.relations_of(one.id)) == [first, second]
    assert list(seen.relations_of(other.id)) == [first]
    moved = Relation(id=first.id, from_claim=third.id, to_claim=other.id, kind="supports")
    seen.take_relation(first.id, moved)
    assert list(seen.relations_of(third.id)) == [second, moved]
    seen.take_relation(second.id, None)
    assert list(seen.relations_of(one.id)) == []
