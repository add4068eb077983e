"""The library: articles added, described, grouped, tagged, put away and removed, many at once; and searched."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Generator, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr, trn
from annotator.model import Article, Draft, Id, Source, Term, Version
from annotator.model.code_book import LISTS
from annotator.model.values import ARTICLE_FACTS, NOT_STATED
from annotator.project.core import one_line, reads, with_facts
from annotator.project.links import STANDING, standing_label, standing_source
from annotator.project.reading import Reading
from annotator.storage import Step
from annotator.storage.articles import Original
from annotator.storage.library import TAG_LIST, ArticleSummary, Hit
from annotator.storage.records import Records

if TYPE_CHECKING:
    from annotator.project.auditing import Auditor
    from annotator.project.finding import Cancelled, Finder, Progress
    from annotator.project.importing import Importing


class Library(Reading):
    """Verbs and lists about articles as wholes."""

    # -- adding

    def add_article(self, new: Draft, *, initiator: object | None = None) -> Id:
        """Add an article with its original; returns its id. A fact that is "not_stated" is kept as such."""
        with self._action(tr("add article “{title}”", title=short_title(new.title)), initiator):
            return self._put_article(new)

    def add_articles(self, many: Iterable[Draft], *, initiator: object | None = None) -> list[Id]:
        """Add articles as one undo step, all or nothing; returns their ids."""
        found = list(many)
        with self._action(trn("add {n} article", "add {n} articles", len(found)), initiator):
            return [self._put_article(new) for new in found]

    def importing(self, *, initiator: object | None = None) -> Importing:
        """Begin to add articles in batches, under one undo step; nothing is written before its ``put``."""
        from annotator.project.importing import Importing  # only now: the window starts without it

        return Importing(self, initiator)

    def put_batch(
        self,
        drafts: Sequence[Draft],
        places: Sequence[Id | None],
        name: str,
        step: Step | None,
        initiator: object | None,
    ) -> tuple[list[Id], Step | None]:
        """Add a batch of an import, as a part of its step where that is the newest one; returns the ids and the step.

        ``places``: the articles these take the place of, as ``read_anew`` does; those that are gone are passed over.
        """
        with self._action(name, initiator, goes_on=step.n if step is not None else None):
            ids = [self._put_article(new) for new in drafts]
            for made, old in zip(ids, places, strict=False):
                if old is not None and self.has_article(old):
                    self._take_place(made, old)
        return ids, None if self._in_action else self.undo_step

    def read_anew(self, old: Id, new: Draft, *, initiator: object | None = None) -> Id:
        """Add what the same file is when read in another way, in the place of the article it was before; returns its id.

        It takes over group, tags and place in the archive. The old one goes, unless anything was marked in it, in whichever
        layer.
        """
        known = self._need(Article, old)
        with self._action(tr("read “{file}” in another way", file=short_title(new.file_name)), initiator):
            made = self._put_article(new)
            self._take_place(made, known.id)
        return made

    def _take_place(self, made: Id, old: Id) -> None:
        self._store.library.take_place(made, old)
        if not self._store.library.is_worked_on(old):
            self._delete([old])

    @reads
    def state_of(self, step: Step) -> str:
        """Say how a step of the history stands: newest (undone ones aside), older, undone, or gone."""
        return self._store.state_of(step)

    @reads
    def is_long(self, step: Step) -> bool:
        """Say whether taking back a step, or doing it again, takes a time one would notice."""
        return self._store.library.is_long(step.n)

    @property
    def undo_step(self) -> Step | None:
        """The step undo would take back."""
        return self._store.next_step(undone=False)

    @reads
    def same_content(self, draft: Draft) -> Id | None:
        """Return an article with the same text, or from the same original; None where there is none."""
        return self._store.library.with_content(texts.sha256(draft.text), hashlib.sha256(draft.original).hexdigest())

    @reads
    def alike(self, draft: Draft) -> Id | None:
        """Return an article with the same address, or the same title, publication and date; None where there is none."""
        fact = {name: one_line(draft.facts.get(name)) for name in ("publication", "date", "url")}
        return self._store.library.described_so(one_line(draft.title) or "", **fact)

    def _put_article(self, new: Draft) -> Id:
        facts: dict[str, object] = {k: one_line(v) for k, v in new.facts.items() if k in ARTICLE_FACTS and k != "title"}
        article = with_facts(Article(title=one_line(new.title) or tr("Untitled")), facts, ARTICLE_FACTS)
        sha256 = hashlib.sha256(new.original).hexdigest()
        version = Version(
            article=article.id, text=new.text, sha256=texts.sha256(new.text), rules=texts.RULES, original=sha256,
            media_type=new.media_type, import_record=new.report.to_json(),
        )  # fmt: skip
        original = Original(sha256, new.file_name, new.media_type, new.original)
        n = self._store.articles.add(article, version, original, new.blocks, texts.count_words(new.text))
        for kind in STANDING:
            self._records.add(standing_source(article, kind), article=n)
        return article.id

    # -- reading

    @reads
    def articles(self) -> list[ArticleSummary]:
        """Return every article with its counts in the current layer, in the order they were added."""
        return self._store.library.summaries(self.layer.id)

    @reads
    def totals(self) -> tuple[int, int]:
        """Return how many articles there are, and how many claims in the current layer; reads no article."""
        return self._store.library.totals(self.layer.id)

    @reads
    def article_summary(self, article: Id) -> ArticleSummary:
        """Return one article with its counts in the current layer. Raises RuleBroken where it is gone."""
        self._need(Article, article)
        return self._store.library.summaries(self.layer.id, article)[0]

    @reads
    def has_article(self, article: Id) -> bool:
        """Say whether an article is in the project."""
        return self._records.key("article", article) is not None

    @reads
    def groups(self) -> list[tuple[str, int]]:
        """Return the groups, by name, with how many articles are in each."""
        return self._store.library.groups()

    def article_tags(self) -> list[str]:
        """Return the tags articles may have, in the code book's order."""
        return [term.label for term in self.terms(TAG_LIST)]

    # -- describing

    def edit_article(self, article: Id, *, initiator: object | None = None, **facts: Any) -> None:
        """Set facts of an article; "not_stated" says that the text does not tell. Raises RuleBroken for an empty title."""
        old = self._need(Article, article)
        kept = _cleaned(facts)
        new = with_facts(old, kept, ARTICLE_FACTS)
        if new != old:
            with self._action(tr("describe article “{title}”", title=short_title(new.title)), initiator) as records:
                self._describe(records, old, new, kept)

    def edit_articles(self, articles: Iterable[Id], *, initiator: object | None = None, **facts: Any) -> None:
        """Set facts of many articles to the same, as one step; "not_stated" as with one. Raises RuleBroken for titles."""
        if "title" in facts:
            raise RuleBroken(tr("Each article has a title of its own."))
        kept = _cleaned(facts)
        found = [(old, with_facts(old, kept, ARTICLE_FACTS)) for old in self._store_articles(articles)]
        changed = [(old, new) for old, new in found if new != old]
        name = _named(
            [new for _, new in changed],
            tr("describe article “{title}”"),
            trn("describe {n} article", "describe {n} articles", len(changed)),
        )
        if changed:
            with self._action(name, initiator) as records:
                for old, new in changed:
                    self._describe(records, old, new, kept)

    def _describe(self, records: Records, old: Article, new: Article, kept: Collection[str]) -> None:
        """Write an article's facts; the author and the publication follow where they were called after them."""
        records.put(new)
        for kind, (fact, _) in STANDING.items():
            if fact not in kept:
                continue
            for source in records.find(Source, article=old.id, kind=kind):
                if source.label == standing_label(old, kind):
                    naming = "named" if getattr(new, fact) else None
                    self._put_entry(replace(source, label=standing_label(new, kind), naming=naming))

    def set_group(self, articles: Iterable[Id], name: str | None, *, initiator: object | None = None) -> None:
        """Put articles into a group, out of whichever they are in; None: into none."""
        group = self._group_named(name)
        changed = [old.changed(group_name=group) for old in self._store_articles(articles) if old.group_name != group]
        if group is None:
            step = _named(
                changed,
                tr("take article “{title}” out of its group"),
                trn("take {n} article out of its group", "take {n} articles out of their groups", len(changed)),
            )
        else:
            step = _named(
                changed,
                tr("put article “{title}” into group “{group}”"),
                trn(
                    "put {n} article into group “{group}”",
                    "put {n} articles into group “{group}”",
                    len(changed),
                    group=group,
                ),
                group=group,
            )
        self._put_many(step, changed, initiator)

    def _group_named(self, name: str | None) -> str | None:
        """Return a group's name as it is written already, whatever the case it is given in."""
        wanted = one_line(name)
        if wanted is None:
            return None
        return next((there for there, _ in self.groups() if there.casefold() == wanted.casefold()), wanted)

    def rename_group(self, old: str, new: str | None, *, initiator: object | None = None) -> None:
        """Give a group another name (one that is there takes its articles in); None: dissolve it, its articles stay."""
        group = one_line(new)
        if group == old:
            return
        found = self._store_articles(self._store.library.in_group(old))
        name = (
            tr("rename group “{old}” to “{new}”", old=old, new=group)
            if group
            else tr("dissolve group “{old}”", old=old)
        )
        self._put_many(name, [article.changed(group_name=group) for article in found], initiator)

    def archive(self, articles: Iterable[Id], on: bool = True, *, initiator: object | None = None) -> None:
        """Put articles away, or bring them back: they stay whole, and search finds them."""
        changed = [old.changed(archived=on) for old in self._store_articles(articles) if old.archived != on]
        if on:
            one, many = (
                tr("archive article “{title}”"),
                trn("archive {n} article", "archive {n} articles", len(changed)),
            )
        else:
            one = tr("bring article “{title}” back from the archive")
            many = trn(
                "bring {n} article back from the archive", "bring {n} articles back from the archive", len(changed)
            )
        self._put_many(_named(changed, one, many), changed, initiator)

    def tag_articles(
        self, articles: Iterable[Id], tag: str, on: bool = True, *, initiator: object | None = None
    ) -> None:
        """Give articles a tag, or take it from them; one that is new to the project joins its code book.

        Raises RuleBroken for an empty tag.
        """
        words = one_line(tag)
        if not words:
            raise RuleBroken(tr("A tag needs a word."))
        key = LISTS[TAG_LIST].key_of(words)
        found = self._store_articles(articles)
        with self._store.reading():
            term = self._store.library.tag(key)
            have = self._store.library.tagged(term.id if term else None, (a.id for a in found))
        changed = [article for article in found if (article.id in have) != on]
        if not changed:
            return
        label = term.label if term else words
        if on:
            one = tr("tag article “{title}” with “{tag}”")
            many = trn("tag {n} article with “{tag}”", "tag {n} articles with “{tag}”", len(changed), tag=label)
        else:
            one = tr("take tag “{tag}” from article “{title}”")
            many = trn(
                "take tag “{tag}” from {n} article", "take tag “{tag}” from {n} articles", len(changed), tag=label
            )
        with self._action(_named(changed, one, many, tag=label), initiator) as records:
            if term is None:
                term = Term(list=TAG_LIST, key=key, label=words)
                records.put(term)
            self._store.library.put_tag(term.id, [article.id for article in changed], on=on)

    def _put_many(self, name: str, changed: Sequence[Article], initiator: object | None) -> None:
        if changed:
            with self._action(name, initiator) as records:
                for article in changed:
                    records.put(article)

    def _store_articles(self, articles: Iterable[Id]) -> list[Article]:
        with self._store.reading():
            return self._store.library.find(articles)

    # -- removing

    def delete_article(self, article: Id, *, initiator: object | None = None) -> None:
        """Remove an article with its marks; its text and original stay in the file while undo can bring it back."""
        old = self._need(Article, article)
        with self._action(tr("delete article “{title}”", title=short_title(old.title)), initiator):
            self._delete([old.id])

    def delete_articles(self, articles: Iterable[Id], *, initiator: object | None = None) -> None:
        """Remove articles with their marks as one step; undo brings all of them back."""
        found = self._store_articles(articles)
        many = trn("delete {n} article", "delete {n} articles", len(found))
        if found:
            with self._action(_named(found, tr("delete article “{title}”"), many), initiator):
                self._delete([article.id for article in found])

    def _delete(self, articles: Collection[Id]) -> None:
        entities = self._store.library.entities_in(articles)
        ledgers = self._claims.ledgers_in(articles)
        self._store.library.delete(articles)
        for entity in entities:
            self._drop_unused(entity)
        for entry in ledgers:
            self._drop_alone(entry)

    # -- searching

    @reads
    def search(self, query: str, *, articles: Collection[Id] | None = None) -> list[Hit]:
        """Find words in titles, texts, claims, notes, names and tags, of all articles or of some; any text is a query.

        All words are to be there, in any order; the last may be unfinished; "a phrase" stands in quotation marks, and what
        follows a hyphen is not to be there.
        """
        search = self._store.search()
        return search.find(query, search.within(articles))

    @reads
    def placed(self, hit: Hit, query: str) -> Hit:
        """Return a hit of a search with its place in the text, looked for now where the search left that out."""
        if hit.where != "text" or hit.start is not None or not self.has_article(hit.article):
            return hit
        return self._store.search().placed(hit, query, self._text(hit.article))

    def finder(self) -> Finder:
        """Return what searches this project from another thread: a context to be entered there."""
        from annotator.project.finding import Finder  # only now: the window starts without it

        return Finder(self._store.file)

    def auditor(self) -> Auditor:
        """Return what audits this project on another thread."""
        from annotator.project.auditing import Auditor  # only now: the window starts without it

        return Auditor(self._store.file)

    def find_pattern(
        self,
        pattern: str,
        *,
        articles: Collection[Id] | None = None,
        ignore_case: bool = True,
        cancelled: Cancelled = lambda: False,
        progress: Progress = lambda _done, _of: None,
    ) -> Generator[Hit]:
        """Yield the places of a regular expression in the texts, from any thread (see ``Finder.pattern``).

        Raises RuleBroken for a wrong pattern or one that takes too long.
        """
        with self.finder() as finder:
            yield from finder.pattern(
                pattern, articles, ignore_case=ignore_case, cancelled=cancelled, progress=progress
            )


def short_title(title: str) -> str:
    """Return a title as it stands in the name of a step."""
    return texts.shortened(title, 40)


def _cleaned(facts: dict[str, Any]) -> dict[str, object]:
    kept: dict[str, object] = {k: one_line(v) if isinstance(v, str) else v for k, v in facts.items()}
    if "title" in kept and kept["title"] in (None, "", NOT_STATED):
        raise RuleBroken(tr("An article needs a title."))
    return kept


def _named(changed: Sequence[Article], one: str, many: str, **words: str) -> str:
    """Return the name of a step about articles: by its title where it is a single one."""
    return many if len(changed) != 1 else one.format(title=short_title(changed[0].title), **words)
