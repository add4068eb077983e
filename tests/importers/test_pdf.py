"""A PDF becomes a draft: text in reading order, what pages add left out and said, and a sentence where it cannot be."""

from __future__ import annotations

import time
import tracemalloc
import zlib

import pytest

from annotator.errors import ReadError
from annotator.importers import pdf
from annotator.model import Draft, ReadOptions
from tests.importers.pdf_writer import Layout, PdfWriter, article, literal, stream, width, written

PARAGRAPHS = [
    "The harbour office keeps a register of every departure, and nobody on the quay has ever been shown a single page "
    "of it, although the county council passed a resolution about public registers three years ago.",
    "A well-known skipper described the register as a bedtime story. The department insisted that its information was "
    "complete, and that nothing in the arrangement of the timetable had ever been criticised by passengers.",
    "On Thursday the committee will consider the arrangement again. Representatives of the islanders have prepared a "
    "memorandum with several hundred observations, collected between February and November.",
    "Economists from the college calculated that delayed connections had cost the island considerable amounts, and "
    "recommended an independent examination of everything that had been published until then.",
] * 3


def read(data: bytes | PdfWriter, **options: object) -> Draft:
    data = data.to_bytes() if isinstance(data, PdfWriter) else data
    return pdf.read(data, "sample.pdf", ReadOptions(**options), lambda: None)  # type: ignore[arg-type]


def lines(draft: Draft) -> list[str]:
    return draft.text.split("\n")


def refusal(data: bytes | PdfWriter) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    return str(caught.value)


def one_page(*texts: tuple[float, float, str], size: float = 10) -> PdfWriter:
    made = PdfWriter()
    page = made.page()
    for x, y, text in texts:
        page.text(x, y, text, size)
    return made


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("indent", [0, 10])
def test_an_article_in_columns_is_read_paragraph_by_paragraph(columns: int, indent: float) -> None:
    layout = Layout(
        columns=columns, width=260 + 80 * columns, height=260, indent=indent, head="The Lantern", foot="{n}"
    )
    draft = read(article(PARAGRAPHS, layout))
    assert lines(draft) == PARAGRAPHS


def test_a_headline_over_all_columns_is_the_title() -> None:
    draft = read(article(PARAGRAPHS, Layout(headline="Nobody Saw the Register")))
    assert draft.title == "Nobody Saw the Register"
    assert (draft.blocks[0].kind, draft.blocks[0].zone) == ("heading", "headline")
    assert lines(draft)[1:] == PARAGRAPHS


def test_running_heads_and_page_numbers_are_left_out_and_said() -> None:
    made = article(PARAGRAPHS, Layout(height=220, head="The Lantern, page {n}", foot="{n}"))
    draft = read(made)
    n = len(made.pages)
    assert n > 2
    assert draft.report.left_out == (f"{n} running heads and feet", f"{n} page numbers")
    assert ("page number", "2") in draft.passages
    assert "page_furniture" in draft.can
    kept = lines(read(made, page_furniture=True))
    assert [line for line in kept if line in PARAGRAPHS] == PARAGRAPHS
    assert kept.count("The Lantern, page 2") == 1


def test_what_a_browser_prints_around_a_page_is_left_out_and_tells_its_address() -> None:
    made = one_page((50, 500, "The ferry was late again, and nobody had counted it."))
    made.pages[0].text(20, 580, "11/24/25, 10:15 PM", 8)
    made.pages[0].text(200, 580, "The ferry - The Lantern", 8)
    made.pages[0].text(20, 15, "https://lantern.example/ferry", 8)
    made.pages[0].text(390, 15, "1/1", 8)
    draft = read(made)
    assert draft.text == "The ferry was late again, and nobody had counted it."
    assert draft.facts["url"] == "https://lantern.example/ferry"
    assert draft.report.left_out == ("2 running heads and feet",)


