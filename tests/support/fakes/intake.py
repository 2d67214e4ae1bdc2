"""A dossier counter without a store: the REAL catalogue, calendar, clock and checks; the rest in memory.

``sample()`` is the day of the design's picture, with practice names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.catalogue import Catalogue, Checklist, Finder, Procedure, Row, parse_catalogue
from counter_app.domain.catalogue.checklist import wants_look_up
from counter_app.domain.catalogue.difference import limit_words
from counter_app.domain.catalogue.procedure import IF, ONE_OF
from counter_app.domain.dates import parse_birth_date, vn_date
from counter_app.domain.dossiers.acts.intake import Held, Intake, due_of_intake, intake_faults
from counter_app.domain.dossiers.entries import Companion, FeeUsed, LimitUsed, Party
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import read_given
from counter_app.domain.places import Places, parse_places
from counter_app.services.ports.copies import INFO, LOOK, STOP, KnownPerson, MoneyLine, Notice, PersonForm
from counter_app.services.ports.intake import (
    ACCEPT,
    ASK,
    REFUSE,
    CompanionForm,
    DueStep,
    IntakeForm,
    IntakeView,
    PaperRow,
    PaperTick,
    PartyForm,
    PlaceHit,
    ProcedureHit,
    TakenIn,
)
from resources import load
from sync.protocol.naming.ids import EntryId

AT = 1_795_145_040_000
"""10:24 on Friday 20/11/2026 in Viet Nam, ms."""
BIRTH, BIRTH_AGAIN, OFFLINE_WORDS = "1.001193", "1.004884", "khi có mạng"
CARD = "012198004471||TẨN MỸ PHAM|02091998|Nữ|Bản Hoa Vân, xã Tả Lèng, tỉnh Lai Châu (tập huấn)|10052021"
OTHER_CARD = "012086006812|051999888|HOÀNG VĂN SƠN|14031986|Nam|Bản Nà Khan, xã Bình Lư (tập huấn)|10052021"
PERSON = PersonForm("012198004471", "TẨN MỸ PHAM", "02/09/1998", "Bản Hoa Vân, xã Tả Lèng, tỉnh Lai Châu",
                    sex="female", from_card=True)  # fmt: skip
OTHER_PERSON = PersonForm("012086006812", "HOÀNG VĂN SƠN", "14/03/1986", "Bản Nà Khan, xã Bình Lư",
                          sex="male", from_card=True)  # fmt: skip
TWIN, TAKEN, PORTAL = EntryId(513, 71), EntryId(513, 40), EntryId(1, 900)
GROUNDS = (
    ("not_competent", "Không thuộc thẩm quyền giải quyết của cơ quan."),
    ("not_eligible", "Không đủ điều kiện theo quy định của thủ tục."),
    ("forged", "Giấy tờ giả mạo, không hợp pháp."),
)
EXEMPTIONS = (
    ("merit", "Gia đình có công với cách mạng"),
    ("poor", "Hộ nghèo"),
    ("disabled", "Người khuyết tật"),
)
_LABELS = {
    ACCEPT: "Lưu, in giấy tiếp nhận và hẹn",
    ASK: "Lưu, in phiếu bổ sung",
    REFUSE: "Lưu, in phiếu từ chối",
}
_PAPERS = {ACCEPT: "giấy tiếp nhận và hẹn", ASK: "phiếu bổ sung", REFUSE: "phiếu từ chối"}


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships."""
    return parse_catalogue(load.procedures())


@cache
def _finder() -> Finder:
    return Finder(catalogue(), vn_date(AT))


@cache
def places_of_all() -> Places:
    """All units that ship."""
    return parse_places(load.places())


@cache
def _calendar():  # type: ignore[no-untyped-def]
    return parse_calendar(load.working_calendar())


