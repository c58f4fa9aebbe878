"""Cases that came to and went from their holders in the days before a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.movement import movements
from offendermgmt.services.labels import dates, refs
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class Movement:
    """Cases that came and went from `first` to `last`.

    `rows`: on, offender_ref, from_ref, to_ref (empty = unallocated), kind (`allocated`, `reallocated`, `unallocated`,
    `began`, `ended`), newest first; each has a side in the question's scope.
    """

    first: date
    last: date
    rows: pd.DataFrame

    def of(self, officer_ref: str) -> pd.DataFrame:
        """The rows that came to or left one holder (empty text = nobody); as many as came and as left."""
        return self.of_holders({officer_ref})

    def of_holders(self, officer_refs: Collection[str]) -> pd.DataFrame:
        """The rows that came to or left any of the holders."""
        rows = self.rows
        came = rows["to_ref"].isin(officer_refs) & (rows["kind"] != "ended")
        left = rows["from_ref"].isin(officer_refs) & (rows["kind"] != "began")
        return rows[came | left].reset_index(drop=True)

    def counted_beside(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Caseload rows (officer_ref empty = unallocated) with came and left, as many as `of` lists for each."""
        moved = self.rows
        came = moved[moved["kind"] != "ended"]["to_ref"].value_counts()
        left = moved[moved["kind"] != "began"]["from_ref"].value_counts()
        return rows.assign(
            came=rows["officer_ref"].map(came).fillna(0).astype(np.int64),
            left=rows["officer_ref"].map(left).fillna(0).astype(np.int64),
        )


def recent_movement(question: Question) -> Movement:
    """Cases that came and went in the scope in as many days, ending with the question's, as policy says."""
    first = question.on - question.policy.workload.movement_days + 1
    snapshot, scope = question.snapshot, question.offender_scope
    moved = movements(snapshot.timeline.segments, first, question.on)
    left, came = moved["left"].to_numpy(), moved["came"].to_numpy()
    managed_before, managed_after = left >= -1, came >= -1
    concerns = (scope.holds(np.maximum(left, -1)) & managed_before) | (
        scope.holds(np.maximum(came, -1)) & managed_after
    )
    rows = pd.DataFrame(
        {
            "on": dates(moved["day"].to_numpy()),
            "offender_ref": refs(snapshot, "offender", moved["offender"].to_numpy()),
            "from_ref": refs(snapshot, "officer", np.maximum(left, -1)),
            "to_ref": refs(snapshot, "officer", np.maximum(came, -1)),
            "kind": np.select(
                [~managed_before, ~managed_after, came == -1, left == -1],
                ["began", "ended", "unallocated", "allocated"],
                "reallocated",
            ),
        }
    )[concerns]
    shown = rows.sort_values(["on", "offender_ref"], ascending=[False, True], ignore_index=True)
    return Movement(to_date(first), question.as_of, shown)
