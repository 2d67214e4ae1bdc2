"""When is typing a scan? The rule of the wedge burst (ux.md 2.1), without Qt: times come in as arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Generic, TypeVar

LEAST_KEYS = 6
LEAST_DIFFERENT = 4
MEDIAN_BELOW_MS = 35.0
FIRST_WAIT_MS = 40
"""One or two keys are held this long before they are given to the field as typing."""
PAUSE_MS = 80
"""A burst, or what may become one, ends after this pause."""
LATE_SUFFIX_MS = 200
"""A scanner's Enter that comes after the pause still belongs to the burst."""
SAME_CODE_MS = 300

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Stroke(Generic[Payload]):
    """One key with text: ``at`` in ms, ``payload`` whatever is needed to give it back as typing."""

    text: str
    at: float
    payload: Payload


def is_burst(strokes: Sequence[Stroke[Payload]]) -> bool:
    """At least 6 keys, median gap below 35 ms, at least 4 different characters."""
    printable = [stroke for stroke in strokes if stroke.text.isprintable()]
    if len(printable) < LEAST_KEYS:
        return False
    gaps = [b.at - a.at for a, b in pairwise(printable)]
    different = {stroke.text for stroke in printable}
    return median(gaps) < MEDIAN_BELOW_MS and len(different) >= LEAST_DIFFERENT


def may_become_burst(strokes: Sequence[Stroke[Payload]]) -> bool:
    """Three or more fast keys: worth the longer wait."""
    if len(strokes) < 3:
        return False
    gaps = [b.at - a.at for a, b in pairwise(strokes)]
    return median(gaps) < MEDIAN_BELOW_MS


def wait_ms(strokes: Sequence[Stroke[Payload]]) -> int:
    """How long to wait for the next key before deciding."""
    return PAUSE_MS if may_become_burst(strokes) else FIRST_WAIT_MS


def code_of(strokes: Sequence[Stroke[Payload]]) -> str:
    """The scanned text: control prefixes (STX, GS …) stripped."""
    return "".join(c for stroke in strokes for c in stroke.text if c.isprintable()).strip()


class RepeatedScans:
    """A scanner that reads the same code twice within 300 ms meant it once."""

    def __init__(self) -> None:
        """Nothing was scanned yet."""
        self._code, self._at = "", float("-inf")

    def is_repeat(self, code: str, at: float) -> bool:
        """Whether this is the same code again, and remembers it."""
        repeat = code == self._code and at - self._at < SAME_CODE_MS
        self._code, self._at = code, at
        return repeat
