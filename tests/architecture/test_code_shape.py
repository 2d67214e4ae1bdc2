"""The bars for sizes, types and docstrings hold, and the measure itself can tell good from bad."""

from pathlib import Path

import pytest

from tools import code_shape


def measured(tmp_path: Path, text: str, name: str = "module.py") -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    shape = code_shape.Shape()
    code_shape.measure(path, shape, tmp_path)
    return shape.verdict()


GOOD = '"""What it is."""\n\n\ndef double(value: int) -> int:\n    """Twice."""\n    return value * 2\n'


def test_the_house_is_within_its_bars() -> None:
    shape = code_shape.Shape()
    for path in code_shape.python_files(code_shape.SOURCES):
        code_shape.measure(path, shape)
    assert shape.verdict() == []


def test_a_good_module_has_no_faults(tmp_path: Path) -> None:
    assert measured(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "# more\n" * 500, "lines, at most 500"),
        (GOOD + "\n\ndef _long() -> None:\n" + "    print()\n" * 60, "_long: 61 lines"),
        (GOOD + "\n\nclass _Long:\n" + "    x = 1\n" * 300, "class _Long: 301 lines"),
        (GOOD + "\n\ndef _bare(value) -> None: ...\n", "not fully typed"),
        (GOOD + "\n\ndef _bare(value: int): ...\n", "not fully typed"),
        (GOOD + "\n\ndef _bare(*values) -> None: ...\n", "not fully typed"),
        (GOOD + "\n\ndef silent() -> None: ...\n", "public names"),
        ("x = 1\n", "no docstring"),
    ],
)
def test_each_bar_is_felt(tmp_path: Path, text: str, words: str) -> None:
    assert any(words in fault for fault in measured(tmp_path, text))


def test_vague_names_are_refused(tmp_path: Path) -> None:
    assert any("name" in fault for fault in measured(tmp_path, GOOD, "utils.py"))


def test_names_given_by_qt_need_no_words_of_ours(tmp_path: Path) -> None:
    assert (
        measured(tmp_path, '"""W."""\n\n\nclass _W:\n    def paintEvent(self, e: object) -> None: ...\n')
        == []
    )


def test_percentile_takes_the_value_that_most_do_not_exceed() -> None:
    assert code_shape.percentile([], 95) == 0
    assert code_shape.percentile(list(range(1, 101)), 95) == 95
    assert code_shape.percentile([7], 50) == 7
