"""What was typed about officials, checked field by field; ``field`` of an error names the cell."""

from __future__ import annotations

from datetime import date

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.logins import MOST_LOGIN, is_login
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.founding import FoundingForm, OfficialForm
from counter_app.services.session import secrets
from counter_app.services.session.accounts import NewOfficial
from sync.protocol.naming.ids import EntryId


def check_person(form: OfficialForm) -> OfficialForm:
    """The form with everything in its place. Raises DomainError ``official.*``, ``password.*``, ``pin.*``."""
    if not form.name.strip():
        raise _missing("name", "Chưa ghi họ tên.", "The name is missing.")
    if not form.title_line.strip():
        raise _missing("title_line", "Chưa ghi chức danh.", "The title is missing.")
    if not is_login(form.login):
        raise DomainError(
            "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch.",
            f"Dài nhất {MOST_LOGIN} ký tự.", "Ví dụ: chienga.", "login", code="official.login",
            title_en="An account's name has plain small letters, digits, dots and hyphens.",
            meaning_en=f"At most {MOST_LOGIN} of them.", remedy_en="Example: chienga.",
        )  # fmt: skip
    secrets.check_password(form.password)
    if form.password != form.repeated:
        raise DomainError(
            "Hai lần nhập mật khẩu không giống nhau.", remedy="Nhập lại cả hai.", field="repeated",
            code="password.differs", title_en="The two passwords differ.", remedy_en="Type both again.",
        )  # fmt: skip
    if form.pin:
        secrets.check_pin_form(form.pin)
    return form


def check_together(form: FoundingForm, today: int) -> None:
    """What the two persons and the ground owe each other. Raises DomainError ``founding.*``."""
    if roles.grade(form.head.roles, roles.MANAGE_PEOPLE) != roles.YES:
        raise DomainError(
            "Người lập đơn vị phải là Chủ tịch hoặc Giám đốc Trung tâm.",
            "Chỉ người quản lý cán bộ mới giao được quyền cho người khác.", "Chọn lại vai trò.", "head.roles",
            code="founding.head", title_en="A unit is founded by its Chairman or director.",
            meaning_en="Only who manages people can give rights to others.",
            remedy_en="Choose the role again.",
        )  # fmt: skip
    _each("head", form.head)
    _each("technician", form.technician)
    if form.head.login == form.technician.login:
        raise DomainError(
            "Hai người phải có hai tên đăng nhập khác nhau.", "Việc này phải có hai người cùng có mặt.",
            "Đổi một tên.", "technician.login", code="founding.same_person",
            title_en="Two persons have two account names.", meaning_en="Two persons found a unit together.",
            remedy_en="Change one of them.",
        )  # fmt: skip
    if not form.act_number.strip():
        raise _missing("act_number", "Chưa ghi số quyết định.", "The number of the decision is missing.")
    if not _is_day(form.act_day) or form.act_day > today:
        raise DomainError(
            "Ngày quyết định không đúng.", "Ngày phải có thật và không sau hôm nay.", "Ghi như 01/07/2026.",
            "act_day", code="founding.act_day", title_en="The date of the decision is not right.",
            meaning_en="It has to exist and not lie after today.", remedy_en="Write it as 01/07/2026.",
        )  # fmt: skip


def head_state(official: EntryId, form: OfficialForm, public: bytes) -> OfficialState:
    """An official as he stands right after his recording."""
    return OfficialState(
        official, form.name.strip(), form.title_line, form.roles, public, form.login,
        keys=((official, public),),
    )  # fmt: skip


def as_official(form: OfficialForm) -> NewOfficial:
    """The form as ``Accounts.record`` takes it."""
    return NewOfficial(
        form.name.strip(), form.title_line.strip(), form.roles, form.login, form.password, form.pin
    )


def _each(who: str, form: OfficialForm) -> None:
    try:
        check_person(form)
    except DomainError as error:
        vi, en = error.words("vi"), error.words("en")
        raise DomainError(
            vi.title, vi.meaning, vi.remedy, f"{who}.{error.field}", code=error.code,
            title_en=en.title, meaning_en=en.meaning, remedy_en=en.remedy,
        ) from error  # fmt: skip


def _is_day(day: int) -> bool:
    try:
        date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return False
    return True


def _missing(field: str, title: str, title_en: str) -> DomainError:
    return DomainError(
        title, "", "Điền ô này.", field, code=f"official.{field}", title_en=title_en,
        remedy_en="Fill in this field.",
    )  # fmt: skip
