"""Rows for spreadsheets: no formula in them, nothing lost on the way, names a workbook takes."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from annotator import tables
from annotator.tables import Sheet, guarded, sheet_name, to_csv, to_xlsx, unguarded

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.example")',
]


class Book:
    """A .xlsx file read back from its XML."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        self.names = [s.get("name") for s in book.iter(f"{M}sheet")]
        strings = self.parts.get("xl/sharedStrings.xml")
        self._strings = (
            ["".join(t.text or "" for t in si.iter(f"{M}t")) for si in etree.fromstring(strings)] if strings else []
        )

    def rows(self, number: int = 1) -> list[list[object]]:
        sheet = etree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])
        return [[self._value(c) for c in row.iter(f"{M}c")] for row in sheet.iter(f"{M}row")]

    def _value(self, cell: etree._Element) -> object:
        assert cell.find(f"{M}f") is None, "a formula"
        value = cell.find(f"{M}v")
        if value is None:
            return None
        return self._strings[int(value.text)] if cell.get("t") == "s" else float(value.text)


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("words", FORMULAS)
def test_what_looks_like_a_formula_is_guarded(words: str) -> None:
    cell = csv_rows(to_csv(Sheet("t", ("a",), [[words]])))[1][0]
    assert cell == f"'{words}"
    assert unguarded(cell) == words


