"""Assessments, plans and contact by small worked examples (docs/decisions/assessment-rules.md, A1 to A9)."""

from collections.abc import Mapping, Sequence

import pytest

from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.assessment_definitions import GROUPED, Concern
from offendermgmt.services.assessment_lists import in_words
from offendermgmt.services.assessments import AssessmentsBoard, assessments_board
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender, visit

Parts = Sequence[Mapping[str, Rows]]
BOARD = Viewer("Board", Role.BOARD)


def dated(table: str, ref: str, column: str, on: str, **values: str) -> dict[str, Rows]:
    return {table: [{"offender_ref": ref, column: on, **values}]}


def arms(ref: str, on: str, risk: str = "low") -> dict[str, Rows]:
    return dated("risk_assessments", ref, "assessed_on", on, tool="ARMS", risk_level=risk)


def reviewed(table: str, ref: str, on: str) -> dict[str, Rows]:
    return dated(table, ref, "reviewed_on", on, reviewer_ref="S1")


def status(ref: str, on: str, state: str) -> dict[str, Rows]:
    return fact("offender_statuses", ref, on, status=state)


def order(ref: str, kind: str, on: str, to_on: str = "") -> dict[str, Rows]:
    return {"orders": [{"offender_ref": ref, "order_ref": "1", "kind": kind, "from_on": on, "to_on": to_on}]}


def board(parts: Parts, on: str, concern: Concern, viewer: Viewer = SYSTEM) -> AssessmentsBoard:
    return assessments_board(ask(parts, on, viewer), concern)


def listed(parts: Parts, on: str, concern: Concern) -> list[tuple[str, int]]:
    """References and days of the list, in its order."""
    cases = board(parts, on, concern).cases
    assert cases is not None
    return list(zip(cases["offender_ref"], cases["days"].astype(int), strict=True))


def why(question: Question, concern: Concern) -> list[str]:
    cases = assessments_board(question, concern).cases
    assert cases is not None
    return list(in_words(concern, cases, {})["why"])


UNASSESSED = offender("V1", "2025-01-01", officer="O1")
LOW = offender("V1", "2025-01-01", "low", officer="O1")


@pytest.mark.parametrize(("on", "days"), [("2025-02-09", None), ("2025-02-10", 1)])
def test_arms_is_due_thirty_days_after_first_seen(on: str, days: int | None) -> None:
    found = listed([UNASSESSED, visit("V1", "2025-01-10")], on, Concern.ARMS_NOT_DONE)
    assert found == ([("V1", days)] if days else [])


def test_arms_of_one_never_seen_counts_from_the_day_the_first_visit_was_due() -> None:
    assert listed([UNASSESSED], "2025-02-16", Concern.ARMS_NOT_DONE) == [("V1", 1)]


def test_another_tool_is_not_arms_and_arms_is_whatever_its_capitals() -> None:
    osp = dated("risk_assessments", "V1", "assessed_on", "2025-01-02", tool="OSP", risk_level="low")
    assert listed([UNASSESSED, osp], "2025-02-16", Concern.ARMS_NOT_DONE) == [("V1", 1)]
    done = dated("risk_assessments", "V1", "assessed_on", "2025-01-02", tool=" arms ", risk_level="low")
    assert listed([UNASSESSED, done], "2025-02-16", Concern.ARMS_NOT_DONE) == []


@pytest.mark.parametrize(("on", "found"), [("2026-01-01", []), ("2026-01-02", [("V1", 1)])])
def test_arms_is_past_its_review_a_year_after_the_newest(on: str, found: list[tuple[str, int]]) -> None:
    assert listed([LOW], on, Concern.ARMS_REVIEW) == found


def test_nothing_is_expected_while_the_clock_is_stopped() -> None:
    parts = [LOW, status("V1", "2025-06-01", "custody")]
    assert listed(parts, "2027-01-01", Concern.ARMS_REVIEW) == []


def test_a_plan_never_reviewed_counts_from_registration_once_reviews_are_recorded_at_all() -> None:
    other = offender("V2", "2025-06-01", "low")
    parts = [LOW, other, reviewed("plan_reviews", "V2", "2025-07-01")]
    assert listed(parts, "2026-01-03", Concern.PLAN_REVIEW) == [("V1", 2)]


@pytest.mark.parametrize("concern", [Concern.PLAN_REVIEW, Concern.SUPERVISOR_REVIEW])
def test_reviews_have_no_value_where_none_is_recorded(concern: Concern) -> None:
    found = board([LOW], "2027-01-01", concern)
    figure = found.figures[concern]
    assert (figure.value, figure.numerator, figure.denominator) == (None, None, None)
    assert found.cases is not None
    assert found.cases.empty


def test_the_record_of_the_high_risk_is_reviewed_more_often() -> None:
    parts = [
        offender("V1", "2025-01-01", "high"),
        offender("V2", "2025-01-01", "low"),
        reviewed("supervisor_reviews", "V1", "2025-02-01"),
        reviewed("supervisor_reviews", "V2", "2025-02-01"),
    ]
    assert listed(parts, "2025-08-02", Concern.SUPERVISOR_REVIEW) == [("V1", 1)]


