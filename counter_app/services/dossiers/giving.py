"""The return desk for results: all of a person by one scan, what is owed taken in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.catalogue.procedure import bare_title
from counter_app.domain.codes import ScanKind, classify_scan, parse_short, provisional_code
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.acts.ending import Giving, give
from counter_app.domain.dossiers.entries import Companion
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import TRANSFER, FeeLine
from counter_app.domain.money.receipts import Taking
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.services.cash.receiving import receive
from counter_app.services.dossiers.commit import queue_receipt
from counter_app.services.dossiers.showing import words
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.dossiers import Done, GivingForm, GivingRow, GivingView
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries.dossiers import DossierRow
from counter_app.storage.search import search
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId, life_of

MOST = 20
DAY_MS = 86_400_000
_HOW = {"call": ("Đã gọi", "Called"), "sms": ("Đã nhắn tin", "Texted"), "hamlet": ("Qua bản", "Hamlet")}


def find(connection: Connection, work: Workplace, text: str, now: int) -> GivingView:
    """All results of the person whose slip, code, card or name this is.

    Raises DomainError ``return.none``, ``card.*``.
    """
    scan = classify_scan(text)
    by_slip = one_of(connection, work, text)
    if by_slip is not None:
        same = queries.of_number(connection, by_slip.id_number, MOST) or [by_slip]
        rows = [by_slip, *(row for row in same if row.id != by_slip.id and row.is_open)]
    else:
        rows = _of_person(connection, text, scan.kind)
    if not rows:
        raise _nothing()
    first = rows[0]
    lost = by_slip is None and scan.kind in (ScanKind.IDENTITY_CARD, ScanKind.PERSONAL_NUMBER)
    shown = tuple(row_of(connection, work, row, now) for row in rows if row.is_open or row is first)
    message = _message(first, shown[0])
    return GivingView(first.name, words.identity(first.id_number, first.birth), shown, lost, message)


def one_of(connection: Connection, work: Workplace, text: str) -> DossierRow | None:
    """The dossier of a slip's barcode, of any of its codes, or of ``02-0018`` of today."""
    scan = classify_scan(text)
    if scan.code is not None:
        return queries.by_code(connection, scan.code.digits)
    short = parse_short(text)
    if short is not None:
        counter = f"{work.place.unit}{short[0]:03d}"
        return queries.of_day(connection, counter, short[1], work.day())
    return queries.by_code(connection, text.strip())


def _of_person(connection: Connection, text: str, kind: ScanKind) -> list[DossierRow]:
    """Open dossiers first, then the newest."""
    number = "".join(text.split())
    if kind is ScanKind.IDENTITY_CARD:
        number = parse_card_qr(text).card.number
    rows = queries.of_number(connection, number, MOST)
    if not rows and kind not in (ScanKind.IDENTITY_CARD, ScanKind.PERSONAL_NUMBER):
        hits = search(connection, text, MOST, "dossier")
        found = (queries.dossier(connection, hit.subject) for hit in hits)
        rows = [row for row in found if row is not None]
    return sorted(rows, key=lambda row: (row.stage != "done", not row.is_open, -row.submitted_at))


