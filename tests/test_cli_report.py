"""``annotator report``: every kind in every format, what is refused, and what a machine without Qt can do."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import cli, paths
from annotator.errors import AnnotatorError
from annotator.exporters import KINDS, formats_of
from annotator.exporters.rendering import Renderer
from annotator.ui.render import renderer

Run = Callable[..., tuple[int, str, str]]
BEGINS = {"docx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "csv": "\ufeff".encode()}


def without_qt() -> Renderer:
    raise AnnotatorError("This needs PySide6.")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: object, make: Callable[[], Renderer] = renderer) -> tuple[int, str, str]:
        code = cli.run(["report", *(str(a) for a in arguments)], lambda _: 0, make)
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.annot"
    path.write_bytes(paths.resource("sample.annot").read_bytes())
    return path


@pytest.mark.parametrize(("kind", "ending"), [(kind, ending) for kind in KINDS for ending in formats_of(kind)])
def test_every_kind_is_written_in_every_format(run: Run, sample: Path, tmp_path: Path, kind: str, ending: str) -> None:
    code, said, err = run(sample, tmp_path / f"out.{ending}", "--kind", kind)
    assert (code, err) == (0, "")
    written = [Path(line.removeprefix("Wrote ")) for line in said.splitlines()]
    assert written and all(path.read_bytes().startswith(BEGINS[ending]) for path in written)
    assert len(written) == 1 or ending == "csv"


@pytest.mark.parametrize("kind", ["worksheet", "answer-key"])
def test_what_is_worked_on_with_a_pen_is_no_table(run: Run, sample: Path, tmp_path: Path, kind: str) -> None:
    code, _, err = run(sample, tmp_path / "out.csv", "--kind", kind)
    assert code == 1 and "must end in .docx, .html, .pdf" in err and err.count("\n") == 1


def test_a_worksheet_and_its_key_are_written_by_one_command(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.docx"
    code, said, _ = run(sample, out, "--kind", "worksheet", "--option", "both=yes", "--option", "tasks=who,trace")
    assert code == 0
    assert said.splitlines() == [f"Wrote {out}", f"Wrote {tmp_path / 'sheet-answer-key.docx'}"]


def test_tables_of_an_earlier_report_are_told_of_and_left(run: Run, sample: Path, tmp_path: Path) -> None:
    old, other = tmp_path / "out-side-by-side.csv", tmp_path / "outer.csv"
    old.write_text("old")
    other.write_text("mine")
    code, _, err = run(sample, tmp_path / "out.csv", "--kind", "claims")
    assert (code, err) == (0, f"Not of this report, perhaps of an earlier one: {old}\n")
    assert (old.read_text(), other.read_text()) == ("old", "mine")
    assert run(sample, tmp_path / "out.xlsx", "--kind", "claims")[2] == ""


def test_that_a_file_was_replaced_is_said(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert run(sample, out)[1] == f"Wrote {out}\n"
    assert run(sample, out)[1] == f"Wrote {out}, in the place of the file that was there\n"


def test_a_folder_that_may_be_written_but_not_listed_takes_a_report(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    out = tmp_path / "out.html"
    monkeypatch.setattr(Path, "iterdir", shut)
    assert run(sample, out) == (0, f"Wrote {out}\n", "")
    assert run(sample, out) == (0, f"Wrote {out}, in the place of the file that was there\n", "")


def test_a_place_nobody_may_look_at_is_refused(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, stat = tmp_path / "shut" / "out.docx", Path.stat

    def shut(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self == out:
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, follow_symlinks=follow_symlinks)

    out.parent.mkdir()
    monkeypatch.setattr(Path, "stat", shut)
    code, said, err = run(sample, out)
    assert (code, said, err.count("\n")) == (1, "", 1) and "could not be written" in err


def test_a_report_does_not_take_the_place_of_the_project(run: Run, sample: Path, tmp_path: Path) -> None:
    named = tmp_path / "project.docx"
    try:
        named.symlink_to(sample)
    except OSError:
        pytest.skip("no symbolic links here")
    before = sample.read_bytes()
    code, _, err = run(sample, named)
    assert code == 1 and "another name than the project" in err and sample.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("out.odt", (), "must end in .docx, .html, .pdf, .xlsx, .csv"),
        ("none/out.docx", (), "is not there"),
        ("", (), "must end in"),
        ("out.docx", ("--option", "colour=red"), "no option “colour”"),
        ("out.docx", ("--kind", "audit", "--option", "notes=no"), "does not belong to the report “audit”"),
        ("out.docx", ("--template", "nowhere.docx"), "was not found"),
        ("out.docx", ("--template", "t" * 300 + ".docx"), "was not found"),
        ("out.docx", ("--layer", "Nobody"), "No set of marks"),
        ("out" + "n" * 300 + ".docx", (), "could not be written"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: Run, sample: Path, tmp_path: Path, name: str, more: tuple[str, ...], words: str
) -> None:
    code, said, err = run(sample, tmp_path / name, *more)
    assert (code, said, err.count("\n")) == (1, "", 1) and words in err
    assert list(tmp_path.glob("out*")) == []


def test_an_option_that_is_no_pair_is_wrong_usage(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run(sample, tmp_path / "out.docx", "--option", "notes")[0] == 2


def test_without_qt_all_but_a_pdf_is_written(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run(sample, tmp_path / "out.docx", "--kind", "audit", make=without_qt)[0] == 0
    with zipfile.ZipFile(tmp_path / "out.docx") as file:
        assert not [name for name in file.namelist() if name.startswith("word/media")]
    assert run(sample, tmp_path / "out.html", "--kind", "worksheet", make=without_qt)[0] == 0
    code, _, err = run(sample, tmp_path / "out.pdf", make=without_qt)
    assert (code, err) == (1, "annotator: This needs PySide6.\n") and not (tmp_path / "out.pdf").exists()


def test_pictures_are_painted_where_there_is_qt(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run(sample, tmp_path / "out.docx", "--kind", "audit")[0] == 0
    with zipfile.ZipFile(tmp_path / "out.docx") as file:
        pictures = [file.read(name) for name in file.namelist() if name.startswith("word/media")]
    assert pictures and all(data.startswith(b"\x89PNG") for data in pictures)


def test_the_help_tells_the_options_of_every_kind(run: Run) -> None:
    code, said, _ = run("--help")
    assert code == 0
    assert all(f"Options of {kind}:" in said for kind in KINDS) and "trace: 1 to 20" in said
