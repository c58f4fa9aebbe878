"""The children of POLIT's cases on a day: who awaits safeguarding or referral, in which case, for how long."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from offendermgmt.domain import polit as rules
from offendermgmt.domain.days import NEVER
from offendermgmt.domain.segments import Flags
from offendermgmt.services.labels import LEVELS, STAGES, dates, refs
from offendermgmt.services.polit_cases import RISK_RANK
from offendermgmt.services.polit_definitions import ChildList
from offendermgmt.services.question import Question


def children(question: Question) -> pd.DataFrame:
    """Every child identified by the day in the cases of the question's scope, closed ones too (P7, Q1-Q3).

    Worst first; at the end, in no order, those safeguarded in cases now closed: they are counted, and on no list.

    Columns case_ref, child_ref, risk_level, stage, is_open, officer_ref (holder on the day), identified_on,
    days_since_identified, referred_on, days_to_referral (from the day identified, 0 for one referred before it),
    days_since_referral, safeguarded_on, is_awaiting. The days of what has not happened are missing.
    """
    snapshot, on = question.snapshot, question.on
    cases = snapshot.cases_on(on).set_index("case")
    rows = rules.each_child(snapshot.facts, on)
    rows = rows[rows["case"].isin(cases.index).to_numpy()]
    cases = cases.reindex(rows["case"])
    held = question.case_scope.holds(cases["officer"].to_numpy())
    rows, cases = rows[held], cases[held]
    identified, referred = rows["identified"].to_numpy(), rows["referred"].to_numpy()
    is_referred = referred < NEVER
    listed = pd.DataFrame(
        {
            "case_ref": refs(snapshot, "case", rows["case"].to_numpy()),
            "child_ref": rows["child_ref"].to_numpy(),
            "risk_level": LEVELS[cases["risk"]],
            "stage": STAGES[cases["stage"]],
            "is_open": (cases["stage"] != rules.CLOSED).to_numpy(),
            "officer_ref": refs(snapshot, "officer", cases["officer"].to_numpy()),
            "identified_on": dates(identified),
            "days_since_identified": on - identified,
            "referred_on": dates(referred),
            "days_to_referral": np.where(is_referred, np.maximum(referred - identified, 0), np.nan),
            "days_since_referral": np.where(is_referred, on - referred, np.nan),
            "safeguarded_on": dates(rows["safeguarded"].to_numpy()),
            "is_awaiting": (rows["safeguarded"] == NEVER).to_numpy(),
        }
    ).astype({"days_to_referral": "Int64", "days_since_referral": "Int64"})
    return _worst_first(listed)


def on_lists(rows: pd.DataFrame) -> Mapping[ChildList, Flags]:
    """Which of the rows of `children` each list holds."""
    is_open, is_awaiting = rows["is_open"].to_numpy(), rows["is_awaiting"].to_numpy()
    is_referred = rows["referred_on"].notna().to_numpy()
    return {
        ChildList.AWAITING: is_open & is_awaiting,
        ChildList.UNREFERRED: is_open & ~is_referred,
        ChildList.REFERRED: is_open & is_referred,
        ChildList.IDENTIFIED: is_open,
        ChildList.CLOSED: ~is_open & is_awaiting,
    }


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Awaiting safeguarding first, then by risk, then the longest since identified (Q3)."""
    listed = rows["is_open"].to_numpy() | rows["is_awaiting"].to_numpy()
    shown = rows[listed]
    order = np.lexsort(
        (
            shown["child_ref"],
            shown["case_ref"],
            -shown["days_since_identified"],
            shown["risk_level"].map(RISK_RANK),
            ~shown["is_awaiting"],
        )
    )
    worst_first: pd.DataFrame = pd.concat([shown.iloc[order], rows[~listed]], ignore_index=True)
    return worst_first
