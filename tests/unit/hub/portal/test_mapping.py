"""The mapping is data: names held against those recorded from client code, limits, cuts that are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import load
from sync.hub.portal.mapping import FieldFault, fill_record, fill_step, parse_map, state_of
from tests.support.portal.bench import MORNING, VALUES
from tests.support.portal.simulator import LISTS, RECORD, STEP

LEGACY = parse_map(load.portal_map("legacy"))
VALUED = {**VALUES, "code": "X-1", "office_name": "UBND xã (tập huấn)", "state_word": "2"}


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(load.portal_map("legacy")), **changes}).encode()


def test_the_fields_are_those_recorded_from_client_code() -> None:
    """Neither more nor fewer, in the record, each of its seven lists and the step."""
    assert {field.to for field in LEGACY.record} == RECORD
    assert {rows.to: {field.to for field in rows.fields} for rows in LEGACY.lists} == LISTS
    assert {field.to for field in LEGACY.step} == STEP
    assert {LEGACY.services[name] for name in ("record", "step", "look")} == {
        "DongBoHoSoMC", "CapNhatTienDoHoSoMC", "TraCuuHoSo",
    }  # fmt: skip


def test_every_mapping_says_where_it_is_from_and_how_sure_it_is() -> None:
    newer = parse_map(load.portal_map("2026"))
    assert (LEGACY.status, newer.status) == ("secondary", "unverified")
    assert all("[U]" in one.source for one in (LEGACY, newer))


def test_online_fields_are_names_of_the_record_too() -> None:
    """What the portal shows is read by the names under which it takes."""
    assert {field.source for field in LEGACY.online} <= RECORD


def test_moments_are_of_viet_nam() -> None:
    """2026-11-20 00:30 UTC is 07:30 there; no moment is an empty text, a wild clock too."""
    filled = fill_record(LEGACY, {**VALUED, "received_at": MORNING, "due_at": 0, "returned_at": 2**62}, {})
    assert filled.fields["NgayTiepNhan"] == "20261120073000"
    assert (filled.fields["NgayHenTra"], filled.fields["NgayTra"]) == ("", "")


def test_what_is_too_long_is_cut_and_told() -> None:
    filled = fill_record(LEGACY, {**VALUED, "summary": "ộ" * 812}, {})
    assert len(str(filled.fields["TrichYeuHoSo"])) == 500
    assert str(filled.fields["TrichYeuHoSo"]).endswith("…")
    assert filled.cuts == ("TrichYeuHoSo 812>500",)


def test_text_leaves_composed_and_without_control_characters() -> None:
    filled = fill_record(LEGACY, {**VALUED, "name": "Lo\u0300 Thi\u0323\x00\x1b"}, {})
    assert filled.fields["ChuHoSo"] == "Lò Thị"


def test_every_missing_field_is_named_at_once() -> None:
    with pytest.raises(FieldFault, match="MaTTHC, ChuHoSo"):
        fill_record(LEGACY, {**VALUED, "procedure": "", "name": " \x07"}, {})
    with pytest.raises(FieldFault, match="TenGiayTo"):
        fill_record(LEGACY, VALUED, {"papers": [{"name": ""}]})
    with pytest.raises(FieldFault, match="TrangThai"):
        fill_step(LEGACY, {"code": "X", "at": MORNING})


def test_lists_are_filled_row_by_row() -> None:
    lists = {"fees": [{"label": "Lệ phí", "amount": 15_000, "kind": "fee", "collect": "return"}]}
    (row,) = fill_record(LEGACY, VALUED, lists).fields["DanhSachLePhi"]  # type: ignore[misc, attr-defined]
    assert (row["Gia"], row["HinhThucThu"]) == ("15000", "4")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"states": {"1": "1"}}, "state 2 is missing"),
        ({"states": {str(n): "1" for n in range(1, 11)}}, "one word"),
        ({"step": [{"to": "A"}, {"to": "A"}]}, "step: A twice"),
        ({"record": [{"to": "A", "kind": "khac"}]}, "unknown kind khac"),
        ({"unknown": 1}, "unknown"),
        ({"record": 5}, "record"),
    ],
)
def test_a_bad_mapping_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_map(changed(**change))


def test_a_province_changes_a_name_and_a_limit_without_a_release(tmp_path: Path) -> None:
    record = [dict(one) for one in json.loads(load.portal_map("legacy"))["record"]]
    for one in record:
        if one["to"] == "ChuHoSo":
            one |= {"to": "HoTenChuHoSo", "length": 5}
    filled = fill_record(parse_map(changed(record=record)), VALUED, {})
    assert filled.fields["HoTenChuHoSo"] == "LÒ T…"


@given(st.integers(1, 10))
def test_states_go_and_come(state: int) -> None:
    assert state_of(LEGACY, LEGACY.states[str(state)]) == state
    assert state_of(LEGACY, state) == state


@pytest.mark.parametrize("word", ["", "0", "11", None, True, 1.0, [], {}, "１"])
def test_other_states_are_none(word: object) -> None:
    with pytest.raises(ValueError, match="no state"):
        state_of(LEGACY, word)


@given(
    st.dictionaries(st.sampled_from(sorted({f.source for f in LEGACY.record} - {""})), st.text(max_size=900))
)
def test_whatever_a_clerk_typed_fits_or_is_named(values: dict[str, str]) -> None:
    """Never a crash, never over a limit, never a control character."""
    moments = {field.source for field in LEGACY.record if field.kind == "moment"}
    given_values = {name: text for name, text in values.items() if name not in moments}
    try:
        filled = fill_record(LEGACY, given_values, {})
    except FieldFault:
        return
    limits = {field.to: field.length for field in LEGACY.record if field.length}
    for name, value in filled.fields.items():
        assert len(str(value)) <= limits.get(name, 10_000)
        assert "\x00" not in str(value)
