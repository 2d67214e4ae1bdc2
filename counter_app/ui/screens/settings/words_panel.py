"""The drawer for the unit's own short words: what there is, and one word to set or to take away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.settings import PaperWord
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label, rule


class WordsPanel(QWidget):
    """``typed()`` is the word and its paper; an empty paper takes the word away."""

    def __init__(self) -> None:
        """No words yet."""
        super().__init__()
        self.word = Field(tr("Tên tắt"), required=True, hint="tkb")
        self.paper = Field(tr("Giấy tờ (tên, hoặc tên tắt có sẵn)"), hint=tr("Thời khóa biểu"))
        self.confirm = Button(tr("Đặt tên tắt"), "check", "F9", PRIMARY)
        self.later = Button(tr("Để sau"), "history", "Esc", NORMAL)
        about = tr("Dùng chung ở mọi quầy, đứng trước tên tắt có sẵn. Để trống giấy tờ: bỏ tên tắt.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(9)
        column.addWidget(label(about, "caption", "text2", wrap=True))
        for widget in (self.word, self.paper, self.confirm, self.later):
            column.addWidget(widget)
        column.addWidget(rule())
        self.known = label("", wrap=True)
        self.known.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.known)
        column.addStretch(1)
        self.chain = FocusChain((self.word.edit, self.paper.edit), parent=self)

    def typed(self) -> tuple[str, str]:
        """Word and paper as they stand."""
        return self.word.text(), self.paper.text()

    def show_words(self, words: Sequence[PaperWord]) -> None:
        """The list below the fields."""
        lines = [f"{one.word} — {one.paper}" for one in words]
        self.known.setText("\n".join(lines) or tr("Đơn vị chưa đặt tên tắt nào."))

    def begin_anew(self) -> None:
        """Empty fields for the next word."""
        for field in (self.word, self.paper):
            field.fill("")
            field.edit.setModified(False)
            field.show_error("")
        self.word.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        shown = {"word": self.word, "paper": self.paper}.get(field)
        if shown is None:
            return False
        shown.show_error(words)
        shown.edit.setFocus()
        shown.edit.selectAll()
        return True
