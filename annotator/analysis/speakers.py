"""Who speaks in a sentence: the words that name a speaker beside the cue that says so, and words that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from annotator.analysis.names import (
    DETERMINERS,
    ELSEWHERE,
    LINKS,
    ONESELF,
    OWN,
    PRONOUNS,
    SKIPPED,
    STOPS,
    WHO,
    Token,
    tokens,
    word_list,
)
from annotator.model import Id
from annotator.vocabulary import CueVerb

MOST_WORDS = 9
"""How many words a speaker may be named with; beyond it the words are something else."""


@dataclass(frozen=True)
class FoundCue:
    """A cue word near a source mention: where it stands, the load and function it is proposed to carry.

    ``annotation`` names the cue's mark where the article has one already.
    """

    start: int
    end: int
    text: str
    load: str
    function: str = "assertion"
    annotation: Id | None = None


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks: the words that name them ("name", "pronoun"), or words that name nobody ("nobody")."""

    kind: str
    start: int
    end: int
    cue: FoundCue


BEFORE_NAME = word_list("according to in the words of in the view of")
POSSESSIVES = word_list("its his her their our")
GENERIC = word_list("reports rumours rumors speculation allegations accusations claims suggestions")
"""Heads that name nobody: "according to reports"."""
OFTEN_ELSE = word_list(
    "found find finds finding show shows showed shown showing prove proves proved proven request requests recall hails"
)
"""Cues that are mostly something else, unless "that", a quote or a colon follows."""
DOCUMENTS = word_list(
    "accounts analysis audit budget data document documents draft emails figures filing filings forecast forecasts inquiry "
    "letter letters memo minutes papers plan plans poll polls records report reports research review statistics studies "
    "study survey surveys transcript"
)
"""Heads of what is written and speaks: "figures from the board show", "a study found"."""
ALSO_VERBS = word_list("accounts forecasts plans polls reports research studies surveys")
PARTICIPLES = word_list(
    "born brought built drawn found given heard held kept known led made paid seen sent shown taken written"
)
_NOBODY = regex.compile(
    r"\b(?:it (?:is|was|has been|had been) (?:widely |often |generally |also |now )?"
    r"(?:believed|reported|said|understood|thought|alleged|claimed|feared|rumou?red|expected|known|suggested)"
    r"|(?:is|are|was|were) (?:widely |often |generally |also |now )?"
    r"(?:believed|reported|said|understood|thought|alleged|rumou?red|reputed) to"
    r"|(?:has|have|had) (?:also |long |repeatedly )?been (?:accused|blamed|criticised|criticized|described|called)(?! by)"
    r"|reportedly|allegedly|purportedly|supposedly|apparently"
    r"|(?:allegations|accusations|reports|rumou?rs|claims|speculation|suggestions) (?:of|that)"
    r"|there (?:is|are|were|was|have been) (?:\w+ )?(?:allegations|reports|rumou?rs|claims|speculation|fears))\b",
    regex.IGNORECASE,
)
"""English wording that hands a claim over and names nobody."""
_PUT = regex.compile(
    r"\bputs?(?: it(?=,? ?[“\"‘]|[,.])"
    r"|(?=(?: [\p{L}’']+){0,6} at (?:[\p{Sc}\d]|about |around |almost |nearly |roughly |between |more |less |over )))",
    regex.IGNORECASE,
)
"""English wording of somebody's figures and words: "the budget puts the cost at €2m", "as one clerk put it"."""
_QUOTED = regex.compile(r"[“„«]([^“”„«»]*)|\"([^\"]*)\"")
_SCARE_WORDS = 3
"""So few words in quotation marks are a manner of speaking and no quotation."""


