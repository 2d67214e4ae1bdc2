"""Opening and answering tickets, asking a PC from afar, and what the asked PC does with it."""

from __future__ import annotations

import re

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.tickets import entries as kinds
from counter_app.domain.tickets.entries import BundleNamed, Standing
from counter_app.domain.tickets.state import CLOSED, AfarState, TicketState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, device_of

MOST_WORDS = 2_000
LASTS_MS = 14 * 86_400_000
"""So long a request from afar waits for its PC (own figure)."""
_SCREEN = re.compile(r"[a-z_]{1,40}")
_CITIZENS_NUMBER = re.compile(r"(?<!\d)0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)")


def open_ticket(screen: str, words: str, standing: Standing, bundle: BundleNamed) -> tuple[Draft, ...]:
    """A ticket about ``screen`` with what was typed.

    Raises DomainError ``ticket.words`` (nothing or too much), ``ticket.personal`` (a citizen's number).
    """
    typed = words.strip()
    if not typed:
        raise _fault("words", "Chưa ghi chuyện gì xảy ra.", "Ghi vài lời: đang làm gì, máy báo gì.",
                     "Nothing says what happened.", "Write what you did and what the PC said.")  # fmt: skip
    if len(typed) > MOST_WORDS:
        raise _fault("words", "Lời ghi quá dài.", f"Ghi gọn trong {MOST_WORDS} chữ.",
                     "The words are too long.", f"Keep them below {MOST_WORDS} letters.")  # fmt: skip
    if _CITIZENS_NUMBER.search(typed):
        raise _fault("personal", "Phiếu báo sự cố có số định danh của công dân.",
                     "Bỏ số đó đi: kỹ thuật viên không được biết dữ liệu của công dân.",
                     "The ticket names a citizen's number.",
                     "Take it out: technicians see no citizens' data.")  # fmt: skip
    body = kinds.TicketOpened(screen if _SCREEN.fullmatch(screen) else "", typed, standing, bundle)
    return (draft(body, SELF),)


def answer_ticket(ticket: TicketState, words: str, *, closes: bool) -> Draft:
    """The province's answer. Raises DomainError ``ticket.answer`` (neither words nor closing),
    ``ticket.closed`` (closed before)."""
    said = words.strip()
    if not said and not closes:
        raise _fault("answer", "Chưa ghi lời trả lời.", "Ghi vài lời cho quầy.", "The answer is empty.",
                     "Write a few words for the counter.")  # fmt: skip
    if ticket.status == CLOSED and closes and not said:
        raise _fault("closed", "Phiếu này đã khép.", "", "This ticket was closed before.", "")
    return draft(kinds.TicketAnswered(said[:8000], closes), ticket.id)


def ask_from_afar(device: int, wish: str, words: str, at: int) -> Draft:
    """The province asks PC ``device`` at ``at`` (ms). Raises DomainError ``afar.wish``."""
    if wish not in kinds.WISHES:
        raise DomainError("Chỉ nhờ được: doctor, bundle, catalogue.", code="afar.wish",
                          title_en="One may ask for: doctor, bundle, catalogue.")  # fmt: skip
    return draft(kinds.AskedFromAfar(device, wish, words.strip()[:600], at + LASTS_MS), SELF)


def is_for(request: AfarState, journal: int) -> bool:
    """True when the PC that writes ``journal`` is the one that was asked and has not answered."""
    return request.is_open and request.device == device_of(journal)


def settled_without_doing(request: AfarState, at: int) -> str:
    """The outcome of a request that this program must not carry out: unknown or lapsed; "" when it may."""
    if request.wish not in kinds.WISHES:
        return kinds.UNKNOWN
    return kinds.LAPSED if at > request.until else ""


def answer_from_afar(
    request: AfarState, outcome: str, code: str = "", items: int = 0, standing: Standing | None = None,
    bundle: BundleNamed | None = None,
) -> tuple[Draft, ...]:  # fmt: skip
    """The asked PC's answer; nothing for a request that was answered meanwhile."""
    if not request.is_open:
        return ()
    body = kinds.AnsweredFromAfar(outcome, code[:40], items, standing, bundle or BundleNamed())
    return (draft(body, request.id),)


def say_standing(standing: Standing) -> tuple[Draft, ...]:
    """The PC's word of the day."""
    return (draft(kinds.StandingSaid(standing), SELF),)


def _fault(code: str, vi: str, remedy: str, en: str, remedy_en: str) -> DomainError:
    return DomainError(vi, "", remedy, "words", code=f"ticket.{code}", title_en=en, remedy_en=remedy_en)
