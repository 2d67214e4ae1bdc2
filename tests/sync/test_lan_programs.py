"""Whole programs on the LAN with the Internet down: second copy, the pen in a moment, what pages say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.composition.lan import neighbours_of
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.enrolment.enrol import resume
from counter_app.services.exchange.bundle_files import BundleFiles
from counter_app.services.exchange.lan_places import Places
from counter_app.services.exchange.neighbours import FIXED_SETTING, ON, PORT_SETTING, Neighbours
from counter_app.services.ports.technician import GOOD, LOOK, NOT_HERE, LanForm
from counter_app.services.technician.doctor.lan_check import lan_found
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.this_pc import device
from sync.client.lan.node import LanNode
from sync.client.lan.shelf import Shelf
from tests.support.lan import LOOPBACK, until
from tests.support.practice import practice_world, take_in, waiting


def on_the_lan(program: RunningProgram, *, port: int = 0, known: tuple[int, ...] = ()) -> LanNode:
    """The program meets siblings; as a PC's settings tell it, but on loopback and without beacons."""
    with program.opened.store.write() as connection:
        device.put_setting(connection, PORT_SETTING, str(port or 7443))
        device.put_setting(connection, FIXED_SETTING, " ".join(f"{LOOPBACK}:{number}" for number in known))
    enrolment = resume(program.opened)
    assert enrolment is not None
    work = program.areas.work
    port_ = ExchangeStore(program.opened.store, enrolment.unit, enrolment.hub_keys, work.clock.now)
    shelf = Shelf(program.updates.sharing.places, program.areas.home.listed.places)
    made = neighbours_of(work, port_, enrolment, BundleFiles(work, port_, enrolment), shelf)
    build = made.build

    def on_loopback(*given: object) -> LanNode:
        node = build(*given)  # type: ignore[arg-type]
        node.settings = replace(node.settings, port=port, host=LOOPBACK, beacons=False)
        return node

    made.build = on_loopback  # type: ignore[assignment]
    program.meet_neighbours(made)
    assert made.node is not None
    return made.node


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    """Two counters that met the province once; then the line is cut."""
    with practice_world(tmp_path_factory.mktemp("xa"), counters=2) as made:
        made.settle()
        made.server.stop()
        first = on_the_lan(made.programs[0])
        on_the_lan(made.programs[1], known=(first.port,))
        assert until(lambda: all(program.neighbours.node.peers() for program in made.programs))
        yield made


def test_an_act_has_a_second_copy_within_moments_and_the_pages_name_it(world: PracticeWorld) -> None:
    one, two = world.programs
    done = take_in(world)
    assert until(lambda: holds(two, done.request), 2.0), "within two seconds of the commit"
    assert until(lambda: one.exchange.status().neighbours[0].lacks == 0)
    status = one.exchange.status()
    assert status.waiting > 0, "a sibling is not the province"
    assert status.second_copy.startswith("Bản thứ hai: BÀN KÝ, ")
    assert "Bản thứ hai: BÀN KÝ" in one.home.home().side.words
    (row,) = status.neighbours
    assert row.words.startswith("BÀN KÝ · ")
    assert row.words.endswith(", đủ")
    assert status.lan_trouble == ""


def holds(program: RunningProgram, entry: object) -> bool:
    return program.neighbours.held().covers(*entry)  # type: ignore[union-attr, misc]


def pen_of(program: RunningProgram) -> object:
    return program.pen.cards()[0]


def test_the_pen_comes_over_in_a_moment_and_back(world: PracticeWorld) -> None:
    one, two = world.programs
    for number in (0, 1):
        world.sign_in(people.SIGNER, number)
    holder, asker = (one, two) if pen_of(one).here else (two, one)
    take_in(world)
    world.sign_in(people.SIGNER, 0)
    for _ in range(2):
        card = pen_of(asker)
        said = asker.pen.fetch_pen(card.register)
        assert said.startswith("Quyền cấp số đã về máy này từ ")
        assert pen_of(asker).here
        assert until(lambda one=holder: not pen_of(one).here)
        holder, asker = asker, holder
    assert holder.pen.fetch_pen(pen_of(holder).register) == "Quyền cấp số đã ở máy này."


