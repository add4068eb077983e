"""What somebody typed into a search box: read into terms that find in the indexes, and places of them in a text.

A term is a word or a phrase in quotation marks. Words compare without case and accents, as the indexes keep them. In
scripts without spaces every character is a word of its own, so that a word inside a run of them is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

LONGEST = 2000
MOST_TERMS = 32
"""A longer query, such as a page pasted by mistake, would take minutes; what lies beyond is not looked for."""
PLACES = 100
"""So many places of a text are told."""
LOCATED_TERMS = 6
_ROUND = 120
"""Words this near each other, in code points, are shown together."""

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u109f"  # Tibetan, Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\uff66-\uff9f"
)
"""Part of the form of ``unspaced_fts``: another set needs that index made anew, by a migration."""
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, and spaces and joints without width: they stand inside words, and nobody types them."""
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_ATOM = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[\u0300-\u036f])*")
_PIECE = re.compile(r'(?:(?<!\S)(-))?(?:"([^"]*)("?)|([^\s"]+))')
_QUOTES = str.maketrans('“”„‟«»', '""""""')  # fmt: skip
_BEFORE, _AFTER = rf"(?<![^\W_{_UNSPACED}])", rf"(?![^\W_{_UNSPACED}])"
_MARKS = rf"[\u0300-\u036f{_UNSEEN}]*"
_BETWEEN = r"[\W_]{1,40}"


def has_unspaced(text: str) -> bool:
    """Say whether a text holds a character of a script without spaces."""
    return not text.isascii() and _HAS_UNSPACED.search(text) is not None


def is_spread(text: str) -> bool:
    """Say whether a text belongs in ``unspaced_fts``: the other index cannot look into some of its words."""
    return not text.isascii() and (_HAS_UNSPACED.search(text) or _INVISIBLE.search(text)) is not None


def spread(text: str) -> str:
    """Return a text as ``unspaced_fts`` takes it: each character of a script without spaces as a word of its own.

    Soft hyphens and other signs nobody sees are taken out of the words they stand in.
    """
    return _HAS_UNSPACED.sub(_as_word, _INVISIBLE.sub("", text))


def _as_word(found: re.Match[str]) -> str:
    # Not the character itself: marks among them would be dropped by the index.
    return f" x{ord(found.group()):05x} "


@dataclass(frozen=True)
class Term:
    """A word or phrase: its words, each with whether it follows the one before it at once; excluded, or unfinished."""

    words: tuple[tuple[str, bool], ...]
    excluded: bool = False
    unfinished: bool = False

    @property
    def unspaced(self) -> bool:
        """Whether it holds a character of a script without spaces."""
        return any(has_unspaced(word) for word, _ in self.words)

    @property
    def raw(self) -> str:
        """Its words as one string."""
        return "".join(word if joined else f" {word}" for word, joined in self.words).strip()

    def match(self) -> str:
        """Return it for the MATCH of an index; no text of anybody's can be more than words in it."""
        inside = spread(" ".join(word for word, _ in self.words)).strip()
        return f'"{inside}"' + (" *" if self.unfinished else "")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it in a text."""
        made = "".join(
            ("" if joined or not n else _BETWEEN) + _spelt(word) for n, (word, joined) in enumerate(self.words)
        )
        first, last = self.words[0][0], self.words[-1][0]
        before = "" if has_unspaced(first) else _BEFORE
        after = "" if self.unfinished or has_unspaced(last) else _AFTER
        return re.compile(f"{before}{made}{after}")


@dataclass(frozen=True)
class Query:
    """What is looked for: every wanted term, and none of the others."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def unspaced(self) -> bool:
        """Whether a term holds a character of a script without spaces."""
        return any(term.unspaced for term in (*self.wanted, *self.unwanted))

    def match(self) -> str:
        """Return it for the MATCH of an index."""
        made = " AND ".join(term.match() for term in self.wanted)
        return f"({made}) NOT ({' OR '.join(t.match() for t in self.unwanted)})" if self.unwanted else made

    def fits(self, words: str) -> bool:
        """Say whether a short text holds every wanted term and no other."""
        return all(t.pattern.search(words) for t in self.wanted) and not any(
            t.pattern.search(words) for t in self.unwanted
        )

    def places(self, text: str, most: int = PLACES) -> list[tuple[int, int]]:
        """Return where the wanted terms stand in a text, in code points and in order: the first ones of each."""
        found: set[tuple[int, int]] = set()
        for term in self.wanted[:LOCATED_TERMS]:
            for n, match in enumerate(term.pattern.finditer(text), 1):
                found.add(match.span())
                if n == most:
                    break
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if kept and start < kept[-1][1]:
                kept[-1] = kept[-1][0], max(end, kept[-1][1])
            else:
                kept.append((start, end))
        return kept[:most]

    def best(self, text: str, places: list[tuple[int, int]]) -> int:
        """Return the number of the place to show: the first with the most of the terms near it."""
        if len(self.wanted) < 2 or not places:
            return 0

        def near(start: int) -> int:
            return sum(1 for t in self.wanted[:LOCATED_TERMS] if t.pattern.search(text, start, start + _ROUND))

        scores = [near(start) for start, _ in places[:PLACES]]
        return scores.index(max(scores))


