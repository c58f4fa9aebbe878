"""Where visits were made alone, and the lists behind the figures of crews."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER
from app.parts import filters, links, listing, lone_findings, matrix
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, moment, plural, share
from offendermgmt.domain.vocabulary import LoneVisit, VisitOutcome
from offendermgmt.services.crew_groups import NOBODY, By, kinds_of
from offendermgmt.services.crew_lists import DOUBLE, Listed
from offendermgmt.services.overdue import TOTAL
from offendermgmt.services.wording import LONE, LONE_FINDING, OUTCOME

PAGE: Final = "crewing"
BY: Final[dict[str, str]] = {
    By.OFFICER: "Officer",
    By.TEAM: "Team",
    By.OUTCOME: "Outcome",
    By.WEEKDAY: "Weekday",
    By.HOUR: "Hour",
}
LISTED: Final[dict[str, str]] = {
    Listed.LONE: "Made alone",
    **{str(kind): LONE[kind] for kind in reversed(LoneVisit)},
    Listed.WAITING: "Alone, without a finding in time",
    Listed.UNFOUND: "Alone, no finding yet",
    Listed.FOUND: "Alone, with a finding",
    **{str(kind): f"Alone, found: {name.lower()}" for kind, name in LONE_FINDING.items()},
    Listed.DOUBLE_CREWED: "Double-crewed",
    Listed.ATTENDED: "All attended",
    Listed.UNANNOUNCED: "Unannounced",
    Listed.NOT_RECORDED: "Announced or not, not recorded",
}
STANDING: Final[dict[str, str]] = {**{str(kind): name for kind, name in LONE.items()}, DOUBLE: "Double-crewed"}
_ANNOUNCED: Final = {True: "Announced", False: "Unannounced"}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOBODY: Final = {By.OFFICER: "Nobody named", By.TEAM: "Unallocated, or no team"}


def group_name(by: By, value: str, officers: Mapping[str, str], teams: Mapping[str, str]) -> str:
    """A group of a breakdown in words; a value that is none of its kind reads as it is."""
    if value == NOBODY and by in _NOBODY:
        return _NOBODY[by]
    match by:
        case By.OFFICER:
            return officers.get(value, value)
        case By.TEAM:
            return teams.get(value, value)
        case By.OUTCOME:
            return OUTCOME[VisitOutcome(value)]
        case By.WEEKDAY:
            return _WEEKDAYS[int(value)]
    return f"{int(value):02}:00 to {int(value):02}:59"


def show_breakdown(counts: pd.DataFrame, by: By, names: Mapping[str, str], chosen: tuple[str | None, Listed]) -> None:
    """Draw `crew_groups.breakdown` by kind; each number opens its visits. `names` are the groups in words."""
    kinds = kinds_of(counts)
    alone = {
        str(value): f"{names[str(value)]}: {count(row['lone'])} of {count(row['attended'])}"
        for value, row in counts.iterrows()
    }
    group, listed = chosen
    matrix.show(
        kinds,
        caption=f"Visits made alone, by {BY[by].lower()} and kind, and of how many attended. "
        "Each number opens its visits.",
        corner=BY[by],
        row_names={**alone, TOTAL: "All"},
        column_names={**{str(kind): name for kind, name in LONE.items()}, TOTAL: "All made alone"},
        noun="visit",
        opens=lambda row, column: _address(by, row, Listed.LONE if column == TOTAL else Listed(column)),
        chosen=(group or TOTAL, TOTAL if listed is Listed.LONE else str(listed)),
    )


def show_visits(rows: pd.DataFrame, *, total: int, title: str, names: Mapping[str, str], alone: bool) -> None:
    """Draw the first rows of `for_reading`; with `alone`, what is in order and what lacks stand side by side."""
    _say_first(len(rows), total, "range, team, officer or kind")
    authority = (
        Field("reason", "Reason"),
        Field("assessed_on", "Risk assessed", "day_or_none"),
        Field("authoriser", "Authorised by", beneath="authorised"),
        Field("lacking", "What is missing"),
        Field("finding_name", "Finding", "sentence", beneath="found_note"),
    )
    listing.show(
        rows,
        [
            Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
            Field("risk_level", "Risk", "risk"),
            Field("visited_at", "Visited at", "moment"),
            Field("outcome_name", "Outcome", beneath="notice"),
            Field("crew", "Officers", beneath="standing_name"),
            *(authority if alone else ()),
        ],
        caption=f"{title}: {plural(total, 'visit')}",
        opens=links.addresses(OFFENDER.url_path, "ref", rows["offender_ref"]),
    )


def for_reading(rows: pd.DataFrame, names: Mapping[str, str], officers: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `with_findings` and `with_reasons` with the columns in words that screens and files show."""
    crews = [[officers.get(ref, ref) for ref in text.split(";") if ref] for text in rows["officer_refs"]]
    return lone_findings.in_words(rows, officers).assign(
        name=rows["offender_ref"].map(names),
        outcome_name=rows["outcome"].map(OUTCOME),
        notice=rows["announced"].map(_ANNOUNCED),
        crew=[", ".join(crew) or "Nobody named" for crew in crews],
        standing_name=rows["standing"].map(STANDING),
        authoriser=rows["authoriser_ref"].map(officers),
        authorised=["" if pd.isna(at) else moment(at) for at in rows["authorised_at"]],
    )