def test_the_pen_of_a_pc_that_is_off_is_refused_in_words(world: PracticeWorld) -> None:
    one, two = world.programs
    for number in (0, 1):
        world.sign_in(people.SIGNER, number)
    asker = two if pen_of(one).here else one
    asked, asker.areas.pen.ask = asker.areas.pen.ask, None
    try:
        with pytest.raises(DomainError) as refused:
            asker.pen.fetch_pen(pen_of(asker).register)
    finally:
        asker.areas.pen.ask = asked
    assert refused.value.code == "pen.not_reached"
    assert not pen_of(asker).here


def test_only_who_may_number_asks_for_the_pen(world: PracticeWorld) -> None:
    for number, program in enumerate(world.programs):
        world.sign_in(people.REGISTRAR, number)
        register = program.pen.cards()[0].register
        world.sign_in(people.TECHNICIAN, number)
        with pytest.raises(DomainError) as refused:
            program.pen.fetch_pen(register)
        assert refused.value.code.startswith("role.")


def test_the_self_test_says_who_is_in_contact(world: PracticeWorld) -> None:
    row = lan_found(world.programs[0].neighbours)
    assert (row.verdict, "Đang nối BÀN KÝ" in row.words) == (GOOD, True)
    off = Neighbours(world.programs[0].areas.work, world.programs[0].neighbours.held, lambda *_: None)
    assert lan_found(off).verdict == NOT_HERE


def test_clocks_that_differ_are_said(world: PracticeWorld) -> None:
    one = world.programs[0]
    node = one.neighbours.node
    state = node.peers()[0]
    node.standing._states[state.journal] = replace(state, offset_ms=1_200_000)
    try:
        assert "lệch nhau hơn 10 phút" in one.exchange.status().lan_trouble
        assert "đồng hồ lệch 20 phút" in one.exchange.status().neighbours[0].words
        row = lan_found(one.neighbours)
        assert (row.verdict, "BÀN KÝ" in row.words) == (LOOK, True)
    finally:
        node.standing._states[state.journal] = state


def test_a_sibling_that_went_is_said_and_what_it_lacks(world: PracticeWorld) -> None:
    one, two = world.programs
    two.neighbours.close()
    assert until(lambda: not one.exchange.status().neighbours[0].connected)
    take_in(world)
    (row,) = one.exchange.status().neighbours
    assert "mất liên lạc từ" in row.words
    assert row.lacks > 0
    assert f"thiếu {row.lacks} mục" in row.words
    trouble = one.exchange.status().lan_trouble
    assert "7443 bị chặn" in trouble or "cổng" in trouble.lower()
    assert lan_found(one.neighbours).verdict == LOOK
    node = on_the_lan(two, known=(one.neighbours.node.port,))
    assert until(lambda: one.exchange.status().neighbours[0].connected)
    assert until(lambda: one.exchange.status().neighbours[0].lacks == 0)
    assert node.peers()


def test_the_lan_can_be_switched_off_in_the_settings_of_the_pc(world: PracticeWorld) -> None:
    program = world.programs[0]
    with program.opened.store.write() as connection:
        device.put_setting(connection, ON, "0")
    built: list[object] = []
    off = Neighbours(program.areas.work, program.neighbours.held, lambda *given: built.append(given))
    off.start()
    assert (built, off.node, off.rows()) == ([], None, ())
    with program.opened.store.write() as connection:
        device.put_setting(connection, ON, "1")


