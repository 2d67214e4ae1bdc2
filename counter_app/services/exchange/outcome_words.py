"""What came of an exchange, in words: each code of the line has its own meaning and way out."""

from __future__ import annotations

from counter_app.domain.errors import Words
from counter_app.services.ports.saying import counted, said, say
from sync.client.engine import BUDGET_SPENT, DONE, STOPPED, Outcome

SAFE = "Mọi việc đã lưu trên máy, sẽ gửi khi có mạng."
SAFE_EN = "Everything is saved on this PC and goes out when the line is back."
BY_FILE = "Cần gửi ngay thì xuất gói gửi tỉnh (USB, thư công vụ)."
BY_FILE_EN = "To send at once, export a bundle (USB, official e-mail)."

_LINE: dict[str, tuple[Words, Words]] = {
    "no-line": (
        Words("Chưa nối được tỉnh.", SAFE, "Kiểm tra dây mạng, bộ phát; máy tự thử lại. " + BY_FILE),
        Words("The province cannot be reached.", SAFE_EN, "Check cable and router; the PC tries again. "
              + BY_FILE_EN),
    ),
    "timed-out": (
        Words("Tỉnh chưa trả lời trong 10 giây.", SAFE, "Mạng chậm hoặc nghẽn; máy tự thử lại."),
        Words("No answer within 10 seconds.", SAFE_EN, "The line is slow or jammed; the PC tries again."),
    ),
    "cut-off": (
        Words("Đường truyền đứt giữa chừng.", SAFE, "Không cần làm gì: máy gửi tiếp phần còn thiếu."),
        Words("The line broke in the middle.", SAFE_EN, "Nothing to do: the PC sends what is missing."),
    ),
    "proxy-failed": (
        Words("Máy chủ trung gian (proxy) không cho qua.", SAFE,
              "Kỹ thuật viên kiểm tra địa chỉ proxy trong trang Kỹ thuật viên."),
        Words("The proxy does not let it through.", SAFE_EN, "The technician checks the proxy's address."),
    ),
    "not-the-hub": (
        Words("Nơi trả lời không phải hệ thống tỉnh.",
              "Thường là trang đăng nhập mạng Wi-Fi, hoặc chứng thư lạ. " + SAFE,
              "Đăng nhập mạng rồi thử lại; nếu vẫn vậy, gọi kỹ thuật viên."),
        Words("Who answered is not the province.",
              "Usually a Wi-Fi sign-in page, or a foreign certificate. " + SAFE_EN,
              "Sign in to the network and try again; else call the technician."),
    ),
    "hub-failed": (
        Words("Hệ thống tỉnh đang bận hoặc bảo trì.", SAFE, "Không cần làm gì: máy tự thử lại."),
        Words("The province's system is busy or under maintenance.", SAFE_EN, "The PC tries again."),
    ),
    "request-refused": (
        Words("Hệ thống tỉnh không nhận kiểu gửi này.", SAFE,
              "Kiểm tra địa chỉ tỉnh và bản chương trình (trang Kỹ thuật viên)."),
        Words("The province does not take such a request.", SAFE_EN,
              "Check its address and the program's version (Technician page)."),
    ),
    "hub-too-old": (
        Words("Tỉnh đang chạy bản cũ hơn máy này.", "Tỉnh chưa hiểu kiểu hỏi mới. " + SAFE,
              "Không cần làm gì trên máy này; tỉnh cập nhật hệ thống."),
        Words("The province runs an older version than this PC.", "It does not know this. " + SAFE_EN,
              "Nothing to do here; the province updates its system."),
    ),
    "garbled": (
        Words("Câu trả lời của tỉnh không đọc được.", "Đường truyền làm hỏng dữ liệu; máy này không đổi gì. "
              + SAFE, "Máy tự thử lại; nếu lặp lại, gọi kỹ thuật viên."),
        Words("The province's answer cannot be read.", "The line damaged it; nothing was changed. " + SAFE_EN,
              "The PC tries again; if it repeats, call the technician."),
    ),
    STOPPED: (
        Words("Máy này không ghi tiếp vào nhật ký của mình.",
              "Chương trình đang đóng, hoặc có bản sao khác của máy này. " + SAFE,
              "Mở lại chương trình; nếu vẫn vậy, gọi kỹ thuật viên ghi danh lại."),
        Words("This PC does not go on in its journal.",
              "The program is closing, or another copy of this PC exists. " + SAFE_EN,
              "Start the program again; if it repeats, the technician enrols it anew."),
    ),
    BUDGET_SPENT: (
        Words("Đã dùng hết dung lượng mạng cho hôm nay.", SAFE, BY_FILE),
        Words("Today's share of the line is used up.", SAFE_EN, BY_FILE_EN),
    ),
}  # fmt: skip

