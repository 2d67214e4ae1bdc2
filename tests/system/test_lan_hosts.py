"""Three PCs on a switch, each in a network namespace: found by beacon alone, no router, no DNS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.counter import UNIT, Counter, make_counter, take_in
from tests.support.lan import UNIT_KEY, until

pytestmark = pytest.mark.system
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MARK = f"ccl{os.getpid() % 10_000}"
SWITCH = f"{MARK}sw"
PERSON_NAME = "LƯỜNG VĂN TẬP HUẤN"
LONG_S = 40.0


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)


@pytest.fixture
def switch(needs: Callable[..., str]) -> Iterator[list[str]]:
    """Three hosts at 10.77.0.1 … 3 on one bridge, without any route beyond it."""
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    needs("ip", "iproute2")
    hosts = [f"{MARK}h{number}" for number in (1, 2, 3)]
    try:
        ip("netns", "add", SWITCH)
        ip("-n", SWITCH, "link", "add", "br0", "type", "bridge")
        ip("-n", SWITCH, "link", "set", "br0", "up")
        for number, host in enumerate(hosts, 1):
            ip("netns", "add", host)
            ip(
                "-n",
                SWITCH,
                "link",
                "add",
                f"p{number}",
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                host,
            )
            ip("-n", SWITCH, "link", "set", f"p{number}", "master", "br0", "up")
            ip("-n", host, "address", "add", f"10.77.0.{number}/24", "dev", "eth0")
            ip("-n", host, "link", "set", "eth0", "up")
        yield hosts
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no network namespaces here: {error.stderr.decode()[:200]}")
    finally:
        for name in (*hosts, SWITCH):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


class Host:
    """A counter's process in its namespace; ``last`` is what it said last."""

    def __init__(self, name: str, counter: Counter, folder: Path, unit_key: bytes = UNIT_KEY.key) -> None:
        facts = {
            "store": str(counter.store.path), "store_key": counter.store_key.hex(),
            "seed": counter.author.key.seed.hex(), "journal": counter.author.journal,
            "hub": counter.province.key.public.hex(), "unit": UNIT, "unit_key": unit_key.hex(),
            "at": counter.clock.at, "port": 7443,
            "name": PERSON_NAME,
        }  # fmt: skip
        counter.close()
        file = folder / f"{name}.json"
        file.write_text(json.dumps(facts))
        self.last: dict[str, object] = {}
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", name, sys.executable, str(HERE / "lan_host.py"), str(file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.last = json.loads(line)

    def write(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("write\n")
        self.process.stdin.flush()

    def met(self) -> int:
        return sum(1 for _, _, connected in self.last.get("met", ()) if connected)  # type: ignore[attr-defined]

    def end(self) -> None:
        self.process.kill()
        self.process.wait(10)


def test_counters_find_each_other_and_a_listener_learns_nothing(switch: list[str], tmp_path: Path) -> None:
    one = make_counter(tmp_path)
    two, three = (make_counter(tmp_path, number, founder=one) for number in (2, 3))
    take_in(one)
    names = [counter.work.place.counter_name.encode() for counter in (one, two, three)]
    keys = [counter.author.key.public for counter in (one, two, three)]
    kept = tmp_path / "frames"
    ear = subprocess.Popen(
        ["ip", "netns", "exec", SWITCH, sys.executable, str(HERE / "lan_listener.py"), str(kept)],
        stdout=subprocess.PIPE,
    )
    assert ear.stdout is not None
    assert ear.stdout.readline() == b"listens\n"
    hosts = [Host(name, counter, tmp_path) for name, counter in zip(switch, (one, two, three), strict=True)]
    try:
        assert until(lambda: all(host.met() == 2 for host in hosts), LONG_S), [h.last for h in hosts]
        assert until(lambda: len({host.last["digest"] for host in hosts}) == 1, LONG_S)
        before = hosts[0].last["held"]
        hosts[2].write()
        assert until(lambda: all(host.last["held"] == before + 1 for host in hosts), LONG_S)  # type: ignore[operator]
        hosts[1].end()  # its power is cut
        hosts[2].write()
        assert until(lambda: hosts[0].last["held"] == before + 2, LONG_S)  # type: ignore[operator]
    finally:
        for host in hosts:
            host.end()
        ear.kill()
        ear.wait(10)
    seen = kept.read_bytes()
    assert len(seen) > 10_000
    for secret in (*names, *keys, UNIT.encode() * 2, PERSON_NAME.encode(), "HOÀNG VĂN SƠN".encode(), b"CCX"):
        assert secret not in seen


def test_two_units_on_one_switch_never_talk(switch: list[str], tmp_path: Path) -> None:
    """The second holds another unit's key: its beacons are noise here, and no talk begins."""
    one = make_counter(tmp_path / "a")
    two = make_counter(tmp_path / "b", 2, founder=one)
    three = make_counter(tmp_path / "c", 3)
    hosts = [
        Host(switch[0], one, tmp_path), Host(switch[1], two, tmp_path),
        Host(switch[2], three, tmp_path, unit_key=bytes(32)),
    ]  # fmt: skip
    try:
        assert until(lambda: hosts[0].met() == hosts[1].met() == 1, LONG_S), [h.last for h in hosts]
        assert until(lambda: "met" in hosts[2].last, LONG_S)
        assert hosts[2].last["met"] == []
    finally:
        for host in hosts:
            host.end()
