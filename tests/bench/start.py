"""One process start, for the benchmark: ``python -m tests.bench.start ours|bare`` ends when its window was painted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.ui.application import Application


def bare() -> int:
    """Import PySide6 and show an empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, tell)

    def tell() -> None:
        print("painted", flush=True)
        app.quit()

    app = QApplication([])
    window = Window()
    window.resize(1440, 900)
    window.show()
    return app.exec()


def ours() -> int:
    """Open the program on its sample as a user would."""
    from annotator import __main__ as program

    kept: list[object] = []

    def ready(application: Application) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer

        def tell() -> None:
            print("painted", flush=True)
            application.qt.quit()

        class Painted(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and application.workspace.annotated is not None:
                    QTimer.singleShot(0, self, tell)
                return False

        painted = Painted()
        application.window.column.text.viewport().installEventFilter(painted)
        kept.extend((application, painted))

    return program.open_window([], ready)


if __name__ == "__main__":
    sys.exit(ours() if sys.argv[1] == "ours" else bare())
