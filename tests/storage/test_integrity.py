"""``check``: each promise of the file broken by hand in a copy is found, with the id of what it is about."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ChangedElsewhere
from annotator.project import Fault, Project
from annotator.storage import integrity, opening
from tests.project.drafts import HARD, draft

EXPECTED = opening.expected_schema()


def faults(path: Path, *statements: str) -> list[Fault]:
    """Break a file with SQL and look at it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        found = integrity.check(db, EXPECTED)
    assert path.read_bytes() == before
    return found


def uid(path: Path, query: str) -> str:
    with closing(sqlite3.connect(path)) as db:
        return str(uuid.UUID(bytes=db.execute(query).fetchone()[0]))


CLAIM = "(SELECT annotation FROM claim LIMIT 1)"
CLAIM_UID = "SELECT uid FROM annotation WHERE kind = 'claim' LIMIT 1"
BROKEN: dict[str, tuple[str, str, str | None]] = {
    "application id": ("application_id", "PRAGMA application_id = 3", None),
    "version": ("user_version", "PRAGMA user_version = 7", None),
    "extra table": ("schema", "CREATE TABLE t (x)", None),
    "missing index": ("schema", "DROP INDEX source_article", None),
    "foreign key": ("foreign_key_check", "UPDATE attribution SET source = 9999", None),
    "text": ("text", "UPDATE text SET text = text || '!'", None),
    "text that is no text": ("text", "UPDATE text SET text = CAST(x'c3ff' || CAST(text AS BLOB) AS TEXT)", None),
    "original": ("original", "UPDATE blob SET bytes = x'00'", None),
    "checksum": ("segment", f"UPDATE segment SET checksum = 1 WHERE annotation = {CLAIM}", CLAIM_UID),
    "outside": ("segment", f'UPDATE segment SET "end" = 99999 WHERE annotation = {CLAIM} AND no = 1', CLAIM_UID),
    "empty": ("segment", f'UPDATE segment SET "end" = start WHERE annotation = {CLAIM} AND no = 1', CLAIM_UID),
    "negative": ("segment", f"UPDATE segment SET start = -1 WHERE annotation = {CLAIM} AND no = 0", CLAIM_UID),
    "overlap": ("segment", f"UPDATE segment SET start = start - 60 WHERE annotation = {CLAIM} AND no = 1", CLAIM_UID),
    "out of order": ("segment", f"UPDATE segment SET no = no + 5 WHERE annotation = {CLAIM} AND no = 0", CLAIM_UID),
    "no segment": ("segment", f"DELETE FROM segment WHERE annotation = {CLAIM}", CLAIM_UID),
    "via": ("via", "UPDATE attribution SET via = n", "SELECT uid FROM attribution"),
    "verdict on an opinion": ("verdict", "UPDATE claim SET type = 'opinion'", CLAIM_UID),
    "verdict by nobody": ("verdict", "UPDATE verification_event SET person = NULL", CLAIM_UID),
    "verdict without evidence": ("verdict", "DELETE FROM claim_evidence", CLAIM_UID),
    "search of texts": ("search index", "INSERT INTO text_fts(text_fts) VALUES ('delete-all')", None),
    "search of titles": ("search index", "UPDATE article SET title = 'other words'", None),
    "search of notes": ("search index", f"UPDATE annotation SET note = 'other words' WHERE n = {CLAIM}", None),
    "search of sources": ("search index", "UPDATE source SET label = 'other words' WHERE n = 1", None),
    "search of entities": (
        "search index",
        "INSERT INTO entity(uid, name) VALUES (x'00112233445566778899aabbccddeeff', 'x')",
        None,
    ),
    "search of scripts": ("search index", "INSERT INTO unspaced_fts(rowid, text) VALUES (1, 'x053e3')", None),
    "search of claims": (
        "search index",
        f"UPDATE claim SET short_text = 'other words' WHERE annotation = {CLAIM}",
        None,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_found(closed: Path, name: str) -> None:
    check, statement, query = BROKEN[name]
    found = faults(closed, statement)
    assert check in {f.check for f in found}, found
    if query is not None:
        assert uid(closed, query) in {f.id for f in found if f.check == check}
    for fault in found:
        assert fault.text.endswith((".", "…"))
        assert "\n" not in fault.text


def test_nothing_is_found_where_nothing_is_wrong(closed: Path) -> None:
    assert faults(closed) == []


def test_not_enough_evidence_with_neither_evidence_nor_words(closed: Path) -> None:
    found = faults(closed, "DELETE FROM claim_evidence", "UPDATE verification_event SET verdict = 'none', why = NULL")
    assert [f.check for f in found] == ["verdict"]
    assert faults(closed, "UPDATE verification_event SET why = 'nobody answers'") == []


def test_a_longer_circle(path: Path) -> None:
    made = Project.create(path)
    article = made.add_article(draft())
    links = [made.link_new(made.mark(article, "claim", [(n * 5, n * 5 + 4)]), f"s{n}") for n in range(4)]
    made.edit_attribution(links[1], via=links[0])
    made.edit_attribution(links[2], via=links[1])
    made.edit_attribution(links[3], via=links[2])
    assert made.check() == []
    made.close()
    found = faults(path, "UPDATE attribution SET via = 3 WHERE n = 1")
    assert {f.id for f in found} == set(links)
    assert {f.check for f in found} == {"via"}


def test_a_cut_grapheme(path: Path) -> None:
    made = Project.create(path)
    article = made.add_article(draft(HARD))
    at = HARD.index("👩")
    mark = made.mark(article, "claim", [(at, at + 1)])
    assert made.check() == []
    made.close()
    with closing(sqlite3.connect(path)) as db:
        start, end = db.execute('SELECT start, "end" FROM segment').fetchone()
    assert end - start == 7
    found = faults(path, 'UPDATE segment SET "end" = "end" - 2')
    assert [(f.check, f.id) for f in found] == [("segment", mark)] * 2


@pytest.mark.parametrize("page", range(1, 60, 4))
def test_noise_in_a_page_is_reported_not_raised(closed: Path, page: int) -> None:
    size = closed.stat().st_size
    with closed.open("r+b") as file:
        file.seek(min(page * 4096 + 2000, size - 4096))
        file.write(bytes((7 * n) % 251 for n in range(2000)))
    with closing(sqlite3.connect(closed, isolation_level=None)) as db:
        found = integrity.check(db, EXPECTED)
    assert isinstance(found, list)


def test_a_flipped_bit_in_a_text_is_found_and_told(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    at = content.rindex(b"The harbour office said")
    content[at + 6] ^= 0x80
    closed.write_bytes(content)
    opened = Project.open(closed)
    assert {f.check for f in opened.check()} & {"text", "original"}
    opened.close()


def test_a_text_that_cannot_be_read_is_a_users_error(closed: Path) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as db:
        db.execute("UPDATE text SET text = CAST(x'c3ff' || CAST(text AS BLOB) AS TEXT)")
    opened = Project.open(closed)
    (article,) = opened.articles()
    with pytest.raises(ChangedElsewhere, match="damaged"):
        opened.annotated(article.article.id)
    opened.close()


def test_a_check_of_an_open_project_writes_nothing(project: Project, path: Path, claim: str) -> None:
    before = path.read_bytes()
    assert project.check() == []
    assert path.read_bytes() == before


@pytest.mark.parametrize(("content", "words"), [("x'6869'", "hi"), ("x'ff00'", None)])
def test_bytes_where_words_belong_are_words_or_a_users_error(
    project: Project, path: Path, article: str, claim: str, content: str, words: str | None
) -> None:
    project.answer_finding("single_source", claim, article, "A second one is asked.")
    project.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"UPDATE finding_answer SET answer = {content}")
    opened = Project.open(path)
    try:
        if words is None:
            with pytest.raises(ChangedElsewhere, match="damaged"):
                opened.finding_answers([article])
        else:
            assert [a.answer for a in opened.finding_answers([article])] == [words]
    finally:
        opened.close()
