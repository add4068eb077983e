"""A teacher makes tomorrow's lesson: one export gives the sheet for the class and the key to it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from annotator.ui.dialogs.export import ExportDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

LABELS = ("Claim Mark", "Source Mark")


@pytest.fixture
def driver(begin: Begin) -> Driver:
    made = begin()
    made.window.projects.open_sample()
    made.until(lambda: made.window.workspace.coverage is not None and made.window.workspace.coverage.complete)
    return made


def _styled(path: Path, style: str) -> list[str]:
    return [p.text for p in Document(str(path)).paragraphs if p.style is not None and p.style.name == style]


def _lines(path: Path) -> list[tuple[str, str]]:
    """Return number and words of each line of the article, without the numbers of claims and sources in it."""
    (table,) = [t for t in Document(str(path)).tables if len(t.rows) > 40]
    rows = [row.cells for row in table.rows]
    return [
        (cells[0].text, "".join(r.text for p in cells[1].paragraphs for r in p.runs if r.style.name not in LABELS))
        for cells in rows
    ]


def test_a_worksheet_and_its_key_come_from_one_export(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "lesson.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))

    def export(dialog: ExportDialog) -> None:
        dialog.choose_kind("worksheet")
        cast("QAbstractButton", dialog.ticks["both"]).click()
        assert dialog.options().both
        assert len(dialog.options().hide) == 4
        driver.accept(dialog)

    driver.answer(ExportDialog, export, lambda: driver.press("Ctrl+E"))
    key = tmp_path / "lesson-answer-key.docx"
    driver.until(lambda: out.is_file() and key.is_file())

    assert _styled(out, "Task") == _styled(key, "Task")
    assert len(_styled(out, "Task")) == 6
    assert _styled(out, "Task Quote") == _styled(key, "Task Quote")
    sheet_lines, key_lines = _lines(out), _lines(key)
    assert [n for n, _ in sheet_lines] == [n for n, _ in key_lines]
    assert [words for _, words in sheet_lines] == [words for _, words in key_lines]

    with zipfile.ZipFile(out) as file:
        bytes_ = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    told = [*(s.id for s in driver.annotated.sources.values()), *(c.note for c in driver.annotated.claims if c.note)]
    assert not [words for words in told if words in bytes_]
    assert not re.search(r">C\d+\b", bytes_)
    assert not list(Document(str(out)).comments)
    assert _styled(key, "Answer")
    assert not _styled(out, "Answer")
