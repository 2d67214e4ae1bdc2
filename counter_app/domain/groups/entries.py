"""Kinds of entry of a group: it begins, each person's request joins it, it ends.

Every person stays a request of his own, so that a register line bears his name (NĐ 23/2015 art. 13); the
group ties them together for one slip, one list and one receipt.
"""

from __future__ import annotations

from counter_app.domain.field_types import Amount, Body, Code, Count, Day, Digest, Index, Salt, Short, Text

ONE = "one"
"""One receipt or slip for the whole group."""
EACH = "each"
"""A receipt or slip for each person."""


class GroupTaken(Body):
    """A group begins: who brings it, how many are on the list, how it is paid.

    ``code`` and ``daily`` are those of its slip, from the same day's row as the slips of persons.
    ``receipt`` and ``slip``: ``one`` or ``each``; ``pay``: ``now`` or ``return``. ``list_digest`` is
    SHA-256 of the list as it was fixed, so that a list that goes on later is known to be the same.
    """

    code: Code
    daily: Count
    day: Day
    name: Short
    bearer: Short
    bearer_id: Code
    phone: Code
    papers: Text
    planned: Count
    pay: Code
    receipt: Code
    slip: Code
    list_digest: Digest
    salt: Salt


class MemberTaken(Body):
    """The request of one person of the list joins the group; subjects: group (main), request.

    ``line`` is his place on the list from 0: a line that is there is never written again. ``label`` is what
    tells him apart, such as his class; ``amount`` in dong.
    """

    line: Index
    label: Short
    originals: Count
    copies: Count
    amount: Amount


class GroupEnded(Body):
    """Nobody joins any more. ``ground`` says why fewer than planned did, empty when all did."""

    taken: Count
    ground: Text
