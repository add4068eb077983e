"""Entry point: the window for ``annotator`` and ``annotator open``, the command line for everything else."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import language, paths
from annotator.errors import AnnotatorError
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.exporters.rendering import Renderer
    from annotator.ui.application import Application

PACKAGES = "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"


def main(arguments: list[str] | None = None) -> int:
    """Run the program with a command line; returns its exit code: 0 done, 1 a user's error, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or (given[0] == "open" and not any(a.startswith("-") for a in given)):
        return open_window([Path(a) for a in given[1:]])
    try:
        from annotator import cli  # only now: the window starts without it
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing but the end follows: pressed again it shows no trace
        return 1
    return cli.run(given, open_window, make_renderer)


def open_window(files: list[Path], ready: Callable[[Application], object] | None = None) -> int:
    """Open the window on some files; returns its exit code, 1 where this machine cannot show one.

    ``ready`` is called with the application just before its window is shown.
    """
    gc.disable()  # thousands of lasting things are made until the window stands: looking for lost ones only takes time
    language.speak(language.of_the_system(), paths.resource("translations"))  # before a module with words is there
    trouble = _no_screen()
    if not trouble:
        try:
            # What needs no Qt comes first: once PySide6 is there, every import takes a detour through it.
            for module in ("annotator.analysis.coverage", "annotator.project", "annotator.settings"):
                import_module(module)
            trouble = _unfit(_installed())
            if not trouble:
                from annotator.ui.application import run  # the only door to Qt

                return run(files, ready)
        except ImportError as error:
            trouble = _missing(error)
            if not trouble:
                raise
    sys.stderr.write(f"annotator: {trouble}\n")
    return 1


def make_renderer() -> Renderer:
    """Return what paints a report's pictures and prints its pages, without a window. Raises AnnotatorError."""
    try:
        trouble = _unfit(_installed())
        if not trouble:
            from annotator.ui.render import renderer  # only now: most commands need no Qt

            return renderer()
    except ImportError as error:
        trouble = _missing(error)
        if not trouble:
            raise
    raise AnnotatorError(trouble)


def _installed() -> str:
    """Return the version of PySide6; importing it is safe with any, and quicker than asking for its metadata."""
    import PySide6

    return PySide6.__version__


def _no_screen() -> str:
    """Say that there is no screen to open a window on, before Qt ends the program over it; empty where there may be."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if not sys.platform.startswith("linux") or any(os.environ.get(name) for name in asked):
        return ""
    return tr("There is no screen here (DISPLAY is not set). For the commands that need none: annotator --help")


def _unfit(found: str) -> str:
    """Say why a version of PySide6 must not be used with this Python; empty where it may."""
    if sys.version_info >= (3, 12):
        return ""
    major, minor = (int(part) for part in found.split(".")[:2])
    if (major, minor) < (6, 12):
        return ""
    return tr(
        "PySide6 {found} ends every program on Python {version} after some "
        "thousand calls. Install an earlier one: pip install 'PySide6-Essentials<6.12'",
        found=found,
        version=f"{sys.version_info[0]}.{sys.version_info[1]}",
    )


def _missing(error: ImportError) -> str:
    """Say which system packages a failed import asks for; empty where it failed for another reason."""
    words = str(error)
    if "cannot open shared object file" in words or ".so" in words:
        library = words.split(":")[0]
        return tr(
            "Qt needs {library}, which this system lacks. On Debian or Ubuntu: apt-get install {packages}",
            library=library,
            packages=PACKAGES,
        )
    if "PySide6" in words:
        return tr("This needs PySide6. Install it: pip install PySide6-Essentials")
    return ""


if __name__ == "__main__":
    sys.exit(main())
