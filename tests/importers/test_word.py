"""Word: the text as Word shows it, structure as blocks, and everything else listed with its words."""

from __future__ import annotations

import pytest

from annotator.errors import ReadError
from annotator.importers import word
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_word
from tests.importers.known_word import NUMBERING, STYLES, box, field, p, package, r, t

CHANGE = 'w:id="1" w:author="Ida"'


def drafted(data: bytes, *, footnotes: bool = False) -> Draft:
    return word.read(data, "a.docx", ReadOptions(footnotes=footnotes), lambda: None)


def text_of(body: str, numbering: str = NUMBERING) -> str:
    return drafted(package(body, numbering=numbering)).text


def lines(draft: Draft) -> list[tuple[str, str, int]]:
    return [(draft.text[b.start : b.end], b.kind, b.level) for b in draft.blocks]


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        drafted(data)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    return str(caught.value)


def passages(draft: Draft) -> list[str]:
    return [words for _, words in draft.passages]


# -- the known article


def test_the_known_article_is_read_to_its_last_character():
    draft = drafted(known_word.article())
    assert draft.text == known.TEXT
    assert [(b.kind, b.zone) for b in draft.blocks] == [(p.kind, p.zone) for p in known.PIECES]
    assert [b.level for b in draft.blocks if b.kind != "quote"] == [p.level for p in known.PIECES if p.kind != "quote"]


def test_what_is_left_out_of_it_is_listed_with_its_words():
    draft = drafted(known_word.article())
    shown = " | ".join(passages(draft))
    assert all(words.strip() in shown for kinds in known.LEFT_OUT.values() for words in kinds)
    assert set(draft.report.left_out) == {
        "2 footnotes and endnotes",
        "1 comment in the margin",
        "1 passage deleted as a tracked change",
        "1 passage that is not shown",
        "1 address of a link",
    }
    assert "Ida Brook: Where does this number come from?" in passages(draft)
    assert passages(draft)[-1] == known.LINK


def test_its_facts_are_found_with_where_they_were():
    draft = drafted(known_word.article())
    assert draft.title == known.TITLE
    assert draft.facts == {"byline": known.AUTHOR, "date": "2025-06-03", "language": "en-GB"}
    assert draft.report.facts_from["title"] == "the headline"


def test_notes_are_kept_at_the_end_on_demand():
    draft = drafted(known_word.article(), footnotes=True)
    assert "footnotes" in draft.can
    assert "The builder[1] counted" in draft.text
    assert draft.text.split("\n")[-2:] == [f"[{n}] {words}" for n, words in enumerate(known.LEFT_OUT["note"], 1)]
    assert draft.blocks[-1].zone == "box"


# -- characters


def test_characters_that_are_elements():
    body = p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t></w:r>")
    assert text_of(body) == "a\tb\u2011c\u00add"


def test_a_line_break_begins_a_block_of_the_same_kind():
    draft = drafted(package(p("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>", style="Zitat")))
    assert lines(draft) == [("one", "quote", 1), ("two", "quote", 1)]


def test_a_line_break_in_a_heading_does_not_make_two():
    draft = drafted(package(p("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>", style="Titre") + p(r("words"))))
    assert (draft.title, draft.text) == ("one two", "one two\nwords") and sum(draft.report.changes.values()) == 1


def test_blanks_count_only_where_they_are_said_to():
    assert text_of(p("<w:r><w:t> a </w:t></w:r>", '<w:r><w:t xml:space="preserve"> b</w:t></w:r>')) == "a b"


@pytest.mark.parametrize(
    ("font", "code", "shown"), [("Symbol", "F061", "α"), ("Wingdings", "F0FC", "✓"), ("Arial", "20AC", "€")]
)
def test_symbols_are_the_characters_they_show(font: str, code: str, shown: str):
    assert text_of(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')) == shown


def test_a_symbol_nobody_knows_is_counted():
    draft = drafted(package(p(r("a"), '<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>')))
    assert draft.text == "a\ufffd" and any("no character is known" in what for what in draft.report.changes)


def test_the_result_of_a_field_is_text_and_its_instruction_is_not():
    nested = field("IF ", field("PAGE", r("9"))) + r("!")
    assert text_of(p(field(" DATE ", r("3 June")), nested)) == "3 June9!"


def test_a_field_within_an_instruction_is_listed():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    body = p(r("before "), mark("begin"), field("MERGEFIELD x", r("inner")), mark("separate"), r("shown"), mark("end"))
    draft = drafted(package(body))
    assert draft.text == "before shown" and passages(draft) == ["inner"]


def test_a_field_without_an_end_loses_nothing():
    assert text_of(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("kept")) + p(r("also"))) == "kept\nalso"


