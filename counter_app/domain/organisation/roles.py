"""Who may do what: the table of ``law.md`` 7.2 as data, checked on the counter and again at the hub.

The table is the project's own design on TT 01/2020 arts. 8, 11 and NĐ 23/2015 arts. 9, 24, unverified
[U]: a province may replace it by newer data. A cell is YES, ACT (only with a written act or a right
given by name) or absent (no). A row of the law's table that holds two acts (``sign · confirm``) is two rows
here; *draft*, *read*, *day* are acts of their own. Of an official's several roles the best cell counts.
"""

from __future__ import annotations

from types import MappingProxyType

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState

INTAKE = "intake"
POSTAL = "postal"
REGISTRAR = "registrar"
HANDLER = "handler"
SIGNATORY = "signatory"
CASHIER = "cashier"
DEPUTY_DIRECTOR = "deputy_director"
DIRECTOR = "director"
CHAIRMAN = "chairman"
TECHNICIAN = "technician"
INSPECTOR = "inspector"

ROLES = (
    INTAKE,
    POSTAL,
    REGISTRAR,
    HANDLER,
    SIGNATORY,
    CASHIER,
    DEPUTY_DIRECTOR,
    DIRECTOR,
    CHAIRMAN,
    TECHNICIAN,
    INSPECTOR,
)
ROLE_NAMES = MappingProxyType(
    {
        INTAKE: ("tiếp nhận", "intake"),
        POSTAL: ("nhân viên bưu chính", "postal staff"),
        REGISTRAR: ("tư pháp - hộ tịch", "registrar"),
        HANDLER: ("thụ lý", "handler"),
        SIGNATORY: ("người ký", "signatory"),
        CASHIER: ("thủ quỹ", "cashier"),
        DEPUTY_DIRECTOR: ("Phó Giám đốc Trung tâm", "deputy director"),
        DIRECTOR: ("Giám đốc Trung tâm", "director"),
        CHAIRMAN: ("Chủ tịch", "chairman"),
        TECHNICIAN: ("kỹ thuật viên", "technician"),
        INSPECTOR: ("kiểm tra", "inspector"),
    }
)
"""Each role in Vietnamese and English."""

YES = 2
ACT = 1
NO = 0

TAKE_IN = "take_in"
COMPARE = "compare"
NUMBER = "number"
SIGN = "sign"
CONFIRM_SIGNED = "confirm_signed"
TWO_PERSONS_FIRST = "two_persons_first"
TWO_PERSONS_SECOND = "two_persons_second"
TAKE_MONEY = "take_money"
REFUND_FIRST = "refund_first"
REFUND_SECOND = "refund_second"
WORK_ON_DOSSIER = "work_on_dossier"
DRAFT_EXTENSION = "draft_extension"
EXTEND_OR_STOP = "extend_or_stop"
READ_REGISTERS = "read_registers"
LOOK_UP_POPULATION = "look_up_population"
DRAFT_DELEGATIONS = "draft_delegations"
MANAGE_PEOPLE = "manage_people"
READ_PEOPLE = "read_people"
CLOSE_BOOKS = "close_books"
SIGN_CLOSING = "sign_closing"
CLOSE_DAY = "close_day"
READ_REPORTS = "read_reports"
MANAGE_DEVICES = "manage_devices"
REVIEW_CLASHES = "review_clashes"
APPROVE_DEVICES = "approve_devices"
READ_DEVICES = "read_devices"

_HEADS = {DEPUTY_DIRECTOR: YES, DIRECTOR: YES, CHAIRMAN: YES}

