"""One dossier from the first key to F9: draft, card, known person, a dossier that came online, the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from counter_app.services.ports.copies import KnownPerson
from counter_app.services.ports.intake import ACCEPT, IntakeForm, IntakePort, PartyForm, TakenIn
from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.ui.background import Background
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.form_model import FormModel, Read, Words
from sync.protocol.naming.ids import EntryId


class IntakeModel(FormModel):
    """Intentions are verbs; every answer comes back through a signal on the main thread."""

    filled = Signal(bool)
    """The cells were filled by the program; True: from a card."""
    restored = Signal()
    """The whole page was filled: a draft, an opened dossier, or nothing at all."""
    joined = Signal(int, object)
    """A second card became a companion: its row, and the ``KnownPerson``."""
    replaced = Signal(object)
    """A card took the place of another party: the ``PartyForm`` before."""
    opened = Signal()
    """The draft was looked for."""
    not_opened = Signal(object)
    kept = Signal()
    """A dossier was to be opened, but an unfinished one stands on the page."""
    blocked = Signal()
    """F9 found something to mend."""
    committed = Signal(object, object)
    """``TakenIn`` and the jobs that did not come out."""

    def __init__(
        self, port: IntakePort, papers: PapersPort, background: Background, now: Callable[[], int]
    ) -> None:
        """As ``FormModel``; ``papers`` tells which print jobs did not come out."""
        super().__init__(port, background, now)
        self._papers = papers
        self.last_code = ""

    # --- opening ---

    def open(self) -> None:
        """The draft that was left, and the lists of the page."""
        port = self._port

        def work() -> tuple[IntakeForm | None, Words, Words]:
            return port.draft(), port.exemptions(), port.refusal_grounds()

        self._background.run_query(work, self._restore, self.not_opened.emit, owner=self)

    def open_dossier(self, dossier: EntryId) -> None:
        """A dossier that came online or waits for papers takes the place of an empty form."""
        port = self._port
        self._background.run_query(
            lambda: port.open(dossier), self._show_dossier, self.failed.emit, owner=self
        )

    # --- people ---

    def leave_party(self) -> None:
        """A cell of the party was left: read again, look the number up."""
        number = self.form.party.id_number
        if number and (self.known is None or self.known.person.id_number != number):
            port = self._port
            self._background.run_query(
                lambda: port.known(number), self._known_found, self.failed.emit, owner=self,
                key="intake.known",
            )  # fmt: skip
        self.evaluate()

    def read_card(self, text: str, row: int | None = None) -> None:
        """A card's QR: the party, or the companion in ``row`` (the one that has the focus)."""
        port = self._port
        self._background.run_query(
            lambda: port.read_card(text), lambda known: self._card_read(known, row), self.failed.emit,
            owner=self, key="intake.card",
        )  # fmt: skip

    def make_party(self, row: int) -> None:
        """The companion in ``row`` becomes the party instead: the card was meant so."""
        companion = self.form.companions[row]
        before = self.form.party
        party = PartyForm(
            entry.CITIZEN, companion.id_kind, companion.id_number, companion.name, companion.birth,
            from_card=companion.from_card,
        )  # fmt: skip
        self._change(replace(entry.without_companion(self.form, row), party=party))
        self.filled.emit(True)
        self.replaced.emit(before)
        self.leave_party()

    def put_back(self, party: PartyForm) -> None:
        """Undoes what a card replaced."""
        self.known = None
        self._change(replace(self.form, party=party))
        self.filled.emit(False)

    # --- acts ---

    def commit(self) -> None:
        """F9: looks once more, then writes."""
        if self.busy:
            return
        self.busy = self.tried = True
        self._background.run_query(self._reading(), self._look_before_commit, self._stop, owner=self)
        self.changed.emit()

    def put_dossier_aside(self) -> None:
        """A dossier that was only looked at leaves the page; a draft that is kept is not touched."""
        self._begin_anew()

    def drop_draft(self) -> None:
        """Starts anew; what was typed is gone."""
        self._begin_anew()
        self.save()

    # --- answers ---

    def _restore(self, found: tuple[IntakeForm | None, Words, Words]) -> None:
        form, self.exemptions, self.grounds = found
        looked_at = self.form.dossier is not None
        if form is not None and (looked_at or entry.is_blank(self.form)):
            self.form = form
            self.restored.emit()
            if looked_at:  # the draft came after the dossier: unfinished work goes first
                self.kept.emit()
        self.opened.emit()
        self.evaluate()
        self.changed.emit()

    def _show_dossier(self, form: IntakeForm) -> None:
        if not entry.is_blank(self.form) and self.form.dossier is None:
            self.kept.emit()
            return
        self.form, self.tried = form, False
        self.restored.emit()
        self.evaluate()
        self.changed.emit()

    def _known_found(self, known: KnownPerson | None) -> None:
        self.known = known
        if known is not None and not self.busy and self.form.dossier is None:
            party = entry.filled_from(self.form.party, known)
            if party != self.form.party:
                self._change(replace(self.form, party=party))
                self.filled.emit(False)
        self.changed.emit()

    def _card_read(self, known: KnownPerson, row: int | None) -> None:
        if self.busy:
            return
        party = self.form.party
        number = known.person.id_number
        if self.form.dossier is not None or (party.id_number and party.id_number != number):
            self._join(known, row)
            return
        self.known = known
        self._change(replace(self.form, party=entry.party_of(known, party)))
        self.filled.emit(True)

    def _join(self, known: KnownPerson, row: int | None) -> None:
        """A second card: the row with the focus, an empty row, else a new one."""
        number = known.person.id_number
        same = [i for i, one in enumerate(self.form.companions) if one.id_number == number]
        place = same[0] if same else row if row is not None else entry.empty_companion(self.form)
        if place is None:
            place = len(self.form.companions)
        rows = self.form.companions
        old = rows[place] if place < len(rows) else None
        role = old.role if old is not None else self._usual_role()
        joined = entry.companion_of(role, known, old.detail if old is not None else "")
        self._change(entry.with_companion(self.form, place, joined))
        self.joined.emit(place, known)

    def _usual_role(self) -> str:
        """Who usually comes second: at an organisation its representative, else husband or wife."""
        citizen = self.form.party.kind == entry.CITIZEN
        return entry.SPOUSE if citizen else entry.REPRESENTATIVE

    def _look_before_commit(self, read: Read) -> None:
        self._show_read(read)
        if not read.view.can_commit:
            self.busy = False
            self.changed.emit()
            self.blocked.emit()
            return
        port, papers = self._port, self._papers
        form = replace(read.form, outcome=read.view.outcome or ACCEPT)

        def work() -> tuple[TakenIn, tuple[PrintJobView, ...]]:
            done = port.commit(form)
            return done, tuple(job for job in papers.waiting() if job.job in done.jobs)

        self._background.run_change(work, self._written, self._stop, owner=self)

    def _written(self, result: tuple[TakenIn, tuple[PrintJobView, ...]]) -> None:
        self.busy = False
        self.last_code = result[0].short_code
        self._begin_anew()
        self.committed.emit(*result)

    def _begin_anew(self) -> None:
        self.form = IntakeForm()
        self.known, self._read = None, None
        self.tried = False
        self._drafts.forget()
        self.evaluate()
        self.restored.emit()
        self.changed.emit()

    def _stop(self, error: BaseException) -> None:
        self.busy = False
        self.changed.emit()
        self.failed.emit(error)
