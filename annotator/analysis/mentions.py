"""Other places where a name stands in an article, and names that may be those of one person or thing."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annotator import text as texts
from annotator.model import Id, merged

ALIKE_AT_LEAST = 90.0
"""Similarity (0 to 100) from which two names are proposed as one."""
NEAR_AT_LEAST = 85.0
"""Similarity (0 to 100) from which two spellings of a word are one with a typing error."""

_TITLES = """
    mr mrs ms mx dr prof professor sir dame lord lady gen general col colonel maj major capt captain lt lieutenant sgt sergeant
    adm admiral sen senator rep representative gov governor pres president minister ministers secretary mayor judge justice
    chancellor premier chairman chairwoman chair ambassador rev reverend father sister imam sheikh king queen prince princess
    the a an of for and herr frau m mme monsieur madame sr sra señor señora don doña dhr mevrouw
"""
TITLES = frozenset(_TITLES.split())
"""Words before or inside a name that do not tell persons or bodies apart."""

NAME, PART = "name", "part"
LONGEST = 200
"""Letters of a name; what is longer was pasted by mistake, and would take long to be looked for."""
_APOSTROPHE = "['’]"


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a name stands: code points, and how sure that is it.

    ``how`` is "name" for a whole name or alias, "part" for a word of it (a surname); ``same_case`` is false where the
    letters differ in case; ``also`` names other entries of the register that are called so too.
    """

    start: int
    end: int
    how: str
    same_case: bool
    also: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the place is ticked before anybody looked."""
        return self.how == NAME and self.same_case and not self.also


def other_places(
    text: str,
    names: Sequence[str],
    taken: Iterable[tuple[int, int]],
    others: Mapping[str, str] | None = None,
    *,
    parts: Sequence[str] = (),
) -> list[Found]:
    """Return where names (and ``parts`` of them) stand in a text as whole words, the longest first, in text order.

    ``taken`` are places marked already; nothing that touches one is returned. ``others`` maps names of other entries to
    what those are called: inside a longer one of these a shorter name of ours is not ours.
    """
    own = {**{_plain(p): PART for p in parts}, **{_plain(n): NAME for n in names}}
    own = {name: how for name, how in own.items() if 0 < len(name) <= LONGEST}
    if not own:
        return []
    competing = {_plain(n): called for n, called in (others or {}).items()}
    longer = _longer(own, competing)
    marked = merged(taken)
    found: list[Found] = []
    for m in _pattern(tuple(sorted(own, key=lambda n: (-len(n), n)))).finditer(text):
        start, end = m.span()
        plain = _plain(m.group())
        if plain not in own or _touches(marked, start, end) or texts.tidy(text, start, end) != (start, end):
            continue
        if plain in longer and _stands_in(text, start, end, longer[plain]):
            continue
        also = (competing[plain],) if plain in competing else ()
        found.append(Found(start, end, own[plain], _as_written(m.group(), (*names, *parts)), also))
    return found


def parts_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the last word of each name of several words, as persons are called after the first time; none of the names."""
    whole = {_plain(n) for n in names}
    found: list[str] = []
    for name in names:
        words = [w for w in name.split() if _plain(w).strip(".") not in TITLES]
        if len(words) > 1 and len(words[-1]) > 2 and _plain(words[-1]) not in whole:
            found.append(words[-1])
    return tuple(dict.fromkeys(found))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("’", "'").split())


# -- longer names around a shorter one

Around = tuple[int, int]
"""So many words of a longer name stand before a shorter one in it, and so many after."""


def _longer(own: Iterable[str], competing: Iterable[str]) -> dict[str, dict[Around, set[str]]]:
    """Return, per name of ours, the longer names of others that hold its words in a row, by what is around these."""
    shorts = {name: name.split() for name in own}
    found: dict[str, dict[Around, set[str]]] = {}
    for name in competing:
        words: list[str] = []
        for short, run in shorts.items():
            if name in shorts or short not in name or len(name) > LONGEST:
                continue
            words = words or name.split()
            for at in range(len(words) - len(run) + 1):
                if words[at : at + len(run)] == run:
                    around = at, len(words) - len(run) - at
                    found.setdefault(short, {}).setdefault(around, set()).add(name)
    return found


def _stands_in(text: str, start: int, end: int, longer: Mapping[Around, Collection[str]]) -> bool:
    """Say whether one of these longer names stands around a place: looked at from the place, whatever their number."""
    befores = _starts(text, start, max(before for before, _ in longer))
    afters = _ends(text, end, max(after for _, after in longer))
    for (before, after), names in longer.items():
        if before < len(befores) and after < len(afters):
            spans = ((a, b) for a in befores[before] for b in afters[after])
            if any(_plain(text[a:b]) in names and _has_edges(text, a, b) for a, b in spans):
                return True
    return False


def _starts(text: str, at: int, most: int) -> list[list[int]]:
    """Return where a name may start that has 0, 1, 2 ... words before a place; words may have a quotation mark before them."""
    found = [[at]]
    while len(found) <= most:
        gap = at
        while at > 0 and text[at - 1].isspace() and text[at - 1] != "\n":
            at -= 1
        word = at
        while at > 0 and word - at <= LONGEST and not text[at - 1].isspace():
            at -= 1
        if word == gap or at == word:
            break
        found.append([p for p in range(at, word) if p == at or not text[p - 1].isalnum()])
    return found


