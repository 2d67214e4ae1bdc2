"""Kinds of entry about dossiers (``law.md`` 1.2, 2.2, 6; forms 01-07 of TT 03/2025/TT-VPCP).

The subject is the dossier, begun by ``DossierSubmitted`` at a counter or by ``OnlineDossierArrived`` in
the province's journal of the unit. Four axes are folded from these: business, fee, delivery (what the
requester holds) and, outside the entries, sync; the portal's state is derived, never stored.
"""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Amount, Body, Code, Count, Day, Digest, Index, Long, Moment, Salt, Short, Text

COUNTER, POST, ONLINE, ONLINE_HELPED = "counter", "post", "online", "online_helped"
CHANNELS = (COUNTER, POST, ONLINE, ONLINE_HELPED)
"""Ways of handing in (``law.md`` 1.2): every indicator splits on them."""

DESK, VETTING = "desk", "vetting"
CITIZEN, ORGANISATION, HOUSEHOLD = "citizen", "organisation", "household"


class Party(Body):
    """Who the dossier is for, as given at intake (never changed by later joins of persons).

    ``kind``: citizen, organisation, household. ``birth`` as ``yyyymmdd``, ``yyyy0000`` or 0. ``unit`` is the
    NSO code of the commune of residence, empty while only the free text is known.
    """

    kind: Code
    name: Short
    id_kind: Code
    id_number: Code
    birth: Day
    sex: Code
    address: Text
    unit: Code
    phone: Code
    email: Short
    person: EntryId | None = None


class Companion(Body):
    """Someone beside the party: representative, helper, witness, interpreter, spouse, child ... (``role``).

    ``detail``: the authorisation paper, the language, the relation.
    """

    role: Code
    name: Short
    id_kind: Code
    id_number: Code
    birth: Day
    detail: Short
    person: EntryId | None = None


class PaperTaken(Body):
    """One row of the check-list: ``row`` is its place in the procedure's list, ``group`` its key.

    ``state``: brought, missing, looked_up, differs, queued (look-up not possible yet), not_applicable,
    at_return (shown at return). ``made_as``: original, certified, photo, electronic, or empty.
    """

    row: Index
    group: Code
    name: Text
    state: Code
    made_as: Code
    count: Count
    note: Text = ""


class PaperAsked(Body):
    """One line of form 02: the paper and what exactly is wrong or missing."""

    row: Index
    name: Text
    made_as: Code
    words: Text


class ProcedureUsed(Body):
    """The procedure in the version in force at intake (``law.md`` 0.1); ``version`` is the catalogue's."""

    code: Code
    name: Long
    field: Short
    version: Code
    reviewed: bool
    form_set: Code = "one_stop"


class LimitUsed(Body):
    """The time limit relied on. ``ground`` is empty when it is the catalogue's, else the clerk's words.

    ``unit`` empty: no limit is known and none was given ("chưa có"), so there is no due date.
    ``settings`` as in the clock's rule (cut-off, counting from the next day, routed).
    """

    value: Count
    unit: Code
    ground: Text
    settings: Short = ""


class FeeUsed(Body):
    """One fee line. ``known`` False: no rate is known and none was given - never 0 in its place.

    ``exemption`` is the reason code of a legal exemption; ``ground`` the clerk's words for an entered rate.
    """

    kind: Code
    label: Short
    amount: Amount
    known: bool
    exemption: Code = ""
    ground: Text = ""


class DossierSubmitted(Body):
    """A dossier is handed in (state 1); subjects: dossier, person. The outcome follows as its own entry.

    ``channel``: counter, post, online_helped. ``arrived_at``: the moment that counts (postmark for post).
    ``cases``: keys of the conditions that apply. ``deliver``: counter, post, online. ``competent``: code of
    the unit that decides, empty for the own one.
    """

    code: Code
    daily: Count
    day: Day
    channel: Code
    arrived_at: Moment
    procedure: ProcedureUsed
    party: Party
    companions: tuple[Companion, ...]
    cases: tuple[Code, ...]
    papers: tuple[PaperTaken, ...]
    fees: tuple[FeeUsed, ...]
    limit: LimitUsed
    deliver: Code
    competent: Code
    pay: Code
    cannot_sign: Code
    note: Text
    salt: Salt


class OnlineDossierArrived(Body):
    """A dossier filed on the national portal reaches the unit (state 1); written by the province."""

    portal_code: Code
    submitted_at: Moment
    accept_by: Moment
    procedure: ProcedureUsed
    party: Party
    companions: tuple[Companion, ...]
    cases: tuple[Code, ...]
    papers: tuple[PaperTaken, ...]
    fees: tuple[FeeUsed, ...]
    limit: LimitUsed
    deliver: Code
    paid: Amount
    salt: Salt


class DossierAccepted(Body):
    """Form 01: the dossier is complete and taken in; the clock runs (state 2).

    ``form_book``/``form_number``: the counter's book and the number in it (``law.md`` 1.3). ``due_at`` 0: no
    limit is known. ``code``/``daily`` are set for an online dossier, which gets its counter's code here.
    """

    form_book: Code
    form_number: Count
    received_at: Moment
    due_at: Moment
    papers: tuple[PaperTaken, ...]
    limit: LimitUsed
    day: Day
    code: Code = ""
    daily: Count = 0


