"""Projects opened lately, newest first: the list from the settings, with the counts each had when it was last here."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSettings

from annotator.errors import WriteError
from annotator.settings import Settings


@dataclass(frozen=True)
class Recent:
    """A project as it was when it was last open here; counts are None where nobody noted them."""

    path: Path
    articles: int | None = None
    claims: int | None = None
    day: str = ""


class RecentProjects:
    """Reads and keeps the list. A setting that cannot be kept is no reason to stop: it holds until the program ends."""

    KEY = "project_counts"

    def __init__(self, settings: Settings, state: QSettings) -> None:
        self._settings = settings
        self._state = state

    def all(self) -> list[Recent]:
        """Return the projects that are still there."""
        counts = self._counts()
        rows: list[Recent] = []
        for name in self._settings.list_("recent_projects"):
            path = Path(name)
            noted = counts.get(name, {})
            if _there(path):
                rows.append(Recent(path, noted.get("articles"), noted.get("claims"), str(noted.get("day", ""))))
        return rows

    def remember(self, path: Path, articles: int, claims: int) -> None:
        """Put a project on top, with its counts."""
        with suppress(WriteError):
            self._settings.remember_project(path)
        kept = set(self._settings.list_("recent_projects"))
        counts = {k: v for k, v in self._counts().items() if k in kept}
        counts[str(path.resolve())] = {"articles": articles, "claims": claims, "day": date.today().isoformat()}
        self._state.setValue(self.KEY, json.dumps(counts))

    def last(self) -> Path | None:
        """Return the project opened last, where it is still there."""
        name = self._settings.text("last_project")
        return Path(name) if name and _there(Path(name)) else None

    def _counts(self) -> dict[str, dict[str, Any]]:
        try:
            found: object = json.loads(str(self._state.value(self.KEY, "{}")))
        except (ValueError, RecursionError):
            return {}
        pairs = cast("dict[str, Any]", found).items() if isinstance(found, dict) else ()
        return {k: cast("dict[str, Any]", v) for k, v in pairs if isinstance(v, dict)}


def _there(path: Path) -> bool:
    """Say whether a project's file is there; a name no file can have is none."""
    try:
        return path.is_file()
    except OSError:
        return False
