"""Projects made at random, of everything a project can hold: rows as an exchange file has them."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from random import Random
from typing import Any

from annotator import text as texts
from annotator.model import values
from annotator.model.exchange import MARK_LISTS, Lists, Row

WORDS = (
    "the", "ferry", "“on", "time”,", "said", "Ada.", "𝔸dä", "👩‍👩‍👧", "e\u0301t\u00e9", "قالت", "الوزارة", "יוסף", "\u200fمصدر",
    "部长", "说", "ไทย", "3.5", "=1+1", "<b>", "a\u00a0b", "\t", "🇸🇪🇫🇮",
)  # fmt: skip
AT = "2026-01-02T03:04:05.678Z"


def lists(r: Random) -> Lists:
    """Return the rows of a whole project."""
    return _Maker(r).made()


class _Maker:
    def __init__(self, r: Random) -> None:
        self.r = r
        self.lists: Lists = {}

    def id(self) -> str:
        return str(uuid.UUID(int=self.r.getrandbits(128), version=4))

    def maybe(self, *some: Any) -> Any:
        return self.r.choice((None, *some))

    def words(self, most: int = 6) -> str:
        return " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(1, most)))

    def some(self, of: list[Row], most: int = 2) -> list[str]:
        ids = [row["id"] for row in of]
        return self.r.sample(ids, min(len(ids), self.r.randint(0, most)))

    def one(self, of: list[Row]) -> str | None:
        return self.r.choice([None, *(row["id"] for row in of)])

    def stated(self, row: Row, *names: str) -> Row:
        """Say of some fields that are empty that the text does not tell."""
        row["not_stated"] = sorted(n for n in names if row[n] is None and self.r.random() < 0.5)
        return row

    def made(self) -> Lists:
        r, out = self.r, self.lists
        content = [bytes(r.randrange(256) for _ in range(r.randrange(20))) for _ in range(2)]
        out["files"] = [
            {"sha256": hashlib.sha256(c).hexdigest(), "name": self.words(2), "media_type": "text/plain",
             "bytes": base64.b64encode(c).decode()}
            for c in {bytes(c): None for c in content}
        ]  # fmt: skip
        out["coders"] = [
            {"id": self.id(), "name": self.words(2), "initials": "A", "merged_into": None} for _ in range(2)
        ]
        out["coders"][0]["merged_into"] = self.maybe(out["coders"][1]["id"])
        out["layers"] = [
            {"id": self.id(), "coder": self.one(out["coders"]), "kind": kind, "name": "", "rule": self.maybe("said"),
             "locked": r.random() < 0.5}
            for kind in ("work", r.choice(values.LAYER_KINDS))
        ]  # fmt: skip
        out["layers"][0]["coder"] = out["coders"][0]["id"]
        out["terms"] = [
            {"id": self.id(), "list": r.choice(("tag", "article_tag", "house_rule", "cue")), "key": f"k{n}", "label": self.words(2),
             "value": self.maybe("neutral assertion"), "language": self.maybe("en"), "position": r.randrange(9),
             "definition": self.maybe(self.words()), "example": self.maybe(self.words())}
            for n in range(r.randrange(4))
        ]  # fmt: skip
        out["ledger"] = [{"id": self.id(), "wording": self.words()}] if r.random() < 0.5 else []
        out["entities"] = [
            {"id": self.id(), "name": self.words(2).strip() or "x", "kind": self.maybe(*values.ENTITY_KINDS, "weapon"),
             "aliases": [self.words(1) for _ in range(r.randrange(3))], "note": self.maybe(self.words()),
             "external": self.maybe("https://example.org/Q1"), "merged_into": None}
            for _ in range(r.randrange(4))
        ]  # fmt: skip
        out["evidence"] = [
            {"id": self.id(), **{f: self.maybe(self.words()) for f in ("url", "citation", "title", "publisher", "date", "accessed", "archive_url")},
             "is_primary": self.maybe(True, False), "file": self.maybe(*(f["sha256"] for f in out["files"]))}
            for _ in range(r.randrange(3))
        ]  # fmt: skip
        for list_ in ("articles", "versions", "sources", "sentence_marks", *MARK_LISTS, "attributions", "relations",
                      "claim_evidence", "verifications", "answers", "merged_ids", "foreign_ids"):  # fmt: skip
            out[list_] = []
        for _ in range(r.randint(1, 2)):
            self.article()
        self.across()
        return out

    def article(self) -> None:
        r, out = self.r, self.lists
        facts = ("publication", "byline", "date", "url", "language", "licence_note")
        article: Row = {"id": self.id(), "title": self.words() + "x", **{f: self.maybe(self.words(2)) for f in facts}}
        article = self.stated(article, *facts) | {
            "archived": r.random() < 0.3, "group": self.maybe("Round 1"),
            "tags": [t["id"] for t in out["terms"] if t["list"] == "article_tag" and r.random() < 0.5],
        }  # fmt: skip
        out["articles"].append(article)
        versions = [self.version(article["id"], no, current=no == 2) for no in (1, 2)] if r.random() < 0.3 else [
            self.version(article["id"], 1, current=True)
        ]  # fmt: skip
        out["versions"] += versions
        sources = [
            self.source(article["id"], kind)
            for kind in (
                "author",
                "publication",
                *(self.maybe(*values.SOURCE_KINDS_MADE) for _ in range(r.randrange(3))),
            )
        ]
        out["sources"] += sources
        marks: dict[str, list[Row]] = {}
        for list_ in MARK_LISTS:
            made = (self.mark(list_, article["id"], versions, sources) for _ in range(r.randrange(4)))
            marks[list_] = [m for m in made if m is not None]
            out[list_] += marks[list_]
        for version in versions:
            out["sentence_marks"] += [
                {"id": self.id(), "version": version["id"], "layer": out["layers"][0]["id"], "start": a, "end": b, "mark": "not_a_claim"}
                for a, b in self.spans(version["text"])[:1]
            ]  # fmt: skip
        last: str | None = None
        for claim in marks["claims"]:
            for source in self.some(sources):
                link = {
                    "id": self.id(), "layer": claim["layer"], "claim": claim["id"], "source": source,
                    "source_mention": self.one(marks["source_mentions"]), "cue": self.one(marks["cues"]),
                    "function": self.maybe(*values.CUE_FUNCTIONS), "load": self.maybe(*values.CUE_LOADS), "load_from": self.maybe("list"),
                    "via": self.maybe(last), "polarity": self.maybe(*values.POLARITIES), "determinacy": self.maybe(*values.DETERMINACIES),
                    "stance": self.maybe(*values.STANCES),
                }  # fmt: skip
                last = link["id"]
                out["attributions"].append(link)

    def version(self, article: str, no: int, *, current: bool) -> Row:
        r = self.r
        text = "\n".join(self.words(12) for _ in range(r.randint(1, 4)))
        blocks = [
            [a, b, r.choice(values.BLOCK_KINDS), r.randrange(3), r.choice(values.ZONES)] for a, b in texts.lines(text)
        ]
        return {
            "id": self.id(), "article": article, "no": no, "sha256": texts.sha256(text), "text": text, "rules": 1,
            "original": self.maybe(*(f["sha256"] for f in self.lists["files"])), "media_type": "text/plain",
            "import_record": json.dumps({"encoding": "utf-8", "how": "utf-8"}), "current": current, "blocks": blocks,
        }  # fmt: skip

    def source(self, article: str, kind: str | None) -> Row:
        r = self.r
        facts = ("role", "affiliation", "side", "independence_group")
        row: Row = {
            "id": self.id(), "article": article, "label": self.words(2) + "x", "naming": self.maybe(*values.SOURCE_NAMINGS), "kind": kind,
            "aliases": [self.words(1) for _ in range(r.randrange(2))], "entity": self.one(self.lists["entities"]),
            **{f: self.maybe(self.words(2)) for f in ("role", "affiliation", "side")}, "proximity": self.maybe(*values.PROXIMITIES),
            "class": self.maybe(*values.SOURCE_CLASSES), "ground_rules": self.maybe(*values.GROUND_RULES),
            "anonymity_reason": self.maybe(*values.ANONYMITY_REASONS), "independence_group": self.maybe("a"),
        }  # fmt: skip
        return self.stated(row, *facts) | {"note": self.maybe(self.words())}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return spans in order and apart, whole graphemes, no blanks at their edges."""
        r, at = self.r, 0
        found: list[tuple[int, int]] = []
        for _ in range(r.randint(1, 3)):
            start = r.randint(min(at, len(text)), len(text))
            span = texts.tidy(text, start, min(len(text), start + r.randint(1, 30)))
            if span is not None and span[0] >= at and texts.tidy(text, *span) == span:
                if found and not text[found[-1][1] : span[0]].strip():
                    continue
                found.append(span)
                at = span[1] + 1
        return found

    def mark(self, list_: str, article: str, versions: list[Row], sources: list[Row]) -> Row | None:
        r, out = self.r, self.lists
        places: list[Row] = []
        for version in versions:
            spans = self.spans(version["text"])
            outcome = self.maybe("exact", "moved") if spans else "orphan"
            segments = [[a, b, version["text"][a:b]] for a, b in spans]
            places.append({"version": version["id"], "segments": segments, "outcome": outcome,
                           "confirmed_by": self.one(out["coders"]) if outcome else None})  # fmt: skip
        row: Row = {
            "id": self.id(), "layer": r.choice(out["layers"])["id"], "article": article, "status": r.choice(values.STATUSES),
            "coder": self.one(out["coders"]), "created": AT, "modified": AT, "note": self.maybe(self.words()),
            "tags": [t["id"] for t in out["terms"] if t["list"] == "tag" and r.random() < 0.5], "derived_from": [], "places": places,
        }  # fmt: skip
        if list_ == "claims":
            row |= {
                "type": self.maybe(*values.CLAIM_TYPES), "form": self.maybe(*values.CLAIM_FORMS),
                "check_worthy": self.maybe(*values.CHECK_WORTHY),
                "reasons": sorted(x for x in values.CHECK_REASONS if r.random() < 0.3), "short_text": self.maybe(self.words()),
                "ledger": None,
            }  # fmt: skip
        elif list_ == "source_mentions":
            row |= {"source": self.one(sources), "role": self.maybe(*values.SOURCE_MENTION_ROLES)}
        elif list_ == "mentions":
            row |= {"entity": self.one(out["entities"]), "form": self.maybe(*values.MENTION_FORMS),
                    "loaded": self.maybe(True, False), "whose_word": self.maybe(self.words(2))}  # fmt: skip
        return row

    def across(self) -> None:
        """Add what leads from article to article, and from mark to mark."""
        r, out = self.r, self.lists
        claims = out["claims"]
        if len(claims) > 1:
            for entry in out["ledger"]:
                for claim in claims[:2]:
                    claim["ledger"] = entry["id"]
            out["relations"] = [
                {"id": self.id(), "from_claim": claims[0]["id"], "to_claim": claims[-1]["id"], "kind": r.choice(values.RELATION_KINDS),
                 "note": self.maybe(self.words()), "coder": self.one(out["coders"]), "at": self.maybe(AT)}
            ]  # fmt: skip
        else:
            out["ledger"] = []
        for claim in claims:
            for evidence in self.some(out["evidence"]):
                out["claim_evidence"].append(
                    {"id": self.id(), "claim": claim["id"], "evidence": evidence, "stance": r.choice(values.EVIDENCE_STANCES),
                     "quoted": self.maybe(self.words()), "independent": self.maybe(True, False), "note": self.maybe(self.words()),
                     "coder": self.one(out["coders"]), "at": self.maybe(AT)}
                )  # fmt: skip
            shown = any(link["claim"] == claim["id"] for link in out["claim_evidence"])
            may = shown and claim["type"] not in values.NO_VERDICT_TYPES
            verdict = self.maybe(*values.VERDICTS) if may else None
            if r.random() < 0.6:
                out["verifications"].append(
                    {"id": self.id(), "claim": claim["id"], "status": r.choice(values.CHECK_STATUSES), "verdict": verdict,
                     "person": "Ada" if verdict else self.maybe("Ada"), "at": AT, "why": self.maybe(self.words())}
                )  # fmt: skip
        out["answers"] = [
            {"id": self.id(), "rule": "allegations", "subject": "claim", "article": self.one(out["articles"]), "answer": "accepted",
             "coder": self.one(out["coders"]), "at": AT, "words": self.maybe(self.words())}
            for _ in range(r.randrange(2))
        ]  # fmt: skip
        marks = [m for list_ in MARK_LISTS for m in out[list_]]
        for mark in marks:
            if r.random() < 0.2 and marks[0] is not mark:
                mark["derived_from"] = [marks[0]["id"]]
        if out["entities"]:
            out["merged_ids"] = [{"id": self.id(), "now": out["entities"][0]["id"]}]
        out["foreign_ids"] = [
            {"list": list_, "row": out[list_][0]["id"], "format": "brat", "file_sha256": "0" * 64, "id": "T1",
             "raw": self.maybe("T1\tClaim 0 3\tabc")}
            for list_ in ("claims", "articles", "entities") if out[list_] and r.random() < 0.5
        ]  # fmt: skip
