"""Tickets on the province's pages: who may read them, who may answer, what comes of a form sent twice."""

from __future__ import annotations

import re

import pytest

from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.entries import BundleNamed, Standing, Verdict
from counter_app.domain.tickets.state import ticket_number
from sync.hub import accounts
from sync.hub.tickets import acting
from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.conftest import Client
from tests.unit.hub.pages.test_pages import sign_in, text_of

STANDING = Standing("0.4.0", 20_480, 7, 8, 9, (Verdict("store", "good"), Verdict("chain", "broken")))


@pytest.fixture(scope="module")
def number(office: Office) -> str:
    """A ticket of the first counter."""
    pc = office.running[0]
    words = "máy in <b>kẹt</b> & kêu"
    drafts = decisions.open_ticket("copies", words, STANDING, BundleNamed(bytes(32), 40_000))
    entries = pc.store.append(drafts, pc.areas.desk.act()).entries
    office.settle(pc)
    return ticket_number(entries[0].id)


def posted(client: Client, number: str, **more: str):
    page = client.get(f"/tickets/{number}")
    token = re.search(r'name="token" value="(\w+)"', page.text)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert token is not None
    given = {"token": token[1], "seen": seen[1] if seen else "0", **more}
    return client.post(f"/tickets/{number}", data=given, headers={"origin": "https://hub.test"})


def test_the_list_and_one_ticket(client: Client, office: Office, number: str) -> None:
    sign_in(client)
    assert number in text_of(client.get("/tickets"))
    page = client.get(f"/tickets/{number}")
    assert "&lt;b&gt;kẹt&lt;/b&gt; &amp; kêu" in page.text
    assert "<b>kẹt" not in page.text
    assert "chain: hỏng" in text_of(page)
    with office.hub.database.read() as connection:
        assert any(read.what == f"ticket/{number}" for read in accounts.reads(connection))


def test_who_may_not(client: Client, number: str) -> None:
    assert client.get("/tickets").status_code == 303
    assert client.get(f"/tickets/{number}").status_code == 303
    sign_in(client, "xa-khac")
    assert number not in text_of(client.get("/tickets"))
    assert client.get(f"/tickets/{number}").status_code == 403
    assert client.get("/tickets/SC-1-1-9999").status_code == 404


def test_a_unit_reads_its_tickets_and_answers_none(client: Client, number: str) -> None:
    sign_in(client, "xa")
    page = client.get(f"/tickets/{number}")
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert posted(client, number, words="tôi là tỉnh").status_code == 403


def test_an_answer_of_another_site_is_refused(client: Client, number: str) -> None:
    sign_in(client)
    answer = {"token": "x", "seen": "0", "words": "giả"}
    assert client.post(f"/tickets/{number}", data=answer).status_code == 403
    page = client.get(f"/tickets/{number}")
    token = re.search(r'name="token" value="(\w+)"', page.text)
    assert token is not None
    foreign = {"origin": "https://evil.test"}
    sent = client.post(f"/tickets/{number}", data={**answer, "token": token[1]}, headers=foreign)
    assert sent.status_code == 403
    assert "giả" not in client.get(f"/tickets/{number}").text


def test_the_province_answers_once_and_closes(client: Client, office: Office, number: str) -> None:
    sign_in(client)
    assert posted(client, number, words=" ").status_code == 400
    assert posted(client, number, words="Đã gửi trục mực").status_code == 303
    assert posted(client, number, words="Đã gửi trục mực", seen="0").status_code == 303
    with office.hub.database.read() as connection:
        assert len(acting.found(connection, number)[1].answers) == 1
    assert posted(client, number, words="", close="1").status_code == 303
    page = client.get(f"/tickets/{number}")
    assert "đã khép" in text_of(page)
    assert "<textarea" not in page.text


def test_the_bundle_is_given_to_the_province_alone(
    client: Client, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    assert client.get(f"/tickets/{number}/bundle").status_code == 404
    monkeypatch.setattr(acting, "bundle", lambda *_: b"PK of a PC")
    given = client.get(f"/tickets/{number}/bundle")
    assert (given.status_code, given.content) == (200, b"PK of a PC")
    assert given.headers["content-type"] == "application/zip"
    assert f'filename="{number}.zip"' in given.headers["content-disposition"]
    client.cookies.clear()
    sign_in(client, "xa")
    assert client.get(f"/tickets/{number}/bundle").status_code == 403


def test_the_fleet_tells_the_last_self_test(client: Client, number: str) -> None:
    sign_in(client)
    shown = text_of(client.get("/fleet"))
    assert "1 hỏng" in shown
    assert "0.4.0" in shown
    assert "20 GB" in shown
    english = text_of(client.get("/fleet?lang=en"))
    assert "1 broken" in english
