"""The panel of one question: what is asked, both values, what stays true, three exits (``ux.md`` 3.3)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.exchange import QuestionView, SyncItem
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.notice import STOP, Notice
from counter_app.ui.widgets.screen import SideColumn
from counter_app.ui.widgets.text import ElidedLabel, label

WIDTH = 392


def _readable(field: str, value: str) -> str:
    """Money with its dots; everything else as it was sent."""
    is_money = ("đồng" in field or tr("đồng") in field) and value.isdigit()
    return formatting.money(int(value)) if is_money else value or "–"


class QuestionPanel(SideColumn):
    """``can_answer`` False shows the question and says that another role answers it."""

    def __init__(
        self,
        *,
        can_answer: bool,
        on_commit: Callable[[], None],
        on_explain: Callable[[], None],
        on_ask_back: Callable[[], None],
    ) -> None:
        """Empty until ``show_question``."""
        super().__init__(WIDTH)
        self.can_answer = can_answer
        self.field = Field("")
        self.commit = commit_button(tr("Lưu đính chính, gửi"), "send", on_commit)
        self.explain = Button(tr("Giải trình"), "pencil", "Ctrl T", on_click=on_explain)
        self.ask_back = Button(tr("Hỏi lại tỉnh"), "message-circle-question", "Ctrl H", on_click=on_ask_back)
        self._card = QFrame()
        self._card.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self._question = QWidget()
        self._empty = StatePanel(
            tr("Không có việc nào tỉnh hỏi lại."),
            tr("Khi tỉnh hỏi, câu hỏi hiện ở đây. Hồ sơ vẫn có hiệu lực."),
            "circle-check",
        )
        column.addWidget(self._question, 1)
        column.addWidget(self._empty, 1)
        self._build()
        self.show_question(None, None)

    def show_question(self, item: SyncItem | None, view: QuestionView | None) -> None:
        """Shows a question, or that there is none."""
        goes, comes = (self._question, self._empty) if view is None else (self._empty, self._question)
        goes.hide()  # first: both at once would be too high, and a window that grew does not shrink again
        comes.show()
        if view is None:
            return
        self._title.setText(view.title if item is None else item.title)
        asked = formatting.day_and_time(item.at) if item is not None and item.at else "–"
        self._small.setText(tr("tỉnh hỏi lúc {time} · mã {code}").format(time=asked, code=view.code))
        self._notice.show_words(view.title, self._why(view), STOP, "message-circle-question")
        self._show_fields(view)
        correct = self.can_answer and view.can_correct
        self.field.setVisible(correct)
        self.commit.setVisible(correct)
        self._hint.setVisible(self.can_answer)
        self._hint.setText(self._hint_words(view))

    def value(self) -> str:
        """The corrected value."""
        return self.field.text()

    def _why(self, view: QuestionView) -> str:
        parts = [part for part in (view.what, view.why, view.stays_true) if part]
        return "\n".join(dict.fromkeys(parts))

    def _hint_words(self, view: QuestionView) -> str:
        if not view.can_correct:
            return tr("Việc đã ký hoặc đã in chỉ sửa bằng một việc mới. Giải trình, hoặc hỏi lại tỉnh.")
        return tr("Bản đầu vẫn còn trong lịch sử. Giấy đã in không tự đổi.")

    def _show_fields(self, view: QuestionView) -> None:
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self._both.setVisible(bool(view.fields))
        if not view.fields:
            return
        self._grid.addWidget(label(tr("Máy này"), "caption_strong", "text2"), 0, 1)
        self._grid.addWidget(label(tr("Tỉnh có"), "caption_strong", "text2"), 0, 2)
        for row, (name, ours, theirs) in enumerate(view.fields, 1):
            differs = ours != theirs
            self._grid.addWidget(label(name, "caption", "text2", wrap=True), row, 0)
            role = "strong" if differs else "body"
            for place, value, colour in ((1, ours, "bad"), (2, theirs, "ok")):
                shown = label(_readable(name, value), role, colour if differs else "", wrap=True)
                self._grid.addWidget(shown, row, place)
        name, ours, theirs = view.fields[0]
        words = tr("{field}, đính chính thành").format(field=name)
        self.field.rename(words)
        self.field.show_error("")
        self.field.fill(theirs or ours)

    def _build(self) -> None:
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = label("", "h2", wrap=True)
        self._small = ElidedLabel("", "caption", "text2")
        self._notice = Notice("", "", STOP, "message-circle-question")
        self._both = QWidget()
        self._grid = QGridLayout(self._both)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for index, stretch in enumerate((3, 4, 4)):
            self._grid.setColumnStretch(index, stretch)
        self._hint = label("", "caption", "text2", wrap=True)
        inner, upper = QWidget(), QVBoxLayout()
        inner.setLayout(upper)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(8)
        for widget in (self._title, self._notice, self._both, self._hint, self._small):
            upper.addWidget(widget)
        upper.addStretch(1)
        column.addWidget(scrolled(inner), 1)
        column.addWidget(self.field)
        if not self.can_answer:
            column.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("trả lời câu hỏi của tỉnh")))
        column.addWidget(self.commit)
        pair = QHBoxLayout()
        for button in (self.explain, self.ask_back):
            pair.addWidget(button, 1)
            if not self.can_answer:
                button.hide()
        column.addLayout(pair)
