"""Acts possible now on a dossier for this person: offered by state and role, done in one transaction.

Whether an act is possible is asked of the domain's state; the role table (``law.md`` 7.2) greys it with its
reason, so that nobody wonders where a button went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.catalogue.procedure import CIVIL_STATUS_FIELD
from counter_app.domain.dossiers.clock.running import Phase
from counter_app.domain.dossiers.state import AT_WORK, DossierState, Stage
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services import rules as tables_of_rules
from counter_app.services.dossiers import act_fields as f
from counter_app.services.dossiers import letters
from counter_app.services.lookups import asking
from counter_app.services.ports.dossiers import ActField, ActOffer
from counter_app.services.ports.saying import say, spoken
from counter_app.services.workplace import Workplace

CIVIL_STATUS = "civil_status"
ASK_DATA, UNASK = "ask_data", "unask"
"""Asking a national system, and calling that back: offered where there is something to ask, or that waits."""
SETTLE = "settle"
"""Offered only while an act of another counter could not stand beside what counts."""
_BEFORE = frozenset({Stage.ONLINE})
_OPEN = frozenset(Stage) - {Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED, Stage.RETURNED}

Fields = Callable[[Connection, Workplace, DossierState], tuple[ActField, ...]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One act: words, icon, key, which row of the role table, in which stages, fields."""

    code: str
    words: tuple[str, str]
    icon: str
    right: str
    stages: frozenset[Stage]
    fields: Fields
    key: str = ""
    sealed: bool = False


def _grounds(*_: object) -> tuple[ActField, ...]:
    found = tables_of_rules.dossier_grounds().refusals
    return f.refuse_fields(tuple((one.code, say(one.vi, one.en)) for one in found))


_W, _T, _H = roles.WORK_ON_DOSSIER, roles.TAKE_IN, roles.EXTEND_OR_STOP
_DONE = frozenset({Stage.DONE})
_LIVE = _OPEN - _DONE
_RUNNING = AT_WORK | {Stage.WAITING_FEE}

KINDS: tuple[Kind, ...] = (
    Kind("accept", ("Tiếp nhận hồ sơ", "Accept the dossier"), "circle-check", _T, _BEFORE,
         lambda c, w, s: f.accept_fields(s), "F9"),
    Kind("ask", ("Yêu cầu bổ sung", "Ask for papers"), "file-text", _T, _BEFORE,
         lambda c, w, s: f.ask_fields(s), "B"),
    Kind("refuse", ("Từ chối tiếp nhận", "Refuse"), "circle-x", _T, _BEFORE, _grounds, "R"),
    Kind("bring", ("Nhận giấy bổ sung", "Take in papers"), "paperclip", _T,
         frozenset({Stage.WAITING_CITIZEN}), lambda c, w, s: f.bring_fields(c, s), "N"),
    Kind("take", ("Nhận hồ sơ", "Take the dossier"), "user-check", _W, AT_WORK,
         lambda c, w, s: (f.note(),), "N"),
    Kind("forward", ("Chuyển xử lý", "Hand on"), "send", _W, AT_WORK,
         lambda c, w, s: f.forward_fields(c, w), "C"),
    Kind("opinion", ("Ghi ý kiến", "Write an opinion"), "notes", _W, AT_WORK,
         lambda c, w, s: (ActField("opinion", say("Ý kiến", "Opinion"), "words", True),), "Y"),
    Kind("vet", ("Yêu cầu bổ sung", "Ask for papers"), "file-text", _W, AT_WORK,
         lambda c, w, s: f.ask_fields(s), "B"),
    Kind("look_up", ("Ghi kết quả tra cứu", "Record a look-up"), "search", _W, _LIVE,
         lambda c, w, s: f.look_up_fields(c, s), "U"),
    Kind(ASK_DATA, ("Hỏi cơ sở dữ liệu", "Ask the databases"), "database-import", roles.LOOK_UP_POPULATION,
         _LIVE, lambda c, w, s: f.ask_data_fields(c, s), "A"),
    Kind(UNASK, ("Rút câu hỏi tra cứu", "Call a question back"), "arrow-back-up", _T, _LIVE,
         lambda c, w, s: f.unask_fields(c, s), "Z"),
    Kind("draft", ("Trình dự thảo", "Submit a draft"), "writing-sign", _W,
         AT_WORK - {Stage.AWAITING_DECISION}, lambda c, w, s: f.draft_fields(), "T"),
    Kind("send_back", ("Trả lại dự thảo", "Send the draft back"), "arrow-back-up", _W,
         frozenset({Stage.AWAITING_DECISION}), lambda c, w, s: (f.reason(),), "L"),
    Kind("result", ("Ghi kết quả", "Record the result"), "file-check", _W, AT_WORK,
         lambda c, w, s: f.result_fields(s), "K"),
    Kind("duty", ("Yêu cầu nộp tiền", "Ask for a payment"), "coin", _W, AT_WORK,
         lambda c, w, s: f.money_fields(label=True), "D"),
    Kind("duty_met", ("Ghi đã nộp tiền", "Record the payment"), "receipt", _T,
         frozenset({Stage.WAITING_FEE}),
         lambda c, w, s: (ActField("proof", say("Chứng từ", "Proof"), "text", True),), "D"),
    Kind("fee", ("Sửa mức thu", "Change the charge"), "coin", _T, _OPEN,
         lambda c, w, s: f.money_fields(label=False), "M"),
    Kind("extend", ("Xin lỗi, hẹn lại", "Apologise, new date"), "calendar-event", _H, _RUNNING,
         lambda c, w, s: f.extend_fields(), "H", True),
    Kind("stop", ("Dừng giải quyết", "Stop"), "player-stop", _H, _LIVE - _BEFORE,
         lambda c, w, s: f.leaving_fields(say("Căn cứ dừng", "Ground of the stop")), "S", True),
    Kind("withdraw", ("Rút hồ sơ", "Withdraw"), "arrow-back-up", _T, _LIVE,
         lambda c, w, s: f.leaving_fields(say("Lý do rút", "Why it is withdrawn")), "W"),
    Kind("ready", ("Xếp vào ngăn", "Put into a drawer"), "archive", _T, _DONE,
         lambda c, w, s: (ActField("drawer", say("Ngăn", "Drawer"), "text", value=s.drawer),), "N"),
    Kind("contact", ("Báo người dân", "Tell the requester"), "phone", _T, _OPEN,
         lambda c, w, s: f.contact_fields(), "G"),
    Kind("uncollected", ("Ghi chưa đến nhận", "Note that nobody came"), "clock", _T, _DONE,
         lambda c, w, s: (f.reason(say("Việc đã làm", "What was done")),), "X"),
    Kind("correct", ("Đính chính", "Correct particulars"), "pencil", _T, frozenset(Stage) - _BEFORE,
         lambda c, w, s: f.correct_fields(s), "E"),
    Kind(SETTLE, ("Xử lý việc trùng", "Settle the clash"), "checks", _T, frozenset(Stage),
         lambda c, w, s: f.clash_fields(""), "V"),
)  # fmt: skip
"""Every act of a dossier's page, in the order of its life."""

