"""The nine reports of the data contract: a row a thing, the contract's columns in their order.

Dates are datetime64[s], shares are fractions, unknown is missing; rounding belongs to whoever writes them out.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import caseload as caseload_rules
from offendermgmt.domain import crewing as crewing_rules
from offendermgmt.domain import polit as polit_rules
from offendermgmt.domain import visits as visit_rules
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.labels import DUE_RULES, LEVELS, STAGES, STATUSES, dates, refs, team_refs
from offendermgmt.services.question import Question

Report = Callable[[Question], pd.DataFrame]


def overdue(question: Question) -> pd.DataFrame:
    """Offenders overdue for a visit on the day, by reference (V6, V7)."""
    snapshot = question.snapshot
    late = visit_rules.overdue(snapshot.timeline.segments, question.on)
    late = late[question.offender_scope.holds(late["officer"].to_numpy())]
    officer = late["officer"].to_numpy()
    band = visit_rules.band_of(late["days_overdue"], question.policy.band_ends)
    rows = pd.DataFrame(
        {
            "offender_ref": refs(snapshot, "offender", late["offender"].to_numpy()),
            "risk_level": LEVELS[late["risk"]],
            "status": STATUSES[late["status"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "last_completed_on": dates(late["last_completed"].to_numpy()),
            "due_on": dates(late["due"].to_numpy()),
            "due_reason": DUE_RULES[late["rule"]],
            "days_overdue": late["days_overdue"].to_numpy(),
            "band": np.array(question.policy.bands, dtype=object)[band],
        }
    )
    return rows.sort_values("offender_ref", ignore_index=True)


def backlog(question: Question) -> pd.DataFrame:
    """Backlog of visits at each period's end, by risk level (B3)."""
    periods = question.range
    trend = visit_rules.trend(question.overdue_windows, int(periods.first[0]), question.on)
    ends = periods.last - periods.first[0]
    return pd.DataFrame(
        {
            "on": dates(np.repeat(periods.last, len(RiskLevel))),
            "risk_level": np.tile(LEVELS, len(periods)),
            "overdue": trend.overdue[ends].ravel(),
            "days_overdue_total": trend.days_overdue_total[ends].ravel(),
            "longest_days_overdue": trend.longest[ends].ravel(),
        }
    )


def backlog_flow(question: Question) -> pd.DataFrame:
    """Flow of the backlog of visits in each period (B2).

    Asked for less than the whole force, two more columns follow: cases that came overdue from, or left overdue to,
    holders who do not count (`transferred_in`, `transferred_out`), without which the flow would not add up.
    """
    flow = visit_rules.flow(question.overdue_windows, question.range)
    return with_periods(question.range, _transfers_last(flow, question.offender_scope.everything))


def compliance(question: Question) -> pd.DataFrame:
    """Obligations due in each period and the share met by a completed visit in time (B4)."""
    counts = visit_rules.compliance(obligations_due(question), question.range)
    return with_periods(question.range, counts.assign(rate=share(counts["met"], counts["due"])))


def obligations_due(question: Question) -> pd.DataFrame:
    """The obligations that compliance counts, as of the day: `visits.obligations_due` of the holders who count."""
    due = visit_rules.obligations_due(question.snapshot.timeline, question.on, question.last_known)
    if question.offender_scope.everything:
        return due
    holder = question.snapshot.holder_on(due["offender"].to_numpy(), due["due"].to_numpy())
    return due[question.offender_scope.holds(holder)]


def crewing(question: Question) -> pd.DataFrame:
    """Attended visits in each period by crew, and the standing of lone ones (W1, W2)."""
    attended = question.snapshot.attended
    attended = attended[question.offender_scope.holds(attended["officer"].to_numpy())]
    counts = crewing_rules.crewing(attended, question.range)
    return with_periods(question.range, counts.assign(compliance=share(counts["double_crewed"], counts["attended"])))


def caseload(question: Question) -> pd.DataFrame:
    """What each officer holds on the day, and the unallocated (C1 to C4)."""
    snapshot = question.snapshot
    standing = snapshot.standing_on(question.on)
    standing = standing[question.offender_scope.holds(standing["officer"].to_numpy())]
    fte = caseload_rules.fte_available(snapshot.facts, question.on)
    rows = caseload_rules.caseload(standing, fte, question.policy)
    officer = rows["officer"].to_numpy()
    named = rows.assign(
        officer_ref=refs(snapshot, "officer", officer),
        team_ref=team_refs(snapshot, officer),
        share=share(rows["high_risk"], rows["cases"]),
    )
    columns = [
        *("officer_ref", "team_ref", "cases", "active_cases", "high_risk", "share"),
        *("exceeds_threshold", "to_move", "fte", "cases_per_fte", "exceeds_cap"),
    ]
    return named[columns].sort_values("officer_ref", ignore_index=True)


