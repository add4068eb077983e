"""The six tasks of a lesson, made from an article's marks by rules that are stated on the key; none is made empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from annotator import vocabulary
from annotator.analysis.tallying import behind
from annotator.exporters import lesson_voices, wording
from annotator.exporters.document import Text
from annotator.exporters.lesson import ArticleLesson, Asked, Field, Given, Item, Lesson, Task, Words
from annotator.exporters.lesson_page import CHOICES, Page, spaced
from annotator.exporters.material import Material
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id, Source

_WHO = 5
_OPEN_ROWS = 3
_LEAST_WHO = 4
"""So few rows are filled up with claims that are traced as well."""
_SHORT_NAME = 40
_TITLE = 60
_CELL = 110
"""Longest words of a claim in a table, in code points."""


def lesson_of(material: Material, options: ReportOptions, *, language: str, renderer: Renderer | None = None) -> Lesson:
    """Make the lesson of a material: its items depend on nothing but the marks and the options."""
    pages = [Page(annotated, options, language, renderer) for annotated in material.articles]
    claims = {claim.id: (page, claim) for page in pages for claim in page.annotated.claims}
    entries = _entries(claims.values())
    return Lesson(tuple(_lesson(page, claims, entries) for page in pages))


def _lesson(page: Page, claims: dict[Id, tuple[Page, Claim]], entries: Mapping[Id, _Voices]) -> ArticleLesson:
    traced = _to_trace(page, entries)
    makers: dict[str, Callable[[], Task | None]] = {
        "mark": lambda: _mark(page),
        "who": lambda: _who(page, [t.claim for t in traced]),
        "trace": lambda: _trace(page, traced),
        "verbs": lambda: lesson_voices.verbs(page),
        "accounts": lambda: lesson_voices.accounts(page, claims),
        "lateral": lambda: lesson_voices.lateral(page),
    }
    tasks = (make() for key, make in makers.items() if key in page.options.tasks)
    return ArticleLesson(
        annotated=page.annotated,
        chapter=page.chapter,
        language=page.language,
        lines=page.lines,
        tasks=tuple(task for task in tasks if task is not None),
        source_numbers=page.chapter.source_numbers,
    )


# -- 1: mark the text


def _mark(page: Page) -> Task | None:
    if not page.lines:
        return None
    annotated, chapter = page.annotated, page.chapter
    told = _to_mark(page)
    if not annotated.claims:
        words = (Text(tr("Nobody has marked this article yet, so there are no answers to compare with.")),)
        return Task("mark", tr("Mark the text"), told, "words", after=(Asked(0, (words,)),))
    verbs = {annotated.by_id[a.cue].start for a in annotated.attributions if a.cue in annotated.by_id}
    counts = vocabulary.listed(
        [
            tr("{claims} (shaded)", claims=vocabulary.count(len(annotated.claims), "claim")),
            tr("{sources} (double underline)", sources=vocabulary.count(len(chapter.sources), "source")),
            tr("{words} that hand over a claim (dashed)", words=vocabulary.count(len(verbs), "word")),
        ]
    )
    answers: list[Words] = [
        (Text(tr("We found {counts}. Any five claims will do; ask for one that nobody stands behind.", counts=counts)),)
    ]
    if chapter.sources:
        answers.append(spaced([_unbroken(chapter.source(s)) for s in chapter.sources]))
    return Task("mark", tr("Mark the text"), told, "words", after=(Asked(0, tuple(answers)),))


def _to_mark(page: Page) -> str:
    """Return what to do in the text: less where the worksheet shows marks already."""
    hide = page.options.hide
    if "marks" in hide or not page.annotated.claims:
        return tr(
            "Underline five claims: sentences that say something is so. Draw a box round everyone who speaks, and a wavy "
            "line under the verb that introduces what they say."
        )
    if "sources" in hide:
        return tr(
            "The shaded words are claims. Draw a box round everyone who speaks, and a wavy line under the verb that "
            "introduces what they say."
        )
    return tr(
        "The shaded words are claims; who speaks is underlined. Put a question mark in the margin beside each claim you "
        "would check before you repeat it."
    )


def _unbroken(words: Words) -> Words:
    """Return a short name that no line's end parts, so that its number stays with it."""
    if sum(len(w.text) for w in words if isinstance(w, Text)) > _SHORT_NAME:
        return words
    return tuple(w._replace(text=w.text.replace(" ", "\u00a0")) if isinstance(w, Text) else w for w in words)


# -- 2: who says so


