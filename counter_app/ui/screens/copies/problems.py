"""Which notice is shown, and where Ctrl+. goes next: at field exit, never while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from counter_app.services.ports.copies import EXTENSION, INFO, LOOK, STOP, Notice
from counter_app.ui.screens.copies.form_model import FormModel
from counter_app.ui.screens.copies.later import Later
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.person_card import FIELDS, PersonCard
from counter_app.ui.screens.copies.side_cards import MoneyCard, TextCard

NOT_COMPARED = "original.not_compared"
NO_PAPERS = "originals.count"
NO_PRICE = "photocopy.no_price"
_ONLY_AFTER_F9 = (NOT_COMPARED, NO_PAPERS)
BESIDE = frozenset({"signers", "languages", "authorisation", "outside", "text_top"})
"""Fields of a row that are mended in the drawer of its signers."""
_UNDER_FIELDS = (*FIELDS, "given")


def problems(model: FormModel) -> list[Notice]:
    """Everything that stops F9, in the order of the page."""
    return sorted(model.notices(STOP, LOOK), key=lambda one: (_later(one), one.row))


def to_show(model: FormModel, current: int | None) -> list[Notice]:
    """Notices of the box below the list: the current row's first, then what stops, then what needs a look.

    With none of these, what is good to know of the current row.
    Faults of cells stand under their cells; before F9 a row that is not ticked yet is no fault.
    """
    found = [
        one for one in model.notices(STOP, LOOK)
        if (model.tried or one.code not in _ONLY_AFTER_F9)
        and not (one.level == STOP and one.row < 0 and one.field in _UNDER_FIELDS)
    ]  # fmt: skip
    found.sort(key=lambda one: (one.row != current, one.level != STOP, one.row))
    return found or [one for one in model.notices(INFO) if one.row == current]


def after(found: Sequence[Notice], place: tuple[int, str]) -> Notice:
    """The first problem after a place (row, field); round again at the end."""
    row, field = place
    if row >= 0:
        later = [one for one in found if one.row > row or _later(one)]
    else:
        names = [one.field for one in found if one.row < 0]
        start = names.index(field) + 1 if field in names else 0
        later = list(found[start:])
    return later[0] if later else found[0]


def _later(notice: Notice) -> bool:
    """Money and signatory stand after the rows."""
    return notice.row < 0 and notice.field in ("given", "signatory", EXTENSION)


class ProblemWalk:
    """Focus from one problem to the next over the four parts of the page."""

    def __init__(
        self,
        model: FormModel,
        person: PersonCard,
        papers: PapersCard,
        money: MoneyCard,
        text: TextCard,
        later: Later,
    ) -> None:
        """The parts in reading order; ``later`` is the drawer of a later promise."""
        self._model, self._person, self._papers = model, person, papers
        self._money, self._text, self._later = money, text, later

    def go_on(self) -> int | None:
        """To the next place that stops F9; None when there is none or F9 was not tried.

        The row whose signers must be looked at in the drawer, -1 for every other place.
        """
        found = problems(self._model)
        if not self._model.tried or not found:
            return None
        problem = after(found, self._place())
        self._go_to(problem)
        return problem.row if problem.field in BESIDE and problem.level == STOP else -1

    def _place(self) -> tuple[int, str]:
        focus = QApplication.focusWidget()
        if focus in (self._papers.table, self._papers.editor):
            return self._papers.current().row, ""
        for name in FIELDS:
            if focus is self._person.field_of(name):
                return -1, name
        return -1, ""

    def _go_to(self, problem: Notice) -> None:
        if problem.row >= 0:
            if problem.level == LOOK or problem.code == NOT_COMPARED:
                self._papers.go_to_tick(problem.row)
            else:
                self._papers.open_row(problem.row)
        elif problem.code == NO_PAPERS:
            self._papers.open_last()
        elif problem.field == "given":
            self._money.given.edit.setFocus()
        elif problem.field == "signatory":
            self._text.signatory.setFocus()
        elif problem.field == EXTENSION:
            self._later.ask()
        else:
            self._person.field_of(problem.field).setFocus()
