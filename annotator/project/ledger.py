"""The ledger: claims of any articles that say the same, under one neutral wording; and claims found over all articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Claim, Id, Ledger, now
from annotator.project.core import one_line, reads
from annotator.project.evidence import Evidences
from annotator.project.marks import unquoted

if TYPE_CHECKING:
    from annotator.storage.claims import FoundClaim, LedgerClaim

LONGEST_WORDING = 300
"""Code points of a proposed wording."""


class Ledgers(Evidences):
    """Verbs and lists about claims that say the same. Being the same is membership of one entry, so it is transitive."""

    def same_as(self, claim: Id, other: Id, *, initiator: object | None = None) -> Id:
        """Say that two claims, of any articles, say the same; entries both are in become one. Returns the entry's id.

        The wording is that of the entry there is, else proposed from the claims'. Raises RuleBroken for one and the same.
        """
        said, known = self._need(Claim, claim), self._need(Claim, other)
        if said.id == known.id:
            raise RuleBroken(tr("A claim is the same as itself. Choose another one."))
        stays = known.ledger or said.ledger
        if stays is not None and said.ledger == known.ledger:
            return stays
        name = tr("say that {claim} is the same as {other}", claim=self._called(said), other=self._called(known))
        with self._action(name, initiator) as records:
            entry = self._need(Ledger, stays) if stays else Ledger(wording=self._proposed(known, said))
            records.put(entry)
            going = self._claims.in_ledger(said.ledger) if said.ledger not in (None, entry.id) else []
            for id_ in dict.fromkeys((*going, said.id, known.id)):
                self._put_in_ledger(id_, entry.id)
            if said.ledger not in (None, entry.id):
                records.delete(Ledger, said.ledger)
                self._store.registers.remember(said.ledger, entry.id)
        return entry.id

    def leave_ledger(self, claim: Id, *, initiator: object | None = None) -> None:
        """Say that a claim does not say the same as the others of its entry; an entry of one claim goes."""
        said = self._need(Claim, claim)
        if said.ledger is not None:
            name = tr("take {claim} out of the ledger", claim=self._called(said))
            with self._action(name, initiator):
                self._put_in_ledger(said.id, None)
                self._drop_alone(said.ledger)

    def rename_ledger(self, entry: Id, wording: str, *, initiator: object | None = None) -> None:
        """Give an entry of the ledger another neutral wording. Raises RuleBroken for an empty one."""
        old, words = self._need(Ledger, entry), one_line(wording)
        if not words:
            raise RuleBroken(tr("An entry of the ledger needs a wording."))
        if words != old.wording:
            with self._action(tr("word “{claim}” anew", claim=texts.shortened(words, 40)), initiator) as records:
                records.put(old.changed(wording=words))

    def _put_in_ledger(self, claim: Id, entry: Id | None) -> None:
        old = self._need(Claim, claim)
        if old.ledger != entry:
            self._records.put(old.changed(ledger=entry, modified=now()))

    def _proposed(self, *claims: Claim) -> str:
        """Return the short wording of the first claim that has one, else the words of the first."""
        short = next((c.short_text for c in claims if c.short_text), None)
        words = short or unquoted(self._quote(claims[0])) or self._quote(claims[0])
        return texts.shortened(words, LONGEST_WORDING)

    # -- lists

    @reads
    def ledger(self, articles: Iterable[Id] | None = None) -> list[Ledger]:
        """Return the entries of the ledger, or those that claims of some articles make: each one neutral wording of claims."""
        if articles is None:
            return self._records.find(Ledger)
        return self._records.some(Ledger, self._claims.ledgers_in(articles))

    @reads
    def ledger_sizes(self) -> dict[Id, tuple[int, int]]:
        """Return, per entry, how many claims make it, in how many articles."""
        return self._claims.ledger_sizes()

    @reads
    def ledger_entry(self, entry: Id) -> tuple[Ledger, int, int]:
        """Return an entry with how many claims make it, in how many articles; of these alone it costs."""
        found = self._need(Ledger, entry)
        return found, *self._claims.ledger_sizes(found.id).get(found.id, (0, 0))

    @reads
    def ledger_claims(self, entry: Id, most: int | None = None) -> list[LedgerClaim]:
        """Return the claims of an entry (the first ``most`` made), by article and number, with who says each and its checking."""
        found = self._claims.in_ledger(self._need(Ledger, entry).id, -1 if most is None else most)
        return self._claims.told(found)

    @reads
    def find_claims(self, typed: str, most: int = 12, *, near: Id | None = None) -> list[FoundClaim]:
        """Return claims of any article that hold all that was typed, or are short-worded so; those of ``near`` first.

        Any text is a query; a number finds the claim of that number in ``near``.
        """
        return self._claims.find(typed, self.layer.id, most, near)

    @reads
    def far_claims(self, claims: Iterable[Id]) -> dict[Id, FoundClaim]:
        """Return where claims of any articles stand, by their ids; those that are gone are left out."""
        return self._claims.places(claims)
