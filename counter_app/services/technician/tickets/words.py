"""Words about tickets and requests from afar."""

from __future__ import annotations

from typing import Final

from counter_app.domain.tickets import entries as kinds
from counter_app.domain.tickets.state import ASKED, AfarState
from counter_app.services.ports.saying import counted, say

_SCREENS: Final = {
    "home": ("Bàn làm việc", "Home"),
    "intake": ("Tiếp nhận hồ sơ", "Intake"),
    "copies": ("Chứng thực", "Certified copies"),
    "groups": ("Chứng thực theo nhóm", "Groups"),
    "signing": ("Ký duyệt", "Signing"),
    "handover": ("Trả kết quả", "Handing over"),
    "dossiers": ("Hồ sơ", "Dossiers"),
    "dossier": ("Hồ sơ", "Dossier"),
    "online": ("Hồ sơ trực tuyến", "Online dossiers"),
    "search": ("Tra cứu", "Search"),
    "registers": ("Sổ và báo cáo", "Registers"),
    "receipts": ("Biên lai", "Receipts"),
    "cash": ("Chốt quỹ", "Cash"),
    "sync": ("Đồng bộ với tỉnh", "Exchange"),
    "prints": ("Bản in", "Prints"),
    "people": ("Cán bộ", "Officials"),
    "settings": ("Cài đặt", "Settings"),
    "technician": ("Tự kiểm tra", "Self-test"),
    "printers": ("Máy in", "Printers"),
    "scanner": ("Máy quét", "Scanner"),
    "tokens": ("Thẻ ký số", "Tokens"),
    "backups": ("Sao lưu", "Backups"),
}

_WISHES: Final = {
    kinds.DOCTOR: ("chạy tự kiểm tra", "run the self-test"),
    kinds.BUNDLE: ("gửi gói chẩn đoán", "send a diagnostics bundle"),
    kinds.CATALOGUE: ("đọc lại danh mục của tỉnh", "read the province's catalogue again"),
}


def screen_words(screen: str) -> str:
    """A page's name for people; its code where it is not known, "" for none."""
    return say(*_SCREENS[screen]) if screen in _SCREENS else screen


def wish_words(wish: str) -> str:
    """What is asked for; one that this program does not know in its own letters."""
    return say(*_WISHES[wish]) if wish in _WISHES else say(f"việc lạ ({wish})", f"something unknown ({wish})")


def outcome_words(state: AfarState) -> str:
    """What became of a request."""
    match state.status:
        case kinds.DONE if state.wish == kinds.CATALOGUE:
            return say(f"Đã đọc lại {state.items} mục.", f"{counted(state.items, 'set', 'sets')} read again.")
        case kinds.DONE:
            return say("Đã làm và trả lời tỉnh.", "Done and answered.")
        case kinds.UNKNOWN:
            return say("Không hiểu: bản chương trình này chưa biết việc đó. Đã trả lời tỉnh.",
                       "Not understood: this version does not know it. Answered so.")  # fmt: skip
        case kinds.LAPSED:
            return say("Quá hạn, không làm nữa.", "Lapsed; not done any more.")
        case status if status == ASKED:
            return say("Máy tự làm lúc rảnh.", "Done by itself when nobody is at work.")
        case _:
            return say("Không làm được; đã báo tỉnh.", "It failed; the province was told.")
