"""What each figure is called and what it counts, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Both = tuple[str, str]


class FigureWords(NamedTuple):
    """Name, what is counted, icon, and the tone of the number while it is not 0."""

    name: Both
    counts: Both
    icon: str
    tone: str


FIGURE_WORDS: Mapping[str, FigureWords] = {
    "received": FigureWords(
        ("Nhận", "Received"), ("Hồ sơ và phiếu nhận trong ngày.", "Dossiers and slips of the day."),
        "file-plus", "plain",
    ),
    "overdue": FigureWords(
        ("Quá hạn", "Overdue"),
        ("Chưa có kết quả, đã qua giờ hẹn trả.", "No result yet, past the promised time."), "alarm", "bad",
    ),
    "due_today": FigureWords(
        ("Đến hạn hôm nay", "Due today"),
        ("Chưa có kết quả, hẹn trả trong hôm nay.", "No result yet, promised for today."),
        "calendar-due", "warn",
    ),
    "waiting_citizen": FigureWords(
        ("Chờ người dân", "Waiting for citizen"),
        ("Đã yêu cầu bổ sung, ngày hẹn không chạy.", "Papers were asked for, no date runs."),
        "hourglass", "plain",
    ),
    "online": FigureWords(
        ("Trực tuyến chờ nhận", "Online, not accepted"),
        ("Nộp trực tuyến, xã chưa tiếp nhận.", "Filed online, not accepted yet."), "world-download", "warn",
    ),
    "ready": FigureWords(
        ("Chờ trả", "To hand over"), ("Có kết quả, người dân chưa nhận.", "The result waits for its owner."),
        "package-export", "plain",
    ),
    "sent_back": FigureWords(
        ("Bàn ký trả lại", "Sent back"),
        ("Bàn ký trả lại bộ phận tiếp nhận.", "Sent back by the signing desk."),
        "arrow-back-up", "warn",
    ),
    "waits_for_number": FigureWords(
        ("Chờ cấp số", "Waiting for number"),
        ("Phiếu chứng thực chờ cấp số, theo ngày nhận.", "Slips waiting for a number, by day of intake."),
        "stack-2", "plain",
    ),
    "at_signer": FigureWords(
        ("Ở người ký", "At the signer"),
        ("Đã cấp số, chưa xác nhận đã ký, đóng dấu.", "Numbered, ink and seal not confirmed."),
        "writing-sign", "plain",
    ),
    "settled": FigureWords(
        ("Có kết quả trong tháng", "Settled in the month"),
        ("Có kết quả từ đầu tháng đến ngày xem.", "Settled since the month began, up to the day."),
        "checks", "plain",
    ),
    "on_time": FigureWords(
        ("Đúng hạn", "On time"),
        ("Có kết quả trong tháng, không quá giờ hẹn.", "Settled in the month by the promised time."),
        "circle-check", "ok",
    ),
    "late": FigureWords(
        ("Trễ hạn", "Late"),
        ("Có kết quả trong tháng, sau giờ hẹn.", "Settled in the month after the promised time."),
        "clock", "bad",
    ),
}  # fmt: skip
"""By the code of the figure."""

AGE_WORDS: tuple[Both, ...] = (
    ("hôm nay", "today"), ("1 ngày", "1 day"), ("2–3 ngày", "2–3 days"), ("trên 3 ngày", "over 3 days"),
)  # fmt: skip
"""Names of ``figures.AGES``."""

STAGE_WORDS: Mapping[str, tuple[Both, str]] = {
    "online": (("Trực tuyến", "Online"), "primary"),
    "handed_in": (("Đã nộp", "Handed in"), "wait"),
    "accepted": (("Mới tiếp nhận", "Accepted"), "wait"),
    "refused": (("Từ chối", "Refused"), "bad"),
    "processing": (("Đang xử lý", "In work"), "primary"),
    "awaiting_decision": (("Chờ ký", "To be decided"), "conf"),
    "waiting_citizen": (("Chờ dân bổ sung", "Waiting for citizen"), "warn"),
    "waiting_fee": (("Chờ nộp tiền", "Waiting for payment"), "warn"),
    "withdrawn": (("Đã rút", "Withdrawn"), "wait"),
    "stopped": (("Dừng giải quyết", "Stopped"), "wait"),
    "done": (("Có kết quả", "Settled"), "ok"),
    "returned": (("Đã trả", "Handed over"), "ok"),
    "sent_back": (("Bàn ký trả lại", "Sent back"), "warn"),
    "taken_in": (("Mới tiếp nhận", "Accepted"), "wait"),
    "submitted": (("Chờ cấp số", "Waiting for number"), "conf"),
    "numbered": (("Đã cấp số, chờ ký", "Numbered, to be signed"), "conf"),
    "signed": (("Đã ký, chờ trả", "Signed, to hand over"), "ok"),
    "handed_over": (("Đã trả", "Handed over"), "ok"),
    "struck": (("Số gạch", "Struck"), "wait"),
    "annulled": (("Đã huỷ", "Annulled"), "wait"),
}
"""Words and tone of a stage."""


def stage_words(matter: str, stage: str) -> tuple[Both, str]:
    """Words and tone; a certified copy that is "returned" lies with the clerk, not with the citizen."""
    known = "sent_back" if matter == "copies" and stage == "returned" else stage
    return STAGE_WORDS.get(known, ((stage, stage), "wait"))
