"""Differences: small, exact, and never more than was announced."""

from __future__ import annotations

from contextlib import suppress

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from counter_app.updates import delta
from counter_app.updates.words import UpdateError
from tests.unit.updates.publisher import application


def test_a_changed_module_is_a_small_difference_and_leads_to_the_same_bytes() -> None:
    old, new = application("1.0"), application("1.1")
    made = delta.make(old, new)
    assert delta.apply(old, made, len(new)) == new
    assert len(made) < 300 < len(new) / 50


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_any_bytes_come_from_any_others(old: bytes, new: bytes) -> None:
    old = old.ljust(16, b"-")  # fewer are no dictionary
    assert delta.apply(old, delta.make(old, new), len(new)) == new


def test_from_another_base_it_never_passes_for_the_new_one() -> None:
    old, new = application("1.0"), application("1.1")
    made = delta.make(old, new)
    got = None
    with suppress(UpdateError):
        got = delta.apply(application("0.9", 41), made, len(new))
    assert got != new


def test_a_bomb_is_not_unpacked_further_than_announced() -> None:
    bomb = zstd.compress(b"\0" * 50_000_000)
    with pytest.raises(UpdateError, match="damaged"):
        delta.apply(b"-" * 64, bomb, 1_000)


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_a_cut_or_changed_difference_is_damaged(cut: int) -> None:
    old, new = application("1.0"), application("1.1")
    made = delta.make(old, new)
    with pytest.raises(UpdateError, match="damaged"):
        delta.apply(old, made[:cut], len(new))
    with pytest.raises(UpdateError, match="damaged"):
        delta.apply(old, made + b"more", len(new))


def test_a_window_larger_than_any_application_is_refused() -> None:
    options: dict[int, int] = {zstd.CompressionParameter.window_log: 30}
    huge = zstd.ZstdCompressor(options=options)
    data = huge.compress(b"x" * 1_000) + huge.flush()
    with pytest.raises(UpdateError, match="damaged"):
        delta.apply(b"-" * 64, data, 2_000)
