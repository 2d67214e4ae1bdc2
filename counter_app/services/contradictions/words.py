"""Contradictions in words: what it is about, what each counter says, what is proposed and why."""

from __future__ import annotations

from typing import Any

from counter_app.domain.certification.entries import CopiesHandedOver
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RequestState
from counter_app.domain.contradictions.crossing import COMPANIONS, Side
from counter_app.domain.contradictions.entries import (
    DOSSIER,
    LINE,
    PARTY,
    REQUEST,
    REQUESTER,
    SAME_CASE,
    SAME_REQUEST,
)
from counter_app.domain.dates import PartialDate
from counter_app.domain.dossiers.entries import DueExtended, ResultRecorded, ResultReturned
from counter_app.domain.dossiers.portal import PORTAL_WORDS, portal_state
from counter_app.domain.dossiers.state import DossierState
from counter_app.services.contradictions.finding import Found, has_numbers
from counter_app.services.dossiers.act_fields import CLASH_TODO
from counter_app.services.dossiers.showing.timeline import TITLES
from counter_app.services.dossiers.showing.words import moment, short_code
from counter_app.services.ports.saying import say

Pair = tuple[str, str]

BOTH = "both"
"""Choice: every side holds, there was nothing to choose between."""
TITLE: dict[str, Pair] = {
    PARTY: ("Hai quầy đính chính một mục của người nộp", "Two counters corrected one field of a party"),
    REQUESTER: (
        "Hai quầy đính chính một mục của người yêu cầu",
        "Two counters corrected one field of a requester",
    ),
    LINE: ("Hai quầy đính chính một cột của dòng sổ", "Two counters corrected one column of a line"),
    DOSSIER: ("Hai việc của một hồ sơ không cùng đúng", "Two acts of a dossier cannot both stand"),
    REQUEST: ("Hai quầy trả bản sao của một phiếu", "Two counters handed out the copies of one slip"),
    SAME_CASE: ("Một người, một thủ tục, hai quầy", "One person, one procedure, two counters"),
    SAME_REQUEST: ("Một phiếu được nhập lại hai lần", "One slip was written anew twice"),
}
FIELD: dict[str, Pair] = {
    "name": ("Họ và tên", "Name"),
    "id_number": ("Số giấy tờ", "Number of the paper"),
    "birth": ("Ngày sinh", "Born"),
    "sex": ("Giới tính", "Sex"),
    "address": ("Nơi cư trú", "Address"),
    "phone": ("Điện thoại", "Phone"),
    "email": ("Thư điện tử", "E-mail"),
    "kind": ("Loại người nộp", "Kind of party"),
    COMPANIONS: ("Người đi cùng", "Companions"),
}
COLUMN: dict[str, Pair] = {
    "column.3": ("Cột (3) Người yêu cầu", "Column (3) requester"),
    "column.4": ("Cột (4) Tên giấy tờ", "Column (4) name of the paper"),
    "column.5": ("Cột (5) Người ký", "Column (5) signatory"),
    "column.6": ("Cột (6) Số bản sao", "Column (6) copies"),
    "column.7": ("Cột (7) Phí", "Column (7) fee"),
}
HOW: tuple[tuple[str, Pair], ...] = (
    ("told", ("Đã báo người dân", "The requester was told")),
    ("slip", ("Đã đổi giấy cho người dân", "His paper was changed")),
    ("none", ("Không ảnh hưởng người dân", "Nothing changes for him")),
)
"""What the requester got of a settled clash of a dossier (``ClashSettled.how``)."""
_TODO: dict[str, Pair] = {
    PARTY: ("", ""),
    REQUESTER: ("", ""),
    LINE: (
        "Quyết định được ghi vào cột Ghi chú. Tháng đã khóa thì in tờ dán.",
        "The decision goes to the notes. Print the slip to paste where the month is closed.",
    ),
    REQUEST: (
        "Hỏi ai đang giữ bản sao. Thu thừa thì hoàn tiền ở trang Biên lai.",
        "Find who holds the copies. Refund on the page of receipts what was taken twice.",
    ),
    SAME_REQUEST: (
        "Phiếu không giữ được trả lại người tiếp nhận. Đã cấp số thì gạch số, thu hai lần thì hoàn tiền.",
        "The other one is sent back. Strike a number it has, refund what was taken twice.",
    ),
    SAME_CASE: (
        "Hồ sơ không giữ: mời người nộp rút (mở bằng Enter), hoàn tiền nếu đã thu.",
        "Of the other one: let the requester withdraw it (Enter opens it), refund what was taken.",
    ),
}


def title(matter: str) -> str:
    """What sort of contradiction it is; a newer program's is shown by its code."""
    return say(*TITLE.get(matter, (matter, matter)))