_REFUSED: dict[str, tuple[Words, Words]] = {
    "other-unit": (
        Words("Tỉnh không biết đơn vị của máy này.", SAFE, "Gọi kỹ thuật viên: kiểm tra ghi danh."),
        Words("The province does not know this unit.", SAFE_EN, "Call the technician: check the enrolment."),
    ),
    "sender-unknown": (
        Words("Tỉnh chưa biết máy này.", SAFE, "Gọi kỹ thuật viên: kiểm tra ghi danh."),
        Words("The province does not know this PC.", SAFE_EN, "Call the technician: check the enrolment."),
    ),
    "grant-withdrawn": (
        Words("Tỉnh đã thu hồi giấy cấp phát của máy này.",
              "Việc mới của máy không được tính cho đến khi tỉnh cho phép lại.", "Gọi tỉnh ngay."),
        Words("The province withdrew this PC's grant.", "Its new work does not count until it is admitted.",
              "Call the province at once."),
    ),
    "hub-unknown": (
        Words("Hệ thống trả lời không phải tỉnh đã ghi danh máy này.",
              "Tỉnh khác, hoặc máy tập huấn gọi tỉnh thật. Nơi đó không nhận gì của máy này.",
              "Kiểm tra địa chỉ tỉnh và ghi danh của máy (trang Kỹ thuật viên)."),
        Words("Who answered is not the province that enrolled this PC.",
              "Another province, or practice calling a real one. It took nothing of this PC.",
              "Check the province's address and the enrolment (Technician page)."),
    ),
    "newer-format": (
        Words("Tỉnh đã dùng bản mới hơn.", SAFE, "Cập nhật chương trình trên máy này."),
        Words("The province uses a newer version.", SAFE_EN, "Update the program."),
    ),
}  # fmt: skip
_OTHER_REFUSAL = (
    Words("Tỉnh chưa nhận được gói của máy này.", SAFE, "Gọi kỹ thuật viên."),
    Words("The province did not take this PC's bundle.", SAFE_EN, "Call the technician."),
)


def trouble(code: str, refusal: str = "") -> tuple[Words, Words] | None:
    """Words (Vietnamese, English) for an outcome that is none; None when all went well."""
    if code == DONE:
        return None
    if code in _LINE:
        return _LINE[code]
    return _REFUSED.get(refusal, _OTHER_REFUSAL)


def told(outcomes: list[Outcome], waiting: int, clock: str) -> str:
    """The sentence after *Thử ngay*: what moved, or why nothing did. ``clock`` is the time as ``09:41``."""
    last = outcomes[-1]
    words = trouble(last.code, last.refusal)
    if words is not None:
        return said(words).sentence
    came = sum(one.ingested.applied for one in outcomes)
    parked = len(last.parked)
    items = counted(waiting, "item waits", "items wait")
    parts = [
        say(f"Đã đồng bộ {clock}.", f"Synced {clock}.")
        if waiting == 0
        else say(f"Còn {waiting} mục chờ gửi tỉnh.", f"{items} for the province.")
    ]
    if came:
        parts.append(say(f"Nhận về {came} mục.", f"Received {counted(came, 'item', 'items')}."))
    if parked:
        items = counted(parked, "item was", "items were")
        parts.append(
            say(
                f"Tỉnh chưa nhận {parked} mục; kỹ thuật viên xem nhật ký đồng bộ.",
                f"{items} not taken by the province; the technician looks at the sync log.",
            )
        )
    return " ".join(parts)