def test_a_technician_turns_it_off_and_on_and_a_sibling_met_before_is_met_again(world: PracticeWorld) -> None:
    """At once, without a restart; no address is typed: where the sibling was is remembered."""
    one, two = world.programs
    for number in (0, 1):
        world.sign_in(people.TECHNICIAN, number)
    assert until(lambda: one.exchange.status().neighbours[0].connected)
    told = two.technician.lan()
    assert (told.on, [sibling.connected for sibling in told.siblings]) == (True, [True])
    assert {place.split(":")[0] for place in told.learnt} == {LOOPBACK}
    assert two.technician.keep_lan(LanForm(False, "", "")) == "Đã tắt mạng nội bộ trên máy này."
    assert until(lambda: not one.exchange.status().neighbours[0].connected)
    assert (two.neighbours.node, two.technician.lan().own) == (None, ())
    assert lan_found(two.neighbours).verdict == NOT_HERE
    two.technician.keep_lan(LanForm(True, "", ""))
    assert two.neighbours.choice().addresses == ()
    assert until(lambda: bool(two.exchange.status().neighbours)), "called where it was met before"
    assert until(lambda: one.exchange.status().neighbours[0].connected)


def test_what_the_province_said_to_one_is_known_to_the_other(tmp_path: Path) -> None:
    """Only the first meets the province; the second's acts get there through it, and it learns so."""
    with practice_world(tmp_path / "xa", counters=2) as world:
        world.settle()
        one, two = world.programs
        first = on_the_lan(one)
        on_the_lan(two, known=(first.port,))
        done = take_in(world, counter=1)
        assert waiting(two) > 0
        assert until(lambda: holds(one, done.request))
        assert until(lambda: one.neighbours.held() == two.neighbours.held())
        world.meet(one)
        assert until(lambda: waiting(two) == 0), "the hub's signed word came over the LAN"


def test_the_pc_with_the_pen_closes_and_the_other_numbers(world: PracticeWorld) -> None:
    """Closing offers it; nobody need be signed in at the PC that takes it, and it is there before the end."""
    one, two = world.programs
    for number in (0, 1):
        world.sign_in(people.SIGNER, number)
    holder, taker = (one, two) if pen_of(one).here else (two, one)
    assert until(lambda: bool(holder.pen.offers()))
    assert taker.pen.offers() == ()
    (offer,) = holder.pen.offers()
    assert (offer.journal, "SCT/BS" in offer.registers) == (taker.areas.work.journal, True)
    assert holder.pen.offer_pens(offer.journal) == f"Quyền cấp số đã chuyển sang {offer.name}."
    assert pen_of(taker).here, "held there when the holder says so, not some time after"
    assert holder.pen.offers() == ()


def test_an_offer_that_is_not_taken_leaves_the_pen_here(world: PracticeWorld) -> None:
    one, two = world.programs
    for number in (0, 1):
        world.sign_in(people.SIGNER, number)
    holder, taker = (one, two) if pen_of(one).here else (two, one)
    assert until(lambda: bool(holder.pen.offers()))
    (offer,) = holder.pen.offers()
    deaf, taker.neighbours.answer = taker.neighbours.answer, lambda *_: b""
    try:
        with pytest.raises(DomainError) as refused:
            holder.pen.offer_pens(offer.journal)
    finally:
        taker.neighbours.answer = deaf
    assert refused.value.code == "pen.not_offered"
    assert pen_of(holder).here


def test_counters_that_met_the_province_alone_find_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No beacon, no address typed or learnt: each told its own in its journal, the province passed it on."""
    here = partial(Places, own=lambda: ["127.99.99.99", LOOPBACK])  # at the first nobody listens any more
    monkeypatch.setattr("counter_app.composition.lan.Places", here)
    with practice_world(tmp_path / "xa", counters=2) as world:
        world.settle()
        one, two = world.programs
        for program in (one, two):
            on_the_lan(program)
            program.neighbours.look_around()
        assert not one.neighbours.in_contact()
        for program in (one, two, one):
            world.meet(program)
            program.neighbours.look_around()
        assert until(lambda: one.neighbours.in_contact() and two.neighbours.in_contact())
