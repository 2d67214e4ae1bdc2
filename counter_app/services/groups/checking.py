"""A group read before anything is written: every line with its faults in words, the sums of who is ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.state import price
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.certification.taking_in.time_limit import certification_due
from counter_app.domain.dates import PartialDate
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.acts import check_size
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import TRANSFER
from counter_app.services.copies.reading import FormRead, read_form
from counter_app.services.copies.rows import ReadRow, read_rows
from counter_app.services.copies.view import due_words
from counter_app.services.groups.listing import lost_zero
from counter_app.services.groups.one_look import OneLook, one_look
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.ports.groups import (
    LOOK,
    READY,
    STOP,
    TAKEN,
    UNTICKED,
    GroupForm,
    GroupView,
    LineView,
    PaperView,
    PersonLine,
)
from counter_app.services.ports.saying import say, spoken
from counter_app.services.rules import Rules
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from sync.protocol.naming.ids import EntryId

COPY = "copy"
NOW, RETURN = "now", "return"
ONE = "one"
_FORMULA = ("=", "@")
_CELLS = ("name", "id_number", "birth", "label", "address", "phone")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, or (``look``) worth a look: code, the cell, a sentence."""

    code: str
    field: str
    words: str
    look: bool = False


def request_of(form: GroupForm, person: PersonLine, at: int) -> RequestForm:
    """One person's request as if typed at F4; papers he did not bring are left out."""
    who = PersonForm(
        id_number=lost_zero(person.id_number) or person.id_number, name=person.name, birth=person.birth,
        address=person.address, phone=person.phone,
    )  # fmt: skip
    rows = tuple(
        RowForm(text, "", person.compared_at or at, person.seen)
        for place, text in enumerate(form.papers)
        if text.strip() and place not in person.without
    )
    return RequestForm(who, rows, NOW if form.pay == NOW else RETURN, "", form.signatory)


def papers_of(form: GroupForm, rules: Rules, day: date, at: int) -> tuple[ReadRow, ...]:
    """The group's papers read once."""
    return read_rows(tuple(RowForm(text, "", at) for text in form.papers), rules, day)


def paper_fault(row: ReadRow) -> str:
    """Why a paper cannot be one of a group's, "" when it can: copies alone come in groups."""
    if row.fault is not None:
        words = row.fault.words(spoken())
        return f"{words.title} {words.remedy}".strip()
    if row.typed is not None and row.typed.matter != COPY:
        return say(
            "Nhóm chỉ nhận chứng thực bản sao. Chữ ký, giao dịch: từng người ở F4.",
            "A group takes certified copies alone. Signatures and transactions: one by one at F4.",
        )
    if row.photocopies_left_off:
        return say(
            "Chưa có giá sao chụp: lãnh đạo ghi ở Cài đặt của đơn vị, hoặc bỏ chữ p.",
            "Photocopies have no price: the head writes it in Settings, or leave out the p.",
        )
    return ""


