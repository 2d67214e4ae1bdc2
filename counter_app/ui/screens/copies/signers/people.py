"""People of a row: who signs, and who stands beside it. Pure: no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from counter_app.services.ports.copies import PersonForm, SignerForm, SigningForm

SIGNS, WITNESS, INTERPRETER = "signer", "witness", "interpreter"
ROLES = (SIGNS, WITNESS, INTERPRETER)


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody of a row and what he does there."""

    role: str = SIGNS
    who: SignerForm = field(default_factory=SignerForm)

    @property
    def is_blank(self) -> bool:
        """Nobody is named."""
        return not (self.who.id_number or self.who.name.strip())


def people_of(form: SigningForm, requester: PersonForm) -> tuple[Beside, ...]:
    """Everybody a row names; the requester where it names no signer. Nobody while he is not typed either."""
    signers = form.signers or (_requester(requester, fingerprint=form.fingerprint),)
    found = [Beside(SIGNS, one) for one in signers]
    found += [
        Beside(role, one)
        for role, one in ((WITNESS, form.witness), (INTERPRETER, form.interpreter))
        if one is not None
    ]
    return tuple(one for one in found if not one.is_blank)


def with_people(form: SigningForm, people: Iterable[Beside], requester: PersonForm) -> SigningForm:
    """The form that names these people.

    The requester alone is not named, so that his row follows what is typed of him later.
    """
    named = [one for one in people if not one.is_blank]
    signers: tuple[SignerForm, ...] = tuple(one.who for one in named if one.role == SIGNS)
    beside = {one.role: one.who for one in named if one.role != SIGNS}
    fingerprint = False
    if len(signers) == 1 and _is_requester(signers[0], requester):
        fingerprint = signers[0].fingerprint
        signers = ()
    return replace(
        form, signers=signers, fingerprint=fingerprint, witness=beside.get(WITNESS),
        interpreter=beside.get(INTERPRETER),
    )  # fmt: skip


def _requester(person: PersonForm, *, fingerprint: bool) -> SignerForm:
    return SignerForm(person.name, person.id_number, person.id_kind, 0, fingerprint, person.address)


def _is_requester(signer: SignerForm, person: PersonForm) -> bool:
    return replace(signer, fingerprint=False) == _requester(person, fingerprint=False)


def filled(one: Beside, known: PersonForm) -> Beside:
    """A person found by number: what was typed of him stays."""
    who = one.who
    if who.id_number != known.id_number:
        return one
    return replace(one, who=replace(who, name=who.name or known.name, address=who.address or known.address))


def of_card(one: Beside, card: PersonForm) -> Beside:
    """A card read for this place: number, name, address; what he does there stays."""
    who = SignerForm(card.name, card.id_number, card.id_kind, 0, one.who.fingerprint, card.address)
    return replace(one, who=who)
