"""Which source of the register words of an article mean: by its name, a form of it, or "the person" for "a person"."""

from __future__ import annotations

from annotator.analysis.name_search import folded
from annotator.analysis.names import DETERMINERS, SHORT_TITLES
from annotator.model import AnnotatedArticle, Id

__all__ = ["known", "taken_up"]


def known(annotated: AnnotatedArticle, words: str) -> Id | None:
    """Return the one source of the article with this name, or with a shorter or longer form of it ("Brook")."""
    wanted = folded(words)
    parts, tail = [w for w in wanted.split() if w.rstrip(".") not in SHORT_TITLES], words.split()[-1].casefold()
    same: list[Id] = []
    alike: list[Id] = []
    for source in annotated.sources.values():
        if not source.accountable or not any(tail in n.casefold() for n in (source.label, *source.aliases)):
            continue
        names = [folded(n) for n in (source.label, *source.aliases)]
        if wanted in names:
            same.append(source.id)
        elif words[:1].isupper() and any(_forms_of_one(parts, n.split()) for n in names):
            alike.append(source.id)
    found = same or alike
    return found[0] if len(found) == 1 else None


def taken_up(annotated: AnnotatedArticle, words: str) -> Id | None:
    """Return the one unnamed source whose name begins as words do that begin with "the"; None for none or several."""
    wanted = folded(words).split()
    if len(wanted) < 2 or wanted[0] not in ("the", "this", "that") or words != words[:1] + words[1:].lower():
        return None
    found: list[Id] = []
    for source in annotated.sources.values():
        if not source.accountable or source.kind == "unstated" or source.naming == "named":
            continue
        name = folded(source.label).split()
        unnamed = name[:1] and (name[0] in DETERMINERS or source.label[:1].islower())
        own = name[1:] if name[:1] and name[0] in DETERMINERS else name
        if unnamed and own[: len(wanted) - 1] == wanted[1:]:
            found.append(source.id)
    return found[0] if len(found) == 1 else None


def _forms_of_one(one: list[str], other: list[str]) -> bool:
    """Say whether two names end alike and every word of the shorter one is in the longer one."""
    return one[-1:] == other[-1:] and (set(one) <= set(other) or set(other) <= set(one))
