"""Risk lowered on old POLIT cases, the assessment tools in use, and what was decided by hand."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app.parts import listing
from app.parts.caseloads import NOBODY
from app.parts.listing import Field
from app.parts.priority_list import case_addresses
from app.parts.words import plural
from offendermgmt.domain.priority_policy import PriorityPolicy
from offendermgmt.domain.vocabulary import Placement
from offendermgmt.services.priority_words import PLACEMENT
from offendermgmt.services.wording import STAGE, days_text


def show_lowered(
    rows: pd.DataFrame, holders: Mapping[str, str], teams: Mapping[str, str], policy: PriorityPolicy
) -> None:
    """Draw the re-assessments that lowered the risk of old cases, the newest first; each row opens its case."""
    st.markdown(
        f"Re-assessments of the last {days_text(policy.lowered_days)} that lowered the risk of a case received more "
        f"than {days_text(policy.old_days)} before, or past its limit the day before. A lower risk moves the act-by "
        "day without anything having been done: see that each is sound."
    )
    if rows.empty:
        st.success("No re-assessment lowered the risk of an old case.", icon=":material/check:")
        return
    listing.show(
        told(rows, holders, teams),
        [
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            Field("assessed_on", "Assessed on", "day"),
            Field("risk_before", "Risk before", "risk", beneath="with_before"),
            Field("risk_after", "Risk after", "risk", beneath="with_after"),
            Field("assessor", "Assessor"),
            Field("days", "Days since receipt", "number", beneath="late"),
            Field("act_by_before", "Act by before", "day_or_none"),
            Field("act_by_after", "Act by after", "day_or_none", beneath="moved"),
            Field("holder", "Held by that day", beneath="team"),
        ],
        caption=f"Risk lowered on old cases, newest first: {plural(len(rows), 're-assessment')}",
        opens=case_addresses(rows["case_ref"]),
    )


def told(rows: pd.DataFrame, holders: Mapping[str, str], teams: Mapping[str, str]) -> pd.DataFrame:
    """The re-assessments with their words: stage_text, with_before, with_after, assessor, late, moved, holder, team."""
    return rows.assign(
        stage_text=rows["stage"].map(STAGE),
        with_before=_with(rows, "before"),
        with_after=_with(rows, "after"),
        assessor=rows["assessor_ref"].map(holders).fillna("Not recorded"),
        late=[f"{days_text(days)} past its limit" if days else "" for days in rows["days_past"].astype(int)],
        moved=["Not in the backlog" if pd.isna(days) else _moved(int(days)) for days in rows["act_by_moved"]],
        holder=rows["officer_ref"].map(holders).fillna("").replace("", NOBODY),
        team=rows["team_ref"].map(teams).fillna(""),
    )


def show_tools(tools: pd.DataFrame) -> None:
    """Draw the tools and versions in use."""
    with st.expander("Assessment tools in use", icon=":material/fact_check:"):
        if tools.empty:
            st.markdown("No assessment is on record up to this day.")
            return
        listing.show(
            tools.assign(version=tools["version"].fillna("Not recorded")),
            [
                Field("tool", "Tool"),
                Field("version", "Version"),
                Field("cases", "Cases assessed with it", "number"),
                Field("backlog", "Of the backlog, standing on it", "number"),
                Field("first_on", "First used", "day"),
                Field("newest_on", "Last used", "day"),
            ],
            caption="Assessment tools and versions, the last used first",
        )


def show_decisions(rows: pd.DataFrame) -> None:
    """Draw what was decided by hand, the newest first: placements, and their withdrawals."""
    with st.expander("What was decided by hand", icon=":material/history:"):
        if rows.empty:
            st.markdown("No case has been placed by hand up to this day.")
            return
        listing.show(
            rows.assign(
                what=[
                    "Withdrawn" if withdrawn else f"Placed {PLACEMENT[Placement(where)].lower()}"
                    for where, withdrawn in zip(rows["placement"], rows["is_withdrawal"], strict=True)
                ],
                until=rows["last_on"].where(~rows["is_withdrawal"].astype(bool)),
            ),
            [
                Field("case_ref", "Case", "opens"),
                Field("what", "Decision"),
                Field("from_on", "From", "day"),
                Field("until", "Until the end of", "day_or_none"),
                Field("reason", "Why", "sentence"),
                Field("author", "Decided by"),
                Field("recorded_at", "Recorded", "moment"),
            ],
            caption=f"Decided by hand, newest first: {plural(len(rows), 'decision')}",
            opens=case_addresses(rows["case_ref"]),
        )


def _with(rows: pd.DataFrame, when: str) -> list[str]:
    pairs = zip(rows[f"tool_{when}"], rows[f"version_{when}"], strict=True)
    return [f"{tool}, version not recorded" if pd.isna(version) else f"{tool} {version}" for tool, version in pairs]


def _moved(days: int) -> str:
    return f"{days_text(days)} later" if days > 0 else "unchanged"
