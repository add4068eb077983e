"""A file that is being added: what came of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model import Id

if TYPE_CHECKING:
    from annotator.importers import Draft, ReadOptions

WAITING, READING, LOOKING, ADDED, THERE, FAILED, SKIPPED, STOPPED, GONE, OTHER = (
    "waiting", "reading", "looking", "added", "there", "failed", "skipped", "stopped", "gone", "other",
)  # fmt: skip
DONE = frozenset({ADDED, THERE, FAILED, SKIPPED, STOPPED, GONE})
TO_TRY = frozenset({FAILED, STOPPED, GONE, OTHER})
"""States of files that can be tried again."""


@dataclass(eq=False)
class Item:
    """A file with what came of it so far."""

    path: Path
    state: str = WAITING
    reason: str = ""
    is_so: str = ""
    """The reason as the end of a sentence that begins with the file's name, where it is one."""
    title: str = ""
    publication: str = ""
    date: str = ""
    words: int = 0
    encoding: str = ""
    """The encoding, where it was guessed."""
    article: Id | None = None
    """The article made of it, or the one that has the same content."""
    twin: str = ""
    """That one's title."""
    sha: str = ""
    """The checksum of its text."""
    options: ReadOptions | None = None
    """How a person wants it read."""
    old: Id | None = None
    """The article that the one now read takes the place of: the same file read otherwise."""
    facts: dict[Id, dict[str, str]] = field(default_factory=dict[Id, dict[str, str]])
    """By article made of it, the title and the facts it was made with."""
    anyway: bool = False
    """Whether it is added though its content is there already."""

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return self.path.name.encode("utf-8", "replace").decode("utf-8")

    @property
    def folder(self) -> str:
        """The name of the folder it is in, fit to be shown."""
        return self.path.parent.name.encode("utf-8", "replace").decode("utf-8")

    def end(self, state: str, why: str = "") -> None:
        """Say that nothing more comes of it; the article it was already stays what it is."""
        self.state, self.reason, self.is_so = state if self.old is None else ADDED, why, ""

    def take(self, draft: Draft, words: int) -> None:
        """Note what was found in it."""
        self.title, self.words = draft.title, words
        self.publication, self.date = draft.facts.get("publication", ""), draft.facts.get("date", "")
        self.encoding = draft.report.encoding if draft.report.how == "guess" else ""
