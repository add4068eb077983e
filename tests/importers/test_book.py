"""E-books: chapters in the order of reading, those that are wanted; what is said of the book; no protected one."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ReadError
from annotator.importers import book, limits
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_page, known_word

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ABOUT = (
    "<dc:title>The Book of Bridges</dc:title><dc:creator opf:role='ill'>Tom Hill</dc:creator>"
    "<dc:creator id='a'>Ana Reed</dc:creator><dc:publisher>Valley Press</dc:publisher>"
    "<dc:date opf:event='modification'>2025-01-01</dc:date><dc:date>2024-03-01T00:00:00Z</dc:date><dc:language>en-gb</dc:language>"
    "<dc:identifier>https://press.example/bridges</dc:identifier>"
)


def page(body: str, doctype: str = "<!DOCTYPE html>") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><script src="a.js"/></head><body>{body}</body></html>'
    )


def epub(
    chapters: Mapping[str, str | bytes], *, about: str = ABOUT, spine: str = "", parts: dict[str, str] | None = None
) -> bytes:
    """Return a book of these chapters; ``spine``: what to write in it instead of each chapter once."""
    items = "".join(
        f'<item id="i{n}" href="{escape(name)}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    refs = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{about}</metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        f'{items}</manifest><spine toc="ncx">{refs}</spine></package>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        made.writestr("META-INF/container.xml", CONTAINER)
        made.writestr("OEBPS/book.opf", package)
        for name, text in {**chapters, **(parts or {})}.items():
            made.writestr(name if name.startswith("META-INF") else f"OEBPS/{name}", text)
    return held.getvalue()


def drafted(data: bytes, **options: Any) -> Draft:
    return book.read(data, "a.epub", ReadOptions(**options), lambda: None)


THREE: dict[str, str | bytes] = {
    "one.xhtml": page("<h1>First</h1><p>Nobody ordered it.</p>"),
    "two.xhtml": page("<h2>Second</h2><p>Nobody paid.</p><ul><li>one</li></ul>"),
    "three.xhtml": page("<p>The end.</p>"),
}


def test_chapters_come_in_the_order_of_the_spine():
    data = epub(THREE, spine='<itemref idref="i1"/><itemref idref="i0"/><itemref idref="i2"/><itemref idref="i1"/>')
    draft = drafted(data)
    assert draft.text.split("\n") == ["Second", "Nobody paid.", "one", "First", "Nobody ordered it.", "The end."]
    assert [(c.key, c.title, c.words) for c in draft.chapters] == [
        ("OEBPS/two.xhtml", "Second", 4),
        ("OEBPS/one.xhtml", "First", 4),
        ("OEBPS/three.xhtml", "Part 3", 2),
    ]
    assert draft.blocks[0].kind == "heading"
    assert draft.blocks[2].kind == "list"
    assert "chapters" in draft.can


def test_facts_come_from_the_books_description():
    draft = drafted(epub(THREE))
    assert draft.title == "The Book of Bridges"
    assert draft.facts == {
        "byline": "Ana Reed", "publication": "Valley Press", "date": "2024-03-01", "language": "en-GB",
        "url": "https://press.example/bridges",
    }  # fmt: skip


def test_chapters_are_called_as_the_tables_of_contents_call_them():
    nav = page('<nav epub:type="toc"><ol><li><a href="one.xhtml#top">The <b>order</b></a></li></ol></nav>')
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Not this</text></navLabel>'
        '<content src="one.xhtml"/></navPoint><navPoint><navLabel><text>The bill</text></navLabel>'
        '<content src="two.xhtml"/></navPoint></navMap></ncx>'
    )
    draft = drafted(epub(THREE, parts={"nav.xhtml": nav, "toc.ncx": ncx}))
    assert [c.title for c in draft.chapters] == ["The order", "The bill", "Part 3"]


def test_a_part_of_several_chapters_is_called_by_the_first_and_the_last():
    links = '<li><a href="one.xhtml#a">I</a><ol><li><a href="one.xhtml#b">A detail</a></li></ol></li>'
    links += '<li><a href="one.xhtml#c">II</a></li><li><a href="one.xhtml#d">III</a></li>'
    draft = drafted(epub(THREE, parts={"nav.xhtml": page(f"<nav><ol>{links}</ol></nav>")}))
    assert draft.chapters[0].title == "I … III"


def test_the_chapters_that_were_chosen_are_read():
    draft = drafted(epub(THREE), chapters=("OEBPS/two.xhtml", "OEBPS/three.xhtml"))
    assert draft.text.split("\n") == ["Second", "Nobody paid.", "one", "The end."]
    assert len(draft.chapters) == 3
    assert "1 chapter that was not chosen" in draft.report.left_out
    assert ("chapter that was not chosen", "First") in draft.passages
    one = drafted(epub(THREE), chapters=("OEBPS/one.xhtml",))
    assert one.title == "The Book of Bridges: First"
    assert one.blocks[0].zone == "headline"


def test_a_book_that_is_too_long_gives_its_first_chapters_and_the_choice():
    long = page("<p>" + "word " * 700_000 + "</p>")
    data = epub({"a.xhtml": long, "b.xhtml": long, "c.xhtml": page("<p>last</p>")})
    draft = drafted(data)
    assert len(draft.text) < limits.TEXT_CODE_POINTS
    assert [c.words for c in draft.chapters] == [700_000, 700_000, 1]
    assert "2 chapters that were not chosen" in draft.report.left_out
    assert any("longer than an article may be" in note for note in draft.report.notes)
    assert drafted(data, chapters=("OEBPS/b.xhtml", "OEBPS/c.xhtml")).text.endswith("\nlast")


def test_notes_are_left_out_with_their_marks_or_kept_at_the_end():
    chapter = page(
        '<p>To<span epub:type="pagebreak" id="p9">9</span>ld<a epub:type="noteref" href="#n1">1</a> and paid<sup><a role="doc-noteref" href="#n2">2</a></sup>.</p>'
        '<aside epub:type="footnote" id="n1"><p><a href="#r1">1.</a> First <i>note</i>.</p></aside><p>Then.</p>'
        '<section epub:type="endnotes"><ol><li epub:type="endnote"><p>Second note. <a href="#r2">↩</a></p></li></ol></section>'
    )
    data = epub({"a.xhtml": chapter, "b.xhtml": page("<p>More.</p>")})
    draft = drafted(data)
    assert draft.text.split("\n") == ["Told and paid.", "Then.", "More."]
    assert [words for what, words in draft.passages if "footnote" in what] == ["First note.", "Second note."]
    assert "1 page number" in draft.report.left_out
    kept = drafted(data, footnotes=True)
    assert kept.text.split("\n") == ["Told[1] and paid[2].", "Then.", "More.", "[1] First note.", "[2] Second note."]


def test_what_is_no_xml_is_read_as_a_browser_would():
    chapter = "<html><body><p>One &nbsp;two<p>Three<br>four</body></html>"
    draft = drafted(
        epub({"a.xhtml": chapter, "b.xhtml": page("<p>a&nbsp;b<a id='x'/> c</p>", '<!DOCTYPE html PUBLIC "a" "b">')})
    )
    assert draft.text.split("\n") == ["One \u00a0two", "Three", "four", "a\u00a0b c"]


@pytest.mark.parametrize(
    ("encoding", "words"), [("utf-8", "桥梁"), ("utf-16", "สะพาน"), ("shift_jis", "記者"), ("windows-1256", "الجسر")]
)
def test_every_alphabet_comes_out(encoding: str, words: str):
    chapter = page(f"<p>{words}</p>").replace("utf-8", encoding).encode(encoding.replace("windows-", "cp"))
    assert drafted(epub({"a.xhtml": chapter})).text == words


def test_contents_covers_and_asides_are_no_chapters():
    contents = page('<nav epub:type="toc"><a href="one.xhtml">One</a></nav>')
    spine = '<itemref idref="nav"/><itemref idref="i0"/><itemref idref="i1" linear="no"/><itemref idref="none"/>'
    draft = drafted(epub(THREE, spine=spine, parts={"nav.xhtml": contents}))
    assert draft.text.split("\n") == ["First", "Nobody ordered it."]
    assert [c.title for c in draft.chapters] == ["One", "Second", "three.xhtml"]
    assert "1 passage of navigation" in draft.report.left_out
    assert any("missing" in note for note in draft.report.notes)


def encryption(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
    }


def test_a_protected_book_is_refused_and_hidden_fonts_are_no_matter():
    with pytest.raises(ReadError, match="protected"):
        drafted(epub(THREE, parts=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))
    assert drafted(epub(THREE, parts=encryption("http://www.idpf.org/2008/embedding"))).text


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"words", "zip"),
        (zipped(a="b"), "no e-book"),
        (zipped(word__document_xml="<a/>"), "Word"),
        (epub({"a.xhtml": page("")}), "has no text"),
        (epub({"a.xhtml": page("<img src='a.png'/>")}, parts={"a.png": "x"}), "its pages are pictures"),
        (epub(THREE, spine='<itemref idref="none"/>'), "chapters it names are not in it"),
        (epub(THREE)[:-40], "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str):
    with pytest.raises(ReadError, match=words):
        drafted(data)


@pytest.mark.parametrize(
    "data",
    [
        epub(THREE, spine='<itemref idref="i0"/>' * 100_000),
        epub({"a.xhtml": page("<div>" * 100_000 + "deep" + "</div>" * 100_000)}),
        epub({"a.xhtml": page('<aside epub:type="footnote">' * 5_000 + "deep" + "</aside>" * 5_000 + "<p>x</p>")}),
        epub({"a.xhtml": '<!DOCTYPE a [<!ENTITY b "c">]><html><body>&b; deep</body></html>'}),
        epub({f"{n}.xhtml": "" for n in range(5_000)} | {"last.xhtml": page("<p>deep</p>")}),
        epub({"../../etc/passwd": page("<p>x</p>")}),
    ],
    ids=["loop", "deep", "notes", "entities", "many", "outside"],
)
def test_hostile_books_end_in_time(data: bytes):
    begun = time.process_time()
    try:
        assert drafted(data).text
    except ReadError as error:
        assert str(error).endswith(".")
    assert time.process_time() - begun < 8


def test_the_known_article_comes_back():
    draft = drafted(epub({"a.xhtml": page(known_page.page())}))
    assert draft.text == known.TEXT
    assert [b.kind for b in draft.blocks] == [p.kind for p in known.PIECES]


@pytest.mark.slow
def test_the_known_article_comes_back_from_libreoffice(tmp_path: Path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not here")
    (tmp_path / "known.docx").write_bytes(known_word.article())
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    order = [
        program,
        home,
        "--headless",
        "--convert-to",
        "epub",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "known.docx"),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    draft = drafted((tmp_path / "known.epub").read_bytes())
    # It drops text boxes, fields and the numbers of lists, shows what was hidden, and writes a tab as spaces.
    shown = {*known.SHOWN, "hidden", "deleted"} - {"field"}
    written = [piece for piece in known.PIECES if piece.zone != "box"]
    expected = ["".join(run.words for run in piece.runs if run.kind in shown).split() for piece in written]
    assert [line.split() for line in draft.text.split("\n")] == expected
    assert any("footnotes" in left for left in draft.report.left_out)


SHEET = """.para1 { margin: 0px } .span0, h9 { font-family: 'A'; font-size: 18.0000pt; font-weight: bold; }
.span1 { } p.lead { font-size: 1.5em } .small { font-size: 70% } .bold { font-weight: 700 } .span2 { font-size: 15pt; font-weight: bold }"""
LONG = "Nobody at the port had counted the boats that came in and went out again in the years before the war. " * 3


def in_classes(body: str) -> list[tuple[str, int, str]]:
    two = {"one.xhtml": page(body), "two.xhtml": page("<p>The end.</p>")}
    draft = drafted(epub(two, parts={"styles/a.css": SHEET}))
    return [(b.kind, b.level, draft.text[b.start : b.end][:20]) for b in draft.blocks]


def test_paragraphs_in_large_letters_are_headings_where_a_chapter_marks_none():
    body = (
        '<p class="para1"><span class="span0">The boats</span></p><p class="para1"><span class="span1">'
        f'{LONG}</span></p><p class="span2">Who counted</p><p class="bold">No heading</p><p>{LONG}</p>'
        '<p class="lead">Larger</p><p class="para1"><span class="span0">T</span><span class="span1">he first</span></p>'
    )
    assert in_classes(body) == [
        ("heading", 1, "The boats"),
        ("paragraph", 0, LONG[:20]),
        ("heading", 2, "Who counted"),
        ("paragraph", 0, "No heading"),
        ("paragraph", 0, LONG[:20]),
        ("heading", 1, "Larger"),
        ("paragraph", 0, "The first"),
        ("paragraph", 0, "The end."),
    ]


def test_a_chapter_that_marks_its_headings_keeps_them():
    body = f'<h3>Marked</h3><p class="span0">Large</p><p>{LONG}</p>'
    assert in_classes(body)[:2] == [("heading", 3, "Marked"), ("paragraph", 0, "Large")]


def test_a_chapter_in_large_letters_throughout_has_no_headings():
    body = "".join(f'<p class="span0">Line {n} of it</p><p>short</p>' for n in range(9))
    assert {kind for kind, _, _ in in_classes(body)} == {"paragraph"}


def test_a_note_whose_number_is_written_twice_has_it_once():
    note = '<aside epub:type="footnote" id="d"><p><span><sup><a href="#c">1</a></sup>1</span><span>So said</span><b> </b>he.</p></aside>'
    draft = drafted(epub({"one.xhtml": page(f'<p>Told.<a epub:type="noteref" href="#d">1</a></p>{note}')}))
    assert draft.passages == (("footnote or endnote", "So said he."),)


def test_a_part_outside_the_order_of_reading_is_named_and_can_be_chosen():
    data = epub(THREE, spine='<itemref idref="i0"/><itemref idref="i2"/>')
    draft = drafted(data)
    assert "Nobody paid." not in draft.text
    assert "1 chapter that was not chosen" in draft.report.left_out
    assert draft.report.notes == ("“Second” is not in the book’s order of reading; it can be chosen.",)
    assert "Nobody paid." in drafted(data, chapters=("OEBPS/two.xhtml",)).text


def test_a_file_of_notes_outside_the_order_of_reading_is_the_chapters_notes():
    chapter = page('<p>Nobody ordered it.<a epub:type="noteref" href="n.xhtml#n">1</a></p>')
    notes = page('<aside epub:type="footnote" id="n"><p>The ledger, p. 4.</p></aside>')
    data = epub({"one.xhtml": chapter, "n.xhtml": notes}, spine='<itemref idref="i0"/>')
    assert "1 footnote or endnote" in drafted(data).report.left_out
    assert drafted(data, footnotes=True).text == "Nobody ordered it.[1]\n[1] The ledger, p. 4."


def test_chapters_that_are_not_in_the_book_are_said():
    with pytest.raises(ReadError, match="none of the chapters that were chosen"):
        drafted(epub(THREE), chapters=("OEBPS/four.xhtml",))
