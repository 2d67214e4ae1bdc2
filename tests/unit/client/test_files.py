"""Parcels on sticks: out, carried, in, answered - and every file that is not what it should be."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.client import files
from sync.client.files import (
    Stretch,
    answer_files,
    export_files,
    import_files,
    inspect_files,
    lacked_by_any,
    parts_beside,
)
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.vector import Vector, sign_vector
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from sync.protocol.meeting.sealing import seal_file
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import UnitKey
from tests.unit.client.peers import (
    AT,
    HUB_KEY,
    HUB_KEYS,
    UNIT,
    UNIT_KEY,
    MemoryHub,
    MemoryStore,
    bent,
    counter,
)

KEYS = ParcelKeys({1: UNIT_KEY}, HUB_KEYS)


def giver(store: MemoryStore, unit_key: UnitKey = UNIT_KEY) -> Giver:
    return Giver(store.key, unit_key)


def export(store: MemoryStore, folder: Path, **more: object) -> files.Exported:
    return export_files(store, giver(store), folder, "00000-QUAY-01", AT, **more)  # type: ignore[arg-type]


def incompressible(count: int) -> list[bytes]:
    return [os.urandom(400) for _ in range(count)]


@pytest.fixture
def two() -> tuple[MemoryStore, MemoryStore]:
    one, other = counter(1), counter(2)
    one.wrote(*range(40))
    other.wrote(*range(3))
    return one, other


def test_a_parcel_and_its_answer_make_two_counters_equal(
    two: tuple[MemoryStore, MemoryStore], tmp_path: Path
) -> None:
    one, other = two
    out = export(one, tmp_path)
    assert (out.code, out.entries) == (files.WRITTEN, 41)
    assert [path.name for path in out.paths] == ["00000-QUAY-01.mcx"]
    assert out.size == out.paths[0].stat().st_size
    taken = import_files(other, KEYS, out.paths)
    assert (taken.code, taken.applied, taken.sender) == (files.APPLIED, 41, one.journal)
    back = answer_files(other, giver(other), tmp_path, "back", AT, taken)
    assert back.entries == 4
    assert import_files(one, KEYS, back.paths).applied == 4
    assert one.vector() == other.vector()


def test_a_parcel_of_a_pc_never_heard_of_is_taken_under_its_grant(tmp_path: Path) -> None:
    stranger, hub = counter(9), MemoryHub()
    stranger.wrote()
    assert import_files(hub.store, KEYS, export(stranger, tmp_path).paths).applied == 2


def test_without_its_opening_a_stranger_s_parcel_is_not_believed(tmp_path: Path) -> None:
    stranger = counter(9)
    stranger.wrote()
    first_known = counter(9)
    first_known.hand_over()
    out = export(stranger, tmp_path, theirs=first_known.vector())
    assert out.entries == 1
    assert import_files(counter(2), KEYS, out.paths).code == "sender-unknown"


def test_the_same_parcel_again_changes_nothing(two: tuple[MemoryStore, MemoryStore], tmp_path: Path) -> None:
    one, other = two
    out = export(one, tmp_path)
    import_files(other, KEYS, out.paths)
    held, done = other.vector(), other.ingested
    again = import_files(other, KEYS, out.paths)
    assert (again.code, again.applied, again.acknowledged) == (files.NOTHING_NEW, 0, False)
    assert (other.vector(), other.ingested) == (held, done)


def test_parts_are_within_their_size_and_go_in_in_any_order(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote(*incompressible(600))
    out = export(one, tmp_path, part_bytes=100_000)
    assert len(out.paths) > 2
    assert all(path.stat().st_size <= 100_000 for path in out.paths)
    assert import_files(other, KEYS, out.paths[::-1]).applied == 601


def test_a_missing_part_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote(*incompressible(600))
    out = export(one, tmp_path, part_bytes=100_000)
    assert len(out.paths) == 4
    taken = import_files(other, KEYS, [out.paths[0], out.paths[3]])
    assert (taken.code, taken.missing, other.ingested) == ("part-missing", (2, 3), 0)


def test_a_damaged_last_part_leaves_the_first_ones_out_too(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote(*incompressible(600))
    out = export(one, tmp_path, part_bytes=100_000)
    data = bytearray(out.paths[-1].read_bytes())
    data[len(data) // 2] ^= 4
    out.paths[-1].write_bytes(data)
    taken = import_files(other, KEYS, out.paths)
    assert (taken.code, taken.file, other.ingested) == ("damaged", out.paths[-1].name, 0)


def test_parts_of_two_parcels_are_not_mixed(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote(*incompressible(600))
    old = export(one, tmp_path / "old", part_bytes=200_000)
    one.wrote(*incompressible(3))
    new = export(one, tmp_path / "new", part_bytes=200_000)
    assert len(old.paths) == len(new.paths) == 2
    taken = import_files(other, KEYS, [old.paths[0], new.paths[1]])
    assert (taken.code, other.ingested) == ("parts-differ", 0)


def test_one_chosen_part_finds_the_others_beside_it(tmp_path: Path) -> None:
    one = counter(1)
    one.wrote(*incompressible(600))
    out = export(one, tmp_path, part_bytes=100_000)
    (tmp_path / "other-1-of-4.mcx").write_bytes(b"")
    assert parts_beside(out.paths[2]) == list(out.paths)
    assert parts_beside(tmp_path / "single.mcx") == [tmp_path / "single.mcx"]
    assert parts_beside(tmp_path / "gone" / "x-1-of-2.mcx") == [tmp_path / "gone" / "x-1-of-2.mcx"]


def sealed(contents: bytes, store: MemoryStore, unit_key: UnitKey = UNIT_KEY) -> bytes:
    return seal_file(contents, unit_key, store.key, store.journal)


OTHER_UNIT = UnitKey("03390", 1, UNIT_KEY.key)
LATER_KEY = UnitKey(UNIT, 2, UNIT_KEY.key)
WRONG_KEY = UnitKey(UNIT, 1, bytes([8]) * 32)


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("not-ours", lambda data, _: b"PK\x03\x04" + data[4:]),
        ("not-ours", lambda *_: b""),
        ("newer-format", lambda data, _: data[:3] + b"\x02" + data[4:]),
        ("cut-short", lambda data, _: data[:-1]),
        ("cut-short", lambda data, _: data[:20]),
        ("malformed", lambda data, _: data + b"\0"),
        ("damaged", lambda data, _: data[:80] + bytes([data[80] ^ 1]) + data[81:]),
        ("not-authentic", lambda data, _: data[:-1] + bytes([data[-1] ^ 1])),
        ("too-large", lambda data, _: data + bytes(17 * 2**20)),
        ("other-unit", lambda _, one: sealed(bundle_of(one, "03390"), one, OTHER_UNIT)),
        ("other-unit", lambda _, one: sealed(bundle_of(one, "03390"), one)),
        ("key-unknown", lambda _, one: sealed(bundle_of(one), one, LATER_KEY)),
        ("damaged", lambda _, one: sealed(bundle_of(one), one, WRONG_KEY)),
        ("not-ours", lambda _, one: sealed(b"no bundle", one)),
        ("newer-format", lambda _, one: sealed(b"CCB\x02\x00", one)),
        ("malformed", lambda _, one: sealed(pack_bundle(Bundle(UNIT, 999, ())), one)),
    ],
)
def test_each_wrong_file_has_its_code_and_changes_nothing(
    code: str, spoil: Callable[[bytes, MemoryStore], bytes], tmp_path: Path
) -> None:
    one, other = counter(1), counter(2)
    one.hand_over()
    other.ingest(Bundle(UNIT, one.journal, tuple(one.pieces_from({one.journal: 1}, 1))))
    one.wrote()
    path = export(one, tmp_path).paths[0]
    path.write_bytes(spoil(path.read_bytes(), one))
    held = other.vector()
    taken = import_files(other, KEYS, [path])
    assert (taken.code, taken.file) == (code, path.name)
    assert other.vector() == held


def bundle_of(store: MemoryStore, unit: str = UNIT) -> bytes:
    store.hand_over()
    return pack_bundle(Bundle(unit, store.journal, tuple(store.pieces_from({store.journal: 1}, 2**30))))


def test_a_sealed_forgery_inside_a_good_file_is_parked_not_read(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote("thật")
    one.hand_over()
    (run,) = one.pieces_from({one.journal: 1}, 2**30)
    path = tmp_path / "forged.mcx"
    path.write_bytes(sealed(pack_bundle(Bundle(UNIT, one.journal, (bent(run),))), one))
    taken = import_files(other, KEYS, [path])
    assert [code for _, code in taken.parked] == ["not-authentic"]
    assert one.journal not in other.vector().positions


def after_a_gap(tmp_path: Path) -> tuple[MemoryStore, MemoryStore, Path]:
    """A parcel made for somebody who holds more of the giver than the taker does (to 11; the taker to 6)."""
    one, other = counter(1), counter(2)
    one.wrote(*range(5))
    one.hand_over()
    other.ingest(Bundle(UNIT, one.journal, tuple(one.pieces_from({one.journal: 1}, 2**20))))
    one.wrote(*range(5))
    one.hand_over()
    theirs = one.vector()
    one.wrote(*range(3))
    out = export(one, tmp_path, theirs=theirs)
    assert out.entries == 3
    return one, other, out.paths[0]


def test_a_parcel_behind_a_gap_says_what_is_missing_and_comes_again_when_it_is_there(tmp_path: Path) -> None:
    one, other, path = after_a_gap(tmp_path)
    taken = import_files(other, KEYS, [path])
    assert (taken.code, taken.applied, taken.taken) == (files.INCOMPLETE, 0, ())
    assert taken.gaps == (Stretch(one.journal, 7, 11),)
    assert taken.gaps[0].entries == 5
    # The taker tells what it holds; the giver makes one for it. The first file is then of use as well.
    told = export(other, tmp_path / "told")
    heard = import_files(one, KEYS, told.paths)
    made = answer_files(one, giver(one), tmp_path, "made", AT, heard)
    whole = import_files(other, KEYS, made.paths)
    assert (whole.code, whole.applied, whole.gaps) == (files.APPLIED, 8, ())
    assert whole.taken == (Stretch(one.journal, 7, 14),)
    assert import_files(other, KEYS, [path]).code == files.NOTHING_NEW


def test_the_same_file_is_taken_once_others_brought_what_was_missing(tmp_path: Path) -> None:
    one, other, path = after_a_gap(tmp_path)
    assert import_files(other, KEYS, [path]).code == files.INCOMPLETE
    between = [run for run in one.pieces_from({one.journal: 7}, 2**20) if run.last_seq <= 11]
    other.ingest(Bundle(UNIT, one.journal, tuple(between)))
    taken = import_files(other, KEYS, [path])
    assert (taken.code, taken.taken) == (files.APPLIED, (Stretch(one.journal, 12, 14),))
    assert other.vector().positions[one.journal] == 14


def test_a_parcel_of_which_part_can_be_taken_says_exactly_which(tmp_path: Path) -> None:
    one, other, _ = after_a_gap(tmp_path)
    third = counter(3)
    third.wrote(*range(4))
    third.hand_over()
    one.ingest(Bundle(UNIT, third.journal, tuple(third.pieces_from({third.journal: 1}, 2**20))))
    theirs = one.vector()
    positions = {one.journal: 11}
    out = export(one, tmp_path / "both", theirs=Vector(positions, theirs.digest))
    looked = inspect_files(other, KEYS, out.paths)
    held = other.vector()
    assert (looked.code, looked.sender) == (files.PARTLY, one.journal)
    assert looked.brings == (Stretch(third.journal, 1, 5),)
    assert looked.gaps == (Stretch(one.journal, 7, 11),)
    assert other.vector() == held, "looking changes nothing"
    taken = import_files(other, KEYS, out.paths)
    assert (taken.code, taken.applied, taken.taken) == (files.PARTLY, 5, looked.brings)
    assert taken.gaps == looked.gaps


def test_looking_into_a_parcel_tells_its_contents_its_word_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    one, other = counter(1), counter(2)
    one.wrote(*range(9))
    one.hand_over()
    one.keep_word(sign_vector(HUB_KEY, UNIT, AT, 1, one.vector(), one.vector()))
    path = export(one, tmp_path).paths[0]
    looked = inspect_files(other, KEYS, [path])
    moments = [entry.facts.at for run in one.pieces_from({one.journal: 1}, 2**20) for entry in run.entries]
    assert looked == files.Contents(
        files.APPLIED, sender=one.journal, brings=(Stretch(one.journal, 1, 10),), word=True,
        newest=moments[-1], oldest=moments[0],
    )  # fmt: skip
    import_files(other, KEYS, [path])
    again = inspect_files(other, KEYS, [path])
    assert (again.code, again.brings, again.word) == (files.NOTHING_NEW, (), False)
    path.write_bytes(path.read_bytes()[:-1])
    assert inspect_files(other, KEYS, [path])[:2] == ("cut-short", path.name)


def test_a_parcel_for_several_takers_begins_where_the_least_of_them_stands() -> None:
    some = [Vector({1: 5, 2: 9}, b""), Vector({1: 7}, b"x"), Vector({1: 6, 2: 3, 4: 1}, b"")]
    assert lacked_by_any(some).positions == {1: 5}
    assert lacked_by_any(some[:1]).positions == {1: 5, 2: 9}
    assert lacked_by_any([]).positions == {}


def test_nothing_at_all_is_no_parcel() -> None:
    assert import_files(counter(1), KEYS, []).code == "malformed"


def test_a_stick_pulled_out_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone.mcx"
    assert import_files(counter(1), KEYS, [gone]) == files.Imported(files.UNREADABLE, "gone.mcx")


def test_the_hub_s_word_travels_with_a_file_and_acknowledges(tmp_path: Path) -> None:
    """A hub's answer on a stick, or a sibling that met the hub, lets this PC say "at the province"."""
    one, relay = counter(1), counter(2)
    one.wrote()
    one.hand_over()
    word = sign_vector(HUB_KEY, UNIT, AT, 1, one.vector(), one.vector())
    relay.keep_word(word)
    taken = import_files(one, KEYS, export(relay, tmp_path).paths)
    assert taken.acknowledged
    assert one.last_word() == word
    assert not import_files(one, KEYS, export(relay, tmp_path).paths).acknowledged


