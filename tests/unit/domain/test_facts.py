"""What stands of the recordings (D3, D4)."""

import pandas as pd
import pytest

from offendermgmt.domain.facts import known
from tests.tables import recordings

REGISTERED = {"offender_ref": "V1", "registered_on": "2025-01-01"}
STATUS = {"offender_ref": "V1", "from_on": "2025-02-01"}
CUSTODY = STATUS | {"status": "custody", "recorded_at": "2025-02-01T12:00:00Z"}


def statuses(*rows: dict[str, str], at: str | None = None) -> list[str]:
    facts = known(recordings({"offenders": [REGISTERED], "offender_statuses": rows}), pd.Timestamp(at) if at else None)
    return [str(status) for status in facts.tables["offender_statuses"]["status"]]


def test_the_newest_recording_of_a_key_stands() -> None:
    abroad = STATUS | {"status": "abroad", "recorded_at": "2025-02-03T12:00:00Z"}
    assert statuses(CUSTODY, abroad) == statuses(abroad, CUSTODY) == ["abroad"]


def test_of_recordings_made_at_one_moment_the_last_to_arrive_stands() -> None:
    assert statuses(CUSTODY, CUSTODY | {"status": "abroad"}) == ["abroad"]


def test_a_void_recording_withdraws_the_fact() -> None:
    assert statuses(CUSTODY, CUSTODY | {"is_void": "true"}) == []


def test_a_fact_recorded_again_after_a_void_stands() -> None:
    void = CUSTODY | {"is_void": "true", "recorded_at": "2025-02-02T12:00:00Z"}
    assert statuses(CUSTODY, void, CUSTODY | {"recorded_at": "2025-02-03T12:00:00Z"}) == ["custody"]


@pytest.mark.parametrize(("at", "stands"), [("2025-02-01T11:59:59", []), ("2025-02-01T12:00:00", ["custody"])])
def test_a_recording_is_known_from_its_moment_on(at: str, stands: list[str]) -> None:
    assert statuses(CUSTODY, at=at) == stands


def test_facts_on_different_days_are_different_keys() -> None:
    assert statuses(CUSTODY, CUSTODY | {"from_on": "2025-02-02"}) == ["custody", "custody"]


def test_officers_have_no_recording_time_and_are_always_known() -> None:
    facts = known(recordings({"officers": [{"officer_ref": "O1", "fte": "1"}]}), pd.Timestamp("1980-01-01"))
    assert len(facts.tables["officers"]) == 1
