"""An annotator with keys alone: what they press for each mark and each link, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

from annotator import text as texts
from annotator.analysis.speakers import listed_cues
from annotator.importers import Draft
from annotator.project import Project
from annotator.vocabulary import cue_verbs
from tests.e2e import xvfb

CLAIMS, SOURCES, ENTITIES, CUED_LINKS = 40, 20, 90, 25
MOST_PER_LINK = 6
CHUNK = 15
"""So many marks are made before the file is looked at: a person does not wait for each either."""

_JOINT = re.compile(r"[,;:] | (?:that|and|but|who|which|because|when|after|before|in|with|to|by) ")
_TYPED = str.maketrans("’‘“”–", "''\"\"-")
_NAME = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")


GIVEN = ["Ida", "Oskar", "Tomas", "Ines", "Piet", "Mara", "Jonas", "Selma", "Anton", "Berta", "Emil", "Greta"]
FAMILY = ["Vennemark", "Lindqvale", "Brightwater", "Kallavere"]
PLACES = [
    "Tollmouth",
    "Brackwater",
    "Sandrift",
    "Eelmere",
    "Gullhaven",
    "Mistlebay",
    "Wrackton",
    "Fenlow",
    "Oarsgate",
    "Saltholm",
    "Reedmark",
]
THINGS = [
    "harbour wall",
    "evening ferry",
    "old lighthouse",
    "fish market",
    "school roof",
    "tide gate",
    "customs house",
    "rope yard",
]
VERBS = ["said", "claimed", "warned", "denied", "explained"]


def made_up() -> str:
    """Return a page of made-up news with more speakers and names than the job needs."""
    lines = ["A made-up page", "By Selma Quill"]
    for k in range(48):
        who = f"{GIVEN[k % 12]} {FAMILY[k // 12 % 2 + (k % 2) * 2]}"
        thing, place = THINGS[k % 8], PLACES[k % 11]
        lines.append(
            f"{who} {VERBS[k % 5]} that the {thing} of {place} had cost {k + 11} thousand and was late by {k + 3} weeks."
        )
    return "\n\n".join(lines) + "\n"


@dataclass
class Tally:
    """Key presses by what they were for."""

    presses: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """For each kind of work: (presses to select the words, presses for the rest), one pair each time."""

    def note(self, work: str, select: int, rest: int) -> None:
        """Count a piece of work."""
        self.presses.setdefault(work, []).append((select, rest))

    @property
    def most_per_link(self) -> int:
        """The most presses a linked claim took beyond selecting its text."""
        return max(rest for work, pairs in self.presses.items() if "linked" in work for _, rest in pairs)

    def table(self) -> str:
        """Return the counts as a table."""
        lines = [f"{'what':<44}{'times':>6}{'select':>9}{'beyond':>9}{'most beyond':>13}"]
        for work, pairs in self.presses.items():
            select, rest = (sum(p[k] for p in pairs) / len(pairs) for k in (0, 1))
            lines.append(f"{work:<44}{len(pairs):>6}{select:>9.1f}{rest:>9.1f}{max(r for _, r in pairs):>13}")
        return "\n".join(lines)


def sentences(draft: Draft) -> list[tuple[int, int]]:
    """Return the sentences of the body."""
    body = [b for b in draft.blocks if b.zone == "body"]
    return list(chain.from_iterable(texts.sentences(draft.text, b.start, b.end, "en") for b in body))


def pieces(draft: Draft) -> Iterator[str]:
    """Yield parts of sentences that can be found by typing them, the longer half of each sentence first."""
    for start, end in sentences(draft):
        at = [start, *(m.end() for m in _JOINT.finditer(draft.text, start, end)), end]
        for low in at[1:-1]:
            words = draft.text[low:end].rstrip(" .”")
            words = words if len(words) <= 70 else words[:70].rpartition(" ")[0]
            if typable(draft.text, words):
                yield words
                break


def more_pieces(draft: Draft) -> Iterator[str]:
    """Yield the beginnings of sentences that can be found by typing them."""
    for start, end in sentences(draft):
        words = draft.text[start:end][:60].rpartition(" ")[0].rstrip(" ,;:")
        if typable(draft.text, words):
            yield words


def is_told(draft: Draft, words: str) -> bool:
    """Say whether a cue stands in the sentence of these words."""
    at = draft.text.index(words)
    start, end = next(s for s in sentences(draft) if s[0] <= at < s[1])
    return bool(listed_cues(draft.text, start, end, cue_verbs("en")))


def typable(text: str, words: str) -> bool:
    """Say whether words are long enough for a claim, on every keyboard and once in the text."""
    plain = words.translate(_TYPED)
    return len(words) >= 25 and plain.isascii() and "\n" not in words and text.count(words) == 1


def names(draft: Draft) -> Iterator[str]:
    """Yield names in the body that stand once and so are found by typing them."""
    for start, end in sentences(draft):
        for found in _NAME.finditer(draft.text, start + 1, end):
            if draft.text.casefold().count(found[0].casefold()) == 1:
                yield found[0]


def counts(path: Path) -> tuple[int, int, int, int]:
    """Return how many claims, accountable sources, entity mentions and linked claims the file holds now."""
    reader = Project.open(path, read_only=True)
    try:
        a = reader.annotated(reader.articles()[0].article.id)
        sources = sum(s.accountable and s.kind != "unstated" for s in a.sources.values())
        return len(a.claims), sources, len(a.mentions), len({link.claim for link in a.attributions})
    finally:
        reader.close()


class Keys(Protocol):
    """Where keys are pressed: a screen."""

    def press(self, *keys: str) -> None:
        """Press keys."""
        ...

    def type(self, words: str) -> None:
        """Type words."""
        ...


class Annotator:
    """Somebody who works through an article by the keyboard and waits only for what the file says.

    Every key goes through ``press`` and ``type``, which count it; ``taken`` says how many went since it was last asked.
    """

    def __init__(self, screen: Keys, project: Path, draft: Draft) -> None:
        self._screen = screen
        self._presses = self._noted = 0
        self.project = project
        self.draft = draft
        self.tally = Tally()

    def wait(self, place: int, wanted: int) -> None:
        """Wait until the file holds so many of what stands at a place of ``counts``."""
        xvfb.until(
            lambda: counts(self.project)[place] >= wanted, f"{wanted} at {place} of {counts(self.project)} in the file"
        )

    def press(self, *keys: str) -> None:
        """Press keys and count them; one with Ctrl held is one."""
        self._screen.press(*keys)
        self._presses += len(keys)

    def type(self, words: str) -> None:
        """Type words and count their letters."""
        self._screen.type(words)
        self._presses += len(words)

    def taken(self) -> int:
        """Return how many keys were pressed since this was last asked."""
        made, self._noted = self._presses - self._noted, self._presses
        return made

    def find(self, words: str) -> None:
        """Leave words selected."""
        self.press("ctrl+f")
        self.type(words.translate(_TYPED))
        self.press("Return", "Escape")

    def mark_entities(self) -> None:
        """W goes to the next name nobody marked, E makes it an entity."""
        self.press("ctrl+Home")
        for n in range(1, ENTITIES + 1):
            self.press("w")
            select = self.taken()
            self.press("e")
            self.tally.note("entity: W, E", select, self.taken())
            if n % CHUNK == 0:
                self.wait(2, n)

    def link_sentences(self) -> None:
        """J shows the next open sentence, C makes it a claim, L and Enter link it to who is proposed."""
        self.press("ctrl+Home")
        before = counts(self.project)[3]
        many = min(CLAIMS, len(sentences(self.draft)))
        for n in range(1, many + 1):
            self.press("j")
            select = self.taken()
            self.press("c", "l", "Return")
            self.tally.note("sentence as a linked claim: J, C L Enter", select, self.taken())
            if n % CHUNK == 0 or n == many:
                self.wait(3, before + n)

    def link_pieces(self) -> None:
        """A part of a sentence, found by its words: C, L, Enter."""
        have = counts(self.project)[0]
        found = [*pieces(self.draft), *more_pieces(self.draft)]
        found.sort(key=lambda words: not is_told(self.draft, words))  # what somebody says comes before the rest
        for n, words in enumerate(found[: max(0, CLAIMS - have)], have + 1):
            self.find(words)
            select = self.taken()
            self.press("c", "l", "Return")
            self.tally.note("words as a linked claim: C L Enter", select, self.taken())
            self.wait(3, n)

    def mark_sources(self) -> None:
        """Further sources: their words, S; Esc leaves the mark, so that the next search is not about it."""
        for name in names(self.draft):
            have = counts(self.project)[1]
            if have >= SOURCES:
                return
            self.find(name)
            select = self.taken()
            self.press("s", "Escape")
            self.tally.note("source: S, Esc", select, self.taken())
            xvfb.until(lambda name=name: self.chosen_settled(name), f"a mark on {name}")

    def chosen_settled(self, name: str) -> bool:
        """Say whether the file has a source mention with these words."""
        reader = Project.open(self.project, read_only=True)
        try:
            a = reader.annotated(reader.articles()[0].article.id)
            return any(m.quote(a.text) == name for m in a.source_mentions)
        finally:
            reader.close()
