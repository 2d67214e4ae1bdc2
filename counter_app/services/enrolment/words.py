"""Why a provisioning file or a grant was not taken, in words for the technician."""

from __future__ import annotations

from counter_app.domain.errors import DomainError, Words
from sync.protocol.refusals import Refusal

_ASK = "Xin tỉnh tệp cấp phát mới."
_ASK_EN = "Ask the province for a new provisioning file."

_WORDS: dict[str, tuple[Words, Words]] = {
    "not-ours": (
        Words("Đây không phải tệp cấp phát.", "Tệp không bắt đầu như tệp cấp phát của tỉnh.",
              "Chọn tệp .mcp mà tỉnh đã giao."),
        Words("This is no provisioning file.", "It does not begin like one of the province's.",
              "Choose the .mcp file that the province gave."),
    ),
    "newer-format": (
        Words("Tệp cấp phát do bản mới hơn tạo ra.", "Bản đang chạy chưa đọc được.",
              "Cập nhật chương trình."),
        Words("The provisioning file comes from a newer version.", "This one cannot read it.",
              "Update the program."),
    ),
    "not-authentic": (
        Words("Chữ ký trên tệp cấp phát không đúng.", "Tệp đã bị sửa, hoặc không phải của tỉnh này.", _ASK),
        Words("The signature of the provisioning file is wrong.", "It was changed, or is another province's.",
              _ASK_EN),
    ),
    "hub-unknown": (
        Words("Tệp cấp phát của tỉnh khác.", "Máy này đã gắn với một tỉnh; máy tập huấn không vào tỉnh thật.",
              _ASK),
        Words("The file is another province's.",
              "This PC belongs to one already; practice and real never mix.", _ASK_EN),
    ),
    "authority": (
        Words("Chứng thư của máy chủ tỉnh trong tệp không đọc được.",
              "Với tệp này máy không nhận ra tỉnh khi nối mạng. Máy chưa thay đổi gì.", _ASK),
        Words("The certificate of the province's server in the file cannot be read.",
              "With it this PC would not know the province on the line. Nothing was changed.", _ASK_EN),
    ),
    "grant-expired": (
        Words("Giấy cấp phát đã hết hạn.", "Ngày trên máy đã qua ngày cuối của giấy cấp phát.",
              "Kiểm tra ngày giờ của máy; nếu đúng, xin tỉnh tệp mới."),
        Words("The grant has expired.", "This PC's date is past the grant's last day.",
              "Check the PC's clock; if it is right, ask the province for a new file."),
    ),
    "other-unit": (
        Words("Giấy cấp phát cho đơn vị khác.", "Tệp này thuộc một xã khác.", _ASK),
        Words("The grant is for another unit.", "The file belongs to another commune.", _ASK_EN),
    ),
}  # fmt: skip
_DAMAGED = (
    Words("Tệp cấp phát bị hỏng.", "Đọc được tệp nhưng nội dung không trọn vẹn. Máy chưa thay đổi gì.",
          "Chép lại tệp từ nguồn, hoặc xin tỉnh tệp mới."),
    Words("The provisioning file is damaged.", "Its contents are not whole. Nothing was changed.",
          "Copy it again from its source, or ask the province for a new one."),
)  # fmt: skip


def refused_words(refusal: Refusal) -> DomainError:
    """The words for a refused provisioning; code ``enrol.<refusal>``."""
    vi, en = _WORDS.get(refusal.code, _DAMAGED)
    return DomainError(
        vi.title, vi.meaning, vi.remedy, "file", code=f"enrol.{refusal.code}",
        title_en=en.title, meaning_en=en.meaning, remedy_en=en.remedy,
    )  # fmt: skip


def authority_unreadable() -> DomainError:
    """The file names a server whose authority no TLS library reads; ``enrol.authority``."""
    vi, en = _WORDS["authority"]
    return DomainError(
        vi.title, vi.meaning, vi.remedy, "file", code="enrol.authority",
        title_en=en.title, meaning_en=en.meaning, remedy_en=en.remedy,
    )  # fmt: skip
