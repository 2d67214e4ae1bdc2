"""The authority above the hub's TLS gives way to the next; counters that heard of it never lose the line."""

from __future__ import annotations

import datetime
import os
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.storage.queries.devices import announced_authorities
from sync.client.authorities import believed
from sync.client.internet import HubAddress, InternetLine
from sync.client.transport import NotTheHub
from sync.hub import provisioning
from sync.hub.cli import REFUSED, main
from sync.hub.hub import Hub
from sync.hub.serving import ca
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import AuthorityAnnounced, SystemKind
from sync.protocol.naming.ids import SELF
from tests.unit.client.authority import Authority
from tests.unit.client.scripted_server import ScriptedServer, reply
from tests.unit.hub.commune import Commune

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
NAMES = ("127.0.0.1",)
Command = Callable[..., int]


@pytest.fixture
def tls(hub: Hub) -> Path:
    """The folder of the hub's certificates, in use."""
    assert hub.folder is not None
    folder = hub.folder / ca.TLS_FOLDER
    ca.server_files(folder, NAMES, NOW)
    return folder


@pytest.fixture
def command(hub: Hub) -> Command:
    return lambda *words: main(["--folder", str(hub.folder), "--json", *words])


def pem(folder: Path, name: str = ca.AUTHORITY_NAME) -> str:
    return (folder / name).read_text("ascii")


def reaches(folder: Path, certificates: str) -> bool:
    """Whether a counter that believes ``certificates`` speaks to the server of ``folder``, over real TLS."""
    files = ca.server_files(folder, NAMES, NOW)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    with ScriptedServer([reply(b"CCX")], context) as server:
        line = InternetLine(HubAddress(f"https://127.0.0.1:{server.port}", certificates), 5.0)
        try:
            return line.send(b"question") == b"CCX"
        except NotTheHub:
            assert server.requests == []
            return False
        finally:
            line.close()


def believes(counter: Commune, pinned: str) -> str:
    with counter.store.read() as connection:
        return believed(pinned, *announced_authorities(connection))


def test_the_whole_change(hub: Hub, counters: Callable[..., Commune], tls: Path, command: Command) -> None:
    heard, cupboard = counters(), counters()
    heard.sync()
    old = pem(tls)
    assert command("tls", "next") == command("tls", "next") == 0  # announced once
    heard.sync()
    both = believes(heard, old)
    assert both.count("BEGIN CERTIFICATE") == 2
    assert reaches(tls, both)
    assert reaches(tls, old)

    assert command("tls", "use") == REFUSED  # announced a moment ago
    assert command("tls", "use", "--days", "0") == 0
    assert reaches(tls, both)
    assert not reaches(tls, believes(cupboard, old))  # needs a provisioning file

    (left,) = tls.glob("authority-*.pem")
    assert left.read_text() == old
    assert command("tls", "retire", str(left)) == 0
    heard.sync()
    alone = believes(heard, old)
    assert alone.count("BEGIN CERTIFICATE") == 1
    assert reaches(tls, alone)


def test_the_authority_in_service_is_not_given_up(tls: Path, command: Command) -> None:
    assert command("tls", "retire", str(tls / ca.AUTHORITY_NAME)) == REFUSED
    assert command("tls", "use", "--days", "0") == REFUSED  # none was made


def test_a_provisioning_file_of_the_time_between_is_good_after_the_change(
    hub: Hub, tls: Path, command: Command
) -> None:
    command("tls", "next")
    assert hub.folder is not None
    provisioned = provisioning.authority_pem(hub.folder, "127.0.0.1", hub.now())
    command("tls", "use", "--days", "0")
    assert reaches(tls, provisioned)


@pytest.mark.parametrize("renames", [0, 1])
def test_a_change_cut_off_by_the_power_is_whole_at_the_next_start(
    tls: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    old, coming = pem(tls), ca.next_authority(tls, NOW)
    done = [0]
    really = os.replace

    def until_dark(source: Path, target: Path) -> None:
        if done[0] == renames:
            raise KeyboardInterrupt
        done[0] += 1
        really(source, target)

    monkeypatch.setattr(os, "replace", until_dark)
    with pytest.raises(KeyboardInterrupt):
        ca.put_in_service(tls)
    monkeypatch.undo()
    serving = ca.server_files(tls, NAMES, NOW).authority_pem
    assert serving == (coming if renames else old)
    assert reaches(tls, serving)


def test_only_the_province_announces(hub: Hub, counters: Callable[..., Commune], tls: Path) -> None:
    one, other = counters(), counters()
    stranger = AuthorityAnnounced(Authority().pem, ())
    one.act([Draft(SystemKind.AUTHORITY_ANNOUNCED, (SELF,), encode_body(stranger))])
    one.sync()
    other.sync()
    for counter in (one, other):
        assert believes(counter, pem(tls)).count("BEGIN CERTIFICATE") == 1


def test_what_is_announced_badly_does_not_end_the_line() -> None:
    good, other = Authority().pem, Authority().pem
    bent = good.replace(good.splitlines()[2], "A" * 64)
    assert believed(good, ["", "nonsense", bent], ()).strip() == good.strip()
    assert believed(good, [other, other], ()).count("BEGIN") == 2
    everything = {ca.digest_of(good), ca.digest_of(other)}
    assert believed(good, [other], everything).strip() == other.strip()  # somebody must be believed
    assert believed("", [], ()) == ""
