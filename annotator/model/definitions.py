"""What the shipped terms mean: a definition and an invented example for each, for tool tips and the printed code book."""

from __future__ import annotations

from functools import cache

from annotator import vocabulary
from annotator.language import tr
from annotator.model.code_book import CUE, LISTS, cue_value
from annotator.model.records import Term

_MEANT: dict[str, dict[str, tuple[str, str]]] = {
    "verdict": {
        "5": (tr("The evidence bears the claim out in every part that matters."), ""),
        "4": (tr("The evidence bears the claim out but for a detail that does not change what it says."), ""),
        "3": (tr("Part of it holds and part does not, or it misleads without something it leaves out."), ""),
        "2": (tr("What matters most in it is not borne out; a lesser part is."), ""),
        "1": (tr("The evidence says the opposite."), ""),
        "none": (tr("Evidence was looked for and does not decide it; a note says why."), ""),
    },
    "entity_kind": {
        "person": (tr("One human being."), tr("Ida Brook")),
        "organisation": (tr("A body that acts as one: a ministry, firm, court, party, club."), tr("the Tarn Water Board")),
        "place": (tr("A place, as a place; where its government is meant, an organisation."), tr("the upper valley")),
        "group": (tr("People who share something and do not act as one body."), tr("the ferrymen")),
        "event": (tr("Something that happened or is planned."), tr("the spring flood")),
        "work": (tr("Something written or made: a law, paper, report, agreement, programme."), tr("the bridge report")),
        "other": (tr("What none of the other kinds fits."), ""),
    },
    "load": {
        "neutral": (tr("Hands the claim over and says nothing about it."), tr("said")),
        "doubt": (tr("Lets the reader doubt the claim."), tr("claimed")),
        "endorsing": (tr("Takes the claim for true."), tr("pointed out")),
        "emphatic": (tr("Adds force or feeling to the claim."), tr("warned")),
        "accusing": (tr("Puts somebody in the wrong: the speaker, or another."), tr("admitted")),
        "other": (tr("Does something else to the claim; a note says what."), ""),
    },
    "claim_type": {
        "factual": (tr("Says that something is or was so, and could be checked."), tr("The bridge carries nine trucks an hour.")),
        "opinion": (tr("Says what somebody thinks of something; no check can settle it."), tr("The plan is badly written.")),
        "prediction": (tr("Says what will happen; can be checked once it has, or has not."), tr("The bridge will close in May.")),
        "value": (tr("Says what is good or bad, right or wrong, or ought to be."), tr("Nobody should pay to cross.")),
        "interpretation": (tr("Says what facts mean or why something was done."), tr("The delay shows who is in charge.")),
        "directive": (tr("Asks or orders somebody to do something."), tr("The board must publish the count.")),
        "commitment": (tr("Binds the speaker to do something."), tr("We will publish it in June.")),
    },
    "claim_form": {
        "direct": (tr("The source’s own words in quotation marks."), tr("“Nobody counted again,” she said.")),
        "mixed": (tr("Reported, with some of the source’s own words in quotation marks."), tr("He called the readings “sensitive”.")),
        "indirect": (tr("The source’s claim in the article’s words."), tr("The board said that the bridge is safe.")),
        "narration": (tr("The article says it in its own words and names nobody for it."), tr("The road floods every spring.")),
        "headline": (tr("Stands in the headline, standfirst or a caption, where sources are often left out."), ""),
    },
    "naming": {
        "named": (tr("A name by which the source could be found."), tr("Ida Brook, the bookkeeper")),
        "role_only": (tr("An office or task without a name."), tr("a spokesperson for the board")),
        "anonymous": (tr("One source the article keeps unnamed."), tr("a person close to the talks")),
        "collective": (tr("Many at once, nobody in particular."), tr("experts")),
        "unstated": (tr("The text names nobody at all."), tr("it is believed")),
    },
    "proximity": {
        "first_hand": (tr("Saw, heard or did it."), ""),
        "party_to_event": (tr("Has a part or a stake in it."), ""),
        "second_hand": (tr("Was told by somebody else."), ""),
        "document": (tr("A record made at the time or by office."), ""),
        "expert": (tr("Knows the field and not this case."), ""),
        "unknown": (tr("The text lets one not tell."), ""),
    },
    "ground_rules": {
        "on_record": (tr("May be quoted by name."), ""),
        "background": (tr("May be quoted, not by name; what the source is may be said."), ""),
        "deep_background": (tr("May be used, with nothing said about the source."), ""),
        "off_record": (tr("May not be used from this source."), ""),
    },
}  # fmt: skip


@cache
def shipped_terms(list_: str) -> tuple[Term, ...]:
    """Return a list's shipped terms; the ids are made for this run only."""
    meant = _MEANT.get(list_, {})
    return tuple(_term(list_, key, n, *meant.get(key, ("", ""))) for n, key in enumerate(LISTS[list_].keys, 1))


def _term(list_: str, key: str, position: int, definition: str, example: str) -> Term:
    value = key if list_ == "verdict" and key.isdigit() else None
    return Term(
        list=list_,
        key=key,
        label=vocabulary.label(key),
        value=value,
        position=position,
        definition=definition or None,
        example=example or None,
    )


@cache
def cue_terms(language: str) -> tuple[Term, ...]:
    """Return the shipped cue words of a language as terms; none where no list is shipped for it."""
    if language not in vocabulary.cue_languages():
        return ()
    found = (
        Term(
            list=CUE,
            key=LISTS[CUE].key_of(verb.text, language),
            label=verb.text,
            value=cue_value(verb.load, verb.function),
            language=language,
            position=n,
        )
        for n, verb in enumerate(vocabulary.cue_verbs(language), 1)
    )
    return tuple({t.key: t for t in found}.values())
