"""A clock behind what was already seen asks once; a person's answer is an entry (``sync.md`` 6)."""

from __future__ import annotations

from counter_app.domain import clock_trust
from counter_app.domain.calendar.working_days import weekday_name
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.saying import say
from counter_app.services.workplace import CLOCK_DOUBTED, CLOCK_OFFSET, CLOCK_PROVED, Workplace
from counter_app.storage.journals.appending import Act, OfficialSigner
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import device
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft
from sync.protocol.journals.system_kinds import DateConfirmed, DatePurpose, SystemKind
from sync.protocol.naming.ids import SELF

SLACK_MS = 60_000
"""A clock this little behind is set by the system now and then; it is no reason to ask."""
FIRST_YEAR, LAST_YEAR = 2026, 2099


def words(work: Workplace) -> str:
    """``Bây giờ là thứ Sáu, 20/11/2026, 07:31?``, or "" when there is no reason to ask.

    Asked when the clock is behind what was seen, and when the province's differs and could be the wrong one.
    A word of the province that cannot be of today was said under its wrong clock and asks nothing.
    """
    now = work.now()
    with work.store.read() as connection:
        own = desk_queries.last_entry_at(connection, work.journal)
        heard = desk_queries.province_heard_at(connection)
        era = clock_trust.era(desk_queries.last_entries_at(connection))
        doubted = device.setting(connection, CLOCK_DOUBTED)
    seen = max(own, heard if clock_trust.is_possible(heard, era) else 0)
    if seen <= now + SLACK_MS and not doubted:
        return ""
    moment = vn_datetime(now)
    name, time = weekday_name(moment.date()), f"{short_date(moment.date())}, {moment:%H:%M}"
    asked = say(f"Bây giờ là {name.vi}, {time}?", f"Is it {name.en}, {time} now?")
    if not doubted:
        return asked
    theirs = short_date(vn_datetime(work.clock.now() + int(doubted)).date())
    return f"{asked} " + say(f"Tỉnh: {theirs}.", f"Province: {theirs}.")


def province_doubted(work: Workplace) -> bool:
    """True while the province's clock is not believed and nobody has said which is right."""
    with work.store.read() as connection:
        return bool(device.setting(connection, CLOCK_DOUBTED))


def answer(
    work: Workplace,
    told: int,
    person: OfficialState | None,
    purpose: DatePurpose = DatePurpose.PAPERS,
    official: OfficialSigner | None = None,
) -> None:
    """The true time ``told`` (ms) while the clock shows what it shows. Raises DomainError ``date.clock``.

    Under the signatory's key (``official``) it also proves the date for numbering.
    """
    if not FIRST_YEAR <= vn_datetime(told).year <= LAST_YEAR:
        raise DomainError(
            "Ngày này không thể là hôm nay.", remedy="Sửa ngày giờ rồi xác nhận.", field="date",
            code="date.clock", title_en="This cannot be today.", remedy_en="Mend the date, then confirm.",
        )  # fmt: skip
    shown = work.clock.now()
    body = encode_body(DateConfirmed(told, max(0, shown), int(purpose)))
    draft = Draft(SystemKind.DATE_CONFIRMED, (SELF,), body, 1, MUST_UNDERSTAND, official is not None)
    offset = told - shown
    act = Act(told, None if person is None else person.id, None, official)

    def keep(connection: object, _: object) -> None:
        device.put_setting(connection, CLOCK_OFFSET, str(offset if abs(offset) > SLACK_MS else 0))  # type: ignore[arg-type]
        device.put_setting(connection, CLOCK_DOUBTED, "")  # type: ignore[arg-type]
        if official is not None:
            device.put_setting(connection, CLOCK_PROVED, str(told))  # type: ignore[arg-type]

    work.store.act(lambda _: (draft,), act, keep)
