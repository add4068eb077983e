"""JSONL for training: a line for each article, with tokens and spans that spaCy, Prodigy and doccano take as they are.

A span is handed over only where it begins and ends with a token and with no white space; the others are listed. The
tokens stand in the file, so that whoever reads it divides the text as it was divided here.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator import text as texts
from annotator.interchange.incoming import Problem
from annotator.interchange.tabular import PROGRAM
from annotator.language import tr
from annotator.model import Id
from annotator.model.exchange import MARK_LISTS, Lists, Row
from annotator.project import Project

LABELS = {"claims": "CLAIM", "source_mentions": "SOURCE", "cues": "CUE", "loaded_terms": "LOADED"}
"""By list of marks, the label of its spans; a mention's is the kind of its entity."""
_JOINT = re.compile("[’'-]")
ENTITY = "ENTITY"
"""The label of a mention of an entity that has no kind, or of none."""


def write(project: Project, file: str, article: Id | None = None) -> tuple[bytes, list[Problem]]:
    """Return the accepted marks of every layer, an article and layer a line, and the spans that were left out."""
    made = _Lines(project.rows(article, files=False), file)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = "".join(f"{encode(line)}\n" for line in made.lines())
    return lines.encode("utf-8"), made.problems


class _Lines:
    """The lines of one file, and what is left out of them."""

    def __init__(self, lists: Lists, file: str) -> None:
        self.problems: list[Problem] = []
        self._lists = lists
        self._file = file
        self._kinds = {row["id"]: row["kind"] for row in lists["entities"]}
        self._titles = {row["id"]: row["title"] for row in lists["articles"]}

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield each article's current text with the marks of each layer; once without any where nothing is marked."""
        marks: dict[Id, dict[Id, list[tuple[str, Row]]]] = defaultdict(lambda: defaultdict(list))
        for list_ in MARK_LISTS:
            for mark in self._lists[list_]:
                if mark["status"] == "accepted":
                    marks[mark["article"]][mark["layer"]].append((list_, mark))
        number = 0
        for version in self._lists["versions"]:
            if not version["current"]:
                continue
            cuts = tokens(version["text"])
            for layer, of in (marks.get(version["article"]) or {None: []}).items():
                number += 1
                yield self._line(number, version, cuts, layer, of)

    def _line(
        self,
        number: int,
        version: Row,
        cuts: Sequence[tuple[int, int]],
        layer: Id | None,
        marks: Iterable[tuple[str, Row]],
    ) -> dict[str, Any]:
        text = version["text"]
        starts, ends = [start for start, _ in cuts], [end for _, end in cuts]
        spans: list[dict[str, Any]] = []
        for list_, mark in marks:
            label = LABELS.get(list_) or (self._kinds.get(mark.get("entity")) or ENTITY).upper()
            segments = next((p["segments"] for p in mark["places"] if p["version"] == version["id"]), [])
            if not segments:
                self._leave_out(number, label, mark, tr("it has no place in the text."))
            for part, (start, end, words) in enumerate(segments, 1):
                first, last = bisect_left(starts, start), bisect_left(ends, end)
                if start not in starts[first : first + 1] or end not in ends[last : last + 1]:
                    why = tr("({start}, {end}) “{words}” begins or ends inside a token.", start=start, end=end,
                             words=texts.shortened(words, 40))  # fmt: skip
                    self._leave_out(number, label, mark, why)
                    continue
                spans.append(
                    {"start": start, "end": end, "token_start": first, "token_end": last, "label": label, "id": mark["id"],
                     "part": part, "parts": len(segments)}
                )  # fmt: skip
        spans.sort(key=lambda s: (s["start"], s["end"], s["id"]))
        return {
            "id": version["article"],
            "text": text,
            "tokens": [
                {"text": text[a:b], "start": a, "end": b, "id": n, "ws": text[b : b + 1] == " " and not text[a].isspace()}
                for n, (a, b) in enumerate(cuts)
            ],
            "spans": spans,
            "label": [[s["start"], s["end"], s["label"]] for s in spans],
            "meta": {"title": self._titles[version["article"]], "text_sha256": version["sha256"], "layer": layer, "program": PROGRAM},
        }  # fmt: skip

    def _leave_out(self, line: int, label: str, mark: Row, why: str) -> None:
        self.problems.append(Problem(self._file, line, f"{label} {mark['id']}", why))


def tokens(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each token: letters and digits, any other single character, or white space.

    "Ada’s" is three tokens, and the one space behind a token belongs to it. With "a space follows" they give the text back letter by letter, as spaCy's ``Doc(words, spaces)`` wants it.
    """
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in texts.words(text):
        _between(text, at, start, found)
        at = start
        for joint in _JOINT.finditer(text, start, end):
            found += [(at, joint.start()), joint.span()]
            at = joint.end()
        found.append((at, end))
        at = end
    _between(text, at, len(text), found)
    return found


def _between(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Add the tokens of what is no word."""
    at = start
    while at < end:
        if text[at] == " " and found and found[-1][1] == at and not text[at - 1].isspace():
            at += 1  # it goes with the token before it
            continue
        begin = at
        if text[at].isspace():
            while at < end and text[at].isspace():
                at += 1
        else:
            at = min(texts.snap(text, at + 1, up=True), end)
        found.append((begin, at))
