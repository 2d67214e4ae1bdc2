"""Look-ups played in memory: a unit with a right, a party, a counter that asks, a province that answers."""

from __future__ import annotations

from typing import Any

from counter_app.domain.dossiers.entries import CITIZEN, Party
from counter_app.domain.drafting import draft
from counter_app.domain.lookups import asking
from counter_app.domain.lookups.asking import Asker, Purpose
from counter_app.domain.lookups.entries import FieldAnswer, LookupAnswered
from counter_app.domain.lookups.rights import right_key
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import parse_systems
from counter_app.domain.organisation.state import OfficialState, UnitState, unit_subject
from resources import load
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId, journal_of, unit_journal
from tests.unit.domain.folding.writing import NOON, Counter, official

UNIT = "00000"
SYSTEMS = parse_systems(load.lookup_systems())
POPULATION = SYSTEMS.systems[0]
CLERK = official(1, "intake")
HEAD = official(2, "director")
PARTY = Party(
    CITIZEN, "LÝ THỊ TẬP HUẤN", "cccd", "012190000001", 19900902, "female", "Bản Nà Hum, xã Tập Huấn",
    "03390", "", "",
)  # fmt: skip
DOSSIER = EntryId(journal_of(4, 1), 9)
PURPOSE = Purpose(DOSSIER, "1.000094", 3)
SALT = b"salt"


def unit_with(value: str = "population,land;32/QĐ-UBND;20271231", who: OfficialState = CLERK) -> UnitState:
    """The unit, with the right of ``who`` as its setting."""
    return UnitState(unit_subject(UNIT), ((right_key(who.id), value),))


def asker(value: str = "population,land;32/QĐ-UBND;20271231", **more: Any) -> Asker:
    """The clerk under a right that the head wrote."""
    return Asker(**{"official": CLERK, "unit": unit_with(value), "giver": HEAD, **more})


def question(**more: Any) -> tuple[Draft, ...]:
    """The clerk's question about the party."""
    given = {"system": POPULATION, "purpose": PURPOSE, "party": PARTY, "asker": asker(), "at": NOON,
             "salt": SALT}  # fmt: skip
    return asking.ask(**{**given, **more})


def answer(lookup: EntryId, outcome: str, *fields: FieldAnswer, **more: Any) -> Draft:
    """The province's answer."""
    given = {"since": 0, "expires": 20261221, "reference": "TH-1", "code": "", "salt": SALT, **more}
    return draft(LookupAnswered(outcome, fields, **given), lookup, DOSSIER)


def province(life: int = 1) -> Counter:
    """Who writes the province's journal of the unit."""
    made = Counter(1)
    made.journal = unit_journal(UNIT, life)
    return made


def asked_at(counter: Counter) -> EntryId:
    """A question in the counter's journal; returns the look-up."""
    return counter.append(question(), CLERK)[0]


def state_of(counter: Counter, lookup: EntryId) -> LookupState:
    """The look-up as a PC reads it."""
    state: LookupState = counter.folds[lookup].state
    return state
