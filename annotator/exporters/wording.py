"""Words of the reports: what a claim's lines say, dates, languages. Sentences for people, no layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from annotator import text as texts
from annotator import vocabulary
from annotator.language import tr, trc
from annotator.model import AnnotatedArticle, Claim, CodeBook, Evidence, Id, Source, Verification
from annotator.model.values import NO_VERDICT_TYPES

_MONTHS = (
    tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"), tr("July"), tr("August"), tr("September"),
    tr("October"), tr("November"), tr("December"),
)  # fmt: skip
"""Not strftime's: a running window sets the C locale to the user's."""

_NUMBERS = (
    trc("number", "no"), trc("number", "one"), trc("number", "two"), trc("number", "three"), trc("number", "four"),
    trc("number", "five"), trc("number", "six"), trc("number", "seven"), trc("number", "eight"), trc("number", "nine"),
    trc("number", "ten"), trc("number", "eleven"), trc("number", "twelve"),
)  # fmt: skip
_LANGUAGES = {
    "ar": tr("Arabic"), "bg": tr("Bulgarian"), "bn": tr("Bengali"), "cs": tr("Czech"), "da": tr("Danish"), "de": tr("German"), "el": tr("Greek"),
    "en": tr("English"), "es": tr("Spanish"), "et": tr("Estonian"), "fa": tr("Persian"), "fi": tr("Finnish"), "fr": tr("French"),
    "he": tr("Hebrew"), "hi": tr("Hindi"), "hu": tr("Hungarian"), "id": tr("Indonesian"), "it": tr("Italian"), "ja": tr("Japanese"),
    "ko": tr("Korean"), "lt": tr("Lithuanian"), "lv": tr("Latvian"), "nl": tr("Dutch"), "no": tr("Norwegian"), "nb": tr("Norwegian"),
    "pl": tr("Polish"), "pt": tr("Portuguese"), "ro": tr("Romanian"), "ru": tr("Russian"), "sk": tr("Slovak"), "sl": tr("Slovene"),
    "sv": tr("Swedish"), "th": tr("Thai"), "tr": tr("Turkish"), "uk": tr("Ukrainian"), "ur": tr("Urdu"), "vi": tr("Vietnamese"),
    "zh": tr("Chinese"),
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


def apart(words: Iterable[str | None], between: str = ", ") -> str:
    """Return words with commas, empty ones left out; a mark of direction keeps right-to-left ones from taking figures along."""
    flat = (" ".join((w or "").split()) for w in words)
    return between.join(closed(w) for w in flat if w)


def closed(words: str) -> str:
    """Return words with a mark of direction after them where they end right to left."""
    if words.isascii() or not words:
        return words
    ends = next((d for c in reversed(words) if (d := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "L")
    return words if ends == "L" else f"{words}\u200e"


@lru_cache(maxsize=4096)
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


def day_of(words: str) -> str:
    """Return the day of an ISO time: "3 March 2026"; empty where it is none."""
    return written_date(moment(words)[:10])


def language(code: str) -> str:
    """Return "English (en-GB)" for a language code; words that are no code as they are."""
    name = _LANGUAGES.get(re.split("[-_]", code)[0].lower())
    if name is None:
        return code
    return f"{name} ({code})" if "-" in code or "_" in code else name


def shortened(words: str, most: int) -> str:
    """Return at most so many code points, cut between words (never inside a letter), an ellipsis for what is left out."""
    flat = " ".join(words.split())
    if len(flat) <= most:
        return flat
    cut = flat[: texts.snap(flat, most - 1, up=False)]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:–") + "…"


def in_short(claim: Claim, text: str) -> str:
    """Return the claim in short: its own short text, else the beginning of its words."""
    if claim.short_text and claim.short_text.strip():
        return " ".join(claim.short_text.split())
    return shortened(claim.quote(text, " … "), _SHORT)


def quote(claim: Claim, text: str) -> str:
    """Return a claim's words on one line; a paragraph's end is shown as a stroke, what lies between two parts as […]."""
    return one_line(" […] ".join(s.quote(text) for s in claim.segments))


def one_line(words: str) -> str:
    """Return words of an article on one line; where a paragraph ends stands a stroke."""
    return " / ".join(flat for line in words.split("\n") if (flat := " ".join(line.split())))


def kind_and_form(claim: Claim) -> list[str]:
    """Return the words for type and form that are filled in."""
    return [vocabulary.label(v) for v in (claim.type, claim.form) if v]


def source_words(source: Source) -> str:
    """Return "Ministry of Water (named)", or "not stated" for the article's own source of that name."""
    if is_unstated(source):
        return tr("not stated")
    return f"{source.label} ({vocabulary.label(source.naming)})" if source.naming else source.label


def is_unstated(source: Source) -> bool:
    """Say whether this is the source that stands for "the text names nobody"."""
    return source.kind == "unstated"


def chains(annotated: AnnotatedArticle, claim: Id) -> list[tuple[Source, ...]]:
    """Return who stands behind a claim, once for each way it came: from the accountable source in to who said it."""
    links = annotated.attributions_of.get(claim, ())
    if not links:
        return []
    known_through = {link.via for link in links if link.via}
    found: dict[tuple[Id, ...], tuple[Source, ...]] = {}
    for link in links:
        if link.id in known_through:
            continue
        chain = [link]
        while (outer := annotated.attributions_by_id.get(chain[-1].via or "")) is not None and outer not in chain:
            chain.append(outer)
        named = [s for a in reversed(chain) if (s := annotated.sources.get(a.source)) is not None and s.accountable]
        if named:
            found[tuple(s.id for s in named)] = tuple(named)
    return list(found.values())


