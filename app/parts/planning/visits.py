"""The planned visits of the days on show, in order of time, and those whose time is over without an outcome."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER, PLANNED
from app.parts import links, listing
from app.parts.listing import MOST_ROWS, Field, Link
from app.parts.words import count, moment, plural
from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.services.wording import PLAN, day_text, days_text


def show(
    visits: pd.DataFrame, names: Mapping[str, str], officers: Mapping[str, str], *, caption: str, sees_notes: bool
) -> None:
    """Draw rows of `in_scope`, earliest first; each opens the offender, and its time the plan."""
    if len(visits) > MOST_ROWS:
        st.info(f"The list shows the first {count(MOST_ROWS)} of {count(len(visits))}.", icon=":material/filter_list:")
    shown = for_reading(visits.head(MOST_ROWS), names, officers, sees_notes=sees_notes)
    listing.show(
        shown.assign(
            opens_plan=pd.Series(
                [_plan_link(row) for row in shown.to_dict(orient="records")], index=shown.index, dtype="object"
            )
        ),
        [
            Field("opens_plan", "When", "link", beneath="length"),
            Field("offender_ref", "Offender", "opens", beneath="name"),
            Field("risk_level", "Risk", "risk"),
            Field("due", "Due", beneath="late"),
            Field("crew_names", "Who goes", beneath="alone"),
            Field("notice", "Notice", beneath="said"),
        ],
        caption=caption,
        opens=links.addresses(OFFENDER.url_path, "ref", shown["offender_ref"], back=PLANNED.url_path),
    )


def for_reading(
    visits: pd.DataFrame, names: Mapping[str, str], officers: Mapping[str, str], *, sees_notes: bool
) -> pd.DataFrame:
    """The rows with name, length, due, late, crew_names, alone, notice, said and state_name, in words.

    What people wrote in their own words may name somebody: it is left out unless the reader `sees_notes`.
    """
    return visits.assign(
        name=[names.get(ref, "") for ref in visits["offender_ref"]],
        length=[plural(minutes, "minute") for minutes in visits["minutes"]],
        due=["Not due" if pd.isna(day) else day_text(day) for day in visits["due_on"]],
        late=[f"{days_text(days)} overdue" if days else "" for days in visits["days_overdue"]],
        crew_names=[", ".join(officers.get(ref, ref) for ref in refs.split(";")) for refs in visits["officer_refs"]],
        alone=[_alone(row, officers, sees_notes=sees_notes) for row in visits.to_dict(orient="records")],
        notice=[_notice(row) for row in visits.to_dict(orient="records")],
        said=[str(note) if sees_notes and not pd.isna(note) else "" for note in visits["note"]],
        state_name=[PLAN[PlanState(state)] for state in visits["state"]],
    )


def caption(visits: pd.DataFrame, when: str) -> str:
    """How many visits a list has, for which days."""
    return f"{plural(len(visits), 'planned visit')}, {when}"


def _plan_link(row: Mapping[Any, Any]) -> Link:
    when = moment(row["planned_at"])
    opens = links.address(PLANNED.url_path, visit=str(row["plan_ref"]), plan=None)
    return Link(when, opens, f"Open the plan of {when}, {row['offender_ref']}")


def _notice(row: Mapping[Any, Any]) -> str:
    said = "Announced" if row["announced"] else "Unannounced"
    return said if row["state"] == PlanState.PLANNED else f"{said}, {PLAN[PlanState(row['state'])].lower()}"


def _alone(row: Mapping[Any, Any], officers: Mapping[str, str], *, sees_notes: bool) -> str:
    if row["crew"] != 1:
        return ""
    by = officers.get(row["lone_authorised_by"], row["lone_authorised_by"])
    reason = f": {row['lone_reason']}" if sees_notes else ""
    return f"Alone{reason}. Authorised by {by}, {moment(row['lone_authorised_at'])}"
