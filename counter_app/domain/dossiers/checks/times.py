"""Checks of moments: postmarks, receipts after the cut-off, dossiers that go elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.calendar.day_counting import is_after
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.dossiers.acts.intake import Intake, limit_rule
from counter_app.domain.dossiers.checks.finding import INFO, LOOK, STOP, Check, Finding, Surroundings
from counter_app.domain.dossiers.clock.rule import Unit
from counter_app.domain.dossiers.entries import POST

OLD_POST_DAYS = 30


def postmark(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A postmark of tomorrow, or of long ago."""
    if intake.channel != POST or not intake.arrived_at:
        return
    day = vn_datetime(intake.arrived_at).date()
    if day > around.today:
        yield Finding(STOP, "post.future", "arrived", "Ngày dấu bưu điện ở sau hôm nay.",
                      "The postmark lies after today.")  # fmt: skip
    elif (around.today - day).days > OLD_POST_DAYS:
        yield Finding(
            LOOK, "post.old", "arrived", f"Dấu bưu điện ngày {short_date(day)}, đã hơn {OLD_POST_DAYS} ngày.",
            f"The postmark is of {short_date(day)}, more than {OLD_POST_DAYS} days ago.",
            "Thời hạn tính từ dấu bưu điện đến.", "The limit counts from the arrival postmark.", "1.2 [S]",
        )  # fmt: skip


def post_without_mark(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """By post without a postmark: counted from now."""
    if intake.channel == POST and not intake.arrived_at:
        yield Finding(
            LOOK, "post.no_mark", "arrived", "Chưa nhập ngày dấu bưu điện đến: thời hạn tính từ bây giờ.",
            "No arrival postmark: the limit counts from now.", "Thời hạn tính từ dấu bưu điện đến.",
            "The limit counts from the arrival postmark.", "1.2 [S]",
        )  # fmt: skip


def after_cutoff(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Received after 15:00: the next working day, or forwarded next morning."""
    received = vn_datetime(intake.counts_from)
    cutoff = limit_rule(intake.limit).cutoff
    if cutoff is None or not is_after(received, cutoff):
        return
    if intake.limit.unit == Unit.SAME_DAY:
        yield Finding(
            INFO, "time.next_day", "limit", f"Nhận sau {cutoff:%H:%M}: trả vào ngày làm việc kế tiếp.",
            f"Received after {cutoff:%H:%M}: given the next working day.", "", "", "4.3; 6",
        )  # fmt: skip
    else:
        yield Finding(
            INFO, "time.forward_tomorrow", "limit",
            f"Nhận sau {cutoff:%H:%M}: chuyển xử lý sáng ngày làm việc sau.",
            f"Received after {cutoff:%H:%M}: handed on the next working morning.", "", "",
            "1.2 NĐ 61 art. 18",
        )  # fmt: skip


def routed(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Another body decides; offline it leaves when the line returns."""
    if intake.competent:
        words = "tự chuyển khi có mạng" if not intake.reachable else "chuyển ngay"
        words_en = "sent when there is a line" if not intake.reachable else "sent at once"
        yield Finding(
            INFO, "dossier.routed", "competent", f"Ngoài địa bàn xã: tiếp nhận phi địa giới, {words}.",
            f"Outside this commune: taken in for another body, {words_en}.", "", "", "1.2 [S]",
        )  # fmt: skip


CHECKS: tuple[Check, ...] = (postmark, post_without_mark, after_cutoff, routed)
