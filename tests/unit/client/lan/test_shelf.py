"""The shelf: what siblings may take, asked in any words, answered in any words."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.lan import messages
from sync.client.lan.messages import MAX_ASKED_BYTES, MAX_REPLY_BYTES, Asked
from sync.client.lan.shelf import (
    CHECK_LIST,
    LOOK,
    MOST_ITEMS,
    MOST_PART,
    PART,
    Item,
    Place,
    Shelf,
    ask_part,
    read_items,
)
from sync.client.lan.siblings import Offer, Siblings
from sync.client.transport import Garbled, LineFault, TimedOut
from sync.protocol.journals.codec import encode
from sync.protocol.refusals import Malformed

DATA = bytes(range(256)) * 600
DIGEST = sha256(DATA).digest()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    path = tmp_path / "list"
    path.write_bytes(DATA)
    return Place(Item(CHECK_LIST, 7, DIGEST, len(DATA), len(DATA)), path)


def siblings_of(shelf: Shelf) -> Siblings:
    def ask(journal: int, topic: int, words: bytes, seconds: float) -> bytes:
        if journal == 2:
            raise TimedOut("off")
        return shelf.answer(topic, words)

    return Siblings(lambda: ((1, "QUẦY 1"), (2, "QUẦY 2")), ask)


def test_a_file_comes_whole_from_who_has_it_and_a_silent_sibling_is_passed_over(place: Place) -> None:
    siblings = siblings_of(Shelf(lambda: [place]))
    (offer,) = siblings.look()
    assert (offer.journal, offer.name, offer.item) == (1, "QUẦY 1", place.item)
    assert siblings.whole(offer, len(DATA)) == DATA
    assert siblings.whole(offer, len(DATA) - 1) is None, "larger than the taker takes"
    assert siblings.part(1, DIGEST, len(DATA) - 3, 100) == DATA[-3:]
    assert siblings.part(1, DIGEST, len(DATA), 100) == b""
    assert siblings.part(1, bytes(32), 0, 100) == b""


def test_no_more_of_a_file_is_given_than_is_told(place: Place) -> None:
    half = Place(Item(CHECK_LIST, 7, DIGEST, len(DATA), 1_000), place.path)
    siblings = siblings_of(Shelf(lambda: [half]))
    assert siblings.part(1, DIGEST, 900, MOST_PART) == DATA[900:1_000]
    assert siblings.whole(siblings.look()[0], len(DATA)) is None


def test_a_file_that_changed_meanwhile_is_none(place: Place) -> None:
    siblings = siblings_of(Shelf(lambda: [place]))
    (offer,) = siblings.look()
    place.path.write_bytes(bytes(len(DATA)))
    assert siblings.whole(offer, len(DATA)) is None
    place.path.unlink()
    assert siblings.whole(offer, len(DATA)) is None


def test_more_than_was_asked_for_is_garbled() -> None:
    siblings = Siblings(lambda: ((1, "QUẦY 1"),), lambda *_: b"x" * 11)
    with pytest.raises(Garbled):
        siblings.part(1, DIGEST, 0, 10)
    item = Item(CHECK_LIST, 7, DIGEST, 5, 5)
    assert siblings.whole(Offer(1, "QUẦY 1", item), 100) is None


@pytest.mark.parametrize(
    "said",
    [
        b"\xff", b"\x93\xa7unknown\xa0\xa0", encode([Item(1, 1, DIGEST, 1, 2)]),
        encode([[1, 1, b"short", 1, 1, 0]]),
        encode([Item(1, 1, DIGEST, 1, 1)] * (MOST_ITEMS + 1)), encode([[1, -1, DIGEST, 1, 1, 0]]),
    ],
)  # fmt: skip
def test_a_shelf_that_cannot_be_is_no_shelf(said: bytes) -> None:
    with pytest.raises(Malformed):
        read_items(said)
    assert Siblings(lambda: ((1, "QUẦY 1"),), lambda *_: said).look() == []


def test_an_old_counters_answer_is_an_empty_shelf() -> None:
    assert read_items(b"") == ()


@given(st.integers(0, 255), st.binary(max_size=200))
def test_any_question_has_an_answer(topic: int, words: bytes) -> None:
    item = Item(CHECK_LIST, 7, DIGEST, 9, 9)
    answer = Shelf(lambda: [Place(item, Path("nowhere"))]).answer(topic, words)
    assert answer == b"" or (topic == LOOK and read_items(answer) == (item,))


@given(st.binary(max_size=300))
def test_any_answer_is_read_or_refused(said: bytes) -> None:
    siblings = Siblings(lambda: ((1, "QUẦY 1"),), lambda *_: said)
    siblings.look()
    assert siblings.whole(Offer(1, "QUẦY 1", Item(CHECK_LIST, 7, DIGEST, 200, 200)), 1_000) is None
    try:
        assert len(siblings.part(1, DIGEST, 0, 100)) <= 100
    except LineFault:
        assert len(said) > 100


def test_a_question_is_short_and_an_answer_may_hold_a_part() -> None:
    part = Asked(1, PART, b"x" * MOST_PART)
    assert messages.read_reply(messages.reply(part).body) == part
    with pytest.raises(Malformed):
        messages.read_asked(messages.ask(part).body)
    with pytest.raises(Malformed):
        messages.read_reply(messages.reply(Asked(1, PART, b"x" * (MAX_REPLY_BYTES + 1))).body)
    question = Asked(1, PART, ask_part(DIGEST, 2**31 - 1, 10**9))
    assert len(question.words) < MAX_ASKED_BYTES
    assert messages.read_asked(messages.ask(question).body) == question


def test_a_sibling_that_gives_by_drops_is_left_at_the_first(place: Place) -> None:
    asked: list[int] = []

    def ask(journal: int, topic: int, words: bytes, seconds: float) -> bytes:
        asked.append(topic)
        data = Shelf(lambda: [place]).answer(topic, words)
        return data if topic == LOOK else data[:1]

    siblings = Siblings(lambda: ((1, "QUẦY 1"),), ask)
    (offer,) = siblings.look()
    assert siblings.whole(offer, len(DATA)) is None
    assert asked == [LOOK, PART]
