"""Reading: people, officials, posts, delegations, settings of the unit, questions, the province's data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.organisation.state import DelegationState, OfficialState, PostState, UnitState
from counter_app.domain.people.state import PersonState
from counter_app.domain.province.state import DataState
from counter_app.domain.questions.state import QuestionState
from counter_app.storage.readings.reading import READ, Filled, Reading, blob, key, key_of, link, text, whole
from counter_app.storage.statements import Row

people = Table(
    "people",
    READ,
    key(),
    text("name"),
    text("id_kind"),
    text("id_number"),
    text("old_id_number"),
    whole("birth"),
    text("sex"),
    text("address"),
    text("phone"),
    whole("card_issued"),
    whole("recorded_at"),
    link("joined_to"),
)
"""Persons as recorded; ``joined_to`` names the record that stands for this one."""

Index("ix_people_id_number", people.c.id_number)
Index("ix_people_old_id_number", people.c.old_id_number)

officials = Table(
    "officials",
    READ,
    key(),
    text("name"),
    text("title_line"),
    text("roles"),
    text("login"),
    whole("active"),
    blob("public_key"),
)
"""Officials; ``roles`` are codes separated by spaces."""

official_keys = Table(
    "official_keys", READ, key("official"), key("since"), blob("public_key"), sqlite_with_rowid=False
)
"""Every key an official ever had, with the entry that set it."""

posts = Table("posts", READ, key(), text("name"), text("code"))
"""Posts (vị trí việc làm)."""

delegations = Table(
    "delegations",
    READ,
    key(),
    link("official"),
    text("act_number"),
    whole("act_date"),
    text("basis"),
    text("prefix"),
    text("scope"),
    whole("valid_from"),
    whole("valid_to"),
    text("signs_as"),
    whole("ended_on"),
)
"""Acts that let officials sign; ``scope`` separated by spaces, days ``yyyymmdd``, 0 for no end."""

unit_policies = Table(
    "unit_policies", READ, key("unit"), text("name", primary=True), text("value"), sqlite_with_rowid=False
)
"""Settings of the unit."""

questions = Table(
    "questions",
    READ,
    key(),
    key("entry", primary=False),
    text("code"),
    text("field"),
    text("words"),
    link("subject"),
    text("status"),
    text("how"),
    whole("answers"),
    link("corrected_by"),
)
"""What the province asked; ``status`` open, answered or settled."""

Index("ix_questions_open", questions.c.id, sqlite_where=questions.c.status == "open")

data_sets = Table(
    "data_sets", READ, key(), text("name"), whole("valid_from"), blob("content"), whole("put_at")
)
"""Versions of the province's data sets (fees, calendar …)."""

Index("ix_data_sets_name", data_sets.c.name, data_sets.c.valid_from)


def _person_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: PersonState = folded.state
    row = (state.id.key, state.name, state.id_kind, state.id_number, state.old_id_number, state.birth)
    rest = (state.sex, state.address, state.phone, state.card_issued, state.recorded_at)
    return ((row + rest + (key_of(state.joined_to),),),)


def _official_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: OfficialState = folded.state
    roles = " ".join(state.roles)
    row = (
        state.id.key,
        state.name,
        state.title_line,
        roles,
        state.login,
        int(state.active),
        state.public_key,
    )
    return (row,), [(state.id.key, since.key, public) for since, public in state.keys]


def _post_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: PostState = folded.state
    return (((state.id.key, state.name, state.code),),)


def _delegation_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: DelegationState = folded.state
    row = (state.id.key, key_of(state.official), state.act_number, state.act_date, state.basis, state.prefix)
    rest = (" ".join(state.scope), state.valid_from, state.valid_to, state.signs_as, state.ended_on)
    return ((row + rest,),)


def _unit_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: UnitState = folded.state
    return ([(folded.subject.key, name, value) for name, value in state.policies],)


def _question_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: QuestionState = folded.state
    row = (state.id.key, state.entry.key, state.code, state.field, state.words, key_of(state.subject))
    rest = (state.status, state.how, len(state.answers), key_of(state.corrected_by))
    return ((row + rest,),)


def _data_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: DataState = folded.state
    return (((state.id.key, state.name, state.valid_from, state.content, state.put_at),),)


READINGS = (
    Reading("people", 1, ("person",), (Filled(people),), _person_rows),
    Reading(
        "officials", 3, ("official",), (Filled(officials), Filled(official_keys, "official")), _official_rows
    ),
    Reading("posts", 1, ("post",), (Filled(posts),), _post_rows),
    Reading("delegations", 1, ("delegation",), (Filled(delegations),), _delegation_rows),
    Reading("unit_policies", 3, ("unit",), (Filled(unit_policies, "unit"),), _unit_rows),
    Reading("questions", 1, ("question",), (Filled(questions),), _question_rows),
    Reading("data_sets", 1, ("data",), (Filled(data_sets),), _data_rows),
)
