"""Tickets: opened with self-test and bundle, listed with the province's answers; the port of the screens.

The order makes a kill harmless: what was typed is kept as a draft, then the bundle lies on the disk, then one
transaction writes the entry that names it and forgets the draft. Killed before it, the clerk finds his words
again and no ticket; killed behind it, the ticket is there and no draft that would be sent twice. A bundle
that no entry names is swept before the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection

from counter_app.domain.errors import Words
from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.entries import BundleNamed, Standing
from counter_app.domain.tickets.state import AfarState, TicketState
from counter_app.errors import OutsideError
from counter_app.services.exchange.line import Line
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import CheckRow
from counter_app.services.ports.tickets import AfarView, TicketDone, TicketForm, TicketsView, TicketView
from counter_app.services.session.desk import Desk
from counter_app.services.settings.port import SUPPORT
from counter_app.services.technician.backups import Backups
from counter_app.services.technician.diagnostics.bundle import Diagnostics
from counter_app.services.technician.tickets.paper import print_slip
from counter_app.services.technician.tickets.standing import standing_of
from counter_app.services.technician.tickets.words import outcome_words, wish_words
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import exchange
from counter_app.storage.queries import tickets as queries
from counter_app.storage.this_pc import attachments, device
from sync.protocol.naming.ids import EntryId, device_of

FOLDER: Final = "diagnostics"
"""Kept files with bundles, sealed as scans are until they are sent."""
DRAFT: Final = "ticket.draft"
AREA: Final = "tickets"
_KEPT_MS: Final = 60 * 86_400_000


@dataclass
class TicketsArea:
    """Implements ``TicketsPort``; ``doctor`` runs the self-test."""

    work: Workplace
    desk: Desk
    line: Line
    saved: Backups
    doctor: Callable[[], tuple[CheckRow, ...]]

    @property
    def diagnostics(self) -> Diagnostics:
        """The maker of bundles."""
        return Diagnostics(self.work, self.line, self.doctor)

    def view(self) -> TicketsView:
        """Tickets of the unit, requests to this PC, newest first; the draft."""
        with self.work.store.read() as connection:
            found = [self._ticket(connection, row.id) for row in queries.tickets(connection)]
            asked = [self._afar(connection, row.id) for row in queries.requests(connection, self._device)]
            support = device.setting(connection, SUPPORT)
            draft = _draft(device.setting(connection, DRAFT))
        return TicketsView(
            tuple(one for one in found if one is not None), tuple(one for one in asked if one is not None),
            draft, support, not self.line.facts.works,
        )  # fmt: skip

    @property
    def _device(self) -> int:
        return device_of(self.work.journal)

    def _ticket(self, connection: Connection, ticket: EntryId) -> TicketView | None:
        state = self.work.state(connection, ticket, required=False)
        if not isinstance(state, TicketState):
            return None
        return TicketView(
            state.number, state.status, state.screen, state.words, state.opened_at,
            self.work.counter_name(connection, ticket.journal), self._where(connection, state), state.answers,
        )  # fmt: skip

    def _where(self, connection: Connection, state: TicketState) -> str:
        """How far it has come. A stick brings the ticket to the province, not its bundle."""
        if not exchange.is_received(connection, state.id):
            return say("chờ gửi", "waits to be sent")
        own = device_of(state.id.journal) == self._device and state.bundle.digest
        bundle = attachments.find(connection, state.bundle.digest, attachments.OUT) if own else None
        if own and (bundle is None or bundle.state == attachments.WAITING):
            return say(
                "đã ở tỉnh, gói chẩn đoán còn ở máy này", "at the province, its bundle still on this PC"
            )
        return say("đã ở tỉnh", "at the province")

    def _afar(self, connection: Connection, request: EntryId) -> AfarView | None:
        state = self.work.state(connection, request, required=False)
        if not isinstance(state, AfarState):
            return None
        return AfarView(
            wish_words(state.wish), state.words, state.asked_at, outcome_words(state), state.is_open
        )

    def keep_draft(self, form: TicketForm) -> None:
        """What is typed outlives the program. Raises ``StoreError``."""
        kept = msgspec.json.encode(form).decode() if form.words.strip() else ""
        with self.work.store.write() as connection:
            device.put_setting(connection, DRAFT, kept)

    def open_ticket(self, form: TicketForm) -> TicketDone:
        """Self-test, bundle, entry. Raises DomainError ``session.*``, ``ticket.*``, ``StoreError``."""
        self.desk.require()
        decisions.open_ticket(form.screen, form.words, _nothing(), BundleNamed())  # refused before the work
        self.keep_draft(form)
        rows = self.doctor()
        standing = standing_of(self.work, self.saved.rows(), rows, self.work.now())
        bundle = self.keep_bundle(rows)
        drafts = decisions.open_ticket(form.screen, form.words, standing, bundle)

        def forget(connection: Connection, _: object) -> None:
            device.put_setting(connection, DRAFT, "")

        acted = self.work.store.act(lambda _: drafts, self.desk.act(), forget)
        self.work.changed(AREA)
        return self._done(acted.entries[0].id, rows, with_bundle=bool(bundle.digest))

    def _done(self, ticket: EntryId, rows: tuple[CheckRow, ...], *, with_bundle: bool) -> TicketDone:
        with self.work.store.read() as connection:
            state: TicketState = self.work.state(connection, ticket)
            support = device.setting(connection, SUPPORT)
        said = say(f"Đã ghi phiếu {state.number}.", f"Ticket {state.number} is written.")
        if not with_bundle:
            said += say(" Chưa kèm được gói chẩn đoán.", " The diagnostics bundle could not go with it.")
        if self.line.facts.works:
            return TicketDone(state.number, said + say(" Đang gửi về tỉnh.", " It is on its way."))
        said += say(" Chưa có mạng, phiếu tự gửi sau.", " No line; it leaves by itself later.")
        try:
            slip, printed = print_slip(self.work, state, support, rows)
        except OSError:  # the ticket stands; its number is on the screen
            failed = say("Không ghi được phiếu giấy.", "The slip could not be written.")
            return TicketDone(state.number, f"{said} {failed}")
        return TicketDone(state.number, f"{said} {printed}", str(slip))

    def keep_bundle(self, rows: tuple[CheckRow, ...]) -> BundleNamed:
        """A bundle on the disk, flushed, to be named by an entry; none when the disk does not take it."""
        files = self.work.kept_files(FOLDER)
        with self.work.store.read() as connection:
            named = {row[0] for row in connection.exec_driver_sql(
                "SELECT lower(hex(digest)) FROM attachments WHERE way = 'out' AND state = 'waiting'"
            )}  # fmt: skip
        try:
            files.sweep(named, self.work.now() - _KEPT_MS)
            data = self.diagnostics.make(rows)
            return BundleNamed(bytes.fromhex(files.put(data)), len(data))
        except OSError:
            return BundleNamed()

    def write_bundle(self, folder: str) -> str:
        """A bundle as a plain file. Raises OutsideError ``bundle.place``, ``StoreError``."""
        target = Path(folder) if folder else self.work.papers_folder
        try:
            return str(self.diagnostics.write(target))
        except OSError as error:
            raise _no_place(str(error)) from error


def _nothing() -> Standing:
    return Standing("", 0, 0, 0, 0)


def _draft(kept: str) -> TicketForm | None:
    if not kept:
        return None
    try:
        return msgspec.json.decode(kept, type=TicketForm)
    except msgspec.MsgspecError:  # of an older version
        return None


def _no_place(detail: str) -> OutsideError:
    return OutsideError(
        "bundle.place",
        Words("Không ghi được gói chẩn đoán.", "Nơi chọn đầy, bị khóa ghi hoặc không còn.",
              "Chọn nơi khác hoặc cắm lại USB rồi làm lại."),
        Words("The diagnostics bundle cannot be written.", "The place is full, locked or gone.",
              "Choose another place or put the stick back, then try again."),
        detail,
    )  # fmt: skip
