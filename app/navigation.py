"""The pages, and which roles each is for. What a page may show is decided in services, not here."""

from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.refused import may_see

EVERYONE: Final = frozenset(Role)


@dataclass(frozen=True)
class Place:
    """One page: its script relative to app/main.py, its name in the address, and its readers."""

    script: str
    url_path: str
    title: str
    icon: str
    about: str
    roles: frozenset[Role] = EVERYONE


OFFENDER: Final = Place(
    "../pages/offender.py",
    "offender",
    "Offender",
    ":material/person_search:",
    "One record: where they stand, why the next visit is due when it is, and all that is recorded.",
    frozenset(role for role in Role if Viewer("", role).opens_lists),
)
ASSESSMENTS: Final = Place(
    "../pages/assessments.py",
    "assessments",
    "Assessments and plans",
    ":material/fact_check:",
    "Whose assessment, review, plan or release needs a decision, and who is out of contact.",
)
CASELOAD: Final = Place(
    "../pages/caseload.py",
    "caseload",
    "Caseload",
    ":material/balance:",
    "What each officer holds against both limits, whose cases are nobody's, and what if cases moved.",
)
DATA_QUALITY: Final = Place(
    "../pages/data_quality.py",
    "data-quality",
    "Data quality",
    ":material/rule:",
    "When each table was last loaded, and the refused rows that wait to be fixed or dismissed.",
    frozenset(role for role in Role if may_see(Viewer("", role))),
)
PLACES: Final = (
    Place(
        "../pages/overdue.py",
        "overdue",
        "Overdue visits",
        ":material/event_busy:",
        "The backlog of visits: its size, the risk in it, the most overdue, and whose they are.",
    ),
    Place(
        "../pages/crewing.py",
        "crewing",
        "Double crewing",
        ":material/group:",
        "Visits made by two officers against what was promised, visits made alone and their authority, and who mixes.",
    ),
    Place(
        "../pages/trends.py",
        "trends",
        "Trends",
        ":material/trending_up:",
        "The backlog over time, who came into it and left it by what cause, compliance, attempts and recording.",
    ),
    CASELOAD,
    OFFENDER,
    ASSESSMENTS,
    DATA_QUALITY,
    Place(
        "../pages/about.py",
        "about",
        "About the figures",
        ":material/info:",
        "What this product counts, how the data is handled, and how this page's address works.",
    ),
)


def came_from() -> str:
    """The address of the page whose list the reader opened a record from; the first page's where none is known."""
    asked = st.query_params.get("back")
    return asked if asked in {place.url_path for place in PLACES[1:]} else ""


def places_for(role: Role) -> list[Place]:
    """The pages open to a role, in the menu's order."""
    return [place for place in PLACES if role in place.roles]


def menu(role: Role) -> StreamlitPage:
    """Draw the menu for a role; the page the reader is on."""
    # One list: Streamlit marks the headings of sections up in a way that screen readers cannot follow (axe: list).
    return st.navigation([_page(place, default=place is PLACES[0]) for place in places_for(role)], expanded=True)


def _page(place: Place, *, default: bool) -> StreamlitPage:
    return st.Page(
        place.script, title=place.title, icon=place.icon, url_path=place.url_path, default=default, help=place.about
    )
