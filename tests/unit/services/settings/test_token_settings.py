"""How a PC signs files: the technician alone says which library runs here."""

from __future__ import annotations

import subprocess
import sys

import pytest

from counter_app.devices.tokens.faults import TokenFault
from counter_app.domain.errors import DomainError
from counter_app.services.ports.settings import MOST_PATH, TokenSettings
from counter_app.services.settings.tokens import TokensBySettings, roots_of
from tests.support.counter import CLERK, TECHNICIAN, Counter

SET = TokenSettings("/opt/token/lib.so", "https://tsa.example.vn", "a.pem; b.pem")


def test_the_technician_sets_and_everybody_reads(counter: Counter) -> None:
    counter.sign_in(TECHNICIAN)
    counter.areas.settings.keep_tokens(SET)
    kept = counter.areas.settings.tokens()
    assert (kept.module, kept.tsa, kept.roots) == (SET.module, SET.tsa, SET.roots)
    assert roots_of(kept.roots) == ("a.pem", "b.pem")


def test_nobody_else_names_a_library_that_will_run_here(counter: Counter) -> None:
    counter.sign_in(CLERK)
    with pytest.raises(DomainError) as told:
        counter.areas.settings.keep_tokens(SET)
    assert told.value.code.startswith("role.")
    assert counter.areas.settings.tokens().module == ""


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (TokenSettings(module="x" * (MOST_PATH + 1)), "token.path", "module"),
        (TokenSettings(module="a\nb"), "token.path", "module"),
        (TokenSettings(tsa="ftp://tsa"), "token.tsa", "tsa"),
        (TokenSettings(roots="a\x00b"), "token.path", "roots"),
    ],
)
def test_what_is_no_path_or_address_is_refused(
    counter: Counter, wrong: TokenSettings, code: str, field: str
) -> None:
    counter.sign_in(TECHNICIAN)
    with pytest.raises(DomainError) as told:
        counter.areas.settings.keep_tokens(wrong)
    assert (told.value.code, told.value.field) == (code, field)


def test_without_a_module_the_desk_says_who_helps(counter: Counter) -> None:
    with pytest.raises(TokenFault) as told:
        TokensBySettings(counter.work).tokens()
    assert told.value.code == "token.module_missing"
    assert "Kỹ thuật viên" in told.value.remedy


def test_the_program_itself_never_loads_what_signs() -> None:
    words = (
        "import sys, counter_app.composition.wiring, counter_app.services.settings.tokens;"
        " sys.exit(any(name.partition('.')[0] in ('pyhanko', 'pkcs11') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", words], timeout=60, check=False).returncode == 0
