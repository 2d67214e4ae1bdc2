"""A counter as a unit has it: real encrypted store, practice officials, an act in force, an open register.

``make_counter(folder)`` founds the unit on counter 1; ``make_counter(folder, 2, founder=one)`` brings another
counter up to date from the first and gives the same people their accounts there. ``give(one, two)`` carries
everything one way; nothing else passes between them.

All names are plainly practice data; passwords and PINs are in ``PASSWORD`` and ``PIN``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import ReceiptBookOpened
from counter_app.domain.organisation import entries as o
from counter_app.domain.registers import entries as r
from counter_app.domain.registers.opening import open_from_paper_book
from counter_app.printing.jobs import PrinterRole
from counter_app.services.areas import Areas, open_areas
from counter_app.services.papers.printers import folder_printer, printer_setting
from counter_app.services.ports.copies import Committed, PersonForm, RequestForm, RowForm
from counter_app.services.rules import shipped_rules
from counter_app.services.session import uses
from counter_app.services.session.accounts import NewOfficial
from counter_app.services.workplace import PHOTOCOPY_PRICE, Place, Workplace
from counter_app.storage.engine import fresh_key
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.keeping.lives import open_life
from counter_app.storage.store import Store
from counter_app.storage.this_pc import device
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import lacking
from sync.protocol.naming.grants import Grant, OpenReason, sign_grant
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.officials import Cost
from sync.protocol.naming.unit_keys import ExchangeKey

UNIT = "00000"
MORNING = 1_795_134_600_000
"""2026-11-20 07:30 in Viet Nam, a Friday, ms."""
PASSWORD = "tap huan 2026"
PIN = "246810"
CHEAP = Cost(1, 8, 1)
LAST_ON_PAPER = 1_775

CLERK = "mai"
REGISTRAR = "hoa"
SIGNER = "thang"
CHAIRMAN = "chien"
TECHNICIAN = "kythuat"

STAFF = (
    NewOfficial("Giàng A Chiến (tập huấn)", "Chủ tịch", ("chairman",), CHAIRMAN, PASSWORD, PIN),
    NewOfficial(
        "Vàng Văn Thăng (tập huấn)", "Phó Chủ tịch", ("director", "signatory"), SIGNER, PASSWORD, PIN
    ),
    NewOfficial(
        "Lò Thị Hoa (tập huấn)", "Công chức tư pháp - hộ tịch", ("registrar",), REGISTRAR, PASSWORD, PIN
    ),
    NewOfficial("Lù Thị Mai (tập huấn)", "Công chức một cửa", ("intake", "cashier"), CLERK, PASSWORD, PIN),
    NewOfficial("Kỹ thuật viên (tập huấn)", "Kỹ thuật viên", ("technician",), TECHNICIAN, PASSWORD, PIN),
)
NAMES = {1: "QUẦY-01", 2: "QUẦY-02", 3: "BÀN KÝ", 4: "QUẦY-04"}


class Province:
    """The hub's key and the grants it signs."""

    def __init__(self) -> None:
        self.key = SigningKey.fresh()
        self.hub_keys = {self.key.key_id: self.key.public}

    def grant(self, number: int) -> bytes:
        """A signed grant for counter ``number``."""
        grant = Grant(UNIT, number, number, NAMES[number], 2**62, 0, self.key.key_id, True)
        return sign_grant(grant, self.key)


@dataclass
class Counter:
    """One counter PC with everything running but the line; ``officials`` and ``keys`` by login."""

    number: int
    folder: Path
    province: Province
    clock: FixedClock
    store_key: bytes
    store: Store
    areas: Areas
    officials: dict[str, EntryId]
    keys: dict[str, SigningKey]
    delegation: EntryId | None = None
    register: EntryId | None = None

    @property
    def work(self) -> Workplace:
        """The workplace below the areas."""
        return self.areas.work

    def sign_in(self, login: str) -> None:
        """Somebody takes the seat with his password."""
        self.areas.session.sign_in(self.officials[login], PASSWORD)

    def port(self) -> ExchangeStore:
        """The store as exchanges see it."""
        return ExchangeStore(
            self.store, UNIT, self.province.hub_keys, self.clock.now,
            lambda connection, arrived: uses.note_acts(connection, arrived, self.work.now()),
        )  # fmt: skip

    def papers(self) -> list[Path]:
        """What the folder printer wrote, in order of names."""
        return sorted((self.folder / "papers").glob("*.pdf"))

    def state(self, subject: EntryId):
        """State of a subject as committed."""
        with self.store.read() as connection:
            return self.work.state(connection, subject)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def reopen(self) -> Counter:
        """The same PC after a restart: nobody signed in, no key open."""
        self.store.close()
        store = Store.open(self.store.path, self.store_key)
        store.enrolled(self.author)
        work = _workplace(self.folder, self.number, store, self.clock, self.work.device_secret, self.province)
        self.store, self.areas = store, open_areas(work)
        return self

    author: object = None


