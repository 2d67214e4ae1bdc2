"""What is photographed: each screen with its day's data, empty, reading, failing, read only, and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt

from counter_app.services.ports.copies import LOOK, Notice
from counter_app.services.ports.enrolment import KNOWN_PASSPHRASE, NEW_PASSPHRASE, FoundFile, PcState
from counter_app.services.ports.exchange import SYNCED, Pill
from counter_app.services.ports.founding import ADMIT, FOUND
from counter_app.services.ports.home import CopyVerdict, ScanResult, SearchHit
from counter_app.services.ports.intake import ASK, IntakeForm
from counter_app.services.ports.pen import PenCard
from counter_app.services.ports.tickets import TicketsView
from counter_app.ui.actions import Action
from counter_app.ui.screens.intake.entry import Opened
from tests.support.fakes import (
    cash,
    copies,
    digital,
    dossiers,
    exchange,
    founding,
    groups,
    handover,
    intake,
    pen,
    prints,
    registers,
    signing,
    technician,
)
from tests.support.fakes.arrival import FakeArrival
from tests.support.fakes.contradictions import FakeContradictions, FakeStrays
from tests.support.fakes.home import FakeHome, dossier_rows
from tests.support.fakes.reads import FakeReads
from tests.support.fakes.registers import FakePeople
from tests.support.fakes.session import PASSWORD, FakeSession, OfflineLine
from tests.support.fakes.settings import FakeSettings
from tests.support.fakes.tickets import FakeTickets
from tests.support.pictures.dossier_scenes import dossier_scenes
from tests.support.pictures.group_scenes import group_scenes
from tests.support.pictures.stage import Failing, Slow, Stage

Ports = dict[str, Any]
Act = Callable[[Stage], object]
DAY, EMPTY, LOADING, ERROR, READ_ONLY = "day", "empty", "loading", "error", "read-only"
SKELETON_MS = 420


@dataclass(frozen=True)
class Scene:
    """One picture. ``main`` is the port that is slow or failing; ``act`` is done before the shot."""

    screen: str
    state: str
    person: str
    ports: Callable[[], Ports]
    main: str = ""
    argument: object = None
    act: Act | None = None
    pill: Pill | None = None
    may_act: bool = True
    practice: bool = False

    @property
    def name(self) -> str:
        """Name of the file without theme."""
        return f"{self.screen}-{self.state}"

    def ready_ports(self) -> Ports:
        """The ports of this state."""
        made = self.ports()
        if self.state == LOADING:
            made[self.main] = Slow(made[self.main])
        if self.state == ERROR:
            made[self.main] = Failing(made[self.main])
        return made


def _key(*keys: Qt.Key) -> Act:
    def press(stage: Stage) -> None:
        for key in keys:
            stage.robot.key(key)
            stage.settle()

    return press


def _does(action: Action) -> Act:
    return lambda stage: stage.window.takes_action(action)


def _types(action: Action, text: str) -> Act:
    def type_it(stage: Stage) -> None:
        stage.window.takes_action(action)
        stage.robot.type(text)
        stage.settle()

    return type_it


def _scans(code: str) -> Act:
    def scan(stage: Stage) -> None:
        stage.robot.burst(code)
        stage.settle()

    return scan


def _technician() -> Ports:
    return {"technician": technician.FakeTechnician(), "papers": prints.FakePrints()}


def _registers() -> Ports:
    return {"registers": registers.FakeRegisters(), "session": FakePeople(), "pen": pen.FakePen()}


def _two_years() -> Ports:
    years = (registers.year_2027(), registers.year_2026(unprinted=2))
    return {
        **_registers(),
        "registers": registers.FakeRegisters(kept_years=years, notes=registers.later_note_rows()),
    }


def _annulled() -> Ports:
    rows = registers.day_rows()
    note = "Huỷ bỏ giá trị: 12/QĐ-UBND ngày 20/11/2026, bản chính giả"
    month = registers.november(rows=(replace(rows[0], state="annulled", note=note), *rows[1:]))
    return {**_registers(), "registers": registers.FakeRegisters(kept={(2026, 11): month})}


def _search(*hits: SearchHit) -> Ports:
    port = FakeHome()
    port.hits = hits
    return {"home": port, "registers": registers.FakeRegisters()}


HITS = (
    SearchHit("person", "Hoàng Văn Sơn", "CCCD …6812 · 1986", "copies"),
    SearchHit("person", "Hoàng Thị Sển", "Sinh năm 1951", "copies"),
    SearchHit("request", "HOÀNG VĂN SƠN", "Bằng tốt nghiệp THPT; Học bạ", "handover"),
    SearchHit("dossier", "HOÀNG THỊ SỂN", "02-0004 · Thủ tục xét trợ cấp (tập huấn)", "dossier"),
    SearchHit("number", "1838/2026", "Bằng trung cấp · đã cấp số, chờ ký", "registers"),
    SearchHit("procedure", "Thủ tục hoàng hôn (tập huấn)", "Khác · 9.000002", "intake"),
    SearchHit("command", "Chứng thực bản sao", "F4", "copies"),
)
ALTERED = CopyVerdict(
    "altered", "Bản sao này khác sổ.", "Số 1776/2026-SCT/BS trong sổ là của giấy tờ khác.",
    (("Số chứng thực", "1776/2026-SCT/BS"), ("Ngày", "12/11/2026"), ("Người ký", "Vàng Văn Thăng")),
)  # fmt: skip


def _check(verdict: CopyVerdict | None = None) -> Ports:
    port = FakeHome()
    port.verdict = verdict or replace(port.verdict, fields=ALTERED.fields)
    return {"home": port}


def _five(
    screen: str, person: str, ports: Callable[[], Ports], main: str, empty: Callable[[], Ports]
) -> Iterator[Scene]:
    yield Scene(screen, DAY, person, ports, main)
    yield Scene(screen, EMPTY, person, empty, main)
    yield Scene(screen, LOADING, person, ports, main)
    yield Scene(screen, ERROR, person, ports, main)


GREEN = Pill(SYNCED, "Đã đồng bộ 09:41", 0)


def scenes() -> tuple[Scene, ...]:
    """All of them, in the order of the rail."""
    return (
        *_counter(), *group_scenes(Scene), *_intake(), *dossier_scenes(Scene), *_desk(), *_digital(),
        *_books(),
        *_exchange(), *_machine(),
    )  # fmt: skip


def _first_pin(stage: Stage) -> None:
    """His password was right and he has no PIN here."""
    view: Any = stage.window._cover
    view.model.sign_in(PASSWORD)
    stage.settle()


def _acts(stage: Stage) -> None:
    """The list of written acts."""
    stage.view().tabs.choose("acts")


def _seat(stage: Stage) -> None:
    """A number that another PC has."""
    view: Any = stage.window._cover
    view.seats.number.fill("1")
    view.on_commit()


def _arriving(ports: Ports) -> Ports:
    """A PC that became a counter without its printer."""
    ports["enrolment"].told = founding.ARRIVED
    return ports


def _arrives(stage: Stage) -> None:
    """The number typed, F9, and the page stays for the step that is to be looked at."""
    view: Any = stage.window._cover
    view.seats.number.fill("2")
    view.on_commit()


def _first_pages() -> Iterator[Scene]:
    def bare(state: PcState | None = None, files: tuple[FoundFile, ...] | None = None) -> Ports:
        return {"enrolment": founding.FakeEnrolment(state, files)}

    def people(stage: str = FOUND) -> Ports:
        port = founding.FakeFounding(stage)
        return {"founding": port, "officials": port, "exchange": OfflineLine()}

    def december() -> Ports:
        ports = people()
        ports["founding"].december = True
        return ports

    down = _key(Qt.Key.Key_Down)
    yield Scene("bare", "shown", "technician", bare, "enrolment")
    yield Scene("bare", "refused", "technician", bare, "enrolment", act=down)
    yield Scene("bare", EMPTY, "technician", lambda: bare(files=()), "enrolment")
    new = PcState(False, NEW_PASSPHRASE, False)
    yield Scene("bare", "passphrase", "technician", lambda: bare(new), "enrolment")
    unit = (FoundFile(founding.UNITS, "03390.mcp", "USB USB-KT", True),)
    yield Scene("bare", "seats", "technician", lambda: bare(files=unit), "enrolment", act=_seat)
    yield Scene("bare", "steps", "technician", lambda: _arriving(bare(files=unit)), "enrolment", act=_arrives)
    known = PcState(True, KNOWN_PASSPHRASE, False)
    yield Scene("bare", "unlock", "technician", lambda: bare(known), "enrolment")
    yield Scene("founding", DAY, "technician", people, "founding")
    wrong = _key(Qt.Key.Key_F9)
    yield Scene("people", DAY, "head", people, "founding")
    yield Scene("people", "act", "head", people, "founding", act=_does(Action.PART_2))
    yield Scene("people", "change", "head", people, "founding", act=_does(Action.PART_3))
    yield Scene("people", "password", "head", people, "founding", act=_does(Action.PART_4))
    yield Scene("people", "acts", "head", december, "founding", act=_acts)
    yield Scene("founding", "wrong", "technician", people, "founding", act=wrong)
    yield Scene("founding", "elsewhere", "technician", lambda: people(ADMIT), "founding")


def _counter() -> Iterator[Scene]:
    def sign_in() -> Ports:
        return {"session": FakeSession(), "exchange": OfflineLine()}

    def without_pin() -> Ports:
        ports = sign_in()
        ports["session"].offers_pin = True
        return ports

    yield Scene("signin", DAY, "clerk", sign_in, "session")
    yield Scene("signin", "pin", "clerk", without_pin, "session", act=_first_pin)
    yield from _first_pages()

    def work() -> Ports:
        return {"home": FakeHome(dossier_rows(), dossiers=True)}

    yield from _five("home", "clerk", work, "home", lambda: {"home": FakeHome((), 0, dossiers=True)})
    yield Scene("home", "practice", "clerk", work, "home", practice=True)

    def supervised() -> Ports:
        ports = work()
        ports["home"].supervised = True
        return ports

    yield Scene("home", "supervisor", "signer", supervised, "home")

    def taking_in() -> Ports:
        return {"copies": copies.sample()}

    yield Scene("copies", DAY, "clerk", taking_in, "copies")
    no_price = Notice(
        LOOK, "photocopy.no_price", "Dòng 1: chưa có giá sao chụp, khoản photo không tính.",
        "Alt+Enter: để ngoài phiếu thu. Giá do lãnh đạo ghi ở Cài đặt của đơn vị.", 0, "price",
    )  # fmt: skip

    def without_price() -> Ports:
        made = copies.sample()
        made.extra = [no_price]
        return {"copies": made}

    yield Scene("copies", "no-price", "clerk", without_price, "copies", act=_does(Action.PAY_WHEN))
    yield Scene("copies", EMPTY, "clerk", lambda: {"copies": copies.FakeCopies()}, "copies")
    yield Scene("copies", LOADING, "clerk", taking_in, "copies")
    yield Scene("copies", READ_ONLY, "clerk", taking_in, "copies", may_act=False)
    yield Scene("copies", "help", "clerk", taking_in, "copies", act=_does(Action.HELP))
    yield Scene("copies", "later", "clerk", taking_in, "copies", act=_does(Action.ASK_BACK))

    def giving() -> Ports:
        office = dossiers.FakeDossiers()
        return {"handover": handover.FakeHandover(dossiers=office), "dossiers": office}

    def none() -> Ports:
        return {"handover": handover.FakeHandover(()), "dossiers": dossiers.FakeDossiers(empty=True)}

    yield from _five("handover", "clerk", giving, "handover", none)
    yield Scene("handover", "found", "clerk", giving, "handover", act=_scans(handover.CARD))
    yield Scene("handover", "other", "clerk", giving, "handover", act=_another_receives)
    yield Scene("handover", "fingerprint", "clerk", giving, "handover", act=_fingerprint)
    yield Scene("search", DAY, "clerk", lambda: _search(*HITS), "home", argument="hoang")
    yield Scene("search", EMPTY, "clerk", _search, "home", argument="không ai")
    scanned = ScanResult("copy", "x", "")
    yield Scene("check", DAY, "clerk", _check, "home", argument=scanned, pill=GREEN)
    yield Scene("check", "altered", "clerk", lambda: _check(ALTERED), "home", argument=scanned)


def _intake() -> Iterator[Scene]:
    def taking_in(form: IntakeForm | None = None) -> Ports:
        return {"intake": intake.sample() if form is None else intake.FakeIntake(kept=form)}

    def portal() -> Ports:
        return {"intake": intake.online()}

    yield Scene("intake", DAY, "clerk", taking_in, "intake")
    yield Scene("intake", EMPTY, "clerk", lambda: {"intake": intake.FakeIntake()}, "intake")
    yield Scene("intake", LOADING, "clerk", taking_in, "intake")
    yield Scene("intake", ERROR, "clerk", taking_in, "intake")
    yield Scene("intake", READ_ONLY, "clerk", taking_in, "intake", may_act=False)
    yield Scene("intake", "results", "clerk", taking_in, "intake", act=_types(Action.PART_2, "khai sinh"))
    yield Scene("intake", "near", "clerk", taking_in, "intake", act=_types(Action.PART_2, "khia sinhh"))
    yield Scene("intake", "accept", "clerk", lambda: taking_in(intake.full_form()), "intake")
    yield Scene("intake", "unknown", "clerk", lambda: taking_in(intake.unknown_form()), "intake")
    yield Scene(
        "intake", "wrong", "clerk", lambda: taking_in(intake.wrong_form()), "intake", act=_key(Qt.Key.Key_F9)
    )
    yield Scene("intake", "paid", "clerk", lambda: taking_in(intake.paid_form()), "intake")
    yield Scene("intake", "online", "clerk", portal, "intake", argument=intake.PORTAL)
    asked = Opened(intake.PORTAL, "online", ASK)
    yield Scene("intake", "online-ask", "clerk", portal, "intake", argument=asked)
    yield Scene(
        "intake",
        "refused",
        "clerk",
        portal,
        "intake",
        argument=intake.PORTAL,
        act=_types(Action.GIVE_BACK, "2"),
    )


def _another_receives(stage: Stage) -> None:
    _scans(handover.CARD)(stage)
    _part(Action.PART_3)(stage)
    _key(Qt.Key.Key_Right, Qt.Key.Key_F9)(stage)


def _fingerprint(stage: Stage) -> None:
    _scans(handover.CARD)(stage)
    stage.view().receiver.how.choose("fingerprint")
    _key(Qt.Key.Key_F9)(stage)


def _tokens() -> Ports:
    return {"settings": FakeSettings(), "digital": digital.FakeDigital()}


def _files(**more: object) -> Callable[[], Ports]:
    return lambda: {"digital": digital.FakeDigital(**more), "signing": signing.FakeSigning()}  # type: ignore[arg-type]


def _digital() -> Iterator[Scene]:
    bare = _files(files=[], rows=[], no_token="token.absent")
    yield from _five("digital", "signer", _files(), "digital", bare)
    yield Scene("digital", READ_ONLY, "clerk", _files(), "digital", may_act=False)


def _desk() -> Iterator[Scene]:
    def pile() -> Ports:
        return {"signing": signing.FakeSigning()}

    nothing = signing.FakeSigning
    yield from _five(
        "signing", "signer", pile, "signing", lambda: {"signing": nothing(rows=[], lot_rows=[], lines={})}
    )
    elsewhere = signing.ELSEWHERE
    yield Scene(
        "signing",
        "pen-elsewhere",
        "clerk",
        lambda: {"signing": signing.FakeSigning(status=elsewhere)},
        "signing",
    )
    yield Scene("signing", READ_ONLY, "clerk", pile, "signing", may_act=False)

    def of_groups() -> Ports:
        school = {"group": groups.HALF, "group_name": "Trường PTDTBT Bình Lư (tập huấn)"}
        rows = signing.day_pile()
        return {
            "signing": signing.FakeSigning(rows=[*rows[:3], *(replace(row, **school) for row in rows[3:])])
        }

    yield Scene("signing", "group", "signer", of_groups, "signing", act=_does(Action.SCHOOL_LOT))
    yield Scene("signing", "ink", "signer", pile, "signing", argument=4)
    yield Scene("signing", "pin", "signer", pile, "signing", act=_ask_pin)


def _ask_pin(stage: Stage) -> None:
    stage.robot.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.robot.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()


def _books() -> Iterator[Scene]:
    yield Scene("registers", DAY, "signer", _registers, "registers")
    yield Scene("registers", "annulled", "registrar", _annulled, "registers", argument=(2026, 11))
    yield Scene("registers", "annul", "registrar", _registers, "registers", act=_key(Qt.Key.Key_R))
    yield Scene("registers", "years", "registrar", _two_years, "registers", act=_key(Qt.Key.Key_T))
    yield Scene("registers", "report", "registrar", _registers, "registers", act=_key(Qt.Key.Key_6))
    behind = _key(Qt.Key.Key_6, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    yield Scene("registers", "report-lines", "registrar", _registers, "registers", act=behind)
    yield Scene("registers", "note", "registrar", _registers, "registers", act=_key(Qt.Key.Key_B))
    yield Scene("registers", "correction", "registrar", _registers, "registers", act=_key(Qt.Key.Key_Q))
    acts = _key(Qt.Key.Key_Return)
    yield Scene("registers", "acts", "registrar", _registers, "registers", act=acts)
    yield Scene("registers", LOADING, "signer", _registers, "registers")
    yield Scene("registers", ERROR, "signer", _registers, "registers")
    yield Scene("registers", READ_ONLY, "onlooker", _registers, "registers")

    def count() -> Ports:
        return {"cash": cash.FakeCash()}

    yield Scene("cash", DAY, "clerk", count, "cash")
    yield Scene("cash", "blocked", "clerk", lambda: {"cash": cash.FakeCash(today=cash.BLOCKED)}, "cash")
    shut = replace(cash.FREE, closed=True, counted=2_344_000)
    yield Scene("cash", "closed", "clerk", lambda: {"cash": cash.FakeCash(today=shut)}, "cash")
    yield Scene("cash", LOADING, "clerk", count, "cash")
    yield Scene("cash", ERROR, "clerk", count, "cash")
    yield Scene("cash", READ_ONLY, "clerk", count, "cash", may_act=False)
    yield from _receipts()
    yield from _pen()


def _receipts() -> Iterator[Scene]:
    """Receipts undone, slips that get theirs, books."""

    def till() -> Ports:
        return {"cash": cash.FakeCash(), "pen": pen.FakePen(found=pen.RECEIPTS)}

    def bare() -> Ports:
        return {"cash": cash.FakeCash(all_books=(), waiting=()), "pen": pen.FakePen()}

    yield Scene("receipts", DAY, "clerk", till, "cash", argument="18")
    yield Scene("receipts", EMPTY, "clerk", bare, "cash")
    yield Scene("receipts", LOADING, "clerk", till, "cash")
    yield Scene("receipts", ERROR, "clerk", till, "cash")
    refund = _key(Qt.Key.Key_Return, Qt.Key.Key_Backtab, Qt.Key.Key_Right)
    yield Scene("receipts", "refund", "clerk", till, "cash", argument="18", act=refund)
    yield Scene("receipts", "follow", "clerk", till, "cash", act=_part(Action.PART_2))
    yield Scene("receipts", "book", "clerk", till, "cash", act=_does(Action.OPEN_EXISTING))
    yield Scene("receipts", "close-book", "clerk", till, "cash", act=_part(Action.PART_3))


def _part(action: Action) -> Act:
    """Into a part's list, Enter."""

    def act(stage: Stage) -> None:
        stage.window.takes_action(action)
        _key(Qt.Key.Key_Return)(stage)

    return act


