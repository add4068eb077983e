"""What stands at the edges of a PDF's pages: what is repeated there goes, and no line of the text goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from annotator.importers import pdf
from annotator.model import Draft, ReadOptions
from tests.importers.pdf_writer import Page, PdfWriter, width

HEIGHT, TOP, FOOT = 595, 540, 60
PROSE = "The harbour board met again and heard of the lock gates"


def read(made: PdfWriter, **options: object) -> Draft:
    return pdf.read(made.to_bytes(), "sample.pdf", ReadOptions(**options), lambda: None)  # type: ignore[arg-type]


def name(n: int, k: int) -> str:
    return "".join(chr(97 + d) for d in (n, k // 26, k % 26))


def lines(draft: Draft) -> list[str]:
    return draft.text.split("\n")


def heights(leading: float, top: float = TOP) -> list[float]:
    return [top - leading * k for k in range(int((top - FOOT) / leading) + 1)]


def filled(pages: int, draw: Callable[[Page, int], None], *, leading: float = 12, top: float = TOP) -> PdfWriter:
    """Return pages of prose, each with what ``draw`` adds to it."""
    made = PdfWriter()
    for n in range(1, pages + 1):
        page = made.page(420, HEIGHT)
        for k, y in enumerate(heights(leading, top)):
            page.text(50, y, f"{PROSE} on day {name(n, k)} and", 10)
        draw(page, n)
    return made


def in_rows(rows: Iterable[list[str]], *, numbered: bool = True) -> PdfWriter:
    """Return rows of cells, one below the other over as many pages as they need, with page numbers below."""
    made = PdfWriter()
    page, left = made.page(420, HEIGHT), heights(17)
    for row in rows:
        if not left:
            page, left = made.page(420, HEIGHT), heights(17)
        y = left.pop(0)
        for k, cell in enumerate(row):
            page.text(50 + 110 * k, y, cell, 10)
    for n, page in enumerate(made.pages, 1):
        if numbered:
            page.text(200, 25, str(n), 10)
    return made


@pytest.mark.parametrize("numbered", [True, False])
def test_rows_of_a_table_that_differ_in_numbers_are_text(numbered: bool) -> None:
    rows = [[str(1800 + n), f"{n * 37.1 % 1000:.1f}", f"{n * 91 % 100} %"] for n in range(100)]
    assert lines(read(in_rows(rows, numbered=numbered))) == ["\t".join(row) for row in rows]


def test_rows_that_say_the_same_of_other_numbers_are_text() -> None:
    rows = [[f"r{n}a cell", f"r{n}b cell"] for n in range(100)]
    assert lines(read(in_rows(rows))) == ["\t".join(row) for row in rows]


def test_lines_that_say_the_same_of_other_numbers_are_text() -> None:
    said = [f"Price of item in euros: {7 * n}" for n in range(100)]
    assert read(in_rows([[line] for line in said])).text.split() == " ".join(said).split()


def test_lines_that_count_on_from_page_to_page_among_others_are_text() -> None:
    said = [f"{n} boats of the fleet" for n in range(1, 100)]
    draft = read(in_rows([[line] for line in said], numbered=False))
    assert draft.text.split() == " ".join(said).split()
    assert not draft.report.left_out


def test_the_head_of_a_table_is_text_where_it_stands_first() -> None:
    made = PdfWriter()
    for n in range(3):
        page = made.page(420, HEIGHT)
        for k, cell in enumerate(("Harbour", "Boats", "Year")):
            page.text(50 + 110 * k, HEIGHT - 40, cell, 10, "Times-Bold")
            for row, y in enumerate(heights(13, HEIGHT - 62)):
                page.text(50 + 110 * k, y, f"{cell[0]}{1000 * n + row}", 10)
    draft = read(made)
    assert draft.text.startswith("Harbour\tBoats\tYear\nH0\tB0")
    assert draft.text.count("Harbour") == 1
    assert draft.report.left_out == ("2 running heads and feet",)


def test_a_head_of_two_parts_over_two_columns_is_left_out() -> None:
    made = PdfWriter()
    for n in range(4):
        page = made.page(420, HEIGHT)
        for k, y in enumerate(heights(12)):
            for x in (50, 220):
                page.text(x, y, f"the board met again on day {name(n, k)}", 10)
        if n:
            right = 220 + width(f"the board met again on day {name(n, 0)}")
            page.text(50, HEIGHT - 28, "The Harbour Ledger", 10)
            page.text(right - width("3 May 2020"), HEIGHT - 28, "3 May 2020", 10)
    draft = read(made)
    assert "Ledger" not in draft.text
    assert draft.report.left_out == ("3 running heads and feet",)


def test_rows_between_drawn_lines_are_text() -> None:
    made = PdfWriter()
    for _ in range(3):
        page = made.page(420, HEIGHT)
        page.raw(b"150 40 0.5 520 re f 260 40 0.5 520 re f")
        for y in heights(40):
            for k, cell in enumerate(("yes", "none", "both")):
                page.text(60 + 110 * k, y, cell, 10)
    assert read(made).text.count("yes") == 3 * len(heights(40))


def test_numbered_titles_of_slides_are_text() -> None:
    def draw(page: Page, n: int) -> None:
        page.text(50, HEIGHT - 28, f"{n} {['Boats', 'Gates', 'Tides', 'Nets', 'Crews'][n - 1]} of the harbour", 18)

    draft = read(filled(5, draw, top=500))
    assert draft.text.count("of the harbour") == 5
    assert not draft.report.left_out


def test_roman_numbers_of_parts_are_text_and_those_of_pages_are_not() -> None:
    def part(page: Page, n: int) -> None:
        page.text(200, HEIGHT - 28, ["I", "", "II", ""][n - 1], 10)

    def number(page: Page, n: int) -> None:
        page.text(200, 25, ["i", "ii", "iii", "iv"][n - 1], 10)

    assert not read(filled(4, part)).report.left_out
    assert read(filled(4, number)).report.left_out == ("4 page numbers",)


def test_a_head_of_two_rows_apart_from_the_text_is_left_out() -> None:
    def draw(page: Page, n: int) -> None:
        page.text(50, HEIGHT - 20, "The Harbour Ledger", 10)
        page.text(50, HEIGHT - 31, f"Minutes of the board, page {n}", 10)

    draft = read(filled(3, draw, top=530))
    assert draft.report.left_out == ("6 running heads and feet",)
    assert "Ledger" not in draft.text
    assert "Ledger" in read(filled(3, draw, top=530), page_furniture=True).text


def test_a_head_the_text_follows_closely_on_one_page_is_left_out_there_too() -> None:
    made = PdfWriter()
    for n, top in enumerate((HEIGHT - 60, HEIGHT - 32)):
        page = made.page(420, HEIGHT)
        page.text(50, HEIGHT - 20, "Draft of the harbour board", 10)
        for k, y in enumerate(heights(12, top)):
            page.text(50, y, f"{PROSE} on day {name(n, k)} and", 10)
    draft = read(made)
    assert "Draft" not in draft.text
    assert draft.report.left_out == ("2 running heads and feet",)


def test_the_head_of_a_manuscript_with_wide_lines_is_left_out() -> None:
    def draw(page: Page, n: int) -> None:
        page.text(300, HEIGHT - 30, f"Harbour / {n}", 12)

    draft = read(filled(4, draw, leading=27, top=HEIGHT - 57))
    assert draft.report.left_out == ("4 running heads and feet",)


def test_pages_of_an_interview_that_begin_with_the_same_line_keep_it() -> None:
    made = PdfWriter()
    for n in range(4):
        page = made.page(420, HEIGHT)
        for k, y in enumerate(heights(14)):
            page.text(50, y, "Question:" if k % 3 == 0 else f"And what of boat {name(n, k)}?", 10)
    draft = read(made)
    assert draft.text.count("Question:") == 4 * len(range(0, len(heights(14)), 3))
    assert not draft.report.left_out


def with_notes(pages: int, size: float, said: str, *, numbered: bool = True) -> PdfWriter:
    """Return pages of prose each with two notes below a short rule."""
    made = PdfWriter()
    for n in range(pages):
        page = made.page(420, HEIGHT)
        for k, y in enumerate(heights(12)[:-4]):
            text = f"{PROSE} on day {name(n, k)} and"
            page.text(50, y, text, 10)
            if k < 2:
                page.text(50 + width(text), y + 4, str(2 * n + k + 1), 6)
        page.raw(b"50 92 100 0.5 re f")
        for k in range(2):
            page.text(50, 78 - 14 * k, f"{2 * n + k + 1} {said.format(n=2 * n + k)}", size)
        if numbered:
            page.text(200, 25, str(n + 1), 10)
    return made


@pytest.mark.parametrize("size", [8, 10])
@pytest.mark.parametrize("said", ["Ibid., p. {n}.", "Ibid.", "See the minutes"])
@pytest.mark.parametrize("numbered", [True, False])
def test_notes_below_a_rule_are_notes_however_alike_they_are(size: float, said: str, numbered: bool) -> None:
    made = with_notes(4, size, said, numbered=numbered)
    draft = read(made)
    assert "8 footnotes and endnotes" in draft.report.left_out
    assert not any("head" in line for line in draft.report.left_out)
    assert said.format(n=3) not in draft.text
    kept = read(made, footnotes=True)
    assert lines(kept)[-8:] == [f"[{n + 1}] {said.format(n=n)}" for n in range(8)]
    assert {block.zone for block in kept.blocks[-8:]} == {"box"}


def test_the_marks_of_notes_are_in_brackets_where_these_are_kept_and_else_gone() -> None:
    made = PdfWriter()
    page = made.page(420, HEIGHT)
    x = 50.0
    for word, mark in (("On", ""), ("Tuesday.", "1"), ("It", ""), ("is", ""), ("40", ""), ("m", "2"), ("wide,", "2")):
        page.text(x, 500, word, 10)
        x += width(word)
        page.text(x, 504, mark, 6)
        x += width(mark, 6) + width(" ")
    page.raw(b"50 92 100 0.5 re f")
    page.text(50, 78, "1 See the minutes.", 8)
    page.text(50, 64, "2 As the board says.", 8)
    assert read(made).text == "On Tuesday. It is 40 m2 wide,"
    assert lines(read(made, footnotes=True)) == [
        "On Tuesday.[1] It is 40 m2 wide,[2]",
        "[1] See the minutes.",
        "[2] As the board says.",
    ]


def test_a_note_that_goes_on_in_the_next_column_is_one() -> None:
    made = PdfWriter()
    page = made.page(420, HEIGHT)
    for column, x in enumerate((50, 220)):
        for k, y in enumerate(heights(12)[:-4]):
            page.text(x, y, f"harbour board met on day {name(column, k)} and", 10)
        page.raw(b"%d 92 40 0.5 re f" % x)
    page.text(50 + width("harbour board met on day baa and"), TOP + 4, "1", 6)
    page.text(50, 80, "1 See what was said of it by the", 8)
    page.text(58, 70, "harbour board in the long", 8)
    page.text(228, 80, "letter to the county.", 8)
    page.text(220, 70, "2 Ibid.", 8)
    assert lines(read(made, footnotes=True))[-2:] == [
        "[1] See what was said of it by the harbour board in the long letter to the county.",
        "[2] Ibid.",
    ]


def test_a_raised_number_without_a_note_stays() -> None:
    made = PdfWriter()
    page = made.page(420, HEIGHT)
    page.text(50, 500, "On Tuesday.")
    page.text(50 + width("On Tuesday."), 504, "7", 6)
    page.text(50, 488, "It is wide.")
    assert "Tuesday.7" in read(made).text


def test_the_text_goes_on_over_notes() -> None:
    text = read(with_notes(3, 10, "See the minutes")).text
    assert len(text.split("\n")) == 1
