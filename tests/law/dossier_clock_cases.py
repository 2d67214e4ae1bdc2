# ruff: noqa: E501 - a case stays on one line, like a row on paper
"""Cases of the dossier's clock, worked by hand from ``law.md`` 1.2, 2.2, 4.3 and 6 with a wall calendar.

Written before the code that they test; nothing here is taken from what the code prints. Days off and
exchanged Saturdays of 2025-2027 are those of ``resources/calendar`` (2027 is an estimate). Hours: 07:30-11:30,
13:30-17:00. 20/11/2026 is a Friday, 24/11/2026 (Tuesday) is Culture Day, Tết 2026 is 16-20/02, Tết 2027 is
04-10/02. ``[U]``/``[S]``: the source is unverified or second-hand, the case pins the documented default.

A story is a row of steps with local times; what each step and expectation means stands in
``test_dossier_clock_cases.py``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A limit, what happened, what must be seen at its end, the article and the reasoning."""

    limit: str
    story: str
    expect: str
    article: str
    why: str
    rule: str = ""


SAME_DAY = (
    Case("same_day", "accept 19/11/2026 09:00", "due 19/11/2026 17:00", "4.3; 6", "Thursday morning: the same day, at closing"),
    Case("same_day", "accept 19/11/2026 07:30", "due 19/11/2026 17:00", "4.3; 6", "at opening"),
    Case("same_day", "accept 19/11/2026 12:10", "due 19/11/2026 17:00", "4.3; 6", "at noon, before 15:00"),
    Case("same_day", "accept 19/11/2026 14:59", "due 19/11/2026 17:00", "4.3; 6", "one minute before the cut-off"),
    Case("same_day", "accept 19/11/2026 15:00", "due 19/11/2026 17:00", "4.3; 6", "15:00 is not after 15:00 (own reading)"),
    Case("same_day", "accept 19/11/2026 15:01", "due 20/11/2026 17:00", "4.3; 6", "after 15:00: next working day"),
    Case("same_day", "accept 20/11/2026 15:01", "due 23/11/2026 17:00", "4.3; 6", "Friday evening: Monday"),
    Case("same_day", "accept 23/11/2026 16:00", "due 25/11/2026 17:00", "6; NQ 80", "Monday evening before Culture Day: Wednesday"),
    Case("same_day", "accept 13/02/2026 14:59", "due 13/02/2026 17:00", "6", "eve of Tết, in time"),
    Case("same_day", "accept 13/02/2026 15:01", "due 23/02/2026 17:00", "6", "eve of Tết, after 15:00: Monday after Tết"),
    Case("same_day", "accept 03/02/2027 15:30", "due 11/02/2027 17:00", "6 [U]", "Tết 2027 as estimated, 04-10/02: Thursday 11/02"),
    Case("same_day", "accept 31/12/2026 15:30", "due 04/01/2027 17:00", "6", "over New Year's Friday and the weekend"),
    Case("same_day", "valid 22/11/2026 10:00", "due 23/11/2026 17:00", "1.2 [S]; 6", "online on a Sunday: Monday"),
    Case("same_day", "valid 24/11/2026 10:00", "due 25/11/2026 17:00", "1.2 [S]; 6", "online on Culture Day: Wednesday"),
    Case("same_day", "arrive 19/11/2026 15:30", "due 20/11/2026 17:00", "1.2 [S]; 6", "post: the arrival postmark counts, after 15:00"),
    Case("same_day", "accept 19/11/2026 16:30", "due 19/11/2026 17:00", "6", "a procedure without cut-off", "cutoff=none"),
    Case("same_day", "accept 21/08/2026 15:30", "due 22/08/2026 17:00", "6", "Friday evening, the Saturday is worked for 31/08"),
    Case("same_day", "accept 09/01/2026 15:30", "due 10/01/2026 17:00", "6 [S]", "Friday evening, Saturday 10/01/2026 is worked for 02/01"),
)

