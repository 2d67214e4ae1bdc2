"""What knew of an entry that nobody reads: it waits for that entry, and is read when it is held."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.dossiers.entries import OfficialCodeGiven
from counter_app.domain.drafting import draft
from counter_app.domain.people import entries as p
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.naming.ids import EntryId
from tests.unit.storage.test_exchange_store import give
from tests.unit.storage.test_readings import rebuilt_differs, rows
from tests.unit.storage.world import SALT, UNIT, Counter


def changed(name: str, person: EntryId) -> object:
    body = p.PersonChanged(
        name, "cccd", "012345678901", "", 19980902, "nữ", "Bản Nà Tập Huấn", 0, "", "thẻ mới", SALT
    )
    return draft(body, person)


def test_an_act_that_waited_for_an_unread_one_is_read_as_soon_as_that_is_held(
    counters: Callable[..., Counter],
) -> None:
    """A changed program writes what only the province may; an honest counter acts after it; a third gets both
    in the other order."""
    bent, honest, third = counters(1), counters(2), counters(3)
    person = bent.person()
    give(bent, third)
    bent.act([draft(OfficialCodeGiven("000.26"), person)])
    give(bent, honest)
    honest.act([changed("Nguyễn Thị Đào Tập Huấn", person)])  # type: ignore[list-item]
    own_journal(honest, third)
    assert rows(third.store, "SELECT name FROM people") == [("Nguyễn Thị Đào",)]
    give(bent, third)
    assert rows(third.store, "SELECT name FROM people") == [("Nguyễn Thị Đào Tập Huấn",)]
    assert not rebuilt_differs(third.store)


def own_journal(giver: Counter, taker: Counter) -> None:
    """The giver's own journal, as a stick may carry it."""
    source = giver.port()
    source.hand_over()
    pieces = source.pieces_from({giver.journal: 1}, 2**30)
    taker.port().ingest(Bundle(UNIT, giver.journal, tuple(pieces)))
