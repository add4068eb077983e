"""Made-up articles of any size with marks of every kind, the same each time, stored as projects."""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import importers
from annotator.model import (
    Annotation,
    Attribution,
    Claim,
    Coder,
    Cue,
    Entity,
    Id,
    Layer,
    Mention,
    Record,
    Segment,
    Source,
    SourceMention,
)
from annotator.project import Project
from annotator.storage import Store
from annotator.storage.schema import FINGERPRINT

LARGE = 1_000_000
"""Code points of the large article."""
PAGE = (500_000, 508_000)
"""A stretch of the large article that holds the same marks however many the rest holds."""
PAGE_MARKS = 80
"""Marks on that stretch: the density of 10,000 in the whole."""
BUSY_MENTIONS = 2_000
"""Mentions of the source named most, where there are that many marks."""
ENTRIES = 300
"""Sources in the article's register, and entities in the project's."""
DEPTH = 4
"""No character lies in more marks than this."""

_WORDS = (  # noqa: SIM905
    "the harbour office said that nine of ten boats leave within ten minutes of their time while on the quay people "
    "count otherwise and nobody keeps a list of arrivals since the new timetable came into force last spring when a "
    "second crew was hired for one week"
).split()
_NAMES = (
    "Ilse Vonder",
    "the Harbour Office",
    "Tarn Water Board",
    "Osric Pellam",
    "the Quay Users’ Circle",
    "Dr Ané Söll",
)
_ARABIC = "قال مكتب الميناء إن معظم القوارب تغادر في موعدها بينما يرى الناس على الرصيف غير ذلك ولا أحد يحتفظ بقائمة"
_HAN = "港务办公室说十艘船中有九艘准时离开但码头上的人并不这样认为没有人记录到达的时间新的时刻表从去年春天开始使用"
_RARE = ("⛵", "👩🏽‍🔧", "𝒬𝓊𝒶𝓎", "Zürich", "naïve", "12 000 m³", "🏴‍☠️", "x = 4", "𠮷野")


def text(length: int, seed: int = 1) -> str:
    """Return about ``length`` code points of prose in paragraphs of some 600."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    size = 0
    while size < length:
        sentences: list[str] = []
        while sum(map(len, sentences)) < 600:
            words = [chance.choice(_WORDS) for _ in range(chance.randint(8, 24))]
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:length]


def project(path: Path, length: int, marks: int) -> str:
    """Make a project with one article and that many marks; every fifth claim is linked. Returns the article's id."""
    chance = random.Random(2)
    made = Project.create(path)
    article = made.add_article(importers.draft_from_text(text(length), title="Bench"))
    body = made.version(article).text
    with made.one_step("mark"):
        mention = made.mark(article, "source_mention", [(4, 18)])
        for n in range(marks - 1):
            start = chance.randrange(0, len(body) - 220)
            kind = ("claim", "claim", "claim", "source_mention", "mention")[n % 5]
            span = (start, start + chance.randint(20, 200 if kind == "claim" else 40))
            id_ = made.mark(article, kind, [span])
            if n % 5 == 0:
                made.link_mention(id_, mention)
                made.set_note(id_, "Ask who counted, and when.")
    made.coverage(article)
    made.close()
    return article


# -- the large article