def _who(page: Page, traced: Sequence[Claim]) -> Task | None:
    chosen = _to_name(page.annotated, {c.id for c in traced})
    if not chosen and not page.lines:
        return None
    told = tr(
        "Fill in what the text tells you; write “nobody” where it names no one. Near: they saw it or did it. "
        "Far: they heard of it. On paper: somebody else can look it up."
    )
    line, *columns = (
        (tr("Line"), 1.0),
        (tr("What is claimed"), 5.9),
        (tr("Who says so?"), 3.4),
        (tr("How do they know?"), 3.5),
        (tr("Circle one"), 2.2),
    )
    numbered = page.options.line_numbers
    items = [_named(page, claim) for claim in chosen] or [_to_choose(page, n) for n in range(1, _OPEN_ROWS + 1)]
    good = tr("Any claim will do. A good answer gives the words of the text that show who says it, and how they know.")
    return Task(
        "who",
        tr("Who says so, and how do they know?"),
        told if chosen else tr("Choose three of the claims you underlined. {told}", told=told),
        "rows",
        tuple(items if numbered else (replace(i, fields=i.fields[1:]) for i in items)),
        (line, *columns) if numbered else tuple((head, width + 0.25) for head, width in columns),
        after=() if chosen else (Asked(0, ((Text(good),),)),),
        rule=tr("Picked: the first claim of each speaker and of nobody, spread over the text.") if chosen else "",
    )


def _named(page: Page, claim: Claim) -> Item:
    how, near = page.know(claim)
    return Item(
        f"who:{claim.id}",
        (
            Given((page.number(claim.start),)),
            page.quote(claim, _CELL),
            Asked(page.room(2), (page.who(claim),), kind="sources"),
            Asked(page.room(2), (how,)),
            Asked(0, ((Text(", ".join(near)),),), choices=CHOICES),
        ),
    )


def _to_choose(page: Page, n: int) -> Item:
    """Return a row for a claim that pupils choose, where nobody has marked one."""
    theirs = Asked(page.room(2), ((Text("–", ("Quiet",)),),))
    return Item(f"who:{n}", (theirs, theirs, theirs, theirs, Asked(0, choices=CHOICES)))


def _to_name(annotated: AnnotatedArticle, traced: set[Id]) -> list[Claim]:
    """Return the claims asked about: the first of each speaker and of nobody, spread over the text, traced ones last."""
    rest = [c for c in annotated.claims if c.id not in traced]
    if len(rest) < _LEAST_WHO:
        rest = [*rest, *(c for c in annotated.claims if c.id in traced)][:_LEAST_WHO]
    firsts: dict[frozenset[Id], Claim] = {}
    for claim in rest:
        firsts.setdefault(frozenset(behind(annotated, claim.id)), claim)
    nobody = [c for key, c in firsts.items() if not key]
    chosen = nobody + _spread([c for key, c in firsts.items() if key], _WHO - len(nobody))
    others = [c for c in rest if c not in chosen]
    chosen += _spread(others, _WHO - len(chosen))
    numbers = annotated.claim_numbers
    return sorted(chosen, key=lambda c: numbers[c.id])