WORKING_DAYS = (
    Case("1 working_day", "accept 19/11/2026 09:00", "due 20/11/2026 17:00", "6", "the day of receipt is not counted"),
    Case("2 working_day", "accept 19/11/2026 09:00", "due 23/11/2026 17:00", "6", "Fri 20, Mon 23"),
    Case("3 working_day", "accept 19/11/2026 09:00", "due 25/11/2026 17:00", "6; NQ 80", "Fri 20, Mon 23, Wed 25: Culture Day is off"),
    Case("3 working_day", "accept 20/11/2025 09:00", "due 25/11/2025 17:00", "6", "in 2025 24/11 is worked: Fri 21, Mon 24, Tue 25"),
    Case("5 working_day", "accept 16/11/2026 08:00", "due 23/11/2026 17:00", "6", "17, 18, 19, 20, 23"),
    Case("5 working_day", "accept 20/11/2026 08:00", "due 30/11/2026 17:00", "6", "23, 25, 26, 27, 30"),
    Case("5 working_day", "accept 13/02/2026 08:00", "due 27/02/2026 17:00", "6", "after Tết: 23, 24, 25, 26, 27"),
    Case("5 working_day", "accept 12/02/2026 08:00", "due 26/02/2026 17:00", "6", "13, then 23-26 after Tết"),
    Case("5 working_day", "accept 27/08/2026 10:00", "due 08/09/2026 17:00", "6", "28; 31/08-02/09 off; 3, 4, 7, 8"),
    Case("2 working_day", "accept 21/08/2026 10:00", "due 24/08/2026 17:00", "6", "the worked Saturday 22/08 is day 1"),
    Case("3 working_day", "accept 24/04/2025 10:00", "due 28/04/2025 17:00", "6", "Fri 25, worked Sat 26, Mon 28"),
    Case("5 working_day", "accept 25/04/2025 10:00", "due 06/05/2025 17:00", "6", "Sat 26, Mon 28, Tue 29, [30/4-2/5 off], Mon 5, Tue 6"),
    Case("1 working_day", "accept 29/04/2026 10:00", "due 04/05/2026 17:00", "6", "30/04 and 01/05 off, weekend"),
    Case("3 working_day", "accept 24/04/2026 10:00", "due 04/05/2026 17:00", "6; 111(3)", "Hùng Kings taken on Mon 27; 28, 29, then 04/05"),
    Case("10 working_day", "accept 17/12/2026 10:00", "due 31/12/2026 17:00", "6", "18, 21-25, 28-31: ten"),
    Case("10 working_day", "accept 18/12/2026 10:00", "due 04/01/2027 17:00", "6", "21-25, 28-31 are nine, New Year off, Monday 04/01"),
    Case("15 working_day", "accept 20/11/2026 09:00", "due 14/12/2026 17:00", "6", "23, 25-27 four; 30/11-04/12 nine; 07-11/12 fourteen; 14/12"),
    Case("20 working_day", "accept 02/11/2026 09:00", "due 01/12/2026 17:00", "6", "3-6 four, 9-13 nine, 16-20 fourteen, 23, 25-27 eighteen, 30/11, 01/12"),
    Case("17 working_day", "accept 02/11/2026 09:00", "due 26/11/2026 17:00", "6", "fourteen by 20/11; 23, 25, 26"),
    Case("27 working_day", "accept 02/11/2026 09:00", "due 10/12/2026 17:00", "3; 6 [U]", "remote commune takes the longer value: twenty by 01/12; 2-4, 7-10", "remote=27"),
    Case("5 working_day", "accept 31/12/2025 10:00", "due 09/01/2026 17:00", "6 [S]", "01/01 off, 02/01 off for 10/01; 5, 6, 7, 8, 9"),
    Case("6 working_day", "accept 31/12/2025 10:00", "due 10/01/2026 17:00", "6 [S]", "… and the worked Saturday 10/01 is day 6"),
)

AFTER_HOURS = (
    Case("5 working_day", "accept 19/11/2026 14:59", "due 27/11/2026 17:00", "6 [U]", "20, 23, 25, 26, 27"),
    Case("5 working_day", "accept 19/11/2026 15:00", "due 27/11/2026 17:00", "6 [U]", "the same at 15:00"),
    Case("5 working_day", "accept 19/11/2026 15:01", "due 27/11/2026 17:00", "6 [U]", "default: after 15:00 only the forwarding moves"),
    Case("5 working_day", "accept 19/11/2026 15:01", "due 30/11/2026 17:00", "6 [U]", "other setting: the count begins Friday, day 1 is Monday: 23, 25, 26, 27, 30", "late_next_day"),
    Case("5 working_day", "accept 19/11/2026 15:00", "due 27/11/2026 17:00", "6 [U]", "other setting, but 15:00 is in time", "late_next_day"),
    Case("1 working_day", "accept 20/11/2026 16:59", "due 23/11/2026 17:00", "6 [U]", "Friday evening, default"),
    Case("1 working_day", "accept 20/11/2026 16:59", "due 25/11/2026 17:00", "6 [U]", "other setting: counted from Monday, day 1 is Wednesday", "late_next_day"),
    Case("3 working_day", "accept 13/02/2026 15:30", "due 25/02/2026 17:00", "6 [U]", "eve of Tết, default: 23, 24, 25"),
    Case("3 working_day", "accept 13/02/2026 15:30", "due 26/02/2026 17:00", "6 [U]", "other setting: counted from 23/02: 24, 25, 26", "late_next_day"),
    Case("1 working_day", "valid 22/11/2026 10:00", "due 23/11/2026 17:00", "6 [U]", "online on Sunday: day 1 is Monday"),
    Case("1 working_day", "valid 22/11/2026 10:00", "due 25/11/2026 17:00", "6 [U]", "other setting: received as on Monday, day 1 is Wednesday", "late_next_day"),
    Case("1 working_day", "accept 19/11/2026 23:59", "due 20/11/2026 17:00", "6", "last minute of the local day is still 19/11 (16:59 UTC)"),
    Case("1 working_day", "accept 20/11/2026 00:01", "due 23/11/2026 17:00", "6", "a minute after midnight local is 20/11, though 19/11 in UTC"),
)

