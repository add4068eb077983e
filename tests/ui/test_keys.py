"""The user's own keys: only differences are kept, nothing is taken silently, some keys cannot be taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui import actions
from annotator.ui.actions import COMMANDS, MENUS, command, hints, key_of, key_words, keys_of, take_keys, with_key
from annotator.ui.keys import FIXED, KeyTable, portable, pressed, read_keys

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def usual_keys():
    yield
    take_keys({})


def event(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, text)


def test_the_table_obeys_its_own_rules() -> None:
    table = KeyTable()
    for each in COMMANDS:
        assert each.menu in MENUS, each.id
        for key in each.keys:
            assert portable(key) == key, (each.id, key)
            assert table.holder(key, each.id) is None, (each.id, key)
            if each.id not in FIXED:
                assert not table.refusal(each.id, key), (each.id, table.refusal(each.id, key))


def test_no_two_things_in_a_menu_share_an_underlined_letter() -> None:
    seen: dict[tuple[str, str], str] = {}
    things = [(c.menu, c.words) for c in COMMANDS]
    things += [(path.partition("/")[0] if "/" in path else "", words) for path, words in MENUS.items()]
    for menu, words in things:
        letter = words.replace("&&", "").partition("&")[2][:1].casefold()
        if letter:
            assert (menu, letter) not in seen, (words, seen[menu, letter])
            seen[menu, letter] = words


def test_everything_in_a_menu_but_the_lists_of_terms_has_an_underlined_letter() -> None:
    without = {c.id for c in COMMANDS if "&" not in c.words}
    assert {id_.partition(".")[0] for id_ in without} <= {"zone", "profile"}, without


def test_only_what_differs_is_kept_and_read_back() -> None:
    table = KeyTable()
    assert table.lines() == ()
    table.give("mark.claim", "Q")
    table.give("mark.claim", "Ctrl+Alt+P", add=True)
    table.clear("mark.source")
    assert table.lines() == ("mark.claim Q Ctrl+Alt+P", "mark.source")
    assert read_keys(table.lines()) == table.own
    table.give("mark.claim", "C")
    table.reset("mark.source")
    assert table.lines() == ()
    assert read_keys(["gone.command Ctrl+J", "", "mark.claim Nonsense+++"]) == {}


def test_a_key_stands_once_whatever_the_settings_hold() -> None:
    own = read_keys(["mark.claim S Ctrl+Z", "mark.entity S", "edit.undo Q"])
    assert own == {"mark.claim": ("S",), "mark.source": ()}
    table = KeyTable(own)
    assert all(table.holder(key, c.id) is None for c in COMMANDS for key in table.keys(c.id))
    assert table.keys("mark.entity") == ("E",)  # its own was another's: it keeps the usual one
    assert read_keys(["mark.delete Del", "mark.note Del"]) == {"mark.delete": ("Del",)}


def test_keys_written_by_hand_are_read_by_their_usual_names_and_only_where_they_can_be_taken() -> None:
    assert read_keys(["mark.note Delete"]) == {"mark.note": ("Del",), "mark.delete": ("Backspace",)}
    assert read_keys(["view.palette A", "link.source Tab Esc Q", "mark.claim Return", "mark.entity Alt+F"]) == {
        "link.source": ("Q",)
    }


def test_a_key_belongs_to_one_command_only() -> None:
    table = KeyTable()
    holder = table.holder("Ctrl+L", "mark.not_a_claim")
    assert holder is command("span.sentence")
    assert table.give("mark.not_a_claim", "Ctrl+L") is holder
    assert table.keys("span.sentence") == () and table.keys("mark.not_a_claim") == ("Ctrl+L",)
    assert table.held_elsewhere("span.sentence") == [command("mark.not_a_claim")]
    table.reset("span.sentence")
    assert table.keys("span.sentence") == ("Ctrl+L",) and table.keys("mark.not_a_claim") == ()
    table.reset_all()
    assert table.keys("mark.not_a_claim") == ("X",)


@pytest.mark.parametrize(
    ("id_", "key", "why"),
    [
        ("mark.claim", "Ctrl+Z", "always “Undo”"),
        ("mark.claim", "F6", "always “Next place”"),
        ("mark.claim", "Tab", "moves the caret"),
        ("mark.claim", "Esc", "moves the caret"),
        ("mark.claim", "Ctrl+Right", "moves the caret"),
        ("mark.claim", "Ctrl+V", "needed in fields"),
        ("mark.claim", "Alt+F", "opens a menu"),
        ("report.export", "R", "types into fields"),
        ("report.export", "Shift+R", "types into fields"),
        ("report.export", "Shift+Space", "types into fields"),
        ("report.export", "Ctrl+Backspace", "needed in fields"),
        ("report.export", "Del", "needed in fields"),
        ("mark.claim", "Shift+Del", "needed in fields"),
        ("mark.claim", "", "keyboard’s own"),
        ("edit.undo", "Ctrl+Alt+P", "keeps its keys"),
    ],
)
def test_keys_that_must_not_be_taken_say_so(id_: str, key: str, why: str) -> None:
    assert why in KeyTable().refusal(id_, key)


def test_other_keys_can_be_taken() -> None:
    for id_, key in (
        ("mark.claim", "Q"),
        ("mark.claim", "Shift+Q"),
        ("report.export", "Ctrl+Alt+R"),
        ("go.next", "F7"),
    ):
        assert not KeyTable().refusal(id_, key)


def test_what_is_pressed_is_named_as_the_table_names_it() -> None:
    assert pressed(event(Qt.Key.Key_M, CTRL | SHIFT)) == "Ctrl+Shift+M"
    assert pressed(event(Qt.Key.Key_Plus, SHIFT, "+")) == "+"
    assert pressed(event(Qt.Key.Key_Question, CTRL | SHIFT)) == "Ctrl+?"
    assert pressed(event(Qt.Key.Key_Delete)) == "Del" and KeyTable().holder("Del") is command("mark.delete")
    assert pressed(event(Qt.Key.Key_Escape)) == "Esc"
    assert pressed(event(Qt.Key.Key_F7)) == "F7"
    assert pressed(event(Qt.Key.Key_5, CTRL | Qt.KeyboardModifier.KeypadModifier)) == "Ctrl+5"


@pytest.mark.parametrize(
    "key", ["Dead_Acute", "Multi_key", "Kanji", "Hangul", "ydiaeresis", "nobreakspace", "VolumeUp"]
)
def test_what_cannot_be_kept_as_a_key_has_no_name(key: str) -> None:
    assert pressed(event(Qt.Key[f"Key_{key}"])) == ""


@pytest.mark.parametrize("key", ["Shift", "Super_L", "Hyper_R", "Mode_switch", "AltGr", "NumLock", "ScrollLock"])
def test_keys_that_are_only_held_are_waited_out(key: str) -> None:
    assert pressed(event(Qt.Key[f"Key_{key}"])) is None


def test_caps_are_short_and_whole() -> None:
    shown = {
        "+": "+",
        "Ctrl++": "Ctrl++",
        "Ctrl+-": "Ctrl+-",
        "Alt+Shift+Left": "Alt+Shift+←",
        "Del": "Del",
        "C": "C",
    }
    assert {key: key_words(key) for key in shown} == shown


def test_own_keys_are_shown_everywhere() -> None:
    take_keys({"mark.claim": ("Q",), "mark.source": ()})
    assert key_of("mark.claim") == "Q" and keys_of("mark.source") == () and key_of("mark.entity") == "E"
    assert hints("mark.claim", "mark.source", "mark.entity") == [("Q", "claim"), ("E", "entity")]
    assert with_key("Mark it", "mark.claim") == "Mark it (Q)" and with_key("Mark it", "mark.source") == "Mark it"
    assert actions.caps()["claim"] == "Q" and actions.caps()["source"] == "“Source”"


def test_every_sentence_key_names_a_command() -> None:
    assert set(actions._NAMED.values()) <= {c.id for c in COMMANDS}
