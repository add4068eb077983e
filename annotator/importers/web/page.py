"""What a page holds: its lines in reading order, the elements they stand in, what it leaves out, and its head."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import regex

_SPACE = regex.compile(r"[ \t\n\r\f]+")
BREAK = "\u2028"
"""What stands between blocks in an element's text."""

APART = " · "
"""What stands between the lines of a passage that was left out, shown as one."""


@dataclass(slots=True, eq=False)
class Node:
    """An element: what it is, where it stands, and which lines (``first`` to ``end``) have text of it."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None
    kind: str = "paragraph"
    level: int = 0
    gone: str = ""
    """Why nothing in it is part of the text: a kind of ``left_out.KINDS``."""
    pre: bool = False
    depth: int = 0
    first: int = 0
    end: int = 0
    part: int = 0
    part_end: int = 0
    item: Node | None = None
    """The list item around it."""
    marker: str = ""
    count: int = 1
    links: bool = False
    apart: bool = False
    """It stands on a line of its own whatever its tag: a kicker in a headline."""


@dataclass(slots=True, eq=False)
class Line:
    """A line of the page's text: what it is, the innermost element around it, characters and addresses of links."""

    text: str
    kind: str
    level: int
    node: Node
    linked: int = 0
    addresses: int = 0
    made: Counter[str] | None = None
    """Quotation marks ("q") and spaces ("space") set into it, passages struck out in it ("struck")."""


@dataclass(slots=True)
class Left:
    """Something that is no part of the text, its words, and the number of the line it would have stood in."""

    what: str
    text: str
    at: int


@dataclass
class Page:
    """Everything a page says: its lines, its elements in document order, and what stands in its head."""

    lines: list[Line] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    title: str = ""
    language: str = ""
    base: str = ""
    saved_from: str = ""
    """The address a browser says it saved the page from."""
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """Scripts and comments."""
    without_scripts: bool = False
    """All it shows is for browsers that run no scripts."""
    with_hidden: bool = False
    """What it hides was taken as shown, for there is hardly anything else."""
    most_hidden: int = 0
    """Letters of the longest passage it hides."""
    deepest: int = 0
    parts: list[str] = field(default_factory=list)

    def text(self, node: Node, most: int = 500, *, apart: str = " ") -> str:
        """Return the beginning of an element's text on one line, its blocks parted; that of an inline element too."""
        found: list[str] = []
        length = 0
        for n in range(node.part, node.part_end):
            found.append(self.parts[n][:most])
            length += len(found[-1])
            if length > most:
                break
        return _SPACE.sub(" ", "".join(found).replace(BREAK, apart)).strip(" ")
