"""Why a year's seal is not taken, in words; by code of the refusal."""

from __future__ import annotations

from counter_app.domain.errors import DomainError
from sync.protocol.refusals import Refusal

_OTHER = (
    "Không đọc được dấu niêm năm.", "Tệp bị hỏng khi chép, hoặc không phải dấu niêm của tỉnh.",
    "Lấy lại tệp *.mcy từ tỉnh.", "The seal of the year cannot be read.",
    "It was damaged on the way, or is no seal of the province.",
    "Get the file *.mcy from the province again.",
)  # fmt: skip
_WORDS = {
    "not-authentic": (
        "Chữ ký của dấu niêm năm không đúng.", "Dấu niêm đã bị sửa; máy không dùng.",
        "Lấy lại tệp *.mcy từ tỉnh; nếu vẫn vậy, báo tỉnh.", "The signature of the year's seal is wrong.",
        "It was changed and is not used.", "Get it again; if it repeats, tell the province.",
    ),
    "hub-unknown": (
        "Dấu niêm năm của tỉnh khác, hoặc ký bằng khóa tỉnh không còn dùng.",
        "Máy này chỉ tin khóa của tỉnh mình.", "Xin tỉnh tệp *.mcy ký bằng khóa hiện nay.",
        "The year's seal is of another province, or under a key it no longer uses.",
        "This PC believes its own province's keys only.", "Ask the province for one under its present key.",
    ),
    "other-unit": (
        "Dấu niêm năm của xã khác.", "Nó không nói gì về sổ của xã này.", "Chọn tệp *.mcy của xã mình.",
        "The year's seal is another commune's.", "It says nothing of this commune's books.",
        "Choose the file *.mcy of your own commune.",
    ),
    "newer-format": (
        "Dấu niêm năm do bản mới hơn tạo ra.", "Bản đang chạy chưa đọc được.",
        "Cập nhật chương trình rồi nhận lại.", "The year's seal comes from a newer version.",
        "This one cannot read it.", "Update the program, then take it again.",
    ),
}  # fmt: skip


def seal_refused(refused: Refusal) -> DomainError:
    """The error a person sees for a refused seal; code ``seal.<code of the refusal>``."""
    title, meaning, remedy, title_en, meaning_en, remedy_en = _WORDS.get(refused.code, _OTHER)
    return DomainError(
        title, meaning, remedy, code=f"seal.{refused.code}", title_en=title_en, meaning_en=meaning_en,
        remedy_en=remedy_en,
    )  # fmt: skip


def seal_file_unreadable(name: str) -> DomainError:
    """The file could not be read."""
    return DomainError(
        f"Không đọc được tệp {name}.", "Tệp đã bị rút, hoặc không có ở đó.", "Kiểm tra USB và đường dẫn.",
        code="seal.file", title_en=f"{name} cannot be read.",
        meaning_en="It was pulled out, or is not there.", remedy_en="Check stick and path.",
    )  # fmt: skip
