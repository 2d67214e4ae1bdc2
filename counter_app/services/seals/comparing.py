"""What this PC holds against the seals of years: is it, entry by entry, what the province closed?

Only ever one more look. A seal takes nothing off any other one: the nightly comparison with the province
still goes through every entry, sealed or not, and so do the chains.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.services.seals.kept import kept_seals
from counter_app.storage.journals.sealed_heads import Remade, heads_remade
from sync.protocol.carrying.year_seal import YearSeal
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import EntryId

SAME: Final = "same"
NOT_HERE_YET: Final = "not-here-yet"
DIFFERS: Final = "differs"
DAMAGED: Final = "damaged"
REFUSED: Final = "refused"


class SealStanding(NamedTuple):
    """One kept seal and this store.

    ``whole`` of ``journals`` lie here as sealed, ``items`` entries in them. ``place``: the sealed place whose
    head is another (``DIFFERS``), or the changed entry (``DAMAGED``). ``refused``: why the seal does not
    count; ``year`` is 0 then.
    """

    verdict: str
    year: int = 0
    journals: int = 0
    whole: int = 0
    items: int = 0
    place: EntryId | None = None
    refused: DomainError | None = None


def standings(connection: Connection, unit: str, hub_keys: HubKeys) -> list[SealStanding]:
    """Each kept seal against the entries on this disk, all of them read anew; by year, refused ones last."""
    kept = kept_seals(connection, unit, hub_keys)
    places = {place for one in kept if one.seal is not None for place in _places(one.seal)}
    remade = heads_remade(connection, places)
    return [
        SealStanding(REFUSED, refused=one.refused) if one.seal is None else _standing(one.seal, remade)
        for one in kept
    ]


def _places(seal: YearSeal) -> list[EntryId]:
    return [EntryId(one.journal, one.seq) for one in seal.heads]


def _standing(seal: YearSeal, remade: Remade) -> SealStanding:
    whole, items = 0, 0
    for sealed in seal.heads:
        place = EntryId(sealed.journal, sealed.seq)
        damaged = remade.damaged.get(sealed.journal)
        if damaged is not None and damaged.seq <= sealed.seq:
            return SealStanding(DAMAGED, seal.year, len(seal.heads), place=damaged)
        head = remade.heads.get(place)
        if head is not None and head != sealed.head:
            return SealStanding(DIFFERS, seal.year, len(seal.heads), place=place)
        if head is not None:
            whole, items = whole + 1, items + sealed.seq
    verdict = SAME if whole == len(seal.heads) else NOT_HERE_YET
    return SealStanding(verdict, seal.year, len(seal.heads), whole, items)