@dataclass
class Checker:
    """Checks of one look at a group; ``me`` is the person at the counter, ``at`` ms."""

    work: Workplace
    connection: Connection
    me: EntryId
    at: int
    look: OneLook = field(init=False)
    _read: dict[RequestForm, FormRead] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What everybody on the list asks for is read once."""
        self.look = one_look(self.work)

    def read(self, form: GroupForm, person: PersonLine) -> FormRead:
        """One person's request as the counter's page reads it."""
        wanted = request_of(form, person, self.at)
        known = self._read.get(wanted)
        if known is None:
            known = self._read[wanted] = read_form(self.connection, self.look, wanted, self.at, self.me)
        return known

    def originals(self, form: GroupForm, person: PersonLine) -> tuple[OriginalTaken, ...]:
        """What a person brings."""
        return tuple(self.read(form, person).all_originals())

    def view(self, form: GroupForm) -> GroupView:
        """The whole page."""
        rules, day = self.work.rules(self.connection), self.work.today()
        papers = papers_of(form, rules, day, self.at)
        bad_paper = not papers or any(map(paper_fault, papers))
        taken = self._taken(form)
        doubles = _doubles(form)
        today = group_queries.numbers_of_day(self.connection, day_of(self.at)) if form.people else set()
        lines = tuple(
            self._line(form, place, doubles, today, taken=place in taken, readable=not bad_paper)
            for place in range(len(form.people))
        )
        counts = dict(Counter(line.state for line in lines))
        ticked = [line for line, one in zip(lines, form.people, strict=True) if one.compared_at]
        total = sum(line.amount for line in ticked)
        given, change, money = _money(form, total)
        counts["ticked"] = len(ticked)
        faults = (*_group_faults(form, papers, ticked), *money)
        return GroupView(
            tuple(map(_paper, papers)), lines, counts, sum(line.originals for line in ticked),
            sum(line.copies for line in ticked), total, given, change, faults, self._due(rules, day),
        )  # fmt: skip

    def faults(
        self, form: GroupForm, place: int, doubles: dict[str, list[int]], today: set[str]
    ) -> list[Fault]:
        """Everything about one line, what stops first."""
        person = form.people[place]
        read = self.read(form, person)
        found = list(_formulas(person))
        if not found:
            found = [
                Fault(stop.code, stop.field, _sentence(stop.title, stop.detail))
                for stop in read.stops
                if stop.code != "original.not_compared"
            ]
        number = read.person.particulars.id_number
        same = [other for other in doubles.get(number, []) if other != place]
        if number and same:
            rows = ", ".join(str(other + 1) for other in same[:3])
            found.append(Fault("group.double", "id_number", say(
                f"Trùng số giấy tờ với dòng {rows} của danh sách.",
                f"The same number as line {rows} of the list.",
            )))  # fmt: skip
        looks = [Fault(look.code, look.field, look.title, look=True) for look in read.unseen]
        looks += self._own_looks(person, number, today)
        return found + [look for look in looks if look.code not in person.seen]

    def _own_looks(self, person: PersonLine, number: str, today: set[str]) -> Iterator[Fault]:
        if lost_zero(person.id_number):
            yield Fault("group.zero", "id_number", say(
                f"Excel đã bỏ số 0 đầu: hiểu là {number}. Đối chiếu với thẻ.",
                f"The spreadsheet dropped the 0 in front: read as {number}. Compare with the card.",
            ), look=True)  # fmt: skip
        if number in today:
            yield Fault("group.again_today", "id_number", say(
                "Hôm nay người này đã có phiếu chứng thực.", "This person has a request of today already."
            ), look=True)  # fmt: skip

    def _line(
        self, form: GroupForm, place: int, doubles: dict[str, list[int]], today: set[str],
        *, taken: bool, readable: bool,
    ) -> LineView:  # fmt: skip
        person = form.people[place]
        if taken:
            return LineView(TAKEN, (), "", 0, 0, 0)
        found = self.faults(form, place, doubles, today) if readable else list(_formulas(person))
        originals = tuple(self.read(form, person).all_originals()) if readable else ()
        stops = any(not fault.look for fault in found)
        state = STOP if stops else LOOK if found else READY if person.compared_at else UNTICKED
        return LineView(
            state, tuple(fault.words for fault in found), found[0].field if found else "", len(originals),
            sum(one.copies for one in originals), sum(map(price, originals)),
            () if stops else tuple(fault.code for fault in found), *self._shown(form, person, readable),
        )  # fmt: skip

    def _shown(self, form: GroupForm, person: PersonLine, readable: bool) -> tuple[str, str]:
        """Number and birth as they were read: with the zero that was lost, as a date."""
        if not readable:
            return "", ""
        read = self.read(form, person).person.particulars
        birth = PartialDate.from_int(read.birth)
        return read.id_number, "" if birth is None else birth.text

    def _taken(self, form: GroupForm) -> frozenset[int]:
        if form.group is None:
            return frozenset()
        state = self.work.state(self.connection, form.group)
        return frozenset(place for place in range(len(form.people)) if state.has(place))

    def _due(self, rules: Rules, day: date) -> str:
        try:
            intake = rules.intake(COPY, day)
            return due_words(certification_due(self.at, intake.limit, intake.calendar))
        except DomainError as error:
            return error.words(spoken()).title


def _formulas(person: PersonLine) -> Iterator[Fault]:
    for cell in _CELLS:
        if str(getattr(person, cell)).startswith(_FORMULA):
            words = say(
                "Ô là công thức, không phải chữ. Gõ lại.", "The cell is a formula, not text. Type it."
            )
            yield Fault("group.formula", cell, words)


def _doubles(form: GroupForm) -> dict[str, list[int]]:
    """Lines by identity number, those alone with theirs included."""
    found: dict[str, list[int]] = {}
    for place, person in enumerate(form.people):
        number = "".join((lost_zero(person.id_number) or person.id_number).split()).replace(".", "")
        if number:
            found.setdefault(number, []).append(place)
    return found


def _paper(row: ReadRow) -> PaperView:
    one: OriginalTaken | None = row.original
    if one is None:
        return PaperView("", 0, 0, 0, paper_fault(row))
    return PaperView(one.name, one.pages, one.copies, price(one), paper_fault(row))


def _money(form: GroupForm, total: int) -> tuple[int, int, list[tuple[str, str]]]:
    """Given, change, what is wrong with them; nothing is asked unless one receipt is made now."""
    if form.pay != NOW or form.receipt != ONE:
        return 0, 0, []
    if form.method == TRANSFER:
        return total, 0, []
    try:
        given = read_given(form.given, total)
        return given, change_for(given, total), []
    except DomainError as error:
        words = error.words(spoken())
        return 0, 0, [("given", _sentence(words.title, words.remedy))]


def _group_faults(
    form: GroupForm, papers: tuple[ReadRow, ...], ticked: list[LineView]
) -> Iterator[tuple[str, str]]:
    """What stops the group as a whole, in the order of the page."""
    if not form.name.strip():
        yield "name", say("Nhập tên trường hoặc đơn vị.", "Type the name of the school or body.")
    if not papers:
        yield (
            "papers",
            say("Chưa có giấy tờ nào. Gõ như hb 24x1.", "No paper yet. Type such as hb 24x1."),
        )
    yield from (("papers", fault) for row in papers if (fault := paper_fault(row)))
    try:
        check_size(len(ticked))
    except DomainError as error:
        words = error.words(spoken())
        yield "people", _sentence(words.title, words.remedy)
    wrong = sum(line.state in (STOP, LOOK) for line in ticked)
    if wrong:
        yield (
            "people",
            say(
                f"Còn {wrong} dòng đã đánh dấu cần sửa hoặc cần xem.",
                f"{wrong} ticked lines are to be mended or looked at.",
            ),
        )


def _sentence(title: str, rest: str) -> str:
    return f"{title} {rest}".strip()
