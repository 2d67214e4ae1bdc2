"""What the hub reads equals what the counter reads; questions once; revoked, carried, redacted entries."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.questions import decisions
from counter_app.storage.journals import verdicts as counter_verdicts
from sync.hub.hub import Hub
from sync.hub.reading import rulings
from sync.hub.tables import schema
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import Carried, Redacted, SystemKind, UnitKeyIssued
from sync.protocol.naming.ids import SELF, EntryId, unit_journal
from sync.protocol.naming.keys import SigningKey
from tests.unit.hub.commune import Commune
from tests.unit.hub.test_exchange import rows
from tests.unit.storage.test_readings import rows as counter_rows
from tests.unit.storage.world import DAY

UNIT = "00000"
LINE_COLUMNS = (
    "number, book, year, day, requester_name, original_name, signatory_line, copies, fee, state, remarks"
)


def readings(hub: Hub) -> dict[str, list[tuple]]:
    return {table.name: sorted(rows(hub, table)) for table in (*schema.READINGS, schema.snapshots)}


def questioned(hub: Hub) -> list[tuple]:
    return [(q.entry, q.code, q.status) for q in hub.questions(UNIT)]


def lot_of_a_wrong_day(counter: Commune) -> EntryId:
    """A pile numbered under a day that is not the clock's: the province has something to ask."""
    register, delegation = counter.register(), counter.delegation()
    asked = counter.request()

    def decide(acting):
        lot, line = counter._lot(acting.state(register).state, delegation, [asked])
        body = msgspec.structs.replace(decode_body(c.LotNumbered, lot.body), day=20261119)
        return [draft(body, *lot.subjects), line]

    return counter.store.act(decide, counter.circumstances()).entries[0].id


def test_a_months_lines_are_those_of_the_counter(hub, counter):
    register = counter.busy_day(8)
    lines = counter_rows(
        counter.store, f"SELECT id, request, lot FROM lines WHERE register = {register.key} ORDER BY number"
    )
    line, request, lot = (EntryId.from_key(key) for key in lines[5])
    counter.act([draft(c.LineStruck("torn", "Rách khi đóng dấu"), line, request, lot)])
    counter.sync()
    month = hub.register_month(UNIT, "copy", 2026, 11)
    wanted = counter_rows(
        counter.store, f"SELECT {LINE_COLUMNS} FROM lines WHERE register = {register.key} ORDER BY number"
    )
    assert [msgspec.structs.astuple(found) for found in month.lines] == wanted
    assert [line.state for line in month.lines].count("struck") == 1
    (stood,) = counter_rows(
        counter.store, "SELECT symbol, next_number, unknown, doubles, missing_lines FROM registers"
    )
    assert (month.symbol, month.next_number, month.unknown, month.doubles, month.missing_lines) == stood
    assert hub.register_month(UNIT, "copy", 2026, 10).lines == ()
    assert hub.register_month(UNIT, "copy", 2025, 11) is None


def test_a_days_figures_are_those_of_the_counter(hub, counter):
    counter.busy_day(8)
    counter.sync()
    day = hub.kpi(UNIT, DAY)
    ((requests, numbered, signed),) = counter_rows(
        counter.store,
        f"SELECT (SELECT count(*) FROM requests WHERE day = {DAY}), (SELECT count(*) FROM lines),"
        " (SELECT count(*) FROM lines WHERE state = 'signed')",
    )
    assert (day.requests, day.numbered, day.signed) == (requests, numbered, signed) == (8, 8, 4)
    assert (day.originals, day.copies, day.fees) == (16, 24, 96_000)
    assert hub.kpi(UNIT, DAY + 1).requests == 0
    assert hub.kpi(UNIT, DAY + 1).open_requests == 8


def test_readings_do_not_depend_on_how_entries_came(hub, counter, monkeypatch):
    counter.busy_day(20)
    monkeypatch.setattr("sync.hub.reading.reader.BATCH", 7)
    counter.sync()
    live = readings(hub)
    monkeypatch.undo()
    hub.rebuild(UNIT)
    assert readings(hub) == live
    assert len(live["line_rows"]) == 20


