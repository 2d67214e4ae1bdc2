"""The equality proof on chains of made-up hashes: the first entry apart is found, wherever it lies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client.proof import (
    ENTRY_APART,
    EQUAL,
    MOST,
    READ_APART,
    FileAsker,
    HubTooOld,
    LineAsker,
    NotAnswered,
    Proof,
    prove,
)
from sync.client.transport import Garbled, RequestRefused
from sync.protocol.meeting.exchange import HeadAt
from sync.protocol.meeting.heads import HeadsAnswer, HeadsRequest, pack_heads_answer, unpack_heads_request
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import NotAuthentic

HUB, DEVICE = SigningKey(bytes(range(32))), SigningKey(bytes(range(32, 64)))
AT = 1_795_134_600_000


class Side:
    """A holder of journals, each a list of contents; as a store sees itself, and as a hub answers."""

    def __init__(
        self, contents: Mapping[int, Sequence[int]], readings: Mapping[str, bytes] | None = None
    ) -> None:
        self.heads: dict[EntryId, bytes] = {}
        self._tops = {journal: len(entries) for journal, entries in contents.items() if entries}
        self._readings = readings or {}
        self.questions: list[tuple[EntryId, ...]] = []
        for journal, entries in contents.items():
            head = journal.to_bytes(4, "big")
            for seq, content in enumerate(entries, 1):
                head = hashlib.sha256(head + content.to_bytes(8, "big")).digest()
                self.heads[EntryId(journal, seq)] = head

    def tops(self) -> dict[int, int]:
        return dict(self._tops)

    def heads_at(self, places: Sequence[EntryId]) -> dict[EntryId, bytes]:
        return {place: self.heads[place] for place in places}

    def readings(self) -> Mapping[str, bytes]:
        return self._readings

    def __call__(self, places: Sequence[EntryId]) -> HeadsAnswer:
        self.questions.append(tuple(places))
        asked = places or [EntryId(journal, seq) for journal, seq in self._tops.items()]
        heads = tuple(HeadAt(p.journal, p.seq, self.heads[p]) for p in asked if p in self.heads)
        return HeadsAnswer(AT, 1, heads, tuple(self._readings.items()))


@settings(max_examples=200, deadline=None)
@given(
    same=st.lists(st.integers(0, 3), max_size=400),
    ours=st.lists(st.integers(0, 3), max_size=300),
    theirs=st.lists(st.integers(0, 3), max_size=300),
)
def test_the_first_entry_that_differs_is_found(same: list[int], ours: list[int], theirs: list[int]) -> None:
    mine, hub = [*same, *ours], [*same, *theirs]
    found = prove(Side({257: mine}), Side({257: hub}))
    apart = [seq for seq, (one, other) in enumerate(zip(mine, hub, strict=False), 1) if one != other]
    if apart:
        assert (found.verdict, found.first) == (ENTRY_APART, EntryId(257, apart[0]))
    else:
        shared = min(len(mine), len(hub))
        assert found == Proof(EQUAL, AT, shared, len(mine) - shared, len(hub) - shared)


def test_a_million_entries_take_few_questions() -> None:
    same = list(range(100_000))
    hub = Side({257: [*same[:73_214], 0, *same[73_215:]]})
    assert prove(Side({257: same}), hub).first == EntryId(257, 73_215)
    assert len(hub.questions) <= 4
    assert max(map(len, hub.questions)) <= MOST


def test_the_first_of_several_journals_is_named_and_others_count_as_held_by_one() -> None:
    mine = {257: [1, 2, 3], 513: [1, 2], 769: [5]}
    found = prove(Side(mine), Side({257: [1, 2, 9], 513: [1, 7, 8], 1025: [4]}))
    assert (found.verdict, found.first) == (ENTRY_APART, EntryId(257, 3))
    assert (found.compared, found.ours, found.theirs) == (5, 1, 2)


def test_readings_are_compared_only_where_both_hold_the_same() -> None:
    mine, other = {"lines": bytes(32)}, {"lines": bytes([1] * 32), "unknown-here": bytes(32)}
    found = prove(Side({257: [1]}, mine), Side({257: [1]}, other))
    assert (found.verdict, found.reading) == (READ_APART, "lines")
    assert prove(Side({257: [1]}, mine), Side({257: [1, 2]}, other)).verdict == EQUAL
    assert prove(Side({257: [1]}, mine), Side({257: [1]}, {"unknown-here": bytes(32)})).verdict == EQUAL


def test_a_hub_that_answers_about_something_else_proves_nothing() -> None:
    hub = Side({257: [1, 2, 3, 4]})

    def shifted(places: Sequence[EntryId]) -> HeadsAnswer:
        return hub(places if not places else [EntryId(257, 4)])

    with pytest.raises(Garbled):
        prove(Side({257: [1, 2]}), shifted)


def asker(reply: bytes | Exception, sent: list[bytes] | None = None) -> LineAsker:
    def send(request: bytes) -> bytes:
        if sent is not None:
            sent.append(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    return LineAsker(send, "00000", 257, DEVICE, HUB.public, lambda: AT)


def test_what_is_asked_carries_the_devices_tag() -> None:
    sent: list[bytes] = []
    places = (EntryId(257, 3), EntryId(513, 9))
    asker(pack_heads_answer(HeadsAnswer(AT, 1), "00000", HUB), sent)(places)
    asked = unpack_heads_request(sent[0])
    assert asked.request == HeadsRequest("00000", 257, AT, places)
    asked.verify(DEVICE.public, HUB)
    with pytest.raises(NotAuthentic):
        asked.verify(SigningKey(bytes(32)).public, HUB)


def test_a_hub_that_does_not_know_the_question_is_older() -> None:
    with pytest.raises(HubTooOld):
        asker(RequestRefused("HTTP status 400"))(())


def test_a_refusal_is_no_agreement() -> None:
    with pytest.raises(NotAnswered) as refused:
        asker(pack_heads_answer(HeadsAnswer(AT, refused="other-unit"), "", HUB))(())
    assert refused.value.code == "other-unit"


@pytest.mark.parametrize("unit", ["00000", "03390"])
@pytest.mark.parametrize("key", [HUB, DEVICE])
def test_only_this_hubs_answer_about_this_unit_is_believed(unit: str, key: SigningKey) -> None:
    reply = pack_heads_answer(HeadsAnswer(AT, 1), unit, key)
    if (unit, key) == ("00000", HUB):
        assert asker(reply)(()).life == 1
    else:
        with pytest.raises(Garbled):
            asker(reply)(())


def test_a_file_answers_as_the_hub_did() -> None:
    hub = Side({257: [1, 2, 3, 4, 5], 513: [1]}, {"lines": bytes(32)})
    heads = tuple(HeadAt(place.journal, place.seq, head) for place, head in hub.heads.items())
    data = pack_heads_answer(HeadsAnswer(AT, 1, heads, (("lines", bytes(32)),)), "00000", HUB)
    mine = Side({257: [1, 2, 9, 4, 5], 513: [1]})
    by_file = prove(mine, FileAsker(data, "00000", HUB.public))
    assert by_file == prove(mine, hub)
    assert by_file.first == EntryId(257, 3)
    with pytest.raises(NotAuthentic):
        FileAsker(data[:60] + bytes([data[60] ^ 1]) + data[61:], "00000", HUB.public)
