"""Figures of concern in groups: each number a link to its list, and the list of the one chosen."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import ASSESSMENTS, OFFENDER
from app.parts import counted, links, listing
from app.parts.figures import definition_text
from app.parts.listing import Field
from app.parts.words import count, plural
from offendermgmt.services.assessment_definitions import GROUPS, Concern
from offendermgmt.services.figures import Figure

_TABLES: Final = {Concern.PLAN_REVIEW: "plan_reviews", Concern.SUPERVISOR_REVIEW: "supervisor_reviews"}
_DUE: Final = (Field("days", "Days past due", "number"), Field("due_on", "Was due on", "day"), Field("why", "Why"))
_REACTIVE: Final = (
    Field("why", "What speaks against it"),
    Field("since_on", "Reactive since", "day"),
    Field("reviewed_on", "Last reviewed", "day"),
)
_OWN: Final = (
    Field("interval_days", "Own interval, days", "number", beneath="why"),
    Field("default_days", "Default, days", "number"),
    Field("own_from_on", "From", "day"),
    Field("approver", "Approved by", beneath="approved"),
)
_RELEASED: Final = (
    Field("released_on", "Released on", "day"),
    Field("first_due_on", "First visit due", "day"),
    Field("why", "First visit"),
)
_OWN_FIELDS: Final[Mapping[Concern, Sequence[Field]]] = {
    Concern.ARMS_NOT_DONE: _DUE,
    Concern.ARMS_REVIEW: _DUE,
    Concern.PLAN_REVIEW: _DUE,
    Concern.SUPERVISOR_REVIEW: _DUE,
    Concern.MISSING: (Field("days", "Days missing", "number"), Field("since_on", "Missing since", "day")),
    Concern.NEVER_SEEN: (
        Field("days", "Days overdue", "number"),
        Field("visit_due_on", "First visit due", "day"),
        Field("state", "State"),
    ),
    Concern.UNSEEN: (
        Field("days", "Days unseen", "number"),
        Field("visit_due_on", "Visit due on", "day"),
        Field("state", "State"),
    ),
    Concern.FAILED: (
        Field("days", "Attempts", "number"),
        Field("last_tried_on", "Last tried", "day"),
        Field("why", "Outcome"),
    ),
    Concern.REACTIVE: _REACTIVE,
    Concern.INELIGIBLE: _REACTIVE,
    Concern.OWN: _OWN,
    Concern.OWN_LONGER: _OWN,
    Concern.OWN_UNAPPROVED: _OWN,
    Concern.RELEASED: _RELEASED,
    Concern.RELEASED_LATE: _RELEASED,
}


def chosen(ignored: list[str]) -> Concern | None:
    """The list that the address asks for, if any; one there is not is added to `ignored`."""
    asked = st.query_params.get("list")
    known = {str(concern): concern for concern in Concern}
    if asked is not None and asked not in known:
        ignored.append(f"list {asked[:40]!r}")
    return known.get(asked or "")


def own_fields(concern: Concern) -> Sequence[Field]:
    """The columns that a concern's list has beside those of every list."""
    return _OWN_FIELDS[concern]


def show_groups(figures: Mapping[Concern, Figure], *, page: str, chosen: Concern, opens: bool) -> None:
    """Draw every figure under its group; a number other than 0 links to its list where `opens`."""
    with st.grid(3, min_column_width=290):
        for title, concerns in GROUPS.items():
            with st.container(border=True, gap="xsmall", height="stretch"):
                meanings = [figures[concern].definition for concern in concerns]
                told = "\n".join(f"- **{meaning.title}**: {definition_text(meaning)}" for meaning in meanings)
                st.subheader(title, help=told)
                body = "".join(_row(concern, figures[concern], page, concern == chosen, opens) for concern in concerns)
                st.html(f'<table class="om-table" aria-label="{escape(title)}"><tbody>{body}</tbody></table>')


def show_list(
    concern: Concern,
    figure: Figure,
    shown: pd.DataFrame,
    *,
    total: int,
    names: Mapping[str, str],
    teams: Mapping[str, str],
) -> None:
    """Draw who the chosen figure counts, worst first, under what it means; each row opens the record.

    `shown` are the worst of the `total`, as many as a browser is sent.
    """
    st.header(figure.definition.title, help=definition_text(figure.definition))
    st.markdown(figure.definition.meaning)
    if figure.denominator is None:
        st.info(
            f"No value: the extracts hold no reviews of this kind up to this day, so nothing tells whether they were "
            f"done. The table to load is {escape(_TABLES[concern])}.",
            icon=":material/info:",
        )
        return
    if shown.empty:
        st.success(f"Nobody, of {plural(figure.denominator, 'offender')} counted.", icon=":material/check:")
        return
    if total > len(shown):
        st.info(
            f"The list shows the worst {count(len(shown))} of {count(total)}; the figure counts all of them. "
            "Narrow it by team, officer or risk to see the rest.",
            icon=":material/filter_list:",
        )
    refs = shown["offender_ref"]
    fields = [
        Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
        Field("risk_level", "Risk", "risk"),
        *own_fields(concern),
        Field("last_completed_on", "Last seen", "day"),
        Field("holder", "Held by", beneath="team"),
    ]
    listing.show(
        shown.assign(name=refs.map(names), team=shown["team_ref"].map(teams).fillna("")),
        fields,
        caption=f"{figure.definition.title}, worst first: {plural(total, _noun(concern))}",
        opens=links.addresses(OFFENDER.url_path, "ref", refs, back=ASSESSMENTS.url_path),
    )


def show_by_risk(by_risk: pd.DataFrame) -> None:
    """Draw how long ago the least lately seen of each risk level was seen."""
    rows = by_risk.assign(longest=by_risk["longest"].astype("Int64"))
    fields = [
        Field("risk_level", "Risk", "risk"),
        Field("running", "Clock runs", "number"),
        Field("never_seen", "Never seen", "number"),
        Field("unseen", "Long unseen", "number"),
        Field("longest", "Longest unseen, days", "number"),
    ]
    listing.show(rows, fields, caption="Days since last seen, by risk, of offenders whose visit clock runs")


def _row(concern: Concern, figure: Figure, page: str, is_chosen: bool, opens: bool) -> str:
    return counted.row(figure, _noun(concern), _address(page, concern) if opens else None, is_chosen=is_chosen)


def _noun(concern: Concern) -> str:
    return "release" if concern in {Concern.RELEASED, Concern.RELEASED_LATE} else "offender"


def _address(page: str, concern: Concern) -> str:
    return links.address(page, list=str(concern))
