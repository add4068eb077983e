"""The rows of a whole project as they leave it and come back: every list with its fields, named as the model names them.

What a list holds is written down once, here: storage reads and writes rows by it, the exchange file is checked by it, and
its JSON Schema is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.model.values import (
    ANONYMITY_REASONS,
    BLOCK_KINDS,
    CHECK_REASONS,
    CHECK_STATUSES,
    CHECK_WORTHY,
    CLAIM_FORMS,
    CLAIM_TYPES,
    CUE_FUNCTIONS,
    CUE_LOADS,
    DETERMINACIES,
    EVIDENCE_STANCES,
    GROUND_RULES,
    LAYER_KINDS,
    MENTION_FORMS,
    POLARITIES,
    PROXIMITIES,
    RELATION_KINDS,
    SOURCE_CLASSES,
    SOURCE_KINDS,
    SOURCE_MENTION_ROLES,
    SOURCE_NAMINGS,
    STANCES,
    STATUSES,
    VERDICTS,
    ZONES,
)

Row = dict[str, Any]
Lists = dict[str, list[Row]]
"""Rows by the name of their list; references between them are ids (UUIDs as text)."""

OUTCOMES = ("exact", "moved", "orphan")
MARKS = "marks"
"""What a reference to any of the lists of marks leads to."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a list's rows.

    ``kind``: id, ref, text, whole (a number from 0 on), flag, words (a set, sorted), texts (in order), refs, sha256, base64,
    blocks, places or any_ref (a row of the list another field names). ``of``: the list a reference leads to. ``needed``:
    never null. ``values``: all it may hold.
    """

    name: str
    kind: str = "text"
    of: str = ""
    needed: bool = False
    values: tuple[str, ...] = ()


def _id() -> Field:
    return Field("id", "id", needed=True)


def _text(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


def _needed(name: str, kind: str = "text", values: tuple[str, ...] = ()) -> Field:
    return Field(name, kind, needed=True, values=values)


def _ref(name: str, of: str, *, needed: bool = False) -> Field:
    return Field(name, "ref", of, needed)


def _one_of(name: str, values: tuple[str, ...]) -> Field:
    return Field(name, values=values)


_MARK = (
    _id(),
    _ref("layer", "layers", needed=True),
    _ref("article", "articles", needed=True),
    _needed("status", values=STATUSES),
    _ref("coder", "coders"),
    _needed("created"),
    _needed("modified"),
    *_text("note"),
    Field("tags", "refs", "terms", needed=True),
    Field("derived_from", "refs", MARKS, needed=True),
    _needed("places", "places"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "files": (_needed("sha256", "sha256"), _needed("name"), _needed("media_type"), Field("bytes", "base64")),
    "coders": (_id(), _needed("name"), _needed("initials"), _ref("merged_into", "coders")),
    "layers": (_id(), _ref("coder", "coders"), _needed("kind", values=LAYER_KINDS), _needed("name"), *_text("rule"),
               _needed("locked", "flag")),
    "terms": (_id(), _needed("list"), _needed("key"), _needed("label"), *_text("value", "language"),
              _needed("position", "whole"), *_text("definition", "example")),
    "ledger": (_id(), _needed("wording")),
    "entities": (_id(), _needed("name"), *_text("kind"), _needed("aliases", "texts"), *_text("note", "external"),
                 _ref("merged_into", "entities")),
    "evidence": (_id(), *_text("url", "citation", "title", "publisher", "date", "accessed", "archive_url"),
                 Field("is_primary", "flag"), Field("file", "sha256")),
    "articles": (_id(), _needed("title"), *_text("publication", "byline", "date", "url", "language", "licence_note"),
                 _needed("not_stated", "words"), _needed("archived", "flag"), *_text("group"),
                 Field("tags", "refs", "terms", needed=True)),
    "versions": (_id(), _ref("article", "articles", needed=True), _needed("no", "whole"), _needed("sha256", "sha256"),
                 _needed("text"), _needed("rules", "whole"), Field("original", "sha256"), _needed("media_type"),
                 _needed("import_record"), _needed("current", "flag"), _needed("blocks", "blocks")),
    "sources": (_id(), _ref("article", "articles", needed=True), _needed("label"), _one_of("naming", SOURCE_NAMINGS),
                _one_of("kind", SOURCE_KINDS), _needed("aliases", "texts"), _ref("entity", "entities"),
                *_text("role", "affiliation", "side"), _one_of("proximity", PROXIMITIES), _one_of("class", SOURCE_CLASSES),
                _one_of("ground_rules", GROUND_RULES), _one_of("anonymity_reason", ANONYMITY_REASONS),
                *_text("independence_group"), _needed("not_stated", "words"), *_text("note")),
    "sentence_marks": (_id(), _ref("version", "versions", needed=True), _ref("layer", "layers", needed=True),
                       _needed("start", "whole"), _needed("end", "whole"), _needed("mark")),
    "claims": (*_MARK, _one_of("type", CLAIM_TYPES), _one_of("form", CLAIM_FORMS), _one_of("check_worthy", CHECK_WORTHY),
               _needed("reasons", "words", CHECK_REASONS), *_text("short_text"), _ref("ledger", "ledger")),
    "source_mentions": (*_MARK, _ref("source", "sources"), _one_of("role", SOURCE_MENTION_ROLES)),
    "mentions": (*_MARK, _ref("entity", "entities"), _one_of("form", MENTION_FORMS), Field("loaded", "flag"),
                 *_text("whose_word")),
    "cues": _MARK,
    "loaded_terms": _MARK,
    "attributions": (_id(), _ref("layer", "layers", needed=True), _ref("claim", "claims", needed=True),
                     _ref("source", "sources", needed=True), _ref("source_mention", "source_mentions"), _ref("cue", MARKS),
                     _one_of("function", CUE_FUNCTIONS), _one_of("load", CUE_LOADS), *_text("load_from"),
                     _ref("via", "attributions"), _one_of("polarity", POLARITIES), _one_of("determinacy", DETERMINACIES),
                     _one_of("stance", STANCES)),
    "relations": (_id(), _ref("from_claim", "claims", needed=True), _ref("to_claim", "claims", needed=True),
                  _needed("kind", values=RELATION_KINDS), *_text("note"), _ref("coder", "coders"), *_text("at")),
    "claim_evidence": (_id(), _ref("claim", "claims", needed=True), _ref("evidence", "evidence", needed=True),
                       _needed("stance", values=EVIDENCE_STANCES), *_text("quoted"), Field("independent", "flag"),
                       *_text("note"), _ref("coder", "coders"), *_text("at")),
    "verifications": (_id(), _ref("claim", "claims", needed=True), _needed("status", values=CHECK_STATUSES),
                      _one_of("verdict", VERDICTS), *_text("person"), _needed("at"), *_text("why")),
    "answers": (_id(), _needed("rule"), _needed("subject"), _ref("article", "articles"), _needed("answer"),
                _ref("coder", "coders"), _needed("at"), *_text("words")),
    "merged_ids": (_needed("id", "uuid"), _needed("now", "uuid")),
    "foreign_ids": (_needed("list"), Field("row", "any_ref", needed=True), _needed("format"), _needed("file_sha256"),
                    _needed("id"), *_text("raw")),
}  # fmt: skip
"""Every list of a project, in an order in which what is referred to stands first, with its rows' fields in theirs."""

MARK_LISTS = ("claims", "source_mentions", "mentions", "cues", "loaded_terms")
ANSWERED_LISTS = ("articles", "layers", "sources", "entities", *MARK_LISTS, "attributions", "relations", "evidence")
"""Lists whose rows may have ids in other programs' files."""

BLOCK_FIELDS = (("start", "whole", ()), ("end", "whole", ()), ("kind", "text", BLOCK_KINDS), ("level", "whole", ()),
                ("zone", "text", ZONES))  # fmt: skip
PLACE_FIELDS = (_ref("version", "versions", needed=True), _needed("segments", "segments"), _one_of("outcome", OUTCOMES),
                _ref("confirmed_by", "coders"))  # fmt: skip
"""Where a mark is in a version of the text: segments of [start, end, words], code points, end exclusive."""
