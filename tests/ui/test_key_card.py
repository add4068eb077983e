"""The card of keys: one page on either paper, complete; and the manual's page. Run as a program it writes that page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from annotator.ui.actions import COMMANDS
from annotator.ui.key_card import _columns, _fit, groups, manual_page, write_pdf
from annotator.ui.keys import KeyTable

PAGE = Path(__file__).parent.parent.parent / "docs" / "keys.md"


def test_every_command_with_a_key_is_on_the_card() -> None:
    shown = {line.words for group in groups(KeyTable()) for line in group.lines}
    assert {c.plain.rstrip("…") for c in COMMANDS if c.keys} <= shown
    without = KeyTable({"mark.claim": ()})
    assert "Claim" not in {line.words for group in groups(without) for line in group.lines}


@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_card_is_one_page_of_the_paper(qtbot: QtBot, tmp_path: Path, paper: str, points: tuple[int, int]) -> None:
    file = tmp_path / "keys.pdf"
    assert write_pdf(KeyTable({"mark.claim": ("Q",)}), paper, str(file))
    content = file.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert tuple(round(float(side)) for side in box) == points
    if shutil.which("pdftotext") is None:
        return
    words = " ".join(subprocess.check_output(["pdftotext", "-layout", file, "-"], text=True).split())
    assert "Remove the claim’s links" in words and "your own keys" in words


def test_a_card_with_many_more_keys_is_still_one_page(qtbot: QtBot) -> None:
    many = groups(KeyTable()) * 2
    room = QRectF(0, 0, 700, 950)
    k, columns = _fit(many, room)
    assert sum(map(len, columns)) == len(many)
    assert len(columns) <= 4 and len(_columns(many, room.height() / k)) <= 4


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    assert not write_pdf(KeyTable(), "A4", str(tmp_path / "nowhere" / "keys.pdf"))


def test_the_manual_has_the_keys_of_the_table() -> None:
    assert PAGE.read_text("utf-8") == manual_page(), "write it anew: python -m tests.ui.test_key_card"


if __name__ == "__main__":
    PAGE.write_text(manual_page(), "utf-8")