def test_fields_that_never_end_hide_nothing_of_what_follows():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text_of(p(begun) * 3 + p(r("a"), field("PAGE", r("9")))) == "a9"


def test_the_address_of_a_field_that_links_is_told():
    inside = field(r' HYPERLINK \l "mark" ', r("inside"))
    draft = drafted(package(p(field(' HYPERLINK "https://council.example/a" ', r("minutes")), inside)))
    assert draft.text == "minutesinside" and passages(draft) == ["https://council.example/a"]


def test_a_symbol_field_is_its_character():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = r'<w:r><w:instrText> SYMBOL 97 \f "Symbol" \s 12</w:instrText></w:r>'
    assert text_of(p(mark("begin"), code, mark("end"))) == "α"


# -- changes and hidden words


def test_moved_words_stand_where_they_were_moved_to():
    body = p(f"<w:moveFrom {CHANGE}>{r('x ')}</w:moveFrom>", r("a "), f"<w:moveTo {CHANGE}>{r('x')}</w:moveTo>")
    draft = drafted(package(body))
    assert draft.text == "a x" and passages(draft) == ["x"]


def test_paragraphs_whose_end_is_deleted_are_one():
    gone = f"<w:rPr><w:del {CHANGE}/></w:rPr>"
    assert text_of(p(r("one, "), more=gone) + p(r("two"))) == "one, two"


def test_words_deleted_together_are_one_passage():
    deleted = f"<w:del {CHANGE}><w:r><w:delText>{{}}</w:delText></w:r></w:del>".format
    draft = drafted(package(p(r("a"), deleted("b"), deleted("c"), r("d"), deleted("e"))))
    assert passages(draft) == ["bc", "e"] and draft.text == "ad"


def test_a_deleted_row_is_listed():
    cell = "<w:tc>{}</w:tc>".format
    rows = f"<w:tr>{cell(p(r('a')))}{cell(p(r('b')))}</w:tr>"
    gone = f"<w:tr><w:trPr><w:del {CHANGE}/></w:trPr>{cell(p(r('c')))}{cell(p(r('d')))}</w:tr>"
    draft = drafted(package(f"<w:tbl>{rows}{gone}</w:tbl>"))
    assert draft.text == "a\tb" and passages(draft) == ["c d"]


