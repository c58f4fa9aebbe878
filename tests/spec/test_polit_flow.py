"""POLIT's flow holds for any facts: the reports', a plain program's, its own lists', and nothing is given back."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.vocabulary import BACKLOG_STAGES
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.polit_flow import ALL_LEVELS, STAGES, FlowBoard, Part, flow_board
from offendermgmt.services.polit_flow_cases import flow_cases
from offendermgmt.services.polit_flow_events import CHILDREN, CLOCK_STATES, ENFORCED, IN, OUT, Measure
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import MadeUp, made_up
from tests.spec.oracle import case_clocks
from tests.spec.oracle import polit_flow as oracle
from tests.spec.oracle.answers import Oracle
from tests.spec.oracle.cases import Case
from tests.tables import Rows, recordings

SEEDS = range(20)
SOURCES = ("", "NCA", "rest", "all", "referrals", "=")
OUTCOMES = ("", "charged", "caution")
LATER = date(2100, 1, 1)


def told(random: Random, data: MadeUp) -> dict[str, Rows]:
    """The tables with sources and outcomes, and more cases."""
    tables = {name: [dict(row) for row in rows] for name, rows in data.tables.items()}
    for name in [name for name in tables if name.startswith("polit_")]:
        tables[name] += [row | {"case_ref": f"{row['case_ref']}{more}"} for row in tables[name] for more in "ab"]
    for row in tables["polit_cases"]:
        row["source"] = random.choice(SOURCES)
        row["received_on"] = random.choice([row["received_on"], str(random.choice(data.days[:-1]))])
    for row in tables["polit_stages"]:
        row["outcome"] = random.choice(OUTCOMES)
    return tables


@cache
def drawn(seed: int) -> tuple[Question, Oracle]:
    """A question about made-up data, and a plain program over the same: asked by every test, and made once."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    tables = told(random, data)
    at = datetime.fromisoformat(f"{random.choice(data.days)}T12:00:00+00:00") if random.random() < 0.2 else None
    snapshot = take_snapshot(recordings(tables), Policies(data.policies), at)
    first, last = sorted(random.choices(data.days, k=2))
    of_team = random.choice([None, *map(str, snapshot.facts.registers["team"])])
    periods = Periods.between(first, last, random.choice(list(Every)))
    return Question(snapshot, SYSTEM, last, LATER, periods, of_team), Oracle(tables, list(data.policies), at)


def of_all(seed: int) -> tuple[Question, Oracle]:
    """As drawn, of every team: the plain program knows none."""
    question, plain = drawn(seed)
    return replace(question, team_ref=None), plain


def lived(question: Question, plain: Oracle) -> list[Case]:
    return [case for case in plain.cases(question.as_of) if case.days]


def first_of(question: Question) -> date:
    return to_date(int(question.range.first[0]))


@pytest.mark.parametrize("seed", SEEDS)
def test_flow_and_time_to_act_are_the_reports(seed: int) -> None:
    question, _ = drawn(seed)
    board, report = flow_board(question), reports.polit_timeliness(question)
    pd.testing.assert_frame_equal(board.flow.periods, reports.polit_flow(question))
    acted = board.acted.periods[board.acted.periods["group"] != ALL_LEVELS].rename(columns={"group": "risk_level"})
    pd.testing.assert_frame_equal(acted[report.columns].reset_index(drop=True), report)


@pytest.mark.parametrize("seed", SEEDS)
def test_opening_and_what_came_less_what_went_is_closing(seed: int) -> None:
    question, _ = drawn(seed)
    board = flow_board(question)
    for rows in (board.flow.periods, board.flow.whole):
        came = rows[[one for one in IN if one in rows]].sum(axis=1)
        gone = rows[[one for one in OUT if one in rows]].sum(axis=1)
        assert (rows["opening"] + came - gone).tolist() == rows["closing"].tolist()
    running = board.stays.whole.set_index("group")["running"]
    assert running[[str(stage) for stage in BACKLOG_STAGES]].sum() == board.flow.whole["closing"].item()


