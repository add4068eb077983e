"""Works on a project for ever, and says after each action that it is done; to be killed at any moment.

Lines on stdout, each one JSON: ``{"begin": what}`` before an action, ``{"done": counter, "state": digest}`` once its
verb returned. With ``--broken`` the second line is said before COMMIT: what a program that promises too early does.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.model import Id
from annotator.project import Changes, Project
from tests.kill.state import counter, digest
from tests.project.drafts import HARD, PLAIN, draft


def say(**line: object) -> None:
    print(json.dumps(line), flush=True)


class Worker:
    """Random verbs, weighted towards those an annotator uses most."""

    def __init__(self, project: Project, seed: int, copy: Path) -> None:
        self.project, self.random, self.copy = project, random.Random(seed), copy
        self.acts: dict[str, tuple[int, Callable[[], object]]] = {
            "mark": (10, self.mark),
            "link": (5, self.link),
            "describe": (5, self.describe),
            "shape": (3, self.shape),
            "unmark": (3, self.unmark),
            "zone": (1, self.zone),
            "many": (1, self.many),
            "library": (2, self.library),
            "delete": (1, self.delete),
            "copy": (1, self.copied),
            "undo": (5, self.project.undo),
            "redo": (4, self.project.redo),
        }

    def go(self) -> None:
        """Work until the end comes from outside."""
        names = list(self.acts)
        weights = [self.acts[n][0] for n in names]
        while True:
            name = self.random.choices(names, weights)[0] if self.project.articles() else "many"
            say(begin=name)
            self.acts[name][1]()
            say(done=counter(self.project), state=digest(self.project))

    def article(self) -> Id:
        return self.random.choice([s.article.id for s in self.project.articles()])

    def some(self, article: Id, kind: str = "") -> list[Id]:
        return [a.id for a in self.project.annotated(article).annotations if kind in ("", a.kind)]

    def mark(self) -> None:
        article = self.article()
        text = self.project.version(article).text
        at = self.random.randrange(len(text) - 12)
        while not text[at].isalnum():
            at -= 1
        self.project.mark(article, self.random.choice(["claim", "claim", "source_mention", "mention"]), [(at, at + 12)])

    def link(self) -> None:
        article = self.article()
        if claims := self.some(article, "claim"):
            claim = self.random.choice(claims)
            verbs = [
                self.project.link_author,
                self.project.link_not_stated,
                lambda c: self.project.link_new(c, "Oda Lien"),
            ]
            self.random.choice(verbs)(claim)

    def describe(self) -> None:
        if marks := self.some(self.article()):
            mark = self.random.choice(marks)
            self.project.set_note(mark, f"note {self.random.random()}")

    def shape(self) -> None:
        article = self.article()
        if marks := self.some(article):
            at = self.random.randrange(20)
            self.project.reshape(self.random.choice(marks), [(at, at + 9), (40 + at, 50 + at)])

    def unmark(self) -> None:
        marks = self.some(self.article())
        self.project.unmark(*self.random.sample(marks, min(len(marks), self.random.choice([1, 1, 8]))))

    def zone(self) -> None:
        article = self.article()
        block = self.random.choice(self.project.blocks(article))
        self.project.set_zone(article, block.start, self.random.choice(["body", "caption", "box"]))

    def many(self) -> None:
        if len(self.project.articles()) < 6:
            self.project.importing().put([draft(text * 20) for text in (PLAIN, HARD, PLAIN)])

    def library(self) -> None:
        ids = self.project.article_ids()
        some, word = self.random.sample(ids, self.random.randint(1, len(ids))), self.random.choice(["a", "b", "c"])
        verbs: list[Callable[[], object]] = [
            lambda: self.project.set_group(some, word),
            lambda: self.project.tag_articles(some, word, on=self.random.random() < 0.7),
            lambda: self.project.edit_articles(some, publication=word),
            lambda: self.project.archive(some, on=self.random.random() < 0.5),
        ]
        self.random.choice(verbs)()

    def delete(self) -> None:
        if len(self.project.articles()) > 2:
            self.project.delete_article(self.article())

    def copied(self) -> None:
        self.project.backup(self.copy, clean=self.random.random() < 0.5)


def promise_too_early(project: Project) -> None:
    """Say that an action is done while its transaction is still open."""
    store = project._store
    before = store.before_commit

    def hook(changes: Changes) -> None:
        if before is not None:
            before(changes)
        say(done=counter(project) + 1, state=digest(project))

    store.before_commit = hook


def main(path: str, seed: str, *options: str) -> None:
    project = Project.open(Path(path))
    if "--broken" in options:
        promise_too_early(project)
    say(done=counter(project), state=digest(project))
    Worker(project, int(seed), Path(path).with_name("copy.annot")).go()


if __name__ == "__main__":
    main(*sys.argv[1:])
