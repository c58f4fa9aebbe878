"""The trends hold for any facts: parts add up to the whole, and every figure is the report's."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pandas as pd
import pytest

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.comparison import Compared, compare
from offendermgmt.services.definitions import DAYS_OVERDUE, HIGH_RISK_OVERDUE, MOST_OVERDUE, OVERDUE, OVERDUE_SHARE
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from offendermgmt.services.trend_cases import Measure, trend_cases
from offendermgmt.services.trend_definitions import SHARE_OF_MANAGED
from offendermgmt.services.trends import Split, attempts_trend, backlog_trend, trend_tables
from tests.spec.made_up import made_up
from tests.tables import recordings

# In 83 somebody leaves the backlog because the interval changed, as in none before it.
SEEDS = (*range(29), 83)
BOARD = (OVERDUE, OVERDUE_SHARE, HIGH_RISK_OVERDUE, DAYS_OVERDUE, MOST_OVERDUE)
ADDITIVE = ["overdue", "days_overdue_total"]


@cache
def drawn(seed: int) -> Question:
    """A question about made-up data: each is asked by every test, and its snapshot made once."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    snapshot = take_snapshot(recordings(data.tables), Policies(data.policies))
    days = sorted(random.choices(data.days, k=6))
    first, last = days[0], days[-1]
    team = random.choice([None, None, None, *(str(team) for team in snapshot.facts.registers["team"])])
    periods = Periods.between(first, last, random.choice(list(Every)))
    return Question(snapshot, SYSTEM, last, date(2100, 1, 1), periods, team)


def added(question: Question, split: Split, columns: list[str]) -> pd.DataFrame:
    return backlog_trend(question, split).groupby("on")[columns].sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_risks_bands_and_teams_each_add_up_to_the_whole_backlog(seed: int) -> None:
    question = drawn(seed)
    whole = added(question, Split.WHOLE, ADDITIVE)
    for split in (Split.RISK, Split.BAND, Split.TEAM):
        pd.testing.assert_frame_equal(added(question, split, ADDITIVE).reindex(whole.index, fill_value=0), whole)


@pytest.mark.parametrize("seed", SEEDS)
def test_clocks_and_people_by_risk_and_by_team_add_up_to_the_whole(seed: int) -> None:
    question = drawn(seed)
    clocks = ["running", "managed"]
    whole = added(question, Split.WHOLE, clocks)
    for split in (Split.RISK, Split.TEAM):
        pd.testing.assert_frame_equal(added(question, split, clocks).reindex(whole.index, fill_value=0), whole)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_longest_of_any_split_is_the_longest(seed: int) -> None:
    question = drawn(seed)
    whole = backlog_trend(question).set_index("on")["longest_days_overdue"]
    for split in (Split.RISK, Split.BAND, Split.TEAM):
        longest = backlog_trend(question, split).groupby("on")["longest_days_overdue"].max()
        assert longest.reindex(whole.index, fill_value=0).tolist() == whole.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_backlog_by_risk_is_the_report(seed: int) -> None:
    question = drawn(seed)
    report = reports.backlog(question)
    trend = backlog_trend(question, Split.RISK).rename(columns={"group": "risk_level"})
    pd.testing.assert_frame_equal(trend[report.columns], report)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_day_by_band_is_the_overdue_list_by_band(seed: int) -> None:
    question = drawn(seed)
    trend = backlog_trend(question, Split.BAND)
    last = trend[trend["on"] == trend["on"].max()].set_index("group")["overdue"]
    listed = reports.overdue(question)["band"].value_counts()
    assert last[last > 0].to_dict() == listed.to_dict()


@pytest.mark.parametrize("seed", SEEDS)
def test_clocks_of_the_last_day_are_those_under_the_boards_share(seed: int) -> None:
    question = drawn(seed)
    last, share = backlog_trend(question).iloc[-1], overdue_board(question).share
    assert (last["overdue"], last["running"]) == (share.numerator, share.denominator)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_managed_of_each_day_are_those_standing_on_it_in_every_state_but_ended(seed: int) -> None:
    question = drawn(seed)
    rows = backlog_trend(question)
    at_ends = {day: standing(question.snapshot.timeline.segments, int(day)) for day in question.range.last}
    counted = [
        int(((at["status"] != ENDED) & question.offender_scope.holds(at["officer"].to_numpy())).sum())
        for at in at_ends.values()
    ]
    assert rows["managed"].tolist() == counted
    assert (rows["overdue"] + rows["not_overdue"] + rows["stopped"]).tolist() == counted
    assert rows["managed"].iloc[-1] == reports.caseload(question)["cases"].sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bands_share_of_all_managed_is_of_everybody_and_adds_up(seed: int) -> None:
    question = drawn(seed)
    whole = backlog_trend(question).set_index("on")["share_of_managed"]
    bands = backlog_trend(question, Split.BAND).groupby("on")["share_of_managed"].sum(min_count=1)
    pd.testing.assert_series_equal(bands, whole)


