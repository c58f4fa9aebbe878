"""Which month a board's page shows, over how many months, and which of its charts are drawn."""

from datetime import date
from typing import Final

import streamlit as st

from app.parts.filters import choose, say_ignored
from app.parts.trends.choices import one_option
from app.session import desk
from offendermgmt.services.board_page import month_choices
from offendermgmt.services.board_types import MONTHS
from offendermgmt.services.question import Question
from offendermgmt.services.wording import month_text

OPENED: Final = "measure"
_MONTH: Final = "month"
_WIDGET: Final = "board_month"
_SIGNALLED, _EVERY = "signals", "all"


def month_and_range(question: Question) -> tuple[date, int]:
    """The month that the reader chose, by default the newest that is over, and over how many months."""
    choices, usual = month_choices(desk(), question)
    months = {f"{month:%Y-%m}": month for month in choices}
    asked, default = st.query_params.get(_MONTH), f"{usual:%Y-%m}"
    if asked is not None and asked not in months:
        say_ignored([f"month {asked[:20]!r}"])
    chosen = asked if asked in months else default
    st.session_state[_WIDGET] = chosen
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            "Month",
            list(months),
            key=_WIDGET,
            format_func=lambda code: f"{month_text(months[code])}{' (so far)' if months[code] > usual else ''}",
            on_change=_follow,
            args=(default,),
            width=220,
        )
        ranges = {str(number): f"{number} months" for number in MONTHS}
        number = int(one_option("Trends over", "months", ranges, default=str(MONTHS[0])))
    return months[chosen], number


def draws_every_chart() -> bool:
    """Whether every measure's chart is drawn, or only those to look into."""
    shown = {_SIGNALLED: "Of concern, unusual or commented on", _EVERY: "All"}
    return one_option("Charts", "charts", shown, default=_SIGNALLED) == _EVERY


def _follow(default: str) -> None:
    chosen = st.session_state[_WIDGET]
    choose(**{_MONTH: None if chosen == default else chosen})
