"""The form and what the program reads of it: each change is kept as a draft and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from counter_app.domain.certification.taking_in.matters import COPY
from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.domain.dates import parse_birth_date, vn_date
from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import (
    LOOK,
    CopiesPort,
    EarlierRequest,
    Ground,
    KnownPerson,
    Notice,
    RequestForm,
    RequestView,
    RowForm,
    SignatoryChoice,
    SigningChoices,
    SigningForm,
    TextPreview,
)
from counter_app.services.ports.digital import KeptScan
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry
from counter_app.ui.screens.copies.draft_keeper import DraftKeeper

NOW, TRANSFER, LATER = "now", "transfer", "return"
CASH = "cash"


def way_of(form: RequestForm) -> str:
    """How a form is paid: NOW in cash, TRANSFER, or LATER at return."""
    return TRANSFER if form.pay == NOW and form.method == TRANSFER else form.pay


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the form: register, who may sign each matter, grounds of refusal, lists of signing.

    ``signers`` and ``grounds`` are by matter; without ``known`` nothing has been read yet.
    """

    book: str = ""
    place: str = ""
    signers: Mapping[str, tuple[SignatoryChoice, ...]] = field(default_factory=dict)
    grounds: Mapping[str, tuple[Ground, ...]] = field(default_factory=dict)
    choices: SigningChoices = field(default_factory=lambda: SigningChoices((), ()))
    known: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """The form as it stood, and what the program made of it."""

    form: RequestForm
    view: RequestView
    preview: TextPreview
    birth: str


