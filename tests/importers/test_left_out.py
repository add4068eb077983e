"""What was left out, in words: how many, and one alone, without a number."""

from __future__ import annotations

import pytest

from annotator.importers.left_out import KINDS, left_out_name, left_out_words


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_its_words(kind: str):
    name = left_out_name(kind)
    assert not any(map(str.isdigit, name))
    assert left_out_words(kind, 1) == f"1 {name}"
    assert left_out_words(kind, 2).startswith("2 ")
    assert left_out_words(kind, 2) != f"2 {name}"
