"""What a look-up came to, in words for a paper's row, the dossier's history, home and the sync page."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text, vn_date
from counter_app.domain.lookups.entries import DOWN, SLOW, AskedField, FieldAnswer
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import System, SystemField
from counter_app.services import rules as tables_of_rules
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import lookups as queries
from sync.protocol.naming.ids import EntryId

_DAY_MS = 86_400_000


def short_name(code: str) -> str:
    """``Dân cư``; the code itself for a system that this table does not know."""
    system = tables_of_rules.lookup_systems().get(code)
    return code if system is None else say(system.short_vi, system.short_en)


def words_of(state: LookupState, day: int) -> str:
    """The answer on the row; ``day`` (yyyymmdd) decides whether what was found may still be shown."""
    name = short_name(state.system)
    if state.contradicted:
        return say(f"{name}: hai lần trả lời khác nhau, xem giấy",
                   f"{name}: two answers differ, look at the paper")  # fmt: skip
    match state.status:
        case "asked":
            return say(f"{name}: đã hỏi, chờ trả lời", f"{name}: asked, waits for the answer")
        case "unreachable":
            since = moment_text(state.since, "%H:%M %d/%m")
            return say(f"{name}: không kết nối được từ {since}, sẽ hỏi lại",
                       f"{name}: not reachable since {since}, asked again")  # fmt: skip
        case "same":
            return say(f"{name}: giống", f"{name}: the same")
        case "different":
            return say(f"{name}: khác {_differences(state, day)}", f"{name}: {_differences(state, day)}")
        case "no_person":
            return say(f"{name}: không có người này", f"{name}: no such person")
        case "refused":
            return say(f"{name}: tỉnh không cho hỏi", f"{name}: refused by the province")
        case "expired":
            return say(f"{name}: quá hạn, chưa có trả lời", f"{name}: lapsed without an answer")
        case _:
            return say(f"{name}: đã rút câu hỏi", f"{name}: called back")


def _differences(state: LookupState, day: int) -> str:
    """Which fields, with both values where the system's may be shown."""
    system = tables_of_rules.lookup_systems().get(state.system)
    held = {one.field: one for one in state.fields}
    found = [_one(system, held.get(a.field), a) for a in state.answers_on(day) if a.how != "same"]
    return "; ".join(found)


def _one(system: System | None, asked: AskedField | None, answer: FieldAnswer) -> str:
    field: SystemField | None = None if system is None else system.field(answer.field)
    label = answer.field if field is None else say(field.vi, field.en)
    if answer.how == "missing":
        return say(f"{label} (CSDL không có)", f"{label} (not in the database)")
    if not answer.found or asked is None:
        return say(label, f"{label} differs")
    return say(f"{label} (hồ sơ {asked.value}, CSDL {answer.found})",
               f"{label} differs (dossier {asked.value}, database {answer.found})")  # fmt: skip


def on_rows(connection: Connection, work: Workplace, dossier: EntryId, at: int) -> dict[int, str]:
    """The newest look-up of each row of a dossier, in words; ``at`` is now in ms."""
    local = vn_date(at)
    day = local.year * 10_000 + local.month * 100 + local.day
    found: dict[int, str] = {}
    for row in queries.of_dossier(connection, dossier):
        state = work.state(connection, row.id, required=False)
        if isinstance(state, LookupState):
            found[row.row] = words_of(state, day)
    return found


def standings(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Systems that answer slowly or not at all: (kind, words), as "Tư pháp: chậm từ 09:10"."""
    found = []
    for row in queries.systems(connection):
        since = moment_text(row.since, "%H:%M %d/%m")
        name = short_name(row.system)
        if row.standing == DOWN:
            words = say(f"{name}: không trả lời từ {since}", f"{name}: does not answer since {since}")
            found.append((DOWN, words))
        elif row.standing == SLOW:
            found.append((SLOW, say(f"{name}: chậm từ {since}", f"{name}: slow since {since}")))
    return tuple(found)
