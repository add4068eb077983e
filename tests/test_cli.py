"""The command line, through its own entry: arguments in, lines and exit codes out."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import __version__, cli
from annotator.project import Project

TEXT = """Harbour wall will hold, says port

By Ida Vennemark

The port authority said the harbour wall was “good for another forty years”. Divers found two cracks last spring.

“We looked at every stone,” said Oskar Lindqvale, the harbour master.
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: object) -> tuple[int, str, str]:
        code = cli.run([str(a) for a in arguments], lambda files: 40 + len(files))
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "harbour.annot"
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    assert run("new", path, "--coder", "Ida")[0] == 0
    assert run("import", path, tmp_path / "harbour.txt")[0] == 0
    return path


@pytest.fixture
def marked(project: Path) -> Path:
    opened = Project.open(project)
    article = opened.articles()[0].article.id
    text = opened.version(article).text

    def mark(kind: str, words: str) -> str:
        at = text.index(words)
        return opened.mark(article, kind, [(at, at + len(words))])

    claim = mark("claim", "the harbour wall was “good for another forty years”")
    mention = mark("source_mention", "The port authority")
    mark("mention", "Oskar Lindqvale")
    mark("claim", "Divers found two cracks last spring.")
    at = text.index("said the")
    opened.link_mention(claim, mention, cue=(at, at + 4), load="neutral")
    opened.edit_source(opened.annotation(mention).source, naming="named", affiliation="not_stated")  # type: ignore[union-attr, arg-type]
    opened.edit_claim(claim, type="factual", form="mixed", check_worthy="yes")
    opened.close()
    return project


def test_version_and_help_answer(run: Run) -> None:
    assert run("--version")[1].strip() == f"annotator, version {__version__}"
    for command in ("open", "new", "import", "list", "report", "search", "check", "backup"):
        code, out, _ = run(command, "--help")
        assert code == 0
        assert "Usage:" in out


def test_without_a_command_the_window_opens(run: Run, tmp_path: Path) -> None:
    assert run()[0] == 40
    assert run("open", tmp_path / "a.annot")[0] == 41


def test_wrong_usage_is_2(run: Run) -> None:
    assert run("list")[0] == 2
    assert run("nonsense")[0] == 2


def test_list_articles_as_json(run: Run, marked: Path) -> None:
    (row,) = json.loads(run("list", marked, "articles", "--json")[1])
    assert uuid.UUID(row["id"])
    assert row["counts"] == {"claims": 2, "sources": 1, "entities": 1, "attributions": 1}
    assert row["coverage"]["n"] == 2
    assert set(row) == {
        "id", "article", "title", "publication", "byline", "date", "url", "language", "sha256", "code_points", "words", "counts", "coverage",
    }  # fmt: skip


def test_list_claims_as_json(run: Run, marked: Path) -> None:
    first, second = json.loads(run("list", marked, "claims", "--json")[1])
    assert (first["number"], first["type"], first["form"], first["check_worthy"]) == (1, "factual", "mixed", "yes")
    assert first["quote"] == "the harbour wall was “good for another forty years”"
    assert [s["label"] for s in first["sources"]] == ["The port authority"]
    assert first["sources"][0]["accountable"] is True
    assert first["verification"] == {"status": "not_checked", "verdict": None}
    assert (second["sources"], second["type"], second["note"], second["tags"]) == ([], None, None, [])


def test_lists_for_people_have_headings_and_say_who_says_it(run: Run, marked: Path) -> None:
    heads, first, second = run("list", marked, "claims")[1].splitlines()
    assert heads.split("  ")[0] == "number" and heads.endswith("quote")
    at = heads.index("who says it")
    assert first[at:].startswith("The port authority  ") and second[at:].startswith("Nobody has looked yet  ")
    heads, only = run("list", marked, "attributions")[1].splitlines()
    assert heads.split() == ["claim", "cue", "load", "cue", "source"]
    assert only.split(maxsplit=3) == ["1", "neutral", "said", "The port authority"]
    assert "not stated" in run("list", marked, "sources")[1]


def test_an_empty_list_is_empty(run: Run, project: Path) -> None:
    assert run("list", project, "claims") == (0, "", "")


def test_list_sources_entities_and_attributions_as_json(run: Run, marked: Path) -> None:
    sources = {s["label"]: s for s in json.loads(run("list", marked, "sources", "--json")[1])}
    assert sources["The port authority"]["affiliation"] == "not_stated"
    assert sources["The port authority"]["role"] is None
    assert (sources["The port authority"]["mentions"], sources["The port authority"]["claims"]) == (1, 1)
    (entity,) = json.loads(run("list", marked, "entities", "--json")[1])
    assert (entity["name"], entity["mentions"], entity["aliases"]) == ("Oskar Lindqvale", 1, [])
    (attribution,) = json.loads(run("list", marked, "attributions", "--json")[1])
    assert attribution["cue"]["text"] == "said"
    assert attribution["cue_load"] == "neutral"
    assert attribution["via"] is None


