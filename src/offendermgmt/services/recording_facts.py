"""Recording, correcting and withdrawing a fact about an offender or a case, held to the data contract (R40 to R48)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from offendermgmt.domain.days import LONDON
from offendermgmt.intake.contract import TABLES
from offendermgmt.intake.form import save_rows
from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, changing, checked_reason
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import holder_names
from offendermgmt.services.question import Question
from offendermgmt.services.recording_alone import lacking, require_confirmed
from offendermgmt.services.recording_fields import (
    MADE_BY_PRODUCT,
    SUBJECT_COLUMN,
    as_cells,
    dated_by,
    days_in,
    in_words,
    key_of,
)
from offendermgmt.services.recording_kinds import VISITS, tables_for, tables_to_correct, title
from offendermgmt.services.recording_scope import receivers, require_in_scope, require_recorder
from offendermgmt.store import UnitOfWork
from offendermgmt.store.histories import case_history, history

_SOURCE: Final = "recording"
_HELD: Final = frozenset({"allocations", "polit_allocations"})
_GIVEN: Final = frozenset({"recorded_at", "is_void"})
_VOID: Final = {"is_void": "true"}
_ACTIONS: Final = {
    "offender_statuses": "state",
    "risk_assessments": "assessment",
    "plan_reviews": "plan review",
    "supervisor_reviews": "supervisor's review",
    "visit_intervals": "own interval",
    "allocations": "allocation",
    "orders": "order",
    VISITS: "visit",
    "polit_stages": "stage",
    "polit_assessments": "assessment",
    "polit_activities": "activity",
    "polit_children": "child",
    "polit_enforcements": "enforcement",
    "polit_examinations": "examination",
    "polit_information": "information",
    "polit_access": "access to children",
    "polit_allocations": "allocation",
}


@dataclass(frozen=True)
class Fact:
    """Something to be recorded about a subject: a row of one of the contract's tables, its cells as text."""

    subject: Subject
    table: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class OnRecord:
    """One recording of a fact: its cells as text, when it was recorded, whether it withdraws the fact, and stands."""

    recording_id: int
    cells: Mapping[str, str]
    recorded_at: datetime
    is_void: bool
    stands: bool


def recordings_of(desk: Desk, subject: Subject, table: str) -> list[OnRecord]:
    """Every recording of the table about the subject, newest first. Whose it is to see is for the caller to decide."""
    read = history if subject.kind == "offender" else case_history
    rows = read(desk.store, desk.force_ref, subject.ref)[table]
    rows.sort(key=lambda row: (row["recorded_at"], row["recording_id"]))
    # The later of a key's recordings takes the earlier one's place.
    newest = {key_of(table, as_cells(table, row)): row["recording_id"] for row in rows}
    return [_on_record(table, row, newest) for row in reversed(rows)]


def facts_on_record(desk: Desk, question: Question, subject: Subject, table: str) -> list[OnRecord]:
    """The recordings about the subject that the viewer may correct: those that stand, the newest dated first.

    NotPermitted where the role or the subject is not one to record about.
    """
    _require_table(question.viewer, subject, table, to_correct=True)
    require_in_scope(question, subject)
    stand = [each for each in recordings_of(desk, subject, table) if each.stands]
    return sorted(stand, key=lambda each: each.cells[dated_by(table)], reverse=True)


def record_fact(desk: Desk, viewer: Viewer, fact: Fact, *, now: datetime) -> None:
    """Put a new fact on record with one audit record.

    NotPermitted for a role, a table or a subject that is not the viewer's, ChangeRefused for what cannot be recorded,
    in the contract's words where it is the contract that forbids it; AlreadyRecorded where it stands as asked.
    """
    _require_table(viewer, fact.subject, fact.table, to_correct=False)
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        require_in_scope(question, fact.subject)
        cells = _completed(fact)
        _require_new(fact, cells, recordings_of(desk, fact.subject, fact.table))
        _require_sound(question, fact, None)
        save_rows(work, fact.table, [cells], now)
        _audit(work, viewer, "recorded", fact, cells, {})


