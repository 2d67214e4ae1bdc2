"""Dossiers on several counters: intake and every act a stage allows, at whoever is open, heard of or not.

The product's own decisions are asked on what a PC holds at that moment. What came out on paper is kept beside
the PCs, in the ledger: a number or a code that was printed is never given again, whatever happens to a disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.clock import FixedClock
from counter_app.domain.catalogue import Limit, Paper, Procedure
from counter_app.domain.catalogue.procedure import Fee, Group
from counter_app.domain.dates import vn_date, vn_datetime, vn_instant
from counter_app.domain.dossiers.acts import ending
from counter_app.domain.dossiers.acts import intake as intake_acts
from counter_app.domain.dossiers.acts.intake import Held, Intake
from counter_app.domain.dossiers.entries import CITIZEN, FeeUsed, LimitUsed, Party
from counter_app.domain.dossiers.fold import FORM_01, FORM_02, FORM_03
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.dossiers import acts
from counter_app.services.dossiers.commit import next_code_on, next_number
from counter_app.services.dossiers.deciding import Deciding, decide
from counter_app.services.dossiers.showing.page import banner
from counter_app.services.rules import shipped_rules
from counter_app.services.workplace import Place, Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.store import Acted, Acting
from sync.hub.dossiers import OnlineDossier, OnlinePaper
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId
from tests.support import invariants as check
from tests.support.dossier_year import FAMILY, GIVEN, NEXT
from tests.sync.simulator.losses import die_before_commit
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.world import Killed, World
from tests.unit.storage.world import SALT, UNIT, Sealer

RECENT = 6
"""An act is on one of the newest dossiers that a PC holds: two counters often take the same."""
BATTERY = (datetime(2009, 1, 1, 8), datetime(2099, 6, 1, 8))  # noqa: DTZ001 - local times are naive here
"""Where a clock stands after its battery was flat."""
ONLINE = "1.004873"
PERMIT = Procedure(
    code="9.000001", name="Thủ tục xét trợ cấp (tập huấn)", field="Bảo trợ xã hội (tập huấn)",
    limits=(Limit(5, "working_day"),), fees=(Fee("le_phi", 8_000),),
    papers=(Paper("Tờ khai", 1, 0, "hand_in", Group("required", "form", "")),
            Paper("Giấy chứng sinh", 1, 0, "hand_in", Group("required", "birth", ""))),
    channels=("counter", "post", "online"), source="tập huấn", verified=True, reviewed=True,
)  # fmt: skip
TYPED = {
    "papers": "Giấy chứng sinh", "reason": "Lý do (tập huấn)", "all": "1", "ground": "not_competent",
    "opinion": "Đủ căn cứ", "draft": "Dự thảo", "outcome": "looked_up", "row": "0", "label": "Thuế",
    "fee": "15000", "proof": "77", "how": "call", "kind": "decision", "title": "Quyết định",
    "number": "12/QĐ", "date": "20/11/2026", "signer": "Giàng A Tập Huấn", "medium": "paper",
}  # fmt: skip
"""What a person types into the fields of any act; a date and a drawer are made for each."""


def hand_in(world: World) -> str:
    """A dossier at a counter: accepted, asked to complete, or refused."""
    return str(_commit(world, world.any(), _intake(world)).entries[0].id)


def online(world: World) -> str:
    """A dossier is filed on the portal; the counters learn of it when they exchange."""
    world.docket.online += 1
    filed = OnlineDossier(
        f"000.00.00.H35-26-{world.docket.online:07d}", ONLINE, "LÝ TẬP HUẤN ẰNG", "012064101628",
        world.clock.at - 600_000, papers=(OnlinePaper(2), OnlinePaper(3), OnlinePaper(4)),
    )  # fmt: skip
    return str(world.hub.online_arrived(UNIT, filed))


def official_code(world: World) -> str:
    """The province's own system numbers a dossier that the hub has read."""
    found = check.rows(
        world.any().store, "SELECT code FROM dossiers WHERE code <> '' ORDER BY id DESC LIMIT 6"
    )
    if not found:
        return "nothing"
    code = world.chance.choice(found)[0]
    with contextlib.suppress(KeyError):
        world.hub.give_official_code(UNIT, code, f"H35-{code}")
    return str(code)


def act(world: World) -> str:
    """One act on one of the newest dossiers a PC holds, whatever others did with it meanwhile."""
    pc = world.any()
    done = _act(world, pc, _open(world, pc))
    return "nothing" if done is None else str(done)


def two_at_once(world: World) -> str:
    """Two counters act on one dossier, neither knowing of the other."""
    one, other = world.chance.sample(world.pcs, 2)
    held = [dossier for dossier in _held(other) if dossier in set(_held(one))]
    if not held:
        return "nothing"
    dossier = world.chance.choice(held)
    return f"{_act(world, one, dossier)} {_act(world, other, dossier)}"


