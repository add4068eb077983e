"""Words that are looked for in originals, in whatever language; nobody reads them here, so none is translated."""

from __future__ import annotations


def name_set(names: str) -> frozenset[str]:
    """Return names parted by white space as a set."""
    return frozenset(names.split())


def phrase_set(phrases: str) -> frozenset[str]:
    """Return phrases, one a line, as a set."""
    return frozenset(filter(None, (" ".join(line.split()) for line in phrases.split("\n"))))


def either(patterns: str) -> str:
    """Return a pattern that is any of these, one a line."""
    return f"(?:{'|'.join(filter(None, map(str.strip, patterns.split(chr(10)))))})"
