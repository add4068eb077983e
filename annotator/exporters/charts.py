"""The pictures of an audit: each is plain shapes, what they say in words, and the table behind them.

Solid is quoted, attributed or checked; hatched is reported, nobody or in progress; empty is not checked. So all of them
read in grey. A picture with nothing in it is None. ``width`` is in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator import vocabulary
from annotator.analysis.sourcing import Audit, CueUse, Span, Speaker
from annotator.exporters import cells, figures
from annotator.exporters.comparison import side_by_side
from annotator.exporters.document import Chart, Table
from annotator.exporters.drawing import SIZE, SMALL, TINY, Drawing, Look, Shown, Stretch, bar, label_room, table
from annotator.exporters.letter_widths import fitted, one_line, width
from annotator.exporters.strips import nobody_named, strip
from annotator.language import tr, trn
from annotator.model.values import CHECK_STATUSES, CLAIM_TYPES, NO_VERDICT_TYPES, SOURCE_NAMINGS

__all__ = [
    "loaded_verbs",
    "nobody_named",
    "side_by_side",
    "sources_by_naming",
    "strip",
    "types_by_status",
    "who_speaks",
]

MOST = 10
"""So many bars are drawn; the others are told in one line and stand in the table."""
_STEP, _HIGH = 5.3, 3.7
_NARROW = 100.0
_MOST_FOR_ONE = 14.0
"""A single claim or source is no longer bar than this, mm."""


# -- who speaks


def who_speaks(audit: Audit, width_: float, *, most: int = MOST) -> Chart | None:
    """Return the words each source is given, quoted and reported; None where no source is given any."""
    speakers = sorted((s for s in audit.speakers if _words(s)), key=lambda s: -_words(s))
    if not speakers:
        return None
    shown = speakers[:most]
    drawing = Drawing(width_)
    left = label_room([one_line(s.label) for s in shown], width_, 0.36) + 3
    drawing.key(_spoken_looks(audit), left)
    _speaker_rows(drawing, audit, shown, left)
    rest = _rest(audit, speakers[most:])
    if rest:
        drawing.words(left, drawing.y + 3.3, rest, SMALL, colour="muted")
        drawing.y += 4.4
    lacking = _formless(audit)
    if lacking:
        drawing.words(0, drawing.y + 3.3, fitted(lacking, width_, SMALL), SMALL)
        drawing.y += 4.4
    told = [f"{one_line(s.label)}: {_told(audit, s)}." for s in shown]
    title = tr("Who speaks, in words and characters") if audit.unspaced else tr("Who speaks, in words")
    return Chart(
        "who_speaks",
        title,
        " ".join([f"{title}.", *told, *(f"{line}." for line in (rest, lacking) if line)]),
        width_,
        drawing.height(),
        tuple(drawing.shapes),
        _speakers_table(audit, speakers),
    )


def _speaker_rows(drawing: Drawing, audit: Audit, shown: Sequence[Speaker], left: float) -> None:
    """Draw a bar for each speaker, and the line they all begin at."""
    quoted, reported = _spoken_looks(audit)
    notes = [_beside(audit, s, drawing.width) for s in shown]
    tight = [(float(_words(s)), _room(f"{_words(s):,}", n)) for s, n in zip(shown, notes, strict=True)]
    unit = _unit(drawing.width - left, tight)
    top = drawing.y - 0.4
    for speaker, note in zip(shown, notes, strict=True):
        name = one_line(speaker.label)
        drawing.words_before(left - 3, drawing.y + 3.15, fitted(name, left - 3, SIZE))
        tip = f"{name}: {_told(audit, speaker)}"
        parts = (
            Stretch(speaker.verbatim_words, quoted, speaker.verbatim_spans or speaker.spans, tip),
            Stretch(speaker.reported_words, reported, speaker.reported_spans or speaker.spans, tip),
        )
        end = bar(drawing, left, drawing.y + 0.35, _HIGH, unit, parts)
        _figure(drawing, end, f"{_words(speaker):,}", note)
        drawing.y += _STEP
    drawing.line(left - 0.3, top, left - 0.3, drawing.y)


def _words(speaker: Speaker) -> int:
    return speaker.verbatim_words + speaker.reported_words


def _spoken_looks(audit: Audit) -> tuple[Look, Look]:
    if audit.unspaced:
        return (
            Look("source", "solid", tr("quoted words and characters")),
            Look("source", "hatched", tr("reported words and characters")),
        )
    return Look("source", "solid", tr("quoted words")), Look("source", "hatched", tr("reported words"))


def _is_unnamed(speaker: Speaker) -> bool:
    return speaker.naming not in (None, "named")


def _beside(audit: Audit, speaker: Speaker, width_: float) -> str:
    """Return what stands small beside a speaker's figure: its share, and how it is named where it is not by name."""
    share = "" if audit.is_short else figures.per_cent(speaker.share)
    naming = vocabulary.label(speaker.naming) if _is_unnamed(speaker) and width_ >= _NARROW else ""
    return " · ".join(w for w in (share, naming) if w)