CALENDAR_DAYS = (
    Case("10 calendar_day", "accept 02/11/2026 09:00", "due 12/11/2026 17:00", "6", "02 + 10"),
    Case("15 calendar_day", "accept 02/11/2026 09:00", "due 17/11/2026 17:00", "6", "02 + 15, a Tuesday"),
    Case("5 calendar_day", "accept 17/11/2026 09:00", "due 23/11/2026 17:00", "6; BLDS 148(5)", "22/11 is a Sunday: end of Monday"),
    Case("4 calendar_day", "accept 17/11/2026 09:00", "due 23/11/2026 17:00", "6; BLDS 148(5)", "21/11 is a Saturday: end of Monday"),
    Case("7 calendar_day", "accept 17/11/2026 09:00", "due 25/11/2026 17:00", "6; BLDS 148(5)", "24/11 is Culture Day: Wednesday"),
    Case("30 calendar_day", "accept 02/11/2026 09:00", "due 02/12/2026 17:00", "6", "November has 30 days"),
    Case("30 calendar_day", "accept 15/01/2026 09:00", "due 23/02/2026 17:00", "6; BLDS 148(5)", "14/02 is a Saturday before Tết: Monday 23/02"),
    Case("5 calendar_day", "accept 17/08/2026 09:00", "due 22/08/2026 17:00", "6", "22/08 is a worked Saturday: stays"),
    Case("45 calendar_day", "accept 17/11/2026 09:00", "due 04/01/2027 17:00", "6; BLDS 148(5)", "13 days left in November, 31 in December are 44: 01/01/2027, a holiday; Monday 04/01"),
    Case("60 calendar_day", "accept 01/01/2026 09:00", "due 02/03/2026 17:00", "6", "30 days left in January, 28 in February are 58: 60 is 02/03, a Monday"),
    Case("90 calendar_day", "accept 02/11/2026 09:00", "due 01/02/2027 17:00", "6; BLDS 148(5)", "28 + 31 + 31 = 90: 31/01/2027, a Sunday; Monday"),
    Case("1 calendar_day", "accept 20/11/2026 16:00", "due 23/11/2026 17:00", "6; BLDS 148(5)", "Saturday: Monday"),
    Case("15 calendar_day", "accept 02/11/2026 16:00", "due 17/11/2026 17:00", "6 [U]", "after 15:00, default: the count does not move"),
    Case("15 calendar_day", "accept 02/11/2026 16:00", "due 18/11/2026 17:00", "6 [U]", "other setting: counted from 03/11", "late_next_day"),
    Case("25 calendar_day", "accept 02/11/2026 09:00", "due 27/11/2026 17:00", "3; 6 [U]", "remote commune: 25 instead of 15", "remote=25"),
)

HOURS = (
    Case("1 hour", "accept 19/11/2026 09:00", "due 19/11/2026 10:00", "6", "an hour of opening time"),
    Case("1 hour", "accept 19/11/2026 11:00", "due 19/11/2026 14:00", "6", "half an hour before noon, half after 13:30"),
    Case("1 hour", "accept 19/11/2026 16:30", "due 20/11/2026 08:00", "6", "half an hour till closing, half next morning"),
    Case("1 hour", "accept 20/11/2026 16:30", "due 23/11/2026 08:00", "6", "… over the weekend"),
    Case("1 hour", "accept 19/11/2026 12:00", "due 19/11/2026 14:30", "6", "the noon break does not count"),
    Case("1 hour", "accept 19/11/2026 06:00", "due 19/11/2026 08:30", "6", "before opening: from 07:30"),
    Case("8 hour", "valid 19/11/2026 07:30", "due 20/11/2026 08:00", "1.2 [U]", "a day has 7.5 opening hours: half an hour is left for Friday"),
    Case("8 hour", "valid 19/11/2026 10:00", "due 20/11/2026 10:30", "1.2 [U]", "1.5 + 3.5 on Thursday, 3 on Friday from 07:30"),
    Case("8 hour", "valid 21/11/2026 22:00", "due 25/11/2026 08:00", "1.2 [U]", "Saturday night: 7.5 on Monday, Culture Day off, half on Wednesday"),
    Case("8 hour", "valid 13/02/2026 16:00", "due 23/02/2026 16:30", "1.2 [U]", "one hour on the eve of Tết, 4 + 3 on Monday 23/02 (13:30 + 3)"),
    Case("4 hour", "accept 19/11/2026 13:30", "due 20/11/2026 08:00", "6", "3.5 hours in the afternoon, half next morning"),
    Case("3 hour", "accept 19/11/2026 08:30", "due 19/11/2026 11:30", "6", "ends exactly at the noon break"),
)

