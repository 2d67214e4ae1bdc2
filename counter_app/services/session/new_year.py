"""The year rolls over: who may open books and comes first in the new year opens its registers by coming.

In December the page of registers opens them too; this is for a unit where nobody thought of it. Numbers begin
at 01, the opening bears the seal of the one whose password was just given (NĐ 23/2015 art. 13).
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.opening import open_new_year
from counter_app.domain.registers.state import RegisterState
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.session import uses
from counter_app.services.session.desk import Desk
from counter_app.storage.queries import registers as queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft


def open_registers(desk: Desk) -> str:
    """Opens the registers of this year whose last holder this PC is; the sentence to show, "" for none.

    Nothing while the clock's year is not believed (``uses.look``), while readings are made anew, or without
    the right. Needs the key that the password opened.
    """
    work, person = desk.work, desk.require()
    year = work.today().year
    if work.store.reading_anew or roles.may(person, roles.CLOSE_BOOKS) is not None:
        return ""
    with work.store.read() as connection:
        if vn_date(uses.look(connection, work.now()).at).year != year or not _due(connection, desk, year):
            return ""
    opened: list[str] = []
    act = desk.act(sealed=True)

    def decide(acting: Acting) -> tuple[Draft, ...]:
        drafts: list[Draft] = []
        known = _all(acting.connection, desk)
        for last in _due(acting.connection, desk, year):
            symbol = held.symbol_on(last.register, vn_date(act.at))
            drafts += open_new_year(person, last, symbol, work.journal, act.at, known)
            opened.append(symbol)
        return tuple(drafts)

    try:
        work.store.act(decide, act)
    except DomainError:
        return ""  # the page of registers says why and what to do; nobody is kept from his seat
    if not opened:  # another counter's opening came in between
        return ""
    work.changed("registers", "signing")
    names = ", ".join(opened)
    return say(
        f"Đã mở sổ {names} năm {year}, bắt đầu từ số 01.",
        f"Registers {names} of {year} are open, from number 01.",
    )


def _due(connection: Connection, desk: Desk, year: int) -> list[RegisterState]:
    """Registers of the year before that this PC held last and nobody carried on."""
    if not desk.work.store.is_enrolled:
        return []
    known = _all(connection, desk)
    carried_on = {one.register for one in known if one.year == year}
    own = desk.work.journal
    return [
        one for one in known
        if one.year == year - 1 and one.holder == own and one.register not in carried_on
    ]  # fmt: skip


def _all(connection: Connection, desk: Desk) -> list[RegisterState]:
    found = (
        desk.work.state(connection, row.id, required=False) for row in queries.register_years(connection)
    )
    return [one for one in found if isinstance(one, RegisterState)]