def is_quotation(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether words are somebody's by their quotation marks: they stand in them, or hold more than a few in them."""
    start, end = spans[0][0], spans[-1][1]
    if any(text[a:b].lstrip()[:1] in ("“", "„", "«", "‘", '"') for a, b in spans) or text[start - 1 : start] == '"':
        return True
    line = max(start - ELSEWHERE, text.rfind("\n", 0, start) + 1)
    if any(text.rfind(a, line, start) > text.rfind(b, line, start) for a, b in ("“”", "«»")):
        return True
    quoted = (m.group(1) or m.group(2) or "" for a, b in spans for m in _QUOTED.finditer(text, a, b))
    return text[end - 1 : end] == "”" or any(len(q.split()) > _SCARE_WORDS for q in quoted)


def listed_cues(text: str, start: int, end: int, verbs: tuple[CueVerb, ...]) -> list[FoundCue]:
    """Return the words of a cue list in a stretch of text, in reading order."""
    if not verbs:
        return []
    pattern, by_text = _pattern(verbs)
    found: list[FoundCue] = []
    for match in pattern.finditer(text, start, end):
        verb = by_text[" ".join(match.group().casefold().split())]
        found.append(FoundCue(match.start(), match.end(), match.group(), verb.load, verb.function))
    return found


@lru_cache(maxsize=8)
def _pattern(verbs: tuple[CueVerb, ...]) -> tuple[regex.Pattern[str], dict[str, CueVerb]]:
    """Return one pattern for all cues, the longest first, and the cue by its folded words."""
    by_text = {" ".join(v.text.casefold().split()): v for v in reversed(verbs)}
    alternatives = sorted(by_text, key=lambda t: (-len(t), t))
    words = "|".join(r"\s+".join(regex.escape(w) for w in a.split()) for a in alternatives)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{words})(?![\p{{L}}\p{{N}}])", regex.IGNORECASE), by_text


def speakers(text: str, start: int, end: int, verbs: tuple[CueVerb, ...], language: str = "en") -> list[Speaker]:
    """Return who speaks in one sentence, in the order of their cues.

    Capitals and English wording tell; where they do not, a sentence has no speaker here and nearness must do.
    """
    english = language.startswith("en")
    found: list[Speaker] = _nobody(text, start, end, verbs) if english else []
    cues = listed_cues(text, start, end, verbs)
    if english and verbs:
        puts = [FoundCue(m.start(), m.end(), m.group(), "neutral") for m in _PUT.finditer(text, start, end)]
        cues = sorted([*cues, *puts], key=lambda c: c.start)
    for cue in cues:
        if any(s.kind == "nobody" and s.cue.start < cue.end and cue.start < s.cue.end for s in found):
            continue
        named = _named(text, start, end, cue, [s for s in found if s.kind != "nobody"])
        if named is not None:
            found.append(named)
    return sorted(found, key=lambda s: s.cue.start)


def _nobody(text: str, start: int, end: int, verbs: tuple[CueVerb, ...]) -> list[Speaker]:
    found: list[Speaker] = []
    for match in _NOBODY.finditer(text, start, end):
        if match.group().casefold().endswith((" that", " of")) and name_before(tokens(text, start, match.start())):
            continue  # "Ida Brook claims that": a verb, and she is named
        inside = listed_cues(text, *match.span(), verbs)
        load, function = (inside[0].load, inside[0].function) if inside else ("neutral", "assertion")
        cue = FoundCue(match.start(), match.end(), match.group(), load, function)
        found.append(Speaker("nobody", match.start(), match.end(), cue))
    return found


def _named(text: str, start: int, end: int, cue: FoundCue, before: Sequence[Speaker]) -> Speaker | None:
    """Return the speaker a cue has: before it, after it ("said Ida Brook"), or the one who spoke before in the sentence."""
    folded = " ".join(cue.text.casefold().split())
    after = tokens(text, cue.end, end)
    if folded.split()[-1] in ("to", "of") and set(folded.split()) <= BEFORE_NAME:
        return _speaker(name_after(after), cue)
    words = tokens(text, start, cue.start)
    document = _document(words)
    if document:
        return _speaker(document, cue)
    if folded in OFTEN_ELSE and not (after and (after[0].folded == "that" or after[0].text in "“\"‘':")):
        return None
    main = _without_aside(words, before)
    if folded.endswith("ing") and len(main) < len(words) and _ends_aside(words, before):
        return Speaker(before[-1].kind, before[-1].start, before[-1].end, cue)  # "…, the paper says, warning that …"
    found = _speaker(name_before(main), cue)
    if found is not None:
        speaks = any(s.cue.start < found.end and found.start < s.cue.end for s in before)
        return None if speaks else found  # "the paper says" is what somebody does, not somebody
    last = words[-1] if words else None
    if last is not None and not last.is_word and last.text in "”\"’'»“„,":
        found = _speaker(name_after(after), cue) if not folded.endswith("ing") else None
        if found is not None:
            return found
    if folded.endswith("ing") or (last is not None and last.folded in ("and", "but", "then")):
        if before:
            return Speaker(before[-1].kind, before[-1].start, before[-1].end, cue)
        return _speaker(name_after(words), cue) if len(words) > 2 else None
    return None


