"""The hub's questions about one entry, from the entry, the states around it and the fees of its day.

Facts are accepted: what happened at a counter happened. Each finding becomes one ``EntryQuestioned`` keyed
``(entry, code)``; the words are for the people of the unit, in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from counter_app.domain.certification.entries import CopiesRequested, LineNumbered, LotNumbered
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.acts.ending import relied_on
from counter_app.domain.dossiers.entries import DossierStopped, DueExtended
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import check_delegation
from counter_app.domain.organisation.entries import KeyRecovered, OfficialRecorded
from counter_app.domain.organisation.recovering import may_witness
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.seconds import check_second
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.naming.officials import verify_seal
from sync.protocol.refusals import NotAuthentic

Fee = Callable[[str, int, int, int], int | None]
"""``fee(register, pages, copies, day yyyymmdd)`` in dong by the table in force on that day.

``register`` as in ``CopiesRequested``: a signature costs by the document, not by the page. None when the
table has nothing on it.
"""


class Question(NamedTuple):
    """One finding: stable ``code``, the field or "", ``words`` for people, and ``theirs``: what is held."""

    code: str
    field: str
    words: str
    theirs: str = ""


class Surroundings(NamedTuple):
    """What the province knows around an entry: folded subjects by id, the fee table, and who was recorded by
    nobody although the unit was founded already.
    """

    subjects: Mapping[EntryId, Folded]
    fee: Fee | None = None
    founded_again: frozenset[EntryId] = frozenset()

    def state(self, subject: EntryId | None) -> Any:
        """State of a subject, None when it is not known (yet)."""
        folded = None if subject is None else self.subjects.get(subject)
        return None if folded is None else folded.state

    def official(self, subject: EntryId | None) -> OfficialState | None:
        """The official who is ``subject``."""
        state = self.state(subject)
        return state if isinstance(state, OfficialState) else None


def questions_about(fact: Fact, around: Surroundings) -> tuple[Question, ...]:
    """Everything the province has to ask about ``fact``, once for each code; empty when nothing is.

    Codes are those of the refusals and conflicts, with ``-`` for ``_`` as ``EntryQuestioned`` wants them.
    """
    found = [*_seal(fact, around), *_author(fact, around), *_second(fact, around), *_order(fact, around)]
    check = _BY_BODY.get(type(fact.body))
    if check is not None:
        found.extend(check(fact, around))
    return tuple(question._replace(code=question.code.replace("_", "-")) for question in found)


def _seal(fact: Fact, around: Surroundings) -> list[Question]:
    """Entries that need the official's signature and lack it, or bear one that is not his."""
    kind = BY_NUMBER.get(fact.facts.kind)
    by_somebody = isinstance(fact.body, OfficialRecorded) and fact.facts.actor is not None
    if kind is None or not (kind.sealed or by_somebody):
        return []
    if not fact.entry.seal:
        return [Question("seal.missing", "", "Mục này phải có chữ ký của người làm, nhưng chưa có.")]
    official = around.official(fact.facts.actor)
    if official is None:
        return [Question("seal.unknown", "", "Tỉnh chưa biết người đã ký mục này.")]
    if any(_verifies(fact, key) for _, key in official.keys):
        return []
    return [Question("seal.bad", "", f"Chữ ký trên mục này không phải của {official.name}.")]


def _verifies(fact: Fact, key: bytes) -> bool:
    try:
        verify_seal(fact.entry, key)
    except NotAuthentic:
        return False
    return True


def _author(fact: Fact, around: Surroundings) -> list[Question]:
    """Decisions of whoever had no right to take them; that nobody is known, the seal's question says."""
    act, official = AUTHOR_ACTS.get(fact.facts.kind), around.official(fact.facts.actor)
    refused = None if act is None or official is None else roles.may(official, act)
    return [] if refused is None else [Question(refused.code, "", refused.title)]


