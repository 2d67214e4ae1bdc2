"""A fault that repeats all night fills five files of two megabytes and no more; the newest lines stay."""

from __future__ import annotations

import logging
from pathlib import Path

from counter_app.services.technician.diagnostics import program_log

BYTES = program_log.MOST_BYTES * program_log.MOST_FILES


def test_a_flood_of_errors_stays_within_ten_megabytes_and_keeps_the_newest(tmp_path: Path) -> None:
    log = program_log.ProgramLog(tmp_path)
    try:
        raise ValueError("HOÀNG VĂN SƠN 012086006812")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    name = "counter_app.services.exchange.loop"
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, "the exchange failed", (), told)
    length = len(log.format(record)) + 1
    times = BYTES * 5 // 4 // length
    assert times * length > BYTES, "the flood is larger than what may stay"
    for number in range(times):
        record.created = float(number)
        log.handle(record)
    log.end()
    files = list((tmp_path / program_log.FOLDER).glob(f"{program_log.FILE}*"))
    sizes = sorted(one.stat().st_size for one in files)
    assert (len(sizes), sum(sizes) <= BYTES, sizes[0] > 0) == (program_log.MOST_FILES, True, True)
    kept = [line for one in files for line in one.read_text("ascii").splitlines()]
    assert log.format(record) in kept, "the last line is there"
    assert not any("SƠN" in line or "012086" in line for line in kept[:100])
