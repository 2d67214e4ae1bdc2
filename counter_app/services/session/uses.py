"""When each account was used last on this PC, what failed since, and whom 45 idle days have closed.

Kept beside sessions and lock-outs, never exchanged. Days are those that the PC has lived through
(``domain.organisation.idleness``), so that a clock in 2099 closes nobody. Who works at another counter uses
his account too: what he did there counts on the day on which this PC heard of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.idleness import (
    DAY_MS,
    IDLE_DAYS,
    Lived,
    closed_accounts,
    idle_days,
    lived,
)
from counter_app.services.workplace import CLOCK_PROVED
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.this_pc import device, local
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId

LIVED = "accounts.lived"
USED = "account.used."


def look(connection: Connection, clock: int) -> Lived:
    """How far the days of this PC have come while its clock shows ``clock`` (ms); writes nothing."""
    at, _, shown = device.setting(connection, LIVED).partition(" ")
    before = Lived(int(at), int(shown)) if at and shown else None
    confirmed = int(device.setting(connection, CLOCK_PROVED, "0"))
    return lived(before, clock, max(confirmed, desk_queries.province_heard_at(connection)))


def note_use(connection: Connection, official: EntryId, clock: int) -> None:
    """A password opened the account, or a supervisor opened it again: its 45 days begin anew.

    Accounts that nobody counted yet begin here too: an update closes none.
    """
    now = look(connection, clock)
    device.put_setting(connection, LIVED, f"{now.at} {now.clock}")
    counted = device.settings_of(connection, USED)
    for one in {official, *(row.id for row in _accounts(connection))}:
        if one == official or f"{USED}{one.key}" not in counted:
            device.put_setting(connection, f"{USED}{one.key}", str(now.at))


def note_acts(connection: Connection, arrived: Sequence[Entry], clock: int) -> None:
    """Entries came from other counters: whoever acted there is at work, and his account is not idle here.

    The day of arrival counts, not the author's clock, which may be wild. What is held and not read (a revoked
    PC's, a false seal) says nothing of anybody.
    """
    now, counted = look(connection, clock), device.settings_of(connection, USED)
    acted = {entry.facts.actor for entry in arrived}
    for one in [row.id for row in _accounts(connection) if row.id in acted]:
        own = (entry.id for entry in arrived if entry.facts.actor == one)
        today = now.at - int(counted.get(f"{USED}{one.key}", "0")) < DAY_MS
        if not today and any(not desk_queries.is_set_aside(connection, entry) for entry in own):
            device.put_setting(connection, LIVED, f"{now.at} {now.clock}")
            device.put_setting(connection, f"{USED}{one.key}", str(now.at))


def closed(connection: Connection, clock: int) -> dict[EntryId, int]:
    """Accounts of this PC that idleness has closed, with their idle days."""
    at = look(connection, clock).at
    known = {key.removeprefix(USED): int(at) for key, at in device.settings_of(connection, USED).items()}
    rows = _accounts(connection)
    used = {row.id: known.get(str(row.id.key), at) for row in rows}
    openers = [row.id for row in rows if roles.grade(tuple(row.roles.split()), roles.TWO_PERSONS_SECOND)]
    return {one: idle_days(used[one], at) for one in closed_accounts(used, openers, at)}


def _accounts(connection: Connection) -> list[unit_queries.OfficialRow]:
    """Active officials whose present key this PC keeps."""
    kept = desk_queries.accounts_kept(connection)
    return [row for row in unit_queries.officials(connection) if kept.get(row.id) == row.public_key]


def note_failure(connection: Connection, login: str, at: int) -> None:
    """A wrong PIN or password, told at the next sign-in and to the supervisor, whatever forgave it."""
    told = local.lockout(connection, _told(login))
    local.put_lockout(connection, replace(told, failures=told.failures + 1, last_failure=at))


def failures(connection: Connection, login: str) -> local.Lockout:
    """What failed since the last sign-in."""
    return local.lockout(connection, _told(login))


def take_failures(connection: Connection, login: str) -> local.Lockout:
    """What failed since the last sign-in; from now on counted anew."""
    found = failures(connection, login)
    if found.failures:
        local.put_lockout(connection, local.Lockout(_told(login), 0, 0, 0))
    return found


def _told(login: str) -> str:
    """Accounts' names hold no space, so this one is nobody's."""
    return f"{login} since"


def idle_words(days: int) -> DomainError:
    """Words for an account that idleness has closed."""
    return DomainError(
        f"Tài khoản đã {days} ngày không dùng, nên đã khóa.",
        f"Tài khoản {IDLE_DAYS} ngày không dùng thì tự khóa; dữ liệu và quyền còn nguyên.",
        "Lãnh đạo mở ngay tại máy này, có ghi lý do.", "password", code="account.idle",
        title_en=f"This account was not used for {days} days and is closed.",
        meaning_en=f"An account closes after {IDLE_DAYS} idle days; data and rights stay as they are.",
        remedy_en="The supervisor opens it at this PC, with a reason.",
    )  # fmt: skip
