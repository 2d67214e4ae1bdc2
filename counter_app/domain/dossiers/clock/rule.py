"""A time limit with the settings of its procedure (``law.md`` 6).

Everything the law leaves open is a setting of the procedure, never a constant of the code: whether a
receipt after the cut-off begins the count a day later, how many supplements may be asked at vetting and
until when, whether a financial duty pauses. The defaults are the documented ones; [U] in ``law.md``.
"""

from __future__ import annotations

import re
from datetime import time
from enum import StrEnum

import msgspec

from counter_app.domain.calendar.day_counting import CUTOFF

VETTING_DAYS = 3
"""Working days after reception in which form 02 may be made at vetting (NĐ 61/2018 art. 19)."""

_SETTING = re.compile(r"(?P<name>[a-z_]+)(?:=(?P<value>[^ ]+))?")


class Unit(StrEnum):
    """Units of limits as in the catalogue; ``NONE``: no limit is known, so there is no due date."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    NONE = ""


class LimitRule(msgspec.Struct, frozen=True, gc=False):
    """A limit and its settings.

    ``cutoff`` None: no cut-off. ``late_next_day``: a receipt after the cut-off or on a day of rest begins
    the count at the next working day [U]. ``supplements``: how often papers may be asked at vetting, 0 for
    no limit; ``vetting_days`` None: at any time. ``fee_pauses``: a financial duty stops the clock [U].
    ``routed``: another body decides, counted from forwarding [U].
    """

    value: int
    unit: Unit
    cutoff: time | None = CUTOFF
    late_next_day: bool = False
    supplements: int = 1
    vetting_days: int | None = VETTING_DAYS
    fee_pauses: bool = False
    routed: bool = False


def read_settings(value: int, unit: Unit, settings: str) -> LimitRule:
    """Rule of a limit with settings as they stand in the catalogue and in entries.

    Words separated by spaces: ``late_next_day``, ``fee_pauses``, ``routed``, ``cutoff=16:30|none``,
    ``supplements=2``, ``vetting=5|none``. A word of a newer catalogue is skipped, never an error.
    """
    found = {match["name"]: match["value"] or "" for match in _SETTING.finditer(settings)}
    return LimitRule(
        value,
        unit,
        cutoff=_cutoff(found.get("cutoff")),
        late_next_day="late_next_day" in found,
        supplements=_whole(found.get("supplements"), 1),
        vetting_days=None if found.get("vetting") == "none" else _whole(found.get("vetting"), VETTING_DAYS),
        fee_pauses="fee_pauses" in found,
        routed="routed" in found,
    )


def known_unit(unit: str) -> Unit:
    """The unit of a catalogue or entry; one of a newer program gives no limit."""
    return Unit(unit) if unit in Unit._value2member_map_ else Unit.NONE


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default


def _cutoff(text: str | None) -> time | None:
    if text == "none":
        return None
    try:
        return CUTOFF if text is None else time.fromisoformat(text)
    except ValueError:
        return CUTOFF
