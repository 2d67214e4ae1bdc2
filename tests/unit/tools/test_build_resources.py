"""Cleaning the raw data: a small made-up raw folder in, tables the domain can read out."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools import build_resources

RAW: dict[str, Any] = {
    "_meta": {"as_of": "2030-01-01"},
    "working_time": {"hours_default": [["07:30", "11:30"]], "hours_status": "unverified"},
    "holidays": {
        "rules": [{"id": "new_year", "date": "01-01"}, {"id": "tet", "lunar": "01-01"}],
        "swaps": [{"off": "2026-08-31", "worked": "2026-08-22"}],
        "by_year": {
            "2026": [["2026-09-02", "Quô\u0301c  kha\u0301nh"]],
            "2027": [["2027-01-01", "Tết Dương lịch"]],
        },
        "by_year_source": "x",
        "status": "secondary",
    },
}


def test_a_calendar_keeps_swaps_and_says_what_is_estimated() -> None:
    calendar = build_resources.calendar_of(RAW)
    first, second = calendar["years"]
    assert (first["status"], second["status"]) == ("secondary", "estimate")
    assert [day["day"] for day in first["worked"]] == ["2026-01-10", "2026-08-22"]
    assert first["worked"][1]["name"] == "Làm bù cho ngày 31/08/2026"
    assert second["worked"] == []


def test_a_swap_decided_after_the_raw_list_is_added_on_both_days_with_its_source() -> None:
    year, other = build_resources.calendar_of(RAW)["years"]
    assert [day["day"] for day in year["days_off"]] == ["2026-01-02", "2026-09-02"]
    assert year["days_off"][0]["name"] == "Ngày nghỉ (thay cho ngày 10/01/2026)"
    assert "press" in year["source"]
    assert "press" not in other["source"]


def test_names_are_composed_and_glossed() -> None:
    day = build_resources.calendar_of(RAW)["years"][0]["days_off"][1]
    assert (day["name"], day["name_en"]) == ("Quốc khánh", "National Day")


def test_lunar_holidays_are_not_fixed_ones() -> None:
    assert [rule["month"] for rule in build_resources.calendar_of(RAW)["fixed"]] == [1]


def test_an_unknown_holiday_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="no English"):
        build_resources.gloss("Ngày lạ")


def test_units_are_capitalised_and_checked() -> None:
    assert build_resources.unit_row("03390", "xã  Bình Lư") == ["03390", "Xã Bình Lư"]
    for code, name in (("3390", "Xã Bình Lư"), ("03390", "Huyện Tam Đường"), ("0339a", "Xã A")):
        with pytest.raises(SystemExit, match="not a unit"):
            build_resources.unit_row(code, name)


def test_a_map_of_another_size_stops_the_build() -> None:
    province = {"code": "12", "name": "Tỉnh Lai Châu", "units": [["03390", "Xã Bình Lư"]]}
    raw = {"_meta": {"as_of": "x"}, "provinces": [province]}
    with pytest.raises(SystemExit, match="1 provinces, 1 units"):
        build_resources.units_of(raw)


def test_files_are_utf_8_with_a_last_newline(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.json"
    build_resources.write(path, {"tên": "Lư"}, indent=None)
    assert path.read_bytes() == '{"tên":"Lư"}\n'.encode()
    assert json.loads(path.read_text("utf-8")) == {"tên": "Lư"}
