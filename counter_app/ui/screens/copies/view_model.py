"""One request from the first key to F9: the form, what the program reads of it, its draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from counter_app.domain.dates import parse_birth_date, vn_date
from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import (
    LOOK,
    Committed,
    CopiesPort,
    Ground,
    KnownPerson,
    Notice,
    PersonForm,
    RefusalForm,
    RequestForm,
    RequestView,
    RowForm,
    SignatoryChoice,
    TextPreview,
)
from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry
from counter_app.ui.screens.copies.draft_keeper import DraftKeeper
from sync.protocol.ids import EntryId

NOW, LATER = "now", "return"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the form: register, who may sign, grounds of refusal."""

    book: str = ""
    place: str = ""
    signatories: tuple[SignatoryChoice, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    form: RequestForm
    view: RequestView
    preview: TextPreview
    birth: str


class CopiesModel(QObject):
    """Intentions are verbs; every answer comes back through a signal on the main thread."""

    changed = Signal()
    """Form or what was read of it: draw again."""
    person_filled = Signal(bool)
    """The person's cells were filled by the program; True: from a card."""
    replaced = Signal(object)
    """A card took the place of another person's data: the ``PersonForm`` before."""
    surroundings_changed = Signal()
    restored = Signal(int)
    """A draft came back; the row under the cursor."""
    opened = Signal()
    """The draft was looked for."""
    not_opened = Signal(object)
    kept = Signal()
    """A slip was to be opened again, but an unfinished request stands on the page."""
    kinds_found = Signal(object)
    strip_drawn = Signal(bytes)
    blocked = Signal()
    """F9 found something to mend."""
    committed = Signal(object, object)
    """``Committed`` and the jobs that did not come out."""
    refused = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, port: CopiesPort, papers: PapersPort, background: Background, now: Callable[[], int]
    ) -> None:
        """``now``: the program's clock in ms, called on workers only."""
        super().__init__()
        self._port, self._papers, self._background, self._now = port, papers, background, now
        self.form = RequestForm()
        self.around = Surroundings()
        self.known: KnownPerson | None = None
        self.tried = self.busy = False
        self.last_code = ""
        self.birth_text = ""
        self.cursor = 0
        self._read: _Read | None = None
        self._early_seen: tuple[str, ...] = ()
        self._drafts = DraftKeeper(port, background, now)
        self._drafts.saved.connect(self.changed)
        self._drafts.failed.connect(self.failed)

    # --- what was read ---

    @property
    def saved_at(self) -> int:
        """When the draft was saved (ms), 0 without a draft."""
        return self._drafts.at

    @property
    def view(self) -> RequestView | None:
        """The page for the form as last read."""
        return self._read.view if self._read is not None else None

    @property
    def viewed(self) -> RequestForm:
        """The form ``view`` was made for."""
        return self._read.form if self._read is not None else RequestForm()

    @property
    def preview(self) -> TextPreview | None:
        """The certification text as last read."""
        return self._read.preview if self._read is not None else None

    def notices(self, *levels: str) -> tuple[Notice, ...]:
        """Notices of these levels that still concern the form."""
        found = self.view.notices if self.view is not None else ()
        rows = len(self.form.rows)
        return tuple(n for n in found if n.level in levels and n.row < max(rows, 1))

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
            lambda: Surroundings(*port.book_line(), port.signatories(), port.grounds()),
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

    # --- rows ---

    def write_row(self, index: int, typed: str) -> None:
        """The row as typed; an empty one is taken away."""
        if not entry.split_row(typed)[0]:
            if index < len(self.form.rows):
                self.delete_row(index)
            return
        self._change(entry.write_row(self.form, index, typed, self._early_seen))

    def tick(self, index: int) -> bool:
        """Turns the tick; returns whether the row is ticked now."""
        self._change(entry.turn_tick(self.form, index))
        return bool(self.form.rows[index].compared_at)

    def duplicate_row(self, index: int) -> None:
        """The same text once more below, not compared."""
        self._change(entry.insert_row(self.form, index + 1, entry.copy_of(self.form.rows[index])))

    def delete_row(self, index: int) -> RowForm:
        """Takes a row away and returns it for the undo."""
        row = self.form.rows[index]
        self._change(entry.without_row(self.form, index))
        return row

    def restore_row(self, index: int, row: RowForm) -> None:
        """Puts a deleted row back."""
        self._change(entry.insert_row(self.form, min(index, len(self.form.rows)), row))

    def reuse_rows(self) -> bool:
        """The rows of the person's last request; False when there are none."""
        if self.known is None or not self.known.last_rows:
            return False
        self._change(entry.with_rows(self.form, self.known.last_rows))
        return True

    def suggest(self, typed: str) -> None:
        """Kinds of paper for what is being typed."""
        port = self._port
        self._background.run_query(
            lambda: port.kinds(typed), self.kinds_found.emit, self._no_kinds, owner=self, key="copies.kinds"
        )

    # --- money, signatory, notices ---

    def set_pay(self, when: str) -> None:
        """``NOW`` or ``LATER``."""
        self._change(replace(self.form, pay=when))

    def set_given(self, text: str) -> None:
        """Money given, as typed."""
        if text != self.form.given:
            self._change(replace(self.form, given=text))

    def choose_signatory(self, choice: SignatoryChoice | None) -> None:
        """Who will be asked to sign."""
        self._change(replace(self.form, signatory=None if choice is None else choice.official))

    def see(self) -> bool:
        """Alt+Enter: the first amber notice was seen; False when there is none to see."""
        waiting = [notice for notice in self.notices(LOOK) if notice.field != "given"]
        if not waiting:
            return False
        if not self.form.rows:
            self._early_seen = (*self._early_seen, *(notice.code for notice in waiting[:1]))
            self.changed.emit()
        self._change(entry.see(self.form, waiting[0]))
        return True

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
        form = RefusalForm(self.form.person, name, ground, words)
        row = self.form.rows[index].text

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
        self._drafts.keep(self.form, self.cursor)

    def save(self) -> None:
        """Keeps the draft now (another screen comes to the front)."""
        self._drafts.keep(self.form, self.cursor)

    def draw_strip(self) -> None:
        """The strip F9 would print, as a picture."""
        port, form, now = self._port, self.form, self._now
        self._background.run_query(
            lambda: port.strip_preview(entry.stamped(form, now())), self.strip_drawn.emit, self.failed.emit,
            owner=self, key="copies.strip",
        )  # fmt: skip

    def evaluate(self) -> None:
        """Reads the form again: rows, fees, notices, text."""
        self._background.run_query(
            self._reading(), self._show_read, self.failed.emit, owner=self, key="copies.view"
        )

    # --- inside ---

    def _reading(self) -> Callable[[], _Read]:
        port, form, now = self._port, self.form, self._now

        def work() -> _Read:
            moment = now()
            whole = entry.stamped(form, moment)
            return _Read(
                whole, port.view(whole), port.preview(whole), _tidy_birth(whole.person.birth, moment)
            )

        return work

    def _change(self, form: RequestForm, *, read: bool = True) -> None:
        if self.busy:
            return
        self.form = form
        if self._early_seen and form.rows:
            rows = (replace(form.rows[0], seen=(*form.rows[0].seen, *self._early_seen)), *form.rows[1:])
            self.form, self._early_seen = replace(form, rows=rows), ()
        self._drafts.keep(self.form, self.cursor)
        if read:
            self.evaluate()
        self.changed.emit()

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
        if self.form.signatory is None and around.signatories:
            self.form = replace(self.form, signatory=around.signatories[0].official)
        self.surroundings_changed.emit()
        self.evaluate()

    def _show_read(self, read: _Read) -> None:
        self._read = read
        self.form = entry.with_stamps(self.form, read.form)
        self.birth_text = read.birth if read.form.person.birth == self.form.person.birth else ""
        self.changed.emit()

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

    def _look_before_commit(self, read: _Read) -> None:
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
        first = self.around.signatories[0].official if self.around.signatories else None
        self.form = RequestForm(signatory=first)
        self.known, self._read, self._early_seen = None, None, ()
        self.tried = False
        self.cursor = 0
        self._drafts.forget()
        self.evaluate()
        self.person_filled.emit(False)
        self.changed.emit()

    def _stop(self, error: BaseException) -> None:
        self.busy = False
        self.changed.emit()
        self.failed.emit(error)

    def _no_kinds(self, error: BaseException) -> None:
        """Suggestions are a help; without them the row is typed as it is."""
        self.kinds_found.emit(())


def _with_unprinted(committed: Committed, papers: PapersPort) -> tuple[Committed, tuple[PrintJobView, ...]]:
    """What F9 did with the jobs that did not come out."""
    return committed, tuple(job for job in papers.waiting() if job.job in committed.jobs)


def _tidy_birth(text: str, now: int) -> str:
    """``020998`` -> ``02/09/1998``; "" while it cannot be read."""
    try:
        return parse_birth_date(text, vn_date(now), "birth").text if text.strip() else ""
    except DomainError:
        return ""
