"""The tasks of a lesson about voices: verbs that lean, two accounts, and who is behind the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator import vocabulary
from annotator.exporters import wording
from annotator.exporters.document import Text
from annotator.exporters.lesson import Asked, Field, Given, Item, Task, Words
from annotator.exporters.lesson_page import Page, spaced
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id, Relation

_PAIRS = 2
_SHORT = 40

# -- 4: verbs that lean

_LEANS = {
    "doubt": tr("“{verb}” tells readers to be careful with what follows; “{plain}” only hands it over."),
    "endorsing": tr("“{verb}” tells readers that what follows is so; “{plain}” only hands it over."),
    "emphatic": tr("“{verb}” makes what follows louder; “{plain}” only hands it over."),
    "accusing": tr("“{verb}” makes what follows sound like guilt or blame; “{plain}” only hands it over."),
}
_LEANS_OTHERWISE = tr("“{verb}” colours what follows; “{plain}” only hands it over.")
_EXAMPLES = ("doubt", "endorsing", "accusing")


@dataclass(frozen=True)
class _Verb:
    """A word that hands a claim over: where the article uses it (None: it does not), and for whom."""

    words: str
    load: str
    function: str = "assertion"
    at: int | None = None
    who: Words = ()


def verbs(page: Page) -> Task | None:
    """Return pairs of a verb that leans and a plain one: the article's own, else examples of the list of words."""
    annotated = page.annotated
    if not annotated.claims:
        return None
    used = _used_verbs(page)
    leaning = [v for v in used if v.load != "neutral"]
    plain = [v for v in used if _is_plain(v)]
    language = vocabulary.plain_language(annotated.article.language)
    shipped = annotated.code_book.cue_verbs(language) if _has_cues(annotated, language) else ()
    examples = not leaning
    if examples:
        leaning = _example_verbs(shipped)
    neutral = plain if plain and not examples else []
    neutral += [verb for v in shipped if _is_plain(verb := _Verb(v.text, v.load, v.function))]
    pairs = [(verb, _partner(verb, neutral)) for verb in _by_load(leaning)[:_PAIRS]] if neutral else []
    if not pairs:
        return None
    told = tr("Read the sentence with the other verb. What changes for the reader?")
    if examples:
        told = tr(
            "Newspapers often use these instead of a plain verb. Try both in a sentence of the text: what changes for the "
            "reader?"
        )
    items = tuple(_pair(page, verb, plain_) for verb, plain_ in pairs)
    rule = tr("The list of words says which lean. Lists differ, and so may readers.")
    return Task("verbs", tr("Verbs that lean"), told, "list", items, rule=rule)


def _is_plain(verb: _Verb) -> bool:
    """Say whether a verb only hands over what follows, and can stand in the place of another: "said", not "called"."""
    return verb.load == "neutral" and verb.function == "assertion" and " " not in verb.words


def _partner(verb: _Verb, plain: Sequence[_Verb]) -> _Verb:
    """Return the plain verb that fits in the place of a leaning one: the first that ends alike, else the first."""
    return next((p for p in plain if p.words[-1:] == verb.words[-1:]), plain[0])


def _pair(page: Page, verb: _Verb, plain: _Verb) -> Item:
    both = sorted((verb, plain), key=lambda v: (v.words.casefold(), v.load))  # not always the same one first
    heads: list[Words] = []
    for each in both:
        line = page.at(each.at) if each.at is not None else ""
        words = page.chapter.quoted(each.words, "Article Words", "Strong")
        heads.append((*words, *((Text(f"  {line}", ("Quiet",)),) if line else ())))
    given = (*heads[0], Text("      "), *heads[1])
    lean = _LEANS.get(verb.load, _LEANS_OTHERWISE).format(verb=verb.words, plain=plain.words)
    here = (Text(tr(" Here: ")), *verb.who, Text(".")) if verb.who else ()
    answer = (*page.chapter.foreign(lean), *here)
    return Item(f"verbs:{verb.words.casefold()}", (Given((given,)), Asked(page.room(2), (answer,))))