def _told(audit: Audit, speaker: Speaker) -> str:
    words = figures.words_of(_words(speaker), audit)
    told = tr("{words}, {quoted} quoted and {reported} reported", words=words, quoted=f"{speaker.verbatim_words:,}",
              reported=f"{speaker.reported_words:,}")  # fmt: skip
    if not audit.is_short:
        told += f", {figures.per_cent(speaker.share)}"
    return f"{told}, {vocabulary.label(speaker.naming)}" if _is_unnamed(speaker) else told


def _rest(audit: Audit, others: Sequence[Speaker]) -> str:
    if not others:
        return ""
    words = figures.words_of(sum(map(_words, others)), audit)
    return trn("{n} more, {words}", "{n} more, {words}", len(others), words=words)


def _formless(audit: Audit) -> str:
    """Return how many claims are in no bar, as nobody said whether they quote or report; empty for none."""
    n, of = int(audit.formless.n), f"{audit.formless.of:,}"
    if not n:
        return ""
    return trn(
        "{n} of {of} claims has no form filled in and is in no bar",
        "{n} of {of} claims have no form filled in and are in no bar",
        n,
        of=of,
    )


def _speakers_table(audit: Audit, speakers: Sequence[Speaker]) -> Table:
    heads = [
        (tr("Source"), 6.6),
        (tr("Naming"), 3.0),
        (tr("Quoted"), 1.9),
        (tr("Reported"), 2.0),
        (tr("Together"), 2.5),
    ]
    if not audit.is_short:
        heads[-1:] = [(tr("Together"), 1.5), (tr("Share"), 1.4)]
        heads[0] = (tr("Source"), 6.2)

    def told(s: Speaker) -> list[Shown]:
        naming = vocabulary.title(s.naming) or cells.nothing()
        row: list[Shown] = [one_line(s.label), naming, s.verbatim_words, s.reported_words, _words(s)]
        return row if audit.is_short else [*row, cells.share(s.share)]

    described = tr("Every source with the words it is given, verbatim and reported, most first")
    return table(tr("Who speaks"), heads, speakers, told, numbers=range(2, len(heads)), described=described)


# -- claims by type and status

_STATUS_LOOKS = {
    "checked": Look("claim", "solid", tr("checked")),
    "in_progress": Look("claim", "hatched", tr("in progress")),
    "not_checked": Look("claim", "empty", tr("not checked")),
    "cannot_check": Look("ink", "hatched", tr("cannot be checked")),
    "": Look("quiet", "solid", tr("takes no verdict")),
}


