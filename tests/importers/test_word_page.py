"""What Word copies: its lists are lists, whatever they are written as."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.importers import web
from annotator.importers.web.word_page import mended
from annotator.model import ReadOptions

ITEM = (
    "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"
    "<![endif]>{words}<o:p></o:p></p>"
)
PAGE = (
    "<html><body><h1>Ferry late</h1>"
    + ITEM.format(level=1, mark="·", words="the <b>engine</b> is old")
    + ITEM.format(level=2, mark="o", words="very old")
    + ITEM.format(level=1, mark="1.", words="first")
    + ITEM.format(level=1, mark="b)", words="second")
    + "<p class=MsoNormal>Nobody said why.</p></body></html>"
)


def test_list_paragraphs_become_items_of_their_level() -> None:
    draft = web.read(PAGE.encode(), "pasted.html", ReadOptions(whole_page=True), lambda: None)
    found = [(b.kind, draft.text[b.start : b.end]) for b in draft.blocks]
    assert found[1:] == [
        ("list", "the engine is old"),
        ("list", "very old"),
        ("list", "1. first"),
        ("list", "b) second"),
        ("paragraph", "Nobody said why."),
    ]
    levels = [b.level for b in draft.blocks if b.kind == "list"]
    assert levels[1] == levels[0] + 1 == levels[2] + 1


def test_other_pages_stay_as_they_are() -> None:
    page = "<p style='margin:0'>a</p>"
    assert mended(page) is page


@given(st.text(alphabet="<p>mso-list:l0 level1'![if supportLists]endif/ ab", max_size=400))
def test_any_page_is_taken(page: str) -> None:
    assert isinstance(mended("mso-list" + page), str)
