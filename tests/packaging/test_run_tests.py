"""The runner of all checks: groups, sums, and an exit code that cannot lie."""

from pathlib import Path

import pytest

from tools import run_tests


def report(folder: Path, *, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    path = folder / "report.xml"
    path.write_text(
        f'<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" '
        f'skipped="{skipped}"/></testsuites>'
    )
    return path


def test_sums_are_told_in_one_line(tmp_path: Path) -> None:
    count = run_tests.Count()
    count.add(report(tmp_path, tests=10, failures=1, errors=1, skipped=3))
    count.add(report(tmp_path, tests=5))
    assert count.line() == "10 passed, 2 failed, 3 skipped"


@pytest.mark.parametrize("text", [None, "", "<testsuite"])
def test_a_run_without_a_report_has_failed(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "report.xml"
    if text is not None:
        path.write_text(text)
    count = run_tests.Count()
    count.add(path)
    assert count.line() == "0 passed, 1 failed, 0 skipped"


def test_what_builds_and_kills_runs_alone() -> None:
    plan = run_tests.groups(["architecture", "packaging", "unit", "faults"])
    assert [folders for folders, _ in plan] == [["architecture", "unit"], ["packaging"], ["faults"]]
    assert "2" in plan[0][1]
    assert run_tests.groups([]) == []


def test_folders_without_tests_and_those_that_need_root_are_left_out(tmp_path: Path) -> None:
    for name in ("unit/domain", "ui", "system", "support"):
        (tmp_path / "tests" / name).mkdir(parents=True)
    for name in ("unit/domain/test_a.py", "system/test_b.py", "support/test_c.py"):
        (tmp_path / "tests" / name).touch()
    assert run_tests.folders(tmp_path) == ["unit"]


def test_every_folder_of_tests_is_run_by_somebody() -> None:
    present = {path.name for path in (run_tests.ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))}
    assert present - set(run_tests.folders()) <= {"system"}


def planted(monkeypatch: pytest.MonkeyPatch, **codes: int) -> list[str]:
    called: list[str] = []

    def call(*command: str) -> int:
        words = " ".join(command)
        called.append(words)
        return next((code for name, code in codes.items() if name in words), 0)

    monkeypatch.setattr(run_tests, "call", call)
    return called


@pytest.mark.parametrize("broken", ["ruff", "mypy", "import_contracts"])
def test_one_failure_fails_all_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    called = planted(monkeypatch, **{broken: 1})
    assert run_tests.main(["lint", "types", "contracts"]) == 1
    assert len(called) == 3
    assert "FAILED" in capsys.readouterr().out


def test_checks_that_pass_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch)
    assert run_tests.main(["lint", "types", "contracts"]) == 0


def a_project(root: Path, **folders: str) -> Path:
    for name, test in folders.items():
        (root / "tests" / name).mkdir(parents=True)
        (root / "tests" / name / f"test_{name}.py").write_text(test)
    return root


GREEN = "def test_one() -> None:\n    assert True\n"
RED = "def test_two() -> None:\n    assert 1 == 2, 'planted'\n"


def test_folders_that_run_alone_are_all_run_told_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_tests, "ROOT", a_project(tmp_path, sync=GREEN, ui=RED, faults=GREEN))
    count = run_tests.Count()
    assert run_tests.pytest(["faults", "sync", "ui"], count) == ["tests/ui"]
    assert count.line() == "2 passed, 1 failed, 0 skipped"
    said = capsys.readouterr().out
    assert "planted" in said
    assert [line.split(":")[0] for line in said.splitlines() if line.startswith("--")] == [
        "-- tests/ui",
        "-- tests/sync",
        "-- tests/faults",
    ]


def test_pytest_that_left_no_report_is_counted_as_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = "import os\n\n\ndef test_dies() -> None:\n    os._exit(0)\n"
    monkeypatch.setattr(run_tests, "ROOT", a_project(tmp_path, journeys=dead))
    count = run_tests.Count()
    run_tests.pytest(["journeys"], count)
    assert count.line() == "0 passed, 1 failed, 0 skipped"


def test_pytest_that_failed_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        run_tests, "run_group", lambda chosen, *_, **__: run_tests.Ran(" ".join(chosen), 1, 0.0, "")
    )
    assert run_tests.main(["architecture"]) == 1


def test_unknown_names_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_tests.main(["everythign"]) == 2
    assert "everythign" in capsys.readouterr().err
