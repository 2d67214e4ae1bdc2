"""Both Debian packages in a bare Debian 12 without Python: installed, at work, updated, broken, upgraded,
purged.

``BARE_DEBIAN`` names a folder with a ready ``debootstrap --variant=minbase`` system, which is copied;
without it
one is made. ``DEBIAN_CACHE`` keeps wheels and Debian's packages of CPython between runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from installers.bundle.application import digest_of, name_of, version_of
from installers.debian.build import Job, build_counter, build_hub
from installers.updates.__main__ import main as updates
from tests.system.next_version import (
    MOST_ON_THE_WIRE,
    Change,
    breaking_module,
    changed_modules,
    next_application,
)

ROOT = Path(__file__).resolve().parents[2]
OWN = "/srv/quay/.local/share/commune-counter"
SEATS = "cap-phat-03390"
"""The folder that the province makes of a unit's seats."""
VERDICTS = {"good", "look", "broken", "not_here", "unchecked"}
EPOCH = 1_790_000_000
NEXT = "99.0"

pytestmark = [pytest.mark.system, pytest.mark.net, pytest.mark.timeout(3_000)]


@dataclass
class Built:
    """What was built: packages, the publisher's folder, the next application with sixteen changed modules."""

    counter: Path
    hub: Path
    next_counter: Path
    keys: Path
    cache: Path


