"""A database that does not answer is told as such: a machine asks again, a person reads it in words."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy.exc import OperationalError

from sync.hub.hub import Hub
from sync.hub.pages.limits import Limiter
from sync.hub.pages.site import Site

Client = TestClient[Litestar]


def gone(*_: object) -> int:
    raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))


def broken(*_: object) -> int:
    raise ZeroDivisionError


def test_a_machine_is_asked_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "unread", gone)
    answer = client.get("/v1/health")
    assert (answer.status_code, answer.json()["code"]) == (503, "hub-failed")
    assert "SELECT" not in answer.text


def test_a_fault_of_ours_stays_a_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "unread", broken)
    answer = client.get("/v1/health")
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")


@pytest.mark.parametrize(("fault", "status"), [(gone, 503), (broken, 500)])
def test_a_person_reads_that_nothing_was_lost(
    client: Client, application: Litestar, monkeypatch: pytest.MonkeyPatch, fault: object, status: int
) -> None:
    site: Site = application.state.site
    site.checks = Limiter(30, 60_000)
    monkeypatch.setattr(Site, "viewer", fault)
    answer = client.get("/login")
    assert answer.status_code == status
    assert "Không có gì bị mất" in answer.text


def test_the_description_names_the_answer(client: Client) -> None:
    described = client.get("/v1/openapi.json").json()
    told = described["paths"]["/v1/health"]["get"]["responses"]
    assert "503" in told
