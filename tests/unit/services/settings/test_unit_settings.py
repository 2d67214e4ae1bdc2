"""The head's settings: his secret, his seal, every counter of the unit, who changed what and why."""

from __future__ import annotations

import pytest

from counter_app.domain.organisation.decisions import RECEIVER_SIGNS, policy
from counter_app.services.ports.settings import BEFORE, LATER, NOW, PriceForm, UnitForm, UnitSetting
from counter_app.services.workplace import PHOTOCOPY_PRICE
from counter_app.storage.this_pc import device
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, give, make_counter
from tests.unit.services.dossiers.pages import refused

GROUND = "Quy chế của đơn vị (tập huấn)"


@pytest.fixture
def counter(tmp_path):
    made = make_counter(tmp_path)
    with made.store.write() as connection:
        device.put_setting(connection, PHOTOCOPY_PRICE, "")
    yield made
    made.close()


def entries(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def shown(counter, code: str) -> UnitSetting:
    return next(one for one in counter.areas.settings.unit() if one.code == code)


def choose(counter, value: str = "forbid", *, login: str = CHAIRMAN, secret: str = PIN, ground: str = GROUND):
    counter.sign_in(login)
    counter.areas.settings.keep_unit(UnitForm(RECEIVER_SIGNS, value, ground, secret))


def price(counter, dong: str = "500", since: str = "20/11/2026", secret: str = PIN, login: str = CHAIRMAN):
    counter.sign_in(login)
    form = PriceForm(dong, "12/QĐ-UBND", "03/02/2026", since, secret)
    counter.areas.settings.keep_photocopy_price(form)


def dong_of(counter) -> int | None:
    with counter.store.read() as connection:
        return counter.work.rules(connection).fees.amount("photocopy_page", counter.work.today())


def test_a_setting_says_since_when_by_whom_and_why(counter):
    assert shown(counter, RECEIVER_SIGNS) == UnitSetting(
        RECEIVER_SIGNS, "warn", False, choices=("warn", "allow", "forbid")
    )
    choose(counter)
    now = shown(counter, RECEIVER_SIGNS)
    assert (now.value, now.is_set, now.by, now.ground) == (
        "forbid", True, "Giàng A Chiến (tập huấn)", GROUND
    )  # fmt: skip
    assert now.since.startswith("20/11/2026 07:3")


def test_another_counter_hears_of_it(counter, tmp_path):
    choose(counter)
    second = make_counter(tmp_path, 2, founder=counter)
    try:
        give(counter, second)
        assert shown(second, RECEIVER_SIGNS) == shown(counter, RECEIVER_SIGNS)
        with second.store.read() as connection:
            assert policy(second.work.policies(connection), RECEIVER_SIGNS) == "forbid"
    finally:
        second.close()


def test_the_password_does_as_well_as_the_pin(counter):
    choose(counter, secret=PASSWORD)
    assert shown(counter, RECEIVER_SIGNS).value == "forbid"


@pytest.mark.parametrize(("secret", "code"), [("111222", "pin.wrong"), ("nhầm mật khẩu", "password.wrong")])
def test_a_wrong_secret_changes_nothing(counter, secret, code):
    before = entries(counter)
    refused(code, choose, counter, secret=secret)
    refused(code, price, counter, secret=secret)
    assert (shown(counter, RECEIVER_SIGNS).value, dong_of(counter), entries(counter)) == (
        "warn",
        None,
        before,
    )


def test_a_clerk_is_refused_before_his_secret_is_looked_at(counter):
    before = entries(counter)
    for _ in range(6):  # more than the tries of a secret
        refused("role.not_allowed", choose, counter, login=CLERK, secret="111222")
        refused("role.not_allowed", price, counter, login=CLERK, secret="111222")
    assert entries(counter) == before


def test_what_holds_already_is_not_written_twice(counter):
    choose(counter)
    before = entries(counter)
    refused("policy.same", choose, counter)
    assert entries(counter) == before
    choose(counter, ground="Kết luận giao ban (tập huấn)")
    assert (entries(counter), shown(counter, RECEIVER_SIGNS).ground) == (
        before + 1, "Kết luận giao ban (tập huấn)"
    )  # fmt: skip


def test_values_and_grounds_that_do_not_fit_are_refused(counter):
    refused("policy.value", choose, counter, "sometimes")
    refused("policy.ground", choose, counter, ground="x" * 241)


def test_the_numbers_of_the_one_stop_are_listed_and_not_chosen(counter):
    phone = shown(counter, "contact_phone")
    assert (phone.value, phone.choices) == ("", ())


def test_prices_by_day_and_which_holds(counter):
    price(counter, "400", "01/01/2026")
    price(counter, "500", "20/11/2026")
    price(counter, "700", "01/01/2027")
    rows = counter.areas.settings.photocopy_prices().rows
    assert [(row.since, row.dong, row.state) for row in rows] == [
        ("01/01/2027", 700, LATER), ("20/11/2026", 500, NOW), ("01/01/2026", 400, BEFORE)
    ]  # fmt: skip
    assert {(row.decision, row.by) for row in rows} == {
        ("Văn bản 12/QĐ-UBND ngày 03/02/2026", "Giàng A Chiến (tập huấn)")
    }
    assert dong_of(counter) == 500


def test_the_price_once_typed_at_a_pc_holds_until_the_units_own(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, PHOTOCOPY_PRICE, "300")
    price(counter, "500", "01/12/2026")
    assert (dong_of(counter), counter.areas.settings.photocopy_prices().this_pc) == (300, 300)
    price(counter, "500", "20/11/2026")
    assert dong_of(counter) == 500


def test_a_price_is_taken_away(counter):
    price(counter, "5.000")
    assert dong_of(counter) == 5_000
    price(counter, "")
    assert (dong_of(counter), counter.areas.settings.photocopy_prices().rows) == (None, ())


def test_a_form_that_is_wrong_is_said_before_the_secret_is_looked_at(counter):
    for _ in range(6):
        refused("photocopy.dong", price, counter, "0", secret="111222")
    price(counter)
    assert dong_of(counter) == 500


def test_after_a_restart_the_history_is_still_told(counter):
    choose(counter)
    before = shown(counter, RECEIVER_SIGNS)
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert shown(counter, RECEIVER_SIGNS) == before
