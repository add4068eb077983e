"""E-books (.epub): the chapters in the order of reading, those that were chosen or all that fit; notes apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from annotator.errors import ReadError
from annotator.importers import web
from annotator.importers.book.looks import Look, looks, with_headings
from annotator.importers.book.package import TITLE, Item, Package, package_of
from annotator.importers.book.page import page_of
from annotator.importers.containers import Container
from annotator.importers.encoding import declared_in, decode
from annotator.importers.manuscript import Manuscript
from annotator.importers.story import Piece
from annotator.importers.web import tree as web_tree
from annotator.language import tr, trn
from annotator.model import Chapter, Draft, ReadOptions

MEDIA_TYPE = "application/epub+zip"

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_STYLE_BYTES = 500_000
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")
_WHERE = tr("the book’s own description")


@dataclass
class _Chapter:
    """A chapter that was read: its text, and its notes."""

    made: Manuscript
    notes: list[str] = field(default_factory=list[str])
    marks: int = 0
    is_whole: bool = True
    """False where it alone is longer than an article may be."""


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return an e-book as a draft. Raises ReadError where it is none, is protected, or has no text.

    A book longer than an article may be gives its first chapters that fit, and ``chapters`` to choose from.
    """
    container = Container(data)
    package = package_of(container)
    made = Manuscript(options)
    reading = _Reading(container, made, package)
    for item in package.items:
        reading.take(item)
        progress()
    reading.end()
    if made.is_empty:
        raise ReadError(_why_empty(container, package, reading, options))
    _facts(package, made)
    return made.draft(data, file_name, MEDIA_TYPE, head=reading.is_article)


def _why_empty(container: Container, package: Package, reading: _Reading, options: ReadOptions) -> str:
    """Return the end of a sentence that says why there is no text."""
    if options.chapters and not {item.key for item in package.items} & set(options.chapters):
        return tr("has none of the chapters that were chosen: choose again, or read all of it.")
    if reading.is_full:
        return tr(
            "has no chapter that fits: each is longer than an article may be. Save a part of it as text and read that."
        )
    if package.missing:
        return tr("is damaged: the chapters it names are not in it. Get it again.")
    if any(name.casefold().endswith(_PICTURES) for name in container.names):
        return tr("has no text: its pages are pictures. Have the words in them recognised (OCR) first.")
    return tr("has no text.")


def _facts(package: Package, made: Manuscript) -> None:
    title = package.title
    if len(made.options.chapters) == 1:
        chosen = next((c.title for c in made.chapters if c.key == made.options.chapters[0]), "")
        title = tr("{book}: {chapter}", book=title, chapter=chosen) if title and chosen else title or chosen
    made.fact("title", title, _WHERE)
    made.fact("byline", package.authors, _WHERE)
    made.fact("publication", package.publisher, _WHERE)
    made.fact("date", package.date, _WHERE)
    made.fact("language", package.language, _WHERE)
    made.fact("url", package.url, _WHERE)


