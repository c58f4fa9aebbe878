"""What holds of the figures whatever the facts are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import pandas as pd
import pytest

from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.services.snapshot import Snapshot, renew, take_snapshot
from tests.spec.asking import Answer, answer_from
from tests.spec.dated import dated_by, loads, recorded_by, standing
from tests.spec.made_up import MadeUp, made_up
from tests.spec.oracle.known import Tables
from tests.spec.state import state
from tests.tables import recordings

IN_AND_OUT = {
    "backlog-flow": (["became_overdue"], ["visited", "interval_changed", "suspended", "ended"]),
    "polit-flow": (["received", "returned"], ["progressed", "closed_from_backlog"]),
}
SEEDS = range(25)


def snapshot_of(tables: Tables, policies: Sequence[Policy], at: datetime | None = None) -> Snapshot:
    return take_snapshot(recordings(tables), Policies(tuple(policies)), known_at=at)


@cache
def made(seed: int) -> MadeUp:
    return made_up(Random(seed))  # noqa: S311


@cache
def whole(seed: int) -> Snapshot:
    """The snapshot of all that is known, which several tests ask."""
    return snapshot_of(made(seed).tables, made(seed).policies)


def drawn(seed: int) -> tuple[MadeUp, Random]:
    # Days asked about that do not hang on how the data was drawn.
    return made(seed), Random(10**6 + seed)  # noqa: S311


def ask(snapshot: Snapshot, query: dict[str, str]) -> Answer:
    return answer_from(snapshot, {name: text for name, text in query.items() if name != "known_at"})


@pytest.mark.parametrize("seed", SEEDS)
def test_opening_plus_in_minus_out_is_closing(seed: int) -> None:
    data, random = drawn(seed)
    snapshot = whole(seed)
    for query in data.queries(random):
        came, went = IN_AND_OUT.get(query["report"], ([], []))
        closing = None
        for row in ask(snapshot, query) if came else []:
            assert closing in (None, row["opening"])
            closing = row["opening"] + sum(row[name] for name in came) - sum(row[name] for name in went)
            assert closing == row["closing"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_figure_is_the_length_of_its_list(seed: int) -> None:
    data, random = drawn(seed)
    snapshot = whole(seed)
    day = str(random.choice(data.days))
    span = {"from": day, "to": day, "every": "day"}
    listed = ask(snapshot, {"report": "overdue", "as_of": day})
    backlog = ask(snapshot, {"report": "backlog", **span})
    flow = ask(snapshot, {"report": "backlog-flow", **span})
    assert sum(row["overdue"] for row in backlog) == flow[0]["closing"] == len(listed)
    assert sum(row["days_overdue_total"] for row in backlog) == sum(row["days_overdue"] for row in listed)
    cases = ask(snapshot, {"report": "polit", "as_of": day})
    polit_flow = ask(snapshot, {"report": "polit-flow", **span})
    assert sum(row["in_backlog"] for row in cases) == polit_flow[0]["closing"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_is_never_more_than_its_whole(seed: int) -> None:
    data, random = drawn(seed)
    snapshot = whole(seed)
    answers = {query["report"]: ask(snapshot, query) for query in data.queries(random)}
    assert all(row["met"] <= row["due"] for row in answers["compliance"])
    assert all(row["in_time"] <= row["acted"] for row in answers["polit-timeliness"])
    assert all(row["double_crewed"] + row["lone"] == row["attended"] for row in answers["crewing"])
    assert all(row["to_move"] <= row["high_risk"] <= row["cases"] for row in answers["caseload"])


@pytest.mark.parametrize("seed", SEEDS)
def test_later_facts_and_policies_do_not_change_a_figure_as_of_a_day(seed: int) -> None:
    data, random = drawn(seed)
    facts = standing(data.tables)
    as_now = snapshot_of(facts, data.policies)
    queries = data.queries(random)
    last = date.fromisoformat(queries[0]["as_of"])
    policies = [policy for policy in data.policies if policy.from_on <= last]
    by_then = snapshot_of(dated_by(facts, last), policies)
    for query in queries:
        assert ask(as_now, query) == ask(by_then, query), query


@pytest.mark.parametrize("seed", SEEDS)
def test_later_recordings_do_not_change_a_figure_as_known_at_a_moment(seed: int) -> None:
    data, random = drawn(seed)
    day = random.choice(data.days)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    as_known = snapshot_of(data.tables, data.policies, at)
    recorded = snapshot_of(recorded_by(data.tables, at), data.policies, at)
    for query in data.queries(random):
        assert ask(as_known, query) == ask(recorded, query), query


@pytest.mark.parametrize("seed", SEEDS)
def test_timeline_renewed_load_by_load_is_the_timeline_built_at_once(seed: int) -> None:
    data, random = drawn(seed)
    policies = Policies(data.policies)
    first, *later = loads(data.tables, random, 3)
    before = recordings(first)
    snapshot = take_snapshot(before, policies)
    for tables in later:
        after = recordings(tables, before.registers)
        snapshot, before = renew(snapshot, before, after), after
    at_once = take_snapshot(before, policies)
    pd.testing.assert_frame_equal(snapshot.timeline.segments, at_once.timeline.segments)
    pd.testing.assert_frame_equal(snapshot.timeline.obligations, at_once.timeline.obligations)
    pd.testing.assert_frame_equal(snapshot.cases.segments, at_once.cases.segments)
    for name, facts in at_once.facts.tables.items():
        pd.testing.assert_frame_equal(snapshot.facts.tables[name], facts)
    for query in data.queries(random):
        assert ask(snapshot, query) == ask(at_once, query), query


@pytest.mark.parametrize("seed", SEEDS)
def test_raising_risk_never_invents_past_days_overdue(seed: int) -> None:
    data, random = drawn(seed)
    facts = standing(data.tables)
    raised_on = random.choice(data.days)
    raises = [
        {
            **row,
            "assessed_on": str(raised_on),
            "tool": "NEW",
            "risk_level": "very_high",
            "recorded_at": "2099-01-01T00:00:00Z",
        }
        for row in facts["offenders"]
    ]
    with_raise = {**facts, "risk_assessments": [*facts["risk_assessments"], *raises]}
    before, after = snapshot_of(facts, data.policies), snapshot_of(with_raise, data.policies)
    eve = str(raised_on - timedelta(days=1))
    assert state(before, {"as_of": eve}) == state(after, {"as_of": eve})
    due_on_eve = {row["offender_ref"]: row["due_on"] for row in state(before, {"as_of": eve})}
    for row in state(after, {"as_of": str(raised_on)}):
        if row["due_on"] and due_on_eve.get(row["offender_ref"]):
            assert row["due_on"] >= min(due_on_eve[row["offender_ref"]], str(raised_on))
