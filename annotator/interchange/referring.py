"""The rows of an exchange file and what they refer to: another row of it, one of the project, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.interchange.incoming import Plan, Problem
from annotator.language import tr
from annotator.model import Id
from annotator.model.exchange import FIELDS, MARK_LISTS, MARKS, Row
from annotator.project import Project


@dataclass(slots=True)
class Given:
    """A row of a file, with where it stands there."""

    row: Row
    line: int
    what: str
    file: str = ""


class Referring:
    """Collects rows, and looks which of what they refer to is coming in or there already; the rest is told."""

    def __init__(self, project: Project, plan: Plan) -> None:
        self._project = project
        self._plan = plan
        self._given: dict[str, list[Given]] = defaultdict(list)
        self._new: dict[str, dict[Id, Row]] = {list_: {} for list_ in FIELDS}
        self._there: dict[str, set[Id]] = {list_: set() for list_ in FIELDS}
        self._there_as: dict[str, list[Given]] = defaultdict(list)
        """By list, rows of the file that are in the project already."""
        self._same: dict[Id, Id] = {}
        """Terms of the file that the project has by another id."""

    def take(self, list_: str, row: Row, line: int, what: str, file: str = "") -> None:
        """Take a row whose fields are what they should be; ``line`` 0: it is made of what stands elsewhere."""
        self._given[list_].append(Given(row, line, what, file))

    def given(self, list_: str) -> list[Row]:
        """Return the rows of a list that were taken so far."""
        return [each.row for each in self._given[list_]]

    def _tell(self, given: Given, why: str, *, kept: bool = False) -> None:
        self._plan.problems.append(
            Problem(given.file or self._plan.files[0], given.line or None, given.what, why, kept)
        )

    def _leave_out(self, list_: str, given: Given, why: str) -> None:
        self._tell(given, why)
        self._plan.count(list_).left_out += 1

    def _leave_empty(self, given: Given, name: str, why: str) -> None:
        self._tell(given, why.format(field=name, id=given.row[name]), kept=True)
        given.row[name] = None

    def _once(self, list_: str, given: list[Given]) -> list[Given]:
        """Return the rows that are neither in the project nor twice in the file."""
        ids = [each.row["id"] for each in given]
        there = self._project.present(list_, ids) if ids else set[Id]()
        if list_ in MARK_LISTS:
            kinds = self._project.lists_of_marks(there)
            astray = {id_ for id_ in there if kinds[id_][0] != list_}
            others = set().union(*(self._new[mark] for mark in MARK_LISTS if mark != list_))
        else:
            astray, others = set[Id](), set[Id]()
        found: dict[Id, Given] = {}
        for each in given:
            id_ = each.row["id"]
            if id_ in found or id_ in others or id_ in astray:
                self._leave_out(list_, each, tr("its id is another one’s: {id}", id=id_))
            elif id_ in there:
                self._there[list_].add(id_)
                self._plan.count(list_).there += 1
                self._there_as[list_].append(each)
            else:
                found[id_] = each
        return list(found.values())

    def _knows(self, list_: str, id_: Id) -> bool:
        """Say whether a row is coming in or there already."""
        lists = MARK_LISTS if list_ == MARKS else (list_,)
        if any(id_ in self._new[each] or id_ in self._there[each] for each in lists):
            return True
        if list_ in MARK_LISTS:
            kinds = self._project.lists_of_marks([id_])
            found = id_ in kinds and kinds[id_][0] == list_
        else:
            found = bool(self._project.present(list_, [id_]))
        if found:
            self._there[lists[0]].add(id_)
        return found

    def _refers(self, list_: str, given: Given) -> bool:
        """Look whether what a row refers to is there; what is not is left empty, where it may be."""
        row = given.row
        for field in FIELDS[list_]:
            if field.of == list_ or field.kind not in ("ref", "refs") or field.name == "derived_from":
                continue
            value = row[field.name]
            if field.kind == "refs":
                row[field.name] = self._refs(field.of, field.name, value, given)
            elif value is not None and not self._knows(field.of, value):
                if field.needed:
                    self._leave_out(list_, given, tr("“{field}” leads nowhere: {id}", field=field.name, id=value))
                    return False
                self._leave_empty(given, field.name, tr("“{field}” leads nowhere, and is left empty: {id}"))
        return True

    def _refs(self, of: str, name: str, ids: Iterable[Id], given: Given) -> list[Id]:
        kept = dict.fromkeys(self._same.get(id_, id_) for id_ in ids)
        lost = [id_ for id_ in kept if not self._knows(of, id_)]
        for id_ in lost:
            self._tell(given, tr("“{field}” leads nowhere, and is left out: {id}", field=name, id=id_), kept=True)
            del kept[id_]
        return list(kept)

    def _forward(self, list_: str, rows: list[Given]) -> None:
        """Add rows, and look at what leads from one to another of the same list: no circles, nothing that is not there."""
        of_list = {g.row["id"]: g.row for g in rows}
        self._new[list_].update(of_list)
        for field in FIELDS[list_]:
            if field.kind != "ref" or field.of != list_:
                continue
            fine: set[Id] = set()
            for given in rows:
                value = given.row[field.name]
                if value is None:
                    continue
                seen = {given.row["id"]}
                at: Id | None = value
                while at is not None and at not in seen and at not in fine:
                    seen.add(at)
                    at = of_list[at][field.name] if at in of_list else None
                if at in seen:
                    self._leave_empty(given, field.name, tr("“{field}” leads in a circle, and is left empty: {id}"))
                elif not self._knows(list_, value):
                    self._leave_empty(given, field.name, tr("“{field}” leads nowhere, and is left empty: {id}"))
                fine |= seen
        if list_ == MARK_LISTS[-1]:
            self._derived()

    def _derived(self) -> None:
        for list_ in MARK_LISTS:
            for row in self._new[list_].values():
                if row["derived_from"]:
                    kept = [id_ for id_ in row["derived_from"] if id_ != row["id"] and self._knows(MARKS, id_)]
                    if kept != row["derived_from"]:
                        given = Given(row, 0, f"{list_} {row['id']}")
                        self._tell(given, tr("what it is derived from is not all there; that is left out."), kept=True)
                        row["derived_from"] = kept
