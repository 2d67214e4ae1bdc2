"""The technician's guide is done word for word: its commands run in order, each stated line comes.

A fenced block says where it is done: ``sh run province`` and ``sh run pc-1`` are run here, in one temporary
folder with a hub, counters and a stick; ``sh by tests/…`` names the test that runs what needs a network, a
Windows or a bare Debian. ``# → line`` is a line that must come (… stands for anything), ``# mã thoát: 0, 1``
or ``# exit code: 0, 1`` what the command may end with, 0 when nothing is said. Both guides hold the same
commands and lines, so one walk serves both.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

import pytest

from counter_app.cli import app as counter_cli
from counter_app.cli.grammar import build_parser as counter_grammar
from sync.hub import cli as hub_cli

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "guides"
VIETNAMESE, ENGLISH = GUIDES / "technician.vi.md", GUIDES / "technician.en.md"
PROGRAMS = {"commune-counter": counter_grammar("0"), "commune-hub": hub_cli.build_parser()}
PASSWORD = "tập huấn 2026"
FENCE = re.compile(r"^```(\w*)(?: (run|by) (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`((?:commune-counter|commune-hub) [^`]+)`(?!`)")
CODES = re.compile(r"# (?:mã thoát|exit code): ([\d, ]+)")
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
QUOTED = re.compile(r"“([^”…]+)”")


@dataclass
class Step:
    """A command of a guide: where it is done, what it may end with, the line that must come."""

    place: str
    command: str
    codes: tuple[int, ...] = (0,)
    lines: list[str] = field(default_factory=list)
    test: str = ""


def steps_of(guide: str) -> list[Step]:
    """Every command in fences, in order. Fails for a block that says nothing of itself."""
    found: list[Step] = []
    for kind, way, where, body in FENCE.findall(guide):
        assert way, f"a block of {kind or 'no kind'} neither runs nor names its test:\n{body}"
        for line in body.splitlines():
            if codes := CODES.fullmatch(line):
                found[-1].codes = tuple(int(code) for code in codes[1].split(","))
            elif line.startswith("# → "):
                found[-1].lines.append(line.removeprefix("# → "))
            elif way == "run":
                found.append(Step(where, line))
            else:
                found.append(Step("", line, test=where))
    return found


def fits(stated: str, said: str) -> bool:
    """Whether a line of ``said`` is the stated one; … stands for anything, spaces between words for any."""
    parts = [re.escape(" ".join(part.split())) for part in stated.split("…")]
    wanted = re.compile(r".*".join(parts))
    return any(wanted.fullmatch(" ".join(line.split())) for line in said.splitlines())


class Walk:
    """One person with a province, PCs and a stick, all in one folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.patch, self.capsys = folder, patch, capsys
        self.recovery_key = ""
        patch.chdir(folder)
        patch.setenv("COMMUNE_COUNTER_PASSPHRASE", "một câu dài để cất khóa")
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        patch.setattr("getpass.getpass", self.types)
        (folder / "setup.exe").write_bytes(b"MZ")

    def types(self, prompt: str) -> str:
        """What a person types unseen."""
        return self.recovery_key if prompt.startswith("Khóa khôi phục") else PASSWORD

    def does(self, step: Step) -> tuple[int, str]:
        """Exit code and everything that was said."""
        if step.command.startswith("export "):
            name, _, value = step.command.removeprefix("export ").partition("=")
            self.patch.setenv(name, value)
            return 0, ""
        self.patch.setenv("COMMUNE_COUNTER_HOME", str(self.folder / step.place))
        program, *words = [name for word in shlex.split(step.command) for name in self.expanded(word)]
        if program == "mkdir":
            (self.folder / words[0]).mkdir()
            return 0, ""
        if program == "cp":
            for name in words[:-1]:
                shutil.copy(name, words[-1])
            return 0, ""
        self.capsys.readouterr()
        code = {"commune-counter": counter_cli.main, "commune-hub": hub_cli.main}[program](words)
        said = "".join(self.capsys.readouterr())
        if key := re.search(r"^recovery_key: (.+)$", said, re.MULTILINE):
            self.recovery_key = key[1]
        return code, said

    def expanded(self, word: str) -> list[str]:
        """A word as a shell gives it: variables, and files for a pattern."""
        whole = os.path.expandvars(word)
        return sorted(glob(whole)) or [whole] if "*" in whole else [whole]


