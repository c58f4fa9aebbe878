"""Decisions as people read them: what, whose, due when, and what became of them."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.vocabulary import DecisionKind, DecisionState
from offendermgmt.services.decision_lists import Which
from offendermgmt.services.wording import DECISION, DECISION_STATE, day_text, days_text

LISTED: Final[dict[str, str]] = {
    Which.OPEN: "Open",
    Which.MINE: "For you to carry out",
    Which.DUE: "Due on the day or late",
    Which.LATE: "Late",
    Which.TODAY: "Due on the day",
    Which.DEFERRED: "Deferred",
    Which.CLOSED: "Done or cancelled",
}
THE_DCI: Final = "The DCI"


def told(rows: pd.DataFrame, holders: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `decision_lists` with kind_text, why, owner, late, standing and became (outcome, by whom)."""
    lines = rows.to_dict(orient="records")
    return rows.assign(
        kind_text=rows["kind"].map(DECISION),
        why=rows["reason"],
        owner=[_owner(row, holders) for row in lines],
        late=[_late(row) for row in lines],
        standing=[_standing(row) for row in lines],
        became=[_became(row) for row in lines],
    )


def in_sentence(kind: DecisionKind) -> str:
    """The kind of decision, to stand within a sentence."""
    return DECISION[kind][0].lower() + DECISION[kind][1:]


def _owner(row: Mapping[Any, Any], holders: Mapping[str, str]) -> str:
    if row["owner_ref"]:
        return holders.get(row["owner_ref"], row["owner_ref"])
    return THE_DCI if row["kind"] == DecisionKind.ESCALATE else str(row["decided_by"])


def _late(row: Mapping[Any, Any]) -> str:
    if row["days_late"]:
        return f"{days_text(row['days_late'])} late"
    return "Due on the day" if row["is_due_today"] and row["state"] == DecisionState.OPEN else ""


def _standing(row: Mapping[Any, Any]) -> str:
    if row["is_withdrawn"]:
        return "Withdrawn"
    state = DECISION_STATE[DecisionState(row["state"])]
    return state if pd.isna(row["closed_on"]) else f"{state} on {day_text(row['closed_on'])}"


def _became(row: Mapping[Any, Any]) -> str:
    is_changed = row["is_withdrawn"] or row["state"] != DecisionState.OPEN or row["outcome"]
    return " · ".join(text for text in (row["outcome"], row["changed_by"]) if text) if is_changed else ""
