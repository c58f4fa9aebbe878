"""POLIT cases: their timeline, backlog, timeliness and flow, and children awaiting safeguarding (P1 to P7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.moving import moved_due
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.reading import dated_facts, first_days, newest_value, not_ended, on_days, respliced
from offendermgmt.domain.segments import Codes, Dated, Flags, Rows, Segments, carried, cut
from offendermgmt.domain.vocabulary import BACKLOG_STAGES, LIVE_STAGES, RiskLevel, Stage

_STAGES: Final = tuple(Stage)
_DEVELOPMENT = _STAGES.index(Stage.AWAITING_DEVELOPMENT)
_UNASSESSED = tuple(RiskLevel).index(RiskLevel.UNASSESSED)
IN_BACKLOG: Final[Flags] = np.array([stage in BACKLOG_STAGES for stage in Stage])
IS_LIVE: Final[Flags] = np.array([stage in LIVE_STAGES for stage in Stage])
CLOSED: Final = _STAGES.index(Stage.CLOSED)


@dataclass(frozen=True)
class CaseTimeline:
    """Segments of every POLIT case in which stage, risk, holder, act-by day and last activity do not change.

    segments: case (code), start, end (first day after), received, stage, risk, officer (-1 = unallocated), act_by,
    last_activity; sorted by case and start. Days are day numbers.
    """

    segments: pd.DataFrame

    def replaced(self, cases: Codes, by: "CaseTimeline") -> "CaseTimeline":
        """The timeline with everything about `cases` taken from another one, of them alone."""
        return CaseTimeline(respliced(self.segments, by.segments, "case", cases))


def build_cases(facts: Facts, policies: Policies) -> CaseTimeline:
    """The timeline of all POLIT cases in `facts` (P1, P2, P5)."""
    received = first_days(facts.tables["polit_cases"], "case_ref", "received_on")

    def dated(table: str, day: str, *prevailing: str) -> tuple[Dated, Rows]:
        return dated_facts(facts.tables[table], "case_ref", day, received, *prevailing)

    stages = dated("polit_stages", "from_on", "from_on")
    assessments = dated("polit_assessments", "assessed_on", "assessed_on", "recorded_at", "risk_level")
    allocations = dated("polit_allocations", "from_on", "from_on")
    activities = dated("polit_activities", "on")
    active = [fact for fact, _ in (stages, assessments, allocations, activities)]
    ends = dated("polit_allocations", "to_on")[0]
    segments = cut(received, *active, ends, *on_days(received, policies.change_days()))

    def newest(source: tuple[Dated, Rows], table: str, column: str, missing: int) -> tuple[Codes, Rows]:
        return newest_value(segments, *source, facts.tables[table][column], missing)

    stage, _ = newest(stages, "polit_stages", "stage", _DEVELOPMENT)
    risk, _ = newest(assessments, "polit_assessments", "risk_level", _UNASSESSED)
    officer, allocation = newest(allocations, "polit_allocations", "officer_ref", -1)
    held = not_ended(segments, facts.tables["polit_allocations"]["to_on"], allocation)
    limit = policies.act_days()[policies.index(segments.start), risk]
    return CaseTimeline(
        pd.DataFrame(
            {
                "case": segments.subject,
                "start": segments.start,
                "end": segments.end,
                "received": received[segments.subject],
                "stage": stage.astype(np.int8),
                "risk": risk.astype(np.int8),
                "officer": np.where(held, officer, -1).astype(np.int32),
                "act_by": _act_by(segments, received, limit),
                "last_activity": _last_activity(segments, active),
            }
        )
    )


def _act_by(segments: Segments, received: Days, limit: Days) -> Days:
    opens = segments.opens_subject
    changes = np.flatnonzero(np.append(False, limit[1:] != limit[:-1])[: len(limit)] & ~opens)
    base = (received[segments.subject] + limit).astype(np.int32)
    case = np.cumsum(opens) - 1
    day = segments.start[changes]
    after, _ = moved_due(base[opens], case[changes], base[changes], day, day)
    due, given = base.copy(), opens.copy()
    due[changes], given[changes] = after, True
    return carried(due, given)


def _last_activity(segments: Segments, active: list[Dated]) -> Days:
    happened = segments.opens_subject.copy()
    for facts in active:
        happened |= segments.starting(facts)
    return carried(segments.start, happened)


def timeliness(segments: pd.DataFrame, periods: Periods, counted: Flags | None = None) -> pd.DataFrame:
    """Cases that first reached a live stage in each period, by the risk on the day, and those in time (P4).

    Columns period (position), risk (code), acted, in_time: every level of every period has its row. `counted` chooses
    segments: a case counts by its holder on the day.
    """
    live = first_live(segments, counted)
    position = periods.of(live["start"].to_numpy())
    live, position = live[position >= 0], position[position >= 0]
    levels = len(RiskLevel)
    cell = position * levels + live["risk"].to_numpy()
    in_time = live["in_time"].to_numpy()
    size = len(periods) * levels
    return pd.DataFrame(
        {
            "period": np.repeat(np.arange(len(periods)), levels),
            "risk": np.tile(np.arange(levels), len(periods)),
            "acted": np.bincount(cell, minlength=size),
            "in_time": np.bincount(cell[in_time], minlength=size),
        }
    )


def first_live(segments: pd.DataFrame, counted: Flags | None = None) -> pd.DataFrame:
    """The segment in which each case first reached a live stage, and `in_time`: on or before act by (P4).

    Without those whose segment is not `counted`.
    """
    at = np.flatnonzero(IS_LIVE[segments["stage"].to_numpy()])
    case = segments["case"].to_numpy()[at]
    at = at[np.append(True, case[1:] != case[:-1])[: len(case)]]
    reached = segments.take(at if counted is None else at[counted[at]])
    return reached.assign(in_time=(reached["start"] <= reached["act_by"]).to_numpy())


def flow(segments: pd.DataFrame, periods: Periods, counted: Flags | None = None) -> pd.DataFrame:
    """Flow of the backlog in each period, at days' ends (P6).

    Columns opening, received, returned, progressed, closed_from_backlog, transferred_in, transferred_out, closing.
    A case received and moved on the same day was never in the backlog at a day's end, and is not in its flow.
    `counted` chooses segments, those of a team say; a case that crosses into or out of them is transferred.
    """
    start = segments["start"].to_numpy()
    counts = {name: periods.counts(start[happened]) for name, happened in movements(segments, counted).items()}
    change = sum(counts[name] for name in ("received", "returned", "transferred_in")) - sum(
        counts[name] for name in ("progressed", "closed_from_backlog", "transferred_out")
    )
    chosen = np.ones(len(start), dtype=bool) if counted is None else counted
    stands = IN_BACKLOG[segments["stage"].to_numpy()] & chosen
    before = (segments["start"] < periods.first[0]) & (segments["end"] >= periods.first[0]) & stands
    closing = int(before.sum()) + np.cumsum(change)
    opening = np.append(int(before.sum()), closing[:-1])
    return pd.DataFrame({"opening": opening, **counts, "closing": closing})


def movements(segments: pd.DataFrame, counted: Flags | None = None) -> dict[str, Flags]:
    """By cause, the segments with whose first day a case comes into the backlog or leaves it, as `flow` counts (P6)."""
    case, stage = segments["case"].to_numpy(), segments["stage"].to_numpy()
    first = np.append(True, case[1:] != case[:-1])[: len(case)]
    chosen = np.ones(len(case), dtype=bool) if counted is None else counted
    backlog, live = IN_BACKLOG[stage], IS_LIVE[stage]
    was_backlog = np.append(False, backlog[:-1])[: len(case)] & ~first
    was_chosen = np.append(False, chosen[:-1])[: len(case)] & ~first
    from_ours = was_backlog & was_chosen
    return {
        "received": backlog & first & chosen,
        "returned": backlog & chosen & ~was_backlog & ~first,
        "progressed": live & from_ours,
        "closed_from_backlog": (stage == CLOSED) & from_ours,
        "transferred_in": backlog & chosen & was_backlog & ~was_chosen,
        "transferred_out": backlog & ~chosen & was_backlog & was_chosen,
    }


def each_child(facts: Facts, on: int) -> pd.DataFrame:
    """The children identified by day `on`, whatever became of their case (P7), as the facts hold them.

    Columns case (code), child_ref, and the days identified, referred (to children's social care) and safeguarded:
    day numbers, `NEVER` for what had not happened by the day.
    """
    rows = facts.tables["polit_children"]
    rows = rows[(day_numbers(rows["identified_on"]) <= on)]
    referred, safeguarded = day_numbers(rows["referred_on"]), day_numbers(rows["safeguarded_on"])
    return pd.DataFrame(
        {
            "case": rows["case_ref"].cat.codes.to_numpy().astype(np.int32),
            "child_ref": rows["child_ref"].to_numpy(),
            "identified": day_numbers(rows["identified_on"]),
            "referred": np.where(referred <= on, referred, NEVER),
            "safeguarded": np.where(safeguarded <= on, safeguarded, NEVER),
        }
    )


def children(facts: Facts, on: int) -> pd.DataFrame:
    """Children of each case on day `on` (P7): case (code), children_identified, children_awaiting."""
    rows = each_child(facts, on)
    awaiting = (rows["safeguarded"] == NEVER).astype(np.int64)
    counted = pd.DataFrame({"case": rows["case"], "children_identified": 1, "children_awaiting": awaiting})
    summed: pd.DataFrame = counted.groupby("case", as_index=False).sum()
    return summed


def days_stalled(idle: Days, risk: Codes, limits: Mapping[RiskLevel, int]) -> Days:
    """Days beyond the limit of each case that no activity of it has been recorded, 0 within the limit (P5).

    `idle` are the days since the last activity, `risk` the level (position in `RiskLevel`), `limits` days by level.
    """
    allowed = np.array([limits[level] for level in RiskLevel], dtype=np.int32)
    over: Days = np.maximum(idle - allowed[risk], 0).astype(np.int32)
    return over


def days_past_limit(standing: pd.DataFrame, on: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    """Days past the act-by limit on day `on` of cases in the backlog, 0 for others and those within it (P3)."""
    late = np.maximum(on - standing["act_by"].to_numpy(), 0)
    return np.where(IN_BACKLOG[standing["stage"].to_numpy()], late, 0).astype(np.int32)
