"""The days of a range: how many were reviewed, which were not, and how far the review of each has come."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import MORNING, REVIEWS
from app.parts import downloads, figures, filters, links, listing
from app.parts.figures import OpensHere
from app.parts.listing import MOST_ROWS, Field, Link
from app.parts.review_words import STANDING, page_address, weekday
from app.parts.words import moment, plural
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import review_definitions as definitions
from offendermgmt.services.review_days import MISSING, NOT_YET, ReviewDays, Which

LISTED: Final = {
    str(Which.ALL): "All days",
    str(Which.MISSING): "Without a review",
    str(Which.WAITING): "Waiting for the DCI",
    str(Which.RETURNED): "Returned to the DI",
    str(Which.LATE): "Signed late",
    str(Which.REVIEWED): "Working days reviewed",
    str(Which.COUNTERSIGNED): "Working days countersigned",
}
_OF: Final[Mapping[Which, str | tuple[str, str]]] = {
    Which.MISSING: ("working day", "working days"),
    Which.LATE: "signed",
}
_MOST_NAMED: Final = 10


def show_figures(board: ReviewDays, days_allowed: int) -> None:
    """Draw how many days were reviewed, countersigned and not, and what waits; each opens its list."""
    too_long = f"{board.too_long} for more than {plural(days_allowed, 'working day')}"
    with st.grid(6, min_column_width=140):
        for which in (Which.REVIEWED, Which.COUNTERSIGNED, Which.MISSING, Which.WAITING, Which.RETURNED, Which.LATE):
            figures.show(
                board.figures[which],
                of=_OF.get(which),
                note=too_long if which is Which.WAITING and board.figures[which].value else None,
                opens=OpensHere("day", partial(filters.choose, listed=str(which))),
            )


def say_missing(unit: Unit, missing: pd.DataFrame) -> None:
    """Name the working days without a review; `missing` are their rows, newest first."""
    if missing.empty:
        return
    days = [weekday(day) for day in missing["review_on"].head(_MOST_NAMED)]
    more = f" and {len(missing) - len(days)} more" if len(missing) > len(days) else ""
    said = f"{plural(len(missing), 'working day')} of {unit} without a review"
    st.warning(f"**{said}:** {', '.join(days)}{more}.", icon=":material/event_busy:")


def show_list(board: ReviewDays, unit: Unit) -> None:
    """Draw the days, newest first; a row opens the review, or the day's morning where there is none."""
    rows, number = told(board.rows.head(MOST_ROWS)), len(board.rows)
    cut = f": the first {MOST_ROWS}, the file has all" if number > MOST_ROWS else ""
    opens = {row["day"]: _opens(unit, row) for row in rows.to_dict(orient="records")}
    marked = [
        Link(text, opens[day], f"{text}: open the morning of {day}") if text == STANDING[MISSING] else text
        for text, day in zip(rows["standing_text"], rows["day"], strict=True)
    ]
    listing.show(
        rows.assign(standing_text=pd.Series(marked, rows.index, dtype=object)),
        [
            Field("day", "Day", "opens", beneath="kind_of_day"),
            Field("standing_text", "Review", "sentence", beneath="more"),
            Field("signed_by", "Signed by", beneath="signed_text"),
            Field("answered_by", "Answered by", beneath="answered_text"),
        ],
        caption=f"{plural(number, 'day')} of {unit}, newest first{cut}",
        opens=opens,
    )


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `review_days` with their words: day, kind_of_day, standing_text, more (beneath it), and who when."""
    lines = rows.to_dict(orient="records")
    return rows.assign(
        day=[weekday(day) for day in rows["review_on"]],
        kind_of_day=["" if works else "Not a working day" for works in rows["is_working_day"]],
        standing_text=rows["standing"].map(STANDING),
        more=[_more(row) for row in lines],
        signed_text=[_at(row["signed_at"], ", late" if row["is_late"] else "") for row in lines],
        answered_text=[_at(row["answered_at"]) for row in lines],
    )


def offer(board: ReviewDays, chosen: Mapping[str, str]) -> None:
    """Offer the list as a file."""
    figure = board.figures[Which.REVIEWED]
    downloads.offer(
        lambda: told(board.rows),
        [
            ListColumn("review_on", "Day", "day"),
            ListColumn("kind_of_day", "Kind of day", meaning="Empty for a working day"),
            ListColumn("standing_text", "Review"),
            ListColumn("days_waiting", "Working days it has waited", "number"),
            ListColumn("signed_by", "Signed by"),
            ListColumn("signed_text", "Signed at"),
            ListColumn("answered_by", "Answered by"),
            ListColumn("answered_text", "Answered at"),
            ListColumn("note", "Note", personal=True),
            ListColumn("comment", "Comment", personal=True),
        ],
        page=REVIEWS.url_path,
        title="Daily reviews",
        count=len(board.rows),
        setting=figure.setting,
        definitions=(definitions.REVIEWED, definitions.COUNTERSIGNED, definitions.MISSING),
        filters=chosen,
    )


def _more(row: Mapping[Any, Any]) -> str:
    waits = f"For {plural(row['days_waiting'], 'working day')}." if row["days_waiting"] else ""
    comment = f"Comment: {row['comment']}" if row["comment"] else ""
    return " ".join(text for text in (waits, row["note"], comment) if text)


def _at(at: Any, more: str = "") -> str:
    return "" if pd.isna(at) else f"{moment(at)}{more}"


def _opens(unit: Unit, row: Mapping[Any, Any]) -> str:
    if row["standing"] in {MISSING, NOT_YET}:
        return _morning(unit, row["review_on"])
    return page_address(unit, row["review_on"])


def _morning(unit: Unit, day: Any) -> str:
    return links.address(MORNING.url_path, unit=str(unit), as_of=day.isoformat(), listed=None, range=None)
