"""One software token a run, copied for tests that break it; skipped in words where SoftHSM2 is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from counter_app.devices.tokens.messages import Box, Mark, Token
from counter_app.devices.tokens.ports import ChildTokens
from tests.support import soft_token
from tests.support.soft_token import SoftToken

PERSON, UNIT, ENDED, CURVE = "0a01", "0b02", "0c03", "0d04"
_2027 = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
PEOPLE = {
    PERSON: ("Người ký tập huấn", "UBND xã tập huấn", _2027, "rsa"),
    UNIT: ("UBND xã tập huấn", "UBND xã tập huấn", dt.datetime(2026, 12, 15, tzinfo=dt.UTC), "rsa"),
    ENDED: ("Người đã hết hạn tập huấn", "", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), "rsa"),
    CURVE: ("Người ký đường cong tập huấn", "", _2027, "ec"),
}


@pytest.fixture(scope="session")
def made_token(tmp_path_factory: pytest.TempPathFactory) -> SoftToken:
    """The token of this run."""
    if not soft_token.module_path():
        pytest.skip("SoftHSM2 is not here (apt-get install softhsm2): signing by a token is not tried")
    pytest.importorskip("pkcs11", reason="the extra `sign` is not installed")
    return soft_token.make_token(tmp_path_factory.mktemp("hsm") / "token", "Tap huan", PEOPLE)


@pytest.fixture
def token(made_token: SoftToken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """A copy of the token that this test may break, in its reader."""
    copied = made_token.copy(tmp_path / "token")
    monkeypatch.setenv("SOFTHSM2_CONF", str(copied.configuration))
    return copied


@pytest.fixture
def tokens(token: SoftToken, tmp_path: Path) -> ChildTokens:
    """The port over the software token; its root is trusted."""
    root = token.authority.write(tmp_path / "root.pem")
    return ChildTokens(soft_token.module_path(), roots=(root,))


@pytest.fixture
def listed(tokens: ChildTokens) -> Token:
    """The token as the program sees it."""
    (found,) = tokens.tokens()
    return found


def mark(token: Token, key_id: str, field: str = "NguoiKy", **more: Any) -> Mark:
    """A visible signature by the key with an id."""
    (certificate,) = [one for one in token.certificates if one.key_id == key_id]
    given: dict[str, Any] = {
        "lines": (certificate.subject, "Ngày ký: 23/11/2026 12:00"),
        "box": Box(page=0),
        **more,
    }
    return Mark(
        token=token.serial, key_id=key_id, fingerprint=certificate.fingerprint, field=field,
        name=certificate.subject, **given,
    )  # fmt: skip
