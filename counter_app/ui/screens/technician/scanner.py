"""The scanner's page: the test, and what the program expects of a scanner."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.services.ports.technician import PrinterRoleView
from counter_app.ui.actions import Action
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.scanner_test import ScannerTest
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class ScannerView(Screen):
    """Scans stay on this page while it is in front."""

    def __init__(self, context: ScreenContext) -> None:
        """Listens only while it is seen."""
        super().__init__(context)
        self._port = context.program.technician
        self.test = ScannerTest()
        self.test.passed.connect(self._passed)
        self.print_button = Button(tr("In trang thử"), "printer", "Ctrl P", on_click=self._print)
        column = page(self)
        row, main, side = main_and_side(392)
        card = Card()
        card.add(self.test, 1)
        card.add(self.print_button)
        main.addWidget(card, 1)
        side.addWidget(self._advice())
        side.addStretch(1)
        column.addLayout(row, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def title(self) -> str:
        """The name of the page."""
        return tr("Máy quét")

    def legend(self) -> tuple[KeyHint, ...]:
        """One key."""
        return (KeyHint("Ctrl P", tr("In trang thử")),)

    def help_lines(self) -> tuple[str, ...]:
        """What is tested."""
        return (
            tr("Quét mã vạch, rồi quét QR trên trang thử."),
            tr("Mã tới nguyên vẹn và đủ nhanh thì Đạt; kết quả vào danh sách tự kiểm tra."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads what the test page holds."""
        self.setFocus()
        self.context.background.run_query(
            self._port.scan_samples,
            self.test.show_samples,
            self.context.shell.show_error,
            owner=self,
            key="technician.samples",
        )

    def on_scan(self, code: str) -> bool:
        """The test has heard it."""
        self.test.recorder.end_run()
        return True

    def on_action(self, action: Action) -> bool:
        """Ctrl+P prints the test page on the A4 printer."""
        if action is Action.PREVIEW:
            self._print()
            return True
        return False

    def _print(self) -> None:
        port = self._port

        def work() -> str:
            roles: tuple[PrinterRoleView, ...] = port.printer_roles()
            return port.test_page(next((role.printer for role in roles if role.printer), ""))

        self.context.background.run_change(work, self.context.shell.tell, owner=self)

    def _passed(self) -> None:
        port = self._port
        self.context.background.run_change(port.scanner_answered, lambda _nothing: None, owner=self)

    def _advice(self) -> Card:
        card = Card(tr("Máy quét nên đặt thế nào"))
        for words in (
            tr("Cổng COM nếu máy quét có: không đi qua bàn phím, không bị bộ gõ đổi chữ."),
            tr("Nếu gõ phím: bàn phím “US”, hậu tố Enter, độ trễ giữa hai phím 0."),
            tr("Mã của chương trình chỉ gồm chữ số. QR thẻ căn cước có chữ: cần tắt gõ tiếng Việt."),
            tr("Enter của máy quét không bao giờ lưu gì; chỉ F9 mới lưu."),
        ):
            card.add(label(words, wrap=True))
        return card
