"""What is said of siblings on the office LAN: each code of a meeting with its meaning and way out."""

from __future__ import annotations

from counter_app.domain.dates import short_date, vn_date, vn_datetime
from counter_app.domain.errors import Words
from counter_app.services.ports.exchange import Neighbour
from counter_app.services.ports.saying import counted, said, say

WILD_MS = 10 * 60_000
"""A sibling whose clock differs by more makes a person look at both (``sync.md`` 6)."""
_SAFE = "Mọi việc vẫn lưu trên máy này."
_SAFE_EN = "Everything is saved on this PC."
_AGAIN = "Máy tự thử lại; lặp lại thì gọi kỹ thuật viên."
_AGAIN_EN = "This PC tries again; if it repeats, call the technician."

_CODES: dict[str, tuple[Words, Words]] = {
    "no-line": (
        Words("Không nối được.", _SAFE, "Kiểm tra máy kia đang bật, dây mạng, cổng trong tường lửa."),
        Words("Cannot be reached.", _SAFE_EN,
              "Check that the PC is on, the cable, the port in the firewall."),
    ),
    "timed-out": (
        Words("Không trả lời trong 10 giây.", _SAFE, "Máy kia treo, tắt hoặc cổng bị chặn; máy tự thử lại."),
        Words("No answer within 10 seconds.", _SAFE_EN,
              "It hangs, is off, or its port is blocked; this PC tries again."),
    ),
    "cut-off": (
        Words("Mất liên lạc giữa chừng.", _SAFE, "Không cần làm gì: nối lại thì gửi tiếp phần còn thiếu."),
        Words("The line broke in the middle.", _SAFE_EN, "Nothing to do: what is missing follows."),
    ),
    "garbled": (
        Words("Tin của máy kia không đọc được.", _SAFE, _AGAIN),
        Words("A message of it cannot be read.", _SAFE_EN, _AGAIN_EN),
    ),
    "unanswered": (
        Words("Máy ở địa chỉ này không nhận ra máy này.", "Máy của đơn vị khác, hoặc khóa của đơn vị đã đổi.",
              "Kiểm tra địa chỉ; nối tỉnh một lần để nhận khóa mới."),
        Words("The PC at this address does not know this one.",
              "Another unit's, or the unit's key has changed.",
              "Check the address; meet the province once for the new key."),
    ),
    "key-unknown": (
        Words("Một máy lạ, hoặc máy thiếu khóa của đơn vị, đã gọi.", "Không có gì được nói với máy đó.",
              "Máy của đơn vị: nối tỉnh một lần để nhận khóa mới."),
        Words("A foreign PC, or one without our key, called.", "Nothing was said to it.",
              "If it is the unit's: meet the province once for the new key."),
    ),
    "revoked": (
        Words("Máy đã bị tỉnh thu hồi.", "Hai máy không trao đổi với nhau nữa.", "Gọi tỉnh."),
        Words("The province revoked the PC.", "The two exchange no more.", "Call the province."),
    ),
    "not-authentic": (
        Words("Máy gọi không chứng minh được là máy của đơn vị.", "Không có gì được gửi cho máy đó.",
              "Gọi kỹ thuật viên: có thể có máy mạo danh."),
        Words("The caller cannot prove to be a PC of the unit.", "Nothing was sent to it.",
              "Call the technician: somebody may be posing."),
    ),
    "forked": (
        Words("Máy kia mang nhật ký đã biết với khóa khác.", "Một giấy cấp phát đã dùng cho hai máy.",
              "Gọi kỹ thuật viên ngay."),
        Words("It bears a journal known here under another key.", "One grant was used on two PCs.",
              "Call the technician at once."),
    ),
    "hub-unknown": (
        Words("Máy tập huấn và máy thật không nối với nhau.", "Không có gì được gửi.", "Kiểm tra ghi danh."),
        Words("Practice and real PCs do not meet.", "Nothing was sent.", "Check the enrolment."),
    ),
    "other-unit": (
        Words("Máy của đơn vị khác.", "Không có gì được gửi.", "Bỏ địa chỉ này trong cài đặt."),
        Words("A PC of another unit.", "Nothing was sent.", "Take the address out of the settings."),
    ),
    "newer-format": (
        Words("Máy kia chạy bản mới hơn.", _SAFE, "Cập nhật chương trình trên máy này."),
        Words("It runs a newer version.", _SAFE_EN, "Update the program on this PC."),
    ),
}  # fmt: skip
_OTHER = (Words("Chưa trao đổi được.", _SAFE, _AGAIN), Words("No exchange yet.", _SAFE_EN, _AGAIN_EN))


def words_of(code: str) -> Words:
    """Title, meaning and way out of a meeting's code, in the language of the moment."""
    return said(_CODES.get(code, _OTHER))


def line(neighbour: Neighbour, now: int) -> str:
    """``QUẦY-02 · 10:24, đủ`` or ``BÀN KÝ · mất liên lạc từ 09:10, thiếu 3 mục``."""
    lacks = counted(neighbour.lacks, "item", "items")
    state = say(f"thiếu {neighbour.lacks} mục", f"lacks {lacks}") if neighbour.lacks else say("đủ", "has all")
    moment = vn_datetime(neighbour.last)
    today = moment.date() == vn_date(now)
    when = f"{moment:%H:%M}" if today else f"{moment:%H:%M} {short_date(moment.date())}"
    if neighbour.connected:
        return f"{neighbour.name} · {when}, {state}{_clock(neighbour)}"
    return f"{neighbour.name} · {say('mất liên lạc từ', 'not heard since')} {when}, {state}"


def _clock(neighbour: Neighbour) -> str:
    minutes = round(abs(neighbour.offset_ms) / 60_000)
    if abs(neighbour.offset_ms) <= WILD_MS:
        return ""
    return say(f", đồng hồ lệch {minutes} phút", f", clock differs by {minutes} min")
