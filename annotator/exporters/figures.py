"""Words for the audit's figures: what each is called, what it says in a sentence, and how it is counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotator import vocabulary
from annotator.analysis.sourcing import Audit, Diversity, Figure
from annotator.language import tr, trn


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure in words: its title, its sentence after "15 of 20", and its formula for people who do not read formulas.

    ``says`` takes the whole ("20"), because its noun follows that number. ``none`` says why there is nothing to count.
    """

    key: str
    title: str
    says: Callable[[int], str]
    counted: str
    none: str = ""


_NO_CLAIMS = tr("there are no claims")
_NONE_ATTRIBUTED = tr("there are no attributed claims")
_NONE_TO_CHECK = tr("there are no claims worth checking")


def _words(key: str, title: str, one: str, many: str, counted: str, none: str = "") -> tuple[str, FigureWords]:
    return key, FigureWords(key, title, lambda of: one if of == 1 else many, counted, none)


WORDS: Mapping[str, FigureWords] = dict(
    (
        _words(
            "attribution_share",
            tr("Attributed claims"),
            tr("claim is attributed"),
            tr("claims are attributed"),
            tr(
                "Claims with at least one accountable source, of all claims. The author and the publication never count as one."
            ),
            _NO_CLAIMS,
        ),
        _words(
            "attribution_share_excluding_nested",
            tr("Attributed claims, nested ones left out"),
            tr("claim that is not nested is attributed"),
            tr("claims that are not nested are attributed"),
            tr(
                "The same without nested claims: those that reach the article through somebody who cites somebody else."
            ),
            tr("there are no claims that are not nested"),
        ),
        _words(
            "body_words_in_attributions",
            tr("Words inside attributions"),
            tr("word stands inside an attribution"),
            tr("words stand inside an attribution"),
            tr(
                "Words of the body inside an attributed claim, its cue or the words that name its source; each word counts once."
            ),
            tr("the body holds no words"),
        ),
        _words(
            "check_worthy_unattributed",
            tr("Worth checking, without a source"),
            tr("claim worth checking is not attributed"),
            tr("claims worth checking are not attributed"),
            tr("Claims worth checking without an accountable source, of all claims worth checking."),
            _NONE_TO_CHECK,
        ),
        _words(
            "single_source_share",
            tr("Resting on one source"),
            tr("attributed statement rests on one source"),
            tr("attributed statements rest on one source"),
            tr("Claims that say the same count once; of those with a source, the ones with exactly one."),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "single_affiliation_share",
            tr("Resting on one affiliation"),
            tr("attributed statement rests on one affiliation"),
            tr("attributed statements rest on one affiliation"),
            tr(
                "The same by affiliation: several people of one body count as one. Sources without an affiliation are left out."
            ),
            tr("no source behind a claim has an affiliation"),
        ),
        _words(
            "anonymous_share",
            tr("Resting on anonymous sources"),
            tr("attributed claim rests on anonymous sources only"),
            tr("attributed claims rest on anonymous sources only"),
            tr("Attributed claims all of whose sources are anonymous, of all attributed claims."),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "unnamed_share",
            tr("Resting on unnamed sources"),
            tr("attributed claim rests on unnamed sources only"),
            tr("attributed claims rest on unnamed sources only"),
            tr(
                "Attributed claims all of whose sources are anonymous, told by their role, collective or not stated, of all "
                "attributed claims."
            ),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "loaded_cue_share",
            tr("Cues that are not neutral"),
            tr("cue that hands a claim over is not neutral"),
            tr("cues that hand a claim over are not neutral"),
            tr("Cue words with a load other than neutral, of all cue words in use; each place counts once."),
            tr("there are no cues"),
        ),
        _words(
            "claims_without_evidence",
            tr("Worth checking, without evidence"),
            tr("claim worth checking has no evidence"),
            tr("claims worth checking have no evidence"),
            tr("Claims worth checking for which nobody has kept evidence, of all claims worth checking."),
            _NONE_TO_CHECK,
        ),
        _words(
            "unchecked",
            tr("Worth checking, not checked"),
            tr("claim worth checking is not checked yet"),
            tr("claims worth checking are not checked yet"),
            tr("Claims worth checking whose status is “not checked”, of all claims worth checking."),
            _NONE_TO_CHECK,
        ),
        _words(
            "contested_share",
            tr("Contested claims"),
            tr("claim is contradicted by another"),
            tr("claims are contradicted by another or contradict one"),
            tr("Claims at either end of a “contradicts” link, of all claims."),
            _NO_CLAIMS,
        ),
        _words(
            "first_hand_share",
            tr("First-hand claims"),
            tr("attributed claim is told at first hand"),
            tr("attributed claims are told at first hand"),
            tr(
                "Attributed claims whose source saw or did it, is party to it or is a primary source; a claim of several "
                "sources counts by the part of them that are."
            ),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "diversity_by_affiliation",
            tr("Spread over affiliations"),
            tr("attributed claim has an affiliation"),
            tr("attributed claims have an affiliation"),
            tr(
                "A claim is shared out evenly among its sources. The effective number is how many affiliations, all equally "
                "heard, would be as varied: exp(−Σ p·ln p). Gini-Simpson, 1 − Σ p², is the chance that two claims come from "
                "different ones."
            ),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "diversity_by_source",
            tr("Spread over sources"),
            tr("attributed claim has a source that is stated"),
            tr("attributed claims have a source that is stated"),
            tr("The same by source."),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "diversity_by_side",
            tr("Spread over sides"),
            tr("attributed claim has a side"),
            tr("attributed claims have a side"),
            tr("The same by side: the party to the matter that a source stands for."),
            _NONE_ATTRIBUTED,
        ),
        _words(
            "longest_unattributed_passage",
            tr("Longest passage without a source"),
            tr("word of the body"),
            tr("words of the body"),
            tr(
                "The longest run of words of the body outside all attributed claims, their cues and the words that name their "
                "sources. A paragraph’s end does not end it; of two as long, the first."
            ),
        ),
        _words(
            "who_speaks",
            tr("Who speaks"),
            tr("word is spoken by a source"),
            tr("words are spoken by a source"),
            tr(
                "By accountable source: quoted words stand in its direct and mixed claims, reported words in its indirect "
                "claims and not in those. Its share is of all such words of all sources."
            ),
        ),
        _words(
            "loaded_terms",
            tr("Loaded words"),
            tr("loaded word"),
            tr("loaded words"),
            tr("Words marked as loaded: in the author’s voice, in attributed claims, and elsewhere."),
        ),
        _words(
            "silent_sources",
            tr("Sources that were silent"),
            tr("place names a source that declined or stayed silent"),
            tr("places name a source that declined or stayed silent"),
            tr("Places that name a source in the role “declined or silent”."),
        ),
        _words(
            "contested_without_reply",
            tr("Contested, without a reply"),
            tr("contested claim has no reply in the text"),
            tr("contested claims have no reply in the text"),
            tr("Contested claims one side of which nobody answers in the text."),
        ),
        _words(
            "claims_not_looked_at",
            tr("Claims nobody has attributed"),
            tr("claim has neither a source nor the author’s voice"),
            tr("claims have neither a source nor the author’s voice"),
            tr("Claims without any attribution that nobody has called the author’s voice."),
        ),
        _words(
            "source_mentions_without_source",
            tr("Source mentions without a source"),
            tr("source mention leads to no source"),
            tr("source mentions lead to no source"),
            tr("Places marked as naming a source that lead to no entry of the register."),
        ),
        _words(
            "sources_without_claim",
            tr("Sources without a claim"),
            tr("source says nothing"),
            tr("sources say nothing"),
            tr("Sources in the register with no claim."),
        ),
        _words(
            "mentions_without_entity",
            tr("Mentions without an entity"),
            tr("mention leads to no entity"),
            tr("mentions lead to no entity"),
            tr("Places marked as naming an entity that lead to no entry of the register."),
        ),
        _words(
            "check_worthy_undecided",
            tr("Worth checking, undecided"),
            tr("claim is undecided whether worth checking"),
            tr("claims are undecided whether worth checking"),
            tr("Claims of which somebody said that it is undecided whether they are worth checking."),
        ),
        _words(
            "failed_anchors",
            tr("Marks without a place"),
            tr("mark has no place in this version of the text"),
            tr("marks have no place in this version of the text"),
            tr("Marks whose words were not found again when the text changed."),
        ),
    )
)
"""Every figure by the name programs know it by."""

