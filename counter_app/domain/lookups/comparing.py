"""Comparing what a system says with what the counter holds: field by field, forgiving only the writing.

A system's answer is dirty: case, spaces, decomposed letters, tone marks in another place, dates in several
forms. Those are no difference. What is missing is neither same nor different: the look-up is incomplete and
the paper may be asked (NQ 66.7/2025/NQ-CP art. 2 [S]).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from counter_app.domain.fold_text import fold, nfc
from counter_app.domain.lookups.entries import DIFFERENT, MISSING, SAME, AskedField, FieldAnswer
from counter_app.domain.lookups.systems import System, SystemField
from counter_app.domain.names import same_name

MOST_FOUND = 600
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(T.*)?")


def compare(
    system: System, asked: Sequence[AskedField], found: Mapping[str, str]
) -> tuple[str, tuple[FieldAnswer, ...]]:
    """The outcome and every asked field; ``found`` holds the system's values by field code.

    A value is given back only where it differs and the table lets it be shown.
    """
    answers = tuple(_field(system.field(one.field), one, found.get(one.field, "")) for one in asked)
    whole = bool(answers) and all(answer.how == SAME for answer in answers)
    return (SAME if whole else DIFFERENT), answers


def _field(field: SystemField | None, asked: AskedField, found: str) -> FieldAnswer:
    value = " ".join(nfc(found).split())[:MOST_FOUND]
    if not value or field is None:
        return FieldAnswer(asked.field, MISSING)
    if is_same(field, asked.value, value):
        return FieldAnswer(asked.field, SAME)
    return FieldAnswer(asked.field, DIFFERENT, value if field.shown else "")


def is_same(field: SystemField, held: str, found: str) -> bool:
    """True when two values mean the same for ``field``."""
    if field.from_party == "birth":
        return _same_day(held, found)
    if field.loose:
        return _words(held) == _words(found)
    return same_name(held, found)


def _same_day(held: str, found: str) -> bool:
    """Days as (year, month, day); where either side knows only the year the year decides."""
    one, other = day_of_text(held), day_of_text(found)
    if one is None or other is None:
        return False
    if one[1:] == (0, 0) or other[1:] == (0, 0):
        return one[0] == other[0]
    return one == other


def day_of_text(text: str) -> tuple[int, int, int] | None:
    """``dd/mm/yyyy``, ``yyyy-mm-dd``, ``yyyymmdd`` or a year alone; None for anything else."""
    bare = text.strip()
    if found := _DAY_FIRST.fullmatch(bare):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _YEAR_FIRST.fullmatch(bare):
        return int(found[1]), int(found[2]), int(found[3])
    if len(bare) == 4 and bare.isascii() and bare.isdigit():
        return int(bare), 0, 0
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
