"""Profiles: which fields show, that none loses a value; fields from the code book; projects that can only be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from annotator.project import Project
from annotator.storage.schema import RECORDED
from annotator.ui.controls import Button, QuietCombo
from annotator.ui.panels.checking import CheckSection
from annotator.ui.panels.fields import FactField, NoteField, TermCombo
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.relations import RelationSection
from annotator.ui.panels.words import Chip, TagEditor
from tests.ui.panels.test_inspector import inspector, named, pick, type_into

__all__ = ["inspector"]

TEACHER_CLAIM = [
    "Type",
    "Form",
    "Worth checking",
    "Naming",
    "Affiliation",
    "Verdict",
    "Evidence",
    "Two accounts",
    "Note",
]
EDITOR_CLAIM = [
    "Type",
    "Form",
    "Worth checking",
    "Cue load",
    "Cue function",
    "Status",
    "Verdict",
    "Evidence",
    "Other claims",
    "Note",
    "Tags",
]
RESEARCHER_CLAIM = [
    "Type", "Form", "Worth checking", "In short", "Cue load", "Cue function", "Stance", "Polarity", "Determinacy", "Known through", "Status",
    "Verdict", "Evidence", "Other claims", "Note", "Tags",
]  # fmt: skip
TEACHER_SOURCE = ["Refers to", "Name", "Naming", "Affiliation", "Note"]
EDITOR_SOURCE = [
    "Refers to", "Name", "Also called", "Is the entity", "Naming", "Kind", "Role", "Affiliation", "Ground rules",
    "Reason for anonymity given", "Independence", "Note",
]  # fmt: skip
RESEARCHER_SOURCE = [*EDITOR_SOURCE, "Part here", "Proximity", "Class", "Side"]


def profile(inspector, marked, name):
    marked.project.set_profile(name)
    inspector.set_profile(name)
    inspector.refresh_if_stale()


def fields(inspector):
    """Return the names of the fields shown, from top to bottom."""
    page = inspector.page
    found = []
    for kind in (QComboBox, QLineEdit, QPlainTextEdit, TagEditor, CheckSection, RelationSection):
        for widget in page.findChildren(kind):
            if not widget.isVisibleTo(page) or isinstance(widget.parentWidget(), TagEditor):
                continue
            name = widget.accessibleName()
            at = widget.mapTo(page, widget.rect().topLeft()).y()
            if isinstance(widget, CheckSection):
                found += [(at + 1, "Verdict"), (at + 2, "Evidence")]
            elif isinstance(widget, RelationSection):
                found.append((at, widget.list.accessibleName()))
            elif name:
                found.append((at, name))
    return {name for _, name in found}


@pytest.mark.parametrize(
    ("who", "mark", "wanted"),
    [
        ("teacher", "low", TEACHER_CLAIM),
        ("editor", "low", EDITOR_CLAIM),
        ("researcher", "low", RESEARCHER_CLAIM),
        ("teacher", "clerks", TEACHER_SOURCE),
        ("editor", "clerks", EDITOR_SOURCE),
        ("researcher", "clerks", RESEARCHER_SOURCE),
    ],
)
def test_a_profile_shows_its_fields_and_no_other(inspector, marked, who, mark, wanted):
    profile(inspector, marked, who)
    marked.workspace.choose(marked.ids[mark])
    assert fields(inspector) == set(wanted)


def rows(project):
    return {table: set(project._store.db.execute(f'SELECT * FROM "{table}"')) for table in RECORDED}


def test_no_value_is_lost_by_going_to_teacher_and_back(inspector, marked):
    project, link, source = marked.project, marked.ids["link"], marked.ids["ida_source"]
    project.edit_claim(
        marked.ids["low"], type="interpretation", form="mixed", short_text="Low", reasons=frozenset({"harm"})
    )
    project.edit_attribution(link, polarity="negative", determinacy="indefinite", stance="opposes", function="belief")
    project.edit_source(
        source, proximity="first_hand", side="the office", class_="primary", ground_rules="background",
        independence_group="books", anonymity_reason="no",
    )  # fmt: skip
    project.relate(marked.ids["low"], marked.ids["count"], "contradicts")
    before, steps = rows(project), len(project.steps())
    for who in ("researcher", "teacher", "editor", "researcher"):
        profile(inspector, marked, who)
        for mark in ("low", "ida", "harl"):
            marked.workspace.choose(marked.ids[mark])
            inspector.refresh_if_stale()
            inspector.commit()
    assert rows(project) == before
    assert len(project.steps()) == steps
    marked.workspace.choose(marked.ids["low"])
    assert named(inspector, QuietCombo, "Polarity").value == "negative"


def test_what_is_being_typed_is_written_when_the_profile_changes(qtbot, inspector, marked):
    profile(inspector, marked, "researcher")
    marked.workspace.choose(marked.ids["ida"])
    type_into(qtbot, named(inspector, FactField, "Side"), "The books")
    profile(inspector, marked, "teacher")
    assert marked.annotated.sources[marked.ids["ida_source"]].side == "The books"


def test_a_teacher_sees_finer_values_in_plain_words_and_keeps_them(inspector, marked):
    marked.project.edit_claim(marked.ids["low"], type="interpretation", form="mixed")
    profile(inspector, marked, "teacher")
    marked.workspace.choose(marked.ids["low"])
    assert named(inspector, QuietCombo, "Type").value == "opinion"
    pick(named(inspector, QuietCombo, "Type"), "opinion")
    assert marked.claim("low").type == "interpretation"


# -- fields and the code book


def test_a_choice_says_what_its_terms_mean(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    combo = named(inspector, TermCombo, "Type")
    at = combo.findData("prediction")
    assert "Says what will happen" in combo.itemData(at, Qt.ItemDataRole.ToolTipRole)
    assert "could be checked" in combo.toolTip()


def test_a_field_follows_the_code_book_on_the_same_page(inspector, marked):
    marked.workspace.choose(marked.ids["harl"])
    page = inspector.page
    key = marked.project.add_term("entity_kind", "quarry", definition="A hole that is worked.")
    combo = named(inspector, TermCombo, "Kind")
    pick(combo, key)
    assert marked.annotated.entities[marked.ids["harl_entity"]].kind == "quarry"
    marked.project.rename_term("entity_kind", key, "pit")
    assert inspector.page is page
    assert combo.currentText() == "Pit"
    assert "A hole" in combo.toolTip()


def test_renamed_verdicts_stand_in_the_scale(inspector, marked):
    project = marked.project
    project.add_evidence(marked.ids["low"], "supports", title="The books")
    project.verify(marked.ids["low"], "checked", verdict="5")
    marked.workspace.choose(marked.ids["low"])
    scale = inspector.page.check.scale
    assert scale.accessibleName() == "Verdict: Supported"
    project.rename_term("verdict", "5", "borne out")
    assert scale.accessibleName() == "Verdict: Borne out"
    assert marked.workspace.annotated.code_book.label("verdict", "5") == "borne out"


def test_an_affiliation_field_offers_the_list_and_adds_to_it(qtbot, inspector, marked):
    marked.project.add_term("affiliation", "Valley council")
    marked.workspace.choose(marked.ids["ida"])
    field = named(inspector, FactField, "Affiliation")
    type_into(qtbot, field, "Val")
    offered = field.completer().model()
    assert [offered.index(n, 0).data() for n in range(offered.rowCount())] == ["Tarn Water Board", "Valley council"]
    type_into(qtbot, field, "Mill Street")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "Mill Street" in [t.label for t in marked.project.terms("affiliation")]


# -- relations


def test_a_claim_is_related_to_another_by_its_number(qtbot, inspector, marked):
    profile(inspector, marked, "researcher")
    marked.workspace.choose(marked.ids["low"])
    section = inspector.page.relations
    section.add.click()
    pick(section.form.how, "contradicts")
    qtbot.keyClicks(section.form.which, "1")
    qtbot.keyClick(section.form.which, Qt.Key.Key_Return)
    (made,) = marked.annotated.relations
    assert (made.from_claim, made.to_claim, made.kind) == (marked.ids["low"], marked.ids["count"], "contradicts")
    assert section.list.values[0].how == "Contradicts"
    marked.workspace.choose(marked.ids["count"])
    assert inspector.page.relations.list.values[0].how == "Is contradicted by"
    inspector.page.relations.list.delete_asked.emit(inspector.page.relations.list.values[0])
    assert not marked.annotated.relations
    marked.project.undo()
    assert len(marked.annotated.relations) == 1


def test_while_one_types_the_claims_that_fit_are_offered_and_words_of_one_relate_it(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    section = inspector.page.relations
    section.add.click()
    qtbot.keyClicks(section.form.which, "TRUCKS an")
    offered = section.form.which.completer().model()
    assert [offered.index(n, 0).data() for n in range(offered.rowCount())] == [
        "1  “the bridge carries nine trucks an hour”"
    ]
    qtbot.keyClick(section.form.which, Qt.Key.Key_Return)
    assert [r.from_claim for r in marked.annotated.relations] == [marked.ids["count"]]  # a reply to this one


def test_words_that_several_claims_have_relate_nothing(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    section = inspector.page.relations
    section.add.click()
    qtbot.keyClicks(section.form.which, "the")
    qtbot.keyClick(section.form.which, Qt.Key.Key_Return)
    assert not marked.annotated.relations
    assert section.form.isVisible()


# -- read-only


@pytest.fixture
def reader(qtbot, marked, tmp_path, theme):
    path = tmp_path / "read.annot"
    marked.project.backup(path)
    workspace = marked.workspace
    workspace.close()
    assert workspace._take(lambda: Project.open(path, read_only=True))
    made = Inspector(workspace, theme)
    qtbot.addWidget(made)
    made.resize(352, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("mark", ["low", "ida", "harl", None])
def test_nothing_looks_editable_where_the_project_can_only_be_read(qtbot, reader, marked, mark):
    why = reader.workspace.project.why_read_only
    reader.workspace.choose(marked.ids[mark] if mark else None)
    reader.refresh()
    page = reader.page
    assert not [b for b in page.findChildren(Button) if b.isVisibleTo(page)]
    for kind in (FactField, NoteField):
        for field in page.findChildren(kind):
            assert field.isReadOnly()
            assert why in field.toolTip()
    for combo in page.findChildren(QuietCombo):
        assert why in combo.toolTip()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert not combo.view().isVisible()
    for chip in page.findChildren(Chip):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
        assert why in chip.toolTip()
    for editor in page.findChildren(TagEditor):
        assert not editor.field.isVisibleTo(page)
