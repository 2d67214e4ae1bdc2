"""Two counters without a line take in one online dossier: both slips are on paper, both lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.domain.dossiers import fold
from counter_app.domain.errors import DomainError
from counter_app.domain.rulings.checks import CONFLICT_WORDS
from counter_app.services.dossiers.act_fields import CLASH_TODO
from counter_app.services.dossiers.showing import timeline
from counter_app.services.ports.dossiers import ActForm, GivingForm
from counter_app.storage.queries import dossiers as queries
from sync.hub.dossiers import OnlineDossier, OnlinePaper, arrival
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CHAIRMAN, CLERK, PIN, SIGNER, Counter, give, make_counter

UNMARRIED = "1.004873"


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """The founder and a second counter that knows all of it."""
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    yield one, two
    one.close()
    two.close()


def filed_online(one: Counter, two: Counter) -> EntryId:
    """A dossier that both counters have fetched."""
    online = OnlineDossier(
        "000.00.00.H35-26-0000001", UNMARRIED, "PHÀN TẬP HUẤN ẰNG", "012064101628",
        one.clock.at - 600_000, papers=(OnlinePaper(2), OnlinePaper(3), OnlinePaper(4)),
    )  # fmt: skip
    drafts = (arrival(online, b"salt"),)
    dossier = one.store.append(drafts, one.areas.desk.act()).entries[0].id
    give(one, two)
    return dossier


def test_the_slip_of_the_acceptance_that_did_not_count_is_found_everywhere(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = filed_online(one, two)
    slips = []
    for counter in counters:
        counter.areas.dossiers.act(ActForm(dossier, "accept"))
        slips.append(counter.state(dossier).code)
    give(one, two)
    give(two, one)
    assert len(set(slips)) == 2
    assert one.state(dossier) == two.state(dossier)
    for counter in counters:
        for slip in slips:
            assert [row.dossier for row in counter.areas.dossiers.find_results(slip).rows] == [dossier]


def test_no_code_and_an_unknown_one_find_nothing(counters: tuple[Counter, Counter]) -> None:
    """Most forms carry no code: an empty one must not lead to their dossiers."""
    one, two = counters
    dossier = filed_online(one, two)
    ground = one.areas.intake.refusal_grounds()[0][0]
    one.areas.dossiers.act(ActForm(dossier, "refuse", {"ground": ground, "reason": "Sai nơi nộp"}))
    with one.store.read() as connection:
        assert queries.by_code(connection, "") is None
        assert queries.by_code(connection, "0" * 20) is None


# --- acts that cannot both stand, and the act that settles each ---


def open_dossier(one: Counter, two: Counter) -> EntryId:
    """A dossier that both counters hold and somebody works on."""
    dossier = filed_online(one, two)
    for code in ("accept", "take"):
        act(one, dossier, code)
    give(one, two)
    return dossier


def meet(one: Counter, two: Counter) -> None:
    give(one, two)
    give(two, one)


def act(counter: Counter, dossier: EntryId, code: str, **values: str) -> None:
    """One act by whoever may do it, the clerk where anybody may."""
    counter.sign_in({"extend": CHAIRMAN, "take": SIGNER, "vet": SIGNER, "result": SIGNER}.get(code, CLERK))
    pin = PIN if code == "extend" else ""
    counter.areas.dossiers.act(ActForm(dossier, code, values, pin=pin))


RESULT = {"title": "Trích lục", "number": "7", "date": "20/11/2026", "signer": "Lò Văn Ký"}


def accepted_twice(one: Counter, two: Counter) -> EntryId:
    dossier = filed_online(one, two)
    for counter in (one, two):
        act(counter, dossier, "accept")
    return dossier


def result_twice(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    for place, counter in enumerate((one, two)):
        act(counter, dossier, "result", **{**RESULT, "number": str(7 + place)})
    return dossier


def ended(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    act(one, dossier, "withdraw", reason="Rút để sửa")
    act(two, dossier, "result", **RESULT)
    return dossier


def not_running(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    act(one, dossier, "vet", papers="Giấy xác nhận", reason="Thiếu")
    two.clock.at = one.clock.at + 60_000  # else the order of both acts rests on the journals' numbers
    act(two, dossier, "result", **RESULT)
    return dossier


def not_waiting(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    act(one, dossier, "vet", papers="Giấy xác nhận", reason="Thiếu")
    give(one, two)
    for counter in (one, two):
        act(counter, dossier, "bring", all="1")
    return dossier


def extended_twice(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    for counter, day in ((one, "30/11/2026"), (two, "01/12/2026")):
        act(counter, dossier, "extend", due=day, reason="Chờ xác minh")
    return dossier


def returned_twice(one: Counter, two: Counter) -> EntryId:
    dossier = open_dossier(one, two)
    act(one, dossier, "result", **RESULT)
    give(one, two)
    for counter in (one, two):
        counter.sign_in(CLERK)
        owed = str(counter.state(dossier).to_pay or "")
        counter.areas.dossiers.give(GivingForm((dossier,), given=owed))
    return dossier


CLASHES = [
    ("dossier.accepted_twice", accepted_twice), ("dossier.result_twice", result_twice),
    ("dossier.ended", ended), ("dossier.not_running", not_running),
    ("dossier.not_waiting", not_waiting), ("dossier.returned_twice", returned_twice),
    ("dossier.extended_twice", extended_twice),
]  # fmt: skip


@pytest.mark.parametrize(("code", "clash"), CLASHES, ids=[code for code, _ in CLASHES])
def test_each_clash_is_told_settled_at_one_counter_and_known_at_the_other(
    counters: tuple[Counter, Counter], code: str, clash: Callable[[Counter, Counter], EntryId]
) -> None:
    one, two = counters
    dossier = clash(one, two)
    meet(one, two)
    for counter in counters:
        counter.sign_in(CLERK)
        page = counter.areas.dossiers.look(dossier)
        assert page.state == "two_versions"
        (offer,) = (offer for offer in page.acts if offer.code == "settle")
        assert offer.fields[0].label == CLASH_TODO[code][0]
    before = one.state(dossier)
    while offered(two, dossier):
        act(two, dossier, "settle", how="told", reason="Đã gọi điện báo ngày hẹn đúng")
    meet(one, two)
    for counter in counters:
        page = counter.areas.dossiers.look(dossier)
        assert page.state != "two_versions"
        assert not offered(counter, dossier)
        assert any(row.contested for row in page.timeline)  # what did not count stays readable
        assert page.timeline[-1].title == "Xử lý việc trùng"
        assert page.timeline[-1].words == "Đã gọi điện báo ngày hẹn đúng"
    assert one.state(dossier) == two.state(dossier) == before


def offered(counter: Counter, dossier: EntryId) -> bool:
    return any(offer.code == "settle" for offer in counter.areas.dossiers.look(dossier).acts)


def test_a_clash_is_settled_with_words_and_only_while_there_is_one(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = result_twice(one, two)
    meet(one, two)
    for values, code in (
        ({"how": "", "reason": "x"}, "dossier.how"),
        ({"how": "told", "reason": " "}, "dossier.reason"),
    ):
        with pytest.raises(DomainError) as refused:
            act(one, dossier, "settle", **values)
        assert refused.value.code == code
    act(one, dossier, "settle", how="slip", reason="Đã thu lại văn bản số 8")
    with pytest.raises(DomainError) as refused:
        act(one, dossier, "settle", how="slip", reason="lần nữa")
    assert refused.value.code == "dossier.no_clash"


def test_every_clash_of_a_dossier_has_words_everywhere() -> None:
    codes = {
        fold.ENDED, fold.ACCEPTED_TWICE, fold.RESULT_TWICE, fold.RETURNED_TWICE, fold.EXTENDED_TWICE,
        fold.NOT_WAITING, fold.NOT_RUNNING,
    }  # fmt: skip
    assert set(CLASH_TODO) == set(timeline.CLASHES) == codes
    assert codes <= set(CONFLICT_WORDS)
