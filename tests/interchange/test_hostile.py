"""Files that were made to do harm, or badly: each fault is listed with its line, or the file refused in one sentence."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, ReadError
from annotator.interchange import incoming, own_json, scanning
from annotator.project import Project
from tests.interchange.conftest import NewProject
from tests.interchange.projects import marked

Spoil = Callable[[dict[str, Any]], object]
OTHER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a file nothing is wrong with."""
    project = Project.create(tmp_path_factory.mktemp("good") / "good.annot")
    marked(project)
    made = own_json.write(project)
    project.close()
    return made


def file_of(good: bytes, folder: Path, spoil: Spoil = lambda _: None) -> Path:
    whole = json.loads(good)
    spoil(whole)
    path = folder / "made.json"
    path.write_text(json.dumps(whole, indent=0), "utf-8")
    return path


def point(whole: dict[str, Any], name: str, value: object, list_: str = "claims") -> None:
    whole[list_][0][name] = value


def segment(whole: dict[str, Any], *parts: object) -> None:
    whole["claims"][0]["places"][0]["segments"] = [list(parts)]


def via_circle(whole: dict[str, Any]) -> None:
    a, b = whole["attributions"][:2]
    a["via"], b["via"] = b["id"], a["id"]


def merged_circle(whole: dict[str, Any]) -> None:
    a, b = OTHER, OTHER[:-1] + "1"
    whole["merged_ids"] = [{"id": a, "now": b}, {"id": b, "now": a}, {"id": a, "now": a}]


def verdict(whole: dict[str, Any], claim: int, person: str | None) -> None:
    """Give a claim evidence, and a verdict by a person, or by nobody."""
    fields = ("url", "citation", "publisher", "date", "accessed", "archive_url", "is_primary", "file")
    whole["evidence"] = [{"id": OTHER, "title": "A ledger", **dict.fromkeys(fields)}]
    of = whole["claims"][claim]["id"]
    link = {"id": OTHER, "claim": of, "evidence": OTHER, "stance": "supports"}
    whole["claim_evidence"] = [link | dict.fromkeys(("quoted", "independent", "note", "coder", "at"))]
    event = {"id": OTHER, "claim": of, "status": "checked", "verdict": "5", "person": person, "at": "x", "why": None}
    whole["verifications"] = [event]