def row_of(connection: Connection, work: Workplace, row: DossierRow, now: int) -> GivingRow:
    """One result, ready or grey with its date."""
    is_ready = row.stage == "done"
    calendar = work.rules(connection).calendar
    left, _ = words.left(row.stage, row.due_at, row.asked_at, row.accept_by, calendar, now)
    papers = queries.papers(connection, row.id)
    since = row.ready_at or row.done_at
    told = say(f"Đã báo {row.contacts} lần", f"Told {counted(row.contacts, 'time', 'times')}")
    phone = "" if row.phone else say("không có điện thoại", "no telephone")
    return GivingRow(
        dossier=row.id,
        code=words.short_code(row.code, row.portal_code),
        what=bare_title(row.procedure_name),
        result=row.result_title,
        drawer=row.drawer,
        due=words.moment(row.due_at or row.promised_at),
        ready=is_ready,
        to_pay=row.to_pay,
        originals_due=any(paper.state == "at_return" for paper in papers),
        words="" if is_ready else left,
        name=row.name,
        identity=words.identity(row.id_number, row.birth),
        waited=max(0, (now - since) // DAY_MS) if is_ready and since else 0,
        contact=told if row.contacts else phone,
    )


def _message(first: DossierRow, row: GivingRow) -> str:
    """What stands over the list (``ux.md`` 4.6)."""
    if row.ready:
        return ""
    if first.returned_at:
        when = words.moment(first.returned_at)
        return say(f"Đã trả lúc {when}. Xem lại?", f"Returned at {when}. Look again?")
    day = f"{vn_date(first.due_at):%d/%m}" if first.due_at else say("chưa có hạn", "no date")
    return say(f"Hồ sơ này chưa có kết quả. Hẹn {day}.", f"There is no result yet. Promised for {day}.")


def _nothing() -> DomainError:
    return DomainError(
        "Không thấy hồ sơ nào.", "Máy này chưa có hồ sơ của mã hoặc người này.",
        "Quét thẻ căn cước của người nhận, hoặc gõ họ tên.", "search", code="return.none",
        title_en="No dossier is found.", meaning_en="This PC holds none of this code or person.",
        remedy_en="Scan the card of the person, or type the name.",
    )  # fmt: skip


@dataclass
class Handing:
    """F9 at the return desk: every chosen result in one transaction; made for each press."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    form: GivingForm
    taken: int = 0
    receipts: int = 0
    jobs: list[int] = field(default_factory=list)

    def run(self) -> Done:
        """Commit, then print. Raises ``return.nothing``, ``dossier.*``, ``clock.*``, ``money.*``."""
        roles.require(self.desk.require(), roles.TAKE_IN)
        act = self.desk.act()

        def decide(acting: Acting) -> list[Draft]:
            return self.drafts(acting, act.at)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            self.put(connection, entries, act.at)

        self.work.store.act(decide, act, then)
        self.work.changed("dossiers", "money", "prints")
        self.queue.run(self.jobs)
        return Done(self.sentence(), tuple(self.jobs))

    def drafts(self, acting: Acting, at: int, receipts: int = 0) -> list[Draft]:
        """Money first where any is owed, then the handing over that says the rest.

        ``receipts``: papers of the open book that earlier drafts of the same batch already use.
        Raises ``return.nothing``, ``dossier.*``, ``clock.*``, ``money.*``.
        """
        if not self._chosen():
            raise DomainError("Chưa chọn kết quả nào.", code="return.nothing", field="dossiers",
                              title_en="No result is chosen.")  # fmt: skip
        self.receipts, self.taken = receipts, 0
        states: list[DossierState] = [
            self.work.state(acting.connection, dossier) for dossier in self._chosen()
        ]
        owed = sum(state.to_pay for state in states)
        in_cash = owed and self.form.method != TRANSFER
        given = read_given(self.form.given, owed) if in_cash else owed
        batch: list[Draft] = []
        for place, state in enumerate(states):
            # Checked before any money: what cannot be given is said first.
            handed = give(state, self._giving(state), at)
            if state.to_pay:
                roles.require(self.desk.require(), roles.TAKE_MONEY, with_act=True)
                last = not any(later.to_pay for later in states[place + 1 :])
                part = given if last else min(state.to_pay, given)
                change_for(part, state.to_pay)
                batch += self._money(acting, state, part, at)
                given -= part
                self.taken += state.to_pay
            batch += handed
        return batch

    def put(self, connection: Connection, entries: tuple[Entry, ...], at: int) -> list[int]:
        """The receipts among the written entries, into the print queue; job numbers."""
        clerk, chosen = self.desk.require(), set(self._chosen())
        self.jobs += [
            queue_receipt(connection, self.work, self.queue, entry, clerk, at)
            for entry in entries
            if entry.facts.subjects[0] == entry.id and chosen.intersection(entry.facts.subjects[1:])
        ]
        return self.jobs

    def _chosen(self) -> tuple[EntryId, ...]:
        return tuple(dict.fromkeys(self.form.dossiers))

    def _giving(self, state: DossierState) -> Giving:
        form = self.form
        receiver = None
        if form.receiver.strip():
            receiver = Companion("receiver", form.receiver.strip(), "", form.receiver_id.strip(), 0, "")
        beside = []
        if form.witness.strip():
            beside.append(Companion("witness", form.witness.strip(), "", form.witness_id.strip(), 0, ""))
        if form.interpreter.strip():
            beside.append(
                Companion("interpreter", form.interpreter.strip(), "", "", 0, form.language.strip())
            )
        return Giving(
            salt(), form.how, receiver, form.authorisation, form.how_signed, tuple(beside), form.slip_lost,
            form.originals_shown, form.tracking, state.to_pay, form.read_back,
        )  # fmt: skip

    def _money(self, acting: Acting, state: DossierState, given: int, at: int) -> tuple[Draft, ...]:
        line = state.fees[0]
        lines = (FeeLine(line.kind, line.label, 1, state.to_pay),)
        taking = Taking(lines, given, state.party.name, vn_date(at), salt(), self.form.method)
        used, self.receipts = self.receipts, self.receipts + 1
        return receive(acting, self.work, taking, state.id, self._slip_code(state, at), used=used)

    def _slip_code(self, state: DossierState, at: int) -> str:
        """The code of the dossier's own slip; one without a code gets this counter's of the day."""
        place, journal = self.work.place, self.work.journal
        scan = classify_scan(state.code)
        code = scan.code or provisional_code(
            place.unit, place.counter_number, life_of(journal), vn_date(at), state.daily or 1
        )
        return code.receipt_digits

    def sentence(self) -> str:
        """``Đã trả 2 kết quả, đã thu 8.000 đ.``"""
        many = len(self._chosen())
        results = say(f"Đã trả {many} kết quả", f"{counted(many, 'result', 'results')} handed over")
        if not self.taken:
            return f"{results}."
        paid = money_figures(self.taken)
        return say(f"{results}, đã thu {paid}.", f"{results}, {paid} taken.")


def ready_rows(connection: Connection, work: Workplace, now: int) -> tuple[GivingRow, ...]:
    """Results waiting for their owners, the longest first: uncollected ones stand on top."""
    return tuple(row_of(connection, work, row, now) for row in queries.ready(connection))
