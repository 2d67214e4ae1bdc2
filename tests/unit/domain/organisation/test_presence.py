"""Presence is said by light entries of the unit: the last in causal order counts, for its day alone."""

from __future__ import annotations

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.organisation.entries import PresenceSaid
from counter_app.domain.organisation.presence import presence_of, say_here, say_whether
from counter_app.domain.organisation.state import UnitState, unit_subject
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import NOON, Counter

UNIT = unit_subject("03390")
WHO, OTHER = EntryId(257, 2), EntryId(257, 3)
DAY = 20261121


class Desk(Counter):
    """A PC that folds the unit, which no entry begins."""

    def folded(self) -> Folded:
        """The unit as this PC holds it."""
        return fold_subject(UNIT, [one for one in self.facts.values() if UNIT in one.facts.subjects])

    def heads(self, subject: EntryId) -> tuple[EntryId, ...]:
        """What the next word names: what is read here."""
        return self.folded().heads if self.facts else ()


def unit(counter: Desk) -> UnitState:
    if not counter.facts:
        return UnitState(UNIT)
    state: UnitState = counter.folded().state
    return state


def here(counter: Desk, who: EntryId = WHO, day: int = DAY) -> None:
    drafts = say_here(unit(counter), who, counter.journal, day, counter.clock)
    if drafts:
        counter.append(drafts)


def away(counter: Desk, until: int = 0) -> None:
    counter.append(say_whether(unit(counter), WHO, False, DAY, counter.clock, until))


def test_signing_in_is_said_once_a_day_and_counter() -> None:
    one = Desk(1)
    here(one)
    here(one)
    assert len(one.facts) == 1
    here(one, day=DAY + 1)
    assert len(one.facts) == 2
    said = presence_of(unit(one), WHO, DAY + 1)
    assert said is not None
    assert (said.here, said.journal, said.since) == (True, one.journal, NOON)
    assert presence_of(unit(one), WHO, DAY) is None, "yesterday's word is over"


def test_the_later_in_causal_order_counts_whatever_clocks_say() -> None:
    one, other = Desk(1, clock=NOON + 10_000_000), Desk(2, clock=NOON)
    here(one)
    other.exchange(one)
    away(other, NOON + 60_000)
    one.exchange(other)
    for counter in (one, other):
        said = presence_of(unit(counter), WHO, DAY)
        assert said is not None
        assert (said.here, said.until) == (False, NOON + 60_000)


def test_concurrent_words_leave_every_counter_with_the_same_one() -> None:
    one, other, third = Desk(1), Desk(2), Desk(3)
    here(one)
    here(other)
    here(other, OTHER)
    third.exchange(other)
    third.exchange(one)
    one.exchange(other)
    assert unit(one) == unit(other) == unit(third)
    assert [said.official for said in unit(one).present] == [WHO, OTHER]
    assert one.folded().conflicts == ()


def test_a_word_of_a_day_gone_by_that_arrives_late_changes_nothing() -> None:
    one, other = Desk(1), Desk(2, clock=NOON + 90_000)
    here(one, day=DAY + 1)
    here(other, day=DAY)
    one.exchange(other)
    said = presence_of(unit(one), WHO)
    assert said is not None
    assert said.day == DAY + 1


def test_the_bytes_of_presence_are_these_for_ever_and_older_programs_pass_them_over() -> None:
    body = PresenceSaid(WHO, DAY, "away", NOON, NOON + 1)
    assert encode_body(body).hex() == "9592cd010102ce01352901a461776179cf000001a1fc79c080cf000001a1fc79c081"
    assert decode_body(PresenceSaid, bytes.fromhex("9492cd010102ce01352901a461776179cf000001a1fc79c080")) == (
        PresenceSaid(WHO, DAY, "away", NOON)
    )
    assert not BY_NUMBER[121].must_understand
