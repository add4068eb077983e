"""Auditing on another thread: the same as the window's article, beside whoever writes, ended at any time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from annotator.analysis import sourcing
from annotator.analysis.sourcing import Basis, Tally
from annotator.errors import ChangedElsewhere, RuleBroken
from annotator.model import Entity, Id
from annotator.project import Project
from tests.project.drafts import PLAIN, draft, span


@pytest.fixture
def marked(project: Project, article: Id, claim: Id) -> Id:
    project.link_words(claim, span(PLAIN, "Oda Lien"), cue=span(PLAIN, "did"))
    project.mark(article, "mention", [span(PLAIN, "harbour office")])
    project.verify(claim, "in_progress")
    return article


def test_it_reads_what_the_project_reads(project: Project, marked: Id) -> None:
    with project.auditor() as auditor:
        assert auditor.annotated(marked) == project.annotated(marked)
        assert auditor.tally(marked, spans=True) == sourcing.tally(project.annotated(marked))
        assert auditor.tally(marked, basis=Basis(zones=frozenset({"headline"}))) == sourcing.tally(
            project.annotated(marked), Basis(zones=frozenset({"headline"})), spans=False
        )


def test_it_reads_what_was_written_meanwhile(project: Project, marked: Id, claim: Id) -> None:
    with project.auditor() as auditor:
        before = auditor.tally(marked)
        assert before is not None and before.attributed == 1
        for link in project.annotated(marked).attributions_of[claim]:
            project.unlink(link.id)
        after = auditor.tally(marked)
        assert after is not None and after.attributed == 0
        project.add_term("affiliation", "The Quay Union")
        auditor.renew()
        assert auditor.annotated(marked) == project.annotated(marked)


def test_tallies_of_articles_add_up_and_who_writes_is_not_held_up(project: Project, marked: Id) -> None:
    other = project.add_article(draft("A second text.\n\nOda Lien said it sailed."))
    gone = project.add_article(draft("A third text.\n\nNobody said anything."))
    with project.auditor() as auditor:
        found = auditor.tallies([marked, gone, other])
        first = next(found)
        project.edit_article(other, title="Written while it counts")
        project.delete_article(gone)
        counted = sourcing.audit([first, *found])
    assert counted.articles == (marked, other)
    assert (counted.claims, counted.strips) == (1, ())


def test_it_counts_the_layer_asked_for(project: Project, marked: Id) -> None:
    with project.auditor() as auditor, pytest.raises(RuleBroken, match="set of marks"):
        auditor.tally(marked, "none")
    layer = project.layer.id
    with project.auditor() as auditor:
        assert auditor.tally(marked, layer) == auditor.tally(marked)


def test_what_is_gone_is_said_so(project: Project, marked: Id, tmp_path: Path) -> None:
    with project.auditor() as auditor, pytest.raises(RuleBroken, match="no longer in the project"):
        auditor.tally(marked.translate(str.maketrans("0123456789", "1234567890")))
    auditor = project.auditor()
    project.path.rename(tmp_path / "moved")
    with pytest.raises(ChangedElsewhere, match="cannot be read now"), auditor:
        pass


def test_stopped_it_counts_nothing_more(project: Project, marked: Id) -> None:
    with project.auditor() as auditor:
        auditor.stop()
        assert auditor.stopped
        assert auditor.tally(marked) is None
        assert list(auditor.tallies([marked])) == []
    auditor.stop()  # too late is no fault


def test_another_thread_counts_while_the_window_writes(project: Project, marked: Id, claim: Id) -> None:
    found: list[Tally | None] = []
    begun = threading.Event()

    def count() -> None:
        with project.auditor() as auditor:
            for _ in range(20):
                found.append(auditor.tally(marked))
                begun.set()

    thread = threading.Thread(target=count)
    thread.start()
    assert begun.wait(10)
    for n in range(5):
        project.set_note(claim, f"note {n}")
    thread.join()
    assert found and all(tally is not None and tally.attributed == 1 for tally in found)


def test_reading_an_article_does_not_grow_with_the_entities_of_others(project: Project, marked: Id) -> None:
    def read() -> list[str]:
        asked: list[str] = []
        project._store.db.set_trace_callback(asked.append)  # pyright: ignore[reportPrivateUsage]
        project.annotated(marked)
        project._store.db.set_trace_callback(None)  # pyright: ignore[reportPrivateUsage]
        return [query for query in asked if 'FROM "entity"' in query]

    before = len(read())
    with project._store.unrecorded():  # pyright: ignore[reportPrivateUsage]
        for n in range(50):
            project._store.records.put(Entity(name=f"Somebody {n}"))  # pyright: ignore[reportPrivateUsage]
    asked = read()
    assert len(asked) == before
    assert all("IN (" in query or "WHERE n =" in query for query in asked), "never all of them"
