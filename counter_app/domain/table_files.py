"""Reading a table of rules from its JSON: one place for the words when the file is not one."""

from typing import TypeVar

import msgspec

from counter_app.domain.errors import DomainError

T = TypeVar("T")


def decode_table(raw: bytes, kind: type[T], name_vi: str, name_en: str) -> T:
    """The typed content of a file; ``DomainError`` ``table.file`` when it is damaged or another version."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise DomainError(
            f"{name_vi} không đọc được.",
            "Tệp bị hỏng hoặc của bản khác.",
            "Nhập lại dữ liệu của tỉnh, hoặc cài lại chương trình.",
            code="table.file",
            title_en=f"{name_en} cannot be read.",
            meaning_en="The file is damaged or of another version.",
            remedy_en="Load the province's data again, or install the program again.",
        ) from None
