"""The JSON does what its description says, for requests that schemathesis makes up: never a 5xx, no way past
the token, every answer of the shape that was told. ``SIZE=full`` asks far more.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar import Litestar
from schemathesis import Case

from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.conftest import Client

EXAMPLES = 1_000 if os.environ.get("SIZE") == "full" else 8
pytestmark = pytest.mark.timeout(3_600)
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
UNIT, DAY = "00000", 20261120


@pytest.fixture(scope="session")
def token(office: Office) -> str:
    return office.hub.add_token("bảng KPI của tỉnh (tập huấn)")


def for_every_view(application: Litestar, ask: Callable[[Case], None]) -> int:
    """Made-up requests to each view of the description as it is served; returns how many views there are."""
    described = schemathesis.openapi.from_asgi("/v1/openapi.json", application)
    operations = [found.ok() for found in described.get_all_operations()]
    for operation in operations:

        @settings(
            max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(case=operation.as_strategy())
        def asked(case: Case) -> None:
            ask(case)

        asked()
    return len(operations)


@pytest.fixture
def patient(application: Litestar, client: Client) -> Litestar:
    """The limit on checks is tested elsewhere and lifted here."""
    application.state.site.checks._most = 10**9
    return application


def test_the_json_answers_as_described(patient: Litestar, token: str) -> None:
    def ask(case: Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    assert for_every_view(patient, ask) >= 12


def test_without_a_token_nothing_but_health_check_and_list_is_told(patient: Litestar) -> None:
    def ask(case: Case) -> None:
        answer = case.call(headers={"Authorization": "Bearer " + "0" * 64})
        if case.operation.path in ("/v1/health", "/v1/check", "/v1/check-list"):
            assert answer.status_code < 500
        else:
            assert answer.status_code in (400, 401, 404, 405)

    for_every_view(patient, ask)


def get(client: Client, token: str, path: str):
    answer = client.get(path, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_board_the_fleet_and_rows_say_what_the_pages_say(client: Client, token: str) -> None:
    (board,) = get(client, token, f"/v1/kpi/{DAY}")
    assert (board["received"], board["overdue"], board["waits_for_number"]) == (11, 5, [2, 0, 0, 0])
    for figure in ("received", "overdue", "on_time", "at_signer"):
        found = get(client, token, f"/v1/units/{UNIT}/kpi/{DAY}/{figure}")
        assert found["total"] == len(found["rows"])
    assert {pc["name"]: pc["life"] for pc in get(client, token, "/v1/fleet")} == {"QUẦY-01": 1, "QUẦY-02": 1}


def test_a_dossier_is_found_by_each_of_its_codes(client: Client, token: str) -> None:
    codes = [row["code"] for row in get(client, token, f"/v1/units/{UNIT}/dossiers?day={DAY}") if row["code"]]
    assert len(codes) == 3
    for code in codes:
        found = get(client, token, f"/v1/units/{UNIT}/dossiers/{code}")
        assert get(client, token, f"/v1/units/{UNIT}/dossiers/{found['portal_code']}") == found


def test_the_description_names_every_view_and_no_page(client: Client) -> None:
    described = client.get("/v1/openapi.json").json()
    assert all(path.startswith("/v1/") for path in described["paths"])
    assert {"/v1/kpi/{day}", "/v1/fleet", "/v1/check", "/v1/units/{unit}/dossiers/{code}"} <= set(
        described["paths"]
    )
    assert described["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}


@pytest.mark.parametrize("day", ["0", "20260", "99991231", "9" * 30])
def test_a_day_that_is_none_is_not_found(client: Client, token: str, day: str) -> None:
    for path in (f"/v1/kpi/{day}", f"/v1/units/{UNIT}/kpi/{day}", f"/v1/units/{UNIT}/kpi/{day}/overdue"):
        assert client.get(path, headers={"authorization": f"Bearer {token}"}).status_code == 404
