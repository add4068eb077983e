"""The project's code book: terms added, renamed, defined, ordered, merged and removed; each one step, everywhere at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from annotator import vocabulary
from annotator.errors import RuleBroken
from annotator.language import tr, trn
from annotator.model import Term
from annotator.model.code_book import CUE, LISTS, CodeBook, TermList, cue_value
from annotator.model.values import CUE_LOADS
from annotator.project.core import one_line, reads, written
from annotator.project.merging import Merging
from annotator.storage import Changes
from annotator.vocabulary import CueVerb


class Terms(Merging):
    """Verbs and lists about terms. A list is the shipped one until somebody changes it: then it is copied in first."""

    _book: CodeBook | None = None

    @property
    @reads
    def code_book(self) -> CodeBook:
        """The code book as it is now; a value that may be kept."""
        if self._book is not None and not self._in_action:
            return self._book
        book = book_of(self._records.find(Term))
        if not self._in_action:
            self._book = book
        return book

    def _renew(self, changes: Changes) -> None:
        if changes.code_book:
            self._book = None
        super()._renew(changes)

    @reads
    def terms(self, list_: str, language: str | None = None) -> tuple[Term, ...]:
        """Return a list of the code book ("tag" ...) in its order; affiliations, sides and kinds in use are terms too."""
        kind, found = LISTS[list_], self.code_book.terms(list_, language)
        if not kind.by_words and list_ != "entity_kind":
            return found
        there = {t.key for t in found}
        used = sorted(self._store.terms.in_use(list_), key=str.casefold)
        made = {kind.key_of(w) if kind.by_words else w: w for w in reversed(used)}
        more = (
            (key, w if kind.by_words else vocabulary.label(w)) for key, w in reversed(made.items()) if key not in there
        )
        return (*found, *(Term(list=list_, key=key, label=label) for key, label in more))

    @reads
    def term_uses(self, list_: str) -> dict[str, int]:
        """Return how often each term of a list is used, by key; cue words are not counted."""
        found: dict[str, int] = defaultdict(int)
        for value, n in self._store.terms.in_use(list_).items():
            found[LISTS[list_].key_of(value) if LISTS[list_].by_words else value] += n
        return dict(found)

    def tags(self) -> list[str]:
        """Return the project's tags."""
        return [t.label for t in self.terms("tag")]

    def cue_verbs(self, language: str | None = None) -> tuple[CueVerb, ...]:
        """Return the words that hand a claim over in a language: the project's own list, else the shipped one."""
        return self.code_book.cue_verbs(language)

    @reads
    def languages(self) -> list[str]:
        """Return the languages (without their countries) that have cue words here or an article."""
        found = {vocabulary.plain_language(code) for code in self._store.terms.languages()}
        found |= {t.language or "en" for t in self.code_book.own.get(CUE, ())}
        return sorted(found | set(vocabulary.cue_languages()))

    # -- verbs

    def add_term(
        self,
        list_: str,
        label: str,
        *,
        value: str | None = None,
        language: str | None = None,
        definition: str | None = None,
        example: str | None = None,
        initiator: object | None = None,
    ) -> str:
        """Add a term at the end of its list; returns its key. ``value`` is a cue word's load.

        Raises RuleBroken where the list takes none, or has these words already.
        """
        kind, words = LISTS[list_], _named(label)
        code = vocabulary.plain_language(language) if list_ == CUE else None
        if not kind.open:
            raise RuleBroken(tr("“{list}” has fixed terms: change their words and definitions.", list=kind.title))
        made = Term(
            list=list_,
            key=self._free_key(kind, kind.key_of(words, code)),
            label=words,
            value=cue_value(_load(value)) if list_ == CUE else None,
            language=code,
            definition=written(definition),
            example=written(example),
        )
        with self._action(tr("add {term} to “{list}”", term=words, list=kind.title), initiator) as records:
            there = self._own(kind, code)
            self._refuse_twice(there, made)
            last = max((t.position for t in there), default=0)
            records.put(replace(made, position=last + 1 if last else 0))
        return made.key

    def rename_term(self, list_: str, key: str, label: str, *, initiator: object | None = None) -> str:
        """Give a term other words, wherever it is used; returns its key, which may be another one now.

        Raises RuleBroken where another term has these words: then merge the two.
        """
        kind, words = LISTS[list_], _named(label)
        if not kind.renamed:
            raise RuleBroken(
                tr("The words of “{list}” are the program’s; say in the definition what you mean.", list=kind.title)
            )
        old = self._term(kind, key)
        if words == old.label:
            return key
        new = replace(old, label=words, key=kind.key_of(words, old.language) if _keyed_by_words(kind) else key)
        with self._action(tr("rename {old} to {new}", old=old.label, new=words), initiator) as records:
            there = self._own(kind, old.language)
            self._refuse_twice((t for t in there if t.key != key), new)
            records.put(replace(new, id=_found(there, key).id, position=_found(there, key).position))
            if kind.by_words:
                self._put_words(kind, key, words)
        return new.key

    def edit_term(self, list_: str, key: str, *, initiator: object | None = None, **changed: str | None) -> None:
        """Set a term's definition, example or, of a cue word, its load (``value``)."""
        kind = LISTS[list_]
        old = self._term(kind, key)
        fields = {name: written(text) for name, text in changed.items() if name in ("definition", "example")}
        if "value" in changed and list_ == CUE:
            function = (old.value or "").partition(" ")[2] or "assertion"
            fields["value"] = cue_value(_load(changed["value"]), function)
        if replace(old, **fields) == old:
            return
        name = tr("give {term} the load {load}", term=old.label, load=self.code_book.label("load", changed["value"])) \
            if "value" in fields else tr("define {term}", term=old.label)  # fmt: skip
        with self._action(name, initiator) as records:
            records.put(replace(_found(self._own(kind, old.language), key), **fields))

    def move_term(self, list_: str, key: str, to: int, *, initiator: object | None = None) -> None:
        """Move a term to a place in its list, counted from 0."""
        kind = LISTS[list_]
        old = self._term(kind, key)
        with self._action(tr("move {term} in “{list}”", term=old.label, list=kind.title), initiator) as records:
            there = self._own(kind, old.language)
            moved = _found(there, key)
            there.remove(moved)
            there.insert(max(0, min(to, len(there))), moved)
            for n, term in enumerate(there, 1):
                records.put(replace(term, position=n))

    def remove_term(self, list_: str, key: str, *, initiator: object | None = None) -> None:
        """Remove a term nobody uses. Raises RuleBroken where it is used (merge it), or belongs to a fixed list."""
        kind = LISTS[list_]
        old = self._term(kind, key)
        if not kind.open:
            raise RuleBroken(tr("“{term}” belongs to a fixed list and stays.", term=old.label))
        used = self.term_uses(list_).get(key, 0)
        if used:
            raise RuleBroken(
                trn("“{term}” is used once. Merge it into another term, and its use goes there.",
                    "“{term}” is used {n} times. Merge it into another term, and its uses go there.", used, term=old.label)
            )  # fmt: skip
        with self._action(tr("remove {term} from “{list}”", term=old.label, list=kind.title), initiator) as records:
            there = self._own(kind, old.language)
            if len(there) == 1 and (kind.keys or list_ == CUE):
                raise RuleBroken(tr("The last term of a list stays."))
            records.delete(Term, _found(there, key).id)

    def merge_terms(self, list_: str, key: str, into: str, *, initiator: object | None = None) -> None:
        """Make one term of two: what the first was used for goes to the other. Raises RuleBroken in a fixed list."""
        kind = LISTS[list_]
        old, stays = self._term(kind, key), self._term(kind, into)
        if not kind.open or key == into:
            raise RuleBroken(tr("Two terms of a list that is yours to change can be merged."))
        with self._action(tr("merge {term} into {other}", term=old.label, other=stays.label), initiator) as records:
            there = self._own(kind, old.language)
            gone, kept = _found(there, key), _found(there, into)
            if list_ in ("tag", "article_tag"):
                self._store.terms.merge_tags(list_, gone.id, kept.id)
            elif kind.by_words:
                self._put_words(kind, key, stays.label)
            elif list_ == "entity_kind":
                self._store.terms.replace_value(list_, [key], into)
            records.put(
                kept.changed(definition=kept.definition or gone.definition, example=kept.example or gone.example)
            )
            records.delete(Term, gone.id)

    # -- inside a step

    def _free_key(self, kind: TermList, key: str) -> str:
        """Return a key for a new term: a renamed one may still hold the key of these words."""
        if _keyed_by_words(kind):
            return key
        taken = {t.key for t in self.terms(kind.id)}
        return next(k for k in (key, *(f"{key}_{n}" for n in range(2, len(taken) + 3))) if k not in taken)

    def _term(self, kind: TermList, key: str) -> Term:
        code = key.partition(":")[0] if kind.id == CUE else None
        return _found(self.terms(kind.id, code), key)

    def _own(self, kind: TermList, language: str | None) -> list[Term]:
        """Return the project's own terms of a list (of a language), copied in where there are none yet."""
        there = [t for t in self._records.find(Term, list=kind.id) if t.language == language]
        kept = {t.key for t in there}
        for term in self.terms(kind.id, language):
            if term.key not in kept:
                self._records.put(term)
                there.append(term)
        return sorted(there, key=_order)

    def _put_words(self, kind: TermList, key: str, words: str) -> None:
        """Put words in the place of every spelling that is kept for a term."""
        spelt = [w for w in self._store.terms.in_use(kind.id) if kind.key_of(w) == key and w != words]
        if spelt:
            self._store.terms.replace_value(kind.id, spelt, words)

    def _refuse_twice(self, there: Iterable[Term], made: Term) -> None:
        for term in there:
            if term.key == made.key or (made.list != CUE and term.label.casefold() == made.label.casefold()):
                raise RuleBroken(
                    tr("“{term}” is in the list already. To make one term of two, merge them.", term=term.label)
                )


def book_of(terms: Iterable[Term]) -> CodeBook:
    """Return the code book that holds a project's own terms."""
    own: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        own[term.list].append(term)
    return CodeBook({list_: tuple(sorted(found, key=_order)) for list_, found in own.items()})


def _order(term: Term) -> tuple[bool, int, str]:
    """Return what terms are ordered by: placed ones first, then those added in passing, by their words."""
    return term.position == 0, term.position, term.label.casefold()


def _keyed_by_words(kind: TermList) -> bool:
    """Say whether a term's key follows its words; elsewhere what is coded keeps the key."""
    return kind.id in ("tag", "article_tag", CUE) or kind.by_words


def _named(label: str) -> str:
    found = one_line(label)
    if not found:
        raise RuleBroken(tr("A term needs a word."))
    return found


def _load(value: str | None) -> str:
    if value is not None and value not in CUE_LOADS:
        raise RuleBroken(tr("“{value}” is not a load.", value=value))
    return value or "neutral"


def _found(there: Iterable[Term], key: str) -> Term:
    for term in there:
        if term.key == key:
            return term
    raise RuleBroken(tr("This term is no longer in the code book."))
