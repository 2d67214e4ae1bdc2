"""Kinds of entry about look-ups (NQ 66.7/2025/NQ-CP art. 2 [S]; ``law.md`` 0.3, 3, 7.1).

A look-up is a subject of its own, begun by the counter that asks; its second subject is the dossier whose
paper the data stand for. All of them may be skipped by a program that does not know them: what a dossier
needs is said by ``PaperLookedUp``, which a person writes after reading the answer.
"""

from __future__ import annotations

from ..field_types import Body, Code, Day, Index, Moment, Salt, Short, Text

SAME, DIFFERENT, NO_PERSON = "same", "different", "no_person"
UNREACHABLE, REFUSED, EXPIRED = "unreachable", "refused", "expired"
OUTCOMES = (SAME, DIFFERENT, NO_PERSON, UNREACHABLE, REFUSED, EXPIRED)
MISSING = "missing"
"""Of one field: the system's answer does not hold it."""

OK, SLOW, DOWN = "ok", "slow", "down"
STANDINGS = (OK, SLOW, DOWN)


class AskedField(Body):
    """One field to compare: its code in the table of systems and what the counter holds."""

    field: Code
    value: Text


class LookupAsked(Body):
    """A paper's data are asked of a national system; subjects: look-up, dossier.

    The entry's own moment says when, also without a line. ``row`` is the place of the paper in the
    procedure's list, ``procedure`` with ``ground`` the purpose, ``right`` the unit's setting that gives the
    official the right. After ``until`` (ms) nobody asks any more.
    """

    system: Code
    row: Index
    procedure: Code
    ground: Text
    id_number: Code
    fields: tuple[AskedField, ...]
    right: Code
    until: Moment
    salt: Salt


class FieldAnswer(Body):
    """One field compared: same, different or missing; ``found`` only where it may be shown, else empty."""

    field: Code
    how: Code
    found: Text = ""


class LookupAnswered(Body):
    """The province's answer, in its journal of the unit; subjects: look-up, dossier.

    ``unreachable`` leaves the question open (``since``, ms), all other outcomes end it. ``code`` says why it
    was refused. What was found is shown up to and on the day ``expires`` (yyyymmdd).
    """

    outcome: Code
    fields: tuple[FieldAnswer, ...]
    since: Moment
    expires: Day
    reference: Short
    code: Code
    salt: Salt


class LookupWithdrawn(Body):
    """The counter calls its question back; subjects: look-up, dossier. An answer is not shown any more."""

    words: Text


class SystemStandingSaid(Body):
    """How a national system answers since ``since`` (ms): ok, slow, down; in the province's journal."""

    system: Code
    standing: Code
    since: Moment
