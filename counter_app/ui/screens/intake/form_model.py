"""The form and what the program reads of it: each change is kept as a draft and read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from counter_app.domain.dates import parse_birth_date, vn_date
from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import LOOK, KnownPerson, Notice
from counter_app.services.ports.intake import (
    CompanionForm,
    IntakeForm,
    IntakePort,
    IntakeView,
    PartyForm,
    PlaceHit,
    ProcedureHit,
)
from counter_app.ui.background import Background
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.draft_keeper import DraftKeeper

NOW, LATER = "now", "return"
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The form as it stood, what the program made of it, and its birth text tidied."""

    form: IntakeForm
    view: IntakeView
    birth: str
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    """Procedures for what was typed; ``near``: none fitted, these are the nearest names."""

    typed: str
    hits: tuple[ProcedureHit, ...]
    near: bool = False


class FormModel(QObject):
    """Party, procedure, papers, money and notices. Nothing changes while F9 runs (``busy``)."""

    changed = Signal()
    """Form or what was read of it: draw again."""
    hits_found = Signal(object)
    places_found = Signal(object)
    failed = Signal(object)

    def __init__(self, port: IntakePort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.form = IntakeForm()
        self.exemptions: Words = ()
        self.grounds: Words = ()
        self.known: KnownPerson | None = None
        self.tried = self.busy = False
        self._read: Read | None = None
        self._drafts = DraftKeeper(port, background, now)
        self._drafts.saved.connect(self.changed)
        self._drafts.failed.connect(self.failed)

    # --- what was read ---

    @property
    def saved_at(self) -> int:
        """When the draft was saved (ms), 0 without a draft."""
        return self._drafts.at

    @property
    def view(self) -> IntakeView | None:
        """The page for the form as last read."""
        return self._read.view if self._read is not None else None

    @property
    def read_at(self) -> int:
        """The moment of the last reading (ms): what "received now" means."""
        return self._read.at if self._read is not None else 0

    @property
    def birth_text(self) -> str:
        """``020998`` as ``02/09/1998``, "" while it cannot be read or another one was typed since."""
        read = self._read
        return read.birth if read is not None and read.form.party.birth == self.form.party.birth else ""

    def notices(self, *levels: str) -> tuple[Notice, ...]:
        """Notices of these levels that were not answered."""
        found = self.view.notices if self.view is not None else ()
        return tuple(n for n in found if n.level in levels and n.code not in self.form.seen)

    # --- party ---

    def set_party(self, party: PartyForm) -> None:
        """The party's cells as typed."""
        if party != self.form.party:
            self._change(replace(self.form, party=party), read=False)

    def set_kind(self, kind: str) -> None:
        """Citizen, organisation or household."""
        self._change(replace(self.form, party=entry.with_kind(self.form.party, kind)))

    def set_place(self, hit: PlaceHit) -> None:
        """The commune that was picked."""
        words = f"{hit.name}, {hit.province}"
        self._change(replace(self.form, party=replace(self.form.party, unit=hit.code, unit_text=words)))

    def set_channel(self, channel: str) -> None:
        """The way of handing in; papers by channel follow."""
        self._change(replace(self.form, channel=channel))

    def set_arrived(self, text: str) -> None:
        """Moment of the postmark, as typed."""
        self._change(replace(self.form, arrived=text))

    def set_companion(self, index: int, companion: CompanionForm) -> None:
        """A row of someone beside the party as typed."""
        self._change(entry.with_companion(self.form, index, companion), read=False)

    def add_companion(self, role: str) -> int:
        """A new empty row; returns its place."""
        place = len(self.form.companions)
        self._change(entry.with_companion(self.form, place, CompanionForm(role)))
        return place

    def drop_companion(self, index: int) -> CompanionForm:
        """Takes a row away and returns it for the undo."""
        taken = self.form.companions[index]
        self._change(entry.without_companion(self.form, index))
        return taken

    def restore_companion(self, companion: CompanionForm) -> None:
        """Puts a row back, at the end."""
        self._change(entry.with_companion(self.form, len(self.form.companions), companion))

    def set_fingerprint(self, on: bool) -> None:
        """The requester cannot sign; a witness row comes with it."""
        form = replace(self.form, cannot_sign=entry.FINGERPRINT if on else "")
        if on and not any(one.role == entry.WITNESS for one in form.companions):
            form = entry.with_companion(form, len(form.companions), CompanionForm(entry.WITNESS))
        self._change(form)

    # --- procedure and papers ---

    def search(self, typed: str) -> None:
        """Procedures for a few letters; without any that fit, the nearest names."""
        port = self._port

        def work() -> Found:
            hits = port.procedures(typed)
            return Found(typed, hits) if hits or not typed.strip() else Found(typed, port.near(typed), True)

        self._background.run_query(
            work, self.hits_found.emit, self.failed.emit, owner=self, key="intake.hits"
        )

    def search_places(self, typed: str) -> None:
        """Communes for a few letters."""
        port = self._port
        self._background.run_query(
            lambda: port.places(typed), self.places_found.emit, self.failed.emit, owner=self,
            key="intake.places",
        )  # fmt: skip

    def choose(self, hit: ProcedureHit) -> None:
        """The procedure."""
        self._change(entry.with_procedure(self.form, hit.code, hit.title))

    def put(self, form: IntakeForm) -> None:
        """Any other change of the form, made by ``entry``."""
        if form != self.form:
            self._change(form)

    def see(self) -> bool:
        """Alt+Enter: the first amber notice was seen; False when there is none to see."""
        waiting = [notice for notice in self.notices(LOOK) if notice.field != "given"]
        if not waiting:
            return False
        self._change(entry.see(self.form, waiting[0].code))
        return True

    # --- reading and keeping ---

    def evaluate(self) -> None:
        """Reads the form again: check-list, fee, due date, notices."""
        self._background.run_query(
            self._reading(), self._show_read, self.failed.emit, owner=self, key="intake.view"
        )

    def save(self) -> None:
        """Keeps the draft as it stands."""
        self._drafts.keep(self.form)

    def _reading(self) -> Callable[[], Read]:
        port, form, now = self._port, self.form, self._now

        def work() -> Read:
            moment = now()
            return Read(form, port.view(form), _tidy_birth(form.party.birth, moment), moment)

        return work

    def _change(self, form: IntakeForm, *, read: bool = True) -> None:
        if self.busy:
            return
        self.form = form
        self.save()
        if read:
            self.evaluate()
        self.changed.emit()

    def _show_read(self, read: Read) -> None:
        self._read = read
        self.changed.emit()


def _tidy_birth(text: str, now: int) -> str:
    try:
        return parse_birth_date(text, vn_date(now), "birth").text if text.strip() else ""
    except DomainError:
        return ""
