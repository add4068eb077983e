"""An article with its marks: the order of its sources, and which relations count."""

from __future__ import annotations

from annotator.model import Claim, Relation, Segment, Source
from tests.analysis.audited import article


def test_sources_that_are_called_the_same_have_an_order_of_their_own() -> None:
    author = Source(id="a", article="a", label="oda lien", kind="author")
    publication = Source(id="b", article="a", label="Oda Lien", kind="publication")
    for sources in ([author, publication], [publication, author]):
        assert article("The ferry sailed.", sources=sources).source_order == (author, publication)


def test_a_relation_stands_while_both_its_claims_count() -> None:
    claims = [Claim(id=id_, layer="l", article="a", segments=(Segment(at, at + 3),)) for at, id_ in enumerate("xy")]
    seen = article("The ferry sailed.", annotations=claims, far={"there": ()})
    ends = {"y": True, "there": True, "rejected": False}
    for end, stands in ends.items():
        assert seen.stands(Relation(from_claim="x", to_claim=end, kind="supports")) is stands
        assert seen.stands(Relation(from_claim=end, to_claim="x", kind="supports")) is stands
