"""What is promised of saved pages: never less of the article than trafilatura alone, and no fact invented."""

from __future__ import annotations

import pytest

from tests.bench.reading import OWN, READABILITY, Page, f1, own_page, readability_pages


def check(pages: list[Page], mean: float) -> None:
    assert [page.name for page in pages if page.ours < page.theirs] == []
    assert sum(page.ours for page in pages) / len(pages) >= mean
    assert [said for page in pages for said in page.invented] == []
    assert sum(page.right for page in pages) >= 0.95 * 4 * len(pages)


def test_our_own_pages():
    check([own_page(path) for path in sorted(OWN.glob("*.html"))], 0.97)


def test_the_pages_of_readability():
    pages = readability_pages()
    if not pages:
        pytest.skip(f"the pages with known text are not there: {READABILITY}")
    check(pages, 0.97)


def test_the_measure():
    assert f1("one two three four", "One, two — three four.") == 1
    assert f1("", "one") == 0
    assert f1("渡し船は", "渡し船は") == 1
    assert 0 < f1("one two three four five", "one two three four six") < 1
