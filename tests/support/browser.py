"""A real Chromium for the tests of pages: headless, of its own fresh profile, that tells what it did.

Needs Debian's ``chromium`` and ``chromium-driver``; ``start`` raises what selenium raises without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

PHONE, DESKTOP = (390, 844), (1366, 768)
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb",
    "--ignore-certificate-errors", "--no-proxy-server",
)  # fmt: skip


@contextmanager
def browser(profile: Path, chromium: str, driver: str) -> Iterator[Chrome]:
    """A running browser with the profile folder ``profile`` and two program paths; ended with the block."""
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*_QUIET, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    running = Chrome(options=options, service=Service(driver))
    try:
        yield running
    finally:
        running.quit()


def resize(running: Chrome, size: tuple[int, int]) -> None:
    """A window whose page is ``size`` CSS pixels, narrow ones as a phone lays them out."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
    running.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def whole_page(running: Chrome, path: Path) -> None:
    """A picture of the whole page, however long."""
    import base64

    shot = running.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "fromSurface": True}
    )
    path.write_bytes(base64.b64decode(shot["data"]))


def addresses(running: Chrome) -> list[str]:
    """Every address asked for since the last call."""
    found = []
    for line in running.get_log("performance"):
        message = json.loads(line["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


def complaints(running: Chrome) -> list[str]:
    """What the console said since the last call: refused assets, errors, warnings of any kind."""
    return [line["message"] for line in running.get_log("browser") if line["level"] != "DEBUG"]
