"""The hub's folder says where systems are; the thread takes turns; commands show log and standing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from resources import load
from sync.hub import cli
from sync.hub.lookups import running
from sync.hub.lookups.running import FILE_NAME, MAPPING_NAME, LookupThread, desk_of
from sync.hub.lookups.tables import lookup_log
from tests.support import national_systems as sim
from tests.support.national_systems import simulated
from tests.unit.domain.lookups.asked import PARTY
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.lookups.desk_world import TRUE, Office


@pytest.fixture
def office(hub: Any, clock: Clock, counter: Commune) -> Iterator[Office]:
    with simulated() as systems:
        systems.people = {"population": {PARTY.id_number: dict(TRUE)}}
        made = Office(hub, clock, counter, systems)
        made.give_right()
        made.ask()
        counter.sync()
        yield made


def tells(office: Office, **more: object) -> Path:
    """The folder names one system."""
    folder = office.hub.folder
    assert folder is not None
    told = {"population": {"address": office.systems.address, **more}}
    (folder / FILE_NAME).write_text(json.dumps(told), "utf-8")
    return folder


def test_without_the_file_nothing_is_asked(office: Office) -> None:
    folder = office.hub.folder
    assert folder is not None
    assert desk_of(office.hub, folder) is None


def test_a_province_s_own_mapping_stands_before_the_shipped_one(office: Office) -> None:
    folder = tells(office)
    names = json.loads(load.lookup_mapping())
    names["systems"]["population"]["by"] = "canBo"
    (folder / MAPPING_NAME).write_text(json.dumps(names), "utf-8")
    desk = desk_of(office.hub, folder)
    assert desk is not None
    assert desk.turn().answered == 1
    assert "canBo" in office.systems.asked[0][1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"tax": {"address": "https://x"}}', "no mapping for tax"),
        ('{"population": {"address": "ftp://x"}}', "https"),
        ('{"population": {"url": "https://x"}}', "url"),
        ("[]", "object"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(hub: Any, content: str, words: str) -> None:
    (hub.folder / FILE_NAME).write_text(content, "utf-8")
    with pytest.raises(ValueError, match=words):
        desk_of(hub, hub.folder)


def test_the_thread_takes_turns_survives_an_error_and_ends(office: Office, monkeypatch) -> None:
    tells(office)
    failed, dropped = threading.Event(), threading.Event()
    real = running.desk_of

    def at_first_broken(*given: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise OSError("the disk is away")
        return real(*given)

    monkeypatch.setattr(running, "desk_of", at_first_broken)
    monkeypatch.setattr(running, "drop_expired", lambda _hub: dropped.set())
    thread = LookupThread(office.hub, pause=0.01)
    thread.start()
    assert dropped.wait(10)
    thread.stop()
    assert failed.is_set()
    assert len(office.systems.asked) == 1


def test_a_thread_that_never_began_is_stopped(hub: Any) -> None:
    LookupThread(hub).stop()


def run(capsys: pytest.CaptureFixture[str], office: Office, *words: str) -> tuple[int, Any]:
    """One command: exit code and what it printed."""
    code = cli.main(["--folder", str(office.hub.folder), "--json", "lookups", *words])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.hub_file
def test_the_command_line_puts_questions_and_shows_the_log(office: Office, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sync.hub.hub.wall_clock", office.clock)
    assert run(capsys, office, "turn")[0] == 3
    tells(office)
    monkeypatch.setattr(running, "LookupDesk", _at_clock(office))
    assert run(capsys, office, "turn") == (0, {"put": 1, "answered": 1, "vain": 0, "dropped": 0})
    code, rows = run(capsys, office, "log", "--day", "20261120")
    assert code == 0
    assert [(row["system"], row["purpose"], row["outcome"]) for row in rows] == [
        ("population", "9.000001", "same")
    ]
    assert run(capsys, office, "standing")[1][0]["standing"] == "ok"
    code, days = run(capsys, office, "digests")
    assert (code, days[0]["day"], len(days[0]["digest"])) == (0, 20261120, 64)
    with office.hub.database.write() as connection:
        connection.execute(update(lookup_log).values(outcome="different"))
    assert run(capsys, office, "digests")[0] == 1


def _at_clock(office: Office) -> Any:
    """A desk whose hub has the test's clock: the command opens one of its own."""

    def made(hub: Any, *given: Any) -> Any:
        hub._now = office.clock
        return original(hub, *given)

    original = running.LookupDesk
    return made


def test_a_slow_system_is_told_as_slow(office: Office) -> None:
    """The clock goes on while the system thinks; two such calls in a row are told to the unit."""
    system = office.systems.system("population")

    class Thinking:
        def ask(self, question: Any) -> Any:
            office.clock.at += 9_000
            return system.ask(question)

    office.desk._systems = {"population": Thinking()}
    for _ in range(2):
        office.desk.turn()
        office.ask()
        office.counter.sync()
    office.ask()
    office.desk.turn()
    office.counter.sync()
    with office.counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT system, standing FROM lookup_systems").all()
    assert [tuple(row) for row in rows] == [("population", "slow")]


def test_an_outage_of_one_system_is_none_of_another(office: Office) -> None:
    office.systems.fault["civil_status"] = sim.DOWN
    assert office.desk.turn().answered == 1
