"""A register-year of 24,000 lines: the drawer of the years, reports, the book of the year.

``python -m benchmarks.bench_year --lines 24000``. The year 2027 is written with the program's entries, month
by month and pile by pile; then what a registrar opens is measured, by the clock and of the processor.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import date, datetime, time
from pathlib import Path

from benchmarks.bench_numbering import show, taken
from counter_app.domain.certification import entries as c
from counter_app.domain.dates import vn_instant
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import entries as o
from counter_app.services.ports.register_reports import ReportPeriod
from counter_app.services.registers.years import YearBooks
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, pending
from tests.support.counter import CHAIRMAN, REGISTRAR, SIGNER, Counter, make_counter

YEAR = 2027
ROWS = ("gks 1x2", "hb 24x1", "cccd 2x2", "bang 1x1", "gkh 1x3")
"""Originals of one request: five lines each."""
LOT = 40
"""Requests of a pile: 200 lines."""
SALT = bytes(4)


class YearOfLines:
    """One counter's 2027, twelve equal months."""

    def __init__(self, folder: Path, lines: int) -> None:
        self.counter = make_counter(folder)
        self.serial = 0
        self._begin()
        for month in range(1, 13):
            self._month(month, lines // 12 // len(ROWS))

    def _begin(self) -> None:
        """The next year's register and an act for it."""
        counter = self.counter
        counter.clock.at = _at(2026, 12, 30, 8)
        counter.sign_in(REGISTRAR)
        counter.areas.registers.open_next_year(2026)
        self.register = next(card.register for card in counter.areas.registers.years() if card.year == YEAR)
        counter.clock.at = _at(YEAR, 1, 4, 8)
        counter.sign_in(CHAIRMAN)
        act = o.DelegationRecorded(
            "01/QĐ-UBND", 20270104, o.ASSIGNED, "KT.", ("copy",), 20270104, 20271231, "Phó Chủ tịch"
        )
        self.act = counter.areas.accounts.delegate(counter.officials[SIGNER], act)

    def _month(self, month: int, requests: int) -> None:
        counter = self.counter
        counter.clock.at = _at(YEAR, month, 15, 8)
        counter.sign_in(SIGNER)
        for first in range(0, requests, LOT):
            self._pile(YEAR * 10_000 + month * 100 + 15, min(LOT, requests - first))

    def _pile(self, day: int, requests: int) -> None:
        """Requests, lot and lines, ink and seal, as entries of the program; four lines are struck."""
        store, act = self.counter.store, self.counter.areas.desk.act
        asked = store.append([self._request(day) for _ in range(requests)], act()).entries
        first = self.serial * len(ROWS) - requests * len(ROWS) + 1
        lot = c.LotNumbered(
            self.counter.officials[SIGNER], self.act, "PHÓ CHỦ TỊCH", "Vàng Văn Thăng (tập huấn)", "KT.",
            1, 1, first, requests * len(ROWS), day, bytes(32), True,
        )  # fmt: skip
        lines = [
            draft(
                c.LineNumbered(
                    first + place, 1, YEAR, 1, place % len(ROWS), day, "Giàng Thị Tập Huấn",
                    ROWS[place % len(ROWS)], "Vàng Văn Thăng (tập huấn)", 2, 8_000, SALT,
                ),
                asked[place // len(ROWS)].id, SELF, self.register, pending(1),
            )
            for place in range(requests * len(ROWS))
        ]  # fmt: skip
        head, *numbered = store.append(
            [draft(lot, self.register, SELF, self.act), *lines], act(sealed=True)
        ).entries
        settled = [
            draft(
                c.LineStruck("differs", "mờ dấu") if place % 50 == 7 else c.LineSigned("pile"),
                line.id, line.facts.subjects[0], head.id,
            )
            for place, line in enumerate(numbered)
        ]  # fmt: skip
        store.append(settled, act())

    def _request(self, day: int) -> Draft:
        self.serial += 1
        at = self.counter.clock.at
        originals = tuple(c.OriginalTaken("hoc_ba", row, "", 2, 2, 8_000, at) for row in ROWS)
        who = c.Requester(
            f"Giàng Thị {self.serial}", "cccd", f"0120860{self.serial:05d}", 19860314, "Nà Khan", ""
        )
        body = c.CopiesRequested(
            code=f"0000000112{day % 1_000_000}{self.serial % 10_000:04d}0", daily=self.serial, day=day,
            requester=who, originals=originals, due_at=at + 3_600_000, pay="now", channel="counter",
            signatory=None, salt=SALT,
        )  # fmt: skip
        return draft(body, SELF)


def _at(year: int, month: int, day: int, hour: int) -> int:
    return vn_instant(datetime.combine(date(year, month, day), time(hour)))


def measure(counter: Counter, times: int) -> None:
    """What a registrar opens of the year."""
    counter.clock.at = _at(YEAR, 12, 31, 16)
    counter.sign_in(REGISTRAR)
    registers = counter.areas.registers
    assert isinstance(registers, YearBooks)
    for what, call in (
        ("the drawer of the years", registers.years),
        ("a month of the year, as a page", lambda: registers.month(YEAR, 6)),
        ("report of the year", lambda: registers.report(ReportPeriod(YEAR, 0))),
        ("report of the year, Excel", lambda: registers.export_report(ReportPeriod(YEAR, 0), excel=True)),
        ("notes after binding", lambda: registers.later_notes(YEAR)),
    ):
        show(what, [taken(call) for _ in range(times)])
    made: list[str] = []
    show("the book of the year, PDF", [taken(lambda: made.append(registers.export_year(YEAR)))])
    print(f"{'  its size':46s} {Path(made[-1]).stat().st_size / 1024:8.0f} KB")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=24_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder to leave the year in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        year = YearOfLines(folder, options.lines)
        print(f"{'ms':46s} {'clock':>8s} {'worst':>8s} {'proc.':>8s} {'worst':>8s}")
        measure(year.counter, options.times)
        year.counter.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
