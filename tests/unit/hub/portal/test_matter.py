"""What is told of a dossier and of a request of certifications."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from counter_app.domain.certification import state as copies
from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.state import OriginalState, RequestState
from counter_app.domain.dossiers.acts import desk, ending, handling
from counter_app.domain.dossiers.acts.ending import Giving
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.portal import is_legal
from resources import load
from sync.hub.hub import Hub
from sync.hub.portal.mapping import fill_record, fill_step, parse_map
from sync.hub.portal.matter import Matter, read_matter, request_matter, step_values
from sync.protocol.naming.ids import EntryId
from tests.support.portal.bench import MORNING
from tests.unit.hub.test_dossiers import CALENDAR, SUBMITTED, UNIT, online, state_at

MAP = parse_map(load.portal_map("legacy"))
TAKEN = OriginalTaken("gks", "Giấy khai sinh", "", 1, 2, 4_000, MORNING)


def request(*states: str, **changes: object) -> RequestState:
    """A request whose originals stand so."""
    originals = tuple(
        OriginalState(TAKEN, state, signed_at=MORNING + 60_000 if state == copies.SIGNED else 0)
        for state in states
    )
    made = RequestState(
        EntryId(256, 5), "00000001126112000015", 1, 20261120, MORNING, None,
        Requester("LÒ TẬP HUẤN ẨM", "cccd", "012190000001", 19900101, "Bản Nà Hum", "0900000000"),
        originals, MORNING + 3_600_000, "now", "counter", None, "copy",
    )  # fmt: skip
    return replace(made, **changes)


def states(matter: Matter) -> list[int]:
    return [step.state for step in matter.steps]


@pytest.mark.parametrize(
    ("originals", "told"),
    [
        ((copies.TAKEN_IN,), [2]),
        ((copies.SUBMITTED,), [2, 4]),
        ((copies.NUMBERED, copies.SIGNED), [2, 4]),
        ((copies.SIGNED, copies.SIGNED), [2, 4, 9]),
        ((copies.HANDED_OVER,), [2, 4, 9, 10]),
        ((copies.STRUCK,), [2, 8]),
        ((copies.ANNULLED,), [2, 4, 9, 10]),
    ],
)
def test_a_request_is_told_by_its_least_advanced_original(
    originals: tuple[str, ...], told: list[int]
) -> None:
    """Each road is the beginning of the longer ones: what was told stays told."""
    found = request_matter(request(*originals))
    assert states(found) == told
    assert all(is_legal(a, b) for a, b in pairwise(told))
    assert all(step.at for step in found.steps)


def test_one_sent_back_to_the_clerk_is_still_being_handled() -> None:
    assert states(request_matter(request(copies.SUBMITTED, returned_reason="other"))) == [2, 4]


def test_a_request_fills_the_record() -> None:
    """Papers with their number of copies, one fee, the identity; the flag of certifications."""
    found = request_matter(request(copies.SIGNED, copies.SIGNED))
    values = {**found.values, "code": found.code, "office_name": "UBND xã", "state_word": "9",
              "procedure": MAP.certification[found.register], "procedure_name": "Chứng thực"}  # fmt: skip
    filled = fill_record(MAP, values, found.lists)
    assert filled.cuts == ()
    fields = filled.fields
    assert (fields["LaHoSoChungThuc"], fields["ChuHoSo"], fields["NgayKetThucXuLy"]) == (
        "1", "LÒ TẬP HUẤN ẨM", "20261120073100",
    )  # fmt: skip
    assert fields["DanhSachLePhi"] == [
        {
            "TenPhiLePhi": "Phí chứng thực",
            "MaPhiLePhi": "",
            "HinhThucThu": "1",
            "Gia": "8000",
            "LoaiPhiLePhi": "1",
        }
    ]
    assert fields["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "012190000001"}]


def test_a_register_without_a_procedure_in_the_mapping_has_none() -> None:
    """It becomes a dead letter that names the field, not a wrong procedure."""
    assert "transaction" not in MAP.certification
    assert request_matter(request(copies.SIGNED, register="transaction")).register == "transaction"


def test_a_dossier_to_its_end(hub: Hub) -> None:
    """Steps with their moments; what is known of a step goes into its line."""
    dossier = hub.online_arrived(UNIT, online(phone="0900000000"))
    at = SUBMITTED + 3_600_000
    for act in (
        lambda s: desk.accept_online(
            s, s.papers, FormNumber("02", 1), desk.CounterCode("0" * 20, 1), at, CALENDAR
        ),
        lambda s: handling.take(s, None),
        lambda s: handling.record_result(
            s, ResultGiven("birth", "Giấy khai sinh", "12/2026", 20261123, "CT")
        ),
        lambda s: ending.give(s, Giving(b"salt"), at),
    ):
        hub.append(UNIT, *act(state_at(hub, dossier)))
    with hub.database.read() as connection:
        found = read_matter(connection, dossier)
    assert found is not None
    assert states(found) == [1, 2, 4, 9, 10]
    assert len({step.key for step in found.steps}) == 5
    values = {**found.values, "code": found.best_code, "office_name": "UBND xã", "state_word": "10"}
    fields = fill_record(MAP, values, found.lists).fields
    assert (fields["MaTTHC"], fields["KenhThucHien"], fields["SoDienThoai"]) == (
        "1.001193",
        "2",
        "0900000000",
    )
    assert fields["NgayHenTra"]
    assert fields["NgayTra"]
    line = fill_step(MAP, {**step_values(found.steps[2], "X-1", "UBND xã", 0), "state_word": "4"}).fields
    assert (line["MaHoSo"], line["TrangThai"], line["NoiDungXuLy"]) == ("X-1", "4", "Đang xử lý")
    assert len(str(line["ThoiDiemXuLy"])) == 14


def test_a_refused_dossier_says_when(hub: Hub) -> None:
    dossier = hub.online_arrived(UNIT, online())
    refused = desk.refuse(
        state_at(hub, dossier), FormNumber("03", 1), "other", "Không thuộc thẩm quyền", SUBMITTED + 60_000
    )
    hub.append(UNIT, *refused)
    with hub.database.read() as connection:
        found = read_matter(connection, dossier)
    assert found is not None
    assert states(found) == [1, 3]
    assert found.values["refused_at"]
    assert not found.values["returned_at"]
