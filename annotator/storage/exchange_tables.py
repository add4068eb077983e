"""Which table of a file holds which list of ``model.exchange``, and which of its rows belong to one article."""

from __future__ import annotations

from annotator.model.exchange import FIELDS, MARK_LISTS, MARKS

TABLES = {
    "files": "blob", "coders": "coder", "layers": "layer", "terms": "term", "ledger": "ledger", "entities": "entity",
    "evidence": "evidence", "articles": "article", "versions": "article_version", "sources": "source",
    "sentence_marks": "sentence_mark", "attributions": "attribution", "relations": "relation",
    "claim_evidence": "claim_evidence", "verifications": "verification_event", "answers": "finding_answer",
    MARKS: "annotation", **dict.fromkeys(MARK_LISTS, "annotation"),
}  # fmt: skip
DETAILS = {"claims": "claim", "source_mentions": "source_mention", "mentions": "mention"}
"""The table of a list's own fields, beside ``annotation``."""
KINDS = dict(zip(MARK_LISTS, ("claim", "source_mention", "mention", "cue", "loaded_term"), strict=True))
LIST_OF = {
    table: list_ for list_, table in TABLES.items() if table in ("article", "layer", "source", "entity", "attribution",
                                                                 "relation", "evidence")
}  # fmt: skip
COLUMNS = {("evidence", "file"): "blob", ("articles", "group"): "group_name"}
CHILDREN = frozenset({"texts", "refs", "blocks", "places"})
"""Kinds of fields that stand in tables of their own."""
SHARED = frozenset(f.name for f in FIELDS["cues"])

_CLAIMS = "SELECT n FROM annotation WHERE article = :a AND kind = 'claim'"
ENTITIES = (
    "SELECT m.entity FROM mention m JOIN annotation x ON x.n = m.annotation WHERE x.article = :a AND m.entity IS NOT NULL "
    "UNION SELECT entity FROM source WHERE article = :a AND entity IS NOT NULL"
)
_VERSIONS = "SELECT n FROM article_version WHERE article = :a"
_EVIDENCE = f"SELECT evidence FROM claim_evidence WHERE claim IN ({_CLAIMS})"
_LAYERS = (
    "SELECT layer FROM annotation WHERE article = :a UNION SELECT s.layer FROM sentence_mark s "
    f"WHERE s.version IN ({_VERSIONS}) UNION SELECT layer FROM attribution WHERE claim IN ({_CLAIMS})"
)
_CODERS = (
    f"SELECT coder FROM layer WHERE n IN ({_LAYERS}) UNION SELECT coder FROM annotation WHERE article = :a "
    f"UNION SELECT coder FROM relation WHERE from_claim IN ({_CLAIMS}) UNION SELECT coder FROM claim_evidence "
    f"WHERE claim IN ({_CLAIMS}) UNION SELECT coder FROM finding_answer WHERE article = :a "
    f"UNION SELECT confirmed_by FROM anchoring WHERE version IN ({_VERSIONS})"
)
OF_ARTICLE = {
    "files": f"t.n IN (SELECT original FROM article_version WHERE article = :a UNION SELECT blob FROM evidence WHERE n IN ({_EVIDENCE}))",
    "coders": f"t.n IN ({_CODERS})",
    "layers": f"t.n IN ({_LAYERS})",
    "terms": "t.list <> 'house_rule'",
    "ledger": "t.n IN (SELECT c.ledger FROM claim c JOIN annotation x ON x.n = c.annotation WHERE x.article = :a "
              "AND c.ledger IS NOT NULL GROUP BY c.ledger HAVING count(*) > 1)",
    "entities": f"t.n IN ({ENTITIES})",
    "evidence": f"t.n IN ({_EVIDENCE})",
    "articles": "t.n = :a",
    "versions": "t.article = :a",
    "sources": "t.article = :a",
    "sentence_marks": f"t.version IN ({_VERSIONS})",
    **dict.fromkeys(MARK_LISTS, "t.article = :a"),
    "attributions": f"t.claim IN ({_CLAIMS})",
    "relations": f"t.from_claim IN ({_CLAIMS}) AND t.to_claim IN ({_CLAIMS})",
    "claim_evidence": f"t.claim IN ({_CLAIMS})",
    "verifications": f"t.claim IN ({_CLAIMS})",
    "answers": "t.article = :a",
}  # fmt: skip
"""By list, which rows belong to one article: its own, and what they lead to. Of the code book all but the house rules."""
