"""An e-book's package: which of its parts are read, in which order, what they are called, and what is said of the book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from annotator.errors import ReadError
from annotator.importers import markup
from annotator.importers.containers import Container
from annotator.importers.spoken import plain_tag
from annotator.language import tr

TITLE = 200
"""Longest title of a chapter; a longer one is cut."""

_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of hiding fonts from being copied, which hide no text."""

_PAGES = ("application/xhtml+xml", "text/html", "application/html", "text/x-oeb1-document", "application/x-dtbook+xml",
          "application/xml", "text/xml")  # fmt: skip
_TEXTS = _PAGES[:5]
"""Kinds that are written for readers, whatever the part is called."""

_DAY = re.compile(r"\s*([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:T.*)?\s*")


@dataclass(frozen=True)
class Item:
    """A part of a book that stands in the order of reading. ``key`` names it for good: its place in the container."""

    key: str
    title: str
    aside: bool = False
    """Whether it stands outside the running text (notes, answers)."""
    contents: bool = False
    """Whether it is the table of contents."""
    unlisted: bool = False
    """Whether the book holds it without naming it in the order of reading: then it is aside."""


@dataclass
class Package:
    """What a book says of itself."""

    items: list[Item] = field(default_factory=list[Item])
    missing: list[str] = field(default_factory=list[str])
    pictures: int = 0
    title: str = ""
    authors: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    url: str = ""


def package_of(container: Container) -> Package:
    """Return a book's package. Raises ReadError for what is no book, is protected against copying, or is damaged."""
    _check_protection(container)
    place = _place(container)
    root = markup.parse(container.read(place), place)
    package = Package()
    _metadata(root, package)
    manifest = _manifest(root, posixpath.dirname(place))
    titles, contents = _titles(container, root, manifest)
    _spine(container, root, manifest, titles, contents, package)
    return package


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _each(root: Any, *names: str) -> Iterator[Any]:
    return (element for element in root.iter() if local(element) in names)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _place(container: Container) -> str:
    """Return where the package's own file is."""
    entry = container.find("META-INF/container.xml")
    if entry is not None:
        for element in _each(markup.parse(container.read(entry), entry), "rootfile"):
            found = container.find(unquote(element.get("full-path", "")).lstrip("/"))
            if found is not None:
                return found
    for name in container.names:
        if name.casefold().endswith(".opf"):
            return name
    if container.find("word/document.xml") is not None:
        raise ReadError(tr("is no e-book but a Word file: name it .docx and read it again."))
    raise ReadError(tr("is no e-book: it holds no list of its parts."))


def _check_protection(container: Container) -> None:
    """Refuse a book whose text is encrypted; fonts that are hidden are no matter."""
    entry = container.find("META-INF/encryption.xml")
    if entry is None:
        return
    for data in markup.parse(container.read(entry), entry).iter():
        if local(data) != "EncryptedData":
            continue
        methods = [v for m in data if local(m) == "EncryptionMethod" for k, v in m.items() if k == "Algorithm"]
        if not methods or any(method not in _FONTS_ONLY for method in methods):
            raise ReadError(
                tr("is protected against copying (DRM): it can only be read in the program it was bought for.")
            )


def _manifest(root: Any, folder: str) -> dict[str, tuple[str, str, str]]:
    """Return place, kind and properties of each part by its id."""
    found: dict[str, tuple[str, str, str]] = {}
    for element in _each(root, "item"):
        href = element.get("href", "")
        if element.get("id") and href:
            kind = element.get("media-type", "").strip().casefold()
            found.setdefault(element.get("id"), (resolved(folder, href), kind, element.get("properties", "")))
    return found


