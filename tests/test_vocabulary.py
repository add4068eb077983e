"""Words shipped with the program."""

from __future__ import annotations

import pytest

from annotator.vocabulary import cue_verbs


@pytest.mark.parametrize("language", ["", "xx", "x" * 5000, "../cues-en", "x/../en", "\0", "\ud800"])
def test_any_language_has_a_cue_list(language: str) -> None:
    assert cue_verbs(language) == cue_verbs("en") != ()
