"""Why a closed month's figures differ from those known now, in words: how many facts came late, by what they are of."""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from offendermgmt.domain.restating import CAME_BY
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.measured import Source
from offendermgmt.services.wording import plural

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
_CLOCK: Final = ("offenders", "offender_statuses", "risk_assessments", "visit_intervals", "visits")
_CASES: Final = ("polit_cases", "polit_stages", "polit_assessments")
# What a table of measures is counted from first of all, by its name (`measured.Source`).
_COUNTED_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "visits": _CLOCK,
    "compliance": _CLOCK,
    "crews": ("visits",),
    "findings": ("visits",),
    "recording": ("visits",),
    "caseload": ("offenders", "offender_statuses", "risk_assessments", "allocations", *_OF_STAFF),
    "assessed": (*_CLOCK, "plan_reviews"),
    "orders": ("offenders", "offender_statuses", "orders"),
    "polit cases": (*_CASES, "polit_allocations", "polit_activities", *_OF_STAFF),
    "children": ("polit_cases", "polit_children"),
    "referrals": ("polit_cases", "polit_children"),
    "polit flow": (*_CASES, "polit_children"),
}
_CAME: Final = dict(zip(CAME_BY, ("Recorded late", "Corrected", "Withdrawn"), strict=True))


def records_text(records: pd.DataFrame, tables: Iterable[str]) -> str:
    """What came of these tables, as `Recorded late: 3 visits, 1 order. Corrected: 1 visit.`; empty for nothing.

    `records` as `domain.restating.facts_restated` has them, a count kept from the reader missing.
    """
    rows = records[records["table"].isin(list(tables)).to_numpy()]
    said = []
    for came, title in _CAME.items():
        counted = zip(rows["table"], rows[came], strict=True)
        counts = ", ".join(_count(table, count) for table, count in counted if pd.isna(count) or count)
        said += [f"{title}: {counts}."] if counts else []
    return " ".join(said)


def came_of(records: pd.DataFrame, source: Source) -> str:
    """What came of the tables that a measure's source is counted from; if nothing did, of all its unit's tables."""
    first = records_text(records, _COUNTED_FROM.get(source.name, ()))
    return first or records_text(records, _of_unit(source.unit))


def _of_unit(unit: Unit | None) -> tuple[str, ...]:
    if unit is None:
        return ()
    own = (table for table in FACTS if table.startswith("polit_") is (unit is Unit.POLIT))
    return (*_OF_STAFF, *(table for table in own if table not in _OF_STAFF))


def _count(table: str, number: int) -> str:
    one, many = FACTS[table]
    return f"a few {many}" if pd.isna(number) else plural(number, one, many)
