"""What went wrong with the portal, in words: what it is, and what to do. One row a code."""

from __future__ import annotations

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "away": (
            "Cổng không trả lời. Hệ thống tự gửi lại; không phải làm gì.",
            "The portal does not answer. It is sent again by itself; nothing to do.",
        ),
        "dirty": (
            "Cổng trả lời không đọc được. Báo nơi vận hành Cổng kèm mã hồ sơ; rồi: portal retry.",
            "The portal's answer cannot be read. Tell who runs the portal; then: portal retry.",
        ),
        "refused": (
            "Cổng từ chối. Đọc lý do, sửa hồ sơ hoặc bảng ánh xạ; rồi: portal retry.",
            "The portal refused. Read its reason, mend the dossier or the mapping, then: portal retry.",
        ),
        "field": (
            "Thiếu trường Cổng bắt buộc. Bổ sung ở quầy, hoặc sửa bảng ánh xạ rồi: portal retry.",
            "A field that the portal requires is missing. Complete it at the counter or mend the mapping.",
        ),
        "duplicate": (
            "Cổng cấp mã đã có của hồ sơ khác. Hệ thống không dùng mã ấy; báo đơn vị vận hành Cổng.",
            "The portal gave a code that another dossier has. It is not used; tell who runs the portal.",
        ),
        "apart": (
            "Trạng thái trên Cổng không nối được với việc ở quầy. Gọi xã, sửa ở một bên.",
            "The portal's state does not lead to the counter's. Call the commune, mend it on either side.",
        ),
        "procedure": (
            "Hồ sơ trực tuyến của thủ tục không có trong danh mục. Cập nhật danh mục.",
            "Filed online for a procedure that the catalogue lacks. Update the catalogue.",
        ),
        "item": (
            "Hồ sơ trực tuyến thiếu hoặc sai trường. Hồ sơ khác vẫn chạy; báo nơi vận hành Cổng.",
            "A dossier filed online lacks a field or has a wrong one. Tell who runs the portal.",
        ),
        "changed": (
            "Công dân sửa hồ sơ trực tuyến sau khi đã về xã. Xã xem trên Cổng rồi ghi giấy bổ sung ở quầy.",
            "Changed on the portal after it reached the commune. Look there, take in what was added.",
        ),
        "office": (
            "Đơn vị chưa có mã trên Cổng. Thêm vào tệp cấu hình rồi chạy: portal set.",
            "The unit has no code at the portal. Add it to the configuration, then: portal set.",
        ),
        "broken": (
            "Lỗi của hệ thống tỉnh ở hồ sơ này. Gửi nhật ký cho kỹ thuật; rồi: portal retry.",
            "A fault of the hub itself with this dossier. Send its log; then: portal retry.",
        ),
    }
)


def words(code: str, language: str = "vi") -> str:
    """The words of a fault; the code itself for one of a newer program."""
    vi, en = WORDS.get(code, (code, code))
    return en if language == "en" else vi
