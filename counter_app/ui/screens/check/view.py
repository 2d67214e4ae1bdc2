"""The verdict on a copy: one sentence in colour, what the code says beside what the register says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.certification.lines import copy_check
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.home import CopyVerdict, ScanResult
from counter_app.ui.errors import is_bug, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.check.view_model import CheckModel
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.clearing import clear
from counter_app.ui.widgets.lists.states import StatePanel, offline_line
from counter_app.ui.widgets.notice import STOP, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel, Icon, label, recolour
from sync.protocol.journals import copy_verdict as by_list

SIDE = 318
LOOKS = {
    copy_check.VALID: ("ok", "circle-check"),
    copy_check.UNCONFIRMED: ("warn", "alert-triangle"),
    copy_check.ALTERED: ("bad", "alert-circle"),
    copy_check.ANNULLED_COPY: ("bad", "ban"),
    copy_check.STRUCK_COPY: ("bad", "ban"),
    copy_check.UNKNOWN: ("warn", "help-circle"),
    copy_check.NOT_SENT: ("wait", "cloud-up"),
    copy_check.RECOVERING: ("wait", "history"),
    by_list.DOUBLED: ("warn", "alert-triangle"),
    by_list.REVOKED: ("warn", "alert-triangle"),
    by_list.NO_KEY: ("wait", "help-circle"),
    by_list.OTHER_PROVINCE: ("wait", "help-circle"),
}
"""Kind of a verdict -> colour and icon; only what a person must act on is red, waiting is grey."""


class CheckView(Screen):
    """Scan after scan; nothing is written."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing scanned yet."""
        super().__init__(context)
        self.model = CheckModel(context.program.home, context.background)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Kiểm tra bản sao"))
        self.verdict = Notice("", "", "wait")
        self.empty = StatePanel(
            tr("Quét mã QR cạnh lời chứng"), tr("Kiểm tra ngay trên máy này, không cần mạng."), "qrcode"
        )
        self.fields = QGridLayout()
        self._earlier = QVBoxLayout()
        self._earlier_card = Card(tr("Vừa kiểm tra"))
        self._pages = QStackedWidget()
        self.list_words = label("", "caption", "text2", wrap=True)
        self.take_list = Button(tr("Nhận danh sách…"), "download", on_click=self._choose_list)
        self._build()
        self.model.checked.connect(self._show)
        self.model.listed.connect(self.list_words.setText)
        self.model.failed.connect(self._failed)

    def title(self) -> str:
        """Title of the page."""
        return tr("Kiểm tra bản sao")

    def legend(self) -> tuple[KeyHint, ...]:
        """Scan the next, or leave."""
        return (KeyHint(tr("Quét"), tr("Bản sao kế tiếp")), KeyHint("Esc", tr("Về bàn làm việc")))

    def help_lines(self) -> tuple[str, ...]:
        """What the colours mean."""
        return (
            tr("Xanh: mã đúng, khớp với sổ. Vẫn nhìn chữ ký và dấu trên giấy."),
            tr("Đỏ: mã bị sửa, hoặc số đã gạch, đã hủy bỏ. Giữ bản sao và báo lãnh đạo."),
            tr("Xám: máy đã cấp số chưa gửi, hoặc sổ đang khôi phục. Không phải bản giả."),
        )

    def on_shown(self, argument: object) -> None:
        """Checks the code that brought the person here."""
        self.setFocus()
        self.model.read_list()
        if isinstance(argument, ScanResult):
            self.model.check(argument.text)

    def on_scan(self, code: str) -> bool:
        """The next copy; everything else is the shell's."""
        scan = classify_scan(code)
        if scan.kind is not ScanKind.COPY_QR:
            return False
        self.model.check(scan.text)
        return True

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(SIDE)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.fields.setColumnStretch(1, 1)
        self.fields.setHorizontalSpacing(18)
        self.fields.setVerticalSpacing(9)
        said = Card(tr("Mã và sổ nói gì"))
        said.add(self.fields)
        answer = QWidget()
        answers = QVBoxLayout(answer)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(11)
        answers.addWidget(self.verdict)
        answers.addWidget(said)
        answers.addStretch(1)
        nothing = Card()
        nothing.add(self.empty, 1)
        self._pages.addWidget(nothing)
        self._pages.addWidget(answer)
        main.addWidget(self._pages, 1)
        words = tr("Kiểm tra theo sổ của máy này và danh sách của tỉnh, không cần mạng.")
        main.addWidget(offline_line(words))
        listed = Card(tr("Danh sách của tỉnh"))
        listed.add(self.list_words)
        listed.add(self.take_list)
        side.addWidget(listed)
        self._earlier_card.add(self._earlier)
        self._earlier_card.hide()
        side.addWidget(self._earlier_card)
        side.addStretch(1)
        column.addLayout(row, 1)

    def _choose_list(self) -> None:
        dialog = QFileDialog(self, tr("Nhận danh sách của tỉnh"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Danh sách của tỉnh (*.mcl)"), tr("Mọi tệp (*)")])
        dialog.fileSelected.connect(self.model.take_list)
        dialog.open()

    def _show(self) -> None:
        now, *before = self.model.verdicts
        kind, icon = LOOKS.get(now.kind, ("warn", "help-circle"))
        self.verdict.show_words(now.title, now.words, kind, icon)
        clear(self.fields)
        for place, (words, value) in enumerate(now.fields):
            self.fields.addWidget(label(words, "body", "text2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self.fields.addWidget(label(value, "strong", wrap=True), place, 1)
        self._pages.setCurrentIndex(1)
        self._show_earlier(before)
        self.setAccessibleDescription(f"{now.title} {now.words}")

    def _show_earlier(self, verdicts: list[CopyVerdict]) -> None:
        clear(self._earlier)
        self._earlier_card.setVisible(bool(verdicts))
        for one in verdicts:
            kind, icon = LOOKS.get(one.kind, ("warn", "help-circle"))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(Icon(icon, kind, 17))
            words = ElidedLabel(one.title, "caption")
            recolour(words, colour="text2")
            row.addWidget(words, 1)
            self._earlier.addWidget(holder)

    def _failed(self, error: BaseException) -> None:
        if is_bug(error):
            self.context.shell.show_error(error)
        words = words_of(error)
        self.verdict.show_words(words.title, words.remedy or words.meaning, STOP)
        clear(self.fields)
        self._pages.setCurrentIndex(1)
