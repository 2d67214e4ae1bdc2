"""A year's seal at a counter: kept, compared with what lies there, refused in words, carried by a backup."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection

from counter_app.cli import acts, sealing
from counter_app.domain.dates import vn_instant
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.registers.entries import YearClosed
from counter_app.services.ports.saying import speaking
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, NOT_HERE
from counter_app.services.seals import comparing
from counter_app.services.seals.comparing import DAMAGED, DIFFERS, NOT_HERE_YET, REFUSED, SAME, standings
from counter_app.services.seals.kept import PREFIX, take_file
from counter_app.services.technician.doctor.seal_check import year_seals
from counter_app.storage.journals.proved_heads import ProvedHeads
from counter_app.storage.journals.sealed_heads import Remade, heads_remade
from counter_app.storage.keeping.backup import back_up as back_up_store
from counter_app.storage.keeping.restore import restore
from counter_app.storage.this_pc import device
from sync.hub.backup import back_up
from sync.hub.hub import Hub
from sync.hub.sealing import seal_year
from sync.protocol.carrying.year_seal import MOST_BYTES, SealedHead, YearSeal, read_year_seal, write_year_seal
from sync.protocol.journals.codec import decode, encode
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose, SigningKey
from tests.unit.hub.commune import Clock, Commune

UNIT = "00000"


class World(NamedTuple):
    """A hub that sealed 2026, and the counter that closed it and heard of the seal."""

    hub: Hub
    counter: Commune
    data: bytes
    new: Callable[[], Commune]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder, clock, made = tmp_path_factory.mktemp("niem"), Clock(), list[Commune]()
    with Hub.open(folder / "hub", practice=True, now=clock, durable=False) as hub:
        hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")

        def new() -> Commune:
            made.append(Commune(hub, folder, UNIT, clock, len(made) + 1))
            return made[-1]

        counter = new()
        register = counter.register()
        counter.request()
        clock.at = counter.at = vn_instant(datetime.fromisoformat("2027-01-10 08:00"))
        body = YearClosed(0, 0, 0, 0, counter.at, counter.official, bytes(64))
        counter.act([draft(body, register)])
        counter.sync()
        back_up(hub, folder / "hub.bak")
        data = seal_year(hub, UNIT, 2026)
        counter.sync()
        counter.request("Năm mới")
        yield World(hub, counter, data, new)
        for one in made:
            one.close()


@pytest.fixture
def closed(world: World) -> Iterator[Commune]:
    """The counter; what a test let it take is forgotten again."""
    yield world.counter
    with world.counter.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE name LIKE ?", (f"{PREFIX}%",))


def bench(counter: Commune, hub_keys: dict[bytes, bytes] | None = None) -> Any:
    keys = counter.province.hub_keys if hub_keys is None else hub_keys
    work = SimpleNamespace(
        store=counter.store, hub_keys=keys, place=SimpleNamespace(unit=UNIT), changed=lambda *_: None,
        counter_name=lambda _, journal: "QUẦY-01" if journal == counter.journal else "",
    )  # fmt: skip
    return SimpleNamespace(work=work)


def taken(counter: Commune, data: bytes, folder: Path) -> tuple[int, bool]:
    path = folder / "nam.mcy"
    path.write_bytes(data)
    seal, new = take_file(bench(counter).work, path)
    return seal.year, new


def refused(counter: Commune, data: bytes, folder: Path) -> DomainError:
    with pytest.raises(DomainError) as error:
        taken(counter, data, folder)
    with counter.store.read() as connection:
        assert device.settings_of(connection, PREFIX) == {}
    return error.value


def verdicts(counter: Commune) -> list[tuple[str, int]]:
    with counter.store.read() as connection:
        return seen(counter, connection)


def seen(counter: Commune, connection: Connection) -> list[tuple[str, int]]:
    return [(one.verdict, one.year) for one in standings(connection, UNIT, counter.province.hub_keys)]


def read(data: bytes, counter: Commune) -> YearSeal:
    return read_year_seal(data, counter.province.hub_keys)


def resigned(hub: Hub, data: bytes, **changed: Any) -> bytes:
    seal = read_year_seal(data, {hub.keys.signing.key_id: hub.public_key})
    return write_year_seal(seal._replace(**changed), hub.keys.signing)


def other_head(hub: Hub, data: bytes, journal: int) -> bytes:
    """The seal as the province would have signed it, had the journal's head been another."""
    seal = read_year_seal(data, {hub.keys.signing.key_id: hub.public_key})
    heads = tuple(
        SealedHead(one.journal, one.seq, bytes([one.head[0] ^ 1]) + one.head[1:])
        if one.journal == journal else one
        for one in seal.heads
    )  # fmt: skip
    return resigned(hub, data, heads=heads)


