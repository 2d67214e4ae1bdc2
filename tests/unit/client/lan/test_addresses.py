"""Which addresses are called, when, and which are forgotten."""

from __future__ import annotations

import pytest

from sync.client.lan.addresses import LONGEST_WAIT_S, MOST_PLACES, TOLD, AddressBook, own_addresses

HERE = ("10.0.0.1", 7443)
THERE = ("10.0.0.2", 7443)


@pytest.fixture
def book() -> AddressBook:
    made = AddressBook(lambda: 1.0)
    made.fix([HERE])
    return made


def test_a_place_is_called_once_at_a_time(book: AddressBook) -> None:
    assert [place.host for place in book.due(0, ())] == [HERE[0]]
    assert book.due(1, ()) == []


def test_failures_wait_longer_and_strangers_longest(book: AddressBook) -> None:
    waits, now = [], 0.0
    for _ in range(10):
        (place,) = book.due(now, ())
        book.failed(place, "no-line", now)
        waits.append(place.next_try - now)
        now = place.next_try
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert waits[-1] == LONGEST_WAIT_S
    book.failed(place, "unanswered", now)
    assert place.next_try - now > LONGEST_WAIT_S
    book.hurry()
    assert book.due(now, ()), "a person asked"


def test_who_is_in_a_talk_is_not_called(book: AddressBook) -> None:
    (place,) = book.due(0, ())
    book.met(place, b"one")
    book.failed(place, "cut-off", 0)
    assert book.due(10, [b"one"]) == []
    assert book.due(10, [b"two"]) == [place]


def test_a_beacon_of_a_new_run_is_followed_at_once(book: AddressBook) -> None:
    (place,) = book.due(0, ())
    book.failed(place, "no-line", 0)
    book.heard(*HERE, b"new")
    assert book.due(0.1, ()) == [place]
    book.failed(place, "timed-out", 0.1)
    book.heard(*HERE, b"new")
    assert book.due(0.2, ()) == [], "the same one again changes nothing"


def test_siblings_are_told_of_places_that_were_reached(book: AddressBook) -> None:
    book.fix([THERE], TOLD)
    assert book.reached() == []
    book.met(book.due(0, ())[0], b"one")
    book.called_from("10.0.0.3", 7443, b"three")
    assert book.reached() == [HERE, ("10.0.0.3", 7443)]


def test_noise_fills_no_memory_and_never_pushes_a_typed_address_out(book: AddressBook) -> None:
    for number in range(1000):
        book.heard(f"10.1.{number // 250}.{number % 250}", 7443, bytes([number % 251]))
    places = book.all()
    assert len(places) == MOST_PLACES
    assert HERE in {(place.host, place.port) for place in places}


def test_only_so_many_calls_leave(book: AddressBook) -> None:
    book.fix([THERE], TOLD)
    assert book.due(0, (), 0) == []
    assert len(book.due(0, (), 1)) == 1
    assert len(book.due(0, (), 5)) == 1


def test_own_addresses_leave_loopback_out() -> None:
    assert not any(address.startswith("127.") for address in own_addresses())
