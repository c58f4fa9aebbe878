"""My day, run without a browser: its figures, the form of a visit, and the forms made from the data contract."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.days import LONDON
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.my_day import READERS
from offendermgmt.services.plan_clashes import VisitPlan
from offendermgmt.services.planned_visits import plans_on
from offendermgmt.services.planning import plan_visit
from offendermgmt.store import Store
from tests.app.case_store import case_store
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, LOADED_AT, empty_store, kept_desk

PAGE = "../pages/my_day.py"
DAY = timedelta(days=1)


@pytest.fixture
def working_store(tmp_path: Path) -> str:
    """A store in which V1 is 45 days overdue and V2 not due, both held by 0042; with 0043 and the supervisor 0007."""
    store_address = empty_store(tmp_path)
    registered = [today() - 60 * DAY, today()]
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        who = {"officer_ref": ["0042", "0043", "0007"], "name": ["Ash", "Beech", "Cedar"], "rank": ["DC", "PC", "DS"]}
        work.insert(
            "officers", {**who, "is_supervisor": [False, False, True], "team_ref": ["T1"] * 3, "fte": [1.0] * 3}
        )
        people = {"offender_ref": ["V1", "V2"], "surname": ["Fir <b>", "Elm"], "forenames": ["Hal", "Ida"]}
        work.insert("offenders", {**people, "registered_on": registered, "recorded_at": [LOADED_AT] * 2})
        held = {"offender_ref": ["V1", "V2"], "from_on": registered, "officer_ref": ["0042", "0042"]}
        work.insert("allocations", {**held, "recorded_at": [LOADED_AT] * 2})
    return store_address


def my_day(open_app: OpenApp, store_address: str, role: str = "officer", **query: str) -> AppTest:
    return open_app(store_address, page=PAGE, role=role, **{"as_of": today().isoformat(), **query})


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def alerts(app: AppTest) -> tuple[list[str], list[str]]:
    return [each.value for each in app.success], [each.value for each in app.error]


def overdue(store_address: str) -> list[str]:
    question = kept_desk(store_address).question(SYSTEM, today(), today=today())
    return list(reports.overdue(question)["offender_ref"])


def open_form(app: AppTest, choice: str = "case V1") -> AppTest:
    return app.selectbox(key="visit_which").set_value(choice).run()


def save(app: AppTest, label: str = "Save the visit") -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def record(app: AppTest, crew: tuple[str, ...] = ("0042", "0043")) -> AppTest:
    app.multiselect(key="visit_crew").set_value(list(crew))
    # Midnight is never to come, whatever the time of the test.
    app.time_input(key="visit_time").set_value(time(0))
    return save(app)


def test_an_officers_figures_are_the_reports_of_their_cases(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, role="officer")
    report = reports.overdue(kept_desk(small_store_address).question(SYSTEM, AS_OF, today=AS_OF))
    mine = set(rows(app)) & set(report["offender_ref"])
    assert figures(app)["Visits overdue"] == str(len(mine))
    assert len(set(report[report["offender_ref"].isin(mine)]["officer_ref"])) <= 1
    assert (list(app.exception), list(app.error)) == ([], [])


@pytest.mark.parametrize("role", sorted(READERS))
def test_an_empty_store_says_so_to_everyone(look: OpenApp, empty_store_address: str, role: Role) -> None:
    app = my_day(look, empty_store_address, str(role))
    assert list(app.exception) == []
    if role is not Role.INVESTIGATOR:
        assert figures(app)["Visits overdue"] == "0"


def test_an_officer_records_an_outcome_and_the_backlog_moves_as_the_rules_say(
    open_app: OpenApp, working_store: str
) -> None:
    app = my_day(open_app, working_store)
    assert (figures(app)["Visits overdue"], overdue(working_store)) == ("1", ["V1"])

    app = record(open_form(app))

    [told] = alerts(app)[0]
    assert told.startswith("Saved: V1 FIR <B>, Hal, completed, 00:00 today. The next visit is due on")
    assert (figures(app)["Visits overdue"], overdue(working_store)) == ("0", [])


def test_no_reply_leaves_the_visit_overdue_and_says_so(open_app: OpenApp, working_store: str) -> None:
    app = open_form(my_day(open_app, working_store))
    app.radio(key="visit_outcome").set_value("no_reply")

    app = record(app)

    assert "no reply, 00:00 today" in alerts(app)[0][0]
    assert alerts(app)[0][0].endswith("45 days overdue.")
    assert overdue(working_store) == ["V1"]


def test_a_second_click_does_no_harm(open_app: OpenApp, working_store: str) -> None:
    first, second = (open_form(my_day(open_app, working_store)) for _ in range(2))
    record(first)

    app = record(second)

    assert "Nothing more was recorded" in alerts(app)[0][0]
    assert alerts(app)[1] == []


def test_a_visit_alone_is_asked_about_and_saved_only_when_it_is_confirmed(
    open_app: OpenApp, working_store: str
) -> None:
    app = record(open_form(my_day(open_app, working_store)), crew=("0042",))
    assert "Not saved yet: one officer went, with no reason" in alerts(app)[1][0]
    assert overdue(working_store) == ["V1"]
    assert app.multiselect(key="visit_crew").value == ["0042"]

    app.text_input(key="visit_alone_reason").set_value("Partner ill")
    app = save(app)
    assert "with no risk assessment, no authoriser, no time of authority" in alerts(app)[1][0]
    assert app.text_input(key="visit_alone_reason").value == "Partner ill"

    app.checkbox(key="visit_confirm").set_value(True)
    app = save(app)
    assert alerts(app)[0][0].startswith("Saved: V1")
    assert overdue(working_store) == []


def test_a_visit_alone_with_its_authority_is_saved_at_once(open_app: OpenApp, working_store: str) -> None:
    app = record(open_form(my_day(open_app, working_store)), crew=("0042",))
    app.text_input(key="visit_alone_reason").set_value("Partner ill")
    app.date_input(key="visit_alone_assessed").set_value(today() - DAY)
    app.selectbox(key="visit_alone_by").set_value("0007")
    app.date_input(key="visit_alone_day").set_value(today() - DAY)
    app.time_input(key="visit_alone_time").set_value(time(17))

    app = save(app)

    assert alerts(app)[0][0].startswith("Saved: V1")
    with Store(working_store) as store:
        assert list(Desk(store, FORCE_REF).snapshot().attended["lone"]) == [0]


def test_a_refused_form_keeps_what_was_typed(open_app: OpenApp, working_store: str) -> None:
    app = open_form(my_day(open_app, working_store))
    app.checkbox(key="visit_announced").set_value(True)
    app.date_input(key="visit_day").set_value(today() - 90 * DAY)

    app = record(app)

    assert "is before V1 was registered" in alerts(app)[1][0]
    assert app.date_input(key="visit_day").value == today() - 90 * DAY
    assert app.checkbox(key="visit_announced").value is True


def test_the_next_visit_is_planned_with_the_same_crew(open_app: OpenApp, working_store: str) -> None:
    app = open_form(my_day(open_app, working_store))
    app.date_input(key="visit_next").set_value(today() + 30 * DAY)

    app = record(app)

    assert len(alerts(app)[0]) == 2
    with Store(working_store) as store:
        desk = Desk(store, FORCE_REF)
        [plan] = plans_on(desk, desk.question(SYSTEM, today(), today=today()), today()).to_dict("records")
    assert (plan["offender_ref"], plan["officer_refs"], plan["planned_on"].date()) == (
        "V1",
        "0042;0043",
        today() + 30 * DAY,
    )


def test_a_visit_is_saved_where_the_next_one_cannot_be_planned(open_app: OpenApp, working_store: str) -> None:
    app = open_form(my_day(open_app, working_store))
    app.date_input(key="visit_next").set_value(today() + 400 * DAY)

    app = record(app)

    assert alerts(app)[0][0].startswith("Saved: V1")
    assert "The visit is saved; the next one" in alerts(app)[1][0]
    assert "too far ahead" in alerts(app)[1][0]


def test_the_form_begins_with_the_visit_that_waits_for_its_outcome(open_app: OpenApp, working_store: str) -> None:
    earlier = datetime.now(LONDON) - 3 * DAY
    with Store(working_store) as store:
        viewer = Viewer("DI", Role.DI)
        plan = VisitPlan("V1", earlier + DAY, 60, ("0007", "0042"), announced=True)
        plan_visit(Desk(store, FORCE_REF), viewer, plan, now=earlier)

    app = my_day(open_app, working_store)

    assert figures(app)["Without an outcome"] == "1"
    assert app.multiselect(key="visit_crew").value == ["0007", "0042"]
    assert app.date_input(key="visit_day").value == (earlier + DAY).date()
    assert app.checkbox(key="visit_announced").value is True
    app = save(app)
    assert figures(app)["Without an outcome"] == "0"


def test_a_supervisor_chooses_whose_day_it_is(open_app: OpenApp, working_store: str) -> None:
    app = my_day(open_app, working_store, "di")
    assert [box for box in app.selectbox if box.key == "visit_which"] == []
    app = my_day(open_app, working_store, "di", officer="0042")
    assert "Scope: **DC Ash (0042)**" in said(app)
    assert alerts(record(open_form(app)))[0][0].startswith("Saved: V1")


def test_an_officer_who_is_not_there_is_said_in_vain(open_app: OpenApp, working_store: str) -> None:
    assert "officer 'nobody'" in said(my_day(open_app, working_store, "di", officer="nobody"))


def test_an_earlier_day_is_looked_at_and_nothing_is_recorded_on_it(open_app: OpenApp, working_store: str) -> None:
    app = my_day(open_app, working_store, as_of=(today() - DAY).isoformat())
    assert [button.label for button in app.button if button.label.startswith("Save")] == []
    assert figures(app)["Visits overdue"] == "1"


@pytest.mark.parametrize("role", sorted(set(Role) - READERS))
def test_who_only_looks_has_no_page_of_this_name(look: OpenApp, small_store_address: str, role: Role) -> None:
    assert "My day" not in payload(look(small_store_address, role=str(role)))


@pytest.mark.parametrize("role", [Role.SLT, Role.ANALYST, Role.AUDITOR])
@pytest.mark.parametrize("page", ["../pages/offender.py", "../pages/polit_case.py"])
def test_who_only_looks_is_offered_no_form(open_app: OpenApp, small_store_address: str, role: Role, page: str) -> None:
    registers = kept_desk(small_store_address).snapshot().facts.registers
    query = {"ref": str(registers["offender"][0]), "case": str(registers["case"][0])}
    app = open_app(small_store_address, page=page, role=str(role), **query)
    assert [each.label for each in app.expander if each.label.startswith("Record or correct")] == []


def offender(open_app: OpenApp, store_address: str, role: str = "officer") -> AppTest:
    return open_app(store_address, page="../pages/offender.py", role=role, ref="V1", as_of=today().isoformat())


def do(app: AppTest, doing: str, table: str) -> AppTest:
    app = app.radio(key="recording_do").set_value(doing).run()
    return app.selectbox(key="recording_table").set_value(table).run()


def test_a_state_is_recorded_corrected_and_withdrawn_on_the_record(open_app: OpenApp, working_store: str) -> None:
    app = do(offender(open_app, working_store), "record", "offender_statuses")
    app.selectbox(key="record V1 offender_statuses 0 status").set_value("custody")
    app = save(app, "Save")
    assert "Saved: state of V1 recorded." in alerts(app)[0]
    assert overdue(working_store) == []

    app = do(app, "correct", "offender_statuses")
    shown = app.selectbox(key="recording_which").value
    app.selectbox(key=f"change offender_statuses {shown} status").set_value("missing")
    app = save(app, "Save the correction")
    assert "say why it is corrected" in alerts(app)[1][0]
    assert app.selectbox(key=f"change offender_statuses {shown} status").value == "missing"
    app.text_input(key=f"change offender_statuses {shown} why").set_value("left by the back door")
    app = save(app, "Save the correction")
    assert "Saved: state of V1 corrected." in alerts(app)[0]
    assert overdue(working_store) == ["V1"]
    assert "Replaced by a later recording" in html(app)

    shown = app.selectbox(key="recording_which").value
    app = app.radio(key="recording_do").set_value("withdraw").run()
    app.text_input(key=f"change offender_statuses {shown} why").set_value("another person")
    app = save(app, "Withdraw it")
    assert "Saved: state of V1 withdrawn." in alerts(app)[0]


def test_a_visit_corrected_keeps_what_was_not_touched_to_the_second(open_app: OpenApp, working_store: str) -> None:
    at = datetime.combine(today() - 20 * DAY, time(11, 22, 33, 44), tzinfo=LONDON)
    with Store(working_store) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        made = {"visit_ref": ["a"], "offender_ref": ["V1"], "visited_at": [at], "outcome": ["completed"]}
        work.insert("visits", {**made, "officer_refs": ["0042;0043"], "recorded_at": [LOADED_AT]})

    app = do(offender(open_app, working_store), "correct", "visits")
    shown = app.selectbox(key="recording_which").value
    app.selectbox(key=f"change visits {shown} outcome").set_value("no_reply")
    app.text_input(key=f"change visits {shown} why").set_value("nobody was in")
    app = save(app, "Save the correction")

    assert "Saved: visit of V1 corrected." in alerts(app)[0]
    with Store(working_store) as store:
        [visit] = Desk(store, FORCE_REF).snapshot().facts.tables["visits"].to_dict("records")
    assert (visit["outcome"], visit["visited_at"].tz_localize("UTC")) == ("no_reply", at)


def test_an_officer_is_not_offered_what_their_supervisor_records(open_app: OpenApp, working_store: str) -> None:
    app = offender(open_app, working_store).radio(key="recording_do").set_value("record").run()
    offered = set(app.selectbox(key="recording_table").options)
    led = offender(open_app, working_store, "di").radio(key="recording_do").set_value("record").run()
    assert set(led.selectbox(key="recording_table").options) - offered == {
        "Holder",
        "Own interval",
        "Supervisor's review",
    }


def test_a_visit_is_recorded_on_the_record_too(open_app: OpenApp, working_store: str) -> None:
    app = offender(open_app, working_store).radio(key="recording_do").set_value("visit").run()
    app = record(app)
    assert alerts(app)[0][0].startswith("Saved: V1")
    assert overdue(working_store) == []


def test_an_investigator_records_a_child_from_my_day(open_app: OpenApp, tmp_path: Path) -> None:
    store_address = case_store(tmp_path)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("polit_allocations", {"case_ref": ["C2"], "from_on": [date(2025, 6, 26)], "officer_ref": ["0701"]})
    app = my_day(open_app, store_address, "investigator")
    assert figures(app)["Awaiting safeguarding"] == "0"
    assert links(app)["Open C2"].startswith("./polit-case?")

    about = app.selectbox(key="recording_about")
    app = about.select_index(about.options.index("C2 awaiting development")).run()
    app = do(app, "record", "polit_children")
    [prefix] = {box.key.rsplit(" ", 1)[0] for box in app.text_input if str(box.key).endswith("child_ref")}
    app.text_input(key=f"{prefix} child_ref").set_value("K9")
    app = save(app, "Save")

    assert "Saved: child of C2 recorded." in alerts(app)[0]
    assert figures(app)["Awaiting safeguarding"] == "1"