SEVERITY = {"first": tr("Ask first"), "look": tr("Worth a look"), "note": tr("Good to know")}
"""How urgent a finding is, in words."""

KEY = (
    "attribution_share",
    "body_words_in_attributions",
    "check_worthy_unattributed",
    "single_source_share",
    "unnamed_share",
    "unchecked",
)
"""The six figures of a first page."""


def anchor(key: str) -> str:
    """Return the name of the place where a report tells a figure: short, because Word cuts names at 40 letters."""
    return f"fig_{list(WORDS).index(key)}"


def number(n: float) -> str:
    """Return "15", "1,204" or, for a part of a claim, "7.5"."""
    rounded = round(n, 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.1f}"


def n_of(figure: Figure) -> str:
    """Return "15 of 20"; "none" where the whole is nothing."""
    return tr("{n} of {of}", n=number(figure.n), of=f"{figure.of:,}") if figure.of else tr("none")


def per_cent(share: float | None) -> str:
    """Return "75 %", "none" for None; what is more than nothing and less than all is never shown as 0 or 100."""
    if share is None:
        return tr("none")
    shown = math.floor(share * 100 + 0.5 + 1e-9)
    if shown == 0 and share > 0:
        return tr("under {n} %", n=1)
    if shown >= 100 and share < 1 - 1e-9:
        return tr("over {n} %", n=99)
    return tr("{n} %", n=shown)