def test_an_older_word_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    one, relay = counter(1), counter(2)
    newer = sign_vector(HUB_KEY, UNIT, AT + 1, 1, one.vector(), one.vector())
    one.keep_word(newer)
    relay.keep_word(sign_vector(HUB_KEY, UNIT, AT, 1, one.vector(), one.vector()))
    assert not import_files(one, KEYS, export(relay, tmp_path).paths).acknowledged
    assert one.last_word() == newer


def test_a_word_the_hub_never_gave_refuses_the_parcel(tmp_path: Path) -> None:
    one, relay = counter(1), counter(2)
    relay.keep_word(sign_vector(SigningKey.fresh(), UNIT, AT, 1, one.vector(), one.vector()))
    taken = import_files(one, KEYS, export(relay, tmp_path).paths)
    assert (taken.code, one.last_word()) == ("not-authentic", None)


def test_an_earlier_parcel_on_the_stick_is_not_overwritten(tmp_path: Path) -> None:
    one = counter(1)
    first = export(one, tmp_path)
    before = first.paths[0].read_bytes()
    one.wrote()
    second = export(one, tmp_path)
    assert second.paths[0].name == "00000-QUAY-01_2.mcx"
    assert first.paths[0].read_bytes() == before


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, files.NO_ROOM),
        (errno.EROFS, files.READ_ONLY),
        (errno.EACCES, files.FORBIDDEN),
        (errno.EIO, files.PULLED_OUT),
        (errno.ENODEV, files.PULLED_OUT),
        (errno.EINVAL, files.UNWRITABLE),
    ],
)
def test_a_failing_disk_leaves_no_file_behind(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = counter(1)
    one.wrote(*incompressible(600))
    written = []

    def fail_second(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(number, "planted")

    monkeypatch.setattr(os, "fsync", fail_second)
    assert export(one, tmp_path, part_bytes=100_000).code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", ["open", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ENODEV])
@pytest.mark.parametrize("cut", range(1, 6))
def test_a_stick_full_or_pulled_at_each_write_leaves_nothing_that_counts(
    act: str, number: int, cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the n-th opening, flush or renaming, and at everything after it where the stick is gone."""
    one, taker = counter(1), counter(2)
    one.wrote(*incompressible(600))
    calls = 0
    where = {"open": (Path, "open"), "fsync": (os, "fsync"), "replace": (Path, "replace")}[act]
    real = getattr(*where)

    def fails(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == cut or (number == errno.ENODEV and calls > cut):
            raise OSError(number, "planted")
        return real(*arguments, **more)

    with monkeypatch.context() as planted:
        planted.setattr(*where, fails)
        if number == errno.ENODEV:
            planted.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError(number, "gone")))
        out = export(one, tmp_path, part_bytes=100_000)
    left = sorted(tmp_path.glob("*.mcx"))
    if out.code == files.WRITTEN:  # only what flushes the folder failed: all parts are there
        assert import_files(taker, KEYS, left).applied == 601
        return
    assert out.code == (files.NO_ROOM if number == errno.ENOSPC else files.PULLED_OUT)
    assert left == [] or number == errno.ENODEV
    if left:
        assert import_files(taker, KEYS, left).code == "part-missing"
        assert taker.ingested == 0


def test_a_file_that_may_not_be_read_is_told_apart_from_one_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(counter(1), tmp_path).paths[0]

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "a rule of this PC")

    monkeypatch.setattr(Path, "open", forbidden)
    assert import_files(counter(2), KEYS, [path]).code == files.FORBIDDEN


def test_no_name_appears_before_every_byte_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = counter(1)
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(sorted(os.listdir(tmp_path))))
    export(one, tmp_path)
    assert seen[0] == [".00000-QUAY-01.mcx.part"]
    assert seen[-1] == ["00000-QUAY-01.mcx"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert export(counter(1), tmp_path / "file" / "stick").code == files.UNWRITABLE
    shutil.rmtree(tmp_path)
