"""Finding a record by typing: what was typed stays out of the address, because it may be a name."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from app.navigation import OFFENDER, POLIT_CASE
from app.parts.links import address, link
from app.parts.words import count
from offendermgmt.services.desk import Desk
from offendermgmt.services.finding import Found, find_cases, find_offenders
from offendermgmt.services.question import Question


def search(desk: Desk, question: Question) -> None:
    """Draw the search box and, when something is typed, the records that fit, each a link."""
    by = "Reference or name" if question.viewer.sees_names else "Reference"
    typed = st.text_input(f"Find an offender by {by.lower()}", key="find", max_chars=60, placeholder=by)
    if not typed or not typed.strip():
        return
    found = find_offenders(desk, question, typed)
    if not found.names:
        st.markdown("Nobody you may open fits on this day. Check the spelling, or choose another day.")
        return
    _show(found, {ref: address(OFFENDER.url_path, ref=ref, all_time=None) for ref in found.names})


def search_cases(question: Question) -> None:
    """Draw the box to find a POLIT case by its reference and, when something is typed, those that fit, each a link."""
    typed = st.text_input("Find a case by reference", key="find_case", max_chars=60, placeholder="Reference")
    if not typed or not typed.strip():
        return
    found = find_cases(question, typed)
    if not found.names:
        st.markdown("No case you may open fits on this day. Check the reference, or choose another day.")
        return
    _show(found, {ref: address(POLIT_CASE.url_path, case=ref) for ref in found.names})


def _show(found: Found, opens: Mapping[str, str]) -> None:
    rows = "".join(f"<li>{link(ref, opens[ref])} {escape(name)}</li>" for ref, name in found.names.items())
    more = f"<p>The first {len(found.names)} of {count(found.total)}: type more to narrow.</p>"
    st.html(f"<ul>{rows}</ul>{more if found.total > len(found.names) else ''}")