def types_by_status(audit: Audit, width_: float) -> Chart | None:
    """Return claims by type, each bar cut by how far checking has come; None without claims."""
    counts = _by_type(audit.types)
    if not counts:
        return None
    names = {type_: one_line(vocabulary.label(type_)) or tr("type not filled in") for type_ in counts}
    drawing = Drawing(width_)
    left = label_room(list(names.values()), width_, 0.4) + 2.5
    totals = {type_: sum(found.values()) for type_, found in counts.items()}
    tight = [(float(n), width(f"{n:,}", SIZE, bold=True) + 1.8) for n in totals.values()]
    unit = min(_unit(width_ - left, tight), _MOST_FOR_ONE)
    for type_, found in counts.items():
        drawing.words_before(left - 2.5, drawing.y + 3.9, fitted(names[type_], left - 2.5, SIZE))
        x, is_told = left, True
        for status, n in found.items():
            look = _STATUS_LOOKS[status]
            tip = f"{names[type_]}, {look.words}: {n:,}"
            behind = audit.type_spans.get((type_, status or "not_checked"), ())
            bar(drawing, x, drawing.y + 0.4, 5.2, unit, [Stretch(n, look, behind, tip)], gap=0.35)
            is_told = _inside(drawing, x, n, unit, look) and is_told
            x += n * unit
        if not is_told or len(found) > 1:
            drawing.words(x + 1, drawing.y + 4.05, f"{totals[type_]:,}", SIZE, bold=True)
        drawing.y += 7.4
    drawing.y += 0.6
    used = dict.fromkeys(status for found in counts.values() for status in found)
    drawing.key([_STATUS_LOOKS[s] for s in _STATUS_LOOKS if s in used])
    title = tr("Claims by type and status")
    told = [f"{vocabulary.capital(names[t])}: {_statuses(found)}." for t, found in counts.items()]
    return Chart("types_by_status", title, " ".join([f"{title}.", *told]), width_, drawing.height(),
                 tuple(drawing.shapes), _types_table(counts, names))  # fmt: skip


def _by_type(types: Mapping[tuple[str | None, str], int]) -> dict[str | None, dict[str, int]]:
    """Return number of claims by type and status; the status of what nobody can check is empty."""
    order: list[str | None] = [*CLAIM_TYPES, *(t for t, _ in types if t and t not in CLAIM_TYPES), None]
    out: dict[str | None, dict[str, int]] = {}
    for type_ in dict.fromkeys(order):
        statuses = ("checked", "in_progress", "not_checked", "cannot_check")
        found = {s: types[type_, s] for s in statuses if types.get((type_, s))}
        if type_ in NO_VERDICT_TYPES and "not_checked" in found:
            found[""] = found.pop("not_checked")
        if found:
            out[type_] = found
    return out


def _inside(drawing: Drawing, x: float, n: int, unit: float, look: Look) -> bool:
    """Write a figure into its bar where it has room; say whether it had."""
    words, wide = f"{n:,}", n * unit - 0.35
    needed = width(words, SIZE, bold=True)
    if needed + 0.8 > wide:
        return False
    middle = x + wide / 2
    if look.fill == "hatched":
        paper = Look("paper", "solid", "")
        drawing.box(middle - needed / 2 - 0.5, drawing.y + 1.2, needed + 1.0, 3.6, paper)
    colour = "paper" if look.fill == "solid" and look.colour != "quiet" else "ink"
    drawing.words_about(middle, drawing.y + 4.05, words, SIZE, colour=colour, bold=True)
    return True


