"""A form in a card: fields by the names that errors use, and the second person who confirms an act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.pen import SecondPerson
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId


def whole(field: Field) -> int | None:
    """The number typed, None for what is none."""
    text = field.text()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else None


def beside(*fields: Field) -> QHBoxLayout:
    """Short fields in one row."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for field in fields:
        row.addWidget(field, 1)
    return row


def named(words: str, widget: QWidget) -> QWidget:
    """A widget below its name."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(label(words, "caption_strong", "text2"))
    column.addWidget(widget)
    column.addStretch(1)
    return held


def pair(*widgets: QWidget) -> QHBoxLayout:
    """Widgets of one row, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


class FormCard(Card):
    """A form that knows which of its fields an error belongs to."""

    def __init__(self, title: str, part: str = "") -> None:
        """``fields`` by the names that errors use."""
        super().__init__(title, part)
        self.fields: dict[str, Field] = {}
        self.chain: FocusChain

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        raise NotImplementedError

    def commit_words(self) -> str:
        """Verb and object: what F9 does with this form."""
        raise NotImplementedError

    def not_whole(self, *fields: Field) -> None:
        """Marks those that hold something else than a whole number."""
        for field in fields:
            if field.text() and whole(field) is None:
                field.show_error(tr("Chỉ nhập số."))

    def first_wrong(self) -> QWidget | None:
        """The first input in the order of the form that was marked."""
        marked = (one for one in self.chain.inputs() if one.property("state") == "error")
        return next(marked, None)

    def show_error(self, field: str | None, words: str) -> bool:
        """Words below the field; False when the error has none here."""
        found = self.fields.get(field or "")
        if found is None or found.isHidden():
            return False
        found.show_error(words)
        found.edit.setFocus()
        found.edit.selectAll()  # typing again replaces, also a secret that nobody sees
        return True

    def missing(self, *fields: Field) -> QWidget | None:
        """Marks the empty ones; the first of them, or None."""
        for field in fields:
            field.show_error("" if field.text() else tr("Ô này chưa nhập."))
        return next((field.edit for field in fields if field.error()), None)

    def clear(self, *kept: Field) -> None:
        """Empties all fields but ``kept``."""
        for field in self.fields.values():
            field.show_error("")
            if field not in kept:
                field.fill("")


class SecondFields:
    """Who stands beside the person at the counter, and his PIN or password: two inputs of a form."""

    def __init__(self) -> None:
        """Nobody yet; ``show_people`` fills it."""
        self.picker = Picker(tr("Người thứ hai"))
        self.secret = Field(tr("PIN hoặc mật khẩu của người thứ hai"), required=True)
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.people: tuple[SecondPerson, ...] = ()

    def add_to(self, card: Card) -> None:
        """Both inputs at the end of a card."""
        card.add(label(tr("Người thứ hai"), "caption_strong", "text2"))
        card.add(self.picker)
        card.add(self.secret)

    def fields(self) -> dict[str, Field]:
        """Where an error about the second person stands."""
        return dict.fromkeys(("second", "pin", "password", "official"), self.secret)

    def show_people(self, people: Sequence[SecondPerson]) -> None:
        """Who may stand beside; the choice stays on its person."""
        before = self.chosen()
        self.people = tuple(people)
        place = next((i for i, one in enumerate(people) if before == one.official), 0)
        self.picker.show_choices([f"{one.name}, {one.title}" for one in people], place)

    def chosen(self) -> EntryId | None:
        """The second person, None while nobody may be it."""
        place = self.picker.currentIndex()
        return self.people[place].official if 0 <= place < len(self.people) else None

    def typed(self) -> str:
        """His PIN or password as typed."""
        return self.secret.edit.text()
