from pathlib import Path

import pytest
from pydantic import ValidationError

from offendermgmt.domain.facts import COLUMNS, KEYS
from offendermgmt.intake.cells import Reference, cell_of
from offendermgmt.intake.contract import CHANGES, TABLES, VERSION, Visit
from offendermgmt.intake.page import contract_page
from offendermgmt.intake.row import Row
from offendermgmt.store.tables import RECORDINGS

PAGE = Path(__file__).parents[3] / "docs" / "data-contract.md"
GIVEN_BY_THE_STORE = {"force_ref", "recording_id", "batch_id", "visited_on"}


def test_the_page_is_what_the_models_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == contract_page()


def test_tables_and_keys_are_those_of_the_domain() -> None:
    assert {name: model.key for name, model in TABLES.items()} == dict(KEYS)


@pytest.mark.parametrize("table", TABLES)
def test_the_domain_reads_only_columns_of_the_contract(table: str) -> None:
    derived = {"visited_on", "has_lone_reason", "has_announced"}
    assert set(COLUMNS[table]) - derived <= set(TABLES[table].model_fields)


@pytest.mark.parametrize("table", TABLES)
def test_the_store_keeps_every_column_and_asks_for_the_required_ones_alone(table: str) -> None:
    fields = TABLES[table].model_fields
    kept = {column.name: column for column in RECORDINGS[table].c if column.name not in GIVEN_BY_THE_STORE}
    assert set(kept) - {"recorded_at", "is_void"} == set(fields) - {"recorded_at", "is_void"}
    needed = {name for name, column in kept.items() if not column.nullable} - {"recorded_at", "is_void"}
    assert needed == {name for name, field in fields.items() if field.is_required()}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_what_it_means_and_keys_are_required(table: str) -> None:
    fields = TABLES[table].model_fields
    assert all(field.description for field in fields.values())
    assert all(fields[name].is_required() for name in KEYS[table])


def test_a_table_refers_only_to_tables_loaded_before_it() -> None:
    before: set[str] = set()
    for name, model in TABLES.items():
        cells = [cell_of(field) for field in model.model_fields.values()]
        assert {cell.to for cell in cells if isinstance(cell, Reference) and cell.to} <= before
        before.add(name)


def test_a_form_can_use_a_model_for_one_row() -> None:
    cells = {"visit_ref": " A1 ", "offender_ref": "V1", "visited_at": "2025-06-01T10:00", "outcome": "completed"}
    visit = Visit.model_validate({**cells, "announced": "TRUE", "lone_reason": ""})
    assert (visit.visit_ref, visit.visited_at.isoformat(), visit.announced) == ("A1", "2025-06-01T09:00:00+00:00", True)


def test_a_model_refuses_a_word_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="outcome"):
        Visit.model_validate(
            {"visit_ref": "A1", "offender_ref": "V1", "visited_at": "2025-06-01T10:00Z", "outcome": "x"}
        )


@pytest.mark.parametrize("model", TABLES.values())
def test_checks_name_columns_of_their_own_table(model: type[Row]) -> None:
    named = {model.dated, *model.happened, *model.not_before, *model.not_before.values()} - {None}
    assert named <= set(model.model_fields)


def test_the_newest_version_is_the_one_in_force() -> None:
    assert next(iter(CHANGES)) == VERSION
