"""The only errors a user ever reads: each message is a sentence that says what happened and what to do."""

from __future__ import annotations


class AnnotatorError(Exception):
    """Base of every error whose message is meant for the user."""


class ReadError(AnnotatorError):
    """An original could not be read; the message names the file and the reason.

    ``ask``: the field of ReadOptions a person could help with; empty where nothing helps. ``is_so``: the reason alone,
    as the end of a sentence that begins with what the original is called; the message, where it names no file yet.
    """

    def __init__(self, message: str, *, ask: str = "", is_so: str = "") -> None:
        super().__init__(message)
        self.ask = ask
        self.is_so = is_so or message


class ProjectError(AnnotatorError):
    """The project file cannot be opened or used as asked."""


class NotAProject(ProjectError):
    """The file is not an Article Annotator project, or a newer or a foreign one."""


class ReadOnlyProject(ProjectError):
    """The project is open for reading only: a read-only place, or somebody else holds it."""


class ChangedElsewhere(ProjectError):
    """The project file was written, replaced or removed by somebody else while it was open."""


class StorageFull(ProjectError):
    """The disk refused a write; the action was rolled back and may be tried again."""


class RuleBroken(AnnotatorError):
    """An action would break a rule of the model (a cycle of attributions, a verdict without evidence ...)."""


class WriteError(AnnotatorError):
    """A report or export could not be written; what stood there before is intact."""
