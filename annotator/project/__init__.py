"""An open project: every write is one named, atomic, undoable action, told to its listeners in one notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.project.merging import Conflict, Merged, merged_entry, names_of, value_of
from annotator.project.project import Project
from annotator.project.registers import EntitySummary
from annotator.storage import Changes, Step
from annotator.storage.articles import Original
from annotator.storage.integrity import Fault
from annotator.storage.library import ArticleSummary, Hit

if TYPE_CHECKING:
    from annotator.storage.claims import EvidenceUse, FoundClaim, LedgerClaim, Said
else:

    def __getattr__(name: str) -> object:
        """Import what tells of claims over all articles when it is first wanted: the window starts without it."""
        if name not in ("EvidenceUse", "FoundClaim", "LedgerClaim", "Said"):
            raise AttributeError(name)
        from annotator.storage import claims

        return getattr(claims, name)


__all__ = [
    "ArticleSummary",
    "Changes",
    "Conflict",
    "EntitySummary",
    "EvidenceUse",
    "Fault",
    "FoundClaim",
    "Hit",
    "LedgerClaim",
    "Merged",
    "Original",
    "Project",
    "Said",
    "Step",
    "merged_entry",
    "names_of",
    "value_of",
]
