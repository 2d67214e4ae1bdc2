"""A ports' stand-in for the page of tickets: what was asked of it, what it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.services.ports.tickets import AfarView, TicketDone, TicketForm, TicketsView, TicketView

MORNING = 1_795_145_400_000
TICKETS = TicketsView(
    tickets=(
        TicketView(
            "SC-1-1-204", "answered", "copies", "in lời chứng\nmáy in kẹt giấy, báo E05", MORNING, "QUẦY-01",
            "đã ở tỉnh", ((MORNING + 3_600_000, "Mở nắp sau, rút giấy kẹt; chiều nay có người xuống."),),
        ),
        TicketView(
            "SC-2-1-77", "open", "sync", "không thấy tỉnh từ sáng", MORNING, "QUẦY-02", "chờ gửi", ()
        ),
        TicketView(
            "SC-1-1-12", "closed", "scanner", "máy quét đọc ra chữ Â", MORNING, "QUẦY-01", "đã ở tỉnh"
        ),
    ),
    afar=(
        AfarView("chạy tự kiểm tra", "xem ổ đĩa", MORNING, "Máy tự làm lúc rảnh.", True),
        AfarView("gửi gói chẩn đoán", "", MORNING, "Đã làm và trả lời tỉnh.", False),
    ),
    support="Hỗ trợ tập huấn 0213 000 000",
)  # fmt: skip


class FakeTickets:
    """Implements ``TicketsPort``."""

    def __init__(self, view: TicketsView = TICKETS, refused: BaseException | None = None) -> None:
        self.shown, self.refused = view, refused
        self.broken: BaseException | None = None
        self.calls: list[tuple[Any, ...]] = []

    def view(self) -> TicketsView:
        if self.broken is not None:
            raise self.broken
        return self.shown

    def keep_draft(self, form: TicketForm) -> None:
        self.calls.append(("draft", form))
        self.shown = replace(self.shown, draft=form if form.words else None)

    def open_ticket(self, form: TicketForm) -> TicketDone:
        self.calls.append(("open", form))
        if self.refused is not None:
            raise self.refused
        return TicketDone("SC-1-1-300", "Đã ghi phiếu SC-1-1-300.")

    def write_bundle(self, folder: str) -> str:
        self.calls.append(("bundle", folder))
        if self.refused is not None:
            raise self.refused
        return f"{folder}/chan-doan.zip"
