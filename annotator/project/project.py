"""Project: an open project file with every verb and every list; the one door through which anything is written."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import (
    Article,
    Block,
    Coder,
    Id,
    Layer,
    SentenceMark,
)
from annotator.model.values import BLOCK_KINDS, ZONES
from annotator.paths import is_same
from annotator.project.core import one_line, reads
from annotator.project.interchange import Interchange
from annotator.storage import Step, Store, copies, integrity
from annotator.storage.articles import Original
from annotator.vocabulary import label


class Project(Interchange):
    """One project file, open. Close it when done; a read-only one refuses every verb in one sentence."""

    # -- opening and closing

    @classmethod
    def create(cls, path: Path, *, coder: str = "Me", profile: str = "editor") -> Self:
        """Make a new project with one coder and one layer. Raises ProjectError where the place is taken."""
        name = _short_name(coder)
        made = Coder(name=name, initials=texts.initials(name))
        layer = Layer(coder=made.id, kind="work", name="")
        return cls(Store.create(path, records=(made, layer), meta={"layer": layer.id, "profile": profile}))

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project; for reading only where it cannot be written. Raises NotAProject or ProjectError."""
        return cls(Store.open(path, read_only=read_only))

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._store.close()

    @contextmanager
    def held(self) -> Generator[None]:
        """Let a verb, what it reads before it and what its notice makes others read be quick: under one lock each."""
        with self._store.held():
            yield

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._store.path

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._store.read_only

    @property
    def why_read_only(self) -> str:
        """A sentence for the user; empty where the project can be written."""
        return self._store.why_read_only

    @property
    def updated(self) -> str:
        """A sentence for the user where the file was brought up to this version of the program; else empty."""
        return self._store.updated

    # -- articles

    @reads
    def article_ids(self) -> list[Id]:
        """Return the id of every article, in the order they were added."""
        return self._store.articles.ids()

    @reads
    def titles(self) -> dict[Id, str]:
        """Return the title of every article, in the order they were added; counts nothing."""
        return {a.id: a.title for a in self._records.find(Article)}

    def article(self, article: Id) -> Article:
        """Return an article's facts. Raises RuleBroken where it is gone."""
        return self._need(Article, article)

    @reads
    def blocks(self, article: Id) -> tuple[Block, ...]:
        """Return the blocks of the current version."""
        return self._store.articles.blocks(self.version(article).id)

    @reads
    def original(self, article: Id) -> Original | None:
        """Return the bytes the article was read from."""
        return self._store.articles.original(article)

    def set_zone(self, article: Id, block_start: int, zone: str, *, kind: str | None = None, level: int | None = None,
                 initiator: object | None = None) -> None:  # fmt: skip
        """Set the zone (and kind) of the block that starts at an offset."""
        if zone not in ZONES or (kind is not None and kind not in BLOCK_KINDS):
            raise RuleBroken(tr("This is not a zone of an article."))
        version = self.version(article)
        for block in self._store.articles.blocks(version.id):
            if block.start == block_start:
                new = replace(block, zone=zone, kind=kind or block.kind, level=block.level if level is None else level)
                if new != block:
                    with self._action(tr("make a paragraph {zone}", zone=label(zone)), initiator):
                        self._store.articles.put_block(version.id, new)
                return
        raise RuleBroken(tr("There is no paragraph here."))

    def mark_sentence(
        self, article: Id, start: int, end: int, mark: str | None = "not_a_claim", *, initiator: object | None = None
    ) -> None:
        """Say of a sentence that it is not a claim; None takes that back."""
        version, layer = self.version(article), self.layer.id
        there = self._store.articles.sentence_marks_in(version.id, layer, start, end)
        if (mark is None) == (not there):
            return
        with self._action(
            tr("mark a sentence as not a claim") if mark else tr("take back that a sentence is not a claim"), initiator
        ) as records:
            for old in there:
                records.delete(SentenceMark, old.id)
            if mark:
                records.put(SentenceMark(version=version.id, layer=layer, start=start, end=end, mark=mark))

    # -- the project itself

    @property
    @reads
    def profile(self) -> str:
        """Which fields and panels show: teacher, editor or researcher."""
        return self._store.meta("profile") or "editor"

    def set_profile(self, profile: str) -> None:
        """Choose the profile; no value is ever deleted by it."""
        self._store.set_meta("profile", profile)

    @reads
    def meta(self, key: str) -> str | None:
        """Return a setting kept in the file, or None."""
        return self._store.meta(key)

    def set_meta(self, key: str, value: str | None) -> None:
        """Keep a setting in the file; not a step of the history."""
        self._store.set_meta(key, value)

    @reads
    def layers(self) -> list[tuple[Layer, str]]:
        """Return the sets of marks, each with its coder's name."""
        names = {c.id: c.name for c in self._records.find(Coder)}
        return [(layer, names.get(layer.coder or "", "")) for layer in self._records.find(Layer)]

    def set_coder_name(self, name: str, initials: str | None = None, *, initiator: object | None = None) -> None:
        """Name the person at work; the name stands in reports and comments."""
        kept = _short_name(name)
        new = replace(self.coder, name=kept, initials=one_line(initials) or texts.initials(kept))
        if new != self.coder:
            with self._action(tr("name the coder {name}", name=kept), initiator) as records:
                records.put(new)

    # -- history

    @reads
    def steps(self) -> list[Step]:
        """Return the history, oldest first; undone steps come last."""
        return self._store.steps()

    @property
    def redo_step(self) -> Step | None:
        """The step redo would do again."""
        return self._store.next_step(undone=True)

    def undo(self, *, initiator: object | None = None) -> Step | None:
        """Take back the last step; returns it, or None where there is none."""
        if self.undo_step is None:
            return None
        with self._all_or_nothing():
            told = self._store.undo(initiator)
        self._tell(told)
        return self.redo_step  # read anew: the article it happened in may be there again

    def redo(self, *, initiator: object | None = None) -> Step | None:
        """Do the last step taken back again; returns it, or None."""
        if self.redo_step is None:
            return None
        with self._all_or_nothing():
            told = self._store.redo(initiator)
        self._tell(told)
        return self.undo_step

    def jump(self, to: int, *, initiator: object | None = None) -> Step | None:
        """Go to just after a step by its number (0: before the first), as one quick act; returns the last step replayed.

        Returns None where nothing lies between. Raises RuleBroken where the step is no longer kept, ProjectError where a
        record on the way is damaged; then nothing was changed.
        """
        if to and not self._store.has_step(to):
            raise RuleBroken(tr("This step is no longer kept: a newer one took its place. Choose another in the list."))
        forward = self.redo_step
        with self._all_or_nothing():
            told = self._store.jump(to, initiator)
        self._tell(told)
        went_forward = forward is not None and told is not None and to >= forward.n
        return None if told is None else self.undo_step if went_forward else self.redo_step

    @reads
    def step_count(self) -> tuple[int, int]:
        """Return how many steps the history keeps, and how many of them are taken back."""
        return self._store.step_count()

    @reads
    def latest_steps(self, skip: int, most: int) -> list[Step]:
        """Return some steps of the history, newest first (those taken back come before the others)."""
        return self._store.latest_steps(skip, most)

    @reads
    def coder_names(self) -> dict[Id, str]:
        """Return the name of every coder."""
        return {c.id: c.name for c in self._records.find(Coder)}

    # -- check, copies

    def check(self) -> list[integrity.Fault]:
        """Look at every promise of the file and return what is wrong; writes nothing."""
        return self._store.check()

    def backup(self, dest: Path, *, clean: bool = False) -> None:
        """Write a checked copy; ``clean`` leaves the history out, for others. Raises StorageFull where it cannot."""
        if is_same(dest, self.path):
            raise RuleBroken(tr("A copy needs another name than the project itself."))
        copies.copy(self._store.db, dest, clean=clean)

    @staticmethod
    def daily_backup(path: Path, folder: Path, today: date) -> Path | None:
        """Write today's checked backup of a project file unless there is one; from any thread. Returns its path if made."""
        return copies.daily_backup(path, folder, today)


def _short_name(name: str) -> str:
    """Return a coder's name as it is kept: one line of at most 80 code points; it stands on every Word comment."""
    kept = one_line(name) or "Me"
    return kept[: texts.snap(kept, 80, up=False)]
