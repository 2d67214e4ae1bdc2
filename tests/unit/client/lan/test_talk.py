"""Two counters tell each other what they hold until both hold all of it, and then are silent."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client.lan import messages, talk
from sync.client.lan.channel import Message
from sync.client.lan.messages import Asked
from sync.protocol.carrying.vector import Vector, make_vector, sign_vector
from sync.protocol.naming.ids import journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, Refusal
from tests.unit.client.lan.talking import Pair
from tests.unit.client.peers import AT, HUB_KEY, UNIT, MemoryStore, counter, province


def same(*stores: MemoryStore) -> bool:
    for store in stores:
        store.hand_over()
    return len({store.vector().digest for store in stores}) == 1


def test_both_hold_all_after_the_first_words_and_fall_silent() -> None:
    one, two = counter(1), counter(2)
    one.wrote(*range(70))
    two.wrote(*range(5))
    pair = Pair(one, two)
    assert pair.begin() <= 10
    assert same(one, two)
    assert one.held_to(two.journal) == 6
    assert two.held_to(one.journal) == 71
    assert pair.wake() == 0, "nothing new, nothing said"


def test_an_act_is_told_at_once_and_acknowledged_by_what_the_other_holds() -> None:
    one, two = counter(1), counter(2)
    pair = Pair(one, two)
    pair.begin()
    one.wrote("một bản sao")
    assert pair.wake() == 2, "one tells with the entry in it, the other says what it holds now"
    assert two.held_to(one.journal) == 2
    assert pair.heard[0].vectors[-1].covers(one.journal, 2), "the second copy is known here"


def test_a_relay_passes_on_what_it_took_from_a_third() -> None:
    one, two, three, hub = counter(1), counter(2), counter(3), province()
    one.wrote("một")
    hub.wrote("của tỉnh")
    hub.hand_over()
    one.wrote("hai")
    Pair(one, hub).begin()  # the province's journal came to the first some other way
    Pair(one, two).begin()
    Pair(two, three).begin()
    assert same(two, three)
    assert three.held_to(one.journal) == 3
    assert three.held_to(hub.journal) == 2


def test_a_backlog_goes_in_pieces_one_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "BATCH_BYTES", 1500)
    one, two = counter(1), counter(2)
    chance = random.Random(1)
    for _ in range(400):
        one.wrote(chance.randbytes(40).hex())
        if chance.random() < 0.2:
            one.hand_over()
    two.wrote(*(chance.randbytes(40).hex() for _ in range(200)))
    pair = Pair(one, two)
    assert pair.begin() > 20
    assert same(one, two)


def word_about(*stores: MemoryStore, at: int = AT, key: SigningKey = HUB_KEY) -> object:
    held = {store.journal: (store.held_to(store.journal), store.heads[store.journal][-1]) for store in stores}
    return sign_vector(key, UNIT, at, 1, make_vector(held), Vector({}, b"\0" * 8))


def test_the_hubs_word_is_passed_on_and_only_a_newer_one_kept() -> None:
    one, two = counter(1), counter(2)
    one.wrote("một")
    one.keep_word(word_about(one, at=AT + 5))
    two.keep_word(word_about(two, at=AT + 1))
    pair = Pair(one, two)
    pair.begin()
    assert two.last_word() == one.last_word()
    assert two.last_word().received.covers(one.journal, 2)
    assert (pair.heard[0].words, pair.heard[1].words) == (0, 1)
    two.keep_word(word_about(one, two, at=AT + 9))
    pair.wake()
    assert one.last_word().at == AT + 9, "whoever met the hub tells the others"
    assert pair.wake() == 0, "it is not sent back and forth"


def test_a_word_the_hub_never_gave_ends_the_talk() -> None:
    one, two = counter(1), counter(2)
    one.keep_word(word_about(one, key=SigningKey.fresh()))
    with pytest.raises(NotAuthentic):
        Pair(one, two).begin()
    assert two.last_word() is None


def test_the_clock_of_the_other_is_told_with_each_word() -> None:
    pair = Pair(counter(1), counter(2), clocks=(AT, AT + 660_000))
    pair.begin()
    assert pair.heard[0].offsets[-1] == 660_000
    assert pair.heard[1].offsets[-1] == -660_000


def test_a_question_is_answered_behind_what_answering_wrote() -> None:
    one, two = counter(1), counter(2)
    pair = Pair(one, two)
    pair.begin()

    def passes(topic: int, words: bytes) -> bytes:
        two.wrote("quyền cấp số chuyển")
        return bytes([topic]) + words

    pair.heard[1].answer = passes
    pair.says(0, [messages.ask(Asked(7, 3, b"xin"))])
    pair.run()
    assert pair.heard[0].answers == [Asked(7, 3, b"\x03xin")]
    kinds = [type(one).__name__ for one in pair.heard[0].took]
    assert kinds, "the asker holds the entry"
    assert one.held_to(two.journal) == 2


def forked(length: int = 1) -> tuple[MemoryStore, MemoryStore, MemoryStore]:
    """A counter, its copy that went another way after three common acts, and a third counter."""
    one, copy, third = counter(1), counter(1), counter(2)
    for store in (one, copy):
        store.wrote("chung 1", "chung 2", "chung 3")
        store.hand_over()
    for number in range(length):
        one.wrote(f"ở máy thật {number}")
        copy.wrote(f"ở bản sao {number}")
    return one, copy, third


@pytest.mark.parametrize("length", [1, 5, 200])
def test_a_fork_is_found_at_the_first_meeting_of_two_holders(length: int) -> None:
    one, copy, third = forked(length)
    fourth = counter(3)
    Pair(one, third).begin()
    Pair(copy, fourth).begin()
    forks: list[int] = []
    pair = Pair(third, fourth)
    pair.begin()
    pair.wake()
    for heard in pair.heard:
        forks += [journal for took in heard.took for journal in took.forked]
    assert journal_of(1, 1) in forks
    assert third.held_to(one.journal) == fourth.held_to(one.journal) == 4 + length
    assert pair.wake() == 0, "once shown, it is not shown again"


def test_a_fork_of_unequal_length_is_found_too() -> None:
    one, copy, third = forked(3)
    copy.wrote("và một việc nữa")
    fourth = counter(3)
    Pair(one, third).begin()
    Pair(copy, fourth).begin()
    pair = Pair(third, fourth)
    pair.begin()
    pair.wake()
    assert any(took.forked for heard in pair.heard for took in heard.took)


def test_what_is_not_taken_is_not_sent_again_and_delays_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = counter(1), counter(2)
    one.wrote("một", "hai")
    one.points[one.journal] = []
    one.hand_over()
    bad = one.points[one.journal][-1]
    one.points[one.journal] = [type(bad)(bad.journal, bad.seq, bad.head, bytes(64))]
    good = counter(3)
    good.wrote("ba")
    Pair(good, one).begin()
    pair = Pair(one, two)
    assert pair.begin() < 10
    assert two.held_to(one.journal) == 0
    assert two.held_to(good.journal) == 2
    assert pair.wake() == 0


@pytest.mark.parametrize(
    ("bend", "refusal"),
    [
        (lambda m: Message(99, m.body), NewerFormat),
        (lambda m: Message(messages.PROOF, m.body), Malformed),
        (lambda m: Message(messages.REFUSED, m.body), Malformed),
        (lambda m: Message(m.kind, m.body[:-1]), Refusal),
        (lambda m: Message(m.kind, m.body[:-1] + bytes([m.body[-1] ^ 1])), NotAuthentic),
        (lambda m: Message(m.kind, b"\x05" + m.body[1:]), Malformed),
        (lambda m: Message(m.kind, b""), Malformed),
    ],
)
def test_what_may_not_be_said_ends_the_talk(
    bend: Callable[[Message], Message], refusal: type[Refusal]
) -> None:
    pair = Pair(counter(1), counter(2))
    (first,) = pair.talks[0].begin()
    with pytest.raises(refusal):
        pair.talks[1].take(bend(first))


def test_nobody_speaks_in_a_thirds_name() -> None:
    one, two, three = counter(1), counter(2), counter(3)
    (told,) = Pair(three, two).talks[0].begin()
    with pytest.raises(Malformed, match="another's name"):
        Pair(one, two).talks[1].take(told)


def test_a_relay_bundles_in_its_own_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = counter(1), counter(2), counter(3)
    three.wrote("của máy ba")
    Pair(three, one).begin()
    pair = Pair(one, two)
    named = talk.Bundle
    monkeypatch.setattr(talk, "Bundle", lambda unit, _, runs: named(unit, three.journal, runs))
    told = [said for message in pair.talks[1].begin() for said in pair.talks[0].take(message)]
    monkeypatch.undo()
    brings = max(told, key=lambda message: len(message.body))
    with pytest.raises(Malformed, match="another sender"):
        pair.talks[1].take(brings)
    assert two.held_to(three.journal) == 0


@settings(max_examples=300, deadline=None)
@given(kind=st.integers(0, 12), body=st.binary(max_size=300))
def test_no_message_does_more_than_end_the_talk(kind: int, body: bytes) -> None:
    pair = Pair(counter(1), counter(2))
    with contextlib.suppress(Refusal):
        pair.talks[0].take(Message(kind, body))
    assert pair.stores[0].held_to(journal_of(1, 1)) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 4), st.booleans()), max_size=12), st.randoms())
def test_any_order_of_acts_and_words_ends_equal(
    moves: list[tuple[int, int, bool]], chance: random.Random
) -> None:
    one, two = counter(1), counter(2)
    pair = Pair(one, two)
    for side, talking in enumerate(pair.talks):
        pair.says(side, talking.begin())
    for side, many, carries in moves:
        pair.stores[side].wrote(*range(many))
        pair.says(side, pair.talks[side].due())
        lines = [line for line in (0, 1) if pair.lines[line]]
        if carries and lines:
            taken = chance.choice(lines)
            pair.says(1 - taken, pair.talks[1 - taken].take(pair.lines[taken].popleft()))
    pair.run()
    pair.wake()
    assert same(one, two)