def first_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as a browser is sent."""
    return rows.head(MOST_ROWS)


def say_shown(total: int, of_all: int, chosen: list[str]) -> None:
    """Say what of how many is listed, with the way back to all."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Showing **{count(total)} of {count(of_all)}** attended: {', '.join(chosen)}.", width="content")
        if len(chosen) > 1:
            clear = {"group": None}
            st.button("Show every group", type="tertiary", on_click=filters.choose, kwargs=clear)


def _say_first(shown: int, total: int, by: str) -> None:
    if total > shown:
        st.info(
            f"The list shows the first {count(shown)} of {count(total)}; the figures and the downloads have all. "
            f"Narrow it by {by}.",
            icon=":material/filter_list:",
        )


def show_settled(rows: pd.DataFrame, officers: Mapping[str, str], *, total: int) -> None:
    """Draw the first rows of `crew_lists.settled_pairs`; a row opens the officer's crewed visits."""
    _say_first(len(rows), total, "range, team or officer")
    listing.show(
        rows.assign(
            officer=rows["officer_ref"].map(officers),
            partner=rows["partner_ref"].map(officers),
            share=rows["share"].map(share),
        ),
        [
            Field("officer_ref", "Officer", "opens", beneath="officer"),
            Field("partner", "Mostly with"),
            Field("together", "Together", "number"),
            Field("visits", "Crewed visits", "number"),
            Field("share", "Share with the same partner"),
        ],
        caption="Officers whose crews are seldom mixed, most settled first. A row opens the officer's crewed visits.",
        opens={ref: _address(By.OFFICER, ref, Listed.DOUBLE_CREWED) for ref in rows["officer_ref"]},
    )


def show_at_once(rows: pd.DataFrame, names: Mapping[str, str], officers: Mapping[str, str], *, total: int) -> None:
    """Draw the first rows of `crew_lists.visits_at_once`, both visits of each; a row opens the first one's offender."""
    _say_first(len(rows), total, "range, team or officer")
    listing.show(
        rows_at_once(rows, names, officers),
        [
            Field("first_offender_ref", "First visit to", "opens", beneath="first_name" if names else None),
            Field("first_at", "Began", "moment", beneath="first_visit_ref"),
            Field("first_crew_names", "Officers"),
            Field("officer", "On both", beneath="apart"),
            Field("second_offender_ref", "Second visit to", beneath="second_name" if names else None),
            Field("second_at", "Began", "moment", beneath="second_visit_ref"),
            Field("second_crew_names", "Officers"),
        ],
        caption="Officers on record at two visits at once, latest first.",
        opens=links.addresses(OFFENDER.url_path, "ref", rows["first_offender_ref"]),
    )


def rows_at_once(rows: pd.DataFrame, names: Mapping[str, str], officers: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `crew_lists.visits_at_once` with the columns in words that screens and files show."""
    words = rows.assign(
        officer=rows["officer_ref"].map(officers),
        apart=[f"{plural(minutes, 'minute')} apart" for minutes in rows["minutes_apart"]],
    )
    for which in ("first", "second"):
        crews = [[officers.get(ref, ref) for ref in text.split(";")] for text in rows[f"{which}_crew"]]
        words[f"{which}_crew_names"] = [", ".join(crew) for crew in crews]
        words[f"{which}_name"] = rows[f"{which}_offender_ref"].map(names)
    return words


def _address(by: By, value: str, listed: Listed) -> str:
    return links.address(PAGE, by=str(by), group=None if value == TOTAL else value, visits=str(listed))
