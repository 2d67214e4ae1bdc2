"""A person's own PIN and password, set by himself at this PC (``ux.md`` 4.1)."""

from __future__ import annotations

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.session import PasswordForm, PinForm
from counter_app.services.session import secrets, tries
from counter_app.services.session.desk import Desk


def set_pin(desk: Desk, pin: str, repeated: str) -> None:
    """A PIN right after the password opened the counter; DomainError ``pin.*``."""
    person = desk.require()
    if not desk.proved:
        raise _unproved()
    _keep_pin(desk, person, pin, repeated)


def change_pin(desk: Desk, form: PinForm) -> None:
    """A PIN later on: an open screen alone gives nobody the right to set it. ``pin.*``, ``password.*``."""
    person = desk.require()
    check_pin_pair(form.pin, form.repeated)
    desk.unlock(person, form.password)
    _keep_pin(desk, person, form.pin, form.repeated)


def change_password(desk: Desk, form: PasswordForm) -> None:
    """The same key under another password; the PIN stays. DomainError ``password.*``."""
    person = desk.require()
    check_password_pair(form.new, form.repeated, field="new")
    if form.new == form.password:
        raise DomainError(
            "Mật khẩu mới giống mật khẩu cũ.", remedy="Chọn mật khẩu khác.", field="new",
            code="password.same", title_en="The new password is the old one.",
            remedy_en="Choose another password.",
        )  # fmt: skip
    key = desk.unlock(person, form.password)
    work = desk.work
    with work.store.write() as connection:
        secrets.keep_key(
            connection, person.id, key, form.new, work.device_secret, work.cost, work.clock.now()
        )


def check_pin_pair(pin: str, repeated: str) -> None:
    """A PIN nobody guesses, typed twice alike. DomainError ``pin.*``."""
    secrets.check_pin_form(pin)
    if pin != repeated:
        raise DomainError(
            "Hai lần nhập PIN không giống nhau.", remedy="Nhập lại cả hai.", field="repeated",
            code="pin.differs", title_en="The two PINs differ.", remedy_en="Type both again.",
        )  # fmt: skip


def check_password_pair(password: str, repeated: str, *, field: str = "password") -> None:
    """A password long enough, typed twice alike; ``field`` is where its words go. ``password.*``."""
    if len(password) < secrets.MIN_PASSWORD:
        raise secrets.short_password(password, field)
    if password != repeated:
        raise DomainError(
            "Hai lần nhập mật khẩu không giống nhau.", remedy="Nhập lại cả hai.", field="repeated",
            code="password.differs", title_en="The two passwords differ.", remedy_en="Type both again.",
        )  # fmt: skip


def _keep_pin(desk: Desk, person: OfficialState, pin: str, repeated: str) -> None:
    check_pin_pair(pin, repeated)
    work = desk.work
    with work.store.write() as connection:
        secrets.keep_pin(connection, person.id, pin, work.device_secret, work.cost, work.now())
        tries.forgive(connection, person.login, password=False)


def _unproved() -> DomainError:
    return DomainError(
        "Cần mật khẩu để đặt PIN.", "Người khác có thể đang ngồi trước màn hình mở.",
        "Vào Cài đặt, chọn Đổi PIN và nhập mật khẩu.", "pin", code="pin.unproved",
        title_en="The password is needed to set a PIN.",
        meaning_en="Somebody else may sit before the open screen.",
        remedy_en="Open the settings, choose Change PIN and type the password.",
    )  # fmt: skip