def _pen() -> Iterator[Scene]:
    """The desk of the pen: its numbers, and each way the pen can go (``sync.md`` 4)."""
    yield Scene("pen", DAY, "registrar", lambda: {"pen": pen.recovered()}, "pen")
    yield Scene("pen", EMPTY, "registrar", lambda: {"pen": pen.FakePen()}, "pen")
    yield Scene("pen", LOADING, "registrar", lambda: {"pen": pen.recovered()}, "pen")
    yield Scene("pen", ERROR, "registrar", lambda: {"pen": pen.FakePen()}, "pen")
    yield Scene("pen", READ_ONLY, "onlooker", lambda: {"pen": pen.FakePen((pen.HERE,))}, "pen", may_act=False)
    yield _moving("pass", pen.HERE, 0)
    yield _moving("to-paper", pen.HERE, 1)
    yield _moving("on-paper", pen.ON_PAPER, 0)
    yield Scene("pen", "back-twice", "registrar", lambda: {"pen": pen.FakePen((pen.BACK_TWICE,))}, "pen")
    yield _moving("enter", pen.TO_ENTER, 0, _tick_two)
    yield _moving("take", pen.ELSEWHERE, 0)
    yield _moving("recover", pen.ELSEWHERE, 1)


def _moving(state: str, card: PenCard, place: int, then: Act | None = None) -> Scene:
    """The form of the act in this place of the list."""

    def act(stage: Stage) -> None:
        stage.window.takes_action(Action.PART_4)
        _key(*(Qt.Key.Key_Down,) * place, Qt.Key.Key_Return)(stage)
        if then is not None:
            then(stage)

    return Scene("pen", state, "registrar", lambda: {"pen": pen.FakePen((card,))}, "pen", act=act)


