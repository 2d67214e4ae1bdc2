"""A deputy of the Centre and forms 04, 05: grey without a written act, printed under its words with one."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.dossiers.entries import DueExtended
from counter_app.domain.drafting import draft
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.organisation import entries as o
from counter_app.printing.forms.one_stop.content import Form04Content
from counter_app.services.session.accounts import NewOfficial
from counter_app.storage.journals.journal import entries_of
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN
from tests.unit.services.dossiers.pages import refused, take_in
from tests.unit.services.dossiers.test_dossiers import FIVE, codes, do

DEPUTY = "pho"
GREY = "chỉ được gia hạn, dừng hồ sơ khi có văn bản giao"


@pytest.fixture
def dossier(counter) -> EntryId:
    """Taken in by the clerk; afterwards the deputy sits at the counter."""
    taken = take_in(counter, FIVE, pay="return").dossier
    counter.sign_in(CHAIRMAN)
    new = NewOfficial("Tẩn Tập Huấn", "Phó Giám đốc Trung tâm", ("deputy_director",), DEPUTY, PASSWORD, PIN)
    counter.keys[DEPUTY] = SigningKey.fresh()
    counter.officials[DEPUTY] = counter.areas.accounts.record(new, counter.keys[DEPUTY])
    counter.sign_in(DEPUTY)
    return taken


def entrust(counter, scope: tuple[str, ...], until: int = 20261231) -> EntryId:
    """The Chairman's act for the deputy."""
    counter.sign_in(CHAIRMAN)
    body = o.DelegationRecorded("9/QĐ", 20261101, o.ASSIGNED, "KT.", scope, 20261101, until, "Phó Giám đốc")
    act: EntryId = counter.areas.accounts.delegate(counter.officials[DEPUTY], body)
    counter.sign_in(DEPUTY)
    return act


def extended(counter, dossier):
    due = counter.state(dossier).clock.due
    new = counter.work.shipped.calendar.next_working_day(due.date())
    return do(counter, dossier, "extend", pin=PIN, due=f"{new:%d/%m/%Y}", reason="Chờ xác minh")


def letters(counter) -> list[Form04Content]:
    """What the printed form 04 said."""
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT content FROM print_jobs WHERE form = 'one_stop_04' ORDER BY id"
        )
        return [msgspec.msgpack.decode(row[0], type=Form04Content) for row in rows]


@pytest.mark.parametrize("scope", [(), ("copy", "signature")])
def test_without_an_act_for_letters_both_are_grey_and_refused(counter, dossier, scope):
    if scope:
        entrust(counter, scope)
    offered = codes(counter, dossier)
    assert GREY in offered["extend"]
    assert GREY in offered["stop"]
    refused("role.needs_act", extended, counter, dossier)
    refused("role.needs_act", do, counter, dossier, "stop", pin=PIN, reason="x")
    assert counter.state(dossier).form("04") is None


def test_an_act_that_has_ended_no_longer_covers(counter, dossier):
    entrust(counter, ("dossier",), until=20261119)
    assert GREY in codes(counter, dossier)["extend"]
    refused("role.needs_act", extended, counter, dossier)


def test_under_the_act_the_letter_is_printed_and_names_it(counter, dossier):
    act = entrust(counter, ("dossier",))
    assert codes(counter, dossier)["extend"] == ""
    assert len(extended(counter, dossier).jobs) == 1
    assert letters(counter)[-1].office == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    with counter.store.read() as connection:
        bodies = [read_fact(entry).body for entry in entries_of(connection, dossier)]
    assert [body.delegation for body in bodies if isinstance(body, DueExtended)] == [act]


def test_a_reprint_bears_the_words_of_its_day_after_the_act_has_ended(counter, dossier):
    act = entrust(counter, ("dossier",))
    extended(counter, dossier)
    counter.sign_in(CHAIRMAN)
    ended = o.DelegationEnded(20261120, "thôi phân công")
    counter.store.append([draft(ended, act)], counter.areas.desk.act(sealed=True))
    counter.sign_in(CLERK)
    counter.areas.dossiers.reprint(dossier, "04", "rách")
    assert [one.office for one in letters(counter)] == ["KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"] * 2


def test_the_head_signs_under_his_own_title(counter, dossier):
    entrust(counter, ("dossier",))
    counter.sign_in(CHAIRMAN)
    extended(counter, dossier)
    assert letters(counter)[-1].office == "Chủ tịch"
