"""The list behind a number of POLIT's flow: its address, and the list under the table it was opened from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import links, listing
from app.parts.filters import choose
from app.parts.listing import MOST_ROWS, Field
from app.parts.polit_flow.files import PAGE, offer_cases
from app.parts.words import count, plural
from app.session import today
from offendermgmt.domain.periods import Periods
from offendermgmt.services.directory import holder_names, team_names
from offendermgmt.services.polit_flow import RECORDED
from offendermgmt.services.polit_flow_cases import OF_SOURCES, flow_cases
from offendermgmt.services.polit_flow_events import CHILDREN, CLOCK_STATES, ENFORCED, OUT, STOCK, Measure
from offendermgmt.services.polit_flow_words import CLOCK_STATE, POLIT_FLOW, group_text
from offendermgmt.services.question import Question
from offendermgmt.services.wording import STAGE, day_text

CASE: Final = "polit-case"
_KEYS: Final = ("list", "list_from", "list_to", "list_group")
_NOW: Final = STOCK | {Measure.RUNNING}
_RECEIVED: Final = frozenset({Measure.RECEIVED, Measure.REFERRALS, Measure.SAME_DAY, *CLOCK_STATES})
_DAYS: Final = {
    Measure.LEFT: "Days there",
    Measure.RUNNING: "Days so far",
    Measure.ACTED: "Days from receipt",
    Measure.IN_TIME: "Days from receipt",
    Measure.LATE: "Days from receipt",
    Measure.CLOSED: "Days from receipt",
    **dict.fromkeys(CLOCK_STATES, "Days"),
}


@dataclass(frozen=True)
class Asked:
    """The list that the address asks for."""

    measure: Measure
    first: date
    last: date
    group: str | None


def asked() -> Asked | None:
    """What the address asks for, none where it asks for no list or for one there cannot be."""
    given = {key: st.query_params.get(key, "") for key in _KEYS}
    try:
        first, last = date.fromisoformat(given["list_from"]), date.fromisoformat(given["list_to"])
        measure = Measure(given["list"])
    except ValueError:
        return None
    return Asked(measure, first, last, given["list_group"] or None) if first <= last <= today() else None


def of_period(question: Question, row: Mapping[Any, Any], field: str, group: str | None = None) -> str | None:
    """Where the list behind a column of a period is; none where there is no such list, or the viewer opens none.

    A column of a source or outcome is the referrals or closings of that group.
    """
    if not question.viewer.opens_lists or field not in set(Measure):
        return None
    days = {"list_from": row["period_start"].date().isoformat(), "list_to": row["period_end"].date().isoformat()}
    if field == Measure.RUNNING:
        days["list_from"] = days["list_to"]
    return links.address(PAGE, list=field, **days, list_group=group)


def show(question: Question, measures: Collection[str], here: Asked | None) -> None:
    """Draw the list asked for, if it is one of `measures`: as long as the figure it was opened from."""
    if here is None or here.measure not in measures or not question.viewer.opens_lists:
        return
    if here.last > question.as_of:
        st.info(f"The list was of days up to {day_text(here.last)}, after the as-of day: choose a number above.")
        return
    _draw(question, here, flow_cases(question, here.measure, Periods.whole(here.first, here.last), here.group))


def title(here: Asked) -> str:
    """What the list is of, in words: `Stays that ended: Awaiting allocation`, `Assessment: still waiting`."""
    what = POLIT_FLOW[here.measure]
    if not here.group:
        return what
    if here.measure in CLOCK_STATES:
        return f"{group_text(here.group)}: {what.lower()}"
    return f"{what}: {group_text(here.group)}"


def _draw(question: Question, here: Asked, cases: pd.DataFrame) -> None:
    days = day_text(here.last) if here.first == here.last else f"{day_text(here.first)} to {day_text(here.last)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(f"{title(here)}, {days}", anchor=False)
        st.button("Close the list", type="tertiary", on_click=choose, kwargs=dict.fromkeys(_KEYS))
    if cases.empty:
        st.markdown("Nothing is on this list now.")
        return
    if len(cases) > MOST_ROWS:
        st.info(f"The list shows the first {count(MOST_ROWS)} of {count(len(cases))}; the figure counts all of them.")
    fields = _fields(here.measure, cases)
    shown = _worded(question, here.measure, cases.head(MOST_ROWS))
    opens = links.addresses(CASE, "case", shown["case_ref"], back=PAGE)
    listing.show(shown, fields, caption=plural(len(cases), _noun(here.measure), _many(here.measure)), opens=opens)
    offer_cases(
        lambda: _worded(question, here.measure, cases),
        fields,
        here.measure,
        question,
        title=title(here),
        count=len(cases),
        days=days,
    )


def _noun(measure: Measure) -> str:
    if measure in CHILDREN:
        return "child"
    if measure in ENFORCED:
        return POLIT_FLOW[measure].lower().removesuffix("s")
    return "stay" if measure in {Measure.LEFT, Measure.RUNNING} else "closing" if measure is Measure.CLOSED else "case"


def _many(measure: Measure) -> str | None:
    return "children" if measure in CHILDREN else None


def _worded(question: Question, measure: Measure, cases: pd.DataFrame) -> pd.DataFrame:
    holders, teams = holder_names(question), team_names(question)
    worded = cases.assign(
        holder=[holders.get(ref, "Unallocated") for ref in cases["officer_ref"]],
        team=[teams.get(ref, "") for ref in cases["team_ref"]],
        stage=cases["stage"].map({str(stage): text for stage, text in STAGE.items()}),
    )
    if "group" in worded:
        recorded = RECORDED if measure in OF_SOURCES | {Measure.SAME_DAY} else ""
        worded["group"] = [group_text(f"{recorded}{group}") for group in worded["group"]]
    if "state" in worded:
        worded["state"] = worded["state"].map({str(state): text for state, text in CLOCK_STATE.items()})
    return worded


def _fields(measure: Measure, cases: pd.DataFrame) -> list[Field]:
    day = {Measure.LEFT: "Left on", Measure.CLOSED: "Closed on"}.get(measure, "Day")
    stage = "Went to" if measure in {Measure.LEFT, *OUT} else "Stage now" if measure in CLOCK_STATES else "Stage"
    group = "Source" if measure in {Measure.REFERRALS, Measure.SAME_DAY} else "Outcome"
    fields = [Field("case_ref", "Case", "opens"), Field("risk_level", "Risk", "risk")]
    fields.append(Field("received_on", "Received", "day"))
    if measure not in _NOW | _RECEIVED:
        fields.append(Field("on", day, "day"))
    if measure in OF_SOURCES | {Measure.SAME_DAY}:
        fields.append(Field("group", group))
    if measure is not Measure.CLOSED:
        fields.append(Field("stage", stage))
    if "act_by" in cases:
        fields.append(Field("act_by", "Act by", "day"))
    if measure in _DAYS:
        fields.append(Field("days", _DAYS[measure], "number"))
    if measure is Measure.CLOCK_STARTED:
        fields.append(Field("state", "State"))
    if "ref" in cases:
        fields.append(Field("ref", "Child" if measure in CHILDREN else "Enforcement"))
    return [*fields, Field("holder", "Held by", beneath="team")]
