"""All screens of the program, listed explicitly: a new screen is a folder and one line here."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.ui.screens import (
    arrival,
    cash,
    check,
    contradictions,
    copies,
    dossier,
    dossiers,
    founding,
    groups,
    handover,
    home,
    intake,
    pen,
    people,
    prints,
    reads,
    receipts,
    registers,
    search,
    settings,
    signin,
    signing,
    sync,
    technician,
)
from counter_app.ui.screens.contract import ScreenEntry

ENTRIES: tuple[ScreenEntry, ...] = (
    signin.ENTRY,
    founding.ENTRY,
    *technician.OWN,
    signing.DESK_ENTRY,
    home.ENTRY,
    intake.ENTRY,
    dossiers.ONLINE_ENTRY,
    copies.ENTRY,
    groups.ENTRY,
    dossiers.ENTRY,
    dossier.ENTRY,
    handover.ENTRY,
    signing.ENTRY,
    signing.DIGITAL_ENTRY,
    search.ENTRY,
    check.ENTRY,
    registers.ENTRY,
    arrival.ENTRY,
    cash.ENTRY,
    receipts.ENTRY,
    pen.ENTRY,
    sync.ENTRY,
    prints.ENTRY,
    people.ENTRY,
    technician.ENTRY,
    technician.TICKETS,
    contradictions.ENTRY,
    reads.ENTRY,
    settings.ENTRY,
)
"""Order of the rail. Each comes from its folder's ``__init__``, which imports no widget."""


def rail_for(
    entries: Iterable[ScreenEntry], permissions: frozenset[str], roles: frozenset[str] = frozenset()
) -> tuple[ScreenEntry, ...]:
    """The entries a person sees: permitted ones, of his roles, in the order of the list.

    A screen that stands twice (the signing desk comes first for signatories) is shown where it comes first.
    """
    seen: dict[str, ScreenEntry] = {}
    for entry in entries:
        permitted = not entry.permission or entry.permission in permissions
        if entry.on_rail and permitted and (not entry.roles or entry.roles & roles):
            seen.setdefault(entry.name, entry)
    return tuple(seen.values())
