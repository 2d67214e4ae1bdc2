"""The office LAN as a technician sets it: on or off, port, addresses of siblings; at once in force."""

from __future__ import annotations

from ipaddress import ip_address

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.exchange.neighbours import (
    FIXED_SETTING,
    ON,
    PORT_SETTING,
    LanChoice,
    Neighbours,
    lan_choice,
)
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import LanForm, LanSibling, LanView
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.client.lan.addresses import own_addresses
from sync.client.lan.node import PORT

FIRST_FREE, LAST_PORT = 1024, 65_535
"""Ports below the first belong to the system; a program of a clerk cannot listen there."""
MOST_ADDRESSES = 32


def read(work: Workplace, neighbours: Neighbours | None) -> LanView:
    """What is set and how it goes; ``neighbours`` None: this program does not use the LAN at all."""
    if neighbours is None:
        return _view(_kept(work))
    choice, node = neighbours.choice(), neighbours.node
    if node is None:
        return _view(choice)
    places = {state.name: (state.host, state.journal) for state in node.peers()}
    siblings = tuple(
        LanSibling(row.name, places.get(row.name, ("", 0))[0], row.connected, row.words)
        for row in neighbours.rows()
    )
    own = tuple(f"{host}:{node.port}" for host in own_addresses())
    return _view(choice, own, siblings, " ".join(filter(None, neighbours.trouble())))


def _kept(work: Workplace) -> LanChoice:
    with work.store.read() as connection:
        return lan_choice(*(device.setting(connection, name) for name in (ON, PORT_SETTING, FIXED_SETTING)))


def _view(
    choice: LanChoice, own: tuple[str, ...] = (), siblings: tuple[LanSibling, ...] = (), trouble: str = ""
) -> LanView:
    return LanView(
        choice.on, choice.port, " ".join(_shown(one) for one in choice.addresses), own, siblings,
        tuple(_shown(one) for one in choice.learnt), trouble,
    )  # fmt: skip


def _shown(place: tuple[str, int]) -> str:
    host, port = place
    return host if port == PORT else f"{host}:{port}"


def keep(work: Workplace, desk: Desk, neighbours: Neighbours | None, form: LanForm) -> str:
    """Keep the settings and begin anew with them; the sentence.

    Raises DomainError ``role.*``, ``session.*``, ``lan.port``, ``lan.address``.
    """
    roles.require(desk.require(), roles.MANAGE_DEVICES)
    port, addresses = _port(form.port), _addresses(form.addresses)
    with work.store.write() as connection:
        device.put_setting(connection, ON, "1" if form.on else "0")
        device.put_setting(connection, PORT_SETTING, str(port))
        device.put_setting(connection, FIXED_SETTING, " ".join(addresses))
    work.changed("settings")
    if neighbours is not None:
        neighbours.restart()
    if not form.on:
        return say("Đã tắt mạng nội bộ trên máy này.", "The office LAN is off on this PC.")
    return say(
        "Đã lưu; máy này nghe và gọi lại từ bây giờ.", "Saved; this PC listens and calls anew from now."
    )


def _port(typed: str) -> int:
    text = typed.strip()
    if not text:
        return PORT
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if not FIRST_FREE <= number <= LAST_PORT:
        raise DomainError(
            f"Cổng là một số từ {FIRST_FREE} đến {LAST_PORT}.", remedy=f"Để trống thì dùng cổng {PORT}.",
            field="port", code="lan.port", title_en=f"A port is a number from {FIRST_FREE} to {LAST_PORT}.",
            remedy_en=f"Leave it empty for {PORT}.",
        )  # fmt: skip
    return number


def _addresses(typed: str) -> tuple[str, ...]:
    """Each as ``host:port``, in the order typed, once."""
    words = typed.replace(",", " ").replace(";", " ").split()
    found = [one for one in words if _is_address(one)]
    if len(found) < len(words) or len(words) > MOST_ADDRESSES:
        wrong = next((one for one in words if not _is_address(one)), words[-1])
        raise DomainError(
            f"“{wrong[:60]}” không phải địa chỉ của một máy trong mạng.",
            remedy="Ghi như 192.168.1.12 hoặc QUAY-02:7443, cách nhau bằng dấu cách.", field="addresses",
            code="lan.address", title_en=f"“{wrong[:60]}” is no address of a PC on the LAN.",
            remedy_en="Write it as 192.168.1.12 or QUAY-02:7443, parted by blanks.",
        )  # fmt: skip
    return tuple(dict.fromkeys(found))


def _is_address(word: str) -> bool:
    """``host`` or ``host:port``: an IPv4 address, or a name of letters, digits, hyphens and dots."""
    host, colon, port = word.partition(":")
    if colon and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= LAST_PORT):
        return False
    if host.replace(".", "").isdigit():
        try:
            return not ip_address(host).is_unspecified
        except ValueError:
            return False
    labels = host.split(".")
    return len(host) <= 253 and host.isascii() and all(_is_label(one) for one in labels)


def _is_label(label: str) -> bool:
    return 0 < len(label) <= 63 and label.replace("-", "").isalnum() and label.strip("-") == label
