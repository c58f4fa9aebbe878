"""Assessments, plans and contact on a day: how many need a decision, of how many, and who they are (A1 to A9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import assessments, contact, reactive
from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.assessment_definitions import GROUPED, Concern, definitions
from offendermgmt.services.figures import Figure
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.overdue import WORST_FIRST, setting_of
from offendermgmt.services.question import Question

_LEVELS: Final = tuple(RiskLevel)
_RANK: Final = np.array([WORST_FIRST.index(level) for level in _LEVELS])
# Which columns of the engine's frames are days, and what they are called on a list.
_DAYS: Final = {
    "last_completed": "last_completed_on",
    "due": "visit_due_on",
    "first_seen": "first_seen_on",
    "due_on": "due_on",
    "last_on": "last_on",
    "own_from": "own_from_on",
    "reactive_since": "since_on",
    "low_since": "low_since_on",
    "reviewed_on": "reviewed_on",
    "released_on": "released_on",
    "first_due": "first_due_on",
    "met_on": "met_on",
    "missing_since": "since_on",
    "last_tried": "last_tried_on",
}
_ALSO: Final = (
    *("interval_days", "default_days", "days_longer", "approval", "order_kinds", *reactive.REASONS, "reasons"),
    *("first_visit", "attempts", "outcome"),
)
_WITHOUT_RECORDS: Final = {Concern.PLAN_REVIEW: "plan_reviews", Concern.SUPERVISOR_REVIEW: "supervisor_reviews"}


@dataclass(frozen=True)
class AssessmentsBoard:
    """Every concern on a day, as one viewer may see it.

    `figures`: a share each, of the offenders its definition speaks of; without a value where the extracts have nothing
    to tell it from. `cases`: who the chosen concern counts, worst first, None for a viewer who sees counts only;
    columns offender_ref, risk_level, status, officer_ref, team_ref, last_completed_on, visit_due_on, days (what orders
    the list: days past due, missing, unseen or longer than the default, attempts, reasons) and those of the concern.
    `by_risk`: risk_level, running, never_seen, unseen, longest (days, missing where nobody was seen), None likewise.
    """

    figures: Mapping[Concern, Figure]
    chosen: Concern
    cases: pd.DataFrame | None
    by_risk: pd.DataFrame | None


def assessments_board(question: Question, concern: Concern | None = None, risk: str | None = None) -> AssessmentsBoard:
    """The concerns as of the question's day, of one risk level where asked; ValueError for a level there is not.

    Without a concern chosen, the first that counts anybody is.
    """
    standing = _standing(question, risk)
    found = _found(question, standing)
    of, setting = _denominators(standing, found), setting_of(question)
    if risk is not None:
        setting = replace(setting, filters={**setting.filters, "Risk": risk})
    figures = {
        each: Figure.share(definition, setting, len(found[each]), of[each])
        for each, definition in definitions(question.policy.assessments).items()
    }
    for each in set(_WITHOUT_RECORDS) - recorded(question):
        figures[each] = Figure(figures[each].definition, setting, None)
    chosen = concern or next((each for each in GROUPED if len(found[each])), GROUPED[0])
    lists = question.viewer.opens_lists
    return AssessmentsBoard(
        figures={each: figure.shown_to(question.viewer) for each, figure in figures.items()},
        chosen=chosen,
        cases=_listed(question, chosen, found[chosen]) if lists else None,
        by_risk=_by_risk(question, standing) if lists else None,
    )


def missing_and_released(
    question: Question,
) -> tuple[Mapping[Concern, Figure], Mapping[Concern, pd.DataFrame]]:
    """Who is missing, who was released and who of them was not seen in time: figures and cases as on the board.

    NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    standing = _standing(question, None)
    found = _missing_and_released(question, standing)
    of = {**dict.fromkeys(found, len(standing)), Concern.RELEASED_LATE: len(found[Concern.RELEASED])}
    meanings, setting = definitions(question.policy.assessments), setting_of(question)
    return (
        {each: Figure.share(meanings[each], setting, len(rows), of[each]) for each, rows in found.items()},
        {each: _listed(question, each, rows) for each, rows in found.items()},
    )


def recorded(question: Question) -> set[Concern]:
    """Of the concerns that need records of reviews, those for which there are any by the day."""
    tables = question.snapshot.facts.tables
    return {
        concern
        for concern, table in _WITHOUT_RECORDS.items()
        if (day_numbers(tables[table]["reviewed_on"]) <= question.on).any()
    }


def _standing(question: Question, risk: str | None) -> pd.DataFrame:
    if risk is not None and risk not in _LEVELS:
        raise ValueError(f"There is no risk level {risk!r}: choose one of {', '.join(_LEVELS)}")
    now = question.snapshot.standing_on(question.on)
    keep = question.offender_scope.holds(now["officer"].to_numpy()) & (now["status"] != ENDED).to_numpy()
    if risk is not None:
        keep &= (now["risk"] == _LEVELS.index(RiskLevel(risk))).to_numpy()
    return now[keep]


