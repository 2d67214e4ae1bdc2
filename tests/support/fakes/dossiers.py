"""A dossier desk without a store: one office folds real entries, so that what the screens say is true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import short_date, vn_date, vn_datetime, vn_instant
from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import FormNumber, Held, Intake
from counter_app.domain.dossiers.clock.lateness import Timing, timeliness
from counter_app.domain.dossiers.entries import OnlineDossierArrived, Party
from counter_app.domain.dossiers.portal import PORTAL_WORDS, portal_state
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact
from counter_app.services.ports.dossiers import (
    ActField,
    ActForm,
    ActOffer,
    Done,
    DossierRow,
    DossierView,
    FieldForOther,
    GivingForm,
    GivingRow,
    GivingView,
    PaperLine,
    QueueView,
    TimelineRow,
)
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.dossiers.docket import (
    ALLOWANCE,
    CALENDAR,
    CITIZEN_OF_TRAINING,
    LIMIT,
    RATE,
    SALT,
    papers,
)
from tests.unit.domain.folding.writing import Counter

PIN = "135790"
CARD = "012152000318||SUNG THI DI|01011952|Nu|Ban Na Khan, Binh Lu|01012022"
LAST_ASKED = "08:11"
WAITING_STAGES = frozenset({Stage.WAITING_CITIZEN, Stage.WAITING_FEE})
STATES = {
    Stage.ONLINE: "online_new", Stage.HANDED_IN: "accepted", Stage.ACCEPTED: "accepted",
    Stage.REFUSED: "refused", Stage.PROCESSING: "in_work", Stage.AWAITING_DECISION: "submitted",
    Stage.WAITING_CITIZEN: "supplement", Stage.WAITING_FEE: "waiting_fee", Stage.WITHDRAWN: "withdrawn",
    Stage.STOPPED: "stopped", Stage.DONE: "ready", Stage.RETURNED: "returned",
}  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    "DossierSubmitted": ("Nộp hồ sơ", "file-plus"),
    "OnlineDossierArrived": ("Nộp trực tuyến", "world-download"),
    "DossierAccepted": ("Tiếp nhận, hẹn trả", "circle-check"),
    "SupplementRequested": ("Yêu cầu bổ sung", "file-text"),
    "SupplementBrought": ("Nhận giấy bổ sung", "paperclip"),
    "DossierRefused": ("Từ chối tiếp nhận", "circle-x"),
    "DossierForwarded": ("Chuyển xử lý", "send"), "DossierTaken": ("Nhận xử lý", "hand-stop"),
    "OpinionGiven": ("Ghi ý kiến", "notes"), "DraftPrepared": ("Trình dự thảo", "writing-sign"),
    "ResultRecorded": ("Có kết quả", "file-check"), "ResultReady": ("Kết quả về quầy", "package-export"),
    "ResultReturned": ("Đã trả kết quả", "checks"), "ContactTried": ("Báo người dân", "phone"),
    "DueExtended": ("Xin lỗi, hẹn lại", "calendar-event"), "DossierWithdrawn": ("Rút hồ sơ", "arrow-back-up"),
}  # fmt: skip


def at(text: str) -> int:
    """Moment of a local time, ms."""
    return vn_instant(datetime.fromisoformat(text))


NOW = at("2026-11-20 10:41")


def person(name: str, number: str, phone: str = "0912 000 000") -> Party:
    """A practice person."""
    one = CITIZEN_OF_TRAINING
    return Party(
        one.kind,
        name,
        one.id_kind,
        number,
        one.birth,
        one.sex,
        "Bản Nà Khan, xã Bình Lư",
        one.unit,
        phone,
        "",
    )


class Office:
    """One counter's journal with all its dossiers."""

    def __init__(self) -> None:
        self.counter = Counter(2, clock=at("2026-11-09 08:00"))
        self.daily = 0

    def write(self, when: str, drafts: Sequence[Draft]) -> list[EntryId]:
        """What a decision returned, at a local time."""
        self.counter.clock = at(when)
        return self.counter.append(drafts)

    def given(self, when: str, party: Party, **more: object) -> Intake:
        """A complete dossier as it is handed in."""
        self.daily += 1
        moment = at(when)
        code = provisional_code("03390", 2, 1, vn_date(moment), self.daily)
        held = {0: Held("brought"), 1: Held("brought")}
        made = Intake(
            code=code.digits, daily=self.daily, channel="counter", procedure=ALLOWANCE, version="1",
            party=party, limit=LIMIT, received_at=moment, salt=SALT, fees=(RATE,), held=held,
        )  # fmt: skip
        return replace(made, **more)  # type: ignore[arg-type]

    def accepted(self, when: str, party: Party) -> EntryId:
        """Handed in with everything, form 01."""
        made = self.given(when, party)
        return self.write(when, intake.accept(made, FormNumber("02", self.daily), CALENDAR))[0]

    def asked(self, when: str, party: Party) -> EntryId:
        """A paper is missing, form 02."""
        made = self.given(when, party, held={0: Held("brought")})
        rows = intake.asked_of(made.checklist)
        number = FormNumber("02", 1)
        return self.write(when, intake.ask(made, number, rows, "Thiếu giấy chứng sinh", "Quầy 02"))[0]

    def online(self, when: str, accept_by: str, party: Party) -> EntryId:
        """Filed on the portal."""
        body = OnlineDossierArrived(
            portal_code="G09.20-20261120-0000017", submitted_at=at(when), accept_by=at(accept_by),
            procedure=intake.procedure_used(ALLOWANCE, "1"), party=party, companions=(), cases=(),
            papers=papers("brought", "at_return"), fees=(RATE,), limit=LIMIT, deliver="counter", paid=8_000,
            salt=SALT,
        )  # fmt: skip
        return self.write(when, (draft(body, SELF),))[0]

    def act(self, when: str, decide: Callable[[DossierState], Sequence[Draft]], dossier: EntryId) -> None:
        """A decision on the state as it is."""
        self.write(when, decide(self.state(dossier)))

    def state(self, dossier: EntryId) -> DossierState:
        """As folded."""
        state: DossierState = self.counter.state(dossier)
        return state

    def facts(self, dossier: EntryId) -> list[Fact]:
        """Its entries, oldest first."""
        return [fact for fact in self.counter.facts.values() if dossier in (fact.id, *fact.facts.subjects)]


