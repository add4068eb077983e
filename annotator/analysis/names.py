"""Where names stand in a text and what they may be: words and their kinds, titles, roles, what a pronoun can mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex


class Token(NamedTuple):
    """A word, or one sign that is none; ``folded`` is how it is compared."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter or a digit."""
        return self.text[0].isalnum()

    @property
    def is_upper(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def word_list(of: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(of.split())


PRONOUNS = word_list("he she they it")
OWN = word_list("i we you")
DETERMINERS = word_list(
    "the a an its his her their our some many several both one two three this these those another no"
)
LINKS = word_list("of for at in from to on with")
"""What may join two parts of a name: "a spokesperson for the ministry"."""
STOPS = word_list(
    "and or but that because while although though if when as than since after before until whether where so yet nor "
    "is are was were be been being am do does did can could may might must shall should would will about over under "
    "by into during through between against without within among amid despite per via not however meanwhile"
)
SKIPPED = word_list(
    "has had have also later then earlier again repeatedly once now today yesterday already still never just even "
    "first further both all monday tuesday wednesday thursday friday saturday sunday"
)
"""What may stand between a speaker and the cue."""
ROLES = word_list(
    "activist adviser advisor ambassador analyst archbishop attorney auditor author bishop campaigner candidate captain "
    "chair chairman chairwoman chancellor chief clerk coach colonel commissioner consultant councillor deputy detective "
    "director driver economist editor engineer envoy expert farmer fisherman founder general governor head historian "
    "inspector journalist judge keeper king lawmaker lawyer leader manager mayor minister nurse officer owner pilot "
    "president priest prince princess professor prosecutor queen reporter researcher resident scientist secretary senator "
    "sergeant sheriff spokesman spokesperson spokeswoman student teacher treasurer witness writer"
)
"""What stands before a person's name and says what they are: "deputy mayor Ida Brook"."""
OF_ROLES = word_list(
    "acting assistant chief city county defence defense deputy district education finance fire first foreign former health "
    "interim interior junior justice leading local opposition party police press prime retired school senior state town "
    "union veteran vice village world young"
)
"""What may stand before such a word."""
MONTHS = word_list("january february march april may june july august september october november december")
WHEN = word_list(
    "in since until till by from of before after during last next this early late mid and to through each every"
)
"""What stands before a month that is none of anybody's names."""
WHO = word_list("who which whose")
ONESELF = word_list("himself herself itself themselves alone too")
BODIES = word_list(
    "agency army association authority bank board bridge bureau club college commission committee company council "
    "court department firm foundation government group harbour hospital industries institute ministry museum "
    "newspaper office paper parliament party police post press river school service society sons street times trust "
    "union university valley works"
)
"""What a name ends with that is nobody whom "he" or "she" can mean."""
_TITLE = regex.compile(
    r"(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Sgt|Maj|Sen|Rep|Gov|Prof|Del|Supt|Insp|Amb|Cpl|Pvt|Fr|Rev|Hon|St|Adm|[A-Z])"
)
_TOKEN = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[’'\-.&][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*[’']?(?<=\w|s[’'])|[^\s\p{L}\p{N}]"
)
_CAPITAL = r"(?:\p{Lu}\.(?: ?\p{Lu}\.)*|\p{Lu}[\p{L}\p{M}\p{N}]*(?:[’'\-&]\p{L}+)*)"
SHORT_TITLES = word_list("mr mrs ms dr gen col lt capt sgt maj sen rep gov prof supt insp amb cpl pvt rev hon adm")
"""Titles cut short: none of them is a name alone, and the full stop after one ends no sentence."""
_AFTER_TITLE = rf"(?<=\b(?:{'|'.join(sorted(word.title() for word in SHORT_TITLES))}))\. "
_JOINT = (
    rf"(?:{_AFTER_TITLE}| | of (?:the )?| & "
    r"|\.? (?:al|el|ibn|bin|de|da|del|della|di|du|la|le|van|von|der|den)[ \-](?:der |den |la )?)"
)
_NAME = regex.compile(rf"{_CAPITAL}(?:{_JOINT}{_CAPITAL})*")
_REACH = 60
"""How far before a name, in code points, is looked for what somebody is."""
ELSEWHERE = 20_000
"""How far, in code points, a name is looked for again where a sentence begins with it."""


def names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where names stand in a stretch of text, by their capitals: "Tarn Water Board", not "The" at a beginning."""
    found: list[tuple[int, int]] = []
    for match in _NAME.finditer(text, start, end):
        words = tokens(text, match.start(), match.end())
        while words and words[0].folded in DETERMINERS | STOPS | SKIPPED | PRONOUNS | OWN | LINKS:
            words = words[1:]
        if words and not (len(words) == 1 and _is_no_name(text, words[0])):
            last = words[-1]
            cut = 2 if last.folded.endswith(("’s", "'s")) else 0
            found.append((words[0].start, last.end - cut))
    return found


def subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name a sentence begins with: "Paul Iversen, the auditor, disagrees", not "Iversen’s books are gone"."""
    first = next(iter(names(text, start, end)), None)
    if first is None:
        return None
    before = tokens(text, start, first[0])
    while before and before[0].folded in ("but", "and", "then", "yet"):
        before = before[1:]
    if before and _role(before) != 0:
        return None
    after = tokens(text, first[1], min(end, first[1] + 20))
    whose = text[first[1] : first[1] + 2].casefold() in ("’s", "'s")
    return None if whose or (after and after[0].folded in ("and", "or")) else first


def people(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the names in a stretch that are a person's for sure, by a title or by what they are: "mayor Ida Brook"."""
    found: list[tuple[int, int]] = []
    for low, high in names(text, start, end):
        first = tokens(text, low, high)[0]
        if first.text.endswith(".") or _role(tokens(text, max(start, low - _REACH), low)) is not None:
            found.append((low, high))
    return found


def _role(words: Sequence[Token]) -> int | None:
    """Return where what somebody is begins at the end of some words ("the former mayor"); None for nowhere."""
    at = len(words) - 1
    while at >= 0 and words[at].is_word and words[at].folded not in ROLES | STOPS | PRONOUNS | WHO:
        at -= 1
    if at < 0 or words[at].folded not in ROLES or (at < len(words) - 1 and words[at + 1].folded not in ("of", "for")):
        return None
    while at > 0 and (words[at - 1].folded in ROLES | OF_ROLES | DETERMINERS or words[at - 1].is_upper):
        at -= 1
    return at


def may_mean(pronoun: str, name: str) -> bool:
    """Say whether a pronoun can mean a name: "he" is no ministry."""
    return pronoun.casefold() not in ("he", "she") or name.split()[-1].casefold() not in BODIES


def _is_no_name(text: str, word: Token) -> bool:
    """Say whether a word with a capital is nobody's name when it stands alone."""
    return len(word.text) == 1 or word.folded in SHORT_TITLES or _only_begins(text, word) or _is_month(text, word)


def _is_month(text: str, word: Token) -> bool:
    """Say whether a word is a month beside a day, a year or "since": "in March", "March 3", not "March said"."""
    if word.folded not in MONTHS:
        return False
    before = tokens(text, max(0, word.start - 20), word.start)
    after = tokens(text, word.end, word.end + 8)
    beside = [*before[-1:], *after[:1]]
    return any(t.text[0].isdigit() for t in beside) or bool(before and before[-1].folded in WHEN)


def _only_begins(text: str, word: Token) -> bool:
    """Say whether a word has its capital from the beginning of a sentence: it never has one inside of one nearby."""
    before = text[max(0, word.start - 3) : word.start].rstrip(" “\"‘'(")
    if before and before[-1] not in ".!?:\n":
        return False
    near = text[max(0, word.start - ELSEWHERE) : word.end + ELSEWHERE]
    return regex.search(rf"[\p{{Ll}},] {regex.escape(word.text)}\b", near) is None


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs of a stretch; a title keeps its full stop ("Gen.")."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        words = match.group()
        last = found[-1] if found else None
        if words == "." and last is not None and last.end == match.start() and _TITLE.fullmatch(last.text):
            found[-1] = Token(last.start, match.end(), last.text + ".", last.folded)
        else:
            found.append(Token(match.start(), match.end(), words, words.casefold()))
    return found
