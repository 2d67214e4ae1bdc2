"""From 31 December 2026, 16:50, to 4 January 2027: two counters, the province, both years side by side."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from counter_app.clock import FixedClock
from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import entries as o
from counter_app.practice import people
from counter_app.practice.seeding import LAST_ON_PAPER
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.ports.pen import AnnulForm
from counter_app.services.ports.register_years import YearForm
from sync.hub.hub import Hub
from sync.protocol.naming.ids import EntryId
from tests.support.practice import practice_world

UNIT = "00000"
FIRST = LAST_ON_PAPER + 1


def at(world: PracticeWorld, text: str) -> None:
    """The clock of everybody."""
    assert isinstance(world.clock, FixedClock)
    world.clock.at = vn_instant(datetime.fromisoformat(text))


def take(world: PracticeWorld, number: int, *, pay: str = "now") -> EntryId:
    """One original of somebody new, at counter 1."""
    world.sign_in(people.CLERK)
    program = world.programs[0]
    who = PersonForm(
        f"01208600680{number}", f"TẬP HUẤN {'ABCDEFGH'[number]}", "14/03/1986", "Bản Nà Khan", sex="male"
    )
    row = RowForm("gks 1x2", compared_at=program.now())
    return program.copies.commit(RequestForm(who, (row,), given="100000", pay=pay)).request


def pile(world: PracticeWorld, *requests: EntryId):
    """The signatory numbers what lies before him."""
    world.sign_in(people.SIGNER)
    signing = world.programs[0].signing
    pen = signing.pen("copy")
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        signing.confirm_witness(pen.last_number, people.PIN)
    return signing.number(requests, people.PIN)


def code_of(act, *values) -> str:
    """Code of the refusal."""
    with pytest.raises(DomainError) as refused:
        act(*values)
    return refused.value.code


def closing(world: PracticeWorld) -> YearForm:
    second = world.founded.officials[people.SIGNER]
    return YearForm("copy", 2026, people.PIN, second, people.PASSWORD)


def one(world: PracticeWorld, sql: str, counter: int = 0) -> list[tuple[object, ...]]:
    with world.programs[counter].opened.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def november_is_bound(world: PracticeWorld) -> None:
    """One signed number in November; its month closed."""
    lot = pile(world, take(world, 0))
    world.programs[0].signing.confirm(lot.lot, None)
    at(world, "2026-11-30 16:30")
    world.sign_in(people.REGISTRAR)
    world.programs[0].registers.close_month(2026, 11, people.PIN)


def last_minutes_of_the_year(world: PracticeWorld) -> tuple[EntryId, EntryId]:
    """16:50: a pile of two leaves, one request is too late; returns the lot and the late request."""
    at(world, "2026-12-01 08:05")
    world.sign_in(people.REGISTRAR)
    world.programs[0].registers.open_next_year(2026)
    at(world, "2026-12-31 16:50")
    early = [take(world, number) for number in (1, 2)]
    lot = pile(world, *early)
    assert (lot.first, lot.last) == (FIRST + 1, FIRST + 2), "the last pile bears numbers of the old year"
    late = take(world, 3, pay="return")
    world.sign_in(people.REGISTRAR)
    cards = world.programs[0].registers.years()
    assert [(card.year, card.last) for card in cards] == [(2027, 0), (2026, FIRST + 2)]
    assert cards[1].open_items == ("tháng 12 chưa khóa", "2 số chưa xác nhận ký")
    assert code_of(world.programs[0].registers.close_year, closing(world)) == "closing.blocked"
    return lot.lot, late


def acts_ended_with_the_year(world: PracticeWorld, late: EntryId) -> None:
    """Nobody numbers under an act that ended on 31/12; the Chairman's new act lets him."""
    assert code_of(pile, world, late) == "lot.signatory", "no act is in force, so there is nobody to sign"
    session, who = world.programs[0].session, world.founded.officials
    assert code_of(world.sign_in, people.CHAIRMAN) == "account.idle", "he was not here for forty-five days"
    session.open_locked(who[people.CHAIRMAN], who[people.SIGNER], people.PASSWORD, "đi công tác về")
    world.sign_in(people.CHAIRMAN)
    act = o.DelegationRecorded(
        "01/QĐ-UBND", 20270104, o.ASSIGNED, "KT.", ("copy",), 20270104, 20271231, "Phó Chủ tịch"
    )
    world.programs[0].areas.accounts.delegate(world.founded.officials[people.SIGNER], act)


