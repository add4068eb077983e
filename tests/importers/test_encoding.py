"""Bytes to characters: what is known is taken, what is guessed is called a guess, what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers.encoding import charset, declared_in, decode

FRENCH = "Le ministère a déclaré jeudi que l’hôpital était fermé — « nous n’avons pas été prévenus », dit-elle."
RUSSIAN = "Министр заявил, что правительство не будет обсуждать этот вопрос до конца года."
POLISH = "Minister powiedział, że rząd nie będzie o tym rozmawiać. Posłowie głosowali, żądając zmian w ustawie."
JAPANESE = "大臣は木曜日に、政府はこの問題について議論しないと述べた。記者会見で質問に答えた。"
GREEK = "Ο υπουργός δήλωσε ότι η κυβέρνηση δεν θα συζητήσει το θέμα πριν από το τέλος του έτους."


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
@settings(max_examples=60)
def test_utf_8_is_utf_8(text: str):
    if text.startswith("\ufeff"):
        return
    found = decode(text.encode("utf-8"))
    assert (found.text, found.encoding, found.how) == (text, "utf-8", "utf-8")


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_told(bom: bytes, encoding: str):
    found = decode(bom + "Ärger 😀".encode(encoding))
    assert (found.text, found.encoding, found.how) == ("Ärger 😀", encoding, "bom")
    assert found.changes == {"byte order marks removed": 1}


@pytest.mark.parametrize("text", ["Hello there, said the mayor.\n", FRENCH, RUSSIAN, GREEK, JAPANESE])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_a_guess(text: str, encoding: str):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.how) == (text, encoding, "guess")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_other_encodings_are_guessed_right_and_called_a_guess(text: str, encoding: str):
    found = decode(text.encode(encoding))
    assert (found.text, found.how) == (text, "guess")


def test_a_declared_encoding_comes_after_utf_8_and_before_a_guess():
    assert decode(RUSSIAN.encode("koi8-r"), declared="koi8-r").how == "declared"
    assert decode(RUSSIAN.encode("utf-8"), declared="koi8-r").how == "utf-8"
    assert decode(FRENCH.encode("cp1252"), declared="ascii").how == "guess"


def test_the_users_word_is_taken_strictly():
    assert decode(RUSSIAN.encode("cp1251"), encoding="windows-1251").text == RUSSIAN
    with pytest.raises(ReadError, match=r"cannot be read as utf-8: byte 1 does not fit"):
        decode(RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_characters_stored_as_two_surrogates_are_put_together():
    found = decode(b"ok \xed\xa0\xbd\xed\xb8\x80")
    assert (found.text, found.encoding, found.how) == ("ok 😀", "cesu-8", "guess")


def test_damaged_utf_8_keeps_what_is_whole_and_counts_the_rest():
    found = decode(("é" * 40).encode() + b"\xff and \xc3")
    assert found.text == "é" * 40 + "\ufffd and \ufffd"
    assert found.how == "guess"
    assert list(found.changes.values()) == [2]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\0\x06\0\x08\0stuff\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"\0" * 500,
        bytes(range(256)) * 20,
        b"\x01\x02\x03",
        b"SQLite format 3\x00" + b"\0" * 90,
    ],
)
def test_what_is_no_text_is_refused(data: bytes):
    with pytest.raises(ReadError, match="is not a text file"):
        decode(data)


def test_a_stray_nul_is_no_reason_to_refuse_a_text():
    assert decode(b"A text with one \0 in it").text == "A text with one \0 in it"


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        found = decode(data)
    except ReadError as error:
        assert str(error).endswith(".")
    else:
        found.text.encode("utf-8")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("ISO-8859-1", "cp1252"), ("Big5", "big5hkscs"), ("x-sjis", "cp932"), ("GB_2312-80", "gb18030"),
        ("iso-8859-8-i", "iso8859-8"), ("x-mac-cyrillic", "mac-cyrillic"), ("utf8", "utf-8"), ("no such", ""), ("", ""),
        ("größe", ""),
    ],
)  # fmt: skip
def test_one_table_says_what_names_of_encodings_mean(said: str, found: str):
    assert charset(said) == found


def test_a_page_names_its_encoding_itself():
    assert declared_in(b'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">') == "cp1251"
    assert declared_in(b'<?xml version="1.0" encoding="ISO-8859-2"?><html>') == "iso8859-2"
    assert declared_in(b"<meta charset=utf-16>") == "utf-8"
    assert declared_in(b"<meta charset=nonsense>") is None
    assert declared_in(b"<p>charset=koi8-r") is None


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "hz", "utf-7"])
def test_what_looks_like_ascii_is_read_as_it_is_declared(encoding: str):
    text = "冬天停航" if encoding == "hz" else "渡し船"
    assert decode(text.encode(encoding), declared=encoding).text == text
