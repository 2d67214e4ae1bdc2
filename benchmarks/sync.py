"""Bytes and times of exchanges over 128 kbit/s and 300 ms one way (``sync.md`` 7), beside their limits.

``python -m benchmarks.sync [--records 2000]``: the product's own stores, engine, HTTP and hub; between them a
proxy on loopback that counts, throttles, delays and cuts. Bytes are HTTP bytes both ways, without TLS. The
people and papers come from a generator that the dictionary has not seen.
"""

from __future__ import annotations

import argparse
import contextlib
import platform
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import uvicorn

from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import ReceiptBookOpened
from sync.client.engine import DONE, Engine, HubIdentity, Outcome
from sync.client.internet import HubAddress, InternetLine
from sync.client.lanes import ThreadLanes
from sync.hub.hub import Hub
from sync.hub.serving.app import make_app
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.naming.ids import SELF, EntryId
from tests.support.line import SlowLine
from tests.unit.hub.commune import Clock, Commune
from tools.made_up_records import Vocabulary, handed_over, record

UNIT = "00000"
DAY = 20_261_120
UNSEEN = Vocabulary(
    families=("Trương", "Đinh", "Lâm", "Mai", "Cao", "Tô", "Nông", "Bế", "Hà", "La", "Vi", "Kiều"),
    middles=("Khánh", "Bảo", "Gia", "Kim", "Trọng", "Diệu", "Công", "Hồng", "Thúy", "Anh"),
    givens=("Ngân", "Khoa", "Phúc", "Thảo", "Vy", "Quân", "Trâm", "Đạt", "Nhung", "Hiếu", "Loan", "Tiến"),
    hamlets=("Ấp 4", "Khóm Tây", "Buôn Thử", "Khu phố 7", "Làng Chài", "Đội 9", "Phum Tập"),
    areas=("phường Thử Nghiệm, thành phố Cần Thơ", "xã Đất Tập, tỉnh Cà Mau", "xã Ea Huấn, tỉnh Đắk Lắk"),
    other_papers=("Bằng khen của Bộ trưởng", "Hợp đồng lao động", "Giấy phép lái xe", "Sổ bảo hiểm xã hội"),
    marks=("Z-", "ĐH ", "LX", "QĐ-"),
    mobile=("077", "070", "059", "094"),
    provinces_of_birth=("096", "092", "066", "060"),
)  # fmt: skip


class Row(NamedTuple):
    """One line of the table: what was measured, the figure as text, the limit, whether it is met."""

    case: str
    figure: str
    limit: str
    met: bool


class Bench:
    """One hub, counters of its units, and slow lines between them."""

    def __init__(self, folder: Path, records: int, units: Sequence[str] = (UNIT,)) -> None:
        self.records = records
        self.chance = Random(7)
        self.hub = Hub.open(folder / "hub", practice=UNIT in units)  # a practice hub has that unit only
        for unit in units:
            self.hub.add_unit(unit, "Xã tập huấn")
        self.folder = folder
        self.pcs = 0
        self.books: dict[int, EntryId] = {}
        self.port = 0

    def counter(self, unit: str = UNIT) -> Commune:
        """One more counter of ``unit``, with a receipt book."""
        self.pcs += 1
        made = Commune(self.hub, self.folder, unit, Clock(), self.pcs)
        self.next_book(made)
        return made

    def next_book(self, counter: Commune) -> None:
        """A fresh receipt book of ``counter``: its numbers begin at 1 again."""
        book = ReceiptBookOpened("BL-26T", "01BLP", 1, 50_000, 1)
        self.books[counter.journal] = counter.act([draft(book, SELF)]).entries[0].id

    def write(self, counter: Commune, count: int) -> list[EntryId]:
        """``count`` records, each an act of its own; ids of the requests."""
        made = []
        for serial in range(count):
            drafts = record(
                UNSEEN,
                self.chance,
                serial,
                counter.at,
                DAY,
                self.books[counter.journal],
                counter.granted.counter,
            )
            made.append(counter.act(drafts).entries[0].id)
        return made

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """The hub behind plain HTTP on loopback, so that bytes can be counted."""
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            make_app(self.hub), http="h11", ws="none", lifespan="off", server_header=False,
            date_header=False, access_log=False, log_config=None, timeout_keep_alive=120,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()

    def engine(self, counter: Commune, line: SlowLine) -> Engine:
        """The product's engine with two kept connections over ``line``."""
        address = HubAddress(f"http://127.0.0.1:{line.port}", "")
        lanes = ThreadLanes([InternetLine(address), InternetLine(address)])
        hub = HubIdentity(self.hub.public_key, newest_dictionary(), load_dictionary)
        return Engine(
            counter.port(), lanes, counter.device_key, hub,
            lambda: time.time_ns() // 10**6, lambda: time.monotonic_ns() // 10**6,
        )  # fmt: skip

    def run(self, counter: Commune, cut_every: int = 0) -> tuple[SlowLine, float, list[Outcome]]:
        """Exchange until nothing is left over a fresh slow line; the line, seconds, outcomes."""
        with SlowLine(self.port, cut_every=cut_every) as line:
            engine = self.engine(counter, line)
            begun = time.monotonic()
            outcomes = engine.until_idle()
            while outcomes[-1].code != DONE:
                outcomes += engine.until_idle()
            took = time.monotonic() - begun
            engine.close()
        return line, took, outcomes


