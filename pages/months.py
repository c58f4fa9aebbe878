"""Closed months: which months' figures are frozen, and each as it was reported beside what is known now."""

from datetime import date

import streamlit as st

from app.parts import commentary, figures, filters, telling
from app.parts import month_closing as parts
from app.parts.links import address, sentence
from app.parts.words import escaped, moment
from app.session import ask, current_view, desk
from offendermgmt.services.closing import month_end, unapproved
from offendermgmt.services.commentary import commentaries
from offendermgmt.services.framework import framework_on
from offendermgmt.services.month_closing import closed_months, closing_of, reported
from offendermgmt.services.months_board import month_lines, months_before, restatement_of
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.wording import month_text

view = current_view()
question = ask()
recorded = closed_months(desk(), view.known_at)
months = {f"{month:%Y-%m}": month_text(month) for month in months_before(view.as_of)}
ignored: list[str] = []
with st.grid(4, min_column_width=200):
    asked = filters.one_of("Month", "month", list(months), months, ignored=ignored)
filters.say_ignored(ignored)
st.markdown("Scope: **Whole force**, whoever reads: boards are reported one set of figures.")
if not view.viewer.opens_lists:
    figures.say_counts_only(question, "figures")
with st.container():
    telling.show(parts.TOPIC)

if asked is None:
    parts.show_months(month_lines(desk(), question, recorded))
    st.stop()

month_on = date.fromisoformat(f"{asked}-01")
closing = closing_of(recorded, month_on)
sentence("", "All months", address(parts.PAGE, month=None, closing=None))
parts.state(closing, month_on)
titles = {measure.measure_ref: measure.title for measure in framework_on(desk(), month_end(month_on)).measures}
waiting = unapproved(commentaries(desk(), view.known_at), month_on)
parts.close_form(month_on, closing, [titles.get(ref, ref) for ref in waiting])
if closing is None:
    st.stop()

parts.reopen_form(closing)
versions = {str(each.version): each for each in (*closing.history, closing)}
shown = versions.get(st.query_params.get("closing", ""), closing if closing.is_closed else None)
if shown is not None:
    if shown is not closing or not closing.is_closed:
        st.info(f"This is what was reported on {moment(shown.closed_at)}.", icon=":material/history:")
    month = reported(desk(), shown)
    parts.show_restated(restatement_of(desk(), question, month), setting_of(question))
    titles = {measure.measure_ref: measure.title for measure in month.measures}
    of_month = [each for each in month.commentary if each.month_on == month_on]
    if of_month:
        st.header("Commentary kept with it")
    for each in of_month:
        st.subheader(escaped(titles.get(each.measure_ref, each.measure_ref)))
        commentary.draw(each)
parts.show_earlier(closing)