def _used_verbs(page: Page) -> list[_Verb]:
    """Return the words that hand a claim over here, each once, in the order of the text."""
    annotated = page.annotated
    uses = [
        (cue.start, cue, link)
        for link in annotated.attributions
        if (cue := annotated.by_id.get(link.cue or "")) is not None and link.load and len(cue.segments) == 1
    ]
    found: dict[str, _Verb] = {}
    for start, cue, link in sorted(uses, key=lambda use: (use[0], use[2].id)):
        words = " ".join(cue.quote(annotated.text).split())
        source = annotated.sources.get(link.source)
        who = page.chapter.source(source) if source is not None and source.accountable else ()
        found.setdefault(
            words.casefold(), _Verb(words, link.load or "neutral", link.function or "assertion", start, who)
        )
    return list(found.values())


def _has_cues(annotated: AnnotatedArticle, language: str) -> bool:
    own = annotated.code_book.own.get("cue", ())
    return language in vocabulary.cue_languages() or any(t.language == language for t in own)


def _example_verbs(shipped: Sequence[vocabulary.CueVerb]) -> list[_Verb]:
    found: list[_Verb] = []
    for load in _EXAMPLES:
        verbs = [v.text for v in shipped if v.load == load and v.text.isalpha()]
        past = next((v for v in verbs if v.endswith("ed")), verbs[0] if verbs else "")
        found += [_Verb(past, load)] if past else []
    return found


def _by_load(verbs: Sequence[_Verb]) -> list[_Verb]:
    """Return the first verb of each load, then the others: pairs that differ teach more."""
    firsts = {v.load: v for v in reversed(verbs)}
    first = [v for v in verbs if firsts[v.load] is v]
    return first + [v for v in verbs if v not in first]


# -- 5: two accounts


def accounts(page: Page, claims: dict[Id, tuple[Page, Claim]]) -> Task | None:
    """Return two claims that contradict each other, else two sides to find in the text; None where there is neither."""
    relation = _contradiction(page, claims)
    if relation is not None:
        told = tr("Both cannot be the whole story. Who says each, and how do they know?")
        item = _pair_of_accounts(page, claims, relation)
        rule = tr("Picked: claims that contradict each other, first those with a voice behind each.")
        return Task("accounts", tr("Two accounts"), told, "beside", (item,), rule=rule)
    sides = _sides(page)
    if len(sides) < 2:
        return None
    answers = tuple((*page.chapter.foreign(f"{side}: ", "Strong"), *words) for side, words in sides.items())
    voices = tuple(
        Item(f"accounts:{n}", (Given(((Text(words),),), strong=True), Asked(page.room(2))))
        for n, words in enumerate((tr("One voice: its line, and what it says"), tr("The other voice")), 1)
    )
    told = tr("Find two voices in the text that do not agree, or that stand on different sides.")
    after = Asked(0, answers, tr("Who stands where:")), Asked(page.room(2), (_general(),), _SETTLE)
    return Task("accounts", tr("Two accounts"), told, "list", voices, after=after)


_SETTLE = tr("What would settle it?")


def _general() -> Words:
    return (Text(tr("A source that depends on neither side: a document, a measurement, somebody who was there.")),)


def _contradiction(page: Page, claims: dict[Id, tuple[Page, Claim]]) -> Relation | None:
    """Return a contradiction between claims of this report, one of them here: with most voices, then first in the text."""
    found: list[tuple[int, int, Id, Relation]] = []
    numbers = page.annotated.claim_numbers
    for relation in page.annotated.relations:
        ends = [relation.from_claim, relation.to_claim]
        if relation.kind != "contradicts" or not all(end in claims for end in ends):
            continue
        silent = sum(not of.annotated.sources_of(claim.id) for of, claim in (claims[end] for end in ends))
        found.append((silent, min(numbers[end] for end in ends if end in numbers), relation.id, relation))
    return min(found)[-1] if found else None


