"""Words for people: labels of the model's values, and the word lists shipped in ``resources/vocabulary``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from annotator import language, paths
from annotator.errors import RuleBroken
from annotator.language import tr, trn

_LABELS: dict[str, str] = {
    # kinds of marks, and what is marked
    "claim": tr("claim"), "source": tr("source"), "source_mention": tr("source"), "entity": tr("entity"),
    "mention": tr("entity"), "cue": tr("cue"), "loaded_term": tr("loaded word"), "not_stated": tr("not stated in the text"),
    # layers, blocks, zones
    "accepted": tr("accepted"), "draft": tr("draft"), "rejected": tr("rejected"), "work": tr("work"),
    "suggestion": tr("suggestion"), "student": tr("student"), "key": tr("key"), "adjudicated": tr("adjudicated"),
    "import": tr("import"), "heading": tr("heading"), "paragraph": tr("paragraph"), "list": tr("list"),
    "quote": tr("quote"), "caption": tr("caption"), "table_row": tr("table row"), "masthead": tr("masthead"),
    "headline": tr("headline"), "standfirst": tr("standfirst"), "byline": tr("byline"), "body": tr("body"),
    "box": tr("box"), "correction": tr("correction"),
    # claims
    "factual": tr("factual"), "opinion": tr("opinion"), "prediction": tr("prediction"), "value": tr("value"),
    "interpretation": tr("interpretation"), "directive": tr("directive"), "commitment": tr("commitment"),
    "direct": tr("direct"), "mixed": tr("mixed"), "indirect": tr("indirect"), "narration": tr("narration"),
    "yes": tr("yes"), "no": tr("no"), "undecided": tr("undecided"), "verifiable": tr("verifiable"),
    "public_interest": tr("public interest"), "harm": tr("harm"),
    # sources
    "named": tr("named"), "role_only": tr("role only"), "anonymous": tr("anonymous"), "collective": tr("collective"),
    "unstated": tr("unstated"), "person": tr("person"), "institution": tr("institution"), "group": tr("group"),
    "document": tr("document"), "media": tr("media"), "author": tr("author"), "publication": tr("publication"),
    "first_hand": tr("first hand"), "party_to_event": tr("party to event"), "second_hand": tr("second hand"),
    "expert": tr("expert"), "unknown": tr("unknown"), "primary": tr("primary"), "secondary": tr("secondary"),
    "hearsay": tr("hearsay"), "on_record": tr("on record"), "background": tr("background"),
    "deep_background": tr("deep background"), "off_record": tr("off record"), "not_applicable": tr("not applicable"),
    "speaker": tr("speaker"), "nested_speaker": tr("nested speaker"), "addressee": tr("addressee"),
    "declined_or_silent": tr("declined or silent"),
    # entities
    "organisation": tr("organisation"), "place": tr("place"), "event": tr("event"), "other": tr("other"),
    "name": tr("name"), "description": tr("description"), "demonym": tr("demonym"), "abbreviation": tr("abbreviation"),
    "pronoun": tr("pronoun"),
    # cues
    "neutral": tr("neutral"), "doubt": tr("doubt"), "endorsing": tr("endorsing"), "emphatic": tr("emphatic"),
    "accusing": tr("accusing"), "assertion": tr("assertion"), "commissive": tr("commissive"), "belief": tr("belief"),
    "labelling": tr("labelling"), "accusation": tr("accusation"), "evidence": tr("evidence"), "positive": tr("positive"),
    "negative": tr("negative"), "definite": tr("definite"), "indefinite": tr("indefinite"),
    # checking and relations
    "supports": tr("supports"), "opposes": tr("opposes"), "contradicts": tr("contradicts"), "context": tr("context"),
    "elaborates": tr("elaborates"), "part_of": tr("part of"), "context_for": tr("context for"),
    "replies_to": tr("replies to"), "not_checked": tr("not checked"), "in_progress": tr("in progress"),
    "checked": tr("checked"), "cannot_check": tr("cannot check"),
    "5": tr("supported"), "4": tr("mostly supported"), "3": tr("mixed or lacks context"), "2": tr("mostly unsupported"),
    "1": tr("contradicted by evidence"), "none": tr("not enough evidence"),
    # profiles
    "teacher": tr("teacher"), "editor": tr("editor"), "researcher": tr("researcher"),
}  # fmt: skip
_ENCODINGS = {
    "utf-8": tr("Unicode"), "utf-16": tr("Unicode"), "windows-1252": tr("Western European"),
    "iso-8859-15": tr("Western European"), "mac-roman": tr("Western European"),
    "windows-1250": tr("Central European"), "windows-1251": tr("Cyrillic"), "koi8-r": tr("Cyrillic"),
    "windows-1253": tr("Greek"), "windows-1254": tr("Turkish"), "windows-1255": tr("Hebrew"), "windows-1256": tr("Arabic"),
    "cp874": tr("Thai"), "shift_jis": tr("Japanese"), "euc-jp": tr("Japanese"), "gb18030": tr("Chinese, simplified"),
    "big5": tr("Chinese, traditional"), "euc-kr": tr("Korean"),
}  # fmt: skip
_PLAIN_FORMS = {
    "direct": tr("quoted"),
    "mixed": tr("partly quoted"),
    "indirect": tr("reported"),
    "narration": tr("author’s words"),
    "headline": tr("headline"),
}


def label(value: str | None) -> str:
    """Return the words for a value of the model, in lower case: ``role_only`` is "role only"; None is "".

    Terms a project may rename (verdicts, loads, kinds of entities) have their words in ``model.CodeBook``.
    """
    if value is None:
        return ""
    return _LABELS.get(value, value.replace("_", " "))


def title(value: str | None) -> str:
    """Return the same with a capital first letter."""
    return capital(label(value))


def capital(words: str) -> str:
    """Return words with a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{all} and {last}", all=", ".join(words[:-1]), last=words[-1])


