"""The line as a technician sets it: taken, refused in words, the password only where secrets lie."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.technician import LineForm
from counter_app.services.technician import line_settings
from counter_app.services.technician.line_settings import proxy_of, with_password
from tests.support.counter import CLERK, TECHNICIAN

PROVISIONED = "http://10.9.9.9:8080"


class Secrets:
    """A secret store in memory."""

    place = "memory"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


class Renewed:
    """A line, or thrift, that only counts."""

    def __init__(self) -> None:
        self.times = 0

    def renew(self) -> None:
        self.times += 1

    refresh = renew


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


def kept(counter, secrets, form: LineForm, line: Renewed | None = None, who=TECHNICIAN) -> str:
    counter.sign_in(who)
    line = line or Renewed()
    return line_settings.keep(counter.work, counter.areas.desk, secrets, line, line, form)


def url(counter, secrets) -> str:
    with counter.work.store.read() as connection:
        return with_password(proxy_of(connection, PROVISIONED), secrets)


def test_nothing_set_is_what_was_provisioned(counter, secrets):
    view = line_settings.read(counter.work, secrets, PROVISIONED)
    assert (view.day_mb, view.hours, view.paid, view.proxy) == (0, "", False, "10.9.9.9:8080")
    assert url(counter, secrets) == PROVISIONED


def test_settings_are_kept_and_in_force_at_once(counter, secrets):
    line = Renewed()
    form = LineForm("1.500", "8-11:30, 13-17", True, "10.0.0.1:3128", "xa", "m@t:khẩu")
    assert kept(counter, secrets, form, line).startswith("Đã lưu")
    view = line_settings.read(counter.work, secrets, PROVISIONED)
    assert (view.day_mb, view.hours, view.paid, view.proxy, view.user, view.has_password) == (
        1500, "8-11:30, 13-17", True, "10.0.0.1:3128", "xa", True,
    )  # fmt: skip
    assert url(counter, secrets) == "http://xa:m%40t%3Akh%E1%BA%A9u@10.0.0.1:3128"
    assert line.times == 2


def test_the_password_lies_nowhere_in_the_store(counter, secrets):
    kept(counter, secrets, LineForm(proxy="10.0.0.1:3128", user="xa", password="chim-yen"))
    with counter.work.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM settings").fetchall()
    assert "chim-yen" not in str(rows)
    assert "chim-yen" not in str(line_settings.read(counter.work, secrets, ""))


def test_an_empty_password_keeps_the_old_one_an_empty_user_drops_it(counter, secrets):
    kept(counter, secrets, LineForm(proxy="10.0.0.1:3128", user="xa", password="một"))
    kept(counter, secrets, LineForm(proxy="10.0.0.2:3128", user="xa"))
    assert url(counter, secrets) == "http://xa:m%E1%BB%99t@10.0.0.2:3128"
    kept(counter, secrets, LineForm(proxy="10.0.0.2:3128"))
    assert url(counter, secrets) == "http://10.0.0.2:3128"


def test_no_proxy_at_all_is_not_the_provisioned_one(counter, secrets):
    kept(counter, secrets, LineForm())
    assert url(counter, secrets) == ""
    assert line_settings.read(counter.work, secrets, PROVISIONED).proxy == ""


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (LineForm(day_mb="nhiều"), "day_mb"),
        (LineForm(day_mb="100001"), "day_mb"),
        (LineForm(day_mb="-1"), "day_mb"),
        (LineForm(hours="8-25"), "hours"),
        (LineForm(proxy="10.0.0.1"), "proxy"),
        (LineForm(proxy="socks5://10.0.0.1:1"), "proxy"),
        (LineForm(proxy="http://xa:m@10.0.0.1:3128"), "proxy"),
        (LineForm(proxy="10.0.0.1:3128/đường"), "proxy"),
        (LineForm(proxy="10.0.0.1:99999"), "proxy"),
        (LineForm(hub="http://hub.tinh.vn:8443"), "hub"),
        (LineForm(hub="https://"), "hub"),
        (LineForm(hub="hub.tinh.vn:cổng"), "hub"),
        (LineForm(hub="hub.tỉnh.vn"), "hub"),
        (LineForm(hub="https://ai:gì@hub.tinh.vn"), "hub"),
        (LineForm(hub="https://hub.tinh.vn/v1/exchange"), "hub"),
        (LineForm(hub="hub.tinh.vn:99999"), "hub"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_changes(counter, secrets, form, field):
    line = Renewed()
    with pytest.raises(DomainError) as refused:
        kept(counter, secrets, form, line)
    assert refused.value.field == field
    assert (line.times, secrets.kept) == (0, {})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://moi.tinh.vn:8443", "https://moi.tinh.vn:8443"),
        (" moi.tinh.vn ", "https://moi.tinh.vn"),
        ("https://10.1.2.3:8443/", "https://10.1.2.3:8443"),
        ("[fd00::5]:8443", "https://[fd00::5]:8443"),
    ],
)
def test_the_province_moves_and_the_next_exchange_goes_there(counter, secrets, typed, address):
    line = Renewed()
    kept(counter, secrets, LineForm(hub=typed), line)
    assert line_settings.read(counter.work, secrets, "").hub == address
    kept(counter, secrets, LineForm(), line)
    with counter.work.store.read() as connection:
        assert line_settings.address_of(connection) == address
    assert line.times == 4


def test_only_the_technician_sets_it(counter, secrets):
    with pytest.raises(DomainError):
        kept(counter, secrets, LineForm(), who=CLERK)
