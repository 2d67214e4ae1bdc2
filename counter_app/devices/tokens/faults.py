"""What a token, its module or a file to be signed can do wrong, in words; shared by child and program."""

from __future__ import annotations

from typing import Final

from counter_app.domain.errors import Words
from counter_app.errors import OutsideError

_KEEP: Final = "Số đã cấp được giữ cho tệp này; các tệp đã ký vẫn nguyên."
_KEEP_EN: Final = "The number is kept for this file; files already signed are untouched."
_AGAIN: Final = "Cắm lại thẻ rồi ký tiếp (F9)."
_AGAIN_EN: Final = "Plug the token in and sign on (F9)."
_TECHNICIAN: Final = "Kỹ thuật viên xem đường dẫn thư viện thẻ ký số (trang Kỹ thuật viên)."
_TECHNICIAN_EN: Final = "The technician looks at the path of the token's module (Technician page)."

_Both = tuple[tuple[str, str, str], tuple[str, str, str]]

_TOKEN: Final[dict[str, _Both]] = {
    "token.absent": (
        ("Chưa thấy thẻ ký số.", "Chưa có thẻ nào trong máy.", "Cắm thẻ rồi nhấn F9."),
        ("No signing token is seen.", "There is none in this PC.", "Plug it in, then press F9."),
    ),
    "token.pulled": (
        ("Thẻ ký số bị rút.", _KEEP, _AGAIN),
        ("The signing token was pulled out.", _KEEP_EN, _AGAIN_EN),
    ),
    "token.module_missing": (
        ("Máy này chưa có thư viện của thẻ ký số.", "Không mở được thư viện PKCS#11.", _TECHNICIAN),
        ("The module of the signing token is not on this PC.", "It cannot be loaded.", _TECHNICIAN_EN),
    ),
    "token.extra_missing": (
        (
            "Bản cài trên máy này chưa có phần ký số.",
            "Phần ký số được cài riêng.",
            "Kỹ thuật viên cài thêm phần ký số.",
        ),
        (
            "Digital signing is not installed here.",
            "It is an extra of the program.",
            "The technician installs the signing extra.",
        ),
    ),
    "token.hangs": (
        ("Thẻ ký số không trả lời.", _KEEP, "Rút thẻ, cắm lại, rồi ký tiếp (F9)."),
        ("The signing token does not answer.", _KEEP_EN, "Pull it, plug it in again, then sign on (F9)."),
    ),
    "token.died": (
        ("Thư viện thẻ ký số dừng đột ngột.", _KEEP, _AGAIN),
        ("The token's module stopped suddenly.", _KEEP_EN, _AGAIN_EN),
    ),
    "token.failed": (
        ("Thẻ ký số báo lỗi.", _KEEP, "Rút thẻ, cắm lại; còn lỗi thì gọi nơi cấp thẻ."),
        (
            "The signing token reports a fault.",
            _KEEP_EN,
            "Pull it and plug it in; if it stays so, call who issued it.",
        ),
    ),
    "token.stopped": (
        ("Đã dừng theo yêu cầu.", "Các tệp đã ký vẫn nguyên; tệp chưa ký còn chờ.", "F9 để ký tiếp."),
        ("Stopped as asked.", "Files already signed are untouched; the others wait.", "F9 signs on."),
    ),
    "token.no_key": (
        ("Thẻ không có khóa của chứng thư đã chọn.", _KEEP, "Chọn chứng thư khác, hoặc cắm đúng thẻ."),
        (
            "The token has no key for the chosen certificate.",
            _KEEP_EN,
            "Choose another certificate, or plug in the right token.",
        ),
    ),
}
_PIN: Final[dict[str, _Both]] = {
    "pin.wrong": (
        ("PIN thẻ chưa đúng.", "Nhập sai nhiều lần thì thẻ tự khóa.", "Nhập lại PIN của thẻ."),
        ("The token's PIN is not right.", "It locks itself after several wrong ones.", "Type it again."),
    ),
    "pin.wrong_low": (
        (
            "PIN thẻ chưa đúng, thẻ sắp khóa.",
            "Đã nhập sai ít nhất một lần.",
            "Xem kỹ rồi nhập lại PIN của thẻ.",
        ),
        (
            "The token's PIN is not right; few tries are left.",
            "A wrong PIN was typed before.",
            "Make sure, then type it again.",
        ),
    ),
    "pin.wrong_final": (
        (
            "PIN thẻ chưa đúng, chỉ còn một lần.",
            "Sai lần nữa thì thẻ khóa, nơi cấp thẻ mới mở được.",
            "Chưa chắc thì dừng lại, hỏi nơi cấp thẻ.",
        ),
        (
            "The token's PIN is not right; one try is left.",
            "Once more and only its issuer can open it.",
            "If you are not sure, stop and ask the issuer.",
        ),
    ),
    "pin.locked": (
        ("Thẻ ký số đã khóa.", "PIN bị nhập sai quá số lần. " + _KEEP, "Gọi nơi cấp thẻ để mở khóa."),
        ("The signing token is locked.", "Too many wrong PINs. " + _KEEP_EN, "Call its issuer to unlock it."),
    ),
    "pin.expired": (
        ("PIN thẻ hết hạn.", "Thẻ đòi đổi PIN trước khi ký.", "Đổi PIN bằng chương trình của nơi cấp thẻ."),
        (
            "The token's PIN is out of date.",
            "It wants a new one first.",
            "Change it with the issuer's program.",
        ),
    ),
}
_FILE: Final[dict[str, _Both]] = {
    "certificate.expired": (
        (
            "Chứng thư số hết hạn hoặc chưa có hiệu lực.",
            _KEEP,
            "Gia hạn chứng thư, hoặc chọn chứng thư khác.",
        ),
        ("The certificate is not valid on this day.", _KEEP_EN, "Renew it, or choose another one."),
    ),
    "file.full": (
        ("Đĩa đầy, chưa ghi được tệp đã ký.", _KEEP, "Xóa bớt tệp trên đĩa rồi ký tiếp (F9)."),
        (
            "The disk is full; the signed file was not written.",
            _KEEP_EN,
            "Free some room, then sign on (F9).",
        ),
    ),
    "file.unwritable": (
        ("Không ghi được tệp đã ký.", _KEEP, "Xem quyền ghi của thư mục rồi ký tiếp (F9)."),
        ("The signed file cannot be written.", _KEEP_EN, "Allow writing to its folder, then sign on (F9)."),
    ),
    "file.missing": (
        ("Không thấy tệp cần ký.", "Tệp đã bị chuyển hoặc xóa.", "Quét lại bản chính rồi ký tiếp."),
        ("The file to be signed is not there.", "It was moved or deleted.", "Scan again, then sign on."),
    ),
    "file.unreadable": (
        (
            "Tệp cần ký không phải PDF đọc được.",
            "Tệp hỏng, quá lớn hoặc đặt mật khẩu.",
            "Quét lại bản chính.",
        ),
        ("The file is no readable PDF.", "It is damaged, too large or has a password.", "Scan again."),
    ),
    "file.field_used": (
        ("Tệp đã có chữ ký này.", "Mỗi người ký một lần trên một tệp.", "Xem chữ ký của tệp."),
        ("The file has this signature already.", "Each signs once on one file.", "Look at its signatures."),
    ),
    "file.unproved": (
        (
            "Tệp vừa ký không qua được kiểm tra.",
            "Tệp bị bỏ, bản cũ vẫn nguyên. " + _KEEP,
            "Ký lại; còn lỗi thì báo kỹ thuật viên.",
        ),
        (
            "The signed file does not pass its own check.",
            "It was thrown away. " + _KEEP_EN,
            "Sign again; if it stays so, tell the technician.",
        ),
    ),
    "stamp.unreachable": (
        (
            "Chưa đóng được dấu thời gian.",
            "Chữ ký vẫn có giá trị; dấu thời gian đóng sau được.",
            "Đóng dấu thời gian khi có mạng.",
        ),
        (
            "No time-stamp could be had.",
            "The signature stands; the stamp can follow.",
            "Add it when there is a line.",
        ),
    ),
    "order.wrong": (
        (
            "Phần ký số không hiểu lệnh.",
            "Có lỗi trong chương trình; chưa có gì được ký.",
            "Báo kỹ thuật viên.",
        ),
        (
            "The signing part did not understand.",
            "A fault of the program; nothing was signed.",
            "Tell the technician.",
        ),
    ),
}
WORDS: Final[dict[str, _Both]] = {**_TOKEN, **_PIN, **_FILE}

STOPS_LOT: Final = frozenset({*_TOKEN, *_PIN, "certificate.expired", "file.full"})
"""Faults that would meet every further file of a lot too."""


class TokenFault(OutsideError):
    """Nothing was signed; ``code`` begins with ``token``, ``pin``, ``certificate``, ``file`` or ``stamp``."""

    def __init__(self, code: str, detail: str = "") -> None:
        known = code if code in WORDS else "token.failed"
        vi, en = WORDS[known]
        super().__init__(known, Words(*vi), Words(*en), detail)

    @property
    def stops_lot(self) -> bool:
        """True when the next file would fail in the same way."""
        return self.code in STOPS_LOT