def test_hyphens_at_line_ends_are_mended_and_counted() -> None:
    draft = read(article(PARAGRAPHS, Layout(columns=3)))
    assert draft.report.changes["hyphens at line ends removed"] > 3
    assert "well-known" in draft.text


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("they made an arrange-", "ment with the office", "they made an arrangement with the office"),
        ("he wrote an e-", "mail to the office", "he wrote an e-mail to the office"),
        ("the Anglo-", "Saxon register of it", "the Anglo-Saxon register of it"),
        ("in the years 2019-", "2020 nobody came by", "in the years 2019-2020 nobody came by"),
        ("a break and then -", "nothing came of it", "a break and then - nothing came of it"),
        ("a well-", "known skipper said so", "a well-known skipper said so"),
        ("all two-", "and three-storey houses", "all two- and three-storey houses"),
        ("THE INTER-", "NATIONAL REGISTER OF IT", "THE INTERNATIONAL REGISTER OF IT"),
    ],
)
def test_a_hyphen_at_a_line_end(first: str, second: str, text: str) -> None:
    draft = read(one_page((50, 500, first), (50, 488, second)))
    assert draft.text == text


def test_a_hyphen_stays_where_the_document_has_the_word_with_it() -> None:
    texts = [
        (50, 500 - 12 * n, line) for n, line in enumerate(("a long-term plan, and then a long-", "term loan for it"))
    ]
    assert read(one_page(*texts)).text == "a long-term plan, and then a long-term loan for it"


def test_columns_can_be_forced() -> None:
    made = article(PARAGRAPHS, Layout())
    assert "columns" in read(made).can
    across = read(made, columns=1)
    assert lines(across) != PARAGRAPHS
    assert sorted(across.text.split()) != []
    assert lines(read(made, columns=2)) == PARAGRAPHS


def test_ligatures_become_letters_and_are_counted() -> None:
    made = PdfWriter()
    page = made.page()
    made.fonts = b"/L 20 0 R"
    made.add(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding /Differences [1 /fi /fl] >> >>"
    )
    page.raw(b"BT /L 10 Tf 1 0 0 1 50 500 Tm (the of\001ce \002ooded) Tj ET")
    draft = read(made)
    assert draft.text == "the office flooded"
    assert draft.report.changes["ligatures made letters"] == 2


def test_letters_printed_twice_to_look_bold_are_kept_once() -> None:
    draft = read(one_page((50, 500, "Shadow letters"), (50.4, 500, "Shadow letters")))
    assert draft.text == "Shadow letters"
    assert sum(draft.report.changes.values()) == 13


def test_spaces_come_from_distances_where_there_are_none_in_the_text() -> None:
    made = PdfWriter()
    made.page().raw(b"BT /F0 10 Tf 1 0 0 1 50 500 Tm [(no)-300(spaces)-280(at)-40(all)-300(he)10(re)] TJ ET")
    assert read(made).text == "no spaces atall here"


def test_invisible_text_over_a_scan_is_text() -> None:
    made = PdfWriter()
    made.page().show(b"1 0 0 1 50 500 Tm", literal("recognised by a scanner"), state=b"3 Tr")
    assert read(made).text == "recognised by a scanner"


def test_lines_set_across_the_page_are_left_out_and_can_be_kept() -> None:
    made = article(PARAGRAPHS, Layout())
    made.pages[0].show(b"0 1 -1 0 20 300 Tm", literal("stamped 9 Jan 2025"))
    draft = read(made)
    assert ("line set across the page", "stamped 9 Jan 2025") in draft.passages
    assert "stamped" not in draft.text
    assert "stamped 9 Jan 2025" in read(made, page_furniture=True).text


def test_text_outside_of_the_page_is_left_out_and_said() -> None:
    draft = read(one_page((50, 500, "on the page"), (500, 500, "beside it")))
    assert draft.text == "on the page"
    assert draft.passages == (("line outside of its page", "beside it"),)


