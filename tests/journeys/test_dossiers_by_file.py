"""Two PCs without a line: a dossier taken in at one is worked on at the other; a stick goes between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.dossiers.history import history
from counter_app.domain.dossiers.state import Stage
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.dossiers import ActForm, Done, GivingForm
from counter_app.services.ports.intake import ACCEPT, ASK, CompanionForm, IntakeForm, PaperTick, PartyForm
from counter_app.storage.queries import dossiers as queries
from sync.hub.dossiers import OnlineDossier, OnlinePaper
from sync.protocol.naming.ids import PRACTICE_UNIT, EntryId
from tests.support.practice import practice_world

BIRTH, UNMARRIED = "1.001193", "1.004873"
FATHER = PartyForm(
    id_number="012091007718", name="LÙ VĂN ẮN TẬP HUẤN", birth="05/06/1991", sex="male", address="Bản Nà Hum"
)
MOTHER = CompanionForm("spouse", "VÀNG THỊ ẰNG TẬP HUẤN", id_number="012193004427", birth="17/09/1993")
CHILD = CompanionForm("child", "LÙ TẬP HUẤN MAI", id_kind="")
COUNTER, DESK = 0, 1
DAY = 86_400_000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    """Both PCs know the unit; from now on there is no line."""
    with practice_world(tmp_path, 2) as made:
        yield made


def sits(world: PracticeWorld, login: str, counter: int = COUNTER) -> None:
    """Somebody takes the seat."""
    world.sign_in(login, counter)


def takes_in(world: PracticeWorld, form: IntakeForm, *missing: int) -> EntryId:
    """F9 on a page with every paper ticked but ``missing``."""
    intake, groups, ticks = world.programs[COUNTER].intake, set(), []
    for row in intake.view(form).papers:
        if row.missing and row.row not in missing and row.group not in groups:
            groups |= {row.group} if row.kind == "one_of" else set()
            ticks.append(PaperTick(row.row, "looked_up" if row.look_up else "brought"))
    form = IntakeForm(**{**_fields(form), "ticks": tuple(ticks)})
    looks = tuple(one.code for one in intake.view(form).notices if one.level == "look")
    made = intake.commit(IntakeForm(**{**_fields(form), "seen": looks}))
    assert made.outcome == (ASK if missing else ACCEPT)
    return made.dossier


def _fields(form: IntakeForm) -> dict[str, object]:
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def does(
    world: PracticeWorld, counter: int, dossier: EntryId, act: str, pin: str = "", **values: str
) -> Done:
    """F9 on an act of the dossier's page."""
    return world.programs[counter].dossiers.act(ActForm(dossier, act, values, pin))


def carries(world: PracticeWorld, giver: int, taker: int) -> None:
    """A file is written, brought over, read."""
    folder = world.folder / f"stick-{giver}-{taker}"
    folder.mkdir(exist_ok=True)
    before = set(folder.glob("*.mcx"))
    world.programs[giver].exchange.export_file(str(folder))
    (file,) = set(folder.glob("*.mcx")) - before
    result = world.programs[taker].exchange.import_file(str(file))
    assert result.applied, result.sentence


def story(world: PracticeWorld, counter: int, dossier: EntryId) -> list[tuple[EntryId, str, tuple[int, ...]]]:
    """Entry, stage after it, what the portal is told."""
    with world.programs[counter].opened.store.read() as connection:
        steps = history(dossier, queries.history(connection, dossier))
    assert not [step.conflict for step in steps if step.conflict]
    return [(step.fact.id, str(step.after.stage), step.told) for step in steps]


def stage(world: PracticeWorld, counter: int, dossier: EntryId) -> Stage:
    program = world.programs[counter]
    with program.opened.store.read() as connection:
        found: Stage = program.areas.work.state(connection, dossier).stage
    return found


def result(number: str) -> dict[str, str]:
    """What the registrar types when the paper is signed."""
    return {
        "kind": "certificate", "title": "Giấy khai sinh", "number": number, "date": "20/11/2026",
        "signer": "Giàng A Chiến (tập huấn)", "medium": "paper",
    }  # fmt: skip


