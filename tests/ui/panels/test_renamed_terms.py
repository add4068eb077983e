"""A term with other words is read with these words in every panel, in the link card and where entries are merged."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from annotator.model import CodeBook
from annotator.model.code_book import LISTS
from annotator.ui.link_card import LinkCard
from annotator.ui.panels.attributions import AttributionCard
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.entities import EntitiesPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.library import Library
from annotator.ui.panels.sources import SourcesPanel
from annotator.ui.register_commands import _value_words

OLD = {
    "tag": ("baseline", "baseline"),
    "article_tag": ("harbours", "harbours"),
    "verdict": ("4", "mostly supported"),
    "entity_kind": ("organisation", "organisation"),
    "affiliation": ("the guild", "the guild"),
    "side": ("the mill side", "the mill side"),
    "load": ("doubt", "doubt"),
}
"""For each list whose words may be changed: a term that is used, and its words before."""
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@pytest.fixture
def coded(marked):
    """Every renamed term is used."""
    project, ids = marked.project, marked.ids
    project.edit_source(ids["ida_source"], affiliation="the guild", side="the mill side")
    link = project.link(ids["readings"], ids["piet_source"], cue=marked.span("claimed"), load="doubt", load_from="list")
    ids["claimed"] = next(a.cue for a in marked.annotated.attributions if a.id == link)
    project.add_evidence(ids["low"], "supports", title="The ledger")
    project.verify(ids["low"], "checked", verdict="4")
    project.unlink(project.link(ids["count"], ids["board_source"]))
    project.tag_articles([marked.annotated.article.id], "harbours")
    return marked


def words_of(widget: QWidget) -> Iterator[str]:
    """Yield every word a widget and its parts show or say."""
    for part in (widget, *widget.findChildren(QWidget)):
        yield part.accessibleName()  # what a term means is left alone: the definition is the project's own words
        if isinstance(part, QLabel | QLineEdit | QAbstractButton):
            yield part.text()
        if isinstance(part, QComboBox):
            yield from (part.itemText(n) for n in range(part.count()))
        if isinstance(part, AttributionCard):
            yield from (f"{row.head} {row.meta}" for row in part.values)
        if isinstance(part, QAbstractItemView) and (model := part.model()) is not None:
            for row in range(model.rowCount()):
                for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
                    yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


def all_words(qtbot, marked, theme) -> dict[str, list[str]]:
    """Return what each panel shows with the marks of every kind chosen in turn."""
    workspace, found = marked.workspace, {}
    made = Inspector(workspace, theme)
    qtbot.addWidget(made)
    made.show()
    for profile in ("editor", "researcher"):
        marked.project.set_profile(profile)
        for name in ("low", "readings", "claimed", "ida", "harl"):
            workspace.choose(marked.ids[name])
            made.refresh()
            found[f"Details of {name} ({profile})"] = [*words_of(made.page)]
    for kind in (ClaimsPanel, SourcesPanel, EntitiesPanel):
        panel = kind(workspace, theme)
        qtbot.addWidget(panel)
        panel.show()
        found[kind.__name__] = [*words_of(panel)]
    library = Library(workspace, theme)
    qtbot.addWidget(library)
    library._reset()
    found["the library"] = [*words_of(library)]
    found["the link card"] = link_card_words(qtbot, marked, theme)
    entity = marked.annotated.entities[marked.ids["harl_entity"]]
    found["merging"] = [_value_words(marked.project, entity, "kind", entity.kind)]
    return found


def link_card_words(qtbot, marked, theme) -> list[str]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    card = LinkCard(marked.workspace, theme, window)
    marked.workspace.choose(marked.ids["readings"])
    card.open_for(marked.ids["readings"], QRect(window.mapToGlobal(QPoint(9, 9)), QSize(9, 9)))
    words = [f"{o.text} {o.meta} {o.load}" for o in card.list.values]
    card.edit.setText("harl")
    return [*words, *(f"{o.text} {o.meta} {o.load}" for o in card.list.values)]


def test_every_list_that_may_be_renamed_is_walked():
    assert OLD.keys() | {"cue"} == {each.id for each in LISTS.values() if each.renamed}


def with_word(shown: dict[str, list[str]], word: str) -> list[str]:
    """Return where a word stands by itself ("doubt", not "undoubted")."""
    alone = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return [f"{where}: {words}" for where, all_ in shown.items() for words in all_ if alone.search(words)]


def test_no_panel_shows_the_old_word(qtbot, coded, theme):
    before = all_words(qtbot, coded, theme)
    for list_, (key, old) in OLD.items():
        assert with_word(before, old), f"nothing shows “{old}” at all"
        coded.project.rename_term(list_, key, f"qq{list_}")
    after = all_words(qtbot, coded, theme)
    for _, old in OLD.values():
        assert with_word(after, old) == []


def test_an_open_page_follows_the_code_book(qtbot, coded, theme):
    made = Inspector(coded.workspace, theme)
    qtbot.addWidget(made)
    made.show()
    for name in ("readings", "claimed"):
        coded.workspace.choose(coded.ids[name])
        made.refresh()
        before = coded.project.code_book.label("load", "doubt")
        coded.workspace.do(lambda p, name=name: (p.rename_term("load", "doubt", f"of {name}"), True))
        made.refresh()
        shown = " | ".join(words_of(made.page)).casefold()
        assert f"of {name}" in shown and f"{before} cue" not in shown


def test_the_shipped_words_are_those_looked_for():
    for list_ in ("verdict", "entity_kind", "load"):
        assert CodeBook().label(list_, OLD[list_][0]) == OLD[list_][1]
