"""A hub with two units: one with two counters that worked a Friday through, one that has sent nothing yet.

Everything is the product's own services and engine; names are plainly practice data.
"""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.services.ports.dossiers import ActForm
from counter_app.services.ports.handover import ReturnForm
from sync.hub.dossiers import OnlineDossier, OnlinePaper
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
