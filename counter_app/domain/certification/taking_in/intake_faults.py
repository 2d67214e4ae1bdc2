"""What stops a request at the counter, with the words of ``ux.md`` 4.4; rows are counted from 1 on screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.taking_in.fees import check_copies, check_pages, photocopy_cost
from counter_app.domain.certification.taking_in.matters import COPY, OF_COPIES, matter_fee
from counter_app.domain.certification.taking_in.row_words import NO_REMEDY, at_row, row_fault
from counter_app.domain.certification.taking_in.signing_faults import circumstance_faults
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.money.fee_table import FeeTable
from counter_app.domain.money_words import money_figures

MAX_ORIGINALS = 99
_NOT_COMPARED = ("chưa đánh dấu đã đối chiếu bản chính", "not ticked as compared with the original")
_NOT_SIGNED_HERE = ("chưa đánh dấu đã ký trước mặt", "not ticked as signed before the clerk")


def fee_of(original: OriginalTaken, table: FeeTable, at: int, register: str = COPY) -> int:
    """Fee of one original in dong by the table of the day of ``at`` (ms); ``register`` that of its request.

    Raises DomainError for impossible pages or copies, or a day without a fee.
    """
    return matter_fee(original, original.matter or register, table, vn_date(at))


def requester_faults(requester: Requester) -> Iterator[DomainError]:
    """A request needs a name and an identity paper (NĐ 23/2015 art. 20)."""
    if not requester.name.strip():
        yield DomainError("Nhập họ và tên.", field="name", code="requester.name", title_en="Type the name.")
    if not requester.id_number.strip():
        yield DomainError(
            "Nhập số giấy tờ tùy thân.",
            remedy="Quét thẻ căn cước, hoặc gõ số.",
            field="id_number",
            code="requester.identity",
            title_en="Type the number of the identity paper.",
            remedy_en="Scan the card, or type the number.",
        )


def original_faults(
    index: int, original: OriginalTaken, table: FeeTable, at: int, register: str = COPY
) -> Iterator[DomainError]:
    """Everything that stops one original, in the order of the columns."""
    try:
        check_pages(original.pages)
        check_copies(original.copies)
    except DomainError as error:
        yield at_row(index, error)
        return
    if not original.name.strip():
        yield _row(index, "name", "original.name", "chưa có tên giấy tờ", "the paper has no name")
    matter = original.matter or register
    if not original.compared_at:
        words = _NOT_COMPARED if matter in OF_COPIES else _NOT_SIGNED_HERE
        yield _row(index, "compared", "original.not_compared", *words)
    yield from circumstance_faults(index, original, matter, vn_date(at))
    yield from _money_faults(index, original, table, at, register)


def _money_faults(
    index: int, original: OriginalTaken, table: FeeTable, at: int, register: str
) -> Iterator[DomainError]:
    fee = fee_of(original, table, at, register)
    if original.fee != fee:
        yield _row(
            index,
            "fee",
            "original.fee",
            f"phí {money_figures(original.fee)} không đúng bảng phí ({money_figures(fee)})",
            f"the fee {money_figures(original.fee)} is not that of the table ({money_figures(fee)})",
        )
    if not original.photocopy_pages:
        return
    cost = photocopy_cost(table, original.pages, original.copies, vn_date(at))
    if cost is not None and original.photocopy_price != cost.unit_price:
        yield _row(
            index,
            "photocopy",
            "original.photocopy",
            f"giá sao chụp phải là {money_figures(cost.unit_price)} một trang",
            f"a photocopied page costs {money_figures(cost.unit_price)}",
        )


def notice_faults(
    required: Sequence[tuple[int, Notice]], originals: Sequence[OriginalTaken]
) -> Iterator[DomainError]:
    """Amber notices nobody has looked at; ``required`` are (row from 0, or -1 for the person, notice).

    What was seen stands in ``noticed`` of its row; of the person, in any row.
    """
    for index, notice in required:
        rows = originals if index < 0 else originals[index : index + 1]
        if any(notice.code in row.noticed for row in rows):
            continue
        prefix_vi, prefix_en = (f"Dòng {index + 1}: ", f"Row {index + 1}: ") if index >= 0 else ("", "")
        yield DomainError(
            f"{prefix_vi}{notice.vi}",
            remedy="Kiểm tra rồi nhấn Alt+Enter.",
            field=notice.field if index < 0 else f"originals.{index}",
            code="notice.unseen",
            title_en=f"{prefix_en}{notice.en}",
            remedy_en="Check it, then press Alt+Enter.",
        )


def count_faults(originals: Sequence[OriginalTaken]) -> Iterator[DomainError]:
    """A request has 1 to MAX_ORIGINALS originals."""
    if not 1 <= len(originals) <= MAX_ORIGINALS:
        yield DomainError(
            "Chưa có giấy tờ nào." if not originals else f"Một phiếu có nhiều nhất {MAX_ORIGINALS} giấy tờ.",
            remedy="Gõ tên tắt, số trang x số bản." if not originals else "Lập thêm một phiếu.",
            field="originals",
            code="originals.count",
            title_en="There is no paper yet." if not originals else f"At most {MAX_ORIGINALS} papers a slip.",
            remedy_en="Type the short word, pages x copies." if not originals else "Make another slip.",
        )


def _row(index: int, field: str, code: str, vi: str, en: str) -> DomainError:
    return row_fault(index, field, code, vi, en, remedy=NO_REMEDY)
