"""What the page tells the clerk: STOP, LOOK (needs Alt+Enter) or INFO, in the words of ``ux.md`` 4.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from counter_app.domain import errors
from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.checks import ALLOW, FORBID
from counter_app.domain.certification.taking_in.circumstances import CV_PAPER
from counter_app.domain.certification.taking_in.intake import own_notices
from counter_app.domain.certification.taking_in.intake_faults import original_faults
from counter_app.domain.certification.taking_in.matters import OF_COPIES, SIGNATURE
from counter_app.domain.certification.taking_in.paper_checks import (
    NOT_LEGALISED,
    paper_hints,
    paper_notices,
)
from counter_app.domain.certification.taking_in.signing_faults import (
    Certifier,
    conflict_faults,
    conflict_notices,
)
from counter_app.domain.dates import short_date, vn_date
from counter_app.domain.fold_text import fold
from counter_app.domain.organisation.decisions import RECEIVER_SIGNS, policy
from counter_app.domain.organisation.state import UnitState
from counter_app.services.copies.rows import ReadRow
from counter_app.services.people.card_validity import serves_until
from counter_app.services.people.reading import PersonRead
from counter_app.services.ports.copies import INFO, LOOK, STOP, Notice
from counter_app.services.ports.saying import noticed, say, spoken
from counter_app.services.rules import Rules
from sync.protocol.naming.ids import EntryId

PERSON = -1
NO_PRICE = "photocopy.no_price"
"""Photocopies without a price: they are left off the bill once the clerk has said so."""
Found = tuple[int, errors.Notice]
"""(row from 0 or -1 for the person, notice): what must have been seen."""


@dataclass(frozen=True, slots=True)
class TakenToday:
    """An original the same person brought earlier today, on the slip ``slip`` (``02-0011``)."""

    slip: str
    kind: str
    name: str
    mark: str
    matter: str

    def is_same(self, original: OriginalTaken, matter: str) -> bool:
        """The same paper for the same register: kind, name and number."""
        mine = (original.kind, fold(original.name), fold(original.mark), matter)
        return mine == (self.kind, fold(self.name), fold(self.mark), self.matter)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What notices look at besides the form; ``at`` and ``day`` are now, ``me`` the person at the counter."""

    rules: Rules
    at: int
    day: int
    me: EntryId
    unit: UnitState
    signatory: EntryId | None
    office: tuple[Certifier, ...] = ()
    today: tuple[TakenToday, ...] = ()


def stop_of(error: errors.DomainError, row: int) -> Notice:
    """A fault as the page shows it."""
    words = error.words(spoken())
    detail = " ".join(part for part in (words.meaning, words.remedy) if part)
    return Notice(STOP, error.code, words.title, detail, row, (error.field or "").rpartition(".")[2])


def stops(person: PersonRead, rows: Sequence[ReadRow], around: Surroundings) -> list[Notice]:
    """Everything that stops F9, in the order of the page."""
    found = [stop_of(fault, PERSON) for fault in person.faults]
    if not rows:
        found.append(
            Notice(
                STOP,
                "originals.count",
                say("Chưa có giấy tờ nào.", "There is no paper yet."),
                say("Gõ tên tắt, số trang x số bản.", "Type alias, pages x copies."),
            )
        )
    for row in rows:
        if row.fault is not None:
            found.append(stop_of(row.fault, row.index))
        elif row.original is not None:
            faults = original_faults(row.index, row.original, around.rules.fees, around.at, row.matter)
            found += [stop_of(fault, row.index) for fault in faults]
            conflicts = conflict_faults(row.index, row.original, row.matter, around.office)
            found += [stop_of(fault, row.index) for fault in conflicts]
    if _policy(around) == FORBID and around.signatory == around.me:
        found.append(
            Notice(STOP, "receiver.signs",
                   say("Người tiếp nhận không được là người ký.", "The receiver may not be the signatory."),
                   say("Chọn người ký khác (quy định của đơn vị).", "Choose another (rule of the unit)."),
                   PERSON, "signatory")
        )  # fmt: skip
    return found


def to_look_at(person: PersonRead, rows: Sequence[ReadRow], around: Surroundings) -> tuple[Found, ...]:
    """Amber notices that must be seen before F9: of the person, of rows, of the signatory."""
    found: list[Found] = [(PERSON, notice) for notice in person.notices]
    whole = [row for row in rows if row.original is not None]
    originals = [row.original for row in whole if row.original is not None]
    found += [(whole[place].index, notice) for place, notice in own_notices(originals)]
    found += _cards(person, rows, around.day)
    found += _papers(whole, around)
    no_price = (
        "chưa có giá sao chụp, khoản photo không tính.",
        "photocopies have no price and are not billed.",
    )
    found += [
        (row.index, errors.Notice(NO_PRICE, *no_price, "price")) for row in rows if row.photocopies_left_off
    ]
    for row in whole:
        if row.original is not None:
            notes = conflict_notices(row.original, row.matter, around.office)
            found += [(row.index, note) for note in notes]
    if _policy(around) not in (ALLOW, FORBID) and around.signatory == around.me:
        words = ("Người tiếp nhận sẽ là người ký.", "The receiver will be the signatory.")
        found.append((PERSON, errors.Notice("receiver.signs", *words, "signatory")))
    return tuple(found)