@dataclass
class FakeIntake:
    """``commits`` holds what F9 wrote; ``kept`` what the draft holds; ``own`` the unit's code."""

    known_people: dict[str, KnownPerson] = field(default_factory=dict)
    kept: IntakeForm | None = None
    drafts: list[IntakeForm | None] = field(default_factory=list)
    commits: list[IntakeForm] = field(default_factory=list)
    used: tuple[str, ...] = (BIRTH, "1.000894", "1.004859")
    open_dossiers: dict[tuple[str, str], EntryId] = field(default_factory=dict)
    waiting: dict[EntryId, IntakeForm] = field(default_factory=dict)
    own: str = "binh lu lai chau"
    at: int = AT
    refuse_commit: DomainError | None = None
    before_commit: Callable[[], None] = lambda: None

    # --- reading ---

    def view(self, form: IntakeForm) -> IntakeView:
        day = vn_date(self.at)
        procedure = catalogue().get(form.procedure, day) if form.procedure else None
        intake = self._intake(form, procedure) if procedure is not None else None
        rows = intake.checklist if intake is not None else Checklist(())
        outcome = _outcome(form, procedure, rows)
        total, money, known_fee = self._money(form, procedure)
        notices = list(self._notices(form, procedure, intake, rows, outcome))
        given = self._given(form, total, notices)
        stops = [
            one for one in notices if one.level == STOP or (one.level == LOOK and one.code not in form.seen)
        ]
        due = due_of_intake(intake, _calendar()) if intake is not None and outcome == ACCEPT else None
        shown = due.due if due is not None else None
        steps = () if due is None else tuple(DueStep(step.vi) for step in due.steps)
        routed = self._routed(form)
        return IntakeView(
            procedure=None if procedure is None else self._hit(procedure),
            papers=tuple(_paper(row) for row in rows.rows), cases=rows.cases(),
            missing_words=_missing_words(rows), money=money, total=total, fee_known=known_fee,
            limit_known=procedure is None or procedure.limit(day).is_known or bool(form.limit_unit),
            change=given - total if form.pay == "now" else 0,
            due="" if shown is None else f"{shown:%H:%M} {shown:%d/%m/%Y}", due_steps=steps,
            deliver_at="Bộ phận Một cửa UBND xã Bình Lư", routed=routed,
            open_twin=self.open_dossiers.get((form.party.id_number, form.procedure)),
            notices=tuple(notices), outcome=outcome, commit_label=_LABELS[outcome],
            can_commit=not stops,
        )  # fmt: skip

    def procedures(self, typed: str) -> tuple[ProcedureHit, ...]:
        return tuple(self._hit(one) for one in _finder().find(typed, self.used))

    def near(self, typed: str) -> tuple[ProcedureHit, ...]:
        return tuple(self._hit(one) for one in _finder().near(typed))

    def places(self, typed: str) -> tuple[PlaceHit, ...]:
        return tuple(PlaceHit(one.code, one.name, one.province) for one in places_of_all().search(typed, 5))

    def read_card(self, text: str) -> KnownPerson:
        person = {CARD: PERSON, OTHER_CARD: OTHER_PERSON}.get(text)
        if person is None:
            raise DomainError("Đọc được mã nhưng thiếu phần, kiểm tra lại từng ô.", code="card.incomplete")
        found = self.known_people.get(person.id_number)
        return replace(found, person=person) if found is not None else KnownPerson(person, 0, ())

    def known(self, id_number: str) -> KnownPerson | None:
        return self.known_people.get(id_number)

    def exemptions(self) -> tuple[tuple[str, str], ...]:
        return EXEMPTIONS

    def refusal_grounds(self) -> tuple[tuple[str, str], ...]:
        return GROUNDS

    # --- writing ---

    def commit(self, form: IntakeForm) -> TakenIn:
        self.before_commit()
        if self.refuse_commit is not None:
            raise self.refuse_commit
        self.commits.append(form)
        self.kept = None
        words = f"Đã lưu 02-0018, đã in {_PAPERS[form.outcome]}."
        return TakenIn(TAKEN, "02-0018", form.outcome, words, (41,))

    def open(self, dossier: EntryId) -> IntakeForm:
        if dossier not in self.waiting:
            raise DomainError("Hồ sơ này đã có người khác xử lý.", code="dossier.not_waiting")
        return self.waiting[dossier]

    def save_draft(self, form: IntakeForm) -> None:
        self.kept = form
        self.drafts.append(form)

    def draft(self) -> IntakeForm | None:
        return self.kept

    def discard_draft(self) -> None:
        self.kept = None
        self.drafts.append(None)

    # --- parts ---

    def _hit(self, procedure: Procedure) -> ProcedureHit:
        day = vn_date(self.at)
        fee = procedure.fee(day)
        limit = limit_words((procedure.limit(day),))
        words = "chưa có mức" if fee.amount is None else f"{fee.amount:,} đ".replace(",", ".")
        money = "Miễn lệ phí" if fee.amount == 0 else words
        alias = procedure.aliases[0] if procedure.aliases else ""
        limit = limit if limit.startswith("chưa") else limit[:1].upper() + limit[1:]
        return ProcedureHit(
            procedure.code, procedure.title, procedure.field, limit, money, procedure.reviewed, alias
        )

    def _intake(self, form: IntakeForm, procedure: Procedure) -> Intake:
        party = form.party
        limit = procedure.limit(vn_date(self.at))
        used = LimitUsed(limit.value, limit.unit, "", limit.settings)
        if not limit.is_known and form.limit_unit:
            value = int(form.limit_value) if form.limit_value.isdigit() else 0
            used = LimitUsed(value, form.limit_unit, form.limit_ground)
        return Intake(
            code="", daily=18, channel=form.channel, procedure=procedure, version="thu", limit=used,
            party=Party(party.kind, party.name, party.id_kind, party.id_number, 0, party.sex, party.address,
                        party.unit, party.phone, party.email, party.person),
            received_at=self.at, salt=b"", fees=self._fees(form, procedure),
            companions=tuple(_companion(one) for one in form.companions), cases=form.cases,
            held={t.row: Held(t.state, t.made_as, t.count, t.note) for t in form.ticks},
            deliver=form.deliver, competent=self._routed(form) and "03391", pay=form.pay,
            cannot_sign=form.cannot_sign, reachable=False,
        )  # fmt: skip

    def _fees(self, form: IntakeForm, procedure: Procedure) -> tuple[FeeUsed, ...]:
        fee = procedure.fee(vn_date(self.at))
        typed = "".join(c for c in form.fee if c.isdigit())
        amount = fee.amount if fee.amount is not None else int(typed) if typed else None
        exempt = bool(form.exemption)
        ground = dict(EXEMPTIONS).get(form.exemption, form.fee_ground)
        return (
            FeeUsed(
                fee.kind, "Lệ phí", 0 if exempt else amount or 0, amount is not None, form.exemption, ground
            ),
        )

    def _money(
        self, form: IntakeForm, procedure: Procedure | None
    ) -> tuple[int, tuple[MoneyLine, ...], bool]:
        if procedure is None:
            return 0, (), True
        (fee,) = self._fees(form, procedure)
        label = "Miễn lệ phí" if fee.known and fee.amount == 0 else "Lệ phí"
        return fee.amount, (MoneyLine(label, fee.amount),), fee.known or bool(form.exemption)

    def _given(self, form: IntakeForm, total: int, notices: list[Notice]) -> int:
        if form.pay != "now" or not total:
            return 0
        try:
            given = read_given(form.given, total)
        except DomainError as error:
            notices.append(Notice(STOP, error.code, error.title, error.remedy, -1, "given"))
            return 0
        if given < total:
            notices.append(Notice(LOOK, "money.short", "Còn thiếu tiền.", "Nhận thêm tiền.", -1, "given"))
        return given

    def _notices(
        self, form: IntakeForm, procedure: Procedure | None, intake: Intake | None, rows: Checklist,
        outcome: str,
    ) -> list[Notice]:  # fmt: skip
        found = []
        if intake is None:
            if not form.party.id_number:
                found.append(_stop("party.identity", "Nhập số căn cước hoặc giấy tờ.", "id_number"))
            if not form.party.name:
                found.append(_stop("name.empty", "Nhập họ và tên như trên giấy tờ.", "name"))
        else:
            found += [
                _stop(fault.code, fault.title, fault.field or "", fault.remedy)
                for fault in intake_faults(intake)
            ]
        found += self._typed(form)
        if procedure is None:
            found.append(_stop("procedure.none", "Chọn thủ tục.", "procedure", "Gõ vài chữ, không cần dấu."))
            return found
        if outcome == REFUSE and not form.reason:
            found.append(_stop("dossier.reason", "Ghi lý do từ chối.", "reason"))
        return found + self._looks(form, procedure, rows)

    def _typed(self, form: IntakeForm) -> list[Notice]:
        found = []
        if form.party.birth:
            try:
                parse_birth_date(form.party.birth, vn_date(self.at), "birth")
            except DomainError as error:
                found.append(_stop(error.code, error.title, "birth", error.remedy))
        if form.party.unit_text and not form.party.unit:
            words = "Gõ vài chữ tên xã, ví dụ “ta leng”."
            found.append(_stop("party.unit", "Chưa chọn được xã.", "unit", words))
        times = self.known_people.get(form.party.id_number)
        if times is not None and times.times_this_year:
            words = f"{times.times_this_year} hồ sơ trước đây"
            found.append(Notice(INFO, "person.again", words, "", -1, "id_number"))
        return found

    def _looks(self, form: IntakeForm, procedure: Procedure, rows: Checklist) -> list[Notice]:
        found, day = [], vn_date(self.at)
        if self.open_dossiers.get((form.party.id_number, form.procedure)):
            found.append(Notice(LOOK, "dossier.twin", "Đã có hồ sơ 01-0011 ngày 18/11 đang xử lý.",
                                "Ctrl+O để mở, Alt+Enter để lập mới.", -1, "procedure"))  # fmt: skip
        if not procedure.limit(day).is_known and not form.limit_unit:
            found.append(Notice(LOOK, "limit.unknown", "Danh mục chưa có thời hạn của thủ tục này.",
                                "Nhập thời hạn kèm căn cứ, hoặc Alt+Enter để nhận không hẹn ngày.",
                                -1, "limit"))  # fmt: skip
        if procedure.fee(day).amount is None and not form.fee and not form.exemption:
            found.append(Notice(LOOK, "fee.unknown", "Danh mục chưa có mức lệ phí.",
                                "Nhập mức kèm căn cứ, hoặc Alt+Enter để thu sau.", -1, "fee"))  # fmt: skip
        if rows.missing and not procedure.reviewed and not form.outcome:
            found.append(Notice(LOOK, "papers.unreviewed", "Danh sách giấy tờ chưa rà soát.",
                                "Alt+Enter để nhận đủ, B để yêu cầu bổ sung.", -1, "papers"))  # fmt: skip
        return found

    def _routed(self, form: IntakeForm) -> str:
        own = places_of_all().search(self.own, 1)
        if not form.party.unit or not own or form.party.unit == own[0].code:
            return ""
        place = places_of_all().unit(form.party.unit)
        name = "" if place is None else place.name[:1].lower() + place.name[1:]
        return f"Ngoài địa bàn xã: tiếp nhận phi địa giới, tự chuyển về UBND {name} {OFFLINE_WORDS}."