def chain_words(chain: Sequence[Source], words: Callable[[Source], str]) -> str:
    """Return "Northern Wire, citing the minister": the accountable source first, each followed by whom it cites."""
    if len(chain) == 1:
        return words(chain[0])
    outer, *inner = (words(s) for s in chain)
    cited = [tr("someone it does not name") if is_unstated(s) else w for s, w in zip(chain[1:], inner, strict=True)]
    for name in cited:
        outer = tr("{source}, citing {cited}", source=outer, cited=name)
    return outer


def said_by(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return who says a claim in a few words: its sources by label, the author's voice, or that nobody has looked."""
    told = [
        chain_words(chain, lambda s: tr("not stated") if is_unstated(s) else s.label)
        for chain in chains(annotated, claim.id)
    ]
    return "; ".join(told) or nobody(annotated, claim)


def tag_line(claim: Claim) -> str:
    """Return "Tags: call back, urgent"; an empty text where a claim has none."""
    return tr("Tags: {tags}", tags=", ".join(" ".join(t.split()) for t in claim.tags)) if claim.tags else ""


def nobody(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return the words for a claim without an accountable source; empty where it has one."""
    if annotated.sources_of(claim.id):
        return ""
    return tr("Author’s voice") if annotated.is_author_voice(claim.id) else tr("Nobody has looked yet")


def who(annotated: AnnotatedArticle, claim: Claim, found: Sequence[Sequence[Source]] | None = None) -> str:
    """Return the comment's line on who says it: its sources, the author's voice, or that nobody has looked.

    ``found`` are the claim's chains, where they are known already.
    """
    if found is None:
        found = chains(annotated, claim.id)
    if found:
        names = "; ".join(chain_words(chain, source_words) for chain in found)
        return tr("Source: {names}", names=names) if len(found) == 1 else tr("Sources: {names}", names=names)
    return tr("Author's voice") if annotated.is_author_voice(claim.id) else tr("Nobody has looked yet")


def checking(verification: Verification | None, book: CodeBook) -> str:
    """Return "Checked: mostly supported", "In progress", or an empty text where nothing has been recorded."""
    if verification is None:
        return ""
    words = vocabulary.title(verification.status)
    return f"{words}: {book.label('verdict', verification.verdict)}" if verification.verdict else words


def takes_no_verdict(claim: Claim) -> bool:
    """Say whether the claim is an opinion or a value, which nobody can check."""
    return claim.type in NO_VERDICT_TYPES


def comment_lines(
    annotated: AnnotatedArticle,
    claim: Claim,
    found: Sequence[Sequence[Source]] | None = None,
    *,
    verdicts: bool = True,
) -> tuple[str, ...]:
    """Return the lines of a claim's Word comment; ``verdicts``: its status, verdict and evidence too."""
    lines: list[str] = []
    if len(claim.segments) > 1:
        parts = " […] ".join(" ".join(s.quote(annotated.text).split()) for s in claim.segments)
        lines.append(tr("In {n} parts: {parts}", n=number(len(claim.segments)), parts=parts))
    lines.append(" · ".join([tr("Claim {n}", n=annotated.claim_numbers[claim.id]), *kind_and_form(claim)]))
    lines.append(who(annotated, claim, found))
    if verdicts:
        status = checking(annotated.verification(claim.id), annotated.code_book)
        lines += [status] if status else []
        lines += evidence_lines(annotated, claim)
    tags = tag_line(claim)
    return (*lines, *note_lines(claim.note), *([tags] if tags else []))


def evidence_lines(annotated: AnnotatedArticle, claim: Claim) -> list[str]:
    """Return a line for each piece of evidence: "Evidence (contradicts): Cart count, Quay Board, 1 May 2025"."""
    found: list[str] = []
    for link in annotated.evidence_of(claim.id):
        used = annotated.evidence.get(link.evidence)
        if used is None:
            continue
        told = [evidence_name(used), used.publisher, written_date(used.date or "")]
        words = apart(told)
        line = tr("Evidence ({stance}): {words}", stance=vocabulary.label(link.stance), words=words)
        quoted = " ".join((link.quoted or "").split())
        found.append(f"{line}: “{quoted}”" if quoted else line)
    return found


def evidence_name(evidence: Evidence) -> str:
    """Return what a piece of evidence is called: its title, else its citation, else its address."""
    return evidence.name or vocabulary.NAMELESS


RELATED = {
    "supports": (tr("Supports"), tr("Supported by")),
    "contradicts": (tr("Contradicts"), tr("Contradicted by")),
    "elaborates": (tr("Elaborates"), tr("Elaborated by")),
    "part_of": (tr("Part of"), tr("Has as a part")),
    "context_for": (tr("Context for"), tr("Has as context")),
    "replies_to": (tr("Replies to"), tr("Answered by")),
}
"""How a claim stands to another by the kind of relation: seen from the one it starts at, and from the other."""


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
        tone = f" ({annotated.code_book.label('load', load)})" if load and load != "neutral" else ""
        found[f"“{' '.join(cue.quote(annotated.text, ' … ').split())}”{tone}"] = None
    return tuple(found)
