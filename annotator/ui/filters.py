"""Which marks stand out: a question asked of one mark at a time, never of all of them. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from annotator.analysis.to_check import is_to_check
from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Mention, SourceMention
from annotator.model.values import CHECK_STATUSES, CLAIM_TYPES
from annotator.vocabulary import title

Test = Callable[[Annotation], bool]

NONE = ""
"""The value of a facet that stands for "not filled in"."""

LINKED, UNLINKED = "linked", "unlinked"
TO_CHECK = "to_check"
"""The value of the facet of checking for a claim that is worth it, takes a verdict and has none yet."""
_KINDS = ("claim", "source_mention", "mention", "cue", "loaded_term")


@dataclass(frozen=True)
class Filter:
    """What is looked for. Facets are joined by *and*, the values of one by *or*; an empty facet lets everything pass."""

    kind: frozenset[str] = frozenset()
    type: frozenset[str] = frozenset()
    source: frozenset[Id] = frozenset()
    status: frozenset[str] = frozenset()
    link: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    coder: frozenset[Id] = frozenset()

    def __bool__(self) -> bool:
        return any(self.values(facet) for facet in FACETS)

    def values(self, facet: str) -> frozenset[str]:
        """Return what is chosen in a facet."""
        return getattr(self, facet)

    def with_values(self, facet: str, values: Iterable[str]) -> Filter:
        """Return the same with other values in a facet."""
        return replace(self, **{facet: frozenset(values)})

    def elsewhere(self) -> Filter:
        """Return what of it makes sense in another article: sources are entries of one."""
        return replace(self, source=frozenset())

    def became(self, facet: str, heirs: Mapping[str, str | None]) -> Filter:
        """Return the same with other values in the place of some of a facet; None: those are gone."""
        now = (heirs.get(value, value) for value in self.values(facet))
        return self.with_values(facet, (value for value in now if value is not None))

    def test(self, annotated: AnnotatedArticle) -> Test | None:
        """Return the question as a function, None where everything passes; it follows the article.

        Only when an entry of a register changed it is to be asked for again.
        """
        makers = {
            "kind": _of_kind, "type": _of_type, "source": _of_source, "status": _of_status,
            "link": _of_link, "tag": _of_tag, "coder": _of_coder,
        }  # fmt: skip
        tests = [makers[facet](annotated, self.values(facet)) for facet in FACETS if self.values(facet)]
        if len(tests) < 2:
            return tests[0] if tests else None
        return lambda mark: all(test(mark) for test in tests)


FACETS = ("kind", "type", "source", "status", "link", "tag", "coder")
"""The facets of a filter, in the order they are asked for and shown."""


def _of_kind(_: AnnotatedArticle, kinds: frozenset[str]) -> Test:
    return lambda mark: mark.kind in kinds


def _of_type(_: AnnotatedArticle, types: frozenset[str]) -> Test:
    return lambda mark: isinstance(mark, Claim) and (mark.type or NONE) in types


def _of_source(annotated: AnnotatedArticle, sources: frozenset[Id]) -> Test:
    """Let a source's claims pass, the words that name it, and the cues between them."""
    entities = {annotated.sources[s].entity for s in sources if s in annotated.sources} - {None}

    def test(mark: Annotation) -> bool:
        if isinstance(mark, Claim):
            return any(link.source in sources for link in annotated.attributions_of.get(mark.id, ()))
        if isinstance(mark, SourceMention):
            return mark.source in sources
        if isinstance(mark, Mention):
            return mark.entity in entities
        return any(link.source in sources for link in annotated.attributions_with(mark.id))

    return test


def _of_status(annotated: AnnotatedArticle, statuses: frozenset[str]) -> Test:
    def test(mark: Annotation) -> bool:
        if not isinstance(mark, Claim):
            return False
        last = annotated.verification(mark.id)
        status = last.status if last is not None else "not_checked"
        return status in statuses or (TO_CHECK in statuses and is_to_check(annotated, mark))

    return test


def _of_link(annotated: AnnotatedArticle, wanted: frozenset[str]) -> Test:
    """Tell claims with and without somebody behind them, mentions with and without an entry. A cue passes neither."""

    def test(mark: Annotation) -> bool:
        if isinstance(mark, Claim):
            linked = bool(annotated.attributions_of.get(mark.id))
        elif isinstance(mark, SourceMention):
            linked = mark.source is not None
        elif isinstance(mark, Mention):
            linked = mark.entity is not None
        else:
            return False
        return (LINKED if linked else UNLINKED) in wanted

    return test


def _of_tag(_: AnnotatedArticle, tags: frozenset[str]) -> Test:
    return lambda mark: not tags.isdisjoint(mark.tags or (NONE,))


def _of_coder(_: AnnotatedArticle, coders: frozenset[Id]) -> Test:
    return lambda mark: (mark.coder or NONE) in coders


# -- what can be asked for


def facet_title(facet: str) -> str:
    """Return what a facet is called."""
    return {
        "kind": tr("Kind"), "type": tr("Type"), "source": tr("Source"), "status": tr("Check"),
        "link": tr("Link"), "tag": tr("Tag"), "coder": tr("Coder"),
    }[facet]  # fmt: skip


def options(annotated: AnnotatedArticle, facet: str, profile: str = "editor") -> list[tuple[str, str]]:
    """Return the values a facet offers, each with its words; in reading order where they stand in the article.

    Tags are looked for in all marks: ask when a person opens the list, not before.
    """
    if facet == "kind":
        return [(k, title(k)) for k in _KINDS if k not in ("cue", "loaded_term") or profile != "teacher"]
    if facet == "type":
        return [*((t, title(t)) for t in CLAIM_TYPES), (NONE, tr("No type yet"))]
    if facet == "source":
        return [(s.id, s.label) for s in annotated.source_order]
    if facet == "status":
        return [(TO_CHECK, tr("To be checked")), *((s, title(s)) for s in CHECK_STATUSES)]
    if facet == "link":
        return [(UNLINKED, tr("Not linked")), (LINKED, tr("Linked"))]
    if facet == "tag":
        tags = sorted({tag for mark in annotated.annotations for tag in mark.tags}, key=str.casefold)
        return [*((tag, tag) for tag in tags), (NONE, tr("No tag"))]
    coders = sorted(((c.id, c.name) for c in annotated.coders.values()), key=lambda pair: pair[1].casefold())
    return [*coders, (NONE, tr("Nobody named"))]


def words_of(annotated: AnnotatedArticle, facet: str, values: frozenset[str]) -> str:
    """Return what is chosen in a facet in few words: one value by its name, more by how many they are."""
    if not values:
        return ""
    if len(values) > 1:
        return str(len(values))
    (value,) = values
    if facet == "source":
        return annotated.sources[value].label if value in annotated.sources else "?"
    if facet == "tag":
        return value or tr("No tag")
    return dict(options(annotated, facet)).get(value, "?")
