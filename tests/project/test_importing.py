"""Many articles in batches: each in the file once it is acknowledged, all of them one step of the history."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import StorageFull
from annotator.model import Id
from annotator.project import Changes, Project
from annotator.project.importing import TakenBack, batched
from tests.project.drafts import Draft, draft


def some(n: int, what: str = "Report") -> list[Draft]:
    return [draft(f"{what} {k}\n\nFerry number {k}.") for k in range(n)]


def names(project: Project) -> list[str]:
    return [s.name for s in project.steps()]


def test_batches_are_one_step_and_one_notice_each(project: Project) -> None:
    told: list[Changes] = []
    project.subscribe(told.append)
    batches = project.importing(initiator="queue")
    first, second = batches.put(some(3)), batches.put(some(2, "Note"))
    assert project.article_ids() == [*first, *second]
    assert batches.count == 5
    assert names(project) == ["add 5 articles"]
    assert [(c.articles, c.texts, c.initiator) for c in told] == [
        (set(first), set(first), "queue"), (set(second), set(second), "queue"),
    ]  # fmt: skip
    assert [c.touched_articles for c in told] == [set(first), set(second)]
    assert batches.put([]) == []
    project.undo()
    assert project.article_ids() == []
    assert told[-1].articles == {*first, *second}
    project.redo()
    assert project.article_ids() == [*first, *second]
    assert {h.article for h in project.search("ferry")} == {*first, *second}
    assert project.check() == []


def test_each_batch_is_in_the_file_when_it_is_acknowledged(project: Project) -> None:
    batches = project.importing()
    ids: list[Id] = []
    for n in range(3):
        ids += batches.put(some(2, f"Batch {n}"))
        with closing(Project.open(project.path, read_only=True)) as other:
            assert other.article_ids() == ids


def test_after_another_action_what_follows_is_a_further_step(project: Project) -> None:
    """Appended to the older step, undo would take rows back in another order than they came in, and keys meet again."""
    batches = project.importing()
    first = batches.put(some(3))
    project.delete_article(first[-1])  # its key is free now
    second = batches.put(some(2, "Note"))
    third = batches.put(some(1, "Letter"))
    assert names(project) == ["add 3 articles", "delete article “Report 2”", "add 3 articles"]
    before = project.articles()
    project.undo()
    project.undo()
    assert project.article_ids() == first
    project.redo()
    project.redo()
    assert project.articles() == before
    assert project.article_ids() == [*first[:2], *second, *third]
    assert project.check() == []


def test_what_was_done_between_and_taken_back_does_not_part_it(project: Project) -> None:
    batches = project.importing()
    first = batches.put(some(2))
    project.archive(first)
    project.undo()
    batches.put(some(2, "Note"))
    assert names(project) == ["add 4 articles"]
    assert project.redo_step is None


def test_taken_back_it_ends(project: Project) -> None:
    batches = project.importing()
    batches.put(some(2))
    project.undo()
    for _ in range(2):
        with pytest.raises(TakenBack, match="taken back"):
            batches.put(some(2, "Note"))
    assert project.article_ids() == []
    assert project.redo_step is not None, "what was taken back can be done again"
    project.redo()
    assert len(batches.put(some(1, "Note"))) == 1


def test_taken_back_and_forgotten_it_ends_too(project: Project) -> None:
    batches = project.importing()
    batches.put(some(2))
    project.undo()
    project.add_entity("Somebody")
    with pytest.raises(TakenBack):
        batches.put(some(2, "Note"))


def test_a_step_that_is_only_no_longer_kept_does_not_end_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    batches = project.importing()
    batches.put(some(2))
    monkeypatch.setattr("annotator.storage.store.HISTORY_STEPS", 1)
    project.add_entity("Somebody")
    assert names(project) == ["add entity Somebody"]
    batches.put(some(1, "Note"))
    assert names(project) == ["add 1 article"]


def test_a_batch_that_fails_leaves_those_before_it(project: Project) -> None:
    batches = project.importing()
    first = batches.put(some(2))
    db = project._store.db
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StorageFull):
        batches.put([draft("Long\n\n" + "ferry " * 50_000)])
    assert project.article_ids() == first
    assert names(project) == ["add 2 articles"]
    db.execute("PRAGMA max_page_count = 1000000")
    batches.put(some(1, "Note"))
    assert names(project) == ["add 3 articles"]
    assert project.check() == []


def test_inside_another_step_it_is_a_part_of_that(project: Project) -> None:
    batches = project.importing()
    with project.one_step("begin a class"):
        batches.put(some(2))
        project.add_entity("Somebody")
    assert names(project) == ["begin a class"]
    batches.put(some(1, "Note"))
    assert len(project.article_ids()) == 3
    project.undo()
    project.undo()
    assert project.article_ids() == []


def test_texts_of_scripts_without_spaces_come_and_go_with_their_index(project: Project, tmp_path: Path) -> None:
    made = project.importing().put([draft("港口\n\n港口办公室说，渡轮五月开航。"), draft("Plain\n\nFerry.")])
    assert [h.where for h in project.search("办公室")] == ["text"]
    project.backup(tmp_path / "clean.annot", clean=True)
    with closing(Project.open(tmp_path / "clean.annot")) as copy:
        assert [h.where for h in copy.search("办公室")] == ["text"]
        assert copy.check() == []
    project.undo()
    assert project.search("办公室") == []
    project.add_entity("Somebody")  # what was taken back is forgotten, and its texts with it
    assert project._store.db.execute("SELECT count(*) FROM unspaced_fts_docsize").fetchone() == (0,)
    assert project.check() == []
    assert made


def test_what_comes_is_handed_on_in_lists() -> None:
    assert [len(part) for part in batched(range(450), most=200)] == [200, 200, 50]
    assert list(batched([], most=200)) == []
    assert list(batched("abc", seconds=0)) == [["a"], ["b"], ["c"]]
