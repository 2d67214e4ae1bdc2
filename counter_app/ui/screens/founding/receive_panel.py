"""People of the unit come from elsewhere: the province, a bundle, a file of accounts."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.screens.enrolment.files import FileList
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.screen import SideColumn
from counter_app.ui.widgets.text import label


class ReceivePanel(QWidget):
    """Files at the left, what to do in which order at the right."""

    def __init__(self) -> None:
        """Empty until files are found."""
        super().__init__()
        self.setObjectName("plain")
        self.files = FileList(tr("Gói và tệp tài khoản tìm thấy"), tr("Gói (.mcx) hoặc tệp tài khoản (.mca)"))
        self.exchange = Button(tr("Đồng bộ ngay"), "refresh", "F5")
        self.commit = commit_button(tr("Nhập tệp này"), "database-import")
        card = Card(tr("Tệp từ máy khác của xã"))
        card.add(self.files, 1)
        side = SideColumn(340)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(11)
        advice = Card(tr("Theo thứ tự"))
        for words in (
            tr("1. Danh sách cán bộ: F5 khi có mạng, hoặc nhập gói .mcx của máy khác."),
            tr(
                "2. Tài khoản: nhập tệp .mca ghi ở máy khác (trang Cán bộ). Tệp được niêm phong cho riêng xã."
            ),
            tr("3. Trang đăng nhập tự mở. Mỗi người dùng mật khẩu đang có; PIN đặt lại ở máy này."),
        ):
            advice.add(label(words, wrap=True))
        column.addWidget(advice)
        column.addStretch(1)
        column.addWidget(self.exchange)
        column.addWidget(self.commit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(card, 1)
        row.addWidget(side)
        self.setFocusProxy(self.files)
