"""A Chairman's decision annuls an unlawful certification (TT 01/2020 art. 7); two persons record it."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.certification.entries import LineAnnulled
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import ANNULLED, SIGNED
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

_NOBODY = EntryId(0, 1)


@dataclass(frozen=True, slots=True)
class AnnulmentAct:
    """The decision: its number, its day (``yyyymmdd``) and what it says in short."""

    number: str
    day: int
    words: str


def annul_line(
    line: LineState, act: AnnulmentAct, today: int, author: OfficialState, second: Second
) -> tuple[Draft, ...]:
    """The line stays in the book with the decision in its notes; only a signed line can be annulled.

    Raises DomainError ``annul.*``, ``role.*``, ``second.*``.
    """
    roles.require(author, roles.TWO_PERSONS_FIRST)
    _check_line(line)
    _check_act(line, act, today)
    unsigned = LineAnnulled(act.number.strip(), act.day, act.words.strip(), _NOBODY, b"")
    body = countersign(unsigned, line.id, author, second)
    return (draft(body, *line.about),)


def _check_line(line: LineState) -> None:
    if line.state == SIGNED:
        return
    if line.state == ANNULLED:
        raise DomainError(
            f"Số {line.shown_number} đã huỷ bỏ giá trị theo {line.act_number}.",
            code="annul.done",
            title_en=f"Number {line.shown_number} was annulled by {line.act_number}.",
        )
    raise DomainError(
        f"Số {line.shown_number} chưa ký, không có gì để huỷ bỏ giá trị.",
        "Huỷ bỏ giá trị chỉ dành cho bản sao đã ký, đóng dấu (TT 01/2020, Điều 7).",
        "Giấy chưa ký thì gạch số ở bàn ký.",
        code="annul.not_signed",
        title_en=f"Number {line.shown_number} is not signed; there is nothing to annul.",
        meaning_en="Only a signed and sealed copy is annulled (TT 01/2020, article 7).",
        remedy_en="Strike the number of an unsigned paper at the signing desk.",
    )


def _check_act(line: LineState, act: AnnulmentAct, today: int) -> None:
    if not act.number.strip() or not act.words.strip():
        raise DomainError(
            "Nhập số quyết định và lý do.",
            "Huỷ bỏ giá trị cần quyết định của Chủ tịch (TT 01/2020, Điều 7).",
            field="act_number",
            code="annul.act",
            title_en="Type the number of the decision and its ground.",
            meaning_en="An annulment needs the Chairman's decision (TT 01/2020, article 7).",
        )
    if not line.day <= act.day <= today:
        raise DomainError(
            "Ngày quyết định phải từ ngày chứng thực đến hôm nay.",
            field="act_date",
            code="annul.date",
            title_en="The decision is dated from the day of certification to today.",
        )
