"""Signing in: password first, PIN after, tries that a kill does not forgive, the supervisor's opening."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.entries import OfficialRecorded
from counter_app.services.ports.session import LOCKED, NEEDS_PASSWORD, NEEDS_PIN
from counter_app.services.session.tries import LOCKED_MS, MOST_TRIES
from counter_app.storage.journals import journal
from counter_app.storage.this_pc import local
from counter_app.storage.this_pc.read_log import read_log_intact
from sync.protocol.journals.system_kinds import DateConfirmed
from sync.protocol.naming.ids import EntryId
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    SIGNER,
    TECHNICIAN,
    give,
    make_counter,
    take_in,
)

WRONG_PIN = "135791"
WRONG = "sai mat khau"


def needs(counter, login: str) -> str:
    official = counter.officials[login]
    return next(choice.needs for choice in counter.areas.session.people() if choice.official == official)


def refused(code: str, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    return caught.value


def test_the_first_sign_in_of_the_day_asks_the_password_and_then_the_pin(counter):
    session, mai = counter.areas.session, counter.officials[CLERK]
    assert needs(counter, CLERK) == NEEDS_PIN
    assert needs(counter, TECHNICIAN) == NEEDS_PASSWORD
    session.lock()
    assert session.sign_in(mai, PIN).official == mai
    counter.clock.forward(hours=24)
    assert needs(counter, CLERK) == NEEDS_PASSWORD
    refused("password.wrong", session.sign_in, mai, PIN)
    assert session.sign_in(mai, PASSWORD).name.startswith("Lù Thị Mai")


def test_a_forgotten_pin_is_passed_over_by_the_password(counter):
    counter.areas.session.lock()
    assert counter.areas.session.sign_in(counter.officials[CLERK], PASSWORD).roles == ("intake", "cashier")


def test_a_restart_asks_the_password_again(counter):
    counter.reopen()
    assert needs(counter, CLERK) == NEEDS_PASSWORD


def test_five_wrong_pins_need_the_password_and_each_says_what_is_left(counter):
    session, mai = counter.areas.session, counter.officials[CLERK]
    session.lock()
    said = [refused("pin.wrong", session.sign_in, mai, WRONG_PIN).title for _ in range(MOST_TRIES - 1)]
    assert said[1] == "PIN chưa đúng. Còn 3 lần, sau đó cần mật khẩu."
    refused("pin.spent", session.sign_in, mai, WRONG_PIN)
    assert needs(counter, CLERK) == NEEDS_PASSWORD
    session.sign_in(mai, PASSWORD)
    assert needs(counter, CLERK) == NEEDS_PIN


def test_a_right_pin_forgives_the_wrong_ones_before_it(counter):
    session = counter.areas.session
    for _ in range(MOST_TRIES - 1):
        refused("pin.wrong", session.check_pin, WRONG_PIN)
    session.check_pin(PIN)
    assert "Còn 4 lần" in refused("pin.wrong", session.check_pin, WRONG_PIN).title


def test_five_wrong_passwords_lock_for_twelve_hours_also_over_a_restart(counter):
    mai = counter.officials[CLERK]
    counter.areas.session.sign_out()
    for _ in range(2):
        refused("password.wrong", counter.areas.session.sign_in, mai, WRONG)
    counter.reopen()
    for _ in range(2):
        refused("password.wrong", counter.areas.session.sign_in, mai, WRONG)
    fifth = refused("password.locked", counter.areas.session.sign_in, mai, WRONG)
    assert fifth.title == "Đã khóa đến 19:30."
    counter.reopen()
    assert needs(counter, CLERK) == LOCKED
    refused("password.locked", counter.areas.session.sign_in, mai, PASSWORD)
    counter.clock.forward(hours=12, seconds=1)
    assert counter.areas.session.sign_in(mai, PASSWORD).official == mai


def test_the_try_is_in_the_store_before_the_answer_is_given(counter):
    counter.areas.session.sign_out()
    with pytest.raises(DomainError):
        counter.areas.session.sign_in(counter.officials[CLERK], WRONG)
    with counter.store.read() as connection:
        assert local.lockout(connection, CLERK).failures == 1


def test_a_lock_set_by_a_wild_clock_never_lasts_longer_than_twelve_hours(counter):
    counter.areas.session.sign_out()
    counter.clock.forward(hours=24 * 365 * 70)
    for _ in range(MOST_TRIES):
        with pytest.raises(DomainError):
            counter.areas.session.sign_in(counter.officials[CLERK], WRONG)
    counter.clock.forward(hours=-24 * 365 * 70)
    choice = next(c for c in counter.areas.session.people() if c.official == counter.officials[CLERK])
    assert choice.locked_until <= counter.clock.at + LOCKED_MS


def test_a_supervisor_opens_a_locked_account_here_with_a_reason_that_stays(counter):
    session, mai = counter.areas.session, counter.officials[CLERK]
    head = counter.officials[SIGNER]
    session.sign_out()
    for _ in range(MOST_TRIES):
        with pytest.raises(DomainError):
            session.sign_in(mai, WRONG)
    refused("open.reason", session.open_locked, mai, head, PASSWORD, " ")
    refused("role.not_allowed", session.open_locked, mai, counter.officials[TECHNICIAN], PASSWORD, "gấp")
    refused("password.wrong", session.open_locked, mai, head, WRONG, "quên mật khẩu")
    session.open_locked(mai, head, PASSWORD, "quên mật khẩu")
    assert session.sign_in(mai, PASSWORD).official == mai
    with counter.store.read() as connection:
        assert read_log_intact(connection)
        rows = connection.exec_driver_sql("SELECT official, reason FROM read_log").all()
    assert rows == [(head.key, "quên mật khẩu")]


def test_nobody_opens_his_own_account(counter):
    head = counter.officials[SIGNER]
    refused("open.self", counter.areas.session.open_locked, head, head, PASSWORD, "gấp")


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "pin.form"),
        ("1234567", "pin.form"),
        ("12a456", "pin.form"),
        ("٣٣٣٣٣٣", "pin.form"),
        ("111111", "pin.easy"),
        ("123456", "pin.easy"),
        ("654321", "pin.easy"),
        ("484848", "pin.easy"),
        ("381381", "pin.easy"),
        ("140785", "pin.birth"),
        ("290264", "pin.birth"),
        ("198577", "pin.birth"),
        ("991968", "pin.birth"),
    ],
)
def test_a_pin_has_six_digits_and_is_not_the_first_anybody_tries(counter, pin, code):
    refused(code, counter.areas.session.set_pin, pin, pin)


def test_a_new_pin_counts_at_once(counter):
    counter.areas.session.set_pin(WRONG_PIN, WRONG_PIN)
    counter.areas.session.check_pin(WRONG_PIN)
    refused("pin.wrong", counter.areas.session.check_pin, PIN)


def test_an_account_without_a_key_here_is_not_shown_and_cannot_sign_in(counters, counter):
    body = OfficialRecorded("Khách (tập huấn)", "Công chức", ("intake",), bytes(32), "khach")
    from counter_app.domain.drafting import draft
    from sync.protocol.naming.ids import SELF

    stranger = counter.store.append([draft(body, SELF)], counter.areas.desk.act()).entries[0].id
    assert stranger not in {choice.official for choice in counter.areas.session.people()}
    refused("account.unknown", counter.areas.session.sign_in, stranger, PASSWORD)


def test_a_stolen_store_without_the_device_secret_opens_no_key(counter):
    counter.areas.session.sign_out()
    counter.work.device_secret = bytes(32)
    refused("password.wrong", counter.areas.session.sign_in, counter.officials[CLERK], PASSWORD)


def test_permissions_are_those_of_the_roles(counter):
    session = counter.areas.session
    clerk = session.sign_in(counter.officials[CLERK], PASSWORD)
    assert {"home", "copies", "handover", "cash", "take_in"} <= clerk.permissions
    assert "technician" not in clerk.permissions
    assert clerk.idle_minutes == 10
    technician = session.sign_in(counter.officials[TECHNICIAN], PASSWORD)
    assert {"copies", "home", "registers"} & technician.permissions == set()
    assert "technician" in technician.permissions
    assert technician.idle_minutes == 5
    signer = session.sign_in(counter.officials[SIGNER], PASSWORD)
    assert {"signing", "registers"} <= signer.permissions


def test_another_person_may_sign_in_over_a_locked_screen_and_the_draft_is_still_there(counter):
    from tests.support.counter import form

    counter.areas.copies.save_draft(form("hb 24x2"), 1)
    counter.areas.session.lock()
    counter.sign_in(SIGNER)
    assert counter.areas.copies.load_draft() is None
    counter.sign_in(CLERK)
    assert counter.areas.copies.load_draft() == form("hb 24x2")
    assert counter.areas.copies.draft_cursor() == 1


def test_the_last_one_to_sign_in_comes_first(counter):
    counter.sign_in(CHAIRMAN)
    counter.sign_in(SIGNER)
    assert [choice.official for choice in counter.areas.session.people()][:2] == [
        counter.officials[SIGNER], counter.officials[CHAIRMAN],
    ]  # fmt: skip


def test_signing_out_says_what_stays_open_and_locks_the_key(counter):
    take_in(counter)
    words = counter.areas.session.sign_out()
    assert any("mục chưa ở tỉnh" in sentence for sentence in words)
    assert needs(counter, CLERK) == NEEDS_PASSWORD
    refused("session.none", counter.areas.session.check_pin, PIN)


def test_reminders_are_asked_before_anything_ends(counter):
    take_in(counter)
    session = counter.areas.session
    told = session.reminders()
    assert counter.areas.desk.person is not None
    assert session.sign_out() == told
    refused("session.none", session.reminders)


def test_what_lies_on_one_disk_alone_is_named_until_somebody_else_holds_it(counter):
    session = counter.areas.session
    take_in(counter)
    with counter.store.read() as connection:
        held = {number: at.seq for number, at in journal.positions(connection).items()}
    own = held[counter.work.journal]
    (told,) = [words for words in session.reminders() if "bản thứ hai" in words]
    assert told.startswith(f"Còn {own} mục chỉ ở máy này")
    assert any("chưa có bản thứ hai" in words for words in counter.areas.cash.day().open_items)
    with counter.store.write() as connection:
        local.note_peer(connection, "QUẦY-02", {counter.work.journal: own - 1}, counter.clock.at)
    assert any(words.startswith("Còn 1 mục chỉ ở máy này") for words in session.reminders())
    with counter.store.write() as connection:
        local.note_peer(connection, "BÀN KÝ", held, counter.clock.at)
    assert not any("bản thứ hai" in words for words in session.reminders())
    assert not any("bản thứ hai" in words for words in counter.areas.cash.day().open_items)


def test_cash_of_an_open_day_is_named_until_the_day_is_closed(counter):
    session = counter.areas.session
    assert not any("chốt quỹ" in words for words in session.reminders())
    take_in(counter)
    assert "Chưa chốt quỹ hôm nay." in session.reminders()


def test_the_pen_is_named_where_others_would_need_it(counters):
    one = counters(1)
    assert not any("Quyền cấp số" in words for words in one.areas.session.reminders())
    two = counters(2, founder=one)
    give(two, one)
    assert any("Quyền cấp số" in words for words in one.areas.session.reminders())
    assert not any("Quyền cấp số" in words for words in two.areas.session.reminders())


def test_visits_of_the_year_are_counted_not_requests(counter):
    """A visit is one, however many registers its papers belong to."""
    take_in(counter, "bang 1x3", "ck syll 1")
    with counter.store.read() as connection:
        number = connection.exec_driver_sql("SELECT id_number FROM requests LIMIT 1").scalar_one()
        assert connection.exec_driver_sql("SELECT count(*) FROM requests").scalar_one() == 1
    assert counter.areas.copies.known(number).times_this_year == 1
    take_in(counter, "hb 24x1")
    assert counter.areas.copies.known(number).times_this_year == 2


def test_nobody_acts_without_signing_in(counter):
    counter.areas.session.lock()
    refused("session.none", take_in, counter)


def test_a_clock_that_is_behind_asks_once_and_the_answer_is_an_entry(counter):
    assert counter.areas.session.counter().clock_question == ""
    true_time = counter.clock.at
    counter.clock.forward(hours=-24 * 365 * 17)
    assert counter.areas.session.counter().clock_question.startswith("Bây giờ là ")
    counter.areas.session.confirm_date(true_time)
    assert counter.areas.session.counter().clock_question == ""
    assert abs(counter.work.now() - true_time) < 1_000
    with counter.store.read() as connection:
        row = connection.exec_driver_sql("SELECT body FROM entries WHERE kind = 8").one()
    from sync.protocol.journals.codec import decode_body

    told = decode_body(DateConfirmed, row[0])
    assert told.told == true_time
    assert told.shown < true_time


def test_a_confirmed_date_dates_the_papers_of_the_day(counter):
    true_time = counter.clock.at
    counter.clock.forward(hours=-24 * 365 * 17)
    counter.areas.session.confirm_date(true_time)
    counter.sign_in(CLERK)
    assert counter.state(take_in(counter).request).day == 20261120


@pytest.mark.parametrize("told", [0, 4_102_444_800_000_000, 1_600_000_000_000])
def test_a_date_that_cannot_be_today_is_not_believed(counter, told):
    with pytest.raises(DomainError) as caught:
        counter.areas.session.confirm_date(told)
    assert caught.value.code == "date.clock"


def test_the_frame_names_the_unit_and_this_counter(counter):
    info = counter.areas.session.counter()
    assert (info.unit_code, info.counter_name, info.counter_number, info.practice) == (
        "00000", "QUẦY-01", 1, True,
    )  # fmt: skip


def test_short_passwords_make_no_account(tmp_path):
    from counter_app.services.session.accounts import NewOfficial

    counter = make_counter(tmp_path)
    counter.sign_in(CHAIRMAN)
    new = NewOfficial("Vừ Thị Tập Huấn", "Công chức", ("intake",), "vu", "1234567")
    refused("password.short", counter.areas.accounts.record, new)
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM officials WHERE login = 'vu'").scalar() == 0
    counter.close()


def test_only_who_manages_people_makes_accounts(counter):
    from counter_app.services.session.accounts import NewOfficial

    new = NewOfficial("Vừ Thị Tập Huấn", "Công chức", ("intake",), "vu", PASSWORD, PIN)
    refused("role.not_allowed", counter.areas.accounts.record, new)
    counter.sign_in(CHAIRMAN)
    made = counter.areas.accounts.record(new)
    assert isinstance(made, EntryId)
    assert counter.areas.session.sign_in(made, PASSWORD).name == "Vừ Thị Tập Huấn"
