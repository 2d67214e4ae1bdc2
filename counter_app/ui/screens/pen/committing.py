"""What F9 does with the form that stands; its fields were found right before."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.pen.page import PenPage
from counter_app.ui.screens.pen.paper_forms import TwoPersonsCard
from counter_app.ui.screens.pen.view_model import PaperEntry, PenModel
from counter_app.ui.widgets.form_card import FormCard, whole
from sync.protocol.naming.ids import EntryId


class Committing:
    """From a form to the one verb of the view model."""

    def __init__(self, model: PenModel, parts: PenPage, shell: Shell) -> None:
        """The page's own parts."""
        self._model, self._parts, self._shell = model, parts, shell

    def run(self, form: FormCard) -> None:
        """Commits ``form``."""
        self._acts()[form]()

    def _acts(self) -> dict[FormCard, Callable[[], None]]:
        parts = self._parts
        return {
            parts.recovery: self._recover, parts.settle: self._settle, parts.ruling: self._rule,
            parts.passing: self._pass, parts.taking: lambda: self._model.take(parts.taking.path.text()),
            parts.to_paper: lambda: self._two_persons(parts.to_paper, self._model.to_paper),
            parts.back: lambda: self._two_persons(parts.back, self._model.back_from_paper),
            parts.enter: lambda: self.ask_pin(""),
        }  # fmt: skip

    def _rule(self) -> None:
        card, row = self._model.page.card, self._parts.ruling.row
        if card is not None and row is not None:
            self._model.rule(card.register, row.double, row.line.line, self._parts.ruling.ground.text())

    def _pass(self) -> None:
        card, to = self._model.page.card, self._parts.passing.chosen()
        if card is not None and to is not None:
            self._model.pass_on(to, self._parts.passing.folder.text(), card.register)

    def _two_persons(self, form: TwoPersonsCard, act: Callable[[EntryId, int, EntryId, str], None]) -> None:
        card, second = self._model.page.card, form.two.chosen()
        if second is None:
            self._nobody_beside()
        elif card is not None:
            act(card.register, whole(form.number) or 0, second, form.two.typed())

    def _recover(self) -> None:
        card = self._model.page.card
        form = None if card is None else self._parts.recovery.form(card.register)
        if form is None:
            self._nobody_beside()
        else:
            self._model.recover(form)

    def _nobody_beside(self) -> None:
        self._shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))

    def _settle(self) -> None:
        card, settle = self._model.page.card, self._parts.settle
        if card is None:
            return
        if settle.voids():
            self._model.void(card.register, settle.number, settle.minutes.text())
        else:
            self._model.rebuild(settle.form(card.register))

    def ask_pin(self, again: str) -> None:
        """The numberer's PIN for what stands on the sheets."""
        enter = self._parts.enter
        words = tr("Số {numbers} · {n} phiếu · ngày {day}. Dòng sổ ghi rõ là từ sổ giấy.")
        said = words.format(numbers=enter.numbers(), n=len(enter.slips.order), day=enter.day.text())
        entry = PaperEntry(
            tuple(enter.slips.order), whole(enter.first) or 0, enter.day.text(), enter.signer()
        )
        self._shell.ask_pin(
            tr("Nhập số từ sổ giấy"), again or said, lambda pin: self._model.enter(entry, pin)
        )