def _stop(code: str, title: str, field_name: str, detail: str = "") -> Notice:
    return Notice(STOP, code, title, detail, -1, field_name)


def _companion(one: CompanionForm) -> Companion:
    return Companion(one.role, one.name, one.id_kind, one.id_number, 0, one.detail)


def _outcome(form: IntakeForm, procedure: Procedure | None, rows: Checklist) -> str:
    if form.outcome:
        return form.outcome
    return ASK if procedure is not None and procedure.reviewed and rows.missing else ACCEPT


def _missing_words(rows: Checklist) -> str:
    names = [row.paper.name.rstrip(" …").split("; trường hợp")[0] for row in rows.missing]
    return f"Thiếu: {'; '.join(names)}." if names else ""


def _paper(row: Row) -> PaperRow:
    paper, group = row.paper, row.paper.group
    counts = [(paper.originals, "bản chính"), (paper.copies, "bản sao")]
    wanted = " + ".join(f"{count} {words}" for count, words in counts if count)
    words = group.condition if group.kind != ONE_OF or row.group_of > 1 or group.condition else ""
    return PaperRow(
        row.place, group.kind, group.key, words, paper.name, paper.whole_text, wanted, paper.mode,
        row.applies,
        wants_look_up(row), row.state, row.missing,
    )  # fmt: skip


