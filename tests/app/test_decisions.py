"""Decisions: the page of them, the panel on the lists of triage and of POLIT's order, and on the records."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.vocabulary import DecisionKind
from offendermgmt.services import deciding
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding
from offendermgmt.services.decisions import Decision, decisions
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.app.conftest import Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import copied, demo_inspector, empty_store

TRIAGE, ORDER, PAGE = "../pages/triage.py", "../pages/polit_order.py", "../pages/decisions.py"
OFFENDER, CASE = "../pages/offender.py", "../pages/polit_case.py"
REASON = "Seen by <b>nobody</b>"
LOOKING = [Role.ANALYST, Role.SLT, Role.AUDITOR]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with V1 and V2, both overdue and DC Ash's, and the case C1 of POLIT's backlog, DC Oak's: to copy."""
    store_address = empty_store(tmp_path_factory.mktemp("begun"))
    registered = today() - timedelta(days=100)
    recorded = datetime.now(UTC) - timedelta(days=1)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1", "P"], "name": ["North", "Online"], "unit": ["MOSOVO", "POLIT"]})
        work.insert(
            "officers",
            {
                "officer_ref": ["0042", "S1", "D1", "I1"],
                "name": ["Ash", "Cedar", "Elm", "Oak"],
                "rank": ["DC", "DS", "DI", "DC"],
                "is_supervisor": [False, True, True, False],
                "team_ref": ["T1", "T1", "T1", "P"],
                "fte": [1.0] * 4,
            },
        )
        work.insert(
            "offenders",
            {
                "offender_ref": ["V1", "V2"],
                "surname": ["Fir <b>", "Yew"],
                "registered_on": [registered] * 2,
                "recorded_at": [recorded] * 2,
            },
        )
        work.insert(
            "allocations",
            {"offender_ref": ["V1", "V2"], "from_on": [registered] * 2, "officer_ref": ["0042"] * 2},
        )
        work.insert("polit_cases", {"case_ref": ["C1"], "received_on": [registered], "source": ["NCA"]})
        work.insert("polit_allocations", {"case_ref": ["C1"], "from_on": [registered], "officer_ref": ["I1"]})
    return store_address


@pytest.fixture
def address(begun: str, tmp_path: Path) -> str:
    """A copy of `begun` that is the test's own."""
    return copied(begun, tmp_path)


