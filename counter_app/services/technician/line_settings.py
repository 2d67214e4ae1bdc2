"""The line to the province as a technician sets it: bytes a day, paid hours, the way out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from sqlalchemy import Connection

from counter_app.devices.secrets import SecretStore
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.enrolment.enrol import HUB_URL
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.thrift import (
    DAY_MB,
    HOURS,
    MOST_MB,
    NO_PROXY,
    PAID,
    PROXY,
    PROXY_SECRET,
    Thrift,
    parse_hours,
    rules_of,
)
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import LineForm, LineView
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device


def address_of(connection: Connection) -> str:
    """Where the province is met: as provisioned, or as a technician typed it since."""
    return device.setting(connection, HUB_URL)


def proxy_of(connection: Connection, provisioned: str) -> str:
    """The proxy's address without password: the technician's, else the provisioned one; "" for none."""
    kept = device.setting(connection, PROXY, "")
    return "" if kept == NO_PROXY else kept or provisioned


def with_password(proxy: str, secrets: SecretStore) -> str:
    """The proxy's URL with user and password, for the line alone. Raises ``SecretError``."""
    kept = secrets.get(PROXY_SECRET) if proxy else None
    if not kept:
        return proxy
    user, _, password = kept.partition("\n")
    parts = urlsplit(proxy)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{place}"


def read(work: Workplace, secrets: SecretStore, provisioned: str) -> LineView:
    """What is set; of the password only whether there is one."""
    with work.store.read() as connection:
        rules, proxy = rules_of(connection), proxy_of(connection, provisioned)
        hub = address_of(connection)
        spent = device.setting(connection, "line.spent", "").partition(":")[2]
    kept = secrets.get(PROXY_SECRET) or ""
    shown = urlsplit(proxy).netloc.rpartition("@")[2] or proxy
    return LineView(
        rules.day_mb, rules.hours, rules.paid, shown, kept.partition("\n")[0], bool(kept),
        int(spent) if spent.isdigit() else 0, hub,
    )  # fmt: skip


def keep(
    work: Workplace, desk: Desk, secrets: SecretStore, line: Line, thrift: Thrift | None, form: LineForm
) -> str:
    """Keep the settings; the next exchange obeys them. Returns the sentence.

    Another address leads to the same province: whoever answers there proves the province's key, over TLS
    under its authority, or is no hub. Raises DomainError ``role.*``, ``session.*``, ``line.size``,
    ``line.hours``, ``line.proxy``, ``line.hub``; ``SecretError``.
    """
    roles.require(desk.require(), roles.MANAGE_DEVICES)
    with work.store.read() as connection:
        known = address_of(connection)
    size, proxy, hub = _size(form.day_mb), _proxy(form.proxy), _address(form.hub, known)
    if parse_hours(form.hours) is None:
        raise DomainError(
            "Giờ viết như 8-11:30, 13-17.", "Không đọc được các giờ này.", "Sửa lại; để trống là không có.",
            field="hours", code="line.hours", title_en="Hours are written as 8-11:30, 13-17.",
            meaning_en="These hours cannot be read.", remedy_en="Correct them; empty means none.",
        )  # fmt: skip
    if not proxy or not form.user.strip():
        secrets.drop(PROXY_SECRET)
    elif form.password:
        secrets.put(PROXY_SECRET, f"{form.user.strip()}\n{form.password}")
    with work.store.write() as connection:
        device.put_setting(connection, DAY_MB, str(size))
        device.put_setting(connection, HOURS, form.hours.strip())
        device.put_setting(connection, PAID, "1" if form.paid else "0")
        device.put_setting(connection, PROXY, proxy or NO_PROXY)
        device.put_setting(connection, HUB_URL, hub)
    line.renew()
    if thrift is not None:
        thrift.refresh()
    work.changed("settings")
    return say("Đã lưu; lần gửi tới theo cài đặt này.", "Kept; the next exchange goes by it.")


def _size(text: str) -> int:
    typed = text.strip().replace(".", "")
    if not typed:
        return 0
    if typed.isascii() and typed.isdigit() and int(typed) <= MOST_MB:
        return int(typed)
    raise DomainError(
        "Dung lượng là số MB, tối đa 100.000.", "Không đọc được số này.",
        "Sửa lại; để trống là không giới hạn.",
        field="day_mb", code="line.size", title_en="The day's share is a number of MB, 100,000 at the most.",
        meaning_en="This is no such number.", remedy_en="Correct it; empty means no limit.",
    )  # fmt: skip


def _proxy(text: str) -> str:
    typed = text.strip()
    if not typed:
        return ""
    address = typed if "://" in typed else f"http://{typed}"
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port and not parts.username
    except ValueError:
        fits = False
    if not fits or parts.path.strip("/") or parts.query:
        raise DomainError(
            "Proxy viết như 10.0.0.1:3128.", "Cần địa chỉ và cổng; người dùng, mật khẩu ghi ở ô riêng.",
            "Hỏi người quản trị mạng; để trống là không dùng proxy.",
            field="proxy", code="line.proxy", title_en="A proxy is written as 10.0.0.1:3128.",
            meaning_en="Address and port; user and password have fields of their own.",
            remedy_en="Ask who runs the network; empty means no proxy.",
        )  # fmt: skip
    return f"{parts.scheme}://{parts.hostname}:{parts.port}"


def _address(text: str, known: str) -> str:
    """``https://name[:port]`` of what was typed, where the scheme may be left out; ``known`` for nothing."""
    typed = text.strip()
    if typed in ("", known):
        return known
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        fits = parts.scheme == "https" and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.path.strip("/") or parts.query or parts.fragment or not parts.netloc.isascii():
        raise DomainError(
            "Địa chỉ của tỉnh viết như https://hub.tinh.vn:8443.", "Cần tên máy chủ, có thể kèm cổng.",
            "Hỏi người quản trị máy chủ của tỉnh; để trống là giữ địa chỉ cũ.",
            field="hub", code="line.hub",
            title_en="The province's address is written as https://hub.tinh.vn:8443.",
            meaning_en="The server's name, with its port if it has one.",
            remedy_en="Ask who runs the province's server; empty keeps the old address.",
        )  # fmt: skip
    return f"https://{parts.netloc}"
