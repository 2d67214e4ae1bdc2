"""What each act asks for: its fields, in both languages, with what stands there first."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.dossiers import fold
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.organisation import roles
from counter_app.services.dossiers import bringing
from counter_app.services.lookups import asking
from counter_app.services.ports.dossiers import ActField
from counter_app.services.ports.saying import say
from counter_app.services.rules import result_titles
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as dossier_queries
from counter_app.storage.queries import unit as unit_queries

PAPER = "paper:"
"""Ticks of single papers: ``paper:3`` is the row 3 of the list."""
POST, UNIT = "post:", "unit:"
"""Where a dossier may be handed on to: a post by its id, a person or body by name."""


def reason(label: str = "") -> ActField:
    """Words that an act cannot go without."""
    return ActField("reason", label or say("Lý do", "Reason"), "words", True)


def note() -> ActField:
    """Words that may be left out."""
    return ActField("words", say("Ghi thêm", "Note"), "words")


def ask_fields(state: DossierState) -> tuple[ActField, ...]:
    """One line a paper, and why."""
    return (
        ActField(
            "papers", say("Giấy tờ cần bổ sung, mỗi dòng một giấy", "Papers to complete, one a line"),
            "words", True,
        ),
        reason(),
    )  # fmt: skip


def refuse_fields(grounds: tuple[tuple[str, str], ...]) -> tuple[ActField, ...]:
    """A ground of the table and what was seen here."""
    return (ActField("ground", say("Căn cứ", "Ground"), "choice", True, grounds), reason())


def bring_fields(connection: Connection, state: DossierState) -> tuple[ActField, ...]:
    """A tick (``paper:<row>``) for each paper that form 02 still wants, then ``all`` for everything."""
    single = bringing.choices(connection, state)
    rows = tuple(ActField(f"{PAPER}{row}", name, "tick") for row, name in single)
    return (*rows, ActField("all", say("Đã đủ giấy tờ", "Everything is there"), "tick"))


def forward_fields(connection: Connection, work: Workplace) -> tuple[ActField, ...]:
    """Posts of the unit, then who may work on dossiers by name."""
    choices = [(f"{POST}{post.key}", name) for post, name in dossier_queries.posts(connection)]
    for person in unit_queries.officials(connection):
        if roles.grade(tuple(person.roles.split()), roles.WORK_ON_DOSSIER) == roles.YES:
            choices.append((f"{UNIT}{person.name}", person.name))
    to = ActField("to", say("Chuyển đến", "To"), "choice", True, tuple(choices))
    return (to, ActField("words", say("Ý kiến chuyển", "Words"), "words"))


def result_fields(state: DossierState) -> tuple[ActField, ...]:
    """Kind, title, number, date, signer of the result."""
    kinds = (
        ("decision", say("Quyết định", "Decision")),
        ("certificate", say("Giấy chứng nhận, trích lục", "Certificate, extract")),
        ("confirmation", say("Giấy xác nhận", "Confirmation")),
        ("refusal", say("Văn bản từ chối", "Written refusal")),
        ("other", say("Khác", "Other")),
    )
    mediums = (("paper", say("Bản giấy", "Paper")), ("electronic", say("Bản điện tử", "Electronic")))
    return (
        ActField("kind", say("Loại kết quả", "Kind"), "choice", True, kinds, "certificate"),
        ActField(
            "title", say("Tên văn bản", "Title"), "text", value=result_titles().title_of(state.procedure.name)
        ),
        ActField("number", say("Số văn bản", "Number"), "text", True),
        ActField("date", say("Ngày", "Date"), "date", True),
        ActField("signer", say("Người ký", "Signed by"), "text", True),
        ActField("medium", say("Hình thức", "Medium"), "choice", True, mediums, "paper"),
    )


def ask_data_fields(connection: Connection, state: DossierState) -> tuple[ActField, ...]:
    """Which paper's data are asked."""
    rows = tuple((str(row), name) for row, name in asking.askable(connection, state))
    return (ActField("row", say("Giấy tờ", "Paper"), "choice", True, rows, rows[0][0] if rows else ""),)


def unask_fields(connection: Connection, state: DossierState) -> tuple[ActField, ...]:
    """Which question is called back, and why."""
    waiting = asking.open_rows(connection, state.id)
    rows = tuple((str(paper.row), paper.name) for paper in state.papers if paper.row in waiting)
    choice = ActField("row", say("Giấy tờ", "Paper"), "choice", True, rows, rows[0][0] if rows else "")
    return (choice, ActField("words", say("Lý do rút", "Why it is called back"), "words"))


def look_up_fields(connection: Connection, state: DossierState) -> tuple[ActField, ...]:
    """Which paper, what the database said; an answer that came through the province stands there already."""
    row, outcome, source = asking.suggested(connection, state)
    rows = tuple((str(paper.row), paper.name) for paper in state.papers)
    outcomes = (
        ("looked_up", say("Đúng", "Matches")),
        ("differs", say("Khác", "Differs")),
        ("queued", say("Chưa hỏi được", "Not answered yet")),
    )
    return (
        ActField("row", say("Giấy tờ", "Paper"), "choice", True, rows, row),
        ActField("outcome", say("Kết quả tra cứu", "Outcome"), "choice", True, outcomes, outcome),
        ActField("source", say("Cơ sở dữ liệu", "Database"), "text", value=source),
        note(),
    )