def _statuses(found: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {_STATUS_LOOKS[s].words}" for s, n in found.items())


def _types_table(counts: Mapping[str | None, Mapping[str, int]], names: Mapping[str | None, str]) -> Table:
    statuses = [s for s in (*CHECK_STATUSES, "") if any(s in found for found in counts.values())]
    wide = 10.5 / len(statuses)
    heads = [
        (tr("Type"), 4.0),
        *((vocabulary.capital(_STATUS_LOOKS[s].words), wide) for s in statuses),
        (tr("All"), 1.5),
    ]

    def told(row: tuple[str | None, Mapping[str, int]]) -> list[Shown]:
        type_, found = row
        counted = (found.get(s, 0) for s in statuses)
        return [vocabulary.capital(names[type_]), *counted, sum(found.values())]

    return table(tr("Claims by type and status"), heads, list(counts.items()), told, numbers=range(1, len(heads)),
                 described=tr("How many claims of each type stand where in checking"))  # fmt: skip


# -- sources by naming and affiliation


def sources_by_naming(audit: Audit, width_: float, *, most: int = 6) -> Chart | None:
    """Return how sources are named and which affiliations they have; None without accountable sources."""
    namings = [(n, audit.namings[n]) for n in (*SOURCE_NAMINGS, None) if audit.namings.get(n)]
    known = {n for n, _ in namings}
    namings += [(n, count) for n, count in audit.namings.items() if count and n not in known]
    if not namings:
        return None
    affiliations = sorted(
        ((a, n) for a, n in audit.affiliations.items() if a and n), key=lambda found: (-found[1], found[0].casefold())
    )
    without = sum(n for a, n in audit.affiliations.items() if not a)
    named = [(_naming_words(n), count, _naming_look(n), n) for n, count in namings]
    bodies: list[tuple[str, int, Look, str | None]] = [
        (one_line(a), n, Look("source", "solid", ""), a) for a, n in affiliations[:most]
    ]
    if without:
        bodies.append((tr("none told"), without, Look("source", "empty", ""), None))
    drawing = Drawing(width_)
    left = label_room([w for w, *_ in (*named, *bodies)], width_, 0.42) + 3
    beside = [(float(n), width(f"{n:,}", SIZE, bold=True) + 2) for _, n, *_ in (*named, *bodies)]
    unit = min(_unit(width_ - left, beside), _MOST_FOR_ONE)
    _block(
        drawing, tr("By naming"), left, unit, [(w, n, look, audit.naming_spans.get(k, ())) for w, n, look, k in named]
    )
    drawing.y += 2.4
    _block(drawing, tr("By affiliation"), left, unit,
           [(w, n, look, audit.affiliation_spans.get(k, ())) for w, n, look, k in bodies])  # fmt: skip
    others = affiliations[most:]
    more = _more_affiliations(others)
    if more:
        drawing.words(left, drawing.y + 3.0, more, SMALL, colour="muted")
        drawing.y += 4.4
    told = ", ".join(f"{w} {n:,}" for w, n, *_ in named)
    by_body = ", ".join(f"{w} {n:,}" for w, n, *_ in bodies)
    alt = tr("Sources by naming: {namings}. By affiliation: {affiliations}", namings=told,
             affiliations=", ".join(w for w in (by_body, more) if w))  # fmt: skip
    return Chart("sources_by_naming", tr("Sources by naming and affiliation"), f"{alt}.", width_, drawing.height(),
                 tuple(drawing.shapes), _sources_table(namings, affiliations, without))  # fmt: skip


def _naming_words(naming: str | None) -> str:
    return vocabulary.label(naming) or tr("not filled in")


def _naming_look(naming: str | None) -> Look:
    return Look("source", "solid" if naming == "named" else "empty" if naming is None else "hatched", "")


def _block(
    drawing: Drawing, head: str, left: float, unit: float, rows: Sequence[tuple[str, int, Look, tuple[Span, ...]]]
) -> None:
    """Draw a small head and the bars below it."""
    drawing.words(left, drawing.y + 2.85, head, SMALL, colour="muted")
    drawing.y += 4.4
    for label, n, look, spans in rows:
        drawing.words_before(left - 3, drawing.y + 3.0, fitted(label, left - 3, SIZE))
        end = bar(drawing, left, drawing.y + 0.35, 3.4, unit, [Stretch(n, look, spans, f"{label}: {n:,}")])
        _figure(drawing, end, f"{n:,}")
        drawing.y += 4.9


def _more_affiliations(others: Sequence[tuple[str | None, int]]) -> str:
    if not others:
        return ""
    sources = vocabulary.count(sum(n for _, n in others), "source")
    return trn("{n} more, {sources}", "{n} more, {sources}", len(others), sources=sources)


def _sources_table(
    namings: Sequence[tuple[str | None, int]], affiliations: Sequence[tuple[str | None, int]], without: int
) -> Table:
    all_ = sum(n for _, n in namings)
    told = sum(n for _, n in affiliations) + without

    def row(kind: str, words: str, n: int, of: int) -> list[Shown]:
        return [kind, words, n, cells.share(n / of)]

    rows = [row(tr("Naming"), vocabulary.capital(_naming_words(name)), n, all_) for name, n in namings]
    rows += [row(tr("Affiliation"), one_line(name or ""), n, told) for name, n in affiliations]
    if without:
        rows.append(row(tr("Affiliation"), tr("None told"), without, told))
    heads = ((tr("By"), 3.0), (tr("Value"), 8.6), (tr("Sources"), 2.2), (tr("Share"), 2.2))
    described = tr("Every accountable source counted once by how it is named and once by its affiliation")
    return table(tr("Sources by naming and affiliation"), heads, rows, list, numbers=(2, 3), described=described)


# -- loaded verbs by speaker


def loaded_verbs(audit: Audit, width_: float, *, most: int = MOST) -> Chart | None:
    """Return how many of the cue words before each speaker are not neutral, and which; None where all are neutral."""
    order = _cues_by_speaker(audit.cues)
    shown = [(name, cues) for name, cues in order if _loaded(cues)][:most]
    if not shown:
        return None
    drawing = Drawing(width_)
    left = label_room([name for name, _ in shown], width_, 0.32) + 3
    drawing.key((_LOADED, _PLAIN), left)
    longest = max(len(cues) for _, cues in shown)
    unit = min(4.2, (width_ - left) * 0.36 / longest)
    for name, cues in shown:
        _cue_row(drawing, name, cues, left, unit, left + longest * unit)
    others = len(order) - len(shown)
    if others:
        plain_words = trn("{n} more speaker", "{n} more speakers", others)
        drawing.words(left, drawing.y + 3.3, plain_words, SMALL, colour="muted")
        drawing.y += 4.4
    title = tr("Loaded cue words by speaker")
    told = [
        tr("{name}: {n} of {of} not neutral ({words}).", name=name, n=f"{len(_loaded(cues)):,}",
           of=f"{len(cues):,}", words=_listed(_loaded(cues)))
        for name, cues in shown
    ]  # fmt: skip
    return Chart("loaded_verbs", title, " ".join([f"{title}.", *told]), width_, drawing.height(),
                 tuple(drawing.shapes), _verbs_table(order))  # fmt: skip


_LOADED = Look("ink", "solid", tr("not neutral"))
_PLAIN = Look("ink", "empty", tr("neutral or not looked at"))
_SINGLE = 1.0
"""A cue that would be narrower than this, mm, is not drawn by itself: one stretch stands for all of its kind."""


def _cues_by_speaker(cues: Sequence[CueUse]) -> list[tuple[str, list[CueUse]]]:
    """Return who is introduced by which cues, those with most that are not neutral first."""
    found: dict[str, list[CueUse]] = {}
    for cue in cues:
        for speaker in dict.fromkeys(cue.speakers) or (tr("nobody named"),):
            found.setdefault(one_line(speaker), []).append(cue)
    return sorted(found.items(), key=lambda row: (-len(_loaded(row[1])), -len(row[1])))


def _cue_row(drawing: Drawing, name: str, cues: Sequence[CueUse], left: float, unit: float, end: float) -> None:
    """Draw one speaker's cues; how many and which stand behind ``end``, where the longest row ends."""
    loaded = _loaded(cues)
    drawing.words_before(left - 3, drawing.y + 3.15, fitted(name, left - 3, SIZE))
    bar(drawing, left, drawing.y + 0.35, _HIGH, unit, _cue_parts(name, cues, unit), gap=0.5 if unit >= _SINGLE else 0.1)
    x = drawing.words(end + 2, drawing.y + 3.15, _of(loaded, cues), SIZE, bold=True) + 2
    if drawing.width - x > 12:
        which = fitted(_listed(loaded), drawing.width - x, TINY)
        drawing.words(x, drawing.y + 3.15, which, TINY, colour="muted")
    drawing.y += _STEP


def _cue_parts(name: str, cues: Sequence[CueUse], unit: float) -> list[Stretch]:
    """Return a speaker's cues, those that are not neutral first: each by itself where it can be seen, else together."""
    kinds = (_LOADED, _loaded(cues)), (_PLAIN, [c for c in cues if not c.is_loaded])
    if unit >= _SINGLE:
        return [Stretch(1, look, (c.span,), f"{name}: {_cue(c)}") for look, found in kinds for c in found]
    tip = f"{name}: {_of(_loaded(cues), cues)}"
    return [Stretch(len(found), look, tuple(c.span for c in found), tip) for look, found in kinds]


def _of(some: Sequence[CueUse], all_: Sequence[CueUse]) -> str:
    return tr("{n} of {of}", n=f"{len(some):,}", of=f"{len(all_):,}")


def _loaded(cues: Sequence[CueUse]) -> list[CueUse]:
    return [c for c in cues if c.is_loaded]


def _cue(cue: CueUse) -> str:
    words = f"“{one_line(cue.words)}”"
    return f"{words} ({vocabulary.label(cue.load)})" if cue.load else words


def _listed(cues: Sequence[CueUse]) -> str:
    """Return "disputes, claims ×2": the words as they stand, each once."""
    counts: dict[str, int] = {}
    for cue in cues:
        words = one_line(cue.words).lower()
        counts[words] = counts.get(words, 0) + 1
    return ", ".join(f"{w} ×{n}" if n > 1 else w for w, n in counts.items())


def _verbs_table(order: Sequence[tuple[str, Sequence[CueUse]]]) -> Table:
    heads = ((tr("Speaker"), 5.4), (tr("Not neutral"), 2.2), (tr("Cue words"), 1.9), (tr("Which"), 6.5))

    def told(row: tuple[str, Sequence[CueUse]]) -> list[Shown]:
        name, cues = row
        loaded = _loaded(cues)
        return [name, len(loaded), len(cues), _by_load(loaded) or cells.nothing()]

    described = tr("Every speaker with the cue words that introduce it, and those that are not neutral")
    return table(tr("Loaded cue words by speaker"), heads, order, told, numbers=(1, 2), described=described)


def _by_load(cues: Sequence[CueUse]) -> str:
    loads = dict.fromkeys(c.load for c in cues)
    return "; ".join(f"{vocabulary.label(load)}: {_listed([c for c in cues if c.load == load])}" for load in loads)


# -- what several share


def _unit(room: float, rows: Sequence[tuple[float, float]]) -> float:
    """Return how many mm stand for one, so that each (amount, room needed beside it) stays inside."""
    return min((max(room - beside, room * 0.25) / amount for amount, beside in rows if amount), default=1.0)


def _room(figure: str, note: str) -> float:
    return 2 + width(figure, SIZE, bold=True) + (1.6 + width(note, TINY) if note else 0)


def _figure(drawing: Drawing, x: float, figure: str, note: str = "") -> None:
    """Write a bar's figure, and a note small beside it."""
    end = drawing.words(x + 2, drawing.y + 3.15, figure, SIZE, bold=True)
    if note:
        drawing.words(end + 1.6, drawing.y + 3.1, note, TINY, colour="muted")
