"""A practice world for the store's tests: a province key, counters with real openings, officials, piles.

Everything is the product's own: real encrypted files, real grants, real signatures. Only times are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.money import entries as m
from counter_app.domain.organisation import entries as o
from counter_app.domain.people import entries as p
from counter_app.domain.registers import entries as r
from counter_app.storage.engine import fresh_key
from counter_app.storage.journals.appending import Act
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.keeping.lives import open_life
from counter_app.storage.store import Acted, Store
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import Grant, JournalOpened, sign_grant
from sync.protocol.naming.ids import SELF, EntryId, journal_of, pending
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey

UNIT = "00000"
SALT = b"salt"
DAY = 20261120
NOON = 1_795_147_200_000
"""2026-11-20 11:00 in Viet Nam, ms."""


class Province:
    """The hub's key and the grants it signs."""

    def __init__(self) -> None:
        self.key = SigningKey.fresh()
        self.hub_keys = {self.key.key_id: self.key.public}

    def grant(self, device: int, spare: int = 0) -> bytes:
        """A signed grant for counter ``device``."""
        name = f"QUẦY-{device:02d}"
        return sign_grant(Grant(UNIT, device, device, name, 2**62, spare, self.key.key_id, True), self.key)


class Sealer:
    """An official's opened key."""

    def __init__(self, key: SigningKey) -> None:
        self.key = key

    def seal(self, entry: Entry) -> bytes:
        return self.key.sign(Purpose.OFFICIAL, entry.header_hash)


