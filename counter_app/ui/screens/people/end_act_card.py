"""A written act ends before its day: from which day on it no longer counts, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.services.ports.officials import OVER, ActView, EndActForm
from counter_app.ui.formatting import day
from counter_app.ui.i18n import tr
from counter_app.ui.screens.founding.found_panel import day_typed
from counter_app.ui.screens.people.words import term_words
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label


class EndActCard(Card):
    """``form(act)`` is what was typed, None with words at a date that is none."""

    def __init__(self) -> None:
        """Empty fields."""
        super().__init__(tr("Kết thúc văn bản giao ký"))
        self.which, self.state = label("", "strong", wrap=True), label("", "caption", "text2", wrap=True)
        self.on = Field(tr("Không còn hiệu lực từ ngày"), required=True, hint="20/11/2026")
        self.ground = Field(tr("Căn cứ, lý do"), required=True, hint=tr("Ví dụ: QĐ 70/QĐ-UBND thu hồi"))
        self.inputs: tuple[QWidget, ...] = (self.on, self.ground)
        self.after = label("", "caption", "text2", wrap=True)
        for part in (
            self.which,
            self.state,
            self.on,
            self.ground,
            self.after,
        ):
            self.add(part)

    def show_act(self, act: ActView | None, today: int) -> None:
        """Which act; today is proposed."""
        self.clear_errors()
        self.ground.fill("")
        self.on.fill(day(today) if act is not None and act.standing != OVER else "")
        self.which.setText("–" if act is None else f"{act.act_number} · {act.official_name}")
        self.state.setText("" if act is None else term_words(act))
        signing = tr(
            "Lời chứng đã ký trước ngày này vẫn có giá trị. Từ ngày này người đó không cấp số được nữa."
        )
        looking_up = tr("Quyền tra cứu kết thúc ngay. Câu hỏi chưa có trả lời không được hỏi nữa.")
        self.after.setText(looking_up if act is not None and act.words else signing)

    def form(self, act: ActView) -> EndActForm | None:
        """The end as typed."""
        on = day_typed(self.on.text())
        if not on:
            self.on.show_error(tr("Ghi ngày như 01/07/2026."))
            self.on.edit.setFocus()
            return None
        return EndActForm(act.delegation, on, self.ground.text())

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        shown = {"on": self.on, "ground": self.ground}.get(field)
        if shown is not None:
            shown.show_error(words)
            shown.edit.setFocus()
        return shown is not None

    def clear_errors(self) -> None:
        """Before the next F9."""
        for field in (self.on, self.ground):
            field.show_error("")