def test_the_exchange_brings_the_seal_and_the_self_test_says_the_year_is_what_was_closed(
    closed: Commune,
) -> None:
    found = year_seals(bench(closed))
    assert (found.verdict, found.remedy) == (GOOD, "")
    assert found.words.startswith("Năm 2026: đúng như tỉnh đã niêm (")
    assert verdicts(closed) == [(SAME, 2026)]
    with speaking("en"):
        assert year_seals(bench(closed)).words.startswith("Year 2026: as the province sealed it (")


def test_a_new_pc_shows_after_its_first_exchange_that_it_received_what_was_closed(
    world: World, tmp_path: Path
) -> None:
    new = world.new()
    assert year_seals(bench(new)).verdict == NOT_HERE
    assert taken(new, world.data, tmp_path) == (2026, True)
    found = year_seals(bench(new))
    assert (found.verdict, verdicts(new)) == (LOOK, [(NOT_HERE_YET, 2026)])
    assert "nhật ký đã niêm" in found.words
    assert "Nối tỉnh" in found.remedy
    new.sync()
    assert year_seals(bench(new)).verdict == GOOD
    assert verdicts(new) == [(SAME, 2026)], "by file and by exchange it is one seal"
    assert taken(new, world.data, tmp_path) == (2026, False)


def test_another_head_is_red_with_the_counter_and_the_way_out(
    closed: Commune, world: World, tmp_path: Path
) -> None:
    taken(closed, other_head(world.hub, world.data, closed.journal), tmp_path)
    found = year_seals(bench(closed))
    assert found.verdict == BROKEN
    assert "của QUẦY-01 KHÁC lúc tỉnh niêm." in found.words
    assert "Không xóa gì" in found.remedy
    assert verdicts(closed) == [(SAME, 2026), (DIFFERS, 2026)], "of two seals of a year none hides the other"


class Undone(Exception):
    """Rolls a change of the store back."""


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("UPDATE entries SET body = x'90' WHERE journal = ? AND seq = 3", DAMAGED),
        ("UPDATE entries SET digest = zeroblob(32) WHERE journal = ? AND seq = 3", DAMAGED),
        ("UPDATE entries SET facts = CAST(facts || x'00' AS BLOB) WHERE journal = ? AND seq = 3", DIFFERS),
        ("DELETE FROM entries WHERE journal = ? AND seq = 3", NOT_HERE_YET),
        ("UPDATE checkpoints SET head = zeroblob(32) WHERE journal = ?", SAME),
        ("UPDATE entries SET header_hash = zeroblob(32) WHERE journal = ?", SAME),
    ],
)
def test_it_is_the_bytes_on_this_disk_that_are_compared(closed: Commune, change: str, verdict: str) -> None:
    with pytest.raises(Undone), closed.store.write() as connection:  # noqa: PT012 - rolled back
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
        for (name,) in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(change, (closed.journal,))
        assert seen(closed, connection) == [(verdict, 2026)]
        raise Undone
    assert verdicts(closed) == [(SAME, 2026)]


def test_a_seal_takes_nothing_off_the_nightly_comparison(closed: Commune) -> None:
    changed = EntryId(closed.journal, 3)
    with pytest.raises(Undone), closed.store.write() as connection:  # noqa: PT012 - rolled back
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("UPDATE entries SET body = x'90' WHERE key = ?", (changed.key,))
        assert ProvedHeads(connection).damaged == changed, "below the seal, and looked at all the same"
        raise Undone


