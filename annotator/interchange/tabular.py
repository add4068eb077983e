"""Tables of a project for spreadsheets, R and pandas: a row for each claim, source, entity, attribution and mark.

The columns are documented in docs/format.md and stay as they are; what a table does not hold is written there too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotator import __version__
from annotator.model import Id
from annotator.model.exchange import MARK_LISTS, Lists, Row
from annotator.model.values import NOT_STATED, STANDING_KINDS
from annotator.tables import Sheet, Value

SPLIT = " […] "
"""What stands between the parts of a split quote."""
LISTED = " | "
"""What stands between several values of one cell."""
PROGRAM = f"Article Annotator {__version__}"
KINDS = dict(zip(MARK_LISTS, ("claim", "source", "entity", "cue", "loaded_term"), strict=True))
"""By list of marks, what a table calls its kind."""

_OF_ARTICLE = ("article", "article_title", "publication", "date")
_OF_MARK = ("layer", "coder", "status", "segments", "start", "end", "quote")
_OF_FILE = ("text_sha256", "program")
_TIMES = ("created", "modified")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "claims": ("id", *_OF_ARTICLE, "number", *_OF_MARK, "type", "form", "check_worthy", "reasons", "short_text", "said_by",
               "sources", "source_ids", "verification", "verdict", "checked_by", "checked_at", "evidence", "ledger", "note",
               "tags", *_TIMES, *_OF_FILE),
    "sources": ("id", *_OF_ARTICLE, "label", "naming", "kind", "aliases", "entity", "entity_name", "role", "affiliation", "side",
                "proximity", "class", "ground_rules", "anonymity_reason", "independence_group", "claims", "mentions", "note",
                *_OF_FILE),
    "entities": ("id", "name", "kind", "aliases", "external", "note", "mentions", "articles", "program"),
    "attributions": ("id", *_OF_ARTICLE, "layer", "claim", "claim_number", "claim_quote", "source", "source_label",
                     "accountable_source", "source_mention", "source_mention_quote", "cue", "cue_quote", "load", "load_from",
                     "function", "via", "polarity", "determinacy", "stance", *_OF_FILE),
    "annotations": ("id", *_OF_ARTICLE, "kind", *_OF_MARK, "names", "name", "type", "form", "role", "check_worthy", "reasons",
                    "short_text", "loaded", "whose_word", "note", "tags", *_TIMES, *_OF_FILE),
}  # fmt: skip
"""The columns of each table."""

QUOTATIONS = (
    "attribution", "article", "article_title", "publication", "byline", "date", "url", "language", "coder", "source",
    "source_id", "source_kind", "naming", "affiliation", "role", "side", "accountable_source", "nested", "cue", "load",
    "function", "claim", "claim_number", "type", "form", "check_worthy", "quote", "words_start", "words_end", "parts",
    "verdict", *_OF_FILE,
)  # fmt: skip
"""The columns of the table of quotations: one row for each attribution."""


@dataclass(frozen=True)
class Tables:
    """A project's rows as tables of values; made table by table, when asked for."""

    lists: Lists

    def sheet(self, name: str) -> Sheet:
        """Return a table of COLUMNS, or "quotations"."""
        columns = QUOTATIONS if name == "quotations" else COLUMNS[name]
        made = {
            "claims": self._claims,
            "sources": self._sources,
            "entities": self._entities,
            "attributions": self._attributions,
            "annotations": self._annotations,
            "quotations": self._quotations,
        }[name]
        rows = ([_cell(row.get(column)) for column in columns] for row in made())
        return Sheet(name, columns, rows, tuple(_WIDTHS.get(c, 14.0) for c in columns))

    # -- what rows lead to

    @cached_property
    def _by_id(self) -> dict[str, dict[Id, Row]]:
        return {
            list_: {row["id"]: row for row in rows}
            for list_, rows in self.lists.items()
            if list_ not in ("files", "foreign_ids")
        }

    @cached_property
    def _marks(self) -> dict[Id, Row]:
        return {row["id"]: row for list_ in MARK_LISTS for row in self.lists[list_]}

    @cached_property
    def _articles(self) -> dict[Id, Row]:
        """By article, the cells that say which one it is."""
        found: dict[Id, Row] = {}
        shas = {v["article"]: v["sha256"] for v in self.lists["versions"] if v["current"]}
        for row in self.lists["articles"]:
            stated = {f: _stated(row, f) for f in ("publication", "byline", "date", "url", "language")}
            found[row["id"]] = {
                "article": row["id"], "article_title": row["title"], **stated, "text_sha256": shas.get(row["id"]),
                "program": PROGRAM,
            }  # fmt: skip
        return found

    @cached_property
    def _current(self) -> set[Id]:
        return {v["id"] for v in self.lists["versions"] if v["current"]}

    def _segments(self, mark: Row) -> list[list[Any]]:
        return next((p["segments"] for p in mark["places"] if p["version"] in self._current), [])

    @cached_property
    def _numbers(self) -> dict[Id, int]:
        """By accepted claim, its number among those of its article and layer, in reading order."""
        of: dict[tuple[Id, Id], list[tuple[int, int, Id]]] = defaultdict(list)
        for claim in self.lists["claims"]:
            segments = self._segments(claim)
            if claim["status"] == "accepted" and segments:
                of[claim["article"], claim["layer"]].append((segments[0][0], segments[-1][1], claim["id"]))
        return {id_: n for places in of.values() for n, (_, _, id_) in enumerate(sorted(places), 1)}

    @cached_property
    def _links(self) -> dict[Id, list[Row]]:
        found: dict[Id, list[Row]] = defaultdict(list)
        for link in self.lists["attributions"]:
            found[link["claim"]].append(link)
        return found

    def _accountable(self, link: Row) -> Row | None:
        """Return the source an attribution is accounted to: from the outermost inwards, the first that may be."""
        chain, seen = [link], {link["id"]}
        while (outer := self._by_id["attributions"].get(chain[-1]["via"] or "")) is not None and outer[
            "id"
        ] not in seen:
            chain.append(outer)
            seen.add(outer["id"])
        sources = (self._by_id["sources"][each["source"]] for each in reversed(chain))
        return next((s for s in sources if s["kind"] not in STANDING_KINDS), None)

    @cached_property
    def _state(self) -> dict[Id, Row]:
        return {event["claim"]: event for event in self.lists["verifications"]}

    # -- tables

    def _mark_cells(self, mark: Row) -> Row:
        segments = self._segments(mark)
        layer = self._by_id["layers"][mark["layer"]]
        coder = self._by_id["coders"].get(mark["coder"] or layer["coder"] or "")
        return {
            **self._articles[mark["article"]], "id": mark["id"], "layer": mark["layer"], "coder": coder and coder["name"],
            "status": mark["status"], "segments": " ".join(f"{start}-{end}" for start, end, _ in segments),
            "start": segments[0][0] if segments else None, "end": segments[-1][1] if segments else None,
            "quote": SPLIT.join(words for _, _, words in segments), "note": mark["note"],
            "tags": LISTED.join(self._by_id["terms"][tag]["label"] for tag in mark["tags"]), "created": mark["created"],
            "modified": mark["modified"],
        }  # fmt: skip

    def _claims(self) -> Iterator[Row]:
        evidence = Counter(link["claim"] for link in self.lists["claim_evidence"])
        for claim in self.lists["claims"]:
            links, event = self._links.get(claim["id"], []), self._state.get(claim["id"])
            accountable = {s["id"]: s for s in map(self._accountable, links) if s is not None}
            ledger = self._by_id["ledger"].get(claim["ledger"] or "")
            yield {
                **self._mark_cells(claim), **{f: claim[f] for f in ("type", "form", "check_worthy", "short_text")},
                "reasons": LISTED.join(claim["reasons"]), "number": self._numbers.get(claim["id"]),
                "said_by": "source" if accountable else "author" if links else "nobody_looked",
                "sources": LISTED.join(s["label"] for s in accountable.values()), "source_ids": LISTED.join(accountable),
                "verification": event["status"] if event else "not_checked", "verdict": event and event["verdict"],
                "checked_by": event and event["person"], "checked_at": event and event["at"], "evidence": evidence[claim["id"]],
                "ledger": ledger and ledger["wording"],
            }  # fmt: skip

    def _sources(self) -> Iterator[Row]:
        claims = defaultdict(set[Id])
        for link in self.lists["attributions"]:
            claims[link["source"]].add(link["claim"])
        mentions = Counter(mark["source"] for mark in self.lists["source_mentions"])
        for source in self.lists["sources"]:
            entity = self._by_id["entities"].get(source["entity"] or "")
            stated = {f: _stated(source, f) for f in _SOURCE_FIELDS}
            yield {
                **self._articles[source["article"]], "id": source["id"], "label": source["label"], **stated,
                "aliases": LISTED.join(source["aliases"]), "entity": source["entity"], "entity_name": entity and entity["name"],
                "claims": len(claims[source["id"]]), "mentions": mentions[source["id"]], "note": source["note"],
            }  # fmt: skip

    def _entities(self) -> Iterator[Row]:
        mentions = Counter(mark["entity"] for mark in self.lists["mentions"])
        articles = defaultdict(set[Id])
        for mark in self.lists["mentions"]:
            articles[mark["entity"]].add(mark["article"])
        for row in self.lists["entities"]:
            yield {
                **{f: row[f] for f in ("id", "name", "kind", "external", "note")}, "aliases": LISTED.join(row["aliases"]),
                "mentions": mentions[row["id"]], "articles": len(articles[row["id"]]), "program": PROGRAM,
            }  # fmt: skip

    def _quote(self, mark: Id | None) -> str | None:
        row = self._marks.get(mark or "")
        return None if row is None else SPLIT.join(words for _, _, words in self._segments(row))

    def _attributions(self) -> Iterator[Row]:
        for link in self.lists["attributions"]:
            claim, source, accountable = (
                self._marks[link["claim"]],
                self._by_id["sources"][link["source"]],
                self._accountable(link),
            )
            yield {
                **self._articles[claim["article"]], **link, "claim_number": self._numbers.get(claim["id"]),
                "claim_quote": self._quote(claim["id"]), "source_label": source["label"],
                "accountable_source": accountable and accountable["label"],
                "source_mention_quote": self._quote(link["source_mention"]), "cue_quote": self._quote(link["cue"]),
            }  # fmt: skip

    def _annotations(self) -> Iterator[Row]:
        own = ("type", "form", "role", "check_worthy", "short_text", "whose_word")
        for list_ in MARK_LISTS:
            register = {
                "source_mentions": ("source", "sources", "label"),
                "mentions": ("entity", "entities", "name"),
            }.get(list_)
            for mark in self.lists[list_]:
                entry = self._by_id[register[1]].get(mark[register[0]] or "") if register else None
                yield {
                    **self._mark_cells(mark), "kind": KINDS[list_], **{f: mark.get(f) for f in own}, "loaded": mark.get("loaded"),
                    "reasons": LISTED.join(mark.get("reasons", ())), "names": entry and entry["id"],
                    "name": entry and register and entry[register[2]],
                }  # fmt: skip

    def _quotations(self) -> Iterator[Row]:
        for link in self.lists["attributions"]:
            claim, source, accountable = (
                self._marks[link["claim"]],
                self._by_id["sources"][link["source"]],
                self._accountable(link),
            )
            cells, event = self._mark_cells(claim), self._state.get(claim["id"])
            yield {
                **cells, "attribution": link["id"], "source": source["label"], "source_id": source["id"],
                "source_kind": source["kind"], **{f: _stated(source, f) for f in ("naming", "affiliation", "role", "side")},
                "accountable_source": accountable and accountable["label"], "nested": link["via"] is not None,
                "cue": self._quote(link["cue"]), "load": link["load"], "function": link["function"], "claim": claim["id"],
                "claim_number": self._numbers.get(claim["id"]), "type": claim["type"], "form": claim["form"],
                "check_worthy": claim["check_worthy"], "words_start": cells["start"], "words_end": cells["end"],
                "parts": len(self._segments(claim)), "verdict": event and event["verdict"],
            }  # fmt: skip


_SOURCE_FIELDS = ("naming", "kind", "role", "affiliation", "side", "proximity", "class", "ground_rules", "anonymity_reason",
                  "independence_group")  # fmt: skip
_WIDTHS = {"quote": 60.0, "claim_quote": 50.0, "note": 30.0, "article_title": 30.0, "label": 24.0, "name": 24.0, "source": 24.0,
           "text_sha256": 16.0}  # fmt: skip


def _stated(row: Row, name: str) -> Any:
    return NOT_STATED if name in row["not_stated"] else row[name]


def _cell(value: Any) -> Value:
    """Return a value as programs read it, whatever language is spoken."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def about(lists: Lists) -> Sheet:
    """Return a table of what the other tables were made from: the program, and the text of each article."""
    shas = {v["article"]: v["sha256"] for v in lists["versions"] if v["current"]}
    rows = [[row["title"], row["id"], shas.get(row["id"]), PROGRAM] for row in lists["articles"]]
    return Sheet("about", ("article_title", "article", "text_sha256", "program"), rows, (40.0, 38.0, 66.0, 24.0))
