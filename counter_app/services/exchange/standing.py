"""What parts this PC from the others, each in words with its way out; the worst first (``sync.md`` 5, 8)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.errors import Words
from counter_app.services.exchange.equality import last_proof
from counter_app.services.ports.exchange import TroubleView
from counter_app.services.ports.saying import counted, said, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import apart, strays

REVOKED, STOPPED, FORKED, STRAY, NEWER, APART = "revoked", "stopped", "forked", "stray", "newer", "apart"

_REVOKED = (
    Words(
        "Tỉnh đã thu hồi máy này.",
        "Việc làm sau khi thu hồi không được tính; việc trước đó vẫn nguyên.",
        "Dừng nhận hồ sơ ở máy này. Gọi tỉnh: được dùng lại thì xin tệp cấp phát mới.",
    ),
    Words(
        "The province revoked this PC.",
        "What is done after it does not count; what was done before stays.",
        "Take nothing in here. Call the province: to go on, ask for a new provisioning file.",
    ),
)
_STOPPED = (
    Words(
        "Máy này tạm ngừng ghi: có hai bản của cùng một kho dữ liệu.",
        "Không mất gì; nhánh có trước được giữ, nhánh kia để riêng.",
        "Đóng rồi mở lại chương trình: máy tự mở nhật ký mới. Tắt hẳn bản còn lại.",
    ),
    Words(
        "This PC has stopped writing: two copies of one store exist.",
        "Nothing is lost; the branch that came first is kept, the other lies apart.",
        "Close the program and start it again: it opens a new journal. Switch the other copy off.",
    ),
)


def troubles(work: Workplace, connection: Connection) -> tuple[TroubleView, ...]:
    """Everything that parts this PC from the others now, the worst first; empty when all is well."""
    found: list[TroubleView] = []
    if apart.is_revoked(connection):
        found.append(_view(REVOKED, _REVOKED))
    if apart.stopped(connection):
        found.append(_view(STOPPED, _STOPPED))
    found += [_view(FORKED, _forked(work, connection, one)) for one in apart.open_forks(connection)]
    if apart.stray_count(connection) and (count := strays.left_count(connection)):
        found.append(_view(STRAY, _stray(count)))
    if count := apart.unread_cases(connection):
        found.append(_view(NEWER, _newer(count)))
    proof = last_proof(work, connection)
    if proof.bad:
        found.append(TroubleView(APART, proof.words, "", proof.remedy))
    return tuple(found)


def _view(code: str, words: tuple[Words, Words]) -> TroubleView:
    told = said(words)
    return TroubleView(code, told.title, told.meaning, told.remedy)


def _forked(work: Workplace, connection: Connection, journal: int) -> tuple[Words, Words]:
    name = work.counter_name(connection, journal) or f"{journal}"
    return (
        Words(
            f"Có hai bản của máy {name} cùng làm việc.",
            "Nhánh có trước được giữ; việc của nhánh kia để riêng, không vào sổ.",
            f"Tắt bản sao của {name}; ở máy thật đóng rồi mở lại chương trình để mở nhật ký mới.",
        ),
        Words(
            f"Two copies of {name} were at work.",
            "The branch that came first is kept; the other's acts lie apart, in no register.",
            f"Switch the copy of {name} off; on the real one restart the program: it opens a new journal.",
        ),
    )


def _stray(count: int) -> tuple[Words, Words]:
    return (
        Words(
            f"{count} việc làm lạc đang để riêng.",
            "Do một bản sao của máy làm ra; còn nguyên nhưng không vào sổ.",
            "Hai cán bộ xem và nhập lại: Cài đặt, Đối chiếu việc trùng, thẻ Việc lạc.",
        ),
        Words(
            f"{counted(count, 'stray act lies', 'stray acts lie')} apart.",
            "A copy of a PC made them; they are whole and in no register.",
            "Two officials look and write them anew: settings, contradictions, tab Stray acts.",
        ),
    )


def _newer(count: int) -> tuple[Words, Words]:
    return (
        Words(
            f"{count} hồ sơ có mục của bản mới hơn.",
            "Chỉ xem được trên máy này; không mất gì.",
            "Cập nhật chương trình trên máy này rồi làm tiếp.",
        ),
        Words(
            f"{counted(count, 'case holds', 'cases hold')} entries of a newer version.",
            "They can be looked at here; nothing is lost.",
            "Update the program on this PC, then go on.",
        ),
    )


def pill_words(worst: TroubleView) -> str:
    """What the pill says instead of "synced": the province holds the places, not the entries; "" else."""
    short = _SHORT.get(worst.code)
    return "" if short is None else say(*short)


_SHORT = {
    REVOKED: ("Máy đã bị thu hồi", "PC revoked"),
    STOPPED: ("Máy tạm ngừng ghi", "PC has stopped writing"),
    APART: ("Không khớp với tỉnh", "Differs from the province"),
}
