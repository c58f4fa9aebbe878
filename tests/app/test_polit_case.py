"""One POLIT case's page, run without a browser."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.polit_case import case_record
from offendermgmt.store import Store
from offendermgmt.store.tables.ledger import AuditRecord
from tests.app.case_store import case_store
from tests.app.conftest import POLIT_ROLES, Made, OpenApp
from tests.app.reading import html, links, said
from tests.app.small_store import AS_OF, LOADED_AT, kept_desk

PAGE = "../pages/polit_case.py"


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """A store with a full case, C1, one with nothing but its receipt, C2, and a closed one, C3."""
    return case_store(tmp_path)


def opened(open_app: OpenApp, address: str, ref: str, role: str = "di", **query: str) -> AppTest:
    return open_app(address, page=PAGE, role=role, case=ref, **query)


def told(app: AppTest) -> str:
    """What was drawn as HTML, without its marks."""
    return re.sub(r"<[^>]+>", "\n", html(app))


def due(app: AppTest) -> list[str]:
    """What is due, in the page's order."""
    return re.findall(r"<p><strong>(.*?)</strong>", html(app))


def consulted(address: str) -> list[tuple[str, str]]:
    with Store(address) as store, store.read() as connection:
        query = select(AuditRecord.subject_kind, AuditRecord.subject_ref).where(AuditRecord.action == "consulted")
        return [(str(kind), str(ref)) for kind, ref in connection.execute(query.order_by(AuditRecord.at))]


