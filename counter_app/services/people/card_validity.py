"""Until when an identity card serves, from birth and day of issue.

Cards are changed at 25, 40 and 60; one issued within two years before such a birthday serves until the next
(Luật Căn cước 26/2023 art. 21, not read for this program, unverified [U]). The citizen may bring a card that
has run out: certification only looks at it, it never stops.
"""

from __future__ import annotations

from datetime import date

AGES = (25, 40, 60)
YEARS_BEFORE = 2


def serves_until(birth: int, issued: int) -> date | None:
    """Last day (both days ``yyyymmdd``); None when it never runs out or cannot be told."""
    if not birth % 100 or not issued % 100 or issued <= birth:
        return None
    born, given = _date(birth), _date(issued)
    if born is None or given is None:
        return None
    for age in AGES:
        birthday = _birthday(born, age)
        if given < _birthday(born, age - YEARS_BEFORE):
            return birthday
    return None


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)


def _date(day: int) -> date | None:
    try:
        return date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return None