def test_what_stands_on_a_layer_that_is_not_shown_is_left_out_and_said() -> None:
    made = one_page((50, 500, "for everybody"))
    made.catalog = b"/OCProperties << /OCGs [20 0 R 21 0 R] /D << /OFF [21 0 R] >> >>"
    made.resources = b"/Properties << /On 20 0 R /Off 21 0 R >>"
    for name in (b"shown", b"hidden"):
        made.add(b"<< /Type /OCG /Name (%s) >>" % name)
    made.pages[0].raw(b"/OC /Off BDC BT /F0 10 Tf 50 400 Td (for nobody) Tj ET EMC")
    made.pages[0].raw(b"/OC /On BDC BT /F0 10 Tf 50 300 Td (For all.) Tj ET EMC")
    draft = read(made)
    assert lines(draft) == ["for everybody", "For all."]
    assert draft.passages == (("passage that is not shown", "for nobody"),)


def test_a_text_the_file_gives_for_its_signs_takes_their_place() -> None:
    made = PdfWriter()
    made.page().raw(
        b"BT /F0 10 Tf 50 500 Td (the ) Tj /Span << /ActualText (office) >> BDC (o~ce) Tj EMC ( hall) Tj ET"
    )
    assert read(made).text == "the office hall"


@pytest.mark.parametrize(
    ("turn", "matrix", "size"),
    [
        (90, b"0 1 -1 0 420 0", (420, 595)),
        (180, b"-1 0 0 -1 595 420", (595, 420)),
        (270, b"0 -1 1 0 0 595", (420, 595)),
    ],
)
def test_a_page_turned_by_its_dictionary_is_read_upright(turn: int, matrix: bytes, size: tuple[int, int]) -> None:
    made = article(PARAGRAPHS, Layout(width=595, height=420))
    for page in made.pages:
        page.extra = b"/Rotate %d" % turn
        page.width, page.height = size
        page.content.insert(0, b"q %s cm" % matrix)
    assert lines(read(made)) == PARAGRAPHS


def test_a_page_whose_lines_all_run_upwards_is_read_along_them() -> None:
    made = article(PARAGRAPHS, Layout(width=595, height=420))
    for page in made.pages:
        page.width, page.height = 420, 595
        page.content.insert(0, b"q 0 1 -1 0 420 0 cm")
    assert lines(read(made)) == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_page() -> None:
    made = PdfWriter()
    one, other = made.page(), made.page()
    one.text(50, 60, "This sentence begins on the first page and goes on with the")
    other.text(50, 540, "second page, where it ends.")
    assert lines(read(made)) == [
        "This sentence begins on the first page and goes on with the second page, where it ends."
    ]


def test_footnotes_below_a_rule_are_left_out_or_put_at_the_end() -> None:
    made = article(PARAGRAPHS[:4], Layout(columns=1, width=420, height=595))
    page = made.pages[0]
    page.raw(b"50 92 100 0.5 re f")
    page.text(50, 80, "1 Minutes of the county council, second volume.", 7)
    draft = read(made)
    assert draft.passages == (("footnote or endnote", "Minutes of the county council, second volume."),)
    assert "footnotes" in draft.can
    kept = read(made, footnotes=True)
    assert lines(kept)[-1] == "[1] Minutes of the county council, second volume."
    assert kept.blocks[-1].zone == "box"


def test_raised_marks_stay_in_their_line() -> None:
    made = one_page((50, 500, "as the minutes say"))
    made.pages[0].text(50 + width("as the minutes say"), 504, "12", 6)
    made.pages[0].text(50, 488, "and nobody denies.")
    assert read(made).text == "as the minutes say12 and nobody denies."


def test_a_table_is_rows_of_cells() -> None:
    cells = [("Harbour", "98", "2023"), ("Orrin", "51", "2024"), ("Tarn", "77", "2025"), ("Marrow", "9", "2026")]
    texts = [(50 + 110 * k, 500 - 14 * n, cell) for n, row in enumerate(cells) for k, cell in enumerate(row)]
    draft = read(one_page(*texts))
    assert lines(draft) == ["\t".join(row) for row in cells]
    assert {b.kind for b in draft.blocks} == {"table_row"}


