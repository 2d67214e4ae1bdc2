"""Work queues: rows of dossiers as lists show them, by tab."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.catalogue.procedure import bare_title
from counter_app.domain.dates import vn_date
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.dossiers.showing import words
from counter_app.services.ports.dossiers import DossierRow, QueueView
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries import exchange
from counter_app.storage.queries.dossiers import DossierRow as Held

FIELDS = "fields"
TABS = (
    ("mine", ("Việc của tôi", "Mine")),
    ("fields", ("Lĩnh vực của tôi", "My fields")),
    ("unit", ("Cả đơn vị", "The unit")),
    ("waiting", ("Chờ dân bổ sung", "Waiting for papers")),
    ("deciding", ("Chờ ký", "To be decided")),
    ("late", ("Quá hạn", "Overdue")),
    ("online", ("Trực tuyến", "Online")),
)


def queue_of(connection: Connection, work: Workplace, person: OfficialState, tab: str, now: int) -> QueueView:
    """Tabs with their counts, and the rows of ``tab`` (``mine`` for one that is not known).

    ``fields`` stands only for somebody who has fields of work; all others handle every field.
    """
    me: OfficialState = work.state(connection, person.id)
    shown = [(code, label) for code, label in TABS if code != FIELDS or me.fields]
    counts = queries.queue_counts(connection, now, me.id, me.name, me.fields)
    tabs = tuple((code, say(*label), counts[code]) for code, label in shown)
    rows = rows_in(connection, tab if tab in dict(shown) else "mine", me, now)
    return QueueView(tabs, rows_as_shown(connection, work, rows, now), last_asked(connection))


def rows_in(connection: Connection, tab: str, person: OfficialState, now: int) -> list[Held]:
    """The dossiers of one tab."""
    match tab:
        case "fields":
            return queries.in_fields(connection, person.fields)
        case "unit":
            return queries.due_list(connection)
        case "waiting":
            return queries.waiting(connection)
        case "deciding":
            return queries.deciding(connection)
        case "late":
            return queries.overdue(connection, now)
        case "online":
            return queries.online(connection)
        case _:
            return queries.of_official(connection, person.id, person.name, person.fields)


def rows_as_shown(
    connection: Connection, work: Workplace, rows: list[Held], now: int
) -> tuple[DossierRow, ...]:
    """Rows in words."""
    calendar = work.rules(connection).calendar
    marks = exchange.marks(connection)
    return tuple(_row(row, *words.left(row.stage, row.due_at, row.asked_at, row.accept_by, calendar, now),
                      marks, now) for row in rows)  # fmt: skip


def _row(row: Held, second: str, kind: str, marks: dict[int, int], now: int) -> DossierRow:
    taken = vn_date(row.submitted_at)
    due = row.accept_by if row.stage == "online" else row.due_at
    return DossierRow(
        dossier=row.id,
        code=words.short_code(row.code, row.portal_code),
        code_second="" if taken == vn_date(now) else f"{taken:%d/%m}",
        name=row.name,
        name_second=words.identity(row.id_number, row.birth),
        what=bare_title(row.procedure_name),
        what_second=row.field,
        due=words.moment(due),
        due_second=second,
        due_kind=kind,
        state=_state(row),
        sync="received" if marks.get(row.id.journal, 0) >= row.id.seq else "waiting",
    )


def _state(row: Held) -> str:
    if row.waiting or row.frozen:
        return "incomplete_data"
    return "two_versions" if row.conflicts else words.RECORD_STATES.get(row.stage, "accepted")


def last_asked(connection: Connection) -> str:
    """When the province was heard last (``08:11 20/11/2026``), "" when never; screens say the sentence."""
    row = connection.exec_driver_sql("SELECT max(at) FROM hub_words").scalar()
    return words.moment(row) if row else ""
