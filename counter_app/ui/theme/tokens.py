"""Design tokens read from ``resources/styles/tokens.json``: colours, sizes, states. No Qt in here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from resources import open_resource

LIGHT, DARK, HIGH_CONTRAST = "light", "dark", "high_contrast"
THEMES = (LIGHT, DARK, HIGH_CONTRAST)


class _FontTokens(msgspec.Struct, frozen=True):
    family: str
    files: tuple[str, ...]
    px: dict[str, int]
    fallback: tuple[str, ...]
    scale_steps: tuple[float, ...]


class Tokens(msgspec.Struct, frozen=True):
    """The whole token file. Colours are ``#RRGGBB``; sizes are px at 100 % text."""

    format: int
    themes: dict[str, dict[str, str]]
    contrast_pairs: tuple[str, ...]
    font: _FontTokens
    size: dict[str, int]
    radius: dict[str, int]
    icon_stroke: float
    record_states: dict[str, tuple[str, str, str]]
    check_states: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """A badge: Vietnamese words, kind (colour family: ok, warn, bad, wait, conf, primary), icon."""

    words: str
    kind: str
    icon: str


@cache
def tokens() -> Tokens:
    """The tokens, read once. Raises msgspec.DecodeError when the file is damaged."""
    return msgspec.json.decode(open_resource("styles", "tokens.json").read_bytes(), type=Tokens)


def record_state(code: str) -> State:
    """The badge of a record state (ux.md 3.2); an unknown one of a newer version reads "Chưa rõ"."""
    states = tokens().record_states
    return State(*states.get(code, states["unclear_number"]))


def check_state(code: str) -> State:
    """The badge of a machine check: ``complete``, ``look``, ``missing``; anything else is ``look``."""
    states = tokens().check_states
    return State(*states.get(code, states["look"]))


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0..1 (WCAG 2.x)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.x)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
