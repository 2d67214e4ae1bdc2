"""A real counter and a real hub in its own process, over TLS: enrolment, exchanges, a line that fails."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import ReceiptBookOpened
from counter_app.storage.journals.exchange_store import ExchangeStore
from sync.client.engine import DONE, Engine, HubIdentity
from sync.client.files import APPLIED, NOTHING_NEW, export_files, import_files
from sync.client.internet import HubAddress, InternetLine
from sync.client.lanes import ThreadLanes
from sync.client.status import sync_status
from sync.hub.hub import Hub
from sync.hub.serving.server import HubServer
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from sync.protocol.naming.ids import SELF
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.line import SlowLine
from tests.unit.client.authority import Authority
from tests.unit.hub.commune import Clock, Commune
from tools.made_up_records import record
from tools.train_dictionary import DELTA

UNIT = "00000"
PLACES = itertools.count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("province") / "hub"


@pytest.fixture(scope="module")
def hub(folder: Path) -> Iterator[Hub]:
    """The hub's folder, opened beside the process that serves it: grants are given from here."""
    with Hub.open(folder, practice=True) as made:
        made.add_unit(UNIT, "Xã tập huấn")
        yield made


@pytest.fixture(scope="module")
def server(hub: Hub, folder: Path) -> Iterator[HubServer]:
    with HubServer(folder, practice=True) as running:
        yield running


@pytest.fixture
def commune(hub: Hub, tmp_path: Path) -> Iterator[Commune]:
    made = Commune(hub, tmp_path, UNIT, Clock(), next(PLACES))
    yield made
    made.close()


def engine(counter: Commune, hub_key: bytes, *lines: InternetLine) -> Engine:
    return Engine(
        counter.port(), ThreadLanes(lines), counter.device_key,
        HubIdentity(hub_key, newest_dictionary(), load_dictionary),
        lambda: counter.at, lambda: time.monotonic_ns() // 10**6,
    )  # fmt: skip


def held_by(counter: Commune) -> ExchangeStore:
    return counter.port()


def test_a_counter_enrols_and_everything_is_at_the_province(server: HubServer, commune: Commune) -> None:
    commune.busy_day()
    address = HubAddress(server.url, server.authority_pem)
    talk = engine(commune, server.public_key, InternetLine(address), InternetLine(address))
    outcomes = talk.until_idle()
    assert {outcome.code for outcome in outcomes} == {DONE}
    port = held_by(commune)
    status = sync_status(port.vector(), commune.journal, port.last_word())
    assert status.own_waiting == 0
    assert status.received == status.saved > 20
    assert all(outcome.parked == () for outcome in outcomes)
    talk.close()


def test_two_counters_meet_at_the_hub(server: HubServer, hub: Hub, tmp_path: Path, commune: Commune) -> None:
    (tmp_path / "second").mkdir()
    other = Commune(hub, tmp_path / "second", UNIT, Clock(), next(PLACES))
    address = HubAddress(server.url, server.authority_pem)
    commune.request("Tập Huấn Một")
    other.request("Tập Huấn Hai")
    for counter in (commune, other, commune):
        talk = engine(counter, server.public_key, InternetLine(address))
        assert talk.until_idle()[-1].code == DONE
        talk.close()
    mine, theirs = commune.port().vector().positions, other.port().vector().positions
    assert mine[commune.journal] == theirs[commune.journal]
    assert mine[other.journal] == theirs[other.journal]
    other.close()


def test_a_counter_that_pins_another_authority_says_nothing(server: HubServer, commune: Commune) -> None:
    line = InternetLine(HubAddress(server.url, Authority().pem))
    talk = engine(commune, server.public_key, line)
    assert talk.exchange().code == "not-the-hub"
    assert commune.port().last_word() is None
    talk.close()


def test_a_hub_with_another_key_is_not_believed_whatever_its_certificate(
    server: HubServer, commune: Commune
) -> None:
    line = InternetLine(HubAddress(server.url, server.authority_pem))
    talk = engine(commune, Authority().pem.encode()[:32], line)
    outcome = talk.exchange()
    assert outcome.code != DONE
    assert commune.port().last_word() is None
    talk.close()


def test_a_line_that_breaks_again_and_again_loses_and_doubles_nothing(
    server: HubServer, commune: Commune
) -> None:
    book = commune.act([draft(ReceiptBookOpened("BL-26T", "01BLP", 1, 5_000, 1), SELF)]).entries[0].id
    for serial in range(150):
        commune.act(record(DELTA, Random(serial), serial, commune.at, 20_261_120, book))
    with SlowLine(server.port, bytes_per_s=200_000, one_way_s=0.0, cut_every=7_000) as slow:
        address = HubAddress(f"https://127.0.0.1:{slow.port}", server.authority_pem)
        talk = engine(commune, server.public_key, InternetLine(address, 5.0), InternetLine(address, 5.0))
        for _ in range(60):
            if talk.until_idle()[-1].code == DONE:
                break
        assert slow.cuts > 0, slow.up
        talk.close()
    port = held_by(commune)
    word = port.last_word()
    assert word is not None
    assert word.received.covers(commune.journal, port.vector().positions[commune.journal])


def test_a_parcel_of_a_counter_says_the_same_as_the_line(
    server: HubServer, hub: Hub, commune: Commune, tmp_path: Path
) -> None:
    """What went by stick to a second counter is not news when it comes over the line as well."""
    (tmp_path / "second").mkdir()
    other = Commune(hub, tmp_path / "second", UNIT, Clock(), next(PLACES))
    commune.request("Đi bằng thẻ nhớ")
    keys = ParcelKeys({1: UnitKey(UNIT, 1, bytes(32))}, commune.province.hub_keys, load_dictionary)
    giver = Giver(commune.device_key, keys.unit_keys[1], newest_dictionary())
    out = export_files(commune.port(), giver, tmp_path / "stick", "quay", commune.at)
    assert import_files(other.port(), keys, out.paths).code == APPLIED
    assert import_files(other.port(), keys, out.paths).code == NOTHING_NEW
    for counter in (commune, other):
        talk = engine(counter, server.public_key, InternetLine(HubAddress(server.url, server.authority_pem)))
        assert talk.until_idle()[-1].code == DONE
        talk.close()
    assert (
        other.port().vector().positions[commune.journal] == commune.port().vector().positions[commune.journal]
    )
    other.close()
