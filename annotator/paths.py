"""Where resources and the user's folders are; the only module that knows.

Every path returned is absolute. ``ANNOTATOR_HOME`` moves the user's folders (tests, a stick).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

_APP = "Article Annotator"


def resources() -> Path:
    """Return the folder of shipped files: inside an installed wheel, else in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of one shipped file or folder."""
    return resources().joinpath(*parts)


def _home() -> Path | None:
    home = os.environ.get("ANNOTATOR_HOME")
    return Path(home).resolve() if home else None


def documents() -> Path:
    """Return the folder new projects are offered in."""
    home = _home()
    return home / "documents" if home else Path(platformdirs.user_documents_dir())


def data() -> Path:
    """Return the folder for the sample copy and daily backups."""
    home = _home()
    return home / "data" if home else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def config() -> Path:
    """Return the folder for settings and window state."""
    home = _home()
    return home / "config" if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def backups(project: Path) -> Path:
    """Return the folder of a project's daily backups: its own, since two projects may share a name."""
    return data() / "backups" / f"{project.stem} {hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:8]}"


def log_file() -> Path:
    """Return the file unexpected errors are written to."""
    home = _home()
    return (home / "log" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))) / "annotator.log"


def is_there(path: Path) -> bool:
    """Say whether something stands there; a name nothing can have and a folder nobody may look into hold nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one file; where either cannot be looked at they do not."""
    try:
        return one.samefile(other)
    except OSError:
        return False
