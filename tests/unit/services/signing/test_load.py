"""What lies with whom, who is here today, and lines whose receiver was the signatory, on real stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions
from counter_app.domain.organisation import entries as o
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.signing import ReceiverSigned
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PIN,
    REGISTRAR,
    SIGNER,
    UNIT,
    Counter,
    give,
    make_counter,
    person,
    take_in,
)


@pytest.fixture
def counter(tmp_path):
    """Two may sign copies: the Vice-Chairman and the registrar. The clerk is at the counter."""
    made = make_counter(tmp_path / "one", 1)
    made.sign_in(CHAIRMAN)
    act = o.DelegationRecorded(
        "60/QĐ-UBND", 20261101, o.AUTHORISED, "TUQ.", ("copy",), 20261101, 20271231, "Công chức tư pháp"
    )
    made.areas.accounts.delegate(made.officials[REGISTRAR], act)
    made.sign_in(CLERK)
    yield made
    made.close()


def proposed(counter: Counter) -> list[str]:
    names = {official: login for login, official in counter.officials.items()}
    return [names[one.official] for one in counter.areas.copies.signatories()]


def load_of(counter: Counter, login: str) -> str:
    found = counter.areas.copies.signatories()
    return next(one.load for one in found if one.official == counter.officials[login])


def tomorrow(counter: Counter) -> None:
    counter.clock.forward(hours=72)  # Monday
    counter.sign_in(CLERK)


def slip(counter: Counter, number: int, login: str, *rows: str):
    who = person(f"TẬP HUẤN {'ABCDEFGHIJ'[number]}", f"0120860068{number:02d}")
    counter.sign_in(CLERK)
    return take_in(counter, *(rows or ("gks 1x2",)), who=who, signatory=counter.officials[login]).request


def test_the_smallest_pile_on_duty_is_proposed_at_f4(counter: Counter) -> None:
    tomorrow(counter)
    for login in (SIGNER, REGISTRAR, CLERK):
        counter.sign_in(login)
    slip(counter, 0, SIGNER, "gks 1x2", "hb 3x1")
    assert proposed(counter) == [REGISTRAR, SIGNER]
    slip(counter, 1, REGISTRAR)
    slip(counter, 2, REGISTRAR)
    slip(counter, 3, REGISTRAR)
    assert proposed(counter) == [SIGNER, REGISTRAR]


def test_who_was_not_seen_today_comes_after_whoever_is_here(counter: Counter) -> None:
    tomorrow(counter)
    counter.sign_in(SIGNER)
    slip(counter, 0, SIGNER)
    assert proposed(counter) == [SIGNER, REGISTRAR]
    assert load_of(counter, REGISTRAR).startswith("chưa thấy hôm nay")


def test_the_head_marks_who_is_here_for_this_day_alone(counter: Counter) -> None:
    tomorrow(counter)
    counter.sign_in(SIGNER)
    counter.sign_in(CHAIRMAN)
    area = counter.areas.officials
    area.mark_present(counter.officials[REGISTRAR], True)
    area.mark_present(counter.officials[SIGNER], False)
    assert proposed(counter) == [REGISTRAR, SIGNER]
    here = {one.official for one in area.officials() if one.on_duty}
    assert counter.officials[REGISTRAR] in here
    assert counter.officials[SIGNER] not in here
    counter.clock.forward(hours=24)
    counter.sign_in(SIGNER)
    assert proposed(counter)[0] == SIGNER, "yesterday's marks are over"


@pytest.mark.parametrize(("typed", "shown"), [("14:00", "14:00"), (" 15h30 ", "15:30"), ("16", "16:00")])
def test_who_is_away_until_a_time_comes_back_by_itself(counter: Counter, typed: str, shown: str) -> None:
    tomorrow(counter)
    counter.sign_in(SIGNER)
    counter.sign_in(CHAIRMAN)
    area = counter.areas.officials
    area.mark_present(counter.officials[SIGNER], False, typed)
    assert load_of(counter, SIGNER).startswith(f"vắng đến {shown}")
    (told,) = [one for one in area.officials() if one.official == counter.officials[SIGNER]]
    assert (told.on_duty, told.presence) == (False, f"vắng đến {shown}")
    counter.clock.forward(hours=9)
    assert [one.on_duty for one in area.officials() if one.official == told.official] == [True]


@pytest.mark.parametrize("typed", ["00:01", "25:00", "14:75", "chiều", "1", "-3", "14:00 mai"])
def test_a_time_gone_by_or_none_at_all_is_no_return(counter: Counter, typed: str) -> None:
    tomorrow(counter)
    counter.sign_in(CHAIRMAN)
    with pytest.raises(DomainError) as caught:
        counter.areas.officials.mark_present(counter.officials[SIGNER], False, typed)
    assert caught.value.code == "presence.time"
    assert not load_of(counter, SIGNER).startswith("vắng")


def test_a_clerk_marks_nobody(counter: Counter) -> None:
    with pytest.raises(DomainError) as caught:
        counter.areas.officials.mark_present(counter.officials[REGISTRAR], True)
    assert caught.value.code.startswith("role.")


def test_whoever_acted_on_another_counter_today_is_here(counter: Counter, tmp_path) -> None:
    other = make_counter(tmp_path / "two", 2, founder=counter)
    tomorrow(counter)
    other.clock.forward(hours=72)
    other.sign_in(REGISTRAR)
    take_in(other, "gks 1x1", who=person("TẬP HUẤN KHÁC", "012086006899"))
    assert load_of(counter, REGISTRAR).startswith("chưa thấy")
    give(other, counter)
    assert load_of(counter, REGISTRAR).startswith("Đang làm việc tại QUẦY-02 từ ")
    other.close()


def test_the_words_tell_slips_their_age_and_numbers_without_ink(counter: Counter) -> None:
    first, second = slip(counter, 0, SIGNER), slip(counter, 1, SIGNER)
    counter.clock.forward(hours=2)
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(signing.pen().last_number, PIN)
    signing.number((first,), PIN)
    here = f"Đang làm việc tại QUẦY-01 từ {vn_datetime(counter.clock.at):%H:%M}"
    assert load_of(counter, SIGNER) == f"{here} · 1 phiếu chờ, lâu nhất 2 giờ · 1 số chưa ký"
    assert f"Vàng Văn Thăng (tập huấn): {here} · 1 phiếu chờ" in signing.banner().loads
    assert signing.banner().loads.index("Lò Thị Hoa") < signing.banner().loads.index("Vàng Văn Thăng")
    assert second


def test_lines_whose_receiver_signed_them_are_counted_and_struck_ones_not(counter: Counter) -> None:
    day = counter.work.day()
    mine = slip(counter, 0, SIGNER)
    counter.sign_in(CHAIRMAN)
    allowed = decisions.set_policy(
        counter.areas.desk.require(), unit_subject(UNIT), decisions.RECEIVER_SIGNS, "allow"
    )
    counter.store.append(allowed, counter.areas.desk.act(sealed=True))
    counter.sign_in(SIGNER)
    more = {"signatory": counter.officials[SIGNER], "pay": "return"}
    own = [
        take_in(counter, "gks 1x1", who=person(name, number), **more).request
        for name, number in (("TẬP HUẤN TỰ", "012086006850"), ("TẬP HUẤN GẠCH", "012086006851"))
    ]
    signing = counter.areas.signing
    signing.confirm_witness(signing.pen().last_number, PIN)
    for request in (mine, *own):
        signing.detail(request)
        lot = signing.number((request,), PIN).lot
    assert signing.receiver_signed(day, day) == (ReceiverSigned("Vàng Văn Thăng (tập huấn)", "copy", 3, 2),)
    signing.strike(signing.lot_lines(lot)[0].line, "other", "khách không lấy")
    (counted,) = signing.receiver_signed(day, day)
    assert counted == replace(counted, lines=2, own=1)
    assert signing.receiver_signed(day + 1, day + 30) == ()


def test_presence_travels_and_the_other_counter_proposes_who_is_there(counter: Counter, tmp_path) -> None:
    other = make_counter(tmp_path / "two", 2, founder=counter)
    tomorrow(counter)
    other.clock.forward(hours=72)
    counter.sign_in(SIGNER)
    counter.sign_in(CHAIRMAN)
    counter.areas.officials.mark_present(counter.officials[REGISTRAR], False)
    give(counter, other)
    other.sign_in(CLERK)
    since = f"{vn_datetime(counter.clock.at):%H:%M}"
    assert load_of(other, SIGNER).startswith(f"Đang làm việc tại QUẦY-01 từ {since}")
    assert load_of(other, REGISTRAR).startswith("vắng hôm nay")
    assert proposed(other) == [SIGNER, REGISTRAR]
    other.sign_in(REGISTRAR)
    assert load_of(other, REGISTRAR).startswith("Đang làm việc tại QUẦY-02"), "he came after all"
    other.close()


def test_signing_in_again_at_one_counter_writes_nothing_more(counter: Counter) -> None:
    counter.sign_in(SIGNER)
    unit = unit_subject(UNIT)
    with counter.store.read() as connection:
        said = counter.work.state(connection, unit).present
    counter.clock.forward(hours=1)
    counter.sign_in(CLERK)
    counter.sign_in(SIGNER)
    with counter.store.read() as connection:
        assert counter.work.state(connection, unit).present == said
