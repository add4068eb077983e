"""The table of a register changes row by row, and always stands as if it had been made anew."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.register_model import Place, RegisterModel

COLUMNS = (Column("Name"), Column("Size", number=True), Column("No.", natural=True))


@dataclass
class Shelf:
    """A register of names with a size each; ``made`` counts the rows that were made."""

    things: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def ids(self):
        return list(self.things)

    def place(self, id_):
        if id_ not in self.things:
            return None
        name, _, group = self.things[id_]
        return Place((name,), name, "abc".find(group), group)

    def row(self, id_):
        self.made.append(id_)
        name, size, _ = self.things[id_]
        return Row(id_, (Cell(name, name), Cell(str(size), size), Cell("")), name)


def names(model):
    return [model.index(n, 0).data() for n in range(model.rowCount())]


@pytest.fixture
def shelf():
    return Shelf({str(n): (f"thing {n:02}", -n, "") for n in range(40)})


@pytest.fixture
def model(shelf):
    made = RegisterModel(COLUMNS, shelf)
    made.reload()
    return made


def test_rows_are_made_when_they_are_looked_at(model, shelf):
    assert shelf.made == []
    assert model.index(3, 0).data() == "thing 03"
    assert shelf.made == ["3"]


def test_one_changed_thing_moves_one_row(qtbot, model, shelf):
    shelf.things["new"] = "thing 07 b", 3, ""
    del shelf.things["9"]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignals([model.rowsInserted, model.rowsRemoved]):
        model.take({"new", "9"})
    assert names(model)[7:10] == ["thing 07", "thing 07 b", "thing 08"]
    assert model.row_of("new") == 8
    assert model.row_of("9") == -1
    assert model.counts == (40, 40)


def test_what_stays_in_its_place_is_only_told(qtbot, model, shelf):
    assert model.index(3, 1).data() == "-3"
    shelf.things["3"] = "thing 03", 99, ""
    with qtbot.assertNotEmitted(model.rowsInserted), qtbot.waitSignal(model.dataChanged):
        model.take({"3"})
    assert model.index(3, 1).data() == "99"


def test_sorted_by_a_column_a_row_finds_its_place(model, shelf):
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model)[:2] == ["thing 00", "thing 01"]
    shelf.things["9"] = "thing 09", 5, ""
    model.take({"9"})
    assert names(model)[:2] == ["thing 09", "thing 00"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert names(model)[0] == "thing 39"
    model.sort(-1)
    assert names(model)[0] == "thing 00"


def test_typing_finds_the_next_word_that_begins_so(model, shelf):
    shelf.things["x"] = "thing 20 omega", 0, ""
    model.take({"x"})
    assert model.find("om", 0) == model.row_of("x")
    assert model.find("thing 1", 15) == model.row_of("16")
    assert model.find("zz", 0) == -1


THINGS = st.dictionaries(
    st.sampled_from("pqrstuv"),
    st.tuples(st.sampled_from(["Ada", "bo", "Cy d"]), st.integers(0, 3), st.sampled_from("abc")),
    max_size=6,
)


@settings(deadline=None)
@given(
    THINGS,
    st.lists(
        st.tuples(THINGS, st.sampled_from([None, 0, 1, 2]), st.booleans(), st.sampled_from(["", "d", "bo"])), max_size=5
    ),
)
def test_it_always_stands_as_if_made_anew(first, changes):
    shelf = Shelf(dict(first))
    model = RegisterModel(COLUMNS, shelf)
    model.reload()
    for things, column, down, query in changes:
        touched = {k for k in things.keys() | shelf.things.keys() if things.get(k) != shelf.things.get(k)}
        shelf.things = dict(things)
        model.take(touched)
        fresh = RegisterModel(COLUMNS, shelf)
        fresh.set_filter(" ".join(model._query))
        if model._sorted_by is not None:
            fresh.sort(*model._sorted_by)
        fresh.reload()
        assert names(model) == names(fresh)
        assert model.counts == fresh.counts
        assert all(model.row_of(k) == fresh.row_of(k) for k in things)
        model.sort(
            -1 if column is None else column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        )
        model.set_filter(query)
