"""The sections of a report after the article: notes for paper, claims, sources, entities, evidence."""

from __future__ import annotations

from collections import Counter

from annotator import vocabulary
from annotator.exporters import marks, wording
from annotator.exporters.chapter import Chapter, listed
from annotator.exporters.document import Cell, Column, Inline, Paragraph, Part, Table, Text, WebLink
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Entity, Evidence, Source

_FEW_PLACES = 4
_NOT_FILLED_IN: tuple[Inline, ...] = (Text("–", ("Quiet",)),)


def heading(chapter: Chapter, name: str, words: str) -> Paragraph:
    """Return a section's heading, which the list of sections leads to."""
    level = chapter.depth if chapter.depth else None
    return Paragraph("Heading1", chapter.anchored(name, Text(words)), level=level)


def cell(*paragraphs: Paragraph) -> Cell:
    """Return a cell; paragraphs without words are left out, but one stays."""
    kept = tuple(p for p in paragraphs if p.inlines)
    return kept or paragraphs[:1]


def plain(*inlines: Inline) -> Paragraph:
    """Return a paragraph of a table's cell."""
    return Paragraph("TableText", inlines)


def small(*inlines: Inline) -> Paragraph:
    """Return a further, grey paragraph of a table's cell."""
    return Paragraph("TableNote", inlines)


def is_checked_at_all(annotated: AnnotatedArticle) -> bool:
    """Say whether anybody has begun checking, or said what is worth it: else a status column would tell nothing."""
    return any(annotated.verification(c.id) or c.check_worthy == "yes" for c in annotated.claims)


def status(chapter: Chapter, claim: Claim) -> str:
    """Return the words for a claim's state of checking."""
    event = chapter.annotated.verification(claim.id)
    if event is None and wording.takes_no_verdict(claim):
        return tr("Takes no verdict")
    return vocabulary.title(event.status if event else "not_checked")


# -- notes


def notes(chapter: Chapter) -> list[Part]:
    """Return the notes: what the comments say, for paper."""
    if not chapter.annotated.claims:
        return []
    told = tr("A number leads back to its place in the article.")
    if chapter.options.comments:
        told = f"{tr('The same words stand in the margin as comments.')} {told}"
    out: list[Part] = [heading(chapter, "notes", tr("Notes")), Paragraph("SectionNote", (Text(told),))]
    for claim in chapter.annotated.claims:
        out += _note(chapter, claim)
    return out


def _note(chapter: Chapter, claim: Claim) -> list[Paragraph]:
    text, number = chapter.annotated.text, chapter.annotated.claim_numbers[claim.id]
    short = wording.in_short(claim, text)
    # After right-to-left words a mark of direction keeps "¶ 3" from turning round.
    gap = "\t" if short.isascii() else f"\t{marks.LEFT_TO_RIGHT}"
    place = list(chapter.place_link(claim.start, "Paragraph Number"))
    if chapter.options.tables:
        place += [Text(" · ", ("Paragraph Number",)), chapter.to(f"row_C{number}", tr("table"), "Paragraph Number")]
    head = Paragraph(
        "NoteHead",
        (
            *chapter.anchored(f"note_C{number}", chapter.claim_link(claim)),
            Text("\t"),
            *chapter.quoted(short),
            Text(gap),
            *place,
        ),
    )
    rest = [Paragraph("Note", chapter.foreign(line), rtl=marks.is_rtl(line)) for line in wording.note_lines(claim.note)]
    if len(claim.segments) > 1:
        told = tr("One claim in {n} parts: ", n=wording.number(len(claim.segments)))
        rest.insert(0, Paragraph("Note", (Text(told, ("Quiet",)), *chapter.quoted(wording.quote(claim, text)))))
    told_of = [head, Paragraph("Note", _said(chapter, claim)), *rest, *references(chapter, claim)]
    tags = wording.tag_line(claim)
    if tags:
        told_of.append(Paragraph("Note", chapter.foreign(tags, "Quiet"), rtl=marks.is_rtl(tags)))
    return [p._replace(keep_next=True) for p in told_of[:-1]] + told_of[-1:]


def _said(chapter: Chapter, claim: Claim) -> tuple[Inline, ...]:
    """Return "Factual, reported. S1 Ministry (“has told”). Checked: mostly supported."."""
    out: list[Inline] = []
    kind = ", ".join(w for w in (vocabulary.label(claim.type), vocabulary.plain_form(claim.form)) if w)
    if kind:
        out.append(Text(f"{kind[0].upper()}{kind[1:]}. ", ("Quiet",)))
    out += chapter.who(claim)
    cues = chapter.cues(claim)
    out += chapter.quoted(f", {', '.join(cues)}" if cues else "")
    out.append(Text(". "))
    out += checked(chapter, claim)
    return tuple(out)