def test_properties_are_facts_unless_they_are_a_file_or_nobody() -> None:
    made = article(PARAGRAPHS, Layout())
    made.info = b"/Title (Microsoft Word - draft3.doc) /Author (Administrator)"
    assert read(made).title == "sample" or "Microsoft" not in read(made).title
    assert "byline" not in read(made).facts
    made.info = b"/Title (The register nobody saw) /Author (Ana Reed)"
    made.catalog = b"/Lang (en-GB)"
    draft = read(made)
    assert draft.title == "The register nobody saw"
    assert draft.facts == {"byline": "Ana Reed", "language": "en-GB"}
    assert draft.report.facts_from["byline"] == "the document’s properties"


def test_letters_without_text_are_shown_and_said() -> None:
    made = one_page((50, 500, "most of these letters are known"))
    made.fonts = b"/L 20 0 R"
    made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Odd /Encoding << /Differences [1 /g17] >> >>")
    made.pages[0].raw(b"BT /L 10 Tf 1 0 0 1 300 500 Tm (\001) Tj ET")
    draft = read(made)
    assert draft.text == "most of these letters are known �"
    assert draft.report.notes == ("1 letter carries no text, only its shape; it is shown as �.",)


def test_comments_and_links_are_said() -> None:
    made = one_page((50, 500, "a page with more than text"))
    made.pages[
        0
    ].extra = b"/Annots [<< /Subtype /Text /Contents (Check this) >> << /Subtype /Link /A << /S /URI /URI (http://a.example) >> >>]"
    draft = read(made)
    assert draft.report.left_out == ("1 comment in the margin", "1 address of a link")
    assert draft.passages == (("comment in the margin", "Check this"),)


# what is wrong with this file


def test_a_scan_without_text_says_so() -> None:
    made = PdfWriter()
    made.resources = b"/XObject << /I 20 0 R >>"
    made.stream(b"\0" * 8, b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray")
    made.page().raw(b"q 420 0 0 595 0 0 cm /I Do Q")
    assert "holds a picture of a page and no text" in refusal(made)


def test_letters_that_carry_no_text_say_so() -> None:
    made = PdfWriter()
    made.fonts = b"/L 20 0 R"
    made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Odd /Encoding << /Differences [65 /g17 /g18 /g19] >> >>")
    made.page().raw(b"BT /L 10 Tf 50 500 Td (AABBCC) Tj ET")
    assert "letters that carry no text" in refusal(made)


def test_an_empty_page_says_so() -> None:
    made = PdfWriter()
    made.page()
    assert "has no text" in refusal(made)


def test_no_pages_says_so() -> None:
    assert "has no pages" in refusal(PdfWriter())


@pytest.mark.parametrize("data", [b"", b"plain text", b"PK\x03\x04", b"\x89PNG\r\n"])
def test_what_is_no_pdf_says_so(data: bytes) -> None:
    assert "is no PDF" in refusal(data)


def test_a_password_says_so() -> None:
    encrypt = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>", 3: encrypt}
    data = written(objects, b"/Root 1 0 R /Encrypt 3 0 R /ID [<aa> <aa>]")
    assert "opens with a password only" in refusal(data)


def test_an_unknown_protection_says_so() -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        3: b"<< /Filter /Shop.DRM >>",
    }
    assert "does not know" in refusal(written(objects, b"/Root 1 0 R /Encrypt 3 0 R"))


def test_a_form_for_one_program_says_so() -> None:
    made = one_page((50, 500, "Please wait... If this message is not replaced, upgrade."))
    made.catalog = b"/AcroForm << /XFA [] >>"
    assert "is a form" in refusal(made)


