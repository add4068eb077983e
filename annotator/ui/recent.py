"""Projects opened lately, newest first, kept beside the window's state."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSettings

KEPT = 12


@dataclass(frozen=True)
class Recent:
    """A project as it was when it was last closed or opened here."""

    path: str
    articles: int
    claims: int
    day: str

    @property
    def name(self) -> str:
        """The project's name."""
        return Path(self.path).stem


class RecentProjects:
    """The list, in the window's settings; what cannot be read there is passed over."""

    KEY = "recent"

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def all(self) -> list[Recent]:
        """Return the projects that are still there."""
        try:
            found: object = json.loads(str(self._settings.value(self.KEY, "[]")))
        except ValueError:
            return []
        rows: list[Recent] = []
        for entry in cast("list[Any]", found) if isinstance(found, list) else []:
            try:
                row = Recent(str(entry["path"]), int(entry["articles"]), int(entry["claims"]), str(entry["day"]))
            except (KeyError, TypeError, ValueError):
                continue
            if Path(row.path).is_file():
                rows.append(row)
        return rows

    def remember(self, path: Path, articles: int, claims: int) -> None:
        """Put a project on top."""
        new = Recent(str(path.resolve()), articles, claims, date.today().isoformat())
        rows = [new, *(r for r in self.all() if r.path != new.path)][:KEPT]
        self._settings.setValue(self.KEY, json.dumps([asdict(r) for r in rows]))

    def last(self) -> Path | None:
        """Return the project opened last, where it is still there."""
        rows = self.all()
        return Path(rows[0].path) if rows else None
