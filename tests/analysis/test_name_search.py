"""Names that are typed: the start first, near misses last."""

from __future__ import annotations

from annotator.analysis.name_search import Name, find_names


def test_names_start_before_middle_before_near_miss():
    names = [
        Name("1", "Ida Brook"),
        Name("2", "Brook Council"),
        Name("3", "Seabrook"),
        Name("4", "Harbour", ("The brokers",)),
    ]
    assert [n.id for n in find_names("brook", names)] == ["2", "1", "3", "4"]
    assert [n.id for n in find_names("brok", names)] == ["4", "2", "1"]


def test_nothing_typed_finds_nothing():
    assert find_names("  ", [Name("1", "Ida Brook")]) == []


def test_accents_need_not_be_typed():
    assert [n.id for n in find_names("celik", [Name("1", "Hélène Çelik"), Name("2", "Ida Brook")])] == ["1"]
