"""Measures by month: what the reports and pages say of each month, as known when, and in words where there is none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from offendermgmt.commands.demo import fill_with_fenshire
from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import Improvement, LoneFinding, RiskLevel, Unit
from offendermgmt.intake.loading import load
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import assessments_board
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure, framework_on
from offendermgmt.services.investigators_board import investigators_board
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.measure_series import measure_rows, months_up_to
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_polit import CASES
from offendermgmt.services.measured_visits import VISITS
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.polit_board import polit_board
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.polit_flow import flow_board
from offendermgmt.services.question import Question
from offendermgmt.store import Store
from offendermgmt.store.lone_findings import append_finding
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import Columns, write

NOW = datetime(2025, 6, 20, 17, tzinfo=UTC)
TODAY = NOW.date()
BOARD = Viewer("board", Role.BOARD)
JANUARY, APRIL = date(2025, 1, 1), date(2025, 4, 1)
FACTS: dict[str, Columns] = {
    "teams": {
        "team_ref": ["T1", "T2", "P1"],
        "name": ["North", "New", "Online"],
        "unit": ["MOSOVO", "MOSOVO", "POLIT"],
    },
    "officers": {
        "officer_ref": ["O1", "O2", "S1"],
        "is_supervisor": [False, False, True],
        "team_ref": ["T1", "T2", "T1"],
        "fte": [1.0, 0.5, 1.0],
    },
    "offenders": {"offender_ref": ["V1", "V2"], "registered_on": [JANUARY, date(2025, 6, 2)]},
    "allocations": {
        "offender_ref": ["V1", "V2"],
        "from_on": [JANUARY, date(2025, 6, 2)],
        "officer_ref": ["O1", "O2"],
    },
}


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, FACTS)
    return Desk(store, FORCE)


def question(desk: Desk, as_of: date = TODAY, viewer: Viewer = SYSTEM, **narrowed: Any) -> Question:
    return desk.question(viewer, as_of, today=TODAY, **narrowed)


def measure(figure: str, to_on: date | None = None) -> Measure:
    since = date(2000, 1, 1)
    return Measure(figure, "asked", figure, figure, Improvement.NEUTRAL, None, None, "DI", (), 1, since, to_on)


def months(asked: Question, desk: Desk, *figures: str, number: int = 6) -> pd.DataFrame:
    """The rows of these figures (all of them, if none is named), a row a figure and month, by month and figure."""
    of = [measure(code) for code in figures or FIGURES]
    rows = measure_rows(asked, of, months_up_to(asked, number), desk)
    return rows.set_index(["measure_ref", "month_on"])


def series(asked: Question, desk: Desk, figure: str, number: int = 6) -> list[float | None]:
    values = months(asked, desk, figure, number=number)["value"]
    return [None if pd.isna(value) else float(value) for value in values]


@READS_A_STORE
def test_every_measure_of_every_month_is_what_the_reports_and_pages_say_of_that_month(store: Store) -> None:
    fill_with_fenshire(store, NOW, seed=7, years=1, offenders=60)
    desk = Desk(store, FORCE)
    asked = question(desk)
    rows = months(asked, desk)
    for first, last in zip(*(getattr(months_up_to(asked, 6), end).tolist() for end in ("first", "last")), strict=True):
        month = replace(asked, as_of=to_date(last), periods=Periods.whole(to_date(first), to_date(last)))
        for figure, (numerator, denominator, value) in said_of(month).items():
            row = rows.xs(figure).xs(pd.Timestamp(to_date(first)))
            assert same(row["numerator"], numerator), (figure, to_date(last))
            assert same(row["denominator"], denominator), (figure, to_date(last))
            assert same(row["value"], value), (figure, to_date(last))


def same(found: Any, expected: float | None) -> bool:
    return bool(pd.isna(found)) if expected is None else bool(abs(found - expected) < 1e-9)


Said = tuple[float | None, float | None, float | None]


def part(numerator: float, denominator: float) -> Said:
    return numerator, denominator, numerator / denominator if denominator else None


def count(number: float) -> Said:
    return number, None, number


def said_of(month: Question) -> Mapping[str, Said]:
    """What the reports of the contract, and the boards of the pages, say of one month as of its last day."""
    backlog, high = reports.backlog(month), (RiskLevel.VERY_HIGH, RiskLevel.HIGH)
    due, crews = reports.compliance(month).iloc[0], reports.crewing(month).iloc[0]
    loads = reports.caseload(month)
    held = loads[loads["officer_ref"] != ""]
    cases, acted = reports.polit(month), reports.polit_timeliness(month)[["acted", "in_time"]].sum()
    share = overdue_board(month).share
    concerns = assessments_board(month).figures
    polit, staff = polit_board(month), investigators_board(month)
    flow = flow_board(month)
    past, stalled = polit.cases[CaseList.PAST], polit.cases[CaseList.STALLED]
    moved = flow.children.periods.iloc[0]
    said: dict[str, Said] = {
        "overdue": count(backlog["overdue"].sum()),
        "overdue-share": (share.numerator, share.denominator, share.value),
        "overdue-high-risk": count(backlog["overdue"][backlog["risk_level"].isin(high)].sum()),
        "days-overdue": (None, None, backlog["days_overdue_total"].sum()),
        "longest-overdue": (None, None, backlog["longest_days_overdue"].max()),
        "compliance": part(due["met"], due["due"]),
        "double-crewed": part(crews["double_crewed"], crews["attended"]),
        "lone-unauthorised": count(crews["lone_unauthorised"]),
        "officers-over-share": part(held["exceeds_threshold"].astype(bool).sum(), len(held)),
        "officers-over-cap": part(held["exceeds_cap"].astype(bool).sum(), len(held)),
        "unallocated": count(loads["cases"][loads["officer_ref"] == ""].sum()),
        "polit-backlog": count(cases["in_backlog"].sum()),
        "polit-past-limit": part(past.numerator or 0, past.denominator or 0),
        "polit-stalled": part(stalled.numerator or 0, stalled.denominator or 0),
        "polit-in-time": part(acted["in_time"], acted["acted"]),
        "polit-referrals": count(flow.referrals.periods["referrals"].iloc[0]),
        "polit-cases-per-fte": (staff.cases_there, staff.fte, staff.per_fte.value),
        "polit-fte": (None, None, staff.fte),
        "children-awaiting": count(cases["children_awaiting"].sum()),
        "children-unreferred": count(polit.children[ChildList.UNREFERRED].numerator or 0),
        "children-longest-wait": (None, None, polit.longest_wait.figure.value or 0),
        "children-identified": count(moved["identified"]),
        "children-safeguarded": count(moved["safeguarded"]),
    }
    for concern in (Concern.ARMS_NOT_DONE, Concern.ARMS_REVIEW, Concern.PLAN_REVIEW):
        figure = concerns[concern]
        said[str(concern)] = (figure.numerator, figure.denominator, figure.value)
    return said


@READS_A_STORE
def test_without_a_fact_no_measure_has_a_value(store: Store) -> None:
    desk = Desk(store, FORCE)
    rows = months(question(desk), desk, number=3)
    assert len(rows) == 3 * len(FIGURES)
    assert rows[["numerator", "denominator", "value"]].isna().all(axis=None)
    assert not rows["is_kept"].any()


@READS_A_STORE
def test_a_force_of_no_measures_has_no_rows(desk: Desk) -> None:
    asked = question(desk)
    rows = measure_rows(asked, [], months_up_to(asked, 3), desk)
    assert (len(rows), list(rows)[:2], str(rows["month_on"].dtype)) == (0, ["measure_ref", "month_on"], "datetime64[s]")


@READS_A_STORE
def test_months_before_there_was_anything_to_count_have_no_value(desk: Desk) -> None:
    assert series(question(desk), desk, "overdue", number=8) == [None, None, 1, 1, 1, 1, 1, 2]


@READS_A_STORE
def test_a_team_that_came_this_month_has_this_month_alone(desk: Desk) -> None:
    new = question(desk, team_ref="T2")
    assert series(new, desk, "cases-per-fte") == [None, None, None, None, None, 2.0]
    assert series(new, desk, "unallocated") == [None] * 6


@READS_A_STORE
def test_a_unit_the_viewer_or_team_is_not_of_has_no_value(desk: Desk, store: Store) -> None:
    write(store, {"polit_cases": {"case_ref": ["C1"], "received_on": [APRIL]}})
    assert series(question(desk), desk, "polit-backlog", number=3) == [1, 1, 1]
    assert series(question(desk, team_ref="T1"), desk, "polit-backlog", number=3) == [None] * 3
    elsewhere = Viewer("DI", Role.DI, units=(Unit.MOSOVO,))
    assert series(question(desk, viewer=elsewhere), desk, "polit-backlog", number=3) == [None] * 3


@READS_A_STORE
def test_a_month_that_is_not_over_is_so_far(desk: Desk) -> None:
    assert list(months(question(desk), desk, "overdue", number=2)["is_so_far"]) == [False, True]
    june = question(desk, as_of=date(2025, 5, 31))
    assert list(months(june, desk, "overdue", number=2)["is_so_far"]) == [False, False]


@READS_A_STORE
def test_a_retired_measure_keeps_its_past_months_and_has_no_later_ones(desk: Desk) -> None:
    asked = question(desk)
    rows = measure_rows(asked, [measure("overdue", to_on=date(2025, 4, 15))], months_up_to(asked, 6), desk)
    assert list(rows["value"].notna()) == [True, True, True, False, False, False]


def test_a_late_record_changes_what_is_known_now_and_not_what_was_known_then(desk: Desk, store: Store) -> None:
    before = datetime.now(UTC)
    late: Columns = {
        "visit_ref": ["late"],
        "offender_ref": ["V1"],
        "visited_at": [datetime(2025, 3, 20, 10, tzinfo=UTC)],
        "outcome": ["completed"],
        "officer_refs": ["O1;S1"],
    }
    write(store, {"visits": late})
    end_of_march = date(2025, 3, 31)
    then = desk.question(SYSTEM, end_of_march, today=TODAY, known_at=before)
    assert series(then, desk, "overdue", number=1) == [1]
    assert series(question(desk, as_of=end_of_march), desk, "overdue", number=1) == [0]


@READS_A_STORE
def test_a_month_reads_the_same_whatever_months_stand_beside_it(desk: Desk) -> None:
    alone = months(question(desk, as_of=date(2025, 3, 31)), desk, number=1)
    beside = months(question(desk), desk, number=6)
    of_march = beside[beside.index.get_level_values("month_on") == pd.Timestamp(2025, 3, 1)]
    pd.testing.assert_frame_equal(alone, of_march)


def test_a_finding_counts_in_the_month_it_was_due_and_in_time_only_by_that_day(desk: Desk, store: Store) -> None:
    # Friday 30 May: three working days later is Wednesday 4 June. The second one's day for a finding is today.
    days = {"found": datetime(2025, 5, 30, 10, tzinfo=UTC), "open": datetime(2025, 6, 17, 10, tzinfo=UTC)}
    write(
        store,
        {
            "visits": {
                "visit_ref": [*days, "missed"],
                "offender_ref": ["V1"] * 3,
                "visited_at": [*days.values(), datetime(2025, 5, 1, 10, tzinfo=UTC)],
                "outcome": ["completed"] * 3,
                "officer_refs": ["O1"] * 3,
            }
        },
    )
    rows = months(question(desk), desk, "lone-found-in-time", number=2)
    assert rows[["numerator", "denominator"]].to_numpy().tolist() == [[0, 1], [0, 1]]
    judge_at(store, datetime(2025, 6, 4, 22, tzinfo=UTC), "found")
    judge_at(store, datetime(2025, 6, 5, 9, tzinfo=UTC), "missed")
    rows = months(question(desk), desk, "lone-found-in-time", number=2)
    assert rows[["numerator", "denominator"]].to_numpy().tolist() == [[0, 1], [1, 1]]


def test_what_is_written_is_in_every_measure_that_it_moves_and_leaves_the_others(desk: Desk, store: Store) -> None:
    assert not months(question(desk), desk).empty
    kept = VISITS.counted(of_months(desk))
    write(store, {"polit_cases": {"case_ref": ["C1"], "received_on": [date(2025, 5, 2)]}})
    assert VISITS.counted(of_months(desk)) is kept
    pd.testing.assert_frame_equal(months(question(desk), desk), anew(store))
    cases = CASES.counted(of_months(desk))
    visit = {"visit_ref": ["lone"], "offender_ref": ["V1"], "visited_at": [datetime(2025, 5, 1, 10, tzinfo=UTC)]}
    write(store, {"visits": {**visit, "outcome": ["completed"], "officer_refs": ["O1"]}})
    assert CASES.counted(of_months(desk)) is cases
    pd.testing.assert_frame_equal(months(question(desk), desk), anew(store))
    kept = VISITS.counted(of_months(desk))
    judge_at(store, datetime(2025, 5, 2, 9, tzinfo=UTC), "lone")
    assert VISITS.counted(of_months(desk)) is kept
    pd.testing.assert_frame_equal(months(question(desk), desk), anew(store))


def of_months(desk: Desk) -> Asked:
    """The six months of `months`, asked of sources themselves."""
    asked = question(desk)
    return Asked(replace(asked, periods=months_up_to(asked, 6)), desk)


def anew(store: Store) -> pd.DataFrame:
    """Every measure by a desk that has kept nothing."""
    desk = Desk(store, FORCE)
    return months(question(desk), desk)


def judge_at(store: Store, moment: datetime, visit: str) -> None:
    """Put a finding on record, as of a moment of the past."""
    with store.dated(lambda: moment).write(FORCE, user="DS Cedar") as work:
        append_finding(work, visit, 0, finding=LoneFinding.APPROPRIATE, text="In order", found_by="S1")


def test_refused_rows_wait_from_the_day_of_their_load(store: Store, tmp_path: Any) -> None:
    (tmp_path / "teams.csv").write_text("team_ref,name,unit\nT1,North,MOSOVO\nT2,South,NOWHERE\n", encoding="utf-8")
    load(store, FORCE, tmp_path, now=datetime.now(UTC), user="test")
    desk, today = Desk(store, FORCE), datetime.now(UTC).date()
    asked = desk.question(SYSTEM, today, today=today)
    assert series(asked, desk, "refused-rows", number=2) == [None, 1]


@READS_A_STORE
def test_a_viewer_of_counts_is_told_no_measure_of_one_officer(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="counts, not people"):
        months(question(desk, viewer=BOARD, officer_ref="O1"), desk, "overdue")


@READS_A_STORE
def test_a_small_count_is_kept_from_a_board_and_nought_is_told(desk: Desk) -> None:
    rows = months(question(desk, viewer=BOARD), desk, "overdue", "lone-unauthorised", number=1)
    assert list(rows["is_kept"]) == [True, False]
    assert pd.isna(rows["value"].iloc[0])
    assert rows["value"].iloc[1] == 0


def test_every_shipped_measure_can_be_counted(desk: Desk) -> None:
    asked = question(desk)
    shipped = framework_on(desk, TODAY).measures
    rows = measure_rows(asked, shipped, months_up_to(asked, 2), desk)
    assert list(rows["measure_ref"].unique()) == [each.measure_ref for each in shipped]