def plan(ref: str, days: int, approved_by: str = "", on: str = "2025-01-01") -> dict[str, Rows]:
    return fact("visit_intervals", ref, on, interval_days=str(days), approved_by=approved_by)


def test_own_intervals_stand_by_how_much_longer_they_are_than_the_default() -> None:
    parts = [
        *(offender(ref, "2025-01-01", "high") for ref in ("V1", "V2", "V3")),
        *(visit(ref, "2025-01-31") for ref in ("V1", "V2", "V3")),
        *(plan("V1", 30, "S1"), plan("V2", 100, "O1"), plan("V3", 89)),
    ]
    assert listed(parts, "2025-02-15", Concern.OWN) == [("V2", 11), ("V3", 0), ("V1", -59)]
    assert listed(parts, "2025-02-15", Concern.OWN_LONGER) == [("V2", 11)]
    assert listed(parts, "2025-02-15", Concern.OWN_UNAPPROVED) == [("V2", 11), ("V3", 0)]


def test_an_own_interval_that_has_ended_is_not_in_force() -> None:
    ended = fact("visit_intervals", "V1", "2025-01-05", to_on="2025-02-01", interval_days="20", approved_by="S1")
    assert listed([LOW, ended], "2025-01-31", Concern.OWN) != []
    assert listed([LOW, ended], "2025-02-01", Concern.OWN) == []


REACTIVE = [offender("V1", "2020-01-01", "low"), status("V1", "2024-01-01", "reactive")]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([arms("V1", "2024-06-01", "medium")], "Not low risk."),
        ([arms("V1", "2022-01-01", "medium"), arms("V1", "2022-06-01")], "Low risk only since 1 Jun 2022."),
        ([order("V1", "SHPO", "2019-05-01")], "Order in force: SHPO."),
        ([order("V1", "anything new", "2019-05-01")], "Order in force: anything new."),
        ([reviewed("plan_reviews", "V1", "2024-01-31")], "Last reviewed 31 Jan 2024."),
        ([reviewed("supervisor_reviews", "V2", "2024-01-31")], "Never reviewed."),
    ],
)
def test_what_speaks_against_reactive_management_is_said(parts: Parts, reason: str) -> None:
    assert why(ask([*REACTIVE, *parts], "2025-02-01"), Concern.INELIGIBLE) == [reason]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [order("V1", "Notification", "2019-05-01")],
        [order("V1", "SHPO", "2019-05-01", "2025-02-01")],
        [order("V1", "SHPO", "2025-02-02")],
        [arms("V1", "2022-01-01"), arms("V1", "2022-06-01")],
        [reviewed("supervisor_reviews", "V1", "2024-02-01")],
    ],
)
def test_the_settled_low_without_an_order_stay_eligible(parts: Parts) -> None:
    found = board([*REACTIVE, *parts], "2025-02-01", Concern.INELIGIBLE).figures
    assert (found[Concern.INELIGIBLE].numerator, found[Concern.INELIGIBLE].denominator) == (0, 1)
    assert found[Concern.REACTIVE].numerator == 1


RELEASED = [LOW, visit("V1", "2025-01-10"), status("V1", "2025-03-01", "custody")]
BACK = status("V1", "2025-09-01", "community")


@pytest.mark.parametrize(
    ("parts", "on", "told"),
    [
        ([], "2025-09-10", "Released from custody. To be made: 6 days left."),
        ([], "2025-09-20", "Released from custody. Overdue by 4 days."),
        ([visit("V1", "2025-09-16")], "2025-09-20", "Released from custody. Made in time: on 16 Sep 2025."),
        (
            [visit("V1", "2025-09-18")],
            "2025-09-20",
            "Released from custody. Made late: on 18 Sep 2025, 2 days after it was due.",
        ),
        (
            [status("V1", "2025-09-05", "hospital")],
            "2025-09-20",
            "Released from custody. Withdrawn: the clock stopped again.",
        ),
    ],
)
def test_a_release_says_whether_the_first_visit_was_made(parts: Parts, on: str, told: str) -> None:
    assert why(ask([*RELEASED, BACK, *parts], on), Concern.RELEASED) == [told]


def test_a_visit_on_the_day_of_release_is_the_first_visit() -> None:
    question = ask([*RELEASED, BACK, visit("V1", "2025-09-01")], "2025-09-20")
    assert why(question, Concern.RELEASED) == ["Released from custody. Made in time: on 1 Sep 2025."]


def test_a_release_is_shown_for_ninety_days_and_longer_while_its_visit_is_not_made() -> None:
    met = visit("V1", "2025-09-03")
    assert listed([*RELEASED, BACK, met], "2025-11-29", Concern.RELEASED) == [("V1", -13)]
    assert listed([*RELEASED, BACK, met], "2025-11-30", Concern.RELEASED) == []
    assert listed([*RELEASED, BACK], "2026-02-01", Concern.RELEASED_LATE) == [("V1", 138)]


