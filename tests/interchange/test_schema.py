"""What is told of the formats is what they are: the JSON Schema, and every field and column in docs/format.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from annotator import paths
from annotator.interchange import FORMATS, own_json, tabular
from annotator.interchange.schema import schema
from annotator.model.exchange import FIELDS
from tests.interchange import rows
from tests.interchange.conftest import NewProject

PLACE = paths.resource("schemas", "annotator-1.json")
PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")


def test_the_schema_that_is_shipped_is_the_one_of_the_model() -> None:
    """To make it anew: write ``json.dumps(schema(), indent=1)`` there. What a released version says never changes."""
    assert json.loads(PLACE.read_text("utf-8")) == schema()


def fits(value: Any, wanted: dict[str, Any], root: dict[str, Any]) -> bool:
    """Say whether a value fits a schema; of JSON Schema what ours uses."""
    if "$ref" in wanted:
        return fits(value, root["$defs"][wanted["$ref"].rpartition("/")[2]], root)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    types = wanted.get("type", [])
    allowed = [kinds[t] for t in ([types] if isinstance(types, str) else types)]
    if allowed and type(value) not in allowed:
        return False
    if ("const" in wanted and value != wanted["const"]) or ("enum" in wanted and value not in wanted["enum"]):
        return False
    if isinstance(value, str) and "pattern" in wanted and not re.search(wanted["pattern"], value):
        return False
    if isinstance(value, dict):
        known = wanted.get("properties", {})
        if not set(wanted.get("required", ())) <= value.keys():
            return False
        more = wanted.get("additionalProperties")
        return all(
            fits(v, known[k], root) if k in known else bool(more) and fits(v, more, root) for k, v in value.items()
        )
    if isinstance(value, list):
        first = wanted.get("prefixItems", [])
        items = [*zip(value, first, strict=False), *((v, wanted.get("items", {})) for v in value[len(first) :])]
        return wanted.get("minItems", 0) <= len(value) and all(fits(v, w, root) for v, w in items)
    return True


@pytest.mark.parametrize("seed", range(5))
def test_what_goes_out_fits_the_schema(seed: int, new_project: NewProject) -> None:
    project = new_project("first")
    made = rows.lists(Random(seed))
    project.take_rows("make", made, {"layer": made["layers"][0]["id"], "profile": "editor"})
    whole = json.loads(own_json.write(project))
    assert fits(whole, schema(), schema())
    whole["claims"] = [{"id": 3}]
    assert not fits(whole, schema(), schema())


def section(title: str) -> str:
    return PAGE.partition(f"\n### {title}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


@pytest.mark.parametrize("list_", FIELDS)
def test_every_field_is_documented(list_: str) -> None:
    told = set(re.findall(r"`([\w.]+)`", section(f"`{list_}`")))
    assert {f.name for f in FIELDS[list_]} <= told


@pytest.mark.parametrize("table", [*tabular.COLUMNS, "quotations"])
def test_every_column_is_documented(table: str) -> None:
    columns = tabular.QUOTATIONS if table == "quotations" else tabular.COLUMNS[table]
    everywhere = set(re.findall(r"`([\w.]+)`", section("In every table")))
    assert set(columns) <= set(re.findall(r"`([\w.]+)`", section(f"Table `{table}`"))) | everywhere


def test_every_format_is_in_the_table_of_formats() -> None:
    assert all(f"| `{key}` |" in PAGE for key in FORMATS)
