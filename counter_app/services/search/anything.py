"""Search from anywhere (Ctrl+K) and what a scan means (``ux.md`` 4.7, principle 3)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.collation import given_name_key
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold
from counter_app.domain.money.state import ReceiptState
from counter_app.services.groups.handing import group_of_code
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.saying import say, spoken
from counter_app.services.search import dossier_hits
from counter_app.services.search.resolve import request_of
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.search import Hit, search
from sync.protocol.naming.ids import EntryId

COMMANDS = (
    ("home", ("Bàn làm việc", "Home"), "F2"),
    ("intake", ("Tiếp nhận hồ sơ", "Intake of dossiers"), "F3"),
    ("copies", ("Chứng thực bản sao", "Certified copies"), "F4"),
    ("groups", ("Nhóm chứng thực (trường học)", "Certification for a group (school)"), ""),
    ("handover", ("Trả kết quả", "Return of results"), "F6"),
    ("dossiers", ("Hồ sơ giải quyết", "Dossiers in work"), ""),
    ("online", ("Trực tuyến chờ tiếp nhận", "Online dossiers"), ""),
    ("signing", ("Trình ký, bàn ký", "Signing"), "F7"),
    ("registers", ("Sổ và báo cáo", "Registers and reports"), ""),
    ("people", ("Cán bộ", "Officials"), ""),
    ("cash", ("Chốt quỹ ngày", "Day closing"), ""),
    ("receipts", ("Biên lai", "Receipts"), ""),
    ("pen", ("Quyền cấp số và sổ", "Pen and registers"), ""),
    ("sync", ("Đồng bộ với tỉnh", "Sync with the province"), ""),
    ("prints", ("Bản in đang chờ", "Waiting prints"), ""),
    ("arrival", ("Tiếp nhận sổ đang dùng", "Books in use taken over"), ""),
    ("technician", ("Kỹ thuật viên, tự kiểm tra", "Technician, self-test"), ""),
    ("tickets", ("Báo sự cố", "Report trouble"), ""),
    ("contradictions", ("Đối chiếu việc trùng", "Contradictions"), ""),
    ("reads", ("Ai đã xem dữ liệu", "Who looked at data"), ""),
    ("settings", ("Cài đặt", "Settings"), ""),
)
_GROUPS = {
    "person": "person",
    "request": "request",
    "line": "number",
    "receipt": "request",
    "refusal": "request",
}
_TARGETS = {
    "person": "copies",
    "request": "handover",
    "line": "registers",
    "receipt": "handover",
    "refusal": "search",
}


def find(connection: Connection, work: Workplace, text: str, limit: int) -> tuple[SearchHit, ...]:
    """Hits by group: people by given name, then requests, numbers, commands. Never raises."""
    found = [_hit(connection, work, hit) for hit in search(connection, text, limit)]
    one = request_of(connection, work, text)
    if one is not None and all(hit.subject != one for hit in found):
        row = work.state(connection, one)
        found.insert(0, SearchHit("request", row.requester.name, row.code, "handover", one))
    named = dossier_hits.by_code(connection, work, text)
    if named is not None and all(hit.subject != named.subject for hit in found):
        found.insert(0, named)
    people = sorted(
        (hit for hit in found if hit.group == "person"), key=lambda hit: given_name_key(hit.title)
    )
    rest = [hit for group in ("dossier", "request", "number") for hit in found if hit.group == group]
    last = [*_commands(text), *dossier_hits.procedures(connection, work, text)]
    return tuple([*people, *rest, *last][:limit])


def _hit(connection: Connection, work: Workplace, hit: Hit) -> SearchHit:
    """A hit of the index; a receipt leads to its request, for that is what is handed over."""
    if hit.kind == dossier_hits.DOSSIER:
        return dossier_hits.hit_of(connection, hit)
    if hit.kind == "receipt":
        receipt: ReceiptState = work.state(connection, hit.subject)
        number = receipt.number
        name = (
            say(f"Biên lai {number}", f"Receipt {number}")
            if number
            else say("Phiếu thu tạm", "Provisional slip")
        )
        return SearchHit("request", f"{name} · {hit.second}", hit.title, "handover", receipt.request)
    return SearchHit(
        _GROUPS.get(hit.kind, "request"), hit.title, hit.second, _TARGETS.get(hit.kind, "search"), hit.subject
    )


def _commands(text: str) -> list[SearchHit]:
    words = fold(text).split()
    if not words:
        return []
    return [
        SearchHit("command", say(*titles), keys, screen)
        for screen, titles, keys in COMMANDS
        if any(all(word in fold(title) for word in words) for title in titles)
    ]


def scan(connection: Connection, work: Workplace, text: str) -> ScanResult:
    """What a scan is, from its content alone. Never raises."""
    found = classify_scan(text)
    if found.kind is ScanKind.IDENTITY_CARD:
        return _card(connection, found.text)
    if found.kind is ScanKind.PERSONAL_NUMBER:
        rows = unit_queries.people_with_number(connection, found.text)
        return ScanResult(
            "card", found.text, say("Số căn cước.", "An identity number."), rows[0].id if rows else None
        )
    if found.kind is ScanKind.COPY_QR:
        return ScanResult(
            "copy",
            found.text,
            say("Mã của bản sao chứng thực.", "The code of a certified copy."),
            request_of(connection, work, found.text),
        )
    if found.code is not None:
        subject = request_of(connection, work, found.text)
        if subject is None and (one := dossier_hits.scanned(connection, work, found.text)) is not None:
            return one
        if subject is None and (group := group_of_code(connection, work, found.text)) is not None:
            words = say(f"Phiếu nhóm: {group.name}.", f"The slip of a group: {group.name}.")
            return ScanResult("request", found.text, words, group.id)
        kind = "receipt" if found.kind is ScanKind.RECEIPT else "request"
        name = say("Phiếu thu", "Receipt") if kind == "receipt" else say("Phiếu", "Slip")
        short = f"{name} {found.code.short}"
        words = (
            f"{short}."
            if subject
            else say(f"{short} chưa có trên máy này.", f"{short} is not on this PC yet.")
        )
        return ScanResult(kind, found.text, words, subject)
    return ScanResult(
        "unknown", found.text,
        say("Chưa biết mã này. Quét mã trên phiếu, biên lai, bản sao hoặc thẻ.",
            "This code is not known. Scan a slip, a receipt, a copy or a card."),
    )  # fmt: skip


def _card(connection: Connection, text: str) -> ScanResult:
    try:
        card = parse_card_qr(text).card
    except DomainError as error:
        return ScanResult("unknown", text, error.words(spoken()).sentence)
    rows = unit_queries.people_with_number(connection, card.number)
    subject: EntryId | None = rows[0].id if rows else None
    return ScanResult(
        "card", text, say(f"Thẻ căn cước: {card.name}.", f"Identity card: {card.name}."), subject
    )
