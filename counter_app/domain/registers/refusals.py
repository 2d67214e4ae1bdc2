"""Why a register says no, in words: title, what it means, what to do, in both languages."""

from __future__ import annotations

from counter_app.domain.errors import DomainError


def refusal(
    code: str, vi: tuple[str, str, str], en: tuple[str, str, str], field: str | None = None
) -> DomainError:
    """A refusal with its three parts in Vietnamese and English."""
    return DomainError(*vi, field, code=code, title_en=en[0], meaning_en=en[1], remedy_en=en[2])


def pen_elsewhere(holder: str) -> DomainError:
    """This PC does not hold the pen: requests wait "for number", everything else goes on."""
    where, where_en = (holder or "máy khác"), (holder or "another PC")
    return refusal(
        "pen.elsewhere",
        (f"Quyền cấp số đang ở {where}.", "Phiếu đã lưu và chờ số; mọi việc khác vẫn làm được.",
         "Cấp số tại máy đó, hoặc xin chuyển quyền cấp số về máy này."),
        (f"The pen is at {where_en}.", "The requests are kept and wait for numbers; all else goes on.",
         "Number there, or ask for the pen."),
    )  # fmt: skip


def pen_incomplete() -> DomainError:
    """Acts on this register are held that cannot be read yet: the pen may be elsewhere by now."""
    return refusal(
        "pen.incomplete",
        ("Chưa đủ dữ liệu của sổ: chưa biết chắc quyền cấp số ở đâu.",
         "Máy này mới nhận một phần nhật ký của máy khác; quyền cấp số có thể đã chuyển hoặc đã khôi phục.",
         "Nối mạng, hoặc nhận tệp của các máy khác cho đủ, rồi cấp số. Mọi việc khác vẫn làm được."),
        ("Not enough of the register is held to tell where the pen is.",
         "Only a part of another PC's journal has arrived; the pen may have been passed on or recovered.",
         "Connect, or take in the other PCs' files, then number. All else goes on."),
    )  # fmt: skip


def own_numbers(given: int, last: int) -> DomainError:
    """This PC has given numbers above the register's last one: going on would repeat them."""
    return refusal(
        "pen.own_numbers",
        (f"Máy này đã cấp đến số {given}, sổ chỉ tính đến số {last}.",
         "Cấp tiếp tại đây sẽ trùng với số đã cấp.",
         "Không cấp số ở máy này. Xem các số trùng ở trang Sổ, chuyển quyền cấp số sang máy khác."),
        (f"This PC has given numbers up to {given}; the register counts to {last}.",
         "Going on here would repeat numbers.",
         "Do not number here. Look at the doubles on the Registers page, pass the pen to another PC."),
    )  # fmt: skip


def pen_on_paper() -> DomainError:
    """Printed sheets are numbering."""
    return refusal(
        "pen.on_paper",
        ("Quyền cấp số đang ở sổ giấy.", "Các tờ sổ in sẵn đang cấp số trong lúc mất điện.",
         "Nhận lại quyền cấp số từ giấy, ghi số cuối cùng đã dùng."),
        ("The pen is on paper.", "Printed sheets number during the power cut.",
         "Take the pen back from paper with the last number used."),
    )  # fmt: skip


def paper_back(last_used: int, where: str) -> DomainError:
    """The sheets came back already: taken back once more, the numbers after them would be given twice."""
    at, at_en = (f" tại {where}" if where else ""), (f" at {where}" if where else "")
    return refusal(
        "paper.back",
        (f"Tờ sổ giấy đã được nhận lại{at}, số cuối cùng {last_used}.",
         "Nhận lại lần nữa thì các số sau đó bị cấp hai lần.",
         "Cấp số tại máy đang giữ quyền, hoặc xin chuyển quyền cấp số về máy này."),
        (f"The sheets came back already{at_en}; the last number is {last_used}.",
         "Taken back again, the numbers after it would be given twice.",
         "Number at the PC with the pen, or ask for the pen."),
    )  # fmt: skip


def paper_elsewhere(where: str) -> DomainError:
    """Sheets come back to the PC that printed them."""
    at, at_en = (where or "máy đã in tờ sổ"), (where or "the PC that printed them")
    return refusal(
        "paper.elsewhere",
        (f"Tờ sổ giấy chỉ nhận lại tại {at}.",
         "Tờ sổ in ở máy nào thì về máy ấy: hai máy cùng nhận lại thì số bị cấp hai lần.",
         f"Nhận lại tại {at} rồi chuyển quyền cấp số về đây; máy ấy hỏng thì khôi phục quyền cấp số."),
        (f"The sheets come back at {at_en} alone.",
         "They come back where they were printed: taken back by two PCs, numbers would be given twice.",
         f"Take them back at {at_en}, then pass the pen here; if that PC is dead, recover the pen."),
    )  # fmt: skip


