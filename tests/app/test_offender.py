"""One offender's page, run without a browser."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from offendermgmt.store.histories import people
from offendermgmt.store.tables.ledger import AuditRecord
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import FORCE_REF

PAGE = "../pages/offender.py"
WITHOUT_NAMES = [role for role in Role if Viewer("", role).opens_lists and not Viewer("", role).sees_names]


def consultations(address: str) -> list[str]:
    with Store(address) as store, store.read() as connection:
        query = select(AuditRecord.subject_ref).where(AuditRecord.action == "consulted").order_by(AuditRecord.at)
        return [str(ref) for ref in connection.execute(query).scalars()]


def opened(open_app: OpenApp, address: str, ref: str, role: str = "di", **query: str) -> AppTest:
    return open_app(address, page=PAGE, role=role, ref=ref, **query)


def test_a_record_says_who_when_and_why(look: OpenApp, overdue_to_read: str) -> None:
    app = opened(look, overdue_to_read, "V1")

    assert app.header[0].value == "V1 · FIR <B>, Hal"
    assert "**Due on 16 Jun 2025: 14 days overdue**" in said(app)
    assert "Registered on 1 Jun 2025: the first visit is due 15 days later" in said(app)
    assert "DC Ash (0042)" in html(app)


def test_mappa_is_said_to_be_about_agencies_and_not_risk(look: OpenApp, overdue_to_read: str) -> None:
    assert "How agencies work together, not how high the risk is" in html(opened(look, overdue_to_read, "V1"))


def test_every_record_of_the_list_opens_without_failure(look: OpenApp, small_store_address: str) -> None:
    refs = rows(look(small_store_address, page="../pages/overdue.py"))

    for ref in refs[:5]:
        app = opened(look, small_store_address, ref)
        assert (list(app.exception), list(app.error), list(app.warning)) == ([], [], []), ref
        assert ref in app.header[0].value


def test_the_way_back_leads_to_the_same_list(look: OpenApp, overdue_to_read: str) -> None:
    app = opened(look, overdue_to_read, "V1", team="T1", risk="unassessed", band="8-30")

    assert links(app)["Back to the list"] == "./overdue?role=di&as_of=2025-06-30&team=T1&risk=unassessed&band=8-30"


def test_a_reference_the_store_does_not_hold_is_said_so(look: OpenApp, overdue_to_read: str) -> None:
    app = opened(look, overdue_to_read, "V9")

    assert "There is no offender V9 managed on 30 June 2025" in app.warning[0].value


def test_a_day_before_registration_has_no_record(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address, "V1", as_of="2025-05-01")

    assert "There is no offender V1 managed on 1 May 2025".replace(" 1 ", " 01 ") in app.warning[0].value


def test_a_case_that_is_not_the_officers_is_refused_and_not_logged(open_app: OpenApp, small_store_address: str) -> None:
    mine = set(rows(open_app(small_store_address, page="../pages/overdue.py", role="officer")))
    other = next(ref for ref in rows(open_app(small_store_address, page="../pages/overdue.py")) if ref not in mine)

    before = consultations(small_store_address)

    app = opened(open_app, small_store_address, other, role="officer")

    assert "is not among your cases" in app.warning[0].value
    assert consultations(small_store_address) == before


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_no_name_or_date_of_birth_is_sent_to_who_sees_none(look: OpenApp, small_store_address: str, role: Role) -> None:
    ref = rows(look(small_store_address, page="../pages/overdue.py"))[0]
    with Store(small_store_address) as store:
        name = Desk(store, FORCE_REF).names([ref])[ref]
        person = people(store, FORCE_REF).set_index("offender_ref").loc[ref]

    sent = payload(opened(look, small_store_address, ref, role=str(role)))

    born = person["date_of_birth"]
    assert [text for text in (name, "Date of birth", f"{born.day} {born:%b %Y}") if text in sent] == []


def test_opening_a_record_is_logged_once_and_not_on_a_rerun(open_app: OpenApp, one_overdue_address: str) -> None:
    app = opened(open_app, one_overdue_address, "V1")
    app.run()
    app.text_input(key="find").set_value("V2").run()

    assert consultations(one_overdue_address) == ["V1"]


def test_another_record_and_the_same_again_later_are_consultations_of_their_own(
    open_app: OpenApp, one_overdue_address: str
) -> None:
    app = opened(open_app, one_overdue_address, "V1")
    for ref in ("V2", "V1"):
        app.query_params["ref"] = ref
        app.run()

    assert consultations(one_overdue_address) == ["V1", "V2", "V1"]


def test_a_record_is_found_by_reference_or_name(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE)

    for typed in ("v2", "elm"):
        app.text_input(key="find").set_value(typed).run()
        assert links(app)["V2"] == "./offender?role=di&as_of=2025-06-30&ref=V2"


def test_who_sees_no_names_finds_nobody_by_name(open_app: OpenApp, one_overdue_address: str) -> None:
    app = open_app(one_overdue_address, page=PAGE, role="analyst")

    app.text_input(key="find").set_value("elm").run()

    assert "Nobody you may open fits on this day" in said(app)


def test_a_record_known_before_anything_was_recorded_is_not_there(look: OpenApp, overdue_to_read: str) -> None:
    app = opened(look, overdue_to_read, "V1", known_on="2025-06-29")

    assert "There is no offender V1" in app.warning[0].value
