"""Saved scenarios: the list, one of them then and now, and the form that saves the plan on the page."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from app.parts import listing, telling
from app.parts.demand import address, files, sentences
from app.parts.demand.backlog import opening
from app.parts.demand.receipts import header
from app.parts.links import address as link_address
from app.parts.links import sentence
from app.parts.listing import Field
from app.parts.words import moment, plural
from app.session import current_view, desk
from offendermgmt.services import demand_definitions as definitions
from offendermgmt.services.demand import demand_policy
from offendermgmt.services.demand_backlog import Answer
from offendermgmt.services.demand_measures import history_of_backlog, measured
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.question import Question
from offendermgmt.services.scenarios import (
    LONGEST_NAME,
    Basis,
    NoForecast,
    Scenario,
    answer_of,
    answer_then,
    may_change,
    may_save,
    remove_scenario,
    said,
    save_scenario,
    scenarios,
)
from offendermgmt.services.wording import day_text

_PARAMETER = "scenario"
_NAME = "scenario_name"


def show(question: Question, plan: Plan | None) -> None:
    """Draw the scenarios on record, the one the address names, and for who may save the form to do so."""
    header(definitions.SAVED)
    on_record = scenarios(desk(), question.viewer, current_view().known_at)
    if on_record:
        _draw_list(on_record)
    else:
        st.markdown("No scenario is on record yet.")
    chosen = next((one for one in on_record if one.scenario_ref == st.query_params.get(_PARAMETER)), None)
    if chosen is not None:
        _draw_then_and_now(question, chosen, plan)
    if plan is not None and may_save(question.viewer):
        _draw_form(question, plan)


def _draw_list(on_record: Sequence[Scenario]) -> None:
    names = _told_apart(on_record)
    rows = [
        {
            "name": names[one.scenario_ref],
            "plan": sentences.plan(one.plan),
            "size": f"under {one.plan.under}, {plural(one.plan.months, 'month')}",
            "owner": one.author,
            "saved": one.recorded_at,
            "as_of": f"as of {day_text(one.basis.as_of)}",
        }
        for one in on_record
    ]
    opens = {names[one.scenario_ref]: link_address(files.PAGE, scenario=one.scenario_ref) for one in on_record}
    fields = [
        Field("name", "Scenario", "opens"),
        Field("plan", "Plan", "sentence", beneath="size"),
        Field("owner", "Owner"),
        Field("saved", "Saved", "moment", beneath="as_of"),
    ]
    listing.show(pd.DataFrame(rows), fields, caption=f"{plural(len(rows), 'saved scenario')}", opens=opens)


def _told_apart(on_record: Sequence[Scenario]) -> dict[str, str]:
    """The name of each scenario, with a number after it where others have the same."""
    names: dict[str, str] = {}
    for one in reversed(on_record):
        same = sum(name == one.name or name.startswith(f"{one.name} (") for name in names.values())
        names[one.scenario_ref] = f"{one.name} ({same + 1})" if same else one.name
    return names


def _draw_then_and_now(question: Question, scenario: Scenario, plan: Plan | None) -> None:
    # As HTML: a name may hold what Markdown would read as its own signs.
    st.html(f"<h3>{escape(scenario.name)}</h3>")
    then = answer_then(desk(), question.viewer, scenario)
    same = said(then) == scenario.said
    told = "the same answer as when it was saved" if same else "**not** the answer it gave when it was saved"
    st.markdown(
        f"Saved by {scenario.author} on {moment(scenario.recorded_at)}, as of {day_text(scenario.basis.as_of)}, with "
        f"seed {scenario.basis.policy.seed}. Worked out again from what was known then it gives {told}."
    )
    if not same:
        st.warning(
            "Recordings dated before the scenario was saved have arrived since, or officers' posts were changed.",
            icon=":material/history:",
        )
    columns = st.columns(2)
    with columns[0]:
        st.markdown(f"**On the data of {day_text(scenario.basis.as_of)}**")
        _draw_points(question, then, scenario.basis)
    with columns[1]:
        st.markdown(f"**On the data of {day_text(question.as_of)}**")
        try:
            _draw_points(question, answer_of(question, scenario.plan), _basis(question))
        except NoForecast as lacking:
            st.info(str(lacking), icon=":material/info:")
    _draw_actions(question, scenario, plan)


def _draw_points(question: Question, found: Answer, basis: Basis) -> None:
    told = sentences.answer(found, opening(question, found.opening), basis.policy)
    st.markdown("\n".join(f"- {one}" for one in told))


def _draw_actions(question: Question, scenario: Scenario, plan: Plan | None) -> None:
    usual = Plan(measured(question, history_of_backlog(question)).fte, demand_policy(question).under)
    sentence(
        "Look at it on the chart above: ",
        "put its plan into the form",
        link_address(files.PAGE, **address.written(scenario.plan, usual)),
        ".",
    )
    if not may_change(question.viewer, scenario):
        return
    with st.container(horizontal=True):
        if plan is not None:
            st.button("Replace it by the plan above", on_click=_replace, args=(scenario, plan, _basis(question)))
        st.button("Remove from the list", on_click=_remove, args=(scenario,))


def _draw_form(question: Question, plan: Plan) -> None:
    with st.form("save_scenario", border=True):
        st.markdown(f"**Save the plan above:** {sentences.plan(plan)}")
        st.text_input("Name", key=_NAME, max_chars=LONGEST_NAME, help="Others see it: name no person who is managed.")
        st.form_submit_button("Save the scenario", on_click=_save, args=(plan, _basis(question)))


def _basis(question: Question) -> Basis:
    return Basis(question.as_of, current_view().known_at, demand_policy(question))


def _save(plan: Plan, basis: Basis) -> None:
    def change() -> str:
        name = st.session_state[_NAME]
        st.query_params[_PARAMETER] = save_scenario(desk(), current_view().viewer, name, plan, basis)
        return f"Saved: {name.strip()}."

    if telling.attempt(change):
        st.session_state[_NAME] = ""


def _replace(scenario: Scenario, plan: Plan, basis: Basis) -> None:
    def change() -> str:
        save_scenario(desk(), current_view().viewer, scenario.name, plan, basis, after=scenario)
        return f"Replaced: {scenario.name}."

    telling.attempt(change)


def _remove(scenario: Scenario) -> None:
    def change() -> str:
        remove_scenario(desk(), current_view().viewer, scenario)
        return f"Removed: {scenario.name}. What it said stays on record."

    telling.attempt(change)