def _second(fact: Fact, around: Surroundings) -> list[Question]:
    """Acts of two persons whose second person does not count, or is missing where the kind wants one."""
    body = fact.body
    if body is None or not hasattr(body, "second_seal"):
        return []
    if body.second is None and fact.facts.kind not in ALWAYS_TWO:
        return []
    if isinstance(body, KeyRecovered):
        return []  # both seals are proved before the key is read; ``_recovered`` asks about the persons
    kind = BY_NUMBER[fact.facts.kind]
    subject = SELF if kind.begins == 0 else fact.facts.subjects[0]
    act = SECOND_ACTS.get(fact.facts.kind, roles.TWO_PERSONS_SECOND)
    refused = check_second(body, subject, fact.facts.actor, around.official(body.second), act)
    return [] if refused is None else [Question(refused.code, "second", refused.title)]


def _order(fact: Fact, around: Surroundings) -> list[Question]:
    """Conflicts that folding found with this entry: numbers double or out of order, an older term."""
    found, mine = [], fact.id
    for subject in fact.facts.subjects:
        folded = around.subjects.get(subject)
        for conflict in () if folded is None else folded.conflicts:
            if conflict.entry == mine and conflict.settled_by is None:
                found.append(Question(conflict.code, "", CONFLICT_WORDS.get(conflict.code, CONFLICT_OTHER)))
    return list(dict.fromkeys(found))


def _lot(fact: Fact, around: Surroundings) -> list[Question]:
    """The delegation relied on: valid on the day of the lot, for this register, for this signatory."""
    body: LotNumbered = fact.body
    day = _day(fact.at)
    found = []
    if body.day != day:
        found.append(Question("lot.day", "day", "Ngày cấp số khác ngày của máy lúc cấp.", str(day)))
    register = around.state(fact.facts.subjects[0])
    signatory = around.official(body.signatory)
    delegation = around.state(body.delegation)
    if signatory is None:
        return [*found, Question("signatory.unknown", "signatory", "Tỉnh chưa biết người ký của xấp này.")]
    act = delegation if isinstance(delegation, DelegationState) else None
    refused = check_delegation(act, signatory, getattr(register, "register", ""), body.day)
    if refused is not None:
        found.append(Question(refused.code, "signatory", refused.title))
    return found


def _recorded(fact: Fact, around: Surroundings) -> list[Question]:
    """An official whom nobody recorded, in a unit that has somebody to do it (decision 021)."""
    if fact.id not in around.founded_again:
        return []
    body: OfficialRecorded = fact.body
    words = f"{body.name} được ghi là cán bộ khi đơn vị đã lập, mà không ai đứng tên giao quyền."
    return [Question("founding.again", "", words)]


def _recovered(fact: Fact, around: Surroundings) -> list[Question]:
    """A head's account opened by others without the province: asked about every time."""
    body: KeyRecovered = fact.body
    head = around.official(fact.facts.subjects[0])
    named = [around.official(one) for one in (body.first, body.second) if one is not None]
    found = []
    if head is None or not all(one is not None and may_witness(one.roles) for one in named):
        found.append(
            Question("recovery.witness", "first", "Người làm chứng không có quyền làm chứng việc này.")
        )
    if body.second is not None and head is not None:
        names = " và ".join(one.name for one in named if one is not None)
        words = f"Mật khẩu của {head.name} được thay trước {names}. {head.name} xác nhận bằng văn bản."
        found.append(Question("account.recovered", "", words))
    return found


def _letter(fact: Fact, around: Surroundings) -> list[Question]:
    """Forms 04 and 05 are the head's, or a deputy's under a written act of that day (``law.md`` 7.2)."""
    body: DueExtended | DossierStopped = fact.body
    official = around.official(fact.facts.actor)
    if official is None:
        return []  # the seal's question says so
    named = around.state(body.delegation)
    try:
        relied_on(official, named if isinstance(named, DelegationState) else None, body.day)
    except DomainError as refused:
        return [Question(refused.code, "delegation", refused.title)]
    return []


def _line(fact: Fact, around: Surroundings) -> list[Question]:
    """A line whose year is not its register's."""
    body: LineNumbered = fact.body
    register = around.state(fact.facts.subjects[2] if len(fact.facts.subjects) > 2 else None)
    year = getattr(register, "year", body.year)
    if body.year != year:
        return [Question("line.year", "year", "Năm của dòng khác năm của sổ.", str(year))]
    return []