def plain_form(form: str | None) -> str:
    """Return the plain words for a claim's form: quoted, reported, author's words."""
    return _PLAIN_FORMS.get(form or "", label(form))


def encoding_words(name: str) -> str:
    """Return the name of a text's encoding with what is written in it: "koi8-r, Cyrillic"."""
    return tr("{encoding}, {script}", encoding=name, script=_ENCODINGS[name]) if name in _ENCODINGS else name


_COUNTED: dict[str, Callable[[int], str]] = {
    "article": lambda n: trn("{n} article", "{n} articles", n),
    "paragraph": lambda n: trn("{n} paragraph", "{n} paragraphs", n),
    "sentence": lambda n: trn("{n} sentence", "{n} sentences", n),
    "word": lambda n: trn("{n} word", "{n} words", n),
    "annotation": lambda n: trn("{n} annotation", "{n} annotations", n),
    "claim": lambda n: trn("{n} claim", "{n} claims", n),
    "source": lambda n: trn("{n} source", "{n} sources", n),
    "entity": lambda n: trn("{n} entity", "{n} entities", n),
    "mention": lambda n: trn("{n} mention", "{n} mentions", n),
    "link": lambda n: trn("{n} link", "{n} links", n),
    "part": lambda n: trn("{n} part", "{n} parts", n),
    "file": lambda n: trn("{n} file", "{n} files", n),
    "further file": lambda n: trn("{n} further file", "{n} further files", n),
    "fault": lambda n: trn("{n} fault", "{n} faults", n),
    "orphan": lambda n: trn("{n} orphan", "{n} orphans", n),
    "byte": lambda n: trn("{n} byte", "{n} bytes", n),
    "term": lambda n: trn("{n} term", "{n} terms", n),
    "use": lambda n: trn("{n} use", "{n} uses", n),
    "mark": lambda n: trn("{n} mark", "{n} marks", n),
    "step": lambda n: trn("{n} step", "{n} steps", n),
    "name": lambda n: trn("{n} name", "{n} names", n),
    "place": lambda n: trn("{n} place", "{n} places", n),
    "word or character": lambda n: trn("{n} word or character", "{n} words and characters", n),
}


def count(n: int, noun: str) -> str:
    """Return "1 claim", "2 claims", "2 entities", "2,105 words". Raises KeyError for a noun not known here."""
    return _COUNTED[noun](n)


def word_count(n: int, *, unspaced: bool) -> str:
    """Return "12 words"; "12 words and characters" where a script without spaces is counted by its characters."""
    return count(n, "word or character" if unspaced else "word")


@dataclass(frozen=True)
class CueVerb:
    """A verb or phrase that hands a claim over, with the load it is proposed to carry."""

    text: str
    load: str
    function: str = "assertion"


def cue_languages() -> tuple[str, ...]:
    """Return the codes of the languages a cue list is shipped for."""
    return tuple(sorted(path.stem.removeprefix("cues-") for path in paths.resource("vocabulary").glob("cues-*.toml")))


def plain_language(language: str | None) -> str:
    """Return a language code without its country: "en" for "en-GB"; "en" where there is none."""
    return (language or "en").replace("_", "-").split("-")[0].lower() or "en"


