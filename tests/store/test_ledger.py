"""Histories, people, freshness, refused rows and policy versions."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import insert, select

from offendermgmt.store import Store
from offendermgmt.store.freshness import freshness
from offendermgmt.store.histories import case_history, history, people
from offendermgmt.store.policies import append_policy, policy_versions
from offendermgmt.store.refusals import RefusedRowClosed, dismiss_refused_row, open_refused_rows
from offendermgmt.store.tables.ledger import AuditRecord, RefusedRow
from tests.store.facts import FACTS, PEOPLE, RECORDED, write

REFUSED = {
    "table_name": "visits",
    "file": "visits.csv",
    "line": 7,
    "column": "outcome",
    "value": "=1+1",
    "reason": "not an outcome",
    "row": {"visit_ref": "x"},
    "natural_key": "x",
    "content_hash": "abc",
}


def refuse_one(store: Store) -> None:
    with store.write("FEN", user="loader", source="extract") as work:
        work.count("visits", refused=1)
        ours = {"force_ref": "FEN", "refused_id": 1, "batch_id": work.batch_id, "last_batch_id": work.batch_id}
        work.connection.execute(insert(RefusedRow).values({**REFUSED, **ours}))


def test_history_holds_every_recording_of_one_offender_with_all_columns(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    found = history(store, "FEN", "V2")
    assert {table: len(rows) for table, rows in found.items() if rows} == {
        "offenders": 1,
        "allocations": 1,
        "visit_intervals": 1,
        "supervisor_reviews": 1,
        "plan_reviews": 1,
        "visits": 1,
    }
    visit = found["visits"][0]
    assert (visit["lone_reason"], visit["visited_on"]) == ("no one free", date(2025, 1, 2))
    assert visit["lone_authorised_at"] == datetime(2025, 1, 2, 9, tzinfo=UTC)


def test_case_history_holds_every_recording_of_one_case(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    assert {table: len(rows) for table, rows in case_history(store, "FEN", "C1").items()} == {
        "polit_cases": 1,
        "polit_stages": 1,
        "polit_assessments": 1,
        "polit_allocations": 1,
        "polit_activities": 1,
        "polit_children": 1,
        "polit_enforcements": 1,
        "polit_examinations": 2,
        "polit_access": 1,
        "polit_information": 1,
    }


def test_people_are_as_last_recorded(store: Store) -> None:
    write(store, PEOPLE)
    corrected = {"surname": ["Ivy", "Oak"], "recorded_at": [RECORDED + timedelta(days=1), RECORDED - timedelta(days=1)]}
    write(store, {"offenders": {**PEOPLE["offenders"], **corrected}})
    found = people(store, "FEN")
    assert list(found["offender_ref"]) == ["V1", "V2"]
    assert list(found["surname"]) == ["Fir", "Ivy"]
    assert list(found["date_of_birth"].isna()) == [True, False]


def test_people_of_an_empty_store_have_the_same_columns(store: Store) -> None:
    none = people(store, "FEN")
    write(store, PEOPLE)
    pd.testing.assert_series_equal(none.dtypes, people(store, "FEN").dtypes)


def test_freshness_names_the_last_load_of_each_table(store: Store) -> None:
    write(store, PEOPLE)
    with store.write("FEN", user="tester", source="later") as work:
        work.count("officers", unchanged=2)
    loads = {load.table: (load.source, load.loaded, load.unchanged) for load in freshness(store, "FEN").loads}
    assert loads == {
        "officers": ("later", 0, 2),
        "teams": ("extract", 1, 0),
        "offenders": ("extract", 2, 0),
        "polit_cases": ("extract", 1, 0),
    }


def test_freshness_of_an_empty_store_is_never(store: Store) -> None:
    found = freshness(store, "FEN")
    assert (found.last_loaded_at, found.loads, found.open_refused) == (None, (), 0)


def test_refused_rows_wait_until_dismissed(store: Store) -> None:
    refuse_one(store)
    (row,) = open_refused_rows(store, "FEN")
    assert (row.line, row.value, row.row, freshness(store, "FEN").open_refused) == (7, "=1+1", {"visit_ref": "x"}, 1)
    with store.write("FEN", user="di") as work:
        dismiss_refused_row(work, row.refused_id, "a test visit")
    assert open_refused_rows(store, "FEN") == []
    with store.read() as connection:
        assert connection.execute(select(AuditRecord.details)).scalar_one() == {"reason": "a test visit"}


def test_a_refused_row_is_dismissed_once(store: Store) -> None:
    refuse_one(store)
    with store.write("FEN", user="di") as work:
        dismiss_refused_row(work, 1, "a test visit")
    with pytest.raises(RefusedRowClosed, match="Refused row 1 is not open"), store.write("FEN", user="dci") as work:
        dismiss_refused_row(work, 1, "again")
    assert store.revision("FEN") == 2


def test_policy_versions_are_numbered_in_order(store: Store) -> None:
    for day in (1, 2):
        with store.write("FEN", user="admin") as work:
            append_policy(work, "x = 1", from_on=date(2025, 1, day), reason="review", source_note="board paper")
    found = policy_versions(store, "FEN")
    assert [(row.version, row.from_on, row.author, row.document) for row in found] == [
        (1, date(2025, 1, 1), "admin", "x = 1"),
        (2, date(2025, 1, 2), "admin", "x = 1"),
    ]
