"""The office LAN as a technician sets it: what is taken, what is refused in words, what begins anew."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.technician import LanForm
from counter_app.services.technician import lan_settings
from tests.support.counter import CLERK, TECHNICIAN


class Restarted:
    """Neighbours that only count."""

    def __init__(self) -> None:
        self.times = 0

    def restart(self) -> None:
        self.times += 1


def kept(counter, form: LanForm, neighbours: Restarted | None = None) -> str:
    counter.sign_in(TECHNICIAN)
    return lan_settings.keep(counter.work, counter.areas.desk, neighbours, form)


def shown(counter):
    view = lan_settings.read(counter.work, None)
    return view.on, view.port, view.addresses


def test_nothing_set_is_on_at_the_usual_port(counter):
    assert shown(counter) == (True, 7443, "")


def test_settings_are_kept_and_begin_at_once(counter):
    node = Restarted()
    said = kept(counter, LanForm(True, " 7500 ", "192.168.1.12, QUAY-02:7500; 192.168.1.12"), node)
    assert said == "Đã lưu; máy này nghe và gọi lại từ bây giờ."
    assert shown(counter) == (True, 7500, "192.168.1.12 QUAY-02:7500")
    assert kept(counter, LanForm(False, "", ""), node) == "Đã tắt mạng nội bộ trên máy này."
    assert shown(counter) == (False, 7443, "")
    assert node.times == 2


@pytest.mark.parametrize("port", ["0", "80", "65536", "-1", "7443x", "٧٤٤٣", "99999999"])
def test_what_is_no_port_is_refused_and_nothing_changes(counter, port):
    node = Restarted()
    with pytest.raises(DomainError) as refused:
        kept(counter, LanForm(False, port, ""), node)
    assert (refused.value.code, refused.value.field) == ("lan.port", "port")
    assert (shown(counter), node.times) == ((True, 7443, ""), 0)


WRONG = [
    "300.1.1.1", "0.0.0.0", "192.168.1", "a b_c", "-quay", "quay-", "http://quay", "quay:", "quay:0",
    "quay:x", "quay:70000", "qu\u1ea7y-02", ".", "a" * 64,
]  # fmt: skip


@pytest.mark.parametrize("address", WRONG)
def test_what_is_no_address_is_named(counter, address):
    with pytest.raises(DomainError) as refused:
        kept(counter, LanForm(True, "", f"192.168.1.12 {address}"))
    assert (refused.value.code, refused.value.field) == ("lan.address", "addresses")
    assert address.split()[-1][:60] in refused.value.title
    assert shown(counter)[2] == ""


def test_too_many_addresses_are_refused(counter):
    many = " ".join(f"10.0.0.{n}" for n in range(1, 34))
    with pytest.raises(DomainError) as refused:
        kept(counter, LanForm(True, "", many))
    assert refused.value.code == "lan.address"


def test_it_is_the_technicians(counter):
    counter.sign_in(CLERK)
    with pytest.raises(DomainError) as refused:
        lan_settings.keep(counter.work, counter.areas.desk, None, LanForm(False))
    assert refused.value.code.startswith("role.")
    assert shown(counter)[0] is True
