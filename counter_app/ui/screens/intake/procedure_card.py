"""Part 2: the procedure by a few letters, and what the catalogue does not know of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.services.ports.copies import Notice
from counter_app.services.ports.intake import IntakeForm, IntakeView, ProcedureHit
from counter_app.ui.formatting import fold
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake.form_model import Found
from counter_app.ui.screens.intake.gaps import Gaps
from counter_app.ui.screens.intake.offer import Hits
from counter_app.ui.screens.intake.rows import UNKNOWN, HitsModel
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Line
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label, recolour

OFFERED = 4


class ProcedureCard(Card):
    """``wanted`` (letters), ``chosen`` (``ProcedureHit``), ``ended``: Enter after a choice."""

    wanted = Signal(str)
    chosen = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        """No procedure."""
        super().__init__(tr("Thủ tục"), "2")
        self.count = ElidedLabel("", "caption", "text2")
        self.unreviewed = Badge(tr("chưa rà soát"), "warn", "alert-triangle")
        self.limit, self.rate = label("", "caption_strong", "text2"), label("", "caption_strong", "text2")
        for fact in (self.limit, self.rate):
            fact.setContentsMargins(8, 0, 0, 0)
        self.add_to_head(self.count, self.unreviewed, self.limit, self.rate)
        self.edit = Line()
        self.edit.setAccessibleName(tr("Thủ tục: gõ vài chữ, không cần dấu"))
        self.edit.setPlaceholderText(tr("Gõ vài chữ, không cần dấu: ks, ket hon, 1.001193"))
        self.edit.show_icon("search", "text2")
        self.near = label("", "caption_strong", "warn", wrap=True)
        self.near.hide()
        self.fault = label("", "caption", "bad", wrap=True)
        self.fault.hide()
        self.model = HitsModel()
        self.hits = Hits(TableView(self.model, "two_line", tr("Thủ tục tìm thấy"), heads=False))
        self.gaps = Gaps()
        for part in (self.edit, self.fault, self.near, self.hits, self.gaps):
            self.add(part)
        self._hit: ProcedureHit | None = None
        self._found: Found | None = None
        self._enter_waits = False
        self.edit.textEdited.connect(self._typed)
        self.edit.left.connect(self._left)
        self.hits.chosen.connect(self._choose)
        self.edit.installEventFilter(self)

    def fill(self, form: IntakeForm) -> None:
        """What a draft says."""
        self._found, self._enter_waits = None, False
        self.edit.fill(form.procedure_text)
        self.gaps.fill(form)

    def show_form(self, form: IntakeForm, view: IntakeView | None) -> None:
        """The procedure chosen, and the cells for what the catalogue lacks."""
        self._hit = view.procedure if view is not None and form.procedure else None
        title = form.procedure_text or (self._hit.title if self._hit is not None else "")
        if form.procedure and not self.edit.hasFocus() and self.edit.text() != title:
            self.edit.fill(title)
        self.gaps.show_form(form, view)
        self._draw()

    def show_found(self, found: Found) -> None:
        """Hits for what was typed; an answer to older letters is dropped."""
        if found.typed.strip() != self.edit.text().strip() or not self.edit.hasFocus():
            return
        self._found = found
        self._draw()
        if self._enter_waits:
            self._enter()

    def show_fault(self, notices: Sequence[Notice], *, tried: bool) -> None:
        """Words below the field after F9."""
        found = next((one for one in notices if one.field == "procedure"), None)
        words = f"{found.title} {found.detail}".strip() if found is not None and tried else ""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.gaps.show_faults(notices, tried=tried)

    def start(self) -> None:
        """Focus to the field; what stands in it is replaced by typing."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.edit.selectAll()
        if not self.edit.text().strip():
            self.wanted.emit("")

    def set_read_only(self, read_only: bool) -> None:
        """The field as text."""
        self.edit.setReadOnly(read_only)
        self.gaps.set_read_only(read_only)

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, in order."""
        return (self.edit, *self.gaps.inputs())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the results, Enter takes what is under the bar."""
        if event.type() == QEvent.Type.FocusIn and not self.edit.text().strip():
            self.wanted.emit("")
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._found is not None:
            self.hits.step(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        return False

    def _typed(self, text: str) -> None:
        self._found, self._enter_waits = None, False
        self.wanted.emit(text)

    def _enter(self) -> None:
        self._enter_waits = False
        typed = self.edit.text().strip()
        same = self._hit is not None and fold(typed) == fold(self._hit.title)
        if same or (not typed and self._hit is not None and self._found is None):
            self.ended.emit()
        elif self._found is None:
            self._enter_waits = bool(typed)  # the answer is on its way: Enter counts for it
        elif not self._found.near and self._found.hits:
            self._choose(self.hits.table.current_row())
        elif self._found.near and self.hits.table.current_row() >= 0 and self._found.hits:
            self.edit.fill(
                self._found.hits[self.hits.table.current_row()].title
            )  # seen once more before it is taken
            self._typed(self.edit.text())

    def _choose(self, place: int) -> None:
        shown = self.model.rows()
        if self._found is None or not 0 <= place < len(shown):
            return
        hit = shown[place]
        self._found = None
        self._hit = hit
        self.edit.fill(hit.title)
        self._draw()
        self.chosen.emit(hit)
        self.ended.emit()

    def _left(self) -> None:
        """Letters that chose nothing give way to the procedure that stands."""
        self._found, self._enter_waits = None, False
        if self._hit is not None:
            self.edit.fill(self._hit.title)
        self._draw()

    def _draw(self) -> None:
        found = self._found
        hits = [] if found is None else list(found.hits[:OFFERED])
        self._draw_chosen()
        if hits != list(self.model.rows()):
            self.model.show_rows(hits)
        self.hits.fit(len(hits), "two_line")
        words = ""
        if found is not None and found.near:
            words = tr("Không thấy “{typed}”. Gần đúng:") if hits else tr("Không thấy “{typed}”.")
            words = words.format(typed=found.typed.strip())
        self.near.setText(words)
        self.near.setVisible(bool(words))
        self.count.setText(self._count_words(len(hits)))

    def _draw_chosen(self) -> None:
        """What stands has its limit and rate in the head: the room below goes to the papers."""
        hit = self._hit if self._found is None else None
        self.unreviewed.setVisible(hit is not None and not hit.reviewed)
        words = ("", "") if hit is None else (hit.limit, hit.fee)
        unknown = (tr("chưa có hạn"), tr("chưa có mức"))
        for part, said, none in zip((self.limit, self.rate), words, unknown, strict=True):
            known = said.strip().lower() not in UNKNOWN
            part.setText(said if known or hit is None else none)
            part.setVisible(hit is not None)
            recolour(part, colour="text2" if known else "warn")

    def _count_words(self, shown: int) -> str:
        found = self._found
        if found is None and self._hit is not None:
            return tr("{field} · {code}").format(field=self._hit.field, code=self._hit.code)
        if found is None or found.near:
            return "" if self._hit is not None else tr("không cần gõ dấu")
        if not found.typed.strip():
            return tr("dùng gần đây · không cần gõ dấu")
        words = tr("{shown} trong {all} kết quả · không cần gõ dấu")
        return words.format(shown=shown, all=len(found.hits))
