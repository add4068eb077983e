"""Text that goes in comes out: whatever stands in what, each word is in the text once, or listed as left out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.importers import opendocument, word
from annotator.model import Draft, ReadOptions
from tests.importers import known_open, known_word
from tests.importers.known_word import field, p, r

WORD_BLOCKS: dict[str, Callable[[str], str]] = {
    "control": "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format,
    "custom": '<w:customXml w:element="x">{}</w:customXml>'.format,
    "table": "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>".format,
    "gone row": "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>".format,
    "box": lambda inside: p(f"<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"),
    "hidden box": lambda inside: p(
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"
    ),
}
WORD_INLINE: dict[str, Callable[[str], str]] = {
    "inserted": "<w:ins>{}</w:ins>".format,
    "deleted": "<w:del>{}</w:del>".format,
    "link": '<w:hyperlink r:id="x">{}</w:hyperlink>'.format,
    "field": lambda inside: field(" PAGE ", inside),
    "simple field": '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>'.format,
    "control": "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format,
    "placeholder": "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format,
    "ruby": "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase/></w:ruby></w:r>".format,
    "choice": "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>".format,
}
WORD_LEAVES: tuple[Callable[[str], str], ...] = (
    r,
    lambda words: r(words, "<w:vanish/>"),
    lambda words: r(words, "<w:b/><w:strike/>"),
    lambda words: f"<w:r><w:t>{words}</w:t><w:br/></w:r>",
)
OPEN_BLOCKS: dict[str, Callable[[str], str]] = {
    "section": "<text:section>{}</text:section>".format,
    "hidden section": '<text:section text:display="none">{}</text:section>'.format,
    "list": "<text:list><text:list-item>{}</text:list-item></text:list>".format,
    "table": "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>".format,
    "index": "<text:table-of-content><text:index-body>{}</text:index-body></text:table-of-content>".format,
    "box": lambda inside: known_open.p(f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"),
    "shape": lambda inside: known_open.p(f"<draw:rect>{inside}</draw:rect>"),
    "note": lambda inside: known_open.p(f"<text:note><text:note-body>{inside}</text:note-body></text:note>"),
    "comment": lambda inside: known_open.p(f"<office:annotation>{inside}</office:annotation>"),
}
OPEN_INLINE: dict[str, Callable[[str], str]] = {
    "span": "<text:span>{}</text:span>".format,
    "hidden": '<text:hidden-text text:is-hidden="true">{}</text:hidden-text>'.format,
    "link": '<text:a xlink:href="x">{}</text:a>'.format,
    "meta": "<text:meta>{}</text:meta>".format,
    "later": '<x:y xmlns:x="urn:later">{}</x:y>'.format,
    "ruby": "<text:ruby><text:ruby-text>{}</text:ruby-text></text:ruby>".format,
    "placeholder": "<text:placeholder>{}</text:placeholder>".format,
}


def documents(
    blocks: dict[str, Callable[[str], str]],
    inline: dict[str, Callable[[str], str]],
    leaves: tuple[Callable[[str], str], ...],
    paragraph: Callable[[str], str],
) -> st.SearchStrategy[str]:
    """Bodies in raw XML, with ``\\0`` where each word is to stand."""
    runs = st.recursive(
        st.sampled_from(leaves).map(lambda leaf: leaf("\\0")),
        lambda inside: st.tuples(st.sampled_from(sorted(inline)), st.lists(inside, min_size=1, max_size=3)).map(
            lambda drawn: inline[drawn[0]]("".join(drawn[1]))
        ),
        max_leaves=6,
    )
    paragraphs = st.lists(runs, max_size=4).map(lambda many: paragraph("".join(many)))
    return st.lists(
        st.recursive(
            paragraphs,
            lambda inside: st.tuples(st.sampled_from(sorted(blocks)), st.lists(inside, min_size=1, max_size=3)).map(
                lambda drawn: blocks[drawn[0]]("".join(drawn[1]))
            ),
            max_leaves=6,
        ),
        min_size=1,
        max_size=5,
    ).map("".join)


def numbered(body: str) -> tuple[str, list[str]]:
    """Put a word of its own at each place; return the body and the words."""
    numbers = count(100)
    parts = body.split("\\0")
    words = [f"w{next(numbers)}w" for _ in parts[1:]]
    return parts[0] + "".join(word_ + part for word_, part in zip(words, parts[1:], strict=True)), words


def check(draft: Draft, words: list[str]) -> None:
    left_out = " ".join(shown for _, shown in draft.passages)
    for word_ in words:
        assert draft.text.count(word_) + left_out.count(word_) == 1, word_


@settings(max_examples=80, deadline=None)
@given(documents(WORD_BLOCKS, WORD_INLINE, WORD_LEAVES, p))
def test_each_word_of_a_word_file_is_told_once(body: str):
    body, words = numbered(body)
    check(word.read(known_word.package(body + p(r("end"))), "a.docx", ReadOptions(), lambda: None), words)


@settings(max_examples=80, deadline=None)
@given(documents(OPEN_BLOCKS, OPEN_INLINE, (str,), known_open.p))
def test_each_word_of_an_open_document_is_told_once(body: str):
    body, words = numbered(body)
    draft = opendocument.read(known_open.package(body + known_open.p("end")), "a.odt", ReadOptions(), lambda: None)
    check(draft, words)
