"""Tickets at the province: listed, answered once, their bundle opened; PCs asked; the fleet's page."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.entries import (
    AnsweredFromAfar,
    AskedFromAfar,
    BundleNamed,
    Standing,
    TicketAnswered,
    Verdict,
)
from counter_app.domain.tickets.state import AfarState, TicketState, ticket_number
from sync.hub import cli
from sync.hub.attachments.folder import FileFolder
from sync.hub.hub import Hub
from sync.hub.pages.words import Words
from sync.hub.reading.fleet import fleet
from sync.hub.reading.folded import fold_whole
from sync.hub.tables.attachments import attachments
from sync.hub.tickets import acting, views
from sync.protocol.meeting.attachment import seal_attachment, wire_name
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.refusals import Refusal
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.conftest import NewCommune
from tests.unit.storage.world import NOON

UNIT = "00000"
CHECKS = (Verdict("store", "good"), Verdict("printers", "look"), Verdict("chain", "broken"))
STANDING = Standing("0.4.0", 20_480, 7, 8, 9, CHECKS)
DATA = b"PK zip of a PC"
BUNDLE = BundleNamed(hashlib.sha256(DATA).digest(), len(DATA))


def told(counter: Commune, words: str = "máy in kẹt") -> str:
    """A ticket of a counter, at the province."""
    entries = counter.act(decisions.open_ticket("copies", words, STANDING, BUNDLE)).entries
    counter.sync()
    return ticket_number(entries[0].id)


def here(counter: Commune, subject: EntryId) -> TicketState | AfarState:
    with counter.store.read() as connection:
        return counter.store.readings.state(connection, subject).state


def ran(capsys: pytest.CaptureFixture[str], hub: Hub, *arguments: str) -> tuple[int, Any]:
    assert hub.folder is not None
    code = cli.main(["--folder", str(hub.folder), "--json", *arguments])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_a_ticket_comes_is_answered_and_the_answer_goes_back(hub: Hub, counter: Commune) -> None:
    number = told(counter)
    with hub.database.read() as connection:
        (line,) = views.tickets(connection, [UNIT])
    assert (line.number, line.status, line.screen, line.pc) == (number, "open", "copies", "QUẦY-01")
    acting.answer(hub, number.lower(), "Đã gửi trục mực", closes=False)
    closed = acting.answer(hub, number, "", closes=True)
    assert (closed.status, [words for _, words in closed.answers]) == ("closed", ["Đã gửi trục mực"])
    counter.sync()
    state = here(counter, closed.id)
    assert isinstance(state, TicketState)
    assert (state.status, state.answers[0][1]) == ("closed", "Đã gửi trục mực")


def test_a_form_that_is_sent_twice_answers_once(hub: Hub, counter: Commune) -> None:
    number = told(counter)
    for _ in range(2):
        found = acting.answer(hub, number, "một lần", closes=False, seen=0)
    assert len(found.answers) == 1


@pytest.mark.parametrize("number", ["", "SC-9-9-9", "xin chào", "SC-1-1-1"])
def test_a_number_of_nothing(hub: Hub, counter: Commune, number: str) -> None:
    told(counter)
    with pytest.raises(KeyError):
        acting.answer(hub, number, "x", closes=False)


def test_an_empty_answer_is_refused_in_words(hub: Hub, counter: Commune) -> None:
    with pytest.raises(DomainError) as refused:
        acting.answer(hub, told(counter), " ", closes=False)
    assert refused.value.code == "ticket.answer"


def test_a_counter_answers_no_ticket_and_asks_nobody(hub: Hub, counters: NewCommune) -> None:
    one, two = counters(), counters()
    number = told(one)
    two.sync()
    with hub.database.read() as connection:
        _, state = acting.found(connection, number)
    two.act([draft(TicketAnswered("tôi là tỉnh", True), state.id)])
    (asked,) = two.act([draft(AskedFromAfar(one.granted.device, "doctor", "", 2**60), SELF)]).entries
    two.sync()
    one.sync()
    with hub.database.read() as connection:
        assert acting.found(connection, number)[1].status == "open"
        assert views.requests(connection, [UNIT]) == ()
        assert fold_whole(connection, [asked.id])[asked.id].state is None
    assert here(one, asked.id) is None


def test_a_pc_is_asked_and_its_own_answer_alone_counts(hub: Hub, counters: NewCommune) -> None:
    one, two = counters(), counters()
    one.sync()
    two.sync()
    request = acting.ask(hub, one.granted.device, "doctor", "xem ổ đĩa")
    one.sync()
    two.sync()
    assert decisions.is_for(here(one, request), one.store.author.journal)
    assert not decisions.is_for(here(two, request), two.store.author.journal)
    two.act([draft(AnsweredFromAfar("done", "", 1, STANDING, BundleNamed()), request)])
    two.sync()
    with hub.database.read() as connection:
        assert views.requests(connection, [UNIT])[0].status == "asked"
        assert views.standings(connection, UNIT, NOON) == {}
    one.act(decisions.answer_from_afar(here(one, request), "done", "", 3, STANDING))
    one.sync()
    with hub.database.read() as connection:
        assert views.requests(connection, [UNIT])[0].status == "done"
        (said,) = views.standings(connection, UNIT, NOON).values()
    assert (said.broken, said.look, said.worst) == (1, 1, "chain printers")


def test_planted_fault_answers_of_others_count(
    hub: Hub, counters: NewCommune, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fold's guard out of the way, the answer of a PC that nobody asked is believed."""
    monkeypatch.setattr("counter_app.domain.tickets.aggregates.device_of", lambda _: one.granted.device)
    one, two = counters(), counters()
    one.sync()
    two.sync()
    request = acting.ask(hub, one.granted.device, "doctor")
    two.sync()
    two.act([draft(AnsweredFromAfar("done", "", 1, STANDING, BundleNamed()), request)])
    two.sync()
    with hub.database.read() as connection:
        assert views.requests(connection, [UNIT])[0].status == "done"