RESULT = ResultGiven("decision", "Quyết định trợ cấp", "112/QĐ-UBND", 20261118, "Giàng A Chiến (tập huấn)")
POST = EntryId(1, 77)


def _in_work(office: Office, when: str, party: Party) -> EntryId:
    dossier = office.accepted(when, party)
    office.act(
        f"{when[:10]} 14:10", lambda s: handling.forward(s, to_post=POST, to_name="Bảo trợ xã hội"), dossier
    )
    office.act(f"{when[:10]} 15:02", lambda s: handling.take(s, POST), dossier)
    return dossier


def _ready(office: Office, when: str, done: str, party: Party, drawer: str) -> EntryId:
    dossier = _in_work(office, when, party)
    office.act(f"{done} 09:20", lambda s: handling.record_result(s, RESULT), dossier)
    office.act(f"{done} 10:00", lambda s: ending.make_ready(s, drawer), dossier)
    return dossier


DI = person("SÙNG THỊ DÍ", "012152000318", "")


@dataclass
class Day:
    """The dossiers of one morning by what is to be seen in them."""

    office: Office = field(default_factory=Office)

    def __post_init__(self) -> None:
        """Eight paths."""
        office = self.office
        self.uncollected = _ready(
            office, "2026-10-05 08:10", "2026-10-12", person("Lò Thị Ộn", "012160000902", ""), "C2"
        )
        self.late = _in_work(office, "2026-11-09 08:20", person("Giàng A Páo", "012085004471"))
        self.ready = _ready(office, "2026-11-11 08:30", "2026-11-18", DI, "B3")
        self.in_work = _in_work(office, "2026-11-16 08:40", DI)
        self.deciding = _in_work(office, "2026-11-17 09:05", person("Vàng Thị Dở", "012177002218"))
        office.act(
            "2026-11-19 16:00", lambda s: handling.give_opinion(s, "Đủ điều kiện hưởng"), self.deciding
        )
        office.act("2026-11-19 16:20", lambda s: handling.prepare(s, "Quyết định trợ cấp"), self.deciding)
        self.waiting = office.asked("2026-11-17 10:15", person("Nguyễn Thị Thảo", "012190000926"))
        self.refused = office.accepted("2026-11-18 08:05", person("ĐỖ ẪM", "012151007730"))
        office.act(
            "2026-11-18 15:00",
            lambda s: ending.withdraw(s, "Người nộp xin rút", "Tờ khai", at("2026-11-18 15:00")),
            self.refused,
        )
        self.online = office.online(
            "2026-11-20 07:45", "2026-11-20 15:45", person("Trần Quốc Ưng", "012188006157")
        )
        self.all = (
            self.uncollected, self.late, self.ready, self.in_work, self.deciding, self.waiting, self.refused,
            self.online,
        )  # fmt: skip


