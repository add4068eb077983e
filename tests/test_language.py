from __future__ import annotations

import gettext

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
