"""What both sides of the kill loop compare: how often the file was written, and all that stands in it."""

from __future__ import annotations

import hashlib

from annotator.project import Project


def counter(project: Project) -> int:
    """Return how many transactions the file has seen."""
    return int((project.meta("revision") or "0").partition(":")[0])


def digest(project: Project) -> str:
    """Return a digest of everything a reader of the project can see."""
    seen: list[object] = [(e.entity, e.mentions) for e in project.entities()]
    for summary in project.articles():
        article = project.annotated(summary.article.id)
        seen += [article.article, article.version.sha256, article.blocks, article.annotations, article.attributions]
        seen += [sorted(article.sources.items()), summary.claims, summary.tags]
    # The order of a set in repr is that of the interpreter's own hashes: no field of these is a filled one.
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()
