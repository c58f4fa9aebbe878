"""What a load puts on record, on both databases."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from offendermgmt.intake.loading import StrictLoadRefused, load
from offendermgmt.store import Store
from offendermgmt.store.refusals import dismiss_refused_row
from tests.databases import FORCE
from tests.spec.asking import shared_cases
from tests.store.intake.asking import everything, loaded, news, rows
from tests.unit.intake.extracts import NOW, VISITS, write_extract

LATER = NOW + timedelta(hours=1)
VISIT = "A,V1,2025-06-01T10:00Z,completed,0042;0043,2025-06-02T09:00Z,\n"


@pytest.mark.parametrize("case", ["1", "2"])
def test_the_shared_data_sets_are_all_in_and_again_change_nothing(store: Store, case: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    first = load(store, FORCE, shared_cases() / case, now=now, user="tester")
    before = everything(store)
    again = load(store, FORCE, shared_cases() / case, now=now + timedelta(days=1), user="tester")
    assert not first.refusals
    assert sum(each.new for each in first.counts) == sum(each.read for each in first.counts) > 800
    assert sum(each.new for each in again.counts) == 0
    assert everything(store) == before


def test_values_are_kept_as_they_are_meant(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + "A,V1,2025-06-01T00:30:00+01:00,completed,0042; 0043,,\n")
    kept = rows(store, "visits", "visit_ref", "visited_at", "visited_on", "officer_refs", "recorded_at", "is_void")
    midnight = datetime(2025, 5, 31, 23, 30, tzinfo=UTC)
    assert kept == [("A", midnight, date(2025, 6, 1), "0042;0043", NOW, False)]


def test_a_formula_is_kept_as_text(store: Store, tmp_path: Path) -> None:
    statuses = 'offender_ref,from_on,status,note\nV1,2025-01-01,custody,"=cmd(""x"")"\n'
    loaded(store, tmp_path, offender_statuses=statuses)
    assert rows(store, "offender_statuses", "note") == [('=cmd("x")',)]


def test_the_same_key_with_other_values_is_a_correction_and_both_stay(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + VISIT)
    corrected = VISIT.replace("completed", "no_reply").replace("2025-06-02", "2025-06-03")
    report = loaded(store, tmp_path, visits=VISITS + corrected)
    assert news(report)["visits"] == (1, 0, 0)
    assert rows(store, "visits", "outcome") == [("completed",), ("no_reply",)]


def test_a_void_is_a_recording_that_withdraws(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + VISIT)
    loaded(store, tmp_path, visits=VISITS + VISIT.replace("2025-06-02T09:00Z,", "2025-06-05T09:00Z,true"))
    assert rows(store, "visits", "is_void") == [(False,), (True,)]


def test_a_row_without_recorded_at_changes_nothing_if_it_is_what_stands(store: Store, tmp_path: Path) -> None:
    undated = VISITS + "A,V1,2025-06-01T10:00Z,completed,0042,,\n"
    loaded(store, tmp_path, visits=undated)
    assert news(loaded(store, tmp_path, visits=undated, now=LATER))["visits"] == (0, 1, 0)


def test_a_row_without_recorded_at_that_goes_back_to_old_values_is_new(store: Store, tmp_path: Path) -> None:
    undated = VISITS + "A,V1,2025-06-01T10:00Z,{},0042,,\n"
    for hours, outcome in enumerate(("completed", "moved", "completed")):
        loaded(store, tmp_path, visits=undated.format(outcome), now=NOW + timedelta(hours=hours))
    assert rows(store, "visits", "outcome") == [("completed",), ("moved",), ("completed",)]


def test_the_void_of_a_fact_is_compared_too(store: Store, tmp_path: Path) -> None:
    undated = VISITS + "A,V1,2025-06-01T10:00Z,completed,0042,,{}\n"
    loaded(store, tmp_path, visits=undated.format(""))
    assert news(loaded(store, tmp_path, visits=undated.format("true"), now=LATER))["visits"] == (1, 0, 0)
    assert news(loaded(store, tmp_path, visits=undated.format("true"), now=LATER))["visits"] == (0, 1, 0)


def test_a_key_repeated_in_one_load_keeps_both_and_says_so(store: Store, tmp_path: Path) -> None:
    report = loaded(store, tmp_path, visits=VISITS + VISIT + VISIT.replace("completed", "moved"))
    assert rows(store, "visits", "outcome") == [("completed",), ("moved",)]
    assert report.notices[-1] == (
        "visits.csv, lines 2, 3: one key with different values and the same recorded_at; "
        "all are kept and the last line stands."
    )


def test_a_small_load_finds_its_keys_in_a_large_store(store: Store, tmp_path: Path) -> None:
    many = [VISIT.replace("A,", f"A{number},", 1) for number in range(50)]
    loaded(store, tmp_path / "many", visits=VISITS + "".join(many))
    few = VISITS + many[7] + many[9].replace("completed", "moved") + VISIT
    assert news(loaded(store, tmp_path / "few", people=False, visits=few)) == {"visits": (2, 1, 0)}


def test_officers_and_teams_are_corrected_alike(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    teams = "team_ref,name,unit\nT1,North and east,MOSOVO\n"
    report = loaded(store, tmp_path, teams=teams, now=LATER)
    assert (news(report)["teams"], news(report)["officers"]) == ((1, 0, 0), (0, 2, 0))


def test_tables_may_come_alone_and_refer_to_the_store(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path / "people")
    report = loaded(store, tmp_path / "visits", people=False, visits=VISITS + VISIT)
    assert news(report) == {"visits": (1, 0, 0)}


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("visits", VISITS + "A,V9,2025-06-01T10:00Z,completed,0042,,\n", "V9 is no offender in the store"),
        ("visits", VISITS + "A,V1,2025-06-01T10:00Z,completed,0042;0099,,\n", "0099 is no officer in the store"),
        ("visits", VISITS + "A,V1,2025-06-01T10:00Z,completed,42,,\n", "42 is no officer in the store"),
        ("officers", "officer_ref,is_supervisor,team_ref,fte\n1,true,T9,1\n", "T9 is no team in the store"),
        ("polit_stages", "case_ref,from_on,stage\nC9,2025-01-01,closed\n", "C9 is no case in the store"),
        ("visits", VISITS + "A,V1,2023-12-31T10:00Z,completed,0042,,\n", "before V1 was registered on 2024-01-01"),
        ("visits", VISITS + "A,V1,2025-08-01T10:00Z,completed,0042,,\n", "is in the future"),
        ("allocations", "offender_ref,from_on,officer_ref\nV1,2025-02-31,0042\n", "not a day of the calendar"),
    ],
)
def test_a_bad_row_is_refused_and_the_good_ones_load(
    store: Store, tmp_path: Path, table: str, text: str, said: str
) -> None:
    loaded(store, tmp_path / "people")
    report = loaded(store, tmp_path / "more", people=False, **{table: text})  # type: ignore[arg-type]
    assert said in report.refusals[0].reason
    assert rows(store, "refused_rows", "table_name", "line", "state") == [(table, 2, "open")]


def test_a_fact_before_receipt_is_refused(store: Store, tmp_path: Path) -> None:
    cases = "case_ref,received_on\nC1,2025-03-01\n"
    children = "case_ref,child_ref,identified_on\nC1,K1,2025-02-28\nC1,K2,2025-03-01\n"
    report = loaded(store, tmp_path, polit_cases=cases, polit_children=children)
    assert news(report)["polit_children"] == (1, 0, 1)


def test_the_registration_that_stands_decides(store: Store, tmp_path: Path) -> None:
    offenders = (
        "offender_ref,registered_on,recorded_at\nV1,2024-01-01,2024-01-02T09:00Z\nV1,2024-03-01,2024-04-01T09:00Z\n"
    )
    statuses = "offender_ref,from_on,status\nV1,2024-02-01,custody\nV1,2024-03-01,custody\n"
    report = loaded(store, tmp_path, offenders=offenders, offender_statuses=statuses)
    assert [refusal.value for refusal in report.refusals] == ["2024-02-01"]


def test_a_row_that_depends_on_a_refused_one_says_so(store: Store, tmp_path: Path) -> None:
    offenders = "offender_ref,registered_on\nV1,2024-13-01\n"
    report = loaded(store, tmp_path, offenders=offenders, visits=VISITS + VISIT)
    assert report.refusals[1].reason == (
        "V1 was refused in this load (offenders.csv, line 2); mend that row and load both again"
    )


def test_a_refused_row_is_kept_once_however_often_it_comes(store: Store, tmp_path: Path) -> None:
    bad = VISITS + VISIT.replace("V1", "V9")
    for _ in range(3):
        loaded(store, tmp_path, visits=bad)
    loaded(store, tmp_path, visits=VISITS + VISIT + VISIT.replace("V1", "V9"))
    kept = rows(store, "refused_rows", "line", "batch_id", "last_batch_id", "state")
    assert kept == [(3, 1, 4, "open")]


def test_a_refused_row_keeps_its_cells_column_value_and_reason(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + VISIT.replace("V1", "V9"))
    ((file, column, value, reason, cells),) = rows(store, "refused_rows", "file", "column", "value", "reason", "row")
    assert (file, column, value) == ("visits.csv", "offender_ref", "V9")
    assert "load the offender in offenders, or correct the reference" in reason
    assert cells["officer_refs"] == "0042;0043"
    assert json.dumps(cells)


def test_a_good_row_with_the_key_in_a_later_load_fixes_a_refused_one(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + VISIT.replace("completed", "done"))
    loaded(store, tmp_path, visits=VISITS + VISIT, now=LATER)
    assert rows(store, "refused_rows", "state", "closed_at", "closed_by") == [("fixed", LATER, "tester")]


def test_a_dismissed_row_stays_dismissed(store: Store, tmp_path: Path) -> None:
    bad = VISITS + VISIT.replace("V1", "V9")
    loaded(store, tmp_path, visits=bad)
    with store.write(FORCE, user="tester") as work:
        dismiss_refused_row(work, 1, "not ours")
    loaded(store, tmp_path, visits=bad)
    assert rows(store, "refused_rows", "state") == [("dismissed",)]


def test_strict_refuses_the_whole_load_for_one_row(store: Store, tmp_path: Path) -> None:
    before = everything(store)
    with pytest.raises(StrictLoadRefused, match="1 row breaks a rule") as refused:
        loaded(store, tmp_path, strict=True, visits=VISITS + VISIT.replace("V1", "V9"))
    assert refused.value.refusals[0].value == "V9"
    assert everything(store) == before
    assert store.revision(FORCE) == 0


def test_strict_loads_what_is_good(store: Store, tmp_path: Path) -> None:
    assert news(loaded(store, tmp_path, strict=True, visits=VISITS + VISIT))["visits"] == (1, 0, 0)


def test_a_load_moves_the_revision_by_one(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, visits=VISITS + VISIT)
    assert store.revision(FORCE) == 1


def test_a_text_full_of_tabs_quotes_and_backslashes_is_kept_as_it_is(store: Store, tmp_path: Path) -> None:
    note = 'a\tb\\N "quoted", \\t; Ł\U0001f600\nsecond line'
    quoted = note.replace('"', '""')
    statuses = f'offender_ref,from_on,status,note\nV1,2025-01-01,custody,"{quoted}"\n'
    folder = write_extract(tmp_path / "s")
    (folder / "offender_statuses.csv").write_bytes(statuses.encode())
    loaded(store, tmp_path / "people")
    load(store, FORCE, folder, now=NOW, user="tester")
    assert rows(store, "offender_statuses", "note") == [(note,)]