def test_a_late_journal_of_a_sibling_fits_in(hub, counters, clock):
    """The line's PC exchanges before the PC that took the request in."""
    intake, pen = counters(), counters()
    asked = intake.request()
    port = intake.port()
    port.hand_over()
    pen.port().ingest(bundle_of(port, intake))
    pen.number(pen.register(), pen.delegation(), [asked])
    hold, pen.port = pen.port, None
    pen.port = hold
    from sync.protocol.carrying.bundle import Bundle
    from tests.unit.hub.test_exchange import ask, pieces

    ask(pen, *pieces(pen))
    hub.read()
    assert hub.kpi(UNIT, DAY).requests == 0
    assert [line.number for line in hub.register_month(UNIT, "copy", 2026, 11).lines] == [1]
    clock.at += 1_000  # which came first decides which founding is the second
    intake.sync()
    assert hub.kpi(UNIT, DAY).requests == 1
    assert Bundle(UNIT, 1, ()).runs == ()
    live = readings(hub)
    hub.rebuild(UNIT)
    assert readings(hub) == live


def bundle_of(port, counter):
    from sync.protocol.carrying.bundle import Bundle

    return Bundle(UNIT, counter.journal, tuple(port.pieces_from({counter.journal: 1}, 2**30)))


def test_the_province_asks_once_whatever_comes_again(hub, counter):
    lot = lot_of_a_wrong_day(counter)
    counter.sync()
    assert (lot, "lot.day", "open") in questioned(hub)
    asked = questioned(hub)
    for _ in range(2):
        hub.rebuild(UNIT)
        hub.read()
    assert questioned(hub) == asked
    written = [row for row in rows(hub, schema.entries) if row[4] == SystemKind.ENTRY_QUESTIONED]
    assert len(written) == len(asked)
    assert (lot.key,) in counter_rows(counter.store, "SELECT entry FROM questions")


def test_a_question_goes_out_and_its_answer_comes_back(hub, counter):
    lot = lot_of_a_wrong_day(counter)
    counter.sync()
    (question,) = [q.question for q in hub.questions(UNIT) if q.entry == lot]
    with counter.store.read() as connection:
        state = counter.store.readings.state(connection, question).state
    counter.act(decisions.explain(state, "Nhập ngày của hôm trước."))
    counter.sync()
    assert [q.question for q in hub.questions(UNIT, "answered")] == [question]
    assert question not in [q.question for q in hub.questions(UNIT)]


def test_nothing_is_asked_before_what_it_names_has_arrived(hub, counters, clock, monkeypatch):
    """The official who sealed the lot was recorded at a sibling that did not exchange yet."""
    one, two = counters(), counters(official=False)
    two.official, two.official_key = one.official, one.official_key
    monkeypatch.setattr(counter_verdicts, "refuse_unsealed", lambda *_: None)
    two.register()
    two.sync()
    assert questioned(hub) == []
    one.sync()
    hub.read()
    assert questioned(hub) == []
    assert hub.register_month(UNIT, "copy", 2026, 11) is not None


def test_after_a_day_of_patience_it_is_asked_all_the_same(hub, counters, clock, monkeypatch):
    one, two = counters(), counters(official=False)
    two.official, two.official_key = one.official, one.official_key
    monkeypatch.setattr(counter_verdicts, "refuse_unsealed", lambda *_: None)
    register = two.register()
    two.sync()
    clock.at += rulings.PATIENCE_MS
    hub.read()
    assert (register, "seal.unknown", "open") in questioned(hub)


def test_a_strangers_seal_is_not_read_and_asked_about(hub, counter, monkeypatch):
    monkeypatch.setattr(counter_verdicts, "refuse_unsealed", lambda *_: None)
    counter.official_key = SigningKey.fresh()
    register = counter.register()
    counter.sync()
    assert hub.trouble(UNIT).parked == ((*register, "seal-damaged"),), "it may be the line's fault: once more"
    counter.engine.backlog.ask_again()
    counter.sync()
    assert hub.register_month(UNIT, "copy", 2026, 11) is None
    assert (register, "seal.bad", "open") in questioned(hub)


