"""Codes of the province's questions in words: what is asked, and what a person can do about it."""

from __future__ import annotations

WHAT = "Tỉnh đã nhận và hỏi lại một chỗ"
STAYS_TRUE = "Hồ sơ vẫn có hiệu lực, hạn trả không đổi."
STAYS_TRUE_NUMBER = "Số đã cấp vẫn đứng trong sổ; bản sao đã giao vẫn có hiệu lực."

WHY: dict[str, str] = {
    "fee.differs": "Phí đã thu khác biểu phí của ngày hôm đó.",
    "lot.day": "Ngày ghi trên xấp khác ngày của máy lúc cấp số.",
    "line.year": "Năm của số khác năm của sổ.",
    "signatory.unknown": "Tỉnh chưa biết người ký; tài khoản của người ký có thể chưa về tỉnh.",
    "seal.missing": "Việc này phải có chữ ký của người làm.",
    "seal.unknown": "Tỉnh chưa biết người đã ký việc này.",
    "seal.bad": "Chữ ký không phải của người ghi trên việc này.",
    "second.missing": "Việc này phải có người thứ hai cùng chịu trách nhiệm.",
    "second.unknown": "Tỉnh chưa biết người thứ hai.",
    "second.same-person": "Một người không thể tự xác nhận việc của mình.",
    "second.not-signed": "Chữ ký của người thứ hai không khớp.",
    "delegation.missing": "Người ký chưa có văn bản phân công, ủy quyền.",
    "delegation.ended": "Văn bản phân công, ủy quyền đã hết hiệu lực vào ngày cấp số.",
    "delegation.not-yet": "Văn bản phân công, ủy quyền chưa có hiệu lực vào ngày cấp số.",
    "delegation.scope": "Văn bản không giao ký loại việc này.",
    "delegation.other-official": "Văn bản giao cho người khác.",
    "delegation.redelegated": "Người được ủy quyền không được ủy quyền lại.",
    "role.not-active": "Tài khoản của người làm đã hết hiệu lực.",
    "role.not-allowed": "Vai trò của người làm không có quyền này.",
    "role.needs-act": "Quyền này cần văn bản giao.",
    "number.double": "Một số đứng ở hai dòng.",
    "number.gap": "Số không nối tiếp số trước.",
    "number.unexpected": "Dòng này không thuộc xấp nào.",
    "number.beyond-recovery": "Số vượt phần dành cho máy đã mất.",
    "number.voided-but-written": "Số đã hủy bằng biên bản nhưng có dòng trong nhật ký.",
    "pen.late-term": "Cấp số sau khi quyền cấp số đã chuyển đi.",
    "pen.not-holder": "Máy cấp số không giữ quyền cấp số.",
    "pen.term-taken": "Hai nơi cùng nhận một lượt quyền cấp số.",
    "pen.two-terms": "Quyền cấp số vừa được chuyển vừa được khôi phục.",
    "register.closed": "Sổ đã khóa.",
}
"""Why, by code; unknown codes get ``unknown``."""

FIELDS: dict[str, str] = {
    "fee": "Phí (đồng)", "day": "Ngày", "year": "Năm", "signatory": "Người ký", "second": "Người thứ hai",
    "name": "Họ tên", "address": "Địa chỉ", "phone": "Điện thoại", "id_number": "Số giấy tờ",
    "birth": "Ngày sinh",
}  # fmt: skip


def why(code: str) -> str:
    """Plain words for a code of the province."""
    return WHY.get(code, f"Tỉnh hỏi với mã {code}, chưa có hướng dẫn. Ctrl+H để hỏi.")


def field_label(field: str) -> str:
    """What a field of an entry is called on screens; its last part names it."""
    return FIELDS.get(field.rsplit(".", 1)[-1], field)
