"""One history of a record: the table of it, newest first, and its download."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app.parts import listing, record_files
from app.parts.listing import Field
from app.parts.words import count, plural
from offendermgmt.services.consultations import Subject
from offendermgmt.services.figures import Definition
from offendermgmt.services.question import Question


def show(
    rows: pd.DataFrame,
    fields: Sequence[Field],
    noun: str,
    *,
    question: Question,
    subject: Subject,
    page: str,
    definition: Definition,
    many: str | None = None,
    none: str | None = None,
    order: str = "newest first",
) -> None:
    """Draw the rows of one history of the record on `page`, or the sentence `none` where nothing is recorded.

    `noun` is what one row is and `many` what several are, where that is not `noun` with an s.
    """
    if rows.empty:
        st.markdown(none or f"No {noun} is recorded by this day.")
        return
    if len(rows) > listing.MOST_ROWS:
        st.info(f"The list shows the newest {count(listing.MOST_ROWS)} of {count(len(rows))}; the file has all.")
    caption = f"{plural(len(rows), noun, many)}{f', {order}' if len(rows) > 1 else ''}"
    listing.show(rows.head(listing.MOST_ROWS), fields, caption=caption)
    title = (many or f"{noun}s").capitalize()
    record_files.offer(title, rows, fields, question, subject, page, definition)