def test_a_pc_without_a_grant_is_not_asked(hub: Hub, counter: Commune) -> None:
    counter.sync()
    with pytest.raises(KeyError):
        acting.ask(hub, 7_777, "doctor")


def test_the_fleet_shows_what_each_pc_said_last(hub: Hub, counter: Commune, clock: Clock) -> None:
    told(counter)
    later = Standing("0.5.0", 1_024, 0, 8, 9, CHECKS[:1])
    counter.at += 5_000
    counter.act(decisions.say_standing(later))
    counter.sync()
    with hub.database.read() as connection:
        (view,) = [one for one in fleet(connection, [UNIT], clock()) if one.device == counter.granted.device]
    assert view.said is not None
    assert (view.said.version, view.said.free_mb, view.said.broken) == ("0.5.0", 1_024, 0)


def test_what_a_pc_said_under_a_wild_clock_is_not_its_last_word_for_ever(
    hub: Hub, counter: Commune, clock: Clock
) -> None:
    ten_years = 10 * 365 * 86_400_000
    counter.at += ten_years
    counter.act(decisions.say_standing(Standing("0.4.0", 1, 0, 8, 9, CHECKS)))
    counter.sync()
    with hub.database.read() as connection:
        alone = views.standings(connection, UNIT, clock())[counter.granted.device]
    assert alone.version == "0.4.0", "the only word there is"
    counter.at -= ten_years
    counter.act(decisions.say_standing(Standing("0.5.0", 2, 0, 8, 9, CHECKS[:1])))
    counter.sync()
    with hub.database.read() as connection:
        said = views.standings(connection, UNIT, clock())[counter.granted.device]
    assert (said.version, said.free_mb) == ("0.5.0", 2)


