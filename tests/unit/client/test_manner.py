"""The briefest way first; an older hub, another dictionary or past cost one request more, never work."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sync.client import manner
from sync.client.backlog import Load
from sync.client.engine import DONE, REFUSED, Engine, HubIdentity
from sync.client.manner import Manner
from sync.protocol.carrying import dictionaries
from sync.protocol.carrying.dictionaries import GENERATION, SHIPPED, load_dictionary, newest_dictionary
from sync.protocol.carrying.lean import Past, is_lean
from sync.protocol.meeting.exchange import unpack_request
from tests.unit.client.peers import AT, HUB_KEY, MemoryHub, MemoryStore, counter
from tests.unit.client.virtual_line import VirtualLine

IDENTITY = HubIdentity(HUB_KEY.public, newest_dictionary(), load_dictionary)


class Watched:
    """A counter, its hub, and every request as it left."""

    def __init__(self, hub: MemoryHub | None = None) -> None:
        self.hub = hub or MemoryHub(load_dictionary)
        self.store: MemoryStore = counter(1)
        self.sent: list[bytes] = []
        self.line = VirtualLine(self._heard)
        self.engine = self.start()

    def start(self) -> Engine:
        self.engine = Engine(self.store, self.line, self.store.key, IDENTITY, lambda: AT, self.line.tick)
        return self.engine

    def _heard(self, data: bytes) -> bytes:
        self.sent.append(data)
        return self.hub.exchange(data)

    def meets(self) -> list[str]:
        self.sent.clear()
        codes = [one.code for one in self.engine.until_idle()]
        assert self.store.vector() == self.hub.store.vector()
        return codes

    def ways(self) -> list[tuple[bool, bool]]:
        """Of each request: whether it was brief, whether its bundle was lean."""
        said = [unpack_request(data).request for data in self.sent]
        return [(one.brief, is_lean(one.bundle)) for one in said]

    def forms(self) -> list[int]:
        """The format of each request."""
        return [data[3] for data in self.sent]


@pytest.fixture
def pc() -> Watched:
    made = Watched()
    made.store.wrote("một", "hai")
    assert made.meets()[-1] == DONE
    return made


def test_a_new_act_leaves_brief_and_lean(pc: Watched) -> None:
    pc.store.wrote("Nguyễn Thị Hương, Thôn Đông")
    assert (pc.meets(), pc.ways()) == ([DONE], [(True, True)])


def test_the_beginning_of_a_journal_has_no_past() -> None:
    made = Watched()
    made.meets()
    assert made.ways()[0] == (True, False)


def test_a_hub_of_before_is_asked_in_its_own_format_once_and_for_all(pc: Watched) -> None:
    pc.hub.knows = 1
    pc.store.wrote("ba")
    assert pc.meets() == [REFUSED, REFUSED, DONE]
    assert pc.ways() == [(True, True), (True, True), (False, False)]
    pc.store.wrote("bốn")
    assert (pc.meets(), pc.ways()) == ([DONE], [(False, False)])
    pc.hub.knows = 3
    pc.start()  # the hub was updated: found out at the next start
    pc.store.wrote("năm")
    assert (pc.meets(), pc.ways()) == ([DONE], [(True, True)])


def test_a_hub_with_another_past_gets_the_common_form_and_from_then_on_what_both_hold(pc: Watched) -> None:
    own = pc.store.journal
    other: Callable[[int, int, int], Past | None] = pc.hub.past

    def without_the_second(journal: int, first: int, last: int) -> Past | None:
        found = other(journal, first, last)
        if found is None or first > 2:
            return found
        return Past(found.head, [one.without_body() if one.id.seq == 2 else one for one in found.entries])

    pc.hub.past = without_the_second  # type: ignore[method-assign]
    pc.store.wrote("ba")
    assert (pc.meets(), pc.ways()) == ([REFUSED, DONE], [(True, True), (True, False)])
    pc.store.wrote("bốn")
    assert (pc.meets(), pc.ways()) == ([DONE], [(True, True)])
    assert pc.hub.store.held_to(own) == pc.store.held_to(own)


def test_another_counters_run_has_no_lean_form(pc: Watched) -> None:
    sibling = counter(2)
    sibling.wrote("của máy bên")
    sibling.hand_over()
    (run,) = sibling.pieces_from({sibling.journal: 1}, 10_000)
    assert Manner(trained=True).lean(pc.store, [run], b"x" * 9_000) == (b"x" * 9_000, 0)


def test_a_hub_that_lacks_our_newest_dictionary_is_served_with_the_one_before(
    pc: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = (*SHIPPED, SHIPPED[0])  # a third one, which this hub cannot name
    known = GENERATION

    def of(generation: int) -> bytes | None:
        return dictionaries.load_dictionary(newer[generation - 1]) if generation else None

    monkeypatch.setattr(manner, "GENERATION", known + 1)
    monkeypatch.setattr(manner, "dictionary_of", of)
    pc.hub._dictionaries = lambda number: load_dictionary(number) if number != SHIPPED[0] else None
    pc.start()
    pc.engine._manner._agreed_from = 10_000  # no past in common: only trained dictionaries are at stake
    pc.store.wrote("Nguyễn Thị Hương, Thôn Đông, xã Tân Tập, tỉnh Nam Định " * 3)
    assert pc.meets() == [REFUSED, DONE]
    assert unpack_request(pc.sent[0]).request.generation == known + 1
    pc.store.wrote("Nguyễn Thị Lan, Thôn Đoài, xã Tân Tập, tỉnh Nam Định " * 3)
    assert pc.meets() == [DONE]


def test_without_any_dictionary_nothing_is_refused_twice(pc: Watched) -> None:
    pc.hub._dictionaries = lambda _: None
    pc.engine._manner._agreed_from = 10_000
    pc.store.wrote("Nguyễn Thị Hương, Thôn Đông, xã Tân Tập, tỉnh Nam Định " * 3)
    assert pc.engine.until_idle()[-1].code in (DONE, REFUSED)  # two steps down are enough for one round
    assert pc.meets() == [DONE]
    pc.store.wrote("thêm " * 40)
    assert pc.meets() == [DONE]


def test_a_lean_bundle_answered_late_is_sent_again_and_counts_once(pc: Watched) -> None:
    pc.store.wrote("năm")
    pc.engine.until_idle()
    held, again = pc.hub.store.held_to(pc.store.journal), pc.sent[-1]
    pc.store.wrote("sáu")
    pc.meets()
    pc.hub.exchange(again)
    assert pc.hub.store.held_to(pc.store.journal) == held + 1


def test_refusals_that_are_none_of_ours_are_left_alone(pc: Watched) -> None:
    one = Manner(trained=True)
    spoken = one.said(unpack_request(pc.sent[0]).request, 0)[1]
    assert not one.refused("sender-unknown", spoken, Load({}, {}, 3))
    assert not one.refused("dictionary-unknown", spoken, Load({}, {}, 0))
    assert (one.form, one.generation) == (3, GENERATION)


def test_a_hub_of_format_2_is_spoken_to_in_it(pc: Watched) -> None:
    pc.hub.knows = 2
    pc.store.wrote("ba")
    assert (pc.meets(), pc.forms()) == ([REFUSED, DONE], [3, 2])
    pc.store.wrote("bốn")
    assert (pc.meets(), pc.forms(), pc.ways()) == ([DONE], [2], [(True, True)])


def test_the_past_of_format_3_is_longer(pc: Watched) -> None:
    pc.store.wrote(*range(400))
    pc.meets()
    sizes = []
    for knows in (3, 2):
        pc.hub.knows = knows
        pc.store.wrote("một việc mới")
        assert pc.meets()[-1] == DONE
        sizes.append(unpack_request(pc.sent[-1]).request.bundle[7])
    assert sizes == [255, 127]


def test_what_only_format_3_can_ask_is_not_asked_in_another(pc: Watched) -> None:
    asked = msgspec.structs.replace(unpack_request(pc.sent[0]).request, want=8_192, behind=4_096)
    one = Manner(trained=True)
    said, _ = one.said(asked, 0)
    assert (said.want, said.behind) == (8_192, 4_096)
    one.form = 2
    said, _ = one.said(asked, 0)
    assert (said.want, said.behind) == (0, 0)
