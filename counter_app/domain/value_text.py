"""Values of a command's result as text for people: yes and no, moments, lists; one rule for both programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from counter_app.domain.dates import moment_text

NOTHING = "none"


def local_moment(value: int) -> str:
    """``value`` (ms since 1970 UTC) as local date and time, ``none`` for 0."""
    return moment_text(value, "%d/%m/%Y %H:%M", NOTHING)


def are_rows(value: Any) -> bool:
    """Whether ``value`` is a list of rows, which stand below their name."""
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(one, dict) for one in value)


class ValueText(NamedTuple):
    """``moments`` are names of values that are moments, ``moment`` how one is told, ``empty`` what "" is."""

    moments: frozenset[str]
    moment: Callable[[int], str] = local_moment
    empty: str = ""

    def of(self, name: str, value: Any) -> str:
        """``value`` of ``name`` on one line."""
        if isinstance(value, dict):
            return ", ".join(f"{inner} {self.of(inner, one)}" for inner, one in value.items())
        if isinstance(value, (list, tuple)):
            return "; ".join(self.of(name, one) for one in value) or NOTHING
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name in self.moments and isinstance(value, int):
            return self.moment(value)
        return _plain(str(value)) if value != "" else self.empty


def _plain(text: str) -> str:
    """``text`` without what would steer a terminal or begin a line: others wrote it."""
    return "".join(one if one.isprintable() else " " for one in text)
