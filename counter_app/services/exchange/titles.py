"""What a saved entry is called on the sync page: an act in words, never the content of a body."""

from __future__ import annotations

from counter_app.domain.certification import entries as c
from counter_app.domain.field_types import Body
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.money import entries as m
from counter_app.domain.people import entries as p
from counter_app.domain.registers import entries as r
from sync.protocol.codec import decode_body
from sync.protocol.entry import Entry
from sync.protocol.refusals import Malformed
from sync.protocol.system_kinds import SystemKind

UNKNOWN = "Mục của bản mới hơn"

NAMES: dict[int, str] = {
    SystemKind.JOURNAL_OPENED: "Mở nhật ký của máy",
    SystemKind.FORK_FOUND: "Phát hiện hai bản của một nhật ký",
    SystemKind.CLOCK_SEEN: "Lệch giờ so với tỉnh",
    SystemKind.DATE_CONFIRMED: "Xác nhận ngày giờ",
    SystemKind.RESTORE_ANNOUNCED: "Khôi phục từ bản sao lưu",
    SystemKind.CARRIED: "Mục của máy khác gửi qua",
    SystemKind.REDACTED: "Che nội dung theo quyết định",
    100: "Thêm tài khoản", 101: "Đổi quyền, chức danh", 102: "Đổi khóa ký", 103: "Thêm vị trí việc làm",
    110: "Phân công, ủy quyền ký", 111: "Kết thúc phân công, ủy quyền", 120: "Cài đặt của đơn vị",
    200: "Mở sổ", 201: "Mở quyển sổ", 202: "Chuyển quyền cấp số", 203: "Chuyển quyền cấp số sang giấy",
    204: "Nhận lại quyền cấp số từ giấy", 205: "Khôi phục quyền cấp số", 206: "Làm rõ một số",
    207: "Phân xử số trùng", 208: "Khóa sổ tháng", 209: "Khóa sổ năm",
    220: "Yêu cầu chứng thực bản sao", 221: "Từ chối chứng thực", 222: "Trả lại người tiếp nhận",
    223: "Trình lại", 224: "Đính chính người yêu cầu", 225: "Gia hạn trả kết quả",
    230: "Cấp số một xấp", 231: "Số chứng thực", 232: "Xác nhận đã ký", 233: "Gạch số",
    234: "Hủy bản sao đã chứng thực", 235: "Ghi chú vào sổ", 240: "Trả kết quả", 250: "Đã in",
    300: "Mở quyển biên lai", 301: "Biên lai", 302: "Phiếu thu tạm", 303: "Biên lai cho phiếu thu tạm",
    304: "Hủy biên lai", 305: "Hoàn tiền", 306: "Đóng quyển biên lai", 310: "Chốt quỹ ngày",
    350: "Thông tin người dân", 351: "Sửa thông tin người dân", 352: "Gộp hai người", 353: "Tách hai người",
    400: "Trả lời tỉnh hỏi",
}  # fmt: skip
"""Vietnamese name of every kind a counter writes, by its number."""


def title_of(entry: Entry) -> tuple[str, str]:
    """Title and second line of an entry; the second line is "" where there is nothing to add."""
    name = NAMES.get(entry.facts.kind, UNKNOWN)
    body = _body(entry)
    match body:
        case c.CopiesRequested():
            copies = sum(original.copies for original in body.originals)
            return f"{name} · {body.requester.name}", f"{len(body.originals)} bản chính, {copies} bản sao"
        case c.OriginalRefused():
            return f"{name} · {body.requester.name}", body.original_name
        case c.LotNumbered():
            last = body.first_number + body.count - 1
            return name, f"Số {body.first_number:02d} đến {last:02d}, người ký {body.signatory_name}"
        case c.LineNumbered():
            return f"{name} {body.number:02d}/{body.year}", body.original_name
        case c.LineStruck() | c.LineNoted() | c.RequestReturned():
            return name, body.words
        case m.ReceiptIssued() | m.ProvisionalSlipIssued():
            return name, f"{body.amount:,} đ".replace(",", ".")
        case p.PersonRecorded():
            return f"{name} · {body.name}", ""
        case r.RegisterOpened():
            return f"{name} {body.symbol} năm {body.year}", f"từ số {body.next_number:02d}"
        case _:
            return name, ""


def _body(entry: Entry) -> Body | None:
    """The body of a kind this program knows, None otherwise (also when it was redacted)."""
    kind = BY_NUMBER.get(entry.facts.kind)
    if kind is None or entry.body is None or entry.facts.version > kind.version:
        return None
    try:
        return decode_body(kind.body, entry.body)
    except Malformed:
        return None
