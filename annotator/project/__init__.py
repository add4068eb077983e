"""An open project: every write is one named, atomic, undoable action, told to its listeners in one notice."""

from __future__ import annotations

from annotator.project.merging import Conflict, Merged, merged_entry, names_of, value_of
from annotator.project.project import Project
from annotator.project.registers import EntitySummary
from annotator.storage import Changes, Step
from annotator.storage.articles import Original
from annotator.storage.integrity import Fault
from annotator.storage.library import ArticleSummary, Hit

__all__ = [
    "ArticleSummary",
    "Changes",
    "Conflict",
    "EntitySummary",
    "Fault",
    "Hit",
    "Merged",
    "Original",
    "Project",
    "Step",
    "merged_entry",
    "names_of",
    "value_of",
]
