"""What ends a scripted day: a check that did not hold, said in words."""

from __future__ import annotations


class DayFailed(AssertionError):
    """Something on the screen, in a store or at the hub was not as the day needs it."""


def check(holds: object, words: str) -> None:
    """Raises DayFailed with ``words`` unless ``holds`` is true."""
    if not holds:
        raise DayFailed(words)


def equal(found: object, wanted: object, what: str) -> None:
    """Raises DayFailed naming ``what`` with both values unless they are equal."""
    if found != wanted:
        raise DayFailed(f"{what}: cần {wanted!r}, thấy {found!r}")