def due_words(state: DossierState, now: int = NOW) -> tuple[str, str, str]:
    """Due, second line and colour, by the clock of the state; who waits has no due date."""
    here = vn_datetime(now)
    if state.stage in WAITING_STAGES:
        asked = state.clock.asked or here
        return "Chờ dân bổ sung", f"{(here - asked).days} ngày", "text2"
    if state.stage is Stage.ONLINE:
        left = (state.accept_by - now) // 60_000
        return f"{vn_datetime(state.accept_by):%d/%m %H:%M}", f"Còn {left // 60} giờ {left % 60} phút", "warn"
    if state.stage is Stage.DONE:
        return "Chờ dân đến lấy", f"{(here - vn_datetime(state.ready_at)).days} ngày", "text2"
    due = state.clock.due
    if due is None:
        return ("Đã kết thúc" if not state.is_open else "Chưa có hạn"), "", ""
    late = timeliness(due, here, CALENDAR)
    if late.timing is Timing.LATE:
        return f"{due:%d/%m %H:%M}", f"Quá hạn {late.days} ngày", "bad"
    return f"{due:%d/%m %H:%M}", f"Còn {(due.date() - here.date()).days} ngày", "text2"


def acts_of(state: DossierState) -> tuple[ActOffer, ...]:
    """What a handler may do now."""
    reason = ActField("reason", "Lý do", "words", required=True)
    if not state.is_open:
        return ()
    if state.stage is Stage.ONLINE:
        asked = ActField("papers", "Giấy tờ cần bổ sung", "words", required=True)
        return (
            ActOffer("accept", "Tiếp nhận hồ sơ", "circle-check", key="F9"),
            ActOffer("ask", "Yêu cầu bổ sung", "file-text", (asked, reason), "B"),
            ActOffer("refuse", "Từ chối tiếp nhận", "circle-x", (reason,), "R"),
        )
    if state.stage is Stage.WAITING_CITIZEN:
        return (
            ActOffer(
                "bring", "Nhận giấy bổ sung", "paperclip", (ActField("all", "Đã đủ giấy tờ", "tick"),), "N"
            ),
            ActOffer("withdraw", "Rút hồ sơ", "arrow-back-up", (reason,), "R"),
            ActOffer(
                "extend",
                "Xin lỗi, hẹn lại",
                "calendar-event",
                why_not="Hồ sơ đang chờ dân, chưa có hạn để gia hạn.",
            ),
        )
    if state.stage is Stage.DONE:
        how = (("call", "Gọi điện"), ("sms", "Nhắn SMS"), ("hamlet", "Nhờ trưởng bản báo"))
        fields = (ActField("how", "Cách báo", "choice", True, how), ActField("words", "Ghi thêm", "words"))
        return (ActOffer("contact", "Báo người dân", "phone", fields, "B"),)
    to = ActField("to", "Chuyển đến", "choice", True, (("77", "Bảo trợ xã hội"), ("78", "Tư pháp - hộ tịch")))
    return (
        ActOffer("result", "Ghi kết quả", "file-check", (
            ActField("number", "Số văn bản", required=True), ActField("date", "Ngày", "date", required=True),
            ActField("signer", "Người ký", required=True)), "K"),
        ActOffer("forward", "Chuyển xử lý", "send", (to, ActField("words", "Ý kiến chuyển", "words")), "C"),
        ActOffer("opinion", "Ghi ý kiến", "notes", (ActField("opinion", "Ý kiến", "words", True),), "Y"),
        ActOffer("draft", "Trình dự thảo", "writing-sign",
                 (ActField("draft", "Tên dự thảo", required=True),), "T"),
        ActOffer("fee", "Sửa mức thu", "coin", (ActField("fee", "Mức thu", "money", True), reason), "M"),
        ActOffer("extend", "Xin lỗi, hẹn lại", "calendar-event",
                 (ActField("due", "Hẹn lại", "due", True), reason), "H", sealed=True),
        ActOffer("withdraw", "Rút hồ sơ", "arrow-back-up", (reason,), "R"),
    )  # fmt: skip


