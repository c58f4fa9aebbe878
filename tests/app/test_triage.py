"""The page of triage and the flags on a record, run without a browser."""

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app.session import today
from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.flag_recording import Flagging, record_flag
from offendermgmt.services.flags import flags
from offendermgmt.services.triage import Look, TriageBoard, triage_board
from offendermgmt.store import Store
from tests.app.conftest import MOSOVO_ROLES, Made, OpenApp
from tests.app.reading import html, links, payload, rows, said
from tests.app.small_store import AS_OF, copied, demo_inspector, kept_desk

PAGE = "../pages/triage.py"
RECORD = "../pages/offender.py"
NOTE = "A second phone <b>, not declared"
COUNTS_ONLY = [role for role in MOSOVO_ROLES if not Viewer("", role).opens_lists]
WITHOUT_NAMES = [role for role in MOSOVO_ROLES if Viewer("", role).opens_lists and not Viewer("", role).sees_names]
MAY_FLAG = ["officer", "supervisor", "di", "dci"]


def board(store_address: str, look: Look | None = None) -> TriageBoard:
    desk = kept_desk(store_address)
    return triage_board(desk.question(SYSTEM, AS_OF, today=AS_OF), flags(desk), look=look)


def report(store_address: str) -> pd.DataFrame:
    return reports.overdue(kept_desk(store_address).question(SYSTEM, AS_OF, today=AS_OF))


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def record(open_app: OpenApp, store_address: str, ref: str = "V2", role: str = "di", **query: str) -> AppTest:
    """The record today, when a flag may be recorded."""
    return open_app(store_address, page=RECORD, role=role, ref=ref, **{"as_of": today().isoformat(), **query})


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def flagged(open_app: OpenApp, store_address: str, note: str = NOTE, role: str = "di") -> AppTest:
    app = record(open_app, store_address, role=role)
    app.selectbox(key="flag_kind").set_value(FlagKind.BREACH)
    app.text_area(key="flag_note").set_value(note)
    return press(app, "Record the flag")


