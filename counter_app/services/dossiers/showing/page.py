"""The page of one dossier: state, why this date, papers, money, history, acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from counter_app.domain.dates import PartialDate, vn_instant
from counter_app.domain.dossiers.acts.intake import limit_rule
from counter_app.domain.dossiers.clock.due import due_of
from counter_app.domain.dossiers.clock.running import Phase
from counter_app.domain.dossiers.portal import PORTAL_WORDS, portal_state
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.dossiers import bringing
from counter_app.services.dossiers.acts import offers
from counter_app.services.dossiers.showing import words
from counter_app.services.dossiers.showing.timeline import rows_of
from counter_app.services.lookups import words as lookup_words
from counter_app.services.ports.dossiers import DossierView, FieldForOther, PaperLine
from counter_app.services.ports.saying import noticed, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import exchange

Pair = tuple[str, str]


def view_of(
    connection: Connection, work: Workplace, folded: Folded, person: OfficialState, now: int
) -> DossierView:
    """Everything the page shows; a dossier that cannot be acted on here is read-only and says why."""
    state: DossierState = folded.state
    calendar = work.rules(connection).calendar
    clock = state.clock
    due, asked = _ms(clock.due), _ms(clock.asked)
    second, kind = words.left(state.stage.value, due, asked, state.accept_by, calendar, now)
    vi, en = PORTAL_WORDS[portal_state(state)]
    read_only = banner(folded)
    marks, answers = exchange.marks(connection), lookup_words.on_rows(connection, work, state.id, now)
    return DossierView(
        dossier=state.id,
        title=f"{state.party.name} · {state.procedure.name}",
        short_code=words.short_code(state.code, state.portal_code),
        codes=_codes(state),
        state=_record_state(folded),
        due=words.moment(due),
        due_second=second,
        due_kind=kind,
        why_due=_why(connection, work, state),
        party=_party(state),
        companions=tuple((say(*words.ROLES.get(c.role, (c.role, c.role))), c.name) for c in state.companions),
        papers=tuple(
            PaperLine(p.row, p.name, p.state, " · ".join(filter(None, (p.note, answers.get(p.row, "")))))
            for p in bringing.after(connection, state, ())[0]
        ),
        money=_money(state),
        place=_place(state),
        result=_result(state),
        forms=tuple(
            (form.form, say(f"Mẫu {form.form}, quyển {form.book}, số {form.number}",
                            f"Form {form.form}, book {form.book}, no. {form.number}"))
            for form in state.forms
        ),
        timeline=rows_of(connection, work, folded),
        acts=() if read_only else offers(connection, work, state, person, _first_clash(folded)),
        for_other=_for_other(state),
        portal=say(vi, en),
        sync="received" if all(marks.get(e.journal, 0) >= e.seq for e in folded.latest) else "waiting",
        read_only=read_only,
    )  # fmt: skip


def banner(folded: Folded) -> str:
    """Why nobody acts on it here, "" when one may."""
    if folded.frozen:
        return say("Chỉ xem: cần bản mới để xử lý tiếp.", "Read only: a newer version is needed.")
    if folded.waiting:
        return say("Chưa đủ dữ liệu.", "Some of its data has not arrived.")
    return ""


def _record_state(folded: Folded) -> str:
    state: DossierState = folded.state
    if folded.frozen or folded.waiting:
        return "incomplete_data"
    return "two_versions" if folded.open_conflicts else words.RECORD_STATES[state.stage.value]


def _first_clash(folded: Folded) -> str:
    return next((found.code for found in folded.open_conflicts), "")


def _ms(moment: datetime | None) -> int:
    return 0 if moment is None else vn_instant(moment)


def _codes(state: DossierState) -> tuple[Pair, ...]:
    found = (
        (say("Mã tạm", "Provisional code"), state.code),
        (say("Mã chính thức của tỉnh", "Official code"), state.official_code),
        (say("Mã trên Cổng dịch vụ công", "Portal code"), state.portal_code),
    )
    return tuple((label, code) for label, code in found if code)


def _why(connection: Connection, work: Workplace, state: DossierState) -> tuple[str, ...]:
    """The steps that led to the date in force; an extended date says so, a waiting one has none."""
    clock = state.clock
    if clock.phase is Phase.WAITING:
        return (say("Đang chờ dân bổ sung: chưa có hạn, tính lại từ đầu khi đủ giấy tờ.",
                    "Waits for papers: no date; the limit starts from zero when all is there."),)  # fmt: skip
    if clock.since is None or clock.due is None:
        return ()
    try:
        steps = due_of(limit_rule(state.limit), clock.since, work.rules(connection).calendar).steps
    except DomainError:
        return ()
    told = tuple(noticed(step) for step in steps)
    if not clock.extended:
        return told
    moved = f"{clock.due:%H:%M %d/%m/%Y}"
    return (*told, say(f"Đã xin lỗi, hẹn lại {moved}.", f"Apologised; the new date is {moved}."))


def _party(state: DossierState) -> tuple[Pair, ...]:
    party = state.party
    birth = PartialDate.from_int(party.birth)
    found = (
        (say("Người nộp", "For"), party.name),
        (say("Số giấy tờ", "Identity"), party.id_number),
        (say("Ngày sinh", "Born"), "" if birth is None else birth.text),
        (say("Nơi cư trú", "Address"), party.address),
        (say("Điện thoại", "Phone"), party.phone),
        (say("Thư điện tử", "E-mail"), party.email),
        (say("Kênh nộp", "Channel"), say(*words.CHANNELS.get(state.channel, (state.channel, state.channel)))),
    )
    return tuple((label, text) for label, text in found if text)


def _money(state: DossierState) -> tuple[Pair, ...]:
    rows = []
    for line in state.fees:
        amount = money_figures(line.amount) if line.known else say("chưa có mức", "no rate known")
        if line.exemption:
            amount = say(f"miễn: {line.ground}", f"waived: {line.ground}")
        rows.append((line.label, amount))
    rows.append((say("Đã thu", "Taken"), money_figures(state.paid)))
    if state.to_pay:
        rows.append((say("Còn thu", "To be paid"), money_figures(state.to_pay)))
    return tuple(rows)


def _place(state: DossierState) -> str:
    place = state.place
    if not place.name:
        return say("Chưa giao ai", "With nobody yet") if place.by is None else ""
    return place.name if place.taken else say(f"{place.name}, chưa nhận", f"{place.name}, not taken yet")


def _result(state: DossierState) -> tuple[Pair, ...]:
    result = state.result
    if result is None:
        return ()
    day = PartialDate.from_int(result.date)
    found = (
        (say("Văn bản", "Document"), result.title),
        (say("Số", "Number"), result.number),
        (say("Ngày", "Date"), "" if day is None else day.text),
        (say("Người ký", "Signed by"), result.signer),
        (say("Ngăn", "Drawer"), state.drawer),
        (say("Đã trả", "Returned"), words.moment(state.returned_at)),
    )  # fmt: skip
    return tuple((label, text) for label, text in found if text)


def _for_other(state: DossierState) -> tuple[FieldForOther, ...]:
    """What a national system's form asks for, one after the other to the clipboard."""
    party = state.party
    birth = PartialDate.from_int(party.birth)
    found = (
        ("procedure", say("Mã thủ tục", "Procedure"), state.procedure.code),
        ("code", say("Mã hồ sơ", "Code"), state.official_code or state.portal_code or state.code),
        ("name", say("Họ và tên", "Name"), party.name),
        ("id_number", say("Số giấy tờ", "Identity"), party.id_number),
        ("birth", say("Ngày sinh", "Born"), "" if birth is None else birth.text),
        ("address", say("Nơi cư trú", "Address"), party.address),
        ("phone", say("Điện thoại", "Phone"), party.phone),
    )
    return tuple(FieldForOther(*one) for one in found if one[2])
