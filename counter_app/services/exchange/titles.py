"""What a saved entry is called on the sync page: an act in words, never the content of a body."""

from __future__ import annotations

from counter_app.domain.certification import entries as c
from counter_app.domain.dossiers import entries as d
from counter_app.domain.field_types import Body
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.money import entries as m
from counter_app.domain.people import entries as p
from counter_app.domain.registers import entries as r
from counter_app.services.ports.saying import counted, say
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.refusals import Malformed

UNKNOWN = ("Mục của bản mới hơn", "Item of a newer version")

NAMES: dict[int, tuple[str, str]] = {
    SystemKind.JOURNAL_OPENED: ("Mở nhật ký của máy", "Journal of the PC opened"),
    SystemKind.FORK_FOUND: ("Phát hiện hai bản của một nhật ký", "Two branches of a journal found"),
    SystemKind.CLOCK_SEEN: ("Lệch giờ so với tỉnh", "Clock against the province"),
    SystemKind.DATE_CONFIRMED: ("Xác nhận ngày giờ", "Date and time confirmed"),
    SystemKind.RESTORE_ANNOUNCED: ("Khôi phục từ bản sao lưu", "Restored from a backup"),
    SystemKind.AUTHORITY_ANNOUNCED: ("Chứng thư máy chủ của tỉnh", "The province's server certificate"),
    SystemKind.LAN_PLACE_SAID: ("Địa chỉ máy trong mạng nội bộ", "The PC's address on the office LAN"),
    SystemKind.CARRIED: ("Mục của máy khác gửi qua", "Carried for another PC"),
    SystemKind.REDACTED: ("Che nội dung theo quyết định", "Content redacted by decision"),
    100: ("Thêm tài khoản", "Account added"),
    101: ("Đổi quyền, chức danh", "Roles or title changed"),
    102: ("Đổi khóa ký", "Signing key changed"),
    103: ("Thêm vị trí việc làm", "Post added"),
    110: ("Phân công, ủy quyền ký", "Delegation to sign"),
    111: ("Kết thúc phân công, ủy quyền", "Delegation ended"),
    120: ("Cài đặt của đơn vị", "Setting of the unit"),
    121: ("Có mặt, vắng mặt", "At work or away"),
    545: ("Khôi phục tài khoản người đứng đầu", "Head's account recovered"),
    547: ("Khóa khôi phục gửi tỉnh giữ", "Recovery key kept at the province"),
    546: ("Tỉnh cho khôi phục tài khoản", "The province allows a recovery"),
    200: ("Mở sổ", "Register opened"),
    201: ("Mở quyển sổ", "Book opened"),
    202: ("Chuyển quyền cấp số", "Pen passed"),
    203: ("Chuyển quyền cấp số sang giấy", "Pen passed to paper"),
    204: ("Nhận lại quyền cấp số từ giấy", "Pen back from paper"),
    205: ("Khôi phục quyền cấp số", "Pen recovered"),
    206: ("Làm rõ một số", "Number settled"),
    207: ("Phân xử số trùng", "Double number ruled"),
    208: ("Khóa sổ tháng", "Month closed"),
    209: ("Khóa sổ năm", "Year closed"),
    220: ("Yêu cầu chứng thực bản sao", "Request for certified copies"),
    221: ("Từ chối chứng thực", "Certification refused"),
    222: ("Trả lại người tiếp nhận", "Sent back to the clerk"),
    223: ("Trình lại", "Submitted again"),
    224: ("Đính chính người yêu cầu", "Requester corrected"),
    225: ("Gia hạn trả kết quả", "Promise extended"),
    230: ("Cấp số một xấp", "Pile numbered"),
    231: ("Số chứng thực", "Number"),
    232: ("Xác nhận đã ký", "Ink confirmed"),
    233: ("Gạch số", "Number struck"),
    234: ("Hủy bản sao đã chứng thực", "Certified copy annulled"),
    235: ("Ghi chú vào sổ", "Note in the register"),
    236: ("Ký số bản sao điện tử", "Electronic copy signed"),
    237: ("Ghi thêm vào tệp đã ký", "Signed file extended"),
    238: ("Đính chính dòng trong sổ", "Line of a register put right"),
    240: ("Trả kết quả", "Handed over"),
    250: ("Đã in", "Printed"),
    260: ("Nhóm chứng thực", "Group taken in"),
    261: ("Người của nhóm", "Person of a group"),
    262: ("Nhóm đã ghi xong", "Group complete"),
    300: ("Mở quyển biên lai", "Receipt book opened"),
    301: ("Biên lai", "Receipt"),
    302: ("Phiếu thu tạm", "Provisional slip"),
    303: ("Biên lai cho phiếu thu tạm", "Receipt for a provisional slip"),
    304: ("Hủy biên lai", "Receipt voided"),
    305: ("Hoàn tiền", "Refund"),
    306: ("Đóng quyển biên lai", "Receipt book closed"),
    310: ("Chốt quỹ ngày", "Day closed"),
    350: ("Thông tin người dân", "Person recorded"),
    351: ("Sửa thông tin người dân", "Person corrected"),
    352: ("Gộp hai người", "Two persons joined"),
    353: ("Tách hai người", "Two persons parted"),
    400: ("Trả lời tỉnh hỏi", "Answer to the province"),
    500: ("Tiếp nhận hồ sơ", "Dossier handed in"),
    501: ("Hồ sơ trực tuyến đến", "Online dossier arrived"),
    502: ("Giấy tiếp nhận và hẹn (mẫu 01)", "Dossier accepted (form 01)"),
    503: ("Yêu cầu bổ sung (mẫu 02)", "Papers asked for (form 02)"),
    504: ("Giấy tờ nộp bổ sung", "Papers brought"),
    505: ("Từ chối tiếp nhận (mẫu 03)", "Dossier refused (form 03)"),
    506: ("Giao hồ sơ", "Dossier handed on"),
    507: ("Nhận hồ sơ", "Dossier taken"),
    508: ("Ý kiến", "Opinion"),
    509: ("Trình dự thảo", "Draft submitted"),
    510: ("Trả lại dự thảo", "Draft sent back"),
    511: ("Kết quả", "Result"),
    512: ("Kết quả về quầy", "Result at the counter"),
    513: ("Trả kết quả hồ sơ", "Result returned"),
    514: ("Liên hệ người nộp", "Requester told"),
    515: ("Kết quả chưa ai nhận", "Result not collected"),
    516: ("Xin lỗi, hẹn lại (mẫu 04)", "Apology and new date (form 04)"),
    517: ("Dừng giải quyết (mẫu 05)", "Stopped (form 05)"),
    518: ("Rút hồ sơ", "Dossier withdrawn"),
    519: ("Yêu cầu nộp tiền", "Payment asked for"),
    520: ("Đã nộp tiền", "Payment met"),
    521: ("Sửa mức thu", "Fees set"),
    522: ("Tra cứu dữ liệu", "Data looked up"),
    523: ("Đính chính người nộp", "Party corrected"),
    524: ("Mã chính thức của hồ sơ", "Official code of a dossier"),
    525: ("Xử lý việc trùng", "Clash of a dossier settled"),
    530: ("Hỏi cơ sở dữ liệu quốc gia", "A national database asked"),
    531: ("Trả lời tra cứu", "Answer of a national database"),
    532: ("Rút câu hỏi tra cứu", "Question to a database called back"),
    535: ("Nhập lại việc lạc", "Stray acts dealt with"),
    534: ("Quyết định việc trùng", "Contradiction decided"),
    536: ("Nhận tệp sổ cũ", "File of an old book let in"),
    537: ("Chép dòng sổ cũ", "Line of the old book copied"),
    538: ("Nhận hồ sơ từ sổ cũ", "Dossier of the old register"),
    539: ("Tiếp nhận số liệu đầu kỳ", "Opening figures taken"),
    533: ("Tình trạng hệ thống quốc gia", "How a national system answers"),
    526: ("Trạng thái trên Cổng", "State at the portal"),
    540: ("Báo sự cố", "Trouble reported"),
    541: ("Trả lời phiếu báo sự cố", "Answer to a ticket"),
    542: ("Tỉnh nhờ một máy", "The province asks a PC"),
    543: ("Máy đã làm việc tỉnh nhờ", "A PC answered the province"),
    544: ("Tình trạng máy", "How a PC stands"),
}  # fmt: skip
"""Name (Vietnamese, English) of every kind a counter writes, by its number."""


