"""Which articles the library lists and in which order: sorted, in groups that fold, narrowed; no widget."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple, Self

from PySide6.QtCore import QDate, QLocale, QMimeData, QModelIndex, Qt, Signal

from annotator.language import tr, trc
from annotator.model import Id
from annotator.project import ArticleSummary
from annotator.ui.models import AnyIndex, RowsModel

SHOWN = (tr("All"), trc("articles", "To do"), trc("articles", "Done"))
ALL, TO_DO, DONE = range(len(SHOWN))

SORTS: dict[str, str] = {
    "added": tr("when added"),
    "title": tr("title"),
    "publication": tr("publication"),
    "date": tr("date"),
    "coverage": tr("coverage"),
    "claims": tr("number of claims"),
    "words": tr("length"),
}
"""What articles can be sorted by, with its words."""

GROUPS: dict[str, str] = {
    "": tr("no headings"),
    "group": tr("group"),
    "publication": tr("publication"),
    "month": tr("month"),
    "language": tr("language"),
    "status": tr("status"),
    "tag": tr("tag"),
}
"""What articles can be put under headings by, with its words."""

STATUS = {"not_started": tr("Not started"), "in_progress": tr("In progress"), "complete": tr("Complete")}
DRAGGED = "application/x-annotator-articles"
"""The kind of what is dragged within the library."""
ARCHIVED = "archived"
"""Key of the heading over archived articles; it is last and folded unless a person opened it."""


def complete(summary: ArticleSummary) -> bool:
    """Say whether every sentence of an article is accounted for."""
    return summary.sentences is not None and summary.sentences == summary.accounted


@dataclass(frozen=True)
class Arrangement:
    """What a person wants of the library.

    ``folded`` holds the headings, as "grouping/key", that were turned over: those folded, and "archived" where it was
    opened.
    """

    sort: str = "added"
    down: bool = False
    group: str = ""
    tag: str = ""
    folded: frozenset[str] = frozenset()

    def to_json(self) -> str:
        """Return it as it is kept with the project."""
        return json.dumps(asdict(self) | {"folded": sorted(self.folded)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str | None) -> Self:
        """Return what was kept; whatever is not understood is as usual."""
        try:
            table: Any = json.loads(kept or "{}")
        except (ValueError, RecursionError):
            table = {}
        usual = cls()
        if not isinstance(table, dict):
            return usual
        said: dict[str, Any] = {str(k): v for k, v in table.items()}  # type: ignore[reportUnknownVariableType]
        folded = said.get("folded")
        return cls(
            sort=_known(said.get("sort"), SORTS, usual.sort),
            down=said.get("down") is True,
            group=_known(said.get("group"), GROUPS, usual.group),
            tag=str(said["tag"]) if isinstance(said.get("tag"), str) else "",
            folded=frozenset(map(str, folded)) if isinstance(folded, list) else usual.folded,  # type: ignore[reportUnknownArgumentType]
        )

    @property
    def usual(self) -> bool:
        """Whether articles stand as they were added, without headings, all of them."""
        return replace(self, folded=frozenset()) == Arrangement()

    def turned(self, place: str) -> Arrangement:
        """Return the same with a heading folded that was open, or opened."""
        return replace(self, folded=self.folded ^ {place})


def _known(value: object, table: Mapping[str, str], usual: str) -> str:
    return value if isinstance(value, str) and value in table else usual


@dataclass(frozen=True)
class Heading:
    """The row over a group of articles."""

    place: str
    name: str
    articles: int
    done: int
    open: bool
    group: str | None = None
    """The group's own name where articles can be moved here; "" takes them out of any."""


Entry = ArticleSummary | Heading


class LibraryModel(RowsModel[Entry]):
    """The rows of the library; a heading can be gone to but not chosen. Articles can be dragged onto that of a group."""

    dropped = Signal(object)
    """The Heading that what is chosen was dropped on."""

    def __init__(self, words: Callable[[Entry], str], tip: Callable[[Entry], str] | None = None) -> None:
        super().__init__(words, (), tip=tip)
        self._rows_of: dict[Id, list[int]] = {}

    def set_rows(self, rows: Sequence[Entry]) -> None:
        """Show these rows."""
        super().set_rows(rows)
        self._rows_of = {}
        for n, row in enumerate(self.rows):
            if not isinstance(row, Heading):
                self._rows_of.setdefault(row.article.id, []).append(n)

    def rows_of(self, article: Id) -> Sequence[int]:
        """Return the numbers of an article's rows; it may stand under several tags, or under a folded heading."""
        return self._rows_of.get(article, ())

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        known = super().flags(index)
        row = self.rows[index.row()] if index.isValid() else None
        if not isinstance(row, Heading):
            return known | Qt.ItemFlag.ItemIsDragEnabled if row is not None else known
        can_take = Qt.ItemFlag.ItemIsDropEnabled if row.group is not None else Qt.ItemFlag(0)
        return (known & ~Qt.ItemFlag.ItemIsSelectable) | can_take

    def mimeTypes(self) -> list[str]:
        """Return what is dragged: articles of this list, and nothing that means something elsewhere."""
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what is dragged: which articles it is, the selection says."""
        made = QMimeData()
        made.setData(DRAGGED, b"")
        return made

    def supportedDropActions(self) -> Qt.DropAction:
        """Return what dropping does: nothing goes from the list by it."""
        return Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Tell which heading articles were dropped on."""
        head = self.rows[parent.row()] if parent.isValid() else None
        if isinstance(head, Heading) and head.group is not None:
            self.dropped.emit(head)
        return False


