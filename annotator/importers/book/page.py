"""A chapter's mark-up before it is read as a page: its notes are taken out of it, and what XML writes otherwise is HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from annotator.importers import markup

_PREFIXES = {
    "http://www.w3.org/1999/xhtml": "h",
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_NOTES = frozenset(("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote", "footnotes", "endnotes",
                    "rearnotes", "doc-endnotes"))  # fmt: skip
_MARKS = frozenset(("noteref", "doc-noteref"))
_PAGE_NUMBERS = frozenset(("pagebreak", "doc-pagebreak"))
_BACK = frozenset(("referrer", "backlink", "doc-backlink"))
_NUMBER = re.compile(r"[\[(]?[\w*†‡§]{1,4}[\])]?[.:]?")
_ARROW = re.compile("[↩↑⤴⏎^←]\ufe0e?")
_BLOCKS = frozenset(
    ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "aside", "section", "blockquote", "dd", "dt")
)


@dataclass
class Page:
    """A chapter as HTML, and the notes that stood in it, each on one line."""

    html: str
    notes: list[str] = field(default_factory=list[str])
    marks: int = 0
    page_numbers: int = 0


def page_of(source: str, *, first_mark: int | None = None) -> Page:
    """Return a chapter with its notes apart.

    ``first_mark``: where notes are kept, the number to write for the first that is referred to; else their marks go
    too. Raises ReadError where it is no XML: then it has to be read as it is.
    """
    taker = _Taker(first_mark)
    markup.walk(source.encode("utf-8"), taker, _PREFIXES)
    taker.end_note()
    return Page("".join(taker.out), taker.notes, taker.marks, taker.page_numbers)


class _Taker:
    """Writes the events of a walk as HTML; what is in a note goes to the notes."""

    def __init__(self, first_mark: int | None) -> None:
        self._first_mark = first_mark
        self.out: list[str] = []
        self.notes: list[str] = []
        self.marks = 0
        self.page_numbers = 0
        self._depth = 0
        self._note_at = 0
        self._gone_at = 0
        self._note: list[str] = []
        self._link_at: int | None = None
        self._number = ""
        """The number of a note that was dropped just now; some write it once more behind it."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._gone_at:
            return
        tag = _plain(name)
        types = frozenset(f"{attributes.get('epub:type', '')} {attributes.get('role', '')}".split())
        if types & _PAGE_NUMBERS:
            self.page_numbers += 1
            self._gone_at = self._depth
        elif types & _MARKS or (self._note_at and types & _BACK):
            if types & _MARKS and not self._note_at:
                if self._first_mark is not None:
                    self.out.append(f"[{self._first_mark + self.marks}]")
                self.marks += 1
            self._gone_at = self._depth
        elif types & _NOTES and tag not in ("a", "html", "body"):
            self.end_note()
            self._note_at = self._note_at or self._depth
        elif self._note_at:
            if tag == "li":
                self.end_note()
            elif tag in _BLOCKS:
                self._note.append(" ")
            elif tag == "a" and "#" in attributes.get("href", ""):
                self._link_at = len(self._note)
        else:
            given = "".join(
                f' {_plain(key)}="{html.escape(value)}"' for key, value in attributes.items() if _is_name(key)
            )
            self.out.append(f"<{tag}{given}>")

    def end(self, name: str) -> None:
        tag = _plain(name)
        if not self._gone_at and not self._note_at and tag not in _VOID:
            self.out.append(f"</{tag}>")
        if self._gone_at == self._depth:
            self._gone_at = 0
        elif self._note_at == self._depth:
            self.end_note()
            self._note_at = 0
        elif tag == "a" and self._link_at is not None:
            self._end_link(self._link_at)
        self._depth -= 1

    def text(self, characters: str) -> None:
        if self._gone_at:
            return
        if self._note_at:
            number, self._number = self._number, ""
            if not number or characters.strip() != number:
                self._note.append(characters)
        else:
            self.out.append(html.escape(characters, quote=False))

    def _end_link(self, at: int) -> None:
        """Drop a link that leads back to the text: the note's number before it, or an arrow behind it."""
        before, shown = "".join(self._note[:at]).strip(), "".join(self._note[at:]).strip()
        if _ARROW.fullmatch(shown) or (not before and _NUMBER.fullmatch(shown)):
            del self._note[at:]
            self._number = "" if before else shown
        self._link_at = None

    def end_note(self) -> None:
        """Finish the note that was begun; one stands in a list of them or alone."""
        words = " ".join("".join(self._note).split())
        self._note.clear()
        self._link_at, self._number = None, ""
        if words:
            self.notes.append(words)


def _plain(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return rest if prefix in ("h", "svg", "math", "xml") and rest else name.rpartition("}")[2]


def _is_name(key: str) -> bool:
    return not key.startswith("{") and all(c.isalnum() or c in ":-_." for c in key)