def _tick_two(stage: Stage) -> None:
    _key(*(Qt.Key.Key_Return,) * 3, *(Qt.Key.Key_Down,) * 4, Qt.Key.Key_Space, Qt.Key.Key_End)(stage)
    _key(Qt.Key.Key_Space)(stage)


def _exchange() -> Iterator[Scene]:
    def line() -> Ports:
        return {"exchange": exchange.FakeExchange()}

    def nothing() -> Ports:
        return {"exchange": exchange.FakeExchange(exchange.SYNCED, [], [])}

    yield from _five("sync", "clerk", line, "exchange", nothing)
    yield Scene("sync", READ_ONLY, "technician", line, "exchange")
    yield Scene("sync", "export", "clerk", line, "exchange", act=_does(Action.EXPORT))
    yield Scene("sync", "import", "clerk", line, "exchange", act=_does(Action.OPEN_EXISTING))

    def gap() -> Ports:
        return {"exchange": exchange.FakeExchange(seen=exchange.PART_FILE)}

    yield Scene("sync", "import-part", "clerk", gap, "exchange", act=_does(Action.OPEN_EXISTING))
    yield Scene("sync", "explain", "clerk", line, "exchange", act=_does(Action.EXPLAIN))

    def apart() -> Ports:
        return {"exchange": exchange.FakeExchange(exchange.APART, [], [])}

    yield Scene("sync", "apart", "clerk", apart, "exchange")

    def waiting() -> Ports:
        return {"papers": prints.FakePrints(png=prints.page())}

    yield from _five("prints", "clerk", waiting, "papers", lambda: {"papers": prints.FakePrints([])})


