"""The style sheet: one template file filled from the tokens of a theme and the text scale."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from counter_app.ui.theme.tokens import tokens
from resources import open_resource

_SLOT = re.compile(r"\$\{(c|f|s|r):([a-z0-9_]+)\}")


class _Look(Protocol):
    @property
    def name(self) -> str: ...
    def hex(self, role: str) -> str: ...
    def px(self, role: str) -> int: ...
    def size(self, base: int | str) -> int: ...


@cache
def _template() -> str:
    return open_resource("styles", "kit.qss").read_text("utf-8")


def style_sheet(theme: _Look) -> str:
    """QSS of a theme. Slots: ``${c:role}`` colour, ``${f:role}`` font, ``${s:34}`` box, ``${r:card}`` radius.

    Raises KeyError for a slot that no token fills.
    """

    def fill(slot: re.Match[str]) -> str:
        kind, name = slot.groups()
        if kind == "c":
            return theme.hex(name)
        if kind == "f":
            return f"{theme.px(name)}px"
        if kind == "r":
            return f"{tokens().radius[name]}px"
        return f"{theme.size(int(name) if name.isdigit() else name)}px"

    return _SLOT.sub(fill, _template())