def register_closed(year: int) -> DomainError:
    """The year is closed."""
    return refusal(
        "register.closed",
        (f"Sổ năm {year} đã khóa.", "Sổ đã khóa chỉ được ghi chú.", "Mở sổ năm mới để cấp số tiếp."),
        (f"The register of {year} is closed.", "Only notes may be added.", "Open the new year's register."),
    )


def other_year(year: int, day_year: int) -> DomainError:
    """The PC's date lies in another year than the register."""
    return refusal(
        "register.other_year",
        (f"Sổ này của năm {year}, hôm nay là năm {day_year}.", "Số chứng thực liên tục trong một năm.",
         "Mở sổ của năm nay, hoặc xem lại đồng hồ của máy."),
        (f"This register is of {year}, today is in {day_year}.", "Numbers run within one year.",
         "Open this year's register, or check the clock."),
    )  # fmt: skip


def month_closed(month: int) -> DomainError:
    """The month is printed, bound and closed."""
    return refusal(
        "month.closed",
        (f"Tháng {month} đã khóa sổ.", "Trang sổ của tháng đã in và đóng quyển.",
         "Xem lại ngày của máy; số mới thuộc tháng sau."),
        (f"Month {month} is closed.", "Its pages are printed and bound.",
         "Check the date; new numbers belong to the next month."),
    )  # fmt: skip


def count_out_of_bounds(count: int, most: int) -> DomainError:
    """An empty pile, or one larger than a lot may be."""
    return refusal(
        "lot.size",
        (f"Một lần cấp từ 1 đến {most} số, đang chọn {count}.", "", "Chia xấp nhỏ hơn."),
        (f"One lot takes 1 to {most} numbers, not {count}.", "", "Make a smaller pile."),
    )


def clock_behind() -> DomainError:
    """The time lies before the last numbering (``sync.md`` 6)."""
    return refusal(
        "clock.behind",
        ("Giờ máy sớm hơn lần cấp số trước.", "Đồng hồ của máy có thể chạy sai (pin CMOS yếu).",
         "Người ký xác nhận ngày giờ hôm nay rồi cấp số."),
        ("The clock is behind the last numbering.", "The PC's clock may be wrong (a flat battery).",
         "The signatory confirms today's date, then number."),
    )  # fmt: skip


def clock_unproved() -> DomainError:
    """Too long without anything that proves the date (``sync.md`` 6)."""
    return refusal(
        "clock.unproved",
        ("Đã hơn 36 giờ chưa có gì chứng minh ngày giờ của máy.",
         "Số chứng thực ghi ngày, ngày phải đúng.", "Người ký xác nhận ngày giờ hôm nay rồi cấp số."),
        ("For more than 36 hours nothing has proved this PC's date.", "A number bears its date.",
         "The signatory confirms today's date, then number."),
    )  # fmt: skip


def not_held(what: str, what_en: str) -> DomainError:
    """The pen may not move in this way now."""
    return refusal(
        "pen.not_passed",
        (f"Chưa chuyển được quyền cấp số: {what}.", "Quyền cấp số chỉ ở một nơi trong một lúc.",
         "Nối hai máy với nhau rồi làm lại."),
        (f"The pen was not passed: {what_en}.", "The pen is in one place at a time.",
         "Connect the two PCs and try again."),
    )  # fmt: skip


def closing_blocked(month: int, reasons: str, reasons_en: str) -> DomainError:
    """A month or the year cannot be closed yet; names what is open."""
    vi = f"Chưa khóa được sổ {f'tháng {month}' if month else 'năm'}: {reasons}."
    en = f"{f'Month {month}' if month else 'The year'} cannot be closed yet: {reasons_en}."
    return refusal(
        "closing.blocked",
        (vi, "Sổ khóa phải đủ số, không trùng, không khuyết.", "Giải quyết từng mục rồi khóa lại."),
        (en, "A closed book has every number once.", "Settle each item, then close again."),
    )


def wrong_field(code: str, field: str, vi: str, en: str) -> DomainError:
    """One field of a form is wrong."""
    return refusal(code, (vi, "", "Xem lại ô này."), (en, "", "Look at this field again."), field)
