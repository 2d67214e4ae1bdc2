"""Settings of the unit: read with their last change, changed by the head at the counter under his seal."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text, short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.photocopy_price import (
    PRICE,
    PhotocopyPrice,
    TypedPrice,
    photocopy_prices,
    price_on,
    set_photocopy_price,
)
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import (
    CONTACT_PHONE,
    POLICIES,
    contact_phone,
    policy,
    set_policy,
)
from counter_app.domain.organisation.state import UnitState, unit_subject
from counter_app.services.ports.saying import say
from counter_app.services.ports.settings import (
    BEFORE,
    LATER,
    NOW,
    PhotocopyPriceRow,
    PhotocopyPrices,
    PriceForm,
    UnitForm,
    UnitSetting,
)
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import PHOTOCOPY_PRICE, Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from counter_app.storage.this_pc import device
from sync.protocol.journals.entry import Draft


def settings_of(work: Workplace) -> tuple[UnitSetting, ...]:
    """Every setting of the unit, the default where it never set one; the one-stop's number last."""
    with work.store.read() as connection:
        unit = work.policies(connection)
        chosen = [_setting(connection, unit, code, policy(unit, code), POLICIES[code]) for code in POLICIES]
        return (*chosen, _setting(connection, unit, CONTACT_PHONE, contact_phone(unit), ()))


def _setting(
    connection: Connection, unit: UnitState, code: str, value: str, choices: tuple[str, ...]
) -> UnitSetting:
    last = unit.change(code)
    if last is None:
        return UnitSetting(code, value, bool(unit.policy(code)), choices=choices)
    since = moment_text(last.at, "%d/%m/%Y %H:%M")
    by = _by(connection, unit, code)
    return UnitSetting(code, value, bool(unit.policy(code)), since, by, last.ground, choices)


def _by(connection: Connection, unit: UnitState, code: str) -> str:
    """Who changed a setting last, "" when that is not known here."""
    last = unit.change(code)
    found = None if last is None or last.by is None else unit_queries.official(connection, last.by)
    return "" if found is None else found.name


def keep(work: Workplace, desk: Desk, form: UnitForm) -> None:
    """One setting, in force at once. Raises DomainError ``role.*``, ``session.*``, ``pin.*``, ``policy.*``.

    The right is asked before the secret: a wrong secret counts as a try.
    """
    head = desk.require()
    roles.require(head, roles.MANAGE_PEOPLE)
    desk.check_pin(form.secret)
    unit = unit_subject(work.place.unit)

    def decide(acting: Acting) -> tuple[Draft, ...]:
        state, ground = work.policies(acting.connection), " ".join(form.ground.split())
        last = state.change(form.code)
        if last is not None and (state.policy(form.code), last.ground) == (form.value, ground):
            raise _same()
        return set_policy(head, unit, form.code, form.value, ground)

    work.store.act(decide, desk.act(sealed=True))
    work.changed("settings", "unit", "signing", "requests", "registers")


def prices_of(work: Workplace) -> PhotocopyPrices:
    """What a photocopied page costs, by day, the latest first."""
    with work.store.read() as connection:
        unit, day = work.policies(connection), work.day()
        prices = photocopy_prices(dict(unit.policies))
        today = price_on(prices, day)
        kept = device.setting(connection, PHOTOCOPY_PRICE)
        rows = tuple(_row(connection, unit, price, day, today) for price in prices)
    return PhotocopyPrices(rows, int(kept) if kept.isascii() and kept.isdigit() else 0)


def _row(
    connection: Connection, unit: UnitState, price: PhotocopyPrice, day: int, today: PhotocopyPrice | None
) -> PhotocopyPriceRow:
    state = NOW if price == today else LATER if price.since > day else BEFORE
    since = f"{price.since % 100:02d}/{price.since // 100 % 100:02d}/{price.since // 10_000}"
    by = _by(connection, unit, f"{PRICE}{price.since}")
    return PhotocopyPriceRow(since, price.dong, say(*price.ground()), state, by)


def keep_price(work: Workplace, desk: Desk, form: PriceForm) -> None:
    """A price from a day on; requests taken in before keep what they cost.

    Raises DomainError ``role.*``, ``session.*``, ``pin.*``, ``photocopy.*``, ``date.*``.
    """
    head = desk.require()
    unit, today = unit_subject(work.place.unit), work.today()
    typed = TypedPrice(form.dong, form.decision, form.decided, form.since or short_date(today))

    def decide(acting: Acting) -> tuple[Draft, ...]:
        prices = photocopy_prices(dict(work.policies(acting.connection).policies))
        return set_photocopy_price(head, unit, typed, prices, today)

    with work.store.read() as connection:  # what is wrong with the form is said before his secret is asked
        prices = photocopy_prices(dict(work.policies(connection).policies))
    set_photocopy_price(head, unit, typed, prices, today)
    desk.check_pin(form.secret)
    work.store.act(decide, desk.act(sealed=True))
    work.changed("settings", "unit", "requests")


def _same() -> DomainError:
    return DomainError(
        "Đang áp dụng đúng như vậy.", remedy="Chọn cách khác, hoặc Esc để thôi.", field="value",
        code="policy.same", title_en="This is what holds already.",
        remedy_en="Choose another, or leave with Esc.",
    )  # fmt: skip
