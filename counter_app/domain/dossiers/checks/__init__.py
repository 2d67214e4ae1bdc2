"""Data checks of an intake: early, rarely stopping, each with its reason (``ux.md`` 1.8, 4.3; ``law.md`` 5).

Three levels: *stop* (red), *look* (amber, answered with Alt+Enter), *info*. A check is one function and one
line in ``CHECKS``; each is tried at the field's exit, never while typing.
"""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.domain.dossiers.acts.intake import Intake
from counter_app.domain.dossiers.checks import papers, people, times
from counter_app.domain.dossiers.checks.finding import INFO, LOOK, STOP, Check, Finding, Surroundings

__all__ = ["CHECKS", "INFO", "LOOK", "STOP", "Check", "Finding", "Surroundings", "findings", "unanswered"]

CHECKS: tuple[Check, ...] = (*people.CHECKS, *papers.CHECKS, *times.CHECKS)
"""All checks, in the order of the page."""


def findings(intake: Intake, around: Surroundings) -> tuple[Finding, ...]:
    """Everything found, in the order of the page; never raises for what was typed."""
    return tuple(found for check in CHECKS for found in check(intake, around))


def unanswered(found: Iterable[Finding], seen: Iterable[str]) -> tuple[Finding, ...]:
    """Stops, and amber findings that nobody has answered yet: what keeps F9 from committing."""
    answered = frozenset(seen)
    return tuple(
        one for one in found if one.level == STOP or (one.level == LOOK and one.code not in answered)
    )
