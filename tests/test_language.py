from __future__ import annotations

import gettext
import struct

import pytest

from annotator import language
from annotator.language import tr, trc, trn


class Backwards(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"<{message}>"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"<{msgid1 if n == 1 else msgid2}>"

    def pgettext(self, context: str, message: str) -> str:
        return f"<{context}|{message}>"


@pytest.fixture
def backwards():
    language.take(Backwards())
    yield
    language.take(gettext.NullTranslations())


def test_without_a_catalogue_the_words_are_english():
    assert tr("Rename {old} to {new}", old="A", new="{B}") == "Rename A to {B}"
    assert trn("{n} claim", "{n} claims", 1) == "1 claim"
    assert trn("{n} claim", "{n} claims", 2105) == "2,105 claims"


def test_a_catalogue_is_asked_for_every_word(backwards):
    assert tr("Open") == "<Open>"
    assert trn("{n} claim", "{n} claims", 3) == "<3 claims>"
    assert trc("state", "open") == "<state|open>"


def test_a_language_without_a_catalogue_speaks_english(tmp_path):
    language.speak(["xx"], tmp_path)
    assert tr("Open") == "Open"


def test_the_languages_of_the_system_end_where_english_is_wanted(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert language.of_the_system() == []
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    assert language.of_the_system() == ["pt_BR"]
    monkeypatch.setenv("LANGUAGE", "nl:en:de")
    assert language.of_the_system() == ["nl"]
    monkeypatch.setenv("LANGUAGE", "C")
    assert language.of_the_system() == []


def test_a_catalogue_in_a_folder_is_spoken_and_says_its_language(tmp_path):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = "Language: nl\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    (folder / "annotator.mo").write_bytes(_catalogue({"": head, "Open": "Openen"}))
    try:
        language.speak(["nl"], tmp_path)
        assert tr("Open") == "Openen"
        assert language.spoken() == "nl"
        assert language.asked() == (["nl"], str(tmp_path))
        language.speak(["xx"], tmp_path)
        assert (tr("Open"), language.spoken()) == ("Open", "")
    finally:
        language.speak([], "")


def _catalogue(words: dict[str, str]) -> bytes:
    """Return a compiled catalogue: header, two tables of (length, offset), the strings."""
    pairs = sorted((k.encode(), v.encode()) for k, v in words.items())
    strings, tables, at = b"", ([], []), 28 + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            tables[side].append((len(pair[side]), at + len(strings)))
            strings += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(struct.pack("<2I", *entry) for table in tables for entry in table) + strings
