"""The rows of an exchange file beside each other and beside the project: what leads nowhere, stands twice or breaks a rule."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from annotator import text as texts
from annotator.anchoring import Selector
from annotator.interchange.incoming import Plan
from annotator.interchange.places import are_exact, place_of, placed
from annotator.interchange.referring import Given, Referring
from annotator.language import tr
from annotator.model import Article, Id, ImportReport
from annotator.model.exchange import ANSWERED_LISTS, BLOCK_FIELDS, FIELDS, MARK_LISTS, Row
from annotator.model.values import NO_VERDICT_TYPES
from annotator.project import Project
from annotator.project.links import STANDING, standing_source

_NAMED = {"articles": "title", "sources": "label", "entities": "name"}


class Whole(Referring):
    """Looks at the rows of a file list by list, by the rules each list has; what is left of them is the plan's."""

    def __init__(self, project: Project, plan: Plan, file_sha256: str) -> None:
        super().__init__(project, plan)
        self._sha = file_sha256
        self._orphans: list[Row] = []
        self._texts: dict[Id, tuple[Id, str]] = {}
        """By version, its article and its text."""
        self._pairs: set[tuple[Id, Id]] = set()
        self._with_evidence: set[Id] = set()

    @cached_property
    def _terms(self) -> dict[tuple[str, str], Id]:
        return self._project.term_ids()

    def finish(self, settings: Mapping[str, object] | None) -> None:
        """Look at everything that was taken, in an order in which what is referred to stands first.

        ``settings``: those of a whole project, which takes the place of one in which nothing was done yet.
        """
        for list_ in FIELDS:
            self._sort(list_, self._given.pop(list_, []))
        self._lonely_ledger()
        if settings is not None:
            self._differing()
        self._plan.problems.sort(key=lambda p: (p.file, p.line or 0))
        lists = {list_: list(rows.values()) for list_, rows in self._new.items()}
        lists["foreign_ids"] += self._orphans
        self._plan.lists = {list_: rows for list_, rows in lists.items() if rows}
        for list_, rows in self._new.items():
            if rows:
                self._plan.count(list_).new = len(rows)
        layers = {row["id"] for row in lists["layers"]}
        if settings is not None and layers and lists["coders"] and self._project.is_blank:
            self._plan.settings = self._settings(settings, layers)

    def _settings(self, given: Mapping[str, object], layers: set[Id]) -> dict[str, str]:
        kept = {
            k: v
            for k, v in given.items()
            if isinstance(v, str) and k.isprintable() and v.isprintable() and k != "revision"
        }
        if kept.get("layer") not in layers:
            work = [row["id"] for row in self._new["layers"].values() if row["kind"] == "work"]
            kept["layer"] = (work or sorted(layers))[0]
        return kept

    def _sort(self, list_: str, given: list[Given]) -> None:
        own = {"merged_ids": self._merged_ids, "foreign_ids": self._foreign_ids, "files": self._files}.get(list_)
        if own is not None:
            own(given)
            return
        once = self._once(list_, given)
        rows: list[Given] = []
        for each in once:
            if self._refers(list_, each) and self._is_right(list_, each):
                rows.append(each)
        self._forward(list_, rows)
        if list_ == "versions":
            self._articles_without_text()
        if list_ == "sources":
            self._standing_sources()

    def _is_right(self, list_: str, given: Given) -> bool:
        """Look whether a row keeps the rules of its list; mend it, or leave it out."""
        name = _NAMED.get(list_)
        if name is not None and not given.row[name].strip():
            self._tell(given, tr("“{field}” is empty.", field=name), kept=True)
            given.row[name] = tr("Untitled")
        if list_ in MARK_LISTS:
            return self._mark(list_, given)
        rule = {
            "terms": self._term,
            "versions": self._version,
            "sentence_marks": self._sentence_mark,
            "attributions": self._attribution,
            "relations": self._relation,
            "claim_evidence": self._claim_evidence,
            "verifications": self._verification,
            "evidence": self._evidence,
        }.get(list_)
        return rule is None or rule(given)

    def _term(self, given: Given) -> bool:
        row = given.row
        there = self._terms.get((row["list"], row["key"]))
        if there is None:
            self._terms[row["list"], row["key"]] = row["id"]
            return True
        self._same[row["id"]] = there
        self._plan.count("terms").there += 1
        return False

    def _files(self, given: list[Given]) -> None:
        for each in given:
            row = each.row
            if row["bytes"] is None or self._project.has_file(row["sha256"]):
                self._plan.count("files").there += row["bytes"] is not None
            elif _sha_of(row["bytes"]) != row["sha256"]:
                self._leave_out("files", each, tr("its bytes are not those its SHA-256 is of."))
            else:
                self._new["files"][row["sha256"]] = row

    def _keep_file(self, given: Given, name: str) -> None:
        sha = given.row[name]
        if sha is not None and sha not in self._new["files"] and not self._project.has_file(sha):
            self._tell(given, tr("the file “{field}” names is not in here: {sha}", field=name, sha=sha), kept=True)
            given.row[name] = None

    def _evidence(self, given: Given) -> bool:
        self._keep_file(given, "file")
        return True

    def _version(self, given: Given) -> bool:
        row = given.row
        self._keep_file(given, "original")
        text = texts.clean(row["text"]).text
        if text != row["text"] or texts.sha256(text) != row["sha256"]:
            self._tell(
                given, tr("its text is not the one its SHA-256 is of; places are found by their words."), kept=True
            )
            row["text"], row["sha256"] = text, texts.sha256(text)
        try:
            ImportReport.from_json(row["import_record"])
        except (ValueError, TypeError, RecursionError):
            self._tell(given, tr("how it was read is not told in a way that can be read, and is left out."), kept=True)
            row["import_record"] = "{}"
        if not _are_blocks(text, row["blocks"]):
            self._tell(
                given, tr("its blocks are not the lines of its text; all of them are paragraphs now."), kept=True
            )
            row["blocks"] = [[start, end, "paragraph", 0, "body"] for start, end in texts.lines(text)]
        self._texts[row["id"]] = row["article"], text
        return True

    def _articles_without_text(self) -> None:
        """Leave out articles without a text; of each other one version is the current one."""
        versions: dict[Id, list[Row]] = defaultdict(list)
        for row in self._new["versions"].values():
            versions[row["article"]].append(row)
        for article in list(self._new["articles"]):
            mine = versions[article]
            if not mine:
                given = Given(self._new["articles"].pop(article), 0, f"articles[{article}]")
                self._leave_out("articles", given, tr("it has no text."))
                continue
            current = [row for row in mine if row["current"]]
            if len(current) != 1:
                kept = (current or mine)[-1]
                for row in mine:
                    row["current"] = row is kept
                self._tell(Given(kept, 0, f"articles[{article}]"), tr("not one of its texts is the current one; the last is now."),
                           kept=True)  # fmt: skip
        for article, rows in versions.items():
            for row in rows if article not in self._new["articles"] else ():
                row["current"] = False  # the project's own text of an article stays the current one

    def _standing_sources(self) -> None:
        """Give each article its author and its publication, where a file has none."""
        there = {(row["article"], row["kind"]) for row in self._new["sources"].values()}
        for article, row in self._new["articles"].items():
            for kind, (fact, _) in STANDING.items():
                if (article, kind) in there:
                    continue
                made = standing_source(Article(id=article, title=row["title"], **{fact: row[fact]}), kind)
                blank = dict.fromkeys((f.name for f in FIELDS["sources"]), None)
                self._new["sources"][made.id] = {
                    **blank, "id": made.id, "article": article, "label": made.label, "naming": made.naming, "kind": kind,
                    "aliases": [], "not_stated": [],
                }  # fmt: skip

    def _text(self, version: Id) -> tuple[Id, str] | None:
        """Return the article and the text of a version, of the file or of the project."""
        if version not in self._texts:
            found = self._project.version_text(version)
            if found is None:
                return None
            self._texts[version] = found
        return self._texts[version]

    def _sentence_mark(self, given: Given) -> bool:
        row = given.row
        found = self._text(row["version"])
        if found is None or not row["start"] < row["end"] <= len(found[1]):
            self._leave_out(
                "sentence_marks",
                given,
                tr("({start}, {end}) is no place of its text.", start=row["start"], end=row["end"]),
            )
            return False
        return True

    def _mark(self, list_: str, given: Given) -> bool:
        row = given.row
        places = [p for p in (self._place(given, place) for place in row["places"]) if p is not None]
        kept = {p["version"]: p for p in reversed(places)}
        if len(kept) != len(places):
            self._tell(given, tr("it has two places in one text; the first is taken."), kept=True)
        row["places"] = [p for p in places if kept.get(p["version"]) is p]
        if not row["places"]:
            self._leave_out(list_, given, tr("it has no place in a text."))
            return False
        if not any(p["segments"] for p in row["places"]):
            self._plan.count(list_).orphans += 1
        return self._leads_right(list_, given)

    def _leads_right(self, list_: str, given: Given) -> bool:
        row = given.row
        source = row.get("source") if list_ == "source_mentions" else None
        if source is not None and self._article_of_source(source) not in (row["article"], None):
            self._leave_empty(given, "source", tr("“{field}” belongs to another article, and is left empty: {id}"))
        return True

    def _place(self, given: Given, place: object) -> Row | None:
        """Return where a mark is in one text, looked at there; None, told, where that is no place."""
        row, made = given.row, place_of(place)
        if made is None:
            self._tell(given, tr("a place of it is none: version, segments and outcome are wanted."), kept=True)
            return None
        found = self._text(made["version"])
        if found is None or found[0] != row["article"]:
            self._tell(given, tr("it is in a text that is not its article’s: {id}", id=made["version"]), kept=True)
            return None
        if made["confirmed_by"] is not None and not self._knows("coders", made["confirmed_by"]):
            self._tell(
                given,
                tr("“{field}” leads nowhere, and is left empty: {id}", field="confirmed_by", id=made["confirmed_by"]),
                kept=True,
            )
            made["confirmed_by"] = None
        text = found[1]
        if are_exact(text, made["segments"]):
            return made
        return self._find_again(given, text, made)

    def _find_again(self, given: Given, text: str, made: Row) -> Row:
        """Place segments that are not what they say, by their words; each is told."""
        wanted = [Selector(*segment) for segment in made["segments"]]
        found = placed(text, wanted, lambda why: self._tell(given, why, kept=True))
        if found.outcome == "orphan":
            raw = json.dumps(made["segments"], ensure_ascii=True)
            self._orphans.append(
                {"list": given.what.partition("[")[0], "row": given.row["id"], "format": "json", "file_sha256": self._sha,
                 "id": given.row["id"], "raw": raw}
            )  # fmt: skip
        outcome = made["outcome"] if found.outcome == "exact" else found.outcome
        return {**made, "segments": found.rows(text), "outcome": outcome}

    def _article_of_claim(self, claim: Id) -> Id | None:
        row = self._new["claims"].get(claim)
        return row["article"] if row is not None else self._project.lists_of_marks([claim]).get(claim, ("", None))[1]

    def _article_of_source(self, source: Id) -> Id | None:
        row = self._new["sources"].get(source)
        return row["article"] if row is not None else self._project.article_of_source(source)

    def _attribution(self, given: Given) -> bool:
        row = given.row
        article = self._article_of_claim(row["claim"])
        if article != self._article_of_source(row["source"]):
            self._leave_out("attributions", given, tr("its claim and its source are of different articles."))
            return False
        for name in ("source_mention", "cue"):
            mark = next((self._new[m][row[name]] for m in MARK_LISTS if row[name] in self._new[m]), None)
            if mark is not None and mark["article"] != article:
                self._leave_empty(given, name, tr("“{field}” belongs to another article, and is left empty: {id}"))
        return True

    def _relation(self, given: Given) -> bool:
        if given.row["from_claim"] == given.row["to_claim"]:
            self._leave_out("relations", given, tr("it leads from a claim to itself."))
            return False
        return True

    def _claim_evidence(self, given: Given) -> bool:
        pair = given.row["claim"], given.row["evidence"]
        if pair in self._pairs or self._project.has_evidence(*pair):
            self._leave_out("claim_evidence", given, tr("this evidence stands with this claim already."))
            return False
        self._pairs.add(pair)
        self._with_evidence.add(pair[0])
        return True

    def _verification(self, given: Given) -> bool:
        row = given.row
        claim = self._new["claims"].get(row["claim"])
        why = ""
        if row["verdict"] is None:
            return True
        if claim is not None and claim["type"] in NO_VERDICT_TYPES:
            why = tr("an opinion or a value takes no verdict.")
        elif not row["person"]:
            why = tr("a verdict needs a person.")
        elif (
            claim is not None
            and row["claim"] not in self._with_evidence
            and (row["verdict"] != "none" or not row["why"])
        ):
            why = tr("a verdict needs evidence.")
        if why:
            self._leave_out("verifications", given, why)
        return not why

    def _differing(self) -> None:
        """Tell of rows that are there already and say something else there: the project's stay as they are."""
        if not any(self._there_as.values()):
            return
        here = self._project.rows(files=False)
        for list_, given in self._there_as.items():
            rows = {row["id"]: row for row in here[list_]}
            for each in given:
                other = [name for name, value in each.row.items() if value != rows[each.row["id"]][name]]
                if other:
                    why = tr(
                        "it is there already and says something else ({fields}); that stays.", fields=", ".join(other)
                    )
                    self._tell(each, why, kept=True)

    def _lonely_ledger(self) -> None:
        """Leave out entries of the ledger that fewer than two claims would make."""
        used = Counter(row["ledger"] for row in self._new["claims"].values() if row["ledger"])
        for id_ in list(self._new["ledger"]):
            if used[id_] < 2:
                given = Given(self._new["ledger"].pop(id_), 0, f"ledger[{id_}]")
                self._leave_out("ledger", given, tr("fewer than two claims say it."))
                for row in self._new["claims"].values():
                    if row["ledger"] == id_:
                        row["ledger"] = None

    def _merged_ids(self, given: list[Given]) -> None:
        now = {each.row["id"]: each.row["now"] for each in reversed(given)}
        there = self._project.merged_ids(now)
        for each in given:
            id_ = each.row["id"]
            last = _end_of(now, id_)
            if id_ in there:
                self._plan.count("merged_ids").there += 1
            elif last is None:
                self._leave_out(
                    "merged_ids", each, tr("“{field}” leads in a circle: {id}", field="now", id=each.row["now"])
                )
            elif not any(self._knows(list_, last) for list_ in ("sources", "entities")):
                self._leave_out("merged_ids", each, tr("“{field}” leads nowhere: {id}", field="now", id=last))
            elif id_ in self._new["merged_ids"] or any(self._knows(list_, id_) for list_ in ("sources", "entities")):
                self._leave_out("merged_ids", each, tr("its id is another one’s: {id}", id=id_))
            else:
                self._new["merged_ids"][id_] = each.row

    def _foreign_ids(self, given: list[Given]) -> None:
        known: dict[tuple[str, str], set[str]] = {}
        for at, each in enumerate(given):
            row = each.row
            file = row["format"], row["file_sha256"]
            if file not in known:
                known[file] = self._project.foreign_ids(*file)
            if row["list"] not in ANSWERED_LISTS or not self._knows(row["list"], row["row"]):
                self._leave_out("foreign_ids", each, tr("“{field}” leads nowhere: {id}", field="row", id=row["row"]))
            elif row["id"] in known[file] and row["row"] not in self._new[row["list"]]:
                self._plan.count("foreign_ids").there += 1
            else:
                self._new["foreign_ids"][str(at)] = row


def _end_of(leads: Mapping[Id, Id], id_: Id) -> Id | None:
    """Return where a chain of ids ends; None where it does not."""
    seen = {id_}
    while (following := leads.get(id_)) is not None:
        if following in seen:
            return None
        seen.add(following)
        id_ = following
    return id_


def _sha_of(base64: str) -> str:
    from base64 import b64decode
    from hashlib import sha256

    return sha256(b64decode(base64)).hexdigest()


def _are_blocks(text: str, blocks: list[Any]) -> bool:
    """Say whether blocks are the lines of a text, one each, with kinds and zones there are."""
    try:
        places = [(start, end) for start, end, _, _, _ in blocks]
    except (TypeError, ValueError):
        return False
    if places != list(texts.lines(text)):
        return False
    _, _, (_, _, kinds), _, (_, _, zones) = BLOCK_FIELDS
    return all(
        kind in kinds and zone in zones and type(level) is int and 0 <= level < 100
        for _, _, kind, level, zone in blocks
    )