TABLE: MappingProxyType[str, dict[str, int]] = MappingProxyType(
    {
        TAKE_IN: {INTAKE: YES, POSTAL: YES, REGISTRAR: YES, **_HEADS},
        COMPARE: {
            INTAKE: YES,
            REGISTRAR: YES,
            SIGNATORY: YES,
            DEPUTY_DIRECTOR: ACT,
            DIRECTOR: ACT,
            CHAIRMAN: ACT,
        },
        NUMBER: {INTAKE: ACT, REGISTRAR: YES, SIGNATORY: YES, **_HEADS},
        SIGN: {REGISTRAR: ACT, SIGNATORY: YES, DEPUTY_DIRECTOR: ACT, DIRECTOR: ACT, CHAIRMAN: YES},
        CONFIRM_SIGNED: {INTAKE: YES, REGISTRAR: YES, SIGNATORY: YES, **_HEADS},
        TWO_PERSONS_FIRST: {REGISTRAR: YES, DEPUTY_DIRECTOR: YES},
        TWO_PERSONS_SECOND: _HEADS,
        TAKE_MONEY: {INTAKE: YES, POSTAL: ACT, REGISTRAR: YES, CASHIER: YES},
        REFUND_FIRST: {CASHIER: YES},
        REFUND_SECOND: _HEADS,
        WORK_ON_DOSSIER: {REGISTRAR: YES, HANDLER: YES, **_HEADS},
        DRAFT_EXTENSION: {HANDLER: YES, DEPUTY_DIRECTOR: ACT, DIRECTOR: YES, CHAIRMAN: YES},
        EXTEND_OR_STOP: {DEPUTY_DIRECTOR: ACT, DIRECTOR: YES, CHAIRMAN: YES},
        READ_REGISTERS: {
            INTAKE: YES,
            REGISTRAR: YES,
            HANDLER: YES,
            SIGNATORY: YES,
            CASHIER: YES,
            INSPECTOR: YES,
            **_HEADS,
        },
        LOOK_UP_POPULATION: {INTAKE: ACT, REGISTRAR: ACT, HANDLER: ACT, DEPUTY_DIRECTOR: ACT, DIRECTOR: ACT},
        DRAFT_DELEGATIONS: _HEADS,
        MANAGE_PEOPLE: {DIRECTOR: YES, CHAIRMAN: YES},
        READ_PEOPLE: {INSPECTOR: YES, **_HEADS},
        CLOSE_BOOKS: {REGISTRAR: YES, **_HEADS},
        SIGN_CLOSING: {SIGNATORY: YES, **_HEADS},
        CLOSE_DAY: {CASHIER: YES, **_HEADS},
        READ_REPORTS: {REGISTRAR: YES, SIGNATORY: YES, INSPECTOR: YES, **_HEADS},
        MANAGE_DEVICES: {TECHNICIAN: YES},
        REVIEW_CLASHES: _HEADS,
        APPROVE_DEVICES: {DIRECTOR: YES},
        READ_DEVICES: {INSPECTOR: YES, TECHNICIAN: YES, DIRECTOR: YES},
    }
)
"""``{act: {role: YES | ACT}}``; a role that is absent may not."""

LIMITS: MappingProxyType[tuple[str, str], str] = MappingProxyType(
    {
        (TAKE_IN, POSTAL): "data_entry",
        (READ_REGISTERS, INTAKE): "own",
        (READ_REGISTERS, HANDLER): "own",
        (READ_REGISTERS, CASHIER): "money",
        (WORK_ON_DOSSIER, REGISTRAR): "civil_status",
    }
)
"""Where a yes reaches only so far; without an entry it reaches the whole unit."""

ACT_NAMES = MappingProxyType(
    {
        TAKE_IN: ("tiếp nhận, trả kết quả", "take in and return"),
        COMPARE: ("đối chiếu bản chính", "compare with the original"),
        NUMBER: ("cấp số, in lời chứng", "give numbers and print texts"),
        SIGN: ("ký chứng thực", "sign certifications"),
        CONFIRM_SIGNED: ("xác nhận đã ký, đóng dấu", "confirm ink and seal"),
        TWO_PERSONS_FIRST: (
            "lập việc hủy số hoặc khôi phục quyền cấp số",
            "begin an annulment or the recovery of a pen",
        ),
        TWO_PERSONS_SECOND: (
            "xác nhận việc hủy số hoặc khôi phục quyền cấp số",
            "confirm an annulment or the recovery of a pen",
        ),
        TAKE_MONEY: ("thu tiền", "take money"),
        REFUND_FIRST: ("hoàn tiền, hủy biên lai", "refund or void a receipt"),
        REFUND_SECOND: ("xác nhận hoàn tiền, hủy biên lai", "confirm a refund or void"),
        WORK_ON_DOSSIER: ("giải quyết hồ sơ", "work on dossiers"),
        DRAFT_EXTENSION: ("soạn văn bản gia hạn", "draft an extension"),
        EXTEND_OR_STOP: ("gia hạn, dừng hồ sơ", "extend or stop a dossier"),
        READ_REGISTERS: ("xem sổ", "read registers"),
        LOOK_UP_POPULATION: ("tra cứu dân cư", "look up the population data"),
        DRAFT_DELEGATIONS: ("soạn phân công ký", "draft delegations"),
        MANAGE_PEOPLE: ("quản lý phân công, tài khoản, vị trí", "manage delegations, accounts and posts"),
        READ_PEOPLE: ("xem phân công, tài khoản", "read delegations and accounts"),
        CLOSE_BOOKS: ("khóa sổ tháng, năm", "close month and year"),
        SIGN_CLOSING: ("ký khóa sổ", "sign a closing"),
        CLOSE_DAY: ("chốt ngày", "close the day"),
        READ_REPORTS: ("xem báo cáo", "read reports"),
        MANAGE_DEVICES: ("quản lý máy, sao lưu, cập nhật", "manage devices, backups and updates"),
        REVIEW_CLASHES: ("quyết định việc trùng giữa hai quầy", "decide what two counters contradict in"),
        APPROVE_DEVICES: ("duyệt máy mới", "approve devices"),
        READ_DEVICES: ("xem tình trạng máy", "read the state of devices"),
    }
)
"""Each act in Vietnamese and English."""