def test_lists_are_readable_without_json(run: Run, marked: Path) -> None:
    assert "The port authority" in run("list", marked, "sources")[1]
    assert "Divers found two cracks" in run("list", marked, "claims")[1]


def test_an_article_is_found_by_the_beginning_of_its_id(run: Run, marked: Path) -> None:
    (row,) = json.loads(run("list", marked, "articles", "--json")[1])
    assert run("list", marked, "claims", "--article", row["id"][:8])[0] == 0
    code, _, err = run("list", marked, "claims", "--article", "zz")
    assert code == 1
    assert err.count("\n") == 1


def test_a_bad_file_fails_alone(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    (tmp_path / "good.txt").write_text("Fine.\n\nAll is well at the harbour today.", "utf-8")
    code, out, err = run("import", project, tmp_path / "bad.txt", tmp_path / "missing.txt", tmp_path / "good.txt")
    assert code == 1
    assert out.count("\n") == 1
    assert err.count("\n") == 2
    assert len(json.loads(run("list", project, "articles", "--json")[1])) == 2


def test_report_search_check_and_backup(run: Run, marked: Path, tmp_path: Path) -> None:
    assert run("report", marked, tmp_path / "out.docx")[0] == 0
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        assert archive.read("word/comments.xml").count(b"<w:comment ") == 2
    assert "cracks" in run("search", marked, "crack")[1]
    (article,) = json.loads(run("list", marked, "articles", "--json")[1])
    assert run("search", marked, "crack")[1].startswith(f"{article['id'][:8]}  ")
    assert run("search", marked, '"*(AND')[0] == 0
    assert json.loads(run("search", marked, "cracks", "--json")[1])[0]["where"] == "text"
    found = json.loads(run("search", marked, r"crack\w\b", "--pattern", "--json")[1])
    assert {h["where"] for h in found} == {"text"} and all("cracks" in h["snippet"] for h in found)
    code, _, err = run("search", marked, "crack(", "--pattern")
    assert code == 1 and "The pattern is wrong at character 7" in err
    assert json.loads(run("check", marked, "--json")[1]) == {"ok": True, "faults": []}
    assert run("backup", marked, tmp_path / "copy.annot", "--clean")[0] == 0
    assert run("check", tmp_path / "copy.annot")[0] == 0


def test_a_project_open_elsewhere_is_read_but_not_written(run: Run, marked: Path, tmp_path: Path) -> None:
    holder = Project.open(marked)
    try:
        assert run("list", marked, "claims")[0] == 0
        code, _, err = run("import", marked, tmp_path / "harbour.txt")
        assert code == 1
        assert "open in another window" in err
        assert err.count("\n") == 1
    finally:
        holder.close()


def test_what_is_not_a_project_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.annot").write_text("hello", "utf-8")
    for path in (tmp_path / "a.annot", tmp_path / "missing.annot", tmp_path):
        code, out, err = run("list", path, "claims")
        assert (code, out) == (1, "")
        assert err.count("\n") == 1


def test_the_command_line_never_loads_qt() -> None:
    code = "import sys, annotator.cli; sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_report_never_takes_the_place_of_its_project(run: Run, marked: Path, tmp_path: Path) -> None:
    named = marked.rename(tmp_path / "harbour.docx")
    before = named.read_bytes()
    code, _, err = run("report", named, named)
    assert code == 1 and "another name" in err
    assert named.read_bytes() == before


@pytest.mark.parametrize("name", ["", "/"])
def test_a_project_without_a_name_is_a_users_error(run: Run, marked: Path, name: str) -> None:
    for arguments in (("new", name), ("backup", marked, name), ("report", marked, name), ("list", name, "claims")):
        code, _, err = run(*arguments)
        assert code == 1 and err.count("\n") == 1


def test_a_search_tells_where_a_hit_is(run: Run, marked: Path) -> None:
    hit = next(h for h in json.loads(run("search", marked, "divers", "--json")[1]) if h["where"] == "text")
    assert set(hit) == {"article", "title", "where", "snippet", "start", "end", "annotation", "entry"}
    assert hit["end"] - hit["start"] == len("divers")


def test_an_encoding_nobody_knows_is_wrong_usage(run: Run, marked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry was late.")
    code, _, err = run("import", marked, tmp_path / "a.txt", "--encoding", "bogus")
    assert code == 2 and "bogus" in err
