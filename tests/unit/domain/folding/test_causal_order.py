"""The order of facts: the quick way by the clock says the same as the whole one, whatever the clocks say."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.folding import order
from counter_app.domain.folding.fact import Fact
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import EntryId

SUBJECT = EntryId(257, 3)
OTHER = EntryId(258, 1)


def fact(identity: EntryId, at: int, after: tuple[EntryId, ...] = (), main: EntryId = SUBJECT) -> Fact:
    """A fact that names the subject, mainly or besides another one."""
    subjects = (main,) if main == SUBJECT else (main, SUBJECT)
    facts = Facts(at, 100, 1, 0, None, None, subjects, after)
    return Fact(Entry(identity, facts, b"", b"", b""), facts, None)


identities = st.builds(EntryId, st.sampled_from((257, 258, 259)), st.integers(1, 6))
facts_of_one = st.lists(
    st.builds(
        fact,
        identities,
        st.integers(0, 5),
        st.lists(identities, max_size=2, unique=True).map(tuple),
        st.sampled_from((SUBJECT, SUBJECT, OTHER)),
    ),
    unique_by=lambda one: one.id,
    max_size=8,
)


@given(facts_of_one, st.booleans())
@example([fact(SUBJECT, 1), fact(EntryId(258, 2), 2)], False)
@example([fact(SUBJECT, 9), fact(EntryId(258, 2), 1, (SUBJECT,))], False)
@example([fact(SUBJECT, 1), fact(EntryId(258, 2), 2, (EntryId(259, 1),))], False)
@example([fact(SUBJECT, 1), fact(EntryId(258, 2), 2), fact(EntryId(258, 1), 3)], False)
def test_by_the_clock_is_by_the_parents(facts, rootless):
    held = {one.id: one for one in facts}
    whole = order._by_parents(SUBJECT, held, rootless)
    assert order.causal_order(SUBJECT, facts, rootless) == whole
    quick = order._by_clock(SUBJECT, held, rootless)
    assert quick is None or quick == whole


def day_of_a_request() -> list[Fact]:
    """Taken in on one PC, numbered and signed on another, handed over on the first; clocks agree."""
    begun, numbered = fact(SUBJECT, 10), fact(EntryId(258, 4), 20, (SUBJECT,))
    signed = fact(EntryId(258, 5), 30, (numbered.id,), OTHER)
    return [begun, numbered, signed, fact(EntryId(257, 9), 40, (signed.id,))]


def test_honest_clocks_take_the_quick_way():
    facts = day_of_a_request()
    quick = order._by_clock(SUBJECT, {one.id: one for one in reversed(facts)}, False)
    assert quick == order.Ordered(facts, (), (facts[-1].id,))


def test_a_clock_behind_its_parent_takes_the_whole_way():
    facts = day_of_a_request()
    late = fact(EntryId(259, 1), 5, (facts[-1].id,))
    held = {one.id: one for one in (*facts, late)}
    assert order._by_clock(SUBJECT, held, False) is None
    assert order.causal_order(SUBJECT, held.values(), False).facts == [*facts, late]


def test_two_acts_at_once_are_both_heads():
    begun, one, two = (
        fact(SUBJECT, 1),
        fact(EntryId(258, 1), 2, (SUBJECT,)),
        fact(EntryId(259, 1), 3, (SUBJECT,)),
    )
    assert order.causal_order(SUBJECT, [two, one, begun]).heads == (one.id, two.id)
