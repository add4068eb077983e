"""Pure functions over model objects: coverage of sentences, proposals for links."""

from __future__ import annotations
