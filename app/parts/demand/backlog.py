"""The backlog ahead: where the unit stands, the plan asked for, and what it would do."""

import pandas as pd
import streamlit as st

from app.parts import charts
from app.parts.demand import charts as demand_charts
from app.parts.demand import files, plan_form, sentences, tables
from app.parts.demand.receipts import header, share_text, tests
from offendermgmt.services import demand_definitions as definitions
from offendermgmt.services.demand import demand_policy, foretold, history_of
from offendermgmt.services.demand_backlog import Answer
from offendermgmt.services.demand_measures import Measured, history_of_backlog, measured, past_backlog
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.demand_tested import backlog_tests
from offendermgmt.services.question import Question
from offendermgmt.services.scenarios import NoForecast, answer_of


def show(question: Question) -> Plan | None:
    """Draw the backlog, the form of a plan and its answer; the plan, None where it has no answer."""
    header(definitions.BACKLOG_AHEAD)
    daily = history_of_backlog(question)
    now, policy = measured(question, daily), demand_policy(question)
    kept = None if question.viewer.opens_lists else question.smallest_count
    st.markdown(sentences.measured(now, opening(question, now.backlog), kept))
    default = Plan(now.fte, policy.under)
    plan = plan_form.asked(default)
    answered = st.container()
    shown_pace = None if kept and now.pace.departures < kept else now.pace.days_per_case
    plan_form.show(plan, default, question.as_of, shown_pace)
    try:
        found = answer_of(question, plan)
    except NoForecast as lacking:
        answered.info(str(lacking), icon=":material/info:")
        return None
    with answered:
        _draw_answer(question, found, now, past_backlog(question, daily))
    _draw_tests(question)
    return plan


def _draw_tests(question: Question) -> None:
    policy = demand_policy(question)
    told = foretold(history_of(question), policy)
    if told is None:
        return
    rows = backlog_tests(question, told)
    st.markdown(sentences.tests(rows, float(policy.interval), "the backlog's forecast"))
    if rows["tested"].any():
        tests(
            question,
            rows,
            "Forecasts of the backlog, with the staff and pace of then, against what came",
            "How wrong the backlog forecast would have been",
        )


def _draw_answer(question: Question, found: Answer, now: Measured, past: pd.DataFrame) -> None:
    policy, today = demand_policy(question), opening(question, now.backlog)
    st.markdown(f"**Assuming** {sentences.plan(found.plan)}:")
    st.markdown("\n".join(f"- {said}" for said in sentences.answer(found, today, policy)))
    said, paths = share_text(question), found.paths
    if today != f"{now.backlog:,}":
        paths = paths.iloc[1:]
    charts.draw(
        demand_charts.backlog(past, paths, found.plan.under, said),
        alt="The backlog over the last year, and the range of the runs in the months ahead",
        key="backlog_ahead",
    )
    rows = found.ends.assign(label=tables.horizons(found.ends), until=found.ends["on"])
    tables.ranges(rows, said, "The backlog ahead under this plan")
    files.offer(
        rows,
        [
            files.column("months", "Months ahead"),
            files.column("on", "At the end of", "day"),
            files.column("low", "Low end"),
            files.column("middle", "Middle"),
            files.column("high", "High end"),
        ],
        question,
        title="The backlog ahead",
        definitions=(definitions.BACKLOG_AHEAD, definitions.PACE),
        filters={"Plan": sentences.plan(found.plan)},
    )


def opening(question: Question, backlog: int) -> str:
    """Today's backlog as the reader may have it."""
    kept = not question.viewer.opens_lists and 0 < backlog < question.smallest_count
    return f"under {question.smallest_count}" if kept else f"{backlog:,}"