def parsed(typed: str) -> Query | None:
    """Read what was typed; None where there is no word in it. Any text is a query."""
    told = typed[:LONGEST].encode("utf-8", "replace").decode("utf-8").translate(_QUOTES)
    terms: list[Term] = []
    for minus, phrase, closed, plain in _PIECE.findall(unicodedata.normalize("NFC", _INVISIBLE.sub("", told))):
        words = tuple(_words(phrase or plain))
        if words:
            terms.append(Term(words, excluded=bool(minus), unfinished=not (phrase and closed) and not minus))
    if terms:  # only the last word may be unfinished
        terms = [Term(t.words, t.excluded) for t in terms[:-1]] + terms[-1:]
    kept = list(dict.fromkeys(terms))[-MOST_TERMS:]
    wanted = tuple(t for t in kept if not t.excluded)
    return Query(wanted, tuple(t for t in kept if t.excluded)) if wanted else None


def _words(piece: str) -> Iterator[tuple[str, bool]]:
    last = -1
    for found in _ATOM.finditer(piece):
        yield found.group(), found.start() == last
        last = found.end()


def _spelt(word: str) -> str:
    return "".join(_letter(_base(c)) for c in word if not "\u0300" <= c <= "\u036f")


def _base(letter: str) -> str:
    """Return a letter without its accent; of other scripts than those of ``_forms`` as it is."""
    return unicodedata.normalize("NFD", letter)[0] if letter < "\u2000" else letter


@cache
def _letter(letter: str) -> str:
    """Return a pattern for a letter in any case and with any accent."""
    if has_unspaced(letter):
        return re.escape(letter) + f"[{_UNSEEN}]*"
    forms = {letter, *_forms().get(letter.lower(), ()), *(f for f in (letter.lower(), letter.upper()) if len(f) == 1)}
    return f"[{''.join(map(re.escape, sorted(forms)))}]{_MARKS}"


@cache
def _forms() -> dict[str, set[str]]:
    """Return, per lower-case letter, what it looks like with accents: Latin, Greek, Cyrillic."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        if base[0] != letter:
            found[base[0]].add(letter)
    return found


def excerpt(text: str, places: Iterable[tuple[int, int]], at: int = 0) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the words around an offset of a text as one line, with dots where it goes on, and the places in it."""
    start, end = max(0, at - 30), min(len(text), at + 90)
    if start > 0:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    lead, tail = ("…" if start > 0 else ""), ("…" if end < len(text) else "")
    raw = text[start:end]

    def moved(offset: int) -> int:
        return len(lead) + (offset - start) + 2 * raw.count("\n", 0, offset - start)

    inside = ((max(a, start), min(b, end)) for a, b in places if a < end and b > start)
    line = raw.replace("\t", " ").replace("\n", " ¶ ")
    return f"{lead}{line}{tail}", tuple((moved(a), moved(b)) for a, b in inside)
