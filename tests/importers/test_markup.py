"""Mark-up: any depth, no entities of its own, nothing fetched, no character lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import markup


class Told:
    """Keeps what a walk tells."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.characters: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.names.append(name)
        self.attributes.append(attributes)

    def end(self, name: str) -> None:
        self.names.append("/" + name)

    def text(self, characters: str) -> None:
        self.characters.append(characters)


def walked(source: bytes, prefixes: dict[str, str] | None = None) -> Told:
    told = Told()
    markup.walk(source, told, prefixes or {})
    return told


def refused(source: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        markup.parse(source, "part.xml")
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    return str(caught.value)


def test_names_of_known_namespaces_are_short():
    told = walked(
        b'<a xmlns="urn:1" xmlns:q="urn:2" q:x="1" y="2"><q:b/><c xmlns="urn:3"/></a>', {"urn:1": "w", "urn:3": "w"}
    )
    assert told.names == ["w:a", "{urn:2}b", "/{urn:2}b", "w:c", "/w:c", "/w:a"]
    assert told.attributes[0] == {"{urn:2}x": "1", "y": "2"}


def test_a_tree_has_the_names_lxml_has():
    root = markup.parse(b'<a xmlns="urn:1" b="1">x<c/>y<!-- no --></a>')
    assert root.tag == "{urn:1}a" and root.get("b") == "1"
    assert root.text == "x" and root[0].tail == "y" and len(root) == 1


def test_events_know_no_depth():
    told = walked(b"<a>x" * 200_000 + b"</a>" * 200_000)
    assert "".join(told.characters) == "x" * 200_000


def test_a_tree_that_is_too_deep_is_refused():
    assert "nested too deeply" in refused(b"<a>" * 200_000 + b"</a>" * 200_000)


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY x "y">',
        b'<!ENTITY x SYSTEM "file:///etc/passwd">',
        b'<!ENTITY % x SYSTEM "http://host.example/x"> %x;',
        b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">',
    ],
)
def test_entities_of_its_own_are_refused(declaration: bytes):
    assert "entities" in refused(b"<!DOCTYPE a [" + declaration + b"]><a>&x;</a>")


def test_a_document_type_elsewhere_is_not_fetched_and_its_usual_entities_are_known():
    root = markup.parse(b'<!DOCTYPE a PUBLIC "-//x" "http://host.example/x.dtd"><a>1&nbsp;2&hellip;</a>')
    assert root.text == "1\xa02…"
    assert "entity “own”" in refused(b'<!DOCTYPE a SYSTEM "x.dtd"><a>&own;</a>')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-15", "gb18030", "shift_jis"])
def test_the_encoding_that_is_declared_is_read(encoding: str):
    words = {"windows-1252": "“é”", "iso-8859-15": "10 €"}.get(encoding, "中文")
    assert markup.parse(f'<?xml version="1.0" encoding="{encoding}"?><a>{words}</a>'.encode(encoding)).text == words


def test_utf_8_that_says_it_is_utf_16_is_read_as_it_is():
    assert markup.parse('<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode()).text == "é"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"words",
        b"<a>",
        b"<a></b>",
        b"<a>&#0;</a>",
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="x-no"?><a/>',
        b'<?xml version="1.0" encoding="shift_jis"?><a>\x81</a>',
    ],
)
def test_what_is_no_mark_up_is_told_with_the_part(source: bytes):
    assert "“part.xml” cannot be read" in refused(source)


def test_one_endless_tag_ends_early():
    def endless() -> Iterator[bytes]:
        yield b'<a b="'
        for _ in range(2_000):
            yield b"x" * 65_536
        raise AssertionError("it was read to its end")

    with pytest.raises(ReadError, match="longer than an article"):
        markup.walk(endless(), Told(), {})


def test_a_long_comment_is_not_read_over_and_over():
    def comment() -> Iterator[bytes]:
        yield b"<a>kept<!--"
        for _ in range(110):
            yield b"x" * 65_536
        yield b"--></a>"

    told = Told()
    begun = time.process_time()
    markup.walk(comment(), told, {})
    taken = time.process_time() - begun
    assert "".join(told.characters) == "kept" and taken < 1


def test_endless_kinds_of_names_end_early():
    names = b"".join(b"<n%d/>" % n for n in range(markup.NAMES + 1))
    with pytest.raises(ReadError, match="more kinds of mark-up"):
        walked(b"<a>" + names + b"</a>")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.binary(min_size=1, max_size=8))
def test_whatever_is_broken_only_a_read_error_comes_out(at: int, junk: bytes):
    source = b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE a SYSTEM "x"><a xmlns:q="urn:q" q:b="1">x&amp;<q:c/><![CDATA[y]]></a>'
    at %= len(source)
    with suppress(ReadError):
        markup.parse(source[:at] + junk + source[at + len(junk) :])