MONTHS = (
    Case("1 month", "accept 19/11/2026 09:00", "due 21/12/2026 17:00", "6; BLDS 148(5)", "19/12 is a Saturday: Monday 21/12"),
    Case("1 month", "accept 18/11/2026 09:00", "due 18/12/2026 17:00", "6", "the same day of the next month, a Friday"),
    Case("1 month", "accept 31/01/2026 09:00", "due 02/03/2026 17:00", "6; BLDS 148(5)", "February has no 31st: 28/02, a Saturday; Monday 02/03"),
    Case("3 month", "accept 02/11/2026 09:00", "due 02/02/2027 17:00", "6", "02/02/2027 is a Tuesday"),
    Case("2 month", "accept 05/12/2026 09:00", "due 11/02/2027 17:00", "6 [U]", "05/02/2027 falls into Tết as estimated: Thursday 11/02"),
    Case("12 month", "accept 24/11/2025 09:00", "due 25/11/2026 17:00", "6; BLDS 148(5)", "24/11/2026 is Culture Day: Wednesday"),
    Case("1 month", "accept 30/11/2026 09:00", "due 30/12/2026 17:00", "6", "30/12, a Wednesday"),
    Case("1 month", "accept 01/12/2026 09:00", "due 04/01/2027 17:00", "6; BLDS 148(5)", "01/01/2027 off, weekend: Monday"),
)

NO_LIMIT = (
    Case("none", "accept 19/11/2026 09:00", "nodue", "0; 3", "no limit is known and none was given: no due date, never 0 days"),
    Case("none", "accept 19/11/2026 09:00; at 19/11/2027 09:00", "nodue; running", "3", "a year later it is running, not late"),
    Case("none", "accept 19/11/2026 09:00; result 26/11/2026 10:00", "ended; ontime exact", "3 [U]", "without a due date nothing is late"),
    Case("none", "accept 19/11/2026 09:00; extend 20/11/2026 09:00 -> 30/11/2026 17:00", "refused clock.no_due", "1.2", "there is no date to extend"),
    Case("none", "accept 19/11/2026 09:00; ask 20/11/2026 09:00; bring 25/11/2026 09:00", "nodue; running", "6", "restarted, still without a date"),
    Case("7 working_day", "accept 19/11/2026 09:00", "due 01/12/2026 17:00", "3", "a limit the clerk entered with its ground counts like any: 20, 23, 25, 26, 27, 30, 01/12"),
    Case("0 working_day", "accept 19/11/2026 09:00", "due 19/11/2026 17:00", "6", "zero working days is the day itself"),
    Case("0 calendar_day", "valid 22/11/2026 09:00", "due 23/11/2026 17:00", "6; BLDS 148(5)", "zero days on a Sunday: Monday"),
)

