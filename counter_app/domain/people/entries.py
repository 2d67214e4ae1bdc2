"""Kinds of entry about persons (``architecture.md`` 1: matched by identity number only as candidates)."""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Body, Code, Day, Salt, Short, Text


class PersonRecorded(Body):
    """A person is recorded from a card or by hand; subject: the person."""

    name: Short
    id_kind: Code
    id_number: Code
    old_id_number: Code
    birth: Day
    sex: Code
    address: Text
    card_issued: Day
    phone: Code
    source: Code
    salt: Salt


class PersonChanged(Body):
    """Particulars of a person change; the whole set is given again; subject: the person."""

    name: Short
    id_kind: Code
    id_number: Code
    old_id_number: Code
    birth: Day
    sex: Code
    address: Text
    card_issued: Day
    phone: Code
    ground: Text
    salt: Salt


class PersonsJoined(Body):
    """Two records are one person; subjects: the one kept, the other."""

    other: EntryId
    ground: Text


class PersonsParted(Body):
    """A join was wrong; subjects: the two."""

    other: EntryId
    ground: Text
