"""The menu: the pages in groups that open and shut, drawn as HTML (docs/decisions/menu.md)."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.navigation import PLACES, Place, closed_text, first_place, groups_for, places_for
from app.parts import links
from app.session import ROLE_KEY
from offendermgmt.services.access import Viewer

_ROLE: Final = "role_of_last_page"


def reached(viewer: Viewer) -> StreamlitPage:
    """The page a viewer is on; one that is not open to them says so, and runs nothing.

    Whoever comes without naming a page is sent on to where they begin, which keeps its own address: were it
    Streamlit's default page, its address would be another for other readers.
    """
    is_open = places_for(viewer)
    pages = {
        place.url_path: _page(place, place.script if place in is_open else _closed(place, viewer)) for place in PLACES
    }
    start = st.Page(_no_page, title="Start", default=True)
    page = st.navigation([start, *pages.values()], position="hidden")
    # Whoever takes another role on a page of the last one's asked for no page: they begin where that role does.
    was, st.session_state[_ROLE] = st.session_state.get(_ROLE, viewer.role), viewer.role
    begins = pages[first_place(viewer).url_path]
    if page == start:
        st.switch_page(begins, query_params=st.query_params.to_dict())
    if was != viewer.role and page.url_path not in {place.url_path for place in is_open}:
        st.switch_page(begins, query_params={ROLE_KEY: str(viewer.role)})
    return page


def draw(viewer: Viewer, current: str) -> None:
    """Draw a viewer's menu as it stands over the page they read (`url_path`)."""
    groups = groups_for(viewer)
    stand_open = _stand_open(viewer, groups, current)
    drawn = [_group(title, places, current, is_open=title in stand_open) for title, places in groups.items()]
    st.html(f'<nav class="om-menu" aria-label="Pages">{"".join(drawn)}</nav>')


def _stand_open(viewer: Viewer, groups: Mapping[str, Sequence[Place]], current: str) -> set[str]:
    """The groups that stand open: a reader's first, that of the page they read, and their unit's if they have one."""
    first = next(iter(groups))
    own_unit = viewer.units if len(viewer.units) == 1 else ()
    read = [title for title, places in groups.items() if any(place.url_path == current for place in places)]
    return {first, *own_unit, *read}


def _group(title: str, places: Sequence[Place], current: str, *, is_open: bool) -> str:
    listed = "".join(_link(place, is_current=place.url_path == current) for place in places)
    return f"<details{' open' if is_open else ''}><summary>{escape(title)}</summary><ul>{listed}</ul></details>"


def _link(place: Place, *, is_current: bool) -> str:
    marked = ' aria-current="page"' if is_current else ""
    told = f'href="./{place.url_path}" title="{escape(place.about)}"{marked}'
    return f'<li><a class="{links.IN_PLACE}" target="_self" {told}>{escape(place.title)}</a></li>'


def _no_page() -> None:
    """Never run: `reached` sends on whoever comes here."""


def _closed(place: Place, viewer: Viewer) -> Callable[[], None]:
    """What draws a page that is not open to a viewer: whose it is, and the way to theirs."""

    def told() -> None:
        begins = first_place(viewer)
        st.info(closed_text(place, viewer), icon=":material/lock:")
        links.sentence("Go to ", begins.title, links.address(begins.url_path), ".")

    return told


def _page(place: Place, drawn: str | Callable[[], None]) -> StreamlitPage:
    return st.Page(drawn, title=place.title, icon=place.icon, url_path=place.url_path)
