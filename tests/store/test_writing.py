"""One write is one transaction, one revision, one writer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from offendermgmt.store import FactRefused, Store, StoreBusy, StoreNotReady, UnitOfWork
from offendermgmt.store.tables import RECORDINGS
from offendermgmt.store.tables.ledger import AuditRecord, LoadBatch
from tests.store.facts import FACTS, PEOPLE, Columns, put, write

UNKNOWN: Mapping[str, Columns] = {
    "allocations": {"offender_ref": ["V9"], "from_on": [date(2025, 1, 1)], "officer_ref": ["0042"]}
}


def audit_and_put(work: UnitOfWork, load: Mapping[str, Columns]) -> None:
    work.audit("save", "offender", "V1", {"field": "note"})
    put(work, load)


def rows(store: Store, table: str) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(RECORDINGS[table])).scalar_one()


def test_every_table_takes_rows(store: Store) -> None:
    write(store, PEOPLE, FACTS)
    assert {name: rows(store, name) for name in RECORDINGS} == {
        name: len(next(iter(columns.values()))) for name, columns in {**PEOPLE, **FACTS}.items()
    }


def test_each_write_moves_the_revision_by_one(store: Store) -> None:
    write(store, PEOPLE)
    write(store, FACTS)
    assert store.revision("FEN") == 2


def test_a_write_that_raises_leaves_rows_and_revision_as_they_were(store: Store) -> None:
    with pytest.raises(FactRefused):
        write(store, PEOPLE, FACTS, UNKNOWN)
    assert (store.revision("FEN"), rows(store, "visits")) == (0, 0)


def test_recordings_are_numbered_on_from_the_last_write(store: Store) -> None:
    write(store, PEOPLE)
    write(store, {"teams": PEOPLE["teams"]})
    with store.read() as connection:
        numbers = connection.execute(select(RECORDINGS["teams"].c.recording_id)).scalars().all()
    assert numbers == [1, 7]


def test_a_second_writer_is_refused_with_a_sentence(store: Store, store_address: str) -> None:
    with (
        Store(store_address, patience=0.1) as other,
        store.write("FEN", user="first"),
        pytest.raises(StoreBusy, match="Somebody else is writing"),
        other.write("FEN", user="second"),
    ):
        pass
    assert store.revision("FEN") == 1


def test_a_reader_sees_nothing_of_a_write_until_it_ends(store: Store) -> None:
    with store.write("FEN", user="tester") as work:
        put(work, PEOPLE)
        assert rows(store, "teams") == 0
    assert rows(store, "teams") == 1


def test_a_reader_keeps_its_state_while_another_writes(store: Store) -> None:
    count = select(func.count()).select_from(RECORDINGS["teams"])
    with store.read() as connection:
        before = connection.execute(count).scalar_one()
        write(store, PEOPLE)
        assert connection.execute(count).scalar_one() == before


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("allocations", UNKNOWN["allocations"]),
        ("allocations", {"offender_ref": ["V1"], "from_on": [date(2025, 1, 1)], "officer_ref": ["9999"]}),
        (
            "visits",
            {
                "visit_ref": ["x"],
                "offender_ref": ["V1"],
                "visited_at": [datetime(2025, 1, 1, tzinfo=UTC)],
                "outcome": ["moved"],
                "officer_refs": ["0042;9999"],
            },
        ),
        ("offender_statuses", {"offender_ref": ["V1"], "from_on": [date(2025, 1, 1)], "status": ["at large"]}),
        ("visit_intervals", {"offender_ref": ["V1"], "from_on": [date(2025, 1, 1)], "interval_days": [732]}),
        (
            "officer_availability",
            {"officer_ref": ["0042"], "from_on": [date(2025, 1, 2)], "to_on": [date(2025, 1, 2)], "fte": [0.5]},
        ),
        ("polit_stages", {"case_ref": ["C9"], "from_on": [date(2025, 1, 1)], "stage": ["closed"]}),
        (
            "polit_examinations",
            {
                "case_ref": ["C1"],
                "examination_ref": ["X1"],
                "submitted_on": [date(2025, 3, 2)],
                "result_on": [date(2025, 3, 1)],
            },
        ),
        ("polit_access", {"case_ref": ["C1"], "from_on": [date(2025, 3, 1)], "access": ["perhaps"]}),
        ("image_viewing", {"officer_ref": ["9999"], "viewed_on": [date(2025, 3, 1)]}),
    ],
    ids=[
        "offender",
        "officer",
        "crew",
        "word",
        "range",
        "ends before it starts",
        "case",
        "result before it was sent",
        "access",
        "viewer",
    ],
)
def test_what_the_contract_forbids_is_refused(store: Store, table: str, columns: Columns) -> None:
    write(store, PEOPLE)
    with pytest.raises(FactRefused):
        write(store, {table: columns})
    assert (store.revision("FEN"), rows(store, table)) == (1, 0)


def test_columns_that_do_not_fit_the_table_are_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="teams has no column colour"):
        write(store, {"teams": {"colour": ["blue"]}})
    with pytest.raises(ValueError, match="differ in length"):
        write(store, {"teams": {"team_ref": ["T1", "T2"], "unit": ["MOSOVO"]}})


def test_a_moment_without_offset_is_a_mistake(store: Store) -> None:
    naive = datetime(2025, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without an offset"):
        write(store, {"teams": {**PEOPLE["teams"], "recorded_at": [naive]}})


def test_a_force_that_is_not_in_the_store_cannot_write(store: Store) -> None:
    with pytest.raises(StoreNotReady, match="no force XYZ"), store.write("XYZ", user="tester"):
        pass


def test_a_load_is_described_by_its_batch(store: Store) -> None:
    with store.write("FEN", user="tester", source="extract.zip") as work:
        work.is_strict = True
        work.notices.append("visits: column colour ignored")
        work.insert("teams", PEOPLE["teams"])
        work.count("teams", unchanged=3, refused=1)
    with store.read() as connection:
        batch = connection.execute(select(LoadBatch.__table__)).one()
    assert (batch.source, batch.loaded_by, batch.is_strict, batch.revision) == ("extract.zip", "tester", True, 1)
    assert batch.row_counts == {"teams": {"loaded": 1, "unchanged": 3, "refused": 1}}
    assert batch.notices == ["visits: column colour ignored"]


def test_an_audit_record_stands_or_falls_with_its_write(store: Store) -> None:
    with pytest.raises(FactRefused), store.write("FEN", user="tester") as work:
        audit_and_put(work, UNKNOWN)
    with store.write("FEN", user="tester") as work:
        audit_and_put(work, PEOPLE)
    with store.read() as connection:
        record = connection.execute(select(AuditRecord.__table__)).one()
    assert (record.user_ref, record.action, record.subject_ref, record.revision) == ("tester", "save", "V1", 1)
    assert record.details == {"field": "note"}


def test_recording_a_look_leaves_the_revision_where_it_is(store: Store) -> None:
    store.audit("FEN", user="tester", action="view", subject_kind="offender", subject_ref="V1")
    with store.read() as connection:
        record = connection.execute(select(AuditRecord.__table__)).one()
    assert (record.action, record.at.tzinfo, store.revision("FEN")) == ("view", UTC, 0)


def test_a_dated_store_records_at_its_own_moment_and_audits_at_the_machines(store: Store) -> None:
    then = datetime(2025, 6, 2, 8, 30, tzinfo=UTC)
    with store.dated(lambda: then).write("FEN", user="tester") as work:
        work.insert("teams", {"team_ref": ["T9"], "name": ["North"], "unit": ["MOSOVO"]})
        work.audit("told")
    with store.read() as connection:
        (recorded,) = connection.execute(select(RECORDINGS["teams"].c.recorded_at)).scalars()
        (audited,) = connection.execute(select(AuditRecord.at)).scalars()
    assert recorded == then
    assert audited > then