def timeline_of(facts: Sequence[Fact]) -> tuple[TimelineRow, ...]:
    """The entries as people read them."""
    rows = []
    for place, fact in enumerate(facts):
        title, icon = WORDS.get(type(fact.body).__name__, (type(fact.body).__name__, "dots"))
        names = ("words", "reason", "to_name", "title", "drawer")
        words = next((str(getattr(fact.body, one)) for one in names if getattr(fact.body, one, "")), "")
        sync = "received" if place < len(facts) - 1 else "waiting"
        when = f"{vn_datetime(fact.at):%H:%M %d/%m/%Y}"
        rows.append(TimelineRow(fact.at, when, "Lù Thị Mai", "QUẦY-02", title, words, icon, sync))
    return tuple(rows)


def short(state: DossierState) -> str:
    """The day's short code."""
    return f"02-{state.daily:04d}" if state.daily else f"…{state.portal_code[-5:]}"


@dataclass
class FakeDossiers:
    """Answers like the program; ``forms``, ``given``, ``prints`` hold what was committed."""

    day: Day = field(default_factory=Day)
    forms: list[ActForm] = field(default_factory=list)
    registers: list[bool] = field(default_factory=list)
    given: list[GivingForm] = field(default_factory=list)
    prints: list[tuple[EntryId, str, str]] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refuses: DomainError | None = None
    trouble: Exception | None = None
    read_only: str = ""
    empty: bool = False
    has_fields: bool = False
    """Who sits there has fields of work."""
    changes: dict[str, object] = field(default_factory=dict)

    def look(self, dossier: EntryId) -> DossierView:
        """The page of a dossier of the day."""
        self._trouble()
        state = self.day.office.state(dossier)
        due, second, kind = due_words(state)
        party = (("Họ và tên", state.party.name), ("CCCD", f"CCCD …{state.party.id_number[-4:]}"),
                 ("Nơi cư trú", state.party.address),
                 ("Điện thoại", state.party.phone or "không có"))  # fmt: skip
        why = () if state.clock.due is None else (
            f"Nhận đủ hồ sơ lúc {vn_datetime(state.received_at):%H:%M ngày %d/%m/%Y}.",
            "Thời hạn 5 ngày làm việc, tính từ ngày làm việc tiếp theo.",
            f"Hạn trả 17:00 ngày {short_date(state.clock.due.date())}.",
        )  # fmt: skip
        result = () if state.result is None else (
            ("Kết quả", state.result.title), ("Số", state.result.number), ("Ngăn", state.drawer))  # fmt: skip
        money = (("Lệ phí", "8.000 đ"), ("Còn thu", f"{state.to_pay:,} đ".replace(",", ".")))
        codes = (("Mã tạm", state.code or "chưa có"), ("Mã chính thức", state.official_code or "chưa có"))
        lines = tuple(PaperLine(p.row, p.name, p.state, p.note) for p in state.papers)
        issued = tuple(
            (one.form, f"Mẫu {one.form} · quyển {one.book} · số {one.number}") for one in state.forms
        )
        view = DossierView(
            dossier, state.procedure.name, short(state), codes, STATES[state.stage], due, second, kind, why,
            party, (), lines, money, state.place.name, result, issued,
            timeline_of(self.day.office.facts(dossier)), () if self.read_only else acts_of(state),
            tuple(FieldForOther(f"f{i}", label, value) for i, (label, value) in enumerate(party)),
            PORTAL_WORDS[portal_state(state)][0], "waiting", self.read_only,
        )  # fmt: skip
        return replace(view, **self.changes)  # type: ignore[arg-type]

    def act(self, form: ActForm) -> Done:
        """Real decisions where one is played; every form is kept."""
        self._refuse()
        if form.act == "extend" and form.pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 2 lần.", code="pin.wrong", field="pin")
        self.forms.append(form)
        office, value = self.day.office, form.values
        if form.act == "opinion":
            office.act("2026-11-20 10:42", lambda s: handling.give_opinion(s, value["opinion"]), form.dossier)
        if form.act == "accept":
            digits = provisional_code("03390", 2, 1, vn_date(NOW), 90).digits
            code = desk.CounterCode(digits, 90)
            office.act("2026-11-20 10:42", lambda s: desk.accept_online(
                s, s.papers, FormNumber("02", 90), code, NOW, CALENDAR), form.dossier)  # fmt: skip
        return Done("Đã ghi.", (7,) if form.act == "accept" else ())

    def queue(self, tab: str = "mine") -> QueueView:
        """By the state of each dossier."""
        self._trouble()
        self.asked.append(tab)
        codes = ("mine", "fields", "unit", "waiting", "deciding", "late", "online")
        rows = {code: self._rows(code) for code in codes if code != "fields" or self.has_fields}
        tabs = tuple((code, "", len(found)) for code, found in rows.items())
        return QueueView(tabs, rows.get(tab, ()), LAST_ASKED)

    def online(self) -> QueueView:
        """The portal's."""
        return self.queue("online")

    def find_results(self, code_or_text: str) -> GivingView:
        """By the card or the name of one person."""
        self.searched.append(code_or_text)
        if code_or_text != CARD and "dí" not in code_or_text.lower():
            raise DomainError("Không thấy hồ sơ nào.", "", "Quét thẻ căn cước.", code="return.none")
        rows = tuple(self.giving(one) for one in (self.day.ready, self.day.in_work) if self._open(one))
        return GivingView("SÙNG THỊ DÍ", "CCCD …0318", rows, code_or_text == CARD)

    def ready(self) -> tuple[GivingRow, ...]:
        """Uncollected over 30 days first."""
        self._trouble()
        waits = (self.day.uncollected, self.day.ready)
        return () if self.empty else tuple(self.giving(one) for one in waits if self._open(one))

    def give(self, form: GivingForm) -> Done:
        """The real decision, so that its refusals are the product's."""
        self._refuse()
        for dossier in form.dossiers:
            self.day.office.state(dossier)
        self.given.append(form)
        return Done(f"Đã trả {len(form.dossiers)} kết quả hồ sơ.")

    def tracking_register(self, *, whole_year: bool = False, year: int = 0) -> str:
        """Form 07, which nobody writes here."""
        self._trouble()
        self.registers.append(whole_year)
        return f"giay/so-theo-doi.{'xlsx' if whole_year else 'pdf'}"

    def reprint(self, dossier: EntryId, form: str, reason: str) -> Done:
        """Kept."""
        self.prints.append((dossier, form, reason))
        return Done("Đã in lại.", (8,))

    def giving(self, dossier: EntryId) -> GivingRow:
        """One result of the return desk."""
        state = self.day.office.state(dossier)
        ready = state.stage is Stage.DONE
        due, _, _ = due_words(state)
        waited = (vn_datetime(NOW) - vn_datetime(state.ready_at)).days if ready else 0
        return GivingRow(
            dossier, short(state), state.procedure.name,
            f"Số {state.result.number}" if state.result else "chưa có kết quả", state.drawer,
            "" if ready else f"hẹn {due}", ready, state.to_pay if ready else 0,
            any(one.state == "at_return" for one in state.papers),
            "" if ready else f"Hồ sơ này chưa có kết quả. Hẹn {due[:5]}.",
            name=state.party.name, identity=f"CCCD …{state.party.id_number[-4:]}", waited=waited,
            contact=state.last_contact or ("" if state.party.phone else "không có điện thoại"),
        )  # fmt: skip

    def _rows(self, tab: str) -> tuple[DossierRow, ...]:
        if self.empty:
            return ()
        found = [self._row(one) for one in self.day.all if _belongs(self.day.office.state(one), tab)]
        return tuple(sorted(found, key=lambda row: row.due_kind != "bad"))

    def _row(self, dossier: EntryId) -> DossierRow:
        state = self.day.office.state(dossier)
        due, second, kind = due_words(state)
        when = f"{vn_datetime(state.submitted_at):%d/%m}"
        return DossierRow(
            dossier, short(state), when, state.party.name, f"CCCD …{state.party.id_number[-4:]}",
            state.procedure.name, state.procedure.field, due, second, kind, STATES[state.stage], "waiting",
        )  # fmt: skip

    def _open(self, dossier: EntryId) -> bool:
        return all(dossier not in form.dossiers for form in self.given)

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses

    def _trouble(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def _belongs(state: DossierState, tab: str) -> bool:
    if tab == "late":
        return due_words(state)[2] == "bad"
    stages = {
        "waiting": WAITING_STAGES, "deciding": {Stage.AWAITING_DECISION}, "online": {Stage.ONLINE},
        "mine": {Stage.PROCESSING, Stage.WAITING_CITIZEN},
    }  # fmt: skip
    return state.stage in stages.get(tab, {one for one in Stage if one is not Stage.WITHDRAWN})
