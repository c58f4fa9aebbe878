"""The visits of a morning: who is overdue, who needs a decision first, lone visits to judge, and who goes today."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import CREWING, OVERDUE, PLANNED, TRIAGE
from app.parts import crew_tables, lone_findings, telling, triage_list
from app.parts.decisions import Choice, panel
from app.parts.listing import MOST_ROWS, Field, show
from app.parts.morning.frame import FEW, OFFENDER_FIELD, Words, facts, kept, opens, opens_offenders, way_on
from app.parts.planning import choices, visits
from app.parts.words import clock, moment
from app.session import desk
from offendermgmt.services.crew_lists import Listed
from offendermgmt.services.decision_lists import open_in_words
from offendermgmt.services.decisions import Decision
from offendermgmt.services.directory import offender_names
from offendermgmt.services.morning import Morning, Part
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import Range, last_days
from offendermgmt.services.triage import Look
from offendermgmt.services.triage_words import why
from offendermgmt.services.wording import RISK, day_text, days_text

# The list a DI works through: longer than those that only point elsewhere.
_TRIAGE_ROWS: Final = 8
_OLDEST: Final = 3
_LOOKS: Final = {
    "overdue": Look.OVERDUE,
    "not_overdue": Look.NOT_OVERDUE,
    "raised": Look.RAISED,
    "flagged": Look.FLAGGED,
}


def show_backlog(morning: Morning, words: Words) -> None:
    """Draw the backlog's figures and who of the highest risk is the most overdue."""
    section, page = morning.sections[Part.BACKLOG], opens(OVERDUE.url_path)
    codes = ("size", "share", "high_risk", "longest", "days_total")
    of = {"share": "whose clock runs", "high_risk": "overdue"}
    facts(section, dict.fromkeys(codes, page), of=of, in_percent={"share"})
    rows = section.lists["size"]
    if rows.empty:
        st.success("Nobody is overdue.", icon=":material/check:")
        return
    shown = kept(section, "words", lambda: _overdue(morning, rows.head(FEW), words))
    show(
        shown,
        [
            OFFENDER_FIELD,
            Field("risk_level", "Risk", "risk"),
            Field("days_overdue", "Days overdue", "number", beneath="due"),
            Field("last_completed_on", "Last seen", "day"),
            Field("holder", "Held by"),
        ],
        caption="Overdue, by risk and then by days overdue",
        opens=opens_offenders(shown),
    )
    way_on(len(shown), len(rows), "overdue", page, OVERDUE.title)


