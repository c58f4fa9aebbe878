"""Measures of MOSOVO's visits, crews and recording, month by month."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import attempts
from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.domain.vocabulary import RiskLevel, Unit
from offendermgmt.domain.working_days import add_working_days
from offendermgmt.services import reports, trends
from offendermgmt.services.compliance_of_months import compliance_of_months
from offendermgmt.services.crewing import counted_visits
from offendermgmt.services.lone_findings import judged, recorded_by
from offendermgmt.services.measured import Asked, Source
from offendermgmt.services.trends_small import kept_at_ends
from offendermgmt.store.lone_findings import finding_versions

_HIGH: Final = (RiskLevel.VERY_HIGH, RiskLevel.HIGH)


def _visits(asked: Asked) -> pd.DataFrame:
    backlog = trends.backlog_trend(asked.question)
    by_risk = reports.backlog(asked.question)
    high = by_risk["overdue"].where(by_risk["risk_level"].isin(_HIGH), 0).groupby(by_risk["on"]).sum().to_numpy()
    return pd.DataFrame(
        {
            "overdue": backlog["overdue"],
            "not_overdue": backlog["not_overdue"],
            "running": backlog["running"],
            "stopped": backlog["stopped"],
            "managed": backlog["managed"],
            "high_risk_overdue": high,
            "other_overdue": backlog["overdue"] - high,
            "days_overdue_total": backlog["days_overdue_total"],
            "longest_days_overdue": backlog["longest_days_overdue"],
        }
    )


def _kept_of_trends(asked: Asked) -> pd.DataFrame:
    return kept_at_ends(trends.backlog_trend(asked.question), asked.question.smallest_count)


def _compliance(asked: Asked) -> pd.DataFrame:
    return compliance_of_months(asked.question)


def _crews(asked: Asked) -> pd.DataFrame:
    columns = ["attended", "double_crewed", "lone", "lone_unauthorised", "lone_authorised", "lone_authorised_late"]
    return reports.crewing(asked.question)[columns]


def _findings(asked: Asked) -> pd.DataFrame:
    """Lone visits by the month of the last day for a finding (R22), and those with one by then (M5)."""
    question, months = asked.question, asked.months
    visits = counted_visits(question, None, int(months.last[-1]))
    visits = visits[(visits["lone"] >= 0).to_numpy()]
    find_by = add_working_days(visits["day"].to_numpy(), question.policy.lone_findings.days)
    deadline = dict(zip(visits["visit_ref"], find_by.tolist(), strict=True))
    in_time = [
        version
        for version in finding_versions(asked.desk.store, asked.desk.force_ref)
        if day_number(version.recorded_at.astimezone(LONDON).date()) <= deadline.get(version.visit_ref, -1)
    ]
    found = recorded_by(in_time, question.as_of, question.snapshot.known_at)
    has_one = (judged(question, found, visits)["finding"] != "").to_numpy()
    decided = has_one | (find_by < asked.known_on)
    rows = {
        "to_be_found": find_by[decided],
        "found_in_time": find_by[has_one],
        "not_found_in_time": find_by[decided & ~has_one],
    }
    return pd.DataFrame({name: months.counts(days) for name, days in rows.items()})


def _recording(asked: Asked) -> pd.DataFrame:
    visits = trends.visits_in_scope(asked.question)
    made = visits[(visits["outcome"] != attempts.CANCELLED).to_numpy()]
    day = made["day"].to_numpy()
    limits = np.array([month.policy.framework.recorded_days for month in asked.month_ends])
    in_time = made["delay"].to_numpy() <= limits[asked.months.of(day)]
    within, after = asked.months.counts(day[in_time]), asked.months.counts(day[~in_time])
    return pd.DataFrame({"recorded_in_time": within, "recorded_late": after, "recorded": within + after})


VISITS: Final = Source(
    "visits",
    Unit.MOSOVO,
    _visits,
    sums=(
        ("managed", "running", "stopped"),
        ("running", "overdue", "not_overdue"),
        ("overdue", "high_risk_overdue", "other_overdue"),
    ),
    kept_elsewhere=_kept_of_trends,
)
COMPLIANCE: Final = Source("compliance", Unit.MOSOVO, _compliance, sums=(("due", "met", "missed"),))
CREWS: Final = Source(
    "crews",
    Unit.MOSOVO,
    _crews,
    sums=(
        ("attended", "double_crewed", "lone"),
        ("lone", "lone_authorised", "lone_authorised_late", "lone_unauthorised"),
    ),
    # As on the pages of trends and of crews.
    steady=("attended",),
)
FINDINGS: Final = Source(
    "findings",
    Unit.MOSOVO,
    _findings,
    sums=(("to_be_found", "found_in_time", "not_found_in_time"),),
    reads_ledgers=True,
)
RECORDING: Final = Source(
    "recording",
    Unit.MOSOVO,
    _recording,
    sums=(("recorded", "recorded_in_time", "recorded_late"),),
    same_as={"recorded": (CREWS, "attended")},
)
