"""POLIT case: one record, from the children in it and what is due to everything recorded."""

import streamlit as st

from app.navigation import POLIT, POLIT_CASE, came_from
from app.parts import case_clocks, decision_record
from app.parts import case_record as parts
from app.parts.links import address
from app.parts.record import show_back
from app.parts.recording import panel
from app.parts.search import search_cases
from app.session import ask, begins_consulting, desk
from offendermgmt.services.access import NotPermitted
from offendermgmt.services.consultations import Subject, record_consultation
from offendermgmt.services.polit_case import case_record
from offendermgmt.services.recorded import NotFound

question = ask()

show_back(address(came_from(POLIT), case=None, back=None))
search_cases(question)
ref = st.query_params.get("case")
if ref is None:
    st.markdown("Open a case from a list of cases, or search above.")
    st.stop()
try:
    record = case_record(desk(), question, ref)
except (NotFound, NotPermitted) as error:
    st.warning(str(error), icon=":material/folder_off:")
    st.stop()
if begins_consulting(POLIT_CASE.url_path, ref):
    record_consultation(desk(), question, Subject("case", ref))

st.header(ref, anchor=POLIT_CASE.url_path)
parts.show_header(question, record)
parts.show_children(question, record)
parts.show_due(record)
panel.show(question, Subject("case", ref))
decision_record.show(question, Subject("case", ref), record.standing.officer_ref, page=POLIT_CASE.url_path)
case_clocks.show(record)
parts.show_stages(question, record)
parts.show_histories(question, record)