def _found(question: Question, standing: pd.DataFrame) -> dict[Concern, pd.DataFrame]:
    """The engine's rows of each concern, with `days`, which orders them."""
    facts, timeline, on = question.snapshot.facts, question.snapshot.timeline, question.on
    policy = question.policy.assessments
    kept = recorded(question)

    def past(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(days=on - rows["due_on"])

    own = assessments.own_intervals(standing, facts, on, question.policy)
    own = own.assign(days=own["days_longer"])
    is_reactive = reactive.reactive(standing, timeline.segments, facts, on, policy)
    is_reactive = is_reactive.assign(days=is_reactive["reasons"])
    failed = contact.failed_attempts(standing, facts, on, policy)
    never, seen = contact.never_seen(standing), contact.seen(standing, on, policy)
    nobody = standing.iloc[:0]
    plans = records = nobody.assign(last_on=nobody["due"], due_on=nobody["due"], days=nobody["due"])
    if Concern.PLAN_REVIEW in kept:
        plans = past(assessments.plan_past_review(standing, facts, on, policy))
    if Concern.SUPERVISOR_REVIEW in kept:
        records = past(assessments.record_past_review(standing, facts, on, policy))
    return {
        Concern.ARMS_NOT_DONE: past(assessments.arms_not_done(standing, facts, timeline, on, policy)),
        Concern.ARMS_REVIEW: past(assessments.arms_past_review(standing, facts, on, policy)),
        Concern.PLAN_REVIEW: plans,
        Concern.SUPERVISOR_REVIEW: records,
        Concern.NEVER_SEEN: never.assign(days=np.maximum(on - never["due"], 0)),
        Concern.UNSEEN: seen[seen["is_unseen"].to_numpy()].rename(columns={"days_unseen": "days"}),
        Concern.FAILED: failed.assign(days=failed["attempts"]),
        Concern.REACTIVE: is_reactive,
        Concern.INELIGIBLE: is_reactive[(is_reactive["reasons"] > 0).to_numpy()],
        Concern.OWN: own,
        Concern.OWN_LONGER: own[(own["days_longer"] > 0).to_numpy()],
        Concern.OWN_UNAPPROVED: own[(own["approval"] != assessments.APPROVED).to_numpy()],
        **_missing_and_released(question, standing),
    }


def _missing_and_released(question: Question, standing: pd.DataFrame) -> dict[Concern, pd.DataFrame]:
    timeline, on = question.snapshot.timeline, question.on
    missing = contact.missing(standing, timeline.segments, on)
    released = _with_days_late(contact.releases(standing, timeline, on, question.policy.assessments), on)
    return {
        Concern.MISSING: missing.assign(days=missing["days_missing"]),
        Concern.RELEASED: released,
        Concern.RELEASED_LATE: released[released["first_visit"].isin([contact.SEEN_LATE, contact.OVERDUE]).to_numpy()],
    }


def _with_days_late(released: pd.DataFrame, on: int) -> pd.DataFrame:
    """`days` from the first visit's due date to the visit, or to the day while it is not made; 0 where withdrawn."""
    until = np.where(released["met_on"] < NEVER, released["met_on"], on)
    days = until - released["first_due"].to_numpy()
    return released.assign(days=np.where(released["first_visit"] == contact.WITHDRAWN, 0, days))


def _denominators(standing: pd.DataFrame, found: Mapping[Concern, pd.DataFrame]) -> dict[Concern, int]:
    of = dict.fromkeys(Concern, int(standing["runs"].sum()))
    of |= dict.fromkeys((Concern.MISSING, Concern.REACTIVE), len(standing))
    of |= dict.fromkeys((Concern.OWN_LONGER, Concern.OWN_UNAPPROVED), len(found[Concern.OWN]))
    return of | {
        Concern.INELIGIBLE: len(found[Concern.REACTIVE]),
        Concern.RELEASED: len(standing),
        Concern.RELEASED_LATE: len(found[Concern.RELEASED]),
    }


def _listed(question: Question, concern: Concern, rows: pd.DataFrame) -> pd.DataFrame:
    snapshot = question.snapshot
    offender_refs = refs(snapshot, "offender", rows["offender"].to_numpy())
    officer, rank = rows["officer"].to_numpy(), _RANK[rows["risk"].to_numpy()]
    by_days = {Concern.OWN, Concern.OWN_LONGER, Concern.OWN_UNAPPROVED, Concern.REACTIVE, Concern.INELIGIBLE}
    first, then = (-rows["days"], rank) if concern in by_days else (rank, -rows["days"])
    columns = {
        "offender_ref": offender_refs,
        "risk_level": LEVELS[rows["risk"]],
        "status": STATUSES[rows["status"]],
        "officer_ref": refs(snapshot, "officer", officer),
        "team_ref": team_refs(snapshot, officer),
        "days": rows["days"].to_numpy(),
        **{name: dates(rows[column].to_numpy()).to_numpy() for column, name in _DAYS.items() if column in rows},
        **{name: rows[name].to_numpy() for name in _ALSO if name in rows},
    }
    if "approver" in rows:
        columns["approver_ref"] = refs(snapshot, "officer", rows["approver"].to_numpy())
    if "released_from" in rows:
        columns["released_from"] = STATUSES[rows["released_from"]]
    order = np.lexsort((offender_refs, then, first))
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def _by_risk(question: Question, standing: pd.DataFrame) -> pd.DataFrame:
    running = standing[standing["runs"].to_numpy()]
    seen = contact.seen(standing, question.on, question.policy.assessments)
    never = contact.never_seen(standing)
    codes = [_LEVELS.index(level) for level in WORST_FIRST]
    by_level = seen.groupby("risk")
    return pd.DataFrame(
        {
            "risk_level": [str(level) for level in WORST_FIRST],
            "running": running["risk"].value_counts().reindex(codes, fill_value=0).to_numpy(),
            "never_seen": never["risk"].value_counts().reindex(codes, fill_value=0).to_numpy(),
            "unseen": by_level["is_unseen"].sum().reindex(codes, fill_value=0).to_numpy().astype(np.int64),
            "longest": by_level["days_unseen"].max().reindex(codes).to_numpy(dtype=np.float64),
        }
    )
