"""A laptop on the move on real stores: what it numbers, what the counters show while the pen is with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions
from counter_app.domain.organisation import entries as o
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.copies import RowForm, SignerForm, SigningForm
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PIN,
    SIGNER,
    UNIT,
    Counter,
    form,
    give,
    make_counter,
    open_register,
    take_in,
)


@pytest.fixture
def laptop(tmp_path):
    """The counter that holds both pens and is on the road since this morning."""
    made = make_counter(tmp_path / "one", 1)
    open_register(made, "signature", "SCT/CK,ĐC", 200)
    made.sign_in(CHAIRMAN)
    act = o.DelegationRecorded(
        "52/QĐ-UBND", 20261110, o.ASSIGNED, "KT.", ("copy", "signature"), 20261110, 20261231, "Phó Chủ tịch"
    )
    made.areas.accounts.delegate(made.officials[SIGNER], act)
    moved(made)
    made.sign_in(CLERK)
    yield made
    made.close()


def moved(counter: Counter, away: bool = True) -> None:
    settings = counter.areas.settings
    settings.keep(replace(settings.pc(), on_the_move=away))


def number(counter: Counter, request, kind: str = "copy"):
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen(kind)
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN, kind)
    return counter.areas.signing.number((request,), PIN, kind=kind)


def signed(counter: Counter):
    signer = SignerForm("HOÀNG VĂN SƠN", "012086006812")
    row = RowForm("ck syll 1", "", counter.clock.at, signing=SigningForm((signer,)))
    whole = replace(form(), rows=(row,), pay="return")
    return counter.areas.copies.commit(whole).request


def test_copies_are_taken_in_on_the_move_and_numbered_at_the_seat(laptop: Counter) -> None:
    request = take_in(laptop).request
    pen = laptop.areas.signing.pen()
    assert not pen.here
    assert "cấp số tại trụ sở" in pen.words
    with pytest.raises(DomainError) as caught:
        number(laptop, request)
    assert caught.value.code == "pen.on_the_move"
    assert laptop.state(request).stage == "submitted"
    moved(laptop, away=False)
    assert number(laptop, request).first == 1776


def test_signatures_are_numbered_in_the_village(laptop: Counter) -> None:
    request = signed(laptop)
    assert laptop.areas.signing.pen("signature").here
    assert number(laptop, request, "signature").first == 201


def test_the_unit_may_let_copies_be_numbered_anywhere(laptop: Counter) -> None:
    request = take_in(laptop).request
    laptop.sign_in(CHAIRMAN)
    laptop.areas.accounts.set_policy(unit_subject(UNIT), decisions.COPIES_ON_THE_MOVE, "anywhere")
    assert number(laptop, request).first == 1776


def test_the_place_is_of_this_pc_alone_and_survives_a_restart(laptop: Counter, tmp_path) -> None:
    other = make_counter(tmp_path / "two", 2, founder=laptop)
    give(laptop, other)
    assert laptop.areas.settings.pc().on_the_move
    assert not other.areas.settings.pc().on_the_move
    other.close()


def test_the_counters_say_where_numbers_are_given_and_when_it_was_last_heard_from(
    laptop: Counter, tmp_path
) -> None:
    other = make_counter(tmp_path / "two", 2, founder=laptop)
    other.sign_in(CLERK)
    words = other.areas.signing.pen().words
    assert words == "Cấp số tại QUẦY-01. Nhập được, số có khi trình ký."
    other.clock.forward(hours=3)
    other.sign_in(CLERK)
    assert other.areas.signing.pen().words.startswith(f"{words} Tin cuối từ máy đó: 07:")
    other.close()
