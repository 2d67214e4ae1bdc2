"""The environment's recipe: what foreign settings change, when it is done again, what apt is asked."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tools import setup, system_libraries
from tools.system_libraries import Library

ROOT = setup.ROOT


def copy_of_the_recipe(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def test_foreign_pip_settings_do_not_reach_the_installation() -> None:
    outside = {
        "PATH": "/bin",
        "PIP_CONSTRAINT": "constraints.txt",
        "PIP_FIND_LINKS": "wheels",
        "PIP_EXTRA_INDEX_URL": "file:///elsewhere",
        "PIP_TARGET": "elsewhere",
        "PIP_REQUIRE_VIRTUALENV": "1",
    }
    configured = {
        "global.constraint": "torch.txt",
        "global.extra-index-url": "file:///more",
        "install.user": "true",
    }
    clean = setup.pip_environment(configured, outside)
    assert {name for name in clean if name.startswith("PIP_")} == {
        "PIP_CONFIG_FILE",
        "PIP_DISABLE_PIP_VERSION_CHECK",
        "PIP_NO_INPUT",
    }
    assert clean["PATH"] == "/bin"


def test_the_way_to_the_packages_is_kept_and_a_variable_wins() -> None:
    configured = {
        "global.index-url": "file:///mirror",
        "global.cert": "office.pem",
        "global.proxy": "proxy:8080",
    }
    clean = setup.pip_environment(configured, {"PIP_CERT": "mine.pem"})
    assert clean["PIP_INDEX_URL"] == "file:///mirror"
    assert clean["PIP_PROXY"] == "proxy:8080"
    assert clean["PIP_CERT"] == "mine.pem"


@pytest.mark.parametrize("change", ["requirements/dev.txt", "project"])
def test_another_lock_or_project_means_another_environment(tmp_path: Path, change: str) -> None:
    root = copy_of_the_recipe(tmp_path)
    before = setup.digest("dev", root)
    if change == "project":
        settings = root / "pyproject.toml"
        settings.write_text(settings.read_text().replace("commune-hub =", "commune-hubs ="))
    else:
        (root / change).write_text("changed")
    assert setup.digest("dev", root) != before


def test_settings_of_the_checks_change_no_environment(tmp_path: Path) -> None:
    root = copy_of_the_recipe(tmp_path)
    before = setup.digest("dev", root)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("line-length = 110", "line-length = 99"))
    assert setup.digest("dev", root) == before


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Installation replaced by a note of what would have been installed."""
    done: list[str] = []

    def make(venv: Path) -> None:
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").touch()

    monkeypatch.setattr(setup, "make_venv", make)
    monkeypatch.setattr(setup, "install", lambda venv, kind: done.append(kind))
    return done


def test_a_second_time_nothing_is_done(tmp_path: Path, silent: list[str]) -> None:
    assert setup.prepare("dev", tmp_path) is True
    assert setup.prepare("dev", tmp_path) is False
    assert setup.prepare("run", tmp_path) is False  # the larger set holds the smaller
    assert silent == ["dev"]


def test_tests_need_more_than_the_program(tmp_path: Path, silent: list[str]) -> None:
    setup.prepare("run", tmp_path)
    assert setup.prepare("dev", tmp_path) is True
    assert silent == ["run", "dev"]


def test_a_run_that_was_cut_off_starts_again(
    tmp_path: Path, silent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.prepare("run", tmp_path)

    def cut(venv: Path, kind: str) -> None:
        raise setup.SetupFailed("the line dropped")

    monkeypatch.setattr(setup, "install", cut)
    with pytest.raises(setup.SetupFailed):
        setup.prepare("dev", tmp_path)
    assert setup.stamped(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / setup.STAMP).write_text(text)
    assert setup.stamped(tmp_path) == {}


def test_failure_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def refuse(kind: str, venv: Path) -> bool:
        raise setup.SetupFailed("no packages today")

    monkeypatch.setattr(setup, "prepare", refuse)
    assert setup.main(["dev"]) == 1
    assert "no packages today" in capsys.readouterr().err
    assert setup.main(["everything"]) == 2


def test_the_stamp_is_json_that_names_its_kind(tmp_path: Path, silent: list[str]) -> None:
    setup.prepare("dev", tmp_path)
    assert json.loads((tmp_path / setup.STAMP).read_text())["dev"] == setup.digest("dev")


GLIB = Library("libglib-2.0.so.0", ("libglib2.0-0", "libglib2.0-0t64"))
EGL = Library("libEGL.so.1", ("libegl1",))


@pytest.mark.parametrize(
    ("known", "name"), [({"libglib2.0-0"}, "libglib2.0-0"), ({"libglib2.0-0t64"}, "libglib2.0-0t64")]
)
def test_debian_and_ubuntu_names_are_both_found(known: set[str], name: str) -> None:
    assert system_libraries.package_names([GLIB], known.__contains__) == [name]


def test_without_lists_the_first_name_is_said() -> None:
    assert system_libraries.package_names([GLIB, EGL], lambda name: False) == ["libglib2.0-0", "libegl1"]


def test_only_what_is_missing_is_asked_for() -> None:
    assert system_libraries.missing([GLIB, EGL], {"libglib-2.0.so.0"}.__contains__) == (EGL,)


def test_probes_see_libraries_and_programs() -> None:
    assert system_libraries.is_there("libc.so.6")
    assert not system_libraries.is_there("libnowhere-commune.so.9")
    assert system_libraries.is_there("bin:sh")
    assert not system_libraries.is_there("bin:no-such-program-commune")


def test_where_apt_is_not_allowed_the_line_to_type_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_libraries, "as_root", lambda: None)
    monkeypatch.setattr(system_libraries, "known_to_apt", lambda name: True)
    lacking = system_libraries.provide([Library("libnowhere-commune.so.9", ("libnowhere9",))])
    assert [one.probe for one in lacking] == ["libnowhere-commune.so.9"]
    assert "sudo apt-get install -y --no-install-recommends libnowhere9" in capsys.readouterr().out


def test_what_is_there_costs_no_question_to_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("apt was asked")

    monkeypatch.setattr(system_libraries, "refresh", refuse)
    assert system_libraries.provide([Library("libc.so.6", ("libc6",))]) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="Qt's libraries are probed on Linux")
def test_qt_has_here_what_it_needs_without_a_screen() -> None:
    assert system_libraries.missing(system_libraries.OFFSCREEN) == ()
