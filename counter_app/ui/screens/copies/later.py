"""A later promise to the citizen: Ctrl+H asks in the drawer for a ground of art. 21 and the days."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.certification.taking_in.time_limit import GROUND_WORDS
from counter_app.services.ports.copies import EXTENSION, STOP
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import language, tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.copies.view_model import CopiesModel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label

USUAL_DAYS = "2"
_GROUNDS = ("", *(str(ground) for ground in GROUND_WORDS))


class LaterPanel(QWidget):
    """Ground, working days, agreement; each change is in the form at once, the slip's hour stands below."""

    def __init__(self, model: CopiesModel) -> None:
        """As the form says it now."""
        super().__init__()
        self._model = model
        place = 1 if language() == "en" else 0
        words = [tr("Không gia hạn"), *(one[place] for one in GROUND_WORDS.values())]
        self.ground = Picker(tr("Căn cứ gia hạn"))
        chosen = model.form.later_ground
        self.ground.show_choices(words, _GROUNDS.index(chosen) if chosen in _GROUNDS else 0)
        self.days = Field(tr("Số ngày làm việc"), hint=tr("1 hoặc 2; nhiều hơn cần thỏa thuận"))
        self.days.fill(model.form.later_days)
        self.agreement = Field(tr("Văn bản thỏa thuận"), hint=tr("số, ngày; khi hơn 2 ngày"))
        self.agreement.fill(model.form.agreement)
        self.promise = label("", "strong", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(9)
        law = tr(
            "Nhiều loại, nhiều trang, nhiều bản, nội dung phức tạp: thêm tối đa 2 ngày làm việc (Điều 21)."
        )
        column.addWidget(label(law, wrap=True))
        column.addWidget(label(tr("Căn cứ gia hạn"), "caption_strong", "text2"))
        for part in (self.ground, self.days, self.agreement, self.promise):
            column.addWidget(part)
        column.addStretch(1)
        self._chain = FocusChain((self.ground, self.days, self.agreement), parent=self)
        self.setFocusProxy(self.ground)
        self.ground.picked.connect(self._choose)
        for field in (self.days, self.agreement):
            field.edit.textEdited.connect(lambda _text: self._tell())
        self.draw()

    def draw(self) -> None:
        """The hour the slip will bear, or what is wrong."""
        extended = bool(self._model.form.later_ground)
        for field in (self.days, self.agreement):
            field.set_read_only(not extended)
        stop = next((one for one in self._model.notices(STOP) if one.field == EXTENSION), None)
        self.days.show_error("" if stop is None else stop.title)
        view = self._model.view
        self.promise.setText("" if view is None else view.due_text)

    def _choose(self, place: int) -> None:
        if _GROUNDS[place] and not self.days.text():
            self.days.fill(USUAL_DAYS)
        self._tell()

    def _tell(self) -> None:
        place = max(self.ground.currentIndex(), 0)
        self._model.promise_later(_GROUNDS[place], self.days.text(), self.agreement.text())


class Later(QObject):
    """The drawer of a later promise: Ctrl+H opens it, F9 takes what stands there with the rest."""

    def __init__(self, model: CopiesModel, context: ScreenContext, page: QObject) -> None:
        """Nothing is open."""
        super().__init__(page)
        self._model, self._context = model, context
        self.panel: LaterPanel | None = None
        model.changed.connect(self._draw)

    def ask(self) -> None:
        """Ctrl+H; a slip that came back keeps the promise it has."""
        if self._model.form.request is not None:
            self._context.shell.tell(tr("Phiếu sửa lại giữ giờ hẹn đã ghi trên giấy của dân."))
            return
        self.panel = LaterPanel(self._model)
        self._context.shell.open_panel(tr("Hẹn thêm ngày"), self.panel)

    def close(self) -> None:
        """The drawer goes, if it stands."""
        if self._stands():
            self._context.shell.close_panel()
        self.panel = None

    def _stands(self) -> bool:
        return standing(self.panel) is not None

    def _draw(self) -> None:
        if self.panel is not None and self._stands():
            self.panel.draw()
