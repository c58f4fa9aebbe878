"""The whole app, run without a browser."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app.navigation import PLACES
from offendermgmt.services.access import Role
from offendermgmt.services.desk import Desk
from tests.app.small_store import AS_OF, copied, empty_store, kept_desk, one_overdue_store, small_store

MAIN = Path(__file__).parents[2] / "app" / "main.py"

# Who is shown the pages of each unit.
MOSOVO_ROLES = [role for role in Role if role is not Role.INVESTIGATOR]
POLIT_ROLES = [role for role in Role if role not in {Role.OFFICER, Role.SUPERVISOR}]

# Runs the app over the store at an address, as a role (its code), on a day.
OpenApp = Callable[..., AppTest]
Made = dict[str, Callable[[], bytes]]
# Finished runs of the app, by the store and what was asked of it.
Looks = OrderedDict[tuple[str, tuple[tuple[str, str], ...]], AppTest]
# Tests of one view stand together, and a run holds all that it drew.
_LOOKS_KEPT: Final = 24

# How Streamlit names the page of an address.
_HASHES: Final = {place.script: calc_hash(place.url_path) for place in PLACES}


@cache
def _components() -> BidiComponentManager:
    """What an AppTest finds of components by reading every installed package, which takes longer than most pages."""
    components = BidiComponentManager()
    components.discover_and_register_components(start_file_watching=False)
    return components


@pytest.fixture(scope="session")
def small_store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small store, made once."""
    return small_store(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def empty_store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that nothing has been loaded into, and that no test may write to."""
    return empty_store(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def one_overdue(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store in which V1 is overdue and V2 is not, to copy: nobody opens it, so that its file is whole."""
    return one_overdue_store(tmp_path_factory.mktemp("overdue"))


@pytest.fixture(scope="session")
def overdue_to_read(one_overdue: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of `one_overdue` for tests that only read it."""
    return copied(one_overdue, tmp_path_factory.mktemp("read"))


@pytest.fixture
def one_overdue_address(one_overdue: str, tmp_path: Path) -> str:
    """A copy of `one_overdue` that is the test's own."""
    return copied(one_overdue, tmp_path)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Run the app: `open_app(store_address, page="../pages/about.py", role="auditor", **query_parameters)`.

    It opens at the page's own address, as a reader's link does; without a page, where it sends whoever names none.
    Every run is a session of its own over one desk per store, which asks the store for its revision at each question:
    what a test writes is seen, and a store that is only read is read once. Raises ValueError where the role has no such
    page.
    """

    def opened(store_address: str, *, demo: bool = True, page: str = "", role: str = "di", **query: str) -> AppTest:
        monkeypatch.setenv("OFFENDERMGMT_DATABASE_URL", store_address)
        monkeypatch.setenv("OFFENDERMGMT_DEMO", "1" if demo else "0")
        app = AppTest.from_file(MAIN, default_timeout=120)
        app._bidi_component_manager = _components()
        if page:
            app._page_hash = _HASHES[page]
        for name, value in {"role": role, "as_of": AS_OF.isoformat(), **query}.items():
            app.query_params[name] = value
        app.run()
        if page and app._finished_page_script_hash != _HASHES[page]:
            raise ValueError(f"{page} is no page of {role}: the app opened another.")
        return app

    return opened


@pytest.fixture(scope="session")
def looks() -> Looks:
    """The newest runs that `look` gave."""
    return OrderedDict()


@pytest.fixture(scope="session")
def read_only(small_store_address: str, empty_store_address: str, overdue_to_read: str) -> set[str]:
    """Addresses of the stores that `look` may be asked of; a file adds its own, which none of its tests writes to."""
    return {small_store_address, empty_store_address, overdue_to_read}


@pytest.fixture
def look(open_app: OpenApp, read_only: set[str], looks: Looks) -> OpenApp:
    """As `open_app`, of a store in `read_only`, for tests that only read: those of the same view share one run of it.

    Raises ValueError for another store, which may be written to between two looks; running what it gives fails.
    """

    def looked(store_address: str, **view: str) -> AppTest:
        if store_address not in read_only:
            raise ValueError("Only a store that nobody writes to is the same for every test: use open_app.")
        asked = store_address, tuple(sorted({"role": "di", **view}.items()))
        if asked not in looks:
            app = open_app(store_address, **view)
            app._run = _refuse  # type: ignore[method-assign]
            looks[asked] = app
        while len(looks) > _LOOKS_KEPT:
            looks.popitem(last=False)
        return looks[asked]

    return looked


def _refuse(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("Other tests read this run of the app: to press or choose something, use open_app.")


@pytest.fixture(scope="session")
def small_desk(small_store_address: str) -> Desk:
    """A desk over the small store, for what a page should say of it."""
    return kept_desk(small_store_address)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Made:
    """The makers of the files that a page offers, by the button's label: run without a browser, none is pressed."""
    makers: Made = {}

    def keep(label: str, data: Callable[[], bytes], **_: Any) -> bool:
        makers[label] = data
        return False

    monkeypatch.setattr(st, "download_button", keep)
    return makers
