"""One province at work for all tests of pages: they read, and those that write do so beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub import accounts
from sync.hub.pages.limits import Limiter
from sync.hub.pages.site import Site
from sync.hub.serving.json_views import make_views
from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.province_at_work import PASSWORD, friday

Client = TestClient[Litestar]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = friday(tmp_path_factory.mktemp("friday"))
    cheap = pytest.MonkeyPatch()
    cheap.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
    cheap.setattr(accounts, "_NOBODY", PasswordHasher(1, 8, 1).hash("nobody"))
    with made.hub.database.write() as connection:
        for name, role, unit in (
            ("tinh", "province", ""),
            ("xa", "unit", "00000"),
            ("xa-khac", "unit", "00001"),
        ):
            accounts.add_account(connection, name, PASSWORD, role, unit, made.hub.now())
    yield made
    cheap.undo()
    made.close()


@pytest.fixture(scope="session")
def application(office: Office) -> Litestar:
    return make_views(office.hub)


@pytest.fixture
def client(application: Litestar) -> Iterator[Client]:
    """A browser's address bar: cookies kept, redirects not followed, nothing asked before."""
    site: Site = application.state.site
    site.checks, site.sign_ins = Limiter(30, 60_000), Limiter(10, 60_000)
    with TestClient(application, base_url="https://hub.test", raise_server_exceptions=False) as made:
        made.follow_redirects = False
        yield made
