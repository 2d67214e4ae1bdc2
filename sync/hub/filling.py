"""What of the hub's journals goes into one answer, and what into the one behind it.

An answer is filled from where the device's vector ends. A request that leaves before the last one's answer
has landed says how many bytes are on the way (``behind``); what an answer of so many holds is left out. That
is the same for every worker, since it follows from the vector and the journals; the one that gave it knows
where it ended, so that packing it twice is the exception. Where journals grew in between the second answer
may overlap the first, or begin too late: the device sees either and asks again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from sync.hub import province
from sync.hub.tables import journals
from sync.protocol.carrying.bundle import Bundle, fill_bundle
from sync.protocol.carrying.dictionaries import dictionary_of
from sync.protocol.carrying.run import Run
from sync.protocol.meeting.exchange import ExchangeRequest

MOST_BACK = 256 * 1024
"""Bytes of one answer's bundle, whatever the device wants."""
MOST_REMEMBERED = 1_024
_UNPACKED_PER_PACKED = 12
_Lacks = Mapping[int, int]
_Key = tuple[str, int, int, tuple[tuple[int, int], ...]]


class Filler:
    """Packs answers' bundles; ``{journal: first seq}`` is what is lacked. Safe in several threads."""

    def __init__(self) -> None:
        self._ends: OrderedDict[_Key, dict[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def fill(self, connection: Connection, request: ExchangeRequest, lacks: _Lacks) -> tuple[bytes, bool]:
        """What the device lacks, within what it wants, and whether there is more behind that."""
        if request.behind and lacks and request.want:
            lacks = self._behind(connection, request, lacks)
        if not lacks:
            return b"", False
        if request.want == 0:
            return b"", True
        data, left = self._answer(connection, request, lacks, min(request.want, MOST_BACK))
        return data, bool(data and left)

    def _behind(self, connection: Connection, request: ExchangeRequest, lacks: _Lacks) -> _Lacks:
        """What is left to bring once an answer of ``request.behind`` bytes has come."""
        budget = min(request.behind, MOST_BACK)
        with self._lock:
            known = self._ends.get(_key(request, budget, lacks))
        return known if known is not None else self._answer(connection, request, lacks, budget)[1]

    def _answer(
        self, connection: Connection, request: ExchangeRequest, lacks: _Lacks, budget: int
    ) -> tuple[bytes, dict[int, int]]:
        """The bundle of about ``budget`` bytes (b"" for none), and what is lacked behind it."""
        pieces = journals.pieces_from(connection, lacks, budget * _UNPACKED_PER_PACKED)
        if not pieces:
            return b"", {}
        own = province.own_journal(connection, request.unit)
        dictionary = dictionary_of(request.generation)
        data, count = fill_bundle(Bundle(request.unit, own, ()), pieces, budget, dictionary)
        held = journals.positions(connection, request.unit)
        left = _left(lacks, pieces[:count], {journal: at.covered for journal, at in held.items()})
        with self._lock:
            self._ends[_key(request, budget, lacks)] = left
            while len(self._ends) > MOST_REMEMBERED:
                self._ends.popitem(last=False)
        return data, left


def _key(request: ExchangeRequest, budget: int, lacks: _Lacks) -> _Key:
    return request.unit, request.generation, budget, tuple(sorted(lacks.items()))


def _left(lacks: _Lacks, given: Sequence[Run], covered: Mapping[int, int]) -> dict[int, int]:
    """What ``given`` leaves of ``lacks``, of journals held and signed up to ``covered``."""
    left = dict(lacks)
    for run in given:
        left[run.journal] = run.last_seq + 1
    return {journal: first for journal, first in left.items() if first <= covered[journal]}
