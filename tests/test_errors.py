"""The reason of an original that could not be read, with what it is called and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import ReadError
from annotator.importers.sandbox import Pool, draft_from_text


def test_the_reason_alone_is_the_message_where_nothing_is_named_yet():
    assert ReadError("has no text.").is_so == "has no text."
    assert ReadError("“a.txt” has no text.", is_so="has no text.").is_so == "has no text."


def test_the_reason_goes_without_the_files_name_whatever_that_is(tmp_path: Path):
    path = tmp_path / "a” b.txt"
    path.write_bytes(b"\n")
    with Pool() as pool, pytest.raises(ReadError) as raised:
        pool.read(path)
    assert str(raised.value) == "“a” b.txt” has no text."
    assert raised.value.is_so == "has no text."
    with pytest.raises(ReadError) as raised:
        draft_from_text(" ")
    assert (str(raised.value), raised.value.is_so) == ("The text has no text.", "has no text.")