def money_fields(*, label: bool) -> tuple[ActField, ...]:
    """An amount with its ground; a duty also has a name."""
    named = (ActField("label", say("Khoản phải nộp", "What for"), "text", True),) if label else ()
    ground = ActField("reason", say("Căn cứ", "Ground"), "words", True)
    return (*named, ActField("fee", say("Mức thu", "Amount"), "money", True), ground)


def accept_fields(state: DossierState) -> tuple[ActField, ...]:
    """The amount with its ground where no rate is known; left empty it stays unknown, never 0."""
    if state.fee is not None:
        return ()
    hint = say("để trống: thu sau", "empty: taken later")
    return (
        ActField("fee", say("Mức thu (chưa có mức)", "Amount (no rate known)"), "money", hint=hint),
        ActField("reason", say("Căn cứ mức thu", "Ground of the amount"), "words"),
    )


def contact_fields() -> tuple[ActField, ...]:
    """How he was told, and what came of it."""
    how = (
        ("call", say("Gọi điện", "Call")),
        ("sms", say("Nhắn tin", "Text message")),
        ("hamlet", say("Qua trưởng bản", "Through the hamlet")),
    )
    outcome = (
        ("told", say("Đã báo", "Told")),
        ("no_answer", say("Không liên lạc được", "No answer")),
    )
    return (
        ActField("how", say("Cách báo", "How"), "choice", True, how, "call"),
        ActField("outcome", say("Kết quả", "Outcome"), "choice", True, outcome, "told"),
        note(),
    )


def correct_fields(state: DossierState) -> tuple[ActField, ...]:
    """Particulars as they stand, and why they change."""
    party = state.party
    return (
        ActField("name", say("Họ và tên", "Name"), "text", True, value=party.name),
        ActField("id_number", say("Số giấy tờ", "Number of the paper"), "text", True, value=party.id_number),
        ActField("address", say("Nơi cư trú", "Address"), "text", value=party.address),
        ActField("phone", say("Điện thoại", "Phone"), "text", value=party.phone),
        reason(),
    )


CLASH_TODO = {
    fold.ENDED: (
        "Hồ sơ đã kết thúc trước việc này. Báo người dân; cần làm tiếp thì lập hồ sơ mới.",
        "The dossier had ended before. Tell the requester; begin another if it goes on.",
    ),
    fold.ACCEPTED_TWICE: (
        "Hai quầy cùng tiếp nhận. Lần trước được tính: đổi giấy hẹn in sau, báo ngày hẹn đúng.",
        "Two counters accepted it. The first counts: change the later slip, tell the right date.",
    ),
    fold.RESULT_TWICE: (
        "Hai kết quả cùng được ghi. Kết quả ghi trước được tính: thu hồi văn bản kia.",
        "Two results were recorded. The first counts: call in the other document.",
    ),
    fold.RETURNED_TWICE: (
        "Hai quầy cùng ghi đã trả. Hỏi ai đang giữ kết quả; thu thừa thì hoàn tiền.",
        "Two counters noted the return. Find who holds the result; refund what was taken twice.",
    ),
    fold.EXTENDED_TWICE: (
        "Hẹn lại hai lần. Lần trước được tính: báo người dân ngày đó, thu văn bản in sau.",
        "Two new dates were given. The first counts: tell it, call in the later letter.",
    ),
    fold.NOT_WAITING: (
        "Hồ sơ không còn chờ giấy tờ. Xem giấy đã nhận ở cả hai nơi, trả lại giấy thừa.",
        "It no longer waited for papers. Compare what both places hold, give back what is too much.",
    ),
    fold.NOT_RUNNING: (
        "Hồ sơ đang chờ dân khi việc này được ghi. Làm lại việc này khi đủ giấy tờ.",
        "It waited for the citizen meanwhile. Do this again when the papers are there.",
    ),
}
"""What is to be done about each clash, before it is called settled."""
_CLASH_OTHER = ("Hai việc không cùng đúng được.", "Two acts cannot both stand.")


def clash_fields(code: str) -> tuple[ActField, ...]:
    """What is to be done about a clash, what the requester got of it, and what was done."""
    how = (
        ("told", say("Đã báo người dân", "The requester was told")),
        ("slip", say("Đã đổi giấy cho người dân", "His paper was changed")),
        ("none", say("Không ảnh hưởng người dân", "Nothing changes for him")),
    )
    todo = say(*CLASH_TODO.get(code, _CLASH_OTHER))
    return (ActField("how", todo, "choice", True, how), reason(say("Đã làm gì", "What was done")))


def leaving_fields(label: str) -> tuple[ActField, ...]:
    """Why it ends, and which papers went back."""
    returned = say("Giấy tờ trả lại", "Papers given back")
    return (reason(label), ActField("papers_returned", returned, "words"))


def extend_fields() -> tuple[ActField, ...]:
    """One new date and why."""
    return (ActField("due", say("Hẹn lại ngày", "New date"), "due", True), reason())


def draft_fields() -> tuple[ActField, ...]:
    """The name of the draft and words to who decides."""
    return (ActField("draft", say("Tên dự thảo", "Draft"), "text", True), note())