def make_counter(
    folder: Path,
    number: int = 1,
    *,
    clock: FixedClock | None = None,
    province: Province | None = None,
    founder: Counter | None = None,
    register: bool = True,
    receipt_book: bool = False,
) -> Counter:
    """A working counter; the clerk is signed in. Close it at the end (``Counter.close``)."""
    folder = folder / f"pc-{number}"
    folder.mkdir(parents=True)
    clock = clock or FixedClock(founder.clock.at if founder else MORNING, step=1)
    province = province or (founder.province if founder else Province())
    store_key, path = fresh_key(), folder / "counter.db"
    store = Store.create(path, store_key)
    key = SigningKey.fresh()
    open_life(
        store, province.grant(number), province.hub_keys, key, ExchangeKey.fresh().public, clock.now(),
        reason=OpenReason.ENROLLED,
    )  # fmt: skip
    work = _workplace(folder, number, store, clock, fresh_key(), province)
    _settings(work, folder)
    made = Counter(number, folder, province, clock, store_key, store, open_areas(work), {}, {})
    made.author = store.author
    if founder is None:
        _found(made, register=register)
    else:
        _join(made, founder)
    if receipt_book:
        open_receipt_book(made)
    made.sign_in(CLERK)
    return made


def _workplace(
    folder: Path, number: int, store: Store, clock: FixedClock, secret: bytes, province: Province
) -> Workplace:
    place = Place(
        unit=UNIT, title="Xã Bình Lư (tập huấn)", superior="UBND XÃ BÌNH LƯ (TẬP HUẤN)",
        issuing="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", town="Bình Lư", counter_name=NAMES[number],
        counter_number=number, practice=True,
    )  # fmt: skip
    return Workplace(
        store,
        clock,
        place,
        shipped_rules(),
        secret,
        folder / "papers",
        cost=CHEAP,
        hub_keys=province.hub_keys,
    )


def _settings(work: Workplace, folder: Path) -> None:
    with work.store.write() as connection:
        for role in PrinterRole:
            device.put_setting(connection, printer_setting(role), folder_printer(folder / "papers"))
        device.put_setting(connection, PHOTOCOPY_PRICE, "500")


def _found(counter: Counter, *, register: bool) -> None:
    """Officials, the Chairman's act for the signatory, the register from the paper book."""
    accounts = counter.areas.accounts
    for new in STAFF:
        counter.keys[new.login] = SigningKey.fresh()
        counter.officials[new.login] = accounts.record(new, counter.keys[new.login])
    counter.sign_in(CHAIRMAN)
    act = o.DelegationRecorded(
        "47/QĐ-UBND", 20261103, o.ASSIGNED, "KT.", ("copy", "signature"), 20261103, 20261231, "Phó Chủ tịch"
    )
    counter.delegation = accounts.delegate(counter.officials[SIGNER], act)
    if register:
        counter.register = open_register(counter)


def open_register(
    counter: Counter, kind: str = "copy", symbol: str = "SCT/BS", last: int = LAST_ON_PAPER
) -> EntryId:
    """A register from the paper book: the registrar opens, the signatory stands beside her."""
    counter.sign_in(REGISTRAR)
    desk = counter.areas.desk
    body = r.RegisterOpened(
        kind,
        symbol,
        2026,
        last + 1,
        3,
        r.OPENING_BALANCE,
        f"Số cuối trên sổ giấy: {last}",
        counter.work.journal,
    )
    drafts = open_from_paper_book(desk.require(), desk.second(counter.officials[SIGNER], PASSWORD), body, ())
    return counter.store.append(drafts, desk.act(sealed=True)).entries[0].id


def open_receipt_book(counter: Counter, first: int = 1, last: int = 50) -> EntryId:
    """A book of paper receipts at this counter."""
    body = ReceiptBookOpened("AA-26P", "C1-10", first, last, first)
    return counter.store.append([draft(body, SELF)], counter.areas.desk.act()).entries[0].id


def _join(counter: Counter, founder: Counter) -> None:
    """Another counter of the same unit: data from the first, accounts for the same people."""
    give(founder, counter)
    counter.officials, counter.keys = dict(founder.officials), dict(founder.keys)
    counter.delegation, counter.register = founder.delegation, founder.register
    for login, official in counter.officials.items():
        counter.areas.accounts.admit(official, counter.keys[login], PASSWORD, PIN)


def give(giver: Counter, taker: Counter) -> Ingested:
    """One direction of an exchange, everything the taker lacks."""
    source, target = giver.port(), taker.port()
    source.hand_over()
    pieces = source.pieces_from(lacking(source.vector(), target.vector()), 2**24)
    return target.ingest(Bundle(UNIT, giver.work.journal, tuple(pieces)))


def person(name: str = "HOÀNG VĂN SƠN", number: str = "012086006812", **more: str) -> PersonForm:
    """A requester as typed."""
    given = {"birth": "14/03/1986", "address": "Bản Nà Khan, xã Bình Lư", "sex": "male", **more}
    return PersonForm(id_number=number, name=name, **given)


def form(*rows: str, who: PersonForm | None = None, compared: bool = True, **more: object) -> RequestForm:
    """A request as it stands on the page, every row ticked; the same paper twice a day was looked at."""
    at = MORNING if compared else 0
    ticked = tuple(RowForm(text, compared_at=at, seen=("original.today",)) for text in rows)
    return RequestForm(person=who or person(), rows=ticked, **more)  # type: ignore[arg-type]


def take_in(counter: Counter, *rows: str, who: PersonForm | None = None, **more: object) -> Committed:
    """F9 on a request."""
    return counter.areas.copies.commit(form(*(rows or ("gks 1x2",)), who=who, **more))
