"""The form of one act, built from what the act asks for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.dossiers import ActField, ActOffer
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.choices import Tick
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label, recolour

TICKED = "1"


class ChoiceInput(QWidget):
    """Label, list, words below when nothing may stay chosen."""

    def __init__(self, field: ActField) -> None:
        """Nothing is chosen where something must be and nothing stood there."""
        super().__init__()
        self.field = field
        self.picker = Picker(field.label)
        words = [said for _, said in field.choices]
        codes = [code for code, _ in field.choices]
        place = codes.index(field.value) if field.value in codes else -1
        self.picker.show_choices(words, place)
        self._error = label("", "caption", "bad", wrap=True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(_starred(field), "caption_strong", "text2"))
        column.addWidget(self.picker)
        column.addWidget(self._error)

    def value(self) -> str:
        """Code of the choice, empty for none."""
        place = self.picker.currentIndex()
        return self.field.choices[place][0] if 0 <= place < len(self.field.choices) else ""

    def fill(self, code: str) -> None:
        """Chooses by code."""
        codes = [one for one, _ in self.field.choices]
        self.picker.setCurrentIndex(codes.index(code) if code in codes else -1)

    def show_error(self, words: str) -> None:
        """Words below; empty clears them."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        recolour(self.picker, state="error" if words else "")
        self.picker.setAccessibleDescription(words)

    def error(self) -> str:
        """The words shown now."""
        return self._error.text()


class TickLine(QWidget):
    """A square with words that wrap: papers have long names. A click on the words ticks too."""

    def __init__(self, field: ActField) -> None:
        """``tick`` is what takes the keys."""
        super().__init__()
        self.tick = Tick("", on=field.value == TICKED)
        self.tick.setAccessibleName(field.label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(field.label, "body", wrap=True), 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """As on a check box, the words are part of the target."""
        self.tick.click()
        self.tick.setFocus(Qt.FocusReason.MouseFocusReason)


def _starred(field: ActField) -> str:
    return f"{field.label} *" if field.required else field.label


def _hint(field: ActField) -> str:
    if field.hint or field.kind not in ("date", "due"):
        return field.hint
    return tr("ngày/tháng/năm") if field.kind == "date" else tr("ngày/tháng/năm giờ:phút")


class ActFormCard(FormCard):
    """One act's fields; only F9 commits them."""

    def __init__(self, offer: ActOffer, kept: Mapping[str, str]) -> None:
        """``kept``: what was typed before it was put aside."""
        super().__init__(offer.label, "3")
        self.offer = offer
        self.choices: dict[str, ChoiceInput] = {}
        self.ticks: dict[str, Tick] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        chain = [self._build(field, column) for field in offer.fields]
        if not chain:
            column.addWidget(label(tr("Không cần nhập gì thêm."), "body", "text2", wrap=True))
        column.addStretch(1)
        self.add(scrolled(inner), 1)
        self.chain = FocusChain(chain, parent=self)
        self.fill(kept)

    def fill(self, values: Mapping[str, str]) -> None:
        """Writes values by field name; unknown names and PINs are passed over."""
        for name, value in values.items():
            if name in self.choices:
                self.choices[name].fill(value)
            elif name in self.ticks:
                self.ticks[name].setChecked(value == TICKED)
            elif name in self.fields:
                self._fill_text(self.fields[name], value)

    def values(self, *, secrets: bool = True) -> dict[str, str]:
        """What stands in the form; money as plain digits, a tick as ``1``."""
        hidden = {field.name for field in self.offer.fields if field.kind == "pin"}
        texts = {
            name: _text_of(field) for name, field in self.fields.items() if secrets or name not in hidden
        }
        chosen = {name: choice.value() for name, choice in self.choices.items()}
        ticked = {name: TICKED if tick.isChecked() else "" for name, tick in self.ticks.items()}
        return {**texts, **chosen, **ticked}

    def check(self) -> QWidget | None:
        """Required fields that are empty are marked; the first of them in the form's order, or None."""
        for field in self.offer.fields:
            if field.kind == "tick":
                continue
            held = self.choices.get(field.name) or self.fields[field.name]
            empty = field.required and not (held.value() if isinstance(held, ChoiceInput) else held.text())
            chosen = isinstance(held, ChoiceInput)
            words = tr("Chọn một mục.") if chosen else tr("Ô này chưa nhập.")
            held.show_error(words if empty else "")
        return self.first_wrong()

    def first_empty(self) -> QWidget | None:
        """The first field that must be filled and is not, without marking it; None when all is there."""
        values = self.values()
        names = (one.name for one in self.offer.fields if one.required and not values.get(one.name))
        name = next(names, None)
        if name is None or name in self.ticks:
            return None
        return self.choices[name].picker if name in self.choices else self.fields[name].edit

    def show_error(self, field: str | None, words: str) -> bool:
        """Words at the field, a choice too; False when the error has none here."""
        choice = self.choices.get(field or "")
        if choice is None:
            return super().show_error(field, words)
        choice.show_error(words)
        choice.picker.setFocus()
        return True

    def take_scan(self, code: str) -> bool:
        """A scan fills the field that waits for one; False when none does."""
        name = next((field.name for field in self.offer.fields if field.kind == "scan"), "")
        if not name:
            return False
        self.fields[name].fill(code, from_qr=True)
        return True

    def commit_words(self) -> str:
        """The act itself: verb and object."""
        return self.offer.label

    def _build(self, field: ActField, column: QVBoxLayout) -> QWidget:
        if field.kind == "choice":
            made = self.choices[field.name] = ChoiceInput(field)
            column.addWidget(made)
            return made.picker
        if field.kind == "tick":
            line = TickLine(field)
            self.ticks[field.name] = line.tick
            column.addWidget(line)
            return line.tick
        text = self.fields[field.name] = _text_field(field)
        column.addWidget(text)
        return text

    def _fill_text(self, field: Field, value: str) -> None:
        if isinstance(field, MoneyField):
            field.show_amount(int(value) if value.isascii() and value.isdigit() else None)
        else:
            field.fill(value)


def _text_field(field: ActField) -> Field:
    if field.kind == "money":
        money = MoneyField(_starred(field), shorthand=False)
        money.show_amount(int(field.value) if field.value.isascii() and field.value.isdigit() else None)
        return money
    made = Field(field.label, required=field.required, hint=_hint(field))
    made.fill(field.value)
    if field.kind == "pin":
        made.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def _text_of(field: Field) -> str:
    if not isinstance(field, MoneyField):
        return field.text()
    amount = field.amount()
    return field.text() if amount is None else str(amount)
