"""Filed on the portal: fetched while the line stood, accepted without it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.dossiers.state import Stage as At
from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.dossiers.hands import INTAKE, of_code, see_everything, state_of_dossier
from counter_app.practice.day.dossiers.taking_in import ONLINE, UNMARRIED
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import FIRST, Stage
from sync.hub.dossiers import OnlineDossier, OnlinePaper
from sync.protocol.naming.ids import PRACTICE_UNIT

PORTAL_CODE = "000.00.00.H35-261120-0007"
ASKER = 44
BEFORE_MS = 40 * 60_000


def arrives(stage: Stage) -> None:
    """The portal hands the province a dossier; the counters have it with the last exchange of the morning."""
    stage.at(7, 20)
    who = citizen(ASKER)
    online = OnlineDossier(
        PORTAL_CODE, UNMARRIED, who.name, who.number, stage.clock.at - BEFORE_MS,
        birth=int(who.birth[4:] + who.birth[2:4] + who.birth[:2]), sex="male", address=who.home,
        papers=tuple(OnlinePaper(row) for row in (2, 3, 4)),
    )  # fmt: skip
    with stage.hub() as hub:
        hub.online_arrived(PRACTICE_UNIT, online)
        hub.read(PRACTICE_UNIT)
    stage.world.settle()
    stage.dossiers[ONLINE] = (of_code(stage, PORTAL_CODE), PORTAL_CODE)
    equal(state_of_dossier(stage, ONLINE).stage, At.ONLINE, "hồ sơ trực tuyến tại quầy")
    stage.say(f"Cổng dịch vụ công: hồ sơ {PORTAL_CODE} của {who.name} đã về quầy.")


def accepted_offline(stage: Stage) -> None:
    """The page of online dossiers, Enter, F9: form 01 and a code of this counter, and nothing is sent yet."""
    stage.at(11, 25)
    seat, program = stage.seat(FIRST), stage.program(FIRST)
    seat.open_by_search("truc tuyen cho", "online")
    equal(seat.view.rows.rowCount(), 1, "hồ sơ trực tuyến chờ tiếp nhận")
    stage.picture(seat, "truc-tuyen")
    seat.enter()
    equal(seat.screen(), INTAKE, "Enter mở trang tiếp nhận")
    see_everything(seat)
    waiting = program.exchange.status().waiting
    stage.picture(seat, "truc-tuyen-tiep-nhan")
    page = seat.view.model
    seat.commit()
    seat.until(lambda: not page.busy, "tiếp nhận hồ sơ trực tuyến")
    seat.settle()
    equal(seat.screen(), "online", "sau F9 là danh sách trực tuyến")
    state = state_of_dossier(stage, ONLINE)
    stops = [notice.title for notice in page.notices("stop")]
    equal(state.stage, At.ACCEPTED, f"hồ sơ trực tuyến (thanh báo “{seat.bar()}” {stops})")
    check(state.code, "hồ sơ trực tuyến phải có mã của quầy")
    check(program.exchange.status().waiting > waiting, "việc tiếp nhận chờ gửi khi có mạng")
    stage.dossiers[ONLINE] = (stage.dossiers[ONLINE][0], state.code)
    seat.press(Qt.Key.Key_F2)
    stage.say(f"Hồ sơ trực tuyến được tiếp nhận khi không có mạng: “{seat.bar()}”")
