"""The blue half of the first pages: the way from a bare PC to a counter, and where one stands on it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from counter_app import __version__
from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.text import Icon, label

WIDTH = 330
ENROL, FOUND, SIGN_IN = 0, 1, 2


class StepsPlate(QFrame):
    """Nothing here can be pressed. ``step`` is ENROL, FOUND or SIGN_IN."""

    def __init__(self, step: int, practice: bool = False) -> None:
        """``practice`` writes the practice line."""
        super().__init__()
        self.setObjectName("rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(min(themes.current().size(WIDTH), WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 34, 24, 24)
        column.setSpacing(14)
        column.addLayout(_head())
        if practice:
            words = tr("BẢN TẬP HUẤN · giấy tờ in ra KHÔNG CÓ GIÁ TRỊ")
            column.addWidget(label(words, "caption_strong", "rail_on", wrap=True))
        column.addStretch(2)
        for place, (title, words) in enumerate(_steps()):
            column.addLayout(_step(place, step, title, words))
        column.addStretch(3)
        version = tr("Bản {version}").format(version=__version__)
        column.addWidget(label(version, "caption", "rail_muted"))


def _steps() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Ghi danh máy"), tr("Bằng tệp cấp phát của tỉnh, không cần mạng")),
        (tr("Cán bộ của đơn vị"), tr("Lập lần đầu, hoặc nhận từ máy khác của xã")),
        (tr("Đăng nhập"), tr("Mỗi người bằng mật khẩu của mình")),
    )


def _step(place: int, now: int, title: str, words: str) -> QHBoxLayout:
    icon, role = ("circle-check", "rail_accent") if place < now else ("circle", "rail_muted")
    if place == now:
        icon, role = "player-play", "rail_on"
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(label(title, "strong", "rail_on" if place <= now else "rail_muted", wrap=True))
    texts.addWidget(label(words, "caption", "rail_text" if place == now else "rail_muted", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Icon(icon, role, 20))
    row.addLayout(texts, 1)
    return row


def _head() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(13)
    row.addWidget(Icon("rubber-stamp", "rail_accent", 34))
    row.addWidget(label(tr("Một cửa cấp xã"), "h1", "rail_on"), 1)
    return row
