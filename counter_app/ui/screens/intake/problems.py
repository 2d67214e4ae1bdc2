"""What stops F9, in the order of the page, and where Ctrl+. goes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from counter_app.services.ports.copies import LOOK, STOP, Notice
from counter_app.ui.screens.intake.companions import ROLES
from counter_app.ui.screens.intake.form_model import FormModel
from counter_app.ui.screens.intake.papers_card import PapersCard
from counter_app.ui.screens.intake.party_card import FIELDS, PartyCard
from counter_app.ui.screens.intake.procedure_card import ProcedureCard
from counter_app.ui.screens.intake.slip_card import SlipCard

ORDER = (*FIELDS, "channel", *ROLES, "procedure", "limit", "fee", "papers", "exemption", "given", "reason")
UNDER_FIELDS = frozenset((*FIELDS, "procedure", "given"))


def problems(model: FormModel) -> list[Notice]:
    """Everything that stops F9, in the order of the page."""
    places = {name: place for place, name in enumerate(ORDER)}
    return sorted(model.notices(STOP, LOOK), key=lambda one: places.get(one.field, len(places)))


def to_show(model: FormModel) -> list[Notice]:
    """Notices of the box: amber ones at once, red ones without a cell of their own after F9."""
    found = problems(model)
    looks = [one for one in found if one.level == LOOK and one.field != "given"]
    stops = [one for one in found if one.level == STOP and one.field not in UNDER_FIELDS]
    return [*looks, *(stops if model.tried else ())]


def after(found: Sequence[Notice], field: str) -> Notice:
    """The first problem after a field; round again at the end."""
    names = [one.field for one in found]
    start = names.index(field) + 1 if field in names else 0
    return found[start % len(found)]


class ProblemWalk:
    """Focus from one problem to the next over the four parts of the page."""

    def __init__(
        self, model: FormModel, party: PartyCard, procedure: ProcedureCard, papers: PapersCard, slip: SlipCard
    ) -> None:
        """The parts in reading order."""
        self._model, self._party, self._procedure = model, party, procedure
        self._papers, self._slip = papers, slip

    def go_on(self) -> bool:
        """To the next place that stops F9; False when there is none or F9 was not tried."""
        found = problems(self._model)
        if not self._model.tried or not found:
            return False
        self._go_to(after(found, self._place()).field)
        return True

    def _place(self) -> str:
        focus = QApplication.focusWidget()
        for name in ORDER:
            if focus is not None and self._target(name) is focus:
                return name
        return ""

    def _go_to(self, name: str) -> None:
        if name in ("papers", "reason"):
            self._papers.start()
        elif target := self._target(name):
            target.setFocus()

    def _target(self, name: str) -> QWidget | None:
        """The input that a notice is about."""
        fields = self._party.fields()
        if name in fields:
            return fields[name].edit
        others: dict[str, Callable[[], QWidget]] = {
            "procedure": lambda: self._procedure.edit,
            "limit": self._limit_cell,
            "fee": self._fee_cell,
            "papers": lambda: self._papers.table,
            "exemption": lambda: self._slip.exemption,
            "given": lambda: self._slip.given.edit,
            "channel": lambda: self._party.channel.findChildren(QWidget)[0],
        }
        if name in ROLES:
            return self._companion_cell(name)
        return others[name]() if name in others else None

    def _limit_cell(self) -> QWidget:
        gaps = self._procedure.gaps
        return gaps.limit_ground.edit if gaps.value.text() else gaps.value.edit

    def _fee_cell(self) -> QWidget:
        gaps = self._procedure.gaps
        return gaps.fee_ground.edit if gaps.amount.text() else gaps.amount.edit

    def _companion_cell(self, role: str) -> QWidget:
        """The name in the row of the role; without such a row the button that adds one."""
        for row in self._party.companions.rows:
            if row.companion().role == role:
                return row.name.edit
        party = self._party
        return party.add_proxy if role == ROLES[0] else party.add_beside
