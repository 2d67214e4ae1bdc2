"""Part 1: the requester, read from the card or typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.copies import KnownPerson, Notice, PersonForm
from counter_app.ui.formatting import grouped
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.entry import with_number
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.badge import Badge, key_cap
from counter_app.ui.widgets.text import ElidedLabel

FIELDS = {"id_number": 0, "name": 1, "birth": 2, "address": 3}
_WIDTHS = (166, 210, 106, 242)


class PersonCard(Card):
    """Four cells in a row. ``typed`` carries the whole form, ``left`` fires when a cell was left."""

    typed = Signal(object)
    left = Signal()
    drop_asked = Signal()

    def __init__(self) -> None:
        """Empty cells."""
        super().__init__(tr("Người yêu cầu"), "1")
        self.from_card = Badge(tr("Đã đọc từ QR CCCD"), "ok", "qrcode")
        self.again = ElidedLabel("", "caption", "text2")
        self.cap = key_cap("Ctrl R")
        self.drop = Button(tr("Bỏ nháp"), "trash", "", LINK, self.drop_asked.emit)
        self.drop.hide()
        self.add_to_head(self.from_card, self.again, self.cap, self.drop)
        self.identity = Field(tr("Số căn cước / giấy tờ"), required=True)
        self.name = Field(tr("Họ và tên"), required=True)
        self.birth = Field(tr("Ngày sinh"))
        self.home = Field(tr("Nơi cư trú"))
        self.fields = (self.identity, self.name, self.birth, self.home)
        row = QHBoxLayout()
        row.setSpacing(10)
        for field, width in zip(self.fields, _WIDTHS, strict=True):
            row.addWidget(field, width)
            field.edit.textEdited.connect(lambda _text: self._tell())
            field.left.connect(self._leave)
        self.add(row)
        self._person = PersonForm()
        self._touched: set[int] = set()
        self.show_known(None, "")
        self.from_card.hide()

    def fill(self, person: PersonForm, *, from_card: bool) -> None:
        """Writes the cells; those that a card changed flash."""
        self._person = person
        values = (grouped(person.id_number), person.name, person.birth, person.address)
        for field, value in zip(self.fields, values, strict=True):
            field.fill(value, from_qr=from_card)
        self._touched = {place for place, value in enumerate(values) if value}
        self.from_card.setVisible(person.from_card)

    def show_birth(self, text: str) -> None:
        """``020998`` as ``02/09/1998`` once the cell was left."""
        if text and text != self.birth.text() and not self.birth.edit.hasFocus():
            self.birth.edit.fill(text)
            self._tell()

    def show_known(self, known: KnownPerson | None, words: str) -> None:
        """``Lần thứ 3 trong năm`` and, with earlier rows, the key that takes them again."""
        reusable = known is not None and bool(known.earlier)
        shown = tr("{words} Lấy lại dòng cũ").format(words=words) if reusable else words
        self.again.setText(shown)
        self.again.setVisible(bool(shown))
        self.cap.setVisible(reusable)

    def show_faults(self, notices: tuple[Notice, ...], *, all_of_them: bool) -> None:
        """Words under each cell that was left (``all_of_them`` after F9); a good number gets its mark."""
        wrong: dict[int, Notice] = {}
        for notice in notices:
            if notice.row == -1 and notice.field in FIELDS:
                wrong.setdefault(FIELDS[notice.field], notice)
        for place, field in enumerate(self.fields):
            due = place in self._touched or all_of_them
            notice_here = wrong.get(place) if due and not self._is_typing(field) else None
            field.show_error(notice_here.title if notice_here is not None else "")
        good = bool(self.identity.text()) and 0 not in wrong and not self._is_typing(self.identity)
        if good:
            self.identity.show_state("circle-check")

    def set_read_only(self, read_only: bool) -> None:
        """Cells as text."""
        for field in self.fields:
            field.set_read_only(read_only)

    def field_of(self, name: str) -> QWidget:
        """The input a fault names; the number when it names none."""
        return self.fields[FIELDS.get(name, 0)].edit

    def _is_typing(self, field: Field) -> bool:
        return field.edit.hasFocus() and field.edit.isModified() and not field.error()

    def _tell(self) -> None:
        person = with_number(self._person, self.identity.text())
        self._person = replace(
            person, name=self.name.text(), birth=self.birth.text(), address=self.home.text()
        )
        self.from_card.setVisible(self._person.from_card)
        self.typed.emit(self._person)

    def _leave(self) -> None:
        for place, field in enumerate(self.fields):
            if not field.edit.hasFocus() and field.edit.isModified():
                self._touched.add(place)
                field.edit.setModified(False)
        number = grouped(self._person.id_number)
        if not self.identity.edit.hasFocus() and self.identity.text() != number:
            self.identity.edit.fill(number)
        self.left.emit()