@pytest.mark.parametrize("seed", SEEDS)
def test_flow_and_compliance_are_the_reports(seed: int) -> None:
    question = drawn(seed)
    report, tables = reports.compliance(question), trend_tables(question)
    pd.testing.assert_frame_equal(tables.flow, reports.backlog_flow(question))
    pd.testing.assert_frame_equal(tables.compliance[report.columns], report)


@pytest.mark.parametrize("seed", SEEDS)
def test_closing_of_the_flow_is_the_backlog_of_the_trend(seed: int) -> None:
    question = drawn(seed)
    assert reports.backlog_flow(question)["closing"].tolist() == backlog_trend(question)["overdue"].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_attended_and_completed_are_the_crewing_reports(seed: int) -> None:
    question = drawn(seed)
    columns = ["period_start", "period_end", "attended", "completed"]
    pd.testing.assert_frame_equal(attempts_trend(question)[columns], reports.crewing(question)[columns])


def counted(question: Question) -> pd.DataFrame:
    tables = trend_tables(question)
    trends = (tables.flow, tables.compliance, tables.attempts)
    return pd.concat([trend.drop(columns=["period_start", "period_end"]) for trend in trends], axis=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_a_period_is_the_length_of_its_list(seed: int) -> None:
    question = drawn(seed)
    figures = counted(question)
    for measure in Measure:
        # Where it counts most, and the first: of most periods of most measures there is nothing to list.
        for at in {0, *figures[measure].nlargest(2).index} if measure in figures else set():
            period = Periods.whole(to_date(question.range.first[at]), to_date(question.range.last[at]))
            assert len(trend_cases(question, measure, period)) == figures[measure].iloc[at], (measure, at)


def test_the_made_up_data_has_something_of_every_figure() -> None:
    figures = pd.concat([counted(drawn(seed)) for seed in SEEDS])
    assert [name for name in figures if not figures[name].gt(0).any()] == []


def both(compared: Compared) -> tuple[Figure, Figure]:
    return compared.earlier, compared.later


@pytest.mark.parametrize("seed", SEEDS)
def test_two_days_compared_are_each_days_board_and_the_flow_between(seed: int) -> None:
    question = drawn(seed)
    earlier, later = question.as_of - timedelta(days=40), question.as_of
    compared = compare(question, earlier, later)
    size = compared.figures[0]
    for day, figures in zip((earlier, later), zip(*map(both, compared.figures), strict=True), strict=True):
        board = overdue_board(replace(question, as_of=day, periods=None))
        same = [figure for figure in figures if figure.definition in BOARD]
        assert same == [board.size, board.share, board.high_risk, board.days_total, board.longest]
        trend = backlog_trend(replace(question, as_of=day, periods=None)).iloc[0]
        of_all = next(figure for figure in figures if figure.definition is SHARE_OF_MANAGED)
        assert (of_all.numerator, of_all.denominator) == (trend["overdue"], trend["managed"])
    flow = compared.flow.iloc[0]
    assert (size.earlier.value, size.later.value) == (flow["opening"], flow["closing"])
    assert compared.groups is not None
    assert (
        compared.groups.groupby("split")[["earlier", "later"]].sum().to_numpy().tolist()
        == [[size.earlier.value, size.later.value]] * 2
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_group_of_the_backlog_is_the_length_of_its_list(seed: int) -> None:
    question = drawn(seed)
    last = Periods.whole(question.as_of, question.as_of)
    for split in Split:
        rows = backlog_trend(question, split)
        for row in rows[rows["on"] == rows["on"].max()].to_dict("records"):
            group = (split, row["group"])
            late = trend_cases(question, Measure.OVERDUE, last, group)["days_overdue"]
            assert (len(late), late.sum()) == (row["overdue"], row["days_overdue_total"])
            if split is not Split.BAND:
                assert len(trend_cases(question, Measure.RUNNING, last, group)) == row["running"]
                everybody = trend_cases(question, Measure.MANAGED, last, group)
                assert (len(everybody), everybody["due_on"].count()) == (row["managed"], row["running"])
                assert everybody["days_overdue"].count() == row["overdue"]
