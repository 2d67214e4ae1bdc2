"""The scanner test reads keys as they came: whole, too slow, rewritten by an input method."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from counter_app.ui.screens.technician.scan_trial import Key, change_made, read_trial

DIGITS, TEXT = "00000001261120000109", "TEST0AA1"


def typed(text: str, gap: float = 8.0, start: float = 0.0) -> list[Key]:
    return [Key(sign, start + place * gap) for place, sign in enumerate(text)]


def entered(keys: Sequence[Key]) -> list[Key]:
    return [*keys, Key("", keys[-1].at + 8, "Enter")]


def test_a_good_scanner() -> None:
    trial = read_trial(entered(typed(DIGITS)), (DIGITS, TEXT))
    assert trial.good
    assert (trial.printed, trial.received, trial.suffix, trial.keys) == (DIGITS, DIGITS, "Enter", 21)
    assert (trial.median_ms, trial.longest_ms) == (8, 8)
    assert trial.wrong == frozenset()
    assert change_made(trial) == ("", "")


def test_a_slow_one_is_taken_for_a_person() -> None:
    trial = read_trial(typed(DIGITS, gap=60), (DIGITS,))
    assert not trial.is_scan
    assert not trial.good
    assert trial.suffix == ""


def test_an_input_method_that_takes_a_sign_back_is_seen() -> None:
    keys = [*typed("TEST0A"), Key("", 50, "Backspace"), Key("Â", 52), Key("1", 60)]
    trial = read_trial(entered(keys), (DIGITS, TEXT))
    assert trial.received == "TEST0Â1"
    assert trial.printed == TEXT
    assert trial.input_method
    assert not trial.good
    assert change_made(trial) == ("AA", "Â")
    assert trial.wrong == {5}


def test_composed_text_is_an_input_method_even_when_it_reads_the_same() -> None:
    keys = [Key(TEXT, 0, composed=True), *typed("", 8)]
    trial = read_trial(keys, (TEXT,))
    assert trial.received == TEXT
    assert trial.input_method
    assert not trial.good


def test_the_longest_gap_is_told() -> None:
    keys = [*typed("0000000"), *typed("1261120000109", start=75)]
    trial = read_trial(keys, (DIGITS,))
    assert (trial.median_ms, trial.longest_ms) == (8, 27)


@pytest.mark.parametrize("prefix", ["\x02", "\x1d"])
def test_control_prefixes_are_no_text(prefix: str) -> None:
    trial = read_trial([Key(prefix, 0), *typed(DIGITS, start=8)], (DIGITS,))
    assert trial.received == DIGITS


def test_nothing_is_no_scan() -> None:
    trial = read_trial((), ())
    assert (trial.printed, trial.received, trial.good) == ("", "", False)