def correct_fact(
    desk: Desk,
    viewer: Viewer,
    fact: Fact,
    shown: int,
    reason: str,
    *,
    now: datetime,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Put a fact on record anew, in place of the recording `shown` that the page showed, with one audit record (R45).

    Where what names the fact changes (its day, its tool), the one that stood is withdrawn in the same write. Raises as
    `record_fact` does, and Unconfirmed for a visit by one officer that lacks something (R43).
    """
    _require_table(viewer, fact.subject, fact.table, to_correct=True)
    reason = checked_reason(reason, "it is corrected")
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        require_in_scope(question, fact.subject)
        recordings = recordings_of(desk, fact.subject, fact.table)
        cells = _completed(fact)
        before = _as_shown(question, fact, cells, recordings, shown)
        _require_sound(question, fact, before)
        moved = key_of(fact.table, cells) != key_of(fact.table, before.cells)
        save_rows(work, fact.table, [cells], now)
        if moved:
            save_rows(work, fact.table, [{**before.cells, **_VOID}], now)
        if fact.table == VISITS:
            require_confirmed(lacking(question.snapshot.facts, cells), confirmed)
        changed = sorted(name for name in cells if cells[name].strip() != before.cells[name])
        _audit(work, viewer, "corrected", fact, cells, {"recording": shown, "changed": changed, "reason": reason})


def withdraw_fact(
    desk: Desk, viewer: Viewer, subject: Subject, table: str, shown: int, reason: str, *, now: datetime
) -> None:
    """Withdraw the fact that the recording `shown` says, by a void one, with one audit record (R46).

    Raises as `correct_fact` does.
    """
    _require_table(viewer, subject, table, to_correct=True)
    reason = checked_reason(reason, "it is withdrawn")
    today = now.astimezone(LONDON).date()
    with changing(desk, viewer, _SOURCE) as work:
        question = desk.question(viewer, today, today=today)
        require_in_scope(question, subject)
        recordings = recordings_of(desk, subject, table)
        fact = Fact(subject, table, {})
        before = _as_shown(question, fact, None, recordings, shown)
        save_rows(work, table, [{**before.cells, **_VOID}], now)
        _audit(work, viewer, "withdrew", fact, before.cells, {"recording": shown, "reason": reason})


def _require_table(viewer: Viewer, subject: Subject, table: str, *, to_correct: bool) -> None:
    require_recorder(viewer, subject.kind)
    if table not in (tables_to_correct if to_correct else tables_for)(viewer, subject):
        raise NotPermitted(
            f"{title(table)} is not for you to record about {subject.words}. Ask your supervisor, or the detective "
            "inspector."
        )


def _completed(fact: Fact) -> dict[str, str]:
    """The cells with the subject in, and a reference made for each that the product makes and that was left empty."""
    cells = {name: fact.cells.get(name, "") for name in TABLES[fact.table].model_fields if name not in _GIVEN}
    cells[SUBJECT_COLUMN[fact.subject.kind]] = fact.subject.ref
    made = {name: uuid4().hex[:12] for name in MADE_BY_PRODUCT & cells.keys() if not cells[name].strip()}
    return cells | made


def _require_sound(question: Question, fact: Fact, before: OnRecord | None) -> None:
    """Refuse days to come (R42), and a holder to whom the viewer may not give a case."""
    for column, day in days_in(fact.table, fact.cells):
        if day > question.as_of and (before is None or before.cells[column] != day.isoformat()):
            raise ChangeRefused(
                f"Nothing was recorded. {fact.subject.ref}: {column} {day.isoformat()} is in the future; record it "
                "once it has come."
            )
    holder = fact.cells.get("officer_ref", "").strip() if fact.table in _HELD else ""
    is_kept = before is not None and before.cells.get("officer_ref") == holder
    if holder and not is_kept and holder not in receivers(question, fact.subject.kind):
        raise ChangeRefused(
            f"Nothing was recorded: {holder_names(question).get(holder, holder)} is not in post in a team to which you "
            "may give cases. Choose an officer of your own teams, or ask the detective inspector."
        )


def _require_new(fact: Fact, cells: Mapping[str, str], recordings: Sequence[OnRecord]) -> None:
    """Refuse what stands already: as recorded where it says the same, as to be corrected where it says another thing.

    A reference that the product makes does not tell two facts apart (R47).
    """
    stand = [each for each in recordings if each.stands]
    made = {name for name in MADE_BY_PRODUCT & cells.keys() if not fact.cells.get(name, "").strip()}
    said = {name: text.strip() for name, text in cells.items() if name not in made}
    if any(all(each.cells[name] == text for name, text in said.items()) for each in stand):
        told = " If it happened twice that day, give the second a reference of its own." if made else ""
        raise AlreadyRecorded(f"Nothing more was recorded: this is on record of {fact.subject.ref} already.{told}")
    same = [each for each in stand if key_of(fact.table, each.cells) == key_of(fact.table, cells)]
    if same:
        raise ChangeRefused(
            f"Nothing was recorded: {fact.subject.ref} has this already, and it says "
            f"{in_words(fact.table, same[0].cells, {})}. Correct that one instead."
        )


def _as_shown(
    question: Question, fact: Fact, asked: Mapping[str, str] | None, recordings: Sequence[OnRecord], shown: int
) -> OnRecord:
    """The recording that the page showed, if it stands; `asked` is what the fact is to say, None to be withdrawn.

    ChangeRefused where it stands no more, saying what does, and where nothing would change or another fact is named.
    """
    before = next((each for each in recordings if each.recording_id == shown), None)
    if before is None or before.is_void:
        raise ChangeRefused("Nothing was recorded: there is no such recording. Look again, and choose from the list.")
    by_key = {key_of(fact.table, each.cells): each for each in recordings if each.stands}
    said = None if asked is None else {name: text.strip() for name, text in asked.items()}
    standing = by_key.get(key_of(fact.table, before.cells))
    named = None if said is None else by_key.get(key_of(fact.table, said))
    if not before.stands:
        _refuse_outdated(question, fact, standing, named, said)
    if said == before.cells:
        raise ChangeRefused("Nothing was recorded: nothing was changed.")
    if named is not None and named is not before:
        raise ChangeRefused(
            f"Nothing was recorded: {fact.subject.ref} has another one that it would take the place of, "
            f"{in_words(fact.table, named.cells, holder_names(question))}. Correct that one, or withdraw one of them."
        )
    return before


def _refuse_outdated(
    question: Question,
    fact: Fact,
    standing: OnRecord | None,
    named: OnRecord | None,
    said: Mapping[str, str] | None,
) -> None:
    if (standing is None and said is None) or (named is not None and named.cells == said):
        raise AlreadyRecorded("Nothing more was recorded: your change is on record already.")
    if standing is None:
        raise ChangeRefused("Nothing was recorded: this has been withdrawn since the page showed it.")
    raise ChangeRefused(
        "Nothing was recorded: this was changed since the page showed it, and now says "
        f"{in_words(fact.table, standing.cells, holder_names(question))}. Look again before you decide."
    )


def _on_record(table: str, row: Mapping[str, Any], newest: Mapping[tuple[str, ...], int]) -> OnRecord:
    cells = as_cells(table, row)
    is_newest = newest[key_of(table, cells)] == row["recording_id"]
    return OnRecord(row["recording_id"], cells, row["recorded_at"], row["is_void"], is_newest and not row["is_void"])


def _audit(
    work: UnitOfWork, viewer: Viewer, action: str, fact: Fact, cells: Mapping[str, str], more: Mapping[str, Any]
) -> None:
    """Who did what to which fact: what it says stands in the recording itself, so that free text stays out of here."""
    key = {name: cells[name] for name in TABLES[fact.table].key}
    details = {"role": str(viewer.role), "table": fact.table, "key": key, **more}
    work.audit(f"{action} {_ACTIONS[fact.table]}", fact.subject.kind, fact.subject.ref, details)
