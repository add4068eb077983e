"""``annotator annotations``: exports and imports from the command line, what is listed and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import cli, paths
from annotator.interchange import FORMATS
from annotator.project import Project

Captured = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    return cli.run([str(word) for word in words], lambda _: 0)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.annot"
    path.write_bytes(paths.resource("sample.annot").read_bytes())
    return path


def test_every_format_is_written_and_said(sample: Path, tmp_path: Path, capsys: Captured) -> None:
    for key, format_ in FORMATS.items():
        out = tmp_path / f"{key}{format_.suffixes[0]}"
        assert run("annotations", "export", sample, out, "--format", key) == 0
        said = capsys.readouterr()
        assert said.out.count("Wrote ") == (5 if key == "csv" else 1) and not said.err
    assert run("annotations", "export", sample, tmp_path / "x.docx", "--format", "json") == 1
    assert run("annotations", "export", sample, sample, "--format", "json") == 1


def test_a_project_moves_as_a_whole(sample: Path, tmp_path: Path, capsys: Captured) -> None:
    there, new = tmp_path / "there.json", tmp_path / "new.annot"
    assert run("annotations", "export", sample, there, "--format", "json") == 0
    assert run("new", new) == 0
    before = new.read_bytes()
    assert run("annotations", "import", new, there, "--format", "json", "--dry-run") == 0
    assert "claims: 27 new" in capsys.readouterr().out and new.read_bytes() == before
    assert run("annotations", "import", new, there, "--format", "json") == 0
    assert run("annotations", "import", new, there, "--format", "json") == 0
    assert "Nothing is new" in capsys.readouterr().out
    again = tmp_path / "again.json"
    assert run("annotations", "export", new, again, "--format", "json") == 0
    assert again.read_bytes() == there.read_bytes()
    assert run("check", new) == 0
    assert run("annotations", "export", new, again, "--format", "json", "--without-files") == 0
    assert len(again.read_bytes()) < len(there.read_bytes())


def test_one_article_moves_beside_others(sample: Path, tmp_path: Path, capsys: Captured) -> None:
    text = tmp_path / "other.txt"
    text.write_text("A wall\n\nThe port says the wall is sound.\n", "utf-8")
    new, there = tmp_path / "new.annot", tmp_path / "there.json"
    assert run("new", new) == 0 and run("import", new, text) == 0
    with_article = Project.open(sample, read_only=True)
    (article,) = with_article.article_ids()
    with_article.close()
    assert run("annotations", "export", sample, there, "--format", "json", "--article", article[:8]) == 0
    assert run("annotations", "import", new, there, "--format", "json") == 0
    assert run("check", new) == 0
    opened = Project.open(new, read_only=True)
    assert len(opened.article_ids()) == 2 and len(opened.layers()) == 2
    assert opened.layer.id != json.loads(there.read_text("utf-8"))["layers"][0]["id"]
    opened.close()
    capsys.readouterr()


def test_what_is_left_out_is_listed_saved_and_ends_with_one(sample: Path, tmp_path: Path, capsys: Captured) -> None:
    made, listed = tmp_path / "made.csv", tmp_path / "listed.txt"
    made.write_text("kind,quote\nclaim,no such words\nverb,x\n", "utf-8")
    words = ("annotations", "import", sample, made, "--format", "csv", "--coder", "Bo", "--problems", listed)
    assert run(*words, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["written"] and told["counts"]["claims"]["orphans"] == 1
    assert [(p["line"], p["kept"]) for p in told["problems"]] == [(2, True), (3, False)]
    assert listed.read_text("utf-8").startswith("made.csv, line 2: ")
    assert run("check", sample) == 0
    assert run("annotations", "import", sample, tmp_path / "no.csv", "--format", "csv") == 1
    assert run("annotations", "import", sample, made, "--format", "xlsx") == 2
    capsys.readouterr()
