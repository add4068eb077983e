"""Each kind of file a person can open: through the preview to an article that is marked, linked and reported."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from annotator import exporters
from annotator.exporters.material import Material
from annotator.ui.dialogs.import_article import ImportDialog
from tests.e2e.conftest import Begin
from tests.hostile import seeds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLAIM = "We have found cracks in eleven of the piles,"
SPEAKER = "Ada Brandt"


@pytest.mark.parametrize("name", sorted(seeds.seeds()))
def test_a_file_becomes_a_marked_and_reported_article(begin: Begin, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"quay.{name.rpartition('.')[2]}"
    file.write_bytes(seeds.seeds()[name])
    driver = begin()

    def look(dialog: ImportDialog) -> None:
        assert dialog.form.fields["title"].text()
        driver.accept(dialog)

    driver.answer(ImportDialog, look, lambda: driver.drop(file))
    driver.until(lambda: driver.window.workspace.article)
    claim = driver.mark("C", CLAIM)
    driver.mark("S", SPEAKER)
    driver.choose(CLAIM)
    driver.press("L", "Return")
    assert driver.said_by(claim) == [SPEAKER]

    options = exporters.options_from("annotated", None, {})
    report = exporters.build(Material((driver.annotated,)), options, coder="Me", today=date(2026, 1, 2))
    exporters.write(report, tmp_path / "report.docx", options)
    with zipfile.ZipFile(tmp_path / "report.docx") as written:
        words = "".join(etree.fromstring(written.read("word/document.xml")).itertext(f"{W}t"))
        assert written.read("word/comments.xml").count(b"<w:comment ") == 1
    assert "Fishermen fear for the season" in words and CLAIM in words