RESTART = (
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00", "nodue; waiting 0", "6; NĐ 61 19(4)", "waiting for the citizen: no due date"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; at 20/11/2026 08:00", "nodue; waiting 3", "6", "three days: 18, 19, 20"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; at 17/12/2026 08:00", "nodue; waiting 30", "6", "a month later it is waiting, never late"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bring 20/11/2026 09:00", "due 30/11/2026 17:00; running", "6; NĐ 61 19(4)", "from zero: 23, 25, 26, 27, 30"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bring 23/11/2026 09:00", "due 01/12/2026 17:00; running", "6", "brought on the old due date: 25, 26, 27, 30, 01/12"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bring 15/12/2026 09:00", "due 22/12/2026 17:00; running", "6", "weeks after the old due date: 16, 17, 18, 21, 22"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bringpart 20/11/2026 09:00", "nodue; waiting 3", "6", "still incomplete: still waiting, counted from the request"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bringpart 20/11/2026 09:00; bring 25/11/2026 09:00", "due 02/12/2026 17:00; running", "6", "complete on Wednesday: 26, 27, 30, 01/12, 02/12"),
    Case("same_day", "accept 19/11/2026 09:00; ask 19/11/2026 10:00; bring 20/11/2026 15:30", "due 23/11/2026 17:00; running", "6", "restarted after 15:00 on a Friday: Monday"),
    Case("same_day", "accept 19/11/2026 09:00; ask 19/11/2026 10:00; bring 20/11/2026 11:00", "due 20/11/2026 17:00; running", "6", "restarted in the morning: that day"),
    Case("15 calendar_day", "accept 02/11/2026 09:00; ask 03/11/2026 09:00; bring 09/11/2026 09:00", "due 25/11/2026 17:00; running", "6; BLDS 148(5)", "09 + 15 = 24/11, Culture Day: Wednesday 25/11"),
    Case("5 working_day", "deskask 16/11/2026 09:00", "nodue; waiting 0", "1.2", "incomplete at the desk: no clock yet"),
    Case("5 working_day", "deskask 16/11/2026 09:00; at 30/11/2026 09:00", "nodue; waiting 14", "1.2; 6", "two weeks waiting, not late"),
    Case("5 working_day", "deskask 16/11/2026 09:00; bring 18/11/2026 09:00", "due 26/11/2026 17:00; running", "1.2", "accepted when complete: 19, 20, 23, 25, 26"),
    Case("5 working_day", "deskask 16/11/2026 09:00; bring 18/11/2026 09:00; ask 20/11/2026 09:00", "nodue; waiting 0", "1.2", "a request at the desk does not use up the one at vetting; within 3 days of acceptance"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bring 18/11/2026 09:00; result 25/11/2026 16:00", "ended; ontime early", "6; 7.3", "due 26/11 after the restart (19, 20, 23, 25, 26): a day early"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 10:00; bring 18/11/2026 09:00; result 24/11/2026 09:00", "ended; ontime early", "7.3", "late by the first promise (23/11), early by the restarted one: the restarted one counts"),
)