def _machine() -> Iterator[Scene]:
    yield Scene("technician", DAY, "technician", _technician, "technician", act=_key(Qt.Key.Key_Down))
    yield Scene("technician", LOADING, "technician", _technician, "technician")
    yield Scene("technician", ERROR, "technician", _technician, "technician")
    yield Scene("technician", READ_ONLY, "signer", _technician, "technician", may_act=False)
    yield Scene("printers", DAY, "technician", _technician, "technician")
    yield Scene("tokens", DAY, "technician", _tokens, "settings")
    yield Scene("lan", DAY, "technician", _technician, "technician")
    alone = technician.LanView(
        trouble="Chưa gặp máy nào của đơn vị. Có thể cổng 7443 bị chặn. Cho phép cổng này."
    )
    yield Scene(
        "lan",
        EMPTY,
        "technician",
        lambda: {"technician": technician.FakeTechnician(on_lan=alone)},
        "technician",
    )
    yield Scene("line", DAY, "technician", _technician, "technician")
    for state in (DAY, LOADING, ERROR):
        yield Scene("tickets", state, "technician", lambda: {"tickets": FakeTickets()}, "tickets")
    yield Scene("tickets", EMPTY, "clerk", lambda: {"tickets": FakeTickets(TicketsView())}, "tickets")
    yield Scene("scanner", DAY, "technician", _technician, "technician", act=_scans(technician.DIGITS))
    yield Scene("backups", DAY, "technician", _technician, "technician")
    yield Scene(
        "backups",
        EMPTY,
        "technician",
        lambda: {"technician": technician.FakeTechnician(saved=[])},
        "technician",
    )
    yield Scene("enrolment", DAY, "technician", _technician, "technician")
    yield Scene(
        "settings", DAY, "clerk", lambda: {"settings": FakeSettings(), "session": FakeSession()}, "settings"
    )
    for state, action in (("unit", Action.PART_2), ("prices", Action.PART_3)):
        yield Scene(
            "settings", state, "head", lambda: {"settings": FakeSettings(), "session": FakeSession()},
            "settings", act=_does(action),
        )  # fmt: skip
    contradictions, strays = {"contradictions": FakeContradictions()}, {"strays": FakeStrays()}
    yield Scene("contradictions", DAY, "head", lambda: {**contradictions, **strays}, "contradictions")
    yield Scene(
        "contradictions", EMPTY, "head",
        lambda: {"contradictions": FakeContradictions((), ()), "strays": FakeStrays(())}, "contradictions",
    )  # fmt: skip
    yield Scene(
        "contradictions", "strays", "head", lambda: {**contradictions, **strays}, "contradictions",
        act=_does(Action.TAB_3),
    )  # fmt: skip
    yield Scene("arrival", DAY, "head", lambda: {"arrival": FakeArrival()}, "arrival")
    yield Scene(
        "arrival", "files", "head", lambda: {"arrival": FakeArrival(left=2)}, "arrival", argument="files"
    )
    yield Scene("reads", DAY, "head", lambda: {"reads": FakeReads()}, "reads")
    yield Scene("reads", EMPTY, "head", lambda: {"reads": FakeReads(())}, "reads")
    yield Scene("reads", ERROR, "head", lambda: {"reads": FakeReads(whole=False)}, "reads")
