"""Rows as typed become originals: pages, copies, fee of the day, photocopies, the clerk's tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.lines.codes import TEXT_PAGE
from counter_app.domain.certification.taking_in import fees
from counter_app.domain.certification.taking_in.matters import COPY, matter_fee
from counter_app.domain.certification.taking_in.paper_checks import mark_facts
from counter_app.domain.certification.taking_in.row_grammar import TypedRow, parse_row
from counter_app.domain.certification.taking_in.row_words import at_row
from counter_app.domain.errors import DomainError
from counter_app.services.copies.signers import circumstances_of
from counter_app.services.ports.copies import RowForm
from counter_app.services.rules import Rules

_MAX_MARK = 120


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the page that holds text: ``index`` its place, the original, or why it is none."""

    index: int
    typed: TypedRow | None
    original: OriginalTaken | None
    fault: DomainError | None = None

    @property
    def matter(self) -> str:
        """What is certified: it has its own register and fee."""
        return COPY if self.typed is None else self.typed.matter

    @property
    def photocopies_left_off(self) -> bool:
        """Photocopies were asked for and the unit has no price for them today: they stand on no bill."""
        asked = self.typed is not None and self.typed.photocopied
        return asked and self.original is not None and not self.original.photocopy_pages


def read_rows(
    rows: tuple[RowForm, ...],
    rules: Rules,
    day: date,
    requester: Requester | None = None,
    text_on: str = TEXT_PAGE,
) -> tuple[ReadRow, ...]:
    """Every row with text, read by the tables of ``day``; empty rows are passed over. Never raises.

    ``requester`` signs the rows of signatures that name nobody else; ``text_on`` is where the unit puts
    their texts.
    """
    return tuple(
        _read(index, row, rules, day, requester, text_on)
        for index, row in enumerate(rows)
        if row.text.strip()
    )


def _read(
    index: int, row: RowForm, rules: Rules, day: date, requester: Requester | None, text_on: str
) -> ReadRow:
    try:
        typed = parse_row(row.text, rules.kinds)
    except DomainError as error:
        return ReadRow(index, None, None, at_row(index, error))
    try:
        return ReadRow(index, typed, _original(typed, row, rules, day, requester, text_on))
    except DomainError as error:
        return ReadRow(index, typed, None, at_row(index, error))


def _original(
    typed: TypedRow, row: RowForm, rules: Rules, day: date, requester: Requester | None, text_on: str
) -> OriginalTaken:
    """The original of a row. Raises DomainError ``fee.none``, ``date.*``, ``outside.time``, ``text.top``."""
    pages = max(1, typed.pages)
    photocopied = photocopy_price = 0
    cost = fees.photocopy_cost(rules.fees, pages, typed.copies, day) if typed.photocopied else None
    if cost is not None:  # without a price they stand on no bill, and the clerk is told (photocopy.no_price)
        photocopied, photocopy_price = cost.quantity, cost.unit_price
    taken = OriginalTaken(
        kind=typed.paper.key, name=typed.name, mark=mark_facts(row.mark, day).text[:_MAX_MARK], pages=pages,
        copies=typed.copies, fee=0, compared_at=row.compared_at, photocopy_pages=photocopied,
        photocopy_price=photocopy_price, noticed=tuple(row.seen), matter=typed.matter,
        circumstances=circumstances_of(typed, row.signing, requester, day, text_on),
    )  # fmt: skip
    return msgspec.structs.replace(taken, fee=matter_fee(taken, typed.matter, rules.fees, day))
