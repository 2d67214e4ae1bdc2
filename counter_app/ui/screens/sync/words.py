"""Sentences of the page from its figures. Moments come from the program's clock."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.services.ports.exchange import OLD, SENDING, SLOW, SYNCED, UNKNOWN, SyncStatus
from counter_app.ui import formatting
from counter_app.ui.i18n import tr

MINUTE_MS = 60_000
_MINUTES_A_DAY = 24 * 60


class Band(NamedTuple):
    """The band over the lists: bold line, small line, kind of ``Notice`` and icon."""

    title: str
    words: str
    kind: str
    icon: str


def age(ms: int) -> str:
    """``2 giờ 10 phút``; "" for nothing."""
    minutes = ms // MINUTE_MS
    if ms <= 0:
        return ""
    if minutes < 60:
        return tr("{n} phút").format(n=max(minutes, 1))
    if minutes < _MINUTES_A_DAY:
        return tr("{hours} giờ {minutes} phút").format(hours=minutes // 60, minutes=minutes % 60)
    return tr("{n} ngày").format(n=minutes // _MINUTES_A_DAY)


def size(number: int) -> str:
    """``1,8 MB`` or ``46 KB``."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} MB".replace(".", ",")
    return f"{max(1, -(-number // 1000))} KB"


def since(ms: int, now: int) -> str:
    """The time of today, else day and time."""
    same_day = formatting.date(ms) == formatting.date(now)
    return formatting.time(ms) if same_day else formatting.day_and_time(ms)


def received_line(status: SyncStatus, now: int) -> str:
    """Below *Tỉnh đã nhận*."""
    if not status.last_ack:
        return tr("Chưa hỏi được tỉnh")
    if not status.in_backup:
        return tr("Lần cuối {time}").format(time=since(status.last_ack, now))
    return tr("Lần cuối {time} · {n} đã vào bản lưu").format(
        time=since(status.last_ack, now), n=formatting.number(status.in_backup)
    )


def waiting_line(status: SyncStatus, now: int) -> str:
    """Below *Chờ gửi tỉnh*."""
    if not status.waiting:
        return tr("Không còn gì chờ")
    return tr("Cũ nhất {age}").format(age=age(now - status.oldest_waiting))


def siblings(status: SyncStatus) -> str:
    """Each counter met on the LAN and what it lacks, then what keeps others away; "" without any."""
    met = "  |  ".join(one.words for one in status.neighbours)
    parts = [tr("Mạng nội bộ: {words}").format(words=met)] if met else []
    return "   ".join([*parts, *([status.lan_trouble] if status.lan_trouble else [])])


def files(status: SyncStatus) -> str:
    """Scans of acts and signed files of this PC on their way; "" while there are none."""
    if not status.files_sent and not status.files_waiting:
        return ""
    return tr("Tệp: {sent} đã gửi, {waiting} chờ").format(
        sent=formatting.number(status.files_sent), waiting=formatting.number(status.files_waiting)
    )


def band(status: SyncStatus, now: int) -> Band:
    """What the band says: the age of what waits raises the colour, never the line itself."""
    kind = status.pill.kind
    if status.troubles:  # what parts this PC from the others outweighs whatever the line says
        worst = status.troubles[0]
        both = tr("{first} {second}").format(first=worst.meaning, second=worst.remedy)
        return Band(worst.title, both.strip(), "bad", "alert-triangle")
    if kind == SYNCED:
        title = tr("Mọi mục đã có ở tỉnh. Lần cuối {time}.").format(time=since(status.last_ack, now))
        return Band(title, status.proof.words, "ok", "cloud-check")
    if kind in (SENDING, SLOW):
        return Band(status.pill.words, _effort(status), "primary", "cloud-up")
    if kind == OLD:
        days = max(1, (now - (status.oldest_waiting or status.last_ack)) // (MINUTE_MS * _MINUTES_A_DAY))
        title = tr("Đã {days} ngày chưa gửi được {n} mục.").format(days=days, n=status.waiting)
        words = tr("Báo kỹ thuật viên hoặc xuất gói gửi tỉnh (USB, thư công vụ).")
        return Band(title, words, "warn", "cloud-off")
    if kind == UNKNOWN or not status.offline_since:
        title = tr("Chưa hỏi được tỉnh từ khi mở chương trình.")
    else:
        title = tr("Ngoại tuyến từ {time}. Không mất dữ liệu; sẽ tự gửi khi có mạng.").format(
            time=since(status.offline_since, now)
        )
    return Band(title, _when(status, now), "wait", "cloud-off")


def _when(status: SyncStatus, now: int) -> str:
    if not status.next_try:
        return _effort(status) or tr("Mọi việc vẫn làm được và lưu trên máy này.")
    again = tr("Tự thử lại lúc {time}.").format(time=since(status.next_try, now))
    effort = _effort(status)
    return tr("{first} {second}").format(first=again, second=effort) if effort else again


def _effort(status: SyncStatus) -> str:
    if not status.waiting_bytes:
        return ""
    if not status.estimate_seconds:
        return tr("Cần gửi {size}.").format(size=size(status.waiting_bytes))
    minutes = max(1, round(status.estimate_seconds / 60))
    return tr("Gửi hết cần khoảng {n} phút ({size}) với đường truyền lần trước.").format(
        n=minutes, size=size(status.waiting_bytes)
    )
