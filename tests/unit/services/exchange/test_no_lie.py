"""The sync page never says more than is so: random acts, lost answers, a restored hub, and each lie planted.

What is so is read from the hub's own tables, never from what the counter was told.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.services.exchange import port as area_module
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.pill import LineFacts
from counter_app.services.exchange.port import ExchangeArea
from counter_app.services.ports.exchange import SYNCED
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.queries import exchange as counts
from sync.client.engine import Engine, HubIdentity
from sync.client.transport import CutOff, NoLine
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.vector import SignedVector, make_vector, sign_vector
from sync.protocol.naming.ids import is_province
from tests.support.counter import UNIT, Counter
from tests.sync.scenarios.office import Office

STEPS = 15
Plant = Callable[[pytest.MonkeyPatch], None]


class Weather:
    """A line to the hub that is down, loses answers, or works; ``kind`` says how it is now."""

    def __init__(self, hub: Hub) -> None:
        self.hub, self.kind = hub, "works"

    def send(self, request: bytes) -> bytes:
        if self.kind == "down":
            raise NoLine("down")
        answer = self.hub.exchange(request)
        if self.kind == "loses answers":
            raise CutOff("cut")
        return answer

    def close(self) -> None:
        pass


class Page:
    """One counter's page, its line, and how many of its entries the hub really holds."""

    def __init__(self, office: Office, pc: Counter) -> None:
        self.office, self.pc = office, pc
        self.weather = Weather(office.hub)
        self.line = Line(pc.work, self._engine)
        self.area = ExchangeArea(pc.work, pc.areas.desk, self.line, None)  # type: ignore[arg-type]

    def _engine(self) -> Engine:
        hub = HubIdentity(self.office.hub.public_key, dictionaries=load_dictionary)
        return Engine(self.pc.port(), self.weather, self.pc.author.key, hub, self.pc.clock.now, lambda: 0)  # type: ignore[attr-defined]

    def step(self, chance: random.Random) -> None:
        if chance.random() < 0.5:
            self.office.take_in(self.pc)
        else:
            self.weather.kind = chance.choice(["works", "works", "down", "loses answers"])
            self.line.exchange(chance.choice([1, 2, 10_000]))

    def lies(self) -> list[str]:
        """What the page says that is not so."""
        status = self.area.status()
        there = sum(one.seq for one in self.office.hub.journals_held(UNIT) if not is_province(one.journal))
        with self.pc.store.read() as connection:
            saved = connection.exec_driver_sql(
                "SELECT count(*) FROM entries WHERE journal < ?", (0x400000 << 8,)
            ).scalar()
        found = []
        if status.saved != status.received + status.waiting:
            found.append("saved is not received and waiting")
        if status.saved != saved:
            found.append(f"{saved} entries lie here, {status.saved} are told")
        if status.received > there:
            found.append(f"{status.received} are told at the province, it holds {there}")
        if status.in_backup > status.received:
            found.append("more in a backup than received")
        if status.pill.kind == SYNCED and there < (saved or 0):
            found.append("green, and the hub lacks something")
        if status.waiting and not status.waiting_bytes:
            found.append("something waits and weighs nothing")
        return found


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Office(tmp_path)
    yield Page(made, made.pc(1))
    made.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_page_says_what_is_so_after_every_step(page: Page, seed: int) -> None:
    chance, kinds = random.Random(seed), set()
    for _ in range(STEPS):
        page.step(chance)
        assert page.lies() == []
        kinds.add(page.area.pill().kind)
    page.weather.kind = "works"
    page.line.exchange()
    assert page.area.status().waiting == 0
    assert page.area.pill().kind == SYNCED
    assert len(kinds) >= 2


def request_that_ended_counts(patch: pytest.MonkeyPatch) -> None:
    """An exchange that left counts as received: the word is made of what the counter holds."""
    real = ExchangeStore.vector

    def vector(self: ExchangeStore) -> Any:
        mine = real(self)
        rows = [(journal, seq, 0, 1, 1) for journal, seq in mine.positions.items()]
        with self._store.write() as connection:
            connection.exec_driver_sql("DELETE FROM hub_words")
            for row in rows:
                connection.exec_driver_sql("INSERT INTO hub_words VALUES (?, ?, ?, ?, ?)", row)
        return mine

    patch.setattr(ExchangeStore, "vector", vector)


def nothing_waits(patch: pytest.MonkeyPatch) -> None:
    """The page does not count what waits."""
    real = counts.sync_counts
    patch.setattr(area_module.queries, "sync_counts", lambda c: replace(real(c), waiting=0))


def works_without_a_word(patch: pytest.MonkeyPatch) -> None:
    """All that is saved counts as received."""
    real = counts.sync_counts

    def received(connection: Any) -> Any:
        found = real(connection)
        return replace(found, received=found.saved, waiting=0, waiting_bytes=0)

    patch.setattr(area_module.queries, "sync_counts", received)
    patch.setattr(LineFacts, "works", property(lambda self: True))


def all_is_in_a_backup(patch: pytest.MonkeyPatch) -> None:
    """What was written counts as backed up."""
    real = counts.sync_counts
    patch.setattr(
        area_module.queries, "sync_counts", lambda c: (lambda f: replace(f, backed_up=f.saved))(real(c))
    )


def uncovered_is_not_saved(patch: pytest.MonkeyPatch) -> None:
    """Only what a checkpoint covers is counted as saved, so that it never seems to wait."""
    real = counts.sync_counts

    def covered(connection: Any) -> Any:
        found = real(connection)
        return replace(found, saved=found.received, waiting=0, waiting_bytes=0)

    patch.setattr(area_module.queries, "sync_counts", covered)


def weighs_nothing(patch: pytest.MonkeyPatch) -> None:
    """The estimate leaves out what waits."""
    real = counts.sync_counts
    patch.setattr(area_module.queries, "sync_counts", lambda c: replace(real(c), waiting_bytes=0))


PLANTS = (
    request_that_ended_counts, nothing_waits, works_without_a_word, all_is_in_a_backup,
    uncovered_is_not_saved, weighs_nothing,
)  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_each_lie_is_seen(page: Page, plant: Plant) -> None:
    chance = random.Random(1)
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        page.office.take_in(page.pc)
        page.weather.kind = "down"
        page.line.exchange()
        for _ in range(STEPS):
            if page.lies():
                return
            page.step(chance)
    pytest.fail(f"{plant.__name__} stayed unseen")


def test_a_restored_hub_takes_its_promise_back(page: Page) -> None:
    """Its word of a later life holds less: what it lost waits again, and leaves again."""
    page.office.take_in(page.pc)
    page.line.exchange()
    before = page.area.status()
    assert before.waiting == 0
    word = page.pc.port().last_word()
    assert isinstance(word, SignedVector)
    nothing = make_vector({})
    later = sign_vector(page.office.hub.keys.signing, UNIT, word.at + 1, word.life + 1, nothing, nothing)
    page.pc.port().keep_word(later)
    after = page.area.status()
    assert (after.received, after.waiting) == (0, before.saved)
    assert page.area.pill().kind != SYNCED
