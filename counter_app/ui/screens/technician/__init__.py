"""The technician's pages (``ux.md`` 4.11): self-test, printers, scanner, tokens, LAN, backups, enrolment.

No personal data on any of them. A technician's rail shows each page; whoever else may look has one line
there, and Enter on a result leads to its page.
"""

from __future__ import annotations

from counter_app.domain.organisation import roles
from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView

_OWN = frozenset({roles.TECHNICIAN})
_OTHERS = frozenset(roles.ROLES) - _OWN


def _load_self_test(context: ScreenContext) -> ScreenView:
    from .self_test import SelfTestView

    return SelfTestView(context)


def _load_printers(context: ScreenContext) -> ScreenView:
    from .printers import PrintersView

    return PrintersView(context)


def _load_scanner(context: ScreenContext) -> ScreenView:
    from .scanner import ScannerView

    return ScannerView(context)


def _load_tokens(context: ScreenContext) -> ScreenView:
    from .tokens import TokensView

    return TokensView(context)


def _load_lan(context: ScreenContext) -> ScreenView:
    from .lan import LanPage

    return LanPage(context)


def _load_line(context: ScreenContext) -> ScreenView:
    from .line import LinePage

    return LinePage(context)


def _load_backups(context: ScreenContext) -> ScreenView:
    from .backups import BackupsView

    return BackupsView(context)


def _load_tickets(context: ScreenContext) -> ScreenView:
    from .tickets import TicketsPage

    return TicketsPage(context)


def _load_enrolment(context: ScreenContext) -> ScreenView:
    from .enrolment import EnrolmentPage

    return EnrolmentPage(context)


OWN: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        name="technician",
        title=translated("Tự kiểm tra"),
        permission="technician",
        shortcut="F2",
        icon="stethoscope",
        load=_load_self_test,
        roles=_OWN,
    ),
    ScreenEntry(
        name="printers",
        title=translated("Máy in"),
        permission="technician",
        shortcut="",
        icon="printer",
        load=_load_printers,
        roles=_OWN,
    ),
    ScreenEntry(
        name="scanner",
        title=translated("Máy quét"),
        permission="technician",
        shortcut="",
        icon="scan",
        load=_load_scanner,
        roles=_OWN,
    ),
    ScreenEntry(
        name="tokens",
        title=translated("Thẻ ký số"),
        permission="technician",
        shortcut="",
        icon="key",
        load=_load_tokens,
        roles=_OWN,
    ),
    ScreenEntry(
        name="lan",
        title=translated("Mạng nội bộ"),
        permission="technician",
        shortcut="",
        icon="wifi",
        load=_load_lan,
        roles=_OWN,
    ),
    ScreenEntry(
        name="line",
        title=translated("Đường truyền tỉnh"),
        permission="technician",
        shortcut="",
        icon="cloud",
        load=_load_line,
        roles=_OWN,
    ),
    ScreenEntry(
        name="backups",
        title=translated("Sao lưu, khôi phục"),
        permission="technician",
        shortcut="",
        icon="database",
        load=_load_backups,
        roles=_OWN,
    ),
    ScreenEntry(
        name="enrolment",
        title=translated("Đăng ký, thay máy"),
        permission="technician",
        shortcut="",
        icon="device-desktop",
        load=_load_enrolment,
        roles=_OWN,
    ),
)
"""The technician's own rail, in its order."""

TICKETS = ScreenEntry(
    name="tickets",
    title=translated("Báo sự cố"),
    permission="",
    shortcut="",
    icon="lifebuoy",
    load=_load_tickets,
    group=1,
    roles=_OWN,
)
"""On the technician's rail; everybody else comes here from the help (F1)."""

ENTRY = ScreenEntry(
    name="technician",
    title=translated("Kỹ thuật viên"),
    permission="technician",
    shortcut="",
    icon="tools",
    load=_load_self_test,
    group=1,
    roles=_OTHERS,
)
"""One line for whoever else may look."""
