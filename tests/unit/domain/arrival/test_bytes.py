"""Bytes of the kinds of an arrival stay as they were released, fields in the order of docs/format.md."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.arrival.entries import ArrivalBegun, FiguresTaken, OldDossierTaken, OldLineWritten
from counter_app.domain.field_types import Body
from counter_app.domain.kinds import BY_NUMBER
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import EntryId

RELEASED: dict[int, tuple[Body, list[object], str]] = {
    536: (
        ArrivalBegun(
            "lines", "so.xlsx", b"\1" * 32, b"\2" * 32, 3, 1, 1775, 1772, 6, 12_000, "sổ giấy",
            EntryId(257, 2), b"\3" * 64,
        ),
        ["lines", "so.xlsx", b"\1" * 32, b"\2" * 32, 3, 1, 1775, 1772, 6, 12_000, "sổ giấy", [257, 2],
         b"\3" * 64],
        (
            "9da56c696e6573a7736f2e786c7378c42001010101010101010101010101010101010101010101010101010101010101"
            "01c42002020202020202020202020202020202020202020202020202020202020202020301cd06efcd06ec06cd2ee0ab"
            "73e1bb95206769e1baa57992cd010102c440030303030303030303030303030303030303030303030303030303030303"
            "03030303030303030303030303030303030303030303030303030303030303030303"
        ),
    ),
    537: (
        OldLineWritten(
            0, 1775, 3, 2026, 20260312, "TẬP HUẤN", "Giấy", "Phó Chủ tịch", 2, 4_000, "mờ", False, b"salt"
        ),
        [0, 1775, 3, 2026, 20260312, "TẬP HUẤN", "Giấy", "Phó Chủ tịch", 2, 4_000, "mờ", False, b"salt"],
        (
            "9d00cd06ef03cd07eace013525d8ac54e1baac50204855e1baa44ea64769e1baa579b15068c3b3204368e1bba72074e1"
            "bb8b636802cd0fa0a46de1bb9dc2c40473616c74"
        ),
    ),
    538: (OldDossierTaken(7, "H35-1"), [7, "H35-1"], "9207a54833352d31"),
    539: (
        FiguresTaken(20261120, "02", 640, 350_000, "sổ giấy", EntryId(257, 2), b"\3" * 64),
        [20261120, "02", 640, 350_000, "sổ giấy", [257, 2], b"\3" * 64],
        (
            "97ce01352900a23032cd0280ce00055730ab73e1bb95206769e1baa57992cd010102c440030303030303030303030303"
            "030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303"
            "03030303"
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", sorted(RELEASED))
def test_the_bytes_of_an_arrival_stay(number: int) -> None:
    body, fields, released = RELEASED[number]
    assert BY_NUMBER[number].body is type(body)
    assert encode_body(body).hex() == released
    assert msgspec.msgpack.encode(fields).hex() == released
    assert decode_body(type(body), bytes.fromhex(released)) == body


def test_a_field_of_a_later_program_is_skipped() -> None:
    body, fields, _ = RELEASED[538]
    assert decode_body(type(body), msgspec.msgpack.encode([*fields, "later"])) == body
