"""One command runs every measurement, at the size asked for, and tells a broken one from a missed limit."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import __main__ as bench

ROOT = Path(__file__).resolve().parents[3]


def test_every_measurement_of_the_folder_is_run() -> None:
    modules = {f"benchmarks.{path.stem}" for path in (ROOT / "benchmarks").glob("*.py")}
    assert {one.module for one in bench.MEASUREMENTS} == modules - {
        "benchmarks.__main__",
        "benchmarks.__init__",
        "benchmarks.at_work",
        "benchmarks.full_store",
        "benchmarks.made_up_province",
        "benchmarks.processes",
        "benchmarks.province_by_copies",
        "benchmarks.season_arrivals",
        "benchmarks.timing",
    }


@pytest.mark.parametrize("size", ["small", "full"])
def test_options_of_each_size_are_known_to_the_measurement(size: str) -> None:
    for one in bench.MEASUREMENTS:
        source = (ROOT / f"{one.module.replace('.', '/')}.py").read_text(encoding="utf-8")
        asked = [word for word in bench.command(one, size) if word.startswith("--")]
        assert [word for word in asked if f'"{word}"' not in source] == []


def test_small_asks_for_less_than_full() -> None:
    for one in bench.MEASUREMENTS:
        sizes = [[int(word) for word in chosen if word.isdigit()] for chosen in (one.small, one.full)]
        assert sum(sizes[0]) < sum(sizes[1]) or sizes == [[], []]


def test_a_broken_measurement_is_named_and_the_others_still_run() -> None:
    asked: list[str] = []

    def run(words: Sequence[str]) -> int:
        asked.append(words[2])
        return 1 if words[2].endswith("_store") else 0

    assert bench.run_all("small", run) == ["benchmarks.bench_store"]
    assert len(asked) == len(bench.MEASUREMENTS)


def test_an_unknown_size_is_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIZE", "huge")
    assert bench.main() == 2
    assert "huge" in capsys.readouterr().err
