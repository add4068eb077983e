"""The registry: each kind of original is read by the module it names, in the child, and offered where files are chosen."""

from __future__ import annotations

from importlib import import_module

import pytest

from annotator import importers
from annotator.importers import READERS
from annotator.importers.readers import reader_for
from annotator.importers.sandbox import Pool
from tests.hostile import seeds
from tests.hostile.richer import richer


def test_no_ending_has_two_readers():
    assert len(set(importers.EXTENSIONS)) == len(importers.EXTENSIONS)
    assert all(e == e.casefold() and e.startswith(".") for e in importers.EXTENSIONS)


@pytest.mark.parametrize("name", list(READERS))
def test_each_module_has_a_read(name: str):
    assert callable(import_module(READERS[name].module).read)


def test_the_ending_decides_whatever_its_case():
    assert reader_for("A.HTML") is READERS["web"]
    assert reader_for("a.b.docx") is READERS["word"]
    assert reader_for("a") is READERS["plain"]
    assert reader_for("a.xyz") is None


def test_files_are_offered_by_kind_and_all_together():
    choices = importers.file_filter().split(";;")
    assert choices[0].startswith("Articles (*.txt ")
    assert len(choices) == len(READERS) + 1


def test_every_kind_is_read_in_one_warm_process():
    with Pool() as pool:
        for name, data in {**seeds.seeds(), **richer()}.items():
            draft = pool.read_bytes(data, name)
            assert (draft.file_name, draft.original) == (name, data)
            assert draft.report.notes == tuple(n for n in draft.report.notes if "Its name ends in" not in n)
            if not name.endswith("rich.pdf"):
                assert seeds.WORDS in draft.text, name
