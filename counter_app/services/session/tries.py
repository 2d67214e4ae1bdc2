"""Wrong tries: counted in the store before the answer is shown, so that kill and restart forgive nothing."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.storage.this_pc import local

MOST_TRIES = 5
LOCKED_MS = 12 * 3_600_000


def pin_left(connection: Connection, login: str) -> int:
    """How many PINs may still be tried before the password is asked."""
    return max(0, MOST_TRIES - local.lockout(connection, f"{login} pin").failures)


def locked_until(connection: Connection, login: str, now: int) -> int:
    """Until when ``login`` is locked (ms), 0 when it is not.

    A lock that would last longer than it can was set by a clock that ran wild: it counts from now.
    """
    until = local.lockout(connection, login).locked_until
    return min(until, now + LOCKED_MS) if until > now else 0


def failed_pin(connection: Connection, login: str, now: int) -> DomainError:
    """Count a wrong PIN; the words to show after the commit."""
    tried = local.lockout(connection, f"{login} pin")
    local.put_lockout(connection, replace(tried, failures=tried.failures + 1, last_failure=now))
    left = MOST_TRIES - tried.failures - 1
    if left <= 0:
        return DomainError(
            "PIN chưa đúng. Cần mật khẩu.", remedy="Nhập mật khẩu, hoặc lãnh đạo mở tại máy này.",
            field="pin", code="pin.spent", title_en="The PIN is not right. The password is needed.",
            remedy_en="Type the password, or the supervisor opens at this PC.",
        )  # fmt: skip
    return DomainError(
        f"PIN chưa đúng. Còn {left} lần, sau đó cần mật khẩu.", field="pin", code="pin.wrong",
        title_en=f"The PIN is not right. {left} tries left, then the password is needed.",
    )  # fmt: skip


def failed_password(connection: Connection, login: str, now: int) -> DomainError:
    """Count a wrong password; the fifth locks for twelve hours. The words to show after the commit."""
    tried = local.lockout(connection, login)
    # A lock that has run out forgave the tries before it.
    failures = 1 if 0 < tried.locked_until <= now else tried.failures + 1
    until = now + LOCKED_MS if failures >= MOST_TRIES else 0
    local.put_lockout(connection, local.Lockout(login, failures, now, until))
    if until:
        return locked_words(until)
    left = MOST_TRIES - failures
    return DomainError(
        f"Mật khẩu chưa đúng. Còn {left} lần, sau đó khóa 12 giờ.", field="password", code="password.wrong",
        title_en=f"The password is not right. {left} tries left, then it locks for 12 hours.",
    )  # fmt: skip


def locked_words(until: int) -> DomainError:
    """``Đã khóa đến 22:24. Lãnh đạo mở ngay tại máy này, có ghi lý do.``"""
    when = f"{vn_datetime(until):%H:%M}"
    return DomainError(
        f"Đã khóa đến {when}.", remedy="Lãnh đạo mở ngay tại máy này, có ghi lý do.", field="password",
        code="password.locked", title_en=f"Locked until {when}.",
        remedy_en="The supervisor can open it at this PC, with a reason.",
    )  # fmt: skip


def forgive(connection: Connection, login: str, *, password: bool = True) -> None:
    """Forget wrong tries after a success, or because a supervisor opened the account."""
    local.put_lockout(connection, local.Lockout(f"{login} pin", 0, 0, 0))
    if password:
        local.put_lockout(connection, local.Lockout(login, 0, 0, 0))