def test_the_way_back_leads_to_the_list_it_was_opened_from(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1", back="polit-order", team="P")

    assert links(app)["Back to the list"] == "./polit-order?role=di&as_of=2025-06-30&team=P"
    assert links(opened(open_app, cases, "C1"))["Back to the list"] == "./polit?role=di&as_of=2025-06-30"


def test_what_is_due_is_told_with_children_first(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1")

    assert [list(app.exception), list(app.warning)] == [[], []]
    assert due(app) == [
        "2 children await safeguarding",
        "1 child is not referred to children&#x27;s social care",
        "New information calls for an assessment",
        "Act by 31 May 2025: 30 days past the limit",
        "Stalled: 10 days without activity",
        "1 forensic result is awaited",
    ]
    assert "Child K2, identified on 1 Jun 2025: 29 days (Q15)." in told(app)
    assert "Act by had already passed on 31 May 2025, and stays there (P2)." in told(app)
    assert "At very high risk a case is stalled after more than 2 days without any: since 23 Jun 2025 (P5)." in told(
        app
    )
    assert "Examination X2, submitted on 21 May 2025: 40 days (Q16)." in told(app)


def test_the_children_stand_before_what_is_due_and_the_clocks(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1")

    assert [header.value for header in app.header] == [
        "C1",
        "Children identified in the case",
        "What is due next, and why",
        "Decisions",
        "Clocks from receipt",
        "Stages of the case",
        "What is recorded about the case",
    ]
    assert told(app).index("Children identified") < told(app).index("Stage")


def test_the_clocks_stand_side_by_side_and_say_how_they_stand(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1")

    assert {metric.label: metric.value for metric in app.metric} == {
        "First child referred": "10 days",
        "First assessment": "2 days",
        "First allocation": "1 day",
        "First live stage": "60 days",
        "First enforcement": "19 days",
        "First forensic result": "40 days",
    }
    assert ":material/timer: Running" in [caption.value for caption in app.caption]
    assert ":material/check_circle: Done on 20 May 2025" in [caption.value for caption in app.caption]


def test_what_is_dated_after_the_day_has_not_happened(open_app: OpenApp, cases: str) -> None:
    later = told(opened(open_app, cases, "C1"))
    assert [day for day in ("4 Jul 2025", "1 Jul 2025", "1 Aug 2025") if day in later] == []

    earlier = opened(open_app, cases, "C1", as_of="2025-05-05")
    assert due(earlier) == [
        "Act by 31 May 2025: 26 days left",
        "Stalls on 1 Jun 2025 if nothing is done",
    ]
    assert {metric.value for metric in earlier.metric} == {"Not begun", "2 days", "1 day", "4 days"}


def test_a_case_with_nothing_but_its_receipt_reads_well(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C2")

    assert list(app.exception) == []
    assert due(app) == [
        "Not assessed yet",
        "Nobody holds this case",
        "Act by 2 Jul 2025: 2 days left",
        "Stalls on 3 Jul 2025 if nothing is done",
    ]
    assert "Last activity on 25 Jun 2025: receipt." in told(app)
    assert "Whether the suspect has access to children is not recorded by this day." in said(app)
    assert "No activity is recorded by this day." in said(app)


def test_a_closed_case_still_says_that_a_child_awaits_safeguarding(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C3")

    assert due(app) == ["1 child awaits safeguarding", "No limit runs"]
    assert "Closed from the backlog on 2 Jun 2025." in told(app)
    assert ":material/block: Closed without it on 2 Jun 2025" in [caption.value for caption in app.caption]


def test_what_a_force_wrote_is_text_and_no_mark_up(open_app: OpenApp, cases: str) -> None:
    assert "research &lt;b&gt;" in html(opened(open_app, cases, "C1"))


def test_the_days_in_stages_add_up_to_the_days_since_receipt(cases: str) -> None:
    with Store(cases) as store:
        desk = Desk(store, FORCE_REF)
        question = desk.question(SYSTEM, AS_OF, today=AS_OF)
        for ref in ("C1", "C2", "C3"):
            record = case_record(desk, question, ref)
            assert record.stages["days"].sum() == (AS_OF - record.standing.received_on).days, ref


def test_no_case_is_said_so(open_app: OpenApp, cases: str) -> None:
    assert "There is no case C9 received by 30 June 2025" in opened(open_app, cases, "C9").warning[0].value
    before = opened(open_app, cases, "C2", as_of="2025-06-24")
    assert "There is no case C2 received by 24 June 2025" in before.warning[0].value
    unknown_then = opened(open_app, cases, "C1", known_on="2025-06-29")
    assert "There is no case C1" in unknown_then.warning[0].value


def test_a_correction_shows_from_when_it_was_recorded_and_both_recordings_are_listed(
    open_app: OpenApp, cases: str
) -> None:
    row = {"case_ref": "C3", "child_ref": "K3", "identified_on": date(2025, 5, 1), "referred_on": date(2025, 5, 2)}
    corrected = {**row, "safeguarded_on": date(2025, 5, 20), "recorded_at": LOADED_AT + timedelta(days=2)}
    with Store(cases) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("polit_children", {name: [value] for name, value in corrected.items()})

    now, then = opened(open_app, cases, "C3"), opened(open_app, cases, "C3", known_on="2025-06-30")

    assert due(now) == ["Nothing is due", "No limit runs"]
    assert "All referred and safeguarded" in told(now)
    assert "Replaced by a later recording" in told(now)
    assert due(then) == ["1 child awaits safeguarding", "No limit runs"]
    assert "Replaced by a later recording" not in told(then)


def test_without_a_case_the_page_says_how_to_open_one(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_app(empty_store_address, page=PAGE)

    assert list(app.exception) == []
    assert "Open a case from a list of cases, or search above." in said(app)
    app.text_input(key="find_case").set_value("c1").run()
    assert "No case you may open fits on this day" in said(app)


def test_a_case_is_found_by_its_reference(open_app: OpenApp, cases: str) -> None:
    app = open_app(cases, page=PAGE)

    app.text_input(key="find_case").set_value("c3").run()

    assert links(app)["C3"] == "./polit-case?role=di&as_of=2025-06-30&case=C3"
    assert "Closed" in html(app)


def test_an_investigator_opens_their_own_cases_and_no_others(open_app: OpenApp, cases: str) -> None:
    assert opened(open_app, cases, "C1", role="investigator").header[0].value == "C1"
    before = consulted(cases)

    app = opened(open_app, cases, "C2", role="investigator")

    assert "Case C2 is not among your cases on 30 June 2025" in app.warning[0].value
    assert consulted(cases) == before


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR], ids=str)
def test_those_who_see_counts_open_no_case(cases: str, role: Role) -> None:
    with Store(cases) as store:
        desk = Desk(store, FORCE_REF)
        with pytest.raises(NotPermitted, match="sees counts, not people"):
            case_record(desk, desk.question(Viewer("x", role), AS_OF, today=AS_OF), "C1")


@pytest.mark.parametrize("role", [role for role in POLIT_ROLES if Viewer("", role).opens_lists], ids=str)
def test_every_reader_of_polit_opens_a_case_without_failure(open_app: OpenApp, cases: str, role: Role) -> None:
    app = opened(open_app, cases, "C1", role=str(role))

    assert [list(app.exception), list(app.warning)] == [[], []]


def test_opening_a_case_is_logged_once_and_not_on_a_rerun(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1")
    app.run()
    app.text_input(key="find_case").set_value("C2").run()

    assert consulted(cases) == [("case", "C1")]


def test_a_case_opened_again_after_another_page_is_another_consultation(open_app: OpenApp, cases: str) -> None:
    app = opened(open_app, cases, "C1")
    for page in ("../pages/offender.py", PAGE):
        app.switch_page(page)
        app.query_params.update({"role": "di", "as_of": AS_OF.isoformat()})
        if page == PAGE:
            app.query_params["case"] = "C1"
        app.run()

    assert consulted(cases) == [("case", "C1"), ("case", "C1")]


def test_a_file_of_the_case_asks_why_and_is_on_record_as_about_it(open_app: OpenApp, cases: str, offered: Made) -> None:
    app = opened(open_app, cases, "C1")
    makers = dict(offered)
    with pytest.raises(ValueError, match="This is one case's record"):
        makers["Children as CSV"]()

    app.text_input(key="download polit-case children C1 reason").set_value("strategy meeting").run()
    made = offered["Children as CSV"]().decode()

    assert re.search(r"C1,K1,Awaits safeguarding,2025-05-10,2025-05-11,1,,51", made)
    with Store(cases) as store, store.read() as connection:
        kind = AuditRecord.subject_kind, AuditRecord.subject_ref
        assert connection.execute(select(*kind).where(AuditRecord.action == "downloaded")).all() == [("case", "C1")]


def test_the_page_and_the_report_say_the_same_of_every_open_case(small_store_address: str) -> None:
    desk = kept_desk(small_store_address)
    for on in (AS_OF, date(2025, 2, 1)):
        question = desk.question(SYSTEM, on, today=AS_OF)
        rows = reports.polit(question).to_dict(orient="records")
        assert rows
        for row in rows:
            assert said_of(case_record(desk, question, row["case_ref"])) == said_by(row), row["case_ref"]


def said_of(record: Any) -> dict[str, Any]:
    """What a case's page says, in the report's columns."""
    standing = record.standing
    titles = " ".join(item.title for item in record.due)
    late = re.search(r"Act by [^:]+: (\d+) days? past the limit", titles)
    return {
        "stage": standing.stage,
        "risk_level": standing.risk,
        "received_on": standing.received_on,
        "age_days": standing.age_days,
        "days_past_limit": int(late[1]) if late else 0,
        "officer_ref": standing.officer_ref,
        "children_identified": standing.children,
        "children_awaiting": standing.children_awaiting,
    }


def said_by(row: dict[Any, Any]) -> dict[str, Any]:
    """The same columns of the report."""
    named = ("stage", "risk_level", "age_days", "days_past_limit", "officer_ref")
    children = ("children_identified", "children_awaiting")
    return {name: row[name] for name in (*named, *children)} | {"received_on": row["received_on"].date()}
