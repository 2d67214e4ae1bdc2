"""A group at the return desk: its slip opens all its persons, its money comes first, its bearer signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.codes import classify_scan, parse_provisional, parse_short
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money_words import money_figures
from counter_app.services.groups.sums import sums_of
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from sync.protocol.naming.ids import EntryId


def group_of_code(connection: Connection, work: Workplace, text: str) -> group_queries.GroupRow | None:
    """The group of a slip's or receipt's barcode, or of ``01-0018`` of today; None for anything else."""
    code = classify_scan(text).code
    if code is not None:
        return group_queries.group_by_code(connection, code.digits)
    short = parse_short(text)
    if short is None:
        return None
    return group_queries.group_of_day(connection, f"{work.place.unit}{short[0]:03d}", short[1], work.day())


def requests_of_code(connection: Connection, work: Workplace, text: str) -> list[EntryId]:
    """Requests of every person of the group whose code was scanned, in the order of its list."""
    group = group_of_code(connection, work, text)
    return [] if group is None else [row.id for row in group_queries.members(connection, group.id)]


def with_bearer(
    connection: Connection, work: Workplace, forms: Sequence[ReturnForm]
) -> tuple[ReturnForm, ...]:
    """``forms`` of one hand-over; where several of a group leave together their bearer is the receiver.

    Somebody named at the desk stays the receiver; one person alone comes for himself.
    """
    groups = _groups(connection, work, forms)
    together = list(groups.values())
    return tuple(
        replace(form, receiver=group.bearer, receiver_id=group.bearer_id)
        if (group := groups.get(form.request)) is not None
        and not form.receiver
        and group.bearer
        and together.count(group) > 1
        else form
        for form in forms
    )


def check_paid(connection: Connection, work: Workplace, forms: Iterable[ReturnForm]) -> None:
    """DomainError ``handover.group_unpaid`` while a group whose copies leave owes its one receipt."""
    for group in _groups(connection, work, forms).values():
        to_pay = sums_of(connection, group).to_pay
        if to_pay:
            short, owed = parse_provisional(group.code).short, money_figures(to_pay)
            raise DomainError(
                f"Còn thu {owed} của nhóm {short} trước khi trả.",
                f"{group.name} trả một lần cho cả nhóm.",
                "Mở Nhóm chứng thực (Ctrl+B ở F4), Ctrl+4, Enter ở nhóm này.", code="handover.group_unpaid",
                title_en=f"{owed} to be paid by group {short} first.",
                meaning_en=f"{group.name} pays once for all.",
                remedy_en="Open the page of groups (Ctrl+B at F4), Ctrl+4, Enter at this group.",
            )  # fmt: skip


def _groups(
    connection: Connection, work: Workplace, forms: Iterable[ReturnForm]
) -> dict[EntryId, GroupState]:
    """``{request: its group}`` for those that came in one; each group is folded once."""
    found: dict[EntryId, GroupState] = {}
    known: dict[EntryId, GroupState] = {}
    for form in forms:
        state: RequestState = work.state(connection, form.request)
        if state.group is not None:
            if state.group not in known:
                known[state.group] = work.state(connection, state.group)
            found[form.request] = known[state.group]
    return found
