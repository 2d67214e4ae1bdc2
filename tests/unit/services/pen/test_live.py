"""The pen given to another counter of the unit arrives with any exchange, through the hub too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.counter import CLERK, PIN, REGISTRAR, SIGNER
from tests.sync.scenarios.office import Office
from tests.unit.services.pen.office import refused


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


def test_the_holder_changes_when_the_hub_brings_the_pen(office: Office, tmp_path: Path) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    one.work.export = lambda folder: "goi-01.mcx"
    one.sign_in(REGISTRAR)
    two.sign_in(REGISTRAR)
    assert [pc.areas.pen.cards()[0].here for pc in (one, two)] == [True, False]
    assert [[other.number for other in pc.areas.pen.counterparts()] for pc in (one, two)] == [[2], [1]]
    assert one.areas.pen.pass_pen_to_file(2, str(tmp_path)) == "goi-01.mcx"
    # On its way the pen is nowhere else: the giver has it no more, the taker not yet.
    assert one.areas.pen.cards()[0].holder == "QUẦY-02"
    assert two.areas.pen.cards()[0].holder == "QUẦY-01"
    waiting = office.take_in(two)
    words = refused("pen.elsewhere", office.number, two, [waiting])
    assert "QUẦY-01" in words.title
    office.settle()
    assert [pc.areas.pen.cards()[0].holder for pc in (one, two)] == ["QUẦY-02", "QUẦY-02"]
    assert office.number(two, [waiting]).first == 1776
    one.sign_in(SIGNER)
    refused("pen.elsewhere", one.areas.signing.number, (waiting,), PIN)
    office.settle()
    assert office.faults() == []


def test_who_may_not_number_does_not_send_the_pen_away(office: Office, tmp_path: Path) -> None:
    one, _ = office.pc(1), office.pc(2)
    office.settle()
    one.work.export = lambda folder: "goi-01.mcx"
    one.sign_in(REGISTRAR)
    refused("counter.unknown", one.areas.pen.pass_pen_to_file, 4, str(tmp_path))
    refused("export.none", one.areas.pen.pass_pen_to_file, 2, str(tmp_path / "missing"))
    one.sign_in(CLERK)
    assert one.areas.pen.cards()[0].here
    assert office.faults() == []


def test_a_recovery_and_the_return_of_the_dead_go_through_the_hub(office: Office) -> None:
    from tests.unit.services.pen import office as acts

    one, two = office.pc(1), office.pc(2)
    office.day(one, 2)
    office.settle()
    unseen = office.day(one, 3)
    acts.recover(two, unseen.last)
    office.settle(two)
    assert two.areas.pen.cards()[0].unknown_count == 5
    office.settle()
    for pc in (one, two):
        pc.sign_in(REGISTRAR)
        assert [found.number for found in pc.areas.pen.unknown_numbers(pc.register)] == [
            unseen.last + 1,
            unseen.last + 2,
        ]
    assert office.faults() == []
