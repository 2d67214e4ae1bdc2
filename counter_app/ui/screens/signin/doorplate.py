"""The blue half of the sign-in page: unit, time, this PC, the line, where the second copy is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from counter_app import __version__
from counter_app.services.ports.exchange import SyncStatus
from counter_app.services.ports.session import CounterInfo
from counter_app.ui import formatting
from counter_app.ui.i18n import language, tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.text import Icon, label

WIDTH = 392


class _Fact(QFrame):
    """An icon with a bold and a small line."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = Icon(icon, "rail_muted", 20)
        self.title = label("", "strong", "rail_on", wrap=True)
        self.words = label("", "caption", "rail_muted", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.title)
        texts.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.icon)
        row.addLayout(texts, 1)

    def say(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))


class Doorplate(QFrame):
    """Nothing here can be pressed; it tells where one is and that work is safe."""

    def __init__(self, counter: CounterInfo) -> None:
        """``counter``: this PC."""
        super().__init__()
        self.setObjectName("rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(min(themes.current().size(WIDTH), WIDTH))
        self._time = label("", "clock", "rail_on")
        self._date = label("", "h2", "rail_text")
        self._counter, self._line, self._copy = _Fact("device-desktop"), _Fact("cloud-off"), _Fact("database")
        name = tr("{counter} · máy đã đăng ký").format(counter=counter.counter_name)
        self._counter.say(name, tr("Máy này là yếu tố xác thực thứ hai"))
        column = QVBoxLayout(self)
        column.setContentsMargins(34, 34, 30, 24)
        column.setSpacing(12)
        column.addLayout(_head(counter))
        if counter.practice:
            practice = tr("BẢN TẬP HUẤN · giấy tờ in ra KHÔNG CÓ GIÁ TRỊ")
            column.addWidget(label(practice, "caption_strong", "rail_on", wrap=True))
            if counter.practice_hint:
                column.addWidget(label(counter.practice_hint, "caption", "rail_text", wrap=True))
        column.addStretch(2)
        column.addWidget(self._time)
        column.addWidget(self._date)
        column.addSpacing(14)
        for fact in (self._counter, self._line, self._copy):
            column.addWidget(fact)
        column.addStretch(3)
        version = tr("Bản {version} · F1 trợ giúp").format(version=__version__)
        column.addWidget(label(version, "caption", "rail_muted"))

    def show_now(self, now: int) -> None:
        """The time in ms."""
        self._time.setText(formatting.time(now))
        self._date.setText(formatting.long_moment(now, language()).rsplit(" · ", 1)[0])

    def show_line(self, line: SyncStatus) -> None:
        """Offline is not an error: what waits goes by itself when a line returns."""
        waiting = tr("Vẫn đăng nhập và làm việc bình thường. {n} mục sẽ tự gửi khi có mạng.")
        if line.offline_since:
            since = tr("Ngoại tuyến từ {time}").format(time=formatting.time(line.offline_since))
            self._line.say(since, waiting.format(n=line.waiting))
            self._line.icon.show_icon("cloud-off")
        else:
            self._line.say(line.pill.words, waiting.format(n=line.waiting) if line.waiting else "")
            self._line.icon.show_icon("cloud-up" if line.waiting else "cloud-check")
        copy = tr("Bản thứ hai: {where}").format(where=line.second_copy) if line.second_copy else ""
        self._copy.say(tr("Dữ liệu an toàn trên máy này"), copy)


def _head(counter: CounterInfo) -> QHBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(2)
    texts.addWidget(label(tr("Một cửa cấp xã"), "h1", "rail_on"))
    unit = _unit(counter)
    unit.setAccessibleName(unit.text())
    texts.addWidget(unit)
    row = QHBoxLayout()
    row.setSpacing(13)
    row.addWidget(Icon("rubber-stamp", "rail_accent", 34))
    row.addLayout(texts, 1)
    return row


def _unit(counter: CounterInfo) -> QLabel:
    return label(counter.unit_title or counter.unit_name, "caption", "rail_muted", wrap=True)