THREE_DAYS = (
    Case("10 working_day", "accept 16/11/2026 09:00; ask 16/11/2026 16:00", "nodue; waiting 0", "1.2; NĐ 61 19", "on the day of reception"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 19/11/2026 16:59", "nodue; waiting 0", "1.2", "third working day: 17, 18, 19"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 19/11/2026 20:00", "nodue; waiting 0", "1.2 [U]", "in the evening of the third day: days, not hours"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 20/11/2026 07:30", "refused clock.vetting_over", "1.2", "fourth working day"),
    Case("10 working_day", "accept 19/11/2026 09:00; ask 25/11/2026 09:00", "nodue; waiting 0", "1.2", "20, 23, [24 off], 25: third day"),
    Case("10 working_day", "accept 19/11/2026 09:00; ask 26/11/2026 07:30", "refused clock.vetting_over", "1.2", "fourth, with Culture Day not counted"),
    Case("10 working_day", "accept 12/02/2026 09:00; ask 24/02/2026 09:00", "nodue; waiting 0", "1.2", "13, then after Tết 23, 24: third"),
    Case("10 working_day", "accept 12/02/2026 09:00; ask 25/02/2026 09:00", "refused clock.vetting_over", "1.2", "fourth"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 20/11/2026 09:00", "nodue; waiting 0", "1.2 [U]", "a procedure without the three-day rule", "vetting=none"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 20/11/2026 09:00", "nodue; waiting 0", "1.2 [U]", "a procedure that gives five days", "vetting=5"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; bring 18/11/2026 09:00; ask 19/11/2026 09:00", "refused clock.second_supplement", "1.2", "one request at vetting"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; bring 18/11/2026 09:00; ask 19/11/2026 09:00", "nodue; waiting 0", "1.2 [S]", "a procedure that allows two; three days from the restart", "supplements=2"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; bring 18/11/2026 09:00; ask 19/11/2026 09:00; bring 20/11/2026 09:00; ask 23/11/2026 09:00", "refused clock.second_supplement", "1.2 [S]", "a third where two are allowed", "supplements=2"),
    Case("10 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; ask 17/11/2026 10:00", "refused clock.waiting", "1.2", "already waiting for the citizen"),
)

EXTENSION = (
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 27/11/2026 17:00", "due 27/11/2026 17:00; running", "1.2; 6", "due 23/11; apology on the 19th"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 22/11/2026 17:00 -> 27/11/2026 17:00", "due 27/11/2026 17:00; running", "1.2 [U]", "one day before Monday 23/11 is Sunday 22/11"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 23/11/2026 07:30 -> 27/11/2026 17:00", "refused clock.extension_late", "1.2", "on the due date itself"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 25/11/2026 07:30 -> 27/11/2026 17:00", "refused clock.extension_late", "1.2", "after the due date"),
    Case("3 working_day", "accept 20/11/2026 09:00; extend 25/11/2026 23:00 -> 30/11/2026 17:00", "due 30/11/2026 17:00; running", "1.2", "due 26/11 (23, 25, 26): late on the 25th is still the day before"),
    Case("3 working_day", "accept 20/11/2026 09:00; extend 26/11/2026 00:01 -> 30/11/2026 17:00", "refused clock.extension_late", "1.2", "a minute past midnight is the due date"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 27/11/2026 17:00; extend 25/11/2026 09:00 -> 04/12/2026 17:00", "refused clock.second_extension", "1.2; 6", "at most one re-appointment"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 23/11/2026 17:00", "refused clock.extension_not_later", "1.2", "the new date is the old one"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 20/11/2026 17:00", "refused clock.extension_not_later", "1.2", "the new date is earlier"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 28/11/2026 17:00", "refused clock.extension_day_off", "6", "28/11 is a Saturday: a citizen cannot be asked to come"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; extend 18/11/2026 09:00 -> 04/12/2026 17:00", "refused clock.extension_paused", "6", "waiting for the citizen: no date to extend"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; bring 20/11/2026 09:00; extend 26/11/2026 09:00 -> 04/12/2026 17:00", "due 04/12/2026 17:00; running", "6", "due 30/11 after the restart; extended in time"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 17/11/2026 09:00 -> 27/11/2026 17:00; ask 18/11/2026 09:00; bring 20/11/2026 09:00", "due 30/11/2026 17:00; running", "6", "a restart counts from zero whatever was promised before"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 17/11/2026 09:00 -> 27/11/2026 17:00; ask 18/11/2026 09:00; bring 20/11/2026 09:00; extend 25/11/2026 09:00 -> 04/12/2026 17:00", "refused clock.second_extension", "1.2", "one re-appointment a dossier, restart or not"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 27/11/2026 17:00; result 27/11/2026 16:00", "ended; ontime exact", "7.3", "on the new date: on time"),
    Case("5 working_day", "accept 16/11/2026 09:00; extend 19/11/2026 09:00 -> 27/11/2026 17:00; result 30/11/2026 09:00", "ended; late 1", "7.3", "a day after the new date"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 18/11/2026 09:00; extend 19/11/2026 09:00 -> 27/11/2026 17:00", "refused clock.ended", "6", "nothing to extend"),
    Case("same_day", "accept 19/11/2026 09:00; extend 19/11/2026 10:00 -> 23/11/2026 17:00", "refused clock.extension_late", "1.2", "a same-day promise leaves no day before it"),
)

LATENESS = (
    Case("5 working_day", "accept 16/11/2026 09:00; result 20/11/2026 16:00", "ended; ontime early", "7.3", "due 23/11: a day early"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 23/11/2026 08:00", "ended; ontime exact", "7.3", "on the due date"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 23/11/2026 17:00", "ended; ontime exact", "7.3", "at closing on the due date"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 23/11/2026 17:01", "ended; late 1", "7.3 [U]", "a minute after closing is a begun day"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 24/11/2026 09:00", "ended; late 1", "7.3 [U]", "on the holiday after the due date: late, no working day has begun, counted as one"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 25/11/2026 09:00", "ended; late 1", "7.3", "Wednesday is the first working day after 23/11"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 26/11/2026 09:00", "ended; late 2", "7.3", "25, 26"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 30/11/2026 09:00", "ended; late 4", "7.3", "25, 26, 27, 30"),
    Case("5 working_day", "accept 16/11/2026 09:00; at 23/11/2026 16:59", "due 23/11/2026 17:00; running", "6", "not late before closing"),
    Case("5 working_day", "accept 16/11/2026 09:00; at 25/11/2026 08:00", "due 23/11/2026 17:00; late 1", "6", "open and overdue"),
    Case("5 working_day", "accept 16/11/2026 09:00; at 28/11/2026 08:00", "due 23/11/2026 17:00; late 3", "6", "Saturday: 25, 26, 27"),
    Case("5 working_day", "accept 13/02/2026 09:00; result 02/03/2026 09:00", "ended; late 1", "7.3", "due 27/02, Monday 02/03"),
    Case("same_day", "accept 19/11/2026 09:00; result 19/11/2026 16:00", "ended; ontime exact", "7.3", "the same day is on time"),
    Case("same_day", "accept 19/11/2026 15:30; result 19/11/2026 16:30", "ended; ontime early", "7.3", "done although it was due tomorrow"),
    Case("1 hour", "accept 19/11/2026 09:00; result 19/11/2026 09:40", "ended; ontime exact", "7.3 [U]", "early and exact are told by days, not minutes"),
    Case("1 hour", "accept 19/11/2026 09:00; result 19/11/2026 10:30", "ended; late 1", "7.3 [U]", "half an hour over is a begun day"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 20/11/2026 09:00; return 15/12/2026 09:00", "ended; ontime early", "7.3", "the citizen came weeks later: the result's own time counts"),
    Case("10 calendar_day", "accept 02/11/2026 09:00; result 13/11/2026 09:00", "ended; late 1", "7.3", "due Thursday 12/11; Friday is one"),
)

ENDS = (
    Case("5 working_day", "accept 16/11/2026 09:00; withdraw 18/11/2026 09:00", "nodue; ended", "2.2; 6", "withdrawal ends the clock"),
    Case("5 working_day", "accept 16/11/2026 09:00; withdraw 18/11/2026 09:00; at 18/12/2026 09:00", "nodue; ended", "6; 7.3", "withdrawn is never late"),
    Case("5 working_day", "accept 16/11/2026 09:00; stop 20/11/2026 09:00", "nodue; ended", "2.2; 6", "form 05 ends the clock"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; withdraw 30/11/2026 09:00", "nodue; ended", "2.2", "withdrawn while waiting: 5 to 7"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 17/11/2026 09:00; stop 30/11/2026 09:00", "nodue; ended", "2.2", "stopped while waiting: 5 to 8"),
    Case("5 working_day", "accept 16/11/2026 09:00; withdraw 18/11/2026 09:00; result 19/11/2026 09:00", "refused clock.ended", "2.2", "7 is terminal"),
    Case("5 working_day", "accept 16/11/2026 09:00; stop 18/11/2026 09:00; ask 18/11/2026 10:00", "refused clock.ended", "2.2", "8 is terminal"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 18/11/2026 09:00; result 18/11/2026 10:00", "refused clock.ended", "2.2", "one result"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 18/11/2026 09:00; withdraw 18/11/2026 10:00", "refused clock.ended", "2.2", "9 goes to 10 only"),
    Case("5 working_day", "deskask 16/11/2026 09:00; withdraw 18/11/2026 09:00", "nodue; ended", "2.2", "withdrawn before acceptance: 5 to 7"),
    Case("5 working_day", "accept 16/11/2026 09:00; return 18/11/2026 10:00", "refused clock.no_result", "2.2", "nothing to return: 10 comes after 9"),
    Case("5 working_day", "accept 16/11/2026 09:00; refuse 20/11/2026 10:00", "nodue; ended", "1.2", "written refusal after vetting, within the limit"),
)

FEES = (
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00", "due 23/11/2026 17:00; running", "6 [U]", "default: a fee asked does not pause"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00", "nodue; waiting 0", "6 [U]", "where the procedure says so it waits", "fee_pauses"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00; at 20/12/2026 09:00", "nodue; waiting 33", "6 [U]", "never late meanwhile", "fee_pauses"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00; feepaid 19/11/2026 09:00", "due 26/11/2026 17:00; running", "6 [U]", "two working days of waiting are added to 23/11: 25, 26 (no restart)", "fee_pauses"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00; feepaid 17/11/2026 15:00", "due 23/11/2026 17:00; running", "6 [U]", "paid the same day: nothing moves", "fee_pauses"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 20/11/2026 09:00; feepaid 25/11/2026 09:00", "due 26/11/2026 17:00; running", "6 [U]", "waited 23 and 25: two working days after 23/11 are 25 and 26", "fee_pauses"),
    Case("10 calendar_day", "accept 02/11/2026 09:00; feeask 03/11/2026 09:00; feepaid 06/11/2026 09:00", "due 16/11/2026 17:00; running", "6 [U]; BLDS 148(5)", "three days are added to 12/11: 15/11, a Sunday; Monday", "fee_pauses"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00; feepaid 19/11/2026 09:00", "due 23/11/2026 17:00; running", "6 [U]", "default: paid or not, the date stands"),
    Case("5 working_day", "accept 16/11/2026 09:00; feeask 17/11/2026 09:00; withdraw 19/11/2026 09:00", "nodue; ended", "2.2", "6 to 7", "fee_pauses"),
)

ROUTED = (
    Case("5 working_day", "accept 19/11/2026 14:00", "due 27/11/2026 17:00", "6 [U]", "forwarded the same day: 20, 23, 25, 26, 27", "routed"),
    Case("5 working_day", "accept 19/11/2026 15:30", "due 30/11/2026 17:00", "6 [U]", "forwarded Friday morning: 23, 25, 26, 27, 30", "routed"),
    Case("5 working_day", "accept 20/11/2026 15:30", "due 01/12/2026 17:00", "6 [U]", "forwarded Monday morning: 25, 26, 27, 30, 01/12", "routed"),
    Case("5 working_day", "accept 19/11/2026 09:00", "due 30/11/2026 17:00", "6 [U]", "taken in offline: counts from the next working morning", "routed offline"),
    Case("5 working_day", "accept 19/11/2026 09:00; forward 19/11/2026 10:00", "due 27/11/2026 17:00; running", "6 [U]", "what really was forwarded counts", "routed offline"),
    Case("5 working_day", "accept 19/11/2026 09:00; forward 23/11/2026 10:00", "due 01/12/2026 17:00; running", "6 [U]", "offline over the weekend, forwarded Monday: 25, 26, 27, 30, 01/12", "routed offline"),
    Case("same_day", "accept 19/11/2026 14:00", "due 19/11/2026 17:00", "6 [U]", "the body is reachable before 15:00", "routed"),
    Case("same_day", "accept 19/11/2026 09:00", "due 20/11/2026 17:00", "6 [U]", "no same-day promise when the body cannot be reached", "routed offline"),
    Case("15 calendar_day", "accept 02/11/2026 16:00", "due 18/11/2026 17:00", "6 [U]", "from the morning of 03/11", "routed"),
    Case("1 hour", "accept 19/11/2026 15:30", "due 20/11/2026 08:30", "6 [U]", "from the next working morning, 07:30", "routed"),
)

SATURDAYS = (
    Case("same_day", "accept 21/11/2026 09:00", "due 23/11/2026 17:00", "6", "a counter open on Saturday takes in; the day is no working day of the law", "saturday=07:30-11:30"),
    Case("1 working_day", "accept 20/11/2026 09:00", "due 23/11/2026 17:00", "6", "an open Saturday is not counted", "saturday=07:30-11:30"),
    Case("5 calendar_day", "accept 16/11/2026 09:00", "due 23/11/2026 17:00", "6; BLDS 148(5)", "21/11 open but a day of rest: Monday", "saturday=07:30-11:30"),
    Case("1 hour", "accept 21/11/2026 08:00", "due 21/11/2026 09:00", "6 [U]", "hours are opening hours: a police desk on Saturday morning", "saturday=07:30-11:30"),
    Case("2 hour", "accept 20/11/2026 16:00", "due 21/11/2026 08:30", "6 [U]", "one hour on Friday, one on the open Saturday", "saturday=07:30-11:30"),
    Case("2 hour", "accept 21/11/2026 10:30", "due 23/11/2026 08:30", "6 [U]", "one hour till the Saturday closes, one on Monday", "saturday=07:30-11:30"),
    Case("3 working_day", "accept 21/11/2026 09:00", "due 26/11/2026 17:00", "6", "Saturday receipt: Mon 23, Wed 25, Thu 26", "saturday=07:30-11:30"),
    Case("1 working_day", "accept 22/08/2026 10:00", "due 24/08/2026 17:00", "6", "taken in on a Saturday that is worked for 31/08: day 1 is Monday"),
)

CLOCKS = (
    Case("5 working_day", "accept 16/11/2026 09:00; result 15/11/2026 09:00", "ended; ontime early", "6; sync 6", "a PC whose clock runs back: the act stands, lateness by its own time"),
    Case("5 working_day", "accept 16/11/2026 09:00; result 16/11/2036 09:00", "ended; late many", "6; sync 6", "a PC ten years ahead: the act stands and reads late until it is corrected"),
    Case("5 working_day", "accept 16/11/2026 09:00; ask 14/11/2026 09:00", "nodue; waiting 0", "6; sync 6", "asked by a clock that runs back: waiting, never a negative number"),
    Case("5 working_day", "accept 16/11/2026 09:00; at 10/11/2026 09:00", "due 23/11/2026 17:00; running", "6", "looked at from before: running"),
)

CASES = (
    *SAME_DAY, *WORKING_DAYS, *AFTER_HOURS, *CALENDAR_DAYS, *HOURS, *MONTHS, *NO_LIMIT, *RESTART, *THREE_DAYS,
    *EXTENSION, *LATENESS, *ENDS, *FEES, *ROUTED, *SATURDAYS, *CLOCKS,
)  # fmt: skip
