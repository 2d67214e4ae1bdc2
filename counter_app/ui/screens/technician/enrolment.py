"""Who this PC is for the province, and what to do when the PC changes. Read only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from counter_app.services.ports.technician import EnrolmentView
from counter_app.ui import formatting
from counter_app.ui.actions import Action
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.view_model import EnrolmentModel
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.notice import INFO, LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class EnrolmentPage(Screen):
    """Facts at the left, advice at the right."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = EnrolmentModel(context.program.technician, context.background)
        self.values: dict[str, QLabel] = {}
        self.spare = Notice("–", "", INFO, "key")
        column = page(self)
        row, main, side = main_and_side(392)
        main.addWidget(self._facts())
        main.addWidget(self.spare)
        main.addStretch(1)
        side.addWidget(self._advice())
        side.addStretch(1)
        column.addLayout(row, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.model.known.connect(self._show)
        self.model.failed.connect(context.shell.show_error)

    def title(self) -> str:
        """The name of the page."""
        return tr("Đăng ký, thay máy")

    def legend(self) -> tuple[KeyHint, ...]:
        """One key."""
        return (KeyHint("F5", tr("Đọc lại")),)

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Mỗi máy có số máy và đời riêng; khôi phục từ bản sao lưu mở đời mới."),
            tr("Máy mới vào thay bằng tệp ghi danh của tỉnh; không chép kho sang máy khác."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads it."""
        self.setFocus()
        self.model.read()

    def on_action(self, action: Action) -> bool:
        """F5 reads again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        return False

    def _show(self, view: EnrolmentView) -> None:
        values = {
            "unit": view.unit,
            "counter": view.counter,
            "device": str(view.device),
            "life": str(view.life),
            "hub": view.hub or tr("chưa nối tỉnh (dùng tệp)"),
            "since": formatting.date(view.since) if view.since else "–",
        }
        for code, words in values.items():
            self.values[code].setText(words)
        if view.spare_grants:
            title = tr("Còn {n} giấy ghi danh dự phòng trên máy này").format(n=view.spare_grants)
            words = tr("Đủ để máy này mở đời mới khi khôi phục mà không cần mạng.")
            self.spare.show_words(title, words, "ok", "key")
        else:
            title = tr("Hết giấy ghi danh dự phòng")
            words = tr("Khôi phục trên máy này sẽ cần tệp ghi danh mới của tỉnh. Xin tỉnh cấp trước.")
            self.spare.show_words(title, words, LOOK)

    def _facts(self) -> Card:
        card = Card(tr("Máy này đối với tỉnh"))
        for code, words in (
            ("unit", tr("Đơn vị")),
            ("counter", tr("Quầy")),
            ("device", tr("Số máy")),
            ("life", tr("Đời")),
            ("hub", tr("Địa chỉ của tỉnh")),
            ("since", tr("Ghi danh ngày")),
        ):
            self.values[code] = label("–", "strong")
            card.add(line(label(words, "body", "text2"), self.values[code]))
        return card

    def _advice(self) -> Card:
        card = Card(tr("Khi thay máy"))
        for words in (
            tr("1. Trên máy cũ, nếu còn chạy: đồng bộ hết hoặc xuất gói, rồi chốt quỹ ngày."),
            tr("2. Máy mới: cài chương trình, đưa vào tệp ghi danh của tỉnh. Máy có số và đời của riêng nó."),
            tr("3. Quyền cấp số của máy mất được khôi phục ở Bàn ký, có hai người cùng chịu trách nhiệm."),
            tr("4. Không chép kho dữ liệu sang máy khác: bản chép tự nhận ra và không cấp số."),
        ):
            card.add(label(words, wrap=True))
        return card