def _policy(around: Surroundings) -> str:
    return policy(around.unit, RECEIVER_SIGNS)


def _cards(person: PersonRead, rows: Sequence[ReadRow], day: int) -> Iterable[Found]:
    """The requester's own card, among the papers or as that of a signer, when it has run out [U]."""
    p = person.particulars
    until = serves_until(p.birth, p.card_issued)
    if until is None or day <= until.year * 10_000 + until.month * 100 + until.day:
        return
    for row in rows:
        if row.original is not None and (row.original.kind == "can_cuoc" or _signs(row, p.id_number)):
            shown = short_date(until)
            yield row.index, errors.Notice(
                "card.expired", f"thẻ căn cước hết hạn ngày {shown}.",
                f"the identity card ran out on {shown}.", "paper",
            )  # fmt: skip


def _signs(row: ReadRow, id_number: str) -> bool:
    facts = None if row.original is None else row.original.circumstances
    return facts is not None and any(signer.id_number == id_number for signer in facts.signers)


def _papers(rows: Sequence[ReadRow], around: Surroundings) -> Iterator[Found]:
    """Papers that have run out or are foreign, and those taken in today already."""
    exempt = _exempt(around)
    for row in rows:
        if row.original is None or row.matter not in OF_COPIES:
            continue
        for note in paper_notices(row.original, vn_date(around.at), exempt):
            yield row.index, note
        earlier = next((one for one in around.today if one.is_same(row.original, row.matter)), None)
        if earlier is not None:
            yield row.index, errors.Notice(
                "original.today", f"{row.original.name} đã nhận hôm nay ở phiếu {earlier.slip}.",
                f"{row.original.name} was taken in today on slip {earlier.slip}.", "paper",
            )  # fmt: skip


def _exempt(around: Surroundings) -> tuple[str, ...]:
    """Kinds of foreign papers that need no consular legalisation on the day."""
    grounds = around.rules.grounds.on(vn_date(around.at))
    return next((ground.exempt_kinds for ground in grounds if ground.key == NOT_LEGALISED), ())


def hints(rows: Sequence[ReadRow], around: Surroundings) -> list[Notice]:
    """What to see to on a paper, without stopping: data held already, a plain copy, a last day, a CV."""
    exempt = _exempt(around)
    found = _of_cvs(rows)
    for row in rows:
        if row.original is None or row.matter not in OF_COPIES or row.typed is None:
            continue
        for note in paper_hints(row.original, row.typed.paper, vn_date(around.at), exempt):
            found.append(Notice(INFO, note.code, noticed(note), "", row.index, note.field or ""))
    return found


def _of_cvs(rows: Sequence[ReadRow]) -> list[Notice]:
    """A CV bears no remark (TT 01/2020 art. 15)."""
    title = say("Không ghi nhận xét; mục để trống đã gạch chéo.", "No remark; empty fields are crossed out.")
    detail = say("Thông tư 01/2020, Điều 15.", "Circular 01/2020, article 15.")
    return [
        Notice(INFO, "cv.empty_fields", title, detail, row.index, "paper")
        for row in rows
        if row.original is not None and row.matter == SIGNATURE and row.original.kind == CV_PAPER
    ]


def looks(found: Iterable[Found], seen: dict[int, frozenset[str]]) -> list[Notice]:
    """Those nobody has looked at yet; ``seen`` are codes by row, of the person those of any row."""
    everywhere = frozenset(code for codes in seen.values() for code in codes)
    waiting = []
    for row, notice in found:
        known = everywhere if row == PERSON else seen.get(row, frozenset())
        if notice.code not in known:
            words = noticed(notice)
            title = words if row == PERSON else say(f"Dòng {row + 1}: {words}", f"Row {row + 1}: {words}")
            detail = say("Kiểm tra rồi nhấn Alt+Enter.", "Check it, then press Alt+Enter.")
            if notice.code == NO_PRICE:
                detail = say(
                    "Alt+Enter: để ngoài phiếu thu. Giá do lãnh đạo ghi ở Cài đặt của đơn vị.",
                    "Alt+Enter leaves them off the bill. The head writes the price in Settings.",
                )
            waiting.append(Notice(LOOK, notice.code, title, detail, row, notice.field or ""))
    return waiting


def again_this_year(times: int, last: str) -> Notice:
    """``Lần thứ 3 trong năm. Lần trước: học bạ, khai sinh.``; ``times`` counts earlier visits."""
    title = say(f"Lần thứ {times + 1} trong năm.", f"Visit {times + 1} of this year.")
    before = say(f"Lần trước: {last}.", f"Last time: {last}.") if last else ""
    return Notice(INFO, "person.again", title, before, PERSON, "id_number")
