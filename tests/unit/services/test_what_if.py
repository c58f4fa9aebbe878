"""What caseloads would be, and that they are what the report says once the move is on record."""

from random import Random
from typing import Any

import pandas as pd
import pytest

from offendermgmt.domain.policy import Policies
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.services import reports
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.question import Question
from offendermgmt.services.snapshot import take_snapshot
from offendermgmt.services.what_if import MEASURES, what_if
from tests.spec.made_up import OFFICERS, made_up
from tests.tables import recordings
from tests.unit.services.force import ask, offender
from tests.unit.services.test_caseload import NORTH, away, held

DAY = "2025-02-01"


def measures(rows: pd.DataFrame, ref: str, when: str, *names: str) -> tuple[Any, ...]:
    [found] = rows[(rows.iloc[:, 0] == ref) & (rows["when"] == when)].to_dict("records")
    return tuple(found[name] for name in names)


def test_both_officers_are_shown_before_and_after() -> None:
    result = what_if(ask([*held(4, 6), *held(0, 9, "O2", 20)], DAY), {"V000": "O2", "V001": "O2"})
    assert measures(result.officers, "O1", "before", "cases", "high_risk", "exceeds_threshold") == (10, 4, True)
    assert measures(result.officers, "O1", "after", "cases", "high_risk", "to_move") == (8, 2, 1)
    assert measures(result.officers, "O2", "after", "cases", "high_risk", "share") == (11, 2, 2 / 11)


def test_an_officer_who_held_nothing_had_no_share() -> None:
    result = what_if(ask(held(0, 2), DAY), {"V000": "O2"})
    cases, share, per_fte, exceeds = measures(
        result.officers, "O2", "before", "cases", "share", "cases_per_fte", "exceeds_cap"
    )
    assert (cases, pd.isna(share), per_fte, exceeds) == (0, True, 0.0, False)


def test_one_who_is_away_exceeds_with_the_first_case() -> None:
    result = what_if(ask([*held(0, 2), away("O2")], DAY), {"V000": "O2"})
    assert [measures(result.officers, "O2", when, "exceeds_cap") for when in ("before", "after")] == [(False,), (True,)]


def test_a_team_keeps_its_cases_when_they_move_within_it() -> None:
    result = what_if(ask(held(4, 6), DAY), {"V000": "S1", "V001": "S1", "V002": "S1"})
    before, after = (
        measures(result.teams, "T1", when, "cases", "high_risk", "fte", "cases_per_fte") for when in ("before", "after")
    )
    assert before == after == (10, 4, 2.0, 5.0)
    assert measures(result.teams, "T1", "before", "over_share") == (1,)


def test_a_case_of_nobody_may_be_given_to_somebody() -> None:
    result = what_if(ask(held(0, 2, None), DAY), {"V000": "O1"})
    assert measures(result.officers, "", "after", "cases") == (1,)
    assert measures(result.officers, "O1", "after", "cases") == (1,)


def test_a_case_or_an_officer_of_another_team_is_not_a_supervisors_to_move() -> None:
    parts = [*held(0, 2), *held(0, 2, "O2", 10)]
    with pytest.raises(NotPermitted, match="your own teams"):
        what_if(ask(parts, DAY, NORTH), {"V000": "O2"})
    with pytest.raises(NotPermitted, match="your own teams"):
        what_if(ask(parts, DAY, NORTH), {"V010": "O1"})


def test_those_who_see_counts_cannot_ask() -> None:
    with pytest.raises(NotPermitted, match="sees counts"):
        what_if(ask([offender("V1", "2025-01-01", "low", "O1")], DAY, Viewer("x", Role.BOARD)), {"V1": "O2"})


def test_an_officer_who_is_not_there_is_said_to_be_unknown() -> None:
    with pytest.raises(ValueError, match="no officer 'O9'"):
        what_if(ask(held(0, 1), DAY), {"V000": "O9"})


@pytest.mark.parametrize("seed", range(60))
def test_what_if_is_what_the_report_says_once_it_is_on_record(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    data = made_up(random)
    day = random.choice(data.days)
    before = Question(take_snapshot(recordings(data.tables), Policies(data.policies)), SYSTEM, day, day)
    managed = managed_refs(before)
    moves = {ref: random.choice(OFFICERS) for ref in random.sample(managed, random.randint(0, len(managed)))}
    allocated = [{"offender_ref": ref, "from_on": f"{day}", "officer_ref": to} for ref, to in moves.items()]
    recorded = [row | {"recorded_at": "2099-01-01T00:00:00Z"} for row in allocated]
    tables = {**data.tables, "allocations": [*data.tables["allocations"], *recorded]}
    after = Question(take_snapshot(recordings(tables), Policies(data.policies)), SYSTEM, day, day)

    report = reports.caseload(after).set_index("officer_ref")[MEASURES]
    result = what_if(before, moves).officers
    said = result[result["when"] == "after"].set_index("officer_ref")[MEASURES]

    held_after = said[said["cases"] > 0]
    concerned = report[report.index.isin(said.index)]
    pd.testing.assert_frame_equal(held_after, concerned, check_dtype=False, check_index_type=False, check_like=True)


def managed_refs(question: Question) -> list[str]:
    now = standing(question.snapshot.timeline.segments, question.on)
    codes = now[(now["status"] != ENDED).to_numpy()]["offender"]
    return [str(ref) for ref in question.snapshot.facts.registers["offender"][codes]]
