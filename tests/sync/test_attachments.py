"""Files over TLS against the real hub: two counters, a real tus client, a hub killed in mid-upload."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.enrolment.device_keys import kept_keys
from counter_app.services.ports.founding import DelegationForm
from sync.client import internet
from sync.client.attachments import MORE, NOTHING, DeviceIdentity, FileExchange
from sync.client.file_line import Reply
from sync.client.internet import HubAddress, InternetLine
from sync.client.internet_files import InternetFileLine
from sync.client.transport import FAULT_CODES
from sync.hub.hub import Hub
from sync.protocol.meeting.attachment import PART_BYTES, open_attachment, seal_attachment, wire_name
from sync.protocol.meeting.file_pass import write_pass
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.practice import practice_world, take_in
from tests.unit.client.test_attachments import MemoryPort

UNIT = "00000"
MOST_STEPS = 100


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa"), counters=2) as made:
        yield made


def noisy(path: Path, side: int) -> str:
    """A scan that does not compress away."""
    Image.effect_noise((side, side), 120).save(path, "JPEG", quality=90)
    return str(path)


def record(world: PracticeWorld, scan: str, number: str) -> EntryId:
    """An act of delegation with its scan, at the first counter."""
    world.sign_in(people.CHAIRMAN)
    registrar = world.founded.officials[people.REGISTRAR]
    form = DelegationForm(
        registrar, number, 20261110, "uy_quyen", "TUQ.", "Công chức", ("copy",), 20261116, 20261231, scan
    )
    return world.programs[0].founding.delegate(form)


def step_all(program: RunningProgram) -> list[str]:
    """Parts until nothing waits."""
    assert program.files is not None
    codes = []
    for _ in range(MOST_STEPS):
        codes.append(program.files.step())
        if codes[-1] == NOTHING:
            return codes
        assert codes[-1] == MORE, codes
    raise AssertionError(codes)


def figures(program: RunningProgram) -> tuple[int, int]:
    status = program.exchange.status()
    return status.files_sent, status.files_waiting


def test_the_scan_of_an_act_reaches_the_other_counter_by_way_of_the_province(
    world: PracticeWorld, tmp_path: Path
) -> None:
    first, second = world.programs
    (sent, waited), fetched = figures(first), figures(second)
    scan = noisy(tmp_path / "qd.jpg", 400)
    act = record(world, scan, "71/QĐ-UBND")
    world.settle()
    world.sign_in(people.CLERK, 1)
    with pytest.raises(DomainError) as caught:
        second.officials.act_pages(act)
    assert caught.value.words("vi").meaning == "Tệp nằm ở máy QUẦY-01; sẽ tải khi có đường truyền."
    assert step_all(second)[-3:] == [MORE, MORE, NOTHING], "asked for, not there yet"
    assert figures(first) == (sent, waited), "no part left yet, nobody looked"
    parts = -(-Path(scan).stat().st_size // PART_BYTES)
    assert len(step_all(first)) <= parts + 4
    assert figures(first) == (sent + 1, 0)
    with pytest.raises(DomainError) as caught:
        second.officials.act_pages(act)
    assert caught.value.words("vi").meaning.startswith("Máy QUẦY-01 chưa gửi tệp về tỉnh")
    step_all(second)
    (page,) = second.officials.act_pages(act)
    assert page.startswith(b"\x89PNG")
    assert figures(second) == fetched, "what was fetched is not what this PC has to send"
    kept = second.areas.work.kept_files("acts")
    assert kept.get(hashlib.sha256(Path(scan).read_bytes()).hexdigest()) == Path(scan).read_bytes()
    assert not list((second.areas.work.papers_folder.with_name("incoming")).iterdir())


def test_a_record_committed_while_a_scan_goes_up_leaves_after_at_most_one_part(
    world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program's own loop and engine; the transports tell what left, and an act is made in mid-part."""
    program = world.programs[0]
    sent_before, _ = figures(program)
    record(world, noisy(tmp_path / "lon.jpg", 1_100), "72/QĐ-UBND")
    order: list[tuple[str, int]] = []
    through = threading.Event()
    ask, send = InternetFileLine.ask, InternetLine.send

    def asked(
        self: InternetFileLine, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Reply:
        order.append((method, len(body)))
        if method == "PATCH" and sum(one[0] == "PATCH" for one in order) == 3:
            take_in(world, "gks 1x2")  # a clerk does not wait for a part
            assert program.exchange.status().waiting > 0
        reply = ask(self, method, path, headers, body)
        if reply.headers.get("upload-offset") == reply.headers.get("upload-length", ""):
            through.set()
        return reply

    def left(self: InternetLine, request: bytes) -> bytes:
        order.append(("records", program.exchange.status().waiting))
        return send(self, request)

    monkeypatch.setattr(InternetFileLine, "ask", asked)
    monkeypatch.setattr(InternetLine, "send", left)
    program.exchange_in_background()
    assert through.wait(30)
    assert program.loop is not None
    program.loop.end()
    patches = [place for place, (kind, _) in enumerate(order) if kind == "PATCH"]
    assert len(patches) > 4
    kind, waited = order[patches[2] + 1]
    assert (kind, waited > 0) == ("records", True), order
    assert program.exchange.status().waiting == 0
    assert figures(program) == (sent_before + 1, 0)


def identity(program: RunningProgram, hub_key: bytes) -> DeviceIdentity:
    work = program.areas.work
    with work.store.read() as connection:
        keys = kept_keys(connection, work.journal, work.device_secret)
    assert keys is not None
    return DeviceIdentity(UNIT, work.journal, keys.signing, hub_key)


def newest_key(world: PracticeWorld) -> UnitKey:
    with Hub.open(world.hub_folder, practice=True) as hub:
        key = hub.unit_key(UNIT)
    assert key is not None
    return key


@pytest.mark.parametrize("chunk", [PART_BYTES, 200_000])
def test_tuspy_sends_a_file(
    world: PracticeWorld, tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = newest_key(world)
    data = os.urandom(150_000)
    name = wire_name(key, hashlib.sha256(data).digest())
    file = tmp_path / "sealed"
    file.write_bytes(seal_attachment(data, key))
    authority = tmp_path / "authority.pem"
    authority.write_text(world.server.authority_pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))  # tuspy hands no path on to its PATCH
    who = identity(world.programs[0], world.server.public_key)
    shown = write_pass(who.unit, who.journal, time.time_ns() // 10**6, who.key, who.hub_key)
    client = TusClient(f"{world.server.url}/v1/files", headers={"Authorization": shown})
    options = {"chunk_size": chunk, "metadata": {"name": name}}
    uploader = client.uploader(str(file), upload_checksum=True, **options)
    uploader.upload_chunk()
    # As after a cut: a new one asks for the offset and goes on from there.
    again = client.uploader(str(file), url=uploader.url, upload_checksum=True, **options)
    assert again.offset == min(chunk, file.stat().st_size)
    again.upload()
    kept = world.hub_folder / "files" / UNIT / f"{name}.mca"
    assert open_attachment(kept.read_bytes(), UNIT, {key.version: key})[1] == data
    stranger = TusClient(f"{world.server.url}/v1/files", headers={"Authorization": "Counter 00000.1.1.x"})
    with pytest.raises(TusCommunicationError):
        stranger.uploader(str(file), **options).upload()


def test_a_hub_killed_in_mid_upload_never_claims_more_than_its_disk_has(world: PracticeWorld) -> None:
    data = os.urandom(700_000)
    key = newest_key(world)
    port = MemoryPort(key)
    digest = port.add(data)
    who = identity(world.programs[1], world.server.public_key)
    files = world.hub_folder / "files"

    def send(kill_after: int) -> str:
        line = InternetFileLine(HubAddress(world.server.url, world.server.authority_pem), 5.0)
        exchange = FileExchange(port, line, who, lambda: time.time_ns() // 10**6)
        steps = 0
        while (code := exchange.step().code) == MORE:
            steps += 1
            if steps == kill_after:
                threading.Timer(0.0, os.kill, (world.server.pid, signal.SIGKILL)).start()
        exchange.close()
        return code

    command = world.server._command  # the same port again: counters know no other
    command[command.index("--port") + 1] = str(world.server.port)
    assert send(4) in FAULT_CODES
    world.server.stop()
    part = files / "uploads" / f"{wire_name(key, digest)}-{who.journal}.part"
    assert part.stat().st_size >= port.offsets[digest] > 0
    world.server.start()
    assert send(0) == NOTHING
    assert port.done == [digest]
    kept = files / UNIT / f"{wire_name(key, digest)}.mca"
    assert open_attachment(kept.read_bytes(), UNIT, {key.version: key})[1] == data


def test_the_watchdog_is_that_of_the_records() -> None:
    assert InternetFileLine(HubAddress("http://127.0.0.1:9", ""))._timeout == internet.NO_PROGRESS_S == 10.0
