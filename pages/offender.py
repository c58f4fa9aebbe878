"""Offender: one record, from why the next visit is due to everything recorded."""

import streamlit as st

from app.navigation import OFFENDER, OVERDUE, came_from
from app.parts import decision_record, triage_flags
from app.parts import record as parts
from app.parts.links import address
from app.parts.recording import panel
from app.parts.search import search
from app.session import ask, begins_consulting, current_view, desk
from offendermgmt.services.access import NotPermitted
from offendermgmt.services.consultations import Subject, record_consultation
from offendermgmt.services.offender import offender_record
from offendermgmt.services.recorded import NotFound

view = current_view()
question = ask()

parts.show_back(address(came_from(OVERDUE), ref=None, all_time=None, back=None))
search(desk(), question)
ref = st.query_params.get("ref")
if ref is None:
    st.markdown("Open a record from the list of overdue visits, or search above.")
    st.stop()
try:
    record = offender_record(desk(), question, ref)
except (NotFound, NotPermitted) as error:
    st.warning(str(error), icon=":material/person_off:")
    st.stop()
if begins_consulting(OFFENDER.url_path, ref):
    record_consultation(desk(), question, Subject("offender", ref))

st.header(parts.name_of(record), anchor=OFFENDER.url_path)
parts.show_header(question, record)
parts.show_next_visit(record, view.as_of)
decision_record.show(question, Subject("offender", ref), record.standing.officer_ref, page=OFFENDER.url_path)
panel.show(question, Subject("offender", ref))
triage_flags.show(question, ref)
parts.show_picture(record)
parts.show_histories(question, record)
