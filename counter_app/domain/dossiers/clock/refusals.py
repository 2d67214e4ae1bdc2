"""Words of what the clock refuses."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError, Notice


def ended() -> DomainError:
    """Nothing more can happen to the time limit."""
    return DomainError(
        "Hồ sơ này đã kết thúc.", "Đã có kết quả, hoặc đã rút, dừng, từ chối.", "Xem lịch sử hồ sơ.",
        code="clock.ended", title_en="This dossier has ended.",
        meaning_en="It has a result, or was withdrawn, stopped or refused.",
        remedy_en="See the history of the dossier.",
    )  # fmt: skip


def waiting() -> DomainError:
    """Already waiting for the citizen."""
    return DomainError(
        "Hồ sơ đang chờ dân bổ sung.", remedy="Ghi giấy tờ đã nộp thêm trước khi yêu cầu tiếp.",
        code="clock.waiting", title_en="The dossier is waiting for the citizen.",
        remedy_en="Record what was brought before asking for more.",
    )  # fmt: skip


def second_supplement(allowed: int) -> DomainError:
    """Papers were already asked as often as the procedure allows."""
    return DomainError(
        f"Đã yêu cầu bổ sung {allowed} lần, hết số lần cho phép.",
        "Thủ tục này không cho yêu cầu bổ sung thêm khi thẩm tra.", "Giải quyết với giấy tờ đang có.",
        code="clock.second_supplement", title_en=f"Papers were already asked for {allowed} time(s).",
        meaning_en="The procedure allows no further request at vetting.",
        remedy_en="Decide with the papers at hand.",
    )  # fmt: skip


def vetting_over(last: date) -> DomainError:
    """The three days of vetting are over."""
    return DomainError(
        f"Chỉ được yêu cầu bổ sung đến hết ngày {short_date(last)}.",
        "Quá thời hạn thẩm tra kể từ ngày tiếp nhận.", "Giải quyết với giấy tờ đang có, hoặc gia hạn.",
        code="clock.vetting_over", title_en=f"Papers could be asked for until {short_date(last)} only.",
        meaning_en="The days of vetting after reception are over.",
        remedy_en="Decide with the papers at hand, or extend.",
    )  # fmt: skip


def extension_paused() -> DomainError:
    """There is no running date to extend."""
    return DomainError(
        "Hồ sơ đang chờ dân, chưa có hạn để gia hạn.",
        "Thời hạn tính lại từ đầu khi nhận đủ giấy tờ.", code="clock.extension_paused",
        title_en="The dossier is waiting for the citizen: there is no date to extend.",
        meaning_en="The limit starts from zero when everything is in.",
    )  # fmt: skip


def no_due() -> DomainError:
    """No limit is known."""
    return DomainError(
        "Hồ sơ này chưa có hạn trả.", remedy="Nhập thời hạn kèm căn cứ.", code="clock.no_due",
        title_en="This dossier has no due date.", remedy_en="Type a time limit with its ground.",
    )  # fmt: skip


def second_extension() -> DomainError:
    """At most one re-appointment."""
    return DomainError(
        "Hồ sơ đã được hẹn lại một lần.", "Chỉ được hẹn lại một lần.",
        "Giải quyết ngay; hồ sơ được tính đúng hạn, quá hạn theo ngày đã hẹn lại.",
        code="clock.second_extension", title_en="The dossier was already given a new date once.",
        meaning_en="Only one new appointment is allowed.", remedy_en="Decide it now.",
    )  # fmt: skip


def extension_late(due: datetime) -> DomainError:
    """Less than a day before the due date."""
    return DomainError(
        f"Phải xin lỗi, hẹn lại chậm nhất một ngày trước hạn ({short_date(due.date())}).",
        "Nay đã đến hoặc đã qua ngày hẹn.", "Giải quyết ngay, báo người nộp.",
        code="clock.extension_late",
        title_en=f"The apology is due a day before the date at the latest ({short_date(due.date())}).",
        meaning_en="The date has come or is past.", remedy_en="Decide it now and tell the requester.",
    )  # fmt: skip


def extension_not_later(due: datetime) -> DomainError:
    """The new date does not lie after the old one."""
    return DomainError(
        f"Ngày hẹn lại phải sau {short_date(due.date())}.", field="due",
        code="clock.extension_not_later", title_en=f"The new date must come after {short_date(due.date())}.",
    )  # fmt: skip


def extension_day_off(reason: Notice) -> DomainError:
    """The new date is a day of rest."""
    return DomainError(
        "Ngày hẹn lại phải là ngày làm việc.", reason.vi, field="due", code="clock.extension_day_off",
        title_en="The new date must be a working day.", meaning_en=reason.en,
    )  # fmt: skip


def no_result() -> DomainError:
    """Nothing to return yet."""
    return DomainError(
        "Hồ sơ này chưa có kết quả.", remedy="Ghi kết quả trước khi trả.", code="clock.no_result",
        title_en="This dossier has no result yet.", remedy_en="Record the result before returning it.",
    )  # fmt: skip
