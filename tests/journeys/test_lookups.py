"""A paper that the State's data replace: asked without a line, answered later at another counter.

The clerk takes a dossier in with no line and lets the population database be asked; a system is down when the
province hears of it, and up later; the answer stands on the row at the other counter, the log names the read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from counter_app.domain.errors import DomainError
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.lookups.port import LookupsArea, RightForm
from counter_app.services.ports.dossiers import ActForm, ActOffer, PaperLine
from counter_app.services.ports.founding import DelegationForm
from counter_app.services.ports.intake import ACCEPT, IntakeForm, PaperTick, PartyForm
from sync.hub.hub import Hub
from sync.hub.lookups.desk import LookupDesk
from sync.hub.lookups.running import desk_of
from sync.hub.lookups.tables import lookup_log
from sync.protocol.naming.ids import EntryId
from tests.support import national_systems as sim
from tests.support.national_systems import Simulator, simulated
from tests.support.practice import practice_world
from tests.unit.domain.lookups.asked import SYSTEMS

MARRIAGE = "1.000094"
HERE, THERE = 0, 1
HOUR = 3_600_000
PARTY = PartyForm(
    id_number="012091007718", name="LÙ VĂN ẮN TẬP HUẤN", birth="05/06/1991", sex="male",
    address="Bản Nà Hum, xã Tập Huấn",
)  # fmt: skip
TRUE = {"name": "Lù Văn Ắn Tập Huấn", "birth": "1991-06-05", "residence": "bản Nà Hum, xã Tập huấn"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path, 2) as made:
        yield made


@pytest.fixture
def systems() -> Iterator[Simulator]:
    with simulated() as made:
        made.people = {"population": {PARTY.id_number: dict(TRUE)}}
        yield made


def gives_right(world: PracticeWorld, codes: tuple[str, ...] = ("population",)) -> None:
    """The head gives the clerk the right in writing, at the counter."""
    world.sign_in(people.SIGNER, HERE)
    area = lookups_of(world, HERE)
    clerk = next(row for row in area.rights() if row.login == people.CLERK)
    area.give_right(RightForm(clerk.official, codes, "32/QĐ-UBND (tập huấn)", "31/12/2027", people.PIN))


def gives_right_on_the_page(world: PracticeWorld) -> None:
    """The head ticks look-ups on the page of officials: no act of signing comes of it."""
    world.sign_in(people.SIGNER, HERE)
    (clerk,) = (row.official for row in lookups_of(world, HERE).rights() if row.login == people.CLERK)
    world.programs[HERE].founding.delegate(DelegationForm(
        clerk, "33/QĐ-UBND (tập huấn)", 20261120, "assigned", "", "", ("look_up",), 20261120, 0
    ))  # fmt: skip
    (row,) = (row for row in lookups_of(world, HERE).rights() if row.official == clerk)
    assert (row.act, row.until, len(row.systems)) == ("33/QĐ-UBND (tập huấn)", "", 5)


def lookups_of(world: PracticeWorld, counter: int) -> LookupsArea:
    """Rights and standings at a counter."""
    return world.programs[counter].areas.lookups


def asks_at_intake(world: PracticeWorld) -> EntryId:
    """F9 with the residence left to the database; whatever else is missing is ticked."""
    world.sign_in(people.CLERK, HERE)
    intake = world.programs[HERE].intake
    form = IntakeForm(party=PARTY, procedure=MARRIAGE, outcome=ACCEPT, pay="return")
    ticks, groups = [], set[str]()
    for row in intake.view(form).papers:
        if row.missing and row.group not in groups:
            groups |= {row.group} if row.kind == "one_of" else set()
            ticks.append(PaperTick(row.row, "queued" if row.look_up else "brought"))
    form = with_ticks(form, tuple(ticks))
    looks = tuple(one.code for one in intake.view(form).notices if one.level == "look")
    return intake.commit(IntakeForm(**{**fields(form), "seen": looks})).dossier


def with_ticks(form: IntakeForm, ticks: tuple[PaperTick, ...]) -> IntakeForm:
    return IntakeForm(**{**fields(form), "ticks": ticks})


def fields(form: IntakeForm) -> dict[str, object]:
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def row_of(world: PracticeWorld, counter: int, dossier: EntryId) -> PaperLine:
    """The paper that was asked about, as the dossier's page shows it."""
    lines = world.programs[counter].dossiers.look(dossier).papers
    return next(line for line in lines if "Dân cư" in line.words or line.state == "queued")


def offer(world: PracticeWorld, counter: int, dossier: EntryId, code: str) -> ActOffer | None:
    """An act of the page, None when it is not offered."""
    acts = world.programs[counter].dossiers.look(dossier).acts
    return next((one for one in acts if one.code == code), None)


@contextmanager
def province(world: PracticeWorld, systems: Simulator, later: int = 0) -> Iterator[LookupDesk]:
    """The province's desk, ``later`` ms after the counters' time."""
    at = world.programs[HERE].now() + later
    with Hub.open(world.hub_folder, now=lambda: at) as hub:
        yield LookupDesk(hub, SYSTEMS, systems.systems(), lambda: 0.0)


