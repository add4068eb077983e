"""The language the program speaks: every word a person reads passes through ``tr``, or ``trn`` where it counts.

gettext and not Qt's translator, because half of the sentences are made in rooms without Qt (docs/decisions/0007).
The language is chosen once, before the first room with words is imported; so words in tables may be translated where
they are written.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

DOMAIN = "annotator"
_asked: tuple[list[str], str] = ([], "")
_spoken: gettext.NullTranslations = gettext.NullTranslations()


def speak(languages: Sequence[str], folder: Path | str) -> None:
    """Choose the first of these languages (codes such as "nl", "pt_BR") that has a catalogue in a folder, else English."""
    global _asked
    _asked = [*languages], str(folder)
    take(gettext.translation(DOMAIN, folder, [*languages], fallback=True))


def asked() -> tuple[list[str], str]:
    """Return what ``speak`` was last called with, for a process of ours that is to speak the same."""
    return _asked


def spoken() -> str:
    """Return the code of the language spoken, as its catalogue says; empty for the English of the source."""
    return _spoken.info().get("language", "")


def of_the_system() -> list[str]:
    """Return the languages the user's system asks for, best first; English ends the list: what stands after it is less."""
    wanted: list[str] = []
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted += (part.split(".")[0] for part in os.environ.get(name, "").split(":"))
    if not any(wanted) and sys.platform == "win32":
        import ctypes  # only where nothing in the environment says it
        import locale

        wanted.append(locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ""))
    found = [code for code in dict.fromkeys(wanted) if code]
    english = next((at for at, code in enumerate(found) if code.split("_")[0] in ("en", "C", "POSIX")), len(found))
    return found[:english]


def take(catalogue: gettext.NullTranslations) -> None:
    """Speak from a catalogue; for tests that look whether words escape it."""
    global _spoken  # one process speaks one language, as it has one locale
    _spoken = catalogue


def tr(words: str, /, **values: object) -> str:
    """Return words in the language spoken, ``{name}`` filled from the values. ``words`` is a literal, never an f-string."""
    found = _spoken.gettext(words)
    return found.format(**values) if values else found


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the words for one or for many, ``{n}`` filled with the number, grouped by thousands."""
    return _spoken.ngettext(one, many, n).format(n=f"{n:,}", **values)


def trc(about: str, words: str, /, **values: object) -> str:
    """Return words whose translation depends on what they are about ("Open" the verb, "open" the state)."""
    found = _spoken.pgettext(about, words)
    return found.format(**values) if values else found
