"""A range of days by name, or the reader's own, and a choice of one among many; kept in the address."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from app.parts.filters import choose
from app.parts.trends.choices import a_day
from offendermgmt.services.ranges import RANGE, Range, days_of, last_days


def one_of_these(name: str, key: str, labels: Mapping[str, str], *, ignored: list[str]) -> str:
    """A choice of exactly one, the first unless the address names another.

    What the address asks for in vain is added to `ignored`.
    """
    options = list(labels)
    asked = st.query_params.get(key, options[0])
    if asked not in labels:
        ignored.append(f"{name.lower()} {asked[:40]!r}")
    chosen = asked if asked in labels else options[0]
    widget = f"{key}_one"
    st.session_state[widget] = chosen
    st.selectbox(
        name, options, key=widget, format_func=lambda option: labels[option], on_change=_follow, args=(key, widget)
    )
    return chosen


def days(name: str, as_of: date, *, ignored: list[str]) -> tuple[date, date]:
    """First and last day of the chosen range, none after `as_of`; the reader's own days have widgets of their own.

    Own days that make no range are said to make none, and the last 28 days are shown.
    """
    named = Range(one_of_these(name, "range", {str(one): text for one, text in RANGE.items()}, ignored=ignored))
    if named is not Range.OWN:
        return days_of(named, as_of)
    usual = last_days(28, as_of)
    own = a_day("From", "from", default=usual[0], last=as_of), a_day("To", "to", default=usual[1], last=as_of)
    try:
        return days_of(named, as_of, own)
    except ValueError as error:
        st.warning(f"{error} The last 28 days are shown.", icon=":material/date_range:")
        return usual


def _follow(key: str, widget: str) -> None:
    choose(**{key: st.session_state[widget]})
