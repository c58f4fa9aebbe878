"""Decisions for one viewer: how many are open, due and late, the lists of them, and the history of one record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from offendermgmt.domain.segments import Flags
from offendermgmt.domain.timeline import UNASSESSED
from offendermgmt.domain.vocabulary import DecisionKind, DecisionState, Unit
from offendermgmt.services import decision_definitions as definitions
from offendermgmt.services.consultations import Subject
from offendermgmt.services.crewing_suppression import share_told
from offendermgmt.services.decisions import Decision, is_owner
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.labels import LEVELS, refs, team_refs
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import DECISION, day_text, days_text

_UNIT: Final = {"offender": Unit.MOSOVO, "case": Unit.POLIT}
_SAID: Final = ["decision_ref", "kind", "decided_on", "decided_by", "due_on", "state", "closed_on", "changed_by"]
_LINE: Final = ["decided_at", "version", "subject_kind", "subject_ref", "owner_ref", "days_late", "reason", "outcome"]
_FLAGS: Final = ["is_open", "is_withdrawn", "is_mine", "is_due_today"]


class Which(StrEnum):
    """Decisions to look at alone; the value is its code in an address."""

    OPEN = "open"
    MINE = "mine"
    DUE = "due"
    LATE = "late"
    TODAY = "today"
    DEFERRED = "deferred"
    CLOSED = "closed"


@dataclass(frozen=True)
class DecisionBoard:
    """Decisions on a day, as one viewer may see them.

    `figures`: how many are open, and of those how many are the viewer's, late, due on the day, either, deferred.
    `rows`: the list asked for, None for a viewer who sees counts only.
    """

    figures: Mapping[Which, Figure]
    rows: pd.DataFrame | None


_OF_OPEN: Final[Mapping[Which, Definition]] = {
    Which.DUE: definitions.DUE,
    Which.LATE: definitions.LATE,
    Which.TODAY: definitions.DUE_TODAY,
    Which.DEFERRED: definitions.DEFERRED,
    Which.MINE: definitions.MINE,
}


def decision_board(
    question: Question, recorded: Iterable[Decision], which: Which = Which.OPEN, unit: Unit | None = None
) -> DecisionBoard:
    """The decisions on cases that are the viewer's on the question's day, and those the viewer owns (R11, R12, R14).

    Of one unit where asked: decisions on offenders are MOSOVO's, those on POLIT cases POLIT's.
    """
    taken = [each for each in recorded if _counts(each, question, unit)]
    rows = _visible(question, taken)
    setting = setting_of(question)
    every = {each: _of(rows, each) for each in Which}
    number = int(every[Which.OPEN].sum())
    figures = {
        Which.OPEN: Figure(definitions.OPEN, setting, number),
        **{each: Figure.share(meaning, setting, int(every[each].sum()), number) for each, meaning in _OF_OPEN.items()},
    }
    told = _told(question, figures)
    shown = _ordered(rows[every[which]], which).drop(columns=["is_open", "in_scope"])
    return DecisionBoard(
        {
            each: figure if told[each] else Figure(figure.definition, setting, None, suppressed=True)
            for each, figure in figures.items()
        },
        shown.reset_index(drop=True) if question.viewer.opens_lists else None,
    )


def open_by(question: Question, recorded: Iterable[Decision], last_on: date) -> pd.DataFrame | None:
    """The open decisions on cases due by the end of a day, late ones among them: rows of a board, earliest due first.

    None for a viewer who sees counts only.
    """
    rows = decision_board(question, recorded).rows
    return None if rows is None else rows[(rows["due_on"] <= pd.Timestamp(last_on)).to_numpy()].reset_index(drop=True)


def history(question: Question, recorded: Iterable[Decision], subject: Subject) -> pd.DataFrame:
    """The decisions about one record taken by the question's day, open ones first, then the newest first.

    The columns of a board's rows, and is_open and is_withdrawn. Nobody's for a record that is not the viewer's to see
    on the day, unless the decision is the viewer's own to carry out. NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    taken = [each for each in recorded if each.about == subject and each.decided_on <= question.as_of]
    rows = _visible(question, taken)
    newest = rows["decided_at"].astype("int64").to_numpy()
    order = np.lexsort((-newest, ~rows["is_open"].to_numpy(dtype=bool)))
    return rows.iloc[order].reset_index(drop=True)


def open_in_words(
    question: Question, recorded: Iterable[Decision], kind: Literal["offender", "case"]
) -> Mapping[str, str]:
    """The open decisions on each offender (or case), by reference: what, and due when, to stand in a list of them.

    Whose list it is decides which references are asked for. None for a viewer who sees counts only.
    """
    if not question.viewer.opens_lists:
        return {}
    told: dict[str, list[str]] = {}
    for each in recorded:
        if each.about.kind == kind and each.is_open(question.as_of):
            told.setdefault(each.about.ref, []).append(f"{DECISION[each.kind]}, {due_in_words(each, question)}")
    return {ref: "; ".join(words) for ref, words in told.items()}


def due_in_words(decision: Decision, question: Question) -> str:
    """When an open decision is due, as `due by 3 Jul 2025, 2 days late` or `until 3 Jul 2025`."""
    verb = "until" if decision.kind is DecisionKind.DEFER else "due by"
    late = decision.days_late(question.as_of)
    return f"{verb} {day_text(decision.due_on)}{f', {days_text(late)} late' if late else ''}"