def brought(form: IntakeForm, *but: int) -> IntakeForm:
    """Every row that applies brought, except ``but``."""
    rows = FakeIntake().view(form).papers
    ticks = tuple(
        PaperTick(r.row, "brought") for r in rows if r.applies and r.kind != IF and r.row not in but
    )
    return replace(form, ticks=ticks)


def _ta_leng() -> PlaceHit:
    return FakeIntake().places("ta leng")[0]


def birth_form() -> IntakeForm:
    """The picture's birth: from outside, the hospital's paper missing, residence looked up later."""
    place = _ta_leng()
    party = PartyForm(id_number=PERSON.id_number, name=PERSON.name, birth=PERSON.birth, sex="female",
                      address="Bản Hoa Vân", unit=place.code, unit_text=f"{place.name}, {place.province}",
                      from_card=True)  # fmt: skip
    form = IntakeForm(party=party, procedure=BIRTH, procedure_text="Đăng ký khai sinh")
    full = brought(form, 3)
    ticks = tuple(replace(t, state="queued") if t.row == 4 else t for t in full.ticks)
    return replace(full, ticks=ticks)


def sample() -> FakeIntake:
    """The design's picture."""
    port = FakeIntake(kept=birth_form())
    port.known_people[PERSON.id_number] = KnownPerson(PERSON, 2, ())
    return port