@pytest.fixture(scope="module")
def once_decided(begun: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same with the inspector's decision on V2, as the form on the list records it: to copy."""
    store_address = copied(begun, tmp_path_factory.mktemp("decided"))
    with Store(store_address) as store:
        desk = Desk(store, FORCE_REF)
        due_on = today() + timedelta(days=7)
        asked = Deciding(Subject("offender", "V2"), DecisionKind.PLAN_BY, "0042", due_on, REASON, seen=0)
        deciding.decide(desk, demo_inspector(desk), asked, now=datetime.now(UTC))
    return store_address


@pytest.fixture
def decided(once_decided: str, tmp_path: Path) -> str:
    """A copy of `once_decided` that is the test's own."""
    return copied(once_decided, tmp_path)


@pytest.fixture(scope="module")
def decided_to_read(once_decided: str, read_only: set[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of `once_decided` for tests that only read it."""
    store_address = copied(once_decided, tmp_path_factory.mktemp("read"))
    read_only.add(store_address)
    return store_address


def open_now(open_app: OpenApp, store_address: str, page: str, role: str = "di", **query: str) -> AppTest:
    return open_app(store_address, page=page, role=role, as_of=today().isoformat(), **query)


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def decide(app: AppTest, ref: str = "V2", kind: str = "plan_by", reason: str = REASON) -> AppTest:
    app.selectbox(key="decision_case").set_value(ref).run()
    app.selectbox(key="decision_kind").set_value(kind).run()
    app.text_area(key="decision_reason").set_value(reason)
    return press(app, "Record the decision")


def on_record(store_address: str) -> tuple[Decision, ...]:
    with Store(store_address) as store:
        return decisions(Desk(store, FORCE_REF))


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_decision_from_the_list_of_triage_leaves_the_list_as_it_was(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, TRIAGE, team="T1", look="overdue")
    before = rows(app)

    app = decide(app)

    assert "Recorded: V2, plan by a date, due by" in said(app)
    assert (rows(app), app.query_params["look"], app.query_params["team"]) == (before, "overdue", "T1")
    assert html(app).count("Plan by a date, due by") == 1
    [made] = on_record(address)
    assert (made.owner_ref, made.due_on - today(), made.reason) == ("0042", timedelta(days=7), REASON)


def test_decisions_on_others_take_no_room_in_a_list(look: OpenApp, decided_to_read: str) -> None:
    assert "Decided" not in html(open_now(look, decided_to_read, ORDER))


def test_a_deferral_takes_nobody_off_the_list_nor_out_of_the_figures(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, TRIAGE)
    before = (rows(app), metrics(app))

    app = decide(app, kind="defer")

    assert (rows(app), metrics(app)) == before
    assert "Defer, until" in html(app)


def test_a_case_of_the_order_of_work_is_decided_on_from_the_list(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, ORDER)
    app.selectbox(key="decision_case").set_value("C1").run()
    assert "Authorise a lone visit" not in app.selectbox(key="decision_kind").options

    app = decide(app, "C1", "reassess", "New information")

    assert "Recorded: C1, ask for re-assessment" in said(app)
    assert (rows(app), on_record(address)[0].owner_ref) == (["C1"], "I1")


def test_an_escalation_is_the_chief_inspectors(open_app: OpenApp, address: str) -> None:
    decide(open_now(open_app, address, TRIAGE, "supervisor"), kind="escalate")

    mine = {role: metrics(open_now(open_app, address, PAGE, role)) for role in ("supervisor", "dci")}

    title = "For you to carry out"
    assert [mine[role][title] for role in mine] == ["0", "1"]


def test_nobody_is_offered_their_own_name_to_go_alone(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, TRIAGE)
    app.selectbox(key="decision_case").set_value("V1").run()
    app.selectbox(key="decision_kind").set_value("authorise_lone").run()

    options = app.selectbox(key="decision_owner_authorise_lone_V1").options

    assert options == ["DC Ash (0042)", "DS Cedar (S1)"]


def test_nothing_is_recorded_without_a_reason_and_the_form_keeps_what_was_typed(
    open_app: OpenApp, address: str
) -> None:
    app = decide(open_now(open_app, address, TRIAGE), reason=" ")

    assert "say why it is decided so" in said(app)
    assert (on_record(address), app.selectbox(key="decision_case").value) == ((), "V2")


def test_a_second_window_records_nothing_more_and_another_persons_is_told(open_app: OpenApp, address: str) -> None:
    stale = open_now(open_app, address, TRIAGE)
    stale.selectbox(key="decision_case").set_value("V2").run()
    decide(open_now(open_app, address, TRIAGE))
    stale.text_area(key="decision_reason").set_value(REASON)

    app = press(stale, "Record the decision")

    assert "Nothing more was recorded" in said(app)
    other = open_now(open_app, address, TRIAGE, "dci")
    other.selectbox(key="decision_case").set_value("V1").run()
    decide(open_now(open_app, address, TRIAGE), "V1")
    other.text_area(key="decision_reason").set_value("Nobody has seen them")
    app = press(other, "Record the decision")
    assert "Somebody decided on V1" in said(app)
    assert len(on_record(address)) == 2


def test_the_owner_closes_from_their_list_and_the_list_says_what_became_of_it(open_app: OpenApp, decided: str) -> None:
    app = open_now(open_app, decided, PAGE, "officer", listed="mine")
    assert rows(app) == ["V2"]
    app = press(app, "Close the decision")
    assert "choose whether the decision is done or cancelled" in said(app)

    app.radio(key="decision_state").set_value("done")
    app.text_area(key="decision_outcome").set_value("Seen at home")
    app = press(app, "Close the decision")

    assert "Recorded: V2, plan by a date, done." in said(app)
    assert (rows(app), app.query_params["listed"]) == ([], "mine")
    closed = open_now(open_app, decided, PAGE, listed="closed")
    assert "Seen at home · Demonstration: Offender manager" in html(closed)


def test_the_record_of_an_offender_has_the_history_and_the_forms(open_app: OpenApp, decided: str) -> None:
    app = open_now(open_app, decided, OFFENDER, ref="V2")
    assert "Seen by &lt;b&gt;nobody&lt;/b&gt;" in html(app)
    app.selectbox(key="decision_kind").set_value("escalate").run()
    app.text_area(key="decision_reason").set_value("Ask the DCI")
    app = press(app, "Record the decision")
    assert "Recorded: V2, escalate to the DCI" in said(app)

    app.text_input(key="decision_mistake_why").set_value("Meant for another")
    app = press(app, "Withdraw it")

    assert "Withdrawn" in html(app)
    assert sorted(each.is_withdrawn for each in on_record(decided)) == [False, True]


def test_the_record_of_a_case_has_them_too(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, CASE, case="C1")
    assert "Nothing has been decided on this record by this day." in said(app)
    app.text_area(key="decision_reason").set_value("Look at it on Monday")

    app = press(app, "Record the decision")

    assert "Recorded: C1, plan by a date" in said(app)


@pytest.mark.parametrize("role", LOOKING, ids=str)
@pytest.mark.parametrize("page", [TRIAGE, ORDER, PAGE, OFFENDER])
def test_who_only_looks_is_offered_no_form_and_no_reason_without_names(
    look: OpenApp, decided_to_read: str, role: Role, page: str
) -> None:
    app = open_now(look, decided_to_read, page, str(role), ref="V2")

    assert [box.key for box in app.selectbox if str(box.key).startswith("decision")] == []
    assert not list(app.exception)
    if page in {PAGE, OFFENDER}:
        assert ("nobody" in payload(app)) == Viewer("", role).sees_names


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR], ids=str)
def test_who_sees_counts_only_is_sent_no_decision(look: OpenApp, decided_to_read: str, role: Role) -> None:
    app = open_now(look, decided_to_read, PAGE, str(role))

    assert metrics(app)["Open decisions"] == "Not shown"
    assert "sees counts, not people" in said(app)
    assert [word for word in ("V2", "nobody", "Ash") if word in payload(app)] == []


def test_each_figure_opens_its_list_and_a_row_its_record(open_app: OpenApp, decided: str) -> None:
    decide(open_now(open_app, decided, ORDER), "C1", "defer")

    app = open_now(open_app, decided, PAGE)

    assert (metrics(app)["Open decisions"], metrics(app)["Deferred"]) == ("2", "1")
    found = links(app)
    assert "polit-case?" in found["Open C1"]
    assert "offender?" in found["Open V2"]
    assert rows(open_now(open_app, decided, PAGE, listed="deferred")) == ["C1"]
    assert rows(open_now(open_app, decided, PAGE, unit="MOSOVO")) == ["V2"]


def test_on_an_earlier_day_nothing_is_decided(open_app: OpenApp, address: str) -> None:
    app = open_app(address, page=TRIAGE, as_of=(today() - timedelta(days=1)).isoformat())

    assert "decision_case" not in [box.key for box in app.selectbox]
    assert "A decision is taken today" in "\n".join(caption.value for caption in app.caption)


def test_an_empty_store_says_that_nothing_is_decided(look: OpenApp, empty_store_address: str) -> None:
    app = open_now(look, empty_store_address, PAGE)

    assert "No decision is among these: open." in said(app)
    assert metrics(app)["Decisions past their day"] == "0"
    assert not list(app.exception)


def test_the_download_is_the_list(open_app: OpenApp, decided: str, offered: Made) -> None:
    app = open_now(open_app, decided, PAGE)
    app.text_input(key="download decisions decisions reason").set_value("morning review").run()

    lines = offered["Decisions as CSV"]().decode("utf-8-sig").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Offender or case,"))
    [line] = csv.DictReader(io.StringIO("\n".join(lines[start:])))

    assert (line["Offender or case"], line["Decision"], line["Why"], line["Owner"]) == (
        "V2",
        "Plan by a date",
        REASON,
        "DC Ash (0042)",
    )
