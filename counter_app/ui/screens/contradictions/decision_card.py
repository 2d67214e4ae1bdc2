"""One contradiction: each counter's word beside the other's, the proposal, the choice and its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.services.ports.contradictions import ContradictionView, SideView
from counter_app.ui import formatting
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.clearing import clear
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard, named
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label

BESIDE = 2
"""Sides that find room beside one another; three counters stand below one another."""


class DecisionCard(FormCard):
    """Empty until ``show_one``; what was typed stays while the same contradiction is read again."""

    def __init__(self) -> None:
        """The choice is made with the arrow keys, the reason is typed."""
        super().__init__(tr("Hai bản khác nhau"))
        self.shown: ContradictionView | None = None
        self._about = label("", "body", wrap=True)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(12)
        self._more = QVBoxLayout()
        self._more.setSpacing(8)
        self._proposal = label("", "body", "text2", wrap=True)
        self._todo = label("", "body", "warn", wrap=True)
        self.picker = Picker(tr("Bản đúng"))
        self.words = Field(tr("Căn cứ quyết định"), required=True)
        self.fields = {"words": self.words, "choice": self.words, "pin": self.words}
        self.add(scrolled(self._reading()), 1)
        self.add(named(tr("Bản đúng"), self.picker))
        self.add(self.words)
        self.chain = FocusChain((self.picker, self.words))
        self.hide()

    def _reading(self) -> QWidget:
        """What is read before one decides: it scrolls, choice and reason stay in sight."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._about)
        column.addLayout(self._sides)
        column.addLayout(self._more)
        column.addWidget(self._proposal)
        column.addWidget(self._todo)
        column.addStretch(1)
        return inner

    def show_one(self, one: ContradictionView | None) -> None:
        """Another contradiction, or none; the same one again keeps choice and words."""
        if one == self.shown:
            return
        same = self.shown is not None and one is not None and one.key == self.shown.key
        self.shown = one
        self.setVisible(one is not None)
        if one is None:
            return
        if self.title_label is not None:
            self.title_label.setText(one.field or one.title)
        self._about.setText(one.about)
        self._show_sides(one.sides)
        codes = [code for code, _ in one.choices]
        place = self.picker.currentIndex() if same else codes.index(one.proposed)
        self.picker.show_choices([words for _, words in one.choices], place)
        chosen = dict(one.choices)[one.proposed]
        self._proposal.setText(tr("Đề xuất: {chosen}. {why}").format(chosen=chosen, why=one.why))
        self._todo.setText(one.todo)
        self._todo.setVisible(bool(one.todo))
        if not same:
            self.words.fill("")
            self.words.show_error("")

    def choice(self) -> str:
        """Code of what is chosen, "" for nothing."""
        place = self.picker.currentIndex()
        return self.shown.choices[place][0] if self.shown is not None and place >= 0 else ""

    def check(self) -> QWidget | None:
        """A reason is needed."""
        return self.missing(self.words)

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Ghi quyết định")

    def _show_sides(self, sides: tuple[SideView, ...]) -> None:
        clear(self._sides)
        clear(self._more)
        for place, side in enumerate(sides):
            if len(sides) <= BESIDE:
                self._sides.addWidget(_side(side), 1)
            else:
                self._more.insertWidget(place, _side(side))


def _side(side: SideView) -> QWidget:
    """One counter's word: where, who, when, the value, what is to be known beside it."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(2)
    when = formatting.day_and_time(side.at)
    lines: list[QLabel] = [
        label(side.counter, "caption_strong", "text2"),
        label(side.value, "strong", wrap=True),
        label(f"{side.who} · {when}" if side.who else when, "caption", "text2", wrap=True),
    ]
    if side.note:
        lines.append(label(side.note, "caption", "ok", wrap=True))
    for one in lines:
        column.addWidget(one)
    column.addStretch(1)
    held.setAccessibleName(f"{side.counter}: {side.value}")
    return held
