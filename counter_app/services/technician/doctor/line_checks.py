"""Lines about the line to the province: the hub, the proxy, certificates, the unit's key, what waits."""

from __future__ import annotations

import datetime
import socket
import ssl
from typing import Final
from urllib.parse import urlsplit

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.services.exchange.bundle_files import unit_keys_here
from counter_app.services.exchange.outcome_words import trouble
from counter_app.services.ports.saying import counted, said, say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, MEND_SEND, NOT_HERE, OFFLINE
from counter_app.services.technician.doctor.bench import Bench, Found
from counter_app.services.technician.doctor.disk_checks import DAY_MS, ago
from counter_app.services.technician.doctor.lan_check import lan_found
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.queries import exchange as queries
from counter_app.storage.queries.devices import bodies_of
from sync.protocol.journals.system_kinds import SystemKind, UnitKeyIssued
from sync.protocol.naming.ids import EntryId, is_province

PROXY_SECONDS: Final = 4.0
EARLY_DAYS: Final = 30
KEY_DAYS: Final = 400
"""A unit key is asked for anew after a good year; the exchange goes on with an older one."""
_DOWN: Final = ("no-line", "timed-out", "cut-off")


def hub(bench: Bench) -> Found:
    """One exchange with the province, now."""
    last = bench.line.exchange(2)[-1]
    words = trouble(last.code, last.refusal)
    if words is None:
        return Found(GOOD, say(f"Trả lời sau {last.took_ms} ms", f"Answered in {last.took_ms} ms"))
    return Found(OFFLINE if last.code in _DOWN else BROKEN, said(words).title, said(words).remedy)


def proxy(bench: Bench) -> Found:
    """Where a proxy is set, it takes connections."""
    address = None if bench.address is None else bench.address()
    if address is None or not address.proxy:
        return Found(NOT_HERE, say("Không dùng proxy", "No proxy is set"))
    parts = urlsplit(address.proxy)
    place = f"{parts.hostname}:{parts.port}"
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), PROXY_SECONDS):
            return Found(GOOD, say(f"{place} nhận kết nối", f"{place} takes connections"))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Found(
            LOOK,
            say(f"{place} không trả lời ({why}).", f"{place} does not answer ({why})."),
            say(
                "Hỏi người quản trị mạng; sửa ở trang Đường truyền tỉnh.",
                "Ask who runs the network; mend it on the page of the line.",
            ),
        )


def certificate(bench: Bench) -> Found:
    """Days left of the hub's certificate and of the authorities that this PC believes."""
    from counter_app.devices import hub_certificate  # only who looks needs it

    if bench.address is None:
        return Found(NOT_HERE, say("Không dùng mạng", "No line is used"))
    address, now = bench.address(), datetime.datetime.fromtimestamp(bench.work.now() / 1000, datetime.UTC)
    if urlsplit(address.url).scheme != "https":
        return Found(NOT_HERE, say("Máy chủ thử, không có chứng thư", "A trial hub without a certificate"))
    authority = max(hub_certificate.last_days_of(address.authority_pem))
    try:
        own = hub_certificate.last_day_shown(address)
    except ssl.SSLError as error:
        return Found(
            BROKEN,
            say(
                f"Máy chủ lạ, không phải của tỉnh ({error.reason}).",
                f"A stranger answers, not the province ({error.reason}).",
            ),
            say("Kiểm tra proxy, tường lửa; gọi tỉnh.", "Look at proxy and firewall; call the province."),
        )
    except OSError:
        return _days_left(now, authority, reached=False)
    return _days_left(now, authority if own is None else min(own, authority), reached=True)


