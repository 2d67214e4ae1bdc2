"""The form under the clerk's hands: each change gives a new ``IntakeForm``. Pure: no Qt, no clock."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from counter_app.services.ports.copies import KnownPerson
from counter_app.services.ports.intake import ASK, REFUSE, CompanionForm, IntakeForm, PaperTick, PartyForm
from counter_app.ui.formatting import nfc
from counter_app.ui.screens.copies.entry import id_kind
from sync.protocol.naming.ids import EntryId

CITIZEN, ORGANISATION, HOUSEHOLD = "citizen", "organisation", "household"
COUNTER, POST, ONLINE, ONLINE_HELPED = "counter", "post", "online", "online_helped"
REPRESENTATIVE, HELPER, WITNESS, INTERPRETER = "representative", "helper", "witness", "interpreter"
SPOUSE, CHILD = "spouse", "child"
MISSING, BROUGHT, LOOKED_UP, QUEUED, DIFFERS = "missing", "brought", "looked_up", "queued", "differs"
FINGERPRINT = "fingerprint"
_NEXT_LOOK_UP = {LOOKED_UP: QUEUED, QUEUED: DIFFERS, DIFFERS: MISSING}
_ENTERPRISE = "enterprise"


class Opened(NamedTuple):
    """A dossier to open on the page, the screen it came from, the answer asked there (``ASK``, ``REFUSE``).

    ``back`` is where Esc and F9 lead; empty: the page's own ways.
    """

    dossier: EntryId
    back: str = ""
    answer: str = ""


def with_number(party: PartyForm, number: str) -> PartyForm:
    """Another number, stored without spaces; what a card said about the old one is forgotten."""
    compact = "".join(nfc(number).split())
    if compact == party.id_number:
        return party
    kind = id_kind(compact) if party.kind == CITIZEN else _ENTERPRISE
    return replace(
        party, id_number=compact, id_kind=kind, from_card=False, person=None, sex="", card_issued=""
    )


def with_kind(party: PartyForm, kind: str) -> PartyForm:
    """Citizen, organisation or household: the number is read anew by its kind, nothing typed is lost."""
    read_as = id_kind(party.id_number) if kind == CITIZEN else _ENTERPRISE
    return replace(party, kind=kind, id_kind=read_as, from_card=party.from_card and kind == CITIZEN)


def party_of(known: KnownPerson, before: PartyForm) -> PartyForm:
    """Who a card or the book of persons names; phone and commune typed before for the same number stay."""
    person = known.person
    same = before.id_number == person.id_number
    return PartyForm(
        CITIZEN, person.id_kind, person.id_number, person.name, person.birth, person.sex, person.address,
        before.unit if same else "", before.unit_text if same else "",
        person.phone or (before.phone if same else ""), before.email if same else "",
        person.from_card, person.person, person.card_issued,
    )  # fmt: skip


def filled_from(party: PartyForm, known: KnownPerson) -> PartyForm:
    """Empty cells filled from a person known here; nothing typed is overwritten."""
    person = known.person
    if person.id_number != party.id_number:
        return party
    return replace(
        party,
        name=party.name or person.name, birth=party.birth or person.birth, sex=party.sex or person.sex,
        address=party.address or person.address, phone=party.phone or person.phone, person=person.person,
    )  # fmt: skip


def companion_of(role: str, known: KnownPerson, detail: str = "") -> CompanionForm:
    """Someone beside the party, from a card."""
    person = known.person
    return CompanionForm(
        role, person.name, person.id_kind, person.id_number, person.birth, detail, person.from_card
    )


def with_companion(form: IntakeForm, index: int, companion: CompanionForm) -> IntakeForm:
    """The companion at ``index`` changed; at the end a new one."""
    rows = list(form.companions)
    rows[index : index + 1] = [companion]
    return replace(form, companions=tuple(rows))


def without_companion(form: IntakeForm, index: int) -> IntakeForm:
    """The form without one companion."""
    return replace(form, companions=(*form.companions[:index], *form.companions[index + 1 :]))


def empty_companion(form: IntakeForm) -> int | None:
    """The first row that nobody stands in yet: a card scanned now fills it."""
    places = (i for i, one in enumerate(form.companions) if not one.id_number and not one.name)
    return next(places, None)


def state_of(form: IntakeForm, row: int) -> str:
    """The tick of a row; missing where nothing was said."""
    return next((tick.state for tick in form.ticks if tick.row == row), MISSING)


def with_state(form: IntakeForm, row: int, state: str) -> IntakeForm:
    """The tick of a row changed; how it was made stays."""
    old = next((tick for tick in form.ticks if tick.row == row), PaperTick(row, state))
    others = tuple(tick for tick in form.ticks if tick.row != row)
    if state == MISSING and not old.note:
        return replace(form, ticks=others)
    return replace(form, ticks=(*others, replace(old, state=state)))


def turn_tick(form: IntakeForm, row: int) -> IntakeForm:
    """Space: brought or missing; a look-up is undone."""
    return with_state(form, row, BROUGHT if state_of(form, row) == MISSING else MISSING)


def turn_look_up(form: IntakeForm, row: int) -> IntakeForm:
    """T: looked up, waits for the line, differs from the paper, and round again."""
    return with_state(form, row, _NEXT_LOOK_UP.get(state_of(form, row), LOOKED_UP))


def turn_case(form: IntakeForm, key: str) -> IntakeForm:
    """A condition applies, or does not."""
    kept = tuple(case for case in form.cases if case != key)
    return replace(form, cases=kept if len(kept) < len(form.cases) else (*kept, key))


def with_procedure(form: IntakeForm, code: str, title: str) -> IntakeForm:
    """Another procedure: its papers are ticked anew, and what was typed for the old one's gaps goes."""
    if code == form.procedure:
        return replace(form, procedure_text=title)
    return replace(
        form, procedure=code, procedure_text=title, cases=(), ticks=(), asked_words=(), seen=(),
        limit_value="", limit_unit="", limit_ground="", fee="", fee_ground="", exemption="",
        outcome="", reason="", ground="",
    )  # fmt: skip