def sentence(key: str, figure: Figure, *, unspaced: bool = False) -> str:
    """Return "15 of 20 claims say who is speaking"; where the whole is nothing, "none" and what there is none of."""
    words = says(key, figure.of, unspaced=unspaced)
    return f"{n_of(figure)} {words}" if figure.of else tr("none: {why}", why=nothing(key))


def says(key: str, of: int, *, unspaced: bool = False) -> str:
    """Return the words after "15 of 20"; figures of words say so where some are characters."""
    if key == "body_words_in_attributions" and unspaced:
        return tr("words and characters stand inside an attribution")
    return WORDS[key].says(of)


_CHARACTERS: Mapping[str, tuple[str, str]] = {
    "body_words_in_attributions": (
        tr("Words and characters inside attributions"),
        tr(
            "Words and characters of the body inside an attributed claim, its cue or the words that name its source; each "
            "counts once."
        ),
    ),
    "longest_unattributed_passage": (
        tr("Longest passage without a source"),
        tr(
            "The longest run of words and characters of the body outside all attributed claims, their cues and the words that "
            "name their sources. A paragraph’s end does not end it; of two as long, the first."
        ),
    ),
    "who_speaks": (
        tr("Who speaks"),
        tr(
            "By accountable source: quoted words and characters stand in its direct and mixed claims, reported ones in its "
            "indirect claims and not in those. Its share is of all of them of all sources."
        ),
    ),
}
"""Title and formula of the figures that count words, where some of the words are characters."""


def title(key: str, *, unspaced: bool = False) -> str:
    """Return what a figure is called; ``unspaced``: some of its words are characters of a script without spaces."""
    return _CHARACTERS[key][0] if unspaced and key in _CHARACTERS else WORDS[key].title


def counted(key: str, *, unspaced: bool = False) -> str:
    """Return how a figure is counted, likewise."""
    return _CHARACTERS[key][1] if unspaced and key in _CHARACTERS else WORDS[key].counted


def nothing(key: str) -> str:
    """Return why a figure is "none": what there is nothing of."""
    return WORDS[key].none


def attributed(n: int, claims: int, nobody: int) -> str:
    """Return "15 of 20 claims are attributed (1 of them to nobody named)", without a full stop; ``nobody`` is of ``n``."""
    told = trn("{said} of {n} claim is attributed", "{said} of {n} claims are attributed", claims, said=f"{n:,}")
    if not nobody:
        return told
    return tr("{told} ({n} of them to nobody named)", told=told, n=f"{nobody:,}")


def summary(audit: Audit, nobody: int = 0) -> str:
    """Return the one sentence that sums an audit up, the longest passage without its place.

    ``nobody``: of how many attributed claims the text does not state the source.
    """
    if not audit.claims:
        return tr("No claim has been marked yet, so there is nothing to count.")
    told = f"{attributed(audit.attributed, audit.claims, nobody)}."
    bare = audit.figures["check_worthy_unattributed"]
    if not bare.of:
        return told
    if not bare.n:
        return f"{told} {tr('Every one worth checking is attributed.')}"
    open_ = trn("{n} worth checking is not attributed.", "{n} worth checking are not attributed.", int(bare.n))
    return f"{told} {open_}"


class Spread(NamedTuple):
    """How claims are spread, in words; ``effective`` and ``gini`` are empty where not all claims are known."""

    known: str
    n: str
    most: str
    share: str
    effective: str = ""
    gini: str = ""


_MOST_NAMED = 3


def spread(found: Diversity) -> Spread:
    """Return the figures of a spread in words: "15 of 15", "5", who has most, "47 %", "3.5", "0.66"."""
    names = list(found.top[:_MOST_NAMED])
    if len(found.top) > _MOST_NAMED:
        names.append(trn("{n} more", "{n} more", len(found.top) - _MOST_NAMED))
    told = Spread(
        known=n_of(Figure(found.known, found.of)),
        n=f"{len(found.parts):,}",
        most=vocabulary.listed([" ".join(name.split()) for name in names]),
        share=per_cent(found.top_share) if found.top_share is not None else "",
    )
    if not found.is_whole or found.effective_number is None or found.gini_simpson is None:
        return told
    return told._replace(effective=f"{found.effective_number:.1f}", gini=f"{found.gini_simpson:.2f}")


def words_of(n: int, audit: Audit) -> str:
    """Return "82 words", or "82 words and characters" where the articles have scripts without spaces."""
    return vocabulary.word_count(n, unspaced=audit.unspaced)
