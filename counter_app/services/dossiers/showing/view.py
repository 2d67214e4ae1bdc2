"""What the intake page shows for a form: check-list in groups, fee, date with its steps, notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import Row, wants_look_up
from counter_app.domain.catalogue.procedure import IF, ONE_OF, Procedure
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.acts.intake import due_of_intake
from counter_app.domain.dossiers.clock.due import Due
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups.asking import has_number
from counter_app.domain.money.cash import read_given, short_notice
from counter_app.domain.organisation.state import OfficialState
from counter_app.services import rules as tables_of_rules
from counter_app.services.dossiers.checking import Shown, checked
from counter_app.services.dossiers.showing import words
from counter_app.services.dossiers.showing.reading import IntakeRead
from counter_app.services.lookups import asking
from counter_app.services.lookups import words as lookup_words
from counter_app.services.ports.copies import INFO, LOOK, STOP, MoneyLine, Notice
from counter_app.services.ports.intake import (
    ACCEPT,
    ASK,
    REFUSE,
    DueStep,
    IntakeView,
    PaperRow,
    ProcedureHit,
)
from counter_app.services.ports.saying import noticed, say, spoken
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as dossier_queries
from counter_app.storage.queries.dossiers import DossierRow

MOST_NAMED = 5
"""Missing papers named in the sentence; the check-list shows them all."""


def outcome_of(read: IntakeRead) -> str:
    """What F9 would do: as chosen, else form 02 for a reviewed procedure that misses papers."""
    if read.form.outcome in (ACCEPT, ASK, REFUSE):
        return read.form.outcome
    asks = read.procedure is not None and read.procedure.reviewed and not read.checklist.is_complete
    return ASK if asks else ACCEPT


def view_of(
    connection: Connection, work: Workplace, read: IntakeRead, clerk: OfficialState | None = None
) -> IntakeView:
    """Everything the page shows to ``clerk``."""
    outcome = outcome_of(read)
    twin = twin_of(connection, read)
    due, trouble = due_of_form(read) if outcome == ACCEPT else (None, [])
    change, money_trouble = _change(read, outcome)
    checks = checked(connection, work, read, outcome, clerk)
    notices = [*stops(read, outcome, checks), *looks(read, outcome, twin, checks), *trouble, *money_trouble]
    answers = _answers(connection, work, read, clerk)
    procedure, fees = read.procedure, () if read.intake is None else read.intake.fees
    return IntakeView(
        procedure=None if procedure is None else hit(procedure, read.day),
        papers=tuple(paper_row(row, answers.get(row.place, "")) for row in read.checklist.rows),
        cases=read.checklist.cases(),
        missing_words=missing_words(read),
        money=tuple(_money_line(line.kind, line.amount, line.exemption) for line in fees if line.known),
        total=read.total,
        fee_known=all(line.known for line in fees),
        limit_known=read.intake is not None and bool(read.intake.limit.unit),
        change=change,
        due="" if due is None or due.due is None else f"{due.due:%H:%M %d/%m/%Y}",
        due_steps=tuple(DueStep(noticed(step)) for step in (() if due is None else due.steps)),
        deliver_at=_deliver_at(work, read.form.deliver),
        routed=_routed(read),
        open_twin=None if twin is None else twin.id,
        notices=tuple(notices),
        outcome=outcome,
        commit_label=commit_label(outcome),
        can_commit=not any(notice.level in (STOP, LOOK) for notice in notices),
        form_set="one_stop" if procedure is None else procedure.form_set,
    )


def hit(procedure: Procedure, day: date) -> ProcedureHit:
    """A procedure with its limit and fee of the day in words."""
    return ProcedureHit(
        procedure.code, procedure.title, procedure.field, words.limit_words(procedure.limit(day)),
        words.fee_words(procedure.fee(day)), procedure.reviewed, next(iter(procedure.aliases), ""),
    )  # fmt: skip


def commit_label(outcome: str) -> str:
    """The button says what F9 does (``ux.md`` 4.3)."""
    return {
        ACCEPT: say("Lưu, in giấy tiếp nhận và hẹn", "Save, print the slip"),
        ASK: say("Lưu, in phiếu bổ sung", "Save, print the request for papers"),
        REFUSE: say("Lưu, in phiếu từ chối", "Save, print the refusal"),
    }[outcome]


def _answers(
    connection: Connection, work: Workplace, read: IntakeRead, clerk: OfficialState | None
) -> dict[int, str]:
    """What systems said about rows of a held dossier, and which F9 asks."""
    dossier = read.form.dossier
    held = {} if dossier is None else lookup_words.on_rows(connection, work, dossier, read.at)
    if held or read.intake is None or not has_number(read.intake.party):
        return held
    asked = asking.will_ask(connection, work, clerk, read.checklist, read.at)
    return {row: say(f"hỏi {name} khi lưu", f"{name} is asked when saved") for row, name in asked.items()}


def paper_row(row: Row, answer: str = "") -> PaperRow:
    """One row of the check-list; ``answer`` as in ``PaperRow``."""
    paper, group = row.paper, row.paper.group
    wanted = [
        say(f"{count} {vi}", f"{count} {en}")
        for count, vi, en in ((paper.originals, "bản chính", "original"), (paper.copies, "bản sao", "copy"))
        if count
    ]
    heading = {
        ONE_OF: say("một trong các", "one of"),
        IF: group.condition,
    }.get(group.kind, group.condition)
    return PaperRow(
        row.place, group.kind, group.key, heading, paper.title, paper.whole_text, ", ".join(wanted),
        paper.mode, row.applies, wants_look_up(row), row.state, row.missing, answer,
    )  # fmt: skip


def missing_words(read: IntakeRead) -> str:
    """``Thiếu: Giấy chứng sinh, hoặc …; Tờ khai.``, "" when nothing is missing."""
    rows, missing = read.checklist.rows, read.checklist.missing
    if not missing:
        return ""
    named = []
    for row in missing[:MOST_NAMED]:
        group = row.paper.group
        names = [row.paper.title]
        if group.kind == ONE_OF:
            names = [
                r.paper.title for r in rows if r.paper.group.kind == ONE_OF and r.paper.group.key == group.key
            ]
        named.append(say(", hoặc ", ", or ").join(names))
    more = len(missing) - len(named)
    rest = say(f"; và {more} giấy tờ khác", f"; and {more} more") if more else ""
    return say(f"Thiếu: {'; '.join(named)}{rest}.", f"Missing: {'; '.join(named)}{rest}.")


def stop_of(error: DomainError) -> Notice:
    """A fault as the page shows it."""
    text = error.words(spoken())
    detail = " ".join(part for part in (text.meaning, text.remedy) if part)
    return Notice(STOP, error.code, text.title, detail, field=error.field or "")


def stops(read: IntakeRead, outcome: str, checks: Sequence[Shown] = ()) -> list[Notice]:
    """Everything that stops F9, in the order of the page."""
    found = [stop_of(fault) for fault in read.faults]
    found += [Notice(STOP, code, title, detail, field=field)
              for level, code, title, detail, field in checks if level == STOP]  # fmt: skip
    reviewed = read.procedure is not None and read.procedure.reviewed
    if outcome == ACCEPT and reviewed and not read.checklist.is_complete:
        title = say("Hồ sơ chưa đủ thì chưa nhận được.", "An incomplete dossier cannot be accepted.")
        found.append(Notice(STOP, "dossier.incomplete", title, missing_words(read), field="papers"))
    if outcome == ASK and read.procedure is not None and read.checklist.is_complete:
        found.append(Notice(STOP, "dossier.nothing_asked", say("Chưa chọn giấy tờ cần bổ sung.",
                     "No paper is chosen that must be completed."), field="papers"))  # fmt: skip
    if outcome == REFUSE and not read.form.reason.strip():
        found.append(Notice(STOP, "dossier.reason", say("Ghi lý do từ chối.", "Write why it is refused."),
                            field="reason"))  # fmt: skip
    return found


def looks(
    read: IntakeRead, outcome: str, twin: DossierRow | None, checks: Sequence[Shown] = ()
) -> list[Notice]:
    """Amber notices, those already seen as information, and what a check says as information."""
    amber = [shown[1:] for shown in checks if shown[0] == LOOK]
    said = {code for code, *_ in amber}
    of_person = read.person.notices if read.person else ()
    found = [(n.code, noticed(n), "", n.field or "") for n in of_person if n.code not in said] + amber
    procedure, intake = read.procedure, read.intake
    if procedure is not None and intake is not None:
        if not procedure.reviewed and not read.checklist.is_complete and outcome != REFUSE:
            found.append(("procedure.unreviewed", say(
                "Thủ tục chưa rà soát: người tiếp nhận tự quyết giấy tờ còn thiếu.",
                "The procedure is not reviewed: the clerk decides about missing papers."),
                missing_words(read), "papers"))  # fmt: skip
        if not intake.limit.unit and outcome == ACCEPT:
            found.append(("limit.unknown", say("Chưa có thời hạn: phiếu không có ngày hẹn.",
                          "No limit is known: the slip has no date."), "", "limit"))  # fmt: skip
        if any(not line.known for line in intake.fees) and outcome == ACCEPT:
            found.append(("fee.unknown", say("Chưa có mức thu: nhập mức kèm căn cứ, hoặc để sau.",
                          "No rate is known: type it with its ground, or later."), "", "fee"))  # fmt: skip
    if read.form.party.unit_text.strip() and not read.form.party.unit:
        title = say("Chưa chọn được xã. Gõ vài chữ tên xã, ví dụ “ta leng”.",
                    "No commune is chosen. Type a few letters, such as “ta leng”.")  # fmt: skip
        found.append(("party.unit", title, "", "unit"))
    if twin is not None:
        found.append(("dossier.twin", *_twin_words(twin), "procedure"))
    seen = read.form.seen
    told = [Notice(level, code, title, detail, field=field)
            for level, code, title, detail, field in checks if level == INFO]  # fmt: skip
    return [
        Notice(INFO if code in seen else LOOK, code, title, detail, field=field)
        for code, title, detail, field in found
    ] + told


def twin_of(connection: Connection, read: IntakeRead) -> DossierRow | None:
    """An open dossier of the same person and procedure, other than the one on the page."""
    if read.intake is None:
        return None
    found = dossier_queries.twin(connection, read.intake.party.id_number, read.intake.procedure.code)
    return None if found is None or found.id == read.form.dossier else found


def _twin_words(twin: DossierRow) -> tuple[str, str]:
    code, day = words.short_code(twin.code, twin.portal_code), f"{vn_date(twin.submitted_at):%d/%m}"
    state = say(*words.STAGES[twin.stage]).lower()
    return (
        say(f"Đã có hồ sơ {code} ngày {day}, {state}.", f"There is dossier {code} of {day}: {state}."),
        say("Ctrl+O để mở, Alt+Enter để lập mới.", "Ctrl+O opens it, Alt+Enter begins another."),
    )


def due_of_form(read: IntakeRead) -> tuple[Due | None, list[Notice]]:
    """The date on form 01, or why there is none."""
    if read.intake is None:
        return None, []
    try:
        return due_of_intake(read.intake, read.rules.calendar), []
    except DomainError as error:
        return None, [stop_of(error)]


def _change(read: IntakeRead, outcome: str) -> tuple[int, list[Notice]]:
    if not read.pays_now or outcome != ACCEPT:
        return 0, []
    try:
        given = read_given(read.form.given, read.total)
    except DomainError as error:
        return 0, [stop_of(error)]
    if given >= read.total:
        return given - read.total, []
    short = short_notice(given, read.total)
    hint = say("Nhận thêm tiền, hoặc Ctrl+M để thu khi trả.", "Take more, or Ctrl+M to take it at return.")
    return given - read.total, [Notice(LOOK, short.code, noticed(short), hint, field="given")]


def _money_line(kind: str, amount: int, exemption: str) -> MoneyLine:
    label = say(*words.fee_label(kind))
    if exemption:
        reason = tables_of_rules.dossier_grounds().exemption(exemption)
        why = "" if reason is None else say(reason.vi, reason.en)
        return MoneyLine(say(f"Miễn {label.lower()}: {why}", f"{label} waived: {why}"), 0)
    return MoneyLine(label, amount)


def _deliver_at(work: Workplace, deliver: str) -> str:
    if deliver == "post":
        return say("Gửi bưu chính công ích", "By public post")
    if deliver == "online":
        return say("Trên Cổng dịch vụ công quốc gia", "On the national portal")
    return work.place.issuing


def _routed(read: IntakeRead) -> str:
    """The purple line of a dossier that another unit decides."""
    if read.intake is None or not read.intake.competent:
        return ""
    found = tables_of_rules.places().unit(read.intake.competent)
    name = read.intake.competent if found is None else f"{found.name}, {found.province}"
    return say(
        f"Ngoài địa bàn xã: tiếp nhận phi địa giới, tự chuyển về UBND {name} khi có mạng.",
        f"Outside this commune: goes to {name} by itself when the line is back.",
    )
