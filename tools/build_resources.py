"""Make the dated tables of ``resources/`` from the raw data of the law study.

``python -m tools.build_resources RAW_FOLDER`` where the folder holds ``domain_numbers.json`` and
``units.json``. Writes ``resources/calendar/working_days.json`` and ``resources/catalogue/`` fees,
receipts and units; the other tables (grounds, kinds of papers, time limits) are written by hand.
Run again it writes the same bytes; a count that does not fit stops it.
"""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent / "resources"
EXPECTED_PROVINCES, EXPECTED_UNITS = 34, 3321
_UNIT_TYPES = ("Xã ", "Phường ", "Đặc khu ")
_AMENDMENT = "certified_amendment_or_cancellation"
_ESTIMATED_FROM = 2027
# Decided in late December 2025, after the raw list was made; known from the press only ("secondary").
_LATE_SWAPS = ({"off": "2026-01-02", "worked": "2026-01-10"},)
_LATE_SOURCE = "exchange of 02/01 for 10/01/2026: the press of December 2025, decision not read"
# English glosses of names in the raw list, found by a word of each.
_GLOSSES = (
    ("Tết Dương", "New Year's Day"), ("Tết", "Lunar New Year"), ("Mùng", "Lunar New Year"),
    ("Hùng Vương", "Hùng Kings' Commemoration"), ("Chiến thắng", "Reunification Day"),
    ("Lao động", "Labour Day"), ("Quốc khánh", "National Day"), ("Văn hóa", "Viet Nam Culture Day"),
    ("thay cho", "day off in exchange"),
)  # fmt: skip


def clean(text: str) -> str:
    """Composed, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def gloss(name: str) -> str:
    """English of a holiday's name; stops on one it does not know."""
    for word, english in _GLOSSES:
        if word in clean(name):
            return english + (" (compensation)" if "nghỉ bù" in name else "")
    raise SystemExit(f"no English for the holiday {name!r}")


def _vi(day: str) -> str:
    """``2026-01-02`` as ``02/01/2026``."""
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def calendar_year(year: str, raw: Json) -> Json:
    """One year's list with its worked Saturdays and the status of the whole."""
    late = [swap for swap in _LATE_SWAPS if swap["worked"].startswith(year)]
    swaps = sorted(
        [*late, *(swap for swap in raw["swaps"] if swap["worked"].startswith(year))],
        key=lambda s: s["worked"],
    )
    off = sorted(
        [*raw["by_year"][year], *([s["off"], f"Ngày nghỉ (thay cho ngày {_vi(s['worked'])})"] for s in late)]
    )
    source = clean(raw["by_year_source"]) + (f"; {_LATE_SOURCE}" if late else "")
    estimated = int(year) >= _ESTIMATED_FROM
    return {
        "year": int(year),
        "status": "estimate" if estimated else raw["status"],
        "source": source,
        "days_off": [{"day": d, "name": clean(n), "name_en": gloss(n)} for d, n in off],
        "worked": [
            {"day": s["worked"], "name": f"Làm bù cho ngày {_vi(s['off'])}",
             "name_en": f"worked in exchange for {s['off']}"}
            for s in swaps
        ],
    }  # fmt: skip


def fixed_holidays(rules: list[Json]) -> list[Json]:
    """Holidays of fixed date, for years without a list; the lunar ones cannot be known so."""
    names = {
        "new_year": "Tết Dương lịch",
        "reunification": "Ngày Chiến thắng",
        "labour": "Ngày Quốc tế Lao động",
        "national": "Quốc khánh",
        "culture_day": "Ngày Văn hóa Việt Nam",
    }
    return [
        {"month": int(rule["date"][:2]), "day": int(rule["date"][3:]), "name": names[rule["id"]],
         "name_en": gloss(names[rule["id"]]), "from_year": rule.get("from_year", 1900)}
        for rule in rules if "date" in rule
    ]  # fmt: skip


def calendar_of(numbers: Json) -> Json:
    """The working calendar with default hours (unverified: the province sets them)."""
    sessions = [[f"{start}:00", f"{end}:00"] for start, end in numbers["working_time"]["hours_default"]]
    weekly = {str(weekday): sessions for weekday in range(1, 6)}
    holidays = numbers["holidays"]
    return {
        "as_of": numbers["_meta"]["as_of"],
        "years": [calendar_year(year, holidays) for year in sorted(holidays["by_year"])],
        "fixed": fixed_holidays(holidays["rules"]),
        "hours": {"seasons": [{"weekly": weekly, "status": numbers["working_time"]["hours_status"]}]},
    }