@pytest.mark.parametrize("seed", SEEDS)
def test_referrals_are_those_of_the_flow_and_those_moved_the_same_day(seed: int) -> None:
    question, _ = drawn(seed)
    board = flow_board(question)
    for rows, flow in zip(vars(board.referrals).values(), vars(board.flow).values(), strict=True):
        assert rows["received"].tolist() == flow["received"].tolist()
        assert (rows["received"] + rows["same_day"]).tolist() == rows["referrals"].tolist()
        assert rows[list(board.source_columns)].sum(axis=1).tolist() == rows["referrals"].tolist()
    closed = board.outcomes.periods
    assert closed[list(board.outcome_columns)].sum(axis=1).tolist() == closed["closed"].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_periods_add_up_to_the_range(seed: int) -> None:
    question, _ = drawn(seed)
    board = flow_board(question)
    for part, columns in (
        (board.children, [*CHILDREN]),
        (board.stays, ["left"]),
        (board.acted, ["acted", "in_time", "late"]),
        (board.clocks, [*CLOCK_STATES]),
        (board.work, [*ENFORCED, "referrals"]),
    ):
        assert added(part.periods, columns) == added(part.whole, columns)


def added(rows: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[int]]:
    groups = rows["group"] if "group" in rows else pd.Series("", index=rows.index)
    return {str(group): list(each.sum()) for group, each in rows[[*map(str, columns)]].groupby(groups)}


