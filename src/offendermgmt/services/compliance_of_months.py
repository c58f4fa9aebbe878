"""Compliance of calendar months, each as of its own last day."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.timeline import Timeline
from offendermgmt.domain.visits import compliance
from offendermgmt.services import reports
from offendermgmt.services.question import Question


def compliance_of_months(question: Question) -> pd.DataFrame:
    """The compliance report of each of the question's months alone: due, met, missed.

    As of its last day: what falls due later changes it no more (M3).
    """
    snapshot = question.snapshot
    obligations = snapshot.timeline.obligations
    due, each = obligations["due"].to_numpy(), _number_of_each(obligations)
    rows = []
    for first, last in zip(question.range.first.tolist(), question.range.last.tolist(), strict=True):
        falls_due = np.zeros(len(due) + 1, dtype=bool)
        falls_due[each[(due >= first) & (due <= last)]] = True
        # Of years of obligations those that fell due in the month: the others are in none of its numbers.
        timeline = Timeline(snapshot.timeline.segments, obligations[falls_due[each]])
        month = Periods.whole(to_date(first), to_date(last))
        of_month = replace(snapshot, timeline=timeline)
        counted = reports.obligations_due(replace(question, snapshot=of_month, as_of=to_date(last), periods=None))
        rows.append(compliance(counted, month))
    counts = pd.concat(rows, ignore_index=True)
    return pd.DataFrame({"due": counts["due"], "met": counts["met"], "missed": counts["due"] - counts["met"]})


def _number_of_each(obligations: pd.DataFrame) -> npt.NDArray[np.int64]:
    offender, number = obligations["offender"].to_numpy(), obligations["obligation"].to_numpy()
    return np.cumsum(np.append(False, (offender[1:] != offender[:-1]) | (number[1:] != number[:-1]))[: len(offender)])
