"""Project: an open project file with every verb and every list; the one door through which anything is written."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr, trn
from annotator.model import (
    Article,
    Block,
    Coder,
    Draft,
    Id,
    Layer,
    Mention,
    SentenceMark,
    Source,
    Version,
)
from annotator.model.values import ARTICLE_FACTS, BLOCK_KINDS, NOT_STATED, ZONES
from annotator.project.core import one_line, reads, with_facts
from annotator.project.links import STANDING, standing_label
from annotator.project.reading import Reading
from annotator.storage import Step, Store, copies, integrity
from annotator.storage.articles import ArticleSummary, Hit, Original, excerpt, folded_find
from annotator.vocabulary import label


class Project(Reading):
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

    # -- articles

    def add_article(self, new: Draft, *, initiator: object | None = None) -> Id:
        """Add an article with its original; returns its id."""
        with self._action(tr("add article “{title}”", title=_short_title(new.title)), initiator):
            return self._put_article(new)

    def add_articles(self, many: Iterable[Draft], *, initiator: object | None = None) -> list[Id]:
        """Add articles as one undo step, all or nothing; returns their ids."""
        found = list(many)
        with self._action(trn("add {n} article", "add {n} articles", len(found)), initiator):
            return [self._put_article(new) for new in found]

    def _put_article(self, new: Draft) -> Id:
        facts = {k: one_line(v) for k, v in new.facts.items() if k in ARTICLE_FACTS and k != "title"}
        article = Article(title=one_line(new.title) or tr("Untitled"), **facts)  # type: ignore[arg-type]
        self._records.put(article)
        original = self._store.articles.keep_blob(new.original, new.file_name, new.media_type)
        version = Version(
            article=article.id, text=new.text, sha256=texts.sha256(new.text), rules=texts.RULES, original=original,
            media_type=new.media_type, import_record=new.report.to_json(),
        )  # fmt: skip
        self._store.articles.add_version(version, new.blocks, texts.count_words(new.text))
        for kind in STANDING:
            self._make_standing(article, kind)
        return article.id

    @reads
    def articles(self) -> list[ArticleSummary]:
        """Return every article with its counts in the current layer, in the order they were added."""
        return self._store.articles.summaries(self.layer.id)

    @reads
    def article_summary(self, article: Id) -> ArticleSummary:
        """Return one article with its counts in the current layer. Raises RuleBroken where it is gone."""
        self._need(Article, article)
        return self._store.articles.summaries(self.layer.id, article)[0]

    @reads
    def has_article(self, article: Id) -> bool:
        """Say whether an article is in the project."""
        return self._records.key("article", article) is not None

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

    def edit_article(self, article: Id, *, initiator: object | None = None, **facts: Any) -> None:
        """Set facts of an article; "not_stated" says that the text does not tell. Raises RuleBroken for an empty title."""
        old = self._need(Article, article)
        kept: dict[str, object] = {k: one_line(v) if isinstance(v, str) else v for k, v in facts.items()}
        if "title" in kept and kept["title"] in (None, "", NOT_STATED):
            raise RuleBroken(tr("An article needs a title."))
        new = with_facts(old, kept, ARTICLE_FACTS)
        if new == old:
            return
        with self._action(tr("describe article “{title}”", title=_short_title(new.title)), initiator) as records:
            records.put(new)
            for kind, (fact, _) in STANDING.items():
                for source in records.find(Source, article=article, kind=kind):
                    if fact in kept and source.label == standing_label(old, kind):
                        naming = "named" if getattr(new, fact) else None
                        records.put(replace(source, label=standing_label(new, kind), naming=naming))

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

    def delete_article(self, article: Id, *, initiator: object | None = None) -> None:
        """Remove an article with its marks; its text and original stay in the file while undo can bring it back."""
        old = self._need(Article, article)
        with self._action(tr("delete article “{title}”", title=_short_title(old.title)), initiator) as records:
            mentions = list(records.annotations(article=records.required("article", article), kinds=[Mention.kind]))
            records.delete(Article, article)
            for mention in mentions:
                self._drop_entry(mention)

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
    def undo_step(self) -> Step | None:
        """The step undo would take back."""
        return self._store.next_step(undone=False)

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

    # -- search, check, copies

    @reads
    def search(self, query: str) -> list[Hit]:
        """Find words in titles, texts, notes and short claims; text hits say where the first one starts. Never raises."""
        first = next((query[a:b] for a, b in texts.words(query)), "")
        hits: list[Hit] = []
        for hit in self._store.articles.search(query):
            if hit.where == "text":
                text = self._text(hit.article)
                at = folded_find(text, first)
                hit = replace(hit, start=at, snippet=excerpt(text, at or 0))
            hits.append(hit)
        return hits

    def check(self) -> list[integrity.Fault]:
        """Look at every promise of the file and return what is wrong; writes nothing."""
        return self._store.check()

    def backup(self, dest: Path, *, clean: bool = False) -> None:
        """Write a checked copy; ``clean`` leaves the history out, for others. Raises StorageFull where it cannot."""
        if dest.exists() and self.path.exists() and dest.samefile(self.path):
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


def _short_title(title: str) -> str:
    return title if len(title) <= 40 else title[:39].rstrip() + "…"
