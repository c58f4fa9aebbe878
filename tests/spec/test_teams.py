"""Teams and the unallocated add up to the whole."""

from datetime import date
from functools import cache
from random import Random

import pandas as pd
import pytest

from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policies
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from tests.spec.made_up import made_up
from tests.tables import recordings

SEEDS = range(30)
UNALLOCATED_ONLY = Viewer("nobody's", Role.SUPERVISOR, team_refs=())
ADDITIVE = {
    reports.backlog: ["overdue", "days_overdue_total"],
    reports.backlog_flow: ["opening", "became_overdue", "visited", "interval_changed", "suspended", "ended", "closing"],
    reports.compliance: ["due", "met"],
    reports.crewing: ["attended", "completed", "double_crewed", "lone", "lone_authorised"],
    reports.polit_flow: ["opening", "received", "returned", "progressed", "closed_from_backlog", "closing"],
    reports.polit_timeliness: ["acted", "in_time"],
}


@pytest.mark.parametrize("seed", SEEDS)
def test_teams_and_the_unallocated_add_up_to_the_whole(seed: int) -> None:
    whole, parts = _questions(seed)
    for report, columns in ADDITIVE.items():
        added = sum((report(part)[columns] for part in parts[1:]), start=report(parts[0])[columns])
        pd.testing.assert_frame_equal(added, report(whole)[columns])


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_of_teams_and_the_unallocated_are_the_whole_list(seed: int) -> None:
    whole, parts = _questions(seed)
    for report, ref in (
        (reports.overdue, "offender_ref"),
        (reports.polit, "case_ref"),
        (reports.caseload, "officer_ref"),
    ):
        listed = [str(name) for part in parts for name in report(part)[ref]]
        assert sorted(listed) == sorted(report(whole)[ref])


@pytest.mark.parametrize("seed", SEEDS)
def test_flow_of_a_team_adds_up_with_its_transfers(seed: int) -> None:
    _, parts = _questions(seed)
    for part in parts:
        flow = reports.backlog_flow(part)
        came = flow[["opening", "became_overdue", "transferred_in"]].sum(axis=1)
        went = flow[["visited", "interval_changed", "suspended", "ended", "transferred_out"]].sum(axis=1)
        assert (came - went == flow["closing"]).all()


@cache
def _questions(seed: int) -> tuple[Question, list[Question]]:
    """The whole of made-up data, and its parts: each is asked by every test, and its snapshot made once."""
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    snapshot = take_snapshot(recordings(data.tables), Policies(data.policies))
    first, last = sorted(random.choices(data.days, k=2))
    periods = Periods.between(first, last, random.choice(list(Every)))
    teams = [str(team) for team in snapshot.facts.registers["team"]]

    def asked(viewer: Viewer, team: str | None = None) -> Question:
        return Question(snapshot, viewer, last, date(2100, 1, 1), periods, team)

    return asked(SYSTEM), [asked(UNALLOCATED_ONLY), *(asked(SYSTEM, team) for team in teams)]
