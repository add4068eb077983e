"""Saved pages in five scripts, from the preview to a mark and the report: their text, how they are counted, what is selected."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from annotator import exporters
from annotator import text as texts
from annotator.exporters.material import Material
from annotator.ui.dialogs.import_article import ImportDialog
from tests.e2e.conftest import Begin

PAGES = Path(__file__).parents[1] / "importers" / "pages"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNSPACED = ("chinese", "japanese", "thai")
# Who speaks in the first paragraph of each page, as a reader would select the name.
NAMES = {
    "arabic": "بيت مور",
    "hebrew": "פיט מור",
    "chinese": "皮特·莫尔",
    "japanese": "ピート・モール",
    "thai": "พีต มัวร์",
}


def known(name: str) -> list[str]:
    """Return the lines of a page's article, as its author wrote them down."""
    return [line for _, _, line in json.loads((PAGES / f"{name}.json").read_text("utf-8"))["lines"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_counted_marked_and_reported(begin: Begin, tmp_path: Path, name: str) -> None:
    driver = begin()
    told: list[str] = []

    def look(dialog: ImportDialog) -> None:
        told.append(dialog._told.text())
        driver.accept(dialog)

    driver.answer(ImportDialog, look, lambda: driver.drop(PAGES / f"{name}.html"))
    driver.until(lambda: driver.window.workspace.article)
    text = driver.text()
    assert text.split("\n") == known(name)
    unit = "words and characters" if name in UNSPACED else "words"
    assert f"{texts.count_words(text):,} {unit}" in told[0]

    entity = driver.mark("E", NAMES[name])
    driver.drag(NAMES[name])
    driver.caret_before(NAMES[name])
    start = text.index(NAMES[name])
    for _ in range(3):
        driver.press("Shift+Right")
        end = start + len(driver.selected())
        assert end > start and texts.is_grapheme_boundary(text, end)

    options = exporters.options_from("annotated", None, {})
    report = exporters.build(Material((driver.annotated,)), options, coder="Me", today=date(2026, 1, 2))
    exporters.write(report, tmp_path / "report.docx", options)
    written = etree.fromstring(zipfile.ZipFile(tmp_path / "report.docx").read("word/document.xml"))
    words = "".join(written.itertext(f"{W}t"))
    assert entity in driver.annotated.by_id
    assert all(part in words for line in known(name) for part in line.split(NAMES[name]))
