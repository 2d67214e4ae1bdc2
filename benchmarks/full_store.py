"""The full store of ``quality.md``: 200,000 requests and 1,000,000 register lines, built once and kept.

``python -m benchmarks.full_store --lines 1000000`` writes it through the product's own path - every entry
is appended, chained, signed and read live by ``Store.act`` - into a folder outside the tree
(``BENCH_STORES``, else the system's temporary folder), next to what opens it again. Twelve minutes on two
cores. Nothing of a real person is in it.

Twenty-five register-years of equal length; each request brings five originals that are numbered in piles of
200, confirmed and handed over, each fourth one a person of its own.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import entries as o
from counter_app.domain.people import entries as p
from counter_app.domain.registers import entries as r
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.engine import fresh_key
from counter_app.storage.journals.appending import Act, Author
from counter_app.storage.keeping.lives import open_life
from counter_app.storage.store import Store
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.grants import Grant, sign_grant
from sync.protocol.naming.ids import PRACTICE_UNIT, SELF, EntryId, journal_of, pending
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey

PLACE = "BENCH_STORES"
"""Names the folder that keeps the built stores between runs."""
YEARS = range(2002, 2027)
ORIGINALS = 5
PILE = 200
FAMILY = ("Nguyễn", "Lò", "Vàng", "Giàng", "Đặng", "Hoàng", "Trần", "Lý", "Phàn", "Mùa", "Tẩn", "Chẻo")
MIDDLE = ("Thị", "Văn", "A", "Thu", "Đức", "Ngọc", "Seo", "Minh", "Láo", "Mẩy", "Xuân", "Khánh")
GIVEN = ("Đào", "Páo", "Ẩm", "Dũng", "Hoa", "Vảng", "Lan", "Sơn", "Xuân", "Tập", "Huấn", "Đông", "Tả", "Lở")
PAPERS = ("Học bạ", "Bằng tốt nghiệp", "Giấy khai sinh", "Căn cước công dân", "Hộ chiếu", "Giấy xác nhận")


def name(place: int) -> str:
    """A made-up name for practice data: about 2,000 of them, over and over."""
    family, rest = FAMILY[place % len(FAMILY)], place // len(FAMILY)
    return f"{family} {MIDDLE[rest % len(MIDDLE)]} {GIVEN[rest // len(MIDDLE) % len(GIVEN)]}"


class Opened(NamedTuple):
    """What opens a kept store again: keys as raw bytes, and the ids that new work names."""

    store_key: bytes
    device_seed: bytes
    official_seed: bytes
    official: EntryId
    delegation: EntryId
    register: EntryId
    requests: int
    lines: int


class Writer:
    """The one counter that writes the store, by the product's own acts."""

    def __init__(self, store: Store, device_key: SigningKey, official_key: SigningKey) -> None:
        self.store = store
        self.device_key = device_key
        self.official_key = official_key
        self.official: EntryId | None = None
        self.at = _noon(date_of(YEARS[0], 0, 1))
        self.serial = 0
        self.day = 0

    def seal(self, entry: Entry) -> bytes:
        """The official's signature, as an opened key gives it."""
        return self.official_key.sign(Purpose.OFFICIAL, entry.header_hash)

    def act(self, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        """Append and read ``drafts`` as one act of the official."""
        self.at += 1_000
        return self.store.append(drafts, Act(self.at, self.official, None, self)).entries

    def begin(self) -> EntryId:
        """The grant, the official, his act of delegation; returns the delegation."""
        province = SigningKey.fresh()
        grant = Grant(PRACTICE_UNIT, 1, 1, "QUẦY-01", 2**62, 0, province.key_id, True)
        open_life(
            self.store,
            sign_grant(grant, province),
            {province.key_id: province.public},
            self.device_key,
            ExchangeKey.fresh().public,
            self.at,
        )
        who = o.OfficialRecorded(
            "Lò Thị Tập Huấn", "CHỦ TỊCH", ("sign", "intake"), self.official_key.public, "ltth"
        )
        self.official = self.act([draft(who, SELF)])[0].id
        given = o.DelegationRecorded(
            "47/QĐ-UBND", 20020101, o.ASSIGNED, "", ("copy",), 20020101, 20261231, "CHỦ TỊCH"
        )
        return self.act([draft(given, SELF, self.official)])[0].id

    def open_year(self, year: int) -> EntryId:
        """A register-year of copies that begins with 1."""
        opened = r.RegisterOpened("copy", "SCT/BS", year, 1, 1, r.FIRST, "", journal_of(1, 1))
        return self.act([draft(opened, SELF)])[0].id

    def take_in(self, count: int) -> list[EntryId]:
        """``count`` requests of five originals; each fourth requester is recorded as a person."""
        drafts: list[Draft] = []
        asked: list[int] = []
        for _ in range(count):
            self.serial += 1
            if self.serial % 4 == 0:
                drafts.append(draft(self._person(), SELF))
            asked.append(len(drafts))
            drafts.append(draft(self._request(), SELF))
        entries = self.act(drafts)
        return [entries[place].id for place in asked]

    def number(
        self, register: EntryId, delegation: EntryId, requests: Sequence[EntryId]
    ) -> tuple[Entry, ...]:
        """Every original of ``requests`` as one lot, decided on the register as it stands."""
        self.at += 1_000
        acted = self.store.act(
            lambda acting: self._lot(acting.state(register).state, delegation, requests),
            Act(self.at, self.official, None, self),
        )
        return acted.entries

    def finish(self, lot: tuple[Entry, ...], requests: Sequence[EntryId]) -> None:
        """Ink on every line, and the copies handed over."""
        first, *lines = lot
        signed = [draft(c.LineSigned("pile"), line.id, line.facts.subjects[0], first.id) for line in lines]
        given = c.CopiesHandedOver(tuple(range(ORIGINALS)), "", "", "scan", False, b"salt")
        self.act([*signed, *(draft(given, request) for request in requests)])

    def _person(self) -> p.PersonRecorded:
        return p.PersonRecorded(
            name(self.serial), "cccd", f"{self.serial:012d}", "", 19980902, "nữ", "Bản Nà Tập Huấn", 0,
            f"09{self.serial % 10**8:08d}", "qr", b"salt",
        )  # fmt: skip

    def _request(self) -> c.CopiesRequested:
        who = c.Requester(
            name(self.serial), "cccd", f"{self.serial:012d}", 19980902, "Bản Nà Tập Huấn",
            f"09{self.serial % 10**8:08d}",
        )  # fmt: skip
        originals = tuple(
            c.OriginalTaken("hoc_ba", PAPERS[(self.serial + place) % len(PAPERS)], "", 2, 1, 4_000, self.at)
            for place in range(ORIGINALS)
        )
        return c.CopiesRequested(
            code=f"000000011{self.day % 1_000_000:06d}{self.serial % 10_000:04d}{self.serial % 10}",
            daily=self.serial % 200 + 1,
            day=self.day,
            requester=who,
            originals=originals,
            due_at=self.at + 3_600_000,
            pay="now",
            channel="counter",
            signatory=None,
            salt=b"salt",
        )

    def _lot(self, state: RegisterState, delegation: EntryId, requests: Sequence[EntryId]) -> list[Draft]:
        assert self.official is not None
        first, count = state.next_number, len(requests) * ORIGINALS
        lot = c.LotNumbered(
            self.official, delegation, "CHỦ TỊCH", "Lò Thị Tập Huấn", "", state.term, state.book, first,
            count, self.day, bytes(32), True,
        )  # fmt: skip
        lines = (
            c.LineNumbered(
                first + place, state.book, state.year, state.term, place % ORIGINALS, self.day,
                name(self.serial - len(requests) + 1 + place // ORIGINALS),
                PAPERS[place % len(PAPERS)], "Lò Thị Tập Huấn", 1, 4_000, b"salt",
            )
            for place in range(count)
        )  # fmt: skip
        return [
            draft(lot, state.id, SELF, delegation),
            *(
                draft(line, requests[place // ORIGINALS], SELF, state.id, pending(1))
                for place, line in enumerate(lines)
            ),
        ]


def date_of(year: int, place: int, of: int) -> datetime:
    """The working day on which pile ``place`` of ``of`` in that year is numbered."""
    return datetime(year, 1, 2, 4, tzinfo=UTC) + timedelta(days=place * 330 // of)


def _noon(day: datetime) -> int:
    return int(day.timestamp() * 1_000)


def write(writer: Writer, lines: int) -> Iterator[tuple[int, EntryId]]:
    """Fill the store; after each register-year the lines so far and the year's id."""
    delegation = writer.begin()
    piles = max(lines // PILE // len(YEARS), 1)
    done = 0
    for year in YEARS:
        writer.at = max(writer.at, _noon(date_of(year, 0, piles)))
        register = writer.open_year(year)
        for place in range(piles):
            day = date_of(year, place, piles)
            writer.day = day.year * 10_000 + day.month * 100 + day.day
            writer.at = max(writer.at, _noon(day))
            requests = writer.take_in(PILE // ORIGINALS)
            writer.finish(writer.number(register, delegation, requests), requests)
            if writer.store.wal_bytes() > 64 * 2**20:
                writer.store.fold_wal()
        done += piles * PILE
        yield done, register


def folder_of(lines: int) -> Path:
    """Where the store of that size is kept."""
    root = Path(os.environ.get(PLACE) or Path(tempfile.gettempdir()) / "commune-counter-bench")
    return root / f"lines-{lines}"


def build(lines: int) -> Path:
    """The kept store of ``lines`` register lines, written now if it is not there; returns its folder."""
    folder = folder_of(lines)
    if (folder / "opened.bin").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("store.db*"):
        old.unlink()
    key, device_seed, official_seed = fresh_key(), fresh_key(), fresh_key()
    store = Store.create(folder / "store.db", key)
    writer = Writer(store, SigningKey(device_seed), SigningKey(official_seed))
    begun, register, done = time.perf_counter(), EntryId(1, 1), 0
    for done, register in write(writer, lines):  # noqa: B007 - the last ones count
        print(f"   {done:,} lines in {time.perf_counter() - begun:,.0f} s", flush=True)
    delegation = EntryId(journal_of(1, 1), 3)
    assert writer.official is not None
    store.close()
    opened = Opened(
        key, device_seed, official_seed, writer.official, delegation, register, writer.serial, done
    )
    (folder / "opened.bin").write_bytes(msgspec.msgpack.encode(opened))
    return folder


def reopen(folder: Path) -> tuple[Writer, Opened]:
    """The kept store in ``folder`` (or a copy of it), ready to work on."""
    opened = msgspec.msgpack.decode((folder / "opened.bin").read_bytes(), type=Opened)
    store = Store.open(folder / "store.db", opened.store_key)
    device_key = SigningKey(opened.device_seed)
    store.enrolled(Author(journal_of(1, 1), device_key))
    writer = Writer(store, device_key, SigningKey(opened.official_seed))
    writer.official, writer.serial = opened.official, opened.requests
    writer.day, writer.at = 20261130, _noon(datetime(2026, 11, 30, 4, tzinfo=UTC))
    return writer, opened


def main() -> int:
    """Build and say where."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    print(build(parser.parse_args().lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
