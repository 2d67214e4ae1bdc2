"""Filed on the portal: read item by item, the dirty ones parked with words, nobody else stopped."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from counter_app.domain.dossiers.entries import OnlineDossierArrived
from counter_app.domain.errors import DomainError
from resources import load
from sync.hub.clock import note_met
from sync.hub.days_parked import DAY_MS, DEFAULT, SETTING, days_parked, kept_since, set_days_parked
from sync.hub.dossiers import OnlineDossier, arrival
from sync.hub.portal import incoming, queue
from sync.hub.portal.faults import WORDS, words
from sync.hub.portal.mapping import FieldFault, parse_map
from sync.hub.portal.port import PortalError
from sync.hub.tables.portal import parked
from sync.protocol.journals.codec import decode_body
from tests.support.portal.bench import MORNING, OFFICES, UNIT, Bench

MAP = parse_map(load.portal_map("legacy"))
GOOD: dict[str, object] = {
    "MaHoSo": "H35-261120-0007", "MaTTHC": "1.004873.000.00.00.H35", "ChuHoSo": "PHÀN TẬP HUẤN ẰNG",
    "SoGiayToChuHoSo": "012064101628", "NgayNopHoSo": "20261120073000", "LoaiDoiTuong": 1,
}  # fmt: skip


def test_a_good_item() -> None:
    """The suffix of a provincial copy of a procedure is stripped, the moment is of Viet Nam."""
    found = incoming.read_item(MAP, GOOD)
    assert (found.portal_code, found.procedure, found.submitted_at, found.kind) == (
        "H35-261120-0007", "1.004873", MORNING, "citizen",
    )  # fmt: skip


BAD: list[object] = [
    None, 5, "x", [], {}, {**GOOD, "MaHoSo": ""}, {**GOOD, "MaHoSo": ["x"]}, {**GOOD, "MaHoSo": "a b"},
    {**GOOD, "MaHoSo": "x" * 41}, {**GOOD, "ChuHoSo": "x" * 121}, {**GOOD, "ChuHoSo": "LÒ\ufffd"},
    {**GOOD, "ChuHoSo": "LÒ\x00"}, {**GOOD, "NgayNopHoSo": "2026-11-20"},
    {**GOOD, "NgayNopHoSo": "20261320000000"},
    {**GOOD, "NgayNopHoSo": "00010101000000"}, {**GOOD, "NgayNopHoSo": "２０２６１１２００７３０００"},
    {**GOOD, "NgayNopHoSo": None}, {**GOOD, "MaTTHC": "thủ tục"}, {**GOOD, "MaTTHC": "x.004873"},
    {**GOOD, "LoaiDoiTuong": True}, {**GOOD, "SoGiayToChuHoSo": 1.5},
]  # fmt: skip


@pytest.mark.parametrize("item", BAD)
def test_a_dirty_item_is_named(item: object) -> None:
    with pytest.raises((FieldFault, ValueError)) as told:
        incoming.read_item(MAP, item)
    assert str(told.value)


def fetched(bench: Bench, arrived: Any) -> incoming.Fetched:
    return incoming.fetch(bench.database, bench.port, MAP, OFFICES, arrived, bench.at)


def test_dirty_ones_are_parked_once_and_the_others_taken(bench: Bench) -> None:
    """Asked twice, the same rows make nothing new; each parked row says why."""
    taken: list[str] = []

    def arrived(unit: str, online: OnlineDossier) -> None:
        arrival(online, b"salt")
        taken.append(online.portal_code)

    bench.portal.online += [
        *BAD,
        GOOD,
        {**GOOD, "MaHoSo": "H-8", "MaTTHC": "9.999999"},
        {**GOOD, "MaHoSo": "H-9"},
    ]
    assert fetched(bench, arrived) == (2, len(BAD) + 1)
    assert taken == ["H35-261120-0007", "H-9"]
    fetched(bench, arrived)
    with bench.database.read() as connection:
        rows = connection.execute(select(parked.c.fault, parked.c.detail)).all()
    assert len(rows) == len(BAD) + 1
    assert {row.fault for row in rows} == {"item", "procedure"}
    assert all(row.detail for row in rows)


def test_what_nobody_could_read_goes_after_its_days(bench: Bench) -> None:
    bench.portal.online += [*BAD]
    fetched(bench, lambda *_: None)
    came = bench.at
    with bench.database.write() as connection:
        set_days_parked(connection, 7)
        assert queue.drop_parked(connection, kept_since(connection, came + 7 * DAY_MS)) == 0
        assert queue.drop_parked(connection, kept_since(connection, came + 7 * DAY_MS + 1)) == len(BAD)
        assert queue.counts(connection)["parked"] == 0


@pytest.mark.parametrize("days", [0, -1, 366])
def test_days_that_are_none_are_refused_and_nonsense_counts_as_not_set(bench: Bench, days: int) -> None:
    with bench.database.write() as connection:
        assert days_parked(connection) == DEFAULT
        with pytest.raises(ValueError, match="days"):
            set_days_parked(connection, days)
        queue.keep_setting(connection, SETTING, str(days))
        assert days_parked(connection) == DEFAULT


def test_cut_off_before_all_is_written_the_same_is_asked_again(bench: Bench) -> None:
    """The moment asked from moves last."""
    bench.portal.online += [GOOD, {**GOOD, "MaHoSo": "H-9"}]
    taken: list[str] = []

    def dies(unit: str, online: OnlineDossier) -> None:
        if online.portal_code == "H-9" and "H-9" not in taken:
            taken.append("H-9")
            raise KeyboardInterrupt
        taken.append(online.portal_code)

    with pytest.raises(KeyboardInterrupt):
        fetched(bench, dies)
    with bench.database.read() as connection:
        assert queue.setting_of(connection, f"portal-online:{UNIT}") == ""
    assert fetched(bench, dies).taken == 2
    with bench.database.read() as connection:
        assert queue.setting_of(connection, f"portal-online:{UNIT}") == str(bench.at)


def test_a_hub_whose_clock_ran_ten_years_ahead_misses_nothing_afterwards(bench: Bench) -> None:
    asked: list[int] = []

    def online(office: str, since: int) -> list[object]:
        asked.append(since)
        return []

    port: Any = SimpleNamespace(online=online)
    for at in (bench.at, bench.at + 10 * 365 * DAY_MS, bench.at + 1):
        incoming.fetch(bench.database, port, MAP, {UNIT: OFFICES[UNIT]}, lambda *_: None, at)
    assert asked[-1] == bench.at + 1 - incoming.OVERLAP_MS


@pytest.mark.parametrize("fault", ["500", "html", "text_rows", "half_after", "refuse"])
def test_a_bad_list_moves_nothing(bench: Bench, fault: str) -> None:
    bench.portal.online.append(GOOD)
    bench.portal.faults.append(fault)
    with pytest.raises(PortalError):
        fetched(bench, lambda *_: None)
    assert fetched(bench, lambda *_: None).taken == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(GOOD)), JSON), st.booleans())
def test_whatever_a_row_holds_it_is_read_or_refused(changes: dict[str, object], whole: bool) -> None:
    """Never another error: what is read makes an entry that every reader can read."""
    try:
        online = incoming.read_item(MAP, {**GOOD, **changes} if whole else changes)
        made = arrival(online, b"salt")
    except (ValueError, DomainError):
        return
    assert decode_body(OnlineDossierArrived, made.body).portal_code == online.portal_code


@pytest.mark.parametrize("code", WORDS)
def test_every_fault_has_words_in_both_languages_that_say_what_to_do(code: str) -> None:
    assert words(code) != words(code, "en")
    assert all(len(words(code, one).split(". ")) >= 2 for one in ("vi", "en"))
    assert words("moi") == "moi"


def test_an_hour_in_2099_leaves_no_moment_unasked(bench: Bench) -> None:
    """What was handed in while the province's clock was wrong is asked for when it is right again."""
    right = bench.at
    with bench.database.write() as connection:
        note_met(connection, [(right, right)])
    for bench.at in (right, 4_070_908_800_000):
        fetched(bench, lambda *_: None)
        with bench.database.read() as connection:
            since = {int(queue.setting_of(connection, f"portal-online:{unit}")) for unit in OFFICES}
        assert since == {right}