def wrongs_of(walk: Walk, steps: list[Step]) -> Iterator[str]:
    """A sentence for each step that did not go as the guide says."""
    for step in steps:
        if step.test:
            continue
        code, said = walk.does(step)
        if code not in step.codes:
            yield f"{step.command}\n  ended with {code}, the guide says {step.codes}\n{said}"
        for line in step.lines:
            if not fits(line, said):
                yield f"{step.command}\n  did not say: {line}\n{said}"


@pytest.mark.timeout(120)
def test_the_guide_leads_from_an_empty_pc_to_a_working_counter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = steps_of(VIETNAMESE.read_text("utf-8"))
    commands = [step for step in steps if not step.test and step.command.startswith("commune-")]
    assert len(commands) > 40
    assert [step.command for step in commands if not step.lines] == [], "every command states a line"
    wrong = list(wrongs_of(Walk(tmp_path, monkeypatch, capsys), steps))
    assert not wrong, "\n".join(wrong)


def test_both_guides_hold_the_same_commands_and_lines() -> None:
    vietnamese, english = (steps_of(guide.read_text("utf-8")) for guide in (VIETNAMESE, ENGLISH))
    assert english == vietnamese


def test_a_wrong_line_or_a_wrong_code_in_the_guide_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = "```sh run province\nexport COMMUNE_HUB_FOLDER=hub\n"
    true = f"{begun}commune-hub unit add 03390 Xã\n# → unit=03390  …\n"
    planted = f"{true}# → unit=03391  …\ncommune-hub status 99999\n# mã thoát: 0\n```\n"
    found = list(wrongs_of(Walk(tmp_path, monkeypatch, capsys), steps_of(planted)))
    assert ["did not say: unit=03391" in found[0], "ended with 3" in found[1], len(found)] == [True, True, 2]
    with pytest.raises(AssertionError, match="neither runs nor names"):
        steps_of("```\ncommune-hub verify\n```\n")


@pytest.mark.parametrize("guide", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_what_is_not_run_here_is_run_by_the_test_that_is_named(guide: Path) -> None:
    for step in steps_of(guide.read_text("utf-8")):
        if step.test:
            text = (ROOT / step.test).read_text("utf-8")
            words = [word for word in path_of(step.command) if word not in PROGRAMS]
            assert all(word in text for word in words), f"{step.test} knows nothing of {step.command}"


def path_of(command: str) -> list[str]:
    """The program and its sub-commands in a command; a package's or a setup's is its first words."""
    program, *words = shlex.split(command)
    grammar = PROGRAMS.get(program)
    if grammar is None:
        return ["/CONFIG="] if program == "setup.exe" else ["apt-get", "install"]
    found = [program]
    while True:
        choices = next(
            (one.choices for one in grammar._actions if isinstance(one, argparse._SubParsersAction)), {}
        )
        if not (words and words[0] in choices):
            return found
        grammar = choices[words[0]]
        found.append(words.pop(0))


@pytest.mark.parametrize("guide", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_commands_in_sentences_are_right_and_are_tried(
    guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = guide.read_text("utf-8")
    fenced = {tuple(path_of(step.command)) for step in steps_of(text) if step.command.startswith("commune-")}
    commands = INLINE.findall(FENCE.sub("", text))
    assert len(commands) > 40
    for command in commands:
        program, *words = shlex.split(command)
        assert tuple(path_of(command)) in fenced, f"nothing tries {command}"
        try:
            PROGRAMS[program].parse_args(["3" if word == "N" else word for word in words])
        except SystemExit:
            pytest.fail(f"{command}: {capsys.readouterr().err}")


@pytest.mark.parametrize("guide", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_its_pictures_are_there_and_small(guide: Path) -> None:
    from tests.support.pictures.guide import MOST_BYTES, SHOWN

    shown = [(GUIDES / path).resolve() for _, path in PICTURE.findall(guide.read_text("utf-8"))]
    assert {path.stem for path in shown} == set(SHOWN)
    assert [path.name for path in shown if path.stat().st_size > MOST_BYTES] == []
    kept = {path.stem for path in (ROOT / "docs" / "pictures" / "guide").iterdir()}
    assert kept == set(SHOWN), "a picture that nobody shows"


def test_words_in_quotes_are_the_words_of_the_product() -> None:
    sources = [*(ROOT / "counter_app").rglob("*.py"), *(ROOT / "installers").rglob("*.nsi")]
    product = "\n".join(path.read_text("utf-8") for path in sources)
    said = [words for words in QUOTED.findall(VIETNAMESE.read_text("utf-8")) if words not in product]
    assert said == [], "pages do not say that"
