"""An article as it was at one moment: it stays so while the one it was taken from goes on."""

from __future__ import annotations

import time

from annotator.model import Attribution, LoadedTerm, Relation, Segment, Source, SourceMention
from tests.model.test_model import annotated, claim


def test_it_holds_what_was_there_and_goes_its_own_way() -> None:
    who = Source(id="s", article="a", label="One")
    said = claim((9, 12), id="c")
    mention = SourceMention(layer="l", article="a", segments=(Segment(0, 3),), source="s")
    link = Attribution(layer="l", claim="c", source="s", source_mention=mention.id)
    live = annotated((said, mention), (who,), (link,))
    live.take_relation("r", Relation(id="r", from_claim="c", to_claim="elsewhere", kind="contradicts"))
    before = live.changed()
    taken = live.snapshot()
    assert taken == before

    live.take_links("c", ())
    live.take_mark("c", None)
    live.take_relation("r", None)
    live.take_entry("s", None)
    live.take_mark("t", LoadedTerm(id="t", layer="l", article="a", segments=(Segment(4, 8),)))

    assert taken == before
    assert [c.id for c in taken.claims] == ["c"]
    assert taken.claim_number("c") == 1
    assert taken.sources_of("c") == (who,)
    assert taken.mentions_of_source("s") == [mention]
    assert list(taken.attributions_with(mention.id)) == [link]
    assert [r.id for r in taken.relations_of("c")] == ["r"]
    assert [s.id for s in taken.source_order] == ["s"]
    assert not live.claims
    assert "t" not in taken.by_id


def test_what_is_changed_in_it_is_an_article_of_its_own() -> None:
    live = annotated((claim((9, 12), id="c"),), ())
    taken = live.snapshot()
    assert taken.changed() == live
    assert not taken.changed(annotations=()).claims and taken.claims


def test_one_of_many_marks_is_taken_in_no_time() -> None:
    live = annotated(tuple(claim((n, n + 1)) for n in range(20_000)))
    start = time.perf_counter()
    taken = live.snapshot()
    cost = time.perf_counter() - start
    start = time.perf_counter()
    live.changed()
    assert cost < (time.perf_counter() - start) / 20
    assert taken.snapshot() is taken
