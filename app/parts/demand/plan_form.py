"""The form of a plan: its values live in the address, and are read from it on every run."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from app.parts import filters
from app.parts.demand import address
from offendermgmt.domain.simulation import MOST_POSTS
from offendermgmt.services.demand_plan import (
    LARGEST_BACKLOG,
    LEAST_PERCENT,
    LONGEST_DAYS,
    MONTHS,
    MOST_PERCENT,
    MOST_SECONDMENTS,
    SHORTEST_DAYS,
    Plan,
    PlanRefused,
    Secondment,
    Surge,
)

_KEY: Final = "plan"
_REFUSED: Final = "plan_refused"
_QUARTER: Final = timedelta(days=91)


def asked(default: Plan) -> Plan:
    """The plan that the address asks for; what of it is no plan is said, and left at the default."""
    plan, ignored = address.read(st.query_params.to_dict(), default)
    filters.say_ignored(ignored)
    return plan


def show(plan: Plan, default: Plan, on: date, own_pace: float | None) -> None:
    """Draw the form with the plan in it; submitted, it is written to the address."""
    with st.form("plan_form", border=True):
        with st.grid(4, min_column_width=170):
            _number("Investigators (FTE available)", "investigators", plan.investigators, 0.0, float(MOST_POSTS), 0.5)
            own = "the unit's own" if own_pace is None else f"the unit's own: {own_pace:.1f}"
            _number("Working days per case", "days", plan.days_per_case, SHORTEST_DAYS, LONGEST_DAYS, 0.5, hint=own)
            _whole("Backlog to be under", "under", plan.under, 1, LARGEST_BACKLOG)
            _set("months", plan.months)
            st.selectbox("Look ahead", MONTHS, key=f"{_KEY}_months", format_func=lambda months: f"{months} months")
        _draw_surge(plan.surge, on)
        for number in range(min(len(plan.secondments) + 1, MOST_SECONDMENTS)):
            _draw_secondment(number, plan.secondments[number] if number < len(plan.secondments) else None, on)
        with st.container(horizontal=True):
            rows = min(len(plan.secondments) + 1, MOST_SECONDMENTS)
            st.form_submit_button("Work it out", type="primary", on_click=_submit, args=(default, rows))
            st.form_submit_button("Back to the unit as it is", on_click=_clear, args=(default,))
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused, icon=":material/error:")


def _draw_surge(surge: Surge | None, on: date) -> None:
    with st.grid(3, min_column_width=170):
        _whole("More referrals, %", "percent", surge.percent if surge else 0, LEAST_PERCENT, MOST_PERCENT)
        _day("Surge from", "surge_from", surge.from_on if surge else on + timedelta(days=1))
        _day("Surge until (last day)", "surge_until", surge.last_on if surge else on + _QUARTER)


def _draw_secondment(number: int, one: Secondment | None, on: date) -> None:
    with st.grid(3, min_column_width=170):
        name = f"Secondment {number + 1}"
        _number(f"{name}, FTE (0 = none)", f"fte{number}", one.fte if one else 0.0, 0.0, float(MOST_POSTS), 0.5)
        _day(f"{name} from", f"from{number}", one.from_on if one else on + timedelta(days=1))
        _day(f"{name} until (last day)", f"until{number}", one.last_on if one else on + _QUARTER)


def _set(name: str, value: object) -> str:
    """Put the value in the widget's place; its key."""
    key = f"{_KEY}_{name}"
    st.session_state[key] = value
    return key


def _number(
    label: str, name: str, value: float | None, least: float, most: float, step: float, *, hint: str | None = None
) -> None:
    key = _set(name, value)
    st.number_input(label, least, most, value=None, step=step, format="%.1f", key=key, placeholder=hint)


def _whole(label: str, name: str, value: int, least: int, most: int) -> None:
    st.number_input(label, least, most, value=None, step=1, key=_set(name, value))


def _day(label: str, name: str, value: date) -> None:
    st.date_input(label, value=None, key=_set(name, value), format="DD/MM/YYYY")


def _submit(default: Plan, rows: int) -> None:
    try:
        plan = _submitted(default, rows).checked()
    except PlanRefused as refused:
        st.session_state[_REFUSED] = str(refused)
        return
    filters.choose(**address.written(plan, default))


def _clear(default: Plan) -> None:
    filters.choose(**address.written(default, default))


def _submitted(default: Plan, rows: int) -> Plan:
    state = st.session_state
    surge = state[f"{_KEY}_percent"]
    seconded = tuple(
        Secondment(fte, *_days(f"Secondment {number + 1}", f"from{number}", f"until{number}"))
        for number in range(rows)
        if (fte := state[f"{_KEY}_fte{number}"])
    )
    investigators, under = state[f"{_KEY}_investigators"], state[f"{_KEY}_under"]
    return Plan(
        default.investigators if investigators is None else investigators,
        under or default.under,
        state[f"{_KEY}_months"],
        state[f"{_KEY}_days"],
        seconded,
        Surge(surge, *_days("The surge", "surge_from", "surge_until")) if surge else None,
    )


def _days(what: str, first: str, last: str) -> tuple[date, date]:
    days = st.session_state[f"{_KEY}_{first}"], st.session_state[f"{_KEY}_{last}"]
    if None in days:
        raise PlanRefused(f"{what} needs a first and a last day.")
    return days