def _pair_of_accounts(page: Page, claims: dict[Id, tuple[Page, Claim]], relation: Relation) -> Item:
    ends = sorted(
        (claims[relation.from_claim], claims[relation.to_claim]),
        key=lambda end: (end[0] is not page, end[1].start, end[1].id),
    )
    heads: list[Words] = []
    for of, claim in ends:
        line = vocabulary.capital(of.at(claim.start))
        title = wording.shortened(of.annotated.article.title, 60)
        elsewhere = tr("{title}, {place}", title=title, place=of.at(claim.start)) if line else title
        heads.append((Text(line),) if of is page else of.chapter.foreign(elsewhere))
    asked = [
        Asked(page.room(2), ((*of.who(claim), Text(". "), *of.know(claim)[0]),), kind="sources") for of, claim in ends
    ]
    found: list[Words] = []
    for head, (of, claim) in zip(heads, ends, strict=True):
        checked = of.checked(claim)
        start = wording.shortened(wording.quote(claim, of.annotated.text), _SHORT)
        named = head if any(isinstance(w, Text) and w.text for w in head) else of.chapter.quoted(f"“{start}”")
        found += [(*named, Text(tr(", as checked: ")), *checked)] if checked else []
    notes = [page.chapter.foreign(line) for line in wording.note_lines(relation.note)]
    last = Asked(page.room(2), (*notes, _general(), *found), _SETTLE)
    return Item(
        f"accounts:{relation.id}",
        (ends[0][0].quote(ends[0][1]), ends[1][0].quote(ends[1][1]), *asked, last),
        tuple(heads),
    )


def _sides(page: Page) -> dict[str, Words]:
    """Return who speaks for each side, with the lines of their first claims."""
    found: dict[str, list[Words]] = {}
    for source in page.annotated.source_order:
        claims = page.annotated.claims_of(source.id)
        if source.accountable and source.side and "side" not in source.not_stated and claims:
            line = page.at(claims[0].start)
            words = (*page.chapter.source(source), *((Text(f" ({line})", ("Quiet",)),) if line else ()))
            found.setdefault(source.side, []).append(words)
    return {side: spaced(words) for side, words in found.items()}


# -- 6: leave the page


def lateral(page: Page) -> Task:
    """Return the questions about who is behind the page: what the article states, what it does not, and what to look for."""
    article = page.annotated.article
    rows: tuple[tuple[str, str, str, str], ...] = (
        ("publication", tr("Who publishes it?"), article.publication or "", tr("Search for the name: what do others say it is?")),
        ("owner", tr("Who owns and pays for it?"), "", tr("Look for “About us” or an imprint; then find a second page that says the same.")),
        ("purpose", tr("What is it for: to inform, to persuade, to sell?"), "", tr("Compare the headline with the text, and with the rest of the site.")),
        ("date", tr("When was it published?"), wording.written_date(article.date or ""), tr("Has anything changed since? Search for newer reports.")),
        ("byline", tr("Who wrote it?"), article.byline or "", tr("What else has the author written? Without a name: who answers for it?")),
        ("others", tr("What do two others say about the same matter?"), "", tr("Any two with date and address; better if neither quotes the other.")),
    )  # fmt: skip
    items = tuple(_question(page, *row) for row in rows)
    columns = (
        (tr("Question"), 4.4),
        (tr("What the article says"), 4.3),
        (tr("What you find elsewhere, and where"), 7.3),
    )
    told = tr("Open a new tab. Before you trust an article, find out who is behind it and what others say.")
    return Task("lateral", tr("Leave the page"), told, "rows", items, columns)


_SETTLED = ("date", "byline")
"""What takes a word, not a search, to confirm where the article states it."""


def _question(page: Page, name: str, question: str, said: str, advice: str) -> Item:
    stated: Field = Asked(page.room(2), ((Text("–", ("Quiet",)),),))
    if name in page.annotated.article.not_stated:
        stated = Given(((Text(tr("Not stated in the article")),),))
    elif said.strip():
        stated = Given((page.chapter.foreign(wording.shortened(said, 120)),))
    asked = Asked(page.room(1 if said.strip() and name in _SETTLED else 2), ((Text(advice),),))
    return Item(f"lateral:{name}", (Given(((Text(question),),), strong=True), stated, asked))
