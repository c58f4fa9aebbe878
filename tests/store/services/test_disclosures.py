"""Downloads on record: one record a file, and no file without it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from offendermgmt.outputs.listing import ListColumn
from offendermgmt.outputs.offer import Form, Offer
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Setting
from offendermgmt.store import Store, StoreUnavailable
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE

INSPECTOR, ANALYST = Viewer("DI Hazel", Role.DI), Viewer("analyst", Role.ANALYST)
SETTING = Setting(date(2025, 6, 30), None, {"Team": "T1"}, "shipped-1", 5)
ROWS = pd.DataFrame({"ref": ["V1", "V2"], "name": ["FIR", "ELM"]})
REF, NAME = ListColumn("ref", "Offender"), ListColumn("name", "Name", personal=True)


def offer(store: Store, viewer: Viewer = INSPECTOR, *columns: ListColumn) -> Offer:
    desk = Desk(store, FORCE)
    return Offer(
        desk=desk,
        viewer=viewer,
        page_ref="crewing",
        page="Double crewing",
        title="Visits made alone",
        columns=columns or (REF, NAME),
        rows=lambda: ROWS,
        setting=SETTING,
        filters={"Kind": "Alone"},
        definitions=(),
        freshness=desk.freshness(),
        markings=("OFFICIAL-SENSITIVE",),
    )


def on_record(store: Store) -> list[Mapping[str, Any]]:
    table = AuditRecord.__table__
    with store.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_leaves_with_one_record_of_who_what_and_why(store: Store, form: Form) -> None:
    assert offer(store).file(form, " weekly review, for the DCI ")
    (record,) = on_record(store)
    assert (record["user_ref"], record["action"], record["subject_kind"], record["subject_ref"]) == (
        "DI Hazel",
        "downloaded",
        "page",
        "crewing",
    )
    assert record["details"] == {
        "role": "di",
        "page": "crewing",
        "list": "Visits made alone",
        "form": form,
        "rows": 2,
        "names": True,
        "reason": "weekly review, for the DCI",
        "filters": {"Team": "T1", "Kind": "Alone"},
        "as_of": "2025-06-30",
        "known_at": None,
        "policy": "shipped-1",
    }


def test_a_list_with_names_needs_a_reason_and_one_without_does_not(store: Store) -> None:
    with pytest.raises(ValueError, match="Say why you download it and who it is for"):
        offer(store).file("csv", "  ")
    assert on_record(store) == []
    assert b"V1" in offer(store, ANALYST, REF).file("csv", "")
    assert [record["details"]["names"] for record in on_record(store)] == [False]


@READS_A_STORE
def test_names_do_not_leave_with_a_viewer_who_sees_none(store: Store) -> None:
    with pytest.raises(NotPermitted, match="Performance analyst sees no names"):
        offer(store, ANALYST).file("csv", "a reason")
    assert on_record(store) == []


def test_without_a_record_there_is_no_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = offer(store)

    def refuse(*_: object, **__: object) -> None:
        raise StoreUnavailable("The store is busy. Try again in a moment.")

    monkeypatch.setattr(store, "audit", refuse)
    with pytest.raises(StoreUnavailable, match="busy"):
        offered.file("csv", "a reason")


@READS_A_STORE
def test_a_file_that_cannot_be_made_is_not_put_on_record(store: Store) -> None:
    with pytest.raises(KeyError, match="gone"):
        offer(store, INSPECTOR, ListColumn("gone", "Gone")).file("xlsx", "")
    assert on_record(store) == []


@pytest.mark.parametrize("subject", [Subject("offender", "V1"), Subject("case", "C1")], ids=lambda each: each.kind)
def test_a_file_of_one_record_is_put_on_record_as_about_its_person_or_case(store: Store, subject: Subject) -> None:
    of_person = replace(offer(store, ANALYST, REF), subject=subject)

    with pytest.raises(ValueError, match=f"This is {subject.words}"):
        of_person.file("csv", " ")
    of_person.file("csv", "court, for the CPS")

    (record,) = on_record(store)
    assert (record["subject_kind"], record["subject_ref"]) == (subject.kind, subject.ref)
    assert (record["details"]["page"], record["details"]["reason"]) == ("crewing", "court, for the CPS")
