"""What a file of another program says, made into rows of ours: which article, whose layer, which entry of the registers.

Ids of other programs become UUIDs that are the same each time the same file is read, so that nothing comes in twice; they
are kept beside the rows, for an export that gives them back.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from annotator import text as texts
from annotator.anchoring import Selector
from annotator.errors import RuleBroken
from annotator.interchange.fields import checked
from annotator.interchange.incoming import Plan, Problem
from annotator.interchange.places import placed
from annotator.interchange.whole import Whole
from annotator.model import Id, now
from annotator.model.code_book import LISTS
from annotator.model.exchange import FIELDS, Row
from annotator.project import Project

_OURS = uuid.UUID("7d1f0f66-6a0e-4a55-9d0c-2f6b5c9c1a11")
"""The name space of ids made from those of other programs (RFC 9562, version 5)."""


class Gathering:
    """One import of marks into articles that are there. Rows go through ``Whole``, which looks at them beside each other."""

    def __init__(
        self,
        project: Project,
        plan: Plan,
        format_: str,
        sha256: str,
        *,
        article: Id | None = None,
        coder: str | None = None,
    ) -> None:
        self.project = project
        self.plan = plan
        self.whole = Whole(project, plan, sha256)
        self._format = format_
        self._sha = sha256
        self._only = article
        self._coder = coder
        self._texts: dict[Id, tuple[Id, str]] = {}
        self._standing: dict[Id, Mapping[str, Id]] = {}
        self._entries: dict[tuple[str, str], Id] = {}
        self._taken: dict[str, set[Id]] = defaultdict(set)
        self._at = now()

    # -- where it goes

    def id_of(self, kind: str, foreign: str) -> Id:
        """Return our id of something of the file: its own, where that is a UUID."""
        try:
            return str(uuid.UUID(foreign)) if len(foreign) == 36 else self._made_of(kind, foreign)
        except ValueError:
            return self._made_of(kind, foreign)

    def _made_of(self, kind: str, foreign: str) -> Id:
        return str(
            uuid.uuid5(_OURS, "\n".join((self._format, self._sha, kind, foreign)).encode("utf-8", "replace").decode())
        )

    @cached_property
    def layer(self) -> Id:
        """The layer the marks go to: the one at work, or that of the coder named, made where there is none."""
        name = (self._coder or "").strip()
        if not name:
            return self.project.layer.id
        for layer, coder in self.project.layers():
            if coder.casefold() == name.casefold() and layer.kind == "work":
                return layer.id
        person = next((c for c in self.project.coders() if c.name.casefold() == name.casefold()), None)
        coder_id = person.id if person is not None else self._made_of("coder", name)
        made = self._made_of("layer", name)
        if person is None:
            self.whole.take(
                "coders", {"id": coder_id, "name": name, "initials": texts.initials(name), "merged_into": None}, 0, name
            )
        row = {"id": made, "coder": coder_id, "kind": "work", "name": "", "rule": None, "locked": False}
        self.whole.take("layers", row, 0, name)
        return made

    @cached_property
    def coder(self) -> Id | None:
        """The coder of that layer."""
        found = {layer.id: layer.coder for layer, _ in self.project.layers()}
        if self.layer in found:
            return found[self.layer]
        return next((row["coder"] for row in self.whole.given("layers") if row["id"] == self.layer), None)

    def article(self, id_: str | None = None, sha256: str | None = None, title: str | None = None) -> Id | None:
        """Return the article a file means, by its id, its text, or a title only one has; the one asked for goes before."""
        if self._only is not None:
            return self._only
        if id_ and id_.lower() in self._titles:
            return id_.lower()
        if sha256:
            same = [a for a, sha in self._shas.items() if sha == sha256.lower()]
            if same:
                return same[0]
        named = [a for a, known in self._titles.items() if title and known == title]
        if len(named) == 1:
            return named[0]
        return next(iter(self._titles)) if len(self._titles) == 1 and not (id_ or sha256 or title) else None

    @cached_property
    def _titles(self) -> dict[Id, str]:
        return self.project.titles()

    @cached_property
    def _shas(self) -> dict[Id, str]:
        return {summary.article.id: summary.sha256 for summary in self.project.articles()}

    def text(self, article: Id) -> tuple[Id, str]:
        """Return the current version of an article and its text. Raises RuleBroken where it is gone."""
        if article not in self._texts:
            version = self.project.version(article)
            self._texts[article] = version.id, version.text
        return self._texts[article]

    # -- what comes in

    def tell(self, file: str, line: int, what: str, why: str, *, kept: bool = False) -> None:
        """List something that was left out, or (``kept``) is not as the file says."""
        self.plan.problems.append(Problem(file, line, what, why, kept))

    def take(self, list_: str, row: Row, file: str, line: int, what: str, *, foreign: str = "") -> Id | None:
        """Take a row; fields not given are empty. Returns its id, None where it is of no use, which is listed."""
        blank = {f.name: None for f in FIELDS[list_]}
        made = checked(list_, {**blank, **row}, lambda why, kept: self.tell(file, line, what, why, kept=kept))
        if made is None:
            self.plan.count(list_).left_out += 1
            return None
        self.whole.take(list_, made, line, what, file)
        self._taken[list_].add(made["id"])
        if foreign and foreign.lower() != made["id"]:
            kept = {
                "list": list_,
                "row": made["id"],
                "format": self._format,
                "file_sha256": self._sha,
                "id": foreign,
                "raw": None,
            }
            self.whole.take("foreign_ids", kept, line, what, file)
        return made["id"]

    def mark(
        self,
        list_: str,
        article: Id,
        wanted: Sequence[Selector],
        file: str,
        line: int,
        what: str,
        *,
        foreign: str,
        **fields: Any,
    ) -> Id | None:
        """Take a mark of an article, placed in its text; what cannot be placed is kept without a place, and listed."""
        version, text = self.text(article)
        told: list[str] = []
        found = placed(text, wanted, told.append)
        id_ = self.id_of(list_, foreign)
        outcome = None if found.outcome == "exact" else found.outcome
        is_lost = not found.segments and not any((s.quote or "").strip() for s in found.lost)
        for why in told:
            self.tell(file, line, what, why, kept=not is_lost)
        if is_lost:
            self.plan.count(list_).left_out += 1
            return None
        place = {"version": version, "segments": found.rows(text), "outcome": outcome, "confirmed_by": None}
        row = {
            "layer": self.layer, "article": article, "status": "accepted", "coder": self.coder, "created": self._at,
            "modified": self._at, **fields, "id": id_, "places": [place],
        }  # fmt: skip
        if found.lost and not found.segments:
            raw = " […] ".join(s.quote or "" for s in found.lost)
            kept = {
                "list": list_,
                "row": id_,
                "format": self._format,
                "file_sha256": self._sha,
                "id": foreign,
                "raw": raw,
            }
            taken = self.take(list_, row, file, line, what)
            if taken is not None:
                self.whole.take("foreign_ids", kept, line, what, file)
            return taken
        return self.take(list_, row, file, line, what, foreign=foreign)

    def entry(
        self, list_: str, name: str, article: Id | None, file: str, line: int, what: str, **fields: Any
    ) -> Id | None:
        """Return the one source of an article, or entity, with a name; made where there is none, or more than one."""
        words = " ".join(name.split())
        key = list_, f"{article or ''}\n{words.casefold()}"
        if key not in self._entries:
            try:
                known = self.project.named(list_, words, article)
            except RuleBroken:
                known = frozenset[Id]()
            if len(known) == 1:
                self._entries[key] = next(iter(known))
            else:
                field = "label" if list_ == "sources" else "name"
                own = {"article": article} if list_ == "sources" else {}
                made = self.take(
                    list_, {"id": self._made_of(list_, key[1]), field: words, **own, **fields}, file, line, what
                )
                if made is None:
                    return None
                self._entries[key] = made
        return self._entries[key]

    def has(self, list_: str, id_: Id) -> bool:
        """Say whether a row was taken, or is in the project."""
        return id_ in self._taken[list_] or bool(self.project.present(list_, [id_]))

    def standing(self, article: Id) -> Mapping[str, Id]:
        """Return the author and the publication of an article, by their kind."""
        if article not in self._standing:
            sources = self.project.sources(article)
            self._standing[article] = {s.kind: s.id for s in sources if s.kind is not None and not s.accountable}
        return self._standing[article]

    def tag(self, words: str, file: str, line: int) -> Id:
        """Return the term of a tag, made where the code book has none."""
        key = LISTS["tag"].key_of(words)
        if key not in self._tags:
            row = {"id": self._made_of("tag", key), "list": "tag", "key": key, "label": words, "position": 0}
            self._tags[key] = self.take("terms", row, file, line, words) or ""
        return self._tags[key]

    @cached_property
    def _tags(self) -> dict[str, Id]:
        return {key: id_ for (list_, key), id_ in self.project.term_ids().items() if list_ == "tag"}

    def finish(self) -> Plan:
        """Look at all that was taken; returns the plan."""
        self.whole.finish(None)
        return self.plan
