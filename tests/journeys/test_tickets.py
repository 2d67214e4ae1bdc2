"""A printer jams while the line is down: a ticket, its bundle and the answer; the province asks a PC.

The clerk tells it without a line and gets a slip; it leaves by itself, the bundle follows as a file, the
province reads both and answers; the answer stands at the other counter too. The province asks one PC for its
self-test: the other one does not do it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.ports.tickets import TicketForm
from counter_app.services.technician.tickets.afar import QUIET_MS, AfarDesk
from counter_app.services.technician.tickets.port import TicketsArea
from counter_app.settings import PASSPHRASE_VARIABLE
from sync.client.attachments import MORE
from sync.hub import cli as hub_cli
from sync.hub.hub import Hub
from sync.hub.reading.fleet import fleet
from sync.protocol.naming.ids import device_of
from tests.support import canaries
from tests.support.practice import practice_world, take_in

HERE, THERE = 0, 1
FORM = TicketForm("copies", "in lời chứng cho 3 bản sao\nmáy in kẹt giấy, báo E05")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeWorld]:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    with practice_world(tmp_path, 2) as made:
        yield made


def hub_says(world: PracticeWorld, capsys: pytest.CaptureFixture[str], *words: str) -> object:
    capsys.readouterr()
    code = hub_cli.main(["--folder", str(world.hub_folder), "--json", *words])
    out = capsys.readouterr().out
    assert code == 0, out
    return json.loads(out)


def idle(world: PracticeWorld, counter: int) -> list[bool]:
    """A quiet minute at a counter, with its own desk of requests, turned by hand."""
    program = world.programs[counter]
    tickets = program.tickets
    assert isinstance(tickets, TicketsArea)
    ticks = iter([0, *[QUIET_MS + 1] * 100])
    desk = AfarDesk(tickets, lambda: next(ticks))
    return [desk.turn() for _ in range(3)]


def send_files(world: PracticeWorld, counter: int) -> None:
    files = world.programs[counter].files
    assert files is not None
    while files.step() == MORE:
        pass


def test_a_ticket_and_a_request(
    world: PracticeWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_in(world, "gks 1x2")
    program = world.programs[HERE]
    done = program.tickets.open_ticket(FORM)
    assert Path(done.slip).exists(), "no exchange yet in this run: offline"
    assert hub_says(world, capsys, "ticket", "list") == []

    world.settle()
    send_files(world, HERE)
    (row,) = hub_says(world, capsys, "ticket", "list")
    assert (row["number"], row["status"], row["screen"]) == (done.number, "open", "copies")
    target = tmp_path / "goi.zip"
    shown = hub_says(world, capsys, "ticket", "show", done.number, "--bundle", str(target))
    assert shown["words"] == FORM.words
    data = target.read_bytes()
    assert len(data) == shown["bundle_bytes"] < 1_000_000
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        whole = b"".join(file.read(name) for name in file.namelist())
    for personal in ("HOÀNG VĂN SƠN", "012086006812", "Nà Khan", "Mai", canaries.NAME):
        assert personal.encode() not in whole

    hub_says(world, capsys, "ticket", "answer", done.number, "Mở nắp sau, rút giấy kẹt")
    world.settle()
    for counter in (HERE, THERE):
        world.sign_in(people.CLERK, counter)
        (ticket,) = world.programs[counter].tickets.view().tickets
        assert (ticket.status, ticket.answers[0][1]) == ("answered", "Mở nắp sau, rút giấy kẹt")
        reminders = [words for _, words in world.programs[counter].home.home().reminders]
        assert any(done.number in words for words in reminders)

    device = device_of(program.areas.work.journal)
    hub_says(world, capsys, "ask", str(device), "doctor", "--words", "xem ổ đĩa")
    world.settle()
    assert world.programs[THERE].tickets.view().afar == ()
    assert idle(world, THERE) == [False] * 3
    (asked,) = program.tickets.view().afar
    assert (asked.waits, asked.why) == (True, "xem ổ đĩa")
    assert idle(world, HERE) == [True, False, False]
    world.settle()
    (answered,) = hub_says(world, capsys, "asked")
    assert answered["status"] == "done"
    with Hub.open(world.hub_folder) as hub, hub.database.read() as connection:
        said = {view.device: view.said for view in fleet(connection, ["00000"], hub.now())}
    assert said[device] is not None
    assert said[device].checked_at > 0
