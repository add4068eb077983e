"""The search: any words give results or “nothing found”; a pattern looks in the background and can be ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.project import Hit, Project
from annotator.ui.panels import search_rows as rows
from annotator.ui.panels.library import Library
from annotator.ui.panels.search_list import SearchPage
from annotator.ui.panels.search_rows import HitHead
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace

TEXTS = (
    "Bridge closes\n\nThe town said 12 per cent of drivers use the bridge. The bridge closes at noon.",
    "Water plan\n\nThe council said 40 per cent of the water is lost. Nobody counted.",
    "橋が閉まる\n\n町は橋が明日閉まると述べた。",
)


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path) -> Iterator[Library]:
    project = Project.create(tmp_path / "searched.annot")
    ids = project.add_articles(importers.draft_from_text(text) for text in TEXTS)
    project.mark(ids[1], "claim", [(12, 60)])
    project.tag_articles(ids[1:2], "utilities")
    project.set_group(ids[:1], "Roads")
    project.close()
    workspace = Workspace(backs_up=lambda: False)
    made = Library(workspace, LIGHT)
    qtbot.addWidget(made)
    assert workspace.open(tmp_path / "searched.annot")
    made.resize(260, 700)
    made.show()
    yield made
    workspace.wait_for_jobs()
    workspace.close()


def look(library: Library, words: str, qtbot: QtBot) -> SearchPage:
    library.search.setText(words)
    page = library.found
    qtbot.waitUntil(lambda: page._now is None and not page._timer.isActive(), timeout=15_000)
    return page


def test_words_are_found_under_their_articles(library: Library, qtbot: QtBot) -> None:
    page = look(library, "bridge", qtbot)
    assert page.isVisible() and page.head.isVisible() and not library.filter.isVisible()
    heads = [r for r in page.model.rows if isinstance(r, HitHead)]
    assert [h.title for h in heads] == ["Bridge closes"]
    hits = [r for r in page.model.rows if isinstance(r, Hit)]
    assert {h.where for h in hits} == {"title", "text"}
    text = next(h for h in hits if h.where == "text")
    assert text.found and {text.snippet[a:b].casefold() for a, b in text.found} == {"bridge"}
    assert "place" in page.count.text() and "1 article" in page.count.text()
    library.search.clear()
    assert library.list.isVisible() and library.filter.isVisible()


def test_nothing_found_says_so(library: Library, qtbot: QtBot) -> None:
    page = look(library, "zeppelin", qtbot)
    assert not page.model.rows and page._note.isVisible() and page._note.text().startswith("Nothing found")


def test_a_word_inside_a_script_without_spaces_is_found(library: Library, qtbot: QtBot) -> None:
    page = look(library, "明日", qtbot)
    assert any(isinstance(r, Hit) and r.where == "text" for r in page.model.rows)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_no_error(library: Library, words: str) -> None:
    library.search.setText(words)
    library.found.search()
    for row in library.found.model.rows:
        assert rows.spoken(row) and rows.height(row) > 0
    library.search.clear()


def test_enter_goes_to_the_first_place_and_a_hit_opens(library: Library, qtbot: QtBot) -> None:
    opened: list[Hit] = []
    library.hit_opened.connect(lambda hit, _: opened.append(hit))
    library.search.setFocus()
    QTest.keyClicks(library.search, "counted")
    QTest.keyClick(library.search, Qt.Key.Key_Down)
    page = library.found
    assert page.list.hasFocus() and isinstance(page.list.current, Hit)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert [h.title for h in opened] == ["Water plan"]
    page.list.choose(0)
    assert isinstance(page.list.current, HitHead)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert len(opened) == 2 and opened[0] == opened[1]
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert not library.search.text() and library.list.hasFocus()


def test_a_pattern_finds_every_place(library: Library, qtbot: QtBot) -> None:
    library.start_search(pattern=True)
    assert library.found.isVisible() and "regular expression" in library.found._note.text()
    page = look(library, r"\d+ per cent", qtbot)
    hits = [r for r in page.model.rows if isinstance(r, Hit)]
    assert [h.snippet[slice(*h.found[0])] for h in hits] == ["12 per cent", "40 per cent"]
    assert "2 places in 2 articles" in page.count.text()


def test_a_wrong_pattern_is_a_sentence_under_the_field(library: Library, qtbot: QtBot) -> None:
    library.start_search(pattern=True)
    page = look(library, r"(\d+", qtbot)
    assert not page.model.rows and "wrong" in page.count.text() and page.count.isVisible()
    assert page._note.text().startswith("Mend the pattern")
    page = look(library, r"(\d+)", qtbot)
    assert page.model.rows and "wrong" not in page.count.text()


def test_a_pattern_that_would_take_for_ever_is_ended_by_the_next_one(library: Library, qtbot: QtBot) -> None:
    workspace = library._workspace
    workspace.do(lambda p: p.add_article(importers.draft_from_text("Long\n\n" + "a" * 40_000 + "!")))
    library.start_search(pattern=True)
    library.search.setText("(a|aa|aaa)+$")
    qtbot.waitUntil(lambda: library.found._now is not None)
    slow = library.found._now
    page = look(library, "noon", qtbot)
    assert slow is not None and slow.stopped
    assert [r.title for r in page.model.rows if isinstance(r, HitHead)] == ["Bridge closes"]


def test_the_search_can_be_narrowed(library: Library, qtbot: QtBot) -> None:
    page = look(library, "per cent", qtbot)
    assert len([r for r in page.model.rows if isinstance(r, HitHead)]) == 2
    page.scope.set_value("article")
    page.scope.picked.emit("article")
    page = look(library, "per  cent", qtbot)
    assert [r.title for r in page.model.rows if isinstance(r, HitHead)] == ["Bridge closes"]
    assert library._scope("group") == [library.summaries[0].article.id]
    library.choose({s.article.id for s in library.summaries[1:]})
    assert library._scope("chosen") == [s.article.id for s in library.summaries[1:]] and library._scope("") is None


def test_a_large_project_is_searched_in_the_background(
    library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.panels.search_list.SMALL", 0)
    library.search.setText("brid")
    library.found.search()
    assert library.found._now is not None
    page = look(library, "bridge", qtbot)
    assert [r.title for r in page.model.rows if isinstance(r, HitHead)] == ["Bridge closes"]


def test_where_there_is_more_than_is_shown_one_is_told(
    library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.panels.search_list.MOST_OF_A_KIND", 2)
    assert look(library, "said", qtbot).count.text().startswith("The best hits, not all: ")
    assert look(library, "noon", qtbot).count.text() == "1 place in 1 article"


def test_what_is_found_follows_the_project(library: Library, qtbot: QtBot) -> None:
    page = look(library, "tunnel", qtbot)
    assert not page.model.rows
    library._workspace.do(lambda p: p.add_article(importers.draft_from_text("Tunnel opens\n\nA tunnel.")))
    qtbot.waitUntil(lambda: bool(page.model.rows))


def test_a_project_that_closes_ends_the_search(library: Library, qtbot: QtBot) -> None:
    page = look(library, "bridge", qtbot)
    library._workspace.close()
    assert not page.model.rows and not library.search.text()


def test_each_kind_of_hit_has_words_and_a_height() -> None:
    hit = Hit("a", "Title", "some words", "text", found=((0, 4),), places=((0, 4), (9, 12)))
    for where in rows.WHERE:
        each = replace(hit, where=where)
        assert rows.WHERE[where] in rows.spoken(each) and rows.height(each) >= 40
    assert "2 places" in rows.spoken(hit)
    head, *_ = rows.by_article([hit, replace(hit, where="note", places=())])
    assert isinstance(head, HitHead) and head.places == 3
    assert "archived" in rows.spoken(replace(head, archived=True))


def test_an_article_found_by_its_title_is_opened_where_its_text_holds_the_words(library: Library, qtbot: QtBot) -> None:
    opened: list[Hit] = []
    library.hit_opened.connect(lambda hit, _: opened.append(hit))
    page = look(library, "bridge", qtbot)
    assert next(r.where for r in page.model.rows if isinstance(r, Hit)) == "title"
    page._go(page.model.rows[0])
    assert opened[0].where == "text" and opened[0].places
    page = look(library, "utilities", qtbot)
    page._go(page.model.rows[0])
    assert opened[1].where == "tag"
