"""A hub that answers garbage, 500, a captive portal's page, or nothing: words, and nothing changed."""

from __future__ import annotations

import pytest

from counter_app.services.exchange.outcome_words import trouble
from sync.client.engine import DONE
from sync.client.transport import CutOff, HubFailed, NoLine, NotTheHub, TimedOut
from tests.faults.scenes.exchange import Exchange, running, settle
from tests.support.counter import UNIT
from tests.support.invariants import broken, contents, false_acknowledgement, hub_apart, stale
from tests.unit.hub.commune import Direct

PORTAL = b"<!DOCTYPE html><html><body>Dang nhap Wi-Fi</body></html>"
ANSWERS: dict[str, bytes | Exception] = {
    "garbage": bytes(range(256)) * 8,
    "zeros": bytes(2_000),
    "one byte": b"\x93",
    "empty": b"",
    "portal": PORTAL,
    "portal seen by HTTP": NotTheHub("302"),
    "500": HubFailed("500"),
    "nothing": TimedOut("10 s"),
    "no line": NoLine("no route"),
    "cut": CutOff("reset"),
}

pytestmark = pytest.mark.fault


class Liar:
    """A line on which every request gets the same answer."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer = answer

    def send(self, request: bytes) -> bytes:
        """The answer, whatever was asked."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Exchange:
    made = Exchange(tmp_path_factory.mktemp("answers") / "live")
    made.prepare()
    return made


@pytest.mark.parametrize("name", ANSWERS)
def test_each_is_told_in_words_changes_nothing_and_the_next_exchange_brings_all(
    scene: Exchange, name: str
) -> None:
    pc = running(scene.one)
    before, word = contents(pc.store), pc.port().last_word()
    outcome = scene._engine(pc, Liar(ANSWERS[name])).exchange()
    assert outcome.code != DONE
    words = trouble(outcome.code, outcome.refusal)
    assert words is not None
    assert all(part for one in words for part in (one.title, one.meaning, one.remedy))
    assert contents(pc.store) == before
    assert pc.port().last_word() == word, "nothing is called at the province"
    assert broken(pc.store) + stale(pc.store) + false_acknowledgement(pc.port(), pc.store) == []
    with scene._hub(2_000_000) as hub:
        settle(pc, Direct(hub), hub)
        assert hub_apart(hub, UNIT, pc.store) == []
    pc.close()
