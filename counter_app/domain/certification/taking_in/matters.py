"""What is certified: copies, signatures, translators' signatures, transactions (``law.md`` 4.5).

Each has a register of its own, whose symbol and columns change by date and stand in
``resources/catalogue/register_kinds.json`` with the evidence they rest on; unverified columns stay data.
"""

from __future__ import annotations

from datetime import date

import msgspec

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.fees import copy_fee, signature_fee, transaction_fee
from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.fee_table import FeeTable
from counter_app.domain.table_files import decode_table

COPY = "copy"
SIGNATURE = "signature"
TRANSLATOR = "translator"
TRANSACTION = "transaction"
ELECTRONIC = "electronic"
"""Copies that are signed files (``electronic``): a register of its own, ``SCTĐT/BS`` [S]."""
MATTERS = (COPY, SIGNATURE, TRANSLATOR, TRANSACTION)
"""Kinds of registers in the order of their queues; also the scopes of an act that lets somebody sign."""
REGISTERS = (COPY, ELECTRONIC, SIGNATURE, TRANSLATOR, TRANSACTION)
"""Registers that rows of one request can belong to, in the order in which the first names the request."""
OF_COPIES = frozenset({COPY, ELECTRONIC})
"""Copies of originals that the clerk compared, on paper or as a file."""
OF_SIGNATURES = frozenset({SIGNATURE, TRANSLATOR})
"""One number and one fee for each document, however many sign it (TT 226/2016 art. 4)."""


class RegisterKind(msgspec.Struct, frozen=True, gc=False):
    """A kind of register between two days: symbol, title of the book, its eight column heads.

    ``counted`` is what column 6 counts (``bản sao``). ``status`` is ``verified``, ``secondary`` or
    ``unverified``; ``columns_status`` says the same of the heads alone.
    """

    kind: str
    symbol: str
    title: str
    title_en: str
    heads: tuple[str, ...]
    counted: str
    counted_en: str
    source: str
    status: str
    columns_status: str
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """True if the book is kept so on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class RegisterKinds(msgspec.Struct, frozen=True):
    """All kinds of registers of all dates."""

    kinds: tuple[RegisterKind, ...]

    def on(self, kind: str, day: date) -> RegisterKind:
        """The book of a kind on a day; ``DomainError`` ``register.kind`` when the table has none."""
        for known in self.kinds:
            if known.kind == kind and known.covers(day):
                return known
        raise DomainError(
            f"Chưa có mẫu sổ cho việc này vào ngày {short_date(day)}.",
            remedy="Cập nhật dữ liệu, hoặc hỏi tỉnh.",
            code="register.kind",
            title_en=f"No register is known for this on {short_date(day)}.",
            remedy_en="Update the data, or ask the province.",
        )

    def in_use(self, day: date) -> tuple[RegisterKind, ...]:
        """The books of a day, in the order of the table."""
        return tuple(known for known in self.kinds if known.covers(day))


def parse_register_kinds(raw: bytes) -> RegisterKinds:
    """Kinds of registers from their JSON; ``DomainError`` ``table.file`` if it is not that."""
    return decode_table(raw, RegisterKinds, "Danh sách loại sổ", "The list of registers")


def matter_fee(original: OriginalTaken, matter: str, table: FeeTable, on: date) -> int:
    """Fee of one row in dong by its matter (TT 226/2016/TT-BTC art. 4).

    A translator's signature costs what a signature costs [U]; a transaction is one case, whatever the number
    of its originals. Raises DomainError ``pages.range``, ``copies.range``, ``fee.none``, ``fee.not_set``.
    """
    if matter in OF_SIGNATURES:
        return signature_fee(table, original.copies, on).amount
    if matter == TRANSACTION:
        facts = original.circumstances
        return transaction_fee(table, on, "" if facts is None else facts.act).amount
    return copy_fee(table, original.pages, original.copies, on).amount


def one_number_each(original: OriginalTaken, matter: str) -> tuple[OriginalTaken, ...]:
    """The documents of a row, each with a number of its own: one for every signed document (``law.md`` 4.5).

    Copies of one original share its number, and so do the originals of one transaction.
    """
    if matter not in OF_SIGNATURES or original.copies == 1:
        return (original,)
    one = msgspec.structs.replace(original, copies=1, fee=original.fee // original.copies)
    return (one,) * original.copies
