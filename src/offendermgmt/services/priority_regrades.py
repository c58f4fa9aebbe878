"""Re-assessments of POLIT cases that a detective inspector should see, and the tools in use (Q29)."""

import numpy as np
import pandas as pd

from offendermgmt.domain import regrades
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.polit import IN_BACKLOG
from offendermgmt.domain.visits import standing
from offendermgmt.services.labels import LEVELS, STAGES, dates, refs, team_refs
from offendermgmt.services.question import Question


def lowered_cases(question: Question, risk: str | None = None) -> pd.DataFrame:
    """Re-assessments that lowered the risk of old cases, newest first; `risk` is the level they lowered it to (Q29).

    Columns case_ref, assessed_on, stage (the day before), officer_ref, team_ref (the holder that day), assessor_ref,
    days (since receipt), days_past (the limit, the day before), and risk, tool, version and act_by, each `_before` and
    `_after`; act_by_moved, in days. Act by and how it moved are missing outside the backlog.
    """
    snapshot, policy = question.snapshot, question.policy.polit_priority
    rows = regrades.lowered(snapshot.cases.segments, snapshot.facts, question.on, policy)
    keep = question.case_scope.holds(rows["officer"].to_numpy())
    if risk is not None:
        keep = keep & (LEVELS[rows["risk"]] == risk)
    rows = rows[keep]
    made = snapshot.facts.tables["polit_assessments"]
    before, after = made.iloc[rows["row_before"].to_numpy()], made.iloc[rows["row"].to_numpy()]
    officer, waits = rows["officer"].to_numpy(), IN_BACKLOG[rows["stage"].to_numpy()]
    act_by_before, act_by = (np.where(waits, rows[name], NEVER) for name in ("act_by_before", "act_by"))
    moved = pd.Series(act_by - act_by_before).where(waits).astype("Int64")
    listed = pd.DataFrame(
        {
            "case_ref": refs(snapshot, "case", rows["case"].to_numpy()),
            "assessed_on": dates(rows["assessed"].to_numpy()),
            "stage": STAGES[rows["stage"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "assessor_ref": refs(snapshot, "officer", after["assessor_ref"].cat.codes.to_numpy()),
            "days": rows["days"].to_numpy(),
            "days_past": rows["days_past"].to_numpy(),
            "risk_before": LEVELS[rows["risk_before"]],
            "risk_after": LEVELS[rows["risk"]],
            "tool_before": before["tool"].to_numpy(),
            "tool_after": after["tool"].to_numpy(),
            "version_before": before["tool_version"].to_numpy(),
            "version_after": after["tool_version"].to_numpy(),
            "act_by_before": dates(act_by_before),
            "act_by_after": dates(act_by),
            "act_by_moved": moved,
        }
    )
    return listed.sort_values(["assessed_on", "case_ref"], ascending=[False, True], ignore_index=True)


def tools_in_use(question: Question) -> pd.DataFrame:
    """Tools and versions that the viewer's cases, closed ones included, were assessed with by the day (Q29).

    Columns tool, version (missing where not recorded), cases, backlog (standing on it now), first_on, newest_on.
    """
    snapshot, on = question.snapshot, question.on
    now = standing(snapshot.cases.segments, on)
    now = now[question.case_scope.holds(now["officer"].to_numpy())]
    backlog = now["case"].to_numpy()[IN_BACKLOG[now["stage"].to_numpy()]]
    rows = regrades.tools(snapshot.facts, backlog, now["case"].to_numpy(), on)
    return pd.DataFrame(
        {
            "tool": rows["tool"],
            "version": rows["tool_version"],
            "cases": rows["cases"],
            "backlog": rows["backlog"],
            "first_on": dates(rows["first"].to_numpy()),
            "newest_on": dates(rows["newest"].to_numpy()),
        }
    )
