"""The rest of a day and the hours of signers: what came so far corrects what was expected."""

from __future__ import annotations

from typing import NamedTuple

PRIOR_STRENGTH = 8.0
"""As sure as after eight arrivals that the day goes as expected: days vary by a third (Gamma prior)."""


class Work(NamedTuple):
    """Requests, the originals in them and the copies to be signed."""

    requests: float = 0.0
    originals: float = 0.0
    copies: float = 0.0


class SigningPace(NamedTuple):
    """Seconds of a signer's time. Own assumptions, not measured in an office [U]: a unit times its own.

    ``look`` to compare an original with its copies, ``sign`` for signature and seal on one copy, ``lot`` to
    take a pile, check its list and type the PIN; ``lot_size`` requests go together.
    """

    look: float = 20.0
    sign: float = 12.0
    lot: float = 60.0
    lot_size: float = 20.0


UNMEASURED = SigningPace()


def expected_by(expected_day: float, so_far: int, part_now: float, part_then: float) -> float:
    """Arrivals by a later moment: those ``so_far`` and what is still to come.

    ``part_now`` and ``part_then`` are the shares of the opening hours gone by now and by then, 0 to 1. The
    day's pace is a Gamma around ``expected_day``, corrected by what has come (conjugate of Poisson).
    """
    if part_then <= part_now:
        return float(so_far)
    pace = (PRIOR_STRENGTH + so_far) / (PRIOR_STRENGTH + expected_day * part_now)
    return so_far + expected_day * pace * (part_then - part_now)


def mean_work(requests: int, originals: int, copies: int) -> Work:
    """Originals and copies in one request on the average; one and two while nothing is known."""
    if requests <= 0:
        return Work(1.0, 1.0, 2.0)
    return Work(1.0, originals / requests, copies / requests)


def signer_hours(work: Work, pace: SigningPace = UNMEASURED) -> float:
    """Hours of one signer for ``work``."""
    lots = work.requests / pace.lot_size
    return (work.originals * pace.look + work.copies * pace.sign + lots * pace.lot) / 3600


def part_of_day(sessions: tuple[tuple[int, int], ...], minute: int) -> float:
    """Share of the opening hours gone at ``minute`` of the day; ``sessions`` as (first, last minute)."""
    total = sum(last - first for first, last in sessions)
    if total <= 0:
        return 1.0
    return sum(min(max(minute - first, 0), last - first) for first, last in sessions) / total
