"""Who is due or overdue and unplanned, worst first, each with a link that plans the visit."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER, PLANNED
from app.parts import links, listing
from app.parts.listing import MOST_ROWS, Field, Link
from app.parts.words import count, plural
from offendermgmt.services.wording import STATUS, days_text

UNALLOCATED = "Unallocated"


def show(
    waiting: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str], *, due_days: int, may_plan: bool
) -> None:
    """Draw rows of `unplanned`; `due_days` is how far ahead they fall due."""
    if waiting.empty:
        st.success(
            f"Everyone overdue, or due in the next {days_text(due_days)}, has a visit planned.", icon=":material/check:"
        )
        return
    if len(waiting) > MOST_ROWS:
        st.info(f"The list shows the worst {count(MOST_ROWS)} of {count(len(waiting))}.", icon=":material/filter_list:")
    rows = for_reading(waiting.head(MOST_ROWS), names, holders)
    listing.show(
        rows.assign(
            plan=pd.Series([_plan_link(ref) for ref in rows["offender_ref"]], index=rows.index, dtype="object")
        ),
        [
            Field("offender_ref", "Offender", "opens", beneath="name"),
            Field("risk_level", "Risk", "risk"),
            Field("due_on", "Due on", "day", beneath="late"),
            Field("state", "State", beneath="waits"),
            Field("last_completed_on", "Last seen", "day"),
            Field("holder", "Held by"),
            *([Field("plan", "Plan", "link")] if may_plan else []),
        ],
        caption=f"{plural(len(waiting), 'offender')} overdue or due in {days_text(due_days)} with no visit planned",
        opens=links.addresses(OFFENDER.url_path, "ref", rows["offender_ref"], back=PLANNED.url_path),
    )


def for_reading(waiting: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str]) -> pd.DataFrame:
    """The rows with name, late, state, waits and holder, in words."""
    days = zip(waiting["days_overdue"], waiting["days_until"], strict=True)
    return waiting.assign(
        name=[names.get(ref, "") for ref in waiting["offender_ref"]],
        late=[lateness(overdue, until) for overdue, until in days],
        state=waiting["status"].map(STATUS),
        waits=["An earlier plan has no outcome" if waits else "" for waits in waiting["no_outcome"]],
        holder=waiting["officer_ref"].map(holders).fillna(UNALLOCATED),
    )


def lateness(overdue: int, until: int) -> str:
    """`12 days overdue`, `Due in 3 days` or `Due today`."""
    if overdue:
        return f"{days_text(overdue)} overdue"
    return f"Due in {days_text(until)}" if until else "Due today"


def _plan_link(ref: str) -> Link:
    return Link("Plan it", links.address(PLANNED.url_path, plan=ref, visit=None, show=None), f"Plan a visit to {ref}")
