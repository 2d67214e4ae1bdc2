"""Provinces and commune-level units (law 8): 34 and 3,321 since 2025-07-01, found without diacritics."""

from functools import cached_property

import msgspec

from counter_app.domain.fold_text import fold
from counter_app.domain.table_files import decode_table


class Province(msgspec.Struct, frozen=True):
    """A province by NSO code; ``units`` are pairs (code of five digits, full name)."""

    code: str
    name: str
    units: tuple[tuple[str, str], ...]


class Place(msgspec.Struct, frozen=True, gc=False):
    """One commune, ward or special zone with its province's name."""

    code: str
    name: str
    province: str


class Places(msgspec.Struct, frozen=True, dict=True):
    """All units; folded names are made at the first search and kept."""

    valid_from: str
    source: str
    provinces: tuple[Province, ...]

    @cached_property
    def _folded(self) -> tuple[tuple[str, Place], ...]:
        return tuple(
            (fold(f"{name} {province.name}"), Place(code, name, province.name))
            for province in self.provinces
            for code, name in province.units
        )

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        """Without folding a name: a start asks for its own unit only."""
        return {
            code: Place(code, name, province.name)
            for province in self.provinces
            for code, name in province.units
        }

    def unit(self, code: str) -> Place | None:
        """The unit of an NSO code, or ``None``."""
        return self._by_code.get(code)

    def search(self, typed: str, limit: int = 10) -> tuple[Place, ...]:
        """Units with all typed words (begun is enough), in any order; names with the phrase come first."""
        words = fold(typed).split()
        if not words:
            return ()
        hits = [(text, place) for text, place in self._folded if all(f" {w}" in f" {text}" for w in words)]
        phrase = " ".join(words)
        hits.sort(key=lambda hit: (f" {phrase}" not in f" {hit[0]}", hit[0]))
        return tuple(place for _, place in hits[:limit])


def parse_places(raw: bytes) -> Places:
    """Units from their JSON; ``DomainError`` ``table.file`` if it is not that."""
    return decode_table(raw, Places, "Danh sách xã, phường", "The list of communes")