def test_plain_words_and_numbers_stand_as_they_are() -> None:
    data = to_csv(Sheet("t", ("a", "b"), [["a = b", -5], ["don't", 1.5], [None, True], [float("nan"), float("inf")]]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(data) == [["a", "b"], ["a = b", "-5"], ["don't", "1.5"], ["", "yes"], ["", ""]]


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\nab＝"), max_size=8))
def test_guarding_can_be_undone(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert not re.match(r"\s*[=+\-@]", guarded(words))


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_words_come_back_from_csv(rows: list[list[str]]) -> None:
    found = csv_rows(to_csv(Sheet("t", ("a", "b"), rows)))[1:]
    assert [[unguarded(c) for c in row] for row in found] == [
        [c.encode("utf-8", "replace").decode() for c in row] for row in rows
    ]


def test_nothing_in_a_workbook_is_a_formula_or_a_link() -> None:
    book = Book(
        to_xlsx([Sheet("t", ("=a",), [[w] for w in (*FORMULAS, "http://a.example", "javascript:x", "internal:t!A1")])])
    )
    sheet = book.parts["xl/worksheets/sheet1.xml"]
    assert b"<f>" not in sheet and b"hyperlink" not in sheet
    assert not any("externalLink" in n or "vba" in n for n in book.parts)
    assert book.rows()[1] == ["=1+1"]


def test_numbers_are_numbers_and_nothing_is_blank() -> None:
    rows = Book(
        to_xlsx([Sheet("t", ("a", "b", "c"), [[1234, 0.5, None], [float("nan"), True, ""], [10**17, -1, "x"]])])
    ).rows()
    assert rows[1:] == [[1234.0, 0.5], ["yes"], ["100000000000000000", -1.0, "x"]]


def test_shares_are_numbers_shown_in_per_cent() -> None:
    sheet = Sheet("t", ("a", "b"), [["x", tables.PerCent(0.36)], ["y", "under 1 %"]], (9, 9), (False, True))
    book = Book(to_xlsx([sheet]))
    assert book.rows()[1:] == [["x", 0.36], ["y", "under 1 %"]]
    assert b'formatCode="0.0 %"' in book.parts["xl/styles.xml"]
    assert csv_rows(to_csv(sheet))[1] == ["x", "0.36"]


def test_heads_are_frozen_and_bold_and_can_be_filtered() -> None:
    book = Book(to_xlsx([Sheet("t", ("a", "b"), [["x", 1]], (20, 400))]))
    sheet = etree.fromstring(book.parts["xl/worksheets/sheet1.xml"])
    assert sheet.find(f".//{M}pane").get("state") == "frozen"
    assert sheet.find(f"{M}autoFilter").get("ref") == "A1:B2"
    assert float(sheet.findall(f"{M}cols/{M}col")[1].get("width")) < 95
    assert b"<b/>" in book.parts["xl/styles.xml"]


def test_a_cell_too_long_is_cut_and_says_so() -> None:
    (_, row) = Book(to_xlsx([Sheet("t", ("a", "b"), [["x" * 2_000_000, "🌉" * 40_000]])])).rows()
    for words in row:
        assert isinstance(words, str)
        assert len(words.encode("utf-16-le")) // 2 <= tables.MOST_LETTERS
        assert re.search(r"… \([\d,]+ more letters do not fit here\)$", words)


def test_rows_of_long_words_are_as_high_as_they_need() -> None:
    rows = [["x"], ["x" * 45], ["a\nb"], ["x" * 50_000]]
    sheet = etree.fromstring(Book(to_xlsx([Sheet("t", ("a",), rows, (20,))])).parts["xl/worksheets/sheet1.xml"])
    assert [r.get("ht") for r in sheet.iter(f"{M}row")] == [None, None, "45", "30", "180"]


def test_a_cell_just_short_enough_is_whole() -> None:
    (_, row) = Book(to_xlsx([Sheet("t", ("a",), [["x" * tables.MOST_LETTERS]])])).rows()
    assert row == ["x" * tables.MOST_LETTERS]


def test_characters_no_file_may_hold_are_replaced_and_line_ends_stay() -> None:
    (_, row) = Book(to_xlsx([Sheet("t", ("a",), [["a\x00\x1b\ud800\ufffeb\nc_x0041_"]])])).rows()
    assert row == ["a\ufffd\ufffd\ufffd\ufffdb\nc_x005F_x0041_"]  # Excel reads _x005F_ as the underscore


def test_too_many_rows_go_on_in_the_next_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 4)
    book = Book(to_xlsx([Sheet("Claims", ("n",), ([n] for n in range(7)))]))
    assert book.names == ["Claims", "Claims 2", "Claims 3"]
    assert [book.rows(n)[0] for n in (1, 2, 3)] == [["n"]] * 3
    assert sum(len(book.rows(n)) - 1 for n in (1, 2, 3)) == 7


def test_names_of_sheets() -> None:
    used: set[str] = set()
    names = [
        sheet_name(n, used)
        for n in ("Claims", "claims", "a/b:c*d?e[f]g\\h", "'x'", "", "History", "y" * 300, "y" * 299, "🌉" * 40)
    ]
    assert names[:6] == ["Claims", "claims (2)", "a b c d e f g h", "x", "Table", "History 1"]
    assert names[6:8] == ["y" * 30 + "…", "y" * 27 + " (2)"]
    assert all(len(n.encode("utf-16-le")) <= 62 for n in names)
    assert len({n.lower() for n in names}) == len(names)


def test_no_table_is_a_workbook_all_the_same() -> None:
    assert Book(to_xlsx([])).names == ["Empty"]


def test_the_same_rows_make_the_same_bytes() -> None:
    sheets = [Sheet("t", ("a",), [["x"]])]
    assert to_xlsx(sheets, title="T", author="A") == to_xlsx(sheets, title="T", author="A")


def nasty_file(folder: Path) -> Path:
    path = folder / "t.xlsx"
    path.write_bytes(to_xlsx([Sheet("t", ("a", "b"), [[w, 7] for w in FORMULAS]), Sheet("'[x]'", (), [["a\x00b"]])]))
    return path


@pytest.mark.slow
def test_a_validator_finds_nothing(tmp_path: Path) -> None:
    beside = Path(sys.executable).with_name("openxml-audit")
    program = str(beside) if beside.is_file() else shutil.which("openxml-audit")
    if program is None:
        pytest.skip("openxml-audit is not installed")
    done = subprocess.run([program, str(nasty_file(tmp_path))], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_finds_words(tmp_path: Path) -> None:
    home = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        as_csv,
        "--outdir",
        str(tmp_path),
        str(nasty_file(tmp_path)),
    ]
    done = subprocess.run(command, check=True, timeout=100, capture_output=True, text=True)
    written = next(tmp_path.glob("*.csv"), None)
    if written is None and "source file could not be loaded" in done.stderr + done.stdout:
        pytest.skip("LibreOffice Calc is not installed")
    assert written is not None
    found = csv_rows(written.read_bytes())
    assert found[1] == ["=1+1", "7"]
    assert found[4] == ["@SUM(A1)", "7"]