SPOILED: dict[str, Spoil] = {
    "verdict of nobody": lambda w: verdict(w, 0, None),
    "verdict on an opinion": lambda w: verdict(w, 2, "Ada"),
    "verdict that stands": lambda w: verdict(w, 0, "Ada"),
    "no row": lambda w: w["claims"].insert(0, 3),
    "no id": lambda w: point(w, "id", None),
    "id no UUID": lambda w: point(w, "id", "T1"),
    "id twice": lambda w: w["claims"].append(w["claims"][0]),
    "id of a cue": lambda w: point(w, "id", w["cues"][0]["id"]),
    "layer nowhere": lambda w: point(w, "layer", OTHER),
    "article nowhere": lambda w: point(w, "article", OTHER),
    "ledger nowhere": lambda w: point(w, "ledger", OTHER),
    "tag nowhere": lambda w: point(w, "tags", [OTHER]),
    "derived from nothing": lambda w: point(w, "derived_from", [OTHER]),
    "type unknown": lambda w: point(w, "type", "rumour"),
    "type a number": lambda w: point(w, "type", 3),
    "status missing": lambda w: w["claims"][0].pop("status"),
    "unknown field": lambda w: point(w, "colour", "red"),
    "surrogate": lambda w: point(w, "note", "\ud800"),
    "NUL": lambda w: point(w, "note", "a\0b"),
    "no place": lambda w: point(w, "places", []),
    "place of nothing": lambda w: point(w, "places", [{"version": 3}]),
    "place elsewhere": lambda w: w["claims"][0]["places"][0].update(version=OTHER),
    "negative": lambda w: segment(w, -5, 3, "x"),
    "reversed": lambda w: segment(w, 9, 3, "x"),
    "huge": lambda w: segment(w, 0, 10**15, "x"),
    "beyond numbers": lambda w: segment(w, 0, 10**30, "x"),
    "infinite": lambda w: segment(w, 0, float("inf"), "x"),
    "not a number": lambda w: segment(w, 0, float("nan"), "x"),
    "no width": lambda w: segment(w, 3, 3, ""),
    "truth for a number": lambda w: segment(w, True, 3, "x"),
    "cut grapheme": lambda w: segment(w, 98, 99, "x"),
    "via circle": via_circle,
    "via itself": lambda w: point(w, "via", w["attributions"][0]["id"], "attributions"),
    "source of another": lambda w: point(w, "source", OTHER, "attributions"),
    "merged circle": merged_circle,
    "coder circle": lambda w: point(w, "merged_into", w["coders"][0]["id"], "coders"),
    "blocks": lambda w: point(w, "blocks", [[0, 3, "x", 1, "y"]], "versions"),
    "text changed": lambda w: point(w, "text", w["versions"][0]["text"].replace("Oda", "Åda\r"), "versions"),
    "import record": lambda w: point(w, "import_record", "[" * 500, "versions"),
    "no current text": lambda w: point(w, "current", False, "versions"),
    "no text": lambda w: w.update(versions=[]),
    "no title": lambda w: point(w, "title", " ", "articles"),
    "bytes of another": lambda w: point(w, "bytes", "AAAA", "files"),
    "no base64": lambda w: point(w, "bytes", "?", "files"),
    "verdict alone": lambda w: w.update(verifications=[{"id": OTHER, "claim": w["claims"][0]["id"], "status": "checked", "verdict": "5", "person": "A", "at": "x", "why": None}]),
    "lonely ledger": lambda w: (w.update(ledger=[{"id": OTHER, "wording": "x"}]), point(w, "ledger", OTHER)),
    "claim to itself": lambda w: w.update(relations=[{"id": OTHER, "from_claim": w["claims"][0]["id"], "to_claim": w["claims"][0]["id"], "kind": "supports", "note": None, "coder": None, "at": None}]),
    "id of nothing": lambda w: w.update(foreign_ids=[{"list": "files", "row": OTHER, "format": "x", "file_sha256": "x", "id": "x", "raw": None}]),
    "unknown list": lambda w: w.update(secrets=[1, 2]),
    "unknown value": lambda w: w.update(secret=1),
    "two terms of one key": lambda w: w["terms"][1].update(key=w["terms"][0]["key"], list=w["terms"][0]["list"]),
}  # fmt: skip
SILENT = {"two terms of one key", "verdict that stands"}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_wrong_is_listed_and_the_rest_comes_in(
    what: str, good: bytes, new_project: NewProject, tmp_path: Path
) -> None:
    path = file_of(good, tmp_path, SPOILED[what])
    second = new_project("second")
    plan = own_json.plan(second, [path])
    assert what in SILENT or plan.problems, what
    assert all(p.told().isprintable() for p in plan.problems)
    plan.take(second)
    assert second.check() == []
    assert len(second.rows()["claims"]) >= (3 if what != "no text" and "article" not in what else 0)
    out = own_json.write(second)
    (tmp_path / "out.json").write_bytes(out)
    again = own_json.plan(second, [tmp_path / "out.json"])
    assert again.problems == [] and again.is_empty


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"nonsense", b'{"format":"article-annotator","version":2,"claims":[]}', b'{"format":"x","claims":[]}',
        b'{"format":"article-annotator","version":true}', b'{"format":"article-annotator","version":1,"claims":[',
        b'{"format":"article-annotator","version":1,"claims":[{"id":}]}', b'{"format":"article-annotator","version":1} x',
        b'{"format":"article-annotator","version":1,"claims":' + b"[" * 100_000, b"\xff\xfe{}", b'{"format',
        b'{"format":"article-annotator","version":1,"claims":' + b'{"a":' * 100_000,
        b'{"format":"article-annotator","version":1,"claims":[' + b"9" * 5000 + b"]}", b'{"a" 1}', b'{"a":1 "b":2}',
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused_in_a_sentence(
    content: bytes, new_project: NewProject, tmp_path: Path
) -> None:
    (tmp_path / "x.json").write_bytes(content)
    project = new_project("first")
    with pytest.raises(ReadError, match=r"x\.json"):
        own_json.plan(project, [tmp_path / "x.json"])
    assert project.rows()["articles"] == []