def title_of(entry: Entry) -> tuple[str, str]:
    """Title and second line of an entry; the second line is "" where there is nothing to add."""
    name = say(*NAMES.get(entry.facts.kind, UNKNOWN))
    body = _body(entry)
    match body:
        case c.CopiesRequested():
            copies = sum(original.copies for original in body.originals)
            many = len(body.originals)
            return f"{name} · {body.requester.name}", say(
                f"{many} bản chính, {copies} bản sao",
                f"{counted(many, 'original', 'originals')}, {counted(copies, 'copy', 'copies')}",
            )
        case d.DossierSubmitted():
            return f"{name} · {body.party.name}", body.procedure.name
        case c.OriginalRefused():
            return f"{name} · {body.requester.name}", body.original_name
        case c.LotNumbered():
            last = body.first_number + body.count - 1
            return name, say(
                f"Số {body.first_number:02d} đến {last:02d}, người ký {body.signatory_name}",
                f"Numbers {body.first_number:02d} to {last:02d}, signatory {body.signatory_name}",
            )
        case c.LineNumbered():
            return f"{name} {body.number:02d}/{body.year}", body.original_name
        case c.LineStruck() | c.LineNoted() | c.LineCorrected() | c.RequestReturned():
            return name, body.words
        case m.ReceiptIssued() | m.ProvisionalSlipIssued():
            return name, f"{body.amount:,} đ".replace(",", ".")
        case p.PersonRecorded():
            return f"{name} · {body.name}", ""
        case r.RegisterOpened():
            return say(f"{name} {body.symbol} năm {body.year}", f"{name} {body.symbol} of {body.year}"), say(
                f"từ số {body.next_number:02d}", f"from number {body.next_number:02d}"
            )
        case _:
            return name, ""


def kind_of(entry: Entry) -> str:
    """What kind of act an entry is, without a word of its contents: for whoever reads no personal data."""
    return say(*NAMES.get(entry.facts.kind, UNKNOWN))


def _body(entry: Entry) -> Body | None:
    """The body of a kind this program knows, None otherwise (also when it was redacted)."""
    kind = BY_NUMBER.get(entry.facts.kind)
    if kind is None or entry.body is None or entry.facts.version > kind.version:
        return None
    try:
        return decode_body(kind.body, entry.body)
    except Malformed:
        return None
