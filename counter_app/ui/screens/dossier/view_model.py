"""The dossier that is open, what is done with it, and what was typed for an act that was put aside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.dossiers import ActForm, ActOffer, Done, DossiersPort, DossierView
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

PIN_CODES = frozenset({"pin.wrong"})
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_LABELLED = re.compile(r"\b[Ss]ố\s*:?\s*(\d[\w./-]*)")
_NUMBER = re.compile(r"\b\d+/[\w./-]*\w")


class Asked(NamedTuple):
    """A dossier to open, and the screen Esc goes back to."""

    dossier: EntryId
    back: str = ""


def taken_back(text: str) -> dict[str, str]:
    """Number and date out of what was copied from the other software; a part that is not there is absent.

    ``"Số: 112/2026 ngày 20/11/2026"`` gives both. A date is never taken for the number.
    """
    date = _DATE.search(text)
    rest = _DATE.sub(" ", text)
    number = _LABELLED.search(rest)
    plain = None if number else _NUMBER.search(rest)
    found = {} if date is None else {"date": re.sub("[.-]", "/", date.group())}
    if number is not None:
        found["number"] = number.group(1).rstrip("./-")
    elif plain is not None:
        found["number"] = plain.group()
    return found


class DossierModel(QObject):
    """One page; all verbs return at once and F9 commits once however often it is pressed."""

    changed = Signal()
    done = Signal(object)
    """``Done``: the sentence and the jobs of what was committed."""
    failed = Signal(object)
    pin_refused = Signal(object)
    unread = Signal(object)

    def __init__(self, port: DossiersPort, background: Background) -> None:
        """Reads nothing before ``open``."""
        super().__init__()
        self._port, self._background = port, background
        self.asked: EntryId | None = None
        self.page: DossierView | None = None
        self.kept: dict[str, dict[str, str]] = {}
        """What was typed for an act of this dossier and put aside, by the act's code."""
        self._busy = False

    def open(self, dossier: EntryId) -> None:
        """Another dossier, or the same one read again."""
        if dossier != self.asked:
            self.asked, self.page = dossier, None
            self.kept.clear()
        self.read()

    def read(self) -> None:
        """Reads the page that is open."""
        port, dossier = self._port, self.asked
        if dossier is None:
            return
        self._background.run_query(
            lambda: port.look(dossier), self._show, self.unread.emit, owner=self, key="dossier.page"
        )

    def offer(self, code: str) -> ActOffer | None:
        """An act as it is offered now; None when it is not any more."""
        acts = self.page.acts if self.page is not None else ()
        return next((act for act in acts if act.code == code), None)

    def by_key(self, key: str) -> ActOffer | None:
        """The act of a letter or an F-key."""
        acts = self.page.acts if self.page is not None else ()
        return next((act for act in acts if act.key.casefold() == key.casefold()), None) if key else None

    def takes_number_and_date(self) -> ActOffer | None:
        """The act into which a number and a date of other software are written back."""
        acts = self.page.acts if self.page is not None else ()
        wanted = {"number", "date"}
        return next(
            (act for act in acts if not act.why_not and wanted <= {field.name for field in act.fields}), None
        )

    def keep(self, code: str, values: Mapping[str, str]) -> None:
        """An act is put aside: what was typed comes back when it is opened again. A PIN never does."""
        self.kept[code] = dict(values)

    def act(self, offer: ActOffer, values: Mapping[str, str], pin: str = "") -> None:
        """Commits an act. Called from F9, after the PIN when it is sealed."""
        if self.asked is None or self._busy:
            return
        self._busy = True
        port, form = self._port, ActForm(self.asked, offer.code, dict(values), pin)
        self._background.run_change(
            lambda: port.act(form), lambda done: self._done(done, offer.code), self._refused, owner=self
        )

    def reprint(self, form: str, reason: str) -> None:
        """A paper again. Called once its reason was committed."""
        if self.asked is None or self._busy:
            return
        self._busy = True
        port, dossier = self._port, self.asked
        self._background.run_change(
            lambda: port.reprint(dossier, form, reason), lambda done: self._done(done, ""), self._refused,
            owner=self,
        )  # fmt: skip

    def _show(self, page: DossierView) -> None:
        if page.dossier == self.asked:
            self.page = page
            self.changed.emit()

    def _done(self, done: Done, code: str) -> None:
        self._busy = False
        self.kept.pop(code, None)
        self.done.emit(done)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        wrong_pin = isinstance(error, DomainError) and error.code in PIN_CODES
        (self.pin_refused if wrong_pin else self.failed).emit(error)
