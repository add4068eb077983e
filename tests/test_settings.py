"""Settings: defaults, a broken file, keys of other versions, a disk that refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import paths
from annotator.errors import WriteError
from annotator.settings import BY_KEY, FILE_NAME, RECENT, SETTINGS, Settings


def test_every_default_is_allowed_and_every_key_is_its_own():
    assert all(s.accepts(s.default) for s in SETTINGS)
    assert len(BY_KEY) == len(SETTINGS)


def test_what_a_dialog_shows_has_words():
    assert all(s.label and s.note for s in SETTINGS if s.group)
    assert all(words for s in SETTINGS for _, words in s.choices)


def test_without_a_file_everything_is_as_usual(tmp_path: Path):
    settings = Settings.load(tmp_path / "none")
    assert settings["theme"] == "system"
    assert settings.number("zoom") == 100
    assert not settings.trouble
    assert not (tmp_path / "none").exists()


def test_a_choice_is_kept():
    Settings.load(paths.config()).put(theme="dark", zoom=130, line_numbers=False, coder_name="Ada Ø")
    again = Settings.load(paths.config())
    assert (again.text("theme"), again.number("zoom"), again.flag("line_numbers")) == ("dark", 130, False)
    assert again.text("coder_name") == "Ada Ø"


@pytest.mark.parametrize(
    ("key", "value"), [("theme", "pink"), ("zoom", 1000), ("zoom", True), ("line_numbers", 1), ("coder_name", "a\nb")]
)
def test_nonsense_is_refused(tmp_path: Path, key: str, value: object):
    settings = Settings.load(tmp_path)
    with pytest.raises(ValueError, match=key):
        settings.put(**{key: value})
    assert settings[key] == BY_KEY[key].default


def test_nonsense_in_the_file_reads_as_the_default(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text(
        json.dumps({"theme": 7, "zoom": "big", "recent_projects": [1], "paper": "Letter"})
    )
    settings = Settings.load(tmp_path)
    assert settings["theme"] == "system"
    assert settings["zoom"] == 100
    assert settings.list_("recent_projects") == ()
    assert settings["paper"] == "Letter"


def test_keys_of_another_version_are_kept(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text(json.dumps({"from_the_future": [1, 2]}))
    Settings.load(tmp_path).put(theme="light")
    assert json.loads((tmp_path / FILE_NAME).read_text()) == {"from_the_future": [1, 2], "theme": "light"}


def test_two_windows_do_not_overwrite_each_other(tmp_path: Path):
    one, two = Settings.load(tmp_path), Settings.load(tmp_path)
    one.put(theme="dark")
    two.put(zoom=90)
    again = Settings.load(tmp_path)
    assert (again["theme"], again["zoom"]) == ("dark", 90)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe\x00", b""])
def test_a_broken_file_is_put_aside(tmp_path: Path, content: bytes):
    (tmp_path / FILE_NAME).write_bytes(content)
    settings = Settings.load(tmp_path)
    assert settings["theme"] == "system"
    assert "kept as" in settings.trouble
    assert (tmp_path / (FILE_NAME + ".broken")).read_bytes() == content
    settings.put(theme="dark")
    assert Settings.load(tmp_path)["theme"] == "dark"


def test_a_place_that_cannot_be_written_is_told_and_the_choice_holds(tmp_path: Path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    settings = Settings.load(tmp_path / "taken" / "config")
    with pytest.raises(WriteError, match="could not be kept"):
        settings.put(theme="dark")
    assert settings["theme"] == "dark"


def test_recent_projects_come_once_the_last_first(tmp_path: Path):
    settings = Settings.load(tmp_path)
    for n in range(RECENT + 3):
        settings.remember_project(tmp_path / f"{n}.annot")
    settings.remember_project(tmp_path / "5.annot")
    recent = settings.list_("recent_projects")
    assert len(recent) == RECENT
    assert recent[0] == settings.text("last_project") == str(tmp_path / "5.annot")
    assert len(set(recent)) == RECENT


def test_no_temporary_file_stays(tmp_path: Path):
    Settings.load(tmp_path).put(theme="dark")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [FILE_NAME]


def test_a_file_nested_too_deep_is_a_damaged_one(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text("[" * 100_000)
    settings = Settings.load(tmp_path)
    assert settings.trouble
    assert settings["theme"] == "system"
