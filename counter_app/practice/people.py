"""Officials of the practice commune. The names are plainly practice names; so are the passwords."""

from __future__ import annotations

from counter_app.domain.organisation import roles
from counter_app.services.session.accounts import NewOfficial

PASSWORD = "tap huan 2026"
PIN = "246810"
HINT = f"Tập huấn: mật khẩu “{PASSWORD}”, PIN {PIN}"

CHAIRMAN = "chien"
SIGNER = "thang"
REGISTRAR = "hoa"
CLERK = "mai"
TECHNICIAN = "kythuat"

STAFF: tuple[NewOfficial, ...] = (
    NewOfficial("Giàng A Chiến (tập huấn)", "Chủ tịch", (roles.CHAIRMAN,), CHAIRMAN, PASSWORD, PIN),
    NewOfficial(
        "Vàng Văn Thăng (tập huấn)", "Phó Chủ tịch", (roles.DIRECTOR, roles.SIGNATORY), SIGNER, PASSWORD, PIN
    ),
    NewOfficial(
        "Lò Thị Hoa (tập huấn)", "Công chức tư pháp - hộ tịch", (roles.REGISTRAR,), REGISTRAR, PASSWORD, PIN
    ),
    NewOfficial(
        "Lù Thị Mai (tập huấn)", "Công chức một cửa", (roles.INTAKE, roles.CASHIER), CLERK, PASSWORD, PIN
    ),
    NewOfficial("Kỹ thuật viên (tập huấn)", "Kỹ thuật viên", (roles.TECHNICIAN,), TECHNICIAN, PASSWORD, PIN),
)
"""Recorded in this order on the founding counter; the same people have accounts on every other."""
