"""The history of a dossier as readable rows: who did what, where, whether the province has it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.domain.arrival.entries import OldDossierTaken
from counter_app.domain.certification.entries import Printed
from counter_app.domain.contradictions.entries import ContradictionSettled
from counter_app.domain.dates import moment_text
from counter_app.domain.dossiers import entries as d
from counter_app.domain.dossiers import fold
from counter_app.domain.dossiers.portal import PORTAL_WORDS
from counter_app.domain.field_types import Body
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.lookups import entries as lookups
from counter_app.domain.money import entries as m
from counter_app.domain.money_words import money_figures
from counter_app.domain.strays.entries import StraysSettled
from counter_app.services.dossiers.showing import words
from counter_app.services.lookups.words import short_name
from counter_app.services.ports.dossiers import TimelineRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries import exchange
from counter_app.storage.queries import unit as unit_queries

TITLES: dict[type[Body], tuple[str, str, str]] = {
    d.DossierSubmitted: ("Nộp hồ sơ", "Handed in", "file-plus"),
    d.OnlineDossierArrived: ("Nộp trực tuyến", "Filed online", "world-download"),
    d.DossierAccepted: ("Tiếp nhận, in giấy hẹn", "Accepted, slip printed", "circle-check"),
    d.SupplementRequested: ("Yêu cầu bổ sung", "Papers asked for", "file-text"),
    d.SupplementBrought: ("Nhận giấy tờ bổ sung", "Papers brought", "file-plus"),
    d.DossierRefused: ("Từ chối tiếp nhận", "Refused", "ban"),
    d.DossierForwarded: ("Giao", "Handed on", "package-export"),
    d.DossierTaken: ("Nhận", "Taken", "user"),
    d.OpinionGiven: ("Ý kiến", "Opinion", "pencil"),
    d.DraftPrepared: ("Trình dự thảo", "Draft submitted", "writing-sign"),
    d.DraftSentBack: ("Trả lại dự thảo", "Draft sent back", "alert-circle"),
    d.ResultRecorded: ("Có kết quả", "Result recorded", "circle-check"),
    d.ResultReady: ("Kết quả về quầy", "Result at the counter", "package-export"),
    d.ResultReturned: ("Trả kết quả", "Result returned", "checks"),
    d.ContactTried: ("Báo người nộp", "Requester told", "user"),
    d.UncollectedNoted: ("Chưa đến nhận", "Not collected", "alert-circle"),
    d.DueExtended: ("Xin lỗi, gia hạn", "Apology and new date", "calendar-due"),
    d.DossierStopped: ("Dừng giải quyết", "Stopped", "ban"),
    d.DossierWithdrawn: ("Rút hồ sơ", "Withdrawn", "ban"),
    d.FinancialDutyAsked: ("Yêu cầu nghĩa vụ tài chính", "Payment asked for", "cash"),
    d.FinancialDutyMet: ("Đã nộp nghĩa vụ tài chính", "Payment made", "cash"),
    d.FeesSet: ("Sửa mức thu", "Charges set anew", "cash"),
    d.PaperLookedUp: ("Tra cứu dữ liệu", "Data looked up", "search"),
    d.PartyCorrected: ("Đính chính", "Corrected", "pencil"),
    d.ClashSettled: ("Xử lý việc trùng", "Clash settled", "checks"),
    OldDossierTaken: ("Chép từ sổ cũ", "Copied from the old register", "book"),
    ContradictionSettled: ("Quyết định việc trùng", "Contradiction decided", "git-merge"),
    StraysSettled: ("Nhập lại việc lạc", "Stray acts written anew", "git-merge"),
    d.OfficialCodeGiven: ("Có mã chính thức", "Official code given", "circle-check"),
    d.PortalStateReported: ("Cổng Dịch vụ công báo", "The portal reports", "world-download"),
    lookups.LookupAsked: ("Hỏi cơ sở dữ liệu", "A database is asked", "search"),
    lookups.LookupAnswered: ("Trả lời tra cứu", "Answer of a database", "database"),
    lookups.LookupWithdrawn: ("Rút câu hỏi tra cứu", "A question is called back", "arrow-back-up"),
    m.ReceiptIssued: ("Thu tiền, biên lai", "Money taken, receipt", "cash"),
    m.ProvisionalSlipIssued: ("Thu tiền, phiếu thu tạm", "Money taken, slip", "cash"),
    m.ReceiptVoided: ("Hủy biên lai", "Receipt voided", "cash"),
    m.Refunded: ("Hoàn tiền", "Refund", "cash"),
    Printed: ("In giấy", "Printed", "printer"),
}
"""Words (Vietnamese, English) and icon of every kind that a dossier's history holds."""

