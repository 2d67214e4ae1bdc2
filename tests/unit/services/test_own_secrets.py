"""A person's own PIN and password: set after the password, changed with it, refused in words."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.entries import OfficialChanged
from counter_app.services.ports.session import PasswordForm, PinForm
from counter_app.services.session import secrets
from counter_app.storage.queries import unit as unit_queries
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN

NEW_PIN, NEW_PASSWORD = "804615", "mot cau moi 2026"


def refused(code: str, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    for language in ("vi", "en"):
        assert caught.value.words(language).title
    return caught.value


def without_pin(counter) -> None:
    with counter.store.write() as connection:
        secrets.forget(connection, counter.officials[CLERK], pin_only=True)


def again(counter, secret: str = PASSWORD, login: str = CLERK):
    counter.areas.session.lock()
    return counter.areas.session.sign_in(counter.officials[login], secret)


def test_whoever_has_no_pin_here_is_offered_one_after_his_password(counter):
    without_pin(counter)
    session = again(counter)
    assert (session.has_pin, session.offers_pin) == (False, True)
    counter.areas.session.set_pin(NEW_PIN, NEW_PIN)
    session = again(counter, NEW_PIN)
    assert (session.has_pin, session.offers_pin) == (True, False)


def test_the_first_password_of_the_day_offers_nothing_to_whoever_has_a_pin(counter):
    counter.clock.forward(hours=24)
    session = again(counter)
    assert (session.has_pin, session.offers_pin) == (True, False)


def test_a_forgotten_pin_is_offered_anew(counter):
    assert again(counter).offers_pin
    counter.areas.session.set_pin(NEW_PIN, NEW_PIN)
    refused("pin.wrong", counter.areas.session.check_pin, PIN)
    counter.areas.session.check_pin(NEW_PIN)


def test_two_different_pins_are_none(counter):
    again(counter)
    words = refused("pin.differs", counter.areas.session.set_pin, NEW_PIN, "804616")
    assert words.field == "repeated"
    counter.areas.session.check_pin(PIN)


def test_an_open_screen_alone_sets_no_pin(counter):
    again(counter, PIN)
    refused("pin.unproved", counter.areas.session.set_pin, NEW_PIN, NEW_PIN)
    refused("password.wrong", counter.areas.session.change_pin, PinForm("khong phai", NEW_PIN, NEW_PIN))
    counter.areas.session.check_pin(PIN)


def test_the_pin_is_changed_with_the_password(counter):
    again(counter, PIN)
    counter.areas.session.change_pin(PinForm(PASSWORD, NEW_PIN, NEW_PIN))
    again(counter, NEW_PIN)
    refused("pin.wrong", counter.areas.session.check_pin, PIN)


@pytest.mark.parametrize(
    ("pin", "repeated", "code"),
    [("12345", "12345", "pin.form"), ("222222", "222222", "pin.easy"), ("010190", "010190", "pin.birth"),
     (NEW_PIN, PIN, "pin.differs")],
)  # fmt: skip
def test_a_bad_pin_is_refused_before_the_password_is_tried(counter, pin, repeated, code):
    refused(code, counter.areas.session.change_pin, PinForm("sai mat khau", pin, repeated))
    counter.areas.session.change_pin(PinForm(PASSWORD, NEW_PIN, NEW_PIN))


def test_a_lot_takes_the_password_where_there_is_no_pin(counter):
    without_pin(counter)
    refused("pin.none", counter.areas.session.check_pin, PIN)
    counter.areas.session.check_pin(PASSWORD)
    refused("password.wrong", counter.areas.session.check_pin, "sai mat khau")


def test_a_new_password_opens_and_the_old_one_does_not(counter):
    counter.areas.session.change_password(PasswordForm(PASSWORD, NEW_PASSWORD, NEW_PASSWORD))
    counter.areas.session.check_pin(PIN)
    counter.areas.session.sign_out()
    mai = counter.officials[CLERK]
    refused("password.wrong", counter.areas.session.sign_in, mai, PASSWORD)
    assert counter.areas.session.sign_in(mai, NEW_PASSWORD).official == mai


@pytest.mark.parametrize(
    ("old", "new", "repeated", "code", "field"),
    [
        ("sai mat khau", NEW_PASSWORD, NEW_PASSWORD, "password.wrong", "password"),
        (PASSWORD, "ngan", "ngan", "password.short", "new"),
        (PASSWORD, NEW_PASSWORD, NEW_PASSWORD + " ", "password.differs", "repeated"),
        (PASSWORD, PASSWORD, PASSWORD, "password.same", "new"),
    ],
)
def test_a_refused_password_changes_nothing(counter, old, new, repeated, code, field):
    words = refused(code, counter.areas.session.change_password, PasswordForm(old, new, repeated))
    assert words.field == field
    counter.areas.session.sign_out()
    assert counter.areas.session.sign_in(counter.officials[CLERK], PASSWORD)


def test_a_stopped_account_opens_no_counter(counter):
    mai, chien = counter.officials[CLERK], counter.officials[CHAIRMAN]
    counter.areas.session.lock()
    counter.areas.session.sign_in(chien, PASSWORD)
    from counter_app.domain.drafting import draft

    body = OfficialChanged("Công chức một cửa", ("intake",), False, "Nghỉ hưu")
    counter.store.append([draft(body, mai)], counter.areas.desk.act(sealed=True))
    assert mai not in {one.official for one in counter.areas.session.people()}
    refused("account.ended", counter.areas.session.sign_in, mai, PASSWORD)
    with counter.store.read() as connection:
        assert unit_queries.official(connection, mai) is not None
