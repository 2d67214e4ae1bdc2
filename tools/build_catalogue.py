"""Make ``resources/catalogue/procedures.json`` from a mirror of the national portal's catalogue.

    python tools/build_catalogue.py SOURCE.json [--as-of 2026-07-31]

The output is committed with its provenance; the authoritative list later arrives by exchange. What the
mirror leaves open stays open: null limits and fees stay null, unreviewed rows stay unreviewed.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "catalogue" / "procedures.json"
ALIASES = ROOT / "resources" / "catalogue" / "procedure_aliases.json"
SOURCE = "Cổng Dịch vụ công quốc gia, bản thu thập tháng 7/2026; mỗi dòng có nguồn riêng"
RESIDENCE_FIELD = "Đăng ký, quản lý cư trú"
CERTIFICATION_FIELD = "Chứng thực"
MODES = {"nộp": "hand_in", "xuất trình": "show"}


def limit_of(row: dict[str, Any]) -> dict[str, Any]:
    """The limit; a bare number without a unit is not known (``law.md`` 3)."""
    unit = row["limit_unit"] if row["limit_value"] is not None else None
    found = {
        "value": row["limit_value"] if unit else 0,
        "unit": unit or "",
        "note": row["limit_note"] or "",
        "source": row["limit_source"] or "",
    }
    if row["limit_value_remote_commune"] is not None:
        found["remote"] = row["limit_value_remote_commune"]
    return found


def paper_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the list with its group."""
    group = row["group"]
    found = {
        "name": row["name_vi"],
        "originals": row["originals"],
        "copies": row["copies"],
        "mode": MODES[row["mode"]],
        "group": {"kind": group["kind"], "key": group["key"], "condition": group["condition_vi"] or ""},
    }
    if row.get("text_vi"):
        found["text"] = row["text_vi"]
    return found


def procedure_of(row: dict[str, Any], aliases: dict[str, list[str]]) -> dict[str, Any]:
    """One procedure in our format."""
    return {
        "code": row["code"],
        "name": row["name_vi"],
        "field": row["field_vi"],
        "limits": [limit_of(row)],
        "fees": [
            {
                "kind": "phi" if row["field_vi"] == CERTIFICATION_FIELD else "le_phi",
                "amount": row["fee_vnd"],
                "note": row["fee_note"] or "",
            }
        ],
        "papers": [paper_of(paper) for paper in row["papers"]],
        "channels": row["channels"],
        "source": row["source"],
        "verified": row["verified"],
        "reviewed": row["reviewed"],
        "core": row["core"],
        "review_note": row.get("review_note_vi") or "",
        "decision": row["decision_no"] or "",
        "level": row["level_vi"],
        "result_codes": row["result_codes"],
        "aliases": aliases.get(row["code"], []),
        "form_set": "residence" if row["field_vi"] == RESIDENCE_FIELD else "one_stop",
    }


def written(catalogue: dict[str, Any]) -> str:
    """The file's text: one procedure a line, so that a changed one is a changed line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in catalogue["procedures"])
    head = json.dumps({k: v for k, v in catalogue.items() if k != "procedures"}, ensure_ascii=False)
    return f'{head[:-1]}, "procedures": [\n{rows}\n]}}\n'


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--as-of", default="2026-07-31")
    asked = parser.parse_args()
    aliases: dict[str, list[str]] = json.loads(ALIASES.read_text("utf-8"))
    rows = json.loads(unicodedata.normalize("NFC", asked.source.read_text("utf-8")))
    catalogue = {
        "version": f"mirror-{asked.as_of}",
        "as_of": asked.as_of,
        "source": SOURCE,
        "procedures": [procedure_of(row, aliases) for row in sorted(rows, key=lambda row: row["code"])],
    }
    OUT.write_text(written(catalogue), encoding="utf-8")
    print(f"{len(catalogue['procedures'])} procedures, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
