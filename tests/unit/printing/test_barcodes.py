"""Codes on paper: what goes in comes out of a poor scan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.printing import barcodes
from counter_app.printing.layout import A5, Sheet
from tests.unit.printing.seeing import codes_in, poor_scan


def drawn(symbol: barcodes.Symbol) -> list[str]:
    """The symbol as rows of signs, as a second way to look at it."""
    rows = [["."] * symbol.width for _ in range(symbol.height)]
    for run in symbol.runs:
        for column in range(run.column, run.column + run.length):
            assert rows[run.row][column] == ".", "runs overlap"
            rows[run.row][column] = "#"
    return ["".join(row) for row in rows]


def test_twenty_digits_fit_a_58_mm_printer_at_two_dots_a_module() -> None:
    symbol = barcodes.code128("00000002126112000182")
    assert symbol.width == 145
    assert (symbol.width + 2 * barcodes.CODE128_QUIET) * 2 <= 384


def test_code128_begins_with_start_c_and_ends_with_stop() -> None:
    row = drawn(barcodes.code128("00000002126112000182"))[0]
    assert row.startswith("##.#..###..")
    assert row.endswith("##...###.#.##")


def test_qr_has_its_three_finder_patterns() -> None:
    rows = drawn(barcodes.qr("MC1:tập huấn"))
    assert len(rows) == len(rows[0])
    for corner in (rows[0][:7], rows[0][-7:], rows[-1][:7]):
        assert corner == "#######"
    assert rows[-1][-7:] != "#######"


@pytest.mark.parametrize("bad", ["", "12a4", "１２", "12 34", "1" * 33, "-1", "99000000"])
def test_a_printed_code_is_digits_only(bad: str) -> None:
    with pytest.raises(barcodes.BarcodeRefused):
        barcodes.code128(bad)


@pytest.mark.parametrize("bad", ["", "x" * 901, "ệ" * 301])
def test_a_qr_is_neither_empty_nor_larger_than_its_block(bad: str) -> None:
    with pytest.raises(barcodes.BarcodeRefused):
        barcodes.qr(bad)


def page_with(digits: str, payload: str) -> bytes:
    sheet = Sheet(A5, "ma", practice=False)
    sheet.code128(15, 20, digits)
    sheet.qr(15, 40, payload, module=barcodes.PAPER_MODULE_MM)
    return sheet.finish()


@settings(max_examples=12, deadline=None)
@given(
    # The product prints 20 and 22 digits; a bar code of two digits is too short to be told from noise.
    st.text("0123456789", min_size=8, max_size=24).filter(lambda digits: not digits.startswith("99")),
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=1, max_size=220),
    st.sampled_from([-2.0, 2.0]),
)
def test_both_codes_are_read_back_from_a_blurred_askew_scan(digits: str, payload: str, turn: float) -> None:
    found = codes_in(poor_scan(page_with(digits, payload), turn=turn))
    assert ("QRCode", payload) in found
    assert ("Code128", digits) in found


def test_the_eye_sees_too_narrow_bars() -> None:
    """The planted fault: half the module width must not survive the same scan."""
    sheet = Sheet(A5, "ma", practice=False)
    sheet.code128(15, 20, "00000002126112000182", module=barcodes.PAPER_MODULE_MM / 2)
    assert codes_in(poor_scan(sheet.finish())) == []


def test_digits_stand_in_groups_under_the_bars() -> None:
    assert barcodes.spaced("00000002126112000182") == "0000 0002 1261 1200 0182"
    assert barcodes.spaced("12345") == "1234 5"