def test_a_fee_that_differs_from_the_provinces_table_is_asked_about(hub, counter):
    from counter_app.domain.province.entries import DataPut

    table = (
        '{"version": 1, "rules": [{"kind": "certified_copy", "unit": "page", "source": "x", "status": "x",'
        ' "tiers": [{"per_page": 5000}], "valid_from": "2026-01-01"}]}'
    )
    hub.append("", draft(DataPut("fees", 20260101, table.encode(), "NQ tập huấn"), SELF))
    asked = counter.request()
    counter.sync()
    found = [(q.entry, q.code) for q in hub.questions(UNIT)]
    if rulings._parsed(table.encode()) is None:
        pytest.fail("the fee table of this test is not one")
    assert (asked, "fee.differs") in found


def test_the_provinces_fees_are_of_each_register_and_silent_about_an_unknown_one(hub):
    from counter_app.domain.province.entries import DataPut

    table = (
        '{"version": 1, "rules": [{"kind": "certified_copy", "unit": "page", "source": "x", "status": "x",'
        ' "tiers": [{"per_page": 5000}], "valid_from": "2026-01-01"}, {"kind": "certified_signature",'
        ' "unit": "case", "source": "x", "status": "x", "amount": 10000, "valid_from": "2026-01-01"}]}'
    )
    hub.append("", draft(DataPut("fees", 20260101, table.encode(), "NQ tập huấn"), SELF))
    with hub.database.read() as connection:
        fee = rulings.fee_table(connection)
        assert fee is not None
        assert fee("copy", 3, 2, 20261120) == 30_000
        assert fee("signature", 3, 2, 20261120) == 20_000
        assert fee("transaction", 3, 2, 20261120) is None
        assert fee("signature", 3, 2, 20251120) is None, "before the table"


def test_later_entries_of_a_revoked_pc_are_kept_and_not_read(hub, counters):
    one, two = counters(), counters()
    one.request("Trước")
    one.sync()
    hub.revoke(one.journal, reason="mất máy")
    one.request("Sau")
    one.request("Sau nữa")
    one.engine.until_idle()
    hub.read()
    assert hub.kpi(UNIT, DAY).requests == 1
    assert hub.trouble(UNIT).revoked == 2
    two.sync()
    assert hub.word(UNIT).received == two.port().vector()
    assert counter_rows(two.store, "SELECT name FROM requests") == [("Trước",)]
    live = readings(hub)
    hub.rebuild(UNIT)
    assert readings(hub) == live


def test_a_unit_founded_a_second_time_is_asked_about_and_the_first_is_not(hub, counters, clock):
    first, second = counters(), counters()
    first.request()
    first.sync()
    assert hub.questions(UNIT) == ()
    clock.at += 60_000
    second.request()
    second.sync()
    asked = [(one.entry, one.code) for one in hub.questions(UNIT)]
    assert asked == [(second.official, "founding.again")]
    live = readings(hub)
    hub.rebuild(UNIT)
    assert readings(hub) == live


def test_somebody_whom_a_pc_in_use_records_by_itself_is_asked_about(hub, counter):
    """Who holds a PC's device key, and no official's, writes a head of his own."""
    counter.register()  # sealed by an official
    in_the_heads_name = counter.begin_official()
    head, counter.official = counter.official, None
    in_nobodys = counter.begin_official()
    counter.official = head
    counter.sync()
    asked = [(one.entry, one.code) for one in hub.questions(UNIT)]
    assert asked == [(in_the_heads_name, "seal.missing"), (in_nobodys, "founding.again")]


def test_a_revoked_pc_learns_it_and_gets_nothing_more_of_its_unit(hub, counters):
    one, two = counters(), counters()
    one.sync()
    two.sync()
    hub.revoke(one.journal)
    two.request("Không cho máy mất biết")
    two.sync()
    one.engine.until_idle()
    assert counter_rows(one.store, "SELECT name FROM requests") == []
    revoked = int(SystemKind.DEVICE_REVOKED)
    assert counter_rows(one.store, f"SELECT count(*) FROM entries WHERE kind = {revoked}") == [(1,)]


def issued(hub: Hub) -> list[UnitKeyIssued]:
    found = [row for row in rows(hub, schema.entries) if row[4] == SystemKind.UNIT_KEY_ISSUED]
    return [decode_body(UnitKeyIssued, row[6]) for row in sorted(found)]


