"""This PC among the unit's: from the province's description, the grants, and the shipped list of communes."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.places import parse_places
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.workplace import Place
from counter_app.storage.queries import devices
from resources import load
from sync.protocol.journals.system_kinds import UnitDescribed


def place_of(connection: Connection, enrolment: Enrolment) -> Place:
    """Names as screens and papers show them; the province's own words where they have arrived."""
    opened = devices.opened_journals(connection, enrolment.hub_key)
    own = next(one.grant for one in opened if one.journal == enrolment.journal)
    told = devices.unit_described(connection) or _described(enrolment.unit, own.practice)
    return Place(
        unit=enrolment.unit, title=told.name, superior=told.superior,
        issuing=told.centre or f"UBND {told.name}".upper(), town=told.place or told.name,
        counter_name=own.name, counter_number=own.counter, practice=own.practice or told.practice,
    )  # fmt: skip


def _described(unit: str, practice: bool) -> UnitDescribed:
    """Until the province was met: the name from the list of communes (``law.md`` 8)."""
    found = parse_places(load.places()).unit(unit)
    name = f"Đơn vị {unit}" if found is None else found.name
    superior = "" if found is None else f"UBND {name}".upper()
    province = "" if found is None else found.province
    town = name.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu ")
    return UnitDescribed(unit, name, superior, "", province, town, "", "", practice)
