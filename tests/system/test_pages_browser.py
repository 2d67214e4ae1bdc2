"""The province's pages in a real Chromium, phone and desktop: a figure opens its rows, the language changes,
the console stays silent, nothing is asked of another site, axe-core finds nothing. ``PICTURES``: where to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.hub import accounts
from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.province_at_work import PASSWORD, code_of, friday, numbers, whole_province
from tests.unit.hub.pages.served import served

pytest.importorskip("selenium")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.support import browser as real

pytestmark = pytest.mark.system
SIZES = {"desktop": real.DESKTOP, "phone": real.PHONE}
OWN_SCHEMES = ("chrome://", "data:")
AXE_VERSION = "4.10.3"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = friday(tmp_path_factory.mktemp("friday"))
    whole_province(made.hub)
    with made.hub.database.write() as connection:
        accounts.add_account(connection, "so-tap-huan", PASSWORD, "province", "", made.hub.now())
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(office.hub, tmp_path_factory.mktemp("tls")) as address:
        yield address


@pytest.fixture(scope="module", params=SIZES)
def page(
    request: pytest.FixtureRequest, site: str, needs: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Chrome]:  # fmt: skip
    """A browser of one size, signed in through the form by keys alone."""
    programs = needs("chromium", "chromium"), needs("chromedriver", "chromium-driver")
    with real.browser(tmp_path_factory.mktemp("profile"), *programs) as running:
        real.resize(running, SIZES[request.param])
        running.get(f"{site}/login?next=/kpi")
        running.find_element(By.ID, "name").send_keys("so-tap-huan", Keys.TAB, PASSWORD, Keys.ENTER)
        assert running.current_url == f"{site}/kpi"
        real.complaints(running)
        yield running


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    """Which of ``SIZES`` the page has."""
    found: str = request.node.callspec.params["page"]
    return found


@pytest.fixture
def keep(page: Chrome, size: str, tmp_path: Path) -> Callable[[str], None]:
    """Takes a picture of the whole page."""
    folder = Path(os.environ.get("PICTURES", tmp_path))

    def picture(name: str) -> None:
        real.whole_page(page, folder / f"{name}-{size}.png")

    return picture


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core from npm; "" where npm does not bring it: then our own checks stand alone."""
    folder = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    if npm is not None:
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        command += [f"axe-core@{AXE_VERSION}"]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    found = folder / "node_modules" / "axe-core" / "axe.min.js"
    return found.read_text(encoding="utf-8") if found.exists() else ""


def paths(office: Office) -> dict[str, str]:
    one = office.running[0]
    right = code_of(one, numbers(one)[0])
    dossier = next(row.code for row in office.hub.dossiers("00000", 20261120) if row.code)
    return {
        "home": "/",
        "board": "/kpi?day=2026-11-20",
        "rows": "/kpi/00000/overdue?day=2026-11-20",
        "pile": "/kpi/00000/at_signer?day=2026-11-20",
        "dossier": f"/dossiers/00000/{dossier}",
        "fleet": "/fleet",
        "check": "/check",
        "check-right": f"/check?code={right}",
        "check-wrong": f"/check?code={right[:-4]}AAAA",
        "board-english": "/kpi?day=2026-11-20&lang=en",
    }


def test_every_page_at_every_size(
    page: Chrome, site: str, office: Office, keep: Callable[[str], None], axe: str, size: str
) -> None:
    """Fits the width, says nothing to the console, asks nobody else, and axe-core has nothing against it."""
    real.addresses(page)
    found = {}
    for name, path in paths(office).items():
        page.get(site + path)
        keep(name)
        assert page.execute_script(WIDEST) <= SIZES[size][0], name
        assert real.complaints(page) == [], name
        found[name] = troubles(page, axe)
    assert {name: some for name, some in found.items() if some} == {}
    page.get(f"{site}/?lang=vi")
    elsewhere = [url for url in real.addresses(page) if not url.startswith((site, *OWN_SCHEMES))]
    assert elsewhere == []


def troubles(page: Chrome, axe: str) -> list[Any]:
    """What axe-core finds (WCAG 2.2 A and AA), each with the first place; our own checks besides."""
    found: list[Any] = page.execute_script(UNNAMED)
    if axe:
        page.execute_script(axe)
        found += page.execute_async_script(AXE)
    return found


WIDEST = """
const apart = e => e.closest('.scroll') && getComputedStyle(e.closest('.scroll')).overflowX === 'auto';
const all = [...document.querySelectorAll('main *')];
return Math.max(...all.filter(e => !apart(e) && !e.closest('.hidden,thead')).map(
  e => e.getBoundingClientRect().right));
"""
"""The right edge of what reaches furthest, but for tables that scroll by themselves."""
UNNAMED = """
const named = e => (e.getAttribute('aria-label') || e.innerText || e.title || '').trim() || e.labels?.length;
return [...document.querySelectorAll('a,button,input:not([type=hidden]),textarea')]
  .filter(e => e.offsetParent && !named(e)).map(e => e.outerHTML.slice(0, 200));
"""
AXE = """
const done = arguments[arguments.length - 1];
axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
  r => done(r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary])),
  e => done([String(e)]));
"""


def test_each_figure_of_a_unit_opens_as_many_rows_as_it_says(page: Chrome, site: str) -> None:
    page.get(f"{site}/kpi?day=2026-11-20")
    figures = [
        (link.get_attribute("href"), int(link.text.replace(".", "")))
        for link in page.find_elements(By.CSS_SELECTOR, "a.figure[href*='/kpi/00000/']")
    ]
    assert len(figures) == 8
    for url, shown in figures:
        page.get(f"{site}/kpi?day=2026-11-20")
        page.find_element(By.CSS_SELECTOR, f"a[href='{url.removeprefix(site)}']").click()
        assert page.current_url == url
        assert len(page.find_elements(By.CSS_SELECTOR, "tbody tr")) == shown


def test_language_and_keys(page: Chrome, site: str) -> None:
    """The first Tab offers the way past the head; the link of the language keeps the page."""
    page.get(f"{site}/fleet")
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = page.switch_to.active_element
    assert skip.get_attribute("class") == "skip"
    skip.send_keys(Keys.ENTER)
    assert page.current_url.endswith("#content")
    page.find_element(By.CSS_SELECTOR, "a.language").click()
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert page.find_element(By.TAG_NAME, "h1").text.startswith("Fleet")
    page.get(f"{site}/kpi")
    assert page.find_element(By.TAG_NAME, "h1").text.startswith("Figures")
    page.get(f"{site}/?lang=vi")


def test_a_code_is_checked_by_typing_it(page: Chrome, site: str, office: Office) -> None:
    one = office.running[0]
    page.get(f"{site}/check")
    page.find_element(By.ID, "code").send_keys(code_of(one, numbers(one)[0]))
    page.find_element(By.CSS_SELECTOR, "form.card button").click()
    assert "ok" in page.find_element(By.CSS_SELECTOR, ".verdict").get_attribute("class").split()
    assert page.find_element(By.ID, "verdict").text.startswith("Chữ ký đúng")


def test_the_dark_theme_is_as_readable(
    page: Chrome, site: str, office: Office, axe: str, keep: Callable[[str], None]
) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        found = {}
        for name, path in paths(office).items():
            page.get(site + path)
            found[name] = troubles(page, axe)
        assert {name: some for name, some in found.items() if some} == {}
        page.get(f"{site}/kpi?day=2026-11-20&lang=vi")
        keep("board-dark")
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
