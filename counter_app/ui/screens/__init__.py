"""All screens of the program, listed explicitly: a new screen is a folder and one line here."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.ui.screens.contract import ScreenEntry

ENTRIES: tuple[ScreenEntry, ...] = ()
"""Order of the rail. Each comes from its folder's ``__init__``, which imports no widget."""


def rail_for(
    entries: Iterable[ScreenEntry], permissions: frozenset[str], roles: frozenset[str] = frozenset()
) -> tuple[ScreenEntry, ...]:
    """The entries a person sees: permitted ones, of his roles, in the order of the list."""
    return tuple(
        entry
        for entry in entries
        if entry.on_rail
        and (not entry.permission or entry.permission in permissions)
        and (not entry.roles or entry.roles & roles)
    )