def the_old_year_closes(world: PracticeWorld) -> None:
    """December, then the year, on 4 January with the date of the year."""
    world.sign_in(people.REGISTRAR)
    registers = world.programs[0].registers
    registers.close_month(2026, 12, people.PIN)
    assert registers.years()[1].open_items == ()
    assert "đến hết ngày 31/12/2026" in registers.close_year(closing(world))
    assert [(card.year, card.closed) for card in registers.years()] == [(2027, False), (2026, True)]
    assert Path(registers.export_year(2026)).stat().st_size > 10_000


def annulled_everywhere(world: PracticeWorld) -> None:
    """A line of the closed, bound year loses its value: province, the other counter, its slip."""
    program = world.programs[0]
    line = program.registers.month(2026, 11).rows[0].line
    assert line is not None
    second = world.founded.officials[people.SIGNER]
    program.pen.annul(AnnulForm(line, "02/QĐ-UBND", "04/01/2027", "sai bản chính", second, people.PASSWORD))
    assert [note.printed for note in program.registers.later_notes(2026)] == [False]
    program.registers.print_later_notes(2026)
    world.settle()
    world.sign_in(people.REGISTRAR, 1)
    other = world.programs[1].registers
    assert other.month(2026, 11).rows[0].state == "annulled"
    assert [note.printed for note in other.later_notes(2026)] == [True]
    verdict = world.programs[1].home.check_copy(copy_code(world))
    assert verdict.kind == "annulled", (verdict.kind, verdict.title)
    with Hub.open(world.hub_folder, practice=True) as hub:
        november = hub.register_month(UNIT, "copy", 2026, 11)
        january = hub.register_month(UNIT, "copy", 2027, 1)
        asked = hub.questions(UNIT)
    assert november is not None
    assert january is not None
    assert [(row.number, row.state) for row in november.lines] == [(FIRST, "annulled")]
    assert [(row.number, row.state) for row in january.lines] == [(1, "signed")]
    assert not asked


def copy_code(world: PracticeWorld) -> str:
    """The QR of November's copy, as its text printed it."""
    (content,) = one(
        world, "SELECT content FROM print_jobs WHERE form = 'certification' ORDER BY id LIMIT 1"
    )[0]
    import msgspec

    from counter_app.printing.forms.certification import CertificationPile

    assert isinstance(content, bytes)
    return msgspec.msgpack.decode(content, type=CertificationPile).texts[0].qr_payload


def test_the_year_changes_between_two_counters_and_the_province(tmp_path: Path) -> None:
    with practice_world(tmp_path, 2) as world:
        november_is_bound(world)
        lot, late = last_minutes_of_the_year(world)
        at(world, "2027-01-04 08:00")
        acts_ended_with_the_year(world, late)
        world.sign_in(people.SIGNER)
        signing = world.programs[0].signing
        lines = signing.lot_lines(lot)
        signing.strike(lines[1].line, "differs", "mờ dấu")
        signing.confirm(lot, (lines[0].line,))
        new = pile(world, late)
        assert new.first == 1, "numbers of the new year begin at 01"
        world.programs[0].signing.confirm(new.lot, None)
        take(world, 4)
        assert one(world, "SELECT kind, day FROM receipts WHERE day > 20270000") == [
            ("provisional", 20270104)
        ], "paper receipts ended with 31/12/2026"
        the_old_year_closes(world)
        annulled_everywhere(world)