def _spread(claims: Sequence[Claim], most: int) -> list[Claim]:
    """Return at most so many, evenly from first to last."""
    if len(claims) <= most:
        return list(claims)
    return [claims[at * len(claims) // most] for at in range(most)] if most > 0 else []


# -- 3: claims to trace


class _Voice(NamedTuple):
    """One who stands behind a claim, and the article where it does."""

    source: Source
    page: Page

    @property
    def is_named(self) -> bool:
        return self.source.naming == "named"


_Voices = dict[Id, _Voice]
"""Who stands behind a claim, or behind all claims of an entry of the ledger, by identity."""


class _Traced(NamedTuple):
    """A claim to trace, with the voices behind it, in whichever article."""

    claim: Claim
    voices: _Voices


def _entries(claims: Iterable[tuple[Page, Claim]]) -> dict[Id, _Voices]:
    """Return the voices of each entry of the ledger: one that says the same in two articles is one voice, named if in any."""
    entries: dict[Id, _Voices] = {}
    for page, claim in claims:
        if claim.ledger:
            voices = entries.setdefault(claim.ledger, {})
            for who, voice in _voices(page, claim).items():
                if who not in voices or (voice.is_named and not voices[who].is_named):
                    voices[who] = voice
    return entries


def _voices(page: Page, claim: Claim) -> _Voices:
    return {who: _Voice(source, page) for who, source in behind(page.annotated, claim.id).items()}


def _to_trace(page: Page, entries: Mapping[Id, _Voices]) -> list[_Traced]:
    """Return the claims to trace, in turn of those nobody, a voice without a name, and one named voice stand behind.

    Those worth checking first; where they are too few, factual ones. Claims of one ledger entry have their voices
    together and are picked once.
    """
    if "trace" not in page.options.tasks:
        return []
    ranked: dict[int, list[_Traced]] = {}
    seen: set[Id] = set()
    for claim in page.annotated.claims:
        voices = entries[claim.ledger] if claim.ledger else _voices(page, claim)
        rank = _rank(claim, voices)
        if rank is not None and (claim.ledger or claim.id) not in seen:
            ranked.setdefault(rank, []).append(_Traced(claim, voices))
            seen.add(claim.ledger or claim.id)
    chosen = [*_in_turn(ranked.get(n, ()) for n in _WORTH), *_in_turn(ranked.get(n, ()) for n in _FACTUAL)]
    numbers = page.annotated.claim_numbers
    return sorted(chosen[: page.options.trace], key=lambda traced: numbers[traced.claim.id])


_WORTH, _FACTUAL = (0, 1, 2), (3, 4, 5)


def _in_turn(groups: Iterable[Sequence[_Traced]]) -> list[_Traced]:
    """Return one of each group, then the next of each."""
    return [traced for row in zip_longest(*groups) for traced in row if traced is not None]


def _rank(claim: Claim, voices: _Voices) -> int | None:
    """Return which group a claim is traced in; None: it is not traced."""
    if wording.takes_no_verdict(claim) or claim.check_worthy == "no":
        return None
    if claim.check_worthy != "yes" and claim.type not in ("factual", None):
        return None
    if len(voices) > 1:
        return None
    named = any(v.is_named for v in voices.values())
    return (_WORTH if claim.check_worthy == "yes" else _FACTUAL)[0 if not voices else 2 if named else 1]


def _trace(page: Page, traced: Sequence[_Traced]) -> Task | None:
    if not traced:
        return None
    items: list[Item] = []
    for claim, voices in traced:
        found = page.checked(claim)
        fields: list[Field] = [page.quote(claim)]
        if found:
            fields.append(Asked(0, (found,), tr("Checked:"), kind="verdicts"))
        fields.append(Asked(page.room(2), _way(page, claim, voices)))
        items.append(Item(f"trace:{claim.id}", tuple(fields), heads=((Text(page.at(claim.start)),),)))
    number = vocabulary.capital(wording.number(len(items)))
    return Task(
        "trace",
        tr("A claim to trace") if len(items) == 1 else tr("{n} claims to trace", n=number),
        tr("Nobody, or one voice, stands behind these. Where would you look? What would convince you?"),
        "list",
        tuple(items),
        rule=tr(
            "Picked from the claims worth checking, in turn: one that nobody stands behind, one of a voice without a "
            "name, one of a single named voice; where these are too few, from the factual claims."
        ),
    )


def _way(page: Page, claim: Claim, voices: _Voices) -> tuple[Words, ...]:
    """Return the key's answer: who stands behind the claim, where one would look, and what the teacher noted."""
    there = () if page.annotated.sources_of(claim.id) else _elsewhere(page, voices)
    who = (*page.who(claim), *there, Text(". "), *page.chapter.foreign(_where(voices, claim)))
    notes = [page.chapter.foreign(line) for line in wording.note_lines(claim.note)]
    return (who, *notes)


def _elsewhere(page: Page, voices: _Voices) -> Words:
    """Return who says in another article what nobody says here."""
    found: list[Words] = [
        page.chapter.foreign(
            tr(
                "{name} (in “{title}”)",
                name=v.source.label,
                title=wording.shortened(v.page.annotated.article.title, _TITLE),
            )
        )
        for v in voices.values()
        if not wording.is_unstated(v.source)
    ]
    return (Text(tr(" here; the same claim is said by ")), *found[0]) if found else ()


def _where(voices: _Voices, claim: Claim) -> str:
    """Return where one would look; said after the name of who says so."""
    if claim.type == "prediction":
        return tr("It has not happened yet: ask what it rests on, and note the day when it can be looked up.")
    if not voices:
        return tr(
            "Ask the author or the publisher where it comes from. Search for the exact words: who had them first?"
        )
    source = next(iter(voices.values())).source
    if source.kind == "unstated" or source.naming in ("anonymous", "unstated", "collective"):
        return tr("A voice without a name cannot be asked. Who else could know this, and would say so openly?")
    if source.kind == "document" or source.proximity == "document":
        return tr("Find it: its author, its date, the page. Does it say this?")
    if source.kind == "media":
        return tr("Find what was printed there. Whom does it name?")
    if source.proximity in ("first_hand", "party_to_event") and source.kind == "person":
        return tr("Close to the matter. Who else was, and do they tell the same?")
    if source.kind in ("institution", "group"):
        return tr("Ask for the papers or figures behind it, then somebody who does not depend on this voice.")
    return tr("Ask how they know. Then look for a second voice that does not depend on the first.")