def full_form() -> IntakeForm:
    """Someone of the commune with everything there and three days to wait."""
    party = PartyForm(id_number=OTHER_PERSON.id_number, name=OTHER_PERSON.name, birth="14/03/1986",
                      address="Bản Nà Khan")  # fmt: skip
    form = IntakeForm(party=party, procedure=BIRTH_AGAIN, procedure_text="Đăng ký lại khai sinh",
                      exemption="poor")  # fmt: skip
    return brought(form)


def paid_form() -> IntakeForm:
    """A procedure with a known fee, paid with a note of 50.000."""
    day = vn_date(AT)
    dear = next(p for p in catalogue().on(day) if p.fee(day).amount and p.limit(day).is_known)
    form = replace(full_form(), procedure=dear.code, procedure_text=dear.title, exemption="", ticks=())
    return replace(brought(form), given="50.000")


def wrong_form() -> IntakeForm:
    """Cells to mend, a fingerprint without a witness's name, an organisation nobody stands for."""
    party = PartyForm(id_number="01208600681", name="", birth="31/02/1998", unit_text="ta l")
    return IntakeForm(party=party, cannot_sign="fingerprint", procedure=BIRTH,
                      companions=(CompanionForm("witness"),
                                  CompanionForm("interpreter", "Giàng Thị Dợ (tập huấn)")),
                      procedure_text="Đăng ký khai sinh")  # fmt: skip


def unknown_form() -> IntakeForm:
    """A procedure of the catalogue with neither limit nor fee, for someone of the commune."""
    day = vn_date(AT)
    bare = next(p for p in catalogue().on(day) if not p.limit(day).is_known and p.fee(day).amount is None)
    party = PartyForm(id_number=OTHER_PERSON.id_number, name=OTHER_PERSON.name, birth="1951",
                      address="Bản Nà Khan")  # fmt: skip
    return IntakeForm(party=party, procedure=bare.code, procedure_text=bare.title)


def online() -> FakeIntake:
    """A dossier of the portal that waits for acceptance."""
    party = PartyForm(id_number=OTHER_PERSON.id_number, name=OTHER_PERSON.name, birth="14/03/1986",
                      address="Bản Nà Khan", phone="0912000111")  # fmt: skip
    form = IntakeForm("online", party, procedure=BIRTH, procedure_text="Đăng ký khai sinh", dossier=PORTAL)
    full = brought(form)
    ticks = tuple(replace(t, state="at_return", made_as="electronic") for t in full.ticks)
    return FakeIntake(waiting={PORTAL: replace(full, ticks=ticks)})