def cut_off(world: World) -> str:
    """Killed inside the transaction of an intake: nothing of it is there, no paper came out."""
    pc = world.any()
    with contextlib.suppress(Killed):
        _commit(world, pc, _intake(world), die_before_commit)
    pc.killed()
    return str(pc.place)


def flat_battery(world: World) -> str:
    """A clock stands in 2009 or 2099 until somebody sets it right."""
    pc = world.any()
    pc.at = vn_instant(world.chance.choice(BATTERY))
    return str(pc.place)


def workplace(pc: Pc) -> Workplace:
    """The program's own workplace on a simulated PC."""
    place = Place(
        UNIT, "Xã Bình Lư (tập huấn)", "UBND", "TTPVHCC", "Bình Lư", f"QUẦY-{pc.place:02d}",
        pc.place, practice=True,
    )  # fmt: skip
    return Workplace(pc.store, FixedClock(pc.at), place, shipped_rules(), bytes(32), Path())


def _intake(world: World) -> Any:
    """How a page decides: a function from the acting PC and its transaction to drafts."""
    outcome = world.chance.choice((FORM_01, FORM_01, FORM_02, FORM_03))
    name = f"{world.chance.choice(FAMILY)} {world.chance.choice(GIVEN)} tập huấn".upper()

    def drafts(pc: Pc, acting: Acting, at: int) -> Sequence[Draft]:
        work, day = workplace(pc), vn_date(at)
        code = next_code_on(acting.connection, work, day)
        number = next_number(acting.connection, work, outcome, day.year)
        held = {0: Held("brought"), 1: Held("missing" if outcome == FORM_02 else "brought")}
        page = Intake(
            code=code.digits, daily=code.seq, channel="counter", procedure=PERMIT, version="1",
            party=Party(CITIZEN, name, "cccd", "012190000001", 19900000, "female", "Bản", "03390", "", ""),
            limit=LimitUsed(5, "working_day", ""), received_at=at, salt=SALT, held=held,
            fees=(FeeUsed("le_phi", "Lệ phí", 8_000, True),),
        )  # fmt: skip
        if outcome == FORM_01:
            return intake_acts.accept(page, number, work.rules(acting.connection).calendar)
        if outcome == FORM_02:
            return intake_acts.ask(page, number, intake_acts.asked_of(page.checklist), "Thiếu", "0213")
        return intake_acts.refuse(page, number, "not_competent", "Sai nơi nộp")

    return drafts


def _commit(world: World, pc: Pc, drafts: Any, then: Any = None, by: Act | None = None) -> Acted:
    circumstances = by or pc.circumstances()
    decided = lambda acting: list(drafts(pc, acting, circumstances.at))  # noqa: E731
    done = (
        pc.store.act(decided, circumstances) if then is None else pc.store.act(decided, circumstances, then)
    )
    world.docket.came_out(done)
    return done


def _held(pc: Pc) -> list[EntryId]:
    found = check.rows(
        pc.store, "SELECT id FROM dossiers WHERE is_open = 1 ORDER BY submitted_at DESC, id DESC"
    )
    return [EntryId.from_key(key) for (key,) in found[:RECENT]]


def _open(world: World, pc: Pc) -> EntryId | None:
    held = _held(pc)
    return world.chance.choice(held) if held else None


def _act(world: World, pc: Pc, dossier: EntryId | None) -> str | None:
    """One act of those the stage offers. Raises DomainError where a rule says no."""
    if dossier is None:
        return None
    with pc.store.read() as connection:
        folded = pc.store.readings.state(connection, dossier)
    if banner(folded):
        return "read only"
    offered = [(code, weight) for code, weight in NEXT.get(str(folded.state.stage), ()) if code]
    if not offered:
        return None
    code = world.chance.choices([code for code, _ in offered], [weight for _, weight in offered])[0]
    by = _head(world, pc) if code != "give" and acts.BY_CODE[code].sealed else pc.circumstances()
    done = _commit(world, pc, _decision(code, dossier), by=by)
    return f"{code} {done.entries[-1].id}"


def _head(world: World, pc: Pc) -> Act:
    """The director confirms with his own key."""
    pc.at += 1_000
    return Act(pc.at, world.director, None, Sealer(world.keys[1]))


def _decision(code: str, dossier: EntryId) -> Any:
    def drafts(pc: Pc, acting: Acting, at: int) -> Sequence[Draft]:
        state: DossierState = acting.state(dossier).state
        if code == "give":
            paid = ending.Giving(SALT, paid_now=state.to_pay, originals_shown=True)
            return ending.give(state, paid, at)
        assert acting.act.actor is not None
        person: OfficialState = acting.state(acting.act.actor).state
        values = TYPED | {"to": "unit:Phòng (tập huấn)", "due": _later(state, at), "drawer": f"A{at % 97}"}
        return decide(code, Deciding(acting.connection, workplace(pc), state, values, person, at))

    return drafts


def _later(state: DossierState, at: int) -> str:
    """A week after the date in force."""
    due = state.clock.due or vn_datetime(at)
    return f"{due + timedelta(days=7):%d/%m/%Y}"
