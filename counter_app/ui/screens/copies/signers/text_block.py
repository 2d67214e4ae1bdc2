"""Where the text of a signature goes: the choice, the distance from the upper edge, and the sheet drawn."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.copies import TextPlace
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.signers.sheet import SheetPicture
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label

PAGE, UNDER = "page", "under"
CODES = (PAGE, UNDER)


class TextBlock(QWidget):
    """``changed`` after each key and choice."""

    changed = Signal()

    def __init__(self) -> None:
        """As the unit does, until a person chooses."""
        super().__init__()
        self._chosen = ""
        self.choice = Picker(tr("Lời chứng in ở đâu"))
        self.choice.show_choices(
            (tr("Tờ riêng kèm theo, đóng dấu giáp lai"), tr("Ngay dưới chữ ký, trên tờ giấy")), 0
        )
        self.top = Field(tr("Cách mép trên tờ giấy"), hint=tr("150 (mm) hoặc 18d (dòng)"))
        self.sheet = SheetPicture()
        self.words = label("", "caption", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Lời chứng in ở đâu"), "caption_strong", "text2"))
        for part in (
            self.choice,
            self.sheet,
            self.top,
            self.words,
        ):  # the sheet above what is typed: in sight
            column.addWidget(part)
        self.choice.picked.connect(self._picked)
        self.top.edit.textEdited.connect(self._typed)
        self._show_parts(under=False)

    def fill(self, on: str, top: str) -> None:
        """A row as it stands; ``on`` "" is the unit's way."""
        self._chosen = on
        if on in CODES:
            self.choice.setCurrentIndex(CODES.index(on))
        self.top.fill(top)
        self._show_parts(under=on == UNDER)

    def on(self) -> str:
        """What a person chose, "" while nobody did."""
        return self._chosen

    def inputs(self) -> tuple[QWidget, ...]:
        """The choice, then the distance."""
        return (self.choice, self.top)

    def show_place(self, place: TextPlace | None) -> None:
        """The sheet as the reading measured it; the unit's way where nobody chose."""
        if place is None:
            return
        if not self._chosen and place.on in CODES:
            self.choice.setCurrentIndex(CODES.index(place.on))
        self._show_parts(under=place.on == UNDER)
        self.sheet.show_place(place)
        self.words.setText(self.sheet.words())

    def _picked(self, place: int) -> None:
        self._chosen = CODES[place]
        self._show_parts(under=self._chosen == UNDER)
        self.changed.emit()

    def _typed(self, _text: str) -> None:
        self.top.edit.setModified(False)
        self.changed.emit()

    def _show_parts(self, *, under: bool) -> None:
        for part in (self.top, self.sheet, self.words):
            part.setVisible(under)
