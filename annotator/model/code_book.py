"""The code book: the lists of terms a project codes with, each term with its words, its definition and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotator import vocabulary
from annotator.language import tr
from annotator.model.records import Term
from annotator.model.values import (
    CLAIM_FORMS,
    CLAIM_TYPES,
    CUE_LOADS,
    ENTITY_KINDS,
    GROUND_RULES,
    PROXIMITIES,
    SOURCE_NAMINGS,
    VERDICTS,
)
from annotator.vocabulary import CueVerb, HouseRule

CUE = "cue"
HOUSE_RULE = "house_rule"
"""The list whose terms are a project's own switches of the house rules, by their keys; no list people see."""


@dataclass(frozen=True)
class TermList:
    """A list of the code book: what it is called and about, and what may be done with its terms.

    ``keys`` are those the program ships. ``open``: people add, remove, merge and order terms. ``renamed``: their words
    may be changed. ``by_words``: what is coded keeps the words themselves and not a key, so words in use are terms too.
    """

    id: str
    title: str
    about: str
    keys: tuple[str, ...] = ()
    open: bool = False
    renamed: bool = True
    by_words: bool = False

    def key_of(self, words: str, language: str | None = None) -> str:
        """Return the key a new term of these words gets: the same for words that differ in case or spaces only."""
        folded = " ".join(words.casefold().split())
        return f"{language or 'en'}:{folded}" if self.id == CUE else folded


LISTS: dict[str, TermList] = {
    each.id: each
    for each in (
        TermList("tag", tr("Tags"), tr("Your own words for claims; a claim may have several."), open=True),
        TermList("article_tag", tr("Article tags"),
                 tr("Your own words for articles, such as a topic, a class or a round; an article may have several."), open=True),
        TermList("verdict", tr("Verdicts"),
                 tr("What a person found on checking a claim, from 5 to 1; a verdict needs evidence."), VERDICTS),
        TermList("entity_kind", tr("Kinds of entities"), tr("What an entity is: one of these, over all articles."), ENTITY_KINDS,
                 open=True),
        TermList("affiliation", tr("Affiliations"), tr("What a source belongs to or speaks for."), open=True, by_words=True),
        TermList("side", tr("Sides"), tr("The parties to the matter that sources stand for."), open=True, by_words=True),
        TermList(CUE, tr("Cue words"), tr("Words that hand a claim over to its source, with the load a link is proposed to carry."),
                 open=True),
        TermList("load", tr("Loads of cues"), tr("What a cue does to the claim it hands over."), CUE_LOADS),
        TermList("claim_type", tr("Types of claims"), tr("What kind of statement a claim makes."), CLAIM_TYPES, renamed=False),
        TermList("claim_form", tr("Forms of claims"), tr("In whose words a claim stands."), CLAIM_FORMS, renamed=False),
        TermList("naming", tr("Naming of sources"), tr("How far the article says who a source is."), SOURCE_NAMINGS, renamed=False),
        TermList("proximity", tr("Proximity of sources"), tr("How near a source is to what it tells."), PROXIMITIES, renamed=False),
        TermList("ground_rules", tr("Ground rules"), tr("On what terms a source spoke."), GROUND_RULES[:-1], renamed=False),
    )
}  # fmt: skip
"""Every list by its id, in the order people see them."""


