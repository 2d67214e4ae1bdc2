"""Notes and corrections on the registers' page: B and Q on a line, F9 commits, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.organisation import roles
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.registers.line_cards import CorrectionCard, NoteCard, line_form
from counter_app.ui.screens.registers.line_model import LineModel
from counter_app.ui.screens.registers.rows import RegisterModel
from counter_app.ui.screens.registers.view_model import RegistersModel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words

NO_CORRECTION = frozenset({"struck", "voided", "unknown"})
"""States of lines that hold nothing to be put right."""


class LineActs:
    """The drawer of a note or a correction; the line stays as written, both go to *Ghi chú*."""

    def __init__(
        self, model: LineModel, book: RegistersModel, rows: RegisterModel, context: ScreenContext
    ) -> None:
        """``book`` knows whether the month is bound, ``rows`` the heads of its columns."""
        self._model, self._book, self._rows, self._context = model, book, rows, context
        self.card: NoteCard | CorrectionCard | None = None
        self._row: RegisterRow | None = None
        self._on_done: Callable[[], None] = book.read

    def listen(self, on_done: Callable[[], None]) -> None:
        """Answers of the model; ``on_done`` after an act."""
        self._on_done = on_done
        self._model.seconds_read.connect(self.show_correction)
        self._model.done.connect(self._done)
        self._model.failed.connect(self._failed)

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of what this person may do with a line."""
        note = (KeyHint("B", tr("Ghi chú")),) if self._context.may(roles.CLOSE_BOOKS) else ()
        two = (KeyHint("Q", tr("Đính chính")), KeyHint("R", tr("Huỷ bỏ giá trị")))
        return (*note, *two) if self._context.may(roles.TWO_PERSONS_FIRST) else note

    def may_note(self, row: RegisterRow) -> bool:
        """Whether this person may note something on this line."""
        return row.line is not None and self._context.may(roles.CLOSE_BOOKS)

    def may_correct(self, row: RegisterRow) -> bool:
        """Whether this person may begin a correction of this line."""
        held = row.line is not None and row.state not in NO_CORRECTION
        return held and self._context.may(roles.TWO_PERSONS_FIRST)

    def ask_note(self, row: RegisterRow | None) -> None:
        """B: the form, or why not."""
        if row is None:
            return
        if not self._context.may(roles.CLOSE_BOOKS):
            self._context.shell.tell(read_only_words(ReadOnly.NO_RIGHT, tr("ghi chú vào sổ")))
        elif row.line is None:
            self._context.shell.tell(tr("Số chưa rõ thì giải quyết ở Quyền cấp số và sổ."))
        else:
            self._open(row, NoteCard(row), tr("Dòng giữ nguyên, ghi chú thêm vào cột (8)."))

    def ask_correction(self, row: RegisterRow | None) -> None:
        """Q: says why not, or asks who may stand beside; ``show_correction`` follows."""
        tell = self._context.shell.tell
        if row is None:
            return
        if not self._context.may(roles.TWO_PERSONS_FIRST):
            tell(read_only_words(ReadOnly.NO_RIGHT, tr("đính chính sổ")))
        elif row.line is None:
            tell(tr("Số chưa rõ thì giải quyết ở Quyền cấp số và sổ."))
        elif not self.may_correct(row):
            tell(tr("Số {n} đã gạch, không đính chính.").format(n=row.number))
        else:
            self._row = row
            self._model.ask_seconds()

    def show_correction(self, people: tuple[SecondPerson, ...]) -> None:
        """The drawer with the form of a correction."""
        if self._row is not None:
            heads = [column.words for column in self._rows.columns[2:7]]
            said = tr("Dòng giữ nguyên; nội dung đúng vào cột (8).")
            self._open(self._row, CorrectionCard(self._row, heads, people), said)

    def _open(self, row: RegisterRow, card: NoteCard | CorrectionCard, said: str) -> None:
        self._row, self.card = row, card
        month = self._book.month
        if month is not None and month.closed:
            said += " " + tr("Tháng đã đóng quyển: in phiếu để dán ở Sổ năm (T).")
        commit = commit_button(card.commit_words(), "pencil")
        commit.clicked.connect(self._clicked)
        holder = line_form(row, card, said, commit)
        holder.setFocusProxy(card.words.edit if isinstance(card, NoteCard) else card.column)
        self._context.shell.open_panel(card.commit_words(), holder)
        self._context.shell.legend_changed()

    def stands(self) -> bool:
        """True while its drawer is open."""
        return standing(self.card) is not None

    def commit(self) -> None:
        """F9 while the drawer stands."""
        card, row = self.card, self._row
        if card is None or row is None or row.line is None:
            return
        wrong = card.check()
        if wrong is not None:
            wrong.setFocus()
        elif isinstance(card, NoteCard):
            self._model.note(row.line, card.words.text())
        elif (second := card.two.chosen()) is None:
            self._context.shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))
        else:
            self._model.correct(card.form(row.line, second))

    def buttons(self, row: RegisterRow) -> tuple[Button, ...]:
        """For the drawer of a line's acts, where a mouse is used."""
        found = []
        if self.may_note(row):
            found.append(Button(tr("Ghi chú ..."), "notes", "B", on_click=lambda: self.ask_note(row)))
        if self.may_correct(row):
            found.append(
                Button(tr("Đính chính ..."), "pencil", "Q", on_click=lambda: self.ask_correction(row))
            )
        return tuple(found)

    def _clicked(self, _checked: bool = False) -> None:
        self.commit()

    def _done(self, sentence: str) -> None:
        self.card = self._row = None
        self._context.shell.close_panel()
        self._context.shell.tell(sentence)
        self._context.shell.legend_changed()
        self._on_done()

    def _failed(self, error: BaseException) -> None:
        card = self.card if self.stands() else None
        if card is None or not card.show_error(field_of(error), words_of(error).sentence):
            self._context.shell.show_error(error)
