"""Article Annotator: mark claims, sources and entities in an article and hand over a Word report."""

from __future__ import annotations

__version__ = "0.1.0"