@dataclass(frozen=True)
class CodeBook:
    """A project's code book: its own terms by list, in their order; a list without any is the shipped one."""

    own: Mapping[str, tuple[Term, ...]] = field(default_factory=dict[str, tuple[Term, ...]])

    def terms(self, list_: str, language: str | None = None) -> tuple[Term, ...]:
        """Return a list's terms; of the cue words those of one language, the English ones unless it is named."""
        kept = self.own.get(list_, ())
        if list_ == CUE:
            code = vocabulary.plain_language(language)
            kept = tuple(t for t in kept if t.language == code)
        return kept or shipped(list_, language)

    def get(self, list_: str, key: str | None) -> Term | None:
        """Return a term by its key, or None."""
        found = self._own_by_key.get((list_, key or ""))
        return found or next((t for t in shipped(list_) if t.key == key), None)

    @cached_property
    def _own_by_key(self) -> dict[tuple[str, str], Term]:
        return {(t.list, t.key): t for terms in self.own.values() for t in terms}

    def label(self, list_: str, key: str | None) -> str:
        """Return a term's words as they stand inside a sentence; None is ""."""
        term = self._own_by_key.get((list_, key or ""))
        return term.label if term is not None else vocabulary.label(key)

    def title(self, list_: str, key: str | None) -> str:
        """Return the same with a capital first letter."""
        return vocabulary.capital(self.label(list_, key))

    def tip(self, list_: str, key: str | None) -> str:
        """Return a term's definition and example for a tool tip; empty where there is neither."""
        term = self.get(list_, key)
        return explained(term) if term is not None else ""

    def keys(self, list_: str) -> tuple[str, ...]:
        """Return the keys of a list's terms, in their order: the values a field offers."""
        return tuple(t.key for t in self.terms(list_))

    def cue_verbs(self, language: str | None = None) -> tuple[CueVerb, ...]:
        """Return the cue words of a language: the project's own, else the shipped ones, else the English ones."""
        code = vocabulary.plain_language(language)
        if code not in self._cues:
            kept = tuple(t for t in self.own.get(CUE, ()) if t.language == code)
            if not kept and code != "en" and code not in vocabulary.cue_languages():
                return self.cue_verbs("en")
            self._cues[code] = tuple(_verb(t) for t in kept) or vocabulary.cue_verbs(code)
        return self._cues[code]

    def house_rules(self) -> tuple[HouseRule, ...]:
        """Return the rules of the sourcing checks, switched and weighed as this project has them."""
        own = {term.key: term for term in self.own.get(HOUSE_RULE, ())}
        return tuple(_ruled(rule, own[rule.key]) if rule.key in own else rule for rule in vocabulary.house_rules())

    @cached_property
    def _cues(self) -> dict[str, tuple[CueVerb, ...]]:
        return {}


def explained(term: Term) -> str:
    """Return a term's definition and its example in one text."""
    example = tr("Example: {words}", words=term.example) if term.example else ""
    return "\n".join(part for part in (term.definition or "", example) if part)


def cue_value(load: str, function: str = "assertion") -> str:
    """Return what a cue word's term holds as its value: load and function."""
    return f"{load} {function}"


def load_of(term: Term) -> str:
    """Return the load of a cue word's term."""
    return (term.value or "neutral").split()[0]


def rule_value(rule: HouseRule) -> str:
    """Return what the term of a house rule holds as its value: whether it is on, its severity, its limits."""
    return " ".join(("on" if rule.on else "off", rule.severity, *(f"{name}={n}" for name, n in rule.limits)))


def _ruled(rule: HouseRule, term: Term) -> HouseRule:
    """Return a shipped rule as a project has it; what is not understood is as shipped."""
    words = (term.value or "").split()
    limits = (word.partition("=") for word in words)  # of a file that may come from anybody
    given = {name: int(n) for name, _, n in limits if n.isascii() and n.isdigit() and len(n) < 10}
    return replace(
        rule,
        on=rule.on if not {"on", "off"} & set(words) else "on" in words,
        severity=next((word for word in words if word in vocabulary.SEVERITIES), rule.severity),
        limits=tuple((name, given.get(name, n)) for name, n in rule.limits),
    )


def _verb(term: Term) -> CueVerb:
    _, _, function = (term.value or "").partition(" ")
    return CueVerb(term.label, load_of(term), function or "assertion")


def shipped(list_: str, language: str | None = None) -> tuple[Term, ...]:
    """Return the terms a list has until a project has its own."""
    from annotator.model import definitions  # only now: the window starts without it

    if list_ == CUE:
        return definitions.cue_terms(vocabulary.plain_language(language))
    return definitions.shipped_terms(list_)
