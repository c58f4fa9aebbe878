"""What of the planned visits is on show: a week, a day or a suggested plan, in the address."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from app.navigation import PLANNED
from app.parts import links
from app.parts.trends.choices import a_day, one_option
from app.session import current_view
from offendermgmt.domain.planning_policy import PlanningPolicy
from offendermgmt.services.plan_suggestion import may_suggest
from offendermgmt.services.planned_visits import week_of
from offendermgmt.services.wording import day_text

WEEK: Final = "week"
DAY: Final = "day"
SUGGESTED: Final = "suggested"
ALONE: Final = "alone"
NO_OUTCOME: Final = "no_outcome"
LOOKS: Final = {ALONE: "Single crews", NO_OUTCOME: "Past their time, no outcome"}
_SHOWN: Final = {WEEK: "Week", DAY: "Day", SUGGESTED: "Suggested plan"}


def shown() -> str:
    """Which of the three the reader chose; the suggested plan only for those who plan for others."""
    able = may_suggest(current_view().viewer)
    return one_option("Show", "show", {key: _SHOWN[key] for key in _SHOWN if able or key != SUGGESTED}, default=WEEK)


def days(show: str, policy: PlanningPolicy) -> tuple[date, date]:
    """The first and last day on show: the week or the day that the reader chose, or those a plan is suggested for."""
    as_of = current_view().as_of
    if show == SUGGESTED:
        return as_of + timedelta(days=1), as_of + timedelta(days=policy.suggest_days)
    last = as_of + timedelta(days=policy.ahead_days)
    chosen = a_day("Day" if show == DAY else "A day of the week", "on", default=as_of, last=last)
    return (chosen, chosen) if show == DAY else week_of(chosen)


def say_days(show: str, first: date, last: date, policy: PlanningPolicy) -> None:
    """Say which days are on show, with links to those before and after."""
    what = f"{first:%A} {day_text(first)}" if first == last else f"{day_text(first)} to {day_text(last)}"
    if show == SUGGESTED:
        st.html(f"<p><strong>{what}</strong></p>")
        return
    step, unit = (timedelta(days=1), "Day") if show == DAY else (timedelta(days=7), "Week")
    around = [links.link(f"{unit} before", _address(first - step))]
    if first + step <= current_view().as_of + timedelta(days=policy.ahead_days):
        around.append(links.link(f"{unit} after", _address(first + step)))
    st.html(f"<p><strong>{what}</strong> · {' · '.join(around)}</p>")


def caption(first: date, last: date, look: str | None) -> str:
    """Of which days and crews a list is, to stand within a sentence."""
    if look == NO_OUTCOME:
        return "whose time is over"
    when = day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    return f"{when}, by one officer" if look == ALONE else when


def _address(day: date) -> str:
    return links.address(PLANNED.url_path, on=day.isoformat(), visit=None, plan=None)
