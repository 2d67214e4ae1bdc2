"""Who signs, where and before whom: a row's form becomes what its entry says, and back."""

from __future__ import annotations

from counter_app.domain.certification.entries import Circumstances, OriginalTaken, Requester, Signer
from counter_app.domain.certification.lines.codes import BY_HAND, FINGERPRINT
from counter_app.domain.certification.taking_in.circumstances import signer_words
from counter_app.domain.certification.taking_in.matters import OF_COPIES
from counter_app.domain.certification.taking_in.row_grammar import TypedRow
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.names import clean_name
from counter_app.services.ports.copies import SignerForm, SigningForm

_LONG, _SHORT = 600, 120


def circumstances_of(typed: TypedRow, form: SigningForm, requester: Requester | None) -> Circumstances | None:
    """What the entry says of the signing; without signers of its own a row is signed by the requester.

    None for copies taken in at the office: they have nothing to say.
    """
    if typed.matter in OF_COPIES and not (form.outside_at or form.outside_place.strip()):
        return None
    signers = tuple(_signer(one) for one in form.signers)
    if not signers and requester is not None and (requester.name or requester.id_number):
        how = FINGERPRINT if form.fingerprint else BY_HAND
        signers = (
            Signer(
                requester.name, requester.id_kind, requester.id_number, how=how, address=requester.address
            ),
        )
    return Circumstances(
        signers=signers, act=typed.act, languages=_words(form.languages, _SHORT),
        authorisation=form.authorisation,
        outside_at=form.outside_at, outside_place=_words(form.outside_place, _LONG),
        outside_ground=form.outside_ground,
        witness=None if form.witness is None else _signer(form.witness),
        interpreter=None if form.interpreter is None else _signer(form.interpreter),
    )  # fmt: skip


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
    )  # fmt: skip


def signers_line(taken: OriginalTaken) -> str:
    """Who signs, as the second line of the row shows it."""
    facts = taken.circumstances
    return "" if facts is None else "; ".join(signer_words(one) for one in facts.signers)


def _signer(form: SignerForm) -> Signer:
    try:
        name = clean_name(form.name)
    except DomainError:
        name = _words(form.name, _SHORT)
    return Signer(
        name, form.id_kind, "".join(form.id_number.split())[:40], form.valid_until,
        FINGERPRINT if form.fingerprint else BY_HAND, _words(form.address, _LONG),
    )  # fmt: skip


def _form(signer: Signer) -> SignerForm:
    return SignerForm(
        signer.name, signer.id_number, signer.id_kind, signer.valid_until, signer.how == FINGERPRINT,
        signer.address,
    )  # fmt: skip


def _words(text: str, longest: int) -> str:
    return " ".join(nfc(text).split())[:longest]
