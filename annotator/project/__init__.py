"""An open project: every write is one named, atomic, undoable action, told to its listeners in one notice."""

from __future__ import annotations

from annotator.project.project import Project, sentences_of
from annotator.project.registers import EntitySummary
from annotator.storage import Changes, Step
from annotator.storage.articles import ArticleSummary, Hit, Original
from annotator.storage.integrity import Fault

__all__ = [
    "ArticleSummary",
    "Changes",
    "EntitySummary",
    "Fault",
    "Hit",
    "Original",
    "Project",
    "Step",
    "sentences_of",
]
