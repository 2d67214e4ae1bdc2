"""Line of the self-test about the seals of years: is what lies here what the province closed?"""

from __future__ import annotations

from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, NOT_HERE
from counter_app.services.seals.comparing import DAMAGED, DIFFERS, NOT_HERE_YET, REFUSED, SAME, standings
from counter_app.services.seals.telling import all_same, told
from counter_app.services.technician.doctor.bench import Bench, Found

_WORST = (DIFFERS, DAMAGED, REFUSED, NOT_HERE_YET, SAME)
_VERDICTS = {DIFFERS: BROKEN, DAMAGED: BROKEN, REFUSED: LOOK, NOT_HERE_YET: LOOK, SAME: GOOD}


def year_seals(bench: Bench) -> Found:
    """Every kept seal against the store's own chain, made anew from its bytes; the worst says what to do."""
    work = bench.work
    with work.store.read() as connection:
        found = standings(connection, work.place.unit, work.hub_keys)
        if not found:
            return Found(NOT_HERE, say("Tỉnh chưa niêm năm nào", "The province has sealed no year yet"))
        said = [
            (
                one.verdict,
                *told(one, "" if one.place is None else work.counter_name(connection, one.place.journal)),
            )
            for one in found
            if one.verdict != SAME
        ]
    said.sort(key=lambda one: _WORST.index(one[0]))
    words = [*dict.fromkeys(words for _, words, _ in said), *all_same(found)]
    verdict, remedy = (said[0][0], said[0][2]) if said else (SAME, "")
    return Found(_VERDICTS[verdict], " ".join(words), remedy)