def field_words(found: Found) -> str:
    """The field that was corrected, "" where whole acts stand beside one another."""
    return field_label(found.field) if found.matter in (PARTY, REQUESTER, LINE) else ""


def field_label(field: str) -> str:
    """Label of a corrected field; an unknown one by its code."""
    return say(*(FIELD.get(field) or COLUMN.get(field) or (field, field)))


def about(state: Any) -> str:
    """Code and name of what it is about."""
    if isinstance(state, DossierState):
        code = short_code(state.code, state.portal_code)
        return f"{code} · {state.party.name} · {state.procedure.name}"
    if isinstance(state, RequestState):
        return f"{short_code(state.code)} · {state.requester.name}"
    if isinstance(state, LineState):
        return say(
            f"Số {state.shown_number} · {state.column_3}", f"No. {state.shown_number} · {state.column_3}"
        )
    return ""


def value(side: Side, field: str) -> str:
    """What one counter says, as it is compared."""
    said = side.value
    if isinstance(said, DossierState):
        return short_code(said.code, said.portal_code)
    if isinstance(said, RequestState):
        code, at = short_code(said.code), moment(said.taken_at)
        return say(f"{code} nhập lại {at}", f"{code} written anew {at}")
    if isinstance(said, ResultReturned):
        return _given_to("" if said.receiver is None else said.receiver.name)
    if isinstance(said, CopiesHandedOver):
        return _given_to(said.receiver)
    if isinstance(said, ResultRecorded):
        return say(f"{said.title}, số {said.number}", f"{said.title}, no. {said.number}")
    if isinstance(said, DueExtended):
        return moment(said.due_at)
    if field == COMPANIONS:
        return ", ".join(one.name for one in said) or _empty()
    if field == "birth":
        day = PartialDate.from_int(said)
        return _empty() if day is None else day.text
    if isinstance(said, str | int):
        return str(said) or _empty()
    return say(*TITLES[type(said)][:2]) if type(said) in TITLES else _empty()


def note(found: Found, index: int) -> str:
    """What is to be known of one side: whether it counts now, how far a dossier has come."""
    side = found.sides[index]
    if isinstance(side.value, DossierState):
        return say(*PORTAL_WORDS[portal_state(side.value)])
    if isinstance(side.value, RequestState):
        return _how_far(side.value)
    if not side.changed:
        return say("Không sửa mục này", "Did not change this field")
    return say("Đang được tính", "Counts now") if index == found.stands else ""


def choices(found: Found) -> tuple[Pair, ...]:
    """Codes and words of what may be decided."""
    if found.matter == DOSSIER:
        return tuple((code, say(*words)) for code, words in HOW)
    sides = tuple((str(index), value(side, found.field)) for index, side in enumerate(found.sides))
    if found.matter in (SAME_CASE, SAME_REQUEST):
        kept = tuple((code, say(f"Giữ {words}", f"Keep {words}")) for code, words in sides)
        return (*kept, (BOTH, say("Cả hai đúng", "Both are right")))
    return sides


def proposed(found: Found) -> str:
    """The code of the choice that the program proposes."""
    return HOW[0][0] if found.matter == DOSSIER else str(found.proposed)


def why(found: Found) -> str:
    """Why that one is proposed."""
    if found.matter in (DOSSIER, REQUEST):
        return say("Việc ghi trước được tính.", "What was written first counts.")
    if found.matter == SAME_CASE:
        return say("Hồ sơ tiếp nhận trước.", "It was taken in first.")
    if found.matter == SAME_REQUEST:
        if has_numbers(found.sides[found.proposed].value):
            return say("Phiếu này đã cấp số.", "This one has numbers.")
        return say("Nhập lại trước.", "It was written anew first.")
    if sum(side.changed for side in found.sides) == 1:
        return say(
            "Chỉ một quầy sửa mục này; quầy kia sửa mục khác.",
            "One counter alone changed this field; the other changed another.",
        )
    return say("Ghi sau, đang được dùng.", "Written later, in use now.")


def todo(found: Found) -> str:
    """What has to be done besides the decision, "" for nothing."""
    if found.matter == DOSSIER:
        return say(*CLASH_TODO.get(found.field, ("", "")))
    return say(*_TODO[found.matter])


def _how_far(state: RequestState) -> str:
    numbers = ", ".join(str(one.number) for one in state.originals if one.has_valid_line)
    if numbers:
        return say(f"Đã cấp số {numbers}", f"Has no. {numbers}")
    if state.is_returned:
        return say("Đã trả lại người tiếp nhận", "Sent back to the clerk")
    return say("Chưa cấp số", "No number yet")


def _given_to(receiver: str) -> str:
    return say(f"Trả cho {receiver}", f"Given to {receiver}") if receiver else say(
        "Trả cho chính người nộp", "Given to the requester himself")  # fmt: skip


def _empty() -> str:
    return say("để trống", "empty")
