"""One request from the first key to F9: draft, person, the act, the refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from counter_app.domain.certification.taking_in.matters import COPY, REGISTERS
from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.services.ports.copies import (
    Committed,
    CopiesPort,
    KnownPerson,
    PersonForm,
    RefusalForm,
    RequestForm,
)
from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry
from counter_app.ui.screens.copies.form_model import FormModel, Read, Surroundings
from sync.protocol.naming.ids import EntryId


class CopiesModel(FormModel):
    """Intentions are verbs; every answer comes back through a signal on the main thread."""

    person_filled = Signal(bool)
    """The person's cells were filled by the program; True: from a card."""
    card_incomplete = Signal(str)
    """A card was read, but cells must be compared with it: the words."""
    replaced = Signal(object)
    """A card took the place of another person's data: the ``PersonForm`` before."""
    signer_found = Signal(object, bool)
    """Somebody who signs: the ``KnownPerson``; True: from a card."""
    surroundings_changed = Signal()
    restored = Signal(int)
    """A draft came back; the row under the cursor."""
    opened = Signal()
    """The draft was looked for."""
    not_opened = Signal(object)
    kept = Signal()
    """A slip was to be opened again, but an unfinished request stands on the page."""
    strip_drawn = Signal(bytes)
    blocked = Signal()
    """F9 found something to mend."""
    committed = Signal(object, object)
    """``Committed`` and the jobs that did not come out."""
    refused = Signal(object, object)

    def __init__(
        self, port: CopiesPort, papers: PapersPort, background: Background, now: Callable[[], int]
    ) -> None:
        """As ``FormModel``; ``papers`` tells which print jobs did not come out."""
        super().__init__(port, background, now)
        self._papers = papers
        self.last_code = ""

    # --- opening ---

    def open(self) -> None:
        """The draft that was left, and what stands around the form."""
        port = self._port
        self.read_surroundings()
        self._background.run_query(
            lambda: (port.load_draft(), port.draft_cursor()), self._restore, self.not_opened.emit, owner=self
        )

    def reopen(self, request: EntryId) -> None:
        """A slip the desk sent back takes the place of an empty form; F9 mends it."""
        port = self._port
        self._background.run_query(
            lambda: (port.reopen(request), 0), self._restore, self.failed.emit, owner=self
        )

    def read_surroundings(self) -> None:
        """Register, signatories and grounds again."""
        port = self._port
        self._background.run_query(
            lambda: _around(port),
            self._show_surroundings, self.failed.emit, owner=self, key="copies.around",
        )  # fmt: skip

    # --- person ---

    def set_person(self, person: PersonForm) -> None:
        """The person's cells as typed."""
        if person != self.form.person:
            self._change(replace(self.form, person=person), read=False)

    def leave_person(self) -> None:
        """A cell of the person was left: read again, look the number up."""
        number = self.form.person.id_number
        if number and (self.known is None or self.known.person.id_number != number):
            port = self._port
            self._background.run_query(
                lambda: port.known(number),
                self._known_found,
                self.failed.emit,
                owner=self,
                key="copies.known",
            )
        self.evaluate()

    def read_card(self, text: str) -> None:
        """A card's QR fills the cells."""
        port = self._port
        self._background.run_query(
            lambda: port.read_card(text), self._card_read, self.failed.emit, owner=self, key="copies.known"
        )

    def put_back(self, person: PersonForm) -> None:
        """Undoes what a card overwrote."""
        self.known = None
        self._change(replace(self.form, person=person))
        self.person_filled.emit(False)

    # --- signers ---

    def read_signer_card(self, text: str) -> None:
        """A card of somebody who signs; the answer comes through ``signer_found``."""
        port = self._port
        self._background.run_query(
            lambda: port.read_card(text), self._signer_card, self.failed.emit, owner=self, key="copies.signer"
        )

    def look_up_signer(self, number: str) -> None:
        """Somebody who signs, by number."""
        port = self._port
        self._background.run_query(
            lambda: port.known(number), self._signer_known, self.failed.emit, owner=self, key="copies.signer"
        )

    # --- acts ---

    def commit(self) -> None:
        """F9: looks once more, then writes."""
        if self.busy:
            return
        self.busy = self.tried = True
        self._background.run_query(self._reading(), self._look_before_commit, self._stop, owner=self)
        self.changed.emit()

    def refuse(self, index: int, name: str, ground: str, words: str) -> None:
        """A written refusal of the original in this row, which then leaves the list."""
        port, papers = self._port, self._papers
        row = self.form.rows[index].text
        form = RefusalForm(self.form.person, name, ground, words, matter_of(row))

        def done(result: tuple[Committed, tuple[PrintJobView, ...]]) -> None:
            if index < len(self.form.rows) and self.form.rows[index].text == row:
                self.delete_row(index)
            self.refused.emit(*result)

        self._background.run_change(
            lambda: _with_unprinted(port.refuse(form), papers), done, self.failed.emit, owner=self
        )

    def drop_draft(self) -> None:
        """Starts anew; what was typed is gone."""
        self._begin_anew()
        self.save()

    def draw_strip(self) -> None:
        """The strip F9 would print, as a picture."""
        port, form, now = self._port, self.form, self._now
        self._background.run_query(
            lambda: port.strip_preview(entry.stamped(form, now())), self.strip_drawn.emit, self.failed.emit,
            owner=self, key="copies.strip",
        )  # fmt: skip

    # --- answers ---

    def _restore(self, found: tuple[RequestForm | None, int]) -> None:
        form, cursor = found
        self.opened.emit()
        if form is not None and entry.is_blank(self.form):
            self.form, self.cursor = form, cursor
            self.person_filled.emit(False)
            self.restored.emit(cursor)
        elif form is not None and form.request is not None:
            self.kept.emit()
        self.evaluate()
        self.changed.emit()

    def _show_surroundings(self, around: Surroundings) -> None:
        self.around = around
        if self.form.signatory is None and self.signatories:
            self.form = replace(self.form, signatory=self.signatories[0].official)
        self.surroundings_changed.emit()
        self.evaluate()

    def _known_found(self, known: KnownPerson | None) -> None:
        self.known = known
        if known is not None and not self.busy:
            person = entry.filled_from(self.form.person, known.person)
            self._change(replace(self.form, person=person))
            self.person_filled.emit(False)
        self.changed.emit()

    def _card_read(self, known: KnownPerson) -> None:
        if self.busy:
            return
        before = self.form.person
        self.known = known
        self._change(replace(self.form, person=known.person))
        self.person_filled.emit(True)
        if before.id_number and before.id_number != known.person.id_number:
            self.replaced.emit(before)
        elif known.card_notes:
            self.card_incomplete.emit(" ".join(known.card_notes))

    def _signer_card(self, known: KnownPerson) -> None:
        self.signer_found.emit(known, True)

    def _signer_known(self, known: KnownPerson | None) -> None:
        if known is not None:
            self.signer_found.emit(known, False)

    def _look_before_commit(self, read: Read) -> None:
        self._show_read(read)
        if not read.view.can_commit:
            self.busy = False
            self.changed.emit()
            self.blocked.emit()
            return
        port, papers, form = self._port, self._papers, read.form
        self._background.run_change(
            lambda: _with_unprinted(port.commit(form), papers), self._written, self._stop, owner=self
        )

    def _written(self, result: tuple[Committed, tuple[PrintJobView, ...]]) -> None:
        self.busy = False
        self.last_code = result[0].short_code
        self._begin_anew()
        self.committed.emit(*result)

    def _begin_anew(self) -> None:
        offered = self.around.signers.get(COPY, ())
        self.form = RequestForm(signatory=offered[0].official if offered else None)
        self.known, self._read, self._early_seen = None, None, ()
        self.tried = False
        self.cursor, self.birth_text, self._reused = 0, "", -1
        self._drafts.forget()
        self.evaluate()
        self.person_filled.emit(False)
        self.changed.emit()

    def _stop(self, error: BaseException) -> None:
        self.busy = False
        self.changed.emit()
        self.failed.emit(error)


def _around(port: CopiesPort) -> Surroundings:
    signers = {matter: port.signatories(matter) for matter in REGISTERS}
    grounds = {matter: port.grounds(matter) for matter in REGISTERS}
    return Surroundings(*port.book_line(), signers, grounds, port.signing_choices(), known=True)


def _with_unprinted(committed: Committed, papers: PapersPort) -> tuple[Committed, tuple[PrintJobView, ...]]:
    """What F9 did with the jobs that did not come out."""
    return committed, tuple(job for job in papers.waiting() if job.job in committed.jobs)
