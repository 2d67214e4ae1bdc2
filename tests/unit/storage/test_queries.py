"""Questions that screens ask, over days as they happen."""

from __future__ import annotations

import pytest

from counter_app.domain.certification.entries import LineStruck
from counter_app.domain.drafting import draft
from counter_app.storage.queries import dossiers, exchange, money, registers, requests, unit
from counter_app.storage.queries.work_lines import OVERDUE, READY, WORK, work_lines
from counter_app.storage.search import match_of, search
from counter_app.storage.this_pc import local
from sync.protocol.carrying.vector import make_vector, sign_vector
from sync.protocol.naming.ids import EntryId
from tests.unit.storage.test_exchange_store import give
from tests.unit.storage.world import DAY, NOON, UNIT


def ask(counter, question, *values):
    with counter.store.read() as connection:
        return question(connection, *values)


@pytest.mark.parametrize(
    "typed",
    [
        "nguyen thi dao",
        "Nguyễn Thị Đào",
        "NGUYỄN THỊ ĐÀO",
        "dao nguyen",
        "thị đ",
        "đào",
        "012345678901",
        "012 345 678 901",
        "0123456",
        "0912345678",
        "ban na",
    ],
)
def test_a_person_is_found_however_it_is_typed(counter, typed):
    person = counter.person("Nguyễn Thị Đào")
    counter.person("Lò Văn Tập", "098765432109")
    hits = [hit.subject for hit in ask(counter, search, typed, 30, "person")]
    assert person in hits
    if "ban" not in typed and "091" not in typed:
        assert hits == [person]


def test_decomposed_letters_find_the_same(counter):
    import unicodedata

    person = counter.person("Đặng Thị Ẩm")
    assert [h.subject for h in ask(counter, search, unicodedata.normalize("NFD", "đặng thị ẩm"))] == [person]


def test_a_number_with_its_year_finds_its_line(counter):
    register, delegation = counter.register(1842), counter.delegation()
    request = counter.request("Mùa Thị Tập")
    _lot, line = counter.number(register, delegation, [request]).entries
    assert [h.subject for h in ask(counter, search, "1842/2026")] == [line.id]
    assert ask(counter, search, "1843/2026") == []


def test_a_slip_is_found_by_its_short_code_and_by_its_digits(counter):
    counter.request("Một")
    second = counter.request("Hai")
    row = ask(counter, requests.request, second)
    assert [h.subject for h in ask(counter, search, "01-0002")] == [second]
    assert [h.subject for h in ask(counter, search, row.code)] == [second]
    assert ask(counter, requests.request_by_code, row.code) == row


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', "*", "a OR b AND", "NEAR(", "'; DROP TABLE x --", "\x00", "-", "^ab"]
)
def test_whatever_is_typed_is_never_an_operator(counter, typed):
    counter.person()
    assert isinstance(ask(counter, search, typed), list)


def test_words_are_quoted_one_by_one():
    assert match_of('Đào "x"') == '"dao"* """x"""*'


def test_newest_hits_come_first_across_counters(counters):
    one, two = counters(1), counters(2)
    two.at = NOON + 10_000_000
    older, newer = one.person("Vàng A Tập"), two.person("Vàng A Tập")
    give(two, one)
    assert [h.subject for h in ask(one, search, "vang")] == [newer, older]


def test_work_list_puts_overdue_before_due_and_signed_last(counter):
    register, delegation = counter.register(), counter.delegation()
    signed, late, later = (counter.request(name) for name in ("Ký", "Trễ", "Sau"))
    counter.confirm(counter.number(register, delegation, [signed]))
    late_due = ask(counter, requests.request, late).due_at
    found = ask(counter, work_lines, WORK, late_due + 1, late_due + 10**8)
    assert [row.id for row in found] == [late, later, signed]
    assert [row.id for row in ask(counter, work_lines, OVERDUE, late_due + 1, late_due + 10**8)] == [late]
    assert [row.id for row in ask(counter, work_lines, READY, late_due + 1, late_due + 10**8)] == [signed]
    assert [(row.group_id, row.people) for row in found] == [(None, 1)] * 3
    counts = ask(counter, requests.home_counts, late_due + 1, DAY, late_due + 10**8, counter.journal)
    assert (counts.overdue, counts.due_today, counts.to_hand_over, counts.taken_today) == (1, 1, 1, 3)
    assert (counts.waiting_for_number, counts.unconfirmed_lines) == (2, 0)


def test_the_pile_holds_what_waits_and_only_that(counter):
    register, delegation = counter.register(), counter.delegation()
    first, second = counter.request("Một"), counter.request("Hai")
    counter.number(register, delegation, [first])
    assert [row.id for row in ask(counter, requests.waiting_for_number)] == [second]
    assert ask(counter, requests.waiting_by_authority) == {"copy": 1}
    assert ask(counter, requests.last_daily, DAY, counter.journal) == 2


