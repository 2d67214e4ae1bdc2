"""From box to counter without a network: one folder, two bare PCs and a laptop, the LAN, a stick."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.composition.enrolling import Enrolling, set_aside
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice import people, province
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.ports.enrolment import DONE
from counter_app.services.ports.founding import OfficialForm
from counter_app.settings import Settings
from sync.hub import cli as hub_cli
from sync.hub.hub import Hub
from sync.hub.unit_port import UnitPort
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.meeting.parcel import ParcelKeys, open_part
from sync.protocol.meeting.seat_note import FOLDER as NOTES
from sync.protocol.naming.ids import PRACTICE_UNIT, EntryId, is_province
from tests.support.lan import until
from tests.sync.test_lan_programs import on_the_lan
from tests.unit.services.founding.conftest import FORM, PASSWORD, PIN, settings_of

CLERK = OfficialForm(
    "Lù Thị Mai (tập huấn)", "Công chức một cửa", ("intake", "cashier"), people.CLERK,
    password=PASSWORD, repeated=PASSWORD, pin=PIN,
)  # fmt: skip


class Office:
    """A commune with bare PCs, a stick from the province, and a hub that nobody reaches."""

    def __init__(self, folder: Path, ask: Callable[..., Any]) -> None:
        self.folder, self.ask = folder, ask
        self.stick = folder / "USB"
        self.programs: list[RunningProgram] = []

    def provides(self, counters: str, *more: str) -> Any:
        """The province's command, onto the stick."""
        words = ("--unit", PRACTICE_UNIT, "--counters", counters, "--mobile", "1", *more)
        return self.ask("provision", *words, "--url", "https://127.0.0.1:1", "-o", str(self.stick))

    def settings(self, name: str) -> Settings:
        return settings_of(self.folder / name)

    def bare(self, name: str, stick: Path | None = None) -> Enrolling:
        settings = self.settings(name)
        return Enrolling(settings, beside=(settings.paths.home,), sticks=(stick or self.stick,))

    def starts(self, name: str, counter: int, stick: Path | None = None) -> RunningProgram:
        """The first page of a bare PC: the file it finds, the number typed, F9; every step ends well."""
        port = self.bare(name, stick)
        (found,) = port.find()
        port.enrol(found.path, "", False, counter)
        program = port.open("")
        assert isinstance(program, RunningProgram)
        assert [(one.code, one.state) for one in port.steps() if one.state != DONE] == []
        self.programs.append(program)
        return program

    def close(self) -> None:
        for program in self.programs:
            program.close()


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    """The province made the folder for two counters and a laptop."""
    province.found(tmp_path / "hub")

    def ask(*words: str) -> Any:
        code = hub_cli.main(["--folder", str(tmp_path / "hub"), "--json", *words])
        told = json.loads(capsys.readouterr().out)
        assert code == 0, told
        return told

    made = Office(tmp_path, ask)
    made.provides("2")
    yield made
    made.close()


def sits(program: RunningProgram, login: str) -> None:
    who = next(one.official for one in program.founding.accounts() if one.login == login)
    program.session.sign_in(who, PASSWORD)


def takes_in(program: RunningProgram) -> EntryId:
    """A citizen with two copies of one paper."""
    sits(program, people.CLERK)
    person = PersonForm("012086006812", "HOÀNG VĂN SƠN TẬP HUẤN", "14/03/1986", "Bản Nà Khan", sex="male")
    row = RowForm("gks 1x2", "", program.now(), ("original.today",))
    return program.copies.commit(RequestForm(person, (row,), given="100000")).request