def resolved(folder: str, href: str) -> str:
    """Return the place in the container of what a part in a folder refers to, without the place inside it."""
    path = unquote(href.split("#")[0].split("?")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _titles(
    container: Container, root: Any, manifest: dict[str, tuple[str, str, str]]
) -> tuple[dict[str, str], set[str]]:
    """Return what the tables of contents call each part, and which parts are such tables."""
    entries: dict[str, list[tuple[int, str]]] = {}
    spine = next(_each(root, "spine"), None)
    ncx = manifest.get(spine.get("toc", "") if spine is not None else "", ("", "", ""))[0]
    navs = [place for place, _, properties in manifest.values() if "nav" in properties.split()]
    old = [place for place, kind, _ in manifest.values() if kind == "application/x-dtbncx+xml" or place == ncx]
    for place in (*navs, *old):
        name = container.find(place)
        if name is None:
            continue
        try:
            table = markup.parse(container.read(name), name)
        except ReadError:  # a book without its table of contents is a book all the same
            continue
        known = frozenset(entries)
        for href, title, depth in _entries(table):
            target = resolved(posixpath.dirname(name), href)
            if target not in known:
                entries.setdefault(target, []).append((depth, title))
    return {place: _title(found) for place, found in entries.items()}, {*navs}


def _title(entries: list[tuple[int, str]]) -> str:
    """Return what a part is called that the table of contents names once, or in several places of one level."""
    top = min(depth for depth, _ in entries)
    titles = [title for depth, title in entries if depth == top]
    half = TITLE // 2
    return titles[0][:TITLE] if len(titles) == 1 else f"{titles[0][:half]} … {titles[-1][:half]}"


def _entries(table: Any) -> Iterator[tuple[str, str, int]]:
    """Yield the address, title and level of each line of a table of contents."""
    for link in _each(table, "a", "navPoint"):
        if local(link) == "a":
            href, title = link.get("href", ""), _text(link)
        else:
            content = next((c for c in link if local(c) == "content"), None)
            label = next((c for c in link if local(c) == "navLabel"), None)
            href = content.get("src", "") if content is not None else ""
            title = _text(label) if label is not None else ""
        if href and title:
            yield href, title, sum(local(above) in ("ol", "navPoint") for above in link.iterancestors())


def _spine(
    container: Container,
    root: Any,
    manifest: dict[str, tuple[str, str, str]],
    titles: dict[str, str],
    contents: set[str],
    package: Package,
) -> None:
    seen: set[str] = set()
    references = [element for spine in _each(root, "spine") for element in spine if local(element) == "itemref"]
    for reference in references:
        place, kind, _ = manifest.get(reference.get("idref", ""), ("", "", ""))
        name = container.find(place) if place else None
        if name is None:
            package.missing.append(place or reference.get("idref", ""))
        elif name in seen:  # a part stands in a book once, however often it is called
            continue
        elif kind.startswith("image/"):
            package.pictures += 1
        elif kind in _PAGES or name.casefold().endswith((".xhtml", ".html", ".htm", ".xml")):
            aside = reference.get("linear", "").casefold() == "no"
            package.items.append(Item(name, titles.get(place, ""), aside, place in contents))
        seen.add(name or "")
    for place, kind, _ in manifest.values():  # a chapter may lead to them all the same, as to notes
        name = container.find(place)
        if kind in _TEXTS and name is not None and name not in seen and place not in contents:
            seen.add(name)
            package.items.append(Item(name, titles.get(place, ""), aside=True, unlisted=True))


def _metadata(root: Any, package: Package) -> None:
    names: dict[str, list[Any]] = {}
    for metadata in _each(root, "metadata"):
        for element in metadata.iter():
            names.setdefault(local(element), []).append(element)
    package.title = next((t for t in map(_text, names.get("title", ())) if t), "")
    refined = {m.get("refines", "").lstrip("#"): _text(m) for m in names.get("meta", ()) if m.get("property") == "role"}
    creators = [
        _text(element)
        for element in names.get("creator", ())
        if next((v for k, v in element.items() if k.endswith("role")), refined.get(element.get("id"), "aut")) == "aut"
    ]
    package.authors = ", ".join(dict.fromkeys(filter(None, creators)))
    package.publisher = next((t for t in map(_text, names.get("publisher", ())) if t), "")
    package.language = plain_tag(next((t for t in map(_text, names.get("language", ())) if t), "")) or ""
    package.date = _date(names.get("date", ()))
    identifiers = (*map(_text, names.get("identifier", ())), *map(_text, names.get("source", ())))
    package.url = next((t for t in identifiers if t.startswith(("http://", "https://"))), "")


def _date(elements: Any) -> str:
    """Return the day the book was published; the day its file was made or changed is no such day."""
    said = [(next((v for k, v in e.items() if k.endswith("event")), ""), _text(e)) for e in elements]
    wanted = [t for event, t in said if event == "publication"] or [t for event, t in said if not event]
    for text in wanted:
        match = _DAY.fullmatch(text[:60])
        if match:
            return match[1]
    return next((text for text in wanted if text), "")
