"""A unit that stood alone meets its province, by line and by file: all arrives, proved, continuous.

The unit has the province's grants from its first day (a provisioning file needs no line), and met nobody.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.exchange.file_words import refused
from counter_app.services.exchange.outcome_words import trouble
from counter_app.storage.journals.proved_heads import ProvedHeads
from sync.client import files
from sync.client.engine import REFUSED, Engine, HubIdentity
from sync.client.proof import EQUAL, LineAsker, prove
from sync.hub import files as hub_files
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from sync.protocol.refusals import Damaged
from tests.support.counter import UNIT, Counter, give
from tests.support.invariants import doubled, unaccounted
from tests.sync.scenarios.office import Office
from tests.unit.hub.commune import Direct

WEEKS = 52 if os.environ.get("SIZE") == "full" else 8
SPAN = 4 * 86_400_000
"""The working days lie within these ms, so that the register's month is not left."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


def stood_alone(office: Office) -> tuple[Counter, Counter]:
    """Two counters work for weeks; between them a stick goes now and then, to the province nothing."""
    one, two = office.pc(1), office.pc(2)
    for week in range(WEEKS):
        requests = [office.take_in(one), office.take_in(two)]
        give(two, one)
        office.number(one, requests)
        if week % 3 == 0:
            give(one, two)
        for pc in (one, two):
            pc.clock.at += SPAN // WEEKS
    give(one, two)
    return one, two


def all_is_there(office: Office, one: Counter, two: Counter) -> None:
    assert office.faults(one, two) == []
    state = office.register(one)
    assert doubled(one.store, state.id) == [] == unaccounted(one.store, state.id, state)
    assert state.next_number == 1_776 + 2 * WEEKS
    for pc in (one, two):
        with pc.store.read() as connection:
            held = ProvedHeads(connection)
        ask = LineAsker(
            office.hub.exchange, UNIT, pc.work.journal, pc.author.key, office.hub.public_key, pc.clock.now  # type: ignore[attr-defined]
        )  # fmt: skip
        found = prove(held, ask)
        assert (found.verdict, found.ours, found.theirs) == (EQUAL, 0, 0)
    month = office.hub.register_month(UNIT, "copy", 2026, 11)
    assert month is not None
    assert [line.number for line in month.lines] == list(range(1_776, 1_776 + 2 * WEEKS))


def test_by_line_everything_arrives_and_is_the_same(office: Office) -> None:
    one, two = stood_alone(office)
    known = {held.journal for held in office.hub.journals_held(UNIT)}
    assert not known & {one.work.journal, two.work.journal}
    office.settle(one, two)
    all_is_there(office, one, two)


def test_by_file_everything_arrives_and_the_answer_says_so(office: Office) -> None:
    one, two = stood_alone(office)
    key = office.hub.unit_key(UNIT)
    assert key is not None
    out, back = office.folder / "usb", office.folder / "usb-back"
    out.mkdir()
    giver = Giver(one.author.key, key)  # type: ignore[attr-defined]
    written = files.export_files(one.port(), giver, out, "mot-nam", one.clock.now())
    taken = hub_files.take(office.hub, written.paths)
    assert taken.parked == ()
    office.hub.read()
    for pc in (one, two):
        answer = hub_files.give(
            office.hub, UNIT, back / str(pc.number), office.clock.now(), pc.port().vector()
        )
        keys = ParcelKeys({key.version: key}, office.province.hub_keys, load_dictionary)
        assert files.import_files(pc.port(), keys, answer).code == files.APPLIED
        word = pc.port().last_word()
        assert word is not None
        assert word.received.covers(one.work.journal, 2 * WEEKS)
    all_is_there(office, one, two)


def test_the_hub_of_another_province_is_refused_in_words_and_gets_nothing(office: Office) -> None:
    one = office.pc(1)
    office.take_in(one)
    with Hub.open(office.folder / "other", practice=True, durable=False) as other:
        other.add_unit(UNIT, "Xã Khác (tập huấn)")
        line = Direct(other)
        identity = HubIdentity(office.hub.public_key, dictionaries=load_dictionary)
        engine = Engine(one.port(), line, one.author.key, identity, one.clock.now, lambda: 0)  # type: ignore[attr-defined]
        last = engine.until_idle()[-1]
        assert last.code == REFUSED
        assert one.port().last_word() is None
        told = trouble(last.code, last.refusal)
        assert told is not None
        assert "không phải tỉnh đã ghi danh máy này" in told[0].title
        assert all(held.journal != one.work.journal for held in other.journals_held(UNIT))
    office.settle(one)
    assert office.faults(one) == []


def test_by_file_another_founding_of_the_same_unit_takes_nothing_and_gives_nothing(office: Office) -> None:
    """The province set the unit up a second time under other keys: neither side believes the other's file."""
    one = office.pc(1)
    office.take_in(one)
    key = office.hub.unit_key(UNIT)
    assert key is not None
    out = office.folder / "usb"
    out.mkdir()
    written = files.export_files(one.port(), Giver(one.author.key, key), out, "mot-nam", one.clock.now())  # type: ignore[attr-defined]
    before = one.port().vector()
    with Hub.open(office.folder / "again", practice=True, durable=False) as again:
        again.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        with pytest.raises(Damaged):
            hub_files.take(again, written.paths)
        assert all(held.journal != one.work.journal for held in again.journals_held(UNIT))
        answer = hub_files.give(again, UNIT, office.folder / "back", office.clock.now(), before)
        keys = ParcelKeys({key.version: key}, office.province.hub_keys, load_dictionary)
        taken = files.import_files(one.port(), keys, answer)
    assert (taken.code, taken.applied) == ("damaged", 0)
    assert one.port().vector() == before
    told = refused(taken, answer[0].name).words("vi")
    assert "khóa khác của xã này" in told.meaning
    assert "gọi tỉnh" in told.remedy
    office.settle(one)  # the province it knows takes all of it as before
    assert office.faults(one) == []
