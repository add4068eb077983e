"""What a file's properties say: titles and authors, and what is only a program's or an account's word."""

from __future__ import annotations

import pytest

from annotator.importers.properties import author_of, title_of


@pytest.mark.parametrize(
    "said",
    [
        "Microsoft Word - draft",
        "draft_3.docx",
        "layout 3",
        "Slide 3",
        "page.indd",
        "Document1",
        "untitled",
        "12/3",
        "a/b",
        "",
    ],
)
def test_what_is_no_title(said: str):
    assert title_of(said) == ""


def test_titles():
    assert title_of("  The ferry\nstays ") == "The ferry stays"
    assert title_of("Document of the year") == "Document of the year"


@pytest.mark.parametrize(
    "said",
    ["Admin", "Microsoft Office User", "utilisateur windows", "guest", "kowalski", "a@post.example", "12 34", ""],
)
def test_who_is_nobody(said: str):
    assert author_of(said) == ""


def test_authors():
    assert author_of(" Ana  Reed") == "Ana Reed"
    assert author_of("林晓舟") == "林晓舟"