CLASHES = {
    fold.ENDED: ("Không tính: hồ sơ đã kết thúc trước đó.", "Does not count: the dossier had ended."),
    fold.ACCEPTED_TWICE: ("Không tính: đã tiếp nhận ở quầy khác.", "Does not count: accepted elsewhere."),
    fold.RESULT_TWICE: ("Không tính: đã có kết quả khác.", "Does not count: another result came first."),
    fold.RETURNED_TWICE: ("Không tính: đã trả ở quầy khác.", "Does not count: returned elsewhere."),
    fold.EXTENDED_TWICE: ("Không tính: đã gia hạn một lần.", "Does not count: extended once before."),
    fold.NOT_WAITING: ("Không tính: hồ sơ không còn chờ.", "Does not count: it no longer waited."),
    fold.NOT_RUNNING: ("Không tính: hồ sơ đang chờ dân.", "Does not count: it waits for the citizen."),
}


def clash_words(code: str) -> str:
    """Why an act does not count, "" for one that does."""
    return say(*CLASHES.get(code, (code, code))) if code else ""


def rows_of(connection: Connection, work: Workplace, folded: Folded) -> tuple[TimelineRow, ...]:
    """Every entry about the dossier, the newest last."""
    names = {row.id: row.name for row in unit_queries.officials(connection, active_only=False)}
    clashes = {found.entry: found.code for found in folded.conflicts}
    marks = exchange.marks(connection)
    found = []
    for fact in queries.history(connection, folded.subject):
        title = TITLES.get(type(fact.body))
        if title is None:
            title = ("Cần bản mới để đọc mục này", "A newer version is needed to read this", "help-circle")
        clash = clashes.get(fact.id, "")
        found.append(
            TimelineRow(
                at=fact.at,
                when=moment_text(fact.at, "%H:%M %d/%m/%Y"),
                who=names.get(fact.facts.actor, "") if fact.facts.actor else say("Tỉnh", "The province"),
                post=work.counter_name(connection, fact.id.journal),
                title=say(title[0], title[1]),
                words=_words(fact),
                kind=title[2],
                sync="received" if marks.get(fact.id.journal, 0) >= fact.id.seq else "waiting",
                contested=clash_words(clash),
            )
        )
    return tuple(found)


def _words(fact: Fact) -> str:
    """What an entry says beside its title."""
    body: Any = fact.body
    match body:
        case d.DossierSubmitted():
            return say(*words.CHANNELS.get(body.channel, (body.channel, body.channel)))
        case d.OnlineDossierArrived():
            return body.portal_code
        case d.DossierAccepted():
            return f"{_number(body)}{_due(body.due_at)}"
        case d.SupplementRequested():
            return f"{_number(body)} · {body.reason} · {'; '.join(row.name for row in body.asked)}"
        case d.SupplementBrought():
            here = sum(paper.state != "missing" for paper in body.papers)
            papers = say(f"{here} giấy tờ", counted(here, "paper", "papers"))
            return f"{papers}, {say('đủ', 'complete') if body.complete else say('còn thiếu', 'some missing')}"
        case d.DossierRefused() | d.DueExtended() | d.DossierStopped():
            why = getattr(body, "reason", "") or getattr(body, "words", "") or getattr(body, "ground", "")
            return f"{_number(body)} · {why}{_due(getattr(body, 'due_at', 0))}"
        case d.DossierForwarded():
            return ", ".join(filter(None, (body.to_name, body.words)))
        case d.DraftPrepared():
            return ", ".join(filter(None, (body.title, body.words)))
        case d.ResultRecorded():
            refused = "" if body.granted else say(" (từ chối)", " (refusal)")
            return f"{body.title} {body.number}, {body.signer}{refused}"
        case d.ResultReady():
            return say(f"Ngăn {body.drawer}", f"Drawer {body.drawer}") if body.drawer else ""
        case d.ResultReturned():
            lost = say("mất giấy hẹn", "slip lost") if body.slip_lost else ""
            receiver = "" if body.receiver is None else body.receiver.name
            return ", ".join(filter(None, (receiver, body.tracking, lost)))
        case lookups.LookupAsked():
            return short_name(body.system)
        case d.OfficialCodeGiven():
            return body.code
        case d.PortalStateReported():
            return say(*PORTAL_WORDS.get(body.state, (str(body.state), str(body.state))))
        case m.ReceiptIssued() | m.ProvisionalSlipIssued() | m.Refunded():
            return money_figures(body.amount)
        case Printed():
            again = say(f", bản in lần {body.copy_no}", f", print {body.copy_no}") if body.copy_no > 1 else ""
            return f"{_form_name(body.form)}{again}"
        case _:
            return getattr(body, "words", "") or getattr(body, "ground", "") or getattr(body, "proof", "")


def _number(body: Any) -> str:
    return say(f"số {body.form_number:02d}, quyển {body.form_book}",
               f"no. {body.form_number:02d}, book {body.form_book}")  # fmt: skip


def _due(at: int) -> str:
    return say(f" · hẹn {words.moment(at)}", f" · due {words.moment(at)}") if at else ""


def _form_name(form: str) -> str:
    number = form.rpartition("_")[2]
    return say(f"Mẫu {number}", f"Form {number}") if number.isdigit() else form
