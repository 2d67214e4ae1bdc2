"""The table of national systems: what each holds, which papers it replaces, how long answers are kept.

The table is data that a province replaces; what is not read in a law's text is marked unverified [U]/[S].
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counter_app.domain.table_files import decode_table


class SystemField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field that is compared; ``from_party`` names the particular it is taken from.

    ``shown``: the value found may be shown at the counter, not only whether it is the same. ``loose``: words
    are compared without marks, case and punctuation.
    """

    code: str
    vi: str
    en: str
    from_party: str
    shown: bool
    loose: bool = False


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One system. ``replaces``: keys of ``data_instead`` groups of the catalogue. ``slow_after`` in ms."""

    code: str
    vi: str
    en: str
    short_vi: str
    short_en: str
    fields: tuple[SystemField, ...]
    replaces: tuple[str, ...]
    ground: str
    days_asked: int
    days_kept: int
    slow_after: int
    status: str
    source: str

    def field(self, code: str) -> SystemField | None:
        """One field by its code, None when the system has none such."""
        return next((field for field in self.fields if field.code == code), None)


class Systems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All systems, with where the table comes from."""

    source: str
    status: str
    systems: tuple[System, ...]

    def get(self, code: str) -> System | None:
        """A system by its code, None for one that this table does not know."""
        return next((system for system in self.systems if system.code == code), None)

    def replacing(self, group: str) -> System | None:
        """The system whose data stand for the papers of a ``data_instead`` group, None for none."""
        return next((system for system in self.systems if group in system.replaces), None)

    def known(self, codes: Iterable[str]) -> tuple[System, ...]:
        """Those of ``codes`` that are systems, in the order of the table."""
        wanted = frozenset(codes)
        return tuple(system for system in self.systems if system.code in wanted)


def parse_systems(raw: bytes) -> Systems:
    """The table from its JSON; DomainError ``table.file`` if it is not that."""
    return decode_table(raw, Systems, "Hệ thống tra cứu", "Systems to look up in")
