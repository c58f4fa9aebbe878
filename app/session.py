"""Who is looking: chosen in the demonstration, signed in anywhere else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NoReturn

import streamlit as st

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.periods import Periods
from offendermgmt.services.access import ROLE_TITLES, Role, Viewer
from offendermgmt.services.demonstration import demo_viewers
from offendermgmt.services.desk import Desk, Freshness
from offendermgmt.services.question import Question
from offendermgmt.settings import Settings
from offendermgmt.store import Store

ROLE_KEY: Final = "role"
_ROLE_KEPT: Final = "role_kept"
_ROLE_SWITCH: Final = "role_switch"
_CONSULTED: Final = "record_on_show"
_VIEW_KEY: Final = "current_view"


@dataclass(frozen=True)
class View:
    """What every page is told: its reader, the day described, and up to when recordings count."""

    viewer: Viewer
    as_of: date
    known_at: datetime | None


@st.cache_resource(show_spinner="Reading the store")
def _desk_at(address: str, force_ref: str) -> Desk:
    return Desk(Store(address), force_ref)


def desk() -> Desk:
    """The configured store's desk, one for all readers of this process."""
    settings = Settings()
    return _desk_at(settings.database_url, settings.force_ref)


def data_freshness() -> Freshness:
    """How fresh the store is at its present revision."""
    return desk().freshness()


def is_demo() -> bool:
    """Whether this installation shows the synthetic force, with its switch of roles."""
    return Settings().demo


def today() -> date:
    """Today in London, where obligations are counted (D1)."""
    return datetime.now(LONDON).date()


def switch_role() -> Viewer:
    """Draw the demonstration's switch; the viewer it stands on, kept in the address over pages and reloads.

    The address holds the role's code. Another page's address starts without it, and is given it again.
    """
    viewers = {str(viewer.role): viewer for viewer in demo_viewers(desk().snapshot())}
    asked = st.query_params.get(ROLE_KEY, st.session_state.get(_ROLE_KEPT))
    role = asked if asked in viewers else str(Role.OFFICER)
    if ROLE_KEY in st.query_params and asked != role:
        st.warning(f"There is no role {asked!r}: you are viewing as {ROLE_TITLES[viewers[role].role]}.")
    if st.query_params.get(ROLE_KEY) != role:
        st.query_params[ROLE_KEY] = role
    st.session_state[_ROLE_KEPT] = st.session_state[_ROLE_SWITCH] = role
    st.selectbox(
        "Viewing as",
        list(viewers),
        key=_ROLE_SWITCH,
        format_func=lambda role: ROLE_TITLES[viewers[role].role],
        on_change=_follow_role,
        help="The demonstration lets you look as any role. An installation with real data asks you to sign in.",
    )
    return viewers[role]


def _follow_role() -> None:
    st.query_params[ROLE_KEY] = st.session_state[_ROLE_SWITCH]


def set_view(view: View) -> None:
    """Keep the view for the page about to run; main does this on every rerun, before any page."""
    st.session_state[_VIEW_KEY] = view


def current_view() -> View:
    """The view a page draws."""
    view: View = st.session_state[_VIEW_KEY]
    return view


def ask(team_ref: str | None = None, officer_ref: str | None = None, periods: Periods | None = None) -> Question:
    """The reader's question: of the day in view, as known then, narrowed to a team or an officer where asked."""
    view = current_view()
    return desk().question(
        view.viewer,
        view.as_of,
        today=today(),
        periods=periods,
        known_at=view.known_at,
        team_ref=team_ref,
        officer_ref=officer_ref,
    )


def begins_consulting(page: str, ref: str) -> bool:
    """Whether the viewer has just opened this record on this page (its `url_path`).

    Not on a rerun of it, but again after another page or record.
    """
    showing = (page, ref, current_view().viewer.name)
    begins = st.session_state.get(_CONSULTED) != showing
    st.session_state[_CONSULTED] = showing
    return begins


def stop_consulting(page: str) -> None:
    """Forget a record on show on another page than this: the viewer has left it, and opening it again is another
    consultation.
    """
    if st.session_state.get(_CONSULTED, (page,))[0] != page:
        del st.session_state[_CONSULTED]


def refuse() -> NoReturn:
    """Say why nothing is shown, and stop: without sign-in there is no telling who is looking."""
    st.error(
        "Sign-in is not set up, so no records are shown. To see the product with made-up people, run "
        "`offendermgmt demo`. To use your own data, ask your administrator to set up sign-in.",
        icon=":material/lock:",
    )
    st.stop()
