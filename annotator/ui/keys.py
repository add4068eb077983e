"""The user's own keys: only what differs from the table of commands; what may be a key, and whose it is already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.language import tr
from annotator.ui.actions import COMMANDS, Command, command, key_words

PORTABLE = QKeySequence.SequenceFormat.PortableText
FIXED = ("edit.undo", "edit.copy", "view.next_place", "view.previous_place")
"""Commands that keep their keys: who is lost finds back by them."""
_STEPS = ("Up", "Down", "Left", "Right", "Home", "End")
_MOVING = frozenset((*_STEPS, "PgUp", "PgDown", "Esc", "Tab", "Backtab", "Shift+Tab", "Shift+Backtab", "Return", "Enter",
                     "Shift+Return", "Shift+Enter", "Ctrl+Return", "Ctrl+Enter", "Space", "Menu", "F10", "Shift+F10", "Alt+F4"))  # fmt: skip
"""Keys of the caret, of buttons and lists, and of the system."""
_CARET = frozenset(f"{held}{step}" for held in ("Shift+", "Ctrl+", "Ctrl+Shift+") for step in _STEPS)
_FIELDS = frozenset(("Ctrl+A", "Ctrl+V", "Ctrl+X", "Shift+Ins", "Ctrl+Ins", "Shift+Del"))
_REMOVING = ("Del", "Backspace")
_ONLY_HELD = frozenset(
    (
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L, Qt.Key.Key_Hyper_R, Qt.Key.Key_Mode_switch, Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown,
    )
)  # fmt: skip
_INPUT_METHOD = range(0x01001100, 0x01001180)
"""Keys by which a person begins a sign or changes the script: they never come to the program as keys of their own."""


def read_keys(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return own keys by command from lines as the settings keep them: "mark.claim Q Ctrl+M"; one without keys has none.

    Lines about commands that there are not (any more) are left out, and keys that the command cannot have or that are
    another's own; where no other is left it keeps the table's. A key stands once: a person's own comes before one that a newer version of the
    table gives to something else.
    """
    known, table = {c.id for c in COMMANDS}, KeyTable()
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for line in lines:
        id_, *keys = line.split() or [""]
        if id_ not in known or id_ in FIXED:
            continue
        good = [k for k in dict.fromkeys(map(portable, keys)) if k not in taken and not table.refusal(id_, k)]
        if good or not keys:
            found[id_] = tuple(good)
            taken.update(good)
    fixed = {key for id_ in FIXED for key in command(id_).keys}
    for each in COMMANDS:
        theirs = found.get(each.id, each.keys)
        free = tuple(k for k in theirs if k not in (fixed if each.id in found else taken) or each.id in FIXED)
        if free != theirs:
            found[each.id] = free
    return found


def portable(words: str) -> str:
    """Return a key as Qt names it ("Delete" is "Del"), which is what keys are compared by; empty where it is none."""
    return _named(QKeySequence.fromString(words, PORTABLE))


def _named(key: QKeySequence) -> str:
    """Return the name of one key; empty where the name would not lead back to it, so that it could not be kept."""
    words = key.toString(PORTABLE)
    same = key.count() == 1 and QKeySequence.fromString(words, PORTABLE) == key
    return words if same and len(words.split()) == 1 else ""


def pressed(event: QKeyEvent) -> str | None:
    """Return what was pressed as a key ("Ctrl+Shift+M"); None where only Shift and the like are held.

    Empty for what cannot be a command's: an accent that waits for its letter, a key that changes the script.
    """
    key = Qt.Key(event.key())
    if key in _ONLY_HELD:
        return None
    if key in _INPUT_METHOD:
        return ""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    letter = chr(key) if int(key) < 0x10FFFF else ""
    if letter and not letter.isalpha() and letter.isprintable() and not letter.isspace():
        held &= ~Qt.KeyboardModifier.ShiftModifier  # a sign such as + or ? has Shift in it already on many keyboards
    return _named(QKeySequence(QKeyCombination(held, key)))


class KeyTable:
    """The keys of every command, changeable. Nothing is taken from another command unless ``give`` is told to."""

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.own: dict[str, tuple[str, ...]] = dict(own or {})

    def keys(self, id_: str) -> tuple[str, ...]:
        """Return a command's keys."""
        return self.own[id_] if id_ in self.own else command(id_).keys

    def lines(self) -> tuple[str, ...]:
        """Return what differs from the table, for the settings."""
        return tuple(" ".join((id_, *keys)) for id_, keys in sorted(self.own.items()))

    def differs(self, id_: str) -> bool:
        """Say whether a command has keys of the user's own."""
        return id_ in self.own

    def holder(self, key: str, but: str = "") -> Command | None:
        """Return the command a key belongs to now, other than ``but``."""
        return next((c for c in COMMANDS if c.id != but and key in self.keys(c.id)), None)

    def refusal(self, id_: str, key: str) -> str:
        """Return why a key cannot be a command's; empty where it can."""
        cap, each = key_words(key), command(id_)
        if id_ in FIXED:
            return tr("“{command}” keeps its keys: who is lost finds back by them.", command=each.plain)
        if not key:
            return tr("This key is the keyboard’s own: it cannot be told from others. Press another one.")
        if key in _MOVING | _CARET:
            return tr("{key} moves the caret or the keyboard, everywhere. Press another one.", key=cap)
        if key in _FIELDS or (each.scope == "window" and key.rpartition("+")[2] in _REMOVING):
            return tr("{key} is needed in fields. Press another one.", key=cap)
        holder = self.holder(key, id_)
        if holder is not None and holder.id in FIXED:
            return tr("{key} is always “{command}”. Press another one.", key=cap, command=holder.plain)
        if key.startswith("Alt+") and len(key) == 5 and key[-1].isalpha():
            return tr("{key} opens a menu. Press another one.", key=cap)
        if each.scope == "window" and _types(key):
            return tr(
                "{key} alone types into fields: only commands of the article’s text can have it. Hold Ctrl with it.",
                key=cap,
            )
        return ""

    def give(self, id_: str, key: str, *, add: bool = False) -> Command | None:
        """Make a key a command's only one (``add``: one more); returns the command it was taken from, if any."""
        loser = self.holder(key, id_)
        if loser is not None:
            self._set(loser.id, tuple(k for k in self.keys(loser.id) if k != key))
        before = tuple(k for k in self.keys(id_) if k != key) if add else ()
        self._set(id_, (*before, key))
        return loser

    def clear(self, id_: str) -> None:
        """Leave a command without a key."""
        self._set(id_, ())

    def held_elsewhere(self, id_: str) -> list[Command]:
        """Return the commands that have, by now, a key the table gives to this one."""
        found = (self.holder(key, id_) for key in command(id_).keys)
        return list(dict.fromkeys(c for c in found if c is not None))

    def reset(self, id_: str) -> None:
        """Give a command the table's keys again, from whoever has them."""
        for key in command(id_).keys:
            self.give(id_, key, add=True)
        self.own.pop(id_, None)

    def reset_all(self) -> None:
        """Give every command the table's keys again."""
        self.own.clear()

    def _set(self, id_: str, keys: tuple[str, ...]) -> None:
        if keys == command(id_).keys:
            self.own.pop(id_, None)
        else:
            self.own[id_] = keys


def _types(key: str) -> bool:
    """Say whether a key would type something in a field, or change how it types."""
    last = key.removeprefix("Shift+")
    return len(last) == 1 or last in ("Ins", "Space")
