"""The child is asked in limited time, killed when it hangs, and never shown a secret in the open."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.devices.tokens import keeper
from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.keeper import TokenChild
from counter_app.devices.tokens.messages import MAX_LINE, ListTokens, SignedFile, SignFile, Token, TokensFound
from counter_app.devices.tokens.ports import ChildTokens, FileToSign, TokenPin, sign_lot
from tests.support import soft_token
from tests.support.soft_token import NOON, PIN, a_pdf
from tests.unit.devices.tokens.conftest import PERSON, mark

SECRET = "7319-4482"


def a_child(script: str) -> TokenChild:
    """A stand-in for the child that does what the script says."""
    return TokenChild(command=(sys.executable, "-c", f"import sys, time\n{script}"))


def code_of(child: TokenChild, seconds: float = 10.0) -> str:
    with child, pytest.raises(TokenFault) as told:
        child.ask(ListTokens(), TokensFound, seconds)
    return told.value.code


def test_a_child_that_hangs_is_killed() -> None:
    child = a_child("time.sleep(600)")
    with child:
        process = child._process
        assert process is not None
        with pytest.raises(TokenFault) as told:
            child.ask(ListTokens(), TokensFound, 0.2)
        assert told.value.code == "token.hangs"
        assert process.poll() == -signal.SIGKILL
        with pytest.raises(TokenFault) as told:
            child.ask(ListTokens(), TokensFound, 0.2)
        assert told.value.code == "token.died"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("sys.exit(1)", "token.died"),
        ("sys.stdin.readline(); print('not an answer')", "token.died"),
        ("sys.stdin.readline(); print('{\"type\":\"opened\"}')", "order.wrong"),
        ("sys.stdin.readline(); print('{\"type\":\"failed\",\"code\":\"pin.locked\"}')", "pin.locked"),
        ("sys.stdin.readline(); print('{\"type\":\"failed\",\"code\":\"unheard of\"}')", "token.failed"),
        (f"sys.stdin.readline(); print('x' * {MAX_LINE + 70_000}); sys.stdout.flush(); time.sleep(60)",
         "token.died"),
    ],
)  # fmt: skip
def test_answers_that_are_none(script: str, code: str) -> None:
    assert code_of(a_child(script)) == code


def test_a_program_that_cannot_be_started() -> None:
    with pytest.raises(TokenFault) as told, TokenChild(command=("/no/such/program",)):
        pass
    assert told.value.code == "token.died"


def test_the_child_ends_when_the_program_lets_go() -> None:
    child = TokenChild()
    with child:
        process = child._process
        assert process is not None
        assert process.poll() is None
    assert process.poll() == 0


def test_an_order_that_is_none_ends_the_child() -> None:
    done = subprocess.run(
        [sys.executable, "-m", keeper.CHILD], input=b"{}\n{}\n", capture_output=True, timeout=60, check=True
    )
    assert done.stdout == b'{"type":"failed","code":"order.wrong"}\n'
    assert done.stderr == b""


def test_the_pin_is_overwritten_and_nowhere_to_be_seen(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    child = a_child(
        f"heard = sys.stdin.readline() + sys.stdin.readline()\nopen({str(heard)!r}, 'w').write(heard)\n"
        'print(\'{"type":"opened"}\'); sys.stdout.flush(); sys.stdin.read()'
    )
    with child:
        process = child._process
        assert process is not None
        sent: list[bytearray] = []
        really = child._send

        def kept(order: object, pin: bytearray | None) -> None:
            assert pin is not None
            sent.append(pin)
            really(order, pin)  # type: ignore[arg-type]

        child._send = kept  # type: ignore[method-assign]
        child.open("token", SECRET)
        arguments = Path(f"/proc/{process.pid}/cmdline")
        if arguments.exists():
            told = arguments.read_bytes() + Path(f"/proc/{process.pid}/environ").read_bytes()
            assert SECRET.encode() not in told
    assert sent == [bytearray(len(SECRET))]
    order, pin = heard.read_text(encoding="utf-8").splitlines()
    assert SECRET not in order
    assert pin == SECRET


def test_signing_stays_out_of_the_program(tmp_path: Path) -> None:
    """What the program imports for the port brings neither pyHanko nor PKCS#11 nor reportlab."""
    script = (
        "import sys; import counter_app.devices.tokens.ports, counter_app.devices.tokens.certificates\n"
        "print([name for name in ('pyhanko', 'pkcs11', 'reportlab', 'asn1crypto', 'lxml', 'PySide6')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_a_library_prints_never_reaches_the_answers() -> None:
    script = (
        "import os, ctypes; from counter_app.devices.tokens.child import _own_output\n"
        "say = _own_output(); os.write(1, b'noise of a vendor'); os.write(2, b'more'); say(b'answer')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (b"answer", b"")


def test_a_child_killed_in_the_midst_spoils_no_file(
    tokens: ChildTokens, listed: Token, tmp_path: Path
) -> None:
    asked = SignFile(
        source=a_pdf(tmp_path / "a.pdf", pages=40), target=str(tmp_path / "b.pdf"),
        marks=(mark(listed, PERSON),), at=NOON,
    )  # fmt: skip
    with TokenChild(soft_token.module_path()) as child:
        child.open(listed.serial, PIN)
        child.ask(asked, SignedFile, 60)
        before = (tmp_path / "b.pdf").read_bytes()
        process = child._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(TokenFault) as told:
            child.ask(asked, SignedFile, 60)
    assert told.value.code == "token.died"
    assert (tmp_path / "b.pdf").read_bytes() == before
    again = FileToSign(asked.source, asked.target, asked.marks, NOON)
    (result,) = sign_lot(tokens, [again], [TokenPin(listed.serial, PIN)])
    assert result.fault is None
