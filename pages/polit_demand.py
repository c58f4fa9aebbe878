"""Demand ahead: referrals forecast and tested, and what a plan would do to the backlog."""

import streamlit as st

from app.parts import figures, telling
from app.parts.demand import backlog, method, receipts, saved
from app.session import ask
from offendermgmt.services.demand import demand

question = ask()
telling.show()
st.markdown("Scope: **the whole of POLIT**.")
if not question.viewer.opens_lists:
    figures.say_counts_only(question, "cases")
answer = demand(question)
receipts.newest(question, answer)
receipts.ahead(question, answer)
receipts.tested(question, answer)
if len(answer.ahead):
    plan = backlog.show(question)
    saved.show(question, plan)
method.show(question)