BY_CODE = {kind.code: kind for kind in KINDS}


def offers(
    connection: Connection, work: Workplace, state: DossierState, person: OfficialState, clash: str = ""
) -> tuple[ActOffer, ...]:
    """What the page offers; an act that this person may not do is grey and says why.

    ``clash``: code of the first act that could not stand and nobody has settled yet.
    """
    found = []
    has_act = letters.act_for(connection, work, person, work.day()) is not None
    for kind in KINDS:
        if not is_possible(kind, state) or (kind.code == SETTLE and not clash):
            continue
        if (kind.code == ASK_DATA and not asking.askable(connection, state)) or (
            kind.code == UNASK and not asking.open_rows(connection, state.id)
        ):
            continue
        refused = may(kind, state, person, with_act=has_act) or impossible_now(kind, state)
        if kind.code == ASK_DATA:
            refused = asking.why_not(connection, work, person, work.now())
        why = "" if refused is None else refused.words(spoken()).title
        asked = f.clash_fields(clash) if kind.code == SETTLE else kind.fields(connection, work, state)
        fields = () if why else asked
        found.append(ActOffer(kind.code, say(*kind.words), kind.icon, fields, kind.key, kind.sealed, why))
    return tuple(found)


def is_possible(kind: Kind, state: DossierState) -> bool:
    """The stage has this act at all."""
    if kind.code == "take" and state.place.by is not None and state.stage is not Stage.ACCEPTED:
        return not state.place.taken
    return state.stage in kind.stages


def impossible_now(kind: Kind, state: DossierState) -> DomainError | None:
    """An act of this stage that the clock rules out, told before anything is typed."""
    clock = state.clock
    if kind.code == "extend":
        if clock.phase is not Phase.RUNNING or clock.due is None:
            return DomainError("Chưa có hạn để gia hạn.", code="clock.no_due",
                               title_en="There is no date to extend.")  # fmt: skip
        if clock.extended:
            return DomainError("Hồ sơ đã được hẹn lại một lần.", code="clock.second_extension",
                               title_en="A new date was given once.")  # fmt: skip
    return None


def may(
    kind: Kind, state: DossierState, person: OfficialState, *, with_act: bool = False
) -> DomainError | None:
    """The role table's answer; the registrar's right reaches dossiers of civil status only.

    ``with_act``: a written act for letters about dossiers is in force.
    """
    by_name = kind.right == roles.LOOK_UP_POPULATION  # whose right it is, the decision asks
    letters_act = with_act and kind.right == roles.EXTEND_OR_STOP
    refused = roles.may(person, kind.right, with_act=by_name or letters_act)
    if refused is not None or kind.right != roles.WORK_ON_DOSSIER:
        return refused
    limits = roles.reach(person.roles, kind.right)
    if CIVIL_STATUS in limits and state.procedure.field != CIVIL_STATUS_FIELD:
        return DomainError("Công chức tư pháp - hộ tịch chỉ giải quyết hồ sơ hộ tịch.", code="role.reach",
                           title_en="The registrar works on dossiers of civil status only.")  # fmt: skip
    return None
