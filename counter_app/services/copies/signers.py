"""Who signs, where and before whom: a row's form becomes what its entry says, and back."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from counter_app.domain.certification.entries import Circumstances, OriginalTaken, Requester, Signer
from counter_app.domain.certification.lines.codes import BY_HAND, FINGERPRINT, TEXT_PAGE, TEXT_UNDER
from counter_app.domain.certification.taking_in.circumstances import LINE_MM, MARGIN_MM, signer_words
from counter_app.domain.certification.taking_in.matters import OF_COPIES, OF_SIGNATURES
from counter_app.domain.certification.taking_in.row_grammar import TypedRow
from counter_app.domain.dates import parse_date, short_date, vn_datetime, vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold, nfc
from counter_app.domain.names import clean_name
from counter_app.services.ports.copies import SignerForm, SigningForm

_LONG, _SHORT = 600, 120
_TIME = re.compile(r"([0-9]{1,2})\s*(?:[:hg.]\s*|\s)?([0-9]{2})\s*p?(?:\s+(\S.*))?", re.I)
_LENGTH = re.compile(r"([0-9]{1,3})\s*(?:mm|(d|dong))?")
_FUTURE_YEARS = 50
"""A paper typed as ``10/05/31`` runs out in 2031, not in 1931."""


def circumstances_of(
    typed: TypedRow, form: SigningForm, requester: Requester | None, day: date, text_on: str = TEXT_PAGE
) -> Circumstances | None:
    """What the entry says of the signing; without signers of its own a row is signed by the requester.

    None for copies taken in at the office: they have nothing to say. ``day`` is that of intake, ``text_on``
    where the unit puts a text of signatures. Raises DomainError ``date.*``, ``outside.time``, ``text.top``
    for what was typed and is no date, hour or length.
    """
    outside_at = _moment(form, day)
    if typed.matter in OF_COPIES and not (outside_at or form.outside_place.strip()):
        return None
    signers = tuple(_signer(one, day) for one in form.signers)
    if not signers and requester is not None and (requester.name or requester.id_number):
        how = FINGERPRINT if form.fingerprint else BY_HAND
        signers = (
            Signer(
                requester.name, requester.id_kind, requester.id_number, how=how, address=requester.address
            ),
        )
    on = (form.text_on or text_on) if typed.matter in OF_SIGNATURES else ""
    return Circumstances(
        signers=signers, act=typed.act, languages=_words(form.languages, _SHORT),
        authorisation=form.authorisation,
        outside_at=outside_at, outside_place=_words(form.outside_place, _LONG),
        outside_ground=form.outside_ground,
        witness=None if form.witness is None else _signer(form.witness, day),
        interpreter=None if form.interpreter is None else _signer(form.interpreter, day),
        text_on=on, text_top=_top(form.text_top) if on == TEXT_UNDER else 0,
    )  # fmt: skip


def _top(typed: str) -> int:
    """``150`` or ``150 mm``, or lines: ``18d`` counts them below the sheet's margin; 0 for nothing typed."""
    if not typed.strip():
        return 0
    found = _LENGTH.fullmatch(fold(typed.strip()))
    if found is None:
        raise DomainError(
            f"Chưa đọc được khoảng cách “{typed[:20]}”.", remedy="Gõ 150 (mm) hoặc 18d (dòng).",
            field="text_top", code="text.top", title_en=f"“{typed[:20]}” is not read as a distance.",
            remedy_en="Type 150 (mm) or 18d (lines).",
        )  # fmt: skip
    number = int(found[1])
    return MARGIN_MM + number * LINE_MM if found[2] else number


def form_of_circumstances(taken: OriginalTaken, requester: Requester) -> SigningForm:
    """The form that gives these facts again; the requester alone is left out, as he was typed."""
    facts = taken.circumstances
    if facts is None:
        return SigningForm()
    alone = len(facts.signers) == 1 and facts.signers[0].id_number == requester.id_number
    return SigningForm(
        signers=() if alone else tuple(_form(one) for one in facts.signers),
        fingerprint=alone and facts.signers[0].how == FINGERPRINT, languages=facts.languages,
        authorisation=facts.authorisation, outside_at=facts.outside_at, outside_place=facts.outside_place,
        outside_ground=facts.outside_ground, witness=None if facts.witness is None else _form(facts.witness),
        interpreter=None if facts.interpreter is None else _form(facts.interpreter),
        outside_time=_time_text(facts.outside_at), text_on=facts.text_on,
        text_top=str(facts.text_top) if facts.text_top else "",
    )  # fmt: skip


def signers_line(taken: OriginalTaken) -> str:
    """Who signs, as the second line of the row shows it."""
    facts = taken.circumstances
    return "" if facts is None else "; ".join(signer_words(one) for one in facts.signers)


def _signer(form: SignerForm, day: date) -> Signer:
    try:
        name = clean_name(form.name)
    except DomainError:
        name = _words(form.name, _SHORT)
    return Signer(
        name, form.id_kind, "".join(form.id_number.split())[:40], _valid_until(form, day),
        FINGERPRINT if form.fingerprint else BY_HAND, _words(form.address, _LONG),
    )  # fmt: skip


def _form(signer: Signer) -> SignerForm:
    return SignerForm(
        signer.name, signer.id_number, signer.id_kind, signer.valid_until, signer.how == FINGERPRINT,
        signer.address, _date_text(signer.valid_until),
    )  # fmt: skip


def _valid_until(form: SignerForm, day: date) -> int:
    """The last day of an identity paper as ``yyyymmdd``; of one that names a year alone, its last day."""
    if not form.valid.strip():
        return form.valid_until
    until = parse_date(form.valid, day.replace(year=day.year + _FUTURE_YEARS, day=1), "signers")
    return until.year * 10_000 + 1231 if until.year_only else until.as_int


def _date_text(until: int) -> str:
    return f"{until % 100:02d}/{until // 100 % 100:02d}/{until // 10_000}" if until else ""


def _moment(form: SigningForm, day: date) -> int:
    """When it was signed outside the office, ms; 0 when it was not."""
    typed = form.outside_time.strip()
    if not typed:
        return form.outside_at
    found = _TIME.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise DomainError(
            f"Chưa đọc được giờ “{typed[:20]}”.", remedy="Gõ như 14:30, hoặc 14:30 20/11/2026.",
            field="outside", code="outside.time", title_en=f"“{typed[:20]}” is not read as a time.",
            remedy_en="Type it like 14:30, or 14:30 20/11/2026.",
        )  # fmt: skip
    on = parse_date(found[3], day, "outside").as_date() if found[3] else day
    return vn_instant(datetime.combine(on or day, time(int(found[1]), int(found[2]))))


def _time_text(at: int) -> str:
    if not at:
        return ""
    moment = vn_datetime(at)
    return f"{moment:%H:%M} {short_date(moment.date())}"


def _words(text: str, longest: int) -> str:
    return " ".join(nfc(text).split())[:longest]