def checked(chapter: Chapter, claim: Claim) -> list[Inline]:
    """Return "Checked: mostly supported, Ada Reader, 3 March 2026. Why it says so."."""
    annotated = chapter.annotated
    event = annotated.verification(claim.id)
    if event is None or not chapter.options.verdicts:
        return []
    out: list[Inline] = [Text(f"{wording.checking(event, annotated.code_book)}", ("Strong",))]
    given = annotated.verdict_given(claim.id) or event
    signed = wording.apart((given.person, wording.day_of(given.at)))
    out += [Text(", "), *chapter.foreign(signed)] if signed else []
    out.append(Text(". "))
    why = " ".join((event.why or "").split())
    return [*out, *chapter.foreign(why if why.endswith((".", "!", "?")) else f"{why}.")] if why else out


def references(chapter: Chapter, claim: Claim) -> list[Paragraph]:
    """Return a claim's evidence with what it says, and how the claim stands to others, both ways."""
    out: list[Paragraph] = []
    for link in chapter.evidence_by_claim.get(claim.id, ()) if chapter.options.verdicts else ():
        used = chapter.annotated.evidence[link.evidence]
        told: list[Inline] = [
            Text(tr("Evidence: "), ("Quiet",)),
            evidence_link(chapter, link.evidence),
            Text(f" {vocabulary.label(link.stance)}, ", ("Quiet",)),
            *chapter.foreign(wording.shortened(wording.evidence_name(used), 120)),
        ]
        if link.quoted and link.quoted.strip():
            told += [Text(": "), *chapter.foreign(f"“{' '.join(link.quoted.split())}”", "Article Words")]
        told.append(Text(". "))
        if link.independent is not None:
            words = tr("Independent of the source.") if link.independent else tr("Not independent of the source.")
            told.append(Text(f"{words} ", ("Quiet",)))
        told += chapter.foreign(" ".join((link.note or "").split()))
        out.append(Paragraph("Note", tuple(told)))
    related = relations(chapter, claim)
    return [*out, Paragraph("Note", related)] if related else out


def relations(chapter: Chapter, claim: Claim) -> tuple[Inline, ...]:
    """Return "Contradicts C3. Answered by C5.": the claim's relations both ways, over articles too."""
    out: list[Inline] = []
    for relation in chapter.annotated.relations_of(claim.id):
        starts = relation.from_claim == claim.id
        other = relation.to_claim if starts else relation.from_claim
        mark = chapter.annotated.by_id.get(other)
        named = (
            chapter.claim_link(mark, "note" if chapter.options.notes else "")
            if isinstance(mark, Claim)
            else chapter.far(other)
        )
        if named is None:
            continue
        ways = wording.RELATED.get(relation.kind)
        words = ways[not starts] if ways else vocabulary.title(relation.kind)
        out += [Text(f"{words} ", ("Quiet",)), named]
        note = " ".join((relation.note or "").split())
        out += [Text(f" ({note})")] if note else []
        out.append(Text(". "))
    return tuple(out)


def evidence_links(chapter: Chapter, claim: Claim) -> tuple[Inline, ...]:
    """Return the numbers of a claim's evidence."""
    used = dict.fromkeys(link.evidence for link in chapter.evidence_by_claim.get(claim.id, ()))
    return listed([(evidence_link(chapter, e),) for e in used])


def evidence_link(chapter: Chapter, evidence: str) -> Inline:
    """Return "E1" as a link to its row."""
    number = chapter.evidence_numbers.get(evidence, 0)
    return chapter.to(f"ev_E{number}", f"E{number}", "Claim Number")


# -- tables


def claims(chapter: Chapter) -> list[Part]:
    """Return the claims table: number, quote with note and tags below it, type and form, who says it, status."""
    if not chapter.annotated.claims:
        return []
    with_status = chapter.options.verdicts and is_checked_at_all(chapter.annotated)
    widths = (1.0, 7.2, 2.3, 2.9, 2.6) if with_status else (1.0, 8.6, 2.6, 3.8)
    heads = (tr("No."), tr("Quote and note"), tr("Type, form"), tr("Who says so"), tr("Status"))
    columns = tuple(Column(head, width) for head, width in zip(heads, widths, strict=False))
    rows = [_claim_row(chapter, c)[: len(columns)] for c in chapter.annotated.claims]
    table = Table(
        columns, tuple(rows), tr("Claims"), tr("Every claim with its quote, note, type, form, source and status")
    )
    return [heading(chapter, "claims", tr("Claims")), table]