def _document(words: Sequence[Token]) -> Sequence[Token]:
    """Return what is written and speaks, where a clause begins with it: "figures from the board"."""
    end = _skip_back(words, len(words) - 1) + 1
    start = next((n for n in range(end, 0, -1) if not words[n - 1].is_word), 0)
    while start < end and words[start].folded in STOPS | WHO:
        start += 1
    head = next((n for n in range(start, min(end, start + 5)) if words[n].folded in DOCUMENTS), end)
    if head == end or any(w.folded in STOPS | LINKS | WHO | PRONOUNS for w in words[start:head]):
        return ()
    noun = words[head - 1] if head > start else None
    if (
        words[head].folded in ALSO_VERBS
        and noun is not None
        and noun.folded not in DETERMINERS
        and not _possessive(noun)
    ):
        return ()  # "the board reports to"
    if head + 1 == end or _is_participle(words, head + 1) or words[head + 1].folded in WHO:
        return words[start : head + 1]
    if words[head + 1].folded not in (*LINKS, "by"):
        return ()  # "the budget minister", "the report the minister"
    stop = next((n for n in range(head + 2, end) if _is_participle(words, n) or words[n].folded in WHO | STOPS), end)
    return words[start:stop]


def _is_participle(words: Sequence[Token], at: int) -> bool:
    """Say whether a word begins what is told about a name: "a budget seen by", "people briefed on"."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    before = words[at - 1] if at else None
    if word.is_upper or before is None or before.folded in DETERMINERS | LINKS | SKIPPED or not before.is_word:
        return False
    formed = word.folded.endswith("ed") and not word.folded.endswith("eed") and len(word.text) > 4
    ends = after is None or not after.is_word or after.folded in STOPS | LINKS | DETERMINERS
    return ends and not before.folded.endswith("ly") and (formed or word.folded in PARTICIPLES)


def _without_aside(words: Sequence[Token], before: Sequence[Speaker]) -> Sequence[Token]:
    """Return the words before a cue without what is put in between commas there: "…, who kept the books, …".

    The same goes for another voice: of "the minister, the paper says," the minister is left.
    """
    bounds = _aside(words)
    if bounds is None:
        return words
    opened, closed = bounds
    aside = words[opened + 1 : closed]
    if aside[0].folded in ("and", "but"):
        aside = aside[1:]
    if (aside and aside[0].folded in WHO) or _ends_aside(words, before):
        return words[:opened]
    return words


def _aside(words: Sequence[Token]) -> tuple[int, int] | None:
    """Return where the commas are between which something stands at the end of some words."""
    closed = _skip_back(words, len(words) - 1)
    if closed < 0 or words[closed].text != ",":
        return None
    opened = next((n for n in range(closed - 1, -1, -1) if not words[n].is_word), -1)
    return (opened, closed) if 0 < opened < closed - 1 and words[opened].text == "," else None


def _ends_aside(words: Sequence[Token], before: Sequence[Speaker]) -> bool:
    """Say whether what stands between the last commas is no more than who speaks and the cue that says so."""
    bounds = _aside(words)
    if bounds is None:
        return False
    start, end = words[bounds[0] + 1].start, words[bounds[1] - 1].end
    return any((min(s.start, s.cue.start), max(s.end, s.cue.end)) == (start, end) for s in before)


def _speaker(words: Sequence[Token], cue: FoundCue) -> Speaker | None:
    if not words:
        return None
    if words[0].folded in POSSESSIVES and any(w.is_upper for w in words[1:]):
        words = words[1:]  # "its manager Karl Ruud" is Karl Ruud elsewhere as well
    last = words[-1].folded
    if len(words) == 1 and last in PRONOUNS:
        kind = "pronoun"
    elif last in GENERIC and not any(w.is_upper for w in words[1:]):
        start, end = min(cue.start, words[0].start), max(cue.end, words[-1].end)
        return Speaker("nobody", start, end, cue)
    else:
        kind = "name"
    return Speaker(kind, words[0].start, words[-1].end, cue)


def name_before(words: Sequence[Token]) -> list[Token]:
    """Return the words that name who speaks right before a cue: "Ida Brook, who kept the books, also" is Ida Brook."""
    at = _skip_back(words, len(words) - 1)
    comma = False
    if at >= 0 and words[at].text == ",":
        comma, at = True, at - 1
    who = _who_before(words, at)
    own = words[who + 1 : at + 1] if who >= 0 and not comma else ()
    if own and (own[0].is_upper or own[0].folded in DETERMINERS | PRONOUNS) and _collect_back(own, len(own) - 1) == own:
        return list(own)  # "which the budget says": not what the clause is about
    if who > 0:
        at = who - (2 if words[who - 1].text == "," else 1)
    if at >= 0 and (words[at].folded in LINKS or _possessive(words[at])):
        return []  # "to show", "Mr. Moor’s request": no verb of somebody who speaks
    name = _collect_back(words, at)
    outer = next((n for n in range(at, -1, -1) if not words[n].is_word), -1) if comma else -1
    if outer > 0 and words[outer].text == "," and _is_description(words[outer + 1 :]):
        other = _collect_back(words, outer - 1)
        if other and other[0].is_upper and other[0].folded not in DETERMINERS and not _possessive(other[0]):
            return other
    return name


def _who_before(words: Sequence[Token], at: int) -> int:
    """Return where "who" begins the clause a cue stands after ("an engineer who built it said"); -1 for nowhere."""
    for n in range(at, max(-1, at - MOST_WORDS), -1):
        if words[n].folded in WHO:
            return n
        if not words[n].is_word:
            break
    return -1


def _skip_back(words: Sequence[Token], at: int) -> int:
    """Return the place before adverbs, helping verbs, "on Monday" and brackets."""
    while at >= 0:
        word = words[at]
        if word.text == ")":
            opened = [n for n in range(at) if words[n].text == "("]
            at = (opened[-1] if opened else at) - 1
        elif _between_name_and_cue(word) or (
            word.folded == "on" and words[at + 1 : at + 2] and words[at + 1].folded in SKIPPED
        ):
            at -= 1
        else:
            break
    return at


def _between_name_and_cue(word: Token) -> bool:
    return word.folded in SKIPPED or (word.folded.endswith("ly") and word.is_word and not word.is_upper)


def _possessive(word: Token) -> bool:
    return word.folded.endswith(("’s", "'s", "s’", "s'"))


def _is_description(words: Sequence[Token]) -> bool:
    return words[0].folded in DETERMINERS or not words[0].is_upper or _possessive(words[0])


def _collect_back(words: Sequence[Token], at: int) -> list[Token]:
    found: list[Token] = []
    while at >= 0 and len(found) < MOST_WORDS:
        word = words[at]
        if not word.is_word or word.folded in STOPS or word.folded in OWN:
            break
        if word.folded in PRONOUNS:
            if all(w.folded in ONESELF for w in found):
                return [word]
            return _trimmed(found) if any(w.is_upper for w in found) else []  # "he fears for his job" names nobody
        found.insert(0, word)
        joined = at > 0 and words[at - 1].folded in LINKS
        if word.folded in DETERMINERS and not joined:
            break
        at -= 1
    return _trimmed(found)


def _trimmed(words: list[Token]) -> list[Token]:
    """Return a name without what cannot begin or be one, and what is told about it."""
    told = next((n for n in range(1, len(words)) if _is_participle(words, n)), len(words))
    words = words[:told]
    while words and (words[0].folded in LINKS or words[0].folded in SKIPPED):
        words = words[1:]
    upper = [n for n, w in enumerate(words) if w.is_upper and w.folded not in DETERMINERS]
    fixed = [n for n, w in enumerate(words) if w.folded in DETERMINERS]
    if fixed and (not upper or fixed[0] < upper[0] or fixed[0] == 0):
        words = words[fixed[0] :]
        return words if len(words) > 1 else []
    if upper:
        return words[upper[0] :]
    if words and _is_several(words[-1]):
        return words[-2:]
    return []


def _is_several(word: Token) -> bool:
    return word.folded.endswith("s") or word.folded in ("police", "people")


def name_after(words: Sequence[Token]) -> list[Token]:
    """Return the words at the beginning that name somebody: "Foreign Minister Wang Yi in Beijing" is the first four."""
    while words and (words[0].text in "“\"'‘" or words[0].folded in STOPS - {"not"}):
        words = words[1:]
    found: list[Token] = []
    for n, word in enumerate(words[:MOST_WORDS]):
        after = words[n + 1] if n + 1 < len(words) else None
        joins = (
            word.folded in ("of", "for")
            and found
            and after is not None
            and (after.is_upper or after.folded in DETERMINERS)
        )
        if not word.is_word or (word.folded in (STOPS | LINKS | SKIPPED | OWN | {"who", "which"}) and not joins):
            break
        if word.folded in PRONOUNS:
            return found or [word]
        if found and _is_participle(words, n):
            break
        if (
            found
            and found[-1].is_upper
            and not word.is_upper
            and not joins
            and found[-1].folded not in DETERMINERS
            and not _possessive(found[-1])
        ):
            break
        found.append(word)
    if not found or (found[0].folded in DETERMINERS and len(found) == 1):
        return []
    plain = not found[0].is_upper and found[0].folded not in DETERMINERS
    return found if not plain or any(w.is_upper for w in found) or _is_several(found[-1]) else []