def test_lines_are_those_of_the_file(good: bytes, new_project: NewProject, tmp_path: Path) -> None:
    lines = good.decode().split("\n")
    at = next(n for n, line in enumerate(lines) if '"type":"prediction"' in line)
    lines[at] = lines[at].replace('"prediction"', '"rumour"')
    lines[at + 1] = lines[at + 1].replace('"status"', '"note":"x","status"')
    path = tmp_path / "made.json"
    path.write_text("\n".join(lines), "utf-8")
    plan = own_json.plan(new_project("second"), [path])
    assert [(p.line, p.kept) for p in plan.problems] == [
        (at + 1, True),
        (at + 2, False),
        (plan.problems[2].line, False),
    ]
    assert "note" in plan.problems[1].why
    assert plan.counts["claims"].left_out == 1 and plan.counts["attributions"].left_out == 1


def test_names_that_stand_twice_are_told(tmp_path: Path) -> None:
    found = list(scanning.items("x", '{"a":[{"b":1,"b":2},{"c":{"d":1,"d":1}}],"a":[9],"e":{"f":1}}'))
    assert [(i.name, i.index, i.twice) for i in found] == [
        ("a", 0, ("b",)), ("a", 1, ("d",)), ("a", None, ("a",)), ("e", None, ()),
    ]  # fmt: skip


def test_a_file_too_large_is_refused(
    monkeypatch: pytest.MonkeyPatch, good: bytes, new_project: NewProject, tmp_path: Path
) -> None:
    path = file_of(good, tmp_path)
    monkeypatch.setattr(scanning, "MOST_BYTES", 100)
    with pytest.raises(ReadError):
        own_json.plan(new_project("second"), [path])
    assert incoming.MOST_BYTES > 100_000_000


def test_a_failure_leaves_nothing_behind(good: bytes, new_project: NewProject, tmp_path: Path) -> None:
    path = file_of(good, tmp_path)
    second = new_project("second")
    plan = own_json.plan(second, [path])
    plan.lists["attributions"][0]["claim"] = OTHER
    before = own_json.write(second)
    with pytest.raises((AnnotatorError, KeyError)):
        plan.take(second)
    assert own_json.write(second) == before and second.check() == []


BAD = (
    None,
    True,
    0,
    -1,
    10**9,
    10**20,
    1.5,
    float("nan"),
    "",
    " ",
    "\ud800",
    "\0",
    "a\nb",
    "[",
    [],
    [[]],
    {},
    {"a": 1},
    [None],
    OTHER,
)


def places_in(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value inside another."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*way, key)
        yield from places_in(inner, (*way, key))


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_spoiled_nothing_crashes_and_the_project_is_whole(seed: int, good: bytes) -> None:
    r, whole = Random(seed), json.loads(good)
    ways = [way for way in places_in(whole) if way[0] not in ("format", "version")]
    for way in r.sample(ways, r.randint(1, 6)):
        inside = whole
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for key in way[:-1]:
                inside = inside[key]
            inside[way[-1]] = r.choice(BAD)
    with TemporaryDirectory() as folder:
        (Path(folder) / "made.json").write_text(json.dumps(whole), "utf-8")
        project = Project.create(Path(folder) / "x.annot")
        own_json.plan(project, [Path(folder) / "made.json"]).take(project)
        assert project.check() == []
        project.close()
