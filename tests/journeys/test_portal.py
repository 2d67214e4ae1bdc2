"""Counter, hub and portal end to end: taken in alone, told, coded, reprinted; filed online, accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pypdfium2
import pytest

from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.dossiers import ActForm
from counter_app.services.ports.intake import ACCEPT, IntakeForm, PaperTick, PartyForm
from sync.hub import cli
from sync.protocol.naming.ids import PRACTICE_UNIT, EntryId
from tests.support.portal.simulator import SECRET, USER, Portal
from tests.support.practice import practice_world, take_in

UNMARRIED = "1.004873"
PARTY = PartyForm(
    id_number="012091007718", name="LÙ VĂN ẮN TẬP HUẤN", birth="05/06/1991", sex="male", address="Bản Nà Hum"
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("cong")) as made:
        yield made


@pytest.fixture(scope="module")
def portal(world: PracticeWorld) -> Iterator[Portal]:
    """The portal, and the hub's technician who sets it."""
    with Portal() as made:
        given = {
            "generation": "legacy", "address": made.address, "user": USER, "secret": SECRET, "practice": True,
            "offices": {PRACTICE_UNIT: "H35.20"},
        }  # fmt: skip
        file = world.folder / "cong.json"
        file.write_text(json.dumps(given), "utf-8")
        hub(world, "set", str(file))
        yield made
    assert made.wrong == []


def hub(world: PracticeWorld, *words: str, code: int = 0) -> None:
    """A command of the province's technician while the hub serves."""
    assert cli.main(["--folder", str(world.hub_folder), "--json", "portal", *words]) == code


def takes_in(world: PracticeWorld) -> EntryId:
    """F9 with every paper ticked."""
    intake = world.programs[0].intake
    form = IntakeForm(party=PARTY, procedure=UNMARRIED)
    groups: set[str] = set()
    ticks = []
    for row in intake.view(form).papers:
        if row.missing and row.group not in groups:
            groups |= {row.group} if row.kind == "one_of" else set()
            ticks.append(PaperTick(row.row, "looked_up" if row.look_up else "brought"))
    form = IntakeForm(party=PARTY, procedure=UNMARRIED, ticks=tuple(ticks))
    looks = tuple(one.code for one in intake.view(form).notices if one.level == "look")
    made = intake.commit(IntakeForm(party=PARTY, procedure=UNMARRIED, ticks=tuple(ticks), seen=looks))
    assert made.outcome == ACCEPT
    return made.dossier


def codes_of(world: PracticeWorld, dossier: EntryId) -> tuple[str, str]:
    program = world.programs[0]
    with program.opened.store.read() as connection:
        state = program.areas.work.state(connection, dossier)
    return state.code, getattr(state, "official_code", "")


def test_taken_in_without_a_line_told_coded_and_reprinted(world: PracticeWorld, portal: Portal) -> None:
    """The counter works alone; the first exchange brings it to the portal, the next one the code back."""
    program = world.programs[0]
    world.sign_in(people.CLERK)
    dossier = takes_in(world)
    own, official = codes_of(world, dossier)
    hub(world, "run")
    assert (official, own in portal.given) == ("", False), "nothing left the counter yet"
    world.meet(program)
    portal.faults.extend(["500_after", "", "half_after"])
    hub(world, "run", code=0)
    for _ in range(4):
        _due_now(world)
        hub(world, "run")
    official = portal.given[own]
    assert portal.created.count(official) == 1
    assert portal.told[official] == [1, 2]
    sent = portal.records[official]
    assert (sent["ChuHoSo"], sent["MaTTHC"], sent["DonViXuLy"]) == (PARTY.name, UNMARRIED, _name(world))
    world.settle()
    assert codes_of(world, dossier) == (own, official)
    assert official in dict(program.dossiers.look(dossier).codes).values()
    titles = [line.title for line in program.dossiers.look(dossier).timeline]
    assert "Có mã chính thức" in titles
    _reprinted(world, dossier, official)
    program.dossiers.act(ActForm(dossier, "withdraw", {"reason": "Công dân xin rút"}, ""))
    world.meet(program)
    _due_now(world)
    hub(world, "run")
    assert portal.told[official] == [1, 2, 7]
    assert portal.states[official] == 7


def test_filed_on_the_portal_waiting_at_the_counter(world: PracticeWorld, portal: Portal) -> None:
    """One good and one dirty row: the good one stands in the list, the other is parked and shown."""
    portal.file_online("000.00.00.H35-261120-0007")
    portal.file_online("000.00.00.H35-261120-0008", NgayNopHoSo="hôm qua")
    hub(world, "run")
    hub(world, "run")
    world.settle()
    world.sign_in(people.CLERK)
    (row,) = world.programs[0].dossiers.online().rows
    assert row.name == "PHÀN TẬP HUẤN ẰNG"
    world.programs[0].dossiers.act(ActForm(row.dossier, "accept", {}, ""))
    world.meet(world.programs[0])
    _due_now(world)
    hub(world, "run")
    assert portal.told["000.00.00.H35-261120-0007"] == [2]
    assert "000.00.00.H35-261120-0007" not in portal.created, "the portal had it already"
    hub(world, "status")
    portal.jump("000.00.00.H35-261120-0007", 7)
    _due_now(world)
    hub(world, "run")
    world.settle()
    line = world.programs[0].dossiers.look(row.dossier).timeline[-1]
    assert (line.title, line.words) == ("Cổng Dịch vụ công báo", "Công dân yêu cầu rút hồ sơ")
    assert line.who == "Tỉnh"


def test_a_certification_goes_out_too(world: PracticeWorld, portal: Portal) -> None:
    """Two originals certified are one dossier of the portal, under the code of the slip."""
    request = take_in(world, "gks 1x2", "cccd 1x1").request
    code = codes_of(world, request)[0]
    world.meet(world.programs[0])
    hub(world, "run")
    sent = portal.records[code]
    assert (sent["LaHoSoChungThuc"], sent["MaTTHC"]) == ("1", "2.000815")
    assert [row["SoLuong"] for row in sent["DanhSachTepDinhKemKhac"]] == ["2", "1"]
    assert portal.told[code] == [2, 4]


def _due_now(world: PracticeWorld) -> None:
    """Nobody waits half an hour in a test."""
    from sqlalchemy import update

    from sync.hub.hub import Hub
    from sync.hub.tables.portal import orders

    with Hub.open(world.hub_folder, practice=True) as opened, opened.database.write() as connection:
        connection.execute(update(orders).values(next_at=0, polled_at=0))


def _name(world: PracticeWorld) -> str:
    from sync.hub.hub import Hub
    from sync.hub.portal.config import config_in
    from sync.hub.portal.service import offices_of

    with Hub.open(world.hub_folder, practice=True) as opened:
        config = config_in(world.hub_folder)
        assert config is not None
        return offices_of(opened, config)[PRACTICE_UNIT].name


def _reprinted(world: PracticeWorld, dossier: EntryId, official: str) -> None:
    """Form 01 printed again carries the official code."""
    program = world.programs[0]
    folder = program.areas.work.papers_folder
    before = set(folder.glob("*.pdf"))
    program.dossiers.reprint(dossier, "01", "Đã có mã chính thức")
    (paper,) = set(folder.glob("*.pdf")) - before
    document = pypdfium2.PdfDocument(str(paper))
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert official in " ".join(words.split())
