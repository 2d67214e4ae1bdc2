"""Questions to a national system under every trouble: outages, answers about somebody else, forged answers,
a province that comes back from its backup. Every person's residence in the system holds his number, so an
answer shows whose it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from counter_app.domain.dossiers.acts import intake as intake_acts
from counter_app.domain.dossiers.acts.intake import Held, Intake
from counter_app.domain.dossiers.entries import CITIZEN, FeeUsed, LimitUsed, Party
from counter_app.domain.dossiers.fold import FORM_01
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.lookups import asking
from counter_app.domain.lookups.entries import DIFFERENT, FieldAnswer, LookupAnswered
from counter_app.domain.lookups.rights import give_right
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import parse_systems
from counter_app.domain.organisation.state import OfficialState, unit_subject
from counter_app.services.dossiers.commit import next_code_on, next_number
from counter_app.services.lookups.asking import asker_of
from counter_app.services.lookups.words import on_rows, words_of
from counter_app.storage.journals.appending import Act
from counter_app.storage.store import Acting
from resources import load
from sync.hub.lookups import http_system
from sync.hub.lookups.desk import LookupDesk
from sync.hub.lookups.http_system import parse_mapping
from sync.hub.lookups.port import Found, NotAnswered, Question
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId
from tests.support import invariants as check
from tests.sync.simulator import losses as lost
from tests.sync.simulator import troubles as day
from tests.sync.simulator.dossiers import PERMIT, workplace
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.world import Weather, World
from tests.unit.storage.world import SALT, UNIT, Sealer

SYSTEMS = parse_systems(load.lookup_systems())
POPULATION = SYSTEMS.systems[0]
NAMES = parse_mapping(load.lookup_mapping()).systems[POPULATION.code]
LATE = 29_991_231
"""A day (``yyyymmdd``) after every answer's last."""


@dataclass
class Asked:
    """What was asked outside every PC: persons by look-up; the last one the system was asked about."""

    persons: dict[EntryId, str] = field(default_factory=dict)
    last: str = ""
    given: bool = False


_ASKED: WeakKeyDictionary[World, Asked] = WeakKeyDictionary()


def of(world: World) -> Asked:
    """What was asked in this world."""
    return _ASKED.setdefault(world, Asked())


def ask(world: World) -> str:
    """A dossier of a new person, and a question about him, at whoever is open."""
    pc, asked = world.any(), of(world)
    if not asked.given:
        _give_right(world)
        asked.given = True
    number = f"0121900{world.chance.randrange(10**5):05d}"
    dossier = pc.store.act(lambda acting: _dossier(pc, acting, number), _head(world, pc)).entries[0].id
    entries = pc.store.act(lambda acting: _question(world, pc, acting, dossier), _head(world, pc)).entries
    asked.persons[entries[0].id] = number
    return f"{pc.place} {entries[0].id}"


def call_back(world: World) -> str:
    """A question is called back, answered already or not."""
    pc = world.any()
    state = _one(world, pc)
    if state is None:
        return "nothing"
    head: OfficialState = pc.state(world.director)  # type: ignore[assignment]
    drafts = asking.withdraw(state, head, "giấy đã có")
    return str(pc.store.act(lambda _: drafts, _head(world, pc)).entries[0].id)


def forge(world: World) -> str:
    """A changed program writes an answer itself, about somebody else. Its own pages say what they like."""
    pc = world.chance.choice(world.pcs[1:])
    state = _one(world, pc)
    if state is None or state.dossier is None:
        return "nothing"
    said = (FieldAnswer("residence", DIFFERENT, "Bản 012190099999"),)
    body = LookupAnswered(DIFFERENT, said, 0, 20991231, "", "", SALT)
    return str(pc.act([draft(body, state.id, state.dossier)]).entries[0].id)


def turn(world: World) -> str:
    """The province puts what is due to a system that is often away, and sometimes mixes persons up."""
    desk = LookupDesk(
        world.hub, SYSTEMS, {POPULATION.code: _System(world)}, world.chance.random, lambda: SALT
    )
    return str(tuple(desk.turn()))


def hour(world: World) -> str:
    """Time passes at the province: what was put in vain is due again."""
    world.clock.at += 3_600_000
    return "hour"


LOOKUPS: Weather = [
    (ask, 500), (call_back, 60), (forge, 120), (turn, 800), (hour, 300), (day.exchange, 900),
    (day.line, 100), (day.clock, 60), (day.stick, 60), (day.read, 60), (lost.kill, 30),
    (lost.back_hub_up, 20), (lost.restore_hub, 20),
]  # fmt: skip
"""Hardly anything but questions and answers, on a line that breaks."""