def entries(world: PracticeWorld, counter: int, kind: int) -> int:
    """How many entries of a kind a counter holds."""
    with world.programs[counter].areas.work.store.read() as connection:
        return int(connection.exec_driver_sql(
            "SELECT count(*) FROM entries WHERE kind = ?", (kind,)
        ).scalar_one())  # fmt: skip


def test_asked_offline_answered_at_another_counter(world: PracticeWorld, systems: Simulator) -> None:
    gives_right(world)
    dossier = asks_at_intake(world)
    line = row_of(world, HERE, dossier)
    assert (line.state, line.words) == ("queued", "Dân cư: đã hỏi, chờ trả lời")

    systems.fault["population"] = sim.DOWN
    world.settle()
    for hours in (0, 1, 2):
        with province(world, systems, hours * HOUR) as desk:
            assert desk.turn().vain == 1
    world.settle()
    assert "không kết nối được từ" in row_of(world, HERE, dossier).words
    assert [one.partition(" từ ")[0] for one in world.programs[HERE].exchange.status().systems] == [
        "Dân cư: không trả lời"
    ]

    systems.fault.clear()
    with province(world, systems, 4 * HOUR) as desk:
        assert desk.turn().answered == 1
    world.settle()
    assert world.programs[HERE].exchange.status().systems == ()

    world.sign_in(people.REGISTRAR, THERE)
    assert row_of(world, THERE, dossier).words == "Dân cư: giống"
    reminders = [words for _, words in world.programs[THERE].home.home().reminders]
    assert any("có trả lời tra cứu" in words for words in reminders)
    suggested = {field.name: field.value for field in offer(world, THERE, dossier, "look_up").fields}
    assert (suggested["outcome"], suggested["source"]) == ("looked_up", "Dân cư")
    values = {"row": suggested["row"], "outcome": suggested["outcome"], "source": suggested["source"]}
    world.programs[THERE].dossiers.act(ActForm(dossier, "look_up", values))
    assert row_of(world, THERE, dossier).state == "looked_up"
    assert not any("có trả lời tra cứu" in words for _, words in world.programs[THERE].home.home().reminders)
    with Hub.open(world.hub_folder) as hub, hub.database.read() as connection:
        found = connection.execute(select(lookup_log).order_by(lookup_log.c.number)).all()
    assert [row.outcome.partition(":")[0] for row in found] == ["unreachable"] * 3 + ["same"]
    clerk = next(row for row in lookups_of(world, HERE).rights() if row.login == people.CLERK)
    assert {(row.official, row.purpose, row.by_right) for row in found} == {
        (clerk.official.key, MARRIAGE, f"lookup.{clerk.official.journal}.{clerk.official.seq}")
    }


def test_the_right_the_page_and_a_difference(world: PracticeWorld, systems: Simulator) -> None:
    """Without the right nothing is asked; with it from the page, called back, and asked again of another."""
    dossier = asks_at_intake(world)
    assert entries(world, HERE, 530) == 0, "planted: without ``check_right`` the question would be written"
    assert row_of(world, HERE, dossier).words == ""
    asked = offer(world, HERE, dossier, "ask_data")
    assert asked is not None
    assert "văn bản giao" in asked.why_not
    with pytest.raises(DomainError) as refused:
        does(world, dossier, "ask_data", row="3")
    assert (refused.value.code, entries(world, HERE, 530)) == ("role.needs_act", 0)

    gives_right_on_the_page(world)
    world.sign_in(people.CLERK, HERE)
    asked = offer(world, HERE, dossier, "ask_data")
    assert asked is not None
    assert asked.why_not == ""
    row = asked.fields[0].value
    does(world, dossier, "ask_data", row=row)
    with pytest.raises(DomainError) as refused:
        does(world, dossier, "ask_data", row=row)
    assert refused.value.code == "lookup.twice"
    world.settle()
    does(world, dossier, "unask", row=row, words="đã nộp giấy")
    with province(world, systems) as desk:
        assert desk.turn().answered == 1
    world.settle()
    assert row_of(world, HERE, dossier).words == "Dân cư: đã rút câu hỏi", "a late answer is not shown"
    with pytest.raises(DomainError) as refused:
        does(world, dossier, "unask", row=row)
    assert refused.value.code == "lookup.none"

    systems.people["population"][PARTY.id_number]["birth"] = "1991-05-06"
    does(world, dossier, "ask_data", row=row)
    world.settle()
    with Hub.open(world.hub_folder) as hub:
        assert desk_of(hub, world.hub_folder) is None
        (world.hub_folder / "population.token").write_text("tap-huan\n", "utf-8")
        (world.hub_folder / "lookups.json").write_text(
            f'{{"population": {{"address": "{systems.address}", "token_file": "population.token"}}}}', "utf-8"
        )
        desk = desk_of(hub, world.hub_folder)
        assert desk is not None
        desk.turn()
    world.settle()
    assert systems.tokens[-1] == "Bearer tap-huan"
    assert row_of(world, HERE, dossier).words == (
        "Dân cư: khác ngày sinh (hồ sơ 05/06/1991, CSDL 1991-05-06)"
    )


def does(world: PracticeWorld, dossier: EntryId, act: str, **values: str) -> None:
    """F9 on an act of the page."""
    world.programs[HERE].dossiers.act(ActForm(dossier, act, values))
