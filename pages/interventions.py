"""Interventions: what was done to move which measures, when and why, and whether it worked."""

import streamlit as st

from app.parts import figures, telling
from app.parts.interventions import forms, listed
from app.session import ask, current_view, desk
from offendermgmt.services.directory import scope_text
from offendermgmt.services.interventions import interventions
from offendermgmt.services.interventions_board import measure_choices, measures_named, registered

view = current_view()
question = ask()
if scope := scope_text(question):
    st.markdown(f"Showing **{scope}**.")
if not view.viewer.opens_lists:
    figures.say_counts_only(question)
recorded = interventions(desk(), view.known_at)
register = registered(desk(), question, recorded)
with st.container():
    telling.show(forms.TOPIC)

listed.show_register(register, question)
measures = measure_choices(desk(), question)
forms.register_form(measures)
asked = st.query_params.get(listed.ASKED)
chosen = next((each for each in register if each.intervention.intervention_ref == asked), None)
if asked is not None and chosen is None:
    st.warning("The intervention that this address asks for is not on the register: it may have been withdrawn.")
begun = (each for each in register if each.intervention.text.from_on <= view.as_of)
chosen = chosen or next(begun, next(iter(register), None))
if chosen is not None:
    listed.show_one(chosen)
    forms.forms_of(chosen.intervention, {**measures, **measures_named(desk(), question, [chosen.intervention])})
