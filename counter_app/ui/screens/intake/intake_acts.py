"""What a clerk does beside typing: people beside, another outcome, the draft dropped, the date explained."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.copies import KnownPerson
from counter_app.services.ports.intake import ASK, REFUSE, CompanionForm, PartyForm
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import BarAction, Shell
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.companions import role_words
from counter_app.ui.screens.intake.party_card import PartyCard
from counter_app.ui.screens.intake.view_model import IntakeModel
from counter_app.ui.widgets.text import label


class IntakeActs(QObject):
    """Joins the model with the party's card and the shell; nothing here writes."""

    def __init__(self, model: IntakeModel, party: PartyCard, shell: Shell) -> None:
        """Owned by the screen."""
        super().__init__()
        self._model, self._party, self._shell = model, party, shell

    def fingerprint(self) -> None:
        """The requester cannot sign: the witness comes next."""
        self._model.set_fingerprint(self._party.fingerprint.isChecked())
        roles = [one.role for one in self._model.form.companions]
        if self._party.fingerprint.isChecked() and entry.WITNESS in roles:
            self._party.companions.start(roles.index(entry.WITNESS))

    def add_beside(self, role: str) -> None:
        """A new row of this role, with the keys in it."""
        place = self._model.add_companion(role)
        self._party.companions.start(place)

    def drop_beside(self, row: int) -> None:
        """Takes a row away; the bar gives it back for 8 s."""
        taken: CompanionForm = self._model.drop_companion(row)
        words = tr("Đã bỏ {role} {name}.").format(role=role_words(taken.role), name=taken.name)
        self._shell.tell_undo(words, lambda: self._model.restore_companion(taken))

    def ask_supplement(self) -> None:
        """B: the outcome is form 02, or again what the check-list says."""
        form = self._model.form
        if not form.procedure or self._model.busy:
            return
        if form.outcome == ASK and form.dossier is not None and entry.is_online(form):
            self._model.open_dossier(form.dossier)  # what was unticked to be asked for stands again
        else:
            self._model.put(entry.turn_ask(form))

    def refuse(self) -> None:
        """R: asks the ground; F9 writes form 03. R once more takes it back."""
        form = self._model.form
        if not form.procedure or self._model.busy:
            return
        if form.outcome == REFUSE:
            self._model.put(entry.not_refused(form))
            return
        self._shell.ask_reason(
            tr("Từ chối tiếp nhận hồ sơ"),
            self._model.grounds,
            self._refused,
            words=tr("Lý do cụ thể được in vào phiếu từ chối (mẫu 03). F9 mới lưu và in."),
            commit_words=tr("Chọn lý do"),
        )

    def _refused(self, code: str, words: str) -> None:
        reason = words or dict(self._model.grounds).get(code, "")
        self._model.put(entry.refused(self._model.form, code, reason))

    def ask_drop(self) -> None:
        """Names the draft and the loss before it goes."""
        form = self._model.form
        name = form.party.name or form.party.id_number or tr("chưa có tên")
        self._shell.ask_discard(
            tr("Bỏ nháp của {name}?").format(name=name),
            tr("Thủ tục và {n} giấy tờ đã đánh dấu sẽ mất.").format(n=len(form.ticks)),
            tr("Bỏ nháp"),
            self._model.drop_draft,
        )

    def explain_due(self) -> bool:
        """Ctrl+T: why this date, step by step."""
        view = self._model.view
        if view is None or not view.due_steps:
            return False
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        for place, step in enumerate(view.due_steps, 1):
            column.addWidget(label(tr("{n}. {words}").format(n=place, words=step.words), wrap=True))
        column.addStretch(1)
        self._shell.open_panel(tr("Vì sao ngày này"), paper)
        return True

    def joined(self, row: int, known: KnownPerson) -> None:
        """The second card: said with its way back, since it could have been meant for the first."""
        companion = self._model.form.companions[row]
        self._party.companions.rows[row].fill(companion, from_card=True)
        words = tr("{name} vào hàng “{role}”.").format(name=companion.name, role=role_words(companion.role))
        actions = () if self._model.form.dossier is not None else (
            BarAction(tr("Là người nộp"), lambda: self._model.make_party(row)),
        )  # fmt: skip
        self._shell.tell(words, actions)

    def offer_party_back(self, before: PartyForm) -> None:
        """The bar gives the person before back for 8 s."""
        words = tr("Thẻ vừa quét thay người nộp {name}.").format(name=before.name or before.id_number)
        self._shell.tell_undo(words, lambda: self._model.put_back(before))
