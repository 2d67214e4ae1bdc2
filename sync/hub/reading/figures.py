"""What each figure of the board counts: one condition, used for the number and for the rows behind it.

The words and the counting are those of a counter's own home page (``ux.md`` 4.2), so that a unit and the
province never argue about two definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Table, and_, or_

from counter_app.domain.dates import vn_date, vn_instant
from sync.hub.tables.kpi import kpi_items, kpi_lines

AGES = ((0, 0), (1, 1), (2, 3), (4, 100_000))
"""Whole days that papers of a pile have waited: today, since yesterday, two to three days, longer."""


class Moment(msgspec.Struct, frozen=True):
    """When the board is looked at: ``now`` in ms, and the day (``yyyymmdd``) whose figures are asked for."""

    now: int
    day: int

    @property
    def today(self) -> date:
        """The day of ``now`` in Viet Nam."""
        return vn_date(self.now)

    @property
    def day_end(self) -> int:
        """The last ms of today."""
        return vn_instant(datetime.combine(self.today + timedelta(days=1), time())) - 1

    @property
    def month_first(self) -> int:
        """The first day of the asked day's month."""
        return self.day // 100 * 100 + 1

    def age(self, bucket: int) -> tuple[int, int]:
        """First and last day (``yyyymmdd``) of what has waited as long as ``AGES[bucket]`` says."""
        youngest, oldest = AGES[bucket]
        first = number_of(self.today - timedelta(days=oldest)) if oldest < 100_000 else 1
        # A PC whose clock is ahead writes of tomorrow: that is not older than today.
        last = number_of(self.today - timedelta(days=youngest)) if youngest else 99_999_999
        return first, last


def number_of(day: date) -> int:
    """``yyyymmdd``."""
    return day.year * 10_000 + day.month * 100 + day.day


class Figure(NamedTuple):
    """A figure: its code, where its rows are, whether they are open work, and what they have in common."""

    code: str
    table: Table
    is_open: bool
    condition: Any

    def where(self, moment: Moment, age: int | None = None) -> ColumnElement[bool]:
        """What a row must be to count; ``age`` narrows a pile to one of ``AGES``."""
        found: ColumnElement[bool] = self.condition(moment)
        if self.is_open and self.table is kpi_items:
            found = and_(kpi_items.c.is_open == 1, found)
        if age is not None:
            found = and_(found, self.table.c.day.between(*moment.age(age)))
        return found


_item = kpi_items.c
_unsettled = or_(_item.matter == "dossier", _item.stage != "signed")
"""A signed copy waits for the citizen, not for the unit: it is never overdue."""
_kept = or_(_item.promised_at == 0, _item.settled_at <= _item.promised_at)
_of_month = _item.settled_at > 0


def _in_month(moment: Moment) -> ColumnElement[bool]:
    return and_(_of_month, _item.period_day.between(moment.month_first, moment.day))


FIGURES: Mapping[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure("received", kpi_items, False, lambda moment: _item.day == moment.day),
        Figure("overdue", kpi_items, True, lambda m: and_(_unsettled, _item.due_at.between(1, m.now - 1))),
        Figure(
            "due_today", kpi_items, True, lambda m: and_(_unsettled, _item.due_at.between(m.now, m.day_end))
        ),
        Figure("waiting_citizen", kpi_items, True, lambda _: _item.stage == "waiting_citizen"),
        Figure("online", kpi_items, True, lambda _: _item.stage == "online"),
        Figure("ready", kpi_items, True, lambda _: _item.stage.in_(("signed", "done"))),
        Figure("sent_back", kpi_items, True, lambda _: and_(_unsettled, _item.sent_back == 1)),
        Figure("waits_for_number", kpi_items, True, lambda _: _item.waits_for_number == 1),
        Figure("at_signer", kpi_lines, True, lambda _: kpi_lines.c.state == "numbered"),
        Figure("settled", kpi_items, False, _in_month),
        Figure("on_time", kpi_items, False, lambda m: and_(_in_month(m), _kept)),
        Figure("late", kpi_items, False, lambda m: and_(_in_month(m), ~_kept)),
    )
}
"""Every figure by its code. ``settled``, ``on_time`` and ``late`` are of the month up to the asked day."""

PILES = ("waits_for_number", "at_signer")
"""Figures with ages: papers that go to the signatory together."""
OPEN_NOW: Sequence[str] = tuple(
    code for code, figure in FIGURES.items() if figure.is_open and figure.table is kpi_items
)
