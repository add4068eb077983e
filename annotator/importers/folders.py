"""The originals in a folder and the folders in it, in the order a person would count them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from annotator.importers.readers import EXTENSIONS

_UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp")
_PAGES = (".html", ".htm", ".xhtml")
_BESIDE = ("_files", "-Dateien", "_bestanden", "_fichiers", "_archivos", "_file", "_arquivos")
"""How browsers name the folder beside a page saved whole, for its pictures and scripts."""
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Found:
    """What a folder holds: files that can be read, and those passed over as of no such kind (hidden ones left aside)."""

    files: tuple[Path, ...]
    others: tuple[Path, ...]
    closed: tuple[Path, ...] = ()
    """Folders that may not be listed."""


def is_folder(path: Path) -> bool:
    """Say whether there is a folder at a path; what may not be looked at, or can be no path at all, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def files_in(folder: Path, *, is_cancelled: Callable[[], bool] = lambda: False) -> Found:
    """Find the files in a folder and all folders in it whose names end as those of originals do.

    Natural order: "2.txt" before "10.txt", the files of a folder before those of the folders in it. Hidden files,
    locks of Office (``~$…``), half downloads and what a browser keeps beside a saved page are no files here; a folder
    that was walked already, through a link, is not walked again.
    """
    found: list[Path] = []
    others: list[Path] = []
    closed: list[Path] = []
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting and not is_cancelled():
        here = waiting.pop()
        try:
            files, folders, rest = _listed(here, seen)
        except (FileNotFoundError, NotADirectoryError):
            continue  # it went while the others were looked at
        except OSError:
            closed.append(here)
            continue
        found += files
        others += rest
        waiting += reversed(folders)
    return Found(tuple(found), tuple(others), tuple(closed))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people count: numbers in them by their value, case left aside."""
    parts = _NUMBER.split(name.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)


def _listed(folder: Path, seen: set[tuple[int, int]]) -> tuple[list[Path], list[Path], list[Path]]:
    """Return a folder's originals, the folders in it, and the other files it holds. Raises OSError."""
    itself = folder.stat()
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda e: natural(e.name))
    if (itself.st_dev, itself.st_ino) in seen and itself.st_ino:
        return [], [], []
    seen.add((itself.st_dev, itself.st_ino))
    files: list[Path] = []
    folders: list[Path] = []
    others: list[Path] = []
    pages = {PurePath(e.name).stem for e in entries if e.name.casefold().endswith(_PAGES)}
    for entry in entries:
        if entry.name.startswith((".", "~$", "__MACOSX")):
            continue
        if _is_folder(entry):
            if not _is_beside(entry.name, pages):
                folders.append(Path(entry.path))
        elif entry.name.casefold().endswith(EXTENSIONS):
            files.append(Path(entry.path))
        elif not entry.name.casefold().endswith(_UNFINISHED):
            others.append(Path(entry.path))
    return files, folders, others


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_beside(name: str, pages: set[str]) -> bool:
    return any(name.endswith(ending) and name.removesuffix(ending) in pages for ending in _BESIDE)
