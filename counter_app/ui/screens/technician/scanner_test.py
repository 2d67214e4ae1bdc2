"""The scanner test: the printed code against the keys that came, their timing, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.screens.technician.key_recorder import KeyRecorder
from counter_app.ui.screens.technician.scan_trial import SHOWN, Key, Trial, change_made, read_trial
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.card import line
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.text import label, recolour, rule

BOX, GAP = 22, 4


class KeyBoxes(QWidget):
    """Signs of a code in boxes, as many as fit; those in ``wrong`` are red."""

    def __init__(self, name: str) -> None:
        """``name`` for screen readers."""
        super().__init__()
        self._name, self._text, self._wrong = name, "", frozenset[int]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, wrong: frozenset[int] = frozenset()) -> None:
        """The signs; spaces stay empty boxes."""
        self._text, self._wrong = text, wrong
        self.setAccessibleName(f"{self._name}: {text}")
        self.update()

    def sizeHint(self) -> QSize:
        """One row of boxes."""
        side = themes.current().size(BOX)
        return QSize(side * 8, side + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many boxes as fit; the last one says that more follow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        high = theme.size(BOX) + 4
        room = max(1, self.width() // (theme.size(BOX) - 4 + GAP))
        wide = theme.size(BOX) - 4
        text = self._text[: min(room, SHOWN)]
        cut = len(text) < len(self._text)
        for place, sign in enumerate(text):
            last = cut and place == len(text) - 1
            kind = "bad" if place in self._wrong and not last else "wait"
            box = QRect(place * (wide + GAP), 0, wide, high)
            painter.setPen(QPen(theme.colour(f"{kind}_line"), 1))
            painter.setBrush(theme.colour(f"{kind}_soft"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            colour = theme.colour("bad" if kind == "bad" else "text")
            painting.draw_text(
                painter, box, "…" if last else sign, theme.font("body", 600), colour, painting.CENTER
            )
        if not text:
            box = QRect(0, 0, self.width(), high)
            painting.draw_text(painter, box, tr("Chưa quét"), theme.font("caption"), theme.colour("text3"))


class ScannerTest(QWidget):
    """Listens while it is visible. ``passed`` fires when a code came through unchanged."""

    passed = Signal()
    tried = Signal(object)

    def __init__(self) -> None:
        """Give the printed texts by ``show_samples``."""
        super().__init__()
        self.setObjectName("plain")
        self.recorder = KeyRecorder(self)
        self.recorder.run_ended.connect(self._run_ended)
        self._samples: tuple[str, ...] = ()
        self.badge = Badge(tr("Chưa thử"), "wait", "circle-dashed")
        self._printed = KeyBoxes(tr("Mã in trên tờ thử"))
        self._received = KeyBoxes(tr("Máy tính nhận được"))
        self._values: dict[str, QLabel] = {}
        self.notice = Notice(tr("Quét mã trên trang thử"), "", icon="scan")
        self._build()
        self._clear()

    def show_samples(self, samples: tuple[str, ...]) -> None:
        """Texts of the codes on the test page, the bar code's first."""
        self._samples = samples
        self._printed.show_text(samples[0] if samples else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Listens."""
        super().showEvent(event)
        self.recorder.listen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops listening."""
        super().hideEvent(event)
        self.recorder.listen(False)

    def _run_ended(self, keys: tuple[Key, ...]) -> None:
        self.show_trial(read_trial(keys, self._samples))

    def show_trial(self, trial: Trial) -> None:
        """Everything the trial tells."""
        self._printed.show_text(trial.printed)
        self._received.show_text(trial.received, trial.wrong)
        suffix = trial.suffix or tr("không")
        self._say("keys", tr("{n} · {suffix}").format(n=trial.keys, suffix=suffix))
        self._say(
            "gaps", tr("trung vị {n} ms, dài nhất {m} ms").format(n=trial.median_ms, m=trial.longest_ms)
        )
        self._say("scan", tr("có") if trial.is_scan else tr("không"), "" if trial.is_scan else "bad")
        typed = trial.input_method
        self._say("method", tr("đang bật") if typed else tr("không thấy"), "warn" if typed else "")
        self._judge(trial)
        self.tried.emit(trial)
        if trial.good:
            self.passed.emit()

    def _judge(self, trial: Trial) -> None:
        if trial.good:
            self.badge.show_state(tr("Đạt"), "ok", "circle-check")
            words = tr("Mã tới nguyên vẹn, chương trình nhận ra ngay là máy quét.")
            self.notice.show_words(tr("Máy quét dùng được"), words, "ok", "circle-check")
            return
        self.badge.show_state(tr("Cần xem"), "warn", "alert-triangle")
        before, after = change_made(trial)
        if trial.input_method and before:
            title = tr("Bộ gõ đổi {before} thành {after}").format(before=before, after=after or "–")
            words = tr(
                "Mã của chương trình chỉ có chữ số nên vẫn đọc đúng; QR thẻ căn cước có chữ thì sẽ sai. "
                "Tắt gõ tiếng Việt khi quét, hoặc chuyển máy quét sang cổng COM (xem sách của máy quét)."
            )
        elif not trial.is_scan:
            title = tr("Máy quét gõ quá chậm")
            words = tr("Chương trình không phân biệt được với người gõ. Đặt độ trễ giữa hai phím về 0.")
        else:
            title = tr("Mã tới không giống mã in")
            words = tr("Đặt bàn phím của máy quét là “US”, rồi quét lại mã vạch trước, QR sau.")
        self.notice.show_words(title, words, LOOK)

    def _say(self, code: str, words: str, colour: str = "") -> None:
        self._values[code].setText(words)
        recolour(self._values[code], colour=colour)

    def _clear(self) -> None:
        for value in self._values.values():
            value.setText("–")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        head = QHBoxLayout()
        head.addWidget(label(tr("Thử máy quét"), "h2"), 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        words = tr("In trang thử, rồi quét từng mã trên đó. Chương trình ghi từng phím nhận được.")
        column.addWidget(label(words, "caption", "text2", wrap=True))
        for title, boxes in (
            (tr("Mã in trên tờ thử"), self._printed),
            (tr("Máy tính nhận được"), self._received),
        ):
            column.addWidget(label(title, "caption_strong", "text2"))
            column.addWidget(boxes)
        column.addWidget(rule())
        for code, words in (
            ("keys", tr("Số phím · hậu tố")),
            ("gaps", tr("Nhịp giữa hai phím")),
            ("scan", tr("Nhận là máy quét")),
            ("method", tr("Bộ gõ tiếng Việt")),
        ):
            self._values[code] = label("", "strong")
            column.addLayout(line(label(words, "body", "text2"), self._values[code]))
        column.addWidget(self.notice)
        column.addStretch(1)
