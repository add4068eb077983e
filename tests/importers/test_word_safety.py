"""Word: what is damaged, protected, hostile or something else, each told in a sentence; nothing lost at any depth."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import word
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_word
from tests.importers.known_word import NUMBERING, p, package, r

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


def test_the_strict_form_of_the_format_is_read():
    data = package(p(r("strict words"), style="berschrift1"))
    strict = {
        known_word.W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        known_word.R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = known_word.unzipped(data)
    for old, new in strict.items():
        parts = {name: content.replace(old.encode(), new.encode()) for name, content in parts.items()}
    assert drafted(known_word.zipped(parts)).text == "strict words"


def test_the_document_is_found_whatever_its_name():
    assert drafted(package(p(r("words")), main="word/document2.xml")).text == "words"
    assert drafted(package(p(r("words")), main="other/main.xml")).text == "words"
    assert drafted(package(p(r("words")), left_out=("_rels/.rels", "word/_rels/document.xml.rels"))).text == "words"


def test_parts_that_are_missing_are_told():
    draft = drafted(package(p(r("words")), left_out=("word/styles.xml",)))
    assert draft.text == "words" and "word/styles.xml" in draft.report.notes[0]


@pytest.mark.parametrize("part", ["styles", "numbering", "_rels/document.xml.rels", "comments"])
def test_the_text_is_read_without_a_part_that_is_damaged(part: str):
    parts = known_word.unzipped(known_word.article())
    parts[f"word/{part}" if part.endswith(".rels") else f"word/{part}.xml"] = b"<" * 99
    draft = drafted(known_word.zipped(parts))
    assert known.PIECES[4].text in draft.text
    assert draft.report.notes[-1].startswith("It is damaged: “word/")


def test_a_relation_to_nothing_does_no_harm():
    relation = '<Relationship Id="n" Type="http://x/image" Target="NULL"/><Relationship Id="o" Type="http://x/styles" Target="../../../etc/passwd"/>'
    assert drafted(package(p(r("words")), relations=relation)).text == "words"


def test_macros_are_told():
    draft = drafted(package(p(r("words")), more={"word/vbaProject.bin": b"\xd0\xcf"}))
    assert "macros" in draft.report.notes[0] and draft.media_type.endswith("macroEnabled.12")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"just words", "not what its name says"),
        (b"PK\x03\x04 cut off", "damaged"),
        (known_word.zipped({"xl/workbook.xml": b"<a/>"}), "spreadsheet"),
        (known_word.zipped({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"}), "OpenDocument"),
        (known_word.zipped({"a": b""}), "part with its text is missing"),
        (package(""), "has no text"),
        (package("<w:p"), "“word/document.xml” cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, words: str):
    assert words in refused(data)


def test_entities_are_refused():
    data = known_word.unzipped(package(p(r("a"))))
    data["word/document.xml"] = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + data["word/document.xml"].partition(b"\n")[2]
    )
    assert "entities" in refused(known_word.zipped(data))


# -- depth and size


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ],
)
def test_nothing_is_lost_at_any_depth(begin: str, end: str):
    assert text_of(begin * 20_000 + p(r("deep")) + end * 20_000) == "deep"


def test_too_many_paragraphs_are_refused_in_a_table_too():
    assert "more than 50,000 paragraphs" in refused(
        package(f"<w:tbl><w:tr><w:tc>{p(r('x')) * 50_001}</w:tc></w:tr></w:tbl>")
    )


def test_a_single_run_longer_than_an_article_is_refused():
    assert "more than 5,000,000 characters" in refused(package(f"<w:p><w:r><w:t>{'x' * 5_000_001}</w:t></w:r></w:p>"))


def test_signs_of_life_come_with_the_paragraphs():
    signs: list[int] = []
    word.read(package(p(r("x")) * 500), "a.docx", ReadOptions(), lambda: signs.append(1))
    assert len(signs) >= 10


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_broken_in_a_part_only_a_read_error_comes_out(data: st.DataObject):
    parts = known_word.unzipped(known_word.article())
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    at = data.draw(st.integers(0, len(content)))
    gone = data.draw(st.integers(0, 30))
    put = data.draw(
        st.sampled_from([b"", b"<w:p>", b"</w:p>", b"<w:tc/>", b"<w:r>", b"\x00", b"<w:fldChar w:fldCharType='end'/>"])
    )
    parts[name] = content[:at] + put + content[at + gone :]
    with suppress(ReadError):
        drafted(known_word.zipped(parts))
