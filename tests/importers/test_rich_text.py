"""Rich text: its words in reading order, in every alphabet; what is no part of them is listed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import rich_text
from annotator.model import Draft, ReadOptions

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset178 Arial;}{\f2\fcharset128 MS Mincho;}{\f3\fcharset2 Symbol;}"
    r"{\f4\fcharset222 Angsana;}{\f5\fcharset134 SimSun;}{\f6\fcharset2 Wingdings{\*\falt x};}{\f7\fcharset204 Times;}}"
)
STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 Quote;}{\s4 \'dcberschrift 2;}"
    r"{\s5 Subtitle;}{\s6 caption;}{\*\cs10 Strong;}}"
)


def drafted(body: str | bytes, *, head: str = r"\ansi\ansicpg1252\deff0", **options: Any) -> Draft:
    raw = body.encode("latin-1") if isinstance(body, str) else body
    source = b"{\\rtf1" + (head + FONTS + STYLES).encode() + b"\n" + raw + b"}"
    return rich_text.read(source, "a.rtf", ReadOptions(**options), lambda: None)


def shapes(draft: Draft) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, draft.text[b.start : b.end]) for b in draft.blocks]


def lines(body: str | bytes, **options: Any) -> list[str]:
    return drafted(body, **options).text.split("\n")


def test_structure_is_kept_as_blocks():
    draft = drafted(
        r"""\pard\s2 The borrowed {\b brid
ge}\par\pard\s5 A standfirst.\par\pard By Ana Reed\par
\pard\plain Told \i four\i0  times:\line and once more.\par
\pard\s3 \ldblquote Nobody counted,\rdblquote  she said.\par\pard\s4 Who counted\par
{\listtext\f3\'b7\tab}\pard\ls1\ilvl0 Piet Moor\par{\listtext 1)\tab}\pard\ls1\ilvl1 with books\par
\pard\s6 A bridge in fog\par"""
    )
    assert shapes(draft) == [
        ("heading", 1, "The borrowed bridge"),
        ("paragraph", 0, "A standfirst."),
        ("paragraph", 0, "By Ana Reed"),
        ("paragraph", 0, "Told four times:"),
        ("paragraph", 0, "and once more."),
        ("quote", 1, "“Nobody counted,” she said."),
        ("heading", 2, "Who counted"),
        ("list", 1, "Piet Moor"),
        ("list", 2, "1) with books"),
        ("caption", 0, "A bridge in fog"),
    ]
    assert [b.zone for b in draft.blocks[:4]] == ["headline", "standfirst", "byline", "body"]
    assert draft.title == "The borrowed bridge"
    assert draft.facts["byline"] == "Ana Reed"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"{\f1 \'e3\'d1\'cd\'c8\'c7}", "مرحبا"),
        (r"{\f2 \'93\'fa\'96\'7b\'8c\'ea \'83\'65\'83\'58\'83\'67}", "日本語 テスト"),
        (r"{\f2 \'83e\'83X\'83g}", "テスト"),
        (r"{\f5 \'c4\'e3\'ba\'c3}", "你好"),
        (r"{\f4 \'ca\'c7\'d1\'ca\'b4\'d5}", "สวัสดี"),
        (r"{\f7 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f3 a\'b7\'a3}", "α•≤"),
        (r"\u1055?\u1088\'f0", "Пр"),
        (r"\uc2\u20320\'c4\'e3\u22909\'ba\'c3!", "你好!"),
        (r"\uc0\u20320\u22909 !", "你好!"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u128512?", "😀"),
        (r"{\upr{ansi ?}{\*\ud{\u20320?!}}}", "你!"),
        (r"a\~b\-c\_d\emdash\endash\'e9", "a\u00a0b\u00adc\u2011d—–é"),
        (r"\{a\\b\}", "{a\\b}"),
        (r"a\zwnj b\rtlmark c", "a\u200cb\u200fc"),
    ],
)
def test_characters_of_every_font_come_out(written: str, read: str):
    assert lines(written) == [read]


@pytest.mark.parametrize(
    ("page", "bytes_", "read"),
    [("1256", r"\'e3\'d1\'cd\'c8\'c7", "مرحبا"), ("932", r"\'93\'fa\'96\'7b", "日本"), ("936", r"\'c4\'e3", "你"),
     ("874", r"\'ca\'c7\'d1\'ca\'b4\'d5", "สวัสดี"), ("65001", r"\'e4\'bd\'a0", "你"), ("1251", r"\'cf\'f0", "Пр")],
)  # fmt: skip
def test_the_documents_own_encoding_is_taken_and_told(page: str, bytes_: str, read: str):
    draft = drafted(bytes_, head=rf"\ansi\ansicpg{page}\deff0")
    assert draft.text == read
    assert draft.report.how == "declared"
    assert "encoding" in draft.can
    assert drafted(r"\'cf", head=r"\ansi\ansicpg1252", encoding="cp1251").text == "П"


def test_raw_utf_8_is_read_as_it_is():
    assert lines("naïve — 日本".encode()) == ["naïve — 日本"]


def test_bytes_that_fit_no_encoding_are_counted():
    draft = drafted(r"{\f2 a\'81\par b}")
    assert draft.text == "a\ufffd\nb"
    assert list(draft.report.changes.values()) == [1]


def test_tables_become_rows_and_layouts_their_paragraphs():
    draft = drafted(
        r"""\pard Before\par\trowd\cellx1\cellx2\pard\intbl place\cell trucks\cell\row
\trowd\cellx1\cellx2\pard\intbl north\par bank\cell\cell\row
\trowd\cellx1\pard\intbl A text in a frame.\par It has two paragraphs.\cell\row\pard After\par"""
    )
    assert [s[::2] for s in shapes(draft)] == [
        ("paragraph", "Before"),
        ("table_row", "place\ttrucks"),
        ("table_row", "north bank\t"),
        ("paragraph", "A text in a frame."),
        ("paragraph", "It has two paragraphs."),
        ("paragraph", "After"),
    ]


def test_a_table_in_a_table_stands_where_it_stood():
    body = r"""\trowd\pard\intbl outer\par\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}
{\nonesttables\par}\pard\intbl\itap1 below\cell second\cell\row\pard end\par"""
    assert lines(body) == ["outer", "a\tb", "below", "second", "end"]


def test_what_is_left_out_is_listed_with_its_words():
    draft = drafted(
        r"""{\header\pard The Post\par}\pard Kept{\v  hid{\b den}} text{\deleted  gone} here{\revised , new}.
{\*\atnid AB}{\*\atnauthor Bo} \chatn{\*\annotation\pard Really?}
{\super\chftn{\footnote\pard\chftn  The note.\par Its second half.}}{\field{\*\fldinst{HYPERLINK "https://a.example"}}
{\fldrslt{\ul link}}}{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A br\'fccke}}}\pngblip 00aabb}}
{\nonshppict{\pict 0011}}{\object{\*\objdata 0105}{\result shown}}{\xe index}{\*\unknown nothing}\par"""
    )
    assert draft.text == "Kept text here, new. linkshown"
    words = dict.fromkeys(passage for _, passage in draft.passages)
    assert list(words) == [
        "The Post", "hidden", "gone", "Bo: Really?", "A brücke", "The note. Its second half.",
    ]  # fmt: skip
    assert len(draft.report.left_out) == 8
    assert any("tracked changes" in note for note in draft.report.notes)


def test_notes_are_kept_where_wanted():
    body = r"One{\footnote\pard First.} and two{\footnote\pard Second.}.\par End.\par"
    plain, kept = drafted(body), drafted(body, footnotes=True)
    assert "footnotes" in plain.can
    assert plain.text == "One and two.\nEnd."
    assert kept.text == "One[1] and two[2].\nEnd.\n[1] First.\n[2] Second."


def test_a_text_box_follows_its_paragraph():
    draft = drafted(
        r"Before{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv no}}{\shptxt\pard Boxed.\par}}{\shprslt no}} after.\par Next.\par"
    )
    assert [(b.zone, draft.text[b.start : b.end]) for b in draft.blocks] == [
        ("body", "Before after."),
        ("box", "Boxed."),
        ("body", "Next."),
    ]


def test_facts_come_from_the_document():
    draft = drafted(
        r"{\info{\title The \'e9tude}{\author Ana Reed}{\creatim\yr2024\mo1}}\pard\lang1031 der lange Satz, der kein Titel "
        r"ist, weil er mit einem Punkt endet.\par\lang1033 no\par"
    )
    assert draft.title == "The étude"
    assert draft.facts == {"byline": "Ana Reed", "language": "de-DE"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Just words.", "does not begin as one"),
        (b"{\\rtf1 }", "has no text"),
        (b"{\\rtf1\\v hidden}", "has no text"),
    ],
)
def test_what_is_no_rich_text_is_said(data: bytes, words: str):
    with pytest.raises(ReadError, match=words):
        rich_text.read(data, "a.rtf", ReadOptions(), lambda: None)


def test_a_file_that_ends_in_the_middle_is_read_and_said():
    draft = rich_text.read(b"{\\rtf1 Some {\\b words", "a.rtf", ReadOptions(), lambda: None)
    assert draft.text == "Some words"
    assert any("middle" in note for note in draft.report.notes)


def test_text_behind_a_bracket_too_many_is_not_lost():
    draft = rich_text.read(b"{\\rtf1 One.\\par}}Two.\\par}", "a.rtf", ReadOptions(), lambda: None)
    assert draft.text.split("\n") == ["One.", "Two."]
    assert any("brackets" in note for note in draft.report.notes)


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 200_000 + b"deep" + b"}" * 200_000,
        b"{\\footnote " * 3_000 + b"n" + b"}" * 3_000 + b"deep",
        b"{\\pict\\bin999999999 abc}deep",
        b"{\\pict\\bin-5 abc}{\\*\\x\\bin4 }}}}}deep",
        b"{\\pict " + b"00ff" * 500_000 + b"}deep",
        b"\\trowd\\intbl\\itap99999999 deep\\nestcell\\nestrow\\cell\\row",
        b"\\u99999999999999999999 \\uc99999999 \\f99999999999999999999 \\s-3\\outlinelevel77 deep",
        b"{\\fonttbl" * 2_000 + b"}" * 2_000 + b"deep",
        b"\\pard\\intbl " + b"\\cell" * 100_000 + b"\\row deep",
        b"\\\\\\'zz\\'" + b"\\par " * 100_000 + b"deep",
        b"\x00d\x00e\x00e\x00p\x00",
    ],
    ids=["groups", "notes", "lying", "negative", "picture", "itap", "numbers", "fonts", "cells", "paragraphs", "zeros"],
)
def test_hostile_files_are_read_in_time(body: bytes):
    begun = time.process_time()
    assert "deep" in drafted(body).text
    assert time.process_time() - begun < 5


PIECES = st.sampled_from(
    ["{", "}", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\itap2 ", "\\nestcell ", "{\\*\\nesttableprops\\nestrow}", "word ",
     "{\\footnote ", "{\\shp{\\*\\shpinst{\\shptxt ", "\\u55357?", "\\'83", "\\f2 ", "{\\fonttbl", "{\\stylesheet", "\\v ",
     "\\deleted ", "\\bin3 ", "{\\pict ", "{\\field{\\*\\fldinst ", "{\\*\\annotation ", "\\plain ", "\\pard ", "\\", "\x00",
     "{\\upr ", "{\\*\\ud ", "{\\listtext ", "{\\info{\\title ", "\\fcharset128 ", "\\s2 ", "{\\object ", "\\page "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=150, deadline=None)
def test_nothing_but_a_read_error_is_ever_raised(pieces: list[str]):
    try:
        draft = drafted("".join(pieces))
    except ReadError:
        return
    assert [(b.start, b.end) for b in draft.blocks]


@pytest.mark.parametrize(
    ("field", "text", "left"),
    [
        (
            r"{\*\fldinst { EQ \\* jc3 \\o\\al(\\s\\up 11(reading),word)}}{\fldrslt {}}",
            "word",
            [("reading aid above the line", "reading")],
        ),
        (r"{\*\fldinst EQ \\o\\ac(O,7)}", "7", []),
        (r"{\*\fldinst EQ \\o\\ac(O,7)}{\fldrslt \b  shown}", "shown", []),
        (r"{\*\fldinst EQ \\f(1,2)}{\fldrslt }", "", [("formula", "EQ \\f(1,2)")]),
        (r"{\*\fldinst MACROBUTTON None Click here}", "", [("form or button", "Click here")]),
        (r"{\*\fldinst MACROBUTTON}", "", []),
    ],
)
def test_fields_that_show_what_they_say_keep_it(field: str, text: str, left: list[tuple[str, str]]):
    draft = drafted(rf"before {{\field{field}}} after\par")
    assert draft.text.split() == ["before", *text.split(), "after"]
    assert list(draft.passages) == left


def test_the_words_a_shape_is_made_of_are_text():
    shape = r"{\shp{\*\shpinst{\sp{\sn wzName}{\sv Shape1}}{\sp{\sn gtextUNICODE}{\sv Caf\'e9 clos\u233 ?}}{\sp{\sn gtextFont}{\sv Arial}}}}"
    draft = drafted(rf"before{shape} after\par")
    assert draft.text == "before after\nCafé closé"
    assert draft.blocks[1].zone == "box"


def test_a_short_bold_line_between_paragraphs_is_a_subhead():
    long = "Nobody at the port had counted the boats that came in and went out again in the years before the war, and few had asked."
    draft = drafted(rf"\pard {long}\par\pard{{\b Who counted}}\par\pard {long}\par\pard{{\b Bold}} and not\par")
    assert [(b.kind, b.level) for b in draft.blocks] == [
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
    assert draft.report.notes == ("Short bold lines between paragraphs are taken as subheads.",)


def test_an_equation_as_word_writes_it_is_left_out_with_its_signs():
    draft = drafted(r"Area {\mmath{\*\moMath{\*\moMathPr}{\mr E=}{\mf{\mnum{\mr m}}{\mden{\mr c}}}}}here.\par")
    assert draft.text == "Area here."
    assert draft.report.left_out == ("1 formula",)
    assert draft.passages == (("formula", "E=mc"),)
