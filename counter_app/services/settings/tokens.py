"""Signing tokens of this PC: the technician's module, the time-stamping service, the trusted roots."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from counter_app.devices.tokens.messages import Inspected, SignedFile, Token
from counter_app.devices.tokens.modules import known_vendors, modules_here, usual_folders
from counter_app.devices.tokens.ports import ChildTokens, SigningSession, TokenPin
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.settings import MOST_PATH, TokenSettings
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

MODULE, TSA, ROOTS = "token.module", "token.tsa", "token.roots"
BETWEEN: Final = ";"
"""Between two files of trusted roots."""


def read(connection: Connection) -> TokenSettings:
    """What the technician set, "" for what he never did; the modules that lie on this PC are offered."""
    offered = tuple(found.path for found in modules_here(known_vendors(), usual_folders()))
    module, tsa, roots = (device.setting(connection, name) for name in (MODULE, TSA, ROOTS))
    return TokenSettings(module, tsa, roots, offered)


def keep(work: Workplace, desk: Desk, settings: TokenSettings) -> None:
    """Keep them: the module is a program that will run here, so that only the technician names it.

    Raises DomainError ``role.*``, ``session.*``, ``token.path``, ``token.tsa``.
    """
    roles.require(desk.require(), roles.MANAGE_DEVICES)
    values = {MODULE: _path(settings.module, "module"), TSA: _address(settings.tsa)}
    values[ROOTS] = _path(settings.roots, "roots")
    with work.store.write() as connection:
        for name, value in values.items():
            device.put_setting(connection, name, value)
    work.changed("settings", "signing")


def roots_of(words: str) -> tuple[str, ...]:
    """The files of trusted roots one by one."""
    return tuple(part.strip() for part in words.split(BETWEEN) if part.strip())


@dataclass(frozen=True)
class TokensBySettings:
    """Implements ``SigningTokens`` as the settings stand at each call: no restart after a change.

    pyHanko and the vendor's library live in the child alone; this process never imports them.
    """

    work: Workplace

    def _child(self) -> ChildTokens:
        with self.work.store.read() as connection:
            module, tsa, roots = (device.setting(connection, name) for name in (MODULE, TSA, ROOTS))
        return ChildTokens(module, tsa, roots_of(roots))

    def tokens(self) -> tuple[Token, ...]:
        """Tokens in the readers with their certificates. Raises ``TokenFault``."""
        return self._child().tokens()

    def session(self, pins: Sequence[TokenPin]) -> AbstractContextManager[SigningSession]:
        """Sign in to a lot's tokens. Raises ``TokenFault``."""
        return self._child().session(pins)

    def stamp(self, source: str, target: str) -> SignedFile:
        """A time-stamp for a signed file, later. Raises ``TokenFault``."""
        return self._child().stamp(source, target)

    def inspect(self, path: str, at: int) -> Inspected:
        """Who signed a file and whether it is as signed. Raises ``TokenFault``."""
        return self._child().inspect(path, at)


def _path(typed: str, field: str) -> str:
    path = typed.strip()
    if len(path) > MOST_PATH or any(unicodedata.category(sign) == "Cc" for sign in path):
        raise DomainError(
            "Đường dẫn quá dài hoặc có ký tự lạ.", remedy="Chép lại đường dẫn của tệp.", field=field,
            code="token.path", title_en="The path is too long or has strange characters.",
            remedy_en="Copy the path of the file again.",
        )  # fmt: skip
    return path


def _address(typed: str) -> str:
    address = typed.strip()
    if address and not address.startswith(("http://", "https://")):
        raise DomainError(
            "Địa chỉ cấp dấu thời gian phải bắt đầu bằng http:// hoặc https://.",
            remedy="Chép lại địa chỉ nơi cấp, hoặc để trống.", field="tsa", code="token.tsa",
            title_en="The address of the time-stamping service must begin with http:// or https://.",
            remedy_en="Copy the address again, or leave it empty.",
        )  # fmt: skip
    return _path(address, "tsa")