def _claim_row(chapter: Chapter, claim: Claim) -> tuple[Cell, ...]:
    annotated, number = chapter.annotated, chapter.annotated.claim_numbers[claim.id]
    quote = wording.quote(claim, annotated.text)
    below_quote = (*wording.note_lines(claim.note), wording.tag_line(claim))
    said = [small(*chapter.foreign(line)) for line in below_quote if line]
    cues = chapter.cues(claim)
    event = annotated.verification(claim.id)
    state = plain(Text(status(chapter, claim)))
    if event is not None and event.verdict:
        state = plain(Text(annotated.code_book.title("verdict", event.verdict), ("Strong",)))
    below: tuple[Inline, ...] = ()
    used = dict.fromkeys(e.evidence for e in chapter.evidence_by_claim.get(claim.id, ()))
    if used:
        below = listed([(evidence_link(chapter, e),) for e in used])
    elif claim.check_worthy == "yes" and (event is None or event.status in ("not_checked", "in_progress")):
        below = (Text(tr("worth checking")),)
    form = vocabulary.plain_form(claim.form)
    return (
        cell(plain(*chapter.anchored(f"row_C{number}", chapter.claim_link(claim, "text")))),
        cell(Paragraph("TableQuote", chapter.quoted(quote), rtl=marks.is_rtl(quote)), *said),
        cell(
            plain(*((Text(vocabulary.title(claim.type)),) if claim.type else _NOT_FILLED_IN)),
            small(*((Text(form),) if form else ())),
        ),
        cell(plain(*chapter.who(claim)), small(*chapter.quoted(", ".join(cues)))),
        cell(state, small(*below)),
    )


def sources(chapter: Chapter) -> list[Part]:
    """Return the source register."""
    if not chapter.sources:
        return []
    columns = (
        Column(tr("No."), 1.1),
        Column(tr("Source"), 6.1, names=(tr("Source"), tr("About"))),
        Column(tr("Naming, kind"), 2.4, names=(tr("Naming"), tr("Kind"))),
        Column(tr("Affiliation, closeness"), 3.7, names=(tr("Affiliation"), tr("Closeness"))),
        Column(tr("Claims"), 2.7),
    )
    rows = tuple(_source_row(chapter, s) for s in chapter.sources)
    table = Table(
        columns, rows, tr("Source register"), tr("Every source with its naming, kind, affiliation and claims")
    )
    return [heading(chapter, "sources", tr("Sources")), table]


def _source_row(chapter: Chapter, source: Source) -> tuple[Cell, ...]:
    number = chapter.source_numbers[source.id]
    mine = chapter.claims_by_source.get(source.id, [])
    target = f"text_S{number}_1"
    if chapter.prefix + target not in chapter.anchors and mine:
        target = f"text_C{chapter.annotated.claim_numbers[mine[0].id]}"
    about = ". ".join(w for w in (_stated(source, "role"), *wording.note_lines(source.note)) if w)
    number_cell = chapter.anchored(f"src_S{number}", chapter.to(target, f"S{number}", "Source Number"))
    return (
        cell(plain(*number_cell)._replace(values=(f"{chapter.series}S{number}",))),
        _two(chapter, (source.label, "Strong"), about),
        _two(chapter, (vocabulary.capital(_stated(source, "naming")) or "–",), _stated(source, "kind")),
        _two(chapter, (vocabulary.capital(_stated(source, "affiliation")) or "–",), _stated(source, "proximity")),
        cell(plain(*listed([_cited_in(chapter, source, claim) for claim in mine]))),
    )


def _two(chapter: Chapter, above: tuple[str, ...], below: str) -> Cell:
    """Return a cell of two lines, which are two columns of a spreadsheet; ``above`` is words and looks."""
    words = above[0]
    values = (None if words == "–" else words, below or None)
    return cell(plain(*chapter.foreign(*above))._replace(values=values), small(*chapter.foreign(below)))


def _cited_in(chapter: Chapter, source: Source, claim: Claim) -> tuple[Inline, ...]:
    """Return "C18", or "C18 through S8" where somebody else is accountable for what this source says there."""
    chains = [c for c in chapter.chains(claim) if source in c]
    through = dict.fromkeys(c[0].id for c in chains) if all(c[0] != source for c in chains) else {}
    numbers = [n for id_ in through if (n := chapter.source_numbers.get(id_)) is not None]
    if not numbers:
        return (chapter.claim_link(claim),)
    links = listed([(chapter.to(f"src_S{n}", f"S{n}", "Source Number"),) for n in numbers])
    return chapter.claim_link(claim), Text(f"\u00a0{tr('through')}\u00a0", ("Quiet",)), *links


_VALUES = frozenset({"naming", "kind", "proximity"})


