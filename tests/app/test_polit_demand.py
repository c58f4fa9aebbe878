"""The page of demand ahead, run without a browser."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import POLIT_DEMAND, places_for
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services import reports
from offendermgmt.services.access import OWN_CASES_ONLY, SYSTEM, Role, Viewer
from offendermgmt.services.demand import Demand, demand
from offendermgmt.services.demand_plan import Plan, Secondment, Surge
from offendermgmt.services.desk import Desk
from offendermgmt.services.scenarios import may_save, scenarios
from offendermgmt.store import Store
from tests.app.conftest import Made, OpenApp
from tests.app.demand_store import demand_store
from tests.app.reading import html, links, said
from tests.app.small_store import AS_OF, FORCE_REF

PAGE = "../pages/polit_demand.py"
# A case every third day for two years and a half.
STEADY = [date.fromordinal(number) for number in range(date(2023, 1, 2).toordinal(), AS_OF.toordinal(), 3)]
PLAN = {
    "investigators": "3",
    "under": "15",
    "days_per_case": "4.5",
    "seconded": "0.5_2025-08-01_2025-10-31",
    "surge": "40_2025-09-01_2025-09-30",
}


@pytest.fixture
def address(tmp_path: Path) -> str:
    return demand_store(tmp_path, STEADY)


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    with Store(address) as store:
        yield Desk(store, FORCE_REF)


def opened(open_app: OpenApp, address: str, **query: str) -> AppTest:
    app = open_app(address, page=PAGE, **query)
    assert not app.exception
    return app


def answered(desk: Desk) -> Demand:
    return demand(desk.question(SYSTEM, AS_OF, today=AS_OF))


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (button for button in app.button if button.label == label)
    return button.click().run()


def test_the_page_says_what_may_come(open_app: OpenApp, address: str, desk: Desk) -> None:
    first = answered(desk).windows.iloc[0]

    app = opened(open_app, address)

    assert f"**{first['low']} to {first['high']}** in 3 months" in said(app)
    assert f"{first['low']} to {first['high']}" in html(app)


def test_the_receipts_are_those_of_the_report(open_app: OpenApp, address: str, desk: Desk) -> None:
    months = Periods.between(date(2023, 2, 1), AS_OF, Every.MONTH)
    report = reports.polit_flow(desk.question(SYSTEM, AS_OF, today=AS_OF, periods=months))

    app = opened(open_app, address, receipts_table="true")

    shown = re.findall(r"<td>\w+ \d{4}</td><td class=\"number\">(\d+)</td>", html(app))
    assert [int(number) for number in shown] == list(report["received"][::-1])


def test_the_back_test_stands_as_so_many_of_so_many(open_app: OpenApp, address: str, desk: Desk) -> None:
    rows = answered(desk).tests

    drawn = html(opened(open_app, address))

    for row in rows.to_dict("records"):
        assert f"{row['inside']} of {row['tested']}" in drawn


def test_the_backlog_today_is_the_reports(open_app: OpenApp, address: str, desk: Desk) -> None:
    backlog = int(reports.polit(desk.question(SYSTEM, AS_OF, today=AS_OF))["in_backlog"].sum())
    assert f"The backlog is {backlog} today, with 1.8 FTE" in said(opened(open_app, address))


def test_a_surge_in_the_last_month_is_said_without_a_refit(open_app: OpenApp, tmp_path: Path) -> None:
    surge = [day for day in STEADY if day < date(2025, 6, 1)] + [date(2025, 6, 10)] * 30
    app = opened(open_app, demand_store(tmp_path, surge))
    assert re.search(r"\*\*June 2025: 30 referrals\.\*\*.*\*\*above\*\* that: a surge", said(app))


def test_a_running_month_is_held_against_the_same_days(open_app: OpenApp, address: str) -> None:
    app = opened(open_app, address, as_of="2025-06-20")
    assert "**June 2025, the first 20 of 30 days: 7 referrals.**" in said(app)


def test_the_plan_in_the_address_is_the_plan_worked_out(open_app: OpenApp, address: str) -> None:
    app = opened(open_app, address, **PLAN)
    assert (
        "**Assuming** 3 FTE of investigators, 0.5 FTE seconded 1 Aug 2025 to 31 Oct 2025, "
        "40% more referrals 1 Sep 2025 to 30 Sep 2025 and 4.5 working days a case:"
    ) in said(app)
    assert app.number_input(key="plan_investigators").value == 3


def test_a_plan_filled_in_goes_to_the_address(open_app: OpenApp, address: str) -> None:
    app = opened(open_app, address)
    app.number_input(key="plan_investigators").set_value(4.0)
    app.number_input(key="plan_fte0").set_value(1.0)
    app.number_input(key="plan_percent").set_value(20)

    app = press(app, "Work it out")

    assert app.query_params["investigators"] == "4"
    assert app.query_params["seconded"] == "1_2025-07-01_2025-09-29"
    assert app.query_params["surge"] == "20_2025-07-01_2025-09-29"
    assert "**Assuming** 4 FTE of investigators" in said(app)


def test_the_unit_as_it_is_leaves_nothing_in_the_address(open_app: OpenApp, address: str) -> None:
    app = press(opened(open_app, address, **PLAN), "Back to the unit as it is")
    assert not set(PLAN) & set(app.query_params)


def test_a_plan_that_ends_before_it_begins_is_refused(open_app: OpenApp, address: str) -> None:
    app = opened(open_app, address)
    app.number_input(key="plan_percent").set_value(20)
    app.date_input(key="plan_surge_until").set_value(date(2025, 6, 1))
    app = press(app, "Work it out")
    assert [error.value for error in app.error if "The surge ends on 01/06/2025" in error.value]


@pytest.mark.parametrize(
    ("name", "asked"), [("investigators", "many"), ("surge", "40"), ("under", "0"), ("within", "9")]
)
def test_what_the_address_asks_in_vain_is_said(open_app: OpenApp, address: str, name: str, asked: str) -> None:
    assert f"{name} {asked!r}" in said(opened(open_app, address, **{name: asked}))


def test_a_saved_scenario_gives_the_same_answer(open_app: OpenApp, address: str, desk: Desk) -> None:
    app = opened(open_app, address, **PLAN)
    app.text_input(key="scenario_name").set_value("Spring <b>plan</b>")

    app = press(app, "Save the scenario")

    (saved,) = scenarios(desk, SYSTEM)
    assert saved.plan == Plan(
        3.0,
        15,
        days_per_case=4.5,
        secondments=(Secondment(0.5, date(2025, 8, 1), date(2025, 10, 31)),),
        surge=Surge(40, date(2025, 9, 1), date(2025, 9, 30)),
    )
    assert app.query_params["scenario"] == saved.scenario_ref
    assert "it gives the same answer as when it was saved" in said(app)
    assert "Open Spring <b>plan</b>" in links(app)
    assert "Spring &lt;b&gt;plan" in html(app)


def test_a_scenario_without_a_name_is_not_saved(open_app: OpenApp, address: str, desk: Desk) -> None:
    app = press(opened(open_app, address), "Save the scenario")
    assert "Give the scenario a name" in said(app)
    assert scenarios(desk, SYSTEM) == ()


def test_a_scenario_is_removed_from_the_list(open_app: OpenApp, address: str, desk: Desk) -> None:
    app = opened(open_app, address)
    app.text_input(key="scenario_name").set_value("Mine")
    app = press(press(app, "Save the scenario"), "Remove from the list")
    assert scenarios(desk, SYSTEM) == ()
    assert "No scenario is on record yet." in said(app)


@pytest.mark.parametrize("role", [Role.DI, Role.SLT, Role.BOARD, Role.AUDITOR])
def test_who_may_save_is_offered_to(open_app: OpenApp, address: str, role: Role) -> None:
    app = opened(open_app, address, role=role)
    assert ("Save the scenario" in {button.label for button in app.button}) is may_save(Viewer("", role))


@pytest.mark.parametrize("role", sorted(OWN_CASES_ONLY))
def test_it_is_no_page_of_who_has_cases_of_their_own_only(role: Role) -> None:
    assert POLIT_DEMAND not in places_for(Viewer("", role))


def test_a_board_sees_no_small_month(open_app: OpenApp, tmp_path: Path) -> None:
    few = [day for day in STEADY if day < date(2025, 5, 1)] + [date(2025, 5, 9), date(2025, 6, 3), date(2025, 6, 4)]
    app = opened(open_app, demand_store(tmp_path, few), role="board", receipts_table="true")
    assert "**June 2025: under 5 referrals.**" in said(app)
    assert "Not shown" in html(app)
    assert not re.search(r"<td>(May|June) 2025</td><td class=\"number\">\d", html(app))


def test_without_a_case_the_page_says_so(open_app: OpenApp, empty_store_address: str) -> None:
    app = opened(open_app, empty_store_address)
    assert "No whole month of referrals is on record yet, so there is no forecast" in said(app)
    assert headings(app) == ["Referrals ahead", "How this is worked out, and when not to trust it"]


def test_with_one_case_this_month_there_is_no_forecast(open_app: OpenApp, tmp_path: Path) -> None:
    app = opened(open_app, demand_store(tmp_path, [date(2025, 6, 12)]))
    assert "so there is no forecast" in said(app)


def test_with_one_case_long_ago_little_is_expected(open_app: OpenApp, tmp_path: Path) -> None:
    app = opened(open_app, demand_store(tmp_path, [date(2023, 6, 12)]))
    assert "may receive **0 to" in said(app)
    assert "No case left it lately" in said(app)
    assert "give a time per case" in said(app)


def test_a_month_without_receipts_reads_as_nought(open_app: OpenApp, tmp_path: Path) -> None:
    gap = [day for day in STEADY if (day.year, day.month) != (2025, 2)]
    app = opened(open_app, demand_store(tmp_path, gap), receipts_table="true")
    assert '<td>February 2025</td><td class="number">0</td>' in html(app)


def test_little_history_is_said_to_be_a_trial(open_app: OpenApp, tmp_path: Path) -> None:
    app = opened(open_app, demand_store(tmp_path, [day for day in STEADY if day > date(2025, 1, 1)]))
    assert "**This is a trial:** 5 whole months" in said(app)
    assert "not enough history yet to test the forecast on" in said(app)


def test_the_tables_can_be_downloaded(open_app: OpenApp, address: str, offered: Made) -> None:
    opened(open_app, address, receipts_table="true")
    titles = ("Referrals ahead", "Referrals by month", "How wrong the forecast would have been", "The backlog ahead")
    for title in titles:
        assert b"OFFICIAL-SENSITIVE" in offered[f"{title} as CSV"]()
        assert offered[f"{title} as Excel workbook"]().startswith(b"PK")