def _days_left(now: datetime.datetime, last: datetime.datetime, *, reached: bool) -> Found:
    days = (last - now).days
    until = short_date(vn_datetime(int(last.timestamp() * 1000)).date())
    words = say(f"Đến {until}, còn {days} ngày", f"Until {until}, {days} days left")
    if days < EARLY_DAYS:
        return Found(
            LOOK,
            words,
            say(
                "Tỉnh thay chứng thư trước ngày đó; máy tự nhận khi nối.",
                "The province replaces it before; this PC takes it by itself.",
            ),
        )
    if not reached:
        return Found(OFFLINE, say(f"{words} (chưa nối máy chủ)", f"{words} (the hub was not reached)"))
    return Found(GOOD, words)


def unit_key(bench: Bench) -> Found:
    """This PC holds the newest key of the unit, and it is not too old."""
    if bench.enrolled is None:
        return Found(NOT_HERE, say("Chưa đăng ký", "Not enrolled"))
    with bench.work.store.read() as connection:
        held = unit_keys_here(connection, bench.enrolled, bench.work.device_secret)
        issued = [
            (body.version, at)
            for place, at, body in bodies_of(connection, SystemKind.UNIT_KEY_ISSUED, UnitKeyIssued)
            if is_province(place.journal) and body.unit == bench.enrolled.unit
        ]
        first = entry_at(connection, EntryId(bench.work.journal, 1))
    ask = say("Nối tỉnh, hoặc mang gói của tỉnh đến.", "Connect, or bring the province's bundle.")
    if not held:
        return Found(
            LOOK, say("Máy chưa có khóa của đơn vị.", "This PC has no key of the unit yet."), ask, MEND_SEND
        )
    newest, born = max(issued, default=(max(held), 0 if first is None else first.facts.at))
    if newest not in held:
        return Found(
            LOOK,
            say(f"Thiếu khóa thứ {newest} của đơn vị.", f"Key number {newest} of the unit is missing."),
            ask,
            MEND_SEND,
        )
    days = max(0, bench.work.now() - born) // DAY_MS
    words = say(f"Khóa thứ {newest}, {days} ngày", f"Key number {newest}, {days} days old")
    if days > KEY_DAYS:
        return Found(LOOK, words, say("Đề nghị tỉnh cấp khóa mới.", "Ask the province for a new one."))
    return Found(GOOD, words)


def unsent(bench: Bench) -> Found:
    """The oldest act that the province has not acknowledged."""
    with bench.work.store.read() as connection:
        counts = queries.sync_counts(connection)
    if not counts.waiting:
        return Found(GOOD, say("Tỉnh đã có đủ", "The province has everything"))
    age = bench.work.now() - counts.oldest_waiting
    words = say(
        f"{counts.waiting} mục chờ gửi, cũ nhất {ago(age)}",
        f"{counted(counts.waiting, 'item waits', 'items wait')}, the oldest from {ago(age)}",
    )
    if age <= DAY_MS:
        return Found(GOOD, words)
    return Found(
        LOOK,
        words,
        say("Gửi ngay, hoặc xuất gói ra USB mang đi.", "Send now, or carry a bundle on a stick."),
        MEND_SEND,
    )


def refused_entries(bench: Bench) -> Found:
    """What was refused on arrival waits for the technician."""
    with bench.work.store.read() as connection:
        parked = queries.parked(connection)
    if parked:
        return Found(
            LOOK,
            say(
                f"{len(parked)} gói nhỏ bị từ chối, mã {parked[0].code}",
                f"{len(parked)} small bundles refused, code {parked[0].code}",
            ),
            say("Gửi chẩn đoán cho tỉnh.", "Send the diagnostics to the province."),
        )
    return Found(GOOD, say("Không có", "None"))


def siblings(bench: Bench) -> Found:
    """The office LAN."""
    return lan_found(bench.neighbours)


def update(bench: Bench) -> Found:
    """Updates: what is in place, what went wrong; not for a program that is not installed."""
    row = None if bench.updates is None else bench.updates.row()
    if row is None:
        return Found(NOT_HERE, say("Chưa cài bằng bộ cài", "Not installed by its installer"))
    return Found(row.verdict, row.words, row.remedy)
