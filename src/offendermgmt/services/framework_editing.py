"""Editing the performance framework: an administrator's, each change with its reason and source (M4)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from math import isfinite
from typing import Any, Final
from uuid import uuid4

from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused, checked_reason
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Framework, Histories, KeyQuestion, Measure, Version, histories
from offendermgmt.services.measure_figures import FIGURES, MeasureUnit
from offendermgmt.services.wording import day_text
from offendermgmt.store.framework import MEASURE, QUESTION, append_measure, append_question
from offendermgmt.store.framework import FrameworkChanged as FrameworkChanged

LONGEST_QUESTION: Final = 160
LONGEST_TITLE: Final = 80
_SOURCE: Final = "performance framework"
Versions = Sequence[Version[KeyQuestion]] | Sequence[Version[Measure]]


def may_edit(viewer: Viewer) -> bool:
    """Whether the viewer keeps the performance framework."""
    return viewer.role is Role.ADMINISTRATOR


def new_ref() -> str:
    """A reference for a new question or measure."""
    return uuid4().hex


def save_question(
    desk: Desk, viewer: Viewer, question: KeyQuestion, shown: int | None, *, reason: str, source_note: str
) -> None:
    """Put a new question, or a new version of one, on record with one audit record.

    `shown` is the version that the viewer saw (0 = the shipped one), None for a new question. NotPermitted for other
    roles, ChangeRefused for what cannot be recorded, FrameworkChanged if that version stands no more.
    """
    _require_editor(viewer)
    question = replace(question, text=_text(question.text, "the question", LONGEST_QUESTION))
    notes = _notes(reason, source_note)
    with desk.store.write(desk.force_ref, user=viewer.name, source=_SOURCE) as work:
        known = histories(desk)
        versions = known.questions.get(question.question_ref, ())
        _check_new("question", question, versions, shown, viewer)
        _check_dates(question, versions)
        _check_ends_alone(known, question)
        append_question(work, question.question_ref, shown or 0, **_said(question))
        work.audit(*_audited("question", QUESTION, question, shown, versions, notes))


def save_measure(
    desk: Desk, viewer: Viewer, measure: Measure, shown: int | None, *, reason: str, source_note: str
) -> None:
    """Put a new measure, or a new version of one, on record with one audit record; raises as `save_question`."""
    _require_editor(viewer)
    measure = _checked(measure)
    notes = _notes(reason, source_note)
    with desk.store.write(desk.force_ref, user=viewer.name, source=_SOURCE) as work:
        known = histories(desk)
        versions = known.measures.get(measure.measure_ref, ())
        _check_new("measure", measure, versions, shown, viewer)
        _check_dates(measure, versions)
        _check_figure(measure, versions)
        _check_question(known.on(measure.from_on), measure)
        boards = ";".join(str(board) for board in measure.boards)
        said = _said(measure) | {"improvement": str(measure.improvement), "boards": boards}
        append_measure(work, measure.measure_ref, shown or 0, **said)
        work.audit(*_audited("measure", MEASURE, measure, shown, versions, notes))


def _check_new(what: str, entry: KeyQuestion | Measure, versions: Versions, shown: int | None, viewer: Viewer) -> None:
    """Refuse as already recorded what this viewer has recorded from the version that they still show."""
    newest = versions[-1] if versions else None
    if newest is None or (newest.entry, newest.author) != (entry, viewer.name):
        return
    if newest.version == (shown or 0) + 1:
        raise AlreadyRecorded(f"Nothing more was recorded: the {what} is on record as you have it.")


def _require_editor(viewer: Viewer) -> None:
    if not may_edit(viewer):
        raise NotPermitted(
            "The performance framework is kept by an administrator. Ask one, with the reason and the source."
        )


def _notes(reason: str, source_note: str) -> dict[str, str]:
    given = checked_reason(reason, "the framework changes")
    return {"reason": given, "source_note": _text(source_note, "where the change comes from", 500)}


def _text(text: str, what: str, longest: int) -> str:
    if not text.strip():
        raise ChangeRefused(f"Nothing was recorded: say {what}.")
    if len(text.strip()) > longest:
        raise ChangeRefused(f"Nothing was recorded: keep {what} to {longest} characters.")
    return text.strip()


def _checked(measure: Measure) -> Measure:
    """The measure with its texts without space around them; ChangeRefused says what it lacks."""
    if measure.figure not in FIGURES:
        raise ChangeRefused(f"Nothing was recorded: there is no figure {measure.figure!r}. Choose one of the list.")
    if not measure.boards:
        names = ", ".join(str(board).upper() for board in Board)
        raise ChangeRefused(f"Nothing was recorded: choose at least one board that reads the measure ({names}).")
    _check_target(measure)
    source = (measure.target_source or "").strip()
    return replace(
        measure,
        title=_text(measure.title, "the measure's title", LONGEST_TITLE),
        owner=_text(measure.owner, "which post owns the measure", LONGEST_TITLE),
        target_source=source or None,
    )


def _check_target(measure: Measure) -> None:
    target, source = measure.target, (measure.target_source or "").strip()
    if target is None:
        if source:
            raise ChangeRefused("Nothing was recorded: there is a source but no target. Give the target, or neither.")
        return
    if not source:
        raise ChangeRefused("Nothing was recorded: say where the target comes from. Without a source there is none.")
    if not isfinite(target) or target < 0:
        raise ChangeRefused("Nothing was recorded: give the target as a number of 0 or more.")
    if FIGURES[measure.figure].unit is MeasureUnit.SHARE and target > 1:
        raise ChangeRefused("Nothing was recorded: the target of a share lies between 0% and 100%.")


def _check_dates(entry: KeyQuestion | Measure, versions: Versions) -> None:
    if entry.to_on is not None and entry.to_on <= entry.from_on:
        raise ChangeRefused(
            f"Nothing was recorded: it would end on {day_text(entry.to_on)}, not after it begins on "
            f"{day_text(entry.from_on)}."
        )
    begins = versions[-1].entry.from_on if versions else date.min
    if entry.from_on < begins:
        raise ChangeRefused(
            f"Nothing was recorded: what stands is in force from {day_text(begins)}. A change begins on that day or "
            "later, so that the months before keep what was in force then."
        )


def _check_figure(measure: Measure, versions: Sequence[Version[Measure]]) -> None:
    if versions and versions[-1].entry.figure != measure.figure:
        raise ChangeRefused(
            "Nothing was recorded: a measure keeps its figure, or its months would not compare. Retire this measure "
            "and add another one."
        )


def _check_question(framework: Framework, measure: Measure) -> None:
    question = next((one for one in framework.questions if one.question_ref == measure.question_ref), None)
    if question is None:
        raise ChangeRefused(
            f"Nothing was recorded: the question is not in force on {day_text(measure.from_on)}. Choose another "
            "question or day."
        )
    if question.to_on is not None and (measure.to_on is None or measure.to_on > question.to_on):
        raise ChangeRefused(
            f"Nothing was recorded: the question is retired from {day_text(question.to_on)}. Let the measure end by "
            "then, or choose another question."
        )


def _check_ends_alone(known: Histories, question: KeyQuestion) -> None:
    """A question is retired only when none of its measures goes on."""
    if question.to_on is None:
        return
    going_on = [one.title for one in known.on(question.to_on).measures if one.question_ref == question.question_ref]
    if going_on:
        raise ChangeRefused(
            f"Nothing was recorded: on {day_text(question.to_on)} the question still has measures "
            f"({', '.join(going_on)}). Retire them first, from that day or earlier."
        )


def _said(entry: KeyQuestion | Measure) -> dict[str, Any]:
    """The columns of a version that are the entry's own, its reference apart."""
    own = "measure_ref" if isinstance(entry, Measure) else "question_ref"
    return {name: value for name, value in asdict(entry).items() if name != own}


def _audited(
    what: str,
    kind: str,
    entry: KeyQuestion | Measure,
    shown: int | None,
    versions: Versions,
    notes: Mapping[str, str],
) -> tuple[str, str, str, dict[str, Any]]:
    before = versions[-1].entry if versions else None
    retired = before is not None and before.to_on is None and entry.to_on is not None
    action = "add" if shown is None else "retire" if retired else "change"
    details: dict[str, Any] = {"version": (shown or 0) + 1, **notes, "from_on": entry.from_on.isoformat()}
    if entry.to_on is not None:
        details["to_on"] = entry.to_on.isoformat()
    if before is not None:
        was, now = asdict(before), asdict(entry)
        details["changed"] = sorted(name for name in now if now[name] != was[name])
    return f"{action} {what}", kind, entry.ref, details
