"""The pill of the top bar and the facts about the line it is read from (``ux.md`` 4.10).

Never green while something waits, while the last exchange failed, or before the province was asked in this
run of the program.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.services.ports.exchange import OFFLINE, OLD, SENDING, SLOW, SYNCED, UNKNOWN, WAITING, Pill
from counter_app.services.ports.saying import say
from sync.client.engine import DONE

OLD_MS = 24 * 3_600_000
SLOW_SECONDS = 120


@dataclass(frozen=True, slots=True)
class LineFacts:
    """How the line stands: ``asked`` in this run, ``code`` of the last exchange, ``failing_since`` in ms (0:
    it works), ``next_try`` in ms, ``busy`` while an exchange runs, ``sent`` of ``to_send`` in this round,
    ``by_itself`` False where only a person sends ("send now"): between two of his tries nothing is on its
    way.
    """

    asked: bool = False
    code: str = ""
    refusal: str = ""
    failing_since: int = 0
    next_try: int = 0
    busy: bool = False
    to_send: int = 0
    speed: float = 0.0
    by_itself: bool = True

    @property
    def works(self) -> bool:
        """True when the province answered the last exchange."""
        return self.asked and self.code == DONE


def read_pill(
    line: LineFacts, *, waiting: int, tasks: int, last_ack: int, estimate_seconds: int, now: int
) -> Pill:
    """The pill's kind and words. ``last_ack`` is the moment (ms) of the province's last word, 0: none."""
    kind, words = _judge(line, waiting, last_ack, estimate_seconds, now)
    return Pill(kind, words, tasks)


def _judge(line: LineFacts, waiting: int, last_ack: int, estimate: int, now: int) -> tuple[str, str]:
    not_there = say(f" · {waiting} chưa ở tỉnh", f" · {waiting} not at the province") if waiting else ""
    if line.works:
        if waiting == 0:
            return SYNCED, say(
                f"Đã đồng bộ {vn_datetime(last_ack):%H:%M}", f"Synced {vn_datetime(last_ack):%H:%M}"
            )
        if estimate >= SLOW_SECONDS:
            minutes = round(estimate / 60)
            return SLOW, say(f"Chậm: còn khoảng {minutes} phút", f"Slow: about {minutes} min left")
        if not line.busy and not line.by_itself:
            return _nobody_sends(waiting, last_ack)
        total = max(line.to_send, waiting)
        return SENDING, say(f"Đang gửi {total - waiting}/{total}", f"Sending {total - waiting}/{total}")
    if last_ack and now - last_ack > OLD_MS:
        day = short_date(vn_datetime(last_ack).date())
        return OLD, say(f"Chưa nối tỉnh từ {day}{not_there}", f"Not met since {day}{not_there}")
    if not line.asked:
        return UNKNOWN, say(f"Chưa hỏi được tỉnh{not_there}", f"Province not asked yet{not_there}")
    return OFFLINE, say(f"Ngoại tuyến{not_there}", f"Offline{not_there}")


def _nobody_sends(waiting: int, last_ack: int) -> tuple[str, str]:
    """Acts wait, the line worked last time, and nothing is on its way."""
    since = f"{vn_datetime(last_ack):%H:%M}"
    return WAITING, say(f"{waiting} chờ gửi · gửi lần cuối {since}", f"{waiting} waiting · last sent {since}")
