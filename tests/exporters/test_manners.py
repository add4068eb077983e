"""One table says what every style means: none is forgotten in it, and Word's own styles agree with it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from annotator.exporters.document import NumberedLines, Paragraph, Report
from annotator.exporters.manners import MANNERS
from annotator.exporters.options import KINDS
from annotator.exporters.word.styles import STYLES

_OF_THE_PAGE = {"Header", "Footer", "CommentText"}
_OUTLINE = re.compile(r'outlineLvl w:val="(\d)"')


def test_every_style_of_paragraphs_is_in_the_table() -> None:
    assert set(MANNERS) == {s.id for s in STYLES if s.kind == "paragraph"} - _OF_THE_PAGE


def test_the_outline_of_word_is_that_of_the_table() -> None:
    word = {s.id: int(found[1]) for s in STYLES if (found := _OUTLINE.search(s.paragraph))}
    assert word == {style: m.level for style, m in MANNERS.items() if m.level is not None}


def test_what_hangs_or_has_columns_has_a_tab_in_word() -> None:
    tabbed = {s.id for s in STYLES if "hanging" in s.paragraph and "<w:tab " in s.paragraph}
    assert tabbed == {style for style, m in MANNERS.items() if m.hung or m.columns}


@pytest.mark.parametrize("kind", KINDS)
def test_every_style_a_report_uses_is_in_it(make_report: Callable[..., Report], kind: str) -> None:
    parts = make_report(kind=kind).parts
    used = {p.style for p in parts if isinstance(p, Paragraph)}
    used |= {line.style for p in parts if isinstance(p, NumberedLines) for line in p.lines}
    assert used and used <= set(MANNERS)
