"""The data of the program as bytes: one function a file, so that a missing one is seen by name.

This package is data only; the typed readers are in ``counter_app.domain`` (``parse_calendar``,
``parse_fee_table`` …), which may not read files. Whoever composes the program joins the two:
``parse_fee_table(load.fee_table())``.
"""

from resources import open_resource


def _read(*parts: str) -> bytes:
    return open_resource(*parts).read_bytes()


def working_calendar() -> bytes:
    """Days off, worked Saturdays and default hours: ``domain.calendar.parse_calendar``."""
    return _read("calendar", "working_days.json")


def fee_table() -> bytes:
    """Fees by date: ``domain.money.fee_table.parse_fee_table``."""
    return _read("catalogue", "fees.json")


def time_limits() -> bytes:
    """Time limits of certification: ``domain.certification.time_limit.parse_time_limits``."""
    return _read("catalogue", "time_limits.json")


def refusal_grounds() -> bytes:
    """Grounds of refusal: ``domain.certification.grounds.parse_grounds``."""
    return _read("catalogue", "grounds.json")


def paper_kinds() -> bytes:
    """Kinds of papers and their short words: ``domain.certification.kinds_of_papers.parse_paper_kinds``."""
    return _read("catalogue", "paper_kinds.json")


def register_kinds() -> bytes:
    """Kinds of registers with symbols and columns: ``domain.certification.matters.parse_register_kinds``."""
    return _read("catalogue", "register_kinds.json")


def result_titles() -> bytes:
    """Names of the documents that are handed out: ``domain.catalogue.result_titles.parse_result_titles``."""
    return _read("catalogue", "result_titles.json")


def receipt_rules() -> bytes:
    """Receipts by date: ``domain.money.e_receipt.parse_receipt_rules``."""
    return _read("catalogue", "receipts.json")


def dossier_grounds() -> bytes:
    """Reasons of refusal and exemption: ``domain.dossiers.grounds.parse_dossier_grounds``."""
    return _read("catalogue", "dossier_grounds.json")


def places() -> bytes:
    """Provinces and communes: ``domain.places.parse_places``."""
    return _read("catalogue", "units.json")


def procedures() -> bytes:
    """The catalogue of procedures: ``domain.catalogue.parse_catalogue``."""
    return _read("catalogue", "procedures.json")


def backup_rotation() -> bytes:
    """How long backups are kept, how often they are made: ``services.technician.backup_rules``."""
    return _read("backup", "rotation.json")


def lookup_systems() -> bytes:
    """National systems to look up in: ``domain.lookups.systems.parse_systems``."""
    return _read("lookups", "systems.json")


def lookup_mapping() -> bytes:
    """How each system is spoken to: ``sync.hub.lookups.http_system.parse_mapping``."""
    return _read("lookups", "mapping.json")


def portal_map(generation: str) -> bytes:
    """Our names to the national portal's, ``legacy`` or ``2026``: ``sync.hub.portal.mapping.parse_map``."""
    return _read("portal", f"{generation}.json")
