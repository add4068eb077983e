"""Fields: what is typed is sent once; no mark-up is ever shown as such."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.ui.controls import QuietCombo, Segmented, plain_tip
from annotator.ui.panels.fields import FactField, NoteField
from annotator.ui.panels.words import TagEditor


def test_a_fact_is_sent_once(qtbot, theme):
    field = FactField(theme, "Role", None)
    qtbot.addWidget(field)
    sent = []
    field.committed.connect(sent.append)
    qtbot.keyClicks(field, "  book   keeper ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.commit()
    assert sent == ["book keeper"]


def test_emptying_a_fact_means_not_filled_in(qtbot, theme):
    field = FactField(theme, "Role", "baker")
    qtbot.addWidget(field)
    sent = []
    field.committed.connect(sent.append)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sent == [None]


def test_a_note_keeps_no_break_spaces_and_lines(qtbot, theme):
    field = NoteField(theme, "Note", None)
    qtbot.addWidget(field)
    sent = []
    field.committed.connect(sent.append)
    field.setPlainText("nine\u00a0trucks\nan hour")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == ["nine\u00a0trucks\nan hour"]


def test_a_tag_is_not_added_twice(qtbot, theme):
    tags = TagEditor(theme, "Tags", ("River",), add="Add tag")
    qtbot.addWidget(tags)
    tags.field.setText("river")
    tags.commit()
    assert tags.words == ("River",)
    assert tags.field.text() == ""


def test_the_wheel_changes_no_choice(qtbot, theme):
    combo = QuietCombo(theme, "Form", [(None, "Not filled in"), ("direct", "Direct")], "direct")
    qtbot.addWidget(combo)
    assert combo.value == "direct"
    combo.set_value("headline")
    assert combo.currentText() == "Headline"


def test_segments_move_by_arrow(qtbot, theme):
    segments = Segmented(theme, "Show", ["All", "To do", "Done"])
    qtbot.addWidget(segments)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    assert (segments.accessibleName(), segments.spoken_value()) == ("Show", "To do")


def test_tool_tips_show_mark_up_as_words():
    assert plain_tip("<b>x</b>") == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"
