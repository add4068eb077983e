"""The JSON Schema of our own JSON, made from what the model says of each list: resources/schemas/annotator-1.json."""

from __future__ import annotations

from typing import Any

from annotator.interchange.own_json import NAME, VERSION
from annotator.model.exchange import BLOCK_FIELDS, FIELDS, PLACE_FIELDS, Field

_UUID = {"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"}
_WHOLE = {"type": "integer", "minimum": 0}
_SEGMENTS = {
    "type": "array",
    "description": "start and end in code points of the version's text, end exclusive, and the words between them",
    "items": {
        "type": "array",
        "prefixItems": [_WHOLE, _WHOLE, {"type": "string"}],
        "minItems": 3,
        "maxItems": 3,
    },
}
_OF_KIND: dict[str, dict[str, Any]] = {
    "id": _UUID,
    "uuid": _UUID,
    "ref": _UUID,
    "any_ref": _UUID,
    "text": {"type": "string"},
    "whole": _WHOLE,
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "words": {"type": "array", "items": {"type": "string", "pattern": "^\\S+$"}, "uniqueItems": True},
    "refs": {"type": "array", "items": _UUID, "uniqueItems": True},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "base64": {"type": "string", "contentEncoding": "base64"},
    "segments": _SEGMENTS,
}


def schema() -> dict[str, Any]:
    """Return the schema (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:article-annotator:annotator-1",
        "title": "Article Annotator JSON, version 1",
        "type": "object",
        "properties": {
            "format": {"const": NAME},
            "version": {"const": VERSION},
            "program": {"type": "string"},
            "scope": {"enum": ["project", "article"]},
            "settings": {"type": "object", "additionalProperties": {"type": "string"}},
            **{list_: {"type": "array", "items": {"$ref": f"#/$defs/{list_}"}} for list_ in FIELDS},
        },
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": {list_: _object(fields) for list_, fields in FIELDS.items()},
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _value(field) for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def _value(field: Field) -> dict[str, Any]:
    if field.kind == "blocks":
        parts = [{"enum": list(values)} if values else _OF_KIND[kind] for _, kind, values in BLOCK_FIELDS]
        item = {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
        names = ", ".join(name for name, _, _ in BLOCK_FIELDS)
        return {"type": "array", "items": item, "description": f"the lines of the text: {names}"}
    if field.kind == "places":
        return {"type": "array", "items": _object(PLACE_FIELDS), "minItems": 1}
    made = dict(_OF_KIND[field.kind])
    if field.values and field.kind == "words":
        made["items"] = {"enum": list(field.values)}
    elif field.values:
        made["enum"] = list(field.values)
    if field.of:
        made["description"] = f"the id of a row of {field.of}"
    if not field.needed:
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return made