RESTRICTED_WHEN_LAPSED = frozenset(
    {SIGN, NUMBER, MANAGE_PEOPLE, DRAFT_DELEGATIONS, TWO_PERSONS_FIRST, TWO_PERSONS_SECOND, CLOSE_BOOKS,
     SIGN_CLOSING, REFUND_FIRST, REFUND_SECOND, MANAGE_DEVICES, APPROVE_DEVICES, EXTEND_OR_STOP}
)  # fmt: skip
"""What a lapsed or suspended official may no longer do; intake, printing, returning go on (``sync.md`` 5)."""


def grade(roles: tuple[str, ...], act: str) -> int:
    """YES, ACT or NO: the best cell of any of ``roles``. Raises KeyError for an unknown act."""
    row = TABLE[act]
    return max((row.get(role, NO) for role in roles), default=NO)


def reach(roles: tuple[str, ...], act: str) -> frozenset[str]:
    """Limits of a yes: empty when some role reaches the whole unit, else ``own``, ``money`` and the like."""
    row = TABLE[act]
    limits = [LIMITS.get((act, role), "") for role in roles if row.get(role, NO)]
    return frozenset() if "" in limits else frozenset(limits)


def may(official: OfficialState, act: str, *, with_act: bool = False) -> DomainError | None:
    """Why ``official`` may not do ``act``, or None when he may.

    ``with_act``: a written act or a right by name covers him (a valid delegation, the look-up right).
    Codes ``role.not_active``, ``role.needs_act``, ``role.not_allowed``.
    """
    vi, en = ACT_NAMES[act]
    if not official.active and act in RESTRICTED_WHEN_LAPSED:
        return DomainError(
            f"{official.name} không còn quyền {vi}.",
            "Tài khoản đã hết hiệu lực hoặc đang tạm dừng.",
            "Nhờ người khác có quyền, hoặc hỏi lãnh đạo Trung tâm.",
            code="role.not_active",
            title_en=f"{official.name} may no longer {en}.",
            meaning_en="The account has lapsed or is suspended.",
            remedy_en="Ask someone who has the right, or the head of the Centre.",
        )
    held = grade(official.roles, act)
    if held == YES or (held == ACT and with_act):
        return None
    if held == ACT:
        return DomainError(
            f"{official.name} chỉ được {vi} khi có văn bản giao.",
            "Chưa thấy văn bản còn hiệu lực trên máy này.",
            "Ghi văn bản giao quyền, hoặc nhờ người có quyền.",
            code="role.needs_act",
            title_en=f"{official.name} may {en} only under a written act.",
            meaning_en="No act in force is recorded on this PC.",
            remedy_en="Record the act, or ask someone who has the right.",
        )
    return DomainError(
        f"{official.name} không có quyền {vi}.",
        _holders_text(act, 0),
        "Nhờ người có quyền làm việc này.",
        code="role.not_allowed",
        title_en=f"{official.name} may not {en}.",
        meaning_en=_holders_text(act, 1),
        remedy_en="Ask someone who has the right.",
    )


def require(official: OfficialState, act: str, *, with_act: bool = False) -> None:
    """Raises what ``may`` finds."""
    if refused := may(official, act, with_act=with_act):
        raise refused


def _holders_text(act: str, language: int) -> str:
    """Which roles have it, for the sentence that refuses."""
    names = ", ".join(ROLE_NAMES[role][language] for role in ROLES if TABLE[act].get(role) == YES)
    return (f"Quyền này thuộc: {names}.", f"The right belongs to: {names}.")[language]
