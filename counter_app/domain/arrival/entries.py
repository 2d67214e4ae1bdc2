"""Kinds of entry of an office that arrives in mid-year with books in use (``law.md`` 4.5; decision 055).

What was written into the old books stays what it is there: an ``OldLineWritten`` says what the paper says, is
marked so, and no number is born by it. Two persons stand for each file and for the opening figures: the
author's seal lies on the entry, the second person's signature in the body.
"""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Amount, Body, Code, Count, Day, Digest, Number, Salt, Seal, Short, Text, Year

LINES, DOSSIERS = "lines", "dossiers"
"""What a file of an old book holds: lines of one register-year, or dossiers that are still open."""


class ArrivalBegun(Body):
    """Two persons let a file of an old book in; subjects: the arrival, the register-year (of lines alone).

    ``plan_digest`` is SHA-256 of the rows as they were read and shown, ``file_digest`` of the file itself, so
    that one file is let in once. ``planned`` rows; of lines the numbers ``first`` to ``last``, how many of
    the book's numbers up to the opening are ``missing`` in the file, ``copies`` and ``fees`` (dong).
    """

    what: Code
    name: Short
    file_digest: Digest
    plan_digest: Digest
    planned: Count
    first: Count
    last: Count
    missing: Count
    copies: Count
    fees: Amount
    words: Text
    second: EntryId | None = None
    second_seal: Seal = b""


class OldLineWritten(Body):
    """One line of the old book as it stands there; subjects: the line, register-year, arrival.

    ``row`` is its place in the plan from 0: a row that is there is never written again. ``struck``: the
    number was struck on paper, ``remarks`` says why.
    """

    row: Count
    number: Number
    book: Count
    year: Year
    day: Day
    requester_name: Short
    original_name: Short
    signatory_line: Short
    copies: Count
    fee: Amount
    remarks: Text
    struck: bool
    salt: Salt


class OldDossierTaken(Body):
    """A dossier of the old tracking register goes on here; subjects: dossier, arrival.

    The dossier itself is written before it, as one that is taken in; ``code`` is its code in the old book.
    """

    row: Count
    code: Short


class FiguresTaken(Body):
    """Opening figures of a counter beside its registers' own: two persons; subject: the figures.

    ``form_book``/``form_number``: the counter's book 07 and the last number of the old one, which form 01
    goes on from in the year of ``day``. ``cash``: what lies in the drawer, in dong.
    """

    day: Day
    form_book: Code
    form_number: Count
    cash: Amount
    words: Text
    second: EntryId | None = None
    second_seal: Seal = b""
