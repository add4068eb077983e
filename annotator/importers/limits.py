"""How much an original may hold; stated in the manual, so that a refusal is no surprise."""

from __future__ import annotations

import os

FILE_BYTES = 100_000_000
"""Largest file that is opened at all."""

TEXT_CODE_POINTS = 5_000_000
"""Longest text of one article."""

TEXT_BYTES = 4 * TEXT_CODE_POINTS + 4
"""Largest plain file that can hold such a text: no encoding in use takes more than four bytes a character."""

PARAGRAPHS = 50_000
"""Most lines with words in them of one article."""

LINES = 200_000
"""Most lines of one article, the empty ones counted."""

MEMORY_BYTES = 1 << 30
"""Address space one file may take beyond what the process that reads holds; less than half of it to write to."""

CPU_SECONDS = 10
"""Processor time of one file; each page or chapter that is read gives it a second more."""

SILENT_SECONDS = 10.0
"""After this long without a sign of life the process that reads is ended."""

TOTAL_SECONDS = 180.0
"""After this long, by the clock or of processor time, it is ended in any case."""


def default_jobs() -> int:
    """Return how many files are read at a time where nobody says: one for each core, four at most."""
    return min(os.cpu_count() or 1, 4)
