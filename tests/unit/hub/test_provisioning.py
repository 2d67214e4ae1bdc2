"""The file that the province's technician writes is the one a new counter takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.hub import cli
from sync.hub.serving import ca
from sync.hub.serving.server import HubServer
from sync.protocol.meeting.provision import read_provision

Run = Callable[..., tuple[int, Any]]
URL = "https://hub.tinh.example:8443"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command against a hub with one unit; gives exit code and JSON."""

    def command(*words: str) -> tuple[int, Any]:
        code = cli.main(["--folder", str(tmp_path / "hub"), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    command("unit", "add", "03390", "Xã tập thử")
    return command


def granted(run: Run, out: Path, *more: str) -> tuple[int, Any]:
    return run("grant", "03390", "QUẦY-01", "--out", str(out), *more)


def test_the_file_names_the_way_the_hub_and_all_grants(run: Run, tmp_path: Path) -> None:
    code, told = granted(run, tmp_path / "stick", "--url", URL, "--proxy", "http://10.0.0.1:3128")
    (file,) = [Path(name) for name in told["files"] if name.endswith(".mcp")]
    read = read_provision(file.read_bytes())
    assert (code, read.unit, read.hub_url, read.proxy) == (0, "03390", URL, "http://10.0.0.1:3128")
    assert read.grants[0].hex() == told["grant"]
    assert (len(read.grants), read.granted().device) == (3, told["device"])
    assert read.authority_pem == (tmp_path / "hub" / ca.TLS_FOLDER / ca.AUTHORITY_NAME).read_text("ascii")


def test_the_server_serves_under_the_authority_in_the_file(run: Run, tmp_path: Path) -> None:
    _, told = granted(run, tmp_path / "stick", "--url", URL)
    (file,) = [Path(name) for name in told["files"] if name.endswith(".mcp")]
    with HubServer(tmp_path / "hub", practice=False) as server:
        assert server.authority_pem == read_provision(file.read_bytes()).authority_pem


def test_a_hub_that_serves_keeps_its_certificate(run: Run, tmp_path: Path) -> None:
    granted(run, tmp_path / "stick", "--url", URL)
    before = (tmp_path / "hub" / ca.TLS_FOLDER / ca.SERVER_NAME).read_bytes()
    granted(run, tmp_path / "stick", "--url", "https://other.example:8443")
    assert (tmp_path / "hub" / ca.TLS_FOLDER / ca.SERVER_NAME).read_bytes() == before


def test_without_the_way_there_is_no_provisioning_file(run: Run, tmp_path: Path) -> None:
    _, told = granted(run, tmp_path / "stick")
    assert [name for name in told["files"] if name.endswith(".mcp")] == []


@pytest.mark.parametrize("url", ["http://hub:80", "hub:8443", "https://", "ftp://hub"])
def test_a_wrong_way_is_refused_before_a_grant_is_spent(run: Run, tmp_path: Path, url: str) -> None:
    assert granted(run, tmp_path / "stick", "--url", url)[0] == 3
    assert run("device", "list", "03390")[1] == []


def test_the_file_goes_into_a_folder_that_is_named(run: Run) -> None:
    assert run("grant", "03390", "QUẦY-01", "--url", URL)[0] == 3
    assert run("unit", "list")[1] == [{"unit": "03390", "devices": 0}]
