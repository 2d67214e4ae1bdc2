"""All areas of the counter over one workplace, ready for screens and the command line."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.services.arrival import unfinished
from counter_app.services.arrival.port import ArrivalArea
from counter_app.services.cash.port import CashArea
from counter_app.services.contradictions.port import ContradictionsArea
from counter_app.services.copies.port import CopiesArea
from counter_app.services.dossiers.intake import IntakeArea
from counter_app.services.dossiers.port import DossiersArea
from counter_app.services.founding.officials import OfficialsArea
from counter_app.services.groups.port import GroupsArea
from counter_app.services.handover.port import HandoverArea
from counter_app.services.home.port import HomeArea
from counter_app.services.lookups.port import LookupsArea
from counter_app.services.papers.port import PapersArea
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.pen.port import PenDeskArea
from counter_app.services.registers.port import RegistersArea
from counter_app.services.session.accounts import Accounts
from counter_app.services.session.desk import Desk
from counter_app.services.session.port import SessionArea
from counter_app.services.session.reads import ReadsArea
from counter_app.services.settings.port import SettingsArea
from counter_app.services.settings.tokens import TokensBySettings
from counter_app.services.signing.digital import DigitalSigning
from counter_app.services.signing.moving_in import settle_kept_files
from counter_app.services.signing.port import SigningArea
from counter_app.services.strays.port import StraysArea
from counter_app.services.workplace import Workplace


@dataclass(frozen=True)
class Areas:
    """The counter's own ports; exchange and technician are composed beside them."""

    work: Workplace
    desk: Desk
    accounts: Accounts
    officials: OfficialsArea
    session: SessionArea
    home: HomeArea
    copies: CopiesArea
    groups: GroupsArea
    intake: IntakeArea
    dossiers: DossiersArea
    signing: SigningArea
    digital: DigitalSigning
    handover: HandoverArea
    registers: RegistersArea
    arrival: ArrivalArea
    papers: PapersArea
    cash: CashArea
    pen: PenDeskArea
    settings: SettingsArea
    reads: ReadsArea
    lookups: LookupsArea
    contradictions: ContradictionsArea
    strays: StraysArea


def open_areas(work: Workplace) -> Areas:
    """The areas over an open store. Nobody is signed in yet."""
    settle_kept_files(work)
    unfinished.sweep(work)
    desk = Desk(work)
    queue = PrintQueue(work, desk)
    signing = SigningArea(work, desk, queue)
    return Areas(
        work=work,
        desk=desk,
        accounts=Accounts(work, desk),
        officials=OfficialsArea(work, desk),
        session=SessionArea(work, desk),
        home=HomeArea(work, desk),
        copies=CopiesArea(work, desk, queue),
        groups=GroupsArea(work, desk, queue),
        intake=IntakeArea(work, desk, queue),
        dossiers=DossiersArea(work, desk, queue),
        signing=signing,
        digital=DigitalSigning(work, desk, signing.guards, TokensBySettings(work)),
        handover=HandoverArea(work, desk, queue),
        registers=RegistersArea(work, desk, queue),
        arrival=ArrivalArea(work, desk, queue),
        papers=PapersArea(work, queue),
        cash=CashArea(work, desk, queue),
        pen=PenDeskArea(work, desk, queue, signing.guards),
        settings=SettingsArea(work, desk),
        reads=ReadsArea(work, desk.require),
        lookups=LookupsArea(work, desk),
        contradictions=ContradictionsArea(work, desk),
        strays=StraysArea(work, desk),
    )
