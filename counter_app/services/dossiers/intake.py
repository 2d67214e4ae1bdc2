"""Taking in a dossier of any procedure: the port of the page (``ux.md`` 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.catalogue.checklist import MISSING
from counter_app.domain.dates import PartialDate
from counter_app.domain.dossiers.entries import Companion, PaperTaken, Party
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.errors import DomainError
from counter_app.services import rules as tables_of_rules
from counter_app.services.dossiers import bringing, drafts
from counter_app.services.dossiers.commit import Commit
from counter_app.services.dossiers.showing import tables
from counter_app.services.dossiers.showing.reading import read_form
from counter_app.services.dossiers.showing.view import hit, view_of
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.people import known
from counter_app.services.people.reading import form_of_card
from counter_app.services.ports import reads
from counter_app.services.ports.copies import KnownPerson
from counter_app.services.ports.intake import (
    CompanionForm,
    IntakeForm,
    IntakeView,
    PaperTick,
    PartyForm,
    PlaceHit,
    ProcedureHit,
    TakenIn,
)
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId

MOST_PLACES = 10


@dataclass
class IntakeArea:
    """Implements ``IntakePort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def view(self, form: IntakeForm) -> IntakeView:
        """The form read: check-list, fee, due date, notices. Never raises for what was typed."""
        now = self.work.now()
        with self.work.store.read() as connection:
            read = read_form(connection, self.work, form, now)
            seen = view_of(connection, self.work, read, self.desk.person)
        self.desk.saw(reads.DOSSIER, [seen.open_twin])
        return seen

    def procedures(self, typed: str) -> tuple[ProcedureHit, ...]:
        """Procedures for a few letters without diacritics; without letters the last used ones."""
        day = self.work.today()
        with self.work.store.read() as connection:
            found = tables.finder(connection, day).find(typed, tables.recent(connection))
        return tuple(hit(procedure, day) for procedure in found)

    def near(self, typed: str) -> tuple[ProcedureHit, ...]:
        """Nearest names when nothing was found."""
        day = self.work.today()
        with self.work.store.read() as connection:
            found = tables.finder(connection, day).near(typed)
        return tuple(hit(procedure, day) for procedure in found)

    def places(self, typed: str) -> tuple[PlaceHit, ...]:
        """Communes for a few letters."""
        found = tables_of_rules.places().search(typed, MOST_PLACES)
        return tuple(PlaceHit(place.code, place.name, place.province) for place in found)

    def read_card(self, text: str) -> KnownPerson:
        """A card's QR with what is known of the person; raises DomainError ``card.*`` with words."""
        card = form_of_card(parse_card_qr(text))
        found = self.known(card.id_number)
        if found is None:
            return KnownPerson(card, 0, ())
        kept = found.person
        person = replace(card, phone=kept.phone, person=kept.person, address=card.address or kept.address)
        return replace(found, person=person)

    def known(self, id_number: str) -> KnownPerson | None:
        """A person typed by number, if known here: nothing is retyped."""
        day = self.work.day()
        with self.work.store.read() as connection:
            kinds = self.work.rules(connection).kinds
            found = known.find(connection, "".join(id_number.split()), day, kinds)
        if found is not None:
            self.desk.saw(reads.PERSON, [found.person.person])
        return found

    def exemptions(self) -> tuple[tuple[str, str], ...]:
        """Reasons of exemption: (code, words)."""
        return tuple((r.code, say(r.vi, r.en)) for r in tables_of_rules.dossier_grounds().exemptions)

    def refusal_grounds(self) -> tuple[tuple[str, str], ...]:
        """Grounds of form 03: (code, words)."""
        return tuple((r.code, say(r.vi, r.en)) for r in tables_of_rules.dossier_grounds().refusals)

    def commit(self, form: IntakeForm) -> TakenIn:
        """F9: person, dossier, outcome, money and print jobs in one transaction; raises DomainError."""
        return Commit(self.work, self.desk, self.queue, form).run()

    def open(self, dossier: EntryId) -> IntakeForm:
        """A dossier that came online or waits for papers, as a form.

        Raises DomainError ``dossier.not_on_page``, ``subject.*``.
        """
        with self.work.store.read() as connection:
            state: DossierState = self.work.state(connection, dossier)
        if state.stage not in (Stage.ONLINE, Stage.WAITING_CITIZEN):
            raise DomainError(
                "Hồ sơ này không còn chờ tiếp nhận hay bổ sung.", remedy="Mở trang hồ sơ.",
                code="dossier.not_on_page", title_en="This dossier no longer waits to be taken in.",
                remedy_en="Open its page.",
            )  # fmt: skip
        self.desk.saw(reads.DOSSIER, [dossier])
        return form_of(state)

    def save_draft(self, form: IntakeForm) -> None:
        """Keep what is typed; called at each field. A page as it opens is no draft."""
        official, now = self.desk.require().id, self.work.now()
        with self.work.store.write() as connection:
            if form == IntakeForm(channel=form.channel, pay=form.pay, deliver=form.deliver):
                drafts.drop(connection, official)
            else:
                drafts.save(connection, official, form, now)

    def draft(self) -> IntakeForm | None:
        """The draft of this person on this PC, or None."""
        with self.work.store.read() as connection:
            return drafts.load(connection, self.desk.require().id)

    def discard_draft(self) -> None:
        """Drop the draft (after the question)."""
        with self.work.store.write() as connection:
            drafts.drop(connection, self.desk.require().id)


def form_of(state: DossierState) -> IntakeForm:
    """A held dossier as the page shows it; money was settled with it, so none is taken here."""
    fee = state.fees[0] if state.fees else None
    typed = fee is not None and fee.known and fee.ground and not fee.exemption
    return IntakeForm(
        channel=state.channel, party=_party(state.party), companions=tuple(map(_companion, state.companions)),
        cannot_sign=state.cannot_sign, procedure=state.procedure.code, cases=state.cases,
        ticks=tuple(_tick(p, asked=p.row in state.asked) for p in state.papers if p.row < bringing.FREE_ROW),
        limit_value=str(state.limit.value) if state.limit.ground else "",
        limit_unit=state.limit.unit if state.limit.ground else "", limit_ground=state.limit.ground,
        fee=str(fee.amount) if typed and fee else "", fee_ground=fee.ground if typed and fee else "",
        exemption=fee.exemption if fee else "", pay="return", deliver=state.deliver,
        competent=state.competent, note=state.note, dossier=state.id,
    )  # fmt: skip


def _tick(paper: PaperTaken, *, asked: bool) -> PaperTick:
    """A row as it stands; one that form 02 asks again is missing, whatever was brought first."""
    state = MISSING if asked else paper.state
    return PaperTick(paper.row, state, paper.made_as, paper.count, paper.note)


def _party(party: Party) -> PartyForm:
    birth = PartialDate.from_int(party.birth)
    return PartyForm(
        kind=party.kind, id_kind=party.id_kind, id_number=party.id_number, name=party.name,
        birth="" if birth is None else birth.text, sex=party.sex, address=party.address, unit=party.unit,
        phone=party.phone, email=party.email, person=party.person,
    )  # fmt: skip


def _companion(one: Companion) -> CompanionForm:
    return CompanionForm(one.role, one.name, one.id_kind, one.id_number, "", one.detail)
