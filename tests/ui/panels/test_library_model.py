"""Which articles the library lists and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model import Article
from annotator.project import ArticleSummary
from annotator.ui.panels.library_model import (
    ALL,
    ARCHIVED,
    DONE,
    GROUPS,
    SORTS,
    TO_DO,
    Arrangement,
    Heading,
    LibraryModel,
    arrange,
    id_of,
    letters,
    month,
)
from annotator.ui.panels.library_rows import _second_line, kind_of, spoken, tip


def summary(title: str, n: int = 0, **more: Any) -> ArticleSummary:
    facts = {k: more.pop(k) for k in ("publication", "date", "language", "group_name", "archived") if k in more}
    counts: dict[str, Any] = {"words": 100, "claims": 0, "accounted": None, "sentences": None, "tags": ()} | more
    return ArticleSummary(
        article=Article(title=title, **facts), code_points=500, sha256="", sources=0, entities=0, attributions=0,
        added=n, open_claims=0, orphans=0, media_type="text/plain", **counts,
    )  # fmt: skip


ROWS = [
    summary("Zebra crossing", 1, publication="Post", date="2026-03-09", words=30, claims=2, tags=("roads",)),
    summary("“Élan” is gone", 2, publication="Courier", date="2026-11-02", words=900, accounted=2, sentences=2),
    summary("Bridge 10", 3, date="2025-12-31", words=20, claims=9, tags=("roads", "water"), group_name="Spring"),
    summary("bridge 9", 4, publication="Post", words=70, accounted=1, sentences=4, language="pt-BR"),
    summary("Old news", 5, archived=True, accounted=3, sentences=3),
]


def titles(wanted: Arrangement, shown: int = ALL) -> list[str]:
    return [r.name if isinstance(r, Heading) else r.article.title for r in arrange(ROWS, wanted, shown).rows]


def test_as_usual_they_stand_as_they_were_added_and_the_archive_is_folded() -> None:
    assert titles(Arrangement()) == ["Zebra crossing", "“Élan” is gone", "Bridge 10", "bridge 9", "Archived"]
    opened = Arrangement().turned(ARCHIVED)
    assert titles(opened)[-2:] == ["Archived", "Old news"]
    assert titles(opened.turned(ARCHIVED)) == titles(Arrangement())
    listed = arrange(ROWS, Arrangement())
    assert (listed.articles, listed.archived) == (4, 1)


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("title", "bridge 9", "Zebra crossing"),
        ("publication", "“Élan” is gone", "Bridge 10"),
        ("date", "Bridge 10", "bridge 9"),
        ("coverage", "bridge 9", "Bridge 10"),
        ("claims", "“Élan” is gone", "Bridge 10"),
        ("words", "Bridge 10", "“Élan” is gone"),
    ],
)
def test_each_way_to_sort(sort: str, first: str, last: str) -> None:
    found = titles(Arrangement(sort=sort))[:-1]
    assert (found[0], found[-1]) == (first, last)


def test_what_is_not_known_comes_last_either_way_round() -> None:
    assert titles(Arrangement(sort="date"))[3] == "bridge 9"
    assert titles(Arrangement(sort="date", down=True))[:4] == [
        "“Élan” is gone",
        "Zebra crossing",
        "Bridge 10",
        "bridge 9",
    ]
    assert titles(Arrangement(down=True))[0] == "bridge 9"


def test_letters_are_compared_as_people_do() -> None:
    assert letters("“Élan”") == letters("elan”")
    assert letters("Bridge 9") < letters("bridge 10") < letters("Bridges")
    assert letters("?!") == "?!"


@pytest.mark.parametrize(
    ("group", "heads"),
    [
        ("group", ["Spring", "In no group"]),
        ("publication", ["Courier", "Post", "No publication"]),
        ("month", ["November 2026", "March 2026", "December 2025", "No date"]),
        ("language", ["Portuguese", "No language"]),
        ("status", ["Not started", "In progress", "Complete"]),
        ("tag", ["roads", "water", "No tag"]),
    ],
)
def test_each_way_to_group(group: str, heads: list[str]) -> None:
    rows = arrange(ROWS, Arrangement(group=group)).rows
    found = [r for r in rows if isinstance(r, Heading)]
    assert [h.name for h in found if h.place != ARCHIVED] == (heads if group != "status" else heads[1:])
    assert sum(h.articles for h in found) == (6 if group == "tag" else 5)


def test_a_folded_heading_keeps_its_count() -> None:
    rows = arrange(ROWS, Arrangement(group="publication").turned("publication/Post")).rows
    post = next(r for r in rows if isinstance(r, Heading) and r.name == "Post")
    assert not post.open and post.articles == 2
    assert "Zebra crossing" not in [r.article.title for r in rows if not isinstance(r, Heading)]
    assert "folded" in spoken(post) and "2 articles" in spoken(post)


def test_narrowed_by_state_and_by_tag() -> None:
    assert titles(Arrangement(), DONE) == ["“Élan” is gone", "Archived"]
    assert titles(Arrangement(), TO_DO) == ["Zebra crossing", "Bridge 10", "bridge 9"]
    assert titles(Arrangement(tag="water")) == ["Bridge 10"]


def test_months_are_those_of_whole_dates() -> None:
    assert [month(d) for d in ("2026-03-09", "2026-03", "2026", "March 2026", "2026-13-01", "", None)] == [
        "2026-03", "2026-03", "", "", "", "", "",
    ]  # fmt: skip


def test_an_arrangement_is_kept_and_whatever_else_is_there_is_as_usual() -> None:
    wanted = Arrangement("date", True, "publication", "roads", frozenset({"publication/Post", ARCHIVED}))
    assert Arrangement.from_json(wanted.to_json()) == wanted
    for kept in (None, "", "[]", "{", '"x"', '{"sort": 3, "group": [], "folded": 7, "tag": null, "down": "yes"}'):
        assert Arrangement.from_json(kept) == Arrangement(), kept
    assert Arrangement().usual and Arrangement().turned(ARCHIVED).usual and not wanted.usual


def test_every_table_has_words_and_an_order() -> None:
    for sort in SORTS:
        for group in GROUPS:
            assert arrange(ROWS, Arrangement(sort=sort, group=group)).articles == 4


def test_a_heading_can_be_gone_to_and_not_chosen() -> None:
    from PySide6.QtCore import Qt

    model = LibraryModel(spoken)
    assert not model.rows_of("anything")
    model.set_rows(arrange(ROWS, Arrangement(group="tag")).rows)
    assert [len(model.rows_of(r.article.id)) for r in ROWS] == [1, 1, 2, 1, 0]
    model.set_rows(arrange(ROWS, Arrangement(group="status")).rows)
    head, article = model.index(0, 0), model.index(1, 0)
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable and head.flags() & Qt.ItemFlag.ItemIsEnabled
    assert article.flags() & Qt.ItemFlag.ItemIsSelectable
    assert id_of(model.rows[0]) is None and id_of(model.rows[1])


def test_articles_of_one_title_are_told_apart() -> None:
    assert [kind_of(m) for m in ("application/pdf", "text/html", "message/rfc822", "application/x-odd", "")] == [
        "PDF", "Web page", "Mail", "", "",
    ]  # fmt: skip
    assert _second_line(ROWS[0], twin=False) == "Post" and _second_line(ROWS[0], twin=True) == "Post · Plain text"
    assert _second_line(ROWS[2], twin=False) == "Plain text"
    assert _second_line(ROWS[4], twin=False) == "Plain text · 100 words"
    assert "Plain text" in tip(ROWS[0]) and tip(ROWS[0]).startswith("Zebra crossing\n")


def test_a_row_says_its_tags_and_whether_it_is_archived() -> None:
    assert spoken(ROWS[0]).endswith("tags: roads")
    assert spoken(replace(ROWS[4])).endswith("archived")