class _System:
    """Answers in the system's own words, read by the product."""

    def __init__(self, world: World) -> None:
        self._world = world

    def ask(self, question: Question) -> Found:
        """See ``NationalSystem``."""
        chance, asked = self._world.chance.random(), of(self._world)
        last, asked.last = asked.last or question.id_number, question.id_number
        if chance < 0.2:
            raise NotAnswered("away")
        number = last if chance < 0.6 else question.id_number
        told = {NAMES.status: NAMES.found, NAMES.id: number, NAMES.fields["residence"]: f"Bản {number}"}
        return http_system.read_answer(json.dumps(told).encode(), NAMES, question)


def faults(world: World) -> list[str]:
    """All have met: nobody reads an answer about somebody else, or after its last day what was found."""
    for pc in world.pcs:
        pc.installs(older=False)
    world.meet_calmly()
    found = []
    for pc in world.pcs:
        work = workplace(pc)
        for lookup, number in of(world).persons.items():
            with pc.store.read() as connection:
                state = work.state(connection, lookup, required=False)
                if not isinstance(state, LookupState) or state.dossier is None:
                    continue
                now = on_rows(connection, work, state.dossier, world.clock.at).get(state.row, "")
                late = words_of(state, LATE)
            found += [f"{pc.place}: {lookup} about {number} says {now}"] * _strange(now, number)
            found += [f"{pc.place}: {lookup} shows {late} after its day"] * ("CSDL Bản" in late)
    return found


def _strange(words: str, number: str) -> bool:
    """Words that show a residence with another's number."""
    return "CSDL Bản" in words and f"CSDL Bản {number}" not in words


def answered(world: World) -> int:
    """How many questions have an answer at the first PC: a world without any proves nothing."""
    return len(check.rows(world.pcs[0].store, "SELECT id FROM lookups WHERE status = 'different'"))


def _one(world: World, pc: Pc) -> LookupState | None:
    """One of the look-ups that a PC holds."""
    known = [one for one in of(world).persons if _state(pc, one) is not None]
    return _state(pc, world.chance.choice(known)) if known else None


def _state(pc: Pc, lookup: EntryId) -> LookupState | None:
    with pc.store.read() as connection:
        state = pc.store.readings.state(connection, lookup).state
    return state if isinstance(state, LookupState) else None


def _head(world: World, pc: Pc) -> Act:
    pc.at += 1_000
    return Act(pc.at, world.director, None, Sealer(world.keys[1]))


def _give_right(world: World) -> None:
    """The head may look up, by his own act; everybody knows it before the first question."""
    pc = world.pcs[0]
    head: OfficialState = pc.state(world.director)  # type: ignore[assignment]
    drafts = give_right(head, unit_subject(UNIT), head, (POPULATION.code,), "32/QĐ-UBND", 20991231, SYSTEMS)
    pc.store.act(lambda _: drafts, _head(world, pc))
    world.meet_calmly()


def _dossier(pc: Pc, acting: Acting, number: str) -> tuple[Draft, ...]:
    work = workplace(pc)
    today = work.today()
    code = next_code_on(acting.connection, work, today)
    party = Party(
        CITIZEN, "LÝ TẬP HUẤN", "cccd", number, 19900902, "female", "Bản Nà Hum (tập huấn)", "03390", "", ""
    )
    page = Intake(
        code=code.digits, daily=code.seq, channel="counter", procedure=PERMIT, version="1", party=party,
        limit=LimitUsed(5, "working_day", ""), received_at=pc.at, salt=SALT,
        held={0: Held("brought"), 1: Held("brought")}, fees=(FeeUsed("le_phi", "Lệ phí", 8_000, True),),
    )  # fmt: skip
    form = next_number(acting.connection, work, FORM_01, today.year)
    return tuple(intake_acts.accept(page, form, work.rules(acting.connection).calendar))


def _question(world: World, pc: Pc, acting: Acting, dossier: EntryId) -> tuple[Draft, ...]:
    state: DossierState = acting.state(dossier).state
    head: OfficialState = acting.state(world.director).state
    asker = asker_of(acting.connection, workplace(pc), head)
    purpose = asking.Purpose(dossier, state.procedure.code, 0)
    return asking.ask(POPULATION, purpose, state.party, asker, pc.at, SALT)


__all__ = ["LOOKUPS", "answered", "faults"]
