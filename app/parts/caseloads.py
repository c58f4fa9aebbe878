"""What the caseload page lists: officers, the cases of one, and what came and went."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import CASELOAD, OFFENDER
from app.parts import links, listing
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.domain.policy import Policy
from offendermgmt.services.caseload import UNALLOCATED, Presence
from offendermgmt.services.movement import Movement
from offendermgmt.services.wording import STATUS, day_text

NOBODY = "Unallocated"
# What an address without a what-if has of its parameters.
NO_MOVES: Final = {"move_from": None, "move": None, "move_to": None}
MOVED = {
    "allocated": "Allocated",
    "reallocated": "Reallocated",
    "unallocated": "No longer allocated",
    "began": "Came under management",
    "ended": "Management ended",
}


def show_officers(
    rows: pd.DataFrame, policy: Policy, names: Mapping[str, str], teams: Mapping[str, str], *, caption: str
) -> None:
    """Draw caseloads, worst first; each row opens its cases."""
    shown = rows.head(MOST_ROWS)
    if len(rows) > len(shown):
        st.info(
            f"The list shows the worst {count(len(shown))} of {count(len(rows))}; the figures and the chart count all "
            "of them. Narrow it by team or by what to look at to see the rest.",
            icon=":material/filter_list:",
        )
    told = [_told(row, names, teams) for row in shown.to_dict(orient="records")]
    listing.show(
        pd.DataFrame(told),
        [
            Field("holder", "Officer", "opens", beneath="who"),
            Field("cases", "Cases", "figure", beneath="active"),
            Field("share", "High-risk share", "figure", beneath="counted"),
            Field("ceiling", f"Against {float(policy.high_risk_share):.0%}"),
            Field("per_fte", "Cases per FTE", "figure", beneath="divided"),
            Field("cap", f"Against {policy.cases_per_fte}"),
            Field("moved", f"In and out, {policy.workload.movement_days} days", "figure"),
        ],
        caption=caption,
        opens={
            row["holder"]: links.address(CASELOAD.url_path, holder=row["ref"] or UNALLOCATED, concern=None)
            for row in told
        },
    )


def _told(row: Mapping[Any, Any], names: Mapping[str, str], teams: Mapping[str, str]) -> dict[str, Any]:
    ref = str(row["officer_ref"])
    place = (teams.get(str(row["team_ref"]), "") if ref else "Held by nobody", presence_text(row))
    return {
        "ref": ref,
        "holder": names.get(ref, ref) if ref else NOBODY,
        "who": " · ".join(text for text in place if text),
        "cases": f"{row['cases']:,}",
        "active": f"{row['active_cases']:,} active",
        "share": share(row["share"]),
        "counted": f"{row['high_risk']:,} of {row['cases']:,}{' · small' if row['is_small'] else ''}",
        "ceiling": against_ceiling(row),
        "per_fte": per_fte_text(row["cases_per_fte"], ref),
        "divided": f"{row['cases']:,} / {row['fte']:g}" if ref else "",
        "cap": against_cap(row),
        "moved": f"+{row['came']} / -{row['left']}" if row["came"] or row["left"] else "None",
    }


def say_caseload(row: Mapping[Any, Any], policy: Policy) -> None:
    """Say one holder's caseload in a sentence: cases, share and cases per FTE, each with what it is counted from."""
    told = _told(row, {}, {})
    ceiling, move = f"{float(policy.high_risk_share):.0%}", f": move {row['to_move']:,}" if row["to_move"] else ""
    said = f"**{plural(row['cases'], 'case')}**, {told['active']}. "
    said += f"**{told['share']}** high risk ({told['counted']}), "
    said += f"{'over' if row['exceeds_threshold'] else 'within'} {ceiling}{move}."
    if row["officer_ref"]:
        limit = f"{told['cap'].lower()} {policy.cases_per_fte}"
        said += f" Cases per FTE: **{told['per_fte']}** ({told['divided']}), {limit}. {presence_text(row)}"
    st.markdown(said.strip())


