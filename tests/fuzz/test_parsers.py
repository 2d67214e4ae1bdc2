"""Every parser that strangers feed, under bent examples: refused in words or read, never anything else.

The small size of ``make test``; ``make fuzz`` runs the long one, chosen by coverage.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.protocol.naming import keys
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.refusals import NotAuthentic, Refusal
from tests.fuzz.every import TARGETS
from tests.fuzz.mutating import Mutator
from tests.fuzz.running import Fault, run_own
from tests.fuzz.target import Target, signatures_hold, tried

RUNS = 1_500
FINDS = sorted((Path(__file__).parent / "finds").glob("*.hex"))
"""Bytes that once broke the target whose name they bear."""
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.mark.parametrize("name", TARGETS)
def test_bent_examples_are_refused_or_read(name: str) -> None:
    target = TARGETS[name]
    done = run_own(target, max(RUNS // target.weight, 12))
    assert done.executed > 12


@pytest.mark.parametrize("name", TARGETS)
def test_an_example_is_read_as_it_stands(name: str) -> None:
    """A corpus that is refused at the door reaches nothing behind it."""
    target = TARGETS[name]
    with target.around():
        act = target.make()
        assert any(tried(target, act, example) for example in target.corpus())


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find.stem)
def test_what_once_broke_a_parser_is_answered_now(find: Path) -> None:
    target = TARGETS[find.stem.partition("--")[0]]
    with target.around():
        tried(target, target.make(), bytes.fromhex(find.read_text("ascii")))


def _dies_on_a_bar(data: bytes) -> None:
    if not data.startswith(b"a"):
        raise Refusal
    if b"|" in data:
        raise ZeroDivisionError


def test_a_parser_with_a_fault_is_found_and_the_bytes_are_told() -> None:
    weak = Target("weak", lambda: _dies_on_a_bar, lambda: [b"abcdef"], (Refusal,), (b"|",))
    with pytest.raises(Fault, match="ZeroDivisionError") as found:
        run_own(weak, 2_000)
    assert b"|" in found.value.data


def test_the_same_seed_bends_alike() -> None:
    one, again, other = (Mutator([b"xin chao"], seed) for seed in (1, 1, 2))
    first = [one.bent() for _ in range(50)]
    assert first == [again.bent() for _ in range(50)] != [other.bent() for _ in range(50)]


def test_stubbed_signatures_are_real_again_afterwards() -> None:
    from sync.protocol.naming import grants

    key = SigningKey(bytes([1]) * 32)
    with signatures_hold():
        grants.verify(key.public, Purpose.GRANT, b"a", bytes(64))
    assert grants.verify is keys.verify
    with pytest.raises(NotAuthentic):
        grants.verify(key.public, Purpose.GRANT, b"a", bytes(64))
