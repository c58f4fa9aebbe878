"""A rough count of the synthetic force, by plain rules and apart from the engine."""

from datetime import date
from functools import cache

import pandas as pd

from offendermgmt.synthetic import fenshire

ENDS_ON = date(2026, 10, 31)
LAST = pd.Timestamp(ENDS_ON)
MONTHS = {"very_high": 1, "high": 3, "medium": 6, "low": 12}


@cache
def force() -> dict[str, pd.DataFrame]:
    return fenshire(seed=11, ends_on=ENDS_ON)


def known_now(table: str, *key: str) -> pd.DataFrame:
    """The newest recording of each key, without what was withdrawn."""
    frame = force()[table].drop_duplicates([*key], keep="last")
    return frame[frame["is_void"] != "true"] if "is_void" in frame else frame


def visits() -> pd.DataFrame:
    made = known_now("visits", "visit_ref")
    return made.assign(at=pd.to_datetime(made["visited_at"]), lone=~made["officer_refs"].str.contains(";"))


def attended(first: str, last: str) -> pd.DataFrame:
    made = visits()
    return made[made["at"].between(first, last) & (made["outcome"] != "cancelled")]


def newest(table: str, day: str, value: str, on: pd.Timestamp) -> pd.Series:
    """The value dated last for each offender, on or before a day."""
    frame = force()[table]
    frame = frame[pd.to_datetime(frame[day]) <= on].sort_values(day, kind="stable")
    return frame.groupby("offender_ref")[value].last()


def running(on: pd.Timestamp) -> pd.Index:
    """Offenders whose clock runs, by their newest status."""
    offenders = force()["offenders"]
    registered = offenders.loc[pd.to_datetime(offenders["registered_on"]) <= on, "offender_ref"]
    status = newest("offender_statuses", "from_on", "status", on).reindex(registered).fillna("community")
    return status.index[status.isin(["community", "no_fixed_abode", "missing"])]


def rough_overdue_share(on: pd.Timestamp) -> float:
    """The share of running clocks whose last completed visit is longer ago than the level's interval."""
    people = running(on)
    made = visits()
    seen = made[(made["outcome"] == "completed") & (made["at"] <= on)].groupby("offender_ref")["at"].max()
    level = newest("risk_assessments", "assessed_on", "risk_level", on).reindex(people).fillna("high")
    last = seen.reindex(people).dropna()
    allowed = pd.to_timedelta(level.reindex(last.index).map(MONTHS) * 30.44, unit="D")
    return float((last + allowed < on).mean())