@pytest.mark.parametrize("at", [10**15, 2**62])
def test_a_moment_outside_the_calendar_keeps_nobody_from_the_list(
    hub: Hub, counters: NewCommune, capsys: pytest.CaptureFixture[str], at: int
) -> None:
    """A PC whose clock, or whose program, went mad."""
    mad, well = counters(), counters()
    number = told(well)
    mad.at = at
    wild = ticket_number(
        mad.act(decisions.open_ticket("copies", "x", Standing("0", 1, at, at, at), BundleNamed()))
        .entries[0]
        .id
    )
    mad.sync()
    code, shown = ran(capsys, hub, "ticket", "list")
    assert (code, [one["number"] for one in shown]) == (0, [wild, number])
    code, one = ran(capsys, hub, "ticket", "show", wild)
    assert (code, one["opened"], one["last_backup"]) == (0, "?", "?")
    words = Words("vi")
    assert (words.moment(at), words.ago(at, 1)) == ("?", "vừa xong")


def test_readings_made_anew_are_the_same(hub: Hub, counter: Commune) -> None:
    number = told(counter)
    acting.answer(hub, number, "đã rõ", closes=False)
    acting.ask(hub, counter.granted.device, "bundle")

    def shown() -> object:
        with hub.database.read() as connection:
            return (
                views.tickets(connection, [UNIT]),
                views.requests(connection, [UNIT]),
                views.standings(connection, UNIT, NOON),
            )

    before = shown()
    hub.rebuild(UNIT)
    assert shown() == before


def arrives(hub: Hub, data: bytes, digest: bytes) -> None:
    """A sealed file as the upload leaves it."""
    key = hub.unit_key(UNIT)
    assert key is not None
    assert hub.folder is not None
    name = wire_name(key, digest)
    sealed = seal_attachment(data, key)
    FileFolder(hub.folder).put(UNIT, name, sealed)
    row = {
        "unit": UNIT, "name": name, "digest": digest, "size": len(data), "sealed": len(sealed),
        "key_version": key.version, "journal": 257, "arrived": 1,
    }  # fmt: skip
    with hub.database.write() as connection:
        connection.execute(attachments.insert().values(**row))


def test_the_bundle_is_opened_when_it_came(hub: Hub, counter: Commune) -> None:
    told(counter)
    assert acting.bundle(hub, UNIT, BUNDLE.digest) is None
    assert acting.bundle(hub, UNIT, b"") is None
    arrives(hub, DATA, BUNDLE.digest)
    assert acting.bundle(hub, UNIT, BUNDLE.digest) == DATA


def test_another_file_under_that_name_is_refused(hub: Hub, counter: Commune) -> None:
    told(counter)
    arrives(hub, b"something else", BUNDLE.digest)
    with pytest.raises(Refusal):
        acting.bundle(hub, UNIT, BUNDLE.digest)


def test_by_commands(hub: Hub, counter: Commune, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = told(counter)
    device = str(counter.granted.device)
    assert [row["number"] for row in ran(capsys, hub, "ticket", "list")[1]] == [number]
    code, shown = ran(capsys, hub, "ticket", "show", number, "--bundle", str(tmp_path / "b.zip"))
    assert (code, shown["written"], shown["not_well"]) == (1, "", ["printers=look", "chain=broken"])
    arrives(hub, DATA, BUNDLE.digest)
    assert ran(capsys, hub, "ticket", "show", number, "--bundle", str(tmp_path / "b.zip"))[0] == 0
    assert (tmp_path / "b.zip").read_bytes() == DATA
    assert ran(capsys, hub, "ticket", "answer", number, "Đã gửi")[1]["status"] == "answered"
    assert ran(capsys, hub, "ticket", "close", number)[1] == {
        "number": number,
        "status": "closed",
        "answers": 1,
    }
    assert ran(capsys, hub, "ticket", "answer", "SC-1-1-9", "x")[0] == 3
    assert ran(capsys, hub, "ask", device, "bundle", "--words", "xem giúp")[0] == 0
    assert [row["wish"] for row in ran(capsys, hub, "asked")[1]] == ["bundle"]
    assert ran(capsys, hub, "ask", "999", "doctor")[0] == 3
    with pytest.raises(SystemExit):
        ran(capsys, hub, "ask", device, "format")
