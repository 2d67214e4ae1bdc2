"""Reading: rows made of single entries, not of a subject's state: prints, numbers settled or used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, Index, Table

from counter_app.domain.arrival.entries import FiguresTaken
from counter_app.domain.certification.entries import Printed
from counter_app.domain.dossiers import entries as dossiers
from counter_app.domain.dossiers import fold as forms
from counter_app.domain.folding.fact import Fact
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.registers.entries import NumberSettled
from counter_app.storage.readings.reading import READ, Filled, key, key_of, link, text, whole
from counter_app.storage.statements import Row, put_sql, write_rows

VERSION = 5

prints = Table(
    "prints",
    READ,
    key(),
    key("subject", primary=False),
    whole("at"),
    link("by"),
    text("form"),
    whole("pages"),
    whole("copy_no"),
    text("reason"),
)
"""Papers that came out of a printer; only these were printed."""

Index("ix_prints_subject", prints.c.subject)

settled_numbers = Table(
    "settled_numbers",
    READ,
    key(),
    key("register", primary=False),
    whole("number"),
    text("outcome"),
    text("evidence"),
    link("line"),
    text("requester_name"),
    text("original_name"),
    whole("copies"),
    whole("fee"),
    whole("day"),
    text("signatory_line"),
)
"""Unknown numbers that a person settled: rebuilt from evidence, or voided with minutes."""

Index("ix_settled_numbers_number", settled_numbers.c.register, settled_numbers.c.number)


form_numbers = Table(
    "form_numbers",
    READ,
    key(),
    key("dossier", primary=False),
    text("form"),
    text("book"),
    whole("day"),
    whole("number"),
    whole("daily"),
    whole("journal"),
    whole("at"),
    text("code"),
)
"""Papers 01-05 of dossiers with their numbers, of acts that lost against another too: they were printed.

``daily`` and ``code``: the running number of the counter's day and the code that an online dossier got with
this form, else 0 and "".
"""

Index("ix_form_numbers_book", form_numbers.c.book, form_numbers.c.form, form_numbers.c.day)
Index("ix_form_numbers_day", form_numbers.c.day, form_numbers.c.journal)
Index("ix_form_numbers_dossier", form_numbers.c.dossier)
Index("ix_form_numbers_code", form_numbers.c.code, sqlite_where=form_numbers.c.code != "")


def _form_row(form: str) -> Callable[[Fact], Row]:
    def row(fact: Fact) -> Row:
        body, subject = fact.body, fact.facts.subjects[0].key
        numbers = (body.form_book, body.day, body.form_number, getattr(body, "daily", 0))
        return (fact.id.key, subject, form, *numbers, fact.id.journal, fact.at, getattr(body, "code", ""))

    return row


def _print(fact: Fact) -> Row:
    body: Printed = fact.body
    by, subject = key_of(fact.facts.actor), fact.facts.subjects[0].key
    return (fact.id.key, subject, fact.at, by, body.form, body.pages, body.copy_no, body.reason)


def _settled(fact: Fact) -> Row:
    body: NumberSettled = fact.body
    names = (body.requester_name, body.original_name, body.copies, body.fee, body.on, body.signatory_line)
    line = key_of(body.line)
    return (fact.id.key, fact.facts.subjects[0].key, body.number, body.outcome, body.evidence, line, *names)


_ROWS: dict[int, tuple[Table, Callable[[Fact], Row]]] = {
    BY_BODY[Printed].number: (prints, _print),
    BY_BODY[NumberSettled].number: (settled_numbers, _settled),
    BY_BODY[dossiers.DossierAccepted].number: (form_numbers, _form_row(forms.FORM_01)),
    BY_BODY[dossiers.SupplementRequested].number: (form_numbers, _form_row(forms.FORM_02)),
    BY_BODY[dossiers.DossierRefused].number: (form_numbers, _form_row(forms.FORM_03)),
    BY_BODY[dossiers.DueExtended].number: (form_numbers, _form_row(forms.FORM_04)),
    BY_BODY[FiguresTaken].number: (form_numbers, _form_row(forms.FORM_01)),  # what the old book 07 came to
    BY_BODY[dossiers.DossierStopped].number: (form_numbers, _form_row(forms.FORM_05)),
}

MOST_AT_ONCE = 500
"""Keys asked for in one question."""
KINDS = frozenset(_ROWS)
"""Kinds of entry that give a row here."""
TABLES = tuple(Filled(table) for table in dict.fromkeys(table for table, _ in _ROWS.values()))


def write_acts(connection: Connection, facts: Iterable[Fact]) -> None:
    """Add the rows of those ``facts`` that have one; repeating changes nothing.

    What was carried from another unit has none: its forms and prints stand in the books of that unit.
    """
    telling = (fact for fact in facts if fact.facts.kind in _ROWS and fact.body is not None)
    while batch := list(islice(telling, MOST_AT_ONCE)):
        foreign = _carried(connection, batch)
        rows: dict[Table, list[Row]] = {}
        for fact in batch:
            if fact.id.key not in foreign:
                table, row = _ROWS[fact.facts.kind]
                rows.setdefault(table, []).append(row(fact))
        for table, given in rows.items():
            write_rows(connection, put_sql(table), given)


def _carried(connection: Connection, facts: Sequence[Fact]) -> frozenset[int]:
    """Keys of those of ``facts`` that came inside ``Carried``."""
    keys = ", ".join(str(fact.id.key) for fact in facts)
    return frozenset(
        key for (key,) in connection.exec_driver_sql(f"SELECT key FROM carried WHERE key IN ({keys})")
    )


def drop_unreadable(connection: Connection) -> None:
    """Take out rows of entries that were set aside or redacted since."""
    for filled in TABLES:
        connection.exec_driver_sql(
            f"DELETE FROM {filled.table.name} WHERE id IN (SELECT key FROM set_aside)"
            " OR id IN (SELECT key FROM entries WHERE body IS NULL)"
        )
