"""The day from provisioning to sign-out, step after step, through the real widgets of two counters."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from counter_app.clock import FixedClock
from counter_app.practice.day.dossiers import handling, online, province, returning
from counter_app.practice.day.dossiers import taking_in as dossiers
from counter_app.practice.day.failures import DayFailed
from counter_app.practice.day.stage import MORNING, Stage
from counter_app.practice.day.steps import (
    by_hand,
    checking,
    closing,
    founding,
    handing_over,
    line_back,
    opening,
    pen_lost,
    refusing,
    school,
    signing_in,
    taking_in,
    the_pile,
)
from counter_app.practice.world import PracticeWorld
from counter_app.services.exchange.places import without_sticks

Step = Callable[[Stage], None]
STEPS: tuple[Step, ...] = (
    founding.first_counter,
    founding.its_people,
    founding.second_counter,
    opening.opening_balance,
    online.arrives,
    opening.line_goes,
    signing_in.morning,
    taking_in.five_originals,
    taking_in.the_morning,
    refusing.torn_original,
    dossiers.birth_by_two_cards,
    dossiers.witness_statement,
    dossiers.three_days,
    dossiers.extract_with_money,
    dossiers.refused,
    online.accepted_offline,
    by_hand.noon,
    by_hand.the_pen,
    the_pile.one_act,
    the_pile.unsigned_and_confirmed,
    checking.copies_shown,
    handing_over.by_scan,
    handling.handed_on,
    handling.drafted_and_decided,
    handling.extended,
    returning.by_slip,
    returning.slip_lost,
    pen_lost.numbered_then_dies,
    pen_lost.recovered,
    pen_lost.work_goes_on,
    pen_lost.dead_one_returns,
    pen_lost.never_used,
    school.pasted_and_written,
    school.numbered_by_its_slip,
    school.handed_over_by_its_slip,
    line_back.everything_arrives,
    line_back.the_hub_asks,
    province.same_everywhere,
    closing.the_day,
    closing.backup_and_verify,
    closing.sign_out,
)
WITHOUT_LINE: tuple[Step, ...] = (
    *STEPS[: STEPS.index(line_back.everything_arrives)],
    line_back.everything_arrives_by_file,
    province.same_at_the_province,
    *STEPS[STEPS.index(closing.the_day) :],
)
"""The twin: after the PCs were set up nothing but files passes, between the two and to the province."""
OK, FAILED = 0, 1


def open_stage(out: Path, folder: Path) -> Stage:
    """The hub alone in ``folder``, on the day's own clock: both PCs are bare. Close it (``Stage.close``)."""
    clock = FixedClock(MORNING, step=1)
    world = PracticeWorld.create(folder, 0, clock=clock, register=False)
    return Stage(out, clock, world)


def play(out_dir: Path, steps: tuple[Step, ...] = STEPS) -> int:
    """Plays the steps; papers and pictures stay in ``out_dir``. 0 when every check held, 1 with words."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_complaint)
    for part in ("papers", "screens"):
        shutil.rmtree(out_dir / part, ignore_errors=True)
    out_dir.mkdir(parents=True, exist_ok=True)
    made = tempfile.TemporaryDirectory(prefix="mot-ngay-", ignore_cleanup_errors=True)
    with without_sticks(), made as folder:
        stage = open_stage(out_dir, Path(folder))
        try:
            return _run(stage, steps)
        finally:
            kept = stage.keep_papers()
            (out_dir / "day.txt").write_text("\n".join(stage.told) + "\n", encoding="utf-8")
            print(f"Giấy tờ: {kept} tệp, ảnh màn hình: {stage.pictures}, trong {out_dir}/")
            stage.close()


def _complaint(kind: QtMsgType, context: object, message: str) -> None:
    """Qt's complaints, without what the screenless platform cannot do."""
    if kind is not QtMsgType.QtDebugMsg and not message.startswith("This plugin does not support"):
        print(f"Qt: {message}", file=sys.stderr)


def _run(stage: Stage, steps: tuple[Step, ...]) -> int:
    for step in steps:
        try:
            step(stage)
        except DayFailed as failure:
            stage.say(f"HỎNG ở bước {step.__module__.rpartition('.')[2]}.{step.__name__}: {failure}")
            _last_pictures(stage)
            return FAILED
        except Exception:
            stage.say(f"HỎNG ở bước {step.__module__.rpartition('.')[2]}.{step.__name__}")
            traceback.print_exc()
            _last_pictures(stage)
            return FAILED
    return OK


def _last_pictures(stage: Stage) -> None:
    """What stood on the screens when the day failed."""
    for counter, seat in stage.seats.items():
        stage.pictures += 1
        target = stage.out / "screens" / f"{stage.pictures:02d}-hong-{counter}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        seat.window.grab().save(str(target))