def test_a_file_cut_off_is_read_as_far_as_it_goes_or_said_to_be_damaged() -> None:
    data = article(PARAGRAPHS, Layout(height=300)).to_bytes()
    draft = read(data[: len(data) * 3 // 4])
    assert draft.text.startswith(PARAGRAPHS[0][:20])
    assert "damaged" in draft.report.notes[0]
    assert "damaged" in refusal(data[:200])


# what files may do to us


def test_pages_within_pages_within_themselves_come_to_an_end() -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [2 0 R 4 0 R 2 0 R] /Count 9 >>",
        4: b"<< /Type /Pages /Kids [2 0 R 4 0 R] /Parent 2 0 R >>",
    }
    assert "no pages" in refusal(written(objects, b"/Root 1 0 R"))


def test_forms_within_forms_come_to_an_end() -> None:
    made = one_page((50, 500, "kept"))
    made.resources = b"/XObject << /A 20 0 R /B 21 0 R >>"
    for _ in range(2):
        made.stream(b"/A Do /B Do " * 50, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    made.pages[0].raw(b"/A Do " * 50)
    start = time.perf_counter()
    assert read(made).text == "kept"
    assert time.perf_counter() - start < 5


def bomb(layers: int, filters: bytes) -> bytes:
    data = b" " * 60_000_000
    for _ in range(layers):
        data = zlib.compress(data, 9)
    content = stream(data, b"/Filter %s" % filters)
    return written({
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R >>", 5: content,
    }, b"/Root 1 0 R")  # fmt: skip


@pytest.mark.parametrize("layers", [1, 3])
def test_a_small_file_that_unpacks_to_much_is_refused(layers: int) -> None:
    data = bomb(layers, b"[" + b"/FlateDecode " * layers + b"]")
    assert len(data) < 200_000
    assert "unpacks to more than" in refusal(data)


def test_run_lengths_and_hex_are_bounded() -> None:
    made = PdfWriter()
    page = made.page()
    page.extra = b"/Contents 20 0 R"
    made.stream(b"\x81 " * 500_000, b"/Filter /RunLengthDecode")
    assert "unpacks to more than" in refusal(made) or "has no text" in refusal(made)


def test_ranges_of_widths_and_codes_are_bounded() -> None:
    made = PdfWriter()
    made.fonts = b"/L 20 0 R"
    made.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [21 0 R] /ToUnicode 22 0 R >>"
    )
    made.add(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [0 2147483647 500] /CIDSystemInfo << >> >>")
    made.stream(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange")
    made.page().raw(b"BT /L 10 Tf 50 500 Td <00000001> Tj ET")
    tracemalloc.start()
    try:
        assert read(made).text == "AB"
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_font_made_of_itself_is_no_font() -> None:
    made = one_page((50, 500, "kept"))
    made.fonts = b"/L 20 0 R"
    made.add(b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [20 0 R] >>")
    made.pages[0].raw(b"BT /L 10 Tf 50 300 Td (AB) Tj ET")
    assert read(made).text.startswith("kept")


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"(" * 100_000, b"<<" * 100_000, b"/" * 100_000, b"q " * 100_000, b"BT " * 100_000, b"<" * 100_000,
     b"BI ID " * 20_000, b"BT /F0 1e99 Tf (x) Tj ET", b"BT /F0 10 Tf 1e300 0 0 1e300 0 0 Tm (x) Tj ET", b"Do Tj TJ Tf cm",
     b"(\\" * 50_000, b"[(a) " * 9_000, b"BT /F0 10 Tf nan inf Td (x) Tj ET", b"/A /B BDC " * 50_000],
)  # fmt: skip
def test_content_that_makes_no_sense_is_passed_over(content: bytes) -> None:
    made = one_page((50, 500, "kept"))
    made.pages[0].raw(content)
    start = time.perf_counter()
    assert "kept" in read(made).text
    assert time.perf_counter() - start < 3


def test_progress_is_told_for_each_page() -> None:
    told: list[int] = []
    made = article(PARAGRAPHS, Layout(height=300))
    pdf.read(made.to_bytes(), "sample.pdf", ReadOptions(), lambda: told.append(1))
    assert len(told) >= len(made.pages)
