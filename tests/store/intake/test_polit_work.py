"""The tables of contract 1.2: what they take, correct and withdraw, and what they refuse, on both databases."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from offendermgmt.domain.facts import known
from offendermgmt.store import Store, migration
from offendermgmt.store.recordings import read_recordings, renew_recordings
from offendermgmt.store.tables import metadata
from tests.databases import FORCE
from tests.store.intake.asking import everything, loaded, news, rows
from tests.unit.intake.extracts import NOW

CASES = "case_ref,received_on,recorded_at\nC1,2025-01-10,2025-01-10T12:00:00Z\n"
# Of each table the header, a row, the same key corrected, and its facts as the domain reads them.
TABLES = {
    "polit_enforcements": (
        "case_ref,enforcement_ref,on,kind",
        "C1,E1,2025-02-01,warrant",
        "C1,E1,2025-02-01,arrest",
        {"on": "2025-02-01", "kind": "arrest"},
    ),
    "polit_examinations": (
        "case_ref,examination_ref,submitted_on,result_on",
        "C1,X1,2025-02-02,",
        "C1,X1,2025-02-02,2025-02-02",
        {"submitted_on": "2025-02-02", "result_on": "2025-02-02"},
    ),
    "polit_access": (
        "case_ref,from_on,access,note",
        "C1,2025-01-10,not_known,",
        "C1,2025-01-10,yes,two at home",
        {"from_on": "2025-01-10", "access": "yes"},
    ),
    "polit_information": (
        "case_ref,information_ref,received_on,needs_assessment,note",
        "C1,I1,2025-01-20,false,",
        "C1,I1,2025-01-20,true,",
        {"received_on": "2025-01-20", "needs_assessment": "True"},
    ),
}
VIEWED = "officer_ref,viewed_on"
ASSESSED = "case_ref,assessed_on,tool,risk_level"
VERSIONED = "case_ref,assessed_on,tool,risk_level,tool_version"


def extract(table: str, row: str) -> dict[str, str]:
    return {"polit_cases": CASES, table: f"{VIEWED if table == 'image_viewing' else TABLES[table][0]}\n{row}\n"}


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_kept_and_again_changes_nothing(store: Store, tmp_path: Path, table: str) -> None:
    tables = extract(table, TABLES[table][1])
    first, again = loaded(store, tmp_path, **tables), loaded(store, tmp_path, **tables)
    assert (news(first)[table], news(again)[table]) == ((1, 0, 0), (0, 1, 0))


@pytest.mark.parametrize("table", TABLES)
def test_a_correction_stands_and_is_read_as_the_domains_facts(store: Store, tmp_path: Path, table: str) -> None:
    _, row, corrected, expected = TABLES[table]
    loaded(store, tmp_path, **extract(table, row))
    before, _ = read_recordings(store, FORCE)
    loaded(store, tmp_path, **extract(table, corrected), now=NOW + timedelta(hours=1))
    after, _ = renew_recordings(store, FORCE, before)
    (fact,) = known(after).tables[table].astype(str).to_dict("records")
    assert len(after.tables[table]) == 2
    assert {name: fact[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("table", "header", "row"),
    [
        *((table, header, row) for table, (header, row, _, _) in TABLES.items()),
        ("image_viewing", VIEWED, "0042,2025-02-03"),
    ],
)
def test_a_void_row_withdraws_the_fact(store: Store, tmp_path: Path, table: str, header: str, row: str) -> None:
    loaded(store, tmp_path, **{"polit_cases": CASES, table: f"{header}\n{row}\n"})
    before, _ = read_recordings(store, FORCE)
    loaded(store, tmp_path, **{table: f"{header},is_void\n{row},true\n"}, now=NOW + timedelta(hours=1))
    after, _ = renew_recordings(store, FORCE, before)
    assert [len(known(recordings).tables[table]) for recordings in (before, after)] == [1, 0]
    assert len(after.tables[table]) == 2


def test_a_day_of_viewing_loaded_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    tables = extract("image_viewing", "0042,2025-02-03")
    first, again = loaded(store, tmp_path, **tables), loaded(store, tmp_path, **tables)
    assert (news(first)["image_viewing"], news(again)["image_viewing"]) == ((1, 0, 0), (0, 1, 0))


@pytest.mark.parametrize(
    ("table", "row", "column", "reason"),
    [
        ("polit_enforcements", "C1,E1,2025-01-09,arrest", "on", "is before C1 was received"),
        ("polit_enforcements", "C1,E1,2025-07-02,arrest", "on", "is in the future"),
        ("polit_enforcements", "C1,E1,2025-02-01,raid", "kind", "arrest, voluntary_interview, warrant"),
        ("polit_enforcements", "C9,E1,2025-02-01,arrest", "case_ref", "is no case in the store"),
        ("polit_examinations", "C1,X1,2025-01-09,", "submitted_on", "is before C1 was received"),
        ("polit_examinations", "C1,X1,2025-02-02,2025-02-01", "result_on", "is before submitted_on 2025-02-02"),
        ("polit_examinations", "C1,X1,2025-06-02,2025-07-02", "result_on", "is in the future"),
        ("polit_examinations", "C1,X1,2025-07-02,", "submitted_on", "is in the future"),
        ("polit_access", "C1,2025-01-09,yes,", "from_on", "is before C1 was received"),
        ("polit_access", "C1,2025-01-10,maybe,", "access", "yes, no, not_known"),
        ("polit_information", "C1,I1,2025-01-09,true,", "received_on", "is before C1 was received"),
        ("polit_information", "C1,I1,2025-07-02,true,", "received_on", "is in the future"),
        ("polit_information", "C1,I1,2025-02-01,,", "needs_assessment", "is empty"),
        ("image_viewing", "0042,2025-07-02", "viewed_on", "is in the future"),
        ("image_viewing", "0099,2025-06-02", "officer_ref", "is no officer in the store"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(
    store: Store, tmp_path: Path, table: str, row: str, column: str, reason: str
) -> None:
    (refusal,) = loaded(store, tmp_path, **extract(table, row)).refusals
    assert (refusal.table, refusal.column) == (table, column)
    assert reason in refusal.reason


def test_an_extract_without_the_tools_version_loads_and_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    tables = {"polit_cases": CASES, "polit_assessments": f"{ASSESSED}\nC1,2025-01-11,KIRAT,high\n"}
    first, again = loaded(store, tmp_path, **tables), loaded(store, tmp_path, **tables)
    assert news(first)["polit_assessments"] == (1, 0, 0)
    assert news(again)["polit_assessments"] == (0, 1, 0)


def test_the_tools_version_put_in_later_is_a_correction(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, polit_cases=CASES, polit_assessments=f"{ASSESSED}\nC1,2025-01-11,KIRAT,high\n")
    versioned = {"polit_assessments": f"{VERSIONED}\nC1,2025-01-11,KIRAT,high,2\n"}
    later = loaded(store, tmp_path, **versioned, now=NOW + timedelta(hours=1))
    again = loaded(store, tmp_path, **versioned, now=NOW + timedelta(hours=2))
    assert news(later)["polit_assessments"] == (1, 0, 0)
    assert news(again)["polit_assessments"] == (0, 1, 0)
    recordings, _ = read_recordings(store, FORCE)
    assert list(known(recordings).tables["polit_assessments"]["tool_version"]) == ["2"]


def put_into_an_old_store(store: Store) -> None:
    """A case and its assessment, as a store of contract 1.1 holds them."""
    migration.move(store.engine, "0003")
    at = datetime(2025, 1, 11, 9, tzinfo=UTC)
    case = {"force_ref": FORCE, "case_ref": "C1", "recording_id": 1}
    recorded = {"force_ref": FORCE, "case_ref": "C1", "batch_id": 1, "recorded_at": at}
    assessment = {"assessed_on": date(2025, 1, 11), "tool": "KIRAT", "risk_level": "high"}
    with store.engine.begin() as connection:
        for table, row in {
            "forces": {"force_ref": FORCE, "created_at": at},
            "store_revision": {"force_ref": FORCE, "revision": 1, "last_recording_id": 2},
            "case_identities": case,
            "polit_cases": {**recorded, "recording_id": 1, "received_on": date(2025, 1, 10)},
            "polit_assessments": {**recorded, "recording_id": 2, **assessment},
        }.items():
            connection.execute(insert(metadata.tables[table]).values(row))


def test_an_old_store_keeps_its_assessments_and_the_same_row_again_changes_nothing(
    empty_address: str, tmp_path: Path
) -> None:
    with Store(empty_address) as store:
        put_into_an_old_store(store)
        store.initialise(FORCE)
        before = everything(store)
        again = loaded(store, tmp_path, people=False, polit_assessments=f"{ASSESSED}\nC1,2025-01-11,KIRAT,high\n")
        assert news(again) == {"polit_assessments": (0, 1, 0)}
        assert everything(store) == before
        assert rows(store, "polit_assessments", "risk_level", "tool_version") == [("high", None)]
