"""What has been recorded, and what is known from it at a moment (D3, D4).

A recordings table holds every recording ever made, corrections and voids included. Its columns are the data
contract's (only those that a rule reads), plus `recording_id` (int64, order of arrival), `recorded_at` and `is_void`.
References are categoricals over one register each, so that codes compare across tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import day_numbers
from offendermgmt.domain.vocabulary import (
    ChildAccess,
    EnforcementKind,
    OffenderStatus,
    RiskLevel,
    Stage,
    VisitOutcome,
)

LEVELS: Final = pd.CategoricalDtype([str(level) for level in RiskLevel])
STATUSES: Final = pd.CategoricalDtype([str(status) for status in OffenderStatus])
OUTCOMES: Final = pd.CategoricalDtype([str(outcome) for outcome in VisitOutcome])
STAGES: Final = pd.CategoricalDtype([str(stage) for stage in Stage])
ENFORCEMENTS: Final = pd.CategoricalDtype([str(kind) for kind in EnforcementKind])
ACCESS: Final = pd.CategoricalDtype([str(access) for access in ChildAccess])

# Kinds: "offender", "case", "officer", "team": categorical over that register, missing where there is none;
# "day": datetime64[s] at midnight, a London date; "moment": datetime64[us], UTC without offset;
# "text": pandas str; "crew": categorical of the text "a;b" as recorded; "flag": bool; "int"; "float"; else a dtype.
REGISTERS: Final = ("offender", "case", "officer", "team")
RECORDED: Final = {"recorded_at": "moment", "recording_id": "int", "is_void": "flag"}
COLUMNS: Final[Mapping[str, Mapping[str, str | pd.CategoricalDtype]]] = {
    "teams": {"team_ref": "team", "name": "text", "unit": "text"},
    "officers": {
        "officer_ref": "officer",
        "name": "text",
        "rank": "text",
        "is_supervisor": "flag",
        "team_ref": "team",
        "fte": "float",
        "from_on": "day",
        "to_on": "day",
    },
    "officer_availability": {
        "officer_ref": "officer",
        "from_on": "day",
        "to_on": "day",
        "fte": "float",
        "reason": "text",
    },
    "offenders": {"offender_ref": "offender", "registered_on": "day"},
    "offender_statuses": {"offender_ref": "offender", "from_on": "day", "status": STATUSES},
    "risk_assessments": {"offender_ref": "offender", "assessed_on": "day", "tool": "text", "risk_level": LEVELS},
    "allocations": {"offender_ref": "offender", "from_on": "day", "to_on": "day", "officer_ref": "officer"},
    "visit_intervals": {
        "offender_ref": "offender",
        "from_on": "day",
        "to_on": "day",
        "interval_days": "int",
        "approved_by": "officer",
    },
    "supervisor_reviews": {"offender_ref": "offender", "reviewed_on": "day", "reviewer_ref": "officer"},
    "plan_reviews": {"offender_ref": "offender", "reviewed_on": "day", "reviewer_ref": "officer"},
    "orders": {"offender_ref": "offender", "order_ref": "text", "kind": "text", "from_on": "day", "to_on": "day"},
    "visits": {
        "visit_ref": "text",
        "offender_ref": "offender",
        "visited_at": "moment",
        "visited_on": "day",
        "announced": "flag",
        "has_announced": "flag",
        "outcome": OUTCOMES,
        "officer_refs": "crew",
        "has_lone_reason": "flag",
        "lone_risk_assessed_on": "day",
        "lone_authorised_by": "officer",
        "lone_authorised_at": "moment",
    },
    "polit_cases": {"case_ref": "case", "received_on": "day", "source": "text"},
    "polit_stages": {"case_ref": "case", "from_on": "day", "stage": STAGES, "outcome": "text"},
    "polit_assessments": {
        "case_ref": "case",
        "assessed_on": "day",
        "tool": "text",
        "tool_version": "text",
        "risk_level": LEVELS,
        "assessor_ref": "officer",
    },
    "polit_allocations": {"case_ref": "case", "from_on": "day", "to_on": "day", "officer_ref": "officer"},
    "polit_activities": {"case_ref": "case", "activity_ref": "text", "on": "day"},
    "polit_children": {
        "case_ref": "case",
        "child_ref": "text",
        "identified_on": "day",
        "referred_on": "day",
        "safeguarded_on": "day",
    },
    "polit_enforcements": {"case_ref": "case", "enforcement_ref": "text", "on": "day", "kind": ENFORCEMENTS},
    "polit_examinations": {"case_ref": "case", "examination_ref": "text", "submitted_on": "day", "result_on": "day"},
    "polit_access": {"case_ref": "case", "from_on": "day", "access": ACCESS},
    "polit_information": {
        "case_ref": "case",
        "information_ref": "text",
        "received_on": "day",
        "needs_assessment": "flag",
    },
    "image_viewing": {"officer_ref": "officer", "viewed_on": "day"},
}
# The contract's keys: the same key recorded again is a correction.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "teams": ("team_ref",),
    "officers": ("officer_ref",),
    "officer_availability": ("officer_ref", "from_on"),
    "offenders": ("offender_ref",),
    "offender_statuses": ("offender_ref", "from_on"),
    "risk_assessments": ("offender_ref", "assessed_on", "tool"),
    "allocations": ("offender_ref", "from_on"),
    "visit_intervals": ("offender_ref", "from_on"),
    "supervisor_reviews": ("offender_ref", "reviewed_on"),
    "plan_reviews": ("offender_ref", "reviewed_on"),
    "orders": ("offender_ref", "order_ref"),
    "visits": ("visit_ref",),
    "polit_cases": ("case_ref",),
    "polit_stages": ("case_ref", "from_on"),
    "polit_assessments": ("case_ref", "assessed_on", "tool"),
    "polit_allocations": ("case_ref", "from_on"),
    "polit_activities": ("case_ref", "activity_ref"),
    "polit_children": ("case_ref", "child_ref"),
    "polit_enforcements": ("case_ref", "enforcement_ref"),
    "polit_examinations": ("case_ref", "examination_ref"),
    "polit_access": ("case_ref", "from_on"),
    "polit_information": ("case_ref", "information_ref"),
    "image_viewing": ("officer_ref", "viewed_on"),
}
# Who an officer is has no recording time in the contract, so D3 cannot hide it.
TIMELESS: Final = frozenset({"teams", "officers"})
_DAYS_BEFORE_1970 = 200_000
_DAYS = 2**31


@dataclass(frozen=True)
class Recordings:
    """Every recording of every table, in order of arrival, over shared registers."""

    registers: Mapping[str, "pd.Index[str]"]
    tables: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Facts:
    """The facts known at a moment: one row a key, corrections applied and voids gone, in order of arrival."""

    registers: Mapping[str, "pd.Index[str]"]
    tables: Mapping[str, pd.DataFrame]

    def about(self, column: str, codes: "npt.NDArray[np.integer[Any]]") -> "Facts":
        """The facts about some subjects: `column` names them in each table that has it, other tables are left out."""
        tables = {name: frame for name, frame in self.tables.items() if column in frame.columns}
        wanted = {name: np.isin(frame[column].cat.codes.to_numpy(), codes) for name, frame in tables.items()}
        return Facts(self.registers, {name: frame[wanted[name]] for name, frame in tables.items()})


def known(recordings: Recordings, at: pd.Timestamp | None = None) -> Facts:
    """The facts as known at `at` (UTC without offset), or all that is known now (D3, D4).

    Of the recordings of a key the newest stands, by `recorded_at` and then by arrival; a void one withdraws the fact.
    """
    tables = {name: known_rows(name, frame, at) for name, frame in recordings.tables.items()}
    return Facts(recordings.registers, tables)


def known_rows(table: str, frame: pd.DataFrame, at: pd.Timestamp | None = None) -> pd.DataFrame:
    """The rows of one recordings table that stand at `at`, with the table's columns."""
    if at is not None and table not in TIMELESS:
        frame = frame[(frame["recorded_at"] <= at).to_numpy()]
    if frame.empty:
        return frame
    keys = _key_numbers(frame, KEYS[table])
    ordered = np.sort(keys)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    stands = np.ones(len(frame), dtype=bool)
    if len(repeated):
        rows = np.flatnonzero(np.isin(keys, repeated))
        recorded = frame["recorded_at"].to_numpy()[rows]
        order = rows[np.lexsort((frame["recording_id"].to_numpy()[rows], recorded, keys[rows]))]
        superseded = order[:-1][keys[order[:-1]] == keys[order[1:]]]
        stands[superseded] = False
    stands &= ~frame["is_void"].to_numpy()
    return frame if stands.all() else frame[stands]


def recoded(frame: pd.DataFrame, dtypes: Mapping[str, pd.CategoricalDtype]) -> pd.DataFrame:
    """The frame with these categories by column, which begin with those it has: every code stays what it is."""
    return frame.assign(
        **{
            column: pd.Categorical.from_codes(frame[column].cat.codes.to_numpy(), dtype=dtype)
            for column, dtype in dtypes.items()
        }
    )


def _key_numbers(frame: pd.DataFrame, columns: tuple[str, ...]) -> npt.NDArray[np.int64]:
    number = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        values = frame[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            # The codes of the array itself: `cat.codes` makes a series of them each time.
            codes, size = np.asarray(values.array.codes, dtype=np.int64), len(values.dtype.categories) + 1
        elif values.dtype.kind == "M":
            codes, size = day_numbers(values).astype(np.int64) + _DAYS_BEFORE_1970, _DAYS
        else:
            codes, uniques = pd.factorize(values)
            size = len(uniques) + 1
        number = number * size + codes + 1
    return number
