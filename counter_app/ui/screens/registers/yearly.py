"""The drawer of the years on the registers' page: T opens it, F9 goes through the closing, Esc goes back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import BookProgress, YearCard, YearForm
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.registers.one_year import Refusals, YearActs
from counter_app.ui.screens.registers.view_model import words_of_file
from counter_app.ui.screens.registers.year_model import CHECK, SIGN, YearsModel
from counter_app.ui.screens.registers.year_panel import Notes, YearPanel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words


class Yearly:
    """Opens, follows and closes the drawer; nothing is changed before F9 and the PIN."""

    def __init__(self, model: YearsModel, context: ScreenContext) -> None:
        """Nothing is open."""
        self._model, self._context = model, context
        self.panel: YearPanel | None = None
        self.step = CHECK
        self._cards: tuple[YearCard, ...] = ()
        self._people: tuple[SecondPerson, ...] = ()
        self._notes: Notes = {}

    def listen(self) -> None:
        """Answers of the model."""
        self._model.shown.connect(self.show)
        self._model.done.connect(self.done)
        self._model.written.connect(self.written)
        self._model.writing.connect(self.writing)
        self._model.stopped.connect(self.stopped)
        self._model.pin_refused.connect(self.pin_refused)
        self._model.failed.connect(self.failed)

    def ask(self, kind: str) -> None:
        """T: reads the years of a register; ``show`` follows."""
        self.step = CHECK
        self._model.read(kind)

    def show(self, cards: tuple[YearCard, ...], people: tuple[SecondPerson, ...], notes: Notes) -> None:
        """The drawer with what was read."""
        self._cards, self._people, self._notes = cards, people, notes
        if not cards:
            self._context.shell.tell(tr("Sổ này chưa mở."))
        else:
            self._open()

    def _open(self) -> None:
        model = self._model
        acts = YearActs(model.export, model.print_notes, model.open_next, model.settle)
        may = self._context.may(roles.TWO_PERSONS_FIRST)
        settling = "" if may else read_only_words(ReadOnly.NO_RIGHT, tr("in biên bản"))
        self.panel = YearPanel(
            self._cards, self._people, self.step, acts, Refusals(self._why_not(), settling), self.commit,
            self._notes,
        )  # fmt: skip
        self._context.shell.open_panel(tr("Sổ năm"), self.panel)
        self._context.shell.legend_changed()

    def _why_not(self) -> str:
        may = self._context.may(roles.CLOSE_BOOKS)
        return "" if may else read_only_words(ReadOnly.NO_RIGHT, tr("khóa sổ"))

    def stands(self) -> bool:
        """True while its drawer is open."""
        return standing(self.panel) is not None

    def commit(self) -> None:
        """F9 while the drawer stands: the next step; in the last the PIN is asked."""
        panel, tell = self.panel, self._context.shell.tell
        if panel is None or panel.card is None:
            tell(tr("Không có năm nào để khóa."))
        elif why_not := self._why_not() or "; ".join(panel.card.open_items):
            tell(why_not)
        elif self.step < SIGN:
            self.step += 1
            self._open()
        elif panel.form.two.chosen() is None:
            tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))
        elif (wrong := panel.form.missing(panel.form.two.secret)) is not None:
            wrong.setFocus()
        else:
            self._ask_pin(tr("In trang khóa sổ và biên bản. Khóa rồi chỉ thêm ghi chú."))

    def _ask_pin(self, words: str) -> None:
        if self.panel is not None and self.panel.card is not None:
            title = tr("Khóa sổ năm {year}").format(year=self.panel.card.year)
            self._context.shell.ask_pin(title, words, self._close)

    def _close(self, pin: str) -> None:
        panel = self.panel
        second = None if panel is None else panel.form.two.chosen()
        if panel is not None and panel.card is not None and second is not None:
            card = panel.card
            self._model.close(YearForm(card.kind, card.year, pin, second, panel.form.two.typed()))

    def back(self) -> bool:
        """Esc: one step back; False when the drawer may close."""
        if not self.stands() or self.step == CHECK:
            return False
        self.step -= 1
        self._open()
        return True

    def done(self, sentence: str) -> None:
        """An act was committed: its sentence, and the years read again."""
        self._context.shell.tell(sentence)
        if self.stands():
            self.ask(self._model.kind)

    def written(self, path: str) -> None:
        """The book lies in its folder."""
        self._context.shell.tell(words_of_file(path))

    def writing(self, year: int, progress: BookProgress | None) -> None:
        """How far the book is, on its button while the drawer stands; pressed again it stops."""
        for card in self.panel.years if self.panel is not None and self.stands() else ():
            if card.year == year:
                card.show_writing(progress)

    def stopped(self, error: BaseException) -> None:
        """Told as a fact: a person wanted it."""
        self._context.shell.tell(words_of(error).sentence)

    def pin_refused(self, error: BaseException) -> None:
        """The PIN is asked again with its words."""
        self._ask_pin(words_of(error).sentence)

    def failed(self, error: BaseException) -> None:
        """Words at the second person's secret, else as an error of the page."""
        panel = self.panel if self.stands() else None
        if panel is None or not panel.form.show_error(field_of(error), words_of(error).sentence):
            self._context.shell.show_error(error)

    def focus(self) -> QWidget | None:
        """What takes the keys while the drawer stands."""
        return self.panel.focusProxy() if self.panel is not None and self.stands() else None
