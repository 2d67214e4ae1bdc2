"""The form under the clerk's hands: each change gives a new ``RequestForm``. Pure: no Qt, no clock.

A tick is made without a clock (``TICKED_NOW``) and gets its moment on the worker (``stamped``), so that
the next row opens at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.services.ports.copies import Notice, PersonForm, RequestForm, RowForm, SigningForm
from counter_app.ui.formatting import nfc

TICKED_NOW = -1
MARK_SIGN = ";"
"""What follows it in a row is the mark of the original: ``bang 1x3; A 0451278``."""
_CARD, _OLD_CARD, _PASSPORT, _OTHER = "cccd", "cmnd", "passport", "other"


def id_kind(number: str) -> str:
    """Kind of identity paper by what was typed: 9 digits the old card, letters a passport or another."""
    digits = "".join(number.split())
    if digits.isdigit() or not digits:
        return _OLD_CARD if len(digits) == 9 else _CARD
    is_passport = digits.isascii() and digits.isalnum() and 5 <= len(digits) <= 15
    return _PASSPORT if is_passport else _OTHER


def with_number(person: PersonForm, number: str) -> PersonForm:
    """Another identity number, stored without spaces; what a card said about the old one is forgotten."""
    compact = "".join(nfc(number).split())
    if compact == person.id_number:
        return person
    return replace(
        person, id_number=compact, id_kind=id_kind(compact), from_card=False, person=None, old_id_number="",
        card_issued="", sex="",
    )  # fmt: skip


def filled_from(person: PersonForm, known: PersonForm) -> PersonForm:
    """Empty cells filled from a person known here; nothing typed is overwritten."""
    if known.id_number != person.id_number:
        return person
    return replace(
        person,
        name=person.name or known.name, birth=person.birth or known.birth,
        address=person.address or known.address, phone=person.phone or known.phone,
        sex=person.sex or known.sex, person=known.person,
    )  # fmt: skip


def split_row(typed: str) -> tuple[str, str]:
    """What was typed as (row, mark of the original)."""
    text, _, mark = nfc(typed).partition(MARK_SIGN)
    return " ".join(text.split()), " ".join(mark.split())


def typed_row(row: RowForm) -> str:
    """A row as it would be typed again."""
    return f"{row.text}{MARK_SIGN} {row.mark}" if row.mark else row.text


def write_row(form: RequestForm, index: int, typed: str) -> RequestForm:
    """The row at ``index`` as typed; at the end a new one. Another text must be compared again.

    Who signs stays while it is the same matter.
    """
    text, mark = split_row(typed)
    rows = list(form.rows)
    if index >= len(rows):
        return replace(form, rows=(*rows, RowForm(text, mark)))
    old = rows[index]
    signing = old.signing if matter_of(old.text) == matter_of(text) else SigningForm()
    rows[index] = replace(old, mark=mark) if old.text == text else RowForm(text, mark, signing=signing)
    return replace(form, rows=tuple(rows))


def turn_tick(form: RequestForm, index: int) -> RequestForm:
    """Ticks or unticks "compared with the original"."""
    rows = list(form.rows)
    rows[index] = replace(rows[index], compared_at=0 if rows[index].compared_at else TICKED_NOW)
    return replace(form, rows=tuple(rows))


def insert_row(form: RequestForm, index: int, row: RowForm) -> RequestForm:
    """A row put in before ``index``."""
    return replace(form, rows=(*form.rows[:index], row, *form.rows[index:]))


def without_row(form: RequestForm, index: int) -> RequestForm:
    """The form without a row."""
    return replace(form, rows=(*form.rows[:index], *form.rows[index + 1 :]))


def with_signing(form: RequestForm, index: int, signing: SigningForm) -> RequestForm:
    """Who signs a row, where and before whom; another answer must be ticked again."""
    if index >= len(form.rows) or form.rows[index].signing == signing:
        return form
    rows = list(form.rows)
    rows[index] = replace(rows[index], signing=signing, compared_at=0)
    return replace(form, rows=tuple(rows))


def copy_of(row: RowForm) -> RowForm:
    """A duplicate: the same text and signers, not yet compared, its own mark to be typed."""
    return RowForm(row.text, signing=row.signing)


def taken_again(texts: Iterable[str]) -> Iterator[RowForm]:
    """Earlier rows taken again, none of them compared, the signers to be asked anew."""
    return (RowForm(text) for text in texts)


def see(form: RequestForm, notice: Notice) -> RequestForm:
    """Notes that an amber notice was seen; one about the person stands at the first row."""
    index = max(notice.row, 0)
    if index >= len(form.rows):
        return form
    rows = list(form.rows)
    rows[index] = replace(rows[index], seen=tuple(dict.fromkeys((*rows[index].seen, notice.code))))
    return replace(form, rows=tuple(rows))


def stamped(form: RequestForm, now: int) -> RequestForm:
    """Ticks that have no moment yet get ``now`` (ms)."""
    rows = tuple(replace(row, compared_at=now) if row.compared_at == TICKED_NOW else row for row in form.rows)
    return replace(form, rows=rows)


def with_stamps(form: RequestForm, answered: RequestForm) -> RequestForm:
    """Moments that came back from the worker, for rows that still are what they were."""
    rows = list(form.rows)
    for index, (row, moment) in enumerate(zip(rows, answered.rows, strict=False)):
        if row.compared_at == TICKED_NOW and row.text == moment.text and moment.compared_at > 0:
            rows[index] = replace(row, compared_at=moment.compared_at)
    return replace(form, rows=tuple(rows))


def is_blank(form: RequestForm) -> bool:
    """Nothing a person typed or scanned stands in it."""
    return form.person == PersonForm() and not form.rows and not form.given
