"""What may be done with a group: begin it, let persons join, end it."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.certification.entries import PAY_AT_RETURN, PAY_NOW, OriginalTaken
from counter_app.domain.certification.state import price
from counter_app.domain.codes import parse_provisional
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.groups.entries import EACH, ONE, GroupEnded, GroupTaken, MemberTaken
from counter_app.domain.groups.state import MAX_PEOPLE, GroupState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId


@dataclass(frozen=True, slots=True)
class Beginning:
    """A group as it stands when its first piece is written; ``digest`` is SHA-256 of the fixed list."""

    code: str
    daily: int
    day: int
    name: str
    bearer: str
    bearer_id: str
    phone: str
    papers: str
    planned: int
    pay: str
    receipt: str
    slip: str
    digest: bytes
    salt: bytes


def begin_group(of: Beginning) -> Draft:
    """The entry that begins a group.

    Raises DomainError ``group.name``, ``group.empty``, ``group.size``, ``group.choice`` or ``code.wrong``.
    """
    name = " ".join(nfc(of.name).split())
    if not name:
        raise DomainError(
            "Nhập tên trường hoặc đơn vị.", field="name", code="group.name",
            title_en="Type the name of the school or body.",
        )  # fmt: skip
    check_size(of.planned)
    if of.pay not in (PAY_NOW, PAY_AT_RETURN) or {of.receipt, of.slip} - {ONE, EACH}:
        raise DomainError(
            "Chọn lúc thu tiền, cách lập biên lai và phiếu.", code="group.choice",
            title_en="Choose when to take the money, and how receipts and slips are made.",
        )  # fmt: skip
    parse_provisional(of.code)
    body = GroupTaken(
        of.code, of.daily, of.day, name, " ".join(nfc(of.bearer).split()), of.bearer_id.strip(),
        of.phone.strip(), of.papers, of.planned, of.pay, of.receipt, of.slip, of.digest, of.salt,
    )  # fmt: skip
    return draft(body, SELF)


def check_size(people: int) -> None:
    """1-500 persons, else DomainError ``group.empty`` or ``group.size``."""
    if people < 1:
        raise DomainError(
            "Chưa có ai được đánh dấu đã đối chiếu.", remedy="Space ở từng dòng khi đã đối chiếu bản chính.",
            code="group.empty", title_en="Nobody is ticked as compared.",
            remedy_en="Space at each row once its originals are compared.",
        )  # fmt: skip
    if people > MAX_PEOPLE:
        raise DomainError(
            f"Một nhóm nhiều nhất {MAX_PEOPLE} người, danh sách có {people}.",
            remedy="Chia thành nhiều nhóm, ví dụ theo lớp.", code="group.size",
            title_en=f"A group has at most {MAX_PEOPLE} persons; the list has {people}.",
            remedy_en="Split it, for instance by class.",
        )  # fmt: skip


def join_group(
    group: EntryId, request: EntryId, line: int, label: str, taken: tuple[OriginalTaken, ...]
) -> Draft:
    """The entry that ties a request to a line of the list; both ids may be ``pending(i)``."""
    copies = sum(one.copies for one in taken)
    body = MemberTaken(line, nfc(label).strip()[:120], len(taken), copies, sum(price(one) for one in taken))
    return draft(body, group, request)


def end_group(group: EntryId, planned: int, taken: int, ground: str) -> Draft:
    """The entry that ends a group with ``taken`` persons; fewer than planned need a ground.

    Raises DomainError ``group.ground``.
    """
    if taken < planned and not ground.strip():
        raise DomainError(
            f"Mới ghi {taken} trong {planned} người. Ghi lý do kết thúc.", field="ground",
            code="group.ground", title_en=f"{taken} of {planned} are written. Say why it ends.",
        )  # fmt: skip
    return draft(GroupEnded(taken, "" if taken >= planned else ground.strip()), group)


def check_open(state: GroupState) -> None:
    """DomainError ``group.ended`` when nobody may join any more."""
    if state.is_ended:
        raise DomainError(
            f"Nhóm {state.name} đã ghi xong.", remedy="Người đến sau: lập nhóm mới hoặc nhận ở F4.",
            code="group.ended", title_en=f"Group {state.name} is complete.",
            remedy_en="Late comers: a new group, or F4.",
        )  # fmt: skip


def check_same_list(state: GroupState, digest: bytes) -> None:
    """DomainError ``group.list`` when the list is not the one the group began with."""
    if state.list_digest != digest:
        raise DomainError(
            "Danh sách không còn là danh sách lúc bắt đầu ghi.", "Ghi tiếp sẽ lẫn người.",
            "Kết thúc nhóm này, rồi lập nhóm mới cho người còn lại.", code="group.list",
            title_en="The list is not the one the group began with.",
            meaning_en="To go on would mix persons up.",
            remedy_en="End this group, and make a new one of those who are left.",
        )  # fmt: skip