@pytest.mark.parametrize("seed", SEEDS)
def test_referrals_by_source_are_the_plain_programs(seed: int) -> None:
    question, plain = of_all(seed)
    counted = oracle.sources(plain.facts, lived(question, plain), first_of(question), question.as_of)
    board = flow_board(question)
    assert board.referrals.whole["referrals"].item() == counted.total()
    assert columns_of(board.sources, "referrals") == {f"={source}": number for source, number in counted.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_time_in_stage_is_the_plain_programs(seed: int) -> None:
    question, plain = of_all(seed)
    stays = [stay for case in lived(question, plain) for stay in oracle.stays(case)]
    rows = flow_board(question).stays.whole.set_index("group")
    for stage in STAGES:
        here = [stay for stay in stays if stay.stage == stage]
        ended = [(stay.left - stay.came).days for stay in here if stay.left and first_of(question) <= stay.left]
        so_far = [(question.as_of - stay.came).days for stay in here if stay.left is None]
        row = rows.loc[stage]
        assert (row["left"], row["running"]) == (len(ended), len(so_far))
        assert [one(row[name]) for name in ("median_days", "nine_in_ten_days")] == both(ended)
        assert [one(row[name]) for name in ("running_median_days", "running_nine_in_ten_days")] == both(so_far)
        assert one(row["longest_days"]) == max(so_far, default=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_closings_by_outcome_are_the_plain_programs(seed: int) -> None:
    question, plain = of_all(seed)
    closed = [each for case in lived(question, plain) for each in oracle.closings(plain.facts, case)]
    inside = [f"={outcome}" for on, outcome in closed if first_of(question) <= on]
    assert columns_of(flow_board(question).results, "closed") == {one: inside.count(one) for one in set(inside)}


@pytest.mark.parametrize("seed", SEEDS)
def test_enforcement_and_children_are_the_plain_programs(seed: int) -> None:
    question, plain = of_all(seed)
    board = flow_board(question)
    whole = board.work.whole.join(board.children.whole[[*map(str, CHILDREN)]]).iloc[0]
    inside = [
        kind
        for on, kind in oracle.done(plain.facts, lived(question, plain))
        if first_of(question) <= on <= question.as_of
    ]
    assert {str(one): whole[one] for one in (*ENFORCED, *CHILDREN)} == {
        str(one): inside.count(str(one)) for one in (*ENFORCED, *CHILDREN)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_clocks_by_receipt_are_the_plain_programs(seed: int) -> None:
    question, plain = of_all(seed)
    found = case_clocks.clocks(plain.facts, lived(question, plain), question.as_of)
    rows = flow_board(question).clocks.whole.set_index("group")
    for name in rows.index:
        here = [clock for (_, of), clock in found.items() if of == name and first_of(question) <= clock.started]
        states = [clock.state for clock in here]
        row = rows.loc[name]
        counted = [row[measure] for measure in ("clock_stopped", "clock_running", "clock_closed")]
        assert counted == [states.count(state) for state in ("stopped", "running", "closed")]
        awaited = [clock.days if clock.stopped else 10**6 for clock in here if clock.state != "closed"]
        least = [days if days is None or days < 10**6 else None for days in both(awaited)]
        assert [one(row[quantile]) for quantile in ("median_days", "nine_in_ten_days")] == least


def both(days: list[int]) -> list[int | None]:
    return [oracle.within(days, 5), oracle.within(days, 9)]


def one(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def columns_of(rows: pd.DataFrame, column: str) -> dict[str, int]:
    return dict(zip(rows["group"], rows[column], strict=True))


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_every_figure_is_the_length_of_its_list(seed: int) -> None:
    question, _ = drawn(seed)
    board = flow_board(question)
    for part in parts(board):
        for measure in (measure for measure in Measure if measure in part.whole and measure is not Measure.RUNNING):
            for row in telling(part, measure, seed):
                period = Periods.whole(row["period_start"].date(), row["period_end"].date())
                listed = flow_cases(question, measure, period, row.get("group"))
                assert len(listed) == row[measure], (measure, row.get("group"), period)


def telling(part: Part, measure: Measure, seed: int) -> list[dict[Hashable, Any]]:
    """Of the range every group that counts anything, of its periods where most is counted, and of both any other.

    In most groups of most periods there is nothing to list.
    """
    mixed = part.periods.sample(frac=1, random_state=seed)
    counts_any = part.whole[part.whole[measure] > 0]
    rows = pd.concat([mixed.nlargest(1, measure), mixed.head(1), counts_any, part.whole.sample(1, random_state=seed)])
    return rows.drop_duplicates(ignore_index=True).to_dict("records")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_source_an_outcome_and_a_stage_now_are_the_length_of_their_lists(seed: int) -> None:
    question, _ = drawn(seed)
    board = flow_board(question)
    whole = Periods.whole(first_of(question), question.as_of)
    now = Periods.whole(question.as_of, question.as_of)
    for measure, rows, period in (
        (Measure.REFERRALS, board.sources, whole),
        (Measure.CLOSED, board.results, whole),
        (Measure.RUNNING, board.stays.whole, now),
    ):
        for row in rows.to_dict("records"):
            assert len(flow_cases(question, measure, period, row["group"])) == row[measure]


def parts(board: FlowBoard) -> list[Part]:
    return [part for part in vars(board).values() if isinstance(part, Part)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_range_of_one_period_is_that_period(seed: int) -> None:
    question, _ = drawn(seed)
    cut = replace(question, as_of=first_of(question), periods=Periods.whole(first_of(question), first_of(question)))
    day = flow_board(cut)
    for part in parts(day):
        assert len(part.whole) == len(part.periods)
        pd.testing.assert_frame_equal(part.periods, part.whole[part.periods.columns])


def test_the_made_up_data_has_every_kind_of_figure() -> None:
    boards = [flow_board(of_all(seed)[0]) for seed in SEEDS]
    for name in ("left", "running"):
        assert sum(board.stays.whole[name].sum() for board in boards) > 0
    for name in (*ENFORCED, *CHILDREN, "same_day", "closed"):
        assert sum(int(part.whole[name].sum()) for board in boards for part in parts(board) if name in part.whole) > 0


@pytest.mark.parametrize("part", ["flow", "referrals", "acted", "outcomes", "work", "children"])
def test_no_case_is_a_board_of_noughts(part: str) -> None:
    snapshot = take_snapshot(recordings({}), drawn(0)[0].snapshot.policies)
    day = date(2025, 1, 31)
    question = Question(snapshot, SYSTEM, day, day, Periods.between(date(2024, 11, 1), day, Every.MONTH))
    rows = getattr(flow_board(question), part).periods
    assert (
        rows.drop(columns=["period_start", "period_end", "group", "rate", "arrests_per_100"], errors="ignore").sum(
            axis=None
        )
        == 0
    )
