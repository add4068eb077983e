"""What an import is going to do, before it does it: how many of what, what becomes what, what cannot be placed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator import text as texts
from annotator.language import tr, trn
from annotator.model.exchange import Lists
from annotator.project import Project

MOST_BYTES = 300 << 20
"""The largest file that is read, in bytes."""


@dataclass(frozen=True)
class Problem:
    """Something in a file that was left out or is not as the file says; ``line`` counts from 1, None for the whole file.

    ``what`` names it in the file's own words; ``why`` is a sentence. ``kept``: it comes in all the same, as the sentence says.
    """

    file: str
    line: int | None
    what: str
    why: str
    kept: bool = False

    def told(self) -> str:
        """Return one line for people."""
        place = self.file if self.line is None else tr("{file}, line {line}", file=self.file, line=f"{self.line:,}")
        return f"{place}: {self.what}: {self.why}" if self.what else f"{place}: {self.why}"


@dataclass(frozen=True)
class Mapped:
    """What something of a file becomes, and how often."""

    theirs: str
    ours: str
    n: int


@dataclass
class Counts:
    """Of one kind of thing: how many come in, are there already, are left out, or come in without a place."""

    new: int = 0
    there: int = 0
    left_out: int = 0
    orphans: int = 0


@dataclass
class Plan:
    """An import that was looked through and not done yet. ``take`` does it, in one step."""

    files: tuple[str, ...]
    counts: dict[str, Counts] = field(default_factory=dict[str, Counts])
    """By what is counted: a list of ``model.exchange``."""
    mappings: list[Mapped] = field(default_factory=list[Mapped])
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[str] = field(default_factory=list[str])
    """What else a person should know of how the files were read."""
    lists: Lists = field(default_factory=Lists)
    settings: Mapping[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not any(self.lists.values())

    def count(self, list_: str) -> Counts:
        """Return the counts of a list, to be added to."""
        return self.counts.setdefault(list_, Counts())

    def take(self, project: Project) -> None:
        """Write what was planned as one step; nothing is written where nothing is new. Raises what a verb raises."""
        if not self.is_empty:
            if len(self.files) == 1:
                name = tr("import marks from “{file}”", file=texts.shortened(self.files[0], 40))
            else:
                name = trn("import marks from {n} file", "import marks from {n} files", len(self.files))
            project.take_rows(name, self.lists, self.settings)