def _request(fact: Fact, around: Surroundings) -> list[Question]:
    """Fees that differ from the table in force on the day of the request."""
    body: CopiesRequested = fact.body
    found = []
    for index, original in enumerate(body.originals):
        due = None
        if around.fee is not None:
            due = around.fee(original.matter or body.register, original.pages, original.copies, body.day)
        if due is not None and due != original.fee:
            taken, table = money_figures(original.fee), money_figures(due)
            words = f"Phí của “{original.name}” là {taken}, theo biểu phí là {table}."
            found.append(Question("fee.differs", f"originals.{index}.fee", words, str(due)))
    return found[:1]


def _day(at: int) -> int:
    local = vn_date(at)
    return local.year * 10_000 + local.month * 100 + local.day


CONFLICT_OTHER = "Mục này không khớp với một mục khác; cần người có trách nhiệm xem lại."
CONFLICT_WORDS = {
    "number.double": "Số chứng thực này đã được cấp ở nơi khác.",
    "number.gap": "Số chứng thực không nối tiếp số trước.",
    "number.unexpected": "Dòng này không thuộc xấp nào đã cấp số.",
    "number.beyond_recovery": "Máy đã mất cấp số vượt phần dành cho nó.",
    "number.voided_but_written": "Số này đã hủy bằng biên bản, nhưng có dòng trong nhật ký của máy cũ.",
    "pen.late_term": "Cấp số sau khi quyền cấp số đã chuyển đi nơi khác.",
    "pen.not_holder": "Máy này không giữ quyền cấp số.",
    "pen.term_taken": "Hai nơi cùng nhận một lượt quyền cấp số.",
    "pen.two_terms": "Quyền cấp số vừa được chuyển vừa được khôi phục; việc khôi phục được tính.",
    "paper.returned_twice": "Hai máy cùng nhận lại một tập tờ sổ giấy.",
    "register.closed": "Cấp số vào sổ đã khóa.",
    "recovery.used": "Văn bản của tỉnh đã dùng cho lần thay mật khẩu trước, không dùng lại được.",
    "arrival.row_twice": "Một dòng của sổ cũ được ghi hai lần.",
    "arrival.foreign": "Dòng này không thuộc tệp sổ cũ nào đã có hai người cho nhập.",
    "dossier.ended": "Hồ sơ đã kết thúc trước việc này.",
    "dossier.accepted_twice": "Hồ sơ đã được tiếp nhận ở quầy khác trước đó.",
    "dossier.result_twice": "Hồ sơ đã có một kết quả khác ghi trước.",
    "dossier.returned_twice": "Kết quả đã được trả ở quầy khác trước đó.",
    "dossier.extended_twice": "Hồ sơ đã được hẹn lại một lần trước đó.",
    "dossier.not_waiting": "Giấy tờ bổ sung được nhận khi hồ sơ không còn chờ.",
    "dossier.not_running": "Việc này được ghi khi hồ sơ đang chờ người dân.",
}
SECOND_ACTS = {
    102: roles.MANAGE_PEOPLE,
    209: roles.SIGN_CLOSING,
    304: roles.REFUND_SECOND,
    305: roles.REFUND_SECOND,
}
"""Which right the second person of a kind needs, where it is not that of annulling and recovering."""
AUTHOR_ACTS = {
    534: roles.REVIEW_CLASHES,
    535: roles.TWO_PERSONS_FIRST,
    536: roles.CLOSE_BOOKS,
    539: roles.CLOSE_BOOKS,
}
"""Which right whoever wrote a kind needs, where nothing else about it tells a stranger's act."""
ALWAYS_TWO = frozenset({536, 539})
"""Kinds whose body may lack a second person by its form alone."""

_BY_BODY: dict[type[Any], Callable[[Fact, Surroundings], list[Question]]] = {
    LotNumbered: _lot,
    LineNumbered: _line,
    CopiesRequested: _request,
    DueExtended: _letter,
    DossierStopped: _letter,
    KeyRecovered: _recovered,
    OfficialRecorded: _recorded,
}
