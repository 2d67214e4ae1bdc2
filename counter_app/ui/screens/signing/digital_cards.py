"""The cards of the page Ký số: what waits, what is signed, the token with its PIN and the button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.services.ports.digital import KeyChoice, Progress, SignedRow, TokenKey, WaitingFile
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.signing.digital_rows import Sentence, SignedModel, WaitingModel
from counter_app.ui.widgets.button import NORMAL, Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import INFO, LOOK, Notice
from counter_app.ui.widgets.text import label, recolour


class WaitingCard(Card):
    """Files that wait for number and signature."""

    def __init__(self, sentence: Sentence) -> None:
        """Empty; the view shows rows."""
        super().__init__(tr("Tệp chờ ký số"), flush=True)
        self.rows = WaitingModel(sentence)
        self.table = TableView(self.rows, "two_line", tr("Tệp chờ ký số"))
        empty = StatePanel(
            tr("Không còn tệp chờ ký số."), tr("Bản sao điện tử nhập ở F4, ví dụ dt gks 1."), "checks"
        )
        self.stack = ListStack(self.table, empty)
        self.add(self.stack, 1)
        self.attach = Button(tr("Chọn tệp quét ..."), "scan", "Ctrl O")
        self.give_back = Button(tr("Trả lại ..."), "arrow-back-up", "R")
        self._count = label("", "caption", "text2")
        foot = self.add_foot(self._count, self.attach, self.give_back)
        foot.setStretch(0, 1)

    def show_files(self, files: Sequence[WaitingFile]) -> None:
        """The list read again; the bar stays on its file."""
        self.table.show_again(files, lambda one: (one.request, one.original))
        self.stack.loaded(len(files))
        bare = sum(not one.scan_pages for one in files)
        self._count.setText(tr("{n} tệp chưa có tệp quét trên máy này").format(n=bare) if bare else "")

    def current(self) -> WaitingFile | None:
        """The file of the bar."""
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None


class SignedCard(Card):
    """Signed files: given away, time-stamped, looked at."""

    def __init__(self) -> None:
        """Empty; the view shows rows."""
        super().__init__(tr("Tệp đã ký"), flush=True)
        self.rows = SignedModel()
        self.table = TableView(self.rows, "compact", tr("Tệp đã ký"))
        self.stack = ListStack(self.table, StatePanel(tr("Chưa ký tệp nào."), " ", "signature"))
        self.add(self.stack, 1)
        self.look = Button(tr("Xem chữ ký"), "eye", "Enter")
        self.stamp = Button(tr("Đóng dấu thời gian"), "clock")
        self.export = Button(tr("Xuất tệp đã ký ..."), "download", "Ctrl E")
        foot = self.add_foot(label("", "caption"), self.look, self.stamp, self.export)
        foot.setStretch(0, 1)

    def show_rows(self, rows: Sequence[SignedRow]) -> None:
        """The list read again."""
        self.table.show_again(rows, lambda one: one.line)
        self.stack.loaded(len(rows))

    def current(self) -> SignedRow | None:
        """The file of the bar."""
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None


class TokenCard(Card):
    """Which key signs, the token's PIN, the button, how far the lot is."""

    def __init__(self) -> None:
        """No token is known yet."""
        super().__init__(tr("Thẻ ký số"))
        self._keys: tuple[TokenKey, ...] = ()
        self.notice = Notice("", "", LOOK, "key")
        self.person = Picker(tr("Chứng thư của người ký"))
        self.about = label("", "caption", "text2", wrap=True)
        self.organisation = Picker(tr("Chứng thư của cơ quan"))
        self.pin = _secret(tr("PIN của thẻ"))
        self.second = _secret(tr("PIN thẻ của cơ quan"))
        self.progress = Notice("", "", INFO, "progress")
        self.stop = Button(tr("Dừng sau tệp đang ký"), "player-stop", "Esc", NORMAL)
        self.again = Button(tr("Tìm lại thẻ"), "refresh", "F5", NORMAL)
        self.sign = commit_button(tr("Ký số"), "signature")
        self.add(self.notice)
        for words, widget in (
            (tr("Người ký"), self.person),
            ("", self.about),
            (tr("Cơ quan ký sau"), self.organisation),
        ):
            if words:
                self.add(label(words, "caption_strong", "text2"))
            self.add(widget)
        for field in (self.pin, self.second, self.progress):
            self.add(field)
        self.body.addStretch(1)
        for button in (self.stop, self.again, self.sign):
            self.add(button)
        for hidden in (self.progress, self.stop, self.second):
            hidden.hide()
        self.person.currentIndexChanged.connect(self._show_about)
        self.organisation.currentIndexChanged.connect(self._show_about)

    def show_keys(self, keys: tuple[TokenKey, ...], error: BaseException | None, *, searching: bool) -> None:
        """What the readers hold, or why nothing can be chosen; the choices stay where they can."""
        if searching:
            self.notice.show_words(tr("Đang tìm thẻ ký số ..."), "", INFO, "key")
        elif error is not None:
            words = words_of(error)
            self.notice.show_words(words.title, words.remedy, LOOK, "key")
        self.notice.setVisible(searching or error is not None)
        if searching:
            return
        person, unit = self.chosen_person(), self.chosen_organisation()
        self._keys = keys
        names = [_named(key) for key in keys]
        self.person.show_choices(names, _place(keys, person, 0))
        self.organisation.show_choices([tr("Không"), *names], 1 + _place(keys, unit, -1))
        self._show_about()

    def chosen_person(self) -> TokenKey | None:
        """The signatory's certificate."""
        return self._key(self.person.currentIndex())

    def chosen_organisation(self) -> TokenKey | None:
        """The organisation's certificate, None when it does not sign here."""
        return self._key(self.organisation.currentIndex() - 1)

    def choices(self) -> tuple[KeyChoice, KeyChoice | None] | None:
        """Keys with their PINs; None, with words at the field, while one is missing."""
        person, unit = self.chosen_person(), self.chosen_organisation()
        if person is None:
            return None
        two = unit is not None and unit.token != person.token
        for field in (self.pin, *((self.second,) if two else ())):
            if not field.edit.text():
                field.show_error(tr("Nhập PIN của thẻ."))
                field.edit.setFocus()
                return None
        first = self.pin.edit.text()
        second = self.second.edit.text() if two else first
        return person.choice(first), None if unit is None else unit.choice(second)

    def forget_pins(self) -> None:
        """No PIN stays on the page."""
        for field in (self.pin, self.second):
            field.edit.clear()
            field.show_error("")

    def show_pin_fault(self, words: str) -> None:
        """A wrong PIN of the token: words with what is left, at its field."""
        self.pin.show_error(words)
        self.pin.edit.setFocus()

    def show_progress(self, progress: Progress | None) -> None:
        """How far the lot is; None when none runs."""
        running = progress is not None
        shown: tuple[QWidget, ...] = (self.progress, self.stop)
        for widget in shown:
            widget.setVisible(running)
        for widget in (self.person, self.organisation, self.pin, self.second, self.again, self.sign):
            widget.setEnabled(not running)
        if progress is not None:
            words = tr("Đang ký {n} / {total}").format(
                n=min(progress.done + 1, progress.total), total=progress.total
            )
            second = tr("Dừng sau tệp đang ký.") if progress.stopped else tr("Không rút thẻ.")
            self.progress.show_words(words, second, INFO, "progress")

    def show_ready(self, count: int, why_not: str) -> None:
        """What F9 would sign; ``why_not`` stops it, in words."""
        self.sign.show_words(tr("Ký số {n}").format(n=count) if count else tr("Ký số"))
        self.sign.disable_because(why_not)

    def _show_about(self, _place: int = 0) -> None:
        key, unit = self.chosen_person(), self.chosen_organisation()
        self.second.setVisible(key is not None and unit is not None and unit.token != key.token)
        self.about.setVisible(key is not None)
        if key is not None:
            words = tr("Số {serial} · đến {day} · còn {n} ngày")
            shown = words.format(serial=key.serial, day=key.last_day, n=key.days)
            self.about.setText(key.warning or shown)
            recolour(self.about, colour="warn" if key.warning else "text2")

    def _key(self, place: int) -> TokenKey | None:
        return self._keys[place] if 0 <= place < len(self._keys) else None


def _named(key: TokenKey) -> str:
    return tr("{name} · còn {n} ngày").format(name=key.subject, n=max(key.days, 0))


def _place(keys: tuple[TokenKey, ...], chosen: TokenKey | None, otherwise: int) -> int:
    same = (n for n, key in enumerate(keys) if chosen and key.fingerprint == chosen.fingerprint)
    return next(same, otherwise)


def _secret(words: str) -> Field:
    field = Field(words, required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