@pytest.fixture(scope="module")
def once_flagged(one_overdue: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The store of one overdue with the inspector's flag on V2, as the form of the record records it: to copy."""
    address = copied(one_overdue, tmp_path_factory.mktemp("flagged"))
    with Store(address) as store:
        desk = Desk(store, FORCE_REF)
        record_flag(
            desk, demo_inspector(desk), Flagging("V2", FlagKind.BREACH, NOTE, today(), None), now=datetime.now(UTC)
        )
    return address


@pytest.fixture(scope="module")
def flagged_to_read(once_flagged: str, read_only: set[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of `once_flagged` for tests that only read it."""
    address = copied(once_flagged, tmp_path_factory.mktemp("read"))
    read_only.add(address)
    return address


def test_the_page_is_the_report_of_the_same_day(look: OpenApp, small_store_address: str) -> None:
    overdue, expected = report(small_store_address), board(small_store_address)
    assert expected.cases is not None

    app = look(small_store_address, page=PAGE)

    assert len(overdue) > 1
    assert figures(app)["In triage with an overdue visit"] == str(len(overdue))
    assert figures(app)["Offenders in triage"] == str(len(expected.cases))
    assert rows(app) == list(expected.cases["offender_ref"])
    assert set(overdue["offender_ref"]) <= set(rows(app))
    assert (list(app.exception), list(app.error)) == ([], [])


@pytest.mark.parametrize("chosen", Look, ids=str)
def test_each_list_is_as_long_as_its_figure(look: OpenApp, small_store_address: str, chosen: Look) -> None:
    expected = board(small_store_address, chosen)
    assert expected.cases is not None
    figure = expected.looks[chosen]

    app = look(small_store_address, page=PAGE, look=str(chosen))

    assert rows(app) == list(expected.cases["offender_ref"])
    shown = {**figures(app), **{label.split(":")[0]: label.split()[-2] for label in links(app) if ": open " in label}}
    assert shown[figure.definition.title] == str(figure.numerator) == str(len(expected.cases))


def test_a_row_opens_the_record_and_knows_the_way_back(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, risk="unassessed")
    query = dict(parse_qsl(urlsplit(links(app)["Open V1"]).query))
    assert (query["ref"], query["back"], query["risk"]) == ("V1", "triage", "unassessed")

    back = links(look(overdue_to_read, page=RECORD, **query))["Back to the list"]

    assert back == "./triage?role=di&as_of=2025-06-30&risk=unassessed"


def test_one_overdue_and_one_never_seen_say_why(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE)

    assert rows(app) == ["V1", "V2"]
    assert "Not assessed yet (300); 14 days overdue, interval 3 months (4); never seen (20)" in html(app)
    assert figures(app)["In triage without an overdue visit"] == "1"
    assert "not overdue" in html(app)


def test_one_person_is_one_row(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, as_of="2025-06-24")

    assert rows(app) == ["V1"]
    assert "In triage, the most points first: 1 offender" in html(app)


def test_an_empty_store_says_that_nobody_is_in_triage(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert figures(app)["Offenders in triage"] == "0"
    assert "Nobody in triage is among these." in said(app)
    assert list(app.exception) == []


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_told_so_and_sent_nobody(look: OpenApp, overdue_to_read: str, role: Role) -> None:
    app = look(overdue_to_read, page=PAGE, role=str(role))

    assert "sees counts, not people" in said(app)
    assert set(figures(app).values()) == {"Not shown"}
    assert "none of these figures is shown outside the unit" in "\n".join(caption.value for caption in app.caption)
    assert [ref for ref in ("V1", "V2", "FIR") if ref in payload(app)] == []


def test_an_officer_sees_their_own_cases(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, role="officer")

    assert "Your cases" in said(app)
    assert set(rows(app)) < set(rows(look(small_store_address, page=PAGE)))


def test_a_filter_that_is_no_choice_is_said(look: OpenApp, overdue_to_read: str) -> None:
    app = look(overdue_to_read, page=PAGE, look="everything")

    assert "look at 'everything'" in app.warning[0].value
    assert rows(app) == ["V1", "V2"]


def test_the_download_is_the_list_with_every_part(open_app: OpenApp, one_overdue_address: str, offered: Made) -> None:
    app = open_app(one_overdue_address, page=PAGE, role="analyst")
    assert "Elm" not in payload(app)

    text = offered["Triage as CSV"]().decode("utf-8-sig").splitlines()
    start = next(at for at, line in enumerate(text) if line.startswith("Place"))
    lines = list(csv.DictReader(io.StringIO("\n".join(text[start:]))))

    assert [line["Offender"] for line in lines] == ["V1", "V2"]
    parts = [name for name in lines[0] if name.endswith(": points")]
    assert all(sum(int(line[part]) for part in parts) == int(line["Points"]) for line in lines)
    assert [name for name in lines[0] if name in {"Name", "Flags in force"}] == []


@pytest.mark.parametrize("role", MAY_FLAG)
def test_a_flag_shows_on_the_record_and_in_triage(open_app: OpenApp, one_overdue_address: str, role: str) -> None:
    app = flagged(open_app, one_overdue_address, role=role)

    assert "Recorded: V2 is flagged (breach)." in said(app)
    assert "A second phone &lt;b&gt;, not declared" in html(app)
    assert "1 flag" in html(app)

    app = open_app(one_overdue_address, page=PAGE, as_of=today().isoformat(), look="flagged")

    assert rows(app) == ["V2"]
    assert "flagged: breach (25)" in html(app)
    assert "A second phone &lt;b&gt;, not declared" in html(app)


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_who_sees_no_names_sees_the_kind_of_a_flag_and_not_its_note(
    look: OpenApp, flagged_to_read: str, role: Role
) -> None:
    pages = [
        look(flagged_to_read, page=PAGE, role=str(role), as_of=today().isoformat()),
        record(look, flagged_to_read, role=str(role)),
    ]

    assert "flagged: breach (25)" in html(pages[0])
    assert "Breach" in html(pages[1])
    assert [page for page in pages if "second phone" in payload(page)] == []


@pytest.mark.parametrize("label", ["End it today", "Withdraw it"])
def test_a_flag_is_taken_away_with_a_reason(open_app: OpenApp, one_overdue_address: str, label: str) -> None:
    app = record(open_app, one_overdue_address)
    app.date_input(key="flag_from").set_value(today() - timedelta(days=1))
    app.text_area(key="flag_note").set_value(NOTE)
    app = press(app, "Record the flag")
    app.text_input(key="flag_why").set_value("Handed over")

    app = press(app, label)

    assert "the flag holds" in said(app)
    assert "by Demonstration: Detective inspector: Handed over" in html(app)
    assert "Over" in html(app)
    assert open_app(one_overdue_address, page=PAGE, as_of=today().isoformat(), look="flagged").success[0].value == (
        "Nobody in triage is among these."
    )


def test_a_second_submission_records_nothing_more(open_app: OpenApp, one_overdue_address: str) -> None:
    stale = record(open_app, one_overdue_address)
    flagged(open_app, one_overdue_address)
    stale.selectbox(key="flag_kind").set_value(FlagKind.BREACH)
    stale.text_area(key="flag_note").set_value(NOTE)

    app = press(stale, "Record the flag")

    assert "Nothing more was recorded" in said(app)
    with Store(one_overdue_address) as store:
        assert len(flags(Desk(store, FORCE_REF))) == 1


def test_what_is_refused_stays_in_the_form(open_app: OpenApp, one_overdue_address: str) -> None:
    app = record(open_app, one_overdue_address)
    app.text_area(key="flag_note").set_value("   ")

    app = press(app, "Record the flag")

    assert "say what is known and how" in said(app)
    assert "No flag is recorded by this day." in said(app)


def test_an_officer_is_not_offered_to_end_another_persons_flag(look: OpenApp, flagged_to_read: str) -> None:
    officer, inspector = (record(look, flagged_to_read, role=role) for role in ("officer", "dci"))

    assert "flag_closed" not in [box.key for box in officer.selectbox]
    assert "flag_closed" in [box.key for box in inspector.selectbox]


@pytest.mark.parametrize("role", ["analyst", "slt", "auditor"])
def test_who_may_not_flag_is_offered_no_form(look: OpenApp, overdue_to_read: str, role: str) -> None:
    assert "flag_kind" not in [box.key for box in record(look, overdue_to_read, role=role).selectbox]


def test_on_an_earlier_day_nothing_is_flagged(look: OpenApp, overdue_to_read: str) -> None:
    app = record(look, overdue_to_read, as_of=(today() - timedelta(days=1)).isoformat())

    assert "flag_kind" not in [box.key for box in app.selectbox]
    assert "A flag is recorded today" in "\n".join(caption.value for caption in app.caption)
