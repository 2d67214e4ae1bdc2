"""Electronic certified copies: one file a number, numbered and signed in one act (``law.md`` 4.7).

The number stands in the file, so it is born first, in an entry of its own, and the file is signed after it
(``sync.md`` 4). A token that fails between the two leaves the line numbered: the number is kept, and signing
again signs the same line. Nobody confirms ink and seal here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from msgspec.structs import replace

from counter_app.domain.certification.electronic_entries import (
    DIGITAL,
    GROUNDS,
    ORGANISATION,
    FileExtended,
    FileSigned,
)
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.lots import Desk, Pile, Signing, number_lot
from counter_app.domain.certification.piles.signing import confirm_signed
from counter_app.domain.certification.state import NUMBERED, SUBMITTED, TAKEN_IN, LotState, RequestState
from counter_app.domain.certification.taking_in.checks import CheckRules
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.state import RegisterState
from sync.protocol.journals.entry import Draft


@dataclass(frozen=True, slots=True)
class SignedFileFacts:
    """What the token's child told of a file: digests are 32 bytes of SHA-256, ``size`` bytes.

    ``serial`` is the certificate's number in hex, ``signer`` the name in it; ``organisation`` is empty while
    the organisation has not signed.
    """

    digest: bytes
    size: int
    certificate: bytes
    serial: str
    signer: str
    organisation: bytes = b""
    stamped: bool = False


def is_electronic(request: RequestState, index: int) -> bool:
    """True when the copy of an original is a signed file."""
    return request.register_of(request.originals[index]) == ELECTRONIC


def number_file(
    request: RequestState, index: int, signing: Signing, register: RegisterState, rules: CheckRules,
    desk: Desk, salt: bytes,
) -> tuple[Draft, ...]:  # fmt: skip
    """A lot of one line for one file; the other originals of the request wait for their own turn.

    Only the signatory himself numbers a file: he is about to sign it. Raises DomainError
    ``file.not_electronic``, ``lot.own_key`` and those of ``lots.number_lot``.
    """
    if not is_electronic(request, index):
        raise _not_electronic(index)
    own = Signing(signing.signatory, signing.delegation, signing.numberer, registrar_may_number=False)
    pile = Pile((_only(request, index),), [salt], looked_at=True)
    return number_lot(pile, own, register, rules, desk)


def _only(request: RequestState, index: int) -> RequestState:
    """The request as if nothing but one original were submitted."""
    originals = tuple(
        one if place == index or one.state != SUBMITTED else replace(one, state=TAKEN_IN)
        for place, one in enumerate(request.originals)
    )
    return replace(request, originals=originals)


def sign_file(
    line: LineState, lot: LotState, signatory: OfficialState, file: SignedFileFacts
) -> tuple[Draft, ...]:
    """The numbered line is signed: its file, and who signed it, stand in the register.

    Raises DomainError ``file.signatory`` when another than the lot's signatory signs, ``line.*`` for a line
    that is no longer only numbered.
    """
    confirm_signed([line])
    if signatory.id != lot.signatory:
        raise DomainError(
            f"Số {line.number} do {lot.signatory_name} ký.", "Tệp chỉ do người ký của số đó ký được.",
            "Mời người đó ký tiếp, hoặc gạch số.", code="file.signatory",
            title_en=f"Number {line.number} is {lot.signatory_name}'s to sign.",
            meaning_en="Only the signatory of a number signs its file.",
            remedy_en="Ask that person to sign on, or strike the number.",
        )  # fmt: skip
    body = FileSigned(
        DIGITAL, file.digest, file.size, file.certificate, file.serial, file.signer, file.organisation,
        file.stamped,
    )  # fmt: skip
    return (draft(body, line.id, line.request, line.lot),)


def extend_file(
    line: LineState, ground: str, digest: bytes, size: int, certificate: bytes = b""
) -> tuple[Draft, ...]:
    """A time-stamp or the organisation's signature followed; ``digest`` and ``size`` are of the grown file.

    Raises DomainError ``file.none`` for a line without a file, ``file.shrank``, ``file.organisation_signed``.
    """
    if ground not in GROUNDS:
        raise ValueError(ground)
    file = line.file
    if file is None:
        raise DomainError(
            f"Số {line.number} chưa có tệp ký số.", remedy="Ký số tệp trước.", code="file.none",
            title_en=f"Number {line.number} has no signed file.", remedy_en="Sign the file first.",
        )  # fmt: skip
    if size <= file.size or digest == file.digest:
        raise DomainError(
            "Tệp này không phải là tệp đã ký được ghi thêm.", "Chữ ký sau chỉ ghi thêm vào cuối tệp.",
            "Lấy lại tệp đã ký rồi làm lại.", code="file.shrank",
            title_en="This is not the signed file with something added.",
            meaning_en="What follows is only ever added at the end.", remedy_en="Take the signed file again.",
        )  # fmt: skip
    if ground == ORGANISATION and file.organisation:
        raise DomainError(
            f"Tệp của số {line.number} đã có chữ ký của cơ quan.", code="file.organisation_signed",
            title_en=f"The file of number {line.number} has the organisation's signature.",
        )  # fmt: skip
    return (draft(FileExtended(file.digest, digest, size, ground, certificate), line.id, line.request),)


def is_file_of(line: LineState, data: bytes) -> bool:
    """True when ``data`` is the signed file of a line, or one that grew from it by additions at its end."""
    file = line.file
    if file is None or len(data) < file.size:
        return False
    return hashlib.sha256(data[: file.size]).digest() == file.digest


def waiting_files(request: RequestState) -> tuple[int, ...]:
    """Indexes of electronic originals to number or, after a token failed, to sign under their number."""
    return tuple(
        index
        for index, one in enumerate(request.originals)
        if is_electronic(request, index) and one.state in (SUBMITTED, NUMBERED)
    )


def _not_electronic(index: int) -> DomainError:
    return DomainError(
        f"Dòng {index + 1} là bản sao giấy, không ký số.", remedy="Cấp số và in lời chứng như bản giấy.",
        code="file.not_electronic", title_en=f"Row {index + 1} is a copy on paper, not signed digitally.",
        remedy_en="Number it and print its text as usual.",
    )  # fmt: skip