def mixed_text(length: int = LARGE, seed: int = 7) -> str:
    """Return exactly ``length`` code points in some 660 a paragraph: four of a hundred Arabic, four Chinese."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    size = 0
    while size < length + 1:
        paragraphs.append(_paragraph(chance, max(60, int(chance.gauss(660, 280)))))
        size += len(paragraphs[-1]) + 1
    joined = "\n".join(paragraphs)[:length]
    return joined[:-1].rstrip() + "." * (length - len(joined[:-1].rstrip()))


def _paragraph(chance: random.Random, length: int) -> str:
    script = chance.random()
    if script < 0.04:
        return " ".join(chance.choice(_ARABIC.split()) for _ in range(length // 6)) + "."
    if script < 0.08:
        return "".join(chance.choice(_HAN) for _ in range(length)) + "。"
    sentences: list[str] = []
    while sum(map(len, sentences)) < length:
        words = [chance.choice(_WORDS) for _ in range(chance.randint(9, 26))]
        if chance.random() < 0.5:
            words[chance.randrange(len(words))] = chance.choice(_NAMES)
        if chance.random() < 0.12:
            words[chance.randrange(len(words))] = chance.choice(_RARE)
        sentences.append(words[0].capitalize() + " " + " ".join(words[1:]) + chance.choice((".", ".", ".", "?", "!")))
    return " ".join(sentences)


def spans(count: int, length: int = LARGE, seed: int = 11) -> list[tuple[int, int]]:
    """Return that many spans, some 58 of a hundred overlapping another, at most DEPTH deep; those on PAGE never differ."""
    low, high = PAGE
    page = _Laid(low, high, random.Random(seed))
    page.fill(min(count, PAGE_MARKS))
    rest = random.Random(seed + 1)
    others = count - len(page.spans)
    before = _Laid(0, low, rest)
    before.fill(others // 2)
    after = _Laid(high, length, rest)
    after.fill(others - others // 2)
    return sorted(before.spans + page.spans + after.spans)


class _Laid:
    """Spans on a stretch: seven of ten side by side, three thrown over their edges."""

    def __init__(self, low: int, high: int, chance: random.Random) -> None:
        self.spans: list[tuple[int, int]] = []
        self._low, self._high, self._chance = low, high, chance
        self._depth = bytearray(high - low)

    def fill(self, count: int) -> None:
        """Lay ``count`` spans; where they are many they are short."""
        room = (self._high - self._low) / max(1, count)
        mean = min(75.0, room * 0.8)
        side_by_side = int(count * 0.7 + 0.5)
        gap = max(0.0, (self._high - self._low) / max(1, side_by_side) - mean)
        at = float(self._low)
        while len(self.spans) < side_by_side:
            size = self._size(mean)
            start = int(at + gap * self._chance.random())
            if start + size >= self._high:
                break
            self._lay(start, size)
            at = start + size + gap * 0.5 if gap else start + size
        base = len(self.spans)
        while len(self.spans) < count:
            low, high = self.spans[self._chance.randrange(base)] if base else (self._low, self._low + 40)
            size = self._size(mean)
            start = max(self._low, min(self._high - size, self._chance.randint(low - size + 3, high - 3)))
            if max(self._depth[start - self._low : start + size - self._low]) < DEPTH:
                self._lay(start, size)

    def _size(self, mean: float) -> int:
        least = max(4, int(mean * 0.3))
        return min(200, least + int(self._chance.expovariate(1 / max(1.0, mean - least))))

    def _lay(self, start: int, size: int) -> None:
        self.spans.append((start, start + size))
        for k in range(start - self._low, start + size - self._low):
            self._depth[k] += 1


@dataclass(frozen=True)
class Shape:
    """What a list of spans is like."""

    count: int
    overlapping: float
    """Share of the spans that overlap another."""
    depth: int


def shape(found: list[tuple[int, int]]) -> Shape:
    """Return what spans in reading order are like."""
    edges = sorted([(s, 1) for s, _ in found] + [(e, -1) for _, e in found], key=lambda edge: (edge[0], edge[1]))
    depth = deepest = 0
    for _, step in edges:
        depth += step
        deepest = max(deepest, depth)
    over: set[int] = set()
    furthest, whose = -1, -1
    for n, (start, end) in enumerate(found):
        if start < furthest:
            over |= {n, whose}
        if end > furthest:
            furthest, whose = end, n
    return Shape(len(found), len(over) / max(1, len(found)), deepest)


@dataclass(frozen=True)
class Made:
    """A project on the disk, and what the groups need of it."""

    path: Path
    marks: int


def stored(marks: int) -> Made:
    """Return a project that holds the large article with that many marks; made once and kept for later runs."""
    folder = Path(tempfile.gettempdir()) / f"annotator-bench-{_who()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    recipe = hashlib.sha256(Path(__file__).read_bytes() + FINGERPRINT.encode()).hexdigest()[:10]
    path = folder / f"large-{marks}-{recipe}.annot"
    if not path.exists():
        for old in folder.glob(f"large-{marks}-*"):
            old.unlink()
        temporary = path.with_suffix(".making")
        temporary.unlink(missing_ok=True)
        _store(temporary, marks)
        temporary.rename(path)
    return Made(path, marks)


def _who() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "me")


def _store(path: Path, marks: int) -> None:
    made = Project.create(path)
    article = made.add_article(importers.draft_from_text(mixed_text(), title=f"The ferries, with {marks:,} marks"))
    layer, coder, body = made.layer, made.coder, made.version(article).text
    made.close()
    store = Store.open(path)
    with store.unrecorded():
        for record in _records(article, layer, coder, spans(marks, len(body))):
            store.records.put(record)
    store.close()


class _Ids:
    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def __call__(self) -> Id:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def _records(article: Id, layer: Layer, coder: Coder, found: list[tuple[int, int]]) -> Iterator[Record]:
    """Yield the registers, the marks in reading order, and an attribution for a third of the claims."""
    chance, new_id = random.Random(23), _Ids(29)
    entities = [Entity(id=new_id(), name=f"{_NAMES[n % len(_NAMES)]} {n + 1}", kind="person") for n in range(ENTRIES)]
    sources = [
        Source(id=new_id(), article=article, label=f"{_NAMES[n % len(_NAMES)]} {n + 1}", naming="named", kind="person",
               entity=entities[n].id if n % 2 else None)
        for n in range(ENTRIES)
    ]  # fmt: skip
    yield from entities
    yield from sources
    mentions = sum(_kind(n) is SourceMention for n in range(len(found)))
    busy = min(BUSY_MENTIONS, mentions * 2 // 3)
    marks: list[Annotation] = []
    for n, (start, end) in enumerate(found):
        kind = _kind(n)
        fields: dict[str, Any] = {}
        if kind is SourceMention:
            is_busy = chance.random() < busy / max(1, mentions)
            fields = {"source": sources[0 if is_busy else chance.randrange(1, ENTRIES)].id, "role": "speaker"}
        elif kind is Mention:
            fields = {"entity": chance.choice(entities).id}
        elif kind is Claim:
            fields = {"type": chance.choice(("factual", "opinion", "prediction", None))}
        marks.append(
            kind(
                id=new_id(), layer=layer.id, article=article, coder=coder.id, segments=(Segment(start, end),), **fields
            )
        )
    yield from marks
    yield from _attributions(marks, layer.id, new_id)


def _kind(n: int) -> type[Annotation]:
    return (Claim, SourceMention, Claim, Mention, SourceMention, Claim, Mention, Claim, SourceMention, Cue)[n % 10]


def _attributions(marks: list[Annotation], layer: Id, new_id: _Ids) -> Iterator[Attribution]:
    """Link every third claim to the source named last before it, by the cue last before it."""
    named: SourceMention | None = None
    cue: Cue | None = None
    claims = 0
    for mark in marks:
        if isinstance(mark, SourceMention):
            named = mark
        elif isinstance(mark, Cue):
            cue = mark
        elif isinstance(mark, Claim):
            claims += 1
            if claims % 3 == 0 and named is not None and named.source:
                yield Attribution(
                    id=new_id(), layer=layer, claim=mark.id, source=named.source, source_mention=named.id,
                    cue=cue.id if cue is not None else None, load="neutral",
                )  # fmt: skip
                cue = None