class Counter:
    """One counter PC with its store, enrolled, with one official who signs."""

    def __init__(self, province: Province, folder: Path, device: int, official: bool = True) -> None:
        self.province = province
        self.key = fresh_key()
        self.path = folder / f"quay-{device:02d}.db"
        self.store = Store.create(self.path, self.key)
        self.device_key = SigningKey.fresh()
        self.journal = journal_of(device, 1)
        self.at = NOON
        self.enrol(device)
        self.official_key = SigningKey.fresh()
        self.official = self.begin_official() if official else None
        self.serial = 0

    def enrol(self, device: int) -> None:
        """Open life 1 under the province's grant."""
        grant, exchange = self.province.grant(device), ExchangeKey.fresh().public
        open_life(self.store, grant, self.province.hub_keys, self.device_key, exchange, self.at)

    def close(self) -> None:
        self.store.close()

    def port(self) -> ExchangeStore:
        return ExchangeStore(self.store, UNIT, self.province.hub_keys, lambda: self.at)

    def circumstances(self) -> Act:
        self.at += 1000
        official = getattr(self, "official", None)
        return Act(self.at, official, None, Sealer(self.official_key) if official else None)

    def act(self, drafts: Sequence[Draft]) -> Acted:
        return self.store.append(drafts, self.circumstances())

    def begin_official(self) -> EntryId:
        body = o.OfficialRecorded(
            "Lò Thị Tập Huấn", "CHỦ TỊCH", ("sign", "intake"), self.official_key.public, "ltth"
        )
        return self.act([draft(body, SELF)]).entries[0].id

    def person(self, name: str = "Nguyễn Thị Đào", id_number: str = "012345678901") -> EntryId:
        body = p.PersonRecorded(
            name, "cccd", id_number, "", 19980902, "nữ", "Bản Nà Tập Huấn", 0, "0912345678", "qr", SALT
        )
        return self.act([draft(body, SELF)]).entries[0].id

    def request(
        self, name: str = "Nguyễn Thị Đào", copies: Sequence[int] = (1,), pay: str = "now"
    ) -> EntryId:
        return self.act([self.request_draft(name, copies, pay)]).entries[0].id

    def request_draft(self, name: str, copies: Sequence[int], pay: str = "now") -> Draft:
        self.serial += 1
        originals = tuple(
            c.OriginalTaken("hoc_ba", f"Học bạ {place}", "", 2, many, 4000 * many, self.at)
            for place, many in enumerate(copies)
        )
        body = c.CopiesRequested(
            code=f"000000011261120{self.serial:04d}0",
            daily=self.serial,
            day=DAY,
            requester=c.Requester(name, "cccd", "012345678901", 19980902, "Bản Nà Tập Huấn", "0912345678"),
            originals=originals,
            due_at=self.at + 3_600_000,
            pay=pay,
            channel="counter",
            signatory=None,
            salt=SALT,
        )
        return draft(body, SELF)

    def register(self, next_number: int = 1) -> EntryId:
        body = r.RegisterOpened("copy", "SCT/BS", 2026, next_number, 1, r.FIRST, "", self.journal)
        return self.act([draft(body, SELF)]).entries[0].id

    def delegation(self) -> EntryId:
        assert self.official is not None
        body = o.DelegationRecorded(
            "47/QĐ-UBND", 20261103, o.ASSIGNED, "", ("copy",), 20261103, 20261231, "CHỦ TỊCH"
        )
        return self.act([draft(body, SELF, self.official)]).entries[0].id

    def number(self, register: EntryId, delegation: EntryId, requests: Sequence[EntryId]) -> Acted:
        """Number the first original of each of ``requests`` as one lot."""
        return self.store.act(
            lambda acting: self._lot(acting.state(register).state, delegation, requests), self.circumstances()
        )

    def _lot(self, state, delegation: EntryId, requests: Sequence[EntryId]) -> list[Draft]:
        assert self.official is not None
        lot = c.LotNumbered(
            self.official,
            delegation,
            "CHỦ TỊCH",
            "Lò Thị Tập Huấn",
            "",
            state.term,
            state.book,
            state.next_number,
            len(requests),
            DAY,
            bytes(32),
            True,
        )
        lines = [
            c.LineNumbered(
                state.next_number + place,
                state.book,
                2026,
                state.term,
                0,
                DAY,
                "Nguyễn Thị Đào",
                "Học bạ",
                "Lò Thị Tập Huấn",
                1,
                4000,
                SALT,
            )
            for place in range(len(requests))
        ]
        return [
            draft(lot, state.id, SELF, delegation),
            *(
                draft(line, request, SELF, state.id, pending(1))
                for line, request in zip(lines, requests, strict=True)
            ),
        ]

    def confirm(self, numbered: Acted) -> Acted:
        """Ink and seal of every line of a lot."""
        lot, *lines = numbered.entries
        return self.act(
            [draft(c.LineSigned("pile"), line.id, line.facts.subjects[0], lot.id) for line in lines]
        )

    def receipt(self, request: EntryId, amount: int = 4000) -> EntryId:
        lines = (m.FeeLine("copy_fee", "Phí chứng thực", 1, amount),)
        body = m.ProvisionalSlipIssued(
            f"T{self.serial:04d}", lines, amount, m.CASH, amount, 0, "Nguyễn Thị Đào", DAY, SALT
        )
        return self.act([draft(body, SELF, request)]).entries[0].id

    def busy_day(self, requests: int = 6) -> EntryId:
        """People, requests, a register, a pile numbered and confirmed; returns the register-year."""
        self.person()
        register, delegation = self.register(), self.delegation()
        asked = [self.request(f"Lý A Vảng {place}", (1, 2)) for place in range(requests)]
        self.receipt(asked[0])
        self.confirm(self.number(register, delegation, asked[: requests // 2]))
        self.number(register, delegation, asked[requests // 2 :])
        return register


def opening(
    grant: bytes,
    key: SigningKey,
    life: int = 1,
    previous_seq: int = 0,
    certificate: bytes = b"",
    reason: int = 1,
) -> Draft:
    """The first entry of a journal."""
    body = JournalOpened(
        grant, key.public, ExchangeKey.fresh().public, life, previous_seq, reason, certificate
    )
    return Draft(SystemKind.JOURNAL_OPENED, (SELF,), encode_body(body))
