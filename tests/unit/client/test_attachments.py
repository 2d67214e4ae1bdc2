"""Files a part at a time, against the hub's own route: cuts anywhere, wrong clocks, refusals, fetching."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from sync.client.attachments import (
    MORE,
    NOTHING,
    REFUSED,
    DeviceIdentity,
    FileExchange,
    Incoming,
    Outgoing,
)
from sync.client.engine import BUDGET_SPENT
from sync.client.file_line import Reply
from sync.client.pacing import ByteBudget
from sync.client.transport import CutOff, Garbled, HubFailed
from sync.hub.attachments.folder import FileFolder
from sync.hub.hub import Hub
from sync.protocol.meeting.attachment import PART_BYTES, open_attachment, seal_attachment, wire_name
from sync.protocol.naming.unit_keys import UnitKey
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.files_by_hand import Hands

SCAN = bytes(range(256)) * 500  # 128,000 bytes: four parts
SALT = bytes(32)


class RouteLine:
    """The hub's route without a socket; ``before`` and ``after`` may raise what a line raises."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.asked: list[tuple[str, str, int]] = []
        self.before: Callable[[int], None] = lambda _: None
        self.after: Callable[[int], None] = lambda _: None
        self.bend: Callable[[Reply], Reply] = lambda reply: reply

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        self.asked.append((method, path, len(body)))
        count = len(self.asked)
        self.before(count)
        told = {name.lower().replace("-", "_"): value for name, value in headers.items()}
        if "tus_resumable" not in told:
            told["tus_resumable"] = ""
        answer = Hands(self.hub, None).ask(method, f"/v1/files{path}", body, **told)
        self.after(count)
        return self.bend(Reply(answer.status, answer.headers, answer.body))

    def close(self) -> None:
        pass


class MemoryPort:
    """Files in memory, as a counter would keep them."""

    def __init__(self, key: UnitKey) -> None:
        self.key = key
        self.out: dict[bytes, bytes] = {}
        self.offsets: dict[bytes, int] = {}
        self.done: list[bytes] = []
        self.codes: list[str] = []
        self.wanted: bytes | None = None
        self.names: tuple[str, ...] = ()
        self.got = bytearray()
        self.length = -1
        self.missing: list[bytes] = []

    def add(self, data: bytes) -> bytes:
        digest = hashlib.sha256(data).digest()
        self.out[digest] = seal_attachment(data, self.key, SALT)
        self.offsets[digest] = 0
        return digest

    def next_out(self) -> Outgoing | None:
        for digest, sealed in self.out.items():
            return Outgoing(digest, wire_name(self.key, digest), len(sealed), self.offsets[digest])
        return None

    def part(self, digest: bytes, offset: int, count: int) -> bytes | None:
        return self.out[digest][offset : offset + count]

    def moved(self, digest: bytes, offset: int) -> None:
        self.offsets[digest] = offset

    def sent(self, digest: bytes) -> None:
        self.done.append(digest)
        self.out.pop(digest)

    def refused(self, digest: bytes, code: str) -> None:
        self.codes.append(code)
        self.out.pop(digest)

    def next_in(self) -> Incoming | None:
        return None if self.wanted is None else Incoming(self.wanted, self.names, len(self.got))

    def came(self, digest: bytes, offset: int, data: bytes, length: int) -> None:
        self.got[offset:] = data
        self.length = length
        if length and len(self.got) == length:
            self.wanted = None

    def absent(self, digest: bytes) -> None:
        self.missing.append(digest)
        self.wanted = None


class Side:
    """One device's files: port, line, exchange."""

    def __init__(self, hub: Hub, who: Commune, budget: ByteBudget | None = None) -> None:
        key = hub.unit_key(who.unit)
        assert key is not None
        self.port, self.line, self.clock = MemoryPort(key), RouteLine(hub), who.clock
        self.ahead = 0
        self.device = DeviceIdentity(who.unit, who.journal, who.device_key, hub.public_key)
        self.budget = budget
        self.exchange = self.new()

    def new(self) -> FileExchange:
        return FileExchange(self.port, self.line, self.device, lambda: self.clock() + self.ahead, self.budget)

    def until_nothing(self, most: int = 60) -> list[str]:
        codes = []
        for _ in range(most):
            codes.append(self.exchange.step().code)
            if codes[-1] == NOTHING:
                return codes
        raise AssertionError(codes)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Hub.open(tmp_path / "hub", practice=True, now=Clock(), durable=False) as opened:
        opened.add_unit("00000", "Xã tập huấn")
        yield opened


