"""How a dossier ends or is prolonged: form 04, form 05, withdrawal, return of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers.acts import words
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.acts.particulars import companion_faults, party_faults
from counter_app.domain.dossiers.clock import refusals, running
from counter_app.domain.dossiers.entries import (
    ClashSettled,
    Companion,
    ContactTried,
    DossierStopped,
    DossierWithdrawn,
    DueExtended,
    Party,
    PartyCorrected,
    ResultReady,
    ResultReturned,
    UncollectedNoted,
)
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.drafting import draft
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import DOSSIER, require_delegation
from counter_app.domain.organisation.state import DelegationState, OfficialState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

SETTLED_HOW = ("told", "slip", "none")
"""What the requester got of a settled clash: told, another slip for his, nothing since nothing changed."""
UNCOLLECTED_DAYS = 30
"""Days after which a ready result stands in the list of uncollected ones (``ux.md`` 4.6)."""


@dataclass(frozen=True, slots=True)
class Giving:
    """Who takes the result and how he signs for it; ``receiver`` None: the party himself."""

    salt: bytes
    how: str = "counter"
    receiver: Companion | None = None
    authorisation: str = ""
    how_signed: str = "ink"
    companions: tuple[Companion, ...] = ()
    slip_lost: bool = False
    originals_shown: bool = False
    tracking: str = ""
    paid_now: int = 0
    read_back: bool = False


def relied_on(head: OfficialState, act: DelegationState | None, day: int) -> EntryId | None:
    """The written act that a letter of ``head`` on ``day`` rests on, None in his own right.

    Raises DomainError ``role.*``, ``delegation.*`` when he needs an act and ``act`` does not cover him.
    """
    if roles.grade(head.roles, roles.EXTEND_OR_STOP) != roles.ACT:
        roles.require(head, roles.EXTEND_OR_STOP)
        return None
    roles.require(head, roles.EXTEND_OR_STOP, with_act=act is not None)
    return require_delegation(act, head, DOSSIER, day).id


def extend(
    state: DossierState,
    head: OfficialState,
    form: FormNumber,
    due_at: int,
    reason: str,
    at: int,
    calendar: WorkingCalendar,
    *,
    act: DelegationState | None = None,
) -> tuple[Draft, ...]:
    """Form 04: apology and one new date, at least a day before the due date; sealed by the head.

    Raises DomainError ``role.not_allowed`` and its kin, ``delegation.*`` of the deputy's ``act``, those of
    ``running.check_extend``, ``dossier.reason``.
    """
    under = relied_on(head, act, day_of(at))
    running.check_extend(state.clock, vn_datetime(at), vn_datetime(due_at), calendar)
    if not reason.strip():
        raise words.needed("Ghi lý do chậm.", "Write why it is late.", "reason", "dossier.reason")
    return (draft(DueExtended(form.book, form.number, due_at, reason.strip(), day_of(at), under), state.id),)


def stop(
    state: DossierState,
    head: OfficialState,
    form: FormNumber,
    ground: str,
    papers_returned: str,
    at: int,
    *,
    act: DelegationState | None = None,
) -> tuple[Draft, ...]:
    """Form 05: a request to stop was considered (state 8). Raises ``role.*``, ``delegation.*``,
    ``clock.ended``, ``dossier.not_now`` before acceptance, ``dossier.reason``.
    """
    under = relied_on(head, act, day_of(at))
    running.check_open(state.clock)
    if state.stage in (Stage.ONLINE, Stage.HANDED_IN):
        raise words.not_now(state, "dừng giải quyết", "stop it")
    if not ground.strip():
        raise words.needed("Ghi căn cứ dừng giải quyết.", "Write the ground of the stop.", "reason",
                           "dossier.reason")  # fmt: skip
    body = DossierStopped(form.book, form.number, ground.strip(), papers_returned.strip(), day_of(at), under)
    return (draft(body, state.id),)


def withdraw(state: DossierState, reason: str, papers_returned: str, at: int) -> tuple[Draft, ...]:
    """The requester takes the dossier back (state 7). Raises ``clock.ended``, ``dossier.not_now``."""
    running.check_open(state.clock)
    if not state.is_open or state.stage is Stage.DONE:
        raise words.not_now(state, "rút", "withdraw it")
    return (draft(DossierWithdrawn(reason.strip(), papers_returned.strip(), day_of(at)), state.id),)


def make_ready(state: DossierState, drawer: str) -> tuple[Draft, ...]:
    """The result lies at the counter. Raises ``clock.no_result``, ``dossier.already_returned``."""
    if state.stage is Stage.RETURNED:
        raise _given_already(state)
    if state.stage is not Stage.DONE:
        raise refusals.no_result()
    return (draft(ResultReady(drawer.strip()), state.id),)


def give(state: DossierState, giving: Giving, at: int) -> tuple[Draft, ...]:
    """The result goes to the requester, to another with his authorisation, or by post (state 10).

    Raises DomainError ``clock.no_result``, ``dossier.already_returned``, ``dossier.unpaid``,
    ``dossier.authorisation``, ``dossier.tracking``, ``dossier.originals``, ``dossier.witness``.
    """
    if state.stage is Stage.RETURNED:
        raise _given_already(state)
    if state.stage is not Stage.DONE:
        raise refusals.no_result()
    owed = state.to_pay - giving.paid_now
    if owed > 0:
        raise words.unpaid(money_figures(owed))
    _check_giving(state, giving)
    body = ResultReturned(
        giving.how, giving.receiver, giving.authorisation.strip(), giving.how_signed, giving.companions,
        giving.slip_lost, giving.originals_shown, giving.tracking.strip(), day_of(at), giving.salt,
        giving.read_back,
    )  # fmt: skip
    return (draft(body, state.id),)


def contact(state: DossierState, how: str, outcome: str, note: str = "") -> tuple[Draft, ...]:
    """The requester was called, texted or told through the hamlet."""
    return (draft(ContactTried(how, outcome, note.strip()), state.id),)


def note_uncollected(state: DossierState, note: str, at: int) -> tuple[Draft, ...]:
    """What was done with a result that nobody collects. Raises ``clock.no_result``, ``dossier.reason``."""
    if state.stage is not Stage.DONE:
        raise refusals.no_result()
    if not note.strip():
        raise words.needed("Ghi việc đã làm.", "Write what was done.", "reason", "dossier.reason")
    return (draft(UncollectedNoted(note.strip(), day_of(at)), state.id),)


def correct(
    state: DossierState, party: Party, companions: tuple[Companion, ...], ground: str, salt: bytes
) -> tuple[Draft, ...]:
    """Particulars are corrected; the first text stays in history.

    Raises DomainError ``dossier.reason`` and those of ``party_faults`` and ``companion_faults``.
    """
    for fault in (*party_faults(party), *companion_faults(party, companions, state.channel, "")):
        raise fault
    if not ground.strip():
        raise words.needed("Ghi lý do đính chính.", "Write why it is corrected.", "reason", "dossier.reason")
    return (draft(PartyCorrected(party, companions, ground.strip(), salt), state.id),)


def settle_clash(state: DossierState, clashes: Sequence[EntryId], how: str, note: str) -> tuple[Draft, ...]:
    """A person says what became of acts that did not count; both stay readable in the history.

    Raises DomainError ``dossier.no_clash``, ``dossier.how``, ``dossier.reason``.
    """
    if not clashes:
        raise words.needed("Hồ sơ không còn việc trùng.", "Nothing is left to settle.", "",
                           "dossier.no_clash")  # fmt: skip
    if how not in SETTLED_HOW:
        raise words.needed("Chọn cách đã xử lý.", "Choose how it was settled.", "how", "dossier.how")
    if not note.strip():
        raise words.needed("Ghi việc đã làm.", "Write what was done.", "reason", "dossier.reason")
    return (draft(ClashSettled(tuple(clashes), how, note.strip()), state.id),)


def _check_giving(state: DossierState, giving: Giving) -> None:
    if giving.receiver is not None and not giving.authorisation.strip():
        raise words.needed("Người khác nhận cần giấy ủy quyền.", "Another receiver needs an authorisation.",
                           "authorisation", "dossier.authorisation")  # fmt: skip
    if giving.how == "post" and not giving.tracking.strip():
        raise words.needed(
            "Nhập mã bưu gửi.", "Type the number of the parcel.", "tracking", "dossier.tracking"
        )
    due_at_return = any(paper.state == "at_return" for paper in state.papers)
    if due_at_return and giving.how == "counter" and not giving.originals_shown:
        raise words.needed("Xem bản chính trước khi trả.", "See the originals before the result is given.",
                           "originals", "dossier.originals")  # fmt: skip
    if giving.how_signed == "fingerprint" and not any(c.role == "witness" for c in giving.companions):
        raise words.needed("Chọn điểm chỉ nên cần người làm chứng.", "A fingerprint needs a witness.",
                           "witness", "dossier.witness")  # fmt: skip


def _given_already(state: DossierState) -> Exception:
    when = vn_datetime(state.returned_at)
    who = state.receiver or state.party.name
    return words.needed(
        f"Đã trả lúc {when:%H:%M} ngày {when:%d/%m/%Y} cho {who}.",
        f"Given at {when:%H:%M} on {when:%d/%m/%Y} to {who}.", "", "dossier.already_returned",
    )  # fmt: skip
