"""What a Linux machine says of itself, read from a folder laid out like one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.devices.machine.facts import Memory, Power, Spooler, Support, this_machine, utc_minutes
from counter_app.devices.machine.linux import LinuxMachine, ask_program

Put = Callable[[str, str], None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, text: str) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    return write


@pytest.fixture
def machine(tmp_path: Path) -> LinuxMachine:
    return LinuxMachine(tmp_path)


@pytest.mark.parametrize(
    ("text", "name", "support"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
         "Debian GNU/Linux 12 (bookworm)", Support.TRIED),
        ('PRETTY_NAME="Ubuntu 20.04 LTS"\nVERSION_ID="20.04"\nID=ubuntu\n', "Ubuntu 20.04 LTS", Support.OLD),
        ("ID=arch\nPRETTY_NAME=Arch Linux\n", "Arch Linux", Support.UNKNOWN),
        ('ID=debian\nPRETTY_NAME="Debian \nVERSION_ID=sid', '"Debian', Support.UNKNOWN),
        ("", "Linux", Support.UNKNOWN),
    ],
)  # fmt: skip
def test_the_release(machine: LinuxMachine, put: Put, text: str, name: str, support: Support) -> None:
    put("etc/os-release", text)
    told = machine.system()
    assert (told.name, told.support) == (name, support)


def test_memory(machine: LinuxMachine, put: Put) -> None:
    put("proc/meminfo", "MemTotal:        4000000 kB\nMemFree: 1 kB\nMemAvailable:    1000000 kB\n")
    assert machine.memory() == Memory(4_096_000_000, 1_024_000_000)


def test_memory_that_is_not_told_is_an_error_in_words(machine: LinuxMachine) -> None:
    with pytest.raises(OSError, match="memory"):
        machine.memory()


def test_a_laptop_on_its_battery_and_a_desktop(machine: LinuxMachine, put: Put) -> None:
    assert machine.power() == Power(None, True)
    put("sys/class/power_supply/BAT0/type", "Battery\n")
    put("sys/class/power_supply/BAT0/capacity", "17\n")
    put("sys/class/power_supply/AC/type", "Mains\n")
    put("sys/class/power_supply/AC/online", "0\n")
    assert machine.power() == Power(17, False)
    put("sys/class/power_supply/AC/online", "1\n")
    assert machine.power() == Power(17, True)


def test_a_mouses_battery_is_none(machine: LinuxMachine, put: Put) -> None:
    put("sys/class/power_supply/mouse/type", "Battery\n")
    put("sys/class/power_supply/mouse/scope", "Device\n")
    put("sys/class/power_supply/mouse/capacity", "3\n")
    assert machine.power().percent is None


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"-r": "scheduler is running\n", "-o": ""}, Spooler(True, 0)),
        ({"-r": "scheduler is running\n", "-o": "A4-1 x\nA4-2 x\n"}, Spooler(True, 2)),
        ({"-r": "scheduler is not running\n"}, Spooler(False, -1)),
        ({"-r": None}, Spooler(None, -1)),
        ({"-r": "scheduler is running\n", "-o": None}, Spooler(True, -1)),
    ],
)
def test_cups(tmp_path: Path, answers: dict[str, str | None], told: Spooler) -> None:
    assert LinuxMachine(tmp_path, lambda words: answers[words[1]]).spooler() == told


def test_a_program_that_is_not_there_or_hangs_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_app.devices.machine.linux.ASK_SECONDS", 0.05)
    assert ask_program(["no-such-program-here"]) is None
    assert ask_program(["sleep", "5"]) is None
    assert ask_program(["echo", "ẫ"]) == "ẫ\n"


@pytest.mark.parametrize("rule", ["blacklist usb-storage", "install usb_storage /bin/true", " blacklist uas"])
def test_a_rule_against_sticks(machine: LinuxMachine, put: Put, rule: str) -> None:
    put("etc/modprobe.d/office.conf", f"# rules\n{rule}\n")
    assert machine.sticks_refused() == "/etc/modprobe.d/office.conf"


@pytest.mark.parametrize("rule", ["# blacklist usb-storage", "blacklist pcspkr", "options usb-storage x=1"])
def test_other_rules_forbid_nothing(machine: LinuxMachine, put: Put, rule: str) -> None:
    put("etc/modprobe.d/office.conf", f"{rule}\n")
    assert machine.sticks_refused() == ""


def test_input_methods_at_work(machine: LinuxMachine, put: Put) -> None:
    put("proc/12/comm", "bash\n")
    assert machine.input_methods() == ()
    put("proc/345/comm", "ibus-daemon\n")
    put("proc/self/comm", "fcitx5\n")
    assert machine.input_methods() == ("ibus-daemon",)


def test_autostart_by_the_package_or_the_user(
    machine: LinuxMachine, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/tap-huan")
    assert not machine.autostart()
    put("home/tap-huan/.config/autostart/commune-counter.desktop", "[Desktop Entry]\n")
    assert machine.autostart()


def test_the_machine_the_tests_run_on_answers() -> None:
    machine = this_machine()
    assert machine.system().name
    memory = machine.memory()
    assert 0 < memory.free <= memory.total
    assert -12 * 60 <= utc_minutes() <= 14 * 60