def with_asked(form: IntakeForm, row: int, words: str) -> IntakeForm:
    """What form 02 adds to a row; empty words take the addition away."""
    others = tuple(pair for pair in form.asked_words if pair[0] != row)
    text = " ".join(nfc(words).split())
    return replace(form, asked_words=(*others, (row, text)) if text else others)


def asked_words(form: IntakeForm, row: int) -> str:
    """What form 02 adds to a row."""
    return dict(form.asked_words).get(row, "")


def turn_ask(form: IntakeForm) -> IntakeForm:
    """B: the clerk asks for more papers, or leaves the outcome to the check-list again."""
    outcome = "" if form.outcome == ASK else ASK
    return replace(form, outcome=outcome, ground="", reason="")


def refused(form: IntakeForm, ground: str, reason: str) -> IntakeForm:
    """R: refused with its ground in words; F9 writes it."""
    return replace(form, outcome=REFUSE, ground=ground, reason=nfc(reason).strip())


def not_refused(form: IntakeForm) -> IntakeForm:
    """R once more: the outcome follows the check-list again."""
    return replace(form, outcome="", ground="", reason="")


def see(form: IntakeForm, code: str) -> IntakeForm:
    """Notes that an amber notice was answered."""
    return replace(form, seen=tuple(dict.fromkeys((*form.seen, code))))


def is_blank(form: IntakeForm) -> bool:
    """Nothing a person typed, scanned or chose stands in it."""
    return form == replace(IntakeForm(), deliver=form.deliver, channel=form.channel)


def is_online(form: IntakeForm) -> bool:
    """A dossier that came from the portal: read only, with its three answers."""
    return form.dossier is not None and form.channel == ONLINE
