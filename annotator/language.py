"""The language the program speaks: every word a person reads passes through ``tr``, or ``trn`` where it counts.

gettext and not Qt's translator, because half of the sentences are made in rooms without Qt (docs/decisions/0007).
The language is chosen once, before the first room with words is imported; so words in tables may be translated where
they are written.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

DOMAIN = "annotator"
_spoken: gettext.NullTranslations = gettext.NullTranslations()


def speak(languages: Sequence[str], folder: Path) -> None:
    """Choose the first of these languages (codes such as "nl", "pt_BR") that has a catalogue in a folder, else English."""
    take(gettext.translation(DOMAIN, folder, list(languages), fallback=True))


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
