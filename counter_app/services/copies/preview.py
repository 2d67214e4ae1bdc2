"""The certification text of a form for the side panel: without number and date, which are not born yet."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.lines.codes import FINGERPRINT, TEXT_PAGE, TEXT_UNDER
from counter_app.domain.certification.taking_in.circumstances import paper_words, signer_words
from counter_app.domain.certification.taking_in.matters import COPY, ELECTRONIC, SIGNATURE
from counter_app.domain.organisation.decisions import MEDIUM_OF_TEXTS, policy
from counter_app.domain.organisation.delegations import signatory_line
from counter_app.printing.texts import text_in_force
from counter_app.services.copies.reading import FormRead
from counter_app.services.ports.copies import TextPreview
from counter_app.services.registers import held
from counter_app.services.workplace import Workplace

BLANK = "……"


def preview_of(connection: Connection, work: Workplace, read: FormRead, receiver: str) -> TextPreview:
    """The text of copies where the form has some, of electronic ones where they are the only copies.

    Else that of its first signature or transaction. Raises NoTextInForce.
    """
    rows = [(row.matter, row.original) for row in read.rows if row.original is not None]
    matters = {matter for matter, _one in rows}
    leads = next((one for one in (COPY, ELECTRONIC) if one in matters), "" if rows else COPY)
    matter, original = (leads, None) if leads else rows[0]
    today = work.today()
    several = original is not None and matter == SIGNATURE and len(_signers(original)) > 1
    wording = text_in_force(f"{matter}_many" if several else matter, today, work.place.received_at)
    state = held.register_now(connection, work, today.year, matter)
    blanks = {
        "number": BLANK,
        "book": BLANK if state is None else f"{state.book:02d}",
        "year": str(today.year),
        "symbol": held.symbol_on(matter, today),
        "day": f"Ngày … tháng … năm {today.year}",
        "certifier": BLANK,
        "title": BLANK,
    }
    lines = []
    chosen = [
        signer for signer in held.signers(connection, work, matter, work.day())
        if read.form.signatory in (None, signer.official.id)
    ]  # fmt: skip
    if chosen:
        official = chosen[0].official
        blanks |= {"certifier": official.name, "title": official.title_line}
        lines = [*signatory_line(chosen[0].delegation, official), official.name]
    if original is not None:
        blanks |= _said(original, work, receiver)
    words = [line.format_map(blanks) for line in wording.lines]
    if matter == ELECTRONIC:  # the sheet behind the scan names the paper under its heading
        words.insert(1, next(one.name for has, one in rows if has == ELECTRONIC))
    medium = _medium(connection, work, matter, original)
    return TextPreview((*words, *lines), _count(rows, matter), medium)


def _medium(connection: Connection, work: Workplace, matter: str, original: OriginalTaken | None) -> str:
    """On what it stands: a file, the unit's medium of copies, or where the row says."""
    if matter == ELECTRONIC:
        return ELECTRONIC
    if original is None:
        return policy(work.policies(connection), MEDIUM_OF_TEXTS)
    facts = original.circumstances
    return TEXT_UNDER if facts is not None and facts.text_on == TEXT_UNDER else TEXT_PAGE


def _said(original: OriginalTaken, work: Workplace, receiver: str) -> dict[str, str]:
    """What the text of a signature or transaction says of this row."""
    facts, place = original.circumstances, work.place
    signers = _signers(original)
    fingers = {signer.how == FINGERPRINT for signer in facts.signers} if facts is not None else set()
    outside = facts is not None and bool(facts.outside_at)
    return {
        "where": f"tại {facts.outside_place}" if facts is not None and outside else f"tại {place.title}",
        "signers": "; ".join(signers) or BLANK,
        "signed": "điểm chỉ" if fingers == {True} else "ký, điểm chỉ" if len(fingers) > 1 else "ký",
        "before": "tôi" if place.received_at != "one_stop" else f"ông/bà {receiver}",
        "languages": facts.languages if facts is not None and facts.languages else BLANK,
        "paper": paper_words(original),
        "originals": f"{original.copies:02d}",
    }


def _signers(original: OriginalTaken) -> tuple[str, ...]:
    facts = original.circumstances
    return () if facts is None else tuple(signer_words(one) for one in facts.signers)


def _count(rows: list[tuple[str, OriginalTaken]], matter: str) -> int:
    """Texts that will print: one for each copy, signed document or original of a transaction."""
    return sum(one.copies for has, one in rows if has == matter)