def bulk(bench: Bench, one: Commune, two: Commune) -> list[Row]:
    """All records pushed by one counter, pulled by another; as many pushed by a third over a failing line."""
    many, scale = bench.records, bench.records / 2_000
    bench.run(one)
    bench.run(two)
    bench.write(one, many)
    line, took, outcomes = bench.run(one)
    pushed = line.up
    rows = [_per_record("pushed", line, took, many, scale)]
    print(f"   pushed in {len(outcomes)} requests", flush=True)
    line, took, outcomes = bench.run(two)
    print(f"   pulled in {len(outcomes)} requests", flush=True)
    rows.append(_per_record("pulled", line, took, many, scale))
    three = bench.counter()
    bench.run(three)
    bench.write(three, many)
    line, took, _ = bench.run(three, cut_every=40_000)
    again = max(line.up - pushed, 0) / max(line.cuts, 1)
    words = f"{again / 1024:.1f} KB ({line.cuts} cuts, {took:.0f} s)"
    return [*rows, Row("re-sent per cut", words, "≤ 24 KB", again <= 24 * 1024)]


def _per_record(case: str, line: SlowLine, took: float, many: int, scale: float) -> Row:
    each = (line.up + line.down) / many
    met = each <= 110 and took <= 16 * max(scale, 0.2)
    return Row(f"{many} {case}", f"{each:.0f} B each, {took:.1f} s", "≤ 110 B each, ≤ 16 s for 2,000", met)


def single(bench: Bench, one: Commune, times: int) -> Row:
    """One new record on a new connection, several times."""
    sizes, waits, most = [], [], 0
    bench.run(one)
    for _ in range(times):
        bench.write(one, 1)
        line, took, outcomes = bench.run(one)
        sizes.append(line.up + line.down)
        waits.append(took)
        most = max(most, len(outcomes))
    sizes.sort()
    mean, p95 = sum(sizes) / times, sizes[min(int(times * 0.95), times - 1)]
    slowest = sorted(waits)[times // 2]
    met = mean <= 410 and p95 <= 450 and slowest <= 1.3 and most == 1
    words = f"{mean:.0f} B mean, {p95} B p95, {most} request, {slowest:.2f} s"
    return Row("one new record, new connection", words, "≤ 410 mean, ≤ 450 p95, 1 request, ≤ 1.3 s", met)


def changes(bench: Bench, one: Commune) -> Row:
    """A hundred hand-overs in one exchange."""
    requests = bench.write(one, 100)
    bench.run(one)
    for request in requests:
        one.act([handed_over(bench.chance, request)])
    line, took, _ = bench.run(one)
    each = (line.up + line.down) / 100
    met = each <= 15 and took <= 1.6
    return Row("100 status changes", f"{each:.1f} B each, {took:.2f} s", "≤ 15 B each, ≤ 1.6 s", met)


def idle(bench: Bench, one: Commune) -> Row:
    """Nothing to do, on a new connection."""
    bench.run(one)
    line, took, outcomes = bench.run(one)
    size = line.up + line.down
    words = f"{size} B, {len(outcomes)} request, {took:.2f} s"
    return Row("nothing to do", words, "≤ 300 B, 1 request", size <= 300 and len(outcomes) == 1)


def measure(records: int, singles: int) -> list[Row]:
    """The whole table."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), records)
        with bench.serving():
            one, two = bench.counter(), bench.counter()
            rows = bulk(bench, one, two)
            return [*rows, single(bench, one, singles), changes(bench, one), idle(bench, one)]


def main() -> int:
    """Measure and print; the exit code says nothing about limits, the table does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--singles", type=int, default=20)
    chosen = parser.parse_args()
    rows = measure(chosen.records, chosen.singles)
    print(f"{platform.machine()}, Python {platform.python_version()}, 128 kbit/s, 300 ms one way\n")
    for row in rows:
        print(f"{row.case:<32} {row.figure:<48} {row.limit:<42} {'met' if row.met else 'MISSED'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
