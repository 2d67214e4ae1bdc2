"""A commune at a hub, with an official who holds the right, a dossier, and systems that can be bent."""

from __future__ import annotations

from typing import Any

from counter_app.domain.dossiers.acts import intake
from counter_app.domain.dossiers.acts.ending import withdraw
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.lookups.asking import Asker, Purpose, ask
from counter_app.domain.lookups.entries import AskedField, LookupAsked
from counter_app.domain.lookups.rights import give_right, right_key
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.organisation import entries as o
from counter_app.domain.organisation.state import OfficialState, UnitState, unit_subject
from sync.hub.hub import Hub
from sync.hub.lookups.desk import LookupDesk
from sync.hub.reading.folded import fold_whole
from sync.protocol.naming.ids import SELF, EntryId
from tests.support.national_systems import Simulator
from tests.unit.domain.dossiers.docket import CALENDAR, handed_in, number
from tests.unit.domain.lookups.asked import PARTY, POPULATION, SYSTEMS
from tests.unit.hub.commune import Clock, Commune

UNIT = "00000"
TRUE = {"name": "Lý Thị Tập Huấn", "birth": "02/09/1990", "residence": "Bản Nà Hum, xã Tập Huấn"}
MINUTE, DAY = 60_000, 86_400_000


class Office:
    """The commune's counter; its one official is head and clerk in one, and gave himself the right."""

    def __init__(self, hub: Hub, clock: Clock, counter: Commune, systems: Simulator) -> None:
        self.hub, self.clock, self.counter, self.systems = hub, clock, counter, systems
        self.desk = LookupDesk(hub, SYSTEMS, systems.systems(), lambda: 1.0, lambda: b"salt")
        body = o.OfficialRecorded(
            "Vàng Tập Huấn", "GIÁM ĐỐC", ("director", "intake"), counter.official_key.public, "vth"
        )
        (made,) = counter.act([draft(body, SELF)]).entries
        counter.official = made.id
        self.official = OfficialState(
            made.id, body.name, body.title_line, body.roles, body.public_key, body.login
        )
        self.dossier = self.take_in()

    def take_in(self) -> EntryId:
        """A dossier of the party."""
        entries = self.counter.act(dossier_drafts(self.counter.at)).entries
        return next(entry.id for entry in entries if entry.facts.kind == 500)

    def give_right(self, codes: tuple[str, ...] = ("population", "civil_status")) -> None:
        """The head gives it in writing."""
        self.counter.act(give_right(
            self.official, unit_subject(UNIT), self.official, codes, "32/QĐ-UBND", 20271231, SYSTEMS
        ))  # fmt: skip

    def ask(self, **more: Any) -> EntryId:
        """A question as the counter writes it."""
        right = right_key(self.official.id)
        unit = UnitState(unit_subject(UNIT), ((right, "population;32/QĐ-UBND;20271231"),))
        given = {
            "system": POPULATION, "purpose": Purpose(self.dossier, "9.000001", 3), "party": PARTY,
            "asker": Asker(self.official, unit, self.official), "at": self.counter.at, "salt": b"salt",
            **more,
        }  # fmt: skip
        return self.counter.act(ask(**given)).entries[0].id

    def forge(self, **more: Any) -> EntryId:
        """A question as a changed program writes it: no rule was asked."""
        given = {
            "system": "population", "row": 3, "procedure": "9.000001", "ground": "",
            "id_number": PARTY.id_number,
            "fields": (AskedField("name", PARTY.name),), "right": right_key(self.official.id),
            "until": self.counter.at + DAY, "salt": b"salt", **more,
        }  # fmt: skip
        body = LookupAsked(**given)
        return self.counter.act([draft(body, SELF, self.dossier)]).entries[0].id

    def withdraw_dossier(self) -> None:
        """The citizen takes the dossier back."""
        with self.counter.store.read() as connection:
            state: DossierState = self.counter.store.readings.state(connection, self.dossier).state
        self.counter.act(withdraw(state, "đổi ý", "", self.counter.at))

    def state(self, lookup: EntryId) -> LookupState:
        """The look-up as the hub reads it."""
        with self.hub.database.read() as connection:
            state: LookupState = fold_whole(connection, [lookup])[lookup].state
        return state

    def here(self, lookup: EntryId) -> LookupState:
        """The look-up as the counter reads it."""
        with self.counter.store.read() as connection:
            state: LookupState = self.counter.store.readings.state(connection, lookup).state
        return state

    def pass_time(self, ms: int) -> None:
        """The hub's clock goes on."""
        self.clock.at += ms


def dossier_drafts(at: int) -> Any:
    """A whole dossier of the party, accepted."""
    return intake.accept(handed_in(party=PARTY, received_at=at), number(1), CALENDAR)
