"""The program's start: a window on this PC's counter, or on the practice commune.

Exit codes: 0 ended as asked, 2 usage, 4 cannot start here (said in words).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import counter_app
from counter_app.settings import from_environment

if TYPE_CHECKING:
    from counter_app.services.ports.enrolment import EnrolmentPort
    from counter_app.services.ports.program import Program

OK, IMPOSSIBLE = 0, 4
START_OVER_MS = 10_000
"""From then on garbage is collected; a start on an old PC is over by then."""


def build_parser() -> argparse.ArgumentParser:
    """The grammar of the start."""
    parser = argparse.ArgumentParser(
        "counter_app", description="Một cửa cấp xã: the desktop program of a commune's one-stop counter.",
        epilog="Example: python -m counter_app --practice. Commands for technicians: commune-counter --help.",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"commune-counter {counter_app.__version__}")
    parser.add_argument("--home", type=Path, help="the program's folder (default: this user's)")
    parser.add_argument(
        "--practice", action="store_true", help="the practice commune, with its own hub beside the program"
    )
    parser.add_argument("--play-day", action="store_true", help="play the scripted day, without a screen")
    parser.add_argument(
        "--out", type=Path, default=Path("out"), help="where the scripted day leaves its papers"
    )
    parser.add_argument(
        "-platform", help="plugin of Qt that draws, such as offscreen (default: the screen's)"
    )
    parser.add_argument("--smoke", action="store_true", help="this version tests itself, without a screen")
    parser.add_argument("--rehearse", type=Path, help="with --smoke: open this copy of the store too")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Start; returns the exit code when the window is closed."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.platform:
        os.environ["QT_QPA_PLATFORM"] = options.platform  # read by Qt, and by the children that paint
    if options.smoke:
        from counter_app.composition.smoke import smoke

        return smoke(options.rehearse)
    if options.play_day:
        if not options.practice:
            parser.error("--play-day needs --practice: it never runs on a real counter")
        from counter_app.practice.day import play

        return play(options.out)
    return show(_loader(options), None if options.practice else _entrance(options))


def show(load: Callable[[], Program], entrance: Callable[[], EnrolmentPort] | None = None) -> int:
    """Paint the shell, then open the program on a worker; words in the window when it does not open.

    ``entrance`` makes the port of the first page of a PC that is no counter yet.
    """
    gc.disable()  # what a start makes stays: walking it again and again was a tenth of the start
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from counter_app.ui.application import Application
    from counter_app.ui.errors import hook_into
    from counter_app.ui.shell.window import show_large

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    application = Application(app)
    sys.excepthook = hook_into(application.funnel)
    opened: list[Program] = []

    def attach(program: Program) -> None:
        opened.append(program)
        application.attach(program)

    if entrance is not None:
        application.offer_enrolment(entrance, attach)
    show_large(application.window)
    application.background.run_query(load, attach, application.funnel)
    QTimer.singleShot(START_OVER_MS, _collect_from_now)
    code = app.exec()
    application.close()
    sys.excepthook = sys.__excepthook__
    for program in opened:
        program.close()
    return code


def _collect_from_now() -> None:
    """The start is over: modules and classes are never garbage, the collector walks only what comes after."""
    from PySide6.QtWidgets import QApplication

    from counter_app.ui.collecting import Collector

    gc.freeze()
    if (application := QApplication.instance()) is not None:
        Collector(application)
    from counter_app.updates.installation import note_started

    note_started()


def _entrance(options: argparse.Namespace) -> Callable[[], EnrolmentPort]:
    """The first page's port, loaded when it is wanted."""

    def make() -> EnrolmentPort:
        from counter_app.composition.enrolling import Enrolling

        return Enrolling(from_environment(options.home))

    return make


def _loader(options: argparse.Namespace) -> Callable[[], Program]:
    """What opens the program, on a worker, after the shell is painted."""
    settings = from_environment(options.home)
    if not options.practice:

        def open_counter() -> Program:
            from counter_app.composition import compose
            from counter_app.composition.arriving import arrive_at_start
            from counter_app.services.technician.diagnostics.program_log import catch_crashes

            catch_crashes(settings.paths.home)
            program = compose(settings)
            arrive_at_start(program, settings)
            return program

        return open_counter

    def open_practice() -> Program:
        from counter_app.practice.program import open_practice_program

        return open_practice_program(
            settings.paths.home / "practice" if options.home is None else options.home
        )

    return open_practice


if __name__ == "__main__":
    sys.exit(main())