def test_a_birth_goes_there_and_back_on_a_stick(world: PracticeWorld) -> None:
    """Asked for a paper, brought, worked on at the desk, handed over at the counter; nothing else passed."""
    world.server.stop()
    sits(world, people.CLERK)
    form = IntakeForm(party=FATHER, companions=(MOTHER, CHILD), procedure=BIRTH)
    dossier = takes_in(world, form, 3)
    assert stage(world, COUNTER, dossier) is Stage.WAITING_CITIZEN
    does(world, COUNTER, dossier, "bring", all="1")
    carries(world, COUNTER, DESK)
    sits(world, people.REGISTRAR, DESK)
    assert [row.dossier for row in world.programs[DESK].dossiers.queue("mine").rows] == [dossier]
    does(world, DESK, dossier, "take")
    does(world, DESK, dossier, "opinion", opinion="Đủ căn cứ")
    does(world, DESK, dossier, "draft", draft="Giấy khai sinh")
    does(world, DESK, dossier, "result", **result("118/2026"))
    assert stage(world, COUNTER, dossier) is Stage.ACCEPTED, "the counter has not heard of it"
    carries(world, DESK, COUNTER)
    sits(world, people.CLERK)
    found = world.programs[COUNTER].dossiers.find_results(FATHER.id_number)
    assert [row.ready for row in found.rows] == [True]
    assert found.slip_lost
    world.programs[COUNTER].dossiers.give(GivingForm((dossier,), slip_lost=True))
    carries(world, COUNTER, DESK)
    assert stage(world, DESK, dossier) is Stage.RETURNED
    assert story(world, DESK, dossier) == story(world, COUNTER, dossier)


def test_an_online_dossier_fetched_before_is_accepted_without_a_line(world: PracticeWorld) -> None:
    online = OnlineDossier(
        "000.00.00.H35-261120-0007", UNMARRIED, "PHÀN TẬP HUẤN ẰNG", "012064101628",
        world.clock.now() - 600_000, papers=tuple(OnlinePaper(row) for row in (2, 3, 4)),
    )  # fmt: skip
    with world_hub(world) as hub:
        dossier = hub.online_arrived(PRACTICE_UNIT, online)
    world.settle()
    world.server.stop()
    sits(world, people.CLERK)
    (row,) = world.programs[COUNTER].dossiers.online().rows
    assert (row.dossier, row.name) == (dossier, "PHÀN TẬP HUẤN ẰNG")
    does(world, COUNTER, dossier, "accept")
    assert world.programs[COUNTER].dossiers.online().rows == ()
    carries(world, COUNTER, DESK)
    sits(world, people.CLERK, DESK)
    assert world.programs[DESK].dossiers.online().rows == (), "nobody accepts it a second time"
    assert story(world, DESK, dossier) == story(world, COUNTER, dossier)


def test_two_counters_that_refuse_and_accept_the_same_one_tell_one_story(world: PracticeWorld) -> None:
    """Both acted without knowing of each other: one act counts, the other is kept and shown."""
    online = OnlineDossier(
        "000.00.00.H35-261120-0008", UNMARRIED, "TẨN TẬP HUẤN ỘC", "012064101629",
        world.clock.now() - 600_000, papers=tuple(OnlinePaper(row) for row in (2, 3, 4)),
    )  # fmt: skip
    with world_hub(world) as hub:
        dossier = hub.online_arrived(PRACTICE_UNIT, online)
    world.settle()
    world.server.stop()
    sits(world, people.CLERK)
    does(world, COUNTER, dossier, "accept")
    sits(world, people.CLERK, DESK)
    ground = world.programs[DESK].intake.refusal_grounds()[0][0]
    does(world, DESK, dossier, "refuse", ground=ground, reason="Không thuộc thẩm quyền")
    carries(world, COUNTER, DESK)
    carries(world, DESK, COUNTER)
    assert stage(world, DESK, dossier) is stage(world, COUNTER, dossier)
    for counter in (COUNTER, DESK):
        page = world.programs[counter].dossiers.look(dossier)
        contested = [line for line in page.timeline if line.contested]
        assert len(contested) == 1, [line.title for line in page.timeline]


def world_hub(world: PracticeWorld):
    """The province's side."""
    from sync.hub.hub import Hub

    return Hub.open(world.hub_folder, practice=True)