@pytest.fixture
def commune(hub: Hub, tmp_path: Path) -> Iterator[Commune]:
    made = Commune(hub, tmp_path, "00000", hub._now, 1)  # type: ignore[arg-type]
    made.sync()
    yield made
    made.close()


@pytest.fixture
def side(hub: Hub, commune: Commune) -> Side:
    return Side(hub, commune)


def whole(hub: Hub, digest: bytes) -> bytes:
    key = hub.unit_key("00000")
    assert key is not None
    assert hub.folder is not None
    path = hub.folder / "files" / "00000" / f"{wire_name(key, digest)}.mca"
    return open_attachment(path.read_bytes(), "00000", {key.version: key})[1]


def test_a_file_goes_up_one_part_at_a_time(hub: Hub, side: Side) -> None:
    digest = side.port.add(SCAN)
    assert side.until_nothing() == [MORE] * 5 + [NOTHING]
    rest = len(seal_attachment(SCAN, side.port.key)) - 3 * PART_BYTES
    parts = [("PATCH", PART_BYTES)] * 3
    asked = [(method, size) for method, _, size in side.line.asked]
    assert asked == [("POST", 0), *parts, ("PATCH", rest)]
    assert side.port.done == [digest]
    assert whole(hub, digest) == SCAN


def test_a_file_the_province_has_costs_one_request(hub: Hub, side: Side) -> None:
    side.port.add(SCAN)
    side.until_nothing()
    side.line.asked.clear()
    side.port.add(SCAN)
    side.until_nothing()
    assert [method for method, _, _ in side.line.asked] == ["POST"]


@pytest.mark.parametrize("lost", ["request", "answer"])
@pytest.mark.parametrize("at", range(1, 6))
def test_cut_at_any_request_it_goes_on_from_what_the_hub_holds(
    hub: Hub, side: Side, lost: str, at: int
) -> None:
    digest = side.port.add(SCAN)

    def cut(count: int) -> None:
        if count == at:
            raise CutOff("cut")

    setattr(side.line, "before" if lost == "request" else "after", cut)
    codes = side.until_nothing()
    assert codes.count(CutOff.code) == 1
    assert whole(hub, digest) == SCAN
    bytes_out = sum(size for _, _, size in side.line.asked)
    again = bytes_out - len(seal_attachment(SCAN, side.port.key, SALT))
    assert again <= (PART_BYTES if lost == "request" else 0)


def test_a_new_start_asks_for_the_offset_and_sends_no_part_twice(side: Side) -> None:
    side.port.add(SCAN)
    for _ in range(3):
        side.exchange.step()
    side.exchange = side.new()
    side.line.asked.clear()
    side.until_nothing()
    assert [method for method, _, _ in side.line.asked] == ["HEAD", "PATCH", "PATCH"]


def test_a_hub_that_lost_bytes_is_given_them_again(hub: Hub, side: Side) -> None:
    digest = side.port.add(SCAN)
    for _ in range(3):
        side.exchange.step()
    assert hub.folder is not None
    kept = FileFolder(hub.folder)
    (upload,) = kept.parts()
    kept.write_part(upload, PART_BYTES, b"")
    side.until_nothing()
    assert whole(hub, digest) == SCAN


def test_a_hub_that_forgot_the_upload_is_given_it_from_the_start(hub: Hub, side: Side) -> None:
    digest = side.port.add(SCAN)
    for _ in range(3):
        side.exchange.step()
    for method, path, _ in list(side.line.asked):
        if method == "PATCH":
            side.exchange._ask("DELETE", path)
            break
    side.until_nothing()
    assert whole(hub, digest) == SCAN


def test_a_flat_battery_learns_the_hubs_clock(hub: Hub, side: Side) -> None:
    side.ahead = -15 * 365 * 86_400_000
    digest = side.port.add(b"small")
    side.until_nothing()
    assert whole(hub, digest) == b"small"
    assert len(side.line.asked) == 3  # refused, created, sent


