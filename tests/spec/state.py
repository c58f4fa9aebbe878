"""How every managed offender stands on a day: what the rules S and V say before any report counts it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from offendermgmt.domain import visits
from offendermgmt.domain.days import NEVER, day_number
from offendermgmt.domain.policy import Interval
from offendermgmt.services.labels import DUE_RULES, LEVELS, STATUSES, dates, refs
from offendermgmt.services.snapshot import Snapshot
from tests.spec.asking import rows


def state(snapshot: Snapshot, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Offender, status, risk, interval, holder, last completed visit, due date and its reason, by reference."""
    now = visits.standing(snapshot.timeline.segments, day_number(date.fromisoformat(asked["as_of"])))
    intervals = zip(now["interval_months"], now["interval_days"], strict=True)
    frame = pd.DataFrame(
        {
            "offender_ref": refs(snapshot, "offender", now["offender"].to_numpy()),
            "status": STATUSES[now["status"]],
            "risk_level": LEVELS[now["risk"]],
            "interval": [str(Interval(int(months), int(days))) for months, days in intervals],
            "officer_ref": refs(snapshot, "officer", now["officer"].to_numpy()),
            "last_completed_on": dates(now["last_completed"].to_numpy()),
            "due_on": dates(np.where(now["runs"], now["due"], NEVER)),
            "due_reason": DUE_RULES[now["rule"]],
        }
    )
    return rows(frame.sort_values("offender_ref"))
