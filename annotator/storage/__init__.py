"""The only room that speaks SQL: one project file, its history, its integrity, its copies."""

from __future__ import annotations

from annotator.storage.changes import Changes
from annotator.storage.store import Step, Store

__all__ = ["Changes", "Step", "Store"]
