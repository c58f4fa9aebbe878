"""Why a closed month's figures differ from those known now, in words: how many facts came late, by what they are of."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from offendermgmt.domain.restating import CAME_BY
from offendermgmt.domain.vocabulary import Unit

# One and many of each table's facts.
FACTS: Final = {
    "teams": ("team", "teams"),
    "officers": ("officer", "officers"),
    "officer_availability": ("officer's availability", "officers' availabilities"),
    "offenders": ("registration", "registrations"),
    "offender_statuses": ("offender's state", "offenders' states"),
    "risk_assessments": ("risk assessment", "risk assessments"),
    "allocations": ("allocation", "allocations"),
    "visit_intervals": ("visit interval", "visit intervals"),
    "supervisor_reviews": ("supervisor's review", "supervisors' reviews"),
    "plan_reviews": ("plan review", "plan reviews"),
    "orders": ("order", "orders"),
    "visits": ("visit", "visits"),
    "polit_cases": ("POLIT case", "POLIT cases"),
    "polit_stages": ("POLIT stage", "POLIT stages"),
    "polit_assessments": ("POLIT assessment", "POLIT assessments"),
    "polit_allocations": ("POLIT allocation", "POLIT allocations"),
    "polit_activities": ("POLIT activity", "POLIT activities"),
    "polit_children": ("child's record", "children's records"),
    "polit_enforcements": ("POLIT enforcement", "POLIT enforcements"),
    "polit_examinations": ("device examination", "device examinations"),
    "polit_access": ("record of access to children", "records of access to children"),
    "polit_information": ("piece of new information", "pieces of new information"),
    "image_viewing": ("day of viewing images", "days of viewing images"),
}
_OF_STAFF: Final = ("teams", "officers", "officer_availability", "image_viewing")
_CAME: Final = dict(zip(CAME_BY, ("recorded late", "corrected", "withdrawn"), strict=True))


def records_text(records: pd.DataFrame, tables: Iterable[str] | None = None) -> str:
    """Counts of facts by what they are of, as `3 visits recorded late, 1 risk assessment corrected`.

    `records` as `domain.restating.facts_restated` has them, a count kept from the reader missing; `tables` are those
    that matter, None for all. Empty where there are none.
    """
    rows = records if tables is None else records[records["table"].isin(list(tables)).to_numpy()]
    said = [
        _count(table, came, counts[at])
        for table, *counts in rows.itertuples(index=False)
        for at, came in enumerate(CAME_BY)
        if pd.isna(counts[at]) or counts[at]
    ]
    return ", ".join(said)


def tables_of(unit: Unit | None) -> tuple[str, ...]:
    """The tables that a figure of a unit is counted from; none for a figure that is counted from no extract."""
    if unit is None:
        return ()
    own = (table for table in FACTS if table.startswith("polit_") is (unit is Unit.POLIT))
    return (*_OF_STAFF, *(table for table in own if table not in _OF_STAFF))


def sentence(parts: Sequence[str]) -> str:
    """The parts that say something, as one sentence or more."""
    said = [part[0].upper() + part[1:] for part in parts if part]
    return " ".join(part if part.endswith(".") else f"{part}." for part in said)


def _count(table: str, came: str, number: int) -> str:
    one, many = FACTS[table]
    if pd.isna(number):
        return f"a few {many} {_CAME[came]}"
    return f"{number:,} {one if number == 1 else many} {_CAME[came]}"
