"""The page of refused rows, and the way to it."""

import csv
import io
from pathlib import Path

import pytest

from offendermgmt.intake.loading import load
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.refused import dismiss, may_see
from offendermgmt.store import Store
from tests.app.conftest import Made, OpenApp
from tests.app.reading import html, links, payload, said
from tests.app.small_store import FORCE_REF, LOADED_AT, empty_store, kept_desk

PAGE = "../pages/data_quality.py"


@pytest.fixture
def refused_address(tmp_path: Path) -> str:
    """A store that refused two rows of offenders: one without a day, one whose day does not exist."""
    extract = tmp_path / "extract"
    extract.mkdir()
    rows = "offender_ref,surname,registered_on,date_of_birth\nV1,Fir,2025-02-31,1970-01-01\nV2,Elm,2025-01-01,no day\n"
    (extract / "offenders.csv").write_text(rows, encoding="utf-8")
    address = empty_store(tmp_path)
    with Store(address) as store:
        load(store, FORCE_REF, extract, now=LOADED_AT, user="tester")
    return address


def test_a_refused_row_is_shown_with_where_and_why(open_app: OpenApp, refused_address: str) -> None:
    shown = html(open_app(refused_address, page=PAGE))

    assert [text for text in ("offenders.csv", "registered_on", "2025-02-31") if text not in shown] == []


def test_no_refused_rows_is_said_in_words(look: OpenApp, small_store_address: str) -> None:
    assert "No refused rows are waiting: 0 open." in said(look(small_store_address, page=PAGE))


def test_the_last_load_of_each_table_can_be_downloaded(
    open_app: OpenApp, small_store_address: str, offered: Made
) -> None:
    loads = {load.table: str(load.loaded) for load in kept_desk(small_store_address).freshness().loads}

    open_app(small_store_address, page=PAGE, role="analyst")

    text = offered["Last load of each table as CSV"]().decode("utf-8-sig").split("\r\n", 1)[1]
    assert {row["Table"]: row["Rows in"] for row in csv.DictReader(io.StringIO(text))} == loads
    assert offered["Last load of each table as Excel workbook"]()


def test_a_store_without_loads_offers_no_file_of_them(
    open_app: OpenApp, empty_store_address: str, offered: Made
) -> None:
    open_app(empty_store_address, page=PAGE, role="analyst")
    assert offered == {}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_the_freshness_line_leads_those_there_who_work_on_it(
    open_app: OpenApp, refused_address: str, role: Role
) -> None:
    app = open_app(refused_address, role=str(role))

    assert ("2 refused rows waiting" in links(app)) is may_see(Viewer("", role))


def test_a_date_of_birth_is_withheld_from_who_sees_no_names(open_app: OpenApp, refused_address: str) -> None:
    assert "no day" not in payload(open_app(refused_address, page=PAGE, role="analyst"))


def test_a_row_is_dismissed_with_a_reason_and_a_confirmation(open_app: OpenApp, refused_address: str) -> None:
    app = open_app(refused_address, page=PAGE)
    app.text_area(key="dismiss_reason").set_value("Test entry in the source")
    app.checkbox(key="dismiss_meant").check()

    app.button[-1].click().run()

    assert "Row 1 is dismissed" in said(app)
    assert "2025-02-31" not in html(app)


@pytest.mark.parametrize(
    ("reason", "meant", "told"),
    [("", True, "Say why the row need not be fixed"), ("Test entry", False, "confirm that you have checked the row.")],
)
def test_a_dismissal_without_reason_or_confirmation_is_refused(
    open_app: OpenApp, refused_address: str, reason: str, meant: bool, told: str
) -> None:
    app = open_app(refused_address, page=PAGE)
    app.text_area(key="dismiss_reason").set_value(reason)
    app.checkbox(key="dismiss_meant").set_value(meant)

    app.button[-1].click().run()

    assert told in app.error[0].value


def test_a_row_that_somebody_else_dismissed_first_is_said_so(open_app: OpenApp, refused_address: str) -> None:
    app = open_app(refused_address, page=PAGE)
    app.text_area(key="dismiss_reason").set_value("Test entry")
    app.checkbox(key="dismiss_meant").check()
    with Store(refused_address) as store:
        dismiss(Desk(store, FORCE_REF), Viewer("Somebody else", Role.DI), 1, "First")

    app.button[-1].click().run()

    assert "was fixed or dismissed meanwhile" in app.error[0].value
    assert "1 refused row waiting" in links(app)


def test_who_may_only_look_is_offered_no_dismissal(open_app: OpenApp, refused_address: str) -> None:
    app = open_app(refused_address, page=PAGE, role="auditor")

    assert [button.label for button in app.button] == []


def test_the_file_of_refused_rows_withholds_a_date_of_birth_from_who_sees_no_names(
    open_app: OpenApp, refused_address: str, offered: Made
) -> None:
    open_app(refused_address, page=PAGE, role="analyst")

    sent = offered["Refused rows waiting as CSV"]().decode()
    assert ("no day" in sent, "withheld" in sent, "2025-02-31" in sent) == (False, True, True)


def test_who_sees_names_says_why_the_refused_rows_leave(open_app: OpenApp, refused_address: str, offered: Made) -> None:
    app = open_app(refused_address, page=PAGE)

    with pytest.raises(ValueError, match="Say why"):
        offered["Refused rows waiting as CSV"]()
    next(field for field in app.text_input if field.label == "Why, and to whom it goes").set_value("for the source")
    app.run()
    assert "no day" in offered["Refused rows waiting as CSV"]().decode()
