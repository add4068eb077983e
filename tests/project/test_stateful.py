"""Random work on a project, compared step by step with plain values: undo, redo and reopening included."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.errors import RuleBroken
from annotator.model import Id, Source
from annotator.model.values import CHECK_STATUSES, CLAIM_TYPES, EVIDENCE_STANCES, RELATION_KINDS, VERDICTS, ZONES
from annotator.project import Changes, Project
from annotator.project.importing import Importing, TakenBack
from tests.project.drafts import TEXTS, draft
from tests.project.picture import Model, Picture, keeps_the_rules, must_be_told, picture, tidied

PICK = st.integers(0, 10_000)
AT = st.integers(-2, 260)
LENGTH = st.integers(0, 60)
KINDS = st.sampled_from(["claim", "claim", "claim", "source_mention", "mention", "cue", "loaded_term"])
WORDS = st.sampled_from(
    ["Oda Lien", "oda lien", "the ferry", "", "  ", "note\u0000 \ud800 x", "Zoe\u0308", "“x” 🏠", "a note"]
)


Rows = dict[str, list[tuple[Any, ...]]]


def rows(project: Project) -> Rows:
    """Return every row of every recorded table, as the file has them."""
    store = project._store
    order = {table: ", ".join(f'"{c}"' for c in shape.key) for table, shape in store._tables.items()}
    return {t: store.db.execute(f'SELECT * FROM "{t}" ORDER BY {keys}').fetchall() for t, keys in order.items()}


class Work(RuleBasedStateMachine):
    """Every verb, in any order. ``past`` holds each state the file went through; ``at`` is where it stands now."""

    def __init__(self) -> None:
        super().__init__()
        # The same work makes the same ids, so that a failure replays: marks of one span stand in the order of their ids.
        dice = Random(0)
        self.ids = patch("uuid.uuid4", lambda: UUID(int=dice.getrandbits(128), version=4))
        self.ids.start()
        self.folder = Path(tempfile.mkdtemp(prefix="annotator-"))
        self.project = Project.create(self.folder / "work.annot", coder="Tess Ek")
        self.notices: list[Changes] = []
        self.project.subscribe(self.notices.append)
        self.model = Model()
        self.past: list[tuple[Picture, Model]] = [(picture(self.project), self.model.copy())]
        self.rows: list[Rows] = [rows(self.project)]
        """Every row of every recorded table, of each state in ``past``."""
        self.at = 0
        self.steps = 0
        self.batches: Importing | None = None
        self.batch: list[Id] = []
        self.batch_at: int | None = None
        """Which state of ``past`` the last batch of the import led to, as long as nothing else was done since."""

    def teardown(self) -> None:
        self.project.close()
        self.ids.stop()
        shutil.rmtree(self.folder)

    # -- one action and what must hold after it

    def act(self, verb: Callable[[Project], Any], model: Callable[[Model, Any], None] | None = None) -> Any:
        """Do one verb: refused without a trace, or one step told in one notice that names all it changed."""
        before = self.past[self.at][0]
        self.notices.clear()
        self.steps += 1
        try:
            result = verb(self.project)
        except RuleBroken:
            assert not self.notices
            assert picture(self.project) == before
            assert rows(self.project) == self.rows[self.at]
            return None
        after = picture(self.project)
        if model is not None:
            model(self.model, result)
        if not self.notices:
            assert after == before
        else:
            (notice,) = self.notices
            self._is_told(before, after, notice)
            assert not notice.undone
            del self.past[self.at + 1 :], self.rows[self.at + 1 :]
            self.past.append((after, self.model.copy()))
            self.rows.append(rows(self.project))
            self.at += 1
            assert self.project.redo_step is None
        return result

    def _is_told(self, before: Picture, after: Picture, notice: Changes) -> None:
        for article in before.articles.keys() & after.articles.keys():
            seen = before.articles[article].changed()
            assert seen.source_order is not None  # what is kept of it must follow too
            seen = self.project.renewed(seen, notice)
            assert seen == after.articles[article], notice.step
            assert seen.source_order == after.articles[article].source_order, notice.step
        for name, ids in must_be_told(before, after).items():
            assert ids <= getattr(notice, name), (name, notice.step)

    def _go(self, to: int) -> None:
        before = self.past[self.at][0]
        self.notices.clear()
        step = self.project.undo() if to < self.at else self.project.redo()
        if not 0 <= to < len(self.past):
            assert step is None
            assert not self.notices
            return
        assert step is not None
        self.at = to
        self.model = self.past[to][1].copy()
        (notice,) = self.notices
        assert notice.undone
        self._is_told(before, self.past[to][0], notice)
        assert picture(self.project) == self.past[to][0]
        assert rows(self.project) == self.rows[to]

    # -- what there is to choose from; in an order that replays

    def articles(self) -> list[Id]:
        return [s.article.id for s in self.project.articles()]

    def pick_article(self, n: int) -> Id:
        there = self.articles()
        return (
            there[n % len(there)]
            if there
            else self.act(lambda p: p.add_article(draft(TEXTS[n % 2])), self._new_article)
        )

    def _new_article(self, model: Model, article: Id) -> None:
        model.standing |= {s.id for s in self.project.sources(article)}

    def marks(self, *kinds: str) -> list[Id]:
        """Marks by kind, in the order of their making; those of the project, cues among them."""
        seen = self.past[self.at][0]
        return [a.id for i in self.articles() for a in seen.articles[i].annotations if not kinds or a.kind in kinds]

    def pick_mark(self, n: int, *kinds: str) -> Id | None:
        there = self.marks(*kinds)
        return there[n % len(there)] if there else None

    def pick_source(self, n: int, mark: Id | None = None) -> Id:
        article = self.pick_article(n) if mark is None else self.find(mark).article
        there = self.project.sources(article)
        return there[n % len(there)].id

    def links(self) -> list[Id]:
        seen = self.past[self.at][0]
        return [a.id for i in self.articles() for a in seen.articles[i].attributions]

    def find(self, mark: Id) -> Any:
        found = self.project.annotation(mark)
        assert found is not None
        return found

    # -- rules

    @initialize()
    def first(self) -> None:
        for text in TEXTS:
            self.act(lambda p, text=text: p.add_article(draft(text, byline="Ina Berg")), self._new_article)
        for words in ("It did not sail", "Oda Lien", "Nobody", "said"):
            self.mark_words(0, "claim" if words in ("It did not sail", "Nobody") else "source_mention", words)
        self.mark(1, "claim", 24, 30, 3, True)
        self.link_mention(0, 0)
        self.link(0, 6, 0, 40, "doubt", 1)

    @rule(n=PICK)
    def add_article(self, n: int) -> None:
        if len(self.articles()) < 3:
            self.act(lambda p: p.add_article(draft(TEXTS[n % 2], publication="The Quay")), self._new_article)

    @rule(n=PICK, sure=st.integers(0, 3))
    def delete_article(self, n: int, sure: int) -> None:
        if self.articles() and sure == 0:
            article = self.pick_article(n)
            self.act(lambda p: p.delete_article(article), lambda m, _: m.drop_article(article))

    @rule(n=PICK, block=PICK, zone=st.sampled_from(ZONES))
    def set_zone(self, n: int, block: int, zone: str) -> None:
        article = self.pick_article(n)
        blocks = self.project.blocks(article)
        self.act(lambda p: p.set_zone(article, blocks[block % len(blocks)].start, zone))

    @rule(
        n=PICK,
        fact=st.sampled_from(["title", "byline", "publication", "language", "date"]),
        words=WORDS | st.just("not_stated"),
    )
    def edit_article(self, n: int, fact: str, words: str) -> None:
        article = self.pick_article(n)
        self.act(lambda p: p.edit_article(article, **{fact: words}))

    # -- many articles at once

    @rule(n=st.lists(PICK, max_size=3), what=st.integers(0, 7), words=WORDS)
    def library(self, n: list[int], what: int, words: str) -> None:
        some = [self.pick_article(each) for each in n]
        groups = self.project.groups()
        acts: list[Callable[[Project], Any]] = [
            lambda p: p.set_group(some, words),
            lambda p: p.rename_group(groups[0][0] if groups else "none", words),
            lambda p: p.tag_articles(some, words),
            lambda p: p.tag_articles(some, words, on=False),
            lambda p: p.archive(some, len(words) % 2 == 0),
            lambda p: p.edit_articles(some, publication=words, language="de" if len(some) == 2 else None),
            lambda p: p.edit_articles(some, date=words or "not_stated", byline=words),
            lambda p: p.delete_articles(some),
        ]

        def dropped(model: Model, _: Any) -> None:
            for article in some:
                model.drop_article(article)

        if what == 7 and len(some) != 2:
            return  # seldom: without articles little is left to do
        self.act(acts[what], dropped if what == 7 else None)

    @rule(n=PICK, begin=st.booleans())
    def import_a_batch(self, n: int, begin: bool) -> None:
        self.import_batch(n, begin)

    @rule(n=PICK, remove=st.booleans())
    def import_with_an_action_between(self, n: int, remove: bool) -> None:
        """The key of an article that was removed is another one's after the next batch."""
        self.import_batch(n, True)
        article = self.articles()[-1]
        if remove:
            self.act(lambda p: p.delete_article(article), lambda m, _: m.drop_article(article))
        else:
            self.act(lambda p: p.archive([article], on=n % 2 == 0))
        self.import_batch(n, False)

    def import_batch(self, n: int, begin: bool) -> None:
        """Add to an import: as a part of its step while that is the newest, else as a further one."""
        if len(self.articles()) >= 5:
            return
        if begin or self.batches is None:
            self.batches, self.batch_at = self.project.importing(), None
        batches, goes_on = self.batches, self.batch_at == self.at
        known = self.project.step_count()[0] - self.project.step_count()[1]
        try:
            made = self.act(
                lambda p: batches.put([draft(TEXTS[n % 2]), draft(f"Batch {n}\n\nferry {n}.")]), self._new_articles
            )
        except TakenBack:
            made = None
        if made is None:
            assert not any(self.project.has_article(id_) for id_ in self.batch)
            self.batches = None
            return
        if goes_on:  # no step more: the one before is this one now
            assert self.project.step_count()[0] == known
            del self.past[-2], self.rows[-2]
            self.at -= 1
        self.batch, self.batch_at = made, self.at

    def _new_articles(self, model: Model, articles: list[Id]) -> None:
        for article in articles:
            self._new_article(model, article)

    @rule(n=PICK, kind=KINDS, start=AT, length=LENGTH, gap=LENGTH, more=st.booleans())
    def mark_any(self, n: int, kind: str, start: int, length: int, gap: int, more: bool) -> None:
        self.mark(n, kind, start, length, gap, more)

    def mark(self, n: int, kind: str, start: int, length: int, gap: int, more: bool) -> None:
        article = self.pick_article(n)
        spans = [(start, start + length)]
        if more:
            spans.append((start + length + gap, start + length + gap + length))
        segments = tidied(self.project.version(article).text, spans)

        def marked(model: Model, made: Id) -> None:
            assert segments
            model.marks[made] = article, kind, segments

        made = self.act(lambda p: p.mark(article, kind, spans), marked)
        assert (made is None) == (not segments)

    @rule(n=PICK, kind=KINDS, words=st.sampled_from(["the ferry", "Oda Lien", "said", "It did not sail", "Nobody"]))
    def mark_some_words(self, n: int, kind: str, words: str) -> None:
        self.mark_words(n, kind, words)

    def mark_words(self, n: int, kind: str, words: str) -> None:
        article = self.pick_article(n)
        text = self.project.version(article).text
        if words in text:
            at = text.index(words)
            spans = ((at, at + len(words)),)
            self.act(
                lambda p: p.mark(article, kind, spans), lambda m, i: m.marks.__setitem__(i, (article, kind, spans))
            )

    def shape(self, mark: Id, verb: Callable[[Project], Any], spans: list[tuple[int, int]]) -> None:
        found = self.find(mark)
        segments = tidied(self.project.version(found.article).text, spans)

        def shaped(model: Model, _: Any) -> None:
            assert segments
            model.marks[mark] = found.article, found.kind, segments

        self.act(verb, shaped)

    @rule(n=PICK, start=AT, length=LENGTH)
    def reshape(self, n: int, start: int, length: int) -> None:
        if mark := self.pick_mark(n):
            self.shape(mark, lambda p: p.reshape(mark, [(start, start + length)]), [(start, start + length)])

    @rule(n=PICK, start=AT, length=LENGTH)
    def add_segment(self, n: int, start: int, length: int) -> None:
        if mark := self.pick_mark(n):
            spans = [*((s.start, s.end) for s in self.find(mark).segments), (start, start + length)]
            self.shape(mark, lambda p: p.add_segment(mark, start, start + length), spans)

    @rule(n=PICK, offset=st.integers(-3, 40), length=LENGTH)
    def cut_out(self, n: int, offset: int, length: int) -> None:
        if mark := self.pick_mark(n):
            segments = self.find(mark).segments
            start, end = segments[0].start + offset, segments[0].start + offset + length
            left = [(s.start, min(s.end, start)) for s in segments if s.start < start]
            left += [(max(s.start, end), s.end) for s in segments if s.end > end]
            self.shape(mark, lambda p: p.cut_out(mark, start, end), left)

    @rule(n=PICK, offset=st.integers(-1, 40))
    def split(self, n: int, offset: int) -> None:
        if mark := self.pick_mark(n):
            found = self.find(mark)
            words = {i for s in found.segments for i in range(s.start, s.end)}

            def halved(model: Model, second: Id) -> None:
                first_half, other = (
                    tuple((s.start, s.end) for s in self.find(half).segments) for half in (mark, second)
                )
                text = self.project.version(found.article).text
                covered = [i for a, b in (*first_half, *other) for i in range(a, b)]
                assert len(covered) == len(set(covered))
                assert {i for i in words if not text[i].isspace()} <= set(covered) <= words
                model.marks[mark] = found.article, found.kind, first_half
                model.marks[second] = found.article, found.kind, other
                model.links |= {(second, s) for c, s in model.links if c == mark}

            self.act(lambda p: p.split(mark, found.start + offset), halved)

    @rule(n=PICK, kind=KINDS)
    def change_kind(self, n: int, kind: str) -> None:
        if mark := self.pick_mark(n):
            found = self.find(mark)

            def changed(model: Model, _: Any) -> None:
                model.marks[mark] = found.article, kind, tuple((s.start, s.end) for s in found.segments)
                if kind != "claim":
                    model.drop_claim(mark)

            self.act(lambda p: p.change_kind(mark, kind), changed)

    @rule(n=st.lists(PICK, max_size=4))
    def unmark(self, n: list[int]) -> None:
        chosen = [m for m in (self.pick_mark(i) for i in n) if m]

        def unmarked(model: Model, _: Any) -> None:
            for mark in chosen:
                model.marks.pop(mark, None)
                model.drop_claim(mark)

        self.act(lambda p: p.unmark(*chosen), unmarked)

    @rule(n=PICK, source=PICK, mention=PICK, cue=AT, load=st.sampled_from([None, "doubt"]), via=PICK)
    def link_a_source(self, n: int, source: int, mention: int, cue: int, load: str | None, via: int) -> None:
        self.link(n, source, mention, cue, load, via)

    def link(self, n: int, source: int, mention: int, cue: int, load: str | None, via: int) -> None:
        if claim := self.pick_mark(n, "claim"):
            who = self.pick_source(source, claim) if source % 5 else self.pick_source(source)
            here = [m for m in self.marks("source_mention") if self.find(m).article == self.find(claim).article]
            used = here[mention % len(here)] if here and mention % 2 else None
            given: Any = (cue, cue + 5) if cue % 3 else None
            if cue % 7 == 0:
                cues = [m for m in self.marks("cue") if self.find(m).article == self.find(claim).article]
                given = cues[cue % len(cues)] if cues else None
            outer = self.links()
            self.act(
                lambda p: p.link(
                    claim,
                    who,
                    source_mention=used,
                    cue=given,
                    load=load,
                    via=outer[via % len(outer)] if outer and via % 3 == 0 else None,
                ),
                lambda m, _: m.link(claim, who),
            )

    @rule(n=PICK, mention=PICK)
    def link_a_mention(self, n: int, mention: int) -> None:
        self.link_mention(n, mention)

    def link_mention(self, n: int, mention: int) -> None:
        claim, used = self.pick_mark(n, "claim"), self.pick_mark(mention, "source_mention")
        if claim and used:
            source = self.find(used).source
            self.act(lambda p: p.link_mention(claim, used), lambda m, _: m.link(claim, source))

    @rule(n=PICK, label=WORDS, cue=AT)
    def link_new(self, n: int, label: str, cue: int) -> None:
        if claim := self.pick_mark(n, "claim"):
            self.act(
                lambda p: p.link_new(claim, label, cue=(cue, cue + 4) if cue % 2 else None),
                lambda m, i: m.link(claim, self._source_of(i)),
            )

    @rule(n=PICK, author=st.booleans())
    def link_nobody(self, n: int, author: bool) -> None:
        if claim := self.pick_mark(n, "claim"):
            self.act(
                lambda p: p.link_author(claim) if author else p.link_not_stated(claim),
                lambda m, i: m.link(claim, self._source_of(i)),
            )

    def _source_of(self, link: Id) -> Id:
        for article in self.articles():
            if link in (found := self.project.annotated(article).attributions_by_id):
                return found[link].source
        raise AssertionError(link)

    @precondition(lambda self: self.links())
    @rule(n=PICK)
    def unlink(self, n: int) -> None:
        link = self.links()[n % len(self.links())]
        pair = next(
            (a.claim, a.source) for i in self.articles() for a in self.project.annotated(i).attributions if a.id == link
        )
        self.act(lambda p: p.unlink(link), lambda m, _: m.links.remove(pair))

    @precondition(lambda self: self.links())
    @rule(n=PICK, via=PICK, cue=AT, load=st.sampled_from(["neutral", "doubt", None]))
    def edit_attribution(self, n: int, via: int, cue: int, load: str | None) -> None:
        links = self.links()
        changed: dict[str, Any] = {"load": load}
        if via % 2:
            changed["via"] = links[via % len(links)]
        if cue % 3 == 0:
            changed["cue"] = (cue, cue + 6) if cue % 2 else None
        self.act(lambda p: p.edit_attribution(links[n % len(links)], **changed))

    @rule(
        n=PICK,
        type_=st.sampled_from(CLAIM_TYPES),
        reasons=st.sets(st.sampled_from(["harm", "verifiable"])),
        words=WORDS,
    )
    def edit_claim(self, n: int, type_: str, reasons: set[str], words: str) -> None:
        if claim := self.pick_mark(n, "claim"):
            self.act(lambda p: p.edit_claim(claim, type=type_, reasons=frozenset(reasons), short_text=words))

    @rule(n=PICK, words=WORDS, tags=st.lists(st.sampled_from(["a", "B", "b", " c ", "", "é"]), max_size=3))
    def describe(self, n: int, words: str, tags: list[str]) -> None:
        if mark := self.pick_mark(n):
            self.act(lambda p: p.set_note(mark, words))
            self.act(lambda p: p.set_tags(mark, tags))
            steps = len(self.project.steps())
            self.act(lambda p: p.set_tags(mark, tags))
            assert len(self.project.steps()) == steps

    @rule(
        n=PICK,
        words=WORDS,
        naming=st.sampled_from(["named", None, "not_stated"]),
        kind=st.sampled_from(["person", "author", "media"]),
    )
    def edit_source(self, n: int, words: str, naming: str | None, kind: str) -> None:
        source = self.pick_source(n)
        changed: dict[str, Any] = (
            {"label": words or None} if n % 3 == 0 else {"naming": naming, "role": words, "note": words}
        )
        if n % 5 == 0:
            changed["kind"] = kind
        if n % 2:
            changed["aliases"] = (words, "O. L.")
        if n % 4 == 0:
            entities = self.project.entities()
            changed["entity"] = entities[n % len(entities)].entity.id if entities else None
        self.act(lambda p: p.edit_source(source, **changed))

    @rule(n=PICK, words=WORDS)
    def add_register_entry(self, n: int, words: str) -> None:
        article = self.pick_article(n)
        if n % 2:
            self.act(lambda p: p.add_source(article, words, role=words, kind="person"))
        else:
            self.act(lambda p: p.add_entity(words, note=words, aliases=(words, "the quay")))

    @precondition(lambda self: self.project.entities())
    @rule(n=PICK, words=WORDS, delete=st.integers(0, 3))
    def edit_entity(self, n: int, words: str, delete: int) -> None:
        entities = self.project.entities()
        entity = entities[n % len(entities)].entity.id
        if delete == 0:
            self.act(lambda p: p.delete_entity(entity))
        else:
            self.act(lambda p: p.edit_entity(entity, aliases=(words, "x"), note=words, kind="person"))

    @rule(n=PICK, entry=PICK)
    def assign(self, n: int, entry: int) -> None:
        if mark := self.pick_mark(n, "source_mention", "mention"):
            entities = self.project.entities()
            chosen: Id | None = None
            if self.find(mark).kind == "source_mention":
                chosen = self.pick_source(entry, mark if entry % 3 else None)
            elif entities and entry % 4:
                chosen = entities[entry % len(entities)].entity.id
            self.act(lambda p: p.assign(mark, chosen), lambda m, _: self._links_follow(m, mark, chosen))

    def _links_follow(self, model: Model, mention: Id, to: Id | None) -> None:
        """Claims linked through a mention are said by whom it names now, unless that is the author or the publication."""
        before = self.past[self.at][0].articles[self.find(mention).article].by_id[mention]
        if to is None or to in model.standing or getattr(before, "source", to) == to:
            return
        through = [a for a in self._links_seen() if a.source_mention == mention]
        model.links = {*(model.links - {(a.claim, a.source) for a in through}), *((a.claim, to) for a in through)}

    def _links_seen(self) -> list[Any]:
        return [a for article in self.past[self.at][0].articles.values() for a in article.attributions]

    @rule(n=PICK, to=PICK)
    def delete_source(self, n: int, to: int) -> None:
        source = self.pick_source(n)
        move_to = self.pick_source(to) if to % 2 else None
        self.act(lambda p: p.delete_source(source, move_to=move_to), lambda m, _: m.drop_source(source, move_to))

    # -- registers: one of two, two of one, many mentions at once

    @rule(n=PICK, other=PICK, more=PICK, take=st.booleans())
    def merge_sources(self, n: int, other: int, more: int, take: bool) -> None:
        article = self.pick_article(n)
        there = [s.id for s in self.project.sources(article)]
        keep, gone = there[n % len(there)], {there[other % len(there)], there[more % len(there)]}
        if other % 7 == 0:
            gone |= {self.pick_source(more)}
        shared = self._shared_claims()
        if shared and n % 2:  # the hard case: both stand behind one claim
            keep, *rest = shared[other % len(shared)]
            gone = {rest[more % len(rest)]}
        chosen: dict[str, Any] = {"note": "said by a person"} if take else {}
        self.act(
            lambda p: p.merge_sources(keep, sorted(gone), **chosen), lambda m, _: m.merge_sources(keep, gone - {keep})
        )
        if all(s.id != keep for s in self.project.sources(article)):
            return
        for id_ in gone - {s.id for a in self.articles() for s in self.project.sources(a)}:
            assert self.project._records.get(Source, id_) == self.project._records.get(Source, keep)

    def _shared_claims(self) -> list[list[Id]]:
        """Return the sources of each claim that has several."""
        by_claim: dict[Id, list[Id]] = {}
        for link in self._links_seen():
            by_claim.setdefault(link.claim, []).append(link.source)
        return [sources for sources in by_claim.values() if len(sources) > 1]

    @precondition(lambda self: len(self.project.entities()) > 1)
    @rule(n=PICK, other=PICK)
    def merge_entities(self, n: int, other: int) -> None:
        there = [s.entity.id for s in self.project.entities()]
        self.act(lambda p: p.merge_entities(there[n % len(there)], [there[other % len(there)]]))

    @rule(n=PICK, mentions=st.lists(PICK, max_size=3), links=st.lists(PICK, max_size=2), label=WORDS)
    def split_source(self, n: int, mentions: list[int], links: list[int], label: str) -> None:
        source = self.pick_source(n)
        seen = self.past[self.at][0].articles[self.project._records.get(Source, source).article]
        own, said = seen.mentions_of_source(source), [a for a in self._links_seen() if a.source == source]
        moved = {own[i % len(own)].id for i in mentions if own}
        chosen = {said[i % len(said)].id for i in links if said}
        through = {a.id for a in said if a.source_mention in moved} | chosen
        claims = {(a.claim, source) for a in said if a.id in through}

        def split(model: Model, made: Id) -> None:
            model.links = {*(model.links - claims), *((claim, made) for claim, _ in claims)}

        self.act(lambda p: p.split_source(source, label, sorted(moved), sorted(chosen)), split)

    @precondition(lambda self: self.project.entities())
    @rule(n=PICK, mentions=st.lists(PICK, max_size=3), name=WORDS)
    def split_entity(self, n: int, mentions: list[int], name: str) -> None:
        there = self.project.entities()
        entity = there[n % len(there)].entity.id
        own = [m.id for a in self.past[self.at][0].articles.values() for m in a.mentions_of_entity(entity)]
        self.act(lambda p: p.split_entity(entity, name, [own[i % len(own)] for i in mentions if own]))

    @rule(n=PICK, entry=PICK, places=st.lists(st.tuples(AT, LENGTH), max_size=4))
    def mark_mentions(self, n: int, entry: int, places: list[tuple[int, int]]) -> None:
        article, entities = self.pick_article(n), self.project.entities()
        named = self.pick_source(entry) if entry % 2 or not entities else entities[entry % len(entities)].entity.id
        kind = "source_mention" if entry % 2 or not entities else "mention"
        spans = [(at, at + length) for at, length in places]
        text = self.project.version(article).text

        def marked(model: Model, made: list[Id]) -> None:
            for id_, span in zip(made, dict.fromkeys(spans), strict=True):
                model.marks[id_] = article, kind, tidied(text, [span])

        self.act(lambda p: p.mark_mentions(article, named, spans), marked)

    # -- the code book

    @rule(
        n=PICK,
        list_=st.sampled_from(["tag", "article_tag", "affiliation", "side", "entity_kind", "verdict"]),
        words=WORDS,
        what=st.integers(0, 4),
    )
    def code_book(self, n: int, list_: str, words: str, what: int) -> None:
        terms = self.project.terms(list_)
        key = terms[n % len(terms)].key if terms else "gone"
        other = terms[(n // 7) % len(terms)].key if terms else "gone"
        acts: list[Callable[[Project], Any]] = [
            lambda p: p.rename_term(list_, key, words),
            lambda p: p.add_term(list_, words),
            lambda p: p.edit_term(list_, key, definition=words, example=words),
            lambda p: p.move_term(list_, key, n % 5),
            lambda p: p.merge_terms(list_, key, other) if n % 2 else p.remove_term(list_, key),
        ]
        self.act(acts[what])

    @rule(n=PICK, status=st.sampled_from(CHECK_STATUSES), verdict=st.sampled_from([None, *VERDICTS]), why=WORDS)
    def verify(self, n: int, status: str, verdict: str | None, why: str) -> None:
        if claim := self.pick_mark(n, "claim"):
            self.act(lambda p: p.verify(claim, status, verdict=verdict, why=why))

    @rule(n=PICK, stance=st.sampled_from(EVIDENCE_STANCES), title=WORDS, old=PICK, remove=st.integers(0, 2))
    def evidence(self, n: int, stance: str, title: str, old: int, remove: int) -> None:
        if claim := self.pick_mark(n, "claim"):
            there = list(self.project.annotated(self.find(claim).article).evidence)
            given = there[old % len(there)] if there and old % 2 else None
            if remove == 0 and given:
                self.act(lambda p: p.remove_evidence(claim, given))
            else:
                new = {} if given else {"title": title}
                self.act(lambda p: p.add_evidence(claim, stance, evidence=given, **new))

    @rule(n=PICK, to=PICK, kind=st.sampled_from(RELATION_KINDS), back=st.booleans())
    def relate(self, n: int, to: int, kind: str, back: bool) -> None:
        claim, other = self.pick_mark(n, "claim"), self.pick_mark(to, "claim")
        if claim and other:
            there = list(self.project.annotated(self.find(claim).article).relations_of(claim))
            if back and there:
                self.act(lambda p: p.unrelate(there[to % len(there)].id))
            else:
                self.act(lambda p: p.relate(claim, other, kind))

    @rule(n=PICK, what=st.integers(0, 3), words=WORDS, stance=st.sampled_from([*EVIDENCE_STANCES, "proves"]))
    def edit_evidence(self, n: int, what: int, words: str, stance: str) -> None:
        uses = sorted(self.project.all_evidence(), key=lambda u: u.evidence.id)
        if not uses:
            return
        evidence = uses[n % len(uses)].evidence.id
        claims = [f.claim for f in self.project.evidence_uses(evidence)]
        content = words.encode("utf-8", "replace")
        acts: list[Callable[[Project], Any]] = [
            lambda p: p.edit_evidence(
                evidence, publisher=words, title=words if n % 2 else "Log", is_primary=n % 3 == 0
            ),
            lambda p: p.edit_claim_evidence(claims[0], evidence, stance=stance, quoted=words, independent=n % 2 == 0),
            lambda p: p.attach(evidence, content, words),
            lambda p: p.detach(evidence),
        ]
        if what != 1 or claims:
            self.act(acts[what])

    @rule(n=PICK, other=PICK, what=st.integers(0, 3), words=WORDS)
    def keep_the_ledger(self, n: int, other: int, what: int, words: str) -> None:
        claim, second = self.pick_mark(n, "claim"), self.pick_mark(other, "claim")
        entries = self.project.ledger()
        if claim is None or second is None:
            return
        if what == 3 and entries:
            self.act(lambda p: p.rename_ledger(entries[n % len(entries)].id, words))
        elif what == 2:
            self.act(lambda p: p.leave_ledger(claim))
        else:
            self.act(lambda p: p.same_as(claim, second))
        for entry, (claims, _) in self.project.ledger_sizes().items():
            assert len(self.project.ledger_claims(entry)) == claims >= 2

    @rule(n=PICK, words=WORDS, back=st.booleans(), rule=st.sampled_from(["unattributed", "single_source"]))
    def answer(self, n: int, words: str, back: bool, rule: str) -> None:
        article = self.pick_article(n)
        there = self.project.finding_answers([article])
        if back and there:
            self.act(lambda p: p.take_back_answer(there[n % len(there)].id))
        else:
            subject = self.pick_source(n) if rule == "single_source" else self.pick_mark(n, "claim")
            self.act(lambda p: p.answer_finding(rule, subject or "article", article, words, words=words))

    @rule(
        rule=st.sampled_from(["unattributed", "long_passage", "nothing"]),
        on=st.sampled_from([True, False, None]),
        severity=st.sampled_from(["first", "note", "red", None]),
        words=st.integers(-1, 100),
    )
    def set_a_house_rule(self, rule: str, on: bool | None, severity: str | None, words: int) -> None:
        limits = {"words": words} if rule == "long_passage" else None
        if words % 5 == 0:
            self.act(lambda p: p.reset_house_rules())
        else:
            self.act(lambda p: p.set_house_rule(rule, on=on, severity=severity, limits=limits))

    @rule(n=PICK, why=WORDS)
    def explain(self, n: int, why: str) -> None:
        if claim := self.pick_mark(n, "claim"):
            known, at = self._steps_done(), self.at
            self.act(lambda p: p.explain(claim, why))
            if self.at > at and self._steps_done() == known:  # a part of the step before it
                del self.past[-2], self.rows[-2]
                self.at -= 1

    def _steps_done(self) -> int:
        kept, undone = self.project.step_count()
        return kept - undone

    @rule(n=PICK, sentence=PICK, mark=st.sampled_from(["not_a_claim", None]))
    def mark_sentence(self, n: int, sentence: int, mark: str | None) -> None:
        article = self.pick_article(n)
        if sentences := self.project.sentences(article):
            start, end = sentences[sentence % len(sentences)]
            self.act(lambda p: p.mark_sentence(article, start, end, mark))

    @rule(words=WORDS)
    def name_the_coder(self, words: str) -> None:
        self.act(lambda p: p.set_coder_name(words))

    @rule()
    def undo(self) -> None:
        self._go(self.at - 1)

    @rule()
    def redo(self) -> None:
        if self.at + 1 < len(self.past):
            self._go(self.at + 1)
        else:
            assert self.project.redo() is None

    @rule(times=st.integers(2, 8))
    def back_and_forth(self, times: int) -> None:
        there = self.at
        for _ in range(min(times, self.at)):
            self._go(self.at - 1)
        while self.at < there:
            self._go(self.at + 1)

    @rule(n=PICK)
    def jump(self, n: int) -> None:
        """Go to any step at once, far back or forward."""
        to = n % len(self.past)
        steps = self.project.steps()
        before = self.past[self.at][0]
        self.notices.clear()
        step = self.project.jump(steps[to - 1].n if to else 0)
        assert (step is None) == (to == self.at) == (not self.notices)
        self.at, self.model = to, self.past[to][1].copy()
        for notice in self.notices:
            self._is_told(before, self.past[to][0], notice)
        assert len(self.notices) <= 1
        assert picture(self.project) == self.past[to][0]
        assert rows(self.project) == self.rows[to]

    @rule()
    def reopen(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)
        self.batches = None
        assert not self.project.read_only
        self.project.subscribe(self.notices.append)
        assert picture(self.project) == self.past[self.at][0]
        assert rows(self.project) == self.rows[self.at]

    # -- what must hold after each rule

    @invariant()
    def holds(self) -> None:
        assert not self.project._store.db.in_transaction
        seen = self.past[self.at][0]
        self.model.agrees_with(seen)
        for article in seen.articles.values():
            keeps_the_rules(article)
        stored = {s.article.id: (s.accounted, s.sentences) for s in self.project.articles()}
        for article, counts in stored.items():
            known = self.project.coverage(article)
            assert counts in {(None, None), (known.accounted, len(known.sentences))}
        if self.steps % 7 == 0:
            assert self.project.check() == []


Work.TestCase.settings = settings(
    max_examples=int(os.environ.get("ANNOTATOR_EXAMPLES", "12")),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestWork = Work.TestCase
