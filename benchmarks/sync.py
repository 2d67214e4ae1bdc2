"""Bytes and times of exchanges over 128 kbit/s and 300 ms one way (``sync.md`` 7), beside their limits.

``python -m benchmarks.sync [--records 2000]``: the product's own stores, engine, HTTP and hub; between them a
proxy on loopback that counts, throttles, delays and cuts. Bytes are HTTP bytes both ways, without TLS. The
people and papers come from two generators that the dictionary has not seen; the second joins syllables by
chance, a name hardly comes twice. With root and ``/dev/net/tun`` also over TLS and the system's TCP with 2 %
of packets lost.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
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
from sync.hub.serving.ca import ServerFiles, server_files
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.naming.ids import SELF, EntryId
from tests.support.line import SlowLine
from tests.support.tun_line import THERE, TunLine, why_not
from tests.unit.hub.commune import Clock, Commune
from tools.made_up_records import Vocabulary, handed_over, record

UNIT = "00000"
DAY = 20_261_120
BOOK = 50
"""Receipts of one paper book: two with one number would be a question of the province's, to be pulled."""
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


def _wide() -> Vocabulary:
    """Another generator: syllables joined by chance, so that what came before helps little."""
    chance = Random(1_909)
    begin = [
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "gi",
        "h",
        "k",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "r",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    ]
    middle = [
        "a",
        "ă",
        "â",
        "e",
        "ê",
        "i",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "á",
        "à",
        "ả",
        "ạ",
        "ắ",
        "ấ",
        "ầ",
        "ế",
        "ề",
        "ệ",
        "í",
        "ị",
        "ó",
        "ò",
        "ố",
        "ồ",
        "ộ",
        "ớ",
        "ờ",
        "ợ",
        "ú",
        "ụ",
        "ứ",
        "ừ",
        "ự",
        "ươ",
        "ướ",
        "iê",
        "iế",
        "uô",
        "uố",
    ]
    end = ["", "n", "ng", "nh", "m", "p", "t", "c", "i", "u"]

    def syllable() -> str:
        return (chance.choice(begin) + chance.choice(middle) + chance.choice(end)).capitalize()

    def words(count: int, length: int, before: str = "") -> tuple[str, ...]:
        return tuple(before + " ".join(syllable() for _ in range(length)) for _ in range(count))

    return Vocabulary(
        words(90, 1), words(220, 1), words(400, 1), words(40, 2, "Buôn "),
        tuple(f"xã {place}, tỉnh {syllable()} {syllable()}" for place in words(30, 2)),
        words(200, 4, "Giấy "), ("K-", "SQ ", "VB/", ""), ("079", "056", "088"), ("058", "075", "089"),
    )  # fmt: skip


WIDE = _wide()


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
        self.written: dict[int, int] = {}
        self.port = 0
        self.words = UNSEEN

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
        """``count`` records, each an act of its own, fifty receipts a book; ids of the requests."""
        made = []
        for _ in range(count):
            serial = self.written.get(counter.journal, 0)
            self.written[counter.journal] = serial + 1
            if serial and serial % BOOK == 0:
                self.next_book(counter)
            drafts = record(
                self.words,
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
    def serving(self, host: str = "127.0.0.1", tls: ServerFiles | None = None) -> Iterator[None]:
        """The hub behind plain HTTP on loopback, so that bytes can be counted; or behind TLS."""
        listening = socket.create_server((host, 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            make_app(self.hub), http="h11", ws="none", lifespan="off", server_header=False,
            date_header=False, access_log=False, log_config=None, timeout_keep_alive=120,
            ssl_certfile=tls and tls.certificate, ssl_keyfile=tls and tls.key,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()

    @staticmethod
    def address(line: SlowLine | HubAddress) -> HubAddress:
        """Where the hub is, over ``line``."""
        return HubAddress(f"http://127.0.0.1:{line.port}", "") if isinstance(line, SlowLine) else line

    def engine(
        self, counter: Commune, line: SlowLine | HubAddress, lines: Sequence[InternetLine] = ()
    ) -> Engine:
        """The product's engine with two kept connections over ``line``."""
        address = self.address(line)
        lanes = ThreadLanes(lines or [InternetLine(address), InternetLine(address)])
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


def single(bench: Bench, one: Commune, times: int, words: Vocabulary, whose: str) -> Row:
    """One new record on a new connection, several times, after a day's work with the same ``words``."""
    sizes, waits, most = [], [], 0
    bench.words = words
    bench.write(one, 100)
    bench.run(one)
    with SlowLine(bench.port) as line:
        lines = [InternetLine(bench.address(line)) for _ in range(2)]
        engine = bench.engine(one, line, lines)
        engine.until_idle()
        for _ in range(times):
            bench.write(one, 1)
            for kept in lines:
                kept.close()
            before, begun, opened = line.up + line.down, time.monotonic(), line.connections
            outcomes = engine.until_idle()
            waits.append(time.monotonic() - begun)
            sizes.append(line.up + line.down - before)
            most = max(most, len(outcomes), line.connections - opened)
        engine.close()
    sizes.sort()
    mean, p95 = sum(sizes) / times, sizes[min(int(times * 0.95), times - 1)]
    slowest = sorted(waits)[times // 2]
    met = mean <= 410 and p95 <= 450 and slowest <= 1.3 and most == 1
    seen = f"{mean:.0f} B mean, {p95} B p95, {most} request, {slowest:.2f} s"
    bench.words = UNSEEN
    return Row(f"one new record, {whose}", seen, "≤ 410 mean, ≤ 450 p95, 1 request, ≤ 1.3 s", met)


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


def lossy(bench: Bench, one: Commune) -> list[Row]:
    """All records pushed over TLS with 2 % of packets lost, through a network device; said when skipped."""
    if skipped := why_not():
        return [Row("with 2 % loss over TUN", f"skipped: {skipped}", "-", met=True)]
    files = server_files(bench.folder / "tls", (THERE,), datetime.datetime.now(datetime.UTC))
    one.sync()
    bench.write(one, bench.records)
    rows = []
    with bench.serving("0.0.0.0", files), TunLine(bench.port, loss=0.02) as line:
        address = HubAddress(f"https://{THERE}:{bench.port}", files.authority_pem)
        for case in (f"{bench.records} pushed, 2 % loss", "nothing to do, 2 % loss"):
            engine = bench.engine(one, address)
            begun, before = time.monotonic(), line.up + line.down
            outcomes = engine.until_idle()
            while outcomes[-1].code != DONE:
                outcomes += engine.until_idle()
            took, size = time.monotonic() - begun, line.up + line.down - before
            engine.close()
            faults = sum(outcome.code != DONE for outcome in outcomes)
            words = f"{took:.1f} s, {size / 1024:.0f} KB of packets with TLS and TCP, {faults} failed"
            rows.append(
                Row(case, words, "all arrives", bench.hub.word(one.unit).received == one.port().vector())
            )
        words = f"{line.lost} of {line.packets} packets"
        return [*rows, Row("lost on the way", words, "-", met=True)]


def measure(records: int, singles: int) -> list[Row]:
    """The whole table."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), records)
        with bench.serving():
            one, two = bench.counter(), bench.counter()
            rows = bulk(bench, one, two)
            rows += [
                single(bench, one, singles, UNSEEN, "first generator"),
                single(bench, one, singles, WIDE, "second generator"),
                changes(bench, one),
                idle(bench, one),
            ]
        return [*rows, *lossy(bench, bench.counter())]


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