class SupplementRequested(Body):
    """Form 02: what must be completed, once and whole (state 5); ``stage``: desk or vetting (3 days)."""

    form_book: Code
    form_number: Count
    stage: Code
    asked: tuple[PaperAsked, ...]
    reason: Text
    contact: Short
    day: Day


class SupplementBrought(Body):
    """Papers were brought; ``complete`` False keeps the dossier waiting. The clock restarts from zero at
    acceptance (desk) or here (vetting): ``due_at`` is the new due time, 0 while incomplete.
    """

    papers: tuple[PaperTaken, ...]
    complete: bool
    due_at: Moment
    day: Day


class DossierRefused(Body):
    """Form 03 at the desk, or the written notice after vetting (state 3); ``ground`` from the table."""

    form_book: Code
    form_number: Count
    ground: Code
    words: Text
    day: Day


class DossierForwarded(Body):
    """Giao: handed on to a post of the unit, or to another body (``to_unit``); a hop of form 06."""

    to_post: EntryId | None
    to_unit: Code
    to_name: Short
    words: Text


class DossierTaken(Body):
    """Nhận: the hop is received at ``post``; ``by_post`` is the post of who takes it."""

    by_post: EntryId | None
    words: Text


class OpinionGiven(Body):
    """An opinion of the handler or of a body asked."""

    words: Text
    proposes: Code


class DraftPrepared(Body):
    """A draft of the result goes to who decides (Chờ ký)."""

    title: Short
    words: Text
    to_official: EntryId | None


class DraftSentBack(Body):
    """Who decides sends the draft back to the handler, with the reason."""

    words: Text


class ResultRecorded(Body):
    """The result exists: kind, number, date, signer, ``medium`` (paper, electronic); state 9.

    ``granted`` False: a written refusal after vetting is the result.
    """

    kind: Code
    title: Short
    number: Short
    date: Day
    signer: Short
    medium: Code
    granted: bool
    digest: Digest | None = None


class ResultReady(Body):
    """The result lies at the counter, in ``drawer`` (Ngăn); Chờ trả."""

    drawer: Short


class ResultReturned(Body):
    """The result is in the requester's hand, or posted (state 10); signature in book 07.

    ``receiver`` empty: the party. ``authorisation``: the paper of another receiver. ``how``: counter, post,
    online. ``how_signed``: ink, pad, fingerprint. ``read_back``: everything was read to the receiver.
    """

    how: Code
    receiver: Companion | None
    authorisation: Short
    how_signed: Code
    companions: tuple[Companion, ...]
    slip_lost: bool
    originals_shown: bool
    tracking: Short
    day: Day
    salt: Salt
    read_back: bool = False


class ContactTried(Body):
    """The requester was called, texted or told through the hamlet; ``outcome`` in a code."""

    how: Code
    outcome: Code
    words: Text


class DueExtended(Body):
    """Form 04: apology and one new date, at least a day before the due date; sealed by the head.

    ``delegation``: the written act under which a deputy signs, None in one's own right.
    """

    form_book: Code
    form_number: Count
    due_at: Moment
    reason: Text
    day: Day
    delegation: EntryId | None = None


class DossierStopped(Body):
    """Form 05: a request to stop was considered (state 8); sealed by the head [U layout].

    ``delegation`` as in ``DueExtended``.
    """

    form_book: Code
    form_number: Count
    ground: Text
    papers_returned: Text
    day: Day
    delegation: EntryId | None = None


class DossierWithdrawn(Body):
    """The requester takes the dossier back (state 7)."""

    words: Text
    papers_returned: Text
    day: Day


class FinancialDutyAsked(Body):
    """The requester must pay before work goes on (state 6)."""

    fees: tuple[FeeUsed, ...]
    words: Text


class FinancialDutyMet(Body):
    """The duty is met: paid here (the receipt's entry says it) or shown by ``proof``; ``due_at`` runs on."""

    proof: Short
    due_at: Moment


class FeesSet(Body):
    """The fee lines of a dossier are set anew, with a ground; what was paid is not touched."""

    fees: tuple[FeeUsed, ...]
    ground: Text


class PaperLookedUp(Body):
    """A paper's data was looked up in a database: matches, differs, unavailable (once-only, NQ 66.7)."""

    row: Index
    outcome: Code
    source: Short
    words: Text


class PartyCorrected(Body):
    """A correction of particulars; the first text stays in history."""

    party: Party
    companions: tuple[Companion, ...]
    ground: Text
    salt: Salt


class UncollectedNoted(Body):
    """The result was not collected for a long time; what was done with it."""

    words: Text
    day: Day


class ClashSettled(Body):
    """A named person settled acts that could not both stand; the first in order goes on counting.

    ``entries`` are the acts that did not count, ``how`` what the requester got of it: told, slip, none.
    """

    entries: tuple[EntryId, ...]
    how: Code
    words: Text


class OfficialCodeGiven(Body):
    """The province's system gave the official code: opaque, at most 50 characters; both stay searchable."""

    code: Short


class PortalStateReported(Body):
    """The national portal took ``state`` (1-10) by itself; written by the province, ``at`` its clock.

    Changes nothing of the dossier: what the unit does about it is an act of its own (decision 028).
    """

    state: Count
    at: Moment