def cue_verbs(language: str = "en") -> tuple[CueVerb, ...]:
    """Return the shipped cue list of a language (``resources/vocabulary/cues-XX.toml``), else the English one."""
    code = plain_language(language)
    # Looked up and not made into a path: an article's language is whatever its file or somebody said.
    return _shipped_cues(code if code in cue_languages() else "en")


@cache
def _shipped_cues(code: str) -> tuple[CueVerb, ...]:
    import tomllib  # only now: the window starts without it

    table = tomllib.loads(paths.resource("vocabulary", f"cues-{code}.toml").read_text("utf-8"))
    return tuple(
        CueVerb(verb, load, table.get("function", {}).get(verb, "assertion"))
        for load, verbs in table["load"].items()
        for verb in verbs
    )


HOUSE_RULES = "house-rules.toml"
NAMELESS = tr("Without a name")
"""What evidence is called that has neither title, citation nor address."""

SEVERITIES = ("first", "look", "note")
"""How urgent a finding is, most urgent first."""
_MOST = 999_999_999
"""No number of a house rule is larger."""
_MOST_BYTES = 1_000_000
"""So long may the file of house rules be."""


@dataclass(frozen=True)
class HouseRule:
    """A sourcing check: what it asks, why, where it comes from, how urgent it is, and whether it is on.

    ``title`` names one finding of it. ``limits`` are its numbers, by name (sentences, words, per_cent); ``words`` its words.
    """

    key: str
    title: str
    about: str
    origin: str
    severity: str
    on: bool = True
    limits: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()

    def limit(self, name: str, otherwise: int) -> int:
        """Return one of its numbers, or another where the rule does not say."""
        return dict(self.limits).get(name, otherwise)


def house_rules() -> tuple[HouseRule, ...]:
    """Return the house rules, in their order: those of the user's own file of them, else the shipped ones."""
    return _house_rules()[0]


def house_rules_fault() -> str:
    """Return a sentence for the user where a file of house rules was edited wrongly and is not used; else nothing."""
    return _house_rules()[1]


def own_house_rules() -> Path:
    """Return where a file of house rules is looked for that takes the place of the shipped one."""
    return paths.config() / HOUSE_RULES


@cache
def _house_rules() -> tuple[tuple[HouseRule, ...], str]:
    shipped, code = paths.resource("rules"), language.spoken()
    translated = [shipped / f"house-rules-{code}.toml"] if code.isalpha() else []
    fault = ""
    for path in (own_house_rules(), *translated, shipped / HOUSE_RULES):
        try:
            if paths.is_there(path):
                return read_house_rules(_text_of(path)), fault
        except (RuleBroken, OSError, UnicodeDecodeError) as error:
            fault = fault or tr("“{file}” is not used: {why}", file=path, why=error)
    return (), fault


def _text_of(path: Path) -> str:
    """Return a file's text. Raises OSError, UnicodeDecodeError, RuleBroken where it is nothing a person wrote."""
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise RuleBroken(tr("it is no text file, or far too long for house rules."))
    return path.read_text("utf-8")


def read_house_rules(written: str) -> tuple[HouseRule, ...]:
    """Return the house rules of a file's text (TOML). Raises RuleBroken, in a sentence that names the rule and the fault."""
    import tomllib  # only now: the window starts without it

    try:
        return tuple(_house_rule(key, told) for key, told in tomllib.loads(written).items())
    except (ValueError, RecursionError) as error:  # also of numbers and lists no person writes
        raise RuleBroken(tr("The file of house rules cannot be read: {why}.", why=error)) from error


def _house_rule(key: str, told: Any) -> HouseRule:
    if not isinstance(told, dict):
        raise RuleBroken(tr("In the file of house rules, “{rule}” is not a rule.", rule=key))
    given = cast("dict[str, Any]", told)
    limits, words = given.get("limits", {}), given.get("words", [])
    right = {
        **{name: isinstance(given.get(name), str) and given[name] != "" for name in ("title", "about", "origin")},
        "severity": given.get("severity") in SEVERITIES,
        "on": isinstance(given.get("on", True), bool),
        "limits": isinstance(limits, dict) and all(_is_number(n) for n in cast("dict[str, Any]", limits).values()),
        "words": isinstance(words, list) and all(isinstance(w, str) for w in cast("list[Any]", words)),
    }
    for name, is_right in right.items():
        if not is_right:
            raise RuleBroken(
                tr(
                    "In the file of house rules, “{name}” of “{rule}” is missing or not as it should be.",
                    name=name,
                    rule=key,
                )
            )
    said = {name: given[name] for name in ("title", "about", "origin", "severity")}
    return HouseRule(key, **said, on=given.get("on", True), limits=tuple(limits.items()), words=tuple(words))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
