import pytest
from streamlit.testing.v1 import AppTest

from app.failures import tell_reader
from offendermgmt.store import StoreNotReady


def _failing_page(kind: str) -> None:
    from app.failures import tell_reader
    from offendermgmt.store import StoreNotReady

    failures = {"store": StoreNotReady("There is no store. Run init."), "bug": KeyError("Jane Doe, born 1980")}
    tell_reader(failures[kind])


def test_a_failure_of_the_store_is_told_in_its_own_words() -> None:
    page = AppTest.from_function(_failing_page, args=("store",)).run()

    assert page.error[0].value == "There is no store. Run init."


def test_a_fault_shows_a_reference_and_nothing_of_the_person_in_it(caplog: pytest.LogCaptureFixture) -> None:
    page = AppTest.from_function(_failing_page, args=("bug",)).run()

    told = page.error[0].value
    assert "Jane Doe" not in told
    assert told.split("the reference ")[1][:8] in caplog.text


def test_streamlit_is_kept_from_adding_its_own_account(caplog: pytest.LogCaptureFixture) -> None:
    assert tell_reader(StoreNotReady("There is no store."))
