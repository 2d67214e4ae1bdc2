"""When a night's comparison is due, and what it leaves behind when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.device_keys import DeviceKeys, keep_keys
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange.equality import AGAIN_MS, Equality, is_due, last_proof
from counter_app.services.ports.exchange import EQUAL, NOT_PROVED
from sync.client.transport import NoLine, RequestRefused
from sync.protocol.naming.unit_keys import ExchangeKey
from tests.support.counter import MORNING, UNIT, Counter
from tests.sync.scenarios.office import Office

HOUR = 3_600_000
NIGHT = MORNING - 5 * HOUR - HOUR // 2
"""02:00 of the same day."""


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (MORNING, 0, True),
        (MORNING, NIGHT - 1, True),
        (MORNING, NIGHT, False),
        (MORNING, NIGHT + 1, False),
        (NIGHT - 1, NIGHT - 24 * HOUR, False),
        (NIGHT - 1, NIGHT - 24 * HOUR - 1, True),
        (NIGHT, NIGHT - 1, True),
    ],
)
def test_a_comparison_is_due_once_from_two_at_night(now: int, last: int, due: bool) -> None:
    assert is_due(now, last) is due


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


def joined(office: Office, pc: Counter, calls: list[bytes], fault: Exception | None = None) -> Equality:
    """The comparison of one PC; its key is kept as an enrolment keeps it."""

    def send(request: bytes) -> bytes:
        calls.append(request)
        if fault is not None:
            raise fault
        return office.hub.exchange(request)

    keys = DeviceKeys(pc.author.key, ExchangeKey.fresh())  # type: ignore[attr-defined]
    with pc.store.write() as connection:
        keep_keys(connection, pc.work.journal, keys, pc.work.device_secret, 1)
    enrolment = Enrolment(UNIT, pc.work.journal, "", "", office.hub.public_key, "", 2)
    return Equality(pc.work, enrolment, send)


def test_a_night_compares_once_and_the_next_day_again(office: Office) -> None:
    pc, calls = office.pc(1), []
    office.settle()
    equality = joined(office, pc, calls)
    for _ in range(3):
        equality.nightly()
    assert len(calls) == 1
    with pc.store.read() as connection:
        assert last_proof(pc.work, connection).verdict == EQUAL
    pc.clock.at += 24 * HOUR
    equality.nightly()
    assert len(calls) == 2
    with pc.store.read() as connection:
        assert last_proof(pc.work, connection).words.startswith("Khớp với tỉnh lúc 07:30 · ")


def test_a_line_that_fails_is_no_result_and_is_tried_an_hour_later(office: Office) -> None:
    pc, calls = office.pc(1), []
    office.settle()
    equality = joined(office, pc, calls, NoLine("down"))
    equality.nightly()
    equality.nightly()
    assert len(calls) == 1
    with pc.store.read() as connection:
        assert last_proof(pc.work, connection).verdict == NOT_PROVED
    pc.clock.at += AGAIN_MS
    equality.nightly()
    assert len(calls) == 2


def test_an_older_hub_is_told_as_such(office: Office) -> None:
    pc = office.pc(1)
    office.settle()
    with pytest.raises(DomainError) as told:
        joined(office, pc, [], RequestRefused("HTTP status 400")).compare()
    assert told.value.code == "equality.line"
    assert "Tỉnh đang chạy bản cũ hơn máy này." in told.value.words("vi").sentence
    assert "The province runs an older version than this PC." in told.value.words("en").sentence


def test_a_day_before_is_named(office: Office) -> None:
    pc = office.pc(1)
    office.settle()
    joined(office, pc, []).compare()
    pc.clock.at += 48 * HOUR
    with pc.store.read() as connection:
        assert "lúc 07:30 20/11/2026" in last_proof(pc.work, connection).words
