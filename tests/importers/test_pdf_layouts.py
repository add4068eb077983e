"""Pages set in many ways, each from a text that is known: all of it comes back, in the order it is read."""

from __future__ import annotations

import difflib
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.importers import pdf
from annotator.model import Draft, ReadOptions
from tests.bench.reading_pdf import pdf_quality
from tests.importers.pdf_writer import Layout, Page, PdfWriter, article, set_lines, width

_SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "article.txt"
_TEXT = _SAMPLE.read_text(encoding="utf-8").encode("cp1252", "ignore").decode("cp1252")
SENTENCES = [s.strip() + "." for line in _TEXT.split("\n")[5:] for s in line.split(". ") if len(s) > 50]


def read(data: bytes, **options: object) -> Draft:
    return pdf.read(data, "sample.pdf", ReadOptions(**options), lambda: None)  # type: ignore[arg-type]


def in_order(given: list[str], found: list[str]) -> float:
    """Return the share of words that are found in order."""
    matcher = difflib.SequenceMatcher(None, given, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(given), len(found), 1)


@dataclass
class Setter:
    """Sets bands of columns, one below the other, as a newspaper page has them."""

    chance: random.Random
    width: float = 595
    height: float = 842
    margin: float = 50

    def __post_init__(self) -> None:
        self.made = PdfWriter()
        self.truth: list[str] = []
        self.size = self.chance.choice([8.0, 9.0, 10.0])
        self.leading = self.size * self.chance.choice([1.12, 1.2, 1.3])
        self.indent = self.chance.choice([0, 1.2 * self.size])
        self.justified = self.chance.random() < 0.7
        self.y = 0.0
        self.page = self.turn_page()

    def turn_page(self) -> Page:
        self.page = self.made.page(self.width, self.height)
        self.y = self.height - self.margin - 10
        self.page.text(self.width / 2, 20, str(len(self.made.pages)), 8, "Helvetica")
        return self.page

    def headline(self) -> None:
        text, size = " ".join(self.chance.choice(SENTENCES).split()[:5]), self.chance.choice([16, 20, 26])
        while width(text, size, "Times-Bold") > self.width - 2 * self.margin:
            text = text.rsplit(" ", 1)[0]
        if self.y - 2 * size < self.margin + 60:
            self.turn_page()
        self.y -= 1.1 * size
        self.page.text(self.margin, self.y, text, size, "Times-Bold")
        self.y -= 0.4 * size + self.leading
        self.truth.append(text)

    def columns(self, n: int) -> None:
        gutter = self.size * self.chance.choice([1.0, 1.3, 2.0])
        room = (self.width - 2 * self.margin - (n - 1) * gutter) / n
        lines: list[tuple[list[str], bool, float, bool]] = []
        for k in range(self.chance.randint(4, 8)):
            text = " ".join(self.chance.sample(SENTENCES, self.chance.randint(2, 4)))
            self.truth.append(text)
            for j, (words, full) in enumerate(set_lines(text, room, self.indent, Layout(size=self.size))):
                lines.append((words, full, self.indent if j == 0 else 0, j == 0 and k > 0 and not self.indent))
        while lines:
            free = int((self.y - self.margin - 20) // self.leading)
            if free < 4:
                self.turn_page()
                continue
            self._column_by_column(lines, n, min(free, math.ceil(len(lines) / n)), room, room + gutter)
            if lines:
                self.turn_page()
        self.y -= self.leading

    def _column_by_column(
        self, lines: list[tuple[list[str], bool, float, bool]], n: int, most: int, room: float, step: float
    ) -> None:
        top = lowest = self.y
        for column in range(n):
            y = top
            for done in range(most):
                if not lines or y < self.margin + 12:
                    break
                words, full, shift, apart = lines.pop(0)
                y -= 0.6 * self.leading if apart and done else 0
                line = " ".join(words)
                free = room - shift - width(line, self.size)
                spaces = free / (len(words) - 1) if full and self.justified and len(words) > 1 else 0.0
                self.page.text(self.margin + column * step + shift, y, line, self.size, spaces=spaces)
                y -= self.leading
            lowest = min(lowest, y)
        self.y = lowest


def front_page(seed: int) -> Setter:
    setter = Setter(random.Random(seed))
    for band in range(setter.chance.randint(2, 4)):
        if band == 0 or setter.chance.random() < 0.7:
            setter.headline()
        else:
            setter.y -= 2 * setter.leading
        setter.columns(setter.chance.choice([1, 2, 2, 3, 3, 4]))
    return setter


@pytest.mark.parametrize("seed", range(12))
def test_bands_of_columns_are_read_band_by_band(seed: int) -> None:
    setter = front_page(seed)
    draft = read(setter.made.to_bytes())
    assert in_order(" ".join(setter.truth).split(), draft.text.split()) >= 0.97


@pytest.mark.slow
def test_nearly_all_words_of_many_pages_are_in_order() -> None:
    found = []
    for seed in range(100, 160):
        setter = front_page(seed)
        found.append(in_order(" ".join(setter.truth).split(), read(setter.made.to_bytes()).text.split()))
    assert sum(found) / len(found) >= 0.99
    assert min(found) >= 0.9


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", [None, 1, 2, 3])
def test_every_letter_on_the_pages_is_in_the_text(seed: int, columns: int | None) -> None:
    setter = front_page(seed)
    draft = read(setter.made.to_bytes(), columns=columns, page_furniture=True, footnotes=True)
    numbers = "".join(str(n + 1) for n in range(len(setter.made.pages)))
    given, found = (Counter(c for c in text if c.isalnum()) for text in ("".join(setter.truth) + numbers, draft.text))
    assert given == found


def test_a_title_in_the_file_finds_its_headline() -> None:
    made = article(SENTENCES[:8], Layout(headline="The figure on the wall"))
    made.info = b"/Title (The Figure on the Wall)"
    draft = read(made.to_bytes())
    assert draft.title == "The figure on the wall"
    assert draft.blocks[0].zone == "headline"


def test_a_masthead_a_standfirst_and_a_byline_are_told_from_the_text() -> None:
    made = PdfWriter()
    page = made.page(595, 842)
    page.text(60, 790, "THE TOLLMOUTH LANTERN", 34, "Times-Bold")
    page.text(60, 770, "12 October 2025", 9)
    page.text(60, 735, "The ferry that is always on time", 24, "Times-Bold")
    page.text(60, 712, "How one good week became the figure a whole coast plans by", 13, "Times-Italic")
    page.text(60, 694, "By Ines Kallavere", 10)
    for n, (words, _) in enumerate(set_lines(" ".join(SENTENCES[:6]), 470, 0, Layout(size=10))):
        page.text(60, 670 - 12 * n, " ".join(words), 10)
    draft = read(made.to_bytes())
    assert [b.zone for b in draft.blocks] == ["masthead", "byline", "headline", "standfirst", "byline", "body"]
    assert draft.title == "The ferry that is always on time"
    assert draft.facts == {
        "publication": "THE TOLLMOUTH LANTERN",
        "date": "2025-10-12",
        "byline": "Ines Kallavere",
    }


def over_headline(*lines: str) -> Draft:
    made = article(SENTENCES[:12], Layout(columns=1, width=420, height=700, headline="The boats nobody counted"))
    for n, line in enumerate(lines):
        made.pages[0].text(50, 685 - 12 * n, line, 9)
    return read(made.to_bytes())


def test_short_lines_over_the_headline_are_the_masthead() -> None:
    draft = over_headline("Draft · The Harbour Ledger", "12 November 2026")
    assert [block.zone for block in draft.blocks[:3]] == ["masthead", "byline", "headline"]
    assert draft.facts["date"] == "2026-11-12"
    assert draft.title == "The boats nobody counted"


def test_text_over_the_headline_stays_text() -> None:
    long = "The end of a piece that began on another page and that has no more than this line of it here"
    assert [block.zone for block in over_headline("Harbour", long).blocks[:3]] == ["body", "body", "headline"]


def test_bullets_are_no_part_of_the_items() -> None:
    made = PdfWriter()
    page = made.page()
    for n, text in enumerate(
        ("• the drum of the winch", "• two of the rails, and", "· the left one", "1. as said", "– He went")
    ):
        page.text(50, 500 - 16 * n, text)
    draft = read(made.to_bytes())
    said = [draft.text[b.start : b.end] for b in draft.blocks]
    assert said == ["the drum of the winch", "two of the rails, and", "the left one", "1. as said", "– He went"]
    assert {(b.kind, b.level) for b in draft.blocks} == {("list", 1)}


def test_a_drawn_table_of_two_rows_is_a_table() -> None:
    made = article(SENTENCES[:4], Layout(columns=1))
    page = made.pages[0]
    for n, (font, cells) in enumerate((("Times-Bold", ("Year", "Days shut")), ("Times-Roman", ("2028", "41")))):
        for k, cell in enumerate(cells):
            page.text(54 + 40 * k, 85 - 16 * n, cell, 9, font)
            page.raw(b"%d %d 0.5 16 re f %d %d 40 0.5 re f" % (50 + 40 * k, 80 - 16 * n, 50 + 40 * k, 80 - 16 * n))
        page.raw(b"130 %d 0.5 16 re f" % (80 - 16 * n))
    page.raw(b"50 96 80 0.5 re f")
    draft = read(made.to_bytes())
    rows = [draft.text[b.start : b.end] for b in draft.blocks if b.kind == "table_row"]
    assert rows == ["Year\tDays shut", "2028\t41"]


def test_captions_stand_under_pictures_and_boxes_around_what_is_in_them() -> None:
    made = PdfWriter()
    made.resources = b"/XObject << /I 20 0 R >>"
    made.stream(b"\0" * 8, b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray")
    page = made.page(595, 842)
    page.raw(b"q 200 0 0 120 60 640 cm /I Do Q")
    page.text(60, 628, "The evening ferry at the quay last week", 7.5)
    for n, (words, _) in enumerate(set_lines(" ".join(SENTENCES[:5]), 300, 0, Layout(size=10))):
        page.text(60, 600 - 12 * n, " ".join(words), 10)
    page.raw(b"400 640 150 120 re S")
    page.text(410, 740, "Nine minutes in figures", 10, "Times-Bold")
    page.text(410, 725, "From 55 to 46 minutes", 10)
    draft = read(made.to_bytes())
    zones = {draft.text[b.start : b.end]: b.zone for b in draft.blocks}
    assert zones["The evening ferry at the quay last week"] == "caption"
    assert zones["From 55 to 46 minutes"] == "box"
    assert draft.report.left_out == ("1 picture",)


def test_a_drawn_table_is_read_row_by_row_however_many_lines_a_cell_has() -> None:
    made = PdfWriter()
    page = made.page(595, 842)
    for y in (700, 670, 630):
        page.raw(b"60 %d 300 0.6 re f" % y)
    for x in (60, 160, 260, 360):
        page.raw(b"%d 630 0.6 70.6 re f" % x)
    for x, y, text in (
        (64, 685, "Harbour"), (164, 685, "Late"), (264, 685, "Remarks"), (64, 655, "Saint Orrin"), (164, 655, "31"),
        (264, 655, "Counted in March"), (264, 643, "by two clerks"),
    ):  # fmt: skip
        page.text(x, y, text, 10)
    draft = read(made.to_bytes())
    assert draft.text == "Harbour\tLate\tRemarks\nSaint Orrin\t31\tCounted in March by two clerks"
    assert {b.kind for b in draft.blocks} == {"table_row"}


def test_rows_of_cells_with_many_words_are_read_row_by_row() -> None:
    made = article(SENTENCES[:3], Layout(columns=1, width=595))
    rows = [[f"r{n}c{k} cell words here" for k in range(4)] for n in range(12)]
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            made.pages[0].text(50 + 122 * k, 380 - 17 * n, cell, 9)
    draft = read(made.to_bytes())
    assert [draft.text[b.start : b.end] for b in draft.blocks if b.kind == "table_row"] == ["\t".join(r) for r in rows]


def test_lines_between_columns_make_no_table_of_them() -> None:
    paragraphs = [" ".join(SENTENCES[n : n + 3]) for n in range(12)]
    made = article(paragraphs, Layout(columns=3, width=595, height=420, gutter=20))
    room = (595 - 100 - 40) / 3
    for page in made.pages:
        for n in range(4):
            page.raw(b"%.1f 50 0.5 320 re f" % (50 + n * (room + 20) - 10))
    assert read(made.to_bytes()).text.split("\n") == paragraphs


def test_a_large_first_letter_belongs_to_its_word() -> None:
    made = PdfWriter()
    page = made.page(595, 842)
    page.text(60, 582, "O", 30)
    left = 60 + width("O", 30) + 2
    texts = ("n paper the ferry has not been late", "for two years, says the harbour office,")
    for n, text in enumerate((*texts, "and the number is painted on the hall in letters", "that are a metre high.")):
        page.text(left if n < 2 else 60, 594 - 12 * n, text, 10)
    assert read(made.to_bytes()).text == " ".join(
        ("O" + texts[0], texts[1], "and the number is painted on the hall in letters", "that are a metre high.")
    )


@pytest.mark.slow
def test_the_known_article_comes_back_from_both_writers(tmp_path: Path) -> None:
    found = pdf_quality(tmp_path)
    assert all(share >= 0.99 for share in found.values()), found


def other_script(lines: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """Return a page of lines of signs (x, y, sign) in a font that says its text by a map."""
    signs = sorted({sign for line in lines for _, _, sign in line})
    codes = {sign: n + 1 for n, sign in enumerate(signs)}
    made = PdfWriter()
    made.fonts = b"/L 20 0 R"
    made.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [21 0 R] /ToUnicode 22 0 R >>"
    )
    made.add(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /CIDSystemInfo << >> >>")
    mapped = b"".join(b"<%04x> <%s>\n" % (n, sign.encode("utf-16-be").hex().encode()) for sign, n in codes.items())
    made.stream(b"%d beginbfchar\n%sendbfchar" % (len(codes), mapped))
    page = made.page()
    for line in lines:
        for x, y, sign in line:
            page.raw(b"BT /L 10 Tf 1 0 0 1 %.1f %.1f Tm <%04x> Tj ET" % (x, y, codes[sign]))
    return made.to_bytes()


def across(text: str, x: float, y: float) -> list[tuple[float, float, str]]:
    return [(x + 10 * n, y, sign) for n, sign in enumerate(text)]


def test_chinese_lines_are_joined_without_spaces() -> None:
    first, second = "港口办公室表示从托尔茅斯到圣奥林的晚间渡轮", "两年来从未晚点。"
    assert read(other_script([across(first, 50, 500), across(second, 50, 484)])).text == first + second


def test_japanese_written_from_top_to_bottom_is_read_from_the_right() -> None:
    first, second = "港湾事務所によると夜のフェリーは二年間一度も遅れた", "ことがないという。"
    lines = [
        [(300 - 16 * n, 500 - 10 * k, sign) for k, sign in enumerate(text)] for n, text in enumerate((first, second))
    ]
    assert read(other_script(lines)).text == first + second


def test_hebrew_is_read_from_the_right_and_numbers_and_names_in_it_from_the_left() -> None:
    seen = "םיעסונ 98 הנפס לע nretnaL ehT".replace("nretnaL ehT", "The Lantern")  # as it stands on the page
    signs = [(50 + 10 * n, 500.0, sign) for n, sign in enumerate(seen) if sign != " "]
    assert read(other_script([signs])).text == "The Lantern על ספנה 98 נוסעים"


def test_a_hebrew_name_in_an_english_line_is_turned() -> None:
    seen = "the skipper לאינד, said no"
    signs = [(50 + 10 * n, 500.0, sign) for n, sign in enumerate(seen) if sign != " "]
    assert read(other_script([signs])).text == "the skipper דניאל, said no"
