"""Kinds of entry about tickets ("Báo sự cố"), requests from afar and how a PC stands (decision 057).

No body here holds data of a citizen: of the PC's checks only codes and verdicts, of the trouble what the
clerk typed after being warned. All may be skipped by a program that does not know them: nothing legal rests
on them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..field_types import Body, Code, Count, JournalNumber, Long, Moment, Text

DOCTOR, BUNDLE, CATALOGUE = "doctor", "bundle", "catalogue"
WISHES = (DOCTOR, BUNDLE, CATALOGUE)
"""All that may be asked from afar: a closed list, never code or text to run."""

MOST_CHECKS = 80
"""A self-test with more lines is cut: the entry stays below 4 KB."""

DONE, UNKNOWN, FAILED, LAPSED = "done", "unknown", "failed", "lapsed"
OUTCOMES = (DONE, UNKNOWN, FAILED, LAPSED)


class Verdict(Body):
    """One check of the self-test by its code; ``verdict`` is ``good``, ``look``, ``broken``, ``offline``."""

    check: Code
    verdict: Code


class Standing(Body):
    """How a PC stands: program's version, free space (MB), its oldest entry that the province lacks and its
    newest verified backup (moments, 0 for none), what its self-test found and when (0: not run)."""

    version: Code
    free_mb: Count
    oldest_unsent: Moment
    last_backup: Moment
    checked_at: Moment
    checks: Annotated[tuple[Verdict, ...], msgspec.Meta(max_length=MOST_CHECKS)] = ()


class BundleNamed(Body):
    """A diagnostics bundle that travels as a file: SHA-256 (empty: none) and bytes."""

    digest: Annotated[bytes, msgspec.Meta(max_length=32)] = b""
    size: Count = 0


class TicketOpened(Body):
    """A person at the counter needs help; subject: the ticket.

    ``screen`` is the page's name in the program, ``words`` what was typed after the warning to name no
    citizen.
    """

    screen: Code
    words: Long
    standing: Standing
    bundle: BundleNamed


class TicketAnswered(Body):
    """The province answers a ticket, ``closes`` it, or both; in its journal of the unit."""

    words: Long
    closes: bool


class AskedFromAfar(Body):
    """The province asks one PC; subject: the request; in its journal of the unit.

    ``device`` is the PC's number (of all its lives), ``wish`` one of WISHES, ``words`` why, for the people
    there. After ``until`` (ms) it is not done any more.
    """

    device: JournalNumber
    wish: Code
    words: Text
    until: Moment


class AnsweredFromAfar(Body):
    """What became of a request, in the journal of the PC that was asked; ``outcome`` one of OUTCOMES.

    ``items`` counts what was read again; ``code`` says why it failed.
    """

    outcome: Code
    code: Code
    items: Count
    standing: Standing | None
    bundle: BundleNamed


class StandingSaid(Body):
    """A PC says once a day how it stands; a subject of its own."""

    standing: Standing