def polit(question: Question) -> pd.DataFrame:
    """POLIT cases not closed on the day, by reference (P1 to P3, P5, P7)."""
    snapshot, on = question.snapshot, question.on
    standing = snapshot.cases_on(on)
    standing = standing[(standing["stage"] != polit_rules.CLOSED).to_numpy()]
    standing = standing[question.case_scope.holds(standing["officer"].to_numpy())]
    children = polit_rules.children(snapshot.facts, on).set_index("case").reindex(standing["case"], fill_value=0)
    in_backlog = polit_rules.IN_BACKLOG[standing["stage"].to_numpy()]
    rows = pd.DataFrame(
        {
            "case_ref": refs(snapshot, "case", standing["case"].to_numpy()),
            "stage": STAGES[standing["stage"]],
            "in_backlog": in_backlog,
            "risk_level": LEVELS[standing["risk"]],
            "received_on": dates(standing["received"].to_numpy()),
            "age_days": on - standing["received"].to_numpy(),
            "act_by": dates(np.where(in_backlog, standing["act_by"].to_numpy(), NEVER)),
            "days_past_limit": polit_rules.days_past_limit(standing, on),
            "officer_ref": refs(snapshot, "officer", standing["officer"].to_numpy()),
            "last_activity_on": dates(standing["last_activity"].to_numpy()),
            "days_since_activity": on - standing["last_activity"].to_numpy(),
            "children_identified": children["children_identified"].to_numpy(),
            "children_awaiting": children["children_awaiting"].to_numpy(),
        }
    )
    return rows.sort_values("case_ref", ignore_index=True)


def polit_flow(question: Question) -> pd.DataFrame:
    """Flow of the POLIT backlog in each period (P6); transfers as in `backlog_flow`."""
    flow = polit_rules.flow(question.snapshot.cases.segments, question.range, question.counted_case_segments())
    return with_periods(question.range, _transfers_last(flow, question.case_scope.everything))


def polit_timeliness(question: Question) -> pd.DataFrame:
    """Cases that first reached a live stage in each period by risk, and the share in time (P4)."""
    segments = question.snapshot.cases.segments
    counts = polit_rules.timeliness(segments, question.range, question.counted_case_segments())
    periods = question.range
    position = counts["period"].to_numpy()
    return pd.DataFrame(
        {
            "period_start": dates(periods.first[position]),
            "period_end": dates(periods.last[position]),
            "risk_level": LEVELS[counts["risk"]],
            "acted": counts["acted"],
            "in_time": counts["in_time"],
            "rate": share(counts["in_time"], counts["acted"]),
        }
    )


REPORTS: Final[dict[str, Report]] = {
    "overdue": overdue,
    "backlog": backlog,
    "backlog-flow": backlog_flow,
    "compliance": compliance,
    "crewing": crewing,
    "caseload": caseload,
    "polit": polit,
    "polit-flow": polit_flow,
    "polit-timeliness": polit_timeliness,
}
OVER_PERIODS: Final = frozenset(REPORTS) - {"overdue", "caseload", "polit"}


def share(numerator: "pd.Series[Any]", denominator: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    """The fraction, missing where there is nothing under it: never 0% or 100% of nothing (B4)."""
    under = denominator.to_numpy(dtype=np.float64)
    fraction: npt.NDArray[np.float64] = np.full(len(under), np.nan)
    np.divide(numerator.to_numpy(dtype=np.float64), under, where=under > 0, out=fraction)
    return fraction


def with_periods(periods: Periods, columns: pd.DataFrame) -> pd.DataFrame:
    """The columns of a report after the bounds of their periods: period_start, period_end."""
    bounds = pd.DataFrame({"period_start": dates(periods.first), "period_end": dates(periods.last)})
    return pd.concat([bounds, columns], axis=1)


def _transfers_last(flow: pd.DataFrame, everything: bool) -> pd.DataFrame:
    transfers = ["transferred_in", "transferred_out"]
    rest = flow.drop(columns=transfers)
    return rest if everything else rest.join(flow[transfers])
