"""One unit of the hub as a ``StorePort`` (``sync.protocol.carrying``): what files and other carriers need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.hub import province
from sync.hub.exchange import signed_word
from sync.hub.hub import Hub
from sync.hub.ingest import must_be_alone, take_in
from sync.hub.tables import journals
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import SignedVector, Vector
from sync.protocol.refusals import OtherUnit


class UnitPort:
    """The journals of ``unit`` at ``hub``. Raises OtherUnit for a unit that is not served."""

    def __init__(self, hub: Hub, unit: str) -> None:
        if unit not in hub.units():
            raise OtherUnit(f"unit {unit} is not served here")
        self._hub = hub
        self._unit = unit

    @property
    def unit(self) -> str:
        """Five digits."""
        return self._unit

    @property
    def journal(self) -> int:
        """The province's journal of the unit."""
        with self._hub.database.read() as connection:
            return province.own_journal(connection, self._unit)

    def hand_over(self) -> None:
        """Nothing to do: the province signs each of its batches at once."""

    def vector(self) -> Vector:
        """What the hub holds of the unit."""
        with self._hub.database.read() as connection:
            return journals.vector_of(connection, self._unit)

    def heads_at(self, positions: Mapping[int, int]) -> dict[int, bytes]:
        """Heads at the given seqs, for journals that reach so far."""
        with self._hub.database.read() as connection:
            held = journals.positions(connection, self._unit)
            return {
                number: journals.head_at(connection, number, seq)
                for number, seq in positions.items()
                if number in held and held[number].seq >= seq
            }

    def pieces_from(self, first: Mapping[int, int], most_bytes: int) -> Sequence[Run]:
        """Runs cut at signatures, the province's first; only journals of this unit."""
        with self._hub.database.read() as connection:
            held = journals.positions(connection, self._unit)
            mine = {number: seq for number, seq in first.items() if number in held}
            return journals.pieces_from(connection, mine, most_bytes)

    def ingest(self, bundle: Bundle) -> Ingested:
        """Take a bundle in one transaction. Raises OtherUnit; then nothing changed."""
        if bundle.unit != self._unit:
            raise OtherUnit(f"a bundle for unit {bundle.unit}")
        with self._hub.database.write(alone=must_be_alone(bundle.runs)) as connection:
            plan = take_in(
                connection, self._hub.keys, self._unit, bundle.sender, bundle.runs, self._hub.now()
            )
        parked = tuple((one.entry, one.code) for one in plan.parked)
        return Ingested(plan.applied, parked, tuple(sorted({fork.journal for fork, _ in plan.forks})))

    def last_word(self) -> SignedVector:
        """The hub's word as it stands."""
        with self._hub.database.read() as connection:
            received = journals.vector_of(connection, self._unit)
            return signed_word(connection, self._hub.keys, self._unit, received, self._hub.now())

    def keep_word(self, word: SignedVector) -> None:
        """The hub keeps no word of its own: it gives a fresh one."""
