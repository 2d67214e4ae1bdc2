"""Files as offices have them: a certification book in Excel or CSV, a list of open dossiers."""

from __future__ import annotations

from pathlib import Path

import openpyxl

HEAD = "Số chứng thực;Ngày tháng năm;Họ tên người yêu cầu;Tên bản chính;Người ký;Số bản sao;Lệ phí;Ghi chú"
DOSSIER_HEAD = ("Mã hồ sơ", "Thủ tục", "Họ và tên", "Số CCCD", "Ngày tiếp nhận", "Ngày hẹn trả")


def line(number: int, day: str = "12/03/2026", **more: str) -> str:
    """One row of a book."""
    given = {
        "name": "TẬP HUẤN A",
        "paper": "Giấy khai sinh",
        "copies": "2",
        "fee": "4.000",
        "note": "",
        **more,
    }
    return (
        f"{number:02d};{day};{given['name']};{given['paper']};Vàng Văn Thăng (tập huấn);"
        f"{given['copies']};{given['fee']};{given['note']}"
    )


def book(folder: Path, *rows: str, head: str = HEAD, name: str = "so-2026.csv") -> str:
    """A CSV file of a book; its path."""
    path = folder / name
    path.write_text("\n".join(("UBND XÃ BÌNH LƯ (TẬP HUẤN)", "SỔ CHỨNG THỰC 2026", head, *rows)), "utf-8")
    return str(path)


def dossier_list(folder: Path, *rows: tuple[str, ...], name: str = "ho-so.xlsx") -> str:
    """A workbook of open dossiers; its path."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (DOSSIER_HEAD, *rows):
        sheet.append(row)
    made.save(folder / name)
    return str(folder / name)