def _overdue(morning: Morning, rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    due = [f"due {day_text(day)}" for day in rows["due_on"]]
    return words.named(morning, words.held(rows)).assign(due=due)


def show_triage(morning: Morning, words: Words, taken: Sequence[Decision]) -> None:
    """Draw the top of triage with the parts of each place, and the form that decides on a case of it."""
    section, rows = morning.sections[Part.TRIAGE], morning.sections[Part.TRIAGE].lists["size"]
    page = opens(TRIAGE.url_path)
    looks = {code: opens(TRIAGE.url_path, look=str(look)) for code, look in _LOOKS.items()}
    of = {"size": "managed", **dict.fromkeys(_LOOKS, "in triage")}
    facts(section, {"size": page, **looks}, of=of)
    panel("offender", kept(section, "choices", lambda: _choices(morning, rows.head(MOST_ROWS))), taken)
    if rows.empty:
        st.success("Nobody is in triage.", icon=":material/check:")
        return
    shown = kept(section, "words", lambda: _in_triage(morning, rows.head(_TRIAGE_ROWS), words, taken), taken)
    show(
        shown,
        [
            Field("place", "Place", "number"),
            OFFENDER_FIELD,
            Field("why", "Why (points of each part)", beneath="decided"),
            Field("holder", "Held by"),
        ],
        caption="In triage, the most points first",
        opens=opens_offenders(shown),
    )
    way_on(len(shown), len(rows), "in triage", page, TRIAGE.title)


def _choices(morning: Morning, rows: pd.DataFrame) -> Mapping[str, Choice]:
    return triage_list.choices(rows, offender_names(desk(), morning.question, rows["offender_ref"]))


def _in_triage(morning: Morning, rows: pd.DataFrame, words: Words, taken: Sequence[Decision]) -> pd.DataFrame:
    decided = open_in_words(morning.question, taken, "offender")
    told = [f"Decided: {decided[ref]}" if ref in decided else "" for ref in rows["offender_ref"]]
    return words.named(morning, words.held(rows).assign(why=why(rows), decided=told))


def show_lone(morning: Morning, words: Words) -> None:
    """Draw the lone visits that await a finding, the latest in time after those too late, and the form that judges."""
    section, question = morning.sections[Part.LONE_VISITS], morning.question
    page = _crewing(question, Listed.WAITING)
    of = dict.fromkeys(section.figures, "made alone")
    facts(section, {"waiting": page, "in_time": None, "found": _crewing(question, Listed.FOUND)}, of=of)
    first, _ = last_days(question.policy.morning.lone_days, question.as_of)
    st.caption(f"Of visits made since {day_text(first)}.")
    # In one container, so that the form stays open when something is said above it.
    with st.container():
        telling.show()
    waiting, in_time = section.lists["waiting"], section.lists["in_time"]
    rows = kept(section, "rows", lambda: pd.concat([waiting.head(FEW), in_time], ignore_index=True))
    if rows.empty:
        st.success("No visit made alone awaits a finding.", icon=":material/check:")
        return
    lone_findings.panel(rows, words.holders)
    show(
        kept(section, "words", lambda: _alone(morning, rows, words)),
        [
            OFFENDER_FIELD,
            Field("visited_at", "Visited at", "moment"),
            Field("crew", "Who went"),
            Field("standing_name", "Authority", beneath="lacks"),
            Field("finding_name", "Finding"),
        ],
        caption="Visits made alone that await a finding, those too late first",
        opens=opens_offenders(rows),
    )
    way_on(min(len(waiting), FEW), len(waiting), "too late", page, CREWING.title)


def _alone(morning: Morning, rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    told = crew_tables.for_reading(rows, {}, words.holders)
    return words.named(morning, told.assign(lacks=[f"lacks: {text}" if text else "" for text in rows["lacking"]]))


def show_plan(morning: Morning, words: Words) -> None:
    """Draw who goes where on the day, single crews first, and the visits whose time is over without an outcome."""
    section, day = morning.sections[Part.PLAN], morning.question.as_of
    page = opens(PLANNED.url_path, show=choices.DAY, on=day.isoformat())
    late = opens(PLANNED.url_path, look=choices.NO_OUTCOME)
    alone = opens(PLANNED.url_path, show=choices.DAY, on=day.isoformat(), look=choices.ALONE)
    addresses = {"planned": page, "alone": alone, "no_outcome": late, "unplanned": opens(PLANNED.url_path)}
    facts(section, addresses, of={"alone": "planned", "unplanned": "due or overdue"})
    planned, over = section.lists["planned"], section.lists["no_outcome"]
    if planned.empty:
        st.markdown(f"No visit is planned for {day_text(day)}.")
    else:
        first = kept(section, "words", lambda: _planned(morning, _single_first(planned), words, clock))
        _show_planned(first, f"Planned for {day_text(day)}, single crews first")
        way_on(len(first), len(planned), "planned", page, PLANNED.title, "first")
    if len(over):
        oldest = kept(section, "over", lambda: _planned(morning, over.head(_OLDEST), words, moment))
        _show_planned(oldest, "Past their time with no outcome, the oldest first")
        way_on(len(oldest), len(over), "without an outcome", late, PLANNED.title, "oldest")


def _single_first(planned: pd.DataFrame) -> pd.DataFrame:
    return planned.sort_values("crew", key=lambda crew: crew != 1, kind="stable").head(_TRIAGE_ROWS)


def _planned(morning: Morning, rows: pd.DataFrame, words: Words, time_of: Callable[[datetime], str]) -> pd.DataFrame:
    told = visits.for_reading(rows, {}, words.holders, sees_notes=False)
    told = told.assign(
        at=[time_of(at) for at in rows["planned_at"]],
        risk=rows["risk_level"].map(RISK).fillna(""),
        due_late=[f"{days_text(days)} overdue" if days else "" for days in rows["days_overdue"]],
    )
    return words.named(morning, told)


def _show_planned(rows: pd.DataFrame, caption: str) -> None:
    show(
        rows,
        [
            OFFENDER_FIELD,
            Field("at", "Planned for", beneath="length"),
            Field("risk", "Risk", beneath="due_late"),
            Field("crew_names", "Who goes", beneath="alone"),
        ],
        caption=caption,
        opens=opens_offenders(rows),
    )


def _crewing(question: Question, listed: Listed) -> str:
    """The page of double crewing over the days looked back on, with the list asked for."""
    first, last = last_days(question.policy.morning.lone_days, question.as_of)
    days = {"range": str(Range.OWN), "from": first.isoformat(), "to": last.isoformat()}
    return opens(CREWING.url_path, visits=str(listed), group=None, **days)