def test_each_device_gets_the_units_key_once_and_a_revoked_one_not_the_next(hub, counters):
    one, two = counters(), counters()
    one.sync()
    two.sync()
    hub.rebuild(UNIT)
    assert [[w.journal for w in body.keys] for body in issued(hub)] == [
        [0],
        [0, one.journal],
        [0, two.journal],
    ]
    hub.revoke(one.journal)
    last = issued(hub)[-1]
    assert (last.version, [w.journal for w in last.keys]) == (2, [0, two.journal])


def test_a_redaction_empties_the_body_here_too(hub, counter):
    person = counter.person("Phải Xóa Tên")
    counter.sync()
    own = unit_journal(UNIT)
    hub.append(
        UNIT, Draft(SystemKind.REDACTED, (person,), encode_body(Redacted(person, "court", "QĐ 1/2026")))
    )
    hub.read()
    (row,) = [row for row in rows(hub, schema.entries) if row[0] == person.key]
    assert row[6] is None
    counter.sync()
    assert hub.word(UNIT).received == counter.port().vector()
    assert own in counter.port().vector().positions


def carried_in(hub: Hub, unit: str) -> list[EntryId]:
    own = unit_journal(unit)
    found = [row for row in rows(hub, schema.entries) if row[4] == SystemKind.CARRIED and row[1] == own]
    return [decode_body(Carried, row[6]).entry for row in sorted(found)]


def test_a_shared_subject_travels_both_ways_once_with_its_person(real, counters):
    here, there = counters("03390", real), counters("03388", real)
    person = here.person()
    other = here.request("Người khác")
    shared = here.act(
        [msgspec.structs.replace(here.request_draft("Nguyễn Thị Đào", (1,)), subjects=(SELF, person))]
    )
    request = shared.entries[0].id
    here.sync()
    there.sync()
    assert carried_in(real, "03388") == []
    real.share(request, "03388")
    real.read()
    assert sorted(carried_in(real, "03388")) == sorted([person, request])
    there.sync()
    assert counter_rows(there.store, "SELECT id FROM requests") == [(request.key,)]
    answered = there.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)]).entries[0].id
    there.sync()
    real.read()
    assert carried_in(real, "03390") == [answered]
    here.sync()
    assert counter_rows(here.store, f"SELECT returned_reason FROM requests WHERE id = {request.key}") == [
        ("mend",)
    ]
    later = (
        here.act([draft(c.AppointmentExtended(here.at + 86_400_000, "many", False), request)]).entries[0].id
    )
    here.sync()
    there.sync()
    real.read()
    real.rebuild("03388")
    real.rebuild("03390")
    assert carried_in(real, "03388") == [*sorted_by_time(real, [person, request]), later]
    assert carried_in(real, "03390") == [answered]
    assert other not in carried_in(real, "03388")
    there.sync()
    here.sync()
    states = [state_of(counter, request) for counter in (here, there)]
    assert states[0] == states[1]
    assert here.journal not in there.port().vector().positions


def sorted_by_time(hub: Hub, ids: list[EntryId]) -> list[EntryId]:
    at = {row[0]: row[3] for row in rows(hub, schema.entries)}
    return sorted(ids, key=lambda found: at[found.key])


def state_of(counter: Commune, subject: EntryId):
    with counter.store.read() as connection:
        return counter.store.readings.state(connection, subject).state


def test_ended_sharing_carries_nothing_later(real, counters):
    here, there = counters("03390", real), counters("03388", real)
    request = here.request()
    here.sync()
    there.sync()
    real.share(request, "03388")
    real.read()
    real.end_sharing(request, "03388")
    here.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)])
    here.sync()
    assert carried_in(real, "03388") == [request]


def test_an_old_hub_keeps_and_passes_on_what_it_does_not_understand(hub, counters):
    one, two = counters(), counters()
    unknown = one.act([Draft(60_000, (SELF,), b"\x91\x01", version=3, flags=1)]).entries[0]
    request = one.request()
    one.act([Draft(60_001, (request,), b"\x90", flags=1)])
    one.sync()
    two.sync()
    assert counter_rows(two.store, f"SELECT body FROM entries WHERE key = {unknown.id.key}") == [
        (unknown.body,)
    ]
    assert hub.kpi(UNIT, DAY).requests == 1