def against_ceiling(row: Mapping[Any, Any]) -> str:
    """How a caseload stands against the high-risk ceiling."""
    if not row["exceeds_threshold"]:
        return "Within" if row["cases"] else ""
    return f"Over: move {count(row['to_move'])}"


def against_cap(row: Mapping[Any, Any]) -> str:
    """How a caseload stands against the cases per FTE; empty for the unallocated."""
    if pd.isna(row["exceeds_cap"]):
        return ""
    return "Over" if row["exceeds_cap"] else "Within"


def per_fte_text(per_fte: Any, ref: str) -> str:
    """Cases per FTE to one decimal; without FTE there is no value, and for nobody none is meant."""
    if pd.isna(per_fte):
        return NO_VALUE if ref else ""
    return f"{per_fte:,.1f}"


def presence_text(row: Mapping[Any, Any]) -> str:
    """Why an officer is not there to work the cases, empty for one who is."""
    if row["presence"] == Presence.LEFT:
        return f"Left {day_text(row['left_on'])}"
    return "No time available" if row["presence"] == Presence.NO_TIME else ""


def show_cases(rows: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str], *, caption: str) -> None:
    """Draw cases, highest risk first; each opens the record."""
    shown = rows.head(MOST_ROWS)
    if len(rows) > len(shown):
        st.info(f"The list shows the first {count(len(shown))} of {count(len(rows))}.", icon=":material/filter_list:")
    refs = shown["offender_ref"]
    listing.show(
        shown.assign(
            name=refs.map(names),
            state=shown["status"].map(STATUS),
            due=[due_text(day) for day in shown["due_on"]],
            overdue=[f"{plural(days, 'day')} overdue" if days else "" for days in shown["days_overdue"]],
            holder=shown["officer_ref"].map(holders).fillna(NOBODY),
        ),
        [
            Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
            Field("risk_level", "Risk", "risk"),
            Field("state", "State"),
            Field("held_since", "Unallocated since" if set(shown["officer_ref"]) == {""} else "Held since", "day"),
            Field("last_completed_on", "Last seen", "day"),
            Field("due", "Next visit due", beneath="overdue"),
            *([Field("holder", "Held by")] if len(set(shown["officer_ref"])) > 1 else []),
        ],
        caption=caption,
        opens=_records(refs),
    )


def due_text(due_on: Any) -> str:
    """The day the next visit is due, or that none is."""
    return "Clock stopped" if pd.isna(due_on) else day_text(due_on)


def show_movement(
    moved: pd.DataFrame, movement: Movement, holders: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """Draw what came and went, newest first; each row opens the record."""
    between = f"from {day_text(movement.first)} to {day_text(movement.last)}"
    if moved.empty:
        st.info(f"No case came or went {between}.", icon=":material/info:")
        return
    shown = moved.head(MOST_ROWS)
    if len(moved) > len(shown):
        st.info(f"The list shows the newest {count(len(shown))} of {count(len(moved))}.", icon=":material/filter_list:")
    kind = shown["kind"]
    listing.show(
        shown.assign(
            name=shown["offender_ref"].map(names),
            what=kind.map(MOVED),
            left=shown["from_ref"].map(holders).fillna(NOBODY).where(kind != "began", ""),
            came=shown["to_ref"].map(holders).fillna(NOBODY).where(kind != "ended", ""),
        ),
        [
            Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
            Field("on", "On", "day"),
            Field("what", "What happened"),
            Field("left", "From"),
            Field("came", "To"),
        ],
        caption=f"Cases that came and went {between}, newest first: {plural(len(moved), 'change')}",
        opens=_records(shown["offender_ref"]),
    )


def _records(refs: "pd.Series[str]") -> dict[str, str]:
    return links.addresses(OFFENDER.url_path, "ref", refs, holder=None, concern=None, **NO_MOVES)
