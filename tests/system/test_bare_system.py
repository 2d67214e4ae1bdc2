"""A bare Debian 12 with git, make and python3 only: from a clone the two commands bring all they need.

The system is made by debootstrap in a folder and entered by chroot. ``make run`` plays the day without
a screen; of ``make test`` the parts that show that everything was installed: lint, contracts, packaging (the
wheel built, installed elsewhere, started).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = "bookworm"
ONLY = "ca-certificates,git,make,python3"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PASSED_ON = ("PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "http_proxy", "https_proxy", "no_proxy")
WORK = "/srv/commune-counter"

pytestmark = [pytest.mark.system, pytest.mark.net, pytest.mark.timeout(3_000)]


class Bare:
    """The system in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, command: str, seconds: int = 1_500) -> str:
        """A shell command in the clone, as root of the bare system; its output. Fails with its last lines."""
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {
            "HOME": "/root", "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8", "PIP_CERT": str(CERTIFICATES), "DEBIAN_FRONTEND": "noninteractive",
        }  # fmt: skip
        done = subprocess.run(
            ["chroot", str(self.root), "sh", "-c", f"cd {WORK} && {command}"], env=environment,
            capture_output=True, text=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout[-3_000:]}{done.stderr[-3_000:]}"
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, needs: Callable[..., str]) -> Iterator[Bare]:
    """Made once; skips where debootstrap cannot reach a mirror."""
    if os.geteuid() != 0:
        pytest.skip("a bare system needs root: debootstrap and chroot")
    maker = needs("debootstrap", "debootstrap")
    root = tmp_path_factory.mktemp("bare") / "debian"
    ready = os.environ.get("BARE_SYSTEM", "")
    if ready:
        subprocess.run(["cp", "-a", ready, str(root)], check=True)
    else:
        made = subprocess.run(
            [maker, "--variant=minbase", f"--include={ONLY}", SUITE, str(root)], capture_output=True,
            text=True, timeout=1_200, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.skip(f"no bare Debian could be made here: {made.stdout.strip().splitlines()[-1:]}")
    if CERTIFICATES.exists():
        shutil.copyfile(CERTIFICATES, root / CERTIFICATES.relative_to("/"))
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    (root / WORK.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(root / WORK.lstrip("/"))], check=True
    )
    mounts = [root / "proc", root / "dev"]
    subprocess.run(["mount", "-t", "proc", "proc", str(mounts[0])], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(mounts[1])], check=True)
    try:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(root / "tmp")], check=True)
        mounts.append(root / "tmp")
        yield Bare(root)
    finally:
        for mount in reversed(mounts):
            subprocess.run(["umount", str(mount)], check=False)
        if not any(os.path.ismount(mount) for mount in mounts):
            shutil.rmtree(root, ignore_errors=True)


def test_make_run_installs_what_it_needs_and_plays_the_day(bare: Bare) -> None:
    told = bare.run("make run")
    print(told[-1_500:])
    out = bare.root / WORK.lstrip("/") / "out"
    assert len(list(out.rglob("*.png"))) >= 10, "pictures of the screens"
    assert len(list(out.rglob("*.pdf"))) >= 20, "papers"


def test_make_test_finds_its_tools_and_the_wheel_starts_elsewhere(bare: Bare) -> None:
    told = bare.run(
        "make lint contracts && .venv/bin/python tools/build_assets.py"
        " && .venv/bin/python tools/run_tests.py packaging"
    )
    print(told[-1_500:])
    assert " 0 failed" in told
