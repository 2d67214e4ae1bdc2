"""Reads the scanner test: what was printed against what the keys brought, timing, suffix, input method.

Pure: keys and moments come in as arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from counter_app.ui import wedge
from counter_app.ui.wedge import Stroke

SHOWN = 20
"""Signs of a code that are compared on the page."""


@dataclass(frozen=True, slots=True)
class Key:
    """One event while testing: ``text`` it brought ("" none), ``name`` of a key that brings none
    (``Enter``, ``Tab``, ``Backspace``), ``at`` in ms, ``composed`` when an input method delivered it.
    """

    text: str
    at: float
    name: str = ""
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one scan. ``wrong`` are places in ``received`` that differ from ``printed``."""

    printed: str
    received: str
    keys: int
    suffix: str
    median_ms: int
    longest_ms: int
    is_scan: bool
    input_method: bool
    wrong: frozenset[int]

    @property
    def good(self) -> bool:
        """Read unchanged, fast enough, and nothing rewrote it on the way."""
        return self.received == self.printed and self.is_scan and not self.input_method


def read_trial(keys: Sequence[Key], samples: Sequence[str]) -> Trial:
    """The trial of a run of keys; the sample most like it is what was printed."""
    received, rewritten = _received(keys)
    printed = max(samples, key=lambda sample: _likeness(sample, received), default="")
    timed = [key for key in keys if key.text and key.text.isprintable()]
    gaps = [later.at - earlier.at for earlier, later in pairwise(timed)]
    strokes = [Stroke(key.text, key.at, None) for key in timed]
    return Trial(
        printed=printed,
        received=received,
        keys=len(keys),
        suffix=_suffix(keys),
        median_ms=round(median(gaps)) if gaps else 0,
        longest_ms=round(max(gaps)) if gaps else 0,
        is_scan=wedge.is_burst(strokes),
        input_method=rewritten,
        wrong=_wrong(printed, received),
    )


def change_made(trial: Trial) -> tuple[str, str]:
    """The first stretch that was rewritten: (as printed, as received); two empty texts for none."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, trial.printed, trial.received, False).get_opcodes():
        if tag != "equal":
            return trial.printed[i1:i2], trial.received[j1:j2]
    return "", ""


def _received(keys: Sequence[Key]) -> tuple[str, bool]:
    """The text after every key; True when signs were taken back or composed, as input methods do."""
    text, rewritten = "", False
    for key in keys:
        if key.name == "Backspace":
            text, rewritten = text[:-1], True
        elif key.text and key.text.isprintable():
            text += key.text
            rewritten = rewritten or key.composed
    return text.strip(), rewritten


def _suffix(keys: Sequence[Key]) -> str:
    return keys[-1].name if keys and keys[-1].name in ("Enter", "Tab") else ""


def _likeness(sample: str, received: str) -> float:
    return SequenceMatcher(None, sample, received, False).ratio()


def _wrong(printed: str, received: str) -> frozenset[int]:
    wrong: set[int] = set()
    for tag, _i1, _i2, j1, j2 in SequenceMatcher(None, printed, received, False).get_opcodes():
        if tag != "equal":
            wrong.update(range(j1, j2))
    return frozenset(wrong)
