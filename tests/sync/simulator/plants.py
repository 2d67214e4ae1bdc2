"""Faults planted in the product's own source: each of them must turn the simulator red (``sync.md`` 8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counter_app.domain.folding import fold as folding
from counter_app.domain.folding import order, registry
from counter_app.storage.journals import appending
from counter_app.storage.journals import ingest as ingesting
from counter_app.storage.keeping import lives
from counter_app.storage.readings import upkeep
from counter_app.storage.this_pc import device
from sync.client.lan import talk as lan_talk
from sync.hub import ingest as hub_ingest
from sync.protocol.carrying import ingest as planning
from sync.protocol.carrying import run as runs
from sync.protocol.journals.chain import follow
from sync.protocol.naming.ids import EntryId
from tests.sync.simulator import pc as simulated

Plant = Callable[[pytest.MonkeyPatch], None]


def drop_chain_check(patch: pytest.MonkeyPatch) -> None:
    """Whatever a stick brings is believed: no head, no signature is compared."""

    def believing(run: Any, head_before: bytes, public: bytes) -> Any:
        heads = tuple(follow(head_before, run.first_seq - 1, run.entries))
        return runs.Verified(run.entries, heads, (), ())

    patch.setattr(planning, "verify_run", believing)


def accept_gap(patch: pytest.MonkeyPatch) -> None:
    """A run that does not follow what is held is taken all the same."""
    real = planning._Planner._take

    def take(self: Any, run: Any) -> None:
        if run.first_seq <= self._position(run.journal)[0] + 1:
            real(self, run)
            return
        heads = tuple(follow(bytes(32), run.first_seq - 1, run.entries))
        self.steps.append(planning.Step(run.journal, run.entries, heads))

    patch.setattr(planning._Planner, "_take", take)


def order_by_arrival(patch: pytest.MonkeyPatch) -> None:
    """What comes last is applied last, whatever it follows."""
    real = folding.advance

    def on_top(folded: Any, facts: Any, _: Any) -> Any:
        for fact in facts:
            folded = real(folded, fact, registry.BY_NAME) or folding._applied(
                folded, fact, registry.BY_NAME.get(folded.aggregate)
            )
        return folded

    patch.setattr(upkeep, "advance_all", on_top)


def ignore_term(patch: pytest.MonkeyPatch) -> None:
    """Every PC numbers, whoever holds the pen."""
    patch.setattr(simulated, "take_numbers", lambda state, *_, **__: state.next_number)


def swallow_duplicate(patch: pytest.MonkeyPatch) -> None:
    """Insert-or-ignore: a known position is not compared."""
    patch.setattr(planning, "compare_known", lambda held, given: held)


def skip_carried_entry(patch: pytest.MonkeyPatch) -> None:
    """Envelopes are kept and never opened."""
    patch.setattr(ingesting, "unwrap_carried", lambda connection, added: [])


def forget_life(patch: pytest.MonkeyPatch) -> None:
    """A restored PC goes on in the journal it had, with the key it had."""

    def old_life(store: Any, grant: Any, hub_keys: Any, key: Any, *_: Any, previous: Any, **__: Any) -> Any:
        with store.write() as connection:
            own = device.own_journal(connection) or 0
            connection.exec_driver_sql("DELETE FROM settings WHERE name LIKE '%stopped%'")
        key._key = previous._key
        store.enrolled(appending.Author(own, previous))
        store._stopped = ""
        return EntryAt(EntryId(own, 1))

    patch.setattr(lives, "open_life", old_life)
    patch.setattr(device, "stopped", lambda connection, journal: "")


class EntryAt:
    """An entry by its id alone."""

    def __init__(self, entry_id: EntryId) -> None:
        self.id = entry_id


def trust_at(patch: pytest.MonkeyPatch) -> None:
    """Clocks order the entries of a subject, parents do not."""

    def by_clock(subject: EntryId, facts: Any, rootless: bool = False) -> Any:
        held = {fact.id: fact for fact in facts}
        first = [held[subject]] if subject in held else []
        rest = sorted((fact for fact in held.values() if fact.id != subject), key=lambda fact: fact.place)
        return order.Ordered([*first, *rest], (), tuple(sorted(held))[-1:])

    patch.setattr(folding, "causal_order", by_clock)


def hub_drops_chain_check(patch: pytest.MonkeyPatch) -> None:
    """The hub alone believes whatever a relay brings."""
    patch.setattr(hub_ingest, "plan_ingest", _planning_with(drop_chain_check))


def tail_counts_as_covered(patch: pytest.MonkeyPatch) -> None:
    """Entries behind the last signature are taken like the others."""
    real = runs.verify_run

    def counting(run: Any, head_before: bytes, public: bytes) -> Any:
        found = real(run, head_before, public)
        heads = tuple(follow(head_before, run.first_seq - 1, run.entries))
        return runs.Verified(run.entries, heads, found.checkpoints, ())

    patch.setattr(planning, "verify_run", counting)


def hub_counts_tail_as_covered(patch: pytest.MonkeyPatch) -> None:
    """The hub alone does so."""
    patch.setattr(hub_ingest, "plan_ingest", _planning_with(tail_counts_as_covered))


def _planning_with(plant: Plant) -> Any:
    def plan(*asked: Any) -> Any:
        with pytest.MonkeyPatch.context() as inside:
            plant(inside)
            return planning.plan_ingest(*asked)

    return plan


def believe_bent_seal(patch: pytest.MonkeyPatch) -> None:
    """A seal that was damaged on the way is kept, and the right one never asked for."""
    patch.setattr(ingesting, "_without_damaged_seals", lambda connection, bearer, given: (given, ()))


def hub_believes_bent_seal(patch: pytest.MonkeyPatch) -> None:
    """The hub alone keeps it."""
    patch.setattr(hub_ingest, "_without_damaged_seals", lambda connection, unit, bearer, given: (given, []))


def lan_believes_relay(patch: pytest.MonkeyPatch) -> None:
    """A sibling on the LAN is believed whatever it relays: it has proved to be of the unit, after all."""
    real = lan_talk.Talk._ingest

    def believing(self: Any, bundle: Any) -> Any:
        with pytest.MonkeyPatch.context() as inside:
            drop_chain_check(inside)
            return real(self, bundle)

    patch.setattr(lan_talk.Talk, "_ingest", believing)


PLANTS: tuple[Plant, ...] = (
    drop_chain_check, accept_gap, order_by_arrival, ignore_term, swallow_duplicate, skip_carried_entry,
    forget_life, trust_at, hub_drops_chain_check, tail_counts_as_covered, hub_counts_tail_as_covered,
    believe_bent_seal, hub_believes_bent_seal, lan_believes_relay,
)  # fmt: skip
