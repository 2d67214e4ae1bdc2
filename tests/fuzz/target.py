"""What is fuzzed: one parser, examples of what it reads, and what it may answer. Anything else is a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

from sync.protocol.meeting import pairing
from sync.protocol.naming import keys

Act = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """``make`` builds the act once, inside ``around``; the act takes bytes, raises ``expected`` or nothing.

    ``goal`` is how often quality.md (R8) wants it run on demand, ``weight`` how dear one run is (1: some
    microseconds; the small size in tests is divided by it). ``instrumented`` False: no coverage is measured.
    """

    name: str
    make: Callable[[], Act]
    corpus: Callable[[], list[bytes]]
    expected: tuple[type[Exception], ...]
    tokens: tuple[bytes, ...] = ()
    around: Callable[[], AbstractContextManager[object]] = nullcontext
    goal: int = 10_000_000
    weight: int = 1
    instrumented: bool = True
    modules: tuple[str, ...] = field(default=("sync", "counter_app.domain"))


def tried(target: Target, act: Act, data: bytes) -> bool:
    """True when ``data`` was read, False when refused as it should be. Raises whatever else came."""
    try:
        act(data)
    except target.expected:
        return False
    return True


@contextmanager
def signatures_hold() -> Iterator[None]:
    """Every Ed25519 signature and every request's tag is taken for good: what lies behind them is reached."""
    stubs = {keys.verify: lambda *_, **__: None, pairing.check_tag: lambda *_, **__: None}
    changed = []
    for module in [one for name, one in sys.modules.items() if name.startswith("sync.")]:
        for name, value in list(vars(module).items()):
            for real, stub in stubs.items():
                if value is real:
                    changed.append((module, name, real))
                    setattr(module, name, stub)
    try:
        yield
    finally:
        for module, name, real in changed:
            setattr(module, name, real)
