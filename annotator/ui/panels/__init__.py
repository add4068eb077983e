"""The panels beside the article: PANELS says which there are, in order, for whom, and how much room they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.entities import EntitiesPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.sources import SourcesPanel
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

PROFILES = ("teacher", "editor", "researcher")


@dataclass(frozen=True)
class PanelKind:
    """A panel the window can show. A wide one takes room from the library, never from the text."""

    key: str
    title: str
    make: Callable[[Workspace, Theme], QWidget]
    profiles: tuple[str, ...] = PROFILES
    wide: bool = False


PANELS: tuple[PanelKind, ...] = (
    PanelKind("details", "Details", Inspector),
    PanelKind("claims", "Claims", ClaimsPanel, wide=True),
    PanelKind("sources", "Sources", SourcesPanel, wide=True),
    PanelKind("entities", "Entities", EntitiesPanel, ("editor", "researcher"), wide=True),
)


def panels_for(profile: str) -> tuple[PanelKind, ...]:
    """Return the panels of a profile, in order."""
    return tuple(p for p in PANELS if profile in p.profiles)
