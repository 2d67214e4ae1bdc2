"""Where numbers are given now, in words, and the pen's way into a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.pen import check_whole, pass_pen_into_file
from counter_app.services.ports.saying import say
from counter_app.services.ports.signing import PenStatus
from counter_app.services.registers import held
from counter_app.services.registers.place import require_place
from counter_app.services.session.desk import Desk
from counter_app.services.signing.guards import Guards
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from sync.protocol.naming.ids import EntryId

QUIET_MS = 3_600_000
"""A PC with the pen that was silent for longer is said to be so (own figure)."""


def status(
    connection: Connection, work: Workplace, guards: Guards, year: int, kind: str = held.COPY
) -> PenStatus:
    """The pen of the register of a kind and year."""
    state = held.register_now(connection, work, year, kind)
    if state is None:
        symbol = held.symbol_on(kind, work.today())
        return PenStatus(
            False,
            "",
            say(
                f"Sổ {symbol} năm {year} chưa mở. Mở sổ rồi cấp số.",
                f"The register {symbol} of {year} is not open. Open it, then number.",
            ),
        )
    if state.closed:
        return PenStatus(False, "", say(f"Sổ năm {year} đã khóa.", f"The register of {year} is closed."))
    if state.is_on_paper:
        return PenStatus(
            False,
            say("sổ giấy", "the paper book"),
            say(
                "Quyền cấp số đang ở sổ giấy. Nhận lại quyền, ghi số cuối đã dùng.",
                "The pen is with the paper book. Take it back with the last number used.",
            ),
        )
    place = held.where(connection, work, state)
    if place:
        return PenStatus(
            False,
            place,
            say(
                f"Cấp số tại {place}. Nhập được, số có khi trình ký.",
                f"Numbers are given at {place}. Taking in goes on; numbers come with the signing.",
            )
            + _heard(connection, work, state.holder),
        )
    try:
        check_whole(state, work.journal)
        require_place(connection, work, kind)
    except DomainError as refused:
        vi, en = refused.words("vi"), refused.words("en")
        return PenStatus(False, "", say(f"{vi.title} {vi.remedy}", f"{en.title} {en.remedy}"))
    witness, date = guards.needs_witness(state), guards.needs_date(connection, state)
    return PenStatus(True, work.place.counter_name, _words(witness, date), witness, date, state.last_number)


def _heard(connection: Connection, work: Workplace, holder: int | None) -> str:
    """When the PC with the pen was last heard from, once that is an hour ago: it may be on the road."""
    last = 0 if holder is None else desk_queries.last_entry_at(connection, holder)
    now = work.now()
    if not last or now - last < QUIET_MS:
        return ""
    when = vn_datetime(last)
    moment = f"{when:%H:%M}" if when.date() == vn_date(now) else f"{when:%H:%M %d/%m}"
    return say(f" Tin cuối từ máy đó: {moment}.", f" Last heard from it: {moment}.")


def _words(witness: bool, date: bool) -> str:
    if witness and date:
        return say(
            "Xác nhận ngày giờ và số cuối cùng trên sổ giấy trước khi cấp số.",
            "Confirm the date and the last number on paper before numbering.",
        )
    if witness:
        return say(
            "Xác nhận số cuối cùng trên sổ giấy trước khi cấp số.",
            "Confirm the last number on paper before numbering.",
        )
    if not date:
        return ""
    return say(
        "Người ký xác nhận ngày giờ hôm nay rồi cấp số.", "The signatory confirms today's date, then numbers."
    )


@dataclass
class PenMoves:
    """The pen leaves this PC into a file that a person carries."""

    work: Workplace
    desk: Desk

    def into_file(self, counter: int, folder: str, register: EntryId | None = None) -> str:
        """Pass the pen to counter ``counter`` (its number in the unit) and write the file; returns its name.

        ``register`` None: the copies register of this year. The entry is committed first: a file that failed
        is written again by an ordinary export, the pen is passed once. Raises DomainError ``pen.*``,
        ``counter.unknown``, ``export.none``, ``role.*``.
        """
        person = self.desk.require()
        roles.require(person, roles.NUMBER, with_act=True)
        if self.work.export is None or not Path(folder).is_dir():
            raise _no_folder()
        with self.work.store.read() as connection:
            target = self._journal(connection, counter)
            subject = register or held.required_register(connection, self.work, self.work.today().year).id
        self.work.store.act(
            lambda acting: pass_pen_into_file(
                self.work.state(acting.connection, subject), self.work.journal, target
            ),
            self.desk.act(),
        )
        self.work.changed("registers", "signing")
        return self.work.export(folder)

    def _journal(self, connection: Connection, counter: int) -> int:
        for known in self.work.counters(connection):
            if known.number == counter and known.journal != self.work.journal:
                return known.journal
        raise DomainError(
            f"Chưa biết máy số {counter} của đơn vị.", "Máy này chưa nhận dữ liệu của máy đó.",
            "Nhận dữ liệu của máy đó (mạng hoặc tệp) rồi làm lại.", "counter", code="counter.unknown",
            title_en=f"Counter {counter} of the unit is not known here.",
            meaning_en="Nothing of it has arrived.", remedy_en="Receive its data, then try again.",
        )  # fmt: skip


def _no_folder() -> DomainError:
    return DomainError(
        "Không ghi được tệp vào nơi đã chọn.", "Quyền cấp số chưa chuyển đi.",
        "Cắm USB hoặc chọn thư mục khác.", "folder", code="export.none",
        title_en="No file can be written there.", meaning_en="The pen has not moved.",
        remedy_en="Plug in a stick or choose another folder.",
    )  # fmt: skip
