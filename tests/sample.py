"""Builds ``resources/sample.annot`` from ``resources/sample/``: ``python -m tests.sample``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from annotator import importers, paths
from annotator.analysis.standards import findings
from annotator.model import Id
from annotator.project import Project

_OPEN, _CLOSE = "⟦", "⟧"


def find(text: str, pattern: str) -> tuple[int, int]:
    """Return the span of a pattern's bracketed words (else of all of it); it must stand exactly once."""
    plain = pattern.replace(_OPEN, "").replace(_CLOSE, "")
    if text.count(plain) != 1:
        raise ValueError(f"stands {text.count(plain)} times: {pattern}")
    at = text.index(plain)
    if _OPEN not in pattern:
        return at, at + len(plain)
    start = at + pattern.index(_OPEN)
    return start, start + pattern.index(_CLOSE) - pattern.index(_OPEN) - 1


class Builder:
    """Marks the sample article by its table of marks, through the verbs of the project alone."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.table: dict[str, Any] = tomllib.loads((folder / "marks.toml").read_text("utf-8"))
        self.article = project.add_article(importers.read(folder / "article.txt"))
        self.text = project.version(self.article).text
        self.sources: dict[str, Id] = {}
        self.mentions: dict[str, Id] = {}
        self.claims: dict[str, Id] = {}
        self.evidence: dict[str, Id] = {}

    def build(self) -> None:
        """Do it all."""
        project = self.project
        project.edit_article(self.article, **self.table["article"])
        for words, zone in self.table["zones"].items():
            project.set_zone(
                self.article, self.text.index(words), zone, kind="heading" if zone == "headline" else None, level=1
            )
        for words, level in self.table["headings"].items():
            project.set_zone(self.article, self.text.index(words), "body", kind="heading", level=level)
        self.registers()
        for claim in self.table["claim"]:
            self.claim(claim)
        for claim in self.table["claim"]:
            for relation in claim.get("relations", ()):
                self.relate(claim["at"][0], relation)
        for pattern in self.table["loaded_terms"]["at"]:
            project.mark(self.article, "loaded_term", [find(self.text, pattern)])
        for words in self.table["not_claims"]["at"]:
            project.mark_sentence(self.article, *find(self.text, words))
        for answer in self.table["answer"]:
            self.answer(answer)

    def registers(self) -> None:
        """Make entities with their mentions, then sources with theirs."""
        project, entities = self.project, dict[str, Id]()
        for key, entity in self.table["entities"].items():
            spans = entity.pop("at")
            entities[key] = project.add_entity(
                entity.pop("name"), **{**entity, "aliases": tuple(entity.get("aliases", ()))}
            )
            for pattern in spans:
                project.mark(self.article, "mention", [find(self.text, pattern)], entity=entities[key])
        for key, source in self.table["sources"].items():
            label, entity = source.pop("label"), source.pop("entity", None)
            self.sources[key] = project.add_source(self.article, label)
            project.edit_source(self.sources[key], entity=entities.get(entity), **source)
        for key, mention in self.table["mentions"].items():
            self.mentions[key] = project.mark(
                self.article,
                "source_mention",
                [find(self.text, mention["at"])],
                source=self.sources[mention["source"]],
                role=mention.get("role", "speaker"),
            )

    def claim(self, told: dict[str, Any]) -> None:
        """Make one claim with what is said about it."""
        project = self.project
        id_ = project.mark(
            self.article,
            "claim",
            [find(self.text, p) for p in told["at"]],
            type=told["type"],
            form=told["form"],
            check_worthy=told["worth"],
            short_text=told["short"],
        )
        self.claims[told["at"][0]] = id_
        links: dict[str, Id] = {}
        for link in told.get("links", ()):
            source = self.table["mentions"][link["mention"]]["source"]
            made = project.link(
                id_,
                self.sources[source],
                source_mention=self.mentions[link["mention"]],
                cue=find(self.text, link["cue"]),
                load=link["load"],
                function=link["function"],
                via=links.get(link.get("via", "")),
            )
            links[link.get("id", link["mention"])] = made
            if "polarity" in link:
                project.edit_attribution(made, polarity=link["polarity"])
        if told.get("author"):
            project.link_author(id_)
        if "not_stated" in told:
            unsaid = told["not_stated"]
            project.link_not_stated(id_, cue=find(self.text, unsaid["cue"]), function=unsaid["function"])
        if "note" in told:
            project.set_note(id_, told["note"])
        if "tags" in told:
            project.set_tags(id_, told["tags"])
        self.check(id_, told)

    def check(self, claim: Id, told: dict[str, Any]) -> None:
        """Add the claim's evidence, status and verdict."""
        for event in told.get("before", ()):
            self.project.verify(claim, **event)
        for item in told.get("evidence", ()):
            bears = dict(item)
            key = bears.pop("key")
            known = self.evidence.get(key)
            facts = {} if known else self.table["evidence"][key]
            self.evidence[key] = self.project.add_evidence(claim, evidence=known, **bears, **facts)
        if "status" in told:
            self.project.verify(claim, told["status"], verdict=told.get("verdict"), why=told.get("why"))

    def relate(self, words: str, relation: dict[str, str]) -> None:
        """Say how one claim stands to another."""
        to = self.claims[relation["to"]]
        self.project.relate(self.claims[words], to, relation["kind"], note=relation.get("note"))

    def answer(self, told: dict[str, str]) -> None:
        """Answer what the house rules ask about a claim; they must ask it."""
        annotated = self.project.annotated(self.article)
        asked = findings(annotated, self.project.sentences(self.article), annotated.code_book.house_rules())
        subject = self.claims[told["claim"]]
        (found,) = (f for f in asked if (f.rule.key, f.subject) == (told["rule"], subject))
        self.project.answer_finding(told["rule"], subject, self.article, told["answer"], words=found.sentence)


def build(path: Path) -> None:
    """Write the sample project to ``path``: marked, checked, without the history of its making."""
    made = path.with_name("building.annot")
    made.unlink(missing_ok=True)
    project = Project.create(made, coder="Sample editor")
    try:
        Builder(project, paths.resource("sample")).build()
        project.coverage(project.articles()[0].article.id)
        project.backup(path, clean=True)
    finally:
        project.close()
        made.unlink(missing_ok=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else paths.resource("sample.annot"))
