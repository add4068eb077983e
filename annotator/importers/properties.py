"""What a word processor's file says of itself: a title and an author, where they are worth suggesting."""

from __future__ import annotations

from dataclasses import replace

import regex

from annotator import text as texts
from annotator.language import tr
from annotator.model import Draft

_NOBODY = regex.compile(
    r"(?:admin|administrator|(?:microsoft |registered |windows |home )?(?:office )?user|utilisateur windows|owner|root|unknown"
    r"|anonymous|author|default|office|guest|none|pc|me|test|benutzer|utilisateur|usuario|utente|gebruiker|python-docx|un-named)",
    flags=regex.IGNORECASE,
)
_NO_TITLE = regex.compile(
    r"microsoft (?:word|powerpoint|excel|office)\b.*"
    r"|.*\.(?:docx?|docm|odt|rtf|pdf|txt|html?|pages|wpd|indd|qxd|tex|dvi|pptx?|xlsx?|p65|pmd)"
    r"|(?:untitled|unbenannt|sans titre|sin título|senza titolo|naamloos|document|dokument|documento|title|titel|none|noname|print"
    r"|word document|powerpoint presentation|slide|layout|page)[ _-]?\d*|[\d\W_]+|\S*[_/\\]\S*",
    flags=regex.IGNORECASE,
)
_LONGEST = 300


def title_of(said: str) -> str:
    """Return a title as properties give it; empty where it is only a file's or a program's word."""
    title = _plain(said)
    return title if len(title) < _LONGEST and not _NO_TITLE.fullmatch(title) else ""


def author_of(said: str) -> str:
    """Return an author as properties give him; empty where it is no person's name but an account's."""
    author = _plain(said)
    if _NOBODY.fullmatch(author) or len(author) > 200 or "@" in author or regex.search(r"\p{L}{2}", author) is None:
        return ""
    return author if " " in author or not author.isascii() else ""


def suggest(draft: Draft, *, title: str = "", author: str = "") -> Draft:
    """Return a draft with what its file's properties say, where the article itself says nothing of it."""
    title, author = title_of(title), author_of(author)
    report, facts, name = draft.report, dict(draft.facts), draft.title
    found = dict(report.facts_from)
    where = from_properties()
    if title and found.get("title") in (tr("the first words"), tr("the file’s name")):
        name, found["title"] = title, where
    if author and "byline" not in facts:
        facts["byline"], found["byline"] = author, where
    return replace(draft, title=name, facts=facts, report=replace(report, facts_from=found))


def from_properties() -> str:
    """Return the words for where such a fact was found."""
    return tr("the document’s properties")


def _plain(said: str) -> str:
    return " ".join(texts.clean(said).text.split())
