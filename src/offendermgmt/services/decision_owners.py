"""Who may be given a decision to carry out: the officers in service of the unit whose case it is (R11)."""

from typing import Any

import pandas as pd

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.consultations import Subject
from offendermgmt.services.directory import holder_names
from offendermgmt.services.question import Question


def owners(question: Question, about: Subject) -> dict[str, str]:
    """The officers in service on the question's day, by reference: `DC Ash (0042)`, in that order.

    Those of the unit's teams, those of no team, and whoever asks.
    """
    tables = question.snapshot.facts.tables
    officers, teams = tables["officers"], tables["teams"]
    unit = Unit.MOSOVO if about.kind == "offender" else Unit.POLIT
    of_unit = set(teams.loc[(teams["unit"] == unit).to_numpy(), "team_ref"].astype("str"))
    team: pd.Series[Any] = officers["team_ref"].astype("str")
    on = pd.Timestamp(question.as_of)
    begun = officers["from_on"].isna() | (officers["from_on"] <= on)
    here = officers["to_on"].isna() | (officers["to_on"] > on)
    asks = officers["officer_ref"] == (question.viewer.officer_ref or "")
    fitting = begun & here & (team.isin(of_unit) | team.isna() | asks)
    refs = officers.loc[fitting.to_numpy(), "officer_ref"].astype("str")
    names = holder_names(question)
    return dict(sorted(((ref, names.get(ref, ref)) for ref in refs), key=lambda item: item[1]))
