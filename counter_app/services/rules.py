"""The tables in force at this counter: what came with the program, the province's data, this PC's price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from counter_app.domain.calendar.working_days import WorkingCalendar, parse_calendar
from counter_app.domain.catalogue import Catalogue, layered, parse_catalogue
from counter_app.domain.catalogue.result_titles import ResultTitles, parse_result_titles
from counter_app.domain.certification.taking_in.fees import PHOTOCOPY
from counter_app.domain.certification.taking_in.grounds import GroundTable, parse_grounds
from counter_app.domain.certification.taking_in.intake import IntakeRules
from counter_app.domain.certification.taking_in.kinds_of_papers import PaperKinds, parse_paper_kinds
from counter_app.domain.certification.taking_in.matters import (
    COPY,
    ELECTRONIC,
    RegisterKinds,
    parse_register_kinds,
)
from counter_app.domain.certification.taking_in.own_words import with_own_words
from counter_app.domain.certification.taking_in.time_limit import (
    TimeLimitRule,
    certification_due,
    parse_time_limits,
    rule_on,
)
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.grounds import DossierGrounds, parse_dossier_grounds
from counter_app.domain.lookups.systems import Systems, parse_systems
from counter_app.domain.money.e_receipt import ReceiptRules, parse_receipt_rules
from counter_app.domain.money.fee_table import FeeRule, FeeTable, parse_fee_table
from counter_app.domain.money.photocopy_price import PhotocopyPrice, fee_rules
from counter_app.domain.places import Places, parse_places
from resources import load


@dataclass(frozen=True, slots=True)
class Rules:
    """Fees, limits, calendar, kinds of papers, grounds of refusal and receipts, each dated inside."""

    fees: FeeTable
    limits: tuple[TimeLimitRule, ...]
    calendar: WorkingCalendar
    kinds: PaperKinds
    grounds: GroundTable
    receipts: ReceiptRules

    def intake(self, matter: str, day: date) -> IntakeRules:
        """What a request of ``matter`` taken in on ``day`` goes by. Raises ``time_limit.none``.

        An electronic copy is promised like one on paper: no time limit of its own was read [U].
        """
        limit = COPY if matter == ELECTRONIC else matter
        return IntakeRules(self.fees, rule_on(self.limits, limit, day), self.calendar)

    def intake_all(self, matters: Sequence[str], at: int) -> IntakeRules:
        """What a request of several matters goes by, received at ``at`` (ms): the latest of their promises.

        Raises ``time_limit.none``.
        """
        each = [self.intake(matter, vn_date(at)) for matter in matters]
        return max(each, key=lambda rules: certification_due(at, rules.limit, rules.calendar).at)

    def with_fees(self, content: bytes) -> Rules:
        """The same with a fee table of the province in front; ``DomainError`` ``table.file``."""
        return replace(self, fees=self.fees.with_rules(*parse_fee_table(content).rules))

    def with_words(self, words: Mapping[str, str]) -> Rules:
        """The same with the unit's own short words of papers in front."""
        return replace(self, kinds=with_own_words(self.kinds, words)) if words else self

    def with_photocopy_price(self, dong: int) -> Rules:
        """The same with a price of a photocopied page typed at this PC (no fee, ``law.md`` 4.8) [U]."""
        rule = FeeRule(PHOTOCOPY, "page", "Giá nhập tại máy này", "unverified", amount=dong, is_fee=False)
        return replace(self, fees=self.fees.with_rules(rule))

    def with_photocopy_prices(self, prices: tuple[PhotocopyPrice, ...]) -> Rules:
        """The same with the unit's own prices of a photocopied page in front, each from its day on."""
        return replace(self, fees=self.fees.with_rules(*fee_rules(prices))) if prices else self


def shipped_rules() -> Rules:
    """The tables that came with the program."""
    return Rules(
        parse_fee_table(load.fee_table()),
        parse_time_limits(load.time_limits()),
        parse_calendar(load.working_calendar()),
        parse_paper_kinds(load.paper_kinds()),
        parse_grounds(load.refusal_grounds()),
        parse_receipt_rules(load.receipt_rules()),
    )


@cache
def shipped_catalogue() -> Catalogue:
    """The procedures that came with the program; 900 KB, read when the first dossier is looked at."""
    return parse_catalogue(load.procedures())


@lru_cache(maxsize=2)
def catalogue_with(parts: tuple[bytes, ...]) -> Catalogue:
    """The shipped catalogue with the province's ``parts`` over it, the later ones last.

    Kept, since it takes a while to read. Raises DomainError ``table.file``.
    """
    return layered(shipped_catalogue(), parts)


@cache
def register_kinds() -> RegisterKinds:
    """Kinds of registers, their symbols and columns by date."""
    return parse_register_kinds(load.register_kinds())


@cache
def result_titles() -> ResultTitles:
    """What documents are likely called, by procedure."""
    return parse_result_titles(load.result_titles())


@cache
def places() -> Places:
    """Provinces and communes, read at the first search."""
    return parse_places(load.places())


@cache
def dossier_grounds() -> DossierGrounds:
    """Reasons of refusal and exemption."""
    return parse_dossier_grounds(load.dossier_grounds())


@cache
def lookup_systems() -> Systems:
    """National systems that a paper's data may be asked of."""
    return parse_systems(load.lookup_systems())
