"""A window around one screen with fake ports behind it: pictures and tests sit at the same desk."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.exchange import OFFLINE, Pill
from counter_app.services.ports.program import Program
from counter_app.services.ports.session import CounterInfo, Session
from counter_app.ui.background import Background
from counter_app.ui.notifications import Notifications
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry
from counter_app.ui.shell.topbar import pill_state
from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.printing import FakePapers
from tests.ui.robot import Robot

MORNING = 1_795_146_060_000
"""10:41 on Friday 20/11/2026 in Viet Nam, ms."""
SIGNATORIES = (
    SignatoryChoice(EntryId(1, 11), EntryId(1, 21), "Vàng Văn Thăng — Phó Chủ tịch", 3),
    SignatoryChoice(EntryId(1, 12), EntryId(1, 22), "Giàng A Chiến — Chủ tịch", 9),
)
SIGNER = frozenset({"signing", "number", "sign", "confirm_signed", "registers", "cash", "handover"})
CLERK = frozenset({"signing", "confirm_signed", "handover", "registers", "cash", "take_in", "take_money"})

LAYOUT_TURNS = 4
"""A list that came makes room for itself, then what stands below it: each takes a turn of its own."""


class Desk(QObject):
    """Window, robot and background of one screen; ``settle`` waits for all answers."""

    def __init__(
        self,
        app: QApplication,
        entry: ScreenEntry,
        ports: dict[str, Any],
        permissions: frozenset[str] = SIGNER,
        counter: str = "BÀN KÝ",
    ) -> None:
        super().__init__()
        self.app, self.errors = app, cast(list[BaseException], [])
        self.papers = ports.setdefault("papers", FakePapers())
        ports.setdefault("copies", SimpleNamespace(signatories=lambda _kind="copy": SIGNATORIES))
        self.window = Window()
        self.background = Background(self.errors.append)
        self.opened: list[tuple[str, object]] = []
        program = SimpleNamespace(now=lambda: MORNING, percent_read=lambda: 100, **ports)
        unit = "UBND xã Bình Lư"
        context = ScreenContext(
            program=cast(Program, program),
            background=self.background,
            notifications=Notifications(),
            shell=self.window,
            theme=themes.current(),
            session=_session(permissions),
            counter=CounterInfo("00000", unit, unit, counter, 3, False),
        )
        self.window.start((entry,), (entry,), context, "")
        self.window.top.show_sync(pill_state(Pill(OFFLINE, "Ngoại tuyến · 16 chưa ở tỉnh", 0)))
        self.window.legend.show_time("Thứ Sáu, 20/11/2026 · 10:41")
        self.robot = Robot(app, self.window)
        self.view: Any = self.window.current_view()

    def show(self, width: int = 1366, height: int = 768) -> Desk:
        """On the (offscreen) screen, everything read."""
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        return self

    def settle(self) -> None:
        """Waits until nothing is asked any more."""
        for _ in range(5_000):
            self.app.processEvents()
            if not self.background.busy():
                for _ in range(LAYOUT_TURNS):
                    self.app.processEvents()
                if not self.background.busy():
                    return
            QTest.qWait(2)
        raise AssertionError("the workers did not come to rest")

    def close(self) -> None:
        """Takes the keyboard filter away and the window down."""
        self.robot.leave()
        self.window.close()
        self.background.finish()
        self.window.deleteLater()
        self.app.processEvents()


def _session(permissions: frozenset[str]) -> Session:
    name, title = ("Vàng Văn Thăng", "Phó Chủ tịch UBND") if "sign" in permissions else (
        "Lù Thị Mai", "Công chức một cửa")  # fmt: skip
    return Session(cast(Any, (1, 1)), name, title, (), permissions, 0, 10)
