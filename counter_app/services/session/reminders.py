"""What stays open when somebody leaves the counter (``ux.md`` 3.3, 4.5, 4.9)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.services.ports.saying import counted, say
from counter_app.services.registers import held
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import exchange, money, registers


def reminders(work: Workplace) -> tuple[str, ...]:
    """One sentence a matter, the most urgent first; nothing open, nothing said. It holds nobody."""
    with work.store.read() as connection:
        return (
            *_things(connection, work),
            *_cash(connection, work),
            *_copy(connection, work),
            *_pen(connection, work),
        )


def _things(connection: Connection, work: Workplace) -> tuple[str, ...]:
    items = money.open_items(connection, work.day(), work.journal)
    unsigned = len(registers.unconfirmed_lines(connection))
    waiting = exchange.sync_counts(connection).waiting
    found = (
        (items.questions, f"Còn {items.questions} việc chờ xử lý.",
         f"{counted(items.questions, 'question', 'questions')} of the province to answer."),
        (unsigned, f"Còn {unsigned} số đã cấp chưa xác nhận đã ký.",
         f"{counted(unsigned, 'number is', 'numbers are')} not confirmed as signed."),
        (items.prints_failed, f"Còn {items.prints_failed} bản in đang chờ.",
         f"{counted(items.prints_failed, 'print waits', 'prints wait')}."),
        (items.drafts, f"Còn {items.drafts} nháp dở dang.",
         f"{counted(items.drafts, 'draft is', 'drafts are')} unfinished."),
        (waiting, f"Còn {waiting} mục chưa ở tỉnh.",
         f"{counted(waiting, 'item is', 'items are')} not at the province yet."),
    )  # fmt: skip
    return tuple(say(vi, en) for count, vi, en in found if count)


def _cash(connection: Connection, work: Workplace) -> tuple[str, ...]:
    """Money was taken today and the day is not closed."""
    if money.open_items(connection, work.day(), work.journal).closed:
        return ()
    if not money.day_money(connection, work.day(), work.journal).receipts:
        return ()
    return (say("Chưa chốt quỹ hôm nay.", "Today's cash is not closed yet."),)


def _copy(connection: Connection, work: Workplace) -> tuple[str, ...]:
    """A unit with one PC, or a day without LAN and line: what was done lies on one disk alone."""
    alone = exchange.only_here(connection, work.journal)
    if not alone:
        return ()
    return (
        say(
            f"Còn {alone} mục chỉ ở máy này, chưa có bản thứ hai. Ghi ra USB hoặc ổ khác ở trang Đồng bộ.",
            f"{counted(alone, 'item is', 'items are')} on this PC only, without a second copy."
            " Write to a stick or another disk on the exchange page.",
        ),
    )


def _pen(connection: Connection, work: Workplace) -> tuple[str, ...]:
    """The pen stays on this PC while the unit has others: off, it keeps them from numbering."""
    register = held.register_now(connection, work, work.today().year)
    if register is None or register.holder != work.journal or len(work.counters(connection)) < 2:
        return ()
    return (
        say(
            f"Quyền cấp số ở máy này ({work.place.counter_name}): tắt máy thì nơi khác không cấp số được.",
            f"The pen is on this PC ({work.place.counter_name}): once it is off, nobody else can number.",
        ),
    )
