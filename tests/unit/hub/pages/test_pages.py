"""Pages as a browser gets them: what is shown, in which language, with which headers; who may see what."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sync.hub import accounts
from sync.hub.pages.site import SESSION
from sync.hub.reading.figures import FIGURES
from tests.support import invariants
from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.conftest import Client
from tests.unit.hub.pages.province_at_work import PASSWORD, code_of, numbers

DAY = "2026-11-20"


def sign_in(client: Client, name: str = "tinh", password: str = PASSWORD, **more: str):
    page = client.get("/login")
    token = re.search(r'name="token" value="(\w+)"', page.text)
    assert token is not None
    given = {"name": name, "password": password, "token": token[1], "next": "/kpi", **more}
    return client.post("/login", data=given, headers={"origin": "https://hub.test"})


def text_of(page) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page.text).split()))


def reads(office: Office) -> list[tuple[str, str, int]]:
    with office.hub.database.read() as connection:
        return [(read.reader, read.what, read.shown) for read in accounts.reads(connection)]


# --- the board and its rows ---


def test_each_figure_of_the_board_opens_exactly_its_rows(client: Client) -> None:
    sign_in(client)
    page = client.get(f"/kpi?day={DAY}")
    figures = re.findall(r'href="(/kpi/00000/\w+\?[^"]+)"[^>]*>([\d.]+)</a>', page.text)
    assert {re.split(r"[/?]", url)[3] for url, _ in figures} == {
        "received", "on_time", "overdue", "waiting_citizen", "online", "ready", "waits_for_number",
        "at_signer",
    }  # fmt: skip
    for url, shown in figures:
        opened = client.get(unescape(url))
        assert opened.status_code == 200
        assert opened.text.count('<th scope="row">') == int(shown), url


def test_a_look_at_rows_is_kept_with_who_looked(client: Client, office: Office) -> None:
    sign_in(client, "xa")
    client.get(f"/kpi/00000/overdue?day={DAY}")
    assert ("xa", "kpi/overdue", 5) in reads(office)


def test_no_page_names_a_citizen(client: Client, office: Office) -> None:
    sign_in(client)
    pages = [client.get(path) for path in ("/kpi", "/fleet")]
    pages += [client.get(f"/kpi/00000/{code}?day={DAY}") for code in FIGURES]
    dossiers = [row.code for row in office.hub.dossiers("00000", 20261120) if row.code]
    pages += [client.get(f"/dossiers/00000/{code}") for code in dossiers]
    told = unescape("".join(page.text for page in pages))
    assert {page.status_code for page in pages} == {200}
    asked = "SELECT name FROM requests UNION SELECT name FROM dossiers UNION SELECT id_number FROM dossiers"
    for (name,) in invariants.rows(office.running[0].store, asked):
        assert name not in told


def test_the_fleet_shows_every_pc_with_its_life_and_contact(client: Client) -> None:
    sign_in(client)
    shown = text_of(client.get("/fleet"))
    assert "QUẦY-01" in shown
    assert "QUẦY-02" in shown
    assert shown.count("bình thường") == 3


@pytest.mark.parametrize(
    "query", ["day=rubbish", "day=0001-01-01", "day=9999-12-31", "sort=rubbish", "page=-1", "lang=xx"]
)
def test_a_strange_address_shows_today(client: Client, query: str) -> None:
    sign_in(client)
    assert "20/11/2026" in client.get(f"/kpi?{query}").text
    assert client.get(f"/kpi/00000/at_signer?{query}&age=99&page=x").status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/kpi/00000/rubbish", "/kpi/99999/overdue", "/dossiers/00000/1", "/dossiers/99999/1"]
)
def test_what_is_not_there_is_said_in_words(client: Client, path: str) -> None:
    sign_in(client)
    page = client.get(path)
    assert page.status_code == 404
    assert "Không có trang này" in page.text


# --- languages, landmarks, headers ---


def test_english_is_chosen_once_and_stays(client: Client) -> None:
    assert '<html lang="vi">' in client.get("/check").text
    assert '<html lang="en">' in client.get("/check?lang=en").text
    page = client.get("/")
    assert '<html lang="en">' in page.text
    assert "Check a certified copy" in page.text
    assert 'href="/?lang=vi"' in page.text


def test_the_other_language_keeps_the_question(client: Client) -> None:
    assert 'href="/check?code=MC1%3AAA&amp;lang=en"' in client.get("/check?code=MC1%3AAA").text


VIETNAMESE_LETTERS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def test_english_pages_hold_no_vietnamese_but_names(client: Client) -> None:
    sign_in(client)
    client.get("/?lang=en")
    paths = [
        "/",
        "/kpi",
        "/fleet",
        "/check",
        "/check?code=MC1:AA",
        "/nothing",
        f"/kpi/00000/received?day={DAY}",
    ]
    for path in paths:
        shown = text_of(client.get(path))
        for name in ("Xã Bình Lư (tập huấn)", "QUẦY-01", "QUẦY-02", "Tiếng Việt"):
            shown = shown.replace(name, "")
        assert not VIETNAMESE_LETTERS.search(shown), (path, VIETNAMESE_LETTERS.search(shown))


def test_every_page_has_its_landmarks_labels_and_headers(client: Client) -> None:
    pages = [client.get("/login"), client.get("/check")]
    sign_in(client)
    pages += [
        client.get(path) for path in ("/", "/kpi", "/fleet", "/nothing", f"/kpi/00000/overdue?day={DAY}")
    ]
    for page in pages:
        for mark in ("<main", "<header", "<nav", "<footer", "<h1", '<a class="skip"', "<title>"):
            assert page.text.count(mark) >= 1, mark
        assert page.text.count("<h1") == 1
        assert "<script" not in page.text
        assert " style=" not in page.text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
        labels = set(re.findall(r'<label for="(\w+)"', page.text))
        assert labels == set(re.findall(r'<(?:input|textarea) id="(\w+)"', page.text))
        for table in re.findall(r"<table.*?</table>", page.text, re.DOTALL):
            assert "<caption" in table
            assert re.findall(r"<th(?! scope)", table.replace("<thead", "")) == []
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"


def test_the_style_sheet_and_the_letters_are_of_this_site(client: Client) -> None:
    sheet = client.get("/pages/style.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert re.findall(r"https?://", sheet.text) == []
    for url in re.findall(r'url\("([^"]+)"\)', sheet.text):
        assert client.get(url).headers["content-type"] == "font/ttf"
    assert client.get("/pages/fonts/..%2Fload.py").status_code == 404
    assert client.get("/pages/icon.svg").content.startswith(b"<svg")


# --- signing in ---


@pytest.mark.parametrize("path", ["/kpi", "/fleet", "/kpi/00000/overdue", "/dossiers/00000/1"])
def test_nobody_sees_figures_without_signing_in_and_comes_back_there(client: Client, path: str) -> None:
    answer = client.get(f"{path}?day={DAY}")
    assert answer.status_code == 303
    form = client.get(answer.headers["location"])
    assert f'name="next" value="{path}?day={DAY}"' in form.text


def test_the_session_cookie_is_out_of_reach(client: Client) -> None:
    answer = sign_in(client)
    (cookie,) = (c for c in answer.headers.get_list("set-cookie") if c.startswith(SESSION))
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["location"] == "/kpi"


def test_signing_out_ends_the_session_also_for_who_kept_the_cookie(client: Client) -> None:
    sign_in(client)
    kept = client.cookies[SESSION]
    token = re.search(r'name="token" value="(\w+)"', client.get("/kpi").text)
    assert token is not None
    client.post("/logout", data={"token": "wrong"})
    client.cookies.set(SESSION, kept)
    assert client.get("/kpi").status_code == 200
    client.post("/logout", data={"token": token[1]})
    client.cookies.set(SESSION, kept)
    assert client.get("/kpi").status_code == 303


def test_a_form_of_another_site_signs_nobody_in(client: Client) -> None:
    client.get("/login")
    given = {"name": "tinh", "password": PASSWORD}
    assert client.post("/login", data=given).status_code == 403
    assert sign_in(client, token="0" * 64).status_code == 403
    page = client.get("/login")
    token = re.search(r'name="token" value="(\w+)"', page.text)
    assert token is not None
    evil = client.post("/login", data={**given, "token": token[1]}, headers={"origin": "https://evil.test"})
    assert evil.status_code == 403
    assert SESSION not in client.cookies


@pytest.mark.parametrize(
    "onwards", ["//evil.test/", "https://evil.test/", "/\\evil.test", "javascript:alert(1)", "/\u200bx"]
)
def test_no_link_leads_from_the_sign_in_elsewhere(client: Client, onwards: str) -> None:
    assert sign_in(client, next=onwards).headers["location"] == "/kpi"


def test_an_account_of_one_unit_sees_only_that(client: Client) -> None:
    sign_in(client, "xa-khac")
    assert client.get("/kpi/00000/overdue").status_code == 403
    assert client.get("/dossiers/00000/1").status_code == 403
    for path in ("/kpi", "/fleet"):
        shown = client.get(path)
        assert shown.status_code == 200
        assert "Bình Lư" not in shown.text


def test_wrong_and_unknown_get_one_answer(client: Client) -> None:
    answers = [sign_in(client, "tinh", "sai mat khau"), sign_in(client, "khong co", PASSWORD)]
    assert {answer.status_code for answer in answers} == {403}
    assert len({text_of(answer) for answer in answers}) == 1
    sign_in(client)


def test_a_flood_of_tries_is_stopped_for_its_address(client: Client) -> None:
    codes = [sign_in(client, f"ten-{place}").status_code for place in range(12)]
    assert codes == [403] * 10 + [429] * 2


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 30, b"%ff=%fe", b"x" * 5_000])
def test_a_strange_form_is_refused_in_words(client: Client, body: bytes) -> None:
    for path in ("/login", "/logout"):
        answer = client.post(
            path, content=body, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code in (303, 400, 403, 413)


# --- the public check ---


def test_a_right_copy_is_told_right_and_names_nobody(client: Client, office: Office) -> None:
    one = office.running[0]
    page = client.get("/check", params={"code": code_of(one, numbers(one)[0])})
    shown = text_of(page)
    assert 'class="verdict ok"' in page.text
    assert f"{numbers(one)[0]}/2026" in shown
    assert "Xã Bình Lư (tập huấn)" in shown
    assert "TẬP HUẤN A" not in shown


def test_each_verdict_has_its_own_tone(client: Client, office: Office) -> None:
    one = office.running[0]
    right = code_of(one, numbers(one)[0])
    for code, tone in (
        (right, "ok"), (code_of(one, numbers(one)[4]), "warn"), (right[:-4] + "AAAA", "bad"),
        ("hello", "wait"),
        ("MC9:AAAA", "wait"), ("MC1:!!", "bad"), (right.lower(), "ok"), ("MC1:" + "A" * 5_000, "bad"),
    ):  # fmt: skip
        assert f'class="verdict {tone}"' in client.get("/check", params={"code": code}).text, code


def test_what_an_unproved_code_says_is_not_repeated(client: Client, office: Office) -> None:
    one = office.running[0]
    forged = code_of(one, numbers(one)[0])[:-4] + "AAAA"
    assert f"{numbers(one)[0]}/2026" not in text_of(client.get("/check", params={"code": forged}))


def test_words_of_a_stranger_come_out_as_text(client: Client) -> None:
    page = client.get("/check", params={"code": '"><script>alert(1)</script>'})
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


def test_too_many_checks_from_one_address_are_asked_to_wait(client: Client) -> None:
    codes = [client.get("/check?code=x").status_code for _ in range(32)]
    assert codes == [200] * 30 + [429] * 2
    assert client.get("/check").status_code == 200
    assert client.get("/v1/check?code=x").status_code == 429
