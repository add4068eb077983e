"""Lines broken at one width: seen as such, joined to paragraphs where a person says so, not a word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers import plain, wrapped
from annotator.model import ReadOptions

WIRE = """Mayor quits after audit

By Ann Lee
5 November 2031

The mayor of Holm resigned on Wednesday after an
audit found that three million had been spent with-
out a tender. “I did nothing wrong,” he said.

“He did,” said councillor Ines Roy. The audit, which
the Post has seen, is well-written and a well-
written one.
- the first
- the second
"""
JOINED = """Mayor quits after audit

By Ann Lee
5 November 2031

The mayor of Holm resigned on Wednesday after an audit found that three million had been spent without a tender. \
“I did nothing wrong,” he said.

“He did,” said councillor Ines Roy. The audit, which the Post has seen, is well-written and a well-written one.
- the first
- the second
"""


def read(options: ReadOptions):
    return plain.read(WIRE.encode(), "wire.txt", options, lambda: None)


def test_lines_are_joined_where_a_person_says_so() -> None:
    as_found, joined = read(ReadOptions()), read(ReadOptions(join_lines=True))
    assert as_found.text == WIRE.rstrip("\n") or as_found.text == WIRE
    assert joined.text.strip() == JOINED.strip() and joined.options.join_lines and "join_lines" in joined.can
    assert joined.report.changes["hyphens at line ends removed"] == 1
    assert joined.report.changes["line ends within paragraphs removed"] == 4
    assert any("one width" in note for note in as_found.report.notes) and not joined.report.notes
    assert joined.facts == as_found.facts and joined.title == "Mayor quits after audit"


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        "Rain at last\n\nIt rained in the Vale.\n\nIt rained on, and on.",
        "渡輪又晚點\n船長說\n沒有人道歉\n",
    ],
)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert not wrapped.is_wrapped(text)
    assert "join_lines" not in plain.read(text.encode(), "a.txt", ReadOptions(join_lines=True), lambda: None).can


@given(st.text(st.sampled_from("ab c-\n\té۳"), max_size=400))
def test_no_word_is_lost(text: str) -> None:
    made = wrapped.joined(text)
    assert "".join(made.text.split()).replace("-", "") == "".join(text.split()).replace("-", "")
    assert text.count("-") - made.text.count("-") == made.hyphens