class _Reading:
    """Reads chapter by chapter into one manuscript, as far as they are chosen and fit."""

    def __init__(self, container: Container, made: Manuscript, package: Package) -> None:
        self._container = container
        self._made = made
        self._package = package
        self._looks = _looks(container)
        self._notes: list[str] = []
        self._marks = 0
        self._taken = 0
        self.is_full = False
        """Whether a chapter that was wanted did not fit."""
        wanted = [item.key for item in package.items if self._is_wanted(item)]
        self._only = wanted[0] if len(wanted) == 1 else ""

    @property
    def is_article(self) -> bool:
        """Whether one chapter is read, which may have a headline and a byline as any article."""
        return bool(self._only)

    def _is_wanted(self, item: Item) -> bool:
        chosen = self._made.options.chapters
        return not item.contents and (item.key in chosen if chosen else not item.aside)

    def take(self, item: Item) -> None:
        """Read one part of the book: into the text, or only to say how long it is."""
        made, wanted = self._made, self._is_wanted(item)
        chapter = self._read(item)
        if chapter is None:
            return
        if item.contents:
            made.leave_out("navigation", text=" ".join(chapter.made.opening))
            return
        if chapter.made.is_empty and not chapter.notes:
            if wanted:
                made.take(chapter.made)  # a picture is left out of it, and that is to be said
            return
        if item.aside and self._are_missing(chapter):
            self._notes += chapter.notes
            return
        title = (item.title or chapter.made.first_heading)[:TITLE]
        if item.unlisted:
            title = title or posixpath.basename(item.key)
            made.note(tr("“{part}” is not in the book’s order of reading; it can be chosen.", part=title))
        title = title or tr("Part {n}", n=len(made.chapters) + 1)
        if not chapter.made.is_empty:
            words = chapter.made.words if len(self._package.items) > 1 else 0  # else nothing is to be chosen
            made.chapters.append(Chapter(item.key, title, words))
        if not wanted or not self._add(chapter):
            made.leave_out("chapter", text=title)

    def _are_missing(self, chapter: _Chapter) -> bool:
        """Say whether a part is only notes, just those the chapters refer to and that were nowhere yet."""
        return (
            chapter.made.is_empty
            and not (self._made.options.chapters or self.is_full)
            and len(chapter.notes) == self._marks - len(self._notes)
        )

    def _add(self, chapter: _Chapter) -> bool:
        """Add a chapter to the text, in the order of reading and without a gap; say whether it fitted."""
        if self.is_full or not chapter.is_whole:
            self.is_full = True
            return False
        try:
            self._made.take(chapter.made)
        except ReadError:
            self.is_full = True
            return False
        self._notes += chapter.notes
        self._marks += chapter.marks
        self._taken += 1
        return True

    def _read(self, item: Item) -> _Chapter | None:
        """Return a part as it is read; None where it is no text."""
        raw = self._container.read(item.key)
        made = Manuscript(self._made.options)
        try:
            decoded = decode(raw, declared=declared_in(raw))
        except ReadError:
            self._made.note(tr("“{part}” in it is no text and was left out.", part=item.key))
            return None
        made.changes.update(decoded.changes)
        if decoded.how == "guess":
            made.note(
                tr(
                    "“{part}” says no encoding; it was guessed to be {encoding}.",
                    part=item.key,
                    encoding=decoded.encoding,
                )
            )
        chapter = _Chapter(made)
        html = self._without_notes(chapter, item, _DECLARATION.sub("", decoded.text, count=1))
        try:
            if item.key == self._only:
                self._fill_article(made, html)
            else:
                _fill_chapter(made, html)
        except ReadError:
            chapter.is_whole = False
        return chapter

    def _without_notes(self, chapter: _Chapter, item: Item, source: str) -> str:
        """Return a part as HTML, with its notes in the chapter and what is shown as headings marked as such."""
        made = chapter.made
        try:
            page = page_of(source, first_mark=self._marks + 1 if made.options.footnotes else None)
        except ReadError:  # no XML, as it should be: read as a browser would
            made.note(
                tr(
                    "“{part}” is not written as a book’s should be; its notes, if any, stand in the text.",
                    part=item.key,
                )
            )
            return source
        chapter.notes, chapter.marks = page.notes, page.marks
        made.leave_out("page_number", page.page_numbers)
        return with_headings(page.html, self._looks)

    @staticmethod
    def _fill_article(made: Manuscript, html: str) -> None:
        web.fill(made, html, whole=True)
        for name in set(made.facts) - {"byline"}:
            del made.facts[name]
        made.can.clear()

    def end(self) -> None:
        """Put the notes at the end or leave them out, and tell what is missing."""
        made, package = self._made, self._package
        if len(made.chapters) > 1:
            made.can.add("chapters")
        else:  # nothing to choose
            made.chapters.clear()
        kept = Manuscript(made.options)
        try:
            for n, note in enumerate(self._notes, 1):
                kept.add_note(n, [Piece(note)])
            made.take(kept)
        except ReadError:
            made.can.add("footnotes")
            made.leave_out("note", len(self._notes))
            made.note(tr("Its notes, of which there are too many, were left out."))
        made.leave_out("picture", package.pictures)
        for place in package.missing[:20]:
            made.note(tr("“{part}” is named in it and missing.", part=place))
        if self.is_full:
            made.note(
                trn(
                    "It is longer than an article may be: its first {n} chapter was read. Choose which to read.",
                    "It is longer than an article may be: its first {n} chapters were read. Choose which to read.",
                    self._taken,
                )
            )


def _looks(container: Container) -> dict[str, Look]:
    """Return how the book's style sheets set their classes, as far as they are read."""
    found: dict[str, Look] = {}
    left = _STYLE_BYTES
    for name in container.names:
        if name.casefold().endswith(".css") and left > 0:
            sheet = b""
            with suppress(ReadError):  # the text can be read without it
                for chunk in container.chunks(name):
                    sheet += chunk[:left]
                    left -= len(chunk)
                    if left <= 0:
                        break
            found.update(looks(sheet.decode("utf-8", "replace")))
    return found


def _fill_chapter(made: Manuscript, html: str) -> None:
    """Fill from one of several chapters: its headings stay headings of a longer text."""
    page = web_tree.parse(html)
    for line in page.lines:
        made.add(line.text, line.kind, line.level)
        made.leave_out("address", line.addresses)
    for left in page.left:
        made.leave_out(left.what, text=left.text)
    made.leave_out("comment", page.counts["comment"])
    made.leave_out("script", page.counts["script"])
    made.change(tr("quotation marks a browser sets, put into the text"), page.counts["q"])
