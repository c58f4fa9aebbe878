"""The page on double crewing, run without a browser."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.crewing import over_range
from offendermgmt.store import Store
from tests.app.conftest import OpenApp
from tests.app.reading import html, links, payload, said
from tests.app.small_store import FORCE_REF, kept_desk, one_overdue_store

PAGE = "../pages/crewing.py"
# In the small store's past, when lone visits were common.
FIRST, LAST = date(2024, 7, 1), date(2024, 9, 30)
THEN = {"as_of": LAST.isoformat(), "range": "this-quarter"}
COUNTS_ONLY = [role for role in Role if not Viewer("", role).opens_lists]
WITHOUT_NAMES = [role for role in Role if Viewer("", role).opens_lists and not Viewer("", role).sees_names]
CELL = re.compile(r"(?P<group>.+), (?P<kind>Alone, \w+( late)?): open (?P<number>\d+) visits?")


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def listed(app: AppTest) -> int:
    found = re.search(r"Showing \*\*([\d,]+) of", said(app))
    assert found
    return int(found[1])


def test_the_figures_are_those_of_the_commands_report(look: OpenApp, small_store_address: str) -> None:
    question = over_range(kept_desk(small_store_address).question(SYSTEM, LAST, today=LAST), FIRST, LAST)
    report = reports.crewing(question).iloc[0]

    app = look(small_store_address, page=PAGE, **THEN)

    captions = [caption.value for caption in app.caption]
    assert metrics(app)["Double-crewed"] == f"{report['compliance']:.1%}"
    assert f"{report['double_crewed']} of {report['attended']} · promised: 100%" in captions
    assert f"{report['lone']} of {report['attended']}" in captions
    for kind in ("authorised", "authorised_late", "unauthorised"):
        assert f"{report[f'lone_{kind}']} of {report['lone']}" in captions


@pytest.mark.parametrize("by", ["officer", "team", "outcome", "weekday", "hour"])
def test_a_number_of_the_breakdown_opens_a_list_of_its_length(
    open_app: OpenApp, small_store_address: str, by: str
) -> None:
    found = links(open_app(small_store_address, page=PAGE, by=by, **THEN))
    label, match = next((label, match) for label in found if (match := CELL.fullmatch(label)))
    group = re.search(r"group=([^&]+)", found[label])
    assert group
    kind = match["kind"].split(", ")[1].replace(" ", "_")

    app = open_app(small_store_address, page=PAGE, by=by, visits=kind, group=group[1], **THEN)

    assert listed(app) == int(match["number"])


def test_every_lone_visit_is_listed_with_what_is_missing(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, visits="unauthorised", **THEN)

    assert html(app).count("no authoriser") == listed(app) > 0


def test_a_row_of_the_trend_opens_its_month(look: OpenApp, small_store_address: str) -> None:
    found = links(look(small_store_address, page=PAGE, **THEN))

    assert "range=own&from=2024-09-01&to=2024-09-30" in found["Open September 2024"]


def test_ones_own_range_is_kept_in_the_address(look: OpenApp, small_store_address: str) -> None:
    own = {"as_of": LAST.isoformat(), "range": "own", "from": "2024-09-01", "to": "2024-09-15"}

    app = look(small_store_address, page=PAGE, **own)

    assert "visits from 1 Sep 2024 to 15 Sep 2024" in said(app)


def test_a_range_the_wrong_way_round_is_said_and_the_last_28_days_shown(
    look: OpenApp, small_store_address: str
) -> None:
    own = {"as_of": LAST.isoformat(), "range": "own", "from": "2024-09-15", "to": "2024-09-01"}

    app = look(small_store_address, page=PAGE, **own)

    assert "swap the two days" in said(app)
    assert "visits from 3 Sep 2024 to 30 Sep 2024" in said(app)


def test_what_the_address_asks_in_vain_is_said(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE, range="decade", visits="all", group="nobody")

    assert "visits made in 'decade' and officer 'nobody' and visits listed 'all'" in said(app)


@pytest.mark.parametrize("role", COUNTS_ONLY, ids=str)
def test_who_sees_counts_only_is_sent_no_visit(look: OpenApp, small_store_address: str, role: Role) -> None:
    app = look(small_store_address, page=PAGE, role=str(role), **THEN)

    assert "sees counts, not people" in said(app)
    assert "FEN-V" not in payload(app)
    assert not list(app.exception)


@pytest.mark.parametrize("role", WITHOUT_NAMES, ids=str)
def test_who_sees_no_names_is_sent_none_and_asked_no_reason(
    look: OpenApp, small_store_address: str, role: Role
) -> None:
    desk = kept_desk(small_store_address)
    names = desk.names(desk.snapshot().facts.registers["offender"]).values()

    app = look(small_store_address, page=PAGE, role=str(role), **THEN)

    sent = payload(app)
    assert "FEN-V" in sent
    assert [name for name in names if name in sent] == []
    assert "Why, and to whom it goes" not in [field.label for field in app.text_input]


def test_a_list_with_names_is_downloaded_only_with_a_reason(open_app: OpenApp, small_store_address: str) -> None:
    app = open_app(small_store_address, page=PAGE, **THEN)
    asked = {button.label: button.proto.disabled for button in app.get("download_button")}
    assert asked["Visits and their crews as CSV"]
    assert not asked["Double crewing by month as CSV"]

    app.text_input(key="download crewing visits-and-their-crews reason").set_value("weekly review").run()

    asked = {button.label: button.proto.disabled for button in app.get("download_button")}
    assert not asked["Visits and their crews as CSV"]


def test_an_empty_store_says_that_there_is_nothing_to_count(look: OpenApp, empty_store_address: str) -> None:
    app = look(empty_store_address, page=PAGE)

    assert "No visit was attended" in said(app)
    assert metrics(app)["Double-crewed"] == "No value"
    assert not list(app.exception)


@pytest.fixture
def one_visit_address(tmp_path: Path) -> str:
    address = one_overdue_store(tmp_path)
    recorded = datetime(2025, 6, 30, 17, tzinfo=UTC)
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        visit = {"visit_ref": ["K1"], "offender_ref": ["V2"], "officer_refs": ["0042"], "outcome": ["completed"]}
        work.insert(
            "visits", {**visit, "visited_at": [datetime(2025, 6, 28, 9, tzinfo=UTC)], "recorded_at": [recorded]}
        )
    return address


def test_one_visit_made_alone_is_one_of_one(open_app: OpenApp, one_visit_address: str) -> None:
    app = open_app(one_visit_address, page=PAGE)

    assert (metrics(app)["Visits made alone"], listed(app)) == ("100.0%", 1)
    assert metrics(app)["Unannounced"] == "No value"
    assert "0 of 0 · 1 not recorded" in [caption.value for caption in app.caption]
    assert "no reason; no risk assessment; no authoriser; no time of authority" in html(app)


@pytest.fixture
def pairs_address(tmp_path: Path) -> str:
    """A store in which one pair made ten visits, and one of them was on record elsewhere at the tenth."""
    address = one_overdue_store(tmp_path)
    days = [*range(11, 21), 20]
    recorded = [datetime(2025, 6, 30, 17, tzinfo=UTC)] * len(days)
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        other = {"officer_ref": ["7A"], "name": ["Birch"], "rank": ["DC"], "is_supervisor": [False]}
        work.insert("officers", {**other, "team_ref": ["T1"], "fte": [1.0]})
        work.insert(
            "visits",
            {
                "visit_ref": [f"K{number}" for number in range(len(days))],
                "offender_ref": ["V1"] * 10 + ["V2"],
                "visited_at": [
                    datetime(2025, 6, day, 9, 12 if at == 10 else 0, tzinfo=UTC) for at, day in enumerate(days)
                ],
                "outcome": ["completed"] * len(days),
                "officer_refs": ["0042;7A"] * 10 + ["7A"],
                "recorded_at": recorded,
            },
        )
    return address


def test_pairs_that_never_mix_and_officers_at_two_visits_at_once_are_listed(
    open_app: OpenApp, pairs_address: str
) -> None:
    app = open_app(pairs_address, page=PAGE)

    shown = html(app)
    assert (metrics(app)["Crews seldom mixed"], metrics(app)["Recorded at two visits at once"]) == ("100.0%", "1 time")
    assert shown.count("by=officer&amp;group=0042&amp;visits=double_crewed") == 1
    assert "DC Birch (7A)" in shown
    assert "12 minutes apart" in shown
    assert [button.label for button in app.get("download_button") if "as CSV" in button.label][-2:] == [
        "Crews seldom mixed as CSV",
        "Recorded at two visits at once as CSV",
    ]


def test_a_board_is_not_told_nought_where_a_small_count_is_withheld(open_app: OpenApp, one_visit_address: str) -> None:
    app = open_app(one_visit_address, page=PAGE, role=str(Role.BOARD))

    notes = [caption.value for caption in app.caption]
    assert any(note.endswith("how many are not recorded: not shown") for note in notes)
    assert not any("1 of 1" in note for note in notes)


@pytest.fixture
def nearly_kept_address(tmp_path: Path) -> str:
    """A store in which ten visits of one month were made, two of them alone."""
    address = one_overdue_store(tmp_path)
    days = range(11, 21)
    with Store(address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("officers", {"officer_ref": ["7A"], "is_supervisor": [False], "team_ref": ["T1"], "fte": [1.0]})
        work.insert(
            "visits",
            {
                "visit_ref": [f"K{day}" for day in days],
                "offender_ref": ["V1"] * len(days),
                "visited_at": [datetime(2025, 6, day, 9, tzinfo=UTC) for day in days],
                "outcome": ["completed"] * len(days),
                "officer_refs": ["0042;7A"] * 8 + ["0042"] * 2,
                "recorded_at": [datetime(2025, 6, 30, 17, tzinfo=UTC)] * len(days),
            },
        )
    return address


def test_a_board_is_told_few_of_how_many_and_nothing_to_subtract(open_app: OpenApp, nearly_kept_address: str) -> None:
    app = open_app(nearly_kept_address, page=PAGE, role=str(Role.BOARD))

    shown = metrics(app)
    kept = ["Double-crewed", "Visits made alone", "Alone, unauthorised", "Alone, authorised"]
    assert [shown[name] for name in kept] == ["Not shown"] * len(kept)
    assert any("fewer than 5 of 10 alone · promised: 100%" in caption.value for caption in app.caption)
    assert [text for text in ("8 of 10", "80.0%", ">8<", ">2<") if text in payload(app)] == []
