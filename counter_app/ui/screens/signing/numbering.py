"""Moment 2 by keys: who may be numbered, the paper witness, the PIN, and back to the clerk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.signing import NEEDS_LOOK, PileRow
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.signing.view_model import SigningModel
from counter_app.ui.screens.signing.witness import WitnessPanel
from counter_app.ui.standing import standing
from sync.protocol.naming.ids import EntryId


def goes_alone(row: PileRow) -> str:
    """Why a request cannot join the lot."""
    if row.check == NEEDS_LOOK:
        return tr("Phiếu Cần xem cấp số riêng: Enter để mở, xem xong nhấn F9.")
    return tr("Phiếu còn thiếu, chưa cấp số được. R để trả lại người nhập.")


class Numbering(QObject):
    """Asks in order: is the pen here, the witness after a start, the PIN; then the model commits."""

    def __init__(self, shell: Shell, model: SigningModel, why_not: Callable[[], str]) -> None:
        """``why_not`` gives the words why this PC or person cannot number, empty when it can."""
        super().__init__()
        self._shell, self._model, self._why_not = shell, model, why_not
        self._pending: tuple[EntryId, ...] = ()
        self._witness: WitnessPanel | None = None
        model.witnessed.connect(self._witnessed)
        model.pin_refused.connect(self._ask_pin_again)
        model.signatory_asked.connect(self._ask_signatory)

    def number_ticked(self) -> None:
        """Ctrl+Enter: the lot."""
        chosen = self._model.chosen()
        if chosen:
            self._begin(tuple(row.request for row in chosen))
        else:
            self._shell.tell(tr("Chưa chọn phiếu nào: Space chọn, Ctrl+A chọn hết phiếu Đủ."))

    def number_alone(self, row: PileRow) -> None:
        """F9: this request only; one that needs a look must have been opened."""
        if self._model.may_number_alone(row.request):
            self._begin((row.request,))
        elif row.check == NEEDS_LOOK:
            self._shell.tell(tr("Nhấn Enter để mở và xem phiếu này trước, rồi F9."))
        else:
            self._shell.tell(goes_alone(row))

    def give_back(self, row: PileRow) -> None:
        """R: back to the clerk, with a reason."""
        request = row.request
        words = tr("{name} · {content}. Phiếu về người nhập kèm lý do.")
        self._shell.ask_reason(
            tr("Trả lại phiếu {code}").format(code=row.code),
            self._model.reasons(),
            lambda reason, typed: self._model.return_to_clerk(request, reason, typed),
            words=words.format(name=row.name, content=row.content),
            commit_words=tr("Trả lại phiếu"),
        )

    def witness_stands(self) -> bool:
        """Whether the witness panel is open: F9 is its answer then."""
        return standing(self._witness) is not None

    def confirm_witness(self) -> None:
        """F9 in the witness panel."""
        number = self._witness.last_number() if self._witness is not None else None
        if number is None:
            return
        confirm = self._model.confirm_witness
        self._shell.ask_pin(
            tr("Xác nhận trước khi cấp số"),
            tr("Xác nhận này được ghi lại dưới tên người đang làm việc."),
            lambda pin: confirm(number, pin),
        )

    def takes_error(self, error: BaseException) -> bool:
        """An error about the number typed in the panel is shown at its field."""
        if not self.witness_stands() or not field_of(error) or self._witness is None:
            return False
        self._witness.number.show_error(words_of(error).sentence)
        return True

    def _begin(self, requests: tuple[EntryId, ...]) -> None:
        if words := self._why_not():
            self._shell.tell(words)
            return
        self._pending = requests
        if not self._model.needs_witness():
            self._ask_pin()
            return
        self._witness = WitnessPanel(self._model.desk.pen, self._model.desk.now)
        self._witness.confirm.clicked.connect(lambda _checked=False: self.confirm_witness())
        self._shell.open_panel(tr("Xác nhận trước khi cấp số"), self._witness)

    def _ask_pin(self, signatory: EntryId | None = None) -> None:
        rows = [row for row in self._model.desk.rows if row.request in self._pending]
        requests = tuple(row.request for row in rows)
        if not requests:
            return
        originals, texts = sum(row.originals for row in rows), sum(row.copies for row in rows)
        words = tr("{n} phiếu · {originals} bản chính. Số, ngày và tên người ký được ghi ngay khi nhập PIN.")
        self._shell.ask_pin(
            tr("Cấp số, in {n} lời chứng").format(n=texts),
            words.format(n=len(rows), originals=originals),
            lambda pin: self._model.number(requests, pin, signatory),
        )

    def _ask_signatory(self, requests: tuple[EntryId, ...], choices: tuple[SignatoryChoice, ...]) -> None:
        """The slips name different people: one of those with a valid act is chosen for the whole lot."""
        self._pending = requests
        people = {str(place): choice for place, choice in enumerate(choices[:9])}

        def chosen(code: str, _typed: str) -> None:
            if code in people:
                self._ask_pin(people[code].official)

        self._shell.ask_reason(
            tr("Ai ký lô này?"),
            tuple(
                (code, " · ".join(filter(None, (choice.label, choice.load))))
                for code, choice in people.items()
            ),
            chosen,
            words=tr("Các phiếu này chưa trình cùng một người ký."),
            commit_words=tr("Chọn người ký"),
        )

    def _ask_pin_again(self, error: BaseException, again: object) -> None:
        if callable(again):
            self._shell.ask_pin(tr("PIN chưa đúng"), words_of(error).sentence, again)

    def _witnessed(self) -> None:
        self._witness = None
        self._shell.close_panel()
        self._ask_pin()
