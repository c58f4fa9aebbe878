"""Who has not been seen: releases, the missing, failed attempts, the never seen and the long unseen (A6 to A9).

Functions take the segments standing on the day and give those of them that a rule is about, in the same order, with
columns of their own, as in `assessments`.
"""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.assessments import after_by_level, newest_day
from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.policy import AssessmentPolicy
from offendermgmt.domain.reactive import run_start
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.timeline import Timeline
from offendermgmt.domain.vocabulary import ATTENDED, OffenderStatus, VisitOutcome

SEEN, SEEN_LATE, TO_BE_SEEN, OVERDUE, WITHDRAWN = range(5)
_STATUSES: Final = tuple(OffenderStatus)
_INSIDE: Final = [_STATUSES.index(status) for status in (OffenderStatus.CUSTODY, OffenderStatus.HOSPITAL)]
_MISSING: Final = _STATUSES.index(OffenderStatus.MISSING)
_FAILED: Final = [str(outcome) for outcome in ATTENDED - {VisitOutcome.COMPLETED}]


def releases(standing: pd.DataFrame, timeline: Timeline, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Releases from custody or hospital of those in `standing`, recent or still to be followed by a visit (A6).

    A row a release: the standing segment's columns, released_on, released_from (status code), first_due, met_on
    (`NEVER` = not made), first_visit (`SEEN`, `SEEN_LATE`, `TO_BE_SEEN`, `OVERDUE`, `WITHDRAWN`).
    """
    made = _released(timeline.segments, on)
    whose = timeline.obligations["offender"].to_numpy()
    released = np.zeros(int(whose.max(initial=-1)) + 2, dtype=bool)
    released[made["offender"].to_numpy()] = True
    is_first = timeline.obligations["set_on"].to_numpy() == timeline.obligations["opened"].to_numpy()
    first = timeline.obligations[is_first & released[whose]]
    first = first.drop_duplicates(["offender", "opened"], keep="first")
    made = made.merge(first, left_on=["offender", "released_on"], right_on=["offender", "opened"], how="inner")
    rows = standing.drop(columns=["due"]).merge(made, on="offender", how="inner")
    met, closed, due = (rows[column].to_numpy() for column in ("met", "closed", "due"))
    met_on = np.where(met & (closed <= on), closed, NEVER).astype(np.int32)
    withdrawn = (met_on >= NEVER) & (((closed <= on) & ~met) | ~rows["runs"].to_numpy())
    first_visit = np.select(
        [met_on <= due, met_on < NEVER, withdrawn, due < on], [SEEN, SEEN_LATE, WITHDRAWN, OVERDUE], TO_BE_SEEN
    )
    rows = rows.assign(first_due=due, met_on=met_on, first_visit=first_visit)
    still_open = (first_visit == TO_BE_SEEN) | (first_visit == OVERDUE)
    listed: Flags = still_open | (rows["released_on"].to_numpy() > on - policy.release_days)
    return rows.drop(columns=["due", "closed", "met", "obligation", "opened", "set_on"])[listed]


def missing(standing: pd.DataFrame, segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """Those missing on `on`: also missing_since, days_missing (A7)."""
    gone = standing[(standing["status"] == _MISSING).to_numpy()]
    since = run_start(segments, "status")[gone.index.to_numpy()]
    return gone.assign(missing_since=since, days_missing=on - since)


def failed_attempts(standing: pd.DataFrame, facts: Facts, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Those with as many failed attempts in a row since last seen as policy asks (A8).

    Also attempts, last_tried and outcome (of the newest attempt, in words of `VisitOutcome`).
    """
    running = standing[standing["runs"].to_numpy()]
    own, last = running["offender"].to_numpy(), running["last_completed"].to_numpy()
    registered = newest_day(facts.tables["offenders"], facts, "registered_on", on)[own]
    after = np.full(len(facts.registers["offender"]), NEVER, dtype=np.int32)
    after[own] = np.where(last < NEVER, last, registered - 1)
    visits = facts.tables["visits"]
    days, offender = day_numbers(visits["visited_on"]), visits["offender_ref"].cat.codes.to_numpy()
    outcomes = visits["outcome"].cat
    has_failed = outcomes.categories.isin(_FAILED)[outcomes.codes.to_numpy()]
    tried = (days <= on) & (days > after[offender]) & has_failed
    attempts = np.bincount(offender[tried], minlength=len(after))[own]
    newest = visits[tried].sort_values("visited_at", kind="stable").drop_duplicates("offender_ref", keep="last")
    newest = newest.set_index(newest["offender_ref"].cat.codes.to_numpy())
    often: Flags = attempts >= policy.failed_in_a_row
    listed = running.assign(attempts=attempts)[often]
    latest = newest.loc[listed["offender"].to_numpy()]
    outcome = latest["outcome"].astype("str").to_numpy()
    return listed.assign(last_tried=day_numbers(latest["visited_on"]), outcome=outcome)


def never_seen(standing: pd.DataFrame) -> pd.DataFrame:
    """Those whose clock runs and whom no visit that satisfied an obligation has seen (A9)."""
    return standing[(standing["runs"] & (standing["last_completed"] >= NEVER)).to_numpy()]


def seen(standing: pd.DataFrame, on: int, policy: AssessmentPolicy) -> pd.DataFrame:
    """Those whose clock runs and who have been seen: also days_unseen, is_unseen (longer than policy allows) (A9)."""
    running = standing[(standing["runs"] & (standing["last_completed"] < NEVER)).to_numpy()]
    last = running["last_completed"].to_numpy()
    limit = after_by_level(last, running["risk"].to_numpy(), policy.unseen)
    return running.assign(days_unseen=on - last, is_unseen=limit < on)


def _released(segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """Days by `on` on which a clock started again after a stop that included custody or hospital.

    Columns offender, released_on, released_from (the last such state of the stop).
    """
    offender, runs = segments["offender"].to_numpy(), segments["runs"].to_numpy()
    rows = np.arange(len(segments))
    opens = np.append(True, offender[1:] != offender[:-1])[: len(rows)]
    begins = runs & ~np.append(False, runs[:-1])[: len(rows)] & ~opens
    inside = segments["status"].isin(_INSIDE).to_numpy()
    last_inside = np.maximum.accumulate(np.where(inside, rows, -1))
    last_ran = np.append(-1, np.maximum.accumulate(np.where(runs, rows, -1)))[: len(rows)]
    of_this_stop = (last_inside > last_ran) & (offender[last_inside] == offender)
    released = np.flatnonzero(begins & of_this_stop & (segments["start"].to_numpy() <= on))
    return pd.DataFrame(
        {
            "offender": offender[released],
            "released_on": segments["start"].to_numpy()[released],
            "released_from": segments["status"].to_numpy()[last_inside[released]],
        }
    )