@dataclass
class Debian:
    """The bare system; commands run as its root or as the clerk ``quay``."""

    root: Path
    built: Built

    def run(self, command: str, seconds: int = 900, *, user: str = "root", code: int = 0) -> str:
        """A shell command; its output. Fails unless it ends with ``code``."""
        home = "/root" if user == "root" else f"/srv/{user}"
        environment = {
            "HOME": home, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "QT_QPA_PLATFORM": "offscreen",
            "COMMUNE_COUNTER_PASSPHRASE": "tap huan o quay",
        }  # fmt: skip
        done = subprocess.run(
            ["chroot", f"--userspec={user}", str(self.root), "sh", "-c", command], env=environment,
            capture_output=True, text=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == code, f"{command}: {done.stdout[-2_000:]}{done.stderr[-2_000:]}"
        return done.stdout + done.stderr

    def counter(self, command: str, code: int = 0) -> Any:
        """A technician's command as the clerk's user; its JSON."""
        told = self.run(f"commune-counter {command} --json", user="quay", code=code)
        return json.loads(told.strip().splitlines()[-1])

    def put(self, source: Path, target: str) -> None:
        """A file or folder of this machine into the system, readable by all."""
        place = self.root / target.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, place, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, place)
        subprocess.run(["chmod", "-R", "a+rX", str(place)], check=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both packages and the counter's next version; what ``DEBIAN_BUILT`` holds already is taken as it is."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("packages are built by dpkg-deb")
    kept = os.environ.get("DEBIAN_BUILT", "")
    out = Path(kept) if kept else tmp_path_factory.mktemp("built")
    cache = Path(os.environ.get("DEBIAN_CACHE", "") or out / "cache")
    keys = out / "keys" / "update-keys.json"
    if not keys.exists():
        assert updates(["keygen", str(keys.parent)]) == 0
    first, after = (
        Job(cache, out / "first", EPOCH, keys=keys),
        Job(cache, out / "next", EPOCH, "zstd", NEXT, keys),
    )
    return Built(
        _ready(first, "commune-counter", build_counter), _ready(first, "commune-hub", build_hub),
        _ready(after, "commune-counter", build_counter), keys.parent, cache,
    )  # fmt: skip


def _ready(job: Job, name: str, build: Callable[[Job], Path]) -> Path:
    made = job.out / f"{name}_{job.version or version_of(ROOT)}_amd64.deb"
    return made if made.is_file() else build(job)


@pytest.fixture(scope="module")
def debian(
    tmp_path_factory: pytest.TempPathFactory, needs: Callable[..., str], request: pytest.FixtureRequest
) -> Iterator[Debian]:
    """A bare system with both packages in it."""
    if os.geteuid() != 0:
        pytest.skip("a bare system needs root: debootstrap and chroot")
    built: Built = request.getfixturevalue("built")  # minutes, which are not spent for a skip
    root = tmp_path_factory.mktemp("bare") / "debian"
    ready = os.environ.get("BARE_DEBIAN", "")
    if ready:
        subprocess.run(["cp", "-a", ready, str(root)], check=True)
    else:
        made = subprocess.run(
            [needs("debootstrap", "debootstrap"), "--variant=minbase", "bookworm", str(root)],
            capture_output=True, text=True, timeout=1_200, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.skip(f"no bare Debian could be made here: {made.stdout.strip().splitlines()[-1:]}")
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    mounts = [root / "proc", root / "dev"]
    subprocess.run(["mount", "-t", "proc", "proc", str(mounts[0])], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(mounts[1])], check=True)
    try:
        bare = Debian(root, built)
        bare.run("! command -v python3 && apt-get update -qq")
        bare.run("useradd --create-home --home-dir /srv/quay --shell /bin/sh quay")
        for package in (built.counter, built.hub):
            bare.put(package, f"/srv/{package.name}")
        both = f"/srv/{built.counter.name} /srv/{built.hub.name}"
        bare.run(f"apt-get install -y -qq --no-install-recommends {both}")
        yield bare
    finally:
        for mount in reversed(mounts):
            subprocess.run(["umount", str(mount)], check=False)
        if not any(os.path.ismount(mount) for mount in mounts):
            shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def counter(debian: Debian) -> Iterator[Debian]:
    """The counter takes its seat from the province's folder while nobody serves; then the hub's package does.

    Ends with both at rest.
    """
    debian.run("commune-hub --json unit add 03390 'Xã Bình Lư'")
    debian.run("mkdir -p -m 777 /srv/out")
    debian.run(
        "commune-hub provision --unit 03390 --counters 2 --url https://127.0.0.1:8443"
        f" --installer /srv/{debian.built.counter.name} -o /srv/out"
    )
    debian.run(f"cd /srv/out/{SEATS} && sha256sum --quiet -c SHA256SUMS")
    debian.run(f"cp -r /srv/out/{SEATS} /srv/quay/usb && chown -R quay /srv/quay/usb")
    debian.counter("enrol /srv/quay/usb/03390.mcp --counter 1")
    founding = (
        "found --head 'Giàng A Chiến (tập huấn)' --head-title 'Chủ tịch'"
        " --technician 'Kỹ thuật viên (tập huấn)' --act 12/QĐ-UBND --act-date 01/07/2026"
    )
    passwords = "printf 'tap huan 2026\\ntap huan 2027\\n'"
    debian.run(f"{passwords} | commune-counter {founding} --passwords-from-stdin", user="quay")
    serving = subprocess.Popen(
        ["chroot", str(debian.root), "commune-hub", "--json", "serve", "--real", "--host", "127.0.0.1",
        "--port",
         "8443", "--name", "127.0.0.1", "--until-stdin-closes"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert serving.stdout is not None
        assert json.loads(serving.stdout.readline())["port"] == 8443
        yield debian
    finally:
        assert serving.stdin is not None
        serving.stdin.close()
        serving.wait(60)


def test_parts_lists_and_licences_are_inside_and_nothing_under_the_gpl_alone(debian: Debian) -> None:
    for product in ("commune-counter", "commune-hub"):
        folder = debian.root / "usr/share/doc" / product
        listed = json.loads((folder / "parts.cdx.json").read_text("utf-8"))["components"]
        names = {one["name"]: one["licenses"][0]["license"]["name"] for one in listed}
        assert {"msgspec", "cryptography", "cpython"} <= names.keys()
        alone = [name for name, words in names.items() if words.startswith(("GPL", "AGPL", "GNU General"))]
        assert alone == []
        assert "psycopg" in (folder / "licences.txt").read_text("utf-8") or product == "commune-counter"


def test_the_program_starts_and_plays_a_day_of_copy_requests(debian: Debian) -> None:
    assert "ok" in debian.run("commune-counter-window --smoke", user="quay")
    told = debian.run("commune-counter-window --practice --play-day --out /tmp/day", user="quay")
    print(told[-300:])
    assert "problems: none" in told
    assert len(list((debian.root / "tmp/day").rglob("*.pdf"))) >= 20


def test_the_menu_names_the_program_and_help_is_there(debian: Debian) -> None:
    menu = (debian.root / "usr/share/applications/commune-counter.desktop").read_text("utf-8")
    assert "Name=Một cửa cấp xã" in menu
    assert (debian.root / "etc/xdg/autostart/commune-counter.desktop").read_text("utf-8") == menu
    assert "Example: commune-counter" in debian.run("commune-counter --help")
    assert (debian.root / "usr/share/man/man1/commune-counter.1").is_file()


def test_installing_again_makes_nothing_twice(debian: Debian) -> None:
    before = debian.run(
        "id commune-hub; stat -c '%U %a %i' /var/lib/commune-hub; cat /etc/commune-hub/config"
    )
    debian.run("dpkg-reconfigure -f noninteractive commune-hub commune-counter || dpkg --configure -a")
    debian.run("/var/lib/dpkg/info/commune-hub.postinst configure ''")
    after = debian.run("id commune-hub; stat -c '%U %a %i' /var/lib/commune-hub; cat /etc/commune-hub/config")
    assert after == before
    assert "commune-hub 700" in after


def test_systemd_takes_the_unit_and_finds_it_little_exposed(debian: Debian) -> None:
    unit = debian.root / "usr/lib/systemd/system/commune-hub.service"
    if (tool := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd-analyze is not on this machine")
    words = [tool, "verify", f"--root={debian.root}", "--man=no", unit.name]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stderr
    # The bare system has no systemd of its own, so its targets are missing; nothing else may be.
    assert [line for line in told.splitlines() if "target not found" not in line] == []
    judged = [tool, "security", "--offline=true", "--threshold=20", "--no-pager", str(unit)]
    done = subprocess.run(judged, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_the_provinces_folder_made_the_counter_and_keeps_the_other_seat(counter: Debian) -> None:
    usb = counter.root / "srv/quay/usb"
    assert sorted(path.name for path in usb.iterdir()) == sorted(
        ["03390.mcp", "DOC.txt", "SHA256SUMS", "da-dung", "du-lieu", counter.built.counter.name]
    )
    assert [path.name for path in (usb / "da-dung").iterdir()] == ["03390-001.json"]
    again = counter.counter("enrol /srv/quay/usb/03390.mcp --counter 2", code=3)
    assert again["error"] == "enrol.again", "one PC, one seat"


def test_the_self_test_tells_every_check_with_its_verdict(counter: Debian) -> None:
    told = counter.run("commune-counter doctor --json; test $? -le 2", user="quay")
    rows = {row["code"]: row for row in json.loads(told.strip().splitlines()[-1])}
    print({code: row["verdict"] for code, row in rows.items()})
    assert len(rows) >= 25
    assert {row["verdict"] for row in rows.values()} <= VERDICTS
    assert all(row["words"] for row in rows.values())
    calls = "cipher", "chain", "hub", "certificate", "fonts"
    assert {code: rows[code]["verdict"] for code in calls if rows[code]["verdict"] != "good"} == {}


def test_what_the_counter_wrote_reaches_the_hubs_package(counter: Debian) -> None:
    told = counter.counter("exchange")
    assert told["waiting"] == 0
    rows = counter.run("commune-hub --json status 03390")
    assert counter.counter("status")["enrolment"]["unit"].endswith("(03390)")
    assert json.loads(rows.strip().splitlines()[-1])


def test_a_version_comes_from_the_hub_in_little_and_is_tried_before_it_counts(counter: Debian) -> None:
    made = _publish(counter, "99.1", 1, changed_modules)
    told = counter.counter("update now")
    print(f"sixteen modules changed: {told['bytes']} bytes of difference, {made} bytes of manifest")
    assert told["state"] == "ready"
    assert told["bytes"] + made < MOST_ON_THE_WIRE
    assert counter.run("commune-counter --version", user="quay").strip() == "commune-counter 99.1"
    assert counter.counter("update check")["state"] == "none"
    assert counter.counter("verify")["problems"] == []


def test_a_version_that_fails_its_self_test_is_not_taken(counter: Debian) -> None:
    _publish(
        counter, "99.2", 2, breaking_module("counter_app/composition/smoke.py", "raise SystemExit(70)\n")
    )
    assert counter.counter("update now", code=4)["error"] == "update.self_test"
    assert "99.1" in counter.run("commune-counter --version", user="quay")


def test_one_that_only_fails_on_the_screen_is_left_after_two_starts(counter: Debian) -> None:
    broken = "def show(*words: object) -> int:\n    raise SystemExit(70)\n"
    _publish(
        counter,
        "99.3",
        3,
        breaking_module("counter_app/main.py", broken, before='if __name__ == "__main__":'),
    )
    assert counter.counter("update now")["state"] == "ready"
    for _ in range(2):
        counter.run("commune-counter-window", user="quay", code=70)
    assert "99.1" in counter.run("timeout 20 commune-counter-window --version", user="quay")
    assert (counter.root / OWN.lstrip("/") / "program/refused").read_text() == "app-99.3.zip\n"
    assert counter.counter("update now", code=4)["error"] == "update.refused"


def test_a_stick_brings_it_too_and_a_pause_holds(counter: Debian) -> None:
    _publish(counter, "99.4", 4, changed_modules)
    counter.run("cp -r /var/lib/commune-hub/updates /srv/stick && chmod -R a+rX /srv/stick")
    assert counter.counter("update pause")["state"] == "paused"
    assert counter.counter("update check")["state"] == "paused"
    assert counter.counter("update pause --off")["state"] == "none"
    assert counter.counter("update from-file /srv/stick")["state"] == "ready"
    assert "99.4" in counter.run("commune-counter --version", user="quay")


def test_a_newer_package_goes_before_and_keeps_the_old_application(counter: Debian) -> None:
    old = name_of(version_of(ROOT))
    counter.run("rm -rf /srv/quay/.local/share/commune-counter/program")
    counter.put(counter.built.next_counter, "/srv/next.deb")
    counter.run("apt-get install -y -qq --no-install-recommends /srv/next.deb")
    assert NEXT in counter.run("commune-counter --version", user="quay")
    assert (counter.root / "opt/commune-counter" / old).is_file()
    assert old in (counter.root / "opt/commune-counter/previous").read_text()
    assert counter.counter("verify")["problems"] == []


def test_purge_takes_the_program_and_leaves_the_communes_data(counter: Debian) -> None:
    store = counter.root / OWN.lstrip("/") / "store.db"
    before = digest_of(store)
    counter.run("dpkg --purge commune-counter")
    assert not (counter.root / "opt/commune-counter").exists()
    assert digest_of(store) == before
    counter.run("dpkg --purge commune-hub")
    assert not (counter.root / "opt/commune-hub").exists()
    assert (counter.root / "var/lib/commune-hub/province.keys").is_file()
    left = counter.run("find / -xdev -name '*commune*' -not -path '/proc/*' -not -path '/tmp/*'")
    assert {line.split("/")[1] for line in left.split()} <= {"srv", "var"}


def test_two_builds_are_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = Job(built.cache, tmp_path, EPOCH, keys=built.keys / "update-keys.json")
    for one, build in ((built.counter, build_counter), (built.hub, build_hub)):
        assert digest_of(build(again)) == digest_of(one)
        print(f"{one.name}: {one.stat().st_size} bytes with zstd")


def _publish(debian: Debian, version: str, serial: int, change: Change) -> int:
    """A new version on the hub, signed by two keys; bytes of its manifest."""
    work = debian.root.parent / f"publish-{version}"
    work.mkdir()
    base = debian.root / "opt/commune-counter"
    app, runtime = (base / "current").read_text().split()
    new = work / name_of(version)
    next_application(base / app, new, version, change)
    own = debian.root / OWN.lstrip("/") / "program"
    bases = [base / app, *own.glob("app-*.zip")]
    folder = work / "folder"
    words = [
        "make",
        str(new),
        "--runtime",
        runtime,
        "--serial",
        str(serial),
        "--percent",
        "100",
        "--to",
        str(folder),
    ]
    assert updates([*words, *(word for one in bases for word in ("--from", str(one)))]) == 0
    for number in (1, 3):
        seed = debian.built.keys / f"update-{number}.seed"
        assert updates(["sign", str(folder / "update.json"), "--seed", str(seed)]) == 0
    target = debian.root / "var/lib/commune-hub/updates"
    shutil.copytree(folder, target, dirs_exist_ok=True)
    debian.run("chown -R commune-hub /var/lib/commune-hub/updates")
    return (folder / "update.json").stat().st_size
