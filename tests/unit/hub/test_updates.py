"""Versions from the hub: ranges, names, the pause; a counter's line takes what it asked for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from sync.client.internet_updates import _judged
from sync.client.transport import Garbled, HubFailed, NotTheHub, ProxyFailed, RequestRefused
from sync.hub.serving.updates import MOST_AT_ONCE, UpdateRoute, is_updates

DATA = bytes(range(256)) * 8


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "updates").mkdir()
    (tmp_path / "updates" / "update.json").write_bytes(b"{}")
    (tmp_path / "updates" / "app-1.1.zip").write_bytes(DATA)
    (tmp_path / "province.keys").write_bytes(b"secret")
    return tmp_path


def ask(home: Path, path: str, wanted: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"range", wanted.encode())] if wanted else []
    asyncio.run(UpdateRoute(home)({"method": method, "path": path, "headers": headers}, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"]


def test_a_file_comes_whole_and_by_ranges(home: Path) -> None:
    assert ask(home, "/v1/updates/app-1.1.zip")[::2] == (200, DATA)
    status, told, data = ask(home, "/v1/updates/app-1.1.zip", "bytes=10-19")
    assert (status, told["content-range"], data) == (206, f"bytes 10-19/{len(DATA)}", DATA[10:20])
    assert ask(home, "/v1/updates/app-1.1.zip", "bytes=2000-")[2] == DATA[2_000:]
    assert ask(home, "/v1/updates/app-1.1.zip", "bytes=2000-9999999")[2] == DATA[2_000:]


@pytest.mark.parametrize("wanted", [f"bytes={len(DATA)}-", "bytes=20-10"])
def test_a_range_outside_is_416(home: Path, wanted: str) -> None:
    assert ask(home, "/v1/updates/app-1.1.zip", wanted)[0] == 416


def test_a_large_file_comes_in_parts_of_a_megabyte(home: Path) -> None:
    (home / "updates" / "big.zst").write_bytes(b"x" * (MOST_AT_ONCE + 5))
    status, told, data = ask(home, "/v1/updates/big.zst")
    assert (status, len(data)) == (206, MOST_AT_ONCE)
    assert told["content-range"] == f"bytes 0-{MOST_AT_ONCE - 1}/{MOST_AT_ONCE + 5}"


@pytest.mark.parametrize(
    "name",
    [
        "../province.keys",
        "..%2fprovince.keys",
        "",
        ".",
        "..",
        "none.zip",
        "a/b",
        "x" * 200,
        "\x00",
        "app-1.1.zip/",
    ],
)
def test_no_name_leads_anywhere_else(home: Path, name: str) -> None:
    status, _told, data = ask(home, f"/v1/updates/{name}")
    assert (status, data) == (404, b"")


def test_a_link_is_not_followed(home: Path) -> None:
    (home / "updates" / "link.zip").symlink_to(home / "province.keys")
    assert ask(home, "/v1/updates/link.zip")[0] == 404


def test_a_pause_keeps_the_manifest_back_and_nothing_else(home: Path) -> None:
    (home / "updates" / "paused").touch()
    assert ask(home, "/v1/updates/update.json")[0] == 404
    assert ask(home, "/v1/updates/paused")[0] == 404
    assert ask(home, "/v1/updates/app-1.1.zip")[0] == 200


def test_only_reading_is_possible(home: Path) -> None:
    assert ask(home, "/v1/updates/app-1.1.zip", method="PUT")[0] == 405
    status, told, data = ask(home, "/v1/updates/app-1.1.zip", method="HEAD")
    assert (status, told["content-length"], data) == (200, str(len(DATA)), b"")


def test_a_hub_without_versions_has_none(tmp_path: Path) -> None:
    assert ask(tmp_path, "/v1/updates/update.json")[0] == 404
    assert is_updates("/v1/updates/update.json")
    assert not is_updates("/v1/exchange")


def test_a_proxy_that_knows_no_ranges_gives_the_part_all_the_same() -> None:
    assert _judged(200, "", 10, DATA, 5) == DATA[10:15]
    assert _judged(206, "bytes 10-14/99", 10, DATA[10:15], 5) == DATA[10:15]
    assert _judged(416, "", 10, b"", 5) == b""


@pytest.mark.parametrize(
    ("status", "told", "fault"),
    [(206, "bytes 0-4/99", Garbled), (206, "", Garbled), (407, "", ProxyFailed), (511, "", NotTheHub),
     (503, "", HubFailed), (404, "", RequestRefused), (302, "", RequestRefused)],
)  # fmt: skip
def test_any_other_answer_is_a_fault(status: int, told: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        _judged(status, told, 10, b"12345", 5)


def test_more_than_was_asked_for_is_a_fault() -> None:
    with pytest.raises(Garbled):
        _judged(206, "bytes 10-99/100", 10, b"x" * 90, 5)
