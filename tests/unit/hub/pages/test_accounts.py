"""Accounts: who may sign in, for how long, and what stops a guesser, also across a restart of the hub."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from sync.hub import accounts, cli
from sync.hub.accounts import Account, AccountRefused
from sync.hub.hub import Hub
from sync.hub.tables import officials
from tests.unit.hub.commune import Clock

NAME, PASSWORD = "Sở Tập Huấn", "mat khau tap huan"
MINUTE = 60_000


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(1, 8, 1)
    monkeypatch.setattr(accounts, "_HASHER", cheap)
    monkeypatch.setattr(accounts, "_NOBODY", accounts._secret_of_nobody(cheap))


@pytest.fixture
def account(hub: Hub, clock: Clock) -> Account:
    with hub.database.write() as connection:
        return accounts.add_account(connection, NAME, PASSWORD, "province", "", clock())


def check(hub: Hub, clock: Clock, password: str = PASSWORD, name: str = NAME) -> tuple[Account | None, int]:
    return accounts.check(hub.database, name, password, clock())


def begin(hub: Hub, clock: Clock, account: Account) -> str:
    with hub.database.write() as connection:
        return accounts.begin(connection, account, clock(), lambda size: bytes(range(size)))


def who(hub: Hub, clock: Clock, secret: str) -> Account | None:
    with hub.database.read() as connection:
        return accounts.signed_in(connection, secret, clock())


def test_the_right_password_opens_in_either_form_of_unicode(hub: Hub, clock: Clock, account: Account) -> None:
    decomposed = "So\u031b\u0309 Ta\u0323\u0302p Hua\u0302\u0301n"
    assert decomposed != NAME
    assert check(hub, clock) == check(hub, clock, name=f" {decomposed} ") == (account, 0)


def test_neither_password_nor_cookie_lies_in_the_database(hub: Hub, clock: Clock, account: Account) -> None:
    secret = begin(hub, clock, account)
    with hub.database.read() as connection:
        kept = [
            *connection.execute(officials.accounts.select()).all(),
            *connection.execute(officials.sessions.select()).all(),
        ]
    assert "$argon2id$" in str(kept)
    assert PASSWORD not in str(kept)
    assert secret not in str(kept)
    assert bytes.fromhex(secret) not in [value for row in kept for value in row]


@pytest.mark.parametrize("hasher", [PasswordHasher(), PasswordHasher(2, 64, 2)])
def test_a_name_that_is_not_there_costs_a_whole_guess(hasher: PasswordHasher) -> None:
    """A text that argon2id refuses to read would be answered at once, and tell which names there are."""
    nobody = accounts._secret_of_nobody(hasher)
    assert not hasher.check_needs_rehash(nobody), "as dear as a real one"
    assert nobody != accounts._secret_of_nobody(hasher)
    with pytest.raises(VerifyMismatchError):
        hasher.verify(nobody, PASSWORD)


def test_five_wrong_passwords_lock_and_a_restart_forgives_nothing(
    tmp_path: Path, hub: Hub, clock: Clock, account: Account
) -> None:
    for _ in range(4):
        assert check(hub, clock, "sai") == (None, 0)
    until = clock() + 15 * MINUTE
    assert check(hub, clock, "sai") == (None, until)
    assert check(hub, clock) == (None, until)
    with Hub.open(tmp_path / "hub", now=clock, durable=False) as again:
        assert check(again, clock) == (None, until)
    clock.at = until
    assert check(hub, clock) == (account, 0)


def test_a_right_password_forgives_earlier_slips(hub: Hub, clock: Clock, account: Account) -> None:
    for _ in range(3):
        for _ in range(4):
            check(hub, clock, "sai")
        assert check(hub, clock) == (account, 0)


def test_a_name_that_is_not_there_locks_nothing_and_opens_nothing(hub: Hub, clock: Clock) -> None:
    assert {check(hub, clock, name="khong co") for _ in range(9)} == {(None, 0)}


@pytest.mark.parametrize(
    ("idle", "steps", "stays"),
    [(29 * MINUTE, 1, True), (30 * MINUTE, 1, False), (29 * MINUTE, 20, True), (29 * MINUTE, 21, False)],
)
def test_a_session_ends_when_idle_and_after_a_day_of_work(
    hub: Hub, clock: Clock, account: Account, idle: int, steps: int, stays: bool
) -> None:
    secret = begin(hub, clock, account)
    for _ in range(steps):
        clock.at += idle
        found = who(hub, clock, secret)
        with hub.database.write() as connection:
            accounts.touch(connection, secret, clock())
    assert (found == account) is stays


def test_disabling_and_a_new_password_end_every_session(hub: Hub, clock: Clock, account: Account) -> None:
    secret = begin(hub, clock, account)
    with hub.database.write() as connection:
        accounts.add_account(connection, NAME, PASSWORD + "!", "province", "", clock())
    assert who(hub, clock, secret) is None
    assert check(hub, clock) == (None, 0)
    secret = begin(hub, clock, account)
    with hub.database.write() as connection:
        accounts.disable(connection, NAME)
    assert who(hub, clock, secret) is None
    assert check(hub, clock, PASSWORD + "!") == (None, 0)


def test_a_cookie_of_nobody_is_nobody(hub: Hub, clock: Clock, account: Account) -> None:
    begin(hub, clock, account)
    assert [who(hub, clock, given) for given in ("", "0" * 64, "x")] == [None] * 3


@pytest.mark.parametrize(
    ("name", "password", "role", "unit"),
    [
        ("", PASSWORD, "province", ""),
        ("x" * 61, PASSWORD, "province", ""),
        ("a\nb", PASSWORD, "province", ""),
        (NAME, "short", "province", ""),
        (NAME, "x" * 201, "province", ""),
        (NAME, PASSWORD, "king", ""),
        (NAME, PASSWORD, "unit", ""),
        (NAME, PASSWORD, "province", "00000"),
    ],
)
def test_what_no_account_may_be(hub: Hub, name: str, password: str, role: str, unit: str) -> None:
    with hub.database.write() as connection, pytest.raises(AccountRefused):
        accounts.add_account(connection, name, password, role, unit, 1)


def test_old_looks_are_swept_and_the_newest_stand_first(hub: Hub, clock: Clock, account: Account) -> None:
    with hub.database.write() as connection:
        for at in (1, clock() - 2, clock() - 1):
            accounts.note_read(connection, accounts.Read(at, NAME, "kpi/overdue", "00000", 3))
    begin(hub, clock, account)
    with hub.database.read() as connection:
        assert [read.at for read in accounts.reads(connection, "00000")] == [clock() - 1, clock() - 2]
        assert accounts.reads(connection, "99999") == ()


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    code = cli.main(["--folder", str(folder), "--json", "account", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_makes_lists_and_disables_and_takes_no_password_as_argument(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hub"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    made = {"name": "xa", "role": "unit", "unit": "00000", "disabled": False}
    add = ("add", "xa", "--role", "unit", "--unit", "00000", "--password-stdin")
    assert run(folder, capsys, *add) == (0, made)
    assert run(folder, capsys, "list") == (0, [made])
    assert run(folder, capsys, "disable", "xa") == (0, {"disabled": "xa"})
    assert run(folder, capsys, "list") == (0, [{**made, "disabled": True}])
    assert run(folder, capsys, "disable", "nobody")[0] == cli.REFUSED
    assert run(folder, capsys, "reads") == (0, [])
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run(folder, capsys, *add)[0] == cli.REFUSED
    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    assert run(folder, capsys, "add", "xa", "--role", "unit", "--unit", "99999")[0] == cli.REFUSED
    assert run(folder, capsys, "add", "tinh", "--role", "province")[0] == cli.OK
