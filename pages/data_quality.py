"""Data quality: when each table was last loaded, and the refused rows that wait to be fixed or dismissed."""

import streamlit as st

from app.parts import freshness, listing, refusal_files, refusals
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from app.session import current_view, data_freshness, desk, today
from offendermgmt.services.refused import LAST_LOADS, may_dismiss, refused_rows

view = current_view()
rows = refused_rows(desk(), view.viewer)
question = desk().question(view.viewer, today(), today=today())

refusals.say_what_was_done()
st.header("Refused rows")
st.markdown(
    "A row of an extract that breaks a rule is kept out of every figure and waits here. Put it right in the system it "
    "came from: the next load that brings it well closes it. Dismiss it only where it need not be put right."
)
if rows.empty:
    st.success("No refused rows are waiting: 0 open.", icon=":material/check:")
else:
    if len(rows) > MOST_ROWS:
        st.info(f"The list shows the oldest {count(MOST_ROWS)} of {count(len(rows))}.", icon=":material/filter_list:")
    listing.show(
        rows.head(MOST_ROWS),
        [
            Field("refused_id", "Number", "number"),
            Field("table", "Table"),
            Field("file", "File"),
            Field("line", "Line", "number"),
            Field("column", "Column"),
            Field("value", "Value"),
            Field("reason", "Why it was refused"),
        ],
        caption=f"{plural(len(rows), 'refused row')} waiting, oldest first",
    )
    refusal_files.offer_rows(rows, question)
    if may_dismiss(view.viewer):
        refusals.dismissal(desk(), view.viewer, rows.head(MOST_ROWS))
    else:
        st.markdown("A detective inspector, an analyst or an administrator may dismiss a row.")

st.header(LAST_LOADS.title)
loads = data_freshness().loads
if loads:
    listing.show(
        freshness.by_table(loads).reset_index(),
        [
            Field("Table", "Table"),
            Field("Last loaded", "Last loaded"),
            Field("Rows in", "Rows in", "number"),
            Field("By", "By"),
        ],
        caption="The newest load in which each table had rows",
    )
    refusal_files.offer_loads(loads, question)
else:
    st.info("Nothing has been loaded yet. Load an extract with `offendermgmt load`.", icon=":material/info:")
