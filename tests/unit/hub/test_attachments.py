"""The hub's files: tus by hand, offsets that are never more than the disk, who may, what is swept."""

from __future__ import annotations

import base64
import hashlib
import itertools
from pathlib import Path

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.organisation.entries import DelegationRecorded
from sync.hub import cli
from sync.hub.attachments import beside, uploads
from sync.hub.attachments import folder as folders
from sync.hub.attachments.asking import Asker
from sync.hub.attachments.folder import FileFolder
from sync.hub.attachments.giving import MOST_AT_ONCE
from sync.hub.attachments.serving import MOST_IN_A_PATCH
from sync.hub.attachments.sweeping import DAY_MS, rows, sweep
from sync.hub.backup import back_up, restore
from sync.hub.clock import note_met
from sync.hub.hub import Hub
from sync.protocol.meeting.attachment import MAX_SEALED_BYTES, open_attachment, wire_name
from sync.protocol.meeting.file_pass import GOOD_FOR_MS
from sync.protocol.naming.ids import SELF
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.conftest import NewCommune
from tests.unit.hub.files_by_hand import OCTETS, PART, Hands, sealed_for

SCAN = bytes(range(256)) * 300  # 76,800 bytes: two parts and a rest


@pytest.fixture
def device(counter: Commune) -> Commune:
    counter.sync()
    return counter


@pytest.fixture
def hands(hub: Hub, device: Commune) -> Hands:
    return Hands(hub, device)


def place_of(hub: Hub) -> Path:
    assert hub.folder is not None
    return hub.folder / "files"


def test_options_say_what_the_server_can_without_a_pass(hub: Hub) -> None:
    answer = Hands(hub, None).ask("OPTIONS", "/v1/files")
    assert answer.status == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,checksum,termination"
    assert int(answer.headers["tus-max-size"]) == MAX_SEALED_BYTES


def test_a_file_goes_up_in_parts_and_comes_down_in_ranges(hub: Hub, hands: Hands) -> None:
    sealed, name, key = sealed_for(hub, SCAN)
    created = hands.create(name, len(sealed))
    assert (created.status, created.offset) == (201, 0)
    place = created.headers["location"]
    for offset in range(0, len(sealed), PART):
        assert hands.ask("HEAD", place).offset == offset
        assert hands.patch(place, offset, sealed[offset : offset + PART]).status == 204
    assert hands.ask("HEAD", place).offset == len(sealed)
    assert (place_of(hub) / "00000" / f"{name}.mca").read_bytes() == sealed
    assert not list((place_of(hub) / "uploads").iterdir())
    whole = hands.ask("GET", f"/v1/files/{name}")
    assert (whole.status, whole.body) == (200, sealed)
    piece = hands.ask("GET", f"/v1/files/{name}", range="bytes=100-199")
    assert (piece.status, piece.body) == (206, sealed[100:200])
    assert piece.headers["content-range"] == f"bytes 100-199/{len(sealed)}"
    rest = hands.ask("GET", f"/v1/files/{name}", range=f"bytes={len(sealed) - 5}-")
    assert rest.body == sealed[-5:]
    assert hands.ask("GET", f"/v1/files/{name}", range=f"bytes={len(sealed)}-").status == 416
    assert open_attachment(whole.body, "00000", {key.version: key})[1] == SCAN


def test_a_file_that_is_here_is_not_sent_twice(hub: Hub, hands: Hands, counters: NewCommune) -> None:
    sealed, name, _ = sealed_for(hub, SCAN)
    hands.send(sealed, name)
    sibling = counters()
    sibling.sync()
    again = Hands(hub, sibling).create(name, len(sealed))
    assert (again.status, again.offset) == (201, len(sealed))
    assert Hands(hub, sibling).ask("HEAD", again.headers["location"]).offset == len(sealed)


def test_an_upload_begun_again_goes_on_where_it_was(hub: Hub, hands: Hands) -> None:
    sealed, name, _ = sealed_for(hub, SCAN)
    place = hands.create(name, len(sealed)).headers["location"]
    hands.patch(place, 0, sealed[:PART])
    again = hands.create(name, len(sealed))
    assert (again.status, again.headers["location"], again.offset) == (201, place, PART)
    assert hands.create(name, len(sealed) + 1).status == 409


