"""Daily reviews: signed at the foot of the morning, answered and opened on their own page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.navigation import REVIEWS, places_for
from app.parts.words import moment
from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.reviews import Review, every_version
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import empty_store, kept_desk

MORNING, PAGE = "../pages/morning.py", "../pages/reviews.py"
NOTE = "Watch <b>Fir</b> in the north"


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A store with V1, overdue and DC Ash's."""
    store_address = empty_store(tmp_path)
    registered, recorded = today() - timedelta(days=100), datetime.now(UTC) - timedelta(days=1)
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["T1"], "name": ["North"], "unit": ["MOSOVO"]})
        work.insert(
            "officers",
            {
                "officer_ref": ["0042", "D1", "E1"],
                "name": ["Ash", "Oak", "Elm"],
                "rank": ["DC", "DI", "DCI"],
                "is_supervisor": [False, True, True],
                "team_ref": ["T1"] * 3,
                "fte": [1.0] * 3,
            },
        )
        work.insert("offenders", {"offender_ref": ["V1"], "registered_on": [registered], "recorded_at": [recorded]})
        work.insert("allocations", {"offender_ref": ["V1"], "from_on": [registered], "officer_ref": ["0042"]})
    return store_address


def open_now(open_app: OpenApp, store_address: str, page: str, role: str, **query: str) -> AppTest:
    shown = {"unit": "MOSOVO", "as_of": today().isoformat(), **query}
    return open_app(store_address, page=page, role=role, **shown)


def note_key() -> str:
    return f"review_note MOSOVO:{today()}"


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label.startswith(label)]
    return button.click().run()


def sign(app: AppTest, note: str = NOTE) -> AppTest:
    app.text_area(key=note_key()).set_value(note)
    return press(app, "Sign, with")


def on_record(store_address: str) -> tuple[Review, ...]:
    return every_version(kept_desk(store_address))


def test_a_day_is_signed_at_the_foot_of_the_morning_and_countersigned_on_its_own_page(
    open_app: OpenApp, address: str
) -> None:
    app = sign(open_now(open_app, address, MORNING, "di"))
    assert f"Signed: MOSOVO, {today():%a}" in said(app)
    assert "It waits for the chief inspector." in said(app)
    assert [(each.state, each.note) for each in on_record(address)] == [("signed", NOTE)]

    app = open_now(open_app, address, PAGE, "dci")
    shown = {metric.label: metric.value for metric in app.metric}
    assert (shown["Waiting for the DCI"], shown["Days reviewed"]) == ("1", "No value")
    [opened] = [href for label, href in links(app).items() if label.startswith("Open ")]
    assert f"review={today()}" in opened
    assert "Watch &lt;b&gt;Fir" in html(app)

    app = open_now(open_app, address, PAGE, "dci", review=today().isoformat())
    assert "Every figure of" in html(app)
    app.text_area(key=f"review_comment MOSOVO:{today()}").set_value("Agreed")
    app = press(app, "Countersign")
    assert "Countersigned by Demonstration: Detective chief inspector" in said(app)
    assert [(each.state, each.comment) for each in on_record(address)][1:] == [("countersigned", "Agreed")]
    assert "known_at=" in links(app)["Open the morning as it was known then"]


def test_the_second_of_two_is_told_and_keeps_what_they_typed(open_app: OpenApp, address: str) -> None:
    stale = open_now(open_app, address, MORNING, "dci")
    app = open_now(open_app, address, MORNING, "di")
    app.text_area(key=note_key()).set_value("The inspector's")
    app = press(app, "Keep the note only")
    assert "The note is kept. Nothing is signed yet." in said(app)

    app = sign(stale, "The chief inspector's")

    assert "Demonstration: Detective inspector wrote in this review" in said(app)
    assert app.text_area(key=note_key()).value == "The chief inspector's"
    assert [(each.state, each.note) for each in on_record(address)] == [("open", "The inspector's")]


def test_a_figure_that_moves_meanwhile_is_named_and_nothing_is_signed(open_app: OpenApp, address: str) -> None:
    app = open_now(open_app, address, MORNING, "di")
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        visit = {"visit_ref": ["a"], "offender_ref": ["V1"], "officer_refs": ["0042;D1"], "outcome": ["completed"]}
        work.insert("visits", {**visit, "visited_at": [datetime.now(UTC) - timedelta(days=2)]})

    app = sign(app)

    assert "Not signed: the figures moved while you looked. " in said(app)
    assert "Visits overdue: from 1 to 0" in said(app)
    assert (app.text_area(key=note_key()).value, on_record(address)) == (NOTE, ())
    assert "Signed: MOSOVO" in said(press(app, "Sign, with"))


def test_who_sees_no_names_is_sent_no_note_and_no_form(open_app: OpenApp, address: str) -> None:
    sign(open_now(open_app, address, MORNING, "di"))

    for page, query in ((PAGE, {}), (PAGE, {"review": today().isoformat()}), (MORNING, {})):
        app = open_now(open_app, address, page, "analyst", **query)
        assert "Signed" in said(app) + html(app)
        assert ("Watch" in payload(app), [each.key for each in app.text_area if "review" in str(each.key)]) == (
            False,
            [],
        )


def test_a_link_shows_the_moment_of_a_review_until_another_day_is_chosen(open_app: OpenApp, address: str) -> None:
    day = today().isoformat()
    query = {"known_on": day, "known_at": f"{day}T07:05:30.000001+00:00"}
    app = open_now(open_app, address, PAGE, "di", **query)
    assert f"as known at **{moment(datetime.fromisoformat(query['known_at']))}**" in said(app)
    assert app.query_params["known_at"] == query["known_at"]

    app = open_now(open_app, address, PAGE, "di", **{**query, "known_on": (today() - timedelta(days=1)).isoformat()})
    assert "23:59" in said(app)
    assert "known_at" not in app.query_params


def test_an_empty_store_says_that_nothing_was_reviewed(open_app: OpenApp, empty_store_address: str) -> None:
    app = open_now(open_app, empty_store_address, PAGE, "slt", review="yesterday")
    assert "No day of MOSOVO has been reviewed yet." in said(app)
    assert "the review of 'yesterday'" in said(app)
    assert (rows(app), list(app.exception)) == ([], [])


def test_the_page_is_for_those_who_lead_and_those_who_look() -> None:
    readers = {role for role in Role if REVIEWS in places_for(Viewer("", role))}
    assert readers == {Role.SUPERVISOR, Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR}
