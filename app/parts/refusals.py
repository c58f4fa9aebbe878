"""Dismissing a refused row: which, why, and that it is meant."""

from typing import Final

import pandas as pd
import streamlit as st

from offendermgmt.services.access import NotPermitted, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.refused import RefusedRowClosed, dismiss

_DONE: Final = "dismissal_done"
_FAILED: Final = "dismissal_failed"


def say_what_was_done() -> None:
    """Tell the reader, once, how the dismissal that led to this run went."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check:")
    if failed := st.session_state.pop(_FAILED, None):
        st.error(failed, icon=":material/error:")


def dismissal(desk: Desk, viewer: Viewer, rows: pd.DataFrame) -> None:
    """Draw the form that dismisses one of the open rows."""
    places = {
        int(row["refused_id"]): f"{row['refused_id']}: {row['file']}, line {row['line']}, {row['column'] or 'row'}"
        for row in rows.to_dict(orient="records")
    }
    with st.expander("Dismiss a row", icon=":material/delete_sweep:"), st.form("dismiss", border=False):
        st.selectbox("Row", list(places), format_func=lambda number: places.get(number, ""), key="dismiss_row")
        st.text_area("Why it need not be put right", key="dismiss_reason", max_chars=500)
        st.checkbox("I have checked this row, and my name is kept with the reason", key="dismiss_meant")
        # In a callback the choice is the one that was on the reader's screen: drawn anew first, the list could lack the
        # row because somebody else has dealt with it, and its first other row would be dismissed instead.
        st.form_submit_button("Dismiss the row", on_click=_dismiss, args=(desk, viewer))


def _dismiss(desk: Desk, viewer: Viewer) -> None:
    state = st.session_state
    refused_id = int(state["dismiss_row"])
    if not state["dismiss_meant"]:
        state[_FAILED] = "Nothing was dismissed: confirm that you have checked the row."
        return
    try:
        dismiss(desk, viewer, refused_id, state["dismiss_reason"] or "")
    except (ValueError, NotPermitted, RefusedRowClosed) as error:
        state[_FAILED] = f"Nothing was dismissed. {error}"
        return
    state[_DONE] = f"Row {refused_id} is dismissed, and the reason is kept with it."
    state["dismiss_reason"], state["dismiss_meant"] = "", False
