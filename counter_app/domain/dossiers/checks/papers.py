"""Checks of procedure, papers and fees."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.catalogue.checklist import DIFFERS, MISSING, QUEUED
from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers.acts.intake import Intake
from counter_app.domain.dossiers.checks.finding import INFO, LOOK, Check, Finding, Surroundings
from counter_app.domain.dossiers.entries import ONLINE, ONLINE_HELPED

MOST_COPIES = 20


def unreviewed(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The rows of this procedure were classified by rule, nobody has read them yet."""
    if not intake.procedure.reviewed:
        doubt = intake.procedure.review_note or "Danh mục giấy tờ được phân loại tự động."
        yield Finding(
            LOOK, "procedure.unreviewed", "procedure", "Thủ tục chưa rà soát: tự xem giấy tờ nào cần.",
            "The procedure is not reviewed: decide which papers are needed.", doubt,
            "Its list was sorted by rule.", "3",
        )  # fmt: skip


def no_limit(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """No limit known and none given: no due date will be printed."""
    if not intake.limit.unit:
        yield Finding(
            LOOK, "limit.unknown", "limit",
            "Chưa có thời hạn: phiếu không ghi ngày hẹn. Nhập kèm căn cứ nếu có.",
            "No limit is known: the slip will have no date. Type one with its ground if there is one.",
            "Danh mục chưa có thời hạn của thủ tục này.", "The catalogue has none for this procedure.", "3",
        )  # fmt: skip


def no_fee(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A fee that is not known is never taken as 0."""
    if any(not fee.known for fee in intake.fees):
        yield Finding(
            LOOK, "fee.unknown", "fee", "Chưa có mức thu: nhập kèm căn cứ, hoặc thu sau.",
            "No rate is known: type it with its ground, or take it later.",
            "Mức thu do Hội đồng nhân dân tỉnh quy định.", "The rate is set by the province.", "3",
        )  # fmt: skip


def exempted(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """An exemption is printed with its reason."""
    if any(fee.exemption for fee in intake.fees):
        yield Finding(INFO, "fee.exempt", "fee", "Miễn lệ phí: giữ giấy tờ chứng minh trong hồ sơ.",
                      "Exempted: keep the proof in the dossier.")  # fmt: skip


def channel(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The portal does not list this way of handing in."""
    listed = set(intake.procedure.channels)
    way = ONLINE if intake.channel == ONLINE_HELPED else intake.channel
    if listed and way not in listed:
        yield Finding(
            LOOK, "procedure.channel", "channel", "Cổng không ghi kênh nộp này cho thủ tục.",
            "The portal does not list this way of handing in.", "", "", "3",
        )  # fmt: skip


def twin(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The same person has this procedure open already."""
    if around.twins:
        code = around.twins[0]
        yield Finding(
            LOOK, "dossier.twin", "procedure", f"Đã có hồ sơ {code} đang xử lý. Ctrl+O để mở.",
            f"Dossier {code} is open already. Ctrl+O opens it.", "Cùng người nộp, cùng thủ tục.",
            "The same requester and procedure.",
        )  # fmt: skip


def look_up_differs(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The State's data differ from what is said: the paper may be asked, the citizen is told (NQ 66.7)."""
    if any(held.state == DIFFERS for held in intake.held.values()):
        yield Finding(
            LOOK, "papers.differs", "papers",
            "Dữ liệu tra cứu khác giấy tờ. Hướng dẫn người nộp điều chỉnh dữ liệu.",
            "The data looked up differ. Tell the requester how to correct them.",
            "Tra cứu không khớp thì được yêu cầu giấy.", "If they differ the paper may be asked.",
            "NQ 66.7/2025 art. 2 [S]",
        )  # fmt: skip


def look_up_queued(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A look-up waits for the line."""
    if any(held.state == QUEUED for held in intake.held.values()):
        yield Finding(INFO, "papers.queued", "papers", "Tra cứu khi có mạng; hồ sơ vẫn nhận được.",
                      "Looked up when there is a line; the dossier is taken all the same.")  # fmt: skip


def data_not_asked(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A paper is asked whose data the State may have: look up first (once-only)."""
    for row in intake.checklist.rows:
        if row.applies and row.paper.group.kind == "data_instead" and row.state == MISSING:
            yield Finding(
                INFO, "papers.look_up_first", "papers", "Tra cứu dữ liệu trước khi yêu cầu giấy.",
                "Look the data up before the paper is asked.",
                "Không yêu cầu giấy mà Nhà nước đã có dữ liệu.",
                "No paper is asked whose data the State has.", "NQ 66.7/2025 [S]",
            )  # fmt: skip
            return


def many_of_one(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A count that is more likely a slip."""
    if any(held.count > MOST_COPIES for held in intake.held.values()):
        yield Finding(LOOK, "papers.many", "papers", f"Có giấy hơn {MOST_COPIES} bản. Xem lại số lượng.",
                      f"More than {MOST_COPIES} of one paper. Look at the count.")  # fmt: skip


def remote_limit(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The longer limit of a remote commune is used."""
    known = intake.procedure.limit(vn_datetime(intake.received_at).date())
    if around.remote and known.remote is not None and intake.limit.value == known.remote:
        yield Finding(
            INFO, "limit.remote", "limit", f"Thời hạn của xã vùng sâu: {known.remote} thay vì {known.value}.",
            f"The limit of a remote commune: {known.remote} instead of {known.value}.", "", "", "3 [U]",
        )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    unreviewed, no_limit, no_fee, exempted, channel, twin, look_up_differs, look_up_queued, data_not_asked,
    many_of_one, remote_limit,
)  # fmt: skip
