"""Names of accounts: short, plain, typed on any keyboard."""

from __future__ import annotations

import re

from counter_app.domain.fold_text import fold

MOST_LOGIN = 20
_LOGIN = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{MOST_LOGIN - 1}}}")


def is_login(text: str) -> bool:
    """True for small letters without marks, digits, dots and hyphens, at most ``MOST_LOGIN`` of them."""
    return _LOGIN.fullmatch(text) is not None


def login_of(name: str) -> str:
    """A proposal for the account's name: the given name and the initials, without diacritics."""
    words = fold(name).split()
    plain = [re.sub(r"[^a-z0-9]", "", word) for word in words]
    if not plain or not plain[-1]:
        return ""
    return (plain[-1] + "".join(word[:1] for word in plain[:-1]))[:MOST_LOGIN]