def test_coming_back_from_abroad_is_no_release() -> None:
    parts = [LOW, status("V1", "2025-03-01", "abroad"), status("V1", "2025-04-01", "community")]
    assert listed(parts, "2025-04-10", Concern.RELEASED) == []


def test_the_missing_are_missing_since_the_first_day_without_a_break() -> None:
    gone = [status("V1", "2025-02-01", "missing"), status("V1", "2025-03-01", "community")]
    parts = [LOW, *gone, status("V1", "2025-04-01", "missing"), arms("V1", "2025-04-05", "high")]
    assert listed(parts, "2025-04-11", Concern.MISSING) == [("V1", 10)]


def test_failed_attempts_since_last_seen_are_counted_and_cancelled_ones_are_not() -> None:
    parts = [
        LOW,
        visit("V1", "2025-01-05", "no_reply"),
        visit("V1", "2025-01-10"),
        visit("V1", "2025-02-01", "no_reply"),
        visit("V1", "2025-02-03", "cancelled"),
    ]
    assert listed(parts, "2025-03-01", Concern.FAILED) == []
    more = [*parts, visit("V1", "2025-02-05", "refused"), visit("V1", "2025-04-01", "moved")]
    assert listed(more, "2025-03-01", Concern.FAILED) == [("V1", 2)]
    assert why(ask(more, "2025-03-01"), Concern.FAILED) == ["Last: refused."]


def test_who_was_never_seen_is_listed_from_the_first_day() -> None:
    assert listed([LOW, visit("V1", "2025-01-20")], "2025-01-19", Concern.NEVER_SEEN) == [("V1", 3)]
    assert listed([LOW, visit("V1", "2025-01-20")], "2025-01-20", Concern.NEVER_SEEN) == []


def test_the_unseen_are_those_past_the_limit_of_their_risk_whatever_their_own_interval() -> None:
    parts = [
        offender("V1", "2025-01-01", "high"),
        offender("V2", "2025-01-01", "very_high"),
        plan("V1", 500, "S1"),
        plan("V2", 500, "S1"),
        visit("V1", "2025-01-10"),
        visit("V2", "2025-02-01"),
    ]
    assert listed(parts, "2025-04-02", Concern.UNSEEN) == [("V2", 60)]
    assert listed(parts, "2025-07-11", Concern.UNSEEN) == [("V2", 160), ("V1", 182)]


def test_by_risk_the_longest_unseen_stands_beside_how_many_clocks_run() -> None:
    parts = [LOW, offender("V2", "2025-01-01", "low"), visit("V1", "2025-01-10")]
    by_risk = board(parts, "2025-02-01", Concern.UNSEEN).by_risk
    assert by_risk is not None
    row = by_risk.set_index("risk_level").loc["low"]
    assert (row["running"], row["never_seen"], row["unseen"], row["longest"]) == (2, 1, 0, 22)


def test_a_team_and_a_risk_level_narrow_figures_and_lists_alike() -> None:
    parts = [offender("V1", "2025-01-01", "low", "O1"), offender("V2", "2025-01-01", "high", "O2")]
    question = ask(parts, "2025-03-01", team_ref="T2")
    assert assessments_board(question, Concern.NEVER_SEEN).figures[Concern.NEVER_SEEN].denominator == 1
    narrowed = assessments_board(ask(parts, "2025-03-01"), Concern.NEVER_SEEN, "high")
    assert narrowed.figures[Concern.NEVER_SEEN].numerator == 1
    assert narrowed.figures[Concern.NEVER_SEEN].setting.filters == {"Risk": "high"}


def test_a_risk_level_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no risk level 'extreme'"):
        assessments_board(ask([LOW], "2025-03-01"), risk="extreme")


def test_the_denominators_are_the_running_clocks_of_the_overdue_page_and_the_cases_of_the_caseload_report() -> None:
    parts = [LOW, offender("V2", "2025-01-01", "low", "O1"), status("V2", "2025-02-01", "reactive")]
    question = ask(parts, "2025-03-01")
    figures = assessments_board(question).figures
    assert figures[Concern.NEVER_SEEN].denominator == overdue_board(question).share.denominator == 1
    assert figures[Concern.MISSING].denominator == int(reports.caseload(question)["cases"].sum()) == 2


def test_without_a_choice_the_first_list_that_holds_anybody_is_shown() -> None:
    assert assessments_board(ask([LOW], "2025-03-01")).chosen is Concern.NEVER_SEEN
    assert assessments_board(ask([], "2025-03-01")).chosen is GROUPED[0]


def test_a_board_gets_no_list_and_no_count_under_five() -> None:
    found = board([LOW], "2025-03-01", Concern.NEVER_SEEN, BOARD)
    assert (found.cases, found.by_risk) == (None, None)
    assert found.figures[Concern.NEVER_SEEN].suppressed


def test_with_nobody_managed_no_share_has_a_value() -> None:
    figures = assessments_board(ask([], "2025-03-01")).figures
    assert {figure.value for figure in figures.values()} == {None}


def test_every_concern_has_its_place_in_a_group() -> None:
    assert sorted(GROUPED) == sorted(Concern)
