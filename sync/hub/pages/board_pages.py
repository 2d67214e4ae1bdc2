"""The board of figures, and the rows behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from sync.hub.pages.site import Asked, site_of
from sync.hub.reading import board as boards
from sync.hub.reading.board import MOST_ROWS, UnitBoard
from sync.hub.reading.figures import AGES, FIGURES, PILES, Moment, number_of

COLUMNS = ("received", "on_time", "late", "overdue", "due_today", "waiting_citizen", "online", "ready")
TILES = ("received", "overdue", "due_today", "waiting_citizen", "ready")


@get("/", sync_to_thread=True, include_in_schema=False)
def home(request: Asked) -> Response[bytes]:
    """The door: what a citizen may do here, and the way in for officials."""
    site = site_of(request)
    return site.page(request, "home.html", site.viewer(request))


@get("/kpi", sync_to_thread=True, include_in_schema=False)
def board_page(request: Asked) -> Response[bytes]:
    """Every unit the viewer may see, on one day."""
    site = site_of(request)
    viewer = site.require(request)
    moment = moment_asked(request)
    site.hub.contacts.write()
    with site.hub.database.read() as connection:
        units = boards.board(connection, site.units_of(viewer), moment)
    sort = request.query_params.get("sort", "")
    return site.page(
        request, "board.html", viewer, units=ordered(units, sort), sort=sort, moment=moment, columns=COLUMNS,
        tiles=TILES, piles=PILES, day=iso(moment.day), before=iso(moment.day, -1), after=iso(moment.day, 1),
        today=number_of(moment.today),
    )  # fmt: skip


def ordered(units: Sequence[UnitBoard], sort: str) -> Sequence[UnitBoard]:
    """The units with most of a figure first; as they are for a figure that is not one."""
    if sort not in FIGURES:
        return units
    return sorted(units, key=lambda one: (-one.figure(sort), one.unit))


@get("/kpi/{unit:str}/{figure:str}", sync_to_thread=True, include_in_schema=False)
def rows_page(request: Asked, unit: FromPath[str], figure: FromPath[str]) -> Response[bytes]:
    """The rows behind one figure of one unit; that somebody looked is kept."""
    site = site_of(request)
    viewer = site.require(request, unit)
    if figure not in FIGURES or unit not in site.hub.units():
        raise NotFoundException("no such figure")
    moment, page = moment_asked(request), small_number(request, "page", 10_000)
    age = small_number(request, "age", len(AGES) - 1, -1) if figure in PILES else -1
    with site.hub.database.read() as connection:
        found = boards.rows(connection, unit, figure, moment, None if age < 0 else age, page)
        (unit_board,) = boards.board(connection, [unit], moment)
    site.note_read(viewer, f"kpi/{figure}", unit, len(found.rows))
    return site.page(
        request, "rows.html", viewer, found=found, unit=unit_board, figure=figure, moment=moment, age=age,
        pile=figure in PILES, page=page, pages=max(1, -(-found.total // MOST_ROWS)), day=iso(moment.day),
    )  # fmt: skip


@get("/dossiers/{unit:str}/{code:str}", sync_to_thread=True, include_in_schema=False)
def dossier_page(request: Asked, unit: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """A dossier's way, without the citizen's particulars."""
    site = site_of(request)
    viewer = site.require(request, unit)
    found = site.hub.dossier(unit, code) if unit in site.hub.units() else None
    if found is None:
        raise NotFoundException("no such dossier")
    site.note_read(viewer, f"dossier/{code}", unit, 1)
    return site.page(request, "dossier.html", viewer, found=found)


def moment_asked(request: Asked) -> Moment:
    """Now, and the day that ``?day=2026-11-20`` names; today for anything else."""
    now = site_of(request).hub.now()
    today = Moment(now, 0).today
    try:
        day = date.fromisoformat(request.query_params.get("day", ""))
    except ValueError:
        day = today
    return Moment(now, number_of(day if 2000 <= day.year <= 2999 else today))


def iso(day: int, step: int = 0) -> str:
    """``2026-11-20`` of ``yyyymmdd``, ``step`` days later."""
    return str(date(day // 10_000, day // 100 % 100, day % 100) + timedelta(days=step))


def small_number(request: Asked, name: str, most: int, default: int = 0) -> int:
    """A whole number of the address, ``default`` for anything but 0 to ``most``."""
    given = request.query_params.get(name, "")
    plain = given.isascii() and given.isdigit() and len(given) <= 6
    return int(given) if plain and int(given) <= most else default
