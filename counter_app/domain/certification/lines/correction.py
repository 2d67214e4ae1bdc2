"""A written column of a register line is put right by an entry that two persons sign; the line stays.

After a month is bound its pages no longer change: the correction stands in Ghi chú and is pasted in
(``law.md`` 4.5, unverified; notes to a book are known to NĐ 23/2015 art. 38(2)).
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.certification.entries import LineCorrected
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import STRUCK
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

COLUMNS = (3, 4, 5, 6, 7)
"""Columns that can be put right; number and day are what the certified copy bears itself."""
_NOBODY = EntryId(0, 1)


@dataclass(frozen=True, slots=True)
class Correction:
    """What column ``column`` should have said, and why; ``words`` name the ground."""

    column: int
    now: str
    words: str


def written(line: LineState, column: int) -> str:
    """What column 3 to 7 of a line says. Raises KeyError for another column."""
    return {
        3: line.column_3,
        4: line.original_name,
        5: line.signatory_line,
        6: str(line.copies),
        7: str(line.fee),
    }[column]


def correct_line(
    line: LineState, correction: Correction, author: OfficialState, second: Second
) -> tuple[Draft, ...]:
    """The correction goes to Ghi chú of the line, which stays readable as it was.

    Raises DomainError ``correct.*``, ``role.*``, ``second.*``.
    """
    roles.require(author, roles.TWO_PERSONS_FIRST)
    _check(line, correction)
    unsigned = LineCorrected(
        correction.column, written(line, correction.column), correction.now.strip(),
        correction.words.strip(), _NOBODY, b"",
    )  # fmt: skip
    return (draft(countersign(unsigned, line.id, author, second), *line.about),)


def _check(line: LineState, correction: Correction) -> None:
    if correction.column not in COLUMNS:
        raise DomainError(
            "Không đính chính được cột này.", "Số và ngày chứng thực ghi trên chính bản sao.",
            "Số sai thì gạch số hoặc huỷ bỏ giá trị.", "column", code="correct.column",
            title_en="This column cannot be put right.", meaning_en="The copy itself bears number and day.",
            remedy_en="Strike or annul a wrong number.",
        )  # fmt: skip
    if line.state == STRUCK:
        raise DomainError(
            f"Số {line.shown_number} đã gạch, không đính chính.", code="correct.struck",
            title_en=f"Number {line.shown_number} is struck; there is nothing to put right.",
        )  # fmt: skip
    if not correction.words.strip():
        raise DomainError(
            "Nhập lý do đính chính.", field="words", code="correct.words",
            title_en="Type why it is put right.",
        )  # fmt: skip
    now = correction.now.strip()
    if not now or now == written(line, correction.column):
        raise DomainError(
            "Nhập nội dung đúng, khác nội dung đã ghi.", field="now", code="correct.same",
            title_en="Type what should stand there; it is what stands there already.",
        )  # fmt: skip
