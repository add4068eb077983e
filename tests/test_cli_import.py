"""Many files from the command line: in order, in batches, twice never unless asked, stopped at any moment."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import cli, cli_import
from annotator.project import Project, importing

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.annot"
    Project.create(path, coder="Ida").close()
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], project: Path) -> Run:
    def go(*arguments: object) -> tuple[int, str, str]:
        code = cli.run(["import", str(project), *map(str, arguments)], lambda _: 0)
        out, err = capsys.readouterr()
        return code, out, err

    return go


def _texts(folder: Path, n: int) -> Path:
    folder.mkdir()
    for i in range(n):
        (folder / f"{i}.txt").write_text(f"Headline {i}\n\nThe quay number {i} is closed until spring.", "utf-8")
    return folder


def _titles(project: Path) -> list[str]:
    opened = Project.open(project, read_only=True)
    try:
        return [s.article.title for s in opened.articles()]
    finally:
        opened.close()


def test_a_folder_is_all_that_can_be_read_in_it(run: Run, project: Path, tmp_path: Path) -> None:
    folder = _texts(tmp_path / "texts", 12)
    (folder / "a.jpg").write_bytes(b"x")
    code, out, err = run(folder, "--jobs", 2)
    assert code == 0
    assert [line.split("  ")[1] for line in out.splitlines()] == [f"Headline {i} (10 words)" for i in range(12)]
    assert err == f"passed over  {folder}: 1 file of another kind (a.jpg)\n"
    assert sorted(_titles(project)) == sorted(f"Headline {i}" for i in range(12))


def test_a_folder_with_nothing_to_read_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    code, out, err = run(tmp_path / "bare")
    assert (code, out) == (1, "")
    assert "holds no file that can be read" in err


def test_what_is_there_is_said_and_not_added_twice(run: Run, project: Path, tmp_path: Path) -> None:
    folder = _texts(tmp_path / "texts", 3)
    (folder / "copy of 1.txt").write_bytes((folder / "1.txt").read_bytes())
    code, out, _ = run(folder)
    assert code == 0
    assert f"already there  {folder / 'copy of 1.txt'}: “Headline 1”" in out
    code, out, _ = run(folder / "2.txt")
    assert (code, out) == (0, f"already there  {folder / '2.txt'}: “Headline 2”\n")
    assert len(_titles(project)) == 3
    run(folder / "2.txt", "--again")
    assert len(_titles(project)) == 4


def test_all_batches_are_one_step(run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    assert run(_texts(tmp_path / "texts", 7))[0] == 0
    opened = Project.open(project)
    try:
        assert len(opened.articles()) == 7
        opened.undo()
        assert opened.articles() == []
    finally:
        opened.close()


def test_failures_stand_among_the_others_and_leave_the_file_alone(run: Run, project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    (tmp_path / "a.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.pdf").write_bytes(b"")
    code, out, err = run(tmp_path / "a.docx", tmp_path / "b.pdf", tmp_path / "none.txt")
    assert (code, out) == (1, "")
    assert [line.split(": ", 1)[1][:12] for line in err.splitlines()] == [
        "is a picture",
        "has no text:",
        "was not foun",
    ]
    assert project.read_bytes() == before


def test_an_odd_name_is_shown_on_its_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new\nline\x1b[31m.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    _, _, err = run(tmp_path)
    assert err.count("failed  ") == 1 and err.count("\n") == 2 and "\x1b" not in err  # the project is passed over


def test_a_failure_is_one_sentence_and_no_trace(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The quay is closed.", "utf-8")
    code = (
        "import sys; from annotator import cli; from annotator.importers import sandbox; sandbox.WORKER = 'tests.nowhere'; "
        f"sys.exit(cli.run(['import', {str(project)!r}, {str(tmp_path / 'a.txt')!r}], lambda _: 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"failed  {tmp_path / 'a.txt'}: could not be read")
    assert done.stderr.count("\n") == 1


def test_the_whole_page_may_be_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The quay is closed.", "utf-8")
    assert run(tmp_path / "a.txt", "--whole-page", "--encoding", "utf-8")[0] == 0


def test_lines_broken_at_one_width_may_be_joined(run: Run, project: Path, tmp_path: Path) -> None:
    lines = ["It rained in the Vale, the council said, and it would", "go on until the end of the week at the very"] * 2
    (tmp_path / "a.txt").write_text("\n".join(lines), "utf-8")
    assert run(tmp_path / "a.txt", "--join-lines")[0] == 0
    opened = Project.open(project)
    assert " ".join(lines) in [opened.version(article).text for article in opened.article_ids()]
    opened.close()


def test_how_far_it_is_stands_on_a_terminal_only() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        with cli_import._Progress(3, stream) as progress:
            assert len(list(progress.counting([(Path("a"), None)] * 3))) == 3  # type: ignore[list-item]
            progress.end(1, 1)
        assert ("2 of 3 read" in stream.getvalue()) == shown
        assert stream.getvalue().endswith("\r1 article added, 1 already there, 1 failed\n") == shown


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal to send there")
def test_what_was_printed_before_ctrl_c_is_there(project: Path, tmp_path: Path) -> None:
    folder = _texts(tmp_path / "texts", 1_500)
    code = (
        "import sys; from annotator import cli; from annotator.project import importing; importing.BATCH = 20; "
        f"sys.exit(cli.run(['import', {str(project)!r}, {str(folder)!r}], lambda _: 0))"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        first = going.stdout.readline()
        going.send_signal(signal.SIGINT)
        rest, _ = going.communicate(timeout=30)
    printed = [line.split("  ")[0] for line in (first + rest).splitlines()]
    opened = Project.open(project, read_only=True)
    there = {s.article.id for s in opened.articles()}
    opened.close()
    assert going.returncode == 1
    assert set(printed) <= there
    assert len(there) < 1_500


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal to send there")
def test_ctrl_c_says_what_is_there_and_pressing_it_again_disturbs_nothing(project: Path, tmp_path: Path) -> None:
    folder = _texts(tmp_path / "texts", 1_500)
    code = (
        "import sys; from annotator import cli; from annotator.project import importing; importing.BATCH = 20; "
        f"sys.exit(cli.run(['import', {str(project)!r}, {str(folder)!r}], lambda _: 0))"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        going.stdout.readline()
        for _ in range(3):
            going.send_signal(signal.SIGINT)
        _, err = going.communicate(timeout=30)
    there = len(_titles(project))
    assert going.returncode == 1
    assert err == f"Ended: {there} articles are in the project.\n"