def _counts(decision: Decision, question: Question, unit: Unit | None) -> bool:
    is_of_unit = unit is None or _UNIT[decision.about.kind] is unit
    return is_of_unit and not decision.is_withdrawn and decision.decided_on <= question.as_of


def _visible(question: Question, taken: Sequence[Decision]) -> pd.DataFrame:
    """The decisions that the viewer may see, with their lines."""
    rows = _lines(question, taken)
    is_narrowed = question.team_ref is not None or question.officer_ref is not None
    return rows[rows["in_scope"] | (rows["is_mine"] & (not is_narrowed))]


def _lines(question: Question, taken: Sequence[Decision]) -> pd.DataFrame:
    on, names = question.as_of, question.viewer.sees_names
    said: list[dict[str, Any]] = [
        {
            **{name: getattr(each, name) for name in _SAID},
            "decided_at": each.decided_at,
            "version": each.version,
            "subject_kind": each.about.kind,
            "subject_ref": each.about.ref,
            "owner_ref": each.owner_ref or "",
            "days_late": each.days_late(on),
            "is_due_today": each.due_on == on,
            "reason": each.reason if names else "",
            "outcome": each.outcome if names else "",
            "is_open": each.is_open(on),
            "is_withdrawn": each.is_withdrawn,
            "is_mine": is_owner(question.viewer, each),
        }
        for each in taken
    ]
    frame = pd.DataFrame(said, columns=[*_SAID, *_LINE, *_FLAGS])
    # What was closed after the day was open on it.
    frame.loc[frame["is_open"].to_numpy(dtype=bool), ["state", "closed_on", "outcome"]] = [DecisionState.OPEN, None, ""]
    typed = frame.astype({**dict.fromkeys(_FLAGS, bool), "days_late": "int64", "version": "int64"})
    for day in ("decided_on", "due_on", "closed_on"):
        typed[day] = pd.to_datetime(typed[day])
    typed["decided_at"] = pd.to_datetime(typed["decided_at"], utc=True)
    return _held(question, typed)


def _held(question: Question, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with in_scope, risk_level, holder_ref, team_ref: of whom each decision is about, on the day."""
    scope = np.zeros(len(frame), dtype=bool)
    risk, officer = np.full(len(frame), UNASSESSED), np.full(len(frame), -1)
    kinds: tuple[Literal["offender", "case"], ...] = ("offender", "case")
    for kind in kinds:
        of_kind = (frame["subject_kind"] == kind).to_numpy()
        holds = (question.offender_scope if kind == "offender" else question.case_scope).holds
        if not of_kind.any():
            continue
        snapshot = question.snapshot
        now = snapshot.standing_on(question.on) if kind == "offender" else snapshot.cases_on(question.on)
        register = snapshot.facts.registers[kind]
        codes = register.get_indexer(pd.Index(frame.loc[of_kind, "subject_ref"], dtype="str"))
        at = pd.Index(now[kind].to_numpy()).get_indexer(codes)
        risk[of_kind] = np.append(now["risk"].to_numpy(), UNASSESSED)[at]
        officer[of_kind] = np.append(now["officer"].to_numpy(), -1)[at]
        scope[of_kind] = (at >= 0) & holds(officer[of_kind])
    return frame.assign(
        in_scope=scope,
        risk_level=LEVELS[risk],
        holder_ref=refs(question.snapshot, "officer", officer),
        team_ref=team_refs(question.snapshot, officer),
    )


def _of(rows: pd.DataFrame, which: Which) -> Flags:
    is_open, is_late = rows["is_open"].to_numpy(dtype=bool), rows["days_late"].to_numpy() > 0
    is_today = rows["is_due_today"].to_numpy(dtype=bool)
    of_all: Mapping[Which, Flags] = {
        Which.OPEN: is_open,
        Which.CLOSED: ~is_open,
        Which.MINE: is_open & rows["is_mine"].to_numpy(dtype=bool),
        Which.LATE: is_open & is_late,
        Which.TODAY: is_open & is_today,
        Which.DUE: is_open & (is_late | is_today),
        Which.DEFERRED: is_open & (rows["kind"] == DecisionKind.DEFER).to_numpy(),
    }
    return of_all[which]


def _told(question: Question, figures: Mapping[Which, Figure]) -> Mapping[Which, bool]:
    """Which figures leave a board no small count: late, due today and the rest add up to the open ones."""
    total = int(figures[Which.OPEN].value or 0)
    late, today = (int(figures[each].numerator or 0) for each in (Which.LATE, Which.TODAY))
    numbers = share_told(question, late, total) and share_told(question, today, total - late)
    return {
        each: numbers and (each is Which.OPEN or share_told(question, int(figure.numerator or 0), total))
        for each, figure in figures.items()
    }


def _ordered(rows: pd.DataFrame, which: Which) -> pd.DataFrame:
    if which is Which.CLOSED:
        return rows.sort_values(["closed_on", "decision_ref"], ascending=[False, True], kind="stable")
    return rows.sort_values(["due_on", "decided_at", "decision_ref"], kind="stable")
