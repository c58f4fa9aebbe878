"""The performance framework: read by everybody, edited by an administrator on the page."""

from datetime import date

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import framework_on, shipped_framework
from offendermgmt.services.framework_editing import save_measure
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import html, said

PAGE = "../pages/framework.py"
ADMINISTRATOR = Viewer("Admin", Role.ADMINISTRATOR)


def test_a_board_reads_its_part_of_the_framework_and_has_no_form(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address, page=PAGE, role="board", board="pvm")
    assert not app.exception
    read = shipped_framework()
    titles = {title.value for title in app.header}
    assert "Are the children we find made safe, and is harm prevented?" in titles
    assert "Are visits made by two officers, and is each lone visit appropriate?" not in titles
    shown = html(app)
    assert all((one.title in shown) == ("pvm" in one.boards) for one in read.measures if one.title != "Visits overdue")
    assert "nobody has changed it" in said(app)
    assert not app.button


def test_an_administrator_changes_a_target_and_everybody_reads_it_with_its_reason(
    open_app: OpenApp, empty_store_address: str
) -> None:
    app = open_app(empty_store_address, page=PAGE, role="administrator", as_of=today().isoformat())
    app.selectbox(key="to_change").select("measure polit-stalled").run()
    fields = {field.label: field for field in (*app.text_input, *app.number_input, *app.text_area)}
    fields["Target, %"].set_value(5.0)
    fields["Reason"].set_value("Agreed for the year")
    fields["Source"].set_value("Board minute 14")
    app.button[0].click().run()
    assert "say where the target comes from" in said(app)
    fields = {field.label: field for field in (*app.text_input, *app.number_input, *app.text_area)}
    assert fields["Target, %"].value == 5.0
    fields["Source of the target"].set_value("Force plan")
    app.button[0].click().run()
    assert not app.exception
    assert "The measure is on record" in said(app)
    assert "target 5%" in html(app)
    assert "Agreed for the year" in html(app)


def test_an_administrator_retires_a_measure_from_today(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address, page=PAGE, role="administrator", as_of=today().isoformat())
    app.selectbox(key="to_change").select("measure days-overdue").run()
    app.radio(key="what_to_do").set_value("Retire it").run()
    for field in app.text_area:
        field.set_value("Minute 3")
    app.button[0].click().run()
    assert not app.exception
    assert "The end of the measure is on record" in said(app)
    assert "Retired measures" in {title.value for title in app.header}


def test_a_retired_measure_is_listed_apart_and_says_from_when(open_app: OpenApp, empty_store_address: str) -> None:
    with Store(empty_store_address) as store:
        desk = Desk(store, FORCE_REF)
        measure = framework_on(desk, date(2025, 1, 1)).measures[0]
        retired = type(measure)(**{**vars(measure), "to_on": date(2025, 4, 1)})
        save_measure(desk, ADMINISTRATOR, retired, 0, reason="No longer asked", source_note="Minute 3")
    app = open_app(empty_store_address, page=PAGE, role="slt")
    assert "Retired measures" in {title.value for title in app.header}
    assert "Retired from 1 Apr 2025" in html(app)
    assert "**28 measures**" in said(app)
