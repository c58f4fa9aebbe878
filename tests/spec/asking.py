"""Asking the engine and the oracle the same question, and answers as the data contract's JSON holds them."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from offendermgmt.domain.facts import Recordings
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.policy import Policies, Policy
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.question import Question
from offendermgmt.services.reports import REPORTS
from offendermgmt.services.snapshot import Snapshot, take_snapshot
from tests.spec.oracle.answers import Oracle
from tests.spec.oracle.known import Row

Answer = list[dict[str, Any]]
Query = Mapping[str, str]
SHIPPED = (shipped_policy(),)


def shared_cases() -> Path:
    """The folder of data sets with answers; FileNotFoundError says where it was looked for."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("OFFENDERMGMT_SHARED", root.parent / "shared")) / "cases"
    if not folder.is_dir():
        raise FileNotFoundError(
            f"The data sets with answers are not in {folder}: put the shared folder beside the repository, "
            "or name it in OFFENDERMGMT_SHARED"
        )
    return folder


def known_at(query: Query) -> datetime | None:
    """The moment a query is asked as known at."""
    return datetime.fromisoformat(query["known_at"]) if "known_at" in query else None


def question(snapshot: Snapshot, query: Query) -> Question:
    """A query of the data contract, asked of a snapshot, on a day when everything has happened."""
    if "as_of" in query:
        return Question(snapshot, SYSTEM, date.fromisoformat(query["as_of"]), date(2100, 1, 1))
    first, last = date.fromisoformat(query["from"]), date.fromisoformat(query["to"])
    return Question(snapshot, SYSTEM, last, date(2100, 1, 1), Periods.between(first, last, Every(query["every"])))


def engine_answer(recordings: Recordings, query: Query, policies: Sequence[Policy] = SHIPPED) -> Answer:
    """The engine's rows."""
    return answer_from(take_snapshot(recordings, Policies(tuple(policies)), known_at=known_at(query)), query)


def answer_from(snapshot: Snapshot, query: Query) -> Answer:
    """The engine's rows from a snapshot taken as known at the query's moment."""
    return rows(REPORTS[query["report"]](question(snapshot, query)))


def without_reasons(answer: Answer) -> Answer:
    """The answer without the reasons of due dates, which the oracle does not give."""
    return [{name: value for name, value in row.items() if name != "due_reason"} for row in answer]


def oracle_answer(tables: Mapping[str, list[Row]], query: Query, policies: Sequence[Policy] = SHIPPED) -> Answer:
    """The oracle's rows."""
    return oracle_answer_from(Oracle(tables, list(policies), known_at(query)), query)


def oracle_answer_from(oracle: Oracle, query: Query) -> Answer:
    """The oracle's rows from one that knows what was known at the query's moment."""
    first = date.fromisoformat(query.get("from", query.get("as_of", "")))
    last = date.fromisoformat(query.get("to", query.get("as_of", "")))
    return oracle.answer(query["report"], first, last, query.get("every", "day"))


def rows(frame: pd.DataFrame) -> Answer:
    """A report's rows as JSON values: dates as text, missing as None, shares to 4 decimals, ratios to 2."""
    return [{str(name): _plain(str(name), value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(name: str, value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    value = value.item() if hasattr(value, "item") else value
    return round(value, 2 if name == "cases_per_fte" else 4) if isinstance(value, float) else value


def only(columns: Mapping[str, Any], answer: Answer) -> Answer:
    """The answer with just these columns: others are not checked."""
    return [{name: row[name] for name in columns} for row in answer]