def test_two_bare_pcs_and_a_laptop_work_before_anybody_met_the_province(office: Office) -> None:
    one = office.starts("may-1", 1)
    two = office.starts("may-2", 2)
    laptop = office.starts("laptop", 3)
    places = [program.areas.work.place for program in (one, two, laptop)]
    assert [(place.counter_number, place.counter_name) for place in places] == [
        (1, "QUẦY-01"), (2, "QUẦY-02"), (3, "LƯU ĐỘNG-01"),
    ]  # fmt: skip
    assert all(place.title == province.TITLE for place in places), "the province's own words came along"
    folder = office.stick / f"cap-phat-{PRACTICE_UNIT}"
    assert not list(folder.glob("*.mcp")), "the last seat is taken: the grants are gone from the stick"
    assert len(list((folder / NOTES).iterdir())) == 3

    one.founding.found(FORM)
    sits(one, FORM.head.login)
    one.founding.add(CLERK)
    accounts = one.founding.write_accounts(str(office.stick)).path
    first = on_the_lan(one)
    on_the_lan(two, known=(first.port,))
    assert until(lambda: two.founding.stage().officials == 3), "they met by their grants alone"
    two.founding.read_accounts(accounts)
    acts = [takes_in(one), takes_in(two)]
    for program in (one, two):
        assert until(lambda program=program: all(program.neighbours.held().covers(*act) for act in acts))

    written = two.exchange.export_file(str(office.stick))
    laptop.exchange.import_file(written.path)
    own = laptop.exchange.export_file(str(office.stick))
    for file in (written.path, own.path):
        told = office.ask("bundle", "in", file)
        assert (told["unit"], told["parked"]) == (PRACTICE_UNIT, [])
    with Hub.open(office.folder / "hub", practice=True) as hub:
        held = {view.journal for view in hub.journals_held(PRACTICE_UNIT)}
        assert {program.areas.work.journal for program in (one, two, laptop)} <= held
        trouble = hub.trouble(PRACTICE_UNIT)
        assert (trouble.parked, trouble.stray, trouble.revoked) == ((), 0, 0)
    _one_more(office, acts)


def _one_more(office: Office, acts: list[EntryId]) -> None:
    """A counter added later: the folder brings the province's word, citizens only when asked to."""
    for more, journals in (((), False), (("--with-entries",), True)):
        told = office.provides("3", *more)
        assert [one["state"] for one in told["counters"]] == ["at-work", "at-work", "at-work", "free"]
        with Hub.open(office.folder / "hub", practice=True) as hub:
            (parcel,) = Path(told["folder"]).glob("du-lieu/*.mcx")
            key = hub.unit_key(PRACTICE_UNIT)
            assert key is not None
            keys = ParcelKeys({key.version: key}, {hub.keys.signing.key_id: hub.public_key}, load_dictionary)
            runs = open_part(parcel.read_bytes(), UnitPort(hub, PRACTICE_UNIT), keys, []).bundle.runs
        assert any(run.journal == act.journal for run in runs for act in acts) is journals
        assert any(is_province(run.journal) for run in runs)


def test_a_seat_that_another_pc_took_is_refused_in_words(office: Office) -> None:
    office.starts("may-1", 1)
    port = office.bare("may-2")
    (found,) = port.find()
    assert [bool(seat.taken) for seat in port.look(found.path).seats] == [True, False, False]
    with pytest.raises(DomainError) as refused:
        port.enrol(found.path, "", False, 1)
    assert refused.value.code == "enrol.seat-taken"
    assert not office.settings("may-2").paths.store.exists()
    with pytest.raises(DomainError) as refused:
        port.enrol(found.path, "", False)
    assert (refused.value.code, "2 (QUẦY-02)" in refused.value.meaning) == ("enrol.which-counter", True)


def test_one_seat_taken_twice_is_found_on_the_lan_and_another_seat_leads_out(office: Office) -> None:
    """Two sticks with one folder: nothing on either tells of the other."""
    other = office.folder / "USB-2"
    shutil.copytree(office.stick, other)
    one = office.starts("may-1", 1)
    two = office.starts("may-2", 1, other)
    assert one.areas.work.journal == two.areas.work.journal
    first = on_the_lan(one)
    node = on_the_lan(two, known=(first.port,))
    assert until(lambda: any(place.code for place in node.book.all()))
    assert [place.code for place in node.book.all()] == ["forked"]
    node.close()
    parcels = [
        program.exchange.export_file(str(stick)).path
        for program, stick in ((one, office.stick), (two, other))
    ]
    two.close()
    assert office.ask("bundle", "in", parcels[0])["parked"] == []
    assert (
        hub_cli.main(["--folder", str(office.folder / "hub"), "bundle", "in", parcels[1]]) == hub_cli.REFUSED
    )

    settings = office.settings("may-2")
    set_aside(settings)
    back = office.starts("may-2", 2, other)
    assert list(settings.paths.home.glob("store-before-*.db")), "what was done there is kept"
    on_the_lan(back, known=(first.port,))
    assert until(lambda: one.neighbours.held().covers(back.areas.work.journal, 1))