def _ends(text: str, at: int, most: int) -> list[list[int]]:
    """Return where a name may end that has 0, 1, 2 ... words after a place; words may have a comma or an ’s after them."""
    found = [[at]]
    while len(found) <= most:
        gap = at
        while at < len(text) and text[at].isspace() and text[at] != "\n":
            at += 1
        word = at
        while at < len(text) and at - word <= LONGEST and not text[at].isspace():
            at += 1
        if word == gap or at == word:
            break
        found.append([p for p in range(word + 1, at + 1) if p == at or not text[p].isalnum()])
    return found


def _has_edges(text: str, start: int, end: int) -> bool:
    """Say whether a stretch is whole words, as a name is found."""
    before, after = _pattern_of_edge(text[start], before=True), _pattern_of_edge(text[end - 1], before=False)
    return before.match(text, start) is not None and after.match(text, end) is not None


@lru_cache(maxsize=256)
def _pattern_of_edge(letter: str, *, before: bool) -> Any:
    import regex  # only now: the window starts without it

    return regex.compile(_edge(letter, before=before))


# -- places of a name


def _as_written(found: str, names: Iterable[str]) -> bool:
    """Say whether a place has a name's own capitals: a sentence may begin with it, a headline be set in them."""
    said = " ".join(unicodedata.normalize("NFC", found).split())
    if len(said) > 3 and said.isupper():
        return True
    for name in names:
        own = " ".join(unicodedata.normalize("NFC", name).split())
        if said == own or (said[1:] == own[1:] and (" " in own or own[0].islower())):
            return True
    return False


def _touches(marked: list[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether a stretch touches one of these, which are in order and apart: only the last before its end can."""
    at = bisect_left(marked, (end, -1))
    return at > 0 and marked[at - 1][1] > start


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> Any:
    """Return a pattern of whole words for names, in the order given; white space in them is any but a line end."""
    import regex  # only now: the window starts without it

    alternatives = [f"{_edge(n[0], before=True)}{_letters(regex, n)}{_edge(n[-1], before=False)}" for n in names]
    return regex.compile("|".join(alternatives), regex.IGNORECASE | regex.FULLCASE | regex.UNICODE)


def _letters(regex: Any, name: str) -> str:
    """Return a pattern for a name in either way to write its accents, with either apostrophe."""
    forms = dict.fromkeys((name, unicodedata.normalize("NFD", name)))
    written = [r"[^\S\n]+".join(regex.escape(w) for w in form.split()) for form in forms]
    return f"(?:{'|'.join(re.sub(_APOSTROPHE, _APOSTROPHE, w) for w in written)})"


def _edge(letter: str, *, before: bool) -> str:
    """Return what must stand beside a name: no letter that would make it part of a longer word.

    In scripts without spaces nothing can be said of that.
    """
    if texts.has_unspaced_script(letter) or not (letter.isalnum() or unicodedata.combining(letter)):
        return ""
    if before:
        return r"(?<![\p{L}\p{N}\p{M}])(?<![\p{L}\p{N}]-)(?<!(?-i:\p{Lu})['’])"
    return r"(?![\p{L}\p{N}\p{M}])(?!-[\p{L}\p{N}])"


# -- names that may be one


def alike(names: Sequence[str], others: Mapping[Id, Sequence[str]], *, limit: int = 3) -> list[Id]:
    """Return the ids whose names may be those of the same person or thing as ``names``, the likeliest first."""
    scored = [(max(_score(a, b) for a in names for b in called), id_) for id_, called in others.items()]
    kept = sorted(((-score, n, id_) for n, (score, id_) in enumerate(scored) if score >= ALIKE_AT_LEAST))
    return [id_ for _, _, id_ in kept[:limit]]


def tellers(name: str) -> list[str]:
    """Return the words of a name by which others like it can be looked for, and its initials where it has several."""
    words = [w for w in _words(name) if len(w) > 1]
    initials = "".join(w[0] for w in _words(name))
    return [*words, *([initials] if len(initials) > 1 else [])]


def _words(name: str) -> list[str]:
    """Return a name's words in plain letters, without titles, where any others are left."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    found = "".join(c if c.isalnum() else " " for c in plain.replace("'s ", " ").replace("’s ", " ")).split()
    return [w for w in found if w not in TITLES] or found


def _score(one: str, other: str) -> float:
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 100.0
    short, long = sorted((a, b), key=lambda w: (len(w), sum(map(len, w))))
    if len(short) == 1 and len(long) > 1 and len(short[0]) > 1 and short[0] == "".join(w[0] for w in long):
        return 97.0
    if _is_shorter_form(short, long):
        return 96.0 if len(short) > 1 else 93.0
    if sorted(a) == sorted(b):
        return 95.0
    if len(a) != len(b) or not all(_near(x, y) for x, y in zip(a, b, strict=True)):
        return 0.0
    return 90.0 + 4.0 * sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def _near(one: str, other: str) -> bool:
    """Say whether two words are one with a typing error: Maria and Mario are not, Sotto and Soto are."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    from rapidfuzz import fuzz  # only now: the window starts without it

    return sorted(one) == sorted(other) or fuzz.ratio(one, other) >= NEAR_AT_LEAST


def _is_shorter_form(short: list[str], long: list[str]) -> bool:
    """Say whether a name is another with first names left out or as letters: "M. Soto", "Soto" for "Maria Soto"."""
    if short[-1] != long[-1] or len(short[-1]) < 3:
        return False
    rest = iter(long[:-1])
    return all(
        any(w == x or (len(w) == 1 and x.startswith(w)) or (len(x) == 1 and w.startswith(x)) for x in rest)
        for w in short[:-1]
    )
