"""Filters that live in the address, so that a link reopens the same view within its reader's own access.

The address is the truth: each run the widget is set from it, and a change of the widget writes to it. It holds codes
and references, never what the reader sees: a label may hold a name, and addresses end up in logs. Days are the
exception that needs no handling of its own: Streamlit itself writes a date as 2025-06-30.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import streamlit as st

from offendermgmt.domain.days import LONDON

ALL: Final = "all"


def as_of(today: date) -> date:
    """The day the page describes: today unless the reader chose an earlier one."""
    _say_unless_a_day("as_of", today, "showing today")
    chosen = st.date_input(
        "As-of day",
        value=today,
        max_value=today,
        key="as_of",
        format="DD/MM/YYYY",
        bind="query-params",
        help="Figures describe the end of this day: facts dated later do not count.",
    )
    return chosen if isinstance(chosen, date) else today


def known_at(today: date) -> datetime | None:
    """The moment up to which recordings count, or none for all that is known now (D3).

    The end of the day that the reader chose, or the moment of it that a link asks for: a review's.
    """
    _say_unless_a_day("known_on", today, "showing all that is known now")
    chosen = st.date_input(
        "As known on",
        value=None,
        max_value=today,
        key="known_on",
        format="DD/MM/YYYY",
        bind="query-params",
        help="Leave empty for all that is known now. A day shows the figures as they were known at the end of it.",
    )
    asked = _moment(st.query_params.get("known_at"))
    if not isinstance(chosen, date) or asked is None or asked.date() != chosen:
        # A moment of another day than the one chosen is a link's that the reader has left.
        choose(known_at=None)
        return datetime.combine(chosen, time.max, tzinfo=LONDON) if isinstance(chosen, date) else None
    st.button(
        f"Known until {asked:%H:%M}: show the whole day", type="tertiary", on_click=choose, kwargs={"known_at": None}
    )
    return asked


def one_of(
    name: str, key: str, options: Sequence[str], labels: Mapping[Any, str] | None = None, *, ignored: list[str]
) -> str | None:
    """A choice of one option or of all; none when all, and no widget where there is nothing to choose.

    What the address asks for in vain is added to `ignored`.
    """
    named: Mapping[Any, str] = labels or {}
    asked = st.query_params.get(key)
    chosen = asked if asked in options else None
    if asked is not None and chosen is None:
        ignored.append(f"{name.lower()} {asked[:40]!r}")
    if not options:
        return None
    widget = f"{key}_filter"
    st.session_state[widget] = chosen or ALL
    st.selectbox(
        name,
        [ALL, *options],
        key=widget,
        format_func=lambda option: "All" if option == ALL else named.get(option, option),
        on_change=_follow,
        args=(key, widget),
    )
    return chosen


def say_ignored(ignored: Sequence[str]) -> None:
    """Tell the reader what their address asked for that they cannot be shown, if anything."""
    if ignored:
        st.warning(
            f"This address asks for {' and '.join(ignored)}, which is not among your choices on this day. "
            "It is left out: choose another above.",
            icon=":material/filter_alt_off:",
        )


def choose(**values: str | None) -> None:
    """Set parameters of the address, for the callback of a button: the widgets follow. None takes one away."""
    for key, value in values.items():
        if value is not None:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def _follow(key: str, widget: str) -> None:
    chosen = st.session_state[widget]
    choose(**{key: None if chosen == ALL else chosen})


def _moment(text: str | None) -> datetime | None:
    """The moment that the text names, as London's clocks had it; none where it names none with its offset."""
    try:
        asked = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return asked.astimezone(LONDON) if asked.tzinfo else None


def _say_unless_a_day(key: str, today: date, instead: str) -> None:
    asked = st.query_params.get(key)
    if not asked:
        return
    try:
        if date.fromisoformat(asked) <= today:
            return
    except ValueError:
        pass
    st.warning(f"{asked[:20]!r} in the address is no day up to today: {instead}.")