def test_a_revoked_device_stops_asking(hub: Hub, side: Side, commune: Commune) -> None:
    hub.revoke(commune.journal)
    side.port.add(SCAN)
    step = side.exchange.step()
    assert (step.code, step.detail) == (REFUSED, "revoked")


def test_what_the_hub_takes_for_no_file_is_told(side: Side) -> None:
    digest = side.port.add(SCAN)
    sealed = side.port.out[digest]
    side.port.out[digest] = sealed[:-1] + bytes([sealed[-1] ^ 1])
    side.until_nothing()
    assert side.port.codes == ["damaged"]


def test_a_hub_that_fails_is_a_fault_of_the_line(side: Side) -> None:
    side.port.add(SCAN)

    def failing(_: int) -> None:
        raise HubFailed("503")

    side.line.before = failing
    assert side.exchange.step().code == HubFailed.code


@pytest.mark.parametrize("headers", [{}, {"upload-offset": "x"}, {"upload-offset": "999999999"}])
def test_an_answer_that_cannot_be_is_garbled(side: Side, headers: dict[str, str]) -> None:
    side.port.add(SCAN)
    side.line.bend = lambda reply: reply._replace(headers=headers)
    assert side.exchange.step().code == Garbled.code
    assert side.port.done == []


def test_the_days_budget_counts_parts_too(hub: Hub, commune: Commune) -> None:
    side = Side(hub, commune, ByteBudget(PART_BYTES + 1_000))
    side.port.add(SCAN)
    codes = [side.exchange.step().code for _ in range(4)]
    assert codes == [MORE, MORE, BUDGET_SPENT, BUDGET_SPENT]


class TestFetching:
    @pytest.fixture
    def kept(self, side: Side) -> bytes:
        digest = side.port.add(SCAN)
        side.until_nothing()
        side.line.asked.clear()
        return digest

    def test_it_comes_in_parts_and_before_what_waits_to_leave(self, side: Side, kept: bytes) -> None:
        side.port.wanted, side.port.names = kept, (wire_name(side.port.key, kept),)
        side.port.add(b"something else")
        side.until_nothing()
        assert [method for method, _, _ in side.line.asked][:4] == ["GET"] * 4
        assert open_attachment(bytes(side.port.got), "00000", {1: side.port.key})[1] == SCAN

    def test_cut_anywhere_it_goes_on_from_what_is_here(self, side: Side, kept: bytes) -> None:
        side.port.wanted, side.port.names = kept, (wire_name(side.port.key, kept),)

        def cut(count: int) -> None:
            if count % 2:
                raise CutOff("cut")

        side.line.after = cut
        side.until_nothing()
        assert open_attachment(bytes(side.port.got), "00000", {1: side.port.key})[1] == SCAN

    def test_names_under_older_keys_are_tried_then_it_is_absent(self, side: Side, kept: bytes) -> None:
        side.port.wanted, side.port.names = kept, ("ab" * 32, wire_name(side.port.key, kept))
        side.until_nothing()
        assert side.port.length > len(SCAN)
        side.port.wanted, side.port.names, side.port.got = b"x" * 32, ("ab" * 32, "cd" * 32), bytearray()
        side.until_nothing()
        assert side.port.missing == [b"x" * 32]

    def test_a_file_that_became_shorter_begins_anew(self, side: Side, kept: bytes) -> None:
        side.port.wanted, side.port.names = kept, (wire_name(side.port.key, kept),)
        side.port.got = bytearray(len(SCAN) + 5_000)
        side.exchange.step()
        assert side.port.length == 0

    @pytest.mark.parametrize(
        "value", ["", "bytes 0-9", "bytes 5-9/100", "bytes 0-9/x", "bytes 0-9/5", "bytes 0-1/99999999999"]
    )
    def test_another_piece_than_was_asked_for_is_garbled(self, side: Side, kept: bytes, value: str) -> None:
        side.port.wanted, side.port.names = kept, (wire_name(side.port.key, kept),)
        side.line.bend = lambda reply: reply._replace(headers={"content-range": value})
        assert side.exchange.step().code == Garbled.code
        assert not side.port.got
