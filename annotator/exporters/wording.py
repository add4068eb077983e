"""Words of the reports: what a claim's lines say, dates, languages. Sentences for people, no layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from annotator import vocabulary
from annotator.model import AnnotatedArticle, Claim, Source, Verification
from annotator.model.values import NO_VERDICT_TYPES

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Not strftime's: a running window sets the C locale to the user's."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_SHORT = 90
"""Longest claim in short, in code points, where nobody wrote one."""


def number(n: int) -> str:
    """Return "two" for 2, "13" for 13."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def day(value: date) -> str:
    """Return "23 April 2025"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def written_date(words: str) -> str:
    """Return an ISO date as "23 April 2025"; any other words as they are."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words.strip()):
        return words
    try:
        return day(date.fromisoformat(words.strip()))
    except ValueError:
        return words


def moment(words: str) -> str:
    """Return an ISO time as Word wants it, in UTC and whole seconds; an empty text where it is none."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return ""
    if found.year < 1970:
        return ""
    utc = found.astimezone(UTC) if found.tzinfo else found
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def language(code: str) -> str:
    """Return "English (en-GB)" for a language code; words that are no code as they are."""
    name = _LANGUAGES.get(re.split("[-_]", code)[0].lower())
    if name is None:
        return code
    return f"{name} ({code})" if "-" in code or "_" in code else name


def shortened(words: str, most: int) -> str:
    """Return at most so many code points, cut between words, with an ellipsis where any are left out."""
    flat = " ".join(words.split())
    if len(flat) <= most:
        return flat
    cut = flat[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:–") + "…"


def in_short(claim: Claim, text: str) -> str:
    """Return the claim in short: its own short text, else the beginning of its words."""
    if claim.short_text and claim.short_text.strip():
        return " ".join(claim.short_text.split())
    return shortened(claim.quote(text, " … "), _SHORT)


def quote(claim: Claim, text: str) -> str:
    """Return a claim's words on one line; a paragraph's end is shown as ¶, what lies between two parts as […]."""
    return " ".join(" […] ".join(s.quote(text) for s in claim.segments).replace("\n", " ¶ ").split())


def kind_and_form(claim: Claim) -> list[str]:
    """Return the words for type and form that are filled in."""
    return [vocabulary.label(v) for v in (claim.type, claim.form) if v]


def source_words(source: Source) -> str:
    """Return "Ministry of Water (named)", or "not stated" for the article's own source of that name."""
    if is_unstated(source):
        return "not stated"
    return f"{source.label} ({vocabulary.label(source.naming)})" if source.naming else source.label


def is_unstated(source: Source) -> bool:
    """Say whether this is the source that stands for "the text names nobody"."""
    return source.kind == "unstated"


def nobody(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return the words for a claim without an accountable source; empty where it has one."""
    if annotated.sources_of(claim.id):
        return ""
    return "Author’s voice" if annotated.is_author_voice(claim.id) else "Nobody has looked yet"


def who(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return the comment's line on who says it: its sources, the author's voice, or that nobody has looked."""
    sources = annotated.sources_of(claim.id)
    if sources:
        return ("Source: " if len(sources) == 1 else "Sources: ") + "; ".join(source_words(s) for s in sources)
    return "Author's voice" if annotated.is_author_voice(claim.id) else "Nobody has looked yet"


def checking(verification: Verification | None) -> str:
    """Return "Checked: mostly supported", "In progress", or an empty text where nothing has been recorded."""
    if verification is None:
        return ""
    words = vocabulary.title(verification.status)
    return f"{words}: {vocabulary.label(verification.verdict)}" if verification.verdict else words


def takes_no_verdict(claim: Claim) -> bool:
    """Say whether the claim is an opinion or a value, which nobody can check."""
    return claim.type in NO_VERDICT_TYPES


def comment_lines(annotated: AnnotatedArticle, claim: Claim) -> tuple[str, ...]:
    """Return the lines of a claim's Word comment."""
    lines: list[str] = []
    if len(claim.segments) > 1:
        parts = " […] ".join(" ".join(s.quote(annotated.text).split()) for s in claim.segments)
        lines.append(f"In {number(len(claim.segments))} parts: {parts}")
    lines.append(" · ".join([f"Claim {annotated.claim_numbers[claim.id]}", *kind_and_form(claim)]))
    lines.append(who(annotated, claim))
    status = checking(annotated.verification(claim.id))
    if status:
        lines.append(status)
    return (*lines, *note_lines(claim.note))


def note_lines(note: str | None) -> list[str]:
    """Return a note's lines, empty ones left out."""
    return [line.strip() for line in (note or "").splitlines() if line.strip()]


def cue_words(annotated: AnnotatedArticle, claim: Claim) -> tuple[str, ...]:
    """Return the words that hand a claim over, each once: “denies” (accusing)."""
    found: dict[str, None] = {}
    for attribution in annotated.attributions_of.get(claim.id, ()):
        cue = annotated.by_id.get(attribution.cue or "")
        if cue is None:
            continue
        load = attribution.load
        tone = f" ({vocabulary.label(load)})" if load and load != "neutral" else ""
        found[f"“{' '.join(cue.quote(annotated.text, ' … ').split())}”{tone}"] = None
    return tuple(found)


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
