"""Reads a written report back: parts, comment ranges, links, the article's own runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABELS = {"ClaimMark", "SourceMark", "ParagraphNumber"}


class Docx:
    """A .docx file's parts as trees."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> etree._Element:
        return self.tree("word/document.xml")[0]

    def article(self) -> list[etree._Element]:
        return [p for p in self.body.findall(f"{W}p") if style(p).startswith("Article")]

    def comments(self) -> dict[str, list[str]]:
        if "word/comments.xml" not in self.parts:
            return {}
        found = self.tree("word/comments.xml").findall(f"{W}comment")
        return {c.get(f"{W}id"): ["".join(words(p)) for p in c.findall(f"{W}p")] for c in found}

    def ranges(self) -> dict[str, str]:
        """Return the article's words in each comment's range, paragraphs joined by a line end."""
        open_, found = set[str](), dict[str, str]()
        for n, p in enumerate(self.article()):
            for id_ in open_ if n else ():
                found[id_] += "\n"
            for node in p.iter():
                if node.tag == f"{W}commentRangeStart":
                    open_.add(node.get(f"{W}id"))
                    found[node.get(f"{W}id")] = ""
                elif node.tag == f"{W}commentRangeEnd":
                    open_.discard(node.get(f"{W}id"))
                elif node.tag == f"{W}r" and not is_label(node):
                    for id_ in open_:
                        found[id_] += run_words(node)
        assert not open_
        return found


def style(p: etree._Element) -> str:
    found = p.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def is_label(run: etree._Element) -> bool:
    found = run.find(f"{W}rPr/{W}rStyle")
    return found is not None and found.get(f"{W}val") in LABELS


def run_words(run: etree._Element) -> str:
    kinds = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join((n.text or "") if kinds[n.tag] is None else kinds[n.tag] for n in run if n.tag in kinds)


def words(p: etree._Element, *, labels: bool = True) -> Iterator[str]:
    for run in p.iter(f"{W}r"):
        if labels or not is_label(run):
            yield run_words(run)