def _stated(source: Source, name: str) -> str:
    """Return the words for a source's field: "not stated in the text" is a value, an empty text means not filled in."""
    if name in source.not_stated:
        return vocabulary.label("not_stated")
    value: str | None = getattr(source, name)
    return vocabulary.label(value) if name in _VALUES else value or ""


def entities(chapter: Chapter) -> list[Part]:
    """Return the entity index: in two halves side by side where places are few, else one below the other."""
    if not chapter.entities:
        return []
    rows = [_entity_row(chapter, e) for e in chapter.entities]
    heads = (tr("Entity"), tr("Kind"), tr("Places"))
    described = tr("Every entity with its kind and the paragraphs that name it, by name")
    short = all(len(chapter.mentions_by_entity[e.id]) <= _FEW_PLACES for e in chapter.entities)
    if len(rows) < 6 or not short:
        columns = tuple(Column(h, w) for h, w in zip(heads, (5.0, 2.8, 8.2), strict=True))
        table = Table(columns, tuple(rows), tr("Entity index"), described, look="tight")
        return [heading(chapter, "entities", tr("Entities")), table]
    columns = tuple(Column(h, w) for h, w in zip(heads * 2, (3.5, 2.2, 2.3) * 2, strict=True))
    half = (len(rows) + 1) // 2
    empty: tuple[Cell, ...] = (cell(plain()),) * 3
    right = rows[half:] + [empty] * (2 * half - len(rows))
    both = tuple((*a, *b) for a, b in zip(rows[:half], right, strict=True))
    table = Table(
        columns,
        both,
        tr("Entity index"),
        tr("{described}: down the left half, then the right", described=described),
        look="tight",
    )
    return [heading(chapter, "entities", tr("Entities")), table]


def _entity_row(chapter: Chapter, entity: Entity) -> tuple[Cell, ...]:
    number = chapter.entity_numbers[entity.id]
    first: dict[str, int] = {}
    times: Counter[str] = Counter()
    for n, mention in enumerate(chapter.mentions_by_entity[entity.id], 1):
        place = chapter.place(mention.start)
        if place is not None:
            first.setdefault(place.words, n)
            times[place.words] += 1
    places = [
        (
            chapter.to(f"ent_{number}_{n}", words),
            *((Text(f" ({times[words]})", ("Quiet",)),) if times[words] > 1 else ()),
        )
        for words, n in first.items()
    ]
    return (
        cell(plain(*chapter.anchored(f"ent_{number}", *chapter.foreign(entity.name, "Strong")))),
        cell(plain(Text(chapter.annotated.code_book.label("entity_kind", entity.kind) or "–", ("Quiet",)))),
        cell(plain(*listed(places))),
    )


def evidence(chapter: Chapter) -> list[Part]:
    """Return the evidence; nothing where there is none."""
    if not chapter.evidence or not chapter.options.verdicts:
        return []
    columns = tuple(
        Column(h, w) for h, w in ((tr("No."), 1.1), (tr("Document"), 8.9), (tr("Kind"), 2.4), (tr("Used for"), 3.6))
    )
    rows = tuple(_evidence_row(chapter, e) for e in chapter.evidence)
    table = Table(columns, rows, tr("Evidence"), tr("Every piece of evidence with the claims it was used for"))
    return [heading(chapter, "evidence", tr("Evidence")), table]


def _evidence_row(chapter: Chapter, evidence_: Evidence) -> tuple[Cell, ...]:
    number = chapter.evidence_numbers[evidence_.id]
    name = wording.evidence_name(evidence_)
    about = [w for w in (evidence_.publisher, wording.written_date(evidence_.date or "")) if w]
    if evidence_.citation and evidence_.title:
        about.insert(0, evidence_.citation)
    if evidence_.accessed:
        about.append(tr("accessed {day}", day=wording.written_date(evidence_.accessed)))
    address = (WebLink(evidence_.url, Text(evidence_.url)),) if evidence_.url else ()
    archived: tuple[Inline, ...] = ()
    if evidence_.archive_url:
        archived = Text(tr("Archived: ")), WebLink(evidence_.archive_url, Text(evidence_.archive_url))
    kind = {True: tr("Primary"), False: tr("Secondary"), None: "–"}[evidence_.is_primary]
    uses = [
        (chapter.claim_link(claim), Text(f"\u00a0{vocabulary.label(link.stance)}", ("Quiet",)))
        for claim, link in chapter.claims_by_evidence[evidence_.id]
    ]
    return (
        cell(plain(*chapter.anchored(f"ev_E{number}", Text(f"E{number}", ("Claim Number",))))),
        cell(
            plain(*chapter.foreign(name, "Strong")),
            small(*chapter.foreign(wording.apart(about))),
            small(*address),
            small(*archived),
        ),
        cell(plain(Text(kind))),
        cell(plain(*listed(uses))),
    )