class FormModel(QObject):
    """Rows, money, signatory and notices of one request. Nothing changes while F9 runs (``busy``)."""

    changed = Signal()
    """Form or what was read of it: draw again."""
    kinds_found = Signal(object)
    failed = Signal(object)

    def __init__(self, port: CopiesPort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.form = RequestForm()
        self.around = Surroundings()
        self.known: KnownPerson | None = None
        self.tried = self.busy = False
        self.birth_text = ""
        self.cursor = 0
        self._read: Read | None = None
        self._early_seen: tuple[str, ...] = ()
        self._reused = -1
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

    @property
    def signatories(self) -> tuple[SignatoryChoice, ...]:
        """Who may sign what this form asks for: the matter of its first row, copies while it has none."""
        rows = self.form.rows
        return self.around.signers.get(matter_of(rows[0].text) if rows else COPY, ())

    def notices(self, *levels: str) -> tuple[Notice, ...]:
        """Notices of these levels that still concern the form."""
        found = self.view.notices if self.view is not None else ()
        rows = len(self.form.rows)
        return tuple(n for n in found if n.level in levels and n.row < max(rows, 1))

    # --- rows ---

    def write_row(self, index: int, typed: str) -> None:
        """The row as typed; an empty one is taken away."""
        if not entry.split_row(typed)[0]:
            if index < len(self.form.rows):
                self.delete_row(index)
            return
        self._change(entry.write_row(self.form, index, typed))

    def set_signing(self, index: int, signing: SigningForm) -> None:
        """Who signs a row, where and before whom; it must be ticked again."""
        self._change(entry.with_signing(self.form, index, signing))

    def tick(self, index: int) -> bool:
        """Turns the tick; returns whether the row is ticked now."""
        self._change(entry.turn_tick(self.form, index))
        return bool(self.form.rows[index].compared_at)

    def set_scan(self, index: int, scan: KeptScan) -> None:
        """The scan of an electronic copy."""
        rows = list(self.form.rows)
        rows[index] = replace(rows[index], scan=scan.digest, scan_pages=scan.pages)
        self._change(replace(self.form, rows=tuple(rows)))

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

    def reuse_rows(self) -> EarlierRequest | None:
        """The rows of the person's last request; again: those of the one before it instead.

        None when there are none. Rows that were touched since stay, and the newest come below them.
        """
        earlier = self.known.earlier if self.known is not None else ()
        if not earlier:
            return None
        place = 0
        before = earlier[self._reused].rows if 0 <= self._reused < len(earlier) else ()
        rows = self.form.rows
        if before and rows[-len(before) :] == tuple(entry.taken_again(before)):
            place = (self._reused + 1) % len(earlier)
            rows = rows[: -len(before)]
        self._change(replace(self.form, rows=(*rows, *entry.taken_again(earlier[place].rows))))
        self._reused = place
        return earlier[place]

    def suggest(self, typed: str) -> None:
        """Kinds of paper for what is being typed."""
        port = self._port
        self._background.run_query(
            lambda: port.kinds(typed), self.kinds_found.emit, self._no_kinds, owner=self, key="copies.kinds"
        )

    # --- money, signatory, notices ---

    def set_pay(self, when: str) -> None:
        """``NOW`` in cash, ``TRANSFER`` or ``LATER``."""
        by_transfer = when == TRANSFER
        pay, method = (NOW, TRANSFER) if by_transfer else (when, CASH)
        self._change(replace(self.form, pay=pay, method=method))

    def set_given(self, text: str) -> None:
        """Money given, as typed."""
        if text != self.form.given:
            self._change(replace(self.form, given=text))

    def promise_later(self, ground: str, days: str, agreement: str) -> None:
        """A later promise as typed; "" for the ground: none."""
        typed = (ground, days, agreement) if ground else ("", "", "")
        later_ground, later_days, agreement = typed
        self._change(
            replace(self.form, later_ground=later_ground, later_days=later_days, agreement=agreement)
        )

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

    # --- reading and keeping ---

    def evaluate(self) -> None:
        """Reads the form again: rows, fees, notices, text."""
        self._background.run_query(
            self._reading(), self._show_read, self.failed.emit, owner=self, key="copies.view"
        )

    def save(self) -> None:
        """Keeps the draft as it stands."""
        self._drafts.keep(self.form, self.cursor)

    def keep_typing(self, row: int, typed: str) -> None:
        """Keeps a row that is still being typed, so that no key is lost with the power."""
        if entry.split_row(typed)[0] and not self.busy:
            self._drafts.keep(entry.write_row(self.form, row, typed), row)

    def _reading(self) -> Callable[[], Read]:
        port, form, now = self._port, self.form, self._now

        def work() -> Read:
            moment = now()
            whole = entry.stamped(form, moment)
            return Read(whole, port.view(whole), port.preview(whole), _tidy_birth(whole.person.birth, moment))

        return work

    def _change(self, form: RequestForm, *, read: bool = True) -> None:
        if self.busy:
            return
        if form.person.birth != self.form.person.birth:
            self.birth_text = ""  # what was read of the old one must not be written over the new one
        self.form = form
        if self._early_seen and form.rows:
            rows = (replace(form.rows[0], seen=(*form.rows[0].seen, *self._early_seen)), *form.rows[1:])
            self.form, self._early_seen = replace(form, rows=rows), ()
        self._ask_who_may()
        self.save()
        if read:
            self.evaluate()
        self.changed.emit()

    def _ask_who_may(self) -> None:
        """Another matter, another queue: the one who is asked must be allowed to sign it."""
        offered = self.signatories
        if offered and self.form.signatory not in [one.official for one in offered]:
            self.form = replace(self.form, signatory=offered[0].official)

    def _show_read(self, read: Read) -> None:
        self._read = read
        self.form = entry.with_stamps(self.form, read.form)
        self.birth_text = read.birth if read.form.person.birth == self.form.person.birth else ""
        self.changed.emit()

    def _no_kinds(self, error: BaseException) -> None:
        """Suggestions are a help; without them the row is typed as it is."""
        self.kinds_found.emit(())


def _tidy_birth(text: str, now: int) -> str:
    """``020998`` -> ``02/09/1998``; "" while it cannot be read."""
    try:
        return parse_birth_date(text, vn_date(now), "birth").text if text.strip() else ""
    except DomainError:
        return ""