def test_a_month_counts_its_lines_by_state(counter):
    register, delegation = counter.register(7), counter.delegation()
    asked = [counter.request() for _ in range(4)]
    numbered = counter.number(register, delegation, asked)
    lot, *lines = numbered.entries
    counter.act([draft(LineStruck("unsigned", "Trả lại"), lines[1].id, asked[1], lot.id)])
    counts = ask(counter, registers.month_counts, register, 2026, 11)
    assert (counts.first, counts.last, counts.unconfirmed, counts.struck, counts.copies) == (7, 10, 3, 1, 3)
    assert counts.fees == 12_000
    assert ask(counter, registers.months_with_lines, register) == [(2026, 11)]
    assert [row.number for row in ask(counter, registers.month_lines, register, 2026, 11)] == [7, 8, 9, 10]
    assert ask(counter, registers.month_lines, register, 2026, 10) == []
    assert [row.unconfirmed for row in ask(counter, registers.unconfirmed_lots)] == [3]
    assert ask(counter, registers.register_of, "copy", 2026).next_number == 11


def test_two_valid_lines_of_one_number_are_found_and_a_struck_one_is_not(counter, monkeypatch):
    register, delegation = counter.register(), counter.delegation()
    asked = [counter.request() for _ in range(3)]
    first = counter.number(register, delegation, asked[:1]).entries[1]
    original = counter._lot
    monkeypatch.setattr(counter, "_lot", lambda state, *rest: original(_stale(state, 1), *rest))
    second = counter.number(register, delegation, asked[1:2]).entries
    assert ask(counter, registers.doubles, register) == [(1, (first.id, second[1].id))]
    counter.act([draft(LineStruck("double", "Trùng số"), second[1].id, asked[1], second[0].id)])
    assert ask(counter, registers.doubles, register) == []


def _stale(state, number: int):
    import msgspec

    return msgspec.structs.replace(state, next_number=number)


def test_money_of_a_day_and_what_is_open(counter):
    request = counter.request(copies=(2,))
    counter.receipt(request, 8_000)
    taken = ask(counter, money.day_money, DAY, counter.journal)
    assert (taken.cash, taken.transfer, taken.fees, taken.receipts) == (8_000, 0, 8_000, 1)
    assert [row.amount for row in ask(counter, money.receipts_of_request, request)] == [8_000]
    with counter.store.write() as connection:
        local.queue_print(connection, "strip", "Phiếu", b"", request, NOON)
    items = ask(counter, money.open_items, DAY, counter.journal)
    assert (items.slips_without_receipt, items.prints_waiting, items.closed) == (1, 1, False)


def test_delegations_count_only_inside_their_days(counter):
    act = counter.delegation()
    assert [row.id for row in ask(counter, unit.delegations, 20261120)] == [act]
    assert ask(counter, unit.delegations, 20261102) == [] == ask(counter, unit.delegations, 20270101)


def test_people_are_candidates_by_either_number(counter):
    person = counter.person("A", "012345678901")
    assert [row.id for row in ask(counter, unit.people_with_number, "012345678901")] == [person]
    assert ask(counter, unit.people_with_number, "") == []
    assert ask(counter, unit.official_of_login, "ltth").id == counter.official


def test_saved_is_always_received_plus_waiting(counter, province):
    counter.busy_day()
    port = counter.port()
    port.hand_over()
    before = ask(counter, exchange.sync_counts)
    assert before.received == 0
    assert before.waiting == before.saved > 20
    half = make_vector({counter.journal: (10, port.heads_at({counter.journal: 10})[counter.journal])})
    port.keep_word(sign_vector(province.key, UNIT, 1, 1, half, half))
    after = ask(counter, exchange.sync_counts)
    assert (after.received, after.waiting) == (10, before.saved - 10)
    assert len(ask(counter, exchange.entries_waiting, 1000)) == after.waiting
    assert len(ask(counter, exchange.entries_received)) == 10
    assert ask(counter, exchange.is_received, EntryId(counter.journal, 10))
    assert not ask(counter, exchange.is_received, EntryId(counter.journal, 11))
    assert after.waiting_bytes < before.waiting_bytes


def test_what_waits_is_measured_at_its_beginning_and_reckoned_up(counter, monkeypatch):
    """A unit without a province has a year of entries waiting, and every screen asks."""
    counter.busy_day()
    whole = ask(counter, exchange.sync_counts)
    monkeypatch.setattr(exchange, "MEASURED", 5)
    with counter.store.read() as connection:
        sizes = connection.exec_driver_sql(
            "SELECT length(facts) + coalesce(length(body), 0) FROM entries ORDER BY key LIMIT 5"
        ).scalars()
        first = sum(sizes)
    reckoned = ask(counter, exchange.sync_counts)
    assert reckoned.waiting_bytes == first * whole.waiting // 5 != whole.waiting_bytes
    assert reckoned.oldest_waiting == whole.oldest_waiting > 0
    assert (reckoned.saved, reckoned.waiting) == (whole.saved, whole.waiting)


def plan(counter, sql: str, *values: object) -> str:
    """How SQLite goes about a question."""
    with counter.store.read() as connection:
        return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))


def test_home_and_a_scan_of_an_unknown_code_walk_through_no_whole_table(counter, monkeypatch):
    """A year of dossiers is in the store: what every screen asks goes by an index."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    monkeypatch.setattr(dossiers, "one", lambda connection, row, rest, values: asked.append((rest, values)))
    ask(counter, dossiers.by_code, "0" * 20)
    assert len(asked) == 5
    for rest, values in asked:
        assert "SCAN dossiers" not in plan(counter, f"SELECT id {rest}", *values), rest
    sql = "SELECT count(*) FROM receipts WHERE awaits_receipt = 1 AND journal = ?"
    assert "ix_receipts_awaiting" in plan(counter, sql, counter.journal)