def test_a_comparison_that_believes_every_head_would_be_seen(
    closed: Commune, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = other_head(world.hub, world.data, closed.journal)
    taken(closed, data, tmp_path)
    heads = [*read(world.data, closed).heads, *read(data, closed).heads]
    held = {EntryId(one.journal, one.seq): one.head for one in heads}
    monkeypatch.setattr(comparing, "heads_remade", lambda *_: Remade(held, {}))
    planted = verdicts(closed)
    monkeypatch.undo()
    assert planted != verdicts(closed) == [(SAME, 2026), (DIFFERS, 2026)]


def test_a_kept_seal_survives_backup_and_restore(closed: Commune, world: World, tmp_path: Path) -> None:
    by_file = resigned(world.hub, world.data, life=7)
    taken(closed, by_file, tmp_path)
    made = back_up_store(closed.store, tmp_path / "b", closed.at)
    again = restore(made.path, closed.key, tmp_path / "lai.db", closed.at + 5)
    with closing(again), again.read() as connection:
        assert seen(closed, connection) == [(SAME, 2026), (SAME, 2026)]
        assert len(device.settings_of(connection, PREFIX)) == 1


def test_what_is_no_seal_of_this_unit_is_refused_in_words(
    closed: Commune, world: World, tmp_path: Path
) -> None:
    hub, data = world.hub, world.data
    facts, signature = decode(tuple[bytes, bytes], data)

    def of_format(number: int) -> bytes:
        fields = encode([number, *decode(list[Any], facts)[1:]])
        return encode([fields, hub.keys.signing.sign(Purpose.YEAR_SEAL, fields)])

    cases = {
        "seal.not-authentic": encode([facts, bytes([signature[0] ^ 1]) + signature[1:]]),
        "seal.hub-unknown": write_year_seal(read(data, closed), SigningKey(b"\x09" * 32)),
        "seal.other-unit": resigned(hub, data, unit="03390"),
        "seal.newer-format": of_format(2),
        "seal.malformed": of_format(0),
    }
    for code, bad in cases.items():
        error = refused(closed, bad, tmp_path)
        assert error.code == code
        for language in ("vi", "en"):
            words = error.words(language)  # type: ignore[arg-type]
            assert words.title
            assert words.meaning
            assert words.remedy
    assert refused(closed, b"", tmp_path).code == "seal.malformed"
    assert refused(closed, bytes(MOST_BYTES + 1), tmp_path).code == "seal.too-large"
    (tmp_path / "nam.mcy").unlink()
    with pytest.raises(DomainError) as gone:
        take_file(bench(closed).work, tmp_path / "nam.mcy")
    assert gone.value.code == "seal.file"


def test_verify_and_the_command_name_the_sealed_years(closed: Commune, world: World, tmp_path: Path) -> None:
    program = SimpleNamespace(opened=bench(closed).work, areas=bench(closed))
    program.opened.store = closed.store

    def named(code: int, told: dict[str, Any]) -> tuple[int, list[tuple[int, str]]]:
        return code, sorted((one["year"], one["verdict"]) for one in told["sealed_years"])

    assert named(*acts.verify(program, {})) == (0, [(2026, SAME)])  # type: ignore[arg-type]
    path = tmp_path / "nam.mcy"
    path.write_bytes(resigned(world.hub, world.data, life=7))
    code, told = sealing.seal(program, {"act": "take", "file": str(path)})  # type: ignore[arg-type]
    assert (told["unit"], told["year"], told["new"]) == (UNIT, 2026, True)
    assert named(code, told) == (0, [(2026, SAME)] * 2)
    path.write_bytes(other_head(world.hub, world.data, closed.journal))
    apart = [(2026, DIFFERS), (2026, SAME), (2026, SAME)]
    taken = sealing.seal(program, {"act": "take", "file": str(path)})  # type: ignore[arg-type]
    shown = sealing.seal(program, {"act": "show"})  # type: ignore[arg-type]
    assert named(*taken) == named(*shown) == named(*acts.verify(program, {})) == (1, apart)  # type: ignore[arg-type]


def test_a_seal_under_a_key_no_longer_believed_counts_no_more_and_says_so(closed: Commune) -> None:
    fresh = SigningKey(b"\x09" * 32)
    found = year_seals(bench(closed, {fresh.key_id: fresh.public}))
    assert found.verdict == LOOK
    assert "khóa tỉnh không còn dùng" in found.words
    assert "Xin tỉnh" in found.remedy


def test_many_years_are_one_sentence_and_what_differs_stands_first(
    closed: Commune, world: World, tmp_path: Path
) -> None:
    for year in (2024, 2025):
        taken(closed, resigned(world.hub, world.data, year=year), tmp_path)
    found = year_seals(bench(closed))
    assert (found.verdict, found.words) == (GOOD, "3 năm đã niêm (2024-2026): đúng như tỉnh đã niêm.")
    taken(closed, resigned(world.hub, other_head(world.hub, world.data, closed.journal), year=2023), tmp_path)
    found = year_seals(bench(closed))
    assert found.verdict == BROKEN
    assert re.fullmatch(r"Năm 2023: .* KHÁC lúc tỉnh niêm\. 3 năm đã niêm .*", found.words)


def test_rubbish_among_the_kept_ones_is_said_and_hides_nothing(closed: Commune, world: World) -> None:
    elsewhere = base64.b64encode(resigned(world.hub, world.data, unit="03390")).decode()
    with closed.store.write() as connection:
        for number, text in enumerate(("%%%", "wQ==", elsewhere)):
            device.put_setting(connection, f"{PREFIX}2026.{number}", text)
    assert verdicts(closed) == [(SAME, 2026), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)]
    found = year_seals(bench(closed))
    assert found.verdict == LOOK
    assert "Năm 2026: đúng như tỉnh đã niêm" in found.words


def test_heads_are_made_anew_for_the_places_asked_for_and_no_further(closed: Commune) -> None:
    journal = closed.journal
    with closed.store.read() as connection:
        places = [EntryId(journal, 2), EntryId(journal, 4), EntryId(journal, 99), EntryId(5, 1)]
        made = heads_remade(connection, places)
        rows = connection.exec_driver_sql("SELECT seq, head FROM checkpoints WHERE journal = ?", (journal,))
        signed = {EntryId(journal, seq): head for seq, head in rows}
        again = heads_remade(connection, signed)
    assert sorted(made.heads) == places[:2]
    assert again.heads == signed
    assert made.damaged == {}
