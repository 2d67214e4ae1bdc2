"""A copies counter without a store: rows and fees by the program's own tables, the rest kept in memory.

``sample()`` is the day of the design's picture, with practice names.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from counter_app.domain.certification.taking_in.fees import (
    copy_fee,
    photocopy_cost,
    signature_fee,
    transaction_fee,
)
from counter_app.domain.certification.taking_in.matters import COPY, OF_SIGNATURES, TRANSACTION, TRANSLATOR
from counter_app.domain.certification.taking_in.row_grammar import parse_row
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import read_given
from counter_app.services.ports.copies import (
    INFO,
    LOOK,
    STOP,
    Committed,
    EarlierRequest,
    Ground,
    KnownPerson,
    MoneyLine,
    Notice,
    PaperKind,
    PersonForm,
    RefusalForm,
    RequestForm,
    RequestView,
    RowForm,
    RowView,
    SignatoryChoice,
    SigningChoices,
    TextPlace,
    TextPreview,
)
from counter_app.services.rules import shipped_rules
from sync.protocol.naming.ids import EntryId

AT = 1_795_145_040_000
"""10:24 on Friday 20/11/2026 in Viet Nam, ms."""
CARD = "012086006812|051999888|HOÀNG VĂN SƠN|14031986|Nam|Bản Nà Khan, xã Bình Lư (tập huấn)|10052021"
OTHER_CARD = "012186001234|051777666|LÒ THỊ ẨM|02091986|Nữ|Bản Hon, xã Bình Lư (tập huấn)|10052021"
BENT_CARD = OTHER_CARD.replace("02091986", "31021986")
"""The same card with a day of birth that no calendar has."""
PERSON = PersonForm("012086006812", "HOÀNG VĂN SƠN", "14/03/1986", "Bản Nà Khan, xã Bình Lư", from_card=True)
OTHER_PERSON = PersonForm("012186001234", "LÒ THỊ ẨM", "02/09/1986", "Bản Hon, xã Bình Lư", from_card=True)
GROUNDS = (
    Ground("altered", "Bản chính bị tẩy xóa, sửa chữa, thêm bớt nội dung không hợp lệ."),
    Ground("damaged", "Bản chính bị hư hỏng, cũ nát, không xác định được nội dung."),
    Ground("secret", "Bản chính đóng dấu mật hoặc không đóng dấu mật nhưng ghi rõ không được sao chụp."),
    Ground("unlawful", "Bản chính có nội dung trái pháp luật, đạo đức xã hội."),
    Ground("foreign", "Giấy tờ nước ngoài chưa được hợp pháp hóa lãnh sự."),
    Ground("private", "Giấy tờ do cá nhân tự lập không có xác nhận và đóng dấu."),
)
GROUNDS_OF_SIGNATURES = (
    Ground("not_lucid", "Người yêu cầu không nhận thức, làm chủ được hành vi của mình."),
    Ground("identity", "Giấy tờ tùy thân không còn giá trị hoặc giả mạo."),
)
EARLIER = (
    EarlierRequest("02-0011", "03/09/2026", ("hb 24x2", "gks 1x4")),
    EarlierRequest("01-0107", "12/03/2026", ("cc 2x1",)),
)
SIGNERS = (
    SignatoryChoice(EntryId(513, 2), EntryId(513, 9), "Vàng Văn Thăng — Phó Chủ tịch", 7),
    SignatoryChoice(
        EntryId(513, 1), EntryId(513, 8), "Giàng A Chiến — Chủ tịch", 12,
        "Quyết định 47/QĐ-UBND hết hạn sau 6 ngày.",
    ),
)  # fmt: skip
_TEXT = (
    "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: ……  Quyển số: 03/2026-SCT/BS",
    "Ngày … tháng … năm 2026", "KT. CHỦ TỊCH · PHÓ CHỦ TỊCH", "Vàng Văn Thăng",
)  # fmt: skip


@dataclass
class FakeCopies:
    """``calls`` holds what was written; ``draft`` what was kept; ``photocopy`` the price of a page."""

    known_people: dict[str, KnownPerson] = field(default_factory=dict)
    draft: RequestForm | None = None
    cursor: int = 0
    drafts: list[RequestForm | None] = field(default_factory=list)
    commits: list[RequestForm] = field(default_factory=list)
    refusals: list[RefusalForm] = field(default_factory=list)
    extra: list[Notice] = field(default_factory=list)
    signers: tuple[SignatoryChoice, ...] = SIGNERS
    refuse_commit: DomainError | None = None
    before_commit: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.rules = shipped_rules().with_photocopy_price(500)

    def book_line(self) -> tuple[str, str]:
        return "Quyển số 03/2026-SCT/BS", "cấp số tại BÀN KÝ"

    def kinds(self, typed: str) -> tuple[PaperKind, ...]:
        words = typed.lower().removeprefix("ck ").strip()
        return tuple(PaperKind(kind.aliases[0], kind.name) for kind in self.rules.kinds.near(words, 8))

    def view(self, form: RequestForm) -> RequestView:
        rows, notices = [], self._person(form)
        if not form.rows:
            notices.append(Notice(STOP, "originals.count", "Chưa có giấy tờ nào.", "Gõ tên tắt."))
        for index, row in enumerate(form.rows):
            read, fault = self._row(index, row)
            rows += read
            notices += fault
        for one in self.extra:
            if one.row < len(form.rows) and not any(one.code in row.seen for row in form.rows):
                notices.append(one)
        total = sum(row.amount for row in rows)
        given = self._given(form, total, notices)
        blocked = any(notice.level in (STOP, LOOK) for notice in notices)
        change = given - total if form.pay == "now" else 0
        copies = sum(row.copies for row in rows if row.kind == "copy")
        return RequestView(
            tuple(rows), self._money(rows), total, given, change, tuple(notices), len(form.rows), copies,
            "trả trong ngày", not blocked,
        )  # fmt: skip

    def read_card(self, text: str) -> KnownPerson:
        if text not in (CARD, OTHER_CARD, BENT_CARD):
            raise DomainError("Đọc được mã nhưng thiếu phần, kiểm tra lại từng ô.", code="card.incomplete")
        if text == BENT_CARD:
            return KnownPerson(replace(OTHER_PERSON, birth=""), 0, (), ("Đọc được mã nhưng thiếu phần.",))
        person = PERSON if text == CARD else OTHER_PERSON
        found = self.known_people.get(person.id_number)
        return replace(found, person=person) if found is not None else KnownPerson(person, 0, ())

    def known(self, id_number: str) -> KnownPerson | None:
        return self.known_people.get(id_number)

    def signatories(self, matter: str = "copy") -> tuple[SignatoryChoice, ...]:
        return self.signers

    def signing_choices(self) -> SigningChoices:
        return SigningChoices((("frail", "già yếu"),), (("papers", "nộp hộ giấy tờ"),))

    def preview(self, form: RequestForm) -> TextPreview:
        count = sum(row.copies for row in self.view(form).rows if row.kind in ("copy", "signature"))
        return TextPreview(_TEXT, count, "overlay")

    def commit(self, form: RequestForm) -> Committed:
        self.before_commit()
        if self.refuse_commit is not None:
            raise self.refuse_commit
        self.commits.append(form)
        self.draft = None
        return Committed(EntryId(513, 40), "02-0018", "Đã lưu 02-0018, đã in phiếu.", (41,))

    def reopen(self, request: EntryId) -> RequestForm:
        return RequestForm(PERSON, (RowForm("hb 24x2", "", AT),), "return", request=request)

    def grounds(self, matter: str = "copy") -> tuple[Ground, ...]:
        return GROUNDS if matter == COPY else GROUNDS_OF_SIGNATURES

    def refuse(self, form: RefusalForm) -> Committed:
        self.refusals.append(form)
        return Committed(EntryId(513, 60), "02-0019", "Đã từ chối, đã in phiếu.", (61,))

    def load_draft(self) -> RequestForm | None:
        return self.draft

    def draft_cursor(self) -> int:
        return self.cursor

    def save_draft(self, form: RequestForm | None, cursor: int = 0) -> None:
        self.draft, self.cursor = form, cursor
        self.drafts.append(form)

    def strip_preview(self, form: RequestForm) -> bytes:
        from PIL import Image

        out = io.BytesIO()
        Image.new("L", (576, 900), 255).save(out, "PNG")
        return out.getvalue()

    def _person(self, form: RequestForm) -> list[Notice]:
        found = []
        number = form.person.id_number
        if not number:
            found.append(Notice(STOP, "requester.identity", "Nhập số giấy tờ tùy thân.", "", -1, "id_number"))
        elif form.person.id_kind == "cccd" and len(number) != 12:
            words = f"Số căn cước phải có 12 chữ số, hiện có {len(number)}."
            found.append(Notice(STOP, "identity.length", words, "", -1, "id_number"))
        if not form.person.name:
            found.append(Notice(STOP, "name.empty", "Nhập họ và tên.", "", -1, "name"))
        times = self.known_people.get(number)
        if times is not None:
            words = f"Lần thứ {times.times_this_year + 1} trong năm."
            found.append(Notice(INFO, "person.again", words, "", -1, "id_number"))
        return found

    def _row(self, index: int, row: RowForm) -> tuple[list[RowView], list[Notice]]:
        try:
            typed = parse_row(row.text, self.rules.kinds)
        except DomainError as error:
            shown = RowView(index, "", error.title, "", 0, 0, 0, 0, False)
            return [shown], [
                Notice(STOP, error.code, f"Dòng {index + 1}: {error.title}", error.remedy, index)
            ]
        day = vn_date(AT)
        sign = typed.matter != COPY
        if typed.matter in OF_SIGNATURES:
            fee = signature_fee(self.rules.fees, typed.copies, day).amount
        elif typed.matter == TRANSACTION:
            fee = transaction_fee(self.rules.fees, day).amount
        else:
            fee = copy_fee(self.rules.fees, typed.pages, typed.copies, day).amount
        second = row.mark or (f"ck {typed.paper.aliases[0]} · đã ký trước mặt" if sign else "")
        unit = fee if typed.matter == TRANSACTION else fee // typed.copies
        kind = typed.matter
        compared = bool(row.compared_at)
        shown = [
            RowView(index, typed.name, second, kind, max(1, typed.pages), typed.copies, unit, fee, compared,
                    typed.paper.key, _text_place(typed.matter, row))
        ]  # fmt: skip
        if typed.photocopied:
            cost = photocopy_cost(self.rules.fees, typed.pages, typed.copies, day)
            assert cost is not None
            name = f"Photo tại xã: {typed.name[0].lower()}{typed.name[1:]}"
            words = f"{cost.quantity} trang · khoản riêng"
            shown.append(
                RowView(index, name, words, "photocopy", typed.pages, typed.copies, cost.unit_price,
                        cost.quantity * cost.unit_price, True)
            )  # fmt: skip
        if typed.matter == TRANSLATOR and not row.signing.languages:
            words = f"Dòng {index + 1}: chưa ghi dịch từ tiếng nào sang tiếng nào."
            return shown, [Notice(STOP, "translation.languages", words, "", index, "languages")]
        if compared:
            return shown, []
        words = f"Dòng {index + 1}: chưa đánh dấu đã đối chiếu bản chính."
        return shown, [Notice(STOP, "original.not_compared", words, "", index, "compared")]

    def _given(self, form: RequestForm, total: int, notices: list[Notice]) -> int:
        if form.pay != "now":
            return 0
        if form.method == "transfer":
            return total
        try:
            given = read_given(form.given, total)
        except DomainError as error:
            notices.append(Notice(STOP, error.code, error.title, error.remedy, -1, "given"))
            return 0
        if given < total:
            notices.append(Notice(LOOK, "money.short", "Còn thiếu tiền.", "Nhận thêm tiền.", -1, "given"))
        return given

    def _money(self, rows: list[RowView]) -> tuple[MoneyLine, ...]:
        found = []
        for kind, words in (
            ("copy", "Phí chứng thực bản sao · {n} bản"),
            ("signature", "Phí chứng thực chữ ký · {n}"),
            ("photocopy", "Photo · {n} trang"),
        ):
            mine = [row for row in rows if row.kind == kind]
            if mine:
                count = sum(row.copies * (row.pages if kind == "photocopy" else 1) for row in mine)
                found.append(MoneyLine(words.format(n=count), sum(row.amount for row in mine)))
        return tuple(found)


EXPIRED = Notice(
    LOOK, "card.expired", "Dòng 3: thẻ căn cước hết hạn ngày 14/03/2026",
    "Vẫn được chứng thực nếu bản chính không bị tẩy xóa. Kiểm tra rồi nhấn Alt+Enter để xác nhận đã xem.",
    2, "paper",
)  # fmt: skip


def sample() -> FakeCopies:
    """The picture's request: five papers, the last one not yet compared, an amber notice on the third."""
    rows = (
        RowForm("bang 1x3", "Số hiệu A 0451278", AT - 300_000), RowForm("hb 24x2p", "", AT - 240_000),
        RowForm("cc 2x5", "Số 012 086 006 812", AT - 180_000), RowForm("ck syll 1", "", AT - 120_000),
        RowForm("qsdd 4x2", "số hiệu DB 214077"),
    )  # fmt: skip
    port = FakeCopies(
        draft=RequestForm(PERSON, rows, "now", "150.000", SIGNERS[0].official), cursor=4, extra=[EXPIRED]
    )
    port.known_people[PERSON.id_number] = KnownPerson(PERSON, 2, ("hb 24x2", "gks 1x4"), earlier=EARLIER)
    return port


def _text_place(matter: str, row: RowForm) -> TextPlace | None:
    """Every text is 96 mm high; the practice unit prints pages."""
    if matter not in OF_SIGNATURES:
        return None
    if row.signing.text_on != "under":
        return TextPlace("page")
    typed = row.signing.text_top
    return TextPlace("under", int(typed) if typed.isdecimal() else 0, 96)
