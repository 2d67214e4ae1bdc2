"""When a year may be sealed, and what may ever leave a PC (decision 059).

Nothing leaves a PC yet: the rule stands here first, so that whatever will thin a store asks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.state import RegisterState
from sync.protocol.carrying.year_seal import YearSeal

DATA_SET = "year-seal"
"""The data set (kind 450) in the province's journal of a unit whose content is a year's seal (``.mcy``)."""
KEPT_YEARS = 2
"""The year that runs and the one before stay whole: late notes, corrections and reports reach there [U]."""


def check_may_seal(year: int, day: int, registers: Iterable[RegisterState], safe: Mapping[int, int]) -> None:
    """Why ``year`` cannot be sealed on ``day`` (yyyymmdd), or nothing.

    ``safe``: how far each journal of the unit lies in a verified backup of the province; a seal goes so far.
    Raises DomainError ``seal.year_runs``, ``.no_register``, ``.open_register``, ``.not_safe``.
    """
    if day // 10_000 <= year:
        raise _refused("year_runs", f"Năm {year} chưa hết.", f"The year {year} is not over.", "", "")
    of_year = [one for one in registers if one.year == year]
    if not of_year:
        raise _refused(
            "no_register", f"Năm {year} không có sổ nào.", f"There is no register of {year}.", "", ""
        )
    if still := sorted(one.symbol for one in of_year if not one.closed):
        names = ", ".join(still)
        raise _refused(
            "open_register", f"Sổ {names} năm {year} chưa khóa.",
            f"Registers {names} of {year} are not closed.",
            "Xã khóa sổ năm trước.", "The unit closes them first.",
        )  # fmt: skip
    if late := sorted(one.symbol for one in of_year if not _is_safe(one, safe)):
        names = ", ".join(late)
        raise _refused(
            "not_safe", f"Việc khóa sổ {names} chưa nằm trong bản sao lưu đã kiểm tra.",
            f"The closing of {names} is in no verified backup yet.",
            "Sao lưu và kiểm tra máy chủ, rồi làm lại.", "Back the hub up, verify, then try again.",
        )  # fmt: skip


def _is_safe(register: RegisterState, safe: Mapping[int, int]) -> bool:
    closing = register.closed_by
    return closing is not None and closing.seq <= safe.get(closing.journal, 0)


def may_leave(seal: YearSeal, year: int, journal: int, safe: Mapping[int, int]) -> int:
    """The last entry of ``journal`` whose body a PC may let go in ``year``, 0 for none.

    Never above the seal, never above ``safe`` - the mark *in a verified backup* of the province's newest
    signed word, which a province that came back from a backup may have lowered - and nothing of the last
    ``KEPT_YEARS``.
    """
    if year - seal.year < KEPT_YEARS:
        return 0
    return min(seal.upto(journal), safe.get(journal, 0))


def _refused(code: str, vi: str, en: str, remedy: str, remedy_en: str) -> DomainError:
    return DomainError(vi, remedy=remedy, code=f"seal.{code}", title_en=en, remedy_en=remedy_en)
