"""The tables of contract 1.1: what they take, and what they refuse, on both databases."""

from datetime import date
from pathlib import Path

import pytest

from offendermgmt.store import Store
from tests.store.intake.asking import loaded, news, rows

REVIEWS = "offender_ref,reviewed_on,reviewer_ref,note\n"
ORDERS = "offender_ref,order_ref,kind,from_on,to_on\n"


def test_reviews_and_orders_are_kept_and_again_change_nothing(store: Store, tmp_path: Path) -> None:
    tables = {
        "supervisor_reviews": "offender_ref,reviewed_on,finding\nV1,2025-01-05,in order\n",
        "plan_reviews": REVIEWS + "V1,2025-01-06,0042,\n",
        "orders": ORDERS + "V1,A,SHPO,2025-01-01,2030-01-01\n",
    }
    first, again = loaded(store, tmp_path, **tables), loaded(store, tmp_path, **tables)
    assert {name: news(first)[name] for name in tables} == dict.fromkeys(tables, (1, 0, 0))
    assert {name: news(again)[name] for name in tables} == dict.fromkeys(tables, (0, 1, 0))
    assert rows(store, "supervisor_reviews", "finding", "reviewer_ref") == [("in order", None)]


@pytest.mark.parametrize("table", ["supervisor_reviews", "plan_reviews"])
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("V1,2025-07-02,0043,\n", "is in the future"),
        ("V1,2023-12-31,0043,\n", "is before V1 was registered"),
        ("V9,2025-01-01,0043,\n", "is no offender in the store"),
        ("V1,2025-01-01,0099,\n", "is no officer in the store"),
        ("V1,,0043,\n", "is empty"),
    ],
)
def test_a_review_that_breaks_a_rule_is_refused(
    store: Store, tmp_path: Path, table: str, row: str, reason: str
) -> None:
    report = loaded(store, tmp_path, **{table: REVIEWS + row})
    assert [refusal.table for refusal in report.refusals] == [table]
    assert reason in report.refusals[0].reason


def test_an_order_may_be_older_than_the_registration_and_must_end_after_it_began(store: Store, tmp_path: Path) -> None:
    report = loaded(store, tmp_path, orders=ORDERS + "V1,A,SHPO,2010-01-01,\nV1,B,SRO,2025-01-01,2025-01-01\n")
    assert rows(store, "orders", "order_ref", "from_on", "to_on") == [("A", date(2010, 1, 1), None)]
    assert "is not after from_on" in report.refusals[0].reason
