"""The panels beside the article: PANELS says which there are, in order, for whom, and how much room they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from annotator.language import tr
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


# A panel's module is imported when the panel is first made: the window starts without any.


def _details(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.inspector import Inspector

    return Inspector(workspace, theme)


def _claims(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.claims import ClaimsPanel

    return ClaimsPanel(workspace, theme)


def _sources(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.sources import SourcesPanel

    return SourcesPanel(workspace, theme)


def _entities(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.entities import EntitiesPanel

    return EntitiesPanel(workspace, theme)


def _history(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.history import HistoryPanel

    return HistoryPanel(workspace, theme)


def _audit(workspace: Workspace, theme: Theme) -> QWidget:
    from annotator.ui.panels.audit import AuditPanel

    return AuditPanel(workspace, theme)


PANELS: tuple[PanelKind, ...] = (
    PanelKind("details", tr("Details"), _details),
    PanelKind("claims", tr("Claims"), _claims, wide=True),
    PanelKind("sources", tr("Sources"), _sources, wide=True),
    PanelKind("entities", tr("Entities"), _entities, ("editor", "researcher"), wide=True),
    PanelKind("audit", tr("Audit"), _audit, wide=True),
    PanelKind("history", tr("History"), _history),
)


def panels_for(profile: str) -> tuple[PanelKind, ...]:
    """Return the panels of a profile, in order."""
    return tuple(p for p in PANELS if profile in p.profiles)
