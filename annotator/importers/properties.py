"""What a word processor's file says of itself: a title and an author, where they are worth suggesting."""

from __future__ import annotations

from dataclasses import replace

import regex

from annotator import text as texts
from annotator.language import tr
from annotator.model import Draft

_NOBODY = regex.compile(
    r"(?:admin|administrator|(?:microsoft |registered |windows |home )?(?:office )?user|owner|root|unknown|anonymous|"
    r"author|default|office|guest|none|pc|me|test|benutzer|utilisateur|usuario|utente|gebruiker|python-docx|un-named)",
    flags=regex.IGNORECASE,
)
_NO_TITLE = regex.compile(
    r"microsoft (?:word|office)\b.*|.*\.(?:docx?|docm|odt|rtf|pdf|txt|html?|pages|wpd)"
    r"|(?:untitled|unbenannt|sans titre|sin título|senza titolo|naamloos|document|dokument|documento|title|titel|none|"
    r"word document|powerpoint presentation|slide)[ _-]?\d*|[\d\W_]+|\S*[_/\\]\S*",
    flags=regex.IGNORECASE,
)


def suggest(draft: Draft, *, title: str = "", author: str = "") -> Draft:
    """Return a draft with what its file's properties say, where the article itself says nothing of it."""
    title, author = (" ".join(texts.clean(said).text.split()) for said in (title, author))
    report, facts, name = draft.report, dict(draft.facts), draft.title
    found = dict(report.facts_from)
    where = tr("the document’s properties")
    is_makeshift = found.get("title") in (tr("the first words"), tr("the file’s name"))
    if is_makeshift and title and len(title) < 300 and not _NO_TITLE.fullmatch(title):
        name, found["title"] = title, where
    if "byline" not in facts and _is_somebody(author):
        facts["byline"], found["byline"] = author, where
    return replace(draft, title=name, facts=facts, report=replace(report, facts_from=found))


def _is_somebody(author: str) -> bool:
    if _NOBODY.fullmatch(author) or len(author) > 200 or "@" in author or regex.search(r"\p{L}{2}", author) is None:
        return False
    return " " in author or not author.isascii()
