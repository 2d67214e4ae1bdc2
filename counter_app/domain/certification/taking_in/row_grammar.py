"""One typed row of the fast entry (ux 4.4): ``gks 1x4``, ``hb 24x2p``, ``ck syll 1``.

Pages x copies; ``p`` adds photocopies made by the commune. A word before the paper asks for another matter:
``ck`` a signature, ``ckd`` (or ``nd``) a translator's, ``gd`` a transaction, ``gds`` one that amends or ends
another, ``gdl`` the correction of an error in one; the number is then that of the papers. ``dt gks 1`` is an
electronic copy, the number its pages. Case, marks, spaces and the sign between the numbers (x X * ×) do not
matter.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from counter_app.domain.certification.lines.codes import AMENDMENT, ERROR_CORRECTION
from counter_app.domain.certification.taking_in.fees import MAX_COPIES, check_copies, check_pages
from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKind, PaperKinds
from counter_app.domain.certification.taking_in.matters import (
    COPY,
    ELECTRONIC,
    SIGNATURE,
    TRANSACTION,
    TRANSLATOR,
)
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc

MATTER_WORDS = {
    "ck": (SIGNATURE, ""),
    "ckd": (TRANSLATOR, ""),
    "nd": (TRANSLATOR, ""),
    "gd": (TRANSACTION, ""),
    "gds": (TRANSACTION, AMENDMENT),
    "gdl": (TRANSACTION, ERROR_CORRECTION),
    "dt": (ELECTRONIC, ""),
    "đt": (ELECTRONIC, ""),
}
"""First word of a row -> matter and act; such a word is no short word of a paper."""
_LONGEST_ROW = 200
_LONGEST_NAME = 120
_COPY_ROW = re.compile(
    r"(?P<paper>.*?(?:[^\W\d_]\s*|\S\s+))(?P<pages>[0-9]{1,6})\s*[x*×]\s*(?P<copies>[0-9]{1,6})\s*(?P<photo>p)?",
    re.I,
)
_MATTER_ROW = re.compile(
    r"(?P<matter>ckd?|nd|gd[sl]?|dt|đt)\s+(?P<paper>.*?(?:[^\W\d_]\s*|\S\s+))(?P<documents>[0-9]{1,6})", re.I
)
_TIMES_AT_END = re.compile(r"[0-9]\s*[x*×]\s*$", re.I)  # "ck gks 1x4" is no signature row
_OTHER_NAME = re.compile(r"(?:khác|khac)\s+(?P<name>\S.*)", re.I)


_PATTERNS = {
    COPY: (
        "Gõ tên tắt, số trang x số bản, ví dụ hb 24x2.",
        "Type the short word, pages x copies, such as hb 24x2.",
    ),
    SIGNATURE: (
        "Chữ ký: gõ ck, tên giấy, số giấy tờ, ví dụ ck syll 1.",
        "Signature: type ck, the paper, how many, such as ck syll 1.",
    ),
    TRANSLATOR: (
        "Chữ ký người dịch: gõ ckd, tên giấy, số giấy tờ, ví dụ ckd gks 1.",
        "Translator's signature: type ckd, the paper, how many, such as ckd gks 1.",
    ),
    TRANSACTION: (
        "Giao dịch: gõ gd, tên giấy, số bản chính, ví dụ gd hdmb 3; sửa đổi, hủy bỏ: gds; sửa lỗi: gdl.",
        "Transaction: type gd, the paper, how many originals, such as gd hdmb 3; amended: gds; error: gdl.",
    ),
    ELECTRONIC: (
        "Bản sao điện tử: gõ dt, tên giấy, số trang, ví dụ dt gks 1.",
        "Electronic copy: type dt, the paper, its pages, such as dt gks 1.",
    ),
}


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row understood; ``pages`` is 0 for all but copies, an electronic one is always one file.

    ``copies`` counts documents for signatures, originals for a transaction. ``name`` is the register's
    column 4; ``act`` is that of a transaction.
    """

    matter: str
    paper: PaperKind
    name: str
    pages: int
    copies: int
    photocopied: bool = False
    act: str = ""


def matter_of(text: str) -> str:
    """The matter a row asks for by its first word, however unfinished; copies without such a word."""
    words = text.split()
    return MATTER_WORDS.get(words[0].lower(), (COPY, ""))[0] if len(words) > 1 else COPY


def _explain(text: str) -> NoReturn:
    """The words for a row that follows no pattern."""
    matter = matter_of(text)
    raise DomainError(
        f"Chưa hiểu dòng “{text[:40]}”." if text else "Dòng còn trống.",
        "",
        _PATTERNS[matter][0],
        "row",
        code="row.pattern",
        title_en=f"The row “{text[:40]}” is not understood." if text else "The row is empty.",
        remedy_en=_PATTERNS[matter][1],
    )


def _paper(kinds: PaperKinds, typed: str) -> tuple[PaperKind, str]:
    """Kind and register name; ``khac <name>`` takes any name."""
    free = _OTHER_NAME.fullmatch(typed.strip())
    other = kinds.get(OTHER)
    if free is None or other is None:
        kind = kinds.find(typed)
        if kind.key == OTHER:
            _name_wanted()
        return kind, kind.name
    name = " ".join(free["name"].split())[:_LONGEST_NAME]
    return other, name[0].upper() + name[1:]


def _name_wanted() -> NoReturn:
    raise DomainError(
        "Nhập tên giấy tờ sau “khac”, ví dụ khac giấy nhập học 1x2.",
        field="paper",
        code="paper.name",
        title_en="Type the name of the paper after “khac”, such as khac giấy nhập học 1x2.",
    )


def _check_documents(documents: int) -> int:
    """Documents 1-200 on which signatures are certified, else ``DomainError`` ``documents.range``."""
    if not 1 <= documents <= MAX_COPIES:
        raise DomainError(
            f"Số giấy tờ phải từ 1 đến {MAX_COPIES}.",
            field="copies",
            code="documents.range",
            title_en=f"Documents must be from 1 to {MAX_COPIES}.",
        )
    return documents


def parse_row(text: str, kinds: PaperKinds) -> TypedRow:
    """The row as typed. Raises ``DomainError`` ``row.pattern``, ``paper.unknown``, ``paper.name``,
    ``pages.range``, ``copies.range`` or ``documents.range``; nothing else.
    """
    row = " ".join(nfc(text[:_LONGEST_ROW]).split())
    other = _MATTER_ROW.fullmatch(row)
    if other and not _TIMES_AT_END.search(other["paper"]):
        matter, act = MATTER_WORDS[other["matter"].lower()]
        paper, name = _paper(kinds, other["paper"])
        if matter == ELECTRONIC:
            return TypedRow(matter, paper, name, check_pages(int(other["documents"])), 1)
        return TypedRow(matter, paper, name, 0, _check_documents(int(other["documents"])), act=act)
    copy = _COPY_ROW.fullmatch(row)
    if copy is None or matter_of(row) != COPY:
        _explain(row)
    paper, name = _paper(kinds, copy["paper"])
    pages, copies = check_pages(int(copy["pages"])), check_copies(int(copy["copies"]))
    return TypedRow(COPY, paper, name, pages, copies, copy["photo"] is not None)
