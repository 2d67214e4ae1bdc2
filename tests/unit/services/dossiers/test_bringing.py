"""Papers of form 02 brought one by one: what is missing stays on the list, form 01 comes with the last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.dossiers.state import Stage
from counter_app.services.ports.intake import PaperTick
from tests.support.counter import CLERK, SIGNER
from tests.unit.services.dossiers.pages import BIRTH, looked_at, page, refused, take_in
from tests.unit.services.dossiers.test_dossiers import FIVE, do, online


def fields(counter, dossier) -> dict[str, str]:
    """Ticks that act N offers: name and label."""
    offers = counter.areas.dossiers.look(dossier).acts
    return {field.name: field.label for offer in offers if offer.code == "bring" for field in offer.fields}


def missing(counter, dossier) -> list[str]:
    """Papers that the page shows as missing."""
    return [line.name for line in counter.areas.dossiers.look(dossier).papers if line.state == "missing"]


@pytest.fixture
def birth(counter):
    """A birth with nothing brought: form 02 asks giấy chứng sinh, an identity paper and the declaration."""
    return counter.areas.intake.commit(looked_at(counter, page(BIRTH))).dossier


@pytest.fixture
def vetted(counter):
    """Accepted, then asked at vetting for one paper of the list and one that stands on none."""
    dossier = take_in(counter, FIVE, pay="return").dossier
    name = counter.state(dossier).papers[0].name
    counter.sign_in(SIGNER)
    do(counter, dossier, "vet", papers=f"{name}\nBản vẽ hiện trạng", reason="Mờ")
    counter.sign_in(CLERK)
    return dossier


def test_each_asked_paper_is_a_tick_and_all_stands_last(counter, birth):
    offered = fields(counter, birth)
    asked = counter.state(birth).asked
    assert len(asked) > 1
    assert {f"paper:{row}" for row in asked} <= set(offered)
    assert list(offered)[-1] == "all"
    assert "Giấy chứng sinh" in " ".join(offered.values())


def test_part_of_them_keeps_the_dossier_waiting_with_the_rest_on_the_list(counter, birth):
    first, *rest = counter.state(birth).asked
    jobs = do(counter, birth, "bring", **{f"paper:{first}": "1"})
    state = counter.state(birth)
    assert (state.stage, state.asked, state.form("01"), jobs.jobs) == (
        Stage.WAITING_CITIZEN, tuple(rest), None, (),
    )  # fmt: skip
    assert jobs.sentence == f"Đã lưu 01-0001: Nhận giấy bổ sung, còn thiếu {len(rest)} giấy."
    assert f"paper:{first}" not in fields(counter, birth)


def test_form_01_comes_with_the_last_one_and_the_sentence_says_so(counter, birth):
    for row in counter.state(birth).asked[:-1]:
        assert do(counter, birth, "bring", **{f"paper:{row}": "1"}).jobs == ()
    done = do(counter, birth, "bring", **{f"paper:{counter.state(birth).asked[0]}": "1"})
    state = counter.state(birth)
    assert (state.stage, state.asked, state.form("01").number, len(done.jobs)) == (Stage.ACCEPTED, (), 1, 1)
    assert done.sentence == "Đã lưu 01-0001: Nhận giấy bổ sung, đã in giấy tiếp nhận và hẹn."


def test_nothing_ticked_is_refused(counter, birth):
    refused("bring.all", do, counter, birth, "bring")
    refused("bring.all", do, counter, birth, "bring", **{"paper:77": "1"})
    assert counter.state(birth).stage is Stage.WAITING_CITIZEN


def test_a_blurred_paper_asked_again_is_missing_until_it_is_brought(counter, vetted):
    name = counter.state(vetted).papers[0].name
    assert missing(counter, vetted) == [name, "Bản vẽ hiện trạng"]
    done = do(counter, vetted, "bring", **{"paper:901": "1"})
    assert done.sentence.endswith("còn thiếu 1 giấy.")
    assert missing(counter, vetted) == [name]
    state = counter.state(vetted)
    assert (state.stage, state.asked, state.clock.due) == (
        Stage.WAITING_CITIZEN, (state.papers[0].row,), None,
    )  # fmt: skip
    do(counter, vetted, "bring", all="1")
    state = counter.state(vetted)
    assert (state.stage, state.clock.due is None, state.form("01").number) == (Stage.ACCEPTED, False, 1)
    assert missing(counter, vetted) == []
    assert [(p.row, p.state) for p in state.papers if p.name == "Bản vẽ hiện trạng"] == [(901, "brought")]


def test_the_intake_page_opens_with_the_asked_paper_missing_and_cannot_pass_over_a_free_one(counter, vetted):
    form = counter.areas.intake.open(vetted)
    asked = counter.state(vetted).asked
    again = {tick.row: tick.state for tick in form.ticks}
    assert again[asked[0]] == "missing"
    assert max(again) < 900
    ticks = tuple(PaperTick(tick.row, "brought") if tick.row == asked[0] else tick for tick in form.ticks)
    counter.areas.intake.commit(looked_at(counter, replace(form, ticks=ticks)))
    state = counter.state(vetted)
    assert (state.stage, state.asked) == (Stage.WAITING_CITIZEN, (901,))
    assert missing(counter, vetted) == ["Bản vẽ hiện trạng"]


def test_an_online_request_typed_by_hand_is_ticked_by_its_words(counter):
    dossier = online(counter)
    do(counter, dossier, "ask", papers="Ảnh thẻ\nĐơn có chữ ký", reason="Thiếu")
    assert list(fields(counter, dossier).values()) == ["Ảnh thẻ", "Đơn có chữ ký", "Đã đủ giấy tờ"]
    do(counter, dossier, "bring", **{"paper:901": "1"})
    assert list(fields(counter, dossier).values()) == ["Ảnh thẻ", "Đã đủ giấy tờ"]
    done = do(counter, dossier, "bring", **{"paper:900": "1"})
    assert counter.state(dossier).stage is Stage.ACCEPTED
    assert "đã in giấy tiếp nhận và hẹn" in done.sentence
