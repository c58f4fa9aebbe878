"""The range and periods of the trends, and other choices of one, in the address as `filters` keeps its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import streamlit as st

from app.parts.filters import choose
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.months_read import over_whole_months
from offendermgmt.services.question import Question
from offendermgmt.services.ranges import MONTHS_FOR_BOARDS
from offendermgmt.services.wording import day_text

EVERY: Final = {Every.DAY: "Day", Every.WEEK: "Week", Every.MONTH: "Month"}
EARLIEST: Final = date(1990, 1, 1)


def one_option(name: str, key: str, labels: Mapping[str, str], *, default: str) -> str:
    """A choice of exactly one; the default is not written to the address, nor is what the address asks in vain."""
    asked = st.query_params.get(key, default)
    chosen = asked if asked in labels else default
    widget = f"{key}_option"
    st.session_state[widget] = chosen
    # A segmented control's chosen segment is too faint in dark.
    st.radio(
        name,
        list(labels),
        key=widget,
        format_func=lambda option: labels[option],
        horizontal=True,
        on_change=_follow,
        args=(key, widget, default),
    )
    return chosen


def a_day(name: str, key: str, *, default: date, last: date, help: str | None = None) -> date:
    """A day up to `last`; the default is not written to the address, and one that is no such day is said."""
    chosen = default
    if asked := st.query_params.get(key):
        found = _day(asked, last)
        if found is None:
            said = f"{asked[:20]!r} in the address is no day up to {day_text(last)}: showing {day_text(default)}."
            st.warning(said, icon=":material/event_busy:")
        chosen = found or default
    widget = f"{key}_of_trends"
    st.session_state[widget] = chosen
    st.date_input(
        name,
        min_value=EARLIEST,
        max_value=last,
        key=widget,
        format="DD/MM/YYYY",
        on_change=_follow_day,
        args=(key, widget, default),
        help=help,
    )
    return chosen


def over_periods(question: Question) -> tuple[Question, Every]:
    """The question over the periods that its viewer chooses, and their length; over whole months for counts only."""
    if question.viewer.opens_lists:
        periods, every = periods_until(question.as_of)
        return replace(question, periods=periods), every
    st.caption(f"Always the newest {MONTHS_FOR_BOARDS} whole months: ranges of one's own would tell of single days.")
    return over_whole_months(question), Every.MONTH


def periods_until(last: date) -> tuple[Periods, Every]:
    """The periods from the first day to `last`, and their length, as the reader chooses both.

    The first day is by default the first of the month two years before.
    """
    default = date(last.year - 2, last.month, 1)
    first = a_day("From", "from", default=default, last=last, help="The range ends on the as-of day.")
    lengths = {str(every): name for every, name in EVERY.items()}
    every = Every(one_option("Every", "every", lengths, default=str(Every.MONTH)))
    return Periods.between(first, last, every), every


def two_days(first: date, last: date) -> tuple[date, date]:
    """Two days to compare: by default the day before `first` and `last`."""
    with st.container(horizontal=True, gap="medium"):
        earlier = a_day("Earlier day", "day_a", default=first - timedelta(days=1), last=last)
        later = a_day("Later day", "day_b", default=last, last=last)
    return earlier, later


def _day(text: str, last: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= last else None


def _follow(key: str, widget: str, default: str) -> None:
    chosen = st.session_state[widget]
    choose(**{key: None if chosen == default else chosen})


def _follow_day(key: str, widget: str, default: date) -> None:
    chosen = st.session_state[widget]
    choose(**{key: None if chosen in (None, default) else chosen.isoformat()})
