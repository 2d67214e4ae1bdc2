"""The one table of kinds: number, body type, which subject an entry begins, who must seal it.

Numbers are never reused (``architecture.md`` 2); 1-99 are the system kinds of ``sync.protocol``.
"""

from __future__ import annotations

from typing import NamedTuple

from .arrival import entries as arrival
from .certification import electronic_entries as electronic
from .certification import entries as certification
from .contradictions import entries as contradictions
from .dossiers import entries as dossiers
from .field_types import Body
from .groups import entries as groups
from .lookups import entries as lookups
from .money import entries as money
from .organisation import entries as organisation
from .people import entries as people
from .province import entries as province
from .questions import entries as questions
from .registers import entries as registers
from .strays import entries as strays
from .tickets import entries as tickets


class Kind(NamedTuple):
    """One kind of entry.

    ``aggregates`` names, position by position, the aggregate of each subject; ``begins`` is the
    position of the subject that the entry begins (its own id), or None. ``sealed``: refused
    without the official's signature.
    """

    number: int
    body: type[Body]
    aggregates: tuple[str, ...]
    begins: int | None = None
    sealed: bool = False
    version: int = 1
    must_understand: bool = True


KINDS: tuple[Kind, ...] = (
    Kind(100, organisation.OfficialRecorded, ("official",), 0),
    Kind(101, organisation.OfficialChanged, ("official",), sealed=True),
    Kind(102, organisation.OfficialKeySet, ("official",), sealed=True),
    Kind(103, organisation.PostRecorded, ("post",), 0),
    Kind(110, organisation.DelegationRecorded, ("delegation", "official"), 0, sealed=True),
    Kind(111, organisation.DelegationEnded, ("delegation",), sealed=True),
    Kind(120, organisation.UnitPolicySet, ("unit",), sealed=True),
    Kind(121, organisation.PresenceSaid, ("unit",), must_understand=False),
    Kind(200, registers.RegisterOpened, ("register",), 0, sealed=True),
    Kind(201, registers.BookOpened, ("register",), sealed=True),
    Kind(202, registers.PenPassed, ("register",)),
    Kind(203, registers.PenPassedToPaper, ("register",), sealed=True),
    Kind(204, registers.PenReturnedFromPaper, ("register",), sealed=True),
    Kind(205, registers.PenRecovered, ("register",), sealed=True),
    Kind(206, registers.NumberSettled, ("register",), sealed=True),
    Kind(207, registers.DoubleRuled, ("register",), sealed=True),
    Kind(208, registers.MonthClosed, ("register",), sealed=True),
    Kind(209, registers.YearClosed, ("register",), sealed=True),
    Kind(220, certification.CopiesRequested, ("request", "person"), 0, version=2),
    Kind(221, certification.OriginalRefused, ("refusal", "request"), 0),
    Kind(222, certification.RequestReturned, ("request",)),
    Kind(223, certification.RequestResubmitted, ("request",), version=2),
    Kind(224, certification.RequesterCorrected, ("request",)),
    Kind(225, certification.AppointmentExtended, ("request",)),
    Kind(230, certification.LotNumbered, ("register", "lot", "delegation"), 1, sealed=True),
    Kind(231, certification.LineNumbered, ("request", "line", "register", "lot"), 1),
    Kind(232, certification.LineSigned, ("line", "request", "lot")),
    Kind(233, certification.LineStruck, ("line", "request", "lot")),
    Kind(234, certification.LineAnnulled, ("line", "request"), sealed=True),
    Kind(235, certification.LineNoted, ("line",)),
    Kind(236, electronic.FileSigned, ("line", "request", "lot"), sealed=True),
    Kind(237, electronic.FileExtended, ("line", "request")),
    Kind(238, certification.LineCorrected, ("line", "request"), sealed=True),
    Kind(240, certification.CopiesHandedOver, ("request",)),
    Kind(250, certification.Printed, ("any",), must_understand=False),
    Kind(260, groups.GroupTaken, ("group",), 0),
    Kind(261, groups.MemberTaken, ("group", "request"), must_understand=False),
    Kind(262, groups.GroupEnded, ("group",)),
    Kind(300, money.ReceiptBookOpened, ("receipt_book",), 0),
    Kind(301, money.ReceiptIssued, ("receipt", "any", "receipt_book"), 0),
    Kind(302, money.ProvisionalSlipIssued, ("receipt", "any"), 0),
    Kind(303, money.ReceiptFollowed, ("receipt",)),
    Kind(304, money.ReceiptVoided, ("receipt", "any"), sealed=True),
    Kind(305, money.Refunded, ("receipt", "any"), sealed=True),
    Kind(306, money.ReceiptBookClosed, ("receipt_book",), sealed=True),
    Kind(310, money.CashDayClosed, ("cash_day",), 0, sealed=True),
    Kind(350, people.PersonRecorded, ("person",), 0),
    Kind(351, people.PersonChanged, ("person",)),
    Kind(352, people.PersonsJoined, ("person", "person")),
    Kind(353, people.PersonsParted, ("person", "person")),
    Kind(400, questions.QuestionAnswered, ("question", "any")),
    Kind(450, province.DataPut, ("data",), 0),
    Kind(500, dossiers.DossierSubmitted, ("dossier", "person"), 0),
    Kind(501, dossiers.OnlineDossierArrived, ("dossier",), 0),
    Kind(502, dossiers.DossierAccepted, ("dossier", "person")),
    Kind(503, dossiers.SupplementRequested, ("dossier",)),
    Kind(504, dossiers.SupplementBrought, ("dossier",)),
    Kind(505, dossiers.DossierRefused, ("dossier",)),
    Kind(506, dossiers.DossierForwarded, ("dossier",)),
    Kind(507, dossiers.DossierTaken, ("dossier",)),
    Kind(508, dossiers.OpinionGiven, ("dossier",)),
    Kind(509, dossiers.DraftPrepared, ("dossier",)),
    Kind(510, dossiers.DraftSentBack, ("dossier",)),
    Kind(511, dossiers.ResultRecorded, ("dossier",)),
    Kind(512, dossiers.ResultReady, ("dossier",)),
    Kind(513, dossiers.ResultReturned, ("dossier",)),
    Kind(514, dossiers.ContactTried, ("dossier",)),
    Kind(515, dossiers.UncollectedNoted, ("dossier",)),
    Kind(516, dossiers.DueExtended, ("dossier",), sealed=True),
    Kind(517, dossiers.DossierStopped, ("dossier",), sealed=True),
    Kind(518, dossiers.DossierWithdrawn, ("dossier",)),
    Kind(519, dossiers.FinancialDutyAsked, ("dossier",)),
    Kind(520, dossiers.FinancialDutyMet, ("dossier",)),
    Kind(521, dossiers.FeesSet, ("dossier",)),
    Kind(522, dossiers.PaperLookedUp, ("dossier",)),
    Kind(523, dossiers.PartyCorrected, ("dossier",)),
    Kind(524, dossiers.OfficialCodeGiven, ("dossier",)),
    Kind(525, dossiers.ClashSettled, ("dossier",)),
    Kind(526, dossiers.PortalStateReported, ("dossier",)),
    Kind(530, lookups.LookupAsked, ("lookup", "dossier"), 0, must_understand=False),
    Kind(531, lookups.LookupAnswered, ("lookup", "dossier"), must_understand=False),
    Kind(532, lookups.LookupWithdrawn, ("lookup", "dossier"), must_understand=False),
    Kind(533, lookups.SystemStandingSaid, ("lookup_system",), 0, must_understand=False),
    Kind(536, arrival.ArrivalBegun, ("arrival", "register"), 0, sealed=True),
    Kind(537, arrival.OldLineWritten, ("line", "register", "arrival"), 0),
    Kind(538, arrival.OldDossierTaken, ("dossier", "arrival")),
    Kind(539, arrival.FiguresTaken, ("figures",), 0, sealed=True),
    Kind(534, contradictions.ContradictionSettled, ("any", "any"), sealed=True, must_understand=False),
    Kind(535, strays.StraysSettled, ("stray", "any"), 0, sealed=True, must_understand=False),
    Kind(545, organisation.KeyRecovered, ("official",), sealed=True),
    Kind(546, organisation.RecoveryAllowed, ("official",)),
    Kind(547, organisation.KeyEscrowed, ("unit",), must_understand=False),
    Kind(540, tickets.TicketOpened, ("ticket",), 0, must_understand=False),
    Kind(541, tickets.TicketAnswered, ("ticket",), must_understand=False),
    Kind(542, tickets.AskedFromAfar, ("afar",), 0, must_understand=False),
    Kind(543, tickets.AnsweredFromAfar, ("afar",), must_understand=False),
    Kind(544, tickets.StandingSaid, ("standing",), 0, must_understand=False),
)

BY_NUMBER: dict[int, Kind] = {kind.number: kind for kind in KINDS}
BY_BODY: dict[type[Body], Kind] = {kind.body: kind for kind in KINDS}