def test_two_devices_send_one_file_and_neither_spoils_the_other(
    hub: Hub, hands: Hands, counters: NewCommune
) -> None:
    sibling = counters()
    sibling.sync()
    other = Hands(hub, sibling)
    (mine, name, _), (theirs, _, _) = sealed_for(hub, SCAN), sealed_for(hub, SCAN)
    assert mine != theirs
    one, two = (who.create(name, len(mine)).headers["location"] for who in (hands, other))
    for offset in range(0, len(mine), PART):
        assert hands.patch(one, offset, mine[offset : offset + PART]).status == 204
        assert other.patch(two, offset, theirs[offset : offset + PART]).status == 204
    assert (place_of(hub) / "00000" / f"{name}.mca").read_bytes() == mine
    assert not list((place_of(hub) / "uploads").iterdir())


class TestOffsets:
    """What an offset claims is on the disk."""

    @pytest.fixture
    def begun(self, hub: Hub, hands: Hands) -> tuple[str, bytes, Path]:
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        hands.patch(place, 0, sealed[:PART])
        return place, sealed, place_of(hub) / "uploads" / f"{place.rpartition('/')[2]}.part"

    def test_another_offset_is_a_conflict_and_changes_nothing(
        self, hands: Hands, begun: tuple[str, bytes, Path]
    ) -> None:
        place, sealed, part = begun
        for offset in (0, PART - 1, PART + 1, 2 * PART):
            assert hands.patch(place, offset, b"x" * 9).status == 409
        assert part.read_bytes() == sealed[:PART]
        assert hands.ask("HEAD", place).offset == PART

    def test_bytes_beyond_the_length_are_refused_whole(
        self, hands: Hands, begun: tuple[str, bytes, Path]
    ) -> None:
        place, sealed, part = begun
        assert hands.patch(place, PART, sealed[PART:] + b"x").status == 413
        assert part.stat().st_size == PART

    def test_a_part_cut_off_inside_is_forgotten(self, hands: Hands, begun: tuple[str, bytes, Path]) -> None:
        place, sealed, part = begun
        cut = hands.ask(
            "PATCH", place, sealed[PART : PART + 900], cut=True, upload_offset=str(PART), content_type=OCTETS
        )
        assert cut.status == 0
        assert (part.stat().st_size, hands.ask("HEAD", place).offset) == (PART, PART)

    def test_killed_between_write_and_answer_the_offset_is_the_flushed_one(
        self, hub: Hub, hands: Hands, begun: tuple[str, bytes, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, sealed, part = begun

        class Killed(BaseException):
            pass

        written = FileFolder.write_part

        def die(self: FileFolder, upload: str, offset: int, data: bytes) -> None:
            written(self, upload, offset, data)
            raise Killed

        monkeypatch.setattr(FileFolder, "write_part", die)
        with pytest.raises(Killed):
            hands.patch(place, PART, sealed[PART : 2 * PART])
        monkeypatch.undo()
        assert part.stat().st_size == 2 * PART  # on the disk, and told to nobody
        assert hands.ask("HEAD", place).offset == PART
        for offset in range(PART, len(sealed), PART):
            assert hands.patch(place, offset, sealed[offset : offset + PART]).status == 204
        assert hands.ask("HEAD", place).offset == len(sealed)

    def test_a_file_shorter_than_its_row_counts_as_it_is(
        self, hands: Hands, begun: tuple[str, bytes, Path]
    ) -> None:
        place, sealed, part = begun
        part.write_bytes(sealed[:100])
        assert hands.ask("HEAD", place).offset == 100
        for offset in range(100, len(sealed), PART):
            assert hands.patch(place, offset, sealed[offset : offset + PART]).status == 204

    def test_a_part_is_flushed_before_its_offset_is_told(
        self, hands: Hands, begun: tuple[str, bytes, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, sealed, part = begun
        flushed: list[int] = []
        monkeypatch.setattr(folders.os, "fsync", lambda handle: flushed.append(part.stat().st_size))
        assert hands.patch(place, PART, sealed[PART : 2 * PART]).offset == 2 * PART
        assert flushed == [2 * PART]

    def test_killed_between_the_last_name_and_its_row_it_is_finished_later(
        self, hub: Hub, hands: Hands, begun: tuple[str, bytes, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, sealed, part = begun

        class Killed(BaseException):
            pass

        finish = FileFolder.finish

        def die(self: FileFolder, *rest: str) -> None:
            finish(self, *rest)
            raise Killed

        hands.patch(place, PART, sealed[PART : 2 * PART])
        monkeypatch.setattr(FileFolder, "finish", die)
        with pytest.raises(Killed):
            hands.patch(place, 2 * PART, sealed[2 * PART :])
        monkeypatch.undo()
        assert not part.exists()
        assert hands.ask("HEAD", place).offset == len(sealed)
        name = place.rpartition("/")[2].partition("-")[0]
        assert hands.ask("GET", f"/v1/files/{name}").body == sealed

    def test_a_full_disk_is_said_and_nothing_moves(
        self, hands: Hands, begun: tuple[str, bytes, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, sealed, _ = begun

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(FileFolder, "write_part", full)
        assert hands.patch(place, PART, sealed[PART : 2 * PART]).status == 507
        monkeypatch.undo()
        assert hands.ask("HEAD", place).offset == PART


class TestChecksum:
    def test_a_right_one_is_taken_and_a_wrong_one_changes_nothing(self, hub: Hub, hands: Hands) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        part = sealed[:PART]
        for kind, made in (("sha256", hashlib.sha256), ("sha1", hashlib.sha1)):
            wrong = base64.b64encode(made(b"other").digest()).decode()
            assert hands.patch(place, 0, part, upload_checksum=f"{kind} {wrong}").status == 460
        assert hands.ask("HEAD", place).offset == 0
        right = base64.b64encode(hashlib.sha256(part).digest()).decode()
        assert hands.patch(place, 0, part, upload_checksum=f"sha256 {right}").offset == PART

    def test_a_kind_that_is_not_ours_or_no_base64_is_refused(self, hub: Hub, hands: Hands) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        for value, status in (("md5 aaaa", 400), ("sha256 ???", 400), ("sha256", 460)):
            assert hands.patch(place, 0, sealed[:9], upload_checksum=value).status == status
        assert hands.ask("HEAD", place).offset == 0


class TestWhole:
    """Only what opens under the unit's key and has its own name is kept."""

    def refused(self, hub: Hub, hands: Hands, sealed: bytes, name: str, code: str) -> None:
        answer = hands.send(sealed, name)
        assert answer.status == 422
        assert f'"code":"{code}"'.encode() in answer.body
        assert not list(place_of(hub).glob("*/*"))
        assert hands.create(name, len(sealed)).offset == 0  # from the beginning

    def test_a_changed_bit_is_refused(self, hub: Hub, hands: Hands) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        self.refused(hub, hands, sealed[:-1] + bytes([sealed[-1] ^ 1]), name, "damaged")

    def test_another_files_name_is_refused(self, hub: Hub, hands: Hands) -> None:
        sealed, _, key = sealed_for(hub, SCAN)
        other = wire_name(key, hashlib.sha256(b"another").digest())
        self.refused(hub, hands, sealed, other, "misnamed")

    def test_what_is_no_sealed_file_is_refused(self, hub: Hub, hands: Hands) -> None:
        self.refused(hub, hands, b"%PDF-1.7 in the clear", "ab" * 32, "not-ours")

    def test_a_file_that_is_whole_is_not_taken_back_and_one_under_way_is(
        self, hub: Hub, hands: Hands
    ) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        hands.patch(place, 0, sealed[:PART])
        assert hands.ask("DELETE", place).status == 204
        assert hands.ask("HEAD", place).status == 404
        assert not list((place_of(hub) / "uploads").iterdir())
        hands.send(sealed, name)
        assert hands.ask("DELETE", place).status == 403
        assert hands.ask("GET", f"/v1/files/{name}").status == 200


class TestWho:
    def test_without_a_pass_nothing_is_told(self, hub: Hub, hands: Hands) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        hands.send(sealed, name)
        nobody = Hands(hub, None)
        for method, path in itertools.product(("GET", "HEAD", "PATCH", "DELETE"), (name, f"{name}-1793")):
            assert nobody.ask(method, f"/v1/files/{path}").status == 401
        assert nobody.create(name, 100).status == 401

    def test_a_device_of_another_unit_finds_no_file(self, real: Hub, counters: NewCommune) -> None:
        mine, theirs = counters("03390", real), counters("03388", real)
        mine.sync()
        theirs.sync()
        sealed, name, _ = sealed_for(real, SCAN, "03390")
        hands, stranger = Hands(real, mine), Hands(real, theirs)
        place = hands.create(name, len(sealed)).headers["location"]
        hands.patch(place, 0, sealed[:PART])
        assert {stranger.ask(method, place).status for method in ("HEAD", "DELETE")} == {404}
        assert stranger.patch(place, PART, sealed[PART:]).status == 404
        for offset in range(PART, len(sealed), PART):
            hands.patch(place, offset, sealed[offset : offset + PART])
        assert hands.ask("GET", f"/v1/files/{name}").status == 200
        assert stranger.ask("GET", f"/v1/files/{name}").status == 404
        assert stranger.send(sealed, name).status == 422  # sealed for another unit

    def test_a_siblings_upload_is_not_ours(self, hub: Hub, hands: Hands, counters: NewCommune) -> None:
        sibling = counters()
        sibling.sync()
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        assert Hands(hub, sibling).ask("HEAD", place).status == 404

    def test_a_revoked_device_is_refused(self, hub: Hub, hands: Hands, device: Commune) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        hands.send(sealed, name)
        hub.revoke(device.journal)
        answer = hands.ask("GET", f"/v1/files/{name}")
        assert (answer.status, b'"revoked"' in answer.body) == (403, True)
        assert hands.create(name, 100).status == 403

    def test_a_device_that_never_enrolled_is_refused(self, hub: Hub, counters: NewCommune) -> None:
        assert Hands(hub, counters()).create("ab" * 32, 100).status == 401

    def test_a_clock_that_is_wrong_is_told_the_hubs(self, hub: Hub, hands: Hands, clock: Clock) -> None:
        hands.at = clock.at - GOOD_FOR_MS - 1
        answer = hands.create("ab" * 32, 100)
        assert (answer.status, b"pass-stale" in answer.body) == (401, True)
        hands.at = int(answer.headers["hub-clock"])
        assert hands.create("ab" * 32, 100).status == 201

    def test_a_pass_for_another_device_is_refused(self, hub: Hub, hands: Hands, counters: NewCommune) -> None:
        sibling = counters()
        sibling.sync()
        forged = hands.pass_value().replace(f".{hands.who.journal}.", f".{sibling.journal}.")
        assert hands.ask("HEAD", "/v1/files/x", authorization=forged).status == 401


WRONG: list[tuple[str, str, dict[str, str], int]] = [
    ("PATCH", "/v1/files/x", {"tus_resumable": "0.2.2"}, 412),
    ("HEAD", "/v1/files/x", {"tus_resumable": ""}, 412),
    ("PATCH", "/v1/files/x", {"content_type": "text/plain"}, 415),
    ("PATCH", "/v1/files/x", {"content_type": OCTETS}, 400),
    ("PATCH", "/v1/files/x", {"content_type": OCTETS, "upload_offset": "-1"}, 400),
    ("PATCH", "/v1/files/x", {"content_type": OCTETS, "upload_offset": "1e3"}, 400),
    ("PATCH", "/v1/files/x", {"content_type": OCTETS, "upload_offset": "0"}, 404),
    ("POST", "/v1/files", {"upload_length": "10"}, 400),
    ("POST", "/v1/files", {"upload_length": "10", "upload_metadata": "name ÿÿÿ"}, 400),
    ("POST", "/v1/files", {"upload_length": "10", "upload_metadata": "name Li4vLi4="}, 400),
    ("POST", "/v1/files", {"upload_length": "10", "upload_metadata": "n " + "a" * 2_000}, 400),
    ("POST", "/v1/files", {"upload_defer_length": "1"}, 400),
    ("POST", "/v1/files/x", {}, 405),
    ("PUT", "/v1/files/x", {}, 405),
    ("GET", "/v1/files", {}, 405),
    ("GET", "/v1/files/../../province.keys", {}, 404),
    ("HEAD", "/v1/files/../../province.keys", {}, 404),
    ("GET", "/v1/files/" + "ab" * 32, {}, 404),
]


class TestForm:
    """Requests that are not as they should be get an answer in words, never a 5xx."""

    def test_each_has_its_answer(self, hands: Hands) -> None:
        for method, path, headers, status in WRONG:
            assert hands.ask(method, path, **headers).status == status, (method, path, headers)

    def test_lengths_out_of_bounds_are_refused(self, hands: Hands) -> None:
        for length in (0, MAX_SEALED_BYTES + 1, 10**12 - 1):
            assert hands.create("ab" * 32, length).status == 413

    def test_a_part_of_more_than_a_megabyte_is_not_even_read(self, hands: Hands) -> None:
        place = hands.create("ab" * 32, 2 * MOST_IN_A_PATCH).headers["location"]
        told = hands.patch(place, 0, b"", content_length=str(MOST_IN_A_PATCH + 1))
        assert told.status == 413
        assert hands.patch(place, 0, bytes(MOST_IN_A_PATCH + 1)).status == 413

    def test_the_method_may_stand_in_a_header(self, hub: Hub, hands: Hands) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        place = hands.create(name, len(sealed)).headers["location"]
        answer = hands.ask(
            "POST", place, sealed[:PART], x_http_method_override="PATCH", upload_offset="0",
            content_type=OCTETS,
        )  # fmt: skip
        assert (answer.status, answer.offset) == (204, PART)

    def test_a_device_that_begins_too_many_is_told_to_finish(
        self, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_OPEN", 2)
        names = [f"{number:064x}" for number in range(3)]
        assert [hands.create(name, 100).status for name in names] == [201, 201, 429]


def test_a_large_file_comes_down_by_ranges_of_a_megabyte(hub: Hub, hands: Hands) -> None:
    sealed, name, _ = sealed_for(hub, bytes(MOST_AT_ONCE + 5_000))
    assert hands.send(sealed, name, MOST_IN_A_PATCH).status == 204
    piece = hands.ask("GET", f"/v1/files/{name}", range="bytes=0-")
    assert (piece.status, len(piece.body)) == (206, MOST_AT_ONCE)


def test_after_a_new_unit_key_the_file_is_given_under_it(
    hub: Hub, hands: Hands, counters: NewCommune
) -> None:
    sealed, old_name, _ = sealed_for(hub, SCAN)
    hands.send(sealed, old_name)
    lost, late = counters(), counters()
    lost.sync()
    hub.revoke(lost.journal)
    late.sync()
    newest = hub.unit_key("00000")
    assert newest is not None
    assert newest.version == 2
    name = wire_name(newest, hashlib.sha256(SCAN).digest())
    got = Hands(hub, late).ask("GET", f"/v1/files/{name}")
    assert got.status == 200
    assert open_attachment(got.body, "00000", {2: newest})[1] == SCAN
    assert [path.stem for path in (place_of(hub) / "00000").iterdir()] == [name]
    assert Hands(hub, late).ask("GET", f"/v1/files/{'ab' * 32}").status == 404


class TestSweep:
    def name_it(self, device: Commune, digest: bytes) -> None:
        act = DelegationRecorded("12/QĐ", 20260101, "assigned", "KT.", ("copy",), 20260101, 0, "PCT")
        act = DelegationRecorded(*(getattr(act, field) for field in act.__struct_fields__[:-1]), digest)
        device.act([draft(act, SELF, device.official)])
        device.sync()

    def test_given_up_uploads_and_unnamed_files_go_and_named_ones_stay(
        self, hub: Hub, hands: Hands, device: Commune, clock: Clock
    ) -> None:
        names = {}
        for data in (SCAN, b"nobody names this"):
            sealed, name, _ = sealed_for(hub, data)
            hands.send(sealed, name)
            names[data] = name
        self.name_it(device, hashlib.sha256(SCAN).digest())
        sealed, going, _ = sealed_for(hub, b"given up half-way" * 9)
        hands.create(going, len(sealed))
        hands.patch(f"/v1/files/{going}-{device.journal}", 0, sealed[:50])
        assert {row.name: row.is_named for row in rows(hub, "00000")} == {
            names[SCAN]: True, names[b"nobody names this"]: False,
        }  # fmt: skip
        assert hub.folder is not None
        kept = FileFolder(hub.folder)
        assert sweep(hub, kept)[:2] == (0, 0)
        clock.at += 61 * DAY_MS
        assert sweep(hub, kept)[:2] == (0, 0), "the clock may have run ahead: no PC was met since"
        with hub.database.write() as connection:
            note_met(connection, [(clock.at, clock.at)])
        assert sweep(hub, kept)[:2] == (1, 1)
        assert [path.stem for path in place_of(hub).glob("*/*")] == [names[SCAN]]
        assert hands.ask("GET", f"/v1/files/{names[SCAN]}").status == 200
        assert hands.ask("HEAD", f"/v1/files/{going}-{device.journal}").status == 404
        assert sweep(hub, kept)[:2] == (0, 0)

    def test_bytes_without_a_row_go_too(self, hub: Hub, hands: Hands) -> None:
        stray = place_of(hub) / "uploads" / f"{'ab' * 32}-1793.part"
        stray.parent.mkdir(parents=True)
        stray.write_bytes(b"x")
        assert hub.folder is not None
        sweep(hub, FileFolder(hub.folder))
        assert not stray.exists()

    def test_the_command_says_how_much(
        self, hub: Hub, hands: Hands, capsys: pytest.CaptureFixture[str]
    ) -> None:
        sealed, name, _ = sealed_for(hub, SCAN)
        hands.send(sealed, name)
        place = str(hub.folder)
        assert cli.main(["--folder", place, "files", "list", "00000"]) == 0
        assert name in capsys.readouterr().out
        assert cli.main(["--folder", place, "--json", "files", "sweep"]) == 0
        assert capsys.readouterr().out.strip() == '{"uploads": 0, "files": 0, "bytes": 0}'
        assert cli.main(["--folder", place, "files", "list", "99999"]) == 3


def test_files_go_beside_a_backup_once_and_come_back_with_it(
    hub: Hub, hands: Hands, device: Commune, tmp_path: Path
) -> None:
    sealed, name, _ = sealed_for(hub, SCAN)
    hands.send(sealed, name)
    first = back_up(hub, tmp_path / "disk" / "1.db")
    assert (first.files.files, first.files.copied, first.files.lacking) == (1, 1, ())
    assert back_up(hub, tmp_path / "disk" / "2.db").files.copied == 0, "all backups of a place share them"
    place_of(hub).rename(tmp_path / "gone")
    assert back_up(hub, tmp_path / "disk" / "3.db").files.lacking == (), "an earlier copy stays"
    with restore(tmp_path / "disk" / "1.db", tmp_path / "again", keys=hub.keys, now=hub.now) as back:
        who = Asker(device.unit, device.journal)
        assert back.folder is not None
        assert FileFolder(back.folder).read(who.unit, name, 0, len(sealed)) == sealed


def test_a_file_no_backup_holds_may_be_offered_again(
    hub: Hub, hands: Hands, device: Commune, tmp_path: Path
) -> None:
    sealed, name, _ = sealed_for(hub, SCAN)
    hands.send(sealed, name)
    back_up(hub, tmp_path / "1.db")
    (copy,) = (tmp_path / beside.BESIDE).rglob("*.mca")
    copy.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with restore(tmp_path / "1.db", tmp_path / "again", keys=hub.keys, now=hub.now) as back:
        assert back.folder is not None
        uploading = uploads.Uploads(back, FileFolder(back.folder))
        standing = uploading.create(Asker(device.unit, device.journal), name, len(sealed))
        assert (standing.offset, standing.length) == (0, len(sealed)), "a damaged copy is not brought back"


def test_a_file_damaged_at_home_is_named_and_stops_no_backup(hub: Hub, hands: Hands, tmp_path: Path) -> None:
    sealed, name, _ = sealed_for(hub, SCAN)
    hands.send(sealed, name)
    (whole,) = place_of(hub).rglob("*.mca")
    whole.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    made = back_up(hub, tmp_path / "1.db")
    assert (made.files.lacking, made.size > 10_000) == ((name,), True)
