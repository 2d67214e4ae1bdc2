"""Dossiers on home, in the search and under the scanner: where each leads, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from counter_app.services.ports.dossiers import ActForm
from counter_app.services.rules import result_titles
from counter_app.storage.queries import dossiers as queries
from tests.support.counter import CLERK, REGISTRAR
from tests.unit.services.dossiers.pages import BIRTH, looked_at, other, page, take_in


def asked(counter, party=None):
    """A birth without one paper: form 02."""
    return counter.areas.intake.commit(looked_at(counter, page(BIRTH, party=party or other(7))))


def tabs(counter) -> dict[str, int]:
    return {code: count for code, _words, count in counter.areas.home.home().tabs if count}


def tiles(counter) -> dict[str, str]:
    return {tile.code: tile.value for tile in counter.areas.home.home().tiles}


def test_home_counts_dossiers_in_its_tabs_and_tiles(counter):
    counter.sign_in(CLERK)
    take_in(counter)
    asked(counter)
    assert tabs(counter) == {"todo": 2, "supplement": 1}
    assert (tiles(counter)["taken"], tiles(counter)["due_today"]) == ("2", "1")
    rows = counter.areas.home.home().rows
    assert [(row.name, row.state, row.target) for row in rows] == [
        ("HOÀNG VĂN SƠN", "accepted", "dossier"), ("LÝ A TẬP HUẤN", "supplement", "dossier"),
    ]  # fmt: skip


def test_who_waits_is_in_its_own_tab_and_never_overdue(counter):
    counter.sign_in(CLERK)
    taken = asked(counter)
    counter.clock.at += 40 * 86_400_000
    (row,) = counter.areas.home.home("supplement").rows
    assert (row.subject, row.due) == (taken.dossier, "")
    assert "Chờ dân bổ sung, 40 ngày" in row.due_second
    assert counter.areas.home.home("overdue").rows == ()
    assert tiles(counter)["overdue"] == "0"


def test_a_date_that_passed_is_overdue_until_the_result_is_there(counter):
    counter.sign_in(CLERK)
    taken = take_in(counter)
    counter.clock.at += 3 * 86_400_000
    (row,) = counter.areas.home.home("overdue").rows
    assert (row.subject, row.due_kind) == (taken.dossier, "bad")
    assert counter.areas.home.badges()["home"] == 1
    counter.sign_in(REGISTRAR)
    act = counter.areas.dossiers.act
    act(ActForm(taken.dossier, "take"))
    values = {"kind": "certificate", "title": "Giấy khai sinh", "number": "1", "date": "20/11/2026"}
    act(ActForm(taken.dossier, "result", {**values, "signer": "Người ký (tập huấn)"}))
    assert counter.areas.home.home("overdue").rows == ()
    (ready,) = counter.areas.home.home("ready").rows
    assert (ready.subject, ready.state) == (taken.dossier, "ready")
    assert counter.areas.home.badges()["handover"] == 1


def test_a_scanned_slip_is_its_dossier(counter):
    counter.sign_in(CLERK)
    taken = take_in(counter)
    code = counter.state(taken.dossier).code
    found = counter.areas.home.scan(code)
    assert (found.kind, found.subject) == ("dossier", taken.dossier)
    assert taken.short_code in found.words
    elsewhere = counter.areas.home.scan("0339000212611200182")
    assert elsewhere.subject is None


def test_a_slip_of_copies_is_still_a_request(counter):
    from tests.support.counter import take_in as copies_taken_in

    counter.sign_in(CLERK)
    request = copies_taken_in(counter).request
    found = counter.areas.home.scan(str(counter.state(request).code))
    assert (found.kind, found.subject) == ("request", request)


def test_search_finds_a_dossier_by_name_number_and_short_code(counter):
    counter.sign_in(CLERK)
    taken = take_in(counter)
    for typed in ("hoang son", "012086006812", taken.short_code, counter.state(taken.dossier).code):
        hits = [hit for hit in counter.areas.home.search(typed) if hit.group == "dossier"]
        assert [(hit.subject, hit.target) for hit in hits] == [(taken.dossier, "dossier")], typed
        assert taken.short_code in hits[0].second_line


def test_search_finds_procedures_and_the_pages_of_dossiers(counter):
    counter.sign_in(CLERK)
    hits = counter.areas.home.search("khai sinh")
    procedures = [hit for hit in hits if hit.group == "procedure"]
    assert (procedures[0].title, procedures[0].second_line) == ("Đăng ký khai sinh", BIRTH)
    assert {hit.target for hit in procedures} == {"intake"}
    assert counter.areas.home.search("k") == () or all(
        hit.group != "procedure" for hit in counter.areas.home.search("k")
    )
    commands = {
        hit.target
        for typed in ("tiep nhan ho so", "ho so giai quyet", "truc tuyen cho")
        for hit in counter.areas.home.search(typed)
        if hit.group == "command"
    }
    assert {"intake", "dossiers", "online"} <= commands


def test_a_refused_dossier_is_found_and_listed_nowhere(counter):
    counter.sign_in(CLERK)
    form = replace(page(BIRTH), outcome="refuse", ground=counter.areas.intake.refusal_grounds()[0][0])
    taken = counter.areas.intake.commit(replace(looked_at(counter, form), reason="Sai thẩm quyền"))
    assert tabs(counter) == {}
    assert [hit.subject for hit in counter.areas.home.search(taken.short_code)] == [taken.dossier]


def test_a_tab_counts_all_of_its_rows_not_those_that_fit_on_a_page(counter, monkeypatch):
    counter.sign_in(CLERK)
    for place in range(3):
        asked(counter, party=other(place + 1))
        take_in(counter, party=other(place + 11))
    for name in ("due_list", "of_official", "waiting"):
        shown = getattr(queries, name)
        monkeypatch.setattr(queries, name, partial(shown, limit=2))
    for code, (counted, all_of_them) in {"unit": (2, 6), "waiting": (2, 3), "mine": (2, 3)}.items():
        view = counter.areas.dossiers.queue(code)
        assert len(view.rows) == counted
        assert {tab: many for tab, _, many in view.tabs}[code] == all_of_them


@pytest.mark.parametrize("tab", ["mine", "unit", "waiting", "deciding", "late", "online"])
def test_the_figure_of_a_tab_is_the_number_of_its_rows(counter, tab):
    counter.sign_in(CLERK)
    asked(counter)
    take_in(counter, party=other(2))
    counter.clock.at += 20 * 86_400_000
    view = counter.areas.dossiers.queue(tab)
    assert {code: many for code, _, many in view.tabs}[tab] == len(view.rows)


def test_who_waits_since_today_waits_no_0_days(counter):
    counter.sign_in(CLERK)
    dossier = asked(counter).dossier
    assert counter.areas.dossiers.look(dossier).due_second == "Chờ dân bổ sung từ hôm nay"
    counter.clock.at += 86_400_000
    assert counter.areas.dossiers.look(dossier).due_second == "Chờ dân bổ sung, 1 ngày"


@pytest.mark.parametrize(
    ("procedure", "title"),
    [
        ("Thủ tục đăng ký khai sinh", "Giấy khai sinh"),
        ("Thủ tục cấp giấy xác nhận tình trạng hôn nhân", "Giấy xác nhận tình trạng hôn nhân"),
        ("Cấp lại giấy phép", "Cấp lại giấy phép"),
        ("Đăng ký thường trú", "Đăng ký thường trú"),
    ],
)
def test_a_result_is_proposed_under_the_name_of_its_document(procedure, title):
    assert result_titles().title_of(procedure) == title


def test_a_long_title_is_cut_at_a_word():
    title = result_titles().title_of("Thủ tục " + "một hai ba bốn " * 20)
    assert len(title) <= 120
    assert title.split()[-1] in ("một", "hai", "ba", "bốn")