def test_what_was_before_a_change_of_format_is_nothing():
    before = f'<w:pPrChange {CHANGE}><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange>'
    assert lines(
        drafted(package(p(r("a", f"<w:rPrChange {CHANGE}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), more=before)))
    ) == [("a", "paragraph", 0)]


def test_words_hidden_by_a_style_are_left_out():
    draft = drafted(
        package(p(r("seen")) + p(r("unseen"), style="Hidden") + p(r("shown", '<w:vanish w:val="0"/>'), style="Hidden"))
    )
    assert draft.text == "seen\nshown" and passages(draft) == ["unseen"]


def test_struck_words_are_text_and_told():
    draft = drafted(package(p(r("Salmon", "<w:strike/>"), r(" sold out"))))
    assert draft.text == "Salmon sold out" and "struck through" in draft.report.notes[0]


# -- boxes, tables, lists


def test_a_text_box_is_read_once_behind_its_paragraph():
    draft = drafted(package(p(r("before "), box(p(r("inside"))), r("after")) + p(r("next"))))
    assert draft.text == "before after\ninside\nnext"
    assert [b.zone for b in draft.blocks] == ["body", "box", "body"]


def test_the_run_around_a_box_goes_on_as_it_was():
    inner = f"<w:txbxContent>{p(r('inside'))}</w:txbxContent>"
    draft = drafted(
        package(p(f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict>{inner}</w:pict>{t('hidden')}</w:r>", r("seen")))
    )
    assert draft.text == "seen" and passages(draft) == ["inside", "hidden"]


def test_old_boxes_and_drawn_words_are_read():
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('old'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    drawn = '<w:r><w:pict><v:shape><v:textpath string="Drawn"/></v:shape></w:pict></w:r>'
    assert text_of(p(old, drawn)) == "old\nDrawn"


def cells(*texts: str) -> str:
    return (
        "<w:tr>" + "".join(f"<w:tc>{text if text.startswith('<') else p(r(text))}</w:tc>" for text in texts) + "</w:tr>"
    )


def test_a_table_is_rows_of_cells():
    two = p(r("two")) + p(r("paragraphs"))
    draft = drafted(package(f"<w:tbl>{cells('a', 'b')}{cells('', two)}</w:tbl>"))
    assert lines(draft) == [("a\tb", "table_row", 0), ("\ttwo paragraphs", "table_row", 0)]


def test_tabs_and_lines_in_a_cell_do_not_make_cells():
    assert (
        text_of(f"<w:tbl>{cells(p('<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>'), 'd')}</w:tbl>")
        == "a b c\td"
    )


def test_a_frame_around_text_is_text():
    inside = p(r("Head"), style="berschrift2") + p(r("one")) + p(r("two"))
    assert [kind for _, kind, _ in lines(drafted(package(f"<w:tbl>{cells(inside)}</w:tbl>")))] == [
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_a_table_in_a_table_stays_in_order():
    inner = f"<w:tbl>{cells('x', 'y')}</w:tbl>" + p(r("under"))
    assert text_of(f"<w:tbl>{cells(p(r('left')) + inner, 'right')}</w:tbl>") == "left\nx\ty\nunder\nright"


def test_a_cell_over_several_columns_keeps_the_others_in_place():
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("wide"))}</w:tc><w:tc>{p(r("c"))}</w:tc></w:tr>'
    assert text_of(f"<w:tbl>{wide}</w:tbl>") == "wide\t\tc"


# -- kinds


@pytest.mark.parametrize(
    ("name", "kind", "zone"),
    [
        ("Überschrift 3", "heading", "body"),
        ("Intense Quote", "quote", "body"),
        ("Légende", "caption", "caption"),
        ("Kicker", "paragraph", "masthead"),
        ("Correction", "paragraph", "correction"),
        ("Sidebar", "paragraph", "box"),
        ("Body Text", "paragraph", "body"),
    ],
)
def test_styles_by_their_names_in_any_language(name: str, kind: str, zone: str):
    own = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="{name}"/></w:style>'
    own += '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Own"/></w:style>'
    long = p(r("A long paragraph of words. " * 20))
    draft = drafted(package(long + p(r("piece"), style="Mine") + long, styles=STYLES + own))
    assert (draft.blocks[1].kind, draft.blocks[1].zone) == (kind, zone)


def test_a_level_of_outline_makes_a_heading_and_nine_takes_it_back():
    body = (
        p(r("words " * 50))
        + p(r("A"), more='<w:outlineLvl w:val="2"/>')
        + p(r("B"), style="berschrift1", more='<w:outlineLvl w:val="9"/>')
    )
    assert lines(drafted(package(body)))[1:] == [("A", "heading", 3), ("B", "paragraph", 0)]


def test_a_big_initial_is_one_with_its_paragraph():
    assert text_of(p(r("T"), more='<w:framePr w:dropCap="drop"/>') + p(r("he town"))) == "The town"


LONG = "A paragraph of words that is long enough to be one, with more than twenty words in it, as paragraphs of articles have. "


def test_a_short_bold_line_between_paragraphs_is_a_subhead():
    bold = p(r("Who counted", "<w:b/>"))
    draft = drafted(package(p(r(LONG)) + bold + p(r(LONG)) + p(r("Bold ", "<w:b/>"), r("and not")) + p(r(LONG))))
    assert [b.kind for b in draft.blocks] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph"]
    assert "subheads" in draft.report.notes[0]


def test_where_there_are_headings_bold_lines_are_lines():
    heading = p(r("A heading"), style="berschrift2")
    draft = drafted(package(p(r(LONG)) + heading + p(r(LONG)) + p(r("Bold", "<w:b/>")) + p(r(LONG))))
    assert [b.kind for b in draft.blocks] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph"]


def test_a_title_far_down_is_a_heading():
    draft = drafted(
        package(p(r("The title"), style="Titre") + p(r(LONG)) + p(r("Part two"), style="Titre") + p(r(LONG)))
    )
    assert [(b.kind, b.zone) for b in draft.blocks][::2] == [("heading", "headline"), ("heading", "body")]
    assert draft.title == "The title"


@pytest.mark.parametrize(
    ("line", "who"), [("Ana Reed", "Ana Reed"), ("by Ana Reed", "Ana Reed"), ("our staff said so", None)]
)
def test_a_paragraph_in_the_style_of_a_byline_names_somebody(line: str, who: str | None):
    own = '<w:style w:type="paragraph" w:styleId="By"><w:name w:val="Byline"/></w:style>'
    draft = drafted(
        package(p(r("The title"), style="Titre") + p(r(line), style="By") + p(r(LONG)), styles=STYLES + own)
    )
    assert draft.facts.get("byline") == who and draft.blocks[1].zone == "byline"


def test_a_table_of_contents_is_left_out_as_one_passage():
    own = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    contents = p(r("One\t1"), style="T1") + p(r("Two\t5"), style="T1")
    draft = drafted(package(contents + p(r("One"), style="berschrift1") + p(r(LONG)), styles=STYLES + own))
    assert draft.text.startswith("One\nA paragraph") and passages(draft) == ["One 1 Two 5"]
    assert draft.report.left_out == ("1 passage of navigation",)


def test_content_controls_are_seen_through_and_placeholders_left_out():
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    draft = drafted(package(control("", p(r("inside"))) + p(control("<w:showingPlcHdr/>", r("Click here")), r("text"))))
    assert draft.text == "inside\ntext" and passages(draft) == ["Click here"]


def test_readings_above_characters_are_listed():
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    draft = drafted(package(p(ruby, r("へ"))))
    assert draft.text == "東京へ" and passages(draft) == ["とうきょう"]


def test_a_formula_is_written_in_one_line():
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>".format
    formula = f"<m:oMath><m:f>{part('num', 'a')}{part('den', 'b')}</m:f></m:oMath>"
    draft = drafted(package(p(r("x = "), formula)))
    assert draft.text == "x = a/b" and draft.report.notes


# -- things


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A bridge in fog"/><a:graphic><a:graphicData>'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x.jpg"/></pic:nvPicPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)


def test_pictures_are_counted_with_their_descriptions():
    draft = drafted(package(p(r("a"), PICTURE)))
    assert draft.report.left_out == ("1 picture",) and passages(draft) == ["A bridge in fog"]


def test_a_chart_is_left_out_with_its_words():
    related = '<Relationship Id="c1" Type="http://x/chart" Target="charts/chart1.xml"/>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = f'<c:chartSpace xmlns:c="{space}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>Lorries</a:t><c:v>14</c:v></c:chartSpace>'
    body = p(r("a"), f'<w:r><w:drawing><c:chart xmlns:c="{space}" r:id="c1"/></w:drawing></w:r>')
    draft = drafted(package(body, relations=related, more={"word/charts/chart1.xml": chart.encode()}))
    assert draft.report.left_out == ("1 embedded object",) and passages(draft) == ["Lorries 14"]


def test_pictures_alone_are_no_text():
    assert refused(package(p(PICTURE))) == "has no text: all it holds is 1 picture."


def test_a_picture_in_both_choices_is_one():
    both = f"<mc:AlternateContent><mc:Choice>{PICTURE}</mc:Choice><mc:Fallback><w:r><w:pict><v:imagedata/></w:pict></w:r></mc:Fallback></mc:AlternateContent>"
    assert drafted(package(p(r("a"), both))).report.left_out == ("1 picture",)


def test_a_choice_without_anything_known_leaves_the_other_one():
    other = '<mc:AlternateContent><mc:Choice><x xmlns="urn:later"/></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
    assert text_of(p(other.format(r("fallback")))) == "fallback"


def test_running_heads_are_listed_once():
    head = p(r("The Valley Post, page 3"))
    draft = drafted(package(p(r("a")), parts={"header1": head, "footer1": head}))
    assert draft.report.left_out == ("1 running head or foot",) and passages(draft) == ["The Valley Post, page 3"]


def test_a_page_within_the_document_is_read_where_it_stands():
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="c" Type="{related}" Target="chunk.html"/>'
    body = p(r("before")) + '<w:altChunk r:id="c"/>' + p(r("after"))
    draft = drafted(package(body, relations=relation, more={"word/chunk.html": b"<p>chunk <b>of</b> page</p>"}))
    assert draft.text == "before\nchunk of page\nafter"


def with_chunk(name: str, content: bytes) -> Draft:
    relation = f'<Relationship Id="c" Type="{known_word.R}/aFChunk" Target="{name}"/>'
    body = p(r("before")) + '<w:altChunk r:id="c"/>' + p(r("after"))
    return drafted(package(body, relations=relation, more={f"word/{name}": content}))


@pytest.mark.parametrize(("encoding", "words"), [("windows-1251", "Мост закрыт."), ("iso-8859-2", "Most je zavřený.")])
def test_a_page_in_it_is_read_in_the_encoding_it_says(encoding: str, words: str):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
    assert with_chunk("chunk.html", page.encode(encoding)).text == f"before\n{words}\nafter"


def test_a_text_in_it_that_is_none_is_left_out_and_the_document_read():
    draft = with_chunk("chunk.txt", bytes(range(256)) * 20)
    assert draft.text == "before\nafter"
    assert draft.report.left_out == ("1 embedded object",)


def test_a_text_in_it_whose_encoding_was_guessed_says_so():
    draft = with_chunk(
        "chunk.txt", "Die Brücke über den Fluß blieb gesperrt, sagte der Bürgermeister.".encode("cp1252")
    )
    assert "Brücke über den Fluß" in draft.text
    assert any("guessed" in note for note in draft.report.notes)


@pytest.mark.parametrize(
    ("code", "text", "left"),
    [
        (
            r' EQ \* jc2 \* "Font:MS Mincho" \* hps10 \o\ad(\s\up 9(とう),東) ',
            "東",
            [("reading aid above the line", "とう")],
        ),
        (r" EQ \o\al(\s\up 11(a \(b\)),(word\, two)) ", "(word, two)", [("reading aid above the line", "a (b)")]),
        (r" eq \o\ac(O,7) ", "7", []),
        (r" EQ \f(1,2) ", "", [("formula", r"EQ \f(1,2)")]),
        (r" EQ \o(never closed ", "", [("formula", r"EQ \o(never closed")]),
        (" MACROBUTTON NoMacro Click here ", "", [("form or button", "Click here")]),
        (" MACROBUTTON NoMacro ", "", []),
    ],
)
def test_signs_set_over_each_other_are_the_word_and_its_reading(code: str, text: str, left: list[tuple[str, str]]):
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field_ = f'{begin}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{end}'
    draft = drafted(package(p(r("before "), field_, r(" after"))))
    assert draft.text == f"before {text} after"
    assert list(draft.passages) == left


# -- facts


def test_the_properties_are_a_suggestion_where_the_text_says_nothing():
    core = "<dc:title>On bridges</dc:title><dc:creator>Ana Reed</dc:creator>"
    draft = drafted(package(p(r("A long first paragraph of words that is no headline. " * 9)), core=core))
    assert draft.title == "On bridges" and draft.facts["byline"] == "Ana Reed"
    assert draft.report.facts_from["byline"] == draft.report.facts_from["title"] == "the document’s properties"


@pytest.mark.parametrize("creator", ["Microsoft Office User", "jdoe", "admin", ""])
def test_nobody_is_no_byline(creator: str):
    core = f"<dc:title>Document1</dc:title><dc:creator>{creator}</dc:creator>"
    draft = drafted(package(p(r("A long first paragraph of words. " * 9)), core=core))
    assert "byline" not in draft.facts and draft.title != "Document1"


def test_the_language_is_that_of_most_words_unless_their_script_belies_it():
    assert (
        drafted(
            package(p(r("Dit is de tekst " * 5, '<w:lang w:val="nl-NL"/>'), r("the", '<w:lang w:val="en-US"/>')))
        ).facts["language"]
        == "nl-NL"
    )
    assert "language" not in drafted(package(p(r("قال رئيس البلدية " * 5, '<w:lang w:val="en-US"/>')))).facts