def _flat(raw: Json, key: str, kind: str, unit: str, amount: str, source: str) -> Json:
    return {"kind": kind, "unit": unit, "amount": raw[key][amount], "source": raw[key].get("source", source),
            "status": raw[key]["status"], "valid_from": "2017-01-01"}  # fmt: skip


def fees_of(numbers: Json) -> Json:
    """Fees of certification. That TT 226/2016 holds since 2017-01-01 is general knowledge, unverified."""
    raw, act = numbers["fees_vnd"], "TT 226/2016/TT-BTC, Điều 4"
    copy = raw["certified_copy"]
    rules = [
        {"kind": "certified_copy", "unit": "copy", "source": act, "status": copy["status"],
         "tiers": [{"to_page": 2, "per_page": copy["page_1_2"]}, {"per_page": copy["page_from_3"]}],
         "cap": copy["cap_per_copy"], "valid_from": "2017-01-01"},
        _flat(raw, "certified_signature", "certified_signature", "document", "per_case", act),
        _flat(raw, "certified_transaction", "certified_transaction", "document", "per_document", act),
        _flat(raw, _AMENDMENT, "certified_amendment", "document", "per_document", act),
        _flat(raw, "certified_error_correction", "error_correction", "document", "per_document", act),
        _flat(raw, "archived_certification_copy", "archived_copy", "copy", "amount", act),
        {"kind": "photocopy_page", "unit": "page", "amount": raw["photocopy_or_typing"]["amount"],
         "is_fee": False, "source": "giá do tỉnh quy định, chưa có",
         "status": raw["photocopy_or_typing"]["status"], "valid_from": "2017-01-01"},
    ]  # fmt: skip
    return {"as_of": numbers["_meta"]["as_of"], "rules": rules}


def receipts_of(numbers: Json) -> Json:
    """Receipts by date, template codes, symbol."""
    raw = numbers["receipts"]
    by_date = [
        {"media": [m for m in ("paper", "electronic") if m in rule["medium"]],
         "source": clean(rule["source"]),
         "status": rule["status"]} | {k: rule[k] for k in ("valid_from", "valid_to") if rule[k]}
        for rule in raw["by_date"]
    ]  # fmt: skip
    return {
        "as_of": numbers["_meta"]["as_of"],
        "by_date": by_date,
        "template_codes": sorted(raw["template_codes"]),
        "symbol_pattern": raw["symbol"]["pattern"].strip("^$").replace("\\d", "[0-9]"),
        "number_max": 10 ** raw["number"]["max_digits"] - 1,
    }


def unit_row(code: str, name: str) -> list[str]:
    """A unit with its code checked and its type capitalised (the raw list writes one in lower case)."""
    name = clean(name)
    name = name[0].upper() + name[1:]
    if not (len(code) == 5 and code.isdigit() and name.startswith(_UNIT_TYPES)):
        raise SystemExit(f"not a unit: {code} {name}")
    return [code, name]


def units_of(raw: Json) -> Json:
    """Provinces and units in force since 2025-07-01; stops unless 34 and 3,321 distinct codes come out."""
    provinces = [
        {"code": p["code"], "name": clean(p["name"]), "units": [unit_row(*unit) for unit in p["units"]]}
        for p in raw["provinces"]
    ]
    codes = {code for p in provinces for code, _ in p["units"]}
    if (len(provinces), len(codes)) != (EXPECTED_PROVINCES, EXPECTED_UNITS):
        raise SystemExit(f"{len(provinces)} provinces, {len(codes)} units: not the map of 2025-07-01")
    return {
        "valid_from": "2025-07-01",
        "as_of": raw["_meta"]["as_of"],
        "source": "National Statistics Office codes, facts of public record, counted",
        "provinces": provinces,
    }


def write(path: Path, content: Json, *, indent: int | None = 1) -> None:
    """JSON as UTF-8 with a final newline; without indent in the most compact form."""
    separators = (",", ":") if indent is None else None
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def build(raw: Path, out: Path) -> None:
    """All tables that come from the raw folder, into ``out``."""
    numbers = json.loads((raw / "domain_numbers.json").read_text("utf-8"))
    write(out / "calendar" / "working_days.json", calendar_of(numbers))
    write(out / "catalogue" / "fees.json", fees_of(numbers))
    write(out / "catalogue" / "receipts.json", receipts_of(numbers))
    units = json.loads((raw / "units.json").read_text("utf-8"))
    write(out / "catalogue" / "units.json", units_of(units), indent=None)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tools.build_resources RAW_FOLDER")
    build(Path(sys.argv[1]), ROOT)
