"""The caseload page, run without a browser."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app.parts import what_if
from app.session import today
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.caseload import WITHOUT_TIME
from offendermgmt.store import Store
from tests.app.conftest import MOSOVO_ROLES, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, FORCE_REF, empty_store, kept_desk

PAGE = "../pages/caseload.py"
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
WITHOUT_WHAT_IF = [Role.OFFICER, *COUNTS_ONLY]


def report(store_address: str, on: date = AS_OF) -> pd.DataFrame:
    return reports.caseload(kept_desk(store_address).question(SYSTEM, on, today=on))


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.fixture
def two_officers(tmp_path: Path) -> str:
    """A store in which DC Ash holds two offenders, one of high risk, and PC Beech of the same team none."""
    store_address = empty_store(tmp_path)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        officers = {"officer_ref": ["0042", "0043"], "name": ["Ash", "Beech"], "rank": ["DC", "PC"]}
        work.insert("officers", {**officers, "is_supervisor": [False] * 2, "team_ref": ["T1"] * 2, "fte": [1.0, 0.5]})
        registered = [date(2025, 6, 1), date(2025, 6, 25)]
        work.insert("offenders", {"offender_ref": ["V1", "V2"], "registered_on": registered})
        assessed = {"offender_ref": ["V1"], "assessed_on": registered[:1], "tool": ["ARMS"], "risk_level": ["high"]}
        work.insert("risk_assessments", assessed)
        work.insert("allocations", {"offender_ref": ["V1", "V2"], "from_on": registered, "officer_ref": ["0042"] * 2})
    return store_address


def test_every_officer_of_the_report_is_listed_with_numerator_and_denominator(
    look: OpenApp, small_store_address: str
) -> None:
    expected = report(small_store_address)

    app = look(small_store_address, page=PAGE)

    listed = [label for label in links(app) if label.startswith("Open ") and ("(" in label or "Unallocated" in label)]
    assert len(listed) == len(expected)
    shown = html(app)
    for row in expected.itertuples():
        assert f"{row.high_risk:,} of {row.cases:,}" in shown
    assert (list(app.exception), list(app.error)) == ([], [])


def test_the_figures_are_the_reports(look: OpenApp, small_store_address: str) -> None:
    expected = report(small_store_address)
    officers = expected[expected["officer_ref"] != ""]

    app = look(small_store_address, page=PAGE)

    over = int(officers["exceeds_threshold"].sum())
    assert figures(app)["Officers over the high-risk ceiling"] == f"{over / len(officers):.1%}"
    unallocated = expected[expected["officer_ref"] == ""]["cases"].sum()
    assert figures(app)["Cases held by nobody"] == str(unallocated)


def test_an_officers_row_opens_as_many_cases_as_it_counts(look: OpenApp, small_store_address: str) -> None:
    largest = report(small_store_address).query("officer_ref != ''").sort_values("cases").iloc[-1]

    app = look(small_store_address, page=PAGE, holder=largest["officer_ref"])

    opened = [address for label, address in links(app).items() if label.startswith("Open ") and "offender?" in address]
    listed = [ref for ref in rows(app) if "-V-" in ref]
    assert f": {largest['cases']} cases" in html(app)
    assert len(set(listed)) >= largest["cases"]
    assert all("ref=" in address for address in opened)


def test_nobody_at_all_is_said_in_words(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "Nobody is managed here on this day" in said(app)
    assert figures(app)["Officers over the high-risk ceiling"] == "No value"


def test_a_single_officer_is_shown_with_a_small_caseload(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE)

    assert "0 of 2 · small" in html(app)
    assert "1 officer" in html(app)
    assert list(app.error) == []


def test_looking_at_what_nobody_has_says_so(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, concern="over_cap")

    assert "Over the cases per FTE: no officer." in said(app)


@pytest.mark.parametrize("role", COUNTS_ONLY)
def test_those_who_see_counts_are_sent_no_officer_and_no_offender(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    expected = report(small_store_address)

    sent = payload(look(small_store_address, page=PAGE, role=str(role)))

    assert "sees counts, not people" in sent
    assert [ref for ref in expected["officer_ref"] if ref and f"({ref})" in sent] == []
    assert "-V-" not in sent


@pytest.mark.parametrize("role", MOSOVO_ROLES, ids=str)
def test_every_role_is_drawn_a_page(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert (list(app.exception), list(app.error)) == ([], [])


def test_an_officer_is_offered_no_what_if(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, page=PAGE, role="officer")
    holder = app.selectbox(key="holder_filter").options[-1].split("(")[-1].rstrip(")")

    app = open_app(small_store_address, page=PAGE, role="officer", holder=holder)

    assert "What if cases moved" not in [header.value for header in app.header]


def test_what_if_shows_both_officers_and_the_team_and_saves_nothing(open_app: OpenApp, two_officers: str) -> None:
    before = report(two_officers)
    app = open_app(two_officers, page=PAGE, holder="0042")

    app.multiselect(key="what_if_cases").set_value(["V1"]).run()
    app.selectbox(key="what_if_to").set_value("0043").run()

    shown = html(app)
    assert shown.count("DC Ash (0042)") >= 2
    assert [
        text for text in ("PC Beech (0043)", "North", "Before", "After", "1 of 1", "0 of 1") if text not in shown
    ] == []
    pd.testing.assert_frame_equal(report(two_officers), before)


def record(app: AppTest, reason: str) -> AppTest:
    app.multiselect(key="what_if_cases").set_value(["V1"]).run()
    app.selectbox(key="what_if_to").set_value("0043").run()
    app.text_area(key="what_if_reason").set_value(reason)
    [button] = [button for button in app.button if button.label == "Record the reallocation"]
    return button.click().run()


def test_a_recorded_reallocation_shows_at_once_and_is_the_report(open_app: OpenApp, two_officers: str) -> None:
    app = record(
        open_app(two_officers, page=PAGE, role="di", holder="0042", as_of=today().isoformat()), "Over the ceiling"
    )

    now = report(two_officers, today()).set_index("officer_ref")["cases"].to_dict()
    assert "Recorded: 1 case held by PC Beech (0043)" in said(app)
    assert (now, rows(app)) == ({"0042": 1, "0043": 1}, ["V2", "V1"])


def test_a_second_submission_says_that_it_is_recorded_already(open_app: OpenApp, two_officers: str) -> None:
    record(open_app(two_officers, page=PAGE, holder="0042"), "Over the ceiling")
    stale = open_app(two_officers, page=PAGE, holder="0042", as_of="2025-07-01")

    app = record(stale, "Over the ceiling")

    assert "Nothing more was recorded: V1 is already held by PC Beech (0043)" in said(app)
    assert list(app.error) == []


def test_without_a_reason_nothing_is_recorded(open_app: OpenApp, two_officers: str) -> None:
    app = record(open_app(two_officers, page=PAGE, holder="0042"), "  ")

    assert "say why the cases move" in said(app)
    assert list(report(two_officers, today())["cases"]) == [2]


def test_who_may_not_record_is_told_who_may(open_app: OpenApp, two_officers: str) -> None:
    app = open_app(two_officers, page=PAGE, role="analyst", holder="0042")
    app.multiselect(key="what_if_cases").set_value(["V1"]).run()
    app.selectbox(key="what_if_to").set_value("0043").run()

    assert "can record this reallocation" in "\n".join(caption.value for caption in app.caption)
    assert [button.label for button in app.button if "Record" in button.label] == []


def test_availability_added_on_the_page_counts_at_once(open_app: OpenApp, two_officers: str) -> None:
    app = open_app(two_officers, page=PAGE, as_of=today().isoformat())
    app.selectbox(key="availability_officer").set_value("0042")
    app.text_input(key="availability_reason").set_value("Leave")
    [button] = [button for button in app.button if button.label == "Add it"]

    app = button.click().run()

    assert "Availability of 0042" in said(app)
    assert list(report(two_officers, today())["fte"]) == [0.0]
    assert figures(app)["Cases with a holder who is away"] == "2"
    assert "Leave" in html(app)


def test_a_link_reopens_the_same_what_if(open_app: OpenApp, two_officers: str) -> None:
    first = open_app(two_officers, page=PAGE, holder="0042")
    first.multiselect(key="what_if_cases").set_value(["V1", "V2"]).run()
    first.selectbox(key="what_if_to").set_value("0043").run()
    address = {name: "".join(value) for name, value in first.query_params.items()}

    app = open_app(two_officers, page=PAGE, **address)

    assert {name: value for name, value in address.items() if name.startswith("move")} == {
        "move_from": "0042",
        "move": "V1;V2",
        "move_to": "0043",
    }
    assert "What if 2 cases moved" in html(app)
    assert app.selectbox(key="what_if_to").value == "0043"


def test_what_a_what_if_in_the_address_asks_in_vain_is_said(open_app: OpenApp, two_officers: str) -> None:
    app = open_app(two_officers, page=PAGE, holder="0042", move="V1;V7;V8;V9;W1;W2", move_from="0042", move_to="nobody")

    assert "case 'V7' and case 'V8' and case 'V9' and 2 more cases and officer 'nobody' to hold them" in said(app)
    assert app.multiselect(key="what_if_cases").value == ["V1"]


def test_a_what_if_holds_no_more_cases_than_an_address_carries(
    open_app: OpenApp, two_officers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what_if, "MOST_CASES", 1)

    app = open_app(two_officers, page=PAGE, holder="0042", move="V1;V2", move_from="0042")

    assert "1 case beyond the 1 of one what-if" in said(app)
    assert app.multiselect(key="what_if_cases").value == ["V1"]


def test_another_officers_list_begins_without_a_what_if(open_app: OpenApp, two_officers: str) -> None:
    app = open_app(two_officers, page=PAGE, holder=WITHOUT_TIME, move="V1", move_from="0042", move_to="0042")

    assert "asks for" not in said(app)
    assert [name for name in app.query_params if name.startswith("move")] == []


def test_a_recorded_what_if_leaves_the_address(open_app: OpenApp, two_officers: str) -> None:
    app = record(open_app(two_officers, page=PAGE, holder="0042", as_of=today().isoformat()), "Over the ceiling")

    assert "asks for" not in said(app)
    assert [name for name in app.query_params if name.startswith("move")] == []
