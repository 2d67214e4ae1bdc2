"""The bar that closes a month, three steps: check, count, paper with two names (``ux.md`` 4.8)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.registers import RegisterMonth
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.view_model import COUNT, Check, checks_of
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.text import ElidedLabel, Icon, label

_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "wait": "clock"}


class CheckLine(QWidget):
    """One check: icon and words."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._icon = Icon("clock", "wait", 17)
        self._words = ElidedLabel("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def show_check(self, check: Check) -> None:
        """Writes one outcome."""
        self._icon.show_icon(_ICONS.get(check.kind, "clock"), check.kind)
        self._words.setText(check.words)
        self.setAccessibleName(check.words)


class ClosingCard(Card):
    """What is checked stands here before F9 does anything; a disabled F9 says why."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._title = ElidedLabel("", "bold")
        self._words = label("", "caption", "text2", wrap=True)
        self._checks = tuple(CheckLine() for _ in range(4))
        self.commit: Button = commit_button(tr("Khóa tháng, in quyển"), "lock")
        self.commit.setSizePolicy(
            self.commit.sizePolicy().Policy.Minimum, self.commit.sizePolicy().Policy.Fixed
        )
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for place, check in enumerate(self._checks):
            grid.addWidget(check, place % 2, place // 2)
            grid.setColumnStretch(place // 2, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(texts, 4)
        row.addLayout(grid, 5)
        row.addWidget(self.commit, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(row)

    def show_month(self, month: RegisterMonth, step: int, why_not: str) -> None:
        """``why_not``: words why this person cannot close it; empty when he can."""
        for view, check in zip(self._checks, checks_of(month), strict=True):
            view.show_check(check)
        when = f"{month.month:02d}/{month.year}"
        if month.closed:
            self._title.setText(tr("Tháng {when} đã khóa").format(when=when))
            self._words.setText(tr("Chỉ xem; chỉ thêm được ghi chú."))
        elif step == COUNT:
            self._title.setText(tr("Khóa tháng {when} · bước 2 trong 3: đếm").format(when=when))
            self._words.setText(tr("Đối chiếu với xấp giấy: {sums}").format(sums=month.sum_line))
        else:
            self._title.setText(tr("Khóa tháng {when} · bước 1 trong 3: kiểm tra").format(when=when))
            self._words.setText(why_not or tr("Sau khi khóa chỉ thêm ghi chú."))
        self.commit.show_words(tr("Đếm đúng, khóa tháng") if step == COUNT else tr("Khóa tháng, in quyển"))
        self.commit.setVisible(not month.closed)
        self.commit.disable_because(why_not)

    def words(self) -> str:
        """Title and second line, for tests and screen readers."""
        return f"{self._title.text()} {self._words.text()}"
