"""What comes over the wire is believed only when it is plainly an answer."""

from __future__ import annotations

from typing import Any

import pytest

from resources import load
from sync.hub.portal import answers
from sync.hub.portal.config import portal_of
from sync.hub.portal.line import Line
from sync.hub.portal.mapping import parse_map
from sync.hub.portal.port import PortalAway, PortalDirty, PortalError, PortalRefused, Seen
from tests.support.portal.bench import Bench, config
from tests.support.portal.simulator import SPOILED, Portal

MAP = parse_map(load.portal_map("legacy"))


@pytest.mark.parametrize(
    "address",
    ["http://cong.example", "ftp://127.0.0.1", "https://user:mat-khau@cong.example", "", "https://"],
)
def test_an_address_that_would_give_the_secret_away_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="portal"):
        Line(address)


@pytest.mark.parametrize("fault", SPOILED)
def test_every_dirty_answer_is_told_as_such(either_bench: Bench, fault: str) -> None:
    """And without what it held: only what it looked like."""
    either_bench.portal.faults.append(fault)
    with pytest.raises(PortalDirty) as told:
        either_bench.port.official_code("H35.20", "000")
    assert len(told.value.detail) < 60


@pytest.mark.parametrize("fault", ["500", "drop", "half", "half_after", "drop_after"])
def test_no_whole_answer_is_away(bench: Bench, fault: str) -> None:
    bench.portal.faults.append(fault)
    with pytest.raises(PortalAway):
        bench.port.look("H35.20", "một hai ba bốn năm")


def test_a_silent_portal_is_not_waited_for(bench: Bench) -> None:
    with Portal() as portal:
        port = portal_of(config(portal, seconds=0.3))
        port.look("H35.20", "x")
        portal.faults.append("slow")
        with pytest.raises(PortalAway):
            port.look("H35.20", "x")


def test_nobody_listens(bench: Bench) -> None:
    with Portal() as portal:
        port = portal_of(config(portal))
    with pytest.raises(PortalAway):
        port.look("H35.20", "x")


@pytest.mark.parametrize("generation", ["legacy", "2026"])
def test_a_wrong_password_is_a_refusal(benches: dict[str, Bench], generation: str) -> None:
    benches[generation].fresh()
    port = portal_of(config(benches[generation].portal, secret="khác"))
    with pytest.raises(PortalRefused) as told:
        port.look("H35.20", "x")
    assert "khác" not in str(told.value)


@pytest.mark.parametrize(
    ("value", "number"), [(0, "0"), ("0", "0"), ("00", "0"), (" 00 ", "0"), ("-1", "-1"), (404, "404")]
)
def test_errors_have_numbers_as_text_or_not(value: object, number: str) -> None:
    assert answers.error_number(MAP, {"error_code": value}) == number


@pytest.mark.parametrize("value", [None, True, False, 0.0, "", "ok", [], {}, "0x0", "9" * 50])
def test_what_is_no_number_is_dirty(value: object) -> None:
    with pytest.raises(PortalDirty):
        answers.error_number(MAP, {"error_code": value})


def rows(**changes: Any) -> list[object]:
    return [{"MaHoSo": "X-1", "TrangThaiHoSo": "4", **changes}]


def test_the_portals_row_of_a_dossier() -> None:
    assert answers.seen_of(MAP, rows(), "X-1") == Seen(4)
    assert answers.seen_of(MAP, rows(TrangThaiHoSo=4), "X-1") == Seen(4)
    assert answers.seen_of(MAP, [], "X-1") is None


@pytest.mark.parametrize(
    "bad", [rows(MaHoSo="X-2"), rows(TrangThaiHoSo="11"), rows(TrangThaiHoSo=None), ["X-1"], [None], [[]]]
)
def test_another_row_is_never_taken_for_it(bad: list[object]) -> None:
    with pytest.raises(PortalDirty):
        answers.seen_of(MAP, bad, "X-1")


@pytest.mark.parametrize("code", [None, 5, "", " ", "x" * 51, "mã có dấu", "A B", "A\nB", "../../x\x00"])
def test_a_code_that_is_none_is_dirty(code: object) -> None:
    with pytest.raises(PortalError):
        answers.code_of(MAP, {"MaHoSo": code})
