"""The table of settings, and the file they are kept in; no window. The preferences are made from the table."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, cast

from annotator.errors import WriteError
from annotator.language import tr

Kind = Literal["choice", "text", "number", "flag", "path", "list"]
Value = str | int | bool | tuple[str, ...]

FILE_NAME = "settings.json"
"""Name of the file in the user's folder of settings."""

RECENT = 12
"""How many projects are remembered."""


@dataclass(frozen=True)
class Setting:
    """One setting: what it is called, what it may hold, and what it is until somebody chooses.

    ``choices`` pairs each value with its words. ``low`` and ``high`` bound a number. A setting of group "" is what the
    program remembers by itself and shows in no dialog.
    """

    key: str
    group: str
    kind: Kind
    default: Value
    label: str = ""
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0

    def accepts(self, value: object) -> bool:
        """Say whether the setting may hold a value."""
        match self.kind:
            case "choice":
                return any(value == choice for choice, _ in self.choices)
            case "text" | "path":
                return isinstance(value, str) and "\n" not in value and "\x00" not in value
            case "number":
                return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high
            case "flag":
                return isinstance(value, bool)
            case "list":
                return isinstance(value, tuple) and all(isinstance(v, str) for v in cast("tuple[object, ...]", value))


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme", tr("Look"), "choice", "system", tr("Colours"), tr("Light or dark, or what the system shows."),
        (
            ("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark")),
            ("light-contrast", tr("Light, high contrast")), ("dark-contrast", tr("Dark, high contrast")),
        ),
    ),
    Setting(
        "column", tr("Look"), "choice", "usual", tr("Width of the column"), tr("How many letters stand in a line of the article."),
        (("narrow", tr("Narrow")), ("usual", tr("Usual")), ("wide", tr("Wide"))),
    ),
    Setting("numbered", tr("Look"), "flag", False, tr("Line numbers beside the text"), tr("Every fifth line has its number.")),
    Setting("zoom", tr("Look"), "number", 100, tr("Size of the article"), tr("In per cent of the usual size."), low=70, high=200),
    Setting(
        "profile", tr("Work"), "choice", "editor", tr("Profile of new projects"),
        tr("Which fields and panels show. Changing it hides; it never deletes."),
        (("teacher", tr("Teacher")), ("editor", tr("Editor")), ("researcher", tr("Researcher"))),
    ),
    Setting(
        "coder_name", tr("Work"), "text", tr("Me"), tr("Your name"),
        tr("Stands in new projects, in Word comments and at verdicts. Files are mailed: write what others may read."),
    ),
    Setting("coder_initials", tr("Work"), "text", "", tr("Your initials"), tr("Left empty: the first letters of your name.")),
    Setting(
        "daily_backup", tr("Work"), "flag", True, tr("Keep a daily copy"),
        tr("Once a day of use a checked copy of the project is put into your data folder; older copies are thinned out."),
    ),
    Setting(
        "paper", tr("Reports"), "choice", "A4", tr("Paper"), tr("Size of the page in reports."),
        (("A4", tr("A4 (210 × 297 mm)")), ("Letter", tr("Letter (8.5 × 11 in)"))),
    ),
    Setting(
        "template", tr("Reports"), "path", "", tr("Word template"),
        tr("A Word file whose styles reports take. Left empty: the template that comes with the program."),
    ),
    Setting("report_author", tr("Reports"), "text", "", tr("Author of reports"), tr("Left empty: your name.")),
    Setting(
        "line_numbers", tr("Reports"), "flag", True, tr("Line numbers on worksheets"),
        tr("A class finds a place by its number."),
    ),
    Setting("keys", "", "list", ()),
    Setting("recent_commands", "", "list", ()),
    Setting("text_alone", "", "flag", False),
    Setting("last_project", "", "path", ""),
    Setting("recent_projects", "", "list", ()),
    Setting("last_folder", "", "path", ""),
    Setting("profile_asked", "", "flag", False),
    Setting("tour_done", "", "flag", False),
    Setting("tour_stop", "", "number", 0, low=0, high=20),
)  # fmt: skip

BY_KEY = {s.key: s for s in SETTINGS}


class Settings:
    """What the user chose, kept in one JSON file. Every change is written at once, and whole or not at all."""

    def __init__(self, file: Path, stored: dict[str, Any] | None = None, trouble: str = "") -> None:
        self._file = file
        self._stored = dict(stored or {})
        self.trouble = trouble
        """A sentence for the user where the file could not be read; else empty."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the settings kept in a folder; a broken file is put aside and the settings start afresh."""
        file = folder / FILE_NAME
        try:
            return cls(file, _read(file))
        except FileNotFoundError:
            return cls(file)
        except OSError as error:
            return cls(file, trouble=_unread(error))
        except ValueError:
            kept = file.with_name(file.name + ".broken")
            with contextlib.suppress(OSError):
                file.replace(kept)
            said = tr("Your settings were damaged and start afresh; the old file is kept as “{file}”.", file=kept)
            return cls(file, trouble=said)

    def __getitem__(self, key: str) -> Value:
        """Return a setting's value, or its default where nobody chose or what is kept makes no sense."""
        setting = BY_KEY[key]
        value: object = self._stored.get(key, setting.default)
        if setting.kind == "list" and isinstance(value, list):
            value = tuple(cast("list[object]", value))
        return cast("Value", value) if setting.accepts(value) else setting.default

    def text(self, key: str) -> str:
        """Return a choice, text or path."""
        return str(self[key])

    def number(self, key: str) -> int:
        """Return a number."""
        return int(cast("int", self[key]))

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        return bool(self[key])

    def list_(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return cast("tuple[str, ...]", self[key])

    def put(self, **values: Value) -> None:
        """Keep values by key. Raises ValueError for what a setting cannot hold, WriteError where the disk refuses.

        After a WriteError the values hold until the program ends.
        """
        for key, value in values.items():
            if not BY_KEY[key].accepts(value):
                raise ValueError(f"the setting {key} cannot be {value!r}")
        changed = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
        self._stored |= changed
        # Another window may have kept something meanwhile, and a newer version may know keys this one does not.
        with contextlib.suppress(OSError, ValueError):
            self._stored = _read(self._file) | changed
        _write(self._file, self._stored)

    def remember_project(self, path: Path) -> None:
        """Make a project the last one and the first of the recent ones. Raises WriteError."""
        place = str(path.resolve())
        recent = (place, *(p for p in self.list_("recent_projects") if p != place))[:RECENT]
        self.put(last_project=place, recent_projects=recent)


def _unread(error: OSError) -> str:
    reason = error.strerror or tr("the disk refused")
    return tr("Your settings cannot be read ({reason}); the usual ones are used until the program ends.", reason=reason)


def _read(file: Path) -> dict[str, Any]:
    """Return what the file holds. Raises OSError, or ValueError where it is no JSON object."""
    try:
        found: object = json.loads(file.read_text("utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - a damaged file, not a wrong argument
    return cast("dict[str, Any]", found)


def _write(file: Path, values: dict[str, Any]) -> None:
    """Write to a temporary file beside the old one, then put it in its place. Raises WriteError."""
    import tempfile  # only now: the window starts without it

    content = json.dumps(values, ensure_ascii=True, indent=2, sort_keys=True) + "\n"
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(file)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        reason = error.strerror or tr("the disk refused")
        said = tr(
            "Your settings could not be kept in “{folder}”: {reason}. They hold until the program ends; "
            "make room or let the folder be written, and change one again.",
            folder=file.parent, reason=reason,
        )  # fmt: skip
        raise WriteError(said) from error
