"""The tables of a project file, as migrations (each is kept unchanged once released).

Every row has an integer key ``n`` (history, foreign keys, search); what people exchange has a 16-byte ``uid`` besides,
the only id seen outside. The file holds no trigger and no view: any is the mark of a foreign file.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from annotator.storage.query import is_spread, spread

migrations = Migrations("annotator")


@migrations(name="m001_the_whole_model")
def m001_the_whole_model(db: Database) -> None:
    """Make every table of the model, optional fields included."""
    for statement in _M001.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations(name="m002_a_library")
def m002_a_library(db: Database) -> None:
    """Let articles have tags, find names and words of scripts without spaces, and look up places and equal texts."""
    for statement in _M002.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for index in ("source_fts", "entity_fts"):
        db.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    keys = [n for (n,) in db.execute("SELECT n FROM text ORDER BY n").fetchall()]
    for n in keys:
        (text,) = db.execute("SELECT text FROM text WHERE n = ?", [n]).fetchone()
        if is_spread(text):
            db.execute("INSERT INTO unspaced_fts(rowid, text) VALUES (?, ?)", [n, spread(text)])


@migrations(name="m003_who_checked")
def m003_who_checked(db: Database) -> None:
    """Let evidence and relations say who put them there and when, and an answer what was found."""
    for statement in _M003.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for kind, columns in (("claim_evidence", 2), ("relation", 1), ("finding_answer", 1)):
        row = "row"
        for _ in range(columns):  # what the history keeps of such rows has the new columns too, empty
            row = f"json_insert({row}, '$[#]', NULL)"
        # A row that is no JSON is not ours, and refused when it is to be taken back.
        db.execute(f"UPDATE history SET row = {row} WHERE kind = '{kind}' AND op IN ('U', 'D') AND json_valid(row)")


_M001 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE blob (
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, media_type TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE text (n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE coder (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, name TEXT NOT NULL, initials TEXT NOT NULL DEFAULT '',
  merged_into INTEGER REFERENCES coder ON DELETE SET NULL);
CREATE TABLE layer (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, coder INTEGER REFERENCES coder ON DELETE SET NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, rule TEXT, locked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE article (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, title TEXT NOT NULL, publication TEXT, byline TEXT, date TEXT, url TEXT,
  language TEXT, licence_note TEXT, not_stated TEXT NOT NULL DEFAULT '', archived INTEGER NOT NULL DEFAULT 0, group_name TEXT);
CREATE TABLE article_version (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, no INTEGER NOT NULL,
  text INTEGER NOT NULL REFERENCES text, words INTEGER NOT NULL, code_points INTEGER NOT NULL, rules INTEGER NOT NULL,
  original INTEGER REFERENCES blob, media_type TEXT NOT NULL, import_record TEXT NOT NULL DEFAULT '{}',
  current INTEGER NOT NULL DEFAULT 1);
CREATE INDEX article_version_article ON article_version(article, current);
CREATE TABLE block (
  version INTEGER NOT NULL REFERENCES article_version ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  kind TEXT NOT NULL, level INTEGER NOT NULL, zone TEXT NOT NULL, PRIMARY KEY (version, start)) WITHOUT ROWID;
CREATE TABLE sentence_mark (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, version INTEGER NOT NULL REFERENCES article_version ON DELETE CASCADE,
  layer INTEGER NOT NULL REFERENCES layer ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL, mark TEXT NOT NULL);
CREATE INDEX sentence_mark_version ON sentence_mark(version, layer);
CREATE TABLE sentence_count (
  version INTEGER NOT NULL REFERENCES article_version ON DELETE CASCADE, layer INTEGER NOT NULL REFERENCES layer ON DELETE CASCADE,
  total INTEGER NOT NULL, accounted INTEGER NOT NULL, PRIMARY KEY (version, layer)) WITHOUT ROWID;
CREATE TABLE annotation (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, layer INTEGER NOT NULL REFERENCES layer ON DELETE CASCADE,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, kind TEXT NOT NULL, status TEXT NOT NULL,
  coder INTEGER REFERENCES coder ON DELETE SET NULL, created TEXT NOT NULL, modified TEXT NOT NULL, note TEXT);
CREATE INDEX annotation_article ON annotation(article, layer, kind, status);
CREATE TABLE segment (
  annotation INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE,
  version INTEGER NOT NULL REFERENCES article_version ON DELETE CASCADE,
  no INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (annotation, version, no)) WITHOUT ROWID;
CREATE INDEX segment_version ON segment(version);
CREATE TABLE anchoring (
  annotation INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE,
  version INTEGER NOT NULL REFERENCES article_version ON DELETE CASCADE,
  outcome TEXT NOT NULL, confirmed_by INTEGER REFERENCES coder ON DELETE SET NULL, PRIMARY KEY (annotation, version)) WITHOUT ROWID;
CREATE TABLE ledger (n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, wording TEXT NOT NULL);
CREATE TABLE claim (
  annotation INTEGER PRIMARY KEY REFERENCES annotation ON DELETE CASCADE, type TEXT, form TEXT, check_worthy TEXT,
  reasons TEXT NOT NULL DEFAULT '', short_text TEXT, ledger INTEGER REFERENCES ledger ON DELETE SET NULL);
CREATE INDEX claim_ledger ON claim(ledger) WHERE ledger IS NOT NULL;
CREATE TABLE entity (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT, note TEXT, external TEXT,
  merged_into INTEGER REFERENCES entity ON DELETE SET NULL);
CREATE TABLE entity_alias (
  entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE, no INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (entity, no))
  WITHOUT ROWID;
CREATE TABLE mention (
  annotation INTEGER PRIMARY KEY REFERENCES annotation ON DELETE CASCADE, entity INTEGER REFERENCES entity ON DELETE SET NULL,
  form TEXT, loaded INTEGER, whose_word TEXT);
CREATE INDEX mention_entity ON mention(entity);
CREATE TABLE source (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, label TEXT NOT NULL,
  naming TEXT, kind TEXT, entity INTEGER REFERENCES entity ON DELETE SET NULL, role TEXT, affiliation TEXT, side TEXT, proximity TEXT,
  class TEXT, ground_rules TEXT, anonymity_reason TEXT, independence_group TEXT, not_stated TEXT NOT NULL DEFAULT '', note TEXT);
CREATE INDEX source_article ON source(article);
CREATE INDEX source_entity ON source(entity) WHERE entity IS NOT NULL;
CREATE TABLE source_alias (
  source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, no INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (source, no))
  WITHOUT ROWID;
CREATE TABLE source_mention (
  annotation INTEGER PRIMARY KEY REFERENCES annotation ON DELETE CASCADE, source INTEGER REFERENCES source ON DELETE SET NULL, role TEXT);
CREATE INDEX source_mention_source ON source_mention(source);
CREATE TABLE attribution (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, layer INTEGER NOT NULL REFERENCES layer ON DELETE CASCADE,
  claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE, source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  source_mention INTEGER REFERENCES source_mention ON DELETE SET NULL, cue INTEGER REFERENCES annotation ON DELETE SET NULL,
  function TEXT, load TEXT, load_from TEXT, via INTEGER REFERENCES attribution ON DELETE SET NULL, polarity TEXT, determinacy TEXT,
  stance TEXT);
CREATE INDEX attribution_claim ON attribution(claim);
CREATE INDEX attribution_source ON attribution(source);
CREATE INDEX attribution_source_mention ON attribution(source_mention);
CREATE INDEX attribution_cue ON attribution(cue);
CREATE INDEX attribution_via ON attribution(via) WHERE via IS NOT NULL;
CREATE TABLE relation (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, from_claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  to_claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE, kind TEXT NOT NULL, note TEXT,
  coder INTEGER REFERENCES coder ON DELETE SET NULL);
CREATE INDEX relation_from ON relation(from_claim);
CREATE INDEX relation_to ON relation(to_claim);
CREATE TABLE verification_event (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE, status TEXT NOT NULL,
  verdict TEXT, person TEXT, at TEXT NOT NULL, why TEXT);
CREATE INDEX verification_event_claim ON verification_event(claim);
CREATE TABLE evidence (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, url TEXT, citation TEXT, title TEXT, publisher TEXT, date TEXT, accessed TEXT,
  archive_url TEXT, is_primary INTEGER, blob INTEGER REFERENCES blob);
CREATE TABLE claim_evidence (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  evidence INTEGER NOT NULL REFERENCES evidence ON DELETE CASCADE, stance TEXT NOT NULL, quoted TEXT, independent INTEGER, note TEXT,
  UNIQUE (claim, evidence));
CREATE INDEX claim_evidence_evidence ON claim_evidence(evidence);
CREATE TABLE finding_answer (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, rule TEXT NOT NULL, subject TEXT NOT NULL,
  article INTEGER REFERENCES article ON DELETE CASCADE, answer TEXT NOT NULL, coder INTEGER REFERENCES coder ON DELETE SET NULL,
  at TEXT NOT NULL);
CREATE TABLE term (
  n INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, list TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL, value TEXT, language TEXT,
  position INTEGER NOT NULL DEFAULT 0, definition TEXT, example TEXT, UNIQUE (list, key));
CREATE TABLE annotation_tag (
  annotation INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE, term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
  PRIMARY KEY (annotation, term)) WITHOUT ROWID;
CREATE INDEX annotation_tag_term ON annotation_tag(term);
CREATE TABLE derived (
  annotation INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE, from_annotation INTEGER NOT NULL REFERENCES annotation ON DELETE CASCADE,
  PRIMARY KEY (annotation, from_annotation)) WITHOUT ROWID;
CREATE TABLE old_uid (uid BLOB PRIMARY KEY, now BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE foreign_id (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, row INTEGER NOT NULL, format TEXT NOT NULL, file_sha TEXT NOT NULL, id TEXT NOT NULL, raw TEXT);
CREATE INDEX foreign_id_row ON foreign_id(kind, row);
CREATE TABLE step (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL, coder INTEGER, at TEXT NOT NULL, article INTEGER, bytes INTEGER NOT NULL DEFAULT 0,
  undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history (n INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL, op TEXT NOT NULL, row TEXT NOT NULL);
CREATE INDEX history_step ON history(step);
CREATE VIRTUAL TABLE text_fts USING fts5(text, content='text', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE article_fts USING fts5(
  title, publication, byline, content='article', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE note_fts USING fts5(note, content='annotation', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_fts USING fts5(
  short_text, content='claim', content_rowid='annotation', tokenize='unicode61 remove_diacritics 2');
"""

_M002 = """
CREATE TABLE article_tag (
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
  PRIMARY KEY (article, term)) WITHOUT ROWID;
CREATE INDEX article_tag_term ON article_tag(term);
DROP INDEX segment_version;
CREATE INDEX segment_place ON segment(version, start, "end");
CREATE INDEX article_version_text ON article_version(text);
CREATE INDEX article_version_original ON article_version(original) WHERE original IS NOT NULL;
CREATE INDEX article_title ON article(title);
CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;
CREATE VIRTUAL TABLE source_fts USING fts5(
  label, role, affiliation, content='source', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE entity_fts USING fts5(name, content='entity', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE unspaced_fts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
"""

_M003 = """
ALTER TABLE claim_evidence ADD COLUMN coder INTEGER REFERENCES coder ON DELETE SET NULL;
ALTER TABLE claim_evidence ADD COLUMN at TEXT;
ALTER TABLE relation ADD COLUMN at TEXT;
ALTER TABLE finding_answer ADD COLUMN words TEXT;
CREATE INDEX finding_answer_article ON finding_answer(article);
CREATE INDEX evidence_blob ON evidence(blob) WHERE blob IS NOT NULL;
"""
