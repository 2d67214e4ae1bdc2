"""The drawer for one row: people, languages, case of an authorisation, an outside place. Keys alone.

Nothing waits in it: each key changes the form at once, so that Esc loses nothing and F9 writes what is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.certification.taking_in.matters import OF_SIGNATURES, TRANSLATOR
from counter_app.services.ports.copies import (
    Notice,
    PersonForm,
    SigningChoices,
    SigningForm,
    TextPlace,
)
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.problems import BESIDE
from counter_app.ui.screens.copies.signers.people import Beside, filled, of_card, people_of, with_people
from counter_app.ui.screens.copies.signers.person_block import PersonBlock
from counter_app.ui.screens.copies.signers.text_block import TextBlock
from counter_app.ui.widgets.button import PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label, rule

MOST_BLOCKS = 20
IN_SIGHT = 40
"""Pixels kept in sight around the cell that has the focus."""


class SignersPanel(QWidget):
    """``changed`` carries the ``SigningForm``; ``number_left`` a number to look up; ``done`` at the end."""

    changed = Signal(object)
    number_left = Signal(str)
    done = Signal()

    def __init__(self, row: int, matter: str, form: SigningForm, requester: PersonForm) -> None:
        """For the form's ``row``, as it stands."""
        super().__init__()
        self.row = row
        self._form, self._requester = form, requester
        self._choices = SigningChoices((), ())
        self.blocks: list[PersonBlock] = []
        self._people = QVBoxLayout()
        self._people.setSpacing(10)
        self.languages = Field(
            tr("Dịch từ tiếng nào sang tiếng nào"), hint=tr("từ tiếng Anh sang tiếng Việt")
        )
        if matter != TRANSLATOR:
            self.languages.hide()
        self.text = TextBlock()
        if matter not in OF_SIGNATURES:
            self.text.hide()
        self.authorisation = Picker(tr("Giấy ủy quyền: trường hợp"))
        self.time = Field(tr("Ngoài trụ sở: giờ"), hint="14:30")
        self.place = Field(tr("Địa điểm"))
        self.ground = Picker(tr("Lý do ngoài trụ sở"))
        self.fault = label("", "caption", "bad", wrap=True)
        self.close_button = Button(tr("Xong, đến ô đã ký trước mặt"), "check", "", PRIMARY, self.done.emit)
        self._case_head = label(tr("Giấy ủy quyền: trường hợp"), "caption_strong", "text2")
        self._build()
        self._listen()
        self._show()

    def show_choices(self, choices: SigningChoices, *, authorisation: bool) -> None:
        """The lists; the case only on a paper of authorisation."""
        self._choices = choices
        form = self._form
        cases = [words for _code, words in choices.authorisations]
        codes = [code for code, _words in choices.authorisations]
        self.authorisation.show_choices(cases, _place(codes, form.authorisation))
        grounds = [code for code, _words in choices.outside_grounds]
        words = [tr("tại trụ sở"), *(words for _code, words in choices.outside_grounds)]
        self.ground.show_choices(words, _place(grounds, form.outside_ground) + 1)
        for part in (self._case_head, self.authorisation):
            part.setVisible(authorisation)

    def show_faults(self, notices: Sequence[Notice]) -> None:
        """What stops the row, in words at the top."""
        found = [one.title for one in notices if one.row == self.row and one.field in BESIDE]
        self.fault.setText("\n".join(found))
        self.fault.setVisible(bool(found))

    def show_place(self, place: TextPlace | None) -> None:
        """Where the text of this row stands, as the reading measured it."""
        self.text.show_place(place)

    def start(self) -> None:
        """Focus to the first thing that is missing: a number, then the languages."""
        self.blocks[-1].number.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def take_card(self, card: PersonForm) -> None:
        """A card fills the block that has the focus, else the first free one."""
        block = self._current() or self.blocks[-1]
        block.fill(of_card(block.person(), card), from_card=True)
        self._typed()
        self.start()

    def take_known(self, known: PersonForm) -> None:
        """A person found by number fills what was left empty."""
        for block in self.blocks:
            if (better := filled(block.person(), known)) != block.person():
                block.fill(better)
        self._typed()

    def _current(self) -> PersonBlock | None:
        focus = QApplication.focusWidget()
        return next((one for one in self.blocks if focus is not None and one.isAncestorOf(focus)), None)

    def _typed(self) -> None:
        people = [block.person() for block in self.blocks]
        self._keep(with_people(self._form, people, self._requester))
        if not people[-1].is_blank and len(people) < MOST_BLOCKS:
            self._add(Beside())
            self._chain_anew()

    def _keep_in_sight(self, _before: object, now: object) -> None:
        """Enter moves the focus where no wheel turned: the drawer scrolls after it."""
        if not isinstance(now, QWidget) or not self.isAncestorOf(now):
            return
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(now, 0, IN_SIGHT)

    def _told(self, _value: object = None) -> None:
        place = self.ground.currentIndex() - 1
        grounds, cases = self._choices.outside_grounds, self._choices.authorisations
        case = self.authorisation.currentIndex()
        for field in (self.languages, self.time, self.place):
            field.edit.setModified(False)
        self._keep(
            replace(
                self._form, languages=self.languages.text(), outside_time=self.time.text(), outside_at=0,
                outside_place=self.place.text(),
                outside_ground=grounds[place][0] if 0 <= place < len(grounds) else "",
                authorisation=cases[case][0] if 0 <= case < len(cases) else "",
                text_on=self.text.on(), text_top=self.text.top.text(),
            )
        )  # fmt: skip

    def _keep(self, form: SigningForm) -> None:
        if form != self._form:
            self._form = form
            self.changed.emit(form)

    def _show(self) -> None:
        for one in (*people_of(self._form, self._requester), Beside()):
            self._add(one)
        form = self._form
        self.languages.fill(form.languages)
        self.time.fill(form.outside_time)
        self.place.fill(form.outside_place)
        self.text.fill(form.text_on, form.text_top)
        self.show_choices(self._choices, authorisation=False)
        self.show_faults(())
        self._chain_anew()

    def _add(self, one: Beside) -> None:
        block = PersonBlock()
        block.fill(one)
        block.typed.connect(self._typed)
        block.number_left.connect(self.number_left)
        self.blocks.append(block)
        self._people.addWidget(block)

    def _chain_anew(self) -> None:
        for old in self.findChildren(FocusChain):
            old.setParent(None)
            old.deleteLater()
        inputs = [one for block in self.blocks for one in block.inputs()]
        rest = (self.languages, self.authorisation, self.time, self.place, self.ground, *self.text.inputs())
        self.chain = FocusChain((*inputs, *rest), self.done.emit, self)

    def _listen(self) -> None:
        for field in (self.languages, self.time, self.place):
            field.edit.textEdited.connect(self._told)
        for picker in (self.authorisation, self.ground):
            picker.picked.connect(self._told)
        self.text.changed.connect(self._told)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_sight)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.fault)
        column.addLayout(self._people)
        column.addWidget(label(tr("Quét thẻ, hoặc gõ số rồi Enter; số trống: sang phần sau."), "caption",
                               "text2", wrap=True))  # fmt: skip
        column.addWidget(rule())
        column.addWidget(self.languages)
        for part in (self._case_head, self.authorisation, self.time, self.place):
            column.addWidget(part)
        column.addWidget(label(tr("Lý do ngoài trụ sở"), "caption_strong", "text2"))
        column.addWidget(self.ground)
        column.addWidget(self.text)
        column.addWidget(self.close_button)
        column.addStretch(1)


def _place(codes: Sequence[str], code: str) -> int:
    return codes.index(code) if code in codes else -1
