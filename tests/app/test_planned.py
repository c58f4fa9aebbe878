"""The page of planned visits, run without a browser."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.domain.days import LONDON
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.plan_clashes import Alone, VisitPlan
from offendermgmt.services.planned_visits import plans_on, to_plan, unplanned
from offendermgmt.services.planning import may_plan, plan_visit
from offendermgmt.store import Store
from tests.app.conftest import MOSOVO_ROLES, Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, FORCE_REF, empty_store, kept_desk

PAGE = "../pages/planned.py"
COUNTS_ONLY = [role for role in MOSOVO_ROLES if not Viewer("", role).opens_lists]
READ_ONLY = [role for role in MOSOVO_ROLES if role not in COUNTS_ONLY and not may_plan(Viewer("", role))]
DI = Viewer("DI", Role.DI)


@pytest.fixture
def team_of_four(tmp_path: Path) -> str:
    """A store in which DC Ash holds V1, overdue, and V2, due in two weeks; PC Beech may go too, and DS Cedar leads."""
    store_address = empty_store(tmp_path)
    registered = [today() - timedelta(days=40), today() - timedelta(days=1)]
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        officers = {"officer_ref": ["0042", "0043", "0007"], "name": ["Ash", "Beech", "Cedar"]}
        ranks = {"rank": ["DC", "PC", "DS"], "is_supervisor": [False, False, True]}
        work.insert("officers", {**officers, **ranks, "team_ref": ["T1"] * 3, "fte": [1.0] * 3})
        people = {"offender_ref": ["V1", "V2"], "surname": ["Fir <b>", "Elm"], "registered_on": registered}
        work.insert("offenders", people)
        work.insert("allocations", {"offender_ref": ["V1", "V2"], "from_on": registered, "officer_ref": ["0042"] * 2})
    return store_address


def planned(store_address: str, *made: VisitPlan) -> None:
    for plan in made:
        plan_visit(kept_desk(store_address), DI, plan, now=datetime.now(LONDON))


def ledger(store_address: str) -> list[tuple[str, str, str]]:
    desk = kept_desk(store_address)
    found = plans_on(desk, desk.question(SYSTEM, AS_OF, today=AS_OF), date(2000, 1, 1))
    return [(row.offender_ref, row.officer_refs, row.state) for row in found.itertuples()]


def soon(hour: int = 10) -> datetime:
    return datetime.combine(today() + timedelta(days=1), time(hour), tzinfo=LONDON)


def now_on(open_app: OpenApp, store_address: str, **query: str) -> AppTest:
    week = (today() + timedelta(days=1)).isoformat()
    return open_app(store_address, page=PAGE, **{"as_of": today().isoformat(), "on": week, **query})


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def test_the_unplanned_are_those_of_the_reports_and_each_may_be_planned(
    look: OpenApp, small_store_address: str
) -> None:
    desk = kept_desk(small_store_address)
    question = desk.question(SYSTEM, AS_OF, today=AS_OF)
    due = to_plan(question, plans_on(desk, question, AS_OF))

    app = look(small_store_address, page=PAGE)

    assert figures(app)["Due or overdue, and unplanned"] == str(len(unplanned(due)))
    assert f"of {len(due)} due or overdue" in "\n".join(text.value for text in app.caption)
    assert rows(app) == list(due["offender_ref"])
    assert (list(app.exception), list(app.error)) == ([], [])


def test_nobody_at_all_is_said_in_words(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "No visit is planned" in said(app)
    assert "Everyone overdue, or due in the next 14 days, has a visit planned." in said(app)
    assert figures(app)["Due or overdue, and unplanned"] == "0"


def test_one_visit_stands_in_the_week_under_everyone_who_goes(open_app: OpenApp, team_of_four: str) -> None:
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042", "0043")))

    app = now_on(open_app, team_of_four)

    assert (figures(app)["Planned visits"], figures(app)["Single crews"]) == ("1", "0")
    assert html(app).count("Open the plan of 10:00, V1") == 2
    assert "1 planned visit" in html(app)
    assert "Fir &lt;b&gt;" in html(app) or "FIR &lt;B&gt;" in html(app)
    assert "With time, and no visit: DS Cedar (0007)." in [text.value for text in app.caption]


def test_a_single_crew_is_in_words_with_whose_authority(open_app: OpenApp, team_of_four: str) -> None:
    alone = Alone("Partner is out", today(), "0007", datetime.now(LONDON) - timedelta(hours=1))
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042",), alone=alone))

    app = now_on(open_app, team_of_four, look="alone")

    assert figures(app)["Single crews"] == "1"
    assert "Alone: Partner is out. Authorised by DS Cedar (0007)" in html(app)
    assert "<strong>alone</strong>" in html(now_on(open_app, team_of_four))


def test_plan_it_fills_the_form_and_saves_the_visit(open_app: OpenApp, team_of_four: str) -> None:
    app = now_on(open_app, team_of_four)
    assert "plan=V1" in links(app)["Plan a visit to V1"]

    app = now_on(open_app, team_of_four, plan="V1")
    assert app.multiselect(key="plan V1 crew").value == ["0042"]
    app.multiselect(key="plan V1 crew").set_value(["0042", "0043"])
    app = press(app, "Plan the visit")

    assert ledger(team_of_four) == [("V1", "0042;0043", "planned")]
    assert "Planned: " in said(app)
    assert "plan" not in app.query_params


def test_what_clashes_is_said_and_what_was_written_stays(open_app: OpenApp, team_of_four: str) -> None:
    app = now_on(open_app, team_of_four, plan="V1")
    app.text_input(key="plan V1 note").set_value("Ring twice")
    app = press(app, "Plan the visit")

    assert "A visit by one officer needs a reason" in said(app)
    assert app.text_input(key="plan V1 note").value == "Ring twice"
    assert ledger(team_of_four) == []


def test_a_plan_is_changed_and_cancelled_with_a_reason(open_app: OpenApp, team_of_four: str) -> None:
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042", "0043")))
    address = links(now_on(open_app, team_of_four))["Open the plan of 10:00, V1"]
    plan_ref = address.split("visit=")[1].split("&")[0]

    app = now_on(open_app, team_of_four, visit=plan_ref)
    key = f"change {plan_ref} 1"
    app.time_input(key=f"{key} time").set_value(time(15))
    app.text_input(key=f"{key} why").set_value("Court in the morning")
    app = press(app, "Change the plan")
    assert "Changed: " in said(app)
    assert "Open the plan of 15:00, V1" in links(app)

    app = now_on(open_app, team_of_four, visit=plan_ref)
    app = press(app, "Cancel the visit")
    assert "say why the visit is cancelled" in said(app)
    app.text_input(key=f"change {plan_ref} 2 cancelled").set_value("In hospital")
    app = press(app, "Cancel the visit")
    assert ledger(team_of_four) == [("V1", "0042;0043", "cancelled")]


def test_a_plan_of_nobody_is_said(open_app: OpenApp, team_of_four: str) -> None:
    assert "names a plan that is not among yours" in said(now_on(open_app, team_of_four, visit="nothing"))


def test_a_suggested_plan_saves_nothing_until_it_is_accepted(open_app: OpenApp, team_of_four: str) -> None:
    app = now_on(open_app, team_of_four, show="suggested")
    assert "**1 of 1 visit fit**" in said(app)
    assert ledger(team_of_four) == []

    app = press(app, "Accept the plan")

    assert ledger(team_of_four) == [("V1", "0042;0043", "planned")]
    assert "Planned: 1 visit." in said(app)
    assert "There is no visit to suggest." in said(app)


def test_what_is_left_out_of_a_suggested_plan_is_not_saved(open_app: OpenApp, team_of_four: str) -> None:
    app = now_on(open_app, team_of_four, show="suggested")
    app.multiselect(key="leave out T1").set_value(["V1"])
    app = press(app, "Accept the plan")

    assert "no visit was chosen" in said(app)
    assert ledger(team_of_four) == []


def test_with_one_officer_to_send_it_is_said_that_nothing_fits(open_app: OpenApp, team_of_four: str) -> None:
    app = now_on(open_app, team_of_four, show="suggested")
    app.multiselect(key="send T1").set_value(["0042"]).run()

    assert "**0 of 1 visit fit**" in said(app)
    assert "There are not two officers with time to go." in html(app)


def test_the_calendar_file_holds_the_visits_and_no_name(open_app: OpenApp, team_of_four: str, offered: Made) -> None:
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042", "0043"), note="Mind the dog"))
    now_on(open_app, team_of_four)

    made = offered["Calendar of planned visits (.ics)"]()

    [event] = Calendar.from_ical(made).walk("VEVENT")
    assert event["SUMMARY"] == "Visit V1"
    assert [word for word in (b"Fir", b"FIR", b"Ash", b"dog") if word in made] == []
    assert b"OFFICIAL-SENSITIVE" in made


@pytest.mark.parametrize("role", COUNTS_ONLY)
def test_those_who_see_counts_are_sent_no_visit_and_no_person(open_app: OpenApp, team_of_four: str, role: Role) -> None:
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042", "0043")))

    app = now_on(open_app, team_of_four, role=str(role))

    sent = payload(app)
    assert [text for text in ("V1", "0042", "Ash", "Fir") if text in sent] == []
    assert set(figures(app).values()) <= {"Not shown", "0"}
    assert "sees counts, not people" in sent


@pytest.mark.parametrize("role", READ_ONLY)
def test_those_who_only_look_are_offered_no_form(open_app: OpenApp, team_of_four: str, role: Role) -> None:
    planned(team_of_four, VisitPlan("V1", soon(), 60, ("0042", "0043"), note="Mind the dog"))

    app = now_on(open_app, team_of_four, role=str(role))

    assert [button.label for button in app.button if "lan the visit" in button.label] == []
    assert "Plan a visit to V1" not in links(app)
    assert ("Mind the dog" in payload(app)) == Viewer("", role).sees_names


@pytest.mark.parametrize("role", MOSOVO_ROLES, ids=str)
def test_every_role_is_drawn_a_page(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role))

    assert (list(app.exception), list(app.error)) == ([], [])


def test_on_a_past_day_nothing_can_be_planned(open_app: OpenApp, team_of_four: str) -> None:
    app = open_app(team_of_four, page=PAGE, as_of=(today() - timedelta(days=1)).isoformat())

    assert "Plan a visit to V1" not in links(app)
