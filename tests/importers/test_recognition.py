"""A file is what its bytes say, whatever its name; what cannot be read is told by what it is."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import importers
from annotator.errors import ReadError
from annotator.importers.recognition import recognise

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def container(*parts: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for part in parts:
            made.writestr(part, "words")
    return out.getvalue()


WORD = container("[Content_Types].xml", "word/document.xml")
ODT = container("content.xml", mimetype="application/vnd.oasis.opendocument.text")
EPUB = container("META-INF/container.xml", mimetype="application/epub+zip")
PAGE = b"<!DOCTYPE html>\n<html><body><p>Words</p></body></html>"
MAIL = b"From: a@b.example\nTo: c@d.example\nSubject: Words\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\nWords\n"
SAVED = (
    b"From: <Saved by Blink>\r\nSubject: Words\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
)


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"Words", "a.txt", "plain"),
        (b"Words", "a", "plain"),
        (b"# Words", "a.MD", "markdown"),
        (PAGE, "a.html", "web"),
        (b"<p>Words", "a.htm", "web"),
        (b"Words", "a.html", "web"),
        (WORD, "a.docx", "word"),
        (WORD, "a.docm", "word"),
        (ODT, "a.odt", "opendocument"),
        (b"<?xml version='1.0'?><office:document>", "a.fodt", "opendocument"),
        (EPUB, "a.epub", "book"),
        (b"{\\rtf1 Words}", "a.rtf", "rich_text"),
        (b"%PDF-1.4 Words", "a.pdf", "pdf"),
        (b"\n\n junk %PDF-1.4 Words", "a.pdf", "pdf"),
        (MAIL, "a.eml", "mail"),
        (SAVED, "a.mhtml", "web_archive"),
        (b"PK\x03\x04 cut off", "a.docx", "word"),
        (MAIL, "a.txt", "plain"),
        (b"A text about %PDF-1.4 and <html> tags", "a.txt", "plain"),
        (b"<br>Words", "a.md", "markdown"),
    ],
)
def test_a_right_name_needs_no_words(data: bytes, name: str, reader: str):
    found = recognise(data, name)
    assert (found.reader.name, found.note) == (reader, "")


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"%PDF-1.4 Words", "a.txt", "pdf"),
        (PAGE, "a.txt", "web"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><HTML lang=en>", "a.md", "web"),
        (PAGE, "a.pdf", "web"),
        (PAGE, "a.mhtml", "web"),
        (PAGE, "a.doc", "web"),
        (WORD, "a.doc", "word"),
        (WORD, "a.odt", "word"),
        (WORD, "a.zip", "word"),
        (ODT, "a.docx", "opendocument"),
        (EPUB, "a.zip", "book"),
        (b"{\\rtf1 Words}", "a.doc", "rich_text"),
        (b"{\\rtf1 Words}", "a.docx", "rich_text"),
        (SAVED, "a.html", "web_archive"),
        (MAIL, "a.msg", "mail"),
        (b"Words", "a.xyz", "plain"),
        ("Words".encode("utf-16"), "a.log", "plain"),
    ],
)
def test_a_wrong_name_is_told(data: bytes, name: str, reader: str):
    found = recognise(data, name)
    assert found.reader.name == reader
    assert f"ends in {name[1:]}" in found.note


def test_a_name_without_an_ending_is_not_wrong():
    assert recognise(WORD, "a") == recognise(WORD, "a.docx")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", "is a picture"),
        (b"\xff\xd8\xff....", "a.docx", "is a picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.html", "is a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Words</text></svg>", "a.svg", "is a picture"),
        (b"\x00\x00\x00\x18ftypmp42", "a.txt", "is a recording"),
        (b"\x1f\x8b\x08....", "a.txt", "is a compressed file"),
        (container("a.txt"), "a.zip", "is a compressed file"),
        (container("a.txt"), "a.txt", "is a compressed file"),
        (b"PK\x03\x04 cut off", "a.txt", "damaged or incomplete"),
        (container("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "Excel"),
        (container("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "PowerPoint"),
        (container("Index/Document.iwa"), "a.pages", "Pages"),
        (container("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.odt", "spreadsheet"),
        (CFB + "WordDocument".encode("utf-16-le"), "a.docx", "old Word"),
        (CFB + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected by a password"),
        (CFB + "Workbook".encode("utf-16-le"), "a.xls", "old Excel"),
        (CFB + "__substg1.0_0037001F".encode("utf-16-le"), "a.msg", "Outlook"),
        (CFB + "__substg1.0_WordDocument".encode("utf-16-le"), "a.doc", "Outlook"),
        (CFB, "a.doc", "old Office"),
        (bytes(60) + b"BOOKMOBI", "a.epub", "Kindle"),
        (b"%!PS-Adobe-3.0", "a.pdf", "PostScript"),
        (b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'>", "a.xml", "one XML file"),
        (b"<?xml version='1.0'?><FictionBook>", "a.fb2", "FictionBook"),
        (b"SQLite format 3\x00", "a.annot", "is a database"),
        (b"\x7fELF", "a", "is a program"),
        (b"abc\x00def", "a.dat", "is of a kind that cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, name: str, words: str):
    with pytest.raises(ReadError, match=words):
        recognise(data, name)


HEADS = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"{\\rtf",
    CFB[:8],
    b"<?xml",
    b"<!DOCTYPE html",
    b"From ",
    b"From: a\nTo: b\nDate: c\n",
    b"\xff\xfe",
    b"<",
]
NAMES = [
    "a",
    "a.txt",
    "a.md",
    "a.html",
    "a.mhtml",
    "a.docx",
    "a.odt",
    "a.fodt",
    "a.rtf",
    "a.pdf",
    "a.epub",
    "a.eml",
    "a.xyz",
    ".",
    "a.",
    "",
]


@given(st.sampled_from(HEADS), st.binary(max_size=80), st.sampled_from(NAMES))
def test_whatever_it_is_it_has_a_reader_or_one_sentence(head: bytes, rest: bytes, name: str):
    try:
        found = recognise(head + rest, name)
    except ReadError as error:
        assert str(error).startswith(("is ", "holds "))
        assert str(error).endswith((".", ")"))
    else:
        assert found.reader.name in importers.READERS


def test_what_looks_like_many_comments_is_no_riddle():
    begin = time.process_time()
    recognise(b"<!-- -->" * 100_000 + b"<p>", "a.txt")
    recognise(b"<!--" * 100_000, "a.txt")
    recognise(b"<" + b" " * 400_000, "a.txt")
    assert time.process_time() - begin < 1


def test_the_note_stands_in_the_report(tmp_path):
    (tmp_path / "a.log").write_text("A headline\n\nSome words.")
    draft = importers.read(tmp_path / "a.log")
    assert draft.report.notes == ("Its name ends in .log; it was read as plain text.",)
