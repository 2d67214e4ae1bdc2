"""One citizen, one slip: a school record to copy and a CV to sign, two registers, one payment, one return."""

from __future__ import annotations

from pathlib import Path

from counter_app.practice import people
from counter_app.practice.seeding import LAST_ON_PAPER, OTHER_BOOKS
from counter_app.services.ports.handover import ReturnForm
from sync.hub.hub import Hub
from tests.support.practice import practice_world, take_in

UNIT = "00000"
LAST_SIGNATURE = next(last for kind, _, last in OTHER_BOOKS if kind == "signature")


def test_a_copy_and_a_signature_from_the_desk_to_the_province(tmp_path: Path) -> None:
    with practice_world(tmp_path) as world:
        program = world.programs[0]
        request = take_in(world, "hb 24x2", "ck syll 1").request

        world.sign_in(people.SIGNER)
        lots = []
        for kind in ("copy", "signature"):
            pen = program.signing.pen(kind)
            if pen.paper_witness_needed:
                program.signing.confirm_witness(pen.last_number, people.PIN, kind)
            assert [row.request for row in program.signing.pile(kind)] == [request]
            lots.append(program.signing.number((request,), people.PIN, kind=kind))
        assert [lot.first for lot in lots] == [LAST_ON_PAPER + 1, LAST_SIGNATURE + 1]
        assert program.signing.pile("copy") == program.signing.pile("signature") == ()
        for lot in lots:
            program.signing.confirm(lot.lot, None)

        world.sign_in(people.CLERK)
        (slip,) = program.handover.waiting()
        assert [(line.ready, line.number) for line in slip.lines] == [(True, "1776/2026"), (True, "413/2026")]
        assert slip.to_pay == 0, "52.000 and 10.000 were paid at once"
        program.handover.hand_over(ReturnForm(request))
        with program.opened.store.read() as connection:
            receipts = connection.exec_driver_sql("SELECT amount FROM receipts").scalars().all()
            stage = connection.exec_driver_sql("SELECT stage FROM requests").scalar_one()
        assert (receipts, stage) == ([62_000], "handed_over")

        world.settle()
        with Hub.open(world.hub_folder, practice=True) as hub:
            copies = hub.register_month(UNIT, "copy", 2026, 11)
            signatures = hub.register_month(UNIT, "signature", 2026, 11)
            asked = hub.questions(UNIT)
        assert copies is not None
        assert signatures is not None
        assert [(line.number, line.copies, line.fee) for line in copies.lines] == [(1776, 2, 52_000)]
        (line,) = signatures.lines
        assert (line.number, line.copies, line.fee, line.state) == (413, 1, 10_000, "signed")
        assert line.requester_name == "HOÀNG VĂN SƠN, số 012086006812"
        assert signatures.symbol == "SCT/CK,ĐC"
        assert not asked, "the province has nothing to ask: fees, act and seal of both lots are right"
