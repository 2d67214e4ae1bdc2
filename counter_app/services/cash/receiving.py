"""Money taken at any desk: a paper of the counter's open book while that is lawful, else a slip."""

from __future__ import annotations

import msgspec

from counter_app.domain.money.receipts import Taking, take_money
from counter_app.domain.money.state import ReceiptBookState
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import money as money_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def receive(
    acting: Acting, work: Workplace, taking: Taking, subject: EntryId, slip_code: str, *, used: int = 0
) -> tuple[Draft, ...]:
    """The receipt of ``taking`` for ``subject``, which may be ``pending(i)``.

    ``used``: papers of the open book that earlier drafts of the same batch take; the book's state does not
    know them yet. ``slip_code`` is that of the provisional slip, should no paper be lawful or left
    (``law.md`` 4.8). Raises DomainError ``money.*``, ``code.wrong``.
    """
    row = money_queries.open_book(acting.connection, work.journal)
    book: ReceiptBookState | None = None if row is None else acting.state(row.id).state
    if book is not None and used:
        book = msgspec.structs.replace(book, next_number=book.next_number + used)
    rules = work.rules(acting.connection).receipts
    return take_money(taking, subject, book=book, rules=rules, slip_code=slip_code)
