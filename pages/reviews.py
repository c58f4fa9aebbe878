"""Daily reviews: which working days were reviewed and which were not; and each review as it was, beside now."""

from contextlib import suppress
from datetime import date

import streamlit as st

from app.parts import filters, named_range, review_list, review_opened
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.review_days import Which, review_days
from offendermgmt.services.review_record import review_record
from offendermgmt.services.reviews import every_version
from offendermgmt.services.wording import day_text

view, question = current_view(), ask()
ignored: list[str] = []
record = None
with st.grid(4, min_column_width=150):
    units = {str(unit): str(unit) for unit in view.viewer.units}
    unit = Unit(named_range.one_of_these("Unit", "unit", units, ignored=ignored))
    if asked := st.query_params.get("review"):
        with suppress(ValueError):
            record = review_record(desk(), question, unit, date.fromisoformat(asked))
        if record is None:
            ignored.append(f"the review of {asked[:20]!r}")
    if record is None:
        first, last = named_range.days("Range", view.as_of, ignored=ignored)
        which = Which(named_range.one_of_these("Days listed", "listed", review_list.LISTED, ignored=ignored))
filters.say_ignored(ignored)

if record is not None:
    review_opened.show(question, unit, record)
else:
    versions = every_version(desk(), view.known_at)
    board = review_days(question, versions, unit, first, last, which)
    st.markdown(f"Days of **{unit}** from **{day_text(first)}** to **{day_text(last)}**.")
    review_list.show_figures(board, question.policy.reviews.countersign_days)
    review_list.say_missing(unit, review_days(question, versions, unit, first, last, Which.MISSING).rows)
    if board.first_on is None:
        st.info(
            f"No day of {unit} has been reviewed yet. The first review is signed at the foot of the Morning page; from "
            "then on every working day without one is shown here.",
            icon=":material/draw:",
        )
    elif board.rows.empty:
        st.markdown(f"No day is among these: {review_list.LISTED[which].lower()}.")
    if not board.rows.empty:
        review_list.show_list(board, unit)
        review_list.offer(board, {"Unit": str(unit), "Days listed": review_list.LISTED[which]})
