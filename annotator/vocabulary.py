"""Words for people: labels of the model's values, and the word lists shipped in ``resources/vocabulary``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from annotator import paths

_LABELS = {
    "source_mention": "source",
    "mention": "entity",
    "table_row": "table row",
    "not_stated": "not stated in the text",
    "5": "supported",
    "4": "mostly supported",
    "3": "mixed or lacks context",
    "2": "mostly unsupported",
    "1": "contradicted by evidence",
    "none": "not enough evidence",
}
_PLAIN_FORMS = {
    "direct": "quoted",
    "mixed": "partly quoted",
    "indirect": "reported",
    "narration": "author’s words",
    "headline": "headline",
}
_PLURALS = {"entity": "entities", "word or character": "words and characters"}


def label(value: str | None) -> str:
    """Return the words for a value of the model, in lower case: ``role_only`` is "role only"; None is ""."""
    if value is None:
        return ""
    return _LABELS.get(value, value.replace("_", " "))


def title(value: str | None) -> str:
    """Return the same with a capital first letter."""
    words = label(value)
    return words[:1].upper() + words[1:]


def plain_form(form: str | None) -> str:
    """Return the plain words for a claim's form: quoted, reported, author's words."""
    return _PLAIN_FORMS.get(form or "", label(form))


def count(n: int, noun: str) -> str:
    """Return "1 claim", "2 claims", "2 entities", "2,105 words"."""
    if n == 1:
        return f"1 {noun}"
    if noun in _PLURALS:
        return f"{n:,} {_PLURALS[noun]}"
    return f"{n:,} {noun}s"


@dataclass(frozen=True)
class CueVerb:
    """A verb or phrase that hands a claim over, with the load it is proposed to carry."""

    text: str
    load: str
    function: str = "assertion"


@cache
def cue_verbs(language: str = "en") -> tuple[CueVerb, ...]:
    """Return the shipped cue list of a language (``resources/vocabulary/cues-XX.toml``), else the English one."""
    code = language.split("-")[0].lower()
    there = {path.stem: path for path in paths.resource("vocabulary").glob("cues-*.toml")}
    # Looked up and not made into a path: an article's language is whatever its file or somebody said.
    path = there.get(f"cues-{code}", there["cues-en"])
    import tomllib  # only now: the window starts without it

    table = tomllib.loads(path.read_text("utf-8"))
    return tuple(
        CueVerb(verb, load, table.get("function", {}).get(verb, "assertion"))
        for load, verbs in table["load"].items()
        for verb in verbs
    )
