"""A hub with two units: one with two counters that worked a Friday through, one that has sent nothing yet.

Everything is the product's own services and engine; names are plainly practice data.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.services.ports.dossiers import ActForm
from counter_app.services.ports.handover import ReturnForm
from sync.hub.dossiers import OnlineDossier, OnlinePaper
from sync.hub.hub import Hub
from sync.hub.tables import kpi, officials, schema
from sync.hub.tables.engine import put
from sync.protocol.journals.copy_code import write_copy_code
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CLERK, SIGNER, UNIT, Counter
from tests.support.invariants import rows
from tests.sync.scenarios.office import Office

UNMARRIED = "1.004873"
PASSWORD = "mat khau tap huan"


def friday(folder: Path) -> Office:
    """The morning: requests at both counters, one pile of five numbered, three of it signed, one given back,
    online dossiers in every state. At the end it is past every promise of the morning, and all have met.
    """
    office = Office(folder)
    one = office.pc(1)
    two = office.pc(2)
    office.settle()
    asked = [office.take_in(one) for _ in range(5)]
    others = [office.take_in(two) for _ in range(3)]
    dossiers = [_filed_online(office, place) for place in range(1, 5)]
    office.settle()
    _dossiers_at_work(two, dossiers)
    one.sign_in(SIGNER)
    one.areas.signing.return_to_clerk(others[2], "other", "Thiếu trang 2")
    lot = office.number(one, asked)
    lines = [EntryId.from_key(key) for (key,) in rows(one.store, "SELECT id FROM lines ORDER BY number")]
    one.areas.signing.confirm(lot.lot, tuple(lines[:3]))
    one.sign_in(CLERK)
    one.areas.handover.hand_over(ReturnForm(asked[0]))
    for pc in office.running:
        pc.clock.forward(hours=11)
    office.clock.forward(hours=11)
    office.settle()
    return office


def _filed_online(office: Office, place: int) -> EntryId:
    online = OnlineDossier(
        f"000.00.00.H35-26-000000{place}", UNMARRIED, "PHÀN TẬP HUẤN ẰNG", f"01206410162{place}",
        office.clock.at - 600_000, papers=(OnlinePaper(2), OnlinePaper(3), OnlinePaper(4)),
    )  # fmt: skip
    return office.hub.online_arrived(UNIT, online)


def _dossiers_at_work(pc: Counter, dossiers: list[EntryId]) -> None:
    """The first stays online; one is accepted, one waits for the citizen, one has its result."""
    for dossier in dossiers[1:]:
        act(pc, dossier, "accept")
    act(pc, dossiers[2], "take")
    act(pc, dossiers[2], "vet", papers="Ảnh thẻ", reason="Mờ, không đọc được")
    act(pc, dossiers[3], "take")
    act(pc, dossiers[3], "result", title="Giấy xác nhận", number="7", date="20/11/2026", signer="Lò Văn Ký")


def act(pc: Counter, dossier: EntryId, code: str, **values: str) -> None:
    """One act by whoever may do it."""
    pc.sign_in(CLERK if code in ("accept", "ask") else SIGNER)
    pc.areas.dossiers.act(ActForm(dossier, code, values))


def code_of(pc: Counter, number: int) -> str:
    """The text of the QR that ``pc`` printed on the copies of a number."""
    (key,) = (key for key, found in rows(pc.store, "SELECT id, number FROM lines") if found == number)
    line = pc.state(EntryId.from_key(key))
    return write_copy_code(copy_code_of(line, UNIT, pc.work.journal), pc.author.key)  # type: ignore[attr-defined]


def numbers(pc: Counter) -> list[int]:
    """Numbers of the pile, as they were born."""
    return [number for (number,) in rows(pc.store, "SELECT number FROM lines ORDER BY number")]


def whole_province(hub: Hub, units: int = 24) -> None:
    """Rows of the board for many more units, as if their PCs had sent them: for looks and for counting."""
    made, now = random.Random(4), hub.now()
    with hub.database.write() as connection:
        for place in range(1, units):
            unit = f"{place:05d}"
            put(connection, schema.units, [{"unit": unit, "name": f"Xã Tập Huấn {place}", "added": now}])
            settled, late = made.randint(100, 900), made.choice((0, 0, 1, 3, 9))
            day = {"unit": unit, "day": 20261120, "received": made.randint(20, 140), "settled": settled}
            put(connection, kpi.kpi_days, [{**day, "on_time": settled - late}])
            put(
                connection,
                kpi.kpi_items,
                [_item(made, unit, place, k, now) for k in range(made.randint(2, 30))],
            )
            put(
                connection,
                kpi.kpi_lines,
                [_line(made, unit, place, k) for k in range(made.choice((0, 3, 25, 60)))],
            )
            if place % 7:
                put(connection, officials.contacts, [_contact(made, unit, place, now)])


def _item(made: random.Random, unit: str, place: int, which: int, now: int) -> dict[str, Any]:
    stage = made.choice(("accepted", "waiting_citizen", "online", "done", "processing", "submitted"))
    copies = stage == "submitted"
    return {
        "subject": (1 << 45) + (place << 32) + which, "unit": unit,
        "matter": "copies" if copies else "dossier",
        "code": f"{unit}0012611200{which:04d}0", "what": "" if copies else "1.001193",
        "day": 20261120 - made.choice((0, 0, 1, 2, 7)), "taken_at": now,
        "due_at": now + made.choice((-1, 1, 2, 30, 60)) * 3_600_000, "promised_at": 0, "stage": stage,
        "is_open": 1, "waits_for_number": int(copies), "sent_back": 0, "settled_at": 0, "period_day": 0,
    }  # fmt: skip


def _line(made: random.Random, unit: str, place: int, which: int) -> dict[str, Any]:
    return {
        "subject": (1 << 44) + (place << 32) + which, "unit": unit, "request": 0, "register": 0,
        "number": which + 1, "year": 2026, "day": 20261120 - made.choice((0, 0, 1, 2, 7)),
        "state": "numbered",        "signed_at": 0,
    }  # fmt: skip


def _contact(made: random.Random, unit: str, place: int, now: int) -> dict[str, Any]:
    unsent, age = made.choice((0, 0, 0, 14)), made.choice((20, 600, 5 * 3_600, 3 * 86_400)) * 1_000
    return {
        "journal": ((9_000 + place) << 8) + 1, "unit": unit, "met_at": now - age, "clock_at": now - age,
        "claimed": 100 + unsent, "held": 100, "waiting_since": now - 7_200_000 if unsent else 0,
    }  # fmt: skip