class Listed(NamedTuple):
    """The rows to show, and how many articles stand in them, each counted once."""

    rows: Sequence[Entry]
    articles: int
    archived: int = 0


class _Group:
    def __init__(self, name: str, rows: list[ArticleSummary], order: tuple[Any, ...] = ()) -> None:
        self.name = name
        self.rows = rows
        self.order = order


def arrange(everything: Sequence[ArticleSummary], wanted: Arrangement, shown: int = ALL) -> Listed:
    """Return the rows for articles in the order they were added; ``shown`` is ALL, TO_DO or DONE."""
    kept = [s for s in everything if shown == ALL or complete(s) == (shown == DONE)]
    if wanted.tag:
        kept = [s for s in kept if wanted.tag in s.tags]
    ordered = _sorted([s for s in kept if not s.article.archived], wanted)
    archived = _sorted([s for s in kept if s.article.archived], wanted)
    rows: list[Entry] = []
    if wanted.group:
        for key, group in _in_groups(ordered, wanted.group):
            place = f"{wanted.group}/{key}"
            rows += _headed(place, group, place not in wanted.folded, key if wanted.group == "group" else None)
    else:
        rows += ordered
    if archived:
        rows += _headed(ARCHIVED, _Group(tr("Archived"), archived), ARCHIVED in wanted.folded, None)
    return Listed(rows, len(ordered), len(archived))


def _headed(place: str, group: _Group, is_open: bool, name: str | None) -> list[Entry]:
    head = Heading(place, group.name, len(group.rows), sum(map(complete, group.rows)), is_open, name)
    return [head, *group.rows] if is_open else [head]


# -- sorting

_KEYS: dict[str, Callable[[ArticleSummary], Any]] = {
    "title": lambda s: letters(s.article.title),
    "publication": lambda s: letters(s.article.publication or "") or None,
    "date": lambda s: s.article.date or None,
    "coverage": lambda s: (s.accounted or 0) / s.sentences if s.sentences else None,
    "claims": lambda s: s.claims,
    "words": lambda s: s.words,
}


def _sorted(rows: list[ArticleSummary], wanted: Arrangement) -> list[ArticleSummary]:
    """Sort rows; what an article lacks comes last, whichever way round."""
    key = _KEYS.get(wanted.sort)
    if key is None:
        return rows[::-1] if wanted.down else rows
    keyed = [(key(s), s) for s in rows]
    there = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=wanted.down)
    return [s for _, s in there] + [s for k, s in keyed if k is None]


@lru_cache(maxsize=16384)
def letters(words: str) -> str:
    """Return what words are sorted by: letters and digits without accents, case and opening marks; numbers as numbers."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    start = next((n for n, c in enumerate(plain) if c.isalnum()), 0)
    return _padded(plain[start:]) if not plain.isalpha() else plain


def _padded(words: str) -> str:
    """Return words with their numbers filled up, so that 10 stands after 9."""
    parts: list[str] = []
    digits = ""
    for c in words + "\0":
        if c.isdecimal():
            digits += c
            continue
        if digits:
            parts.append(digits.zfill(12))
            digits = ""
        parts.append(c)
    return "".join(parts)[:-1]


# -- grouping


def _in_groups(rows: Iterable[ArticleSummary], by: str) -> list[tuple[str, _Group]]:
    """Put rows into groups by key, in the groups' own order; an article stands in each of its tags."""
    found: dict[str, _Group] = {}
    for summary in rows:
        for key in _group_keys(summary, by):
            group = found.get(key)
            if group is None:
                name = group_name(key, by)
                group = found[key] = _Group(name, [], _group_order(key, name, by))
            group.rows.append(summary)
    return sorted(found.items(), key=lambda pair: pair[1].order)


def _group_keys(summary: ArticleSummary, by: str) -> Collection[str]:
    article = summary.article
    match by:
        case "tag":
            return summary.tags or ("",)
        case "group":
            return (article.group_name or "",)
        case "publication":
            return (article.publication or "",)
        case "language":
            return ((article.language or "").replace("_", "-").split("-")[0].lower(),)
        case "status":
            return (summary.status,)
        case _:
            return (month(article.date),)


@lru_cache(maxsize=4096)
def month(date: str | None) -> str:
    """Return the month of an ISO date as "2026-03"; empty for any other words."""
    said = (date or "")[:7]
    return said if len(said) == 7 and said[4] == "-" and QDate.fromString(said + "-01", "yyyy-MM-dd").isValid() else ""


_WITHOUT = {
    "group": tr("In no group"),
    "publication": tr("No publication"),
    "month": tr("No date"),
    "language": tr("No language"),
    "tag": tr("No tag"),
}


def group_name(key: str, by: str) -> str:
    """Return the words of a heading."""
    if by == "status":
        return STATUS[key]
    if not key:
        return _WITHOUT[by]
    if by == "language":
        found = QLocale(key)
        known = found.language() not in (QLocale.Language.C, QLocale.Language.AnyLanguage)
        return QLocale.languageToString(found.language()) if known else key
    if by == "month":
        return tr("{month} {year}", month=QLocale().standaloneMonthName(int(key[5:])), year=key[:4])
    return key


def _group_order(key: str, name: str, by: str) -> tuple[Any, ...]:
    """Return where a group stands: what lacks the fact last, months from the newest on, the rest by letters."""
    if by == "status":
        return (list(STATUS).index(key),)
    if by == "month":
        return (0, -int(key.replace("-", ""))) if key else (1, 0)
    return (not key, letters(name))


def id_of(row: Entry | None) -> Id | None:
    """Return the article of a row; None for a heading."""
    return row.article.id if isinstance(row, ArticleSummary) else None
