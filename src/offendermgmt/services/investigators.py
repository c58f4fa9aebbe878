"""Who holds the open POLIT cases: how many, of what stage and risk, and with how much time for them (Q6 to Q8)."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import caseload as caseload_rules
from offendermgmt.domain.vocabulary import BACKLOG_STAGES, LIVE_STAGES, Stage, Unit
from offendermgmt.services import reports
from offendermgmt.services.caseload import Presence, left_on, presence
from offendermgmt.services.counting import cross_counts
from offendermgmt.services.labels import refs, team_refs
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.question import Question

BACKLOG: Final = tuple(str(stage) for stage in Stage if stage in BACKLOG_STAGES)
LIVE: Final = tuple(str(stage) for stage in Stage if stage in LIVE_STAGES)
OPEN_STAGES: Final = (*BACKLOG, *LIVE)
LEVELS: Final = tuple(str(level) for level in WORST_FIRST)
AWAY: Final = frozenset({Presence.NO_TIME, Presence.LEFT})


def holders(question: Question, cases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Everyone in the question's scope who holds an open case or is there to hold one, by officer_ref (Q7).

    The index is officer_ref, empty text for cases held by nobody (only where there are any). Columns team_ref,
    open_cases, backlog_cases, fte (available on the day, 0 for who has left, missing for nobody), cases_per_fte (open
    cases, missing where there is no FTE), presence (`Presence`), left_on, is_away, and open cases by stage and by risk
    level, each under its own code. The counts are those of the polit report (C1, C3, C4, Q6): of `cases`, its rows, by
    whoever has them already.
    """
    cases = reports.polit(question) if cases is None else cases
    everyone = sorted({*cases["officer_ref"], *_in_post(question)})
    officer_ref = pd.Series(everyone, index=pd.Index(everyone, dtype="str", name="officer_ref"), dtype="str")
    by_stage = cross_counts(cases, "officer_ref", everyone, "stage", OPEN_STAGES)
    by_risk = cross_counts(cases, "officer_ref", everyone, "risk_level", LEVELS)
    codes = question.snapshot.facts.registers["officer"].get_indexer(officer_ref.index)
    there, fte = presence(question, officer_ref), _fte(question)[codes]
    fte[(there == Presence.LEFT).to_numpy()] = 0.0
    open_cases = by_stage.sum(axis=1)
    rows = pd.DataFrame(
        {
            "team_ref": team_refs(question.snapshot, codes),
            "open_cases": open_cases.to_numpy(),
            "backlog_cases": by_stage[list(BACKLOG)].sum(axis=1).to_numpy(),
            "fte": fte,
            "cases_per_fte": reports.share(open_cases, pd.Series(fte)),
            "presence": there.to_numpy(),
            "left_on": left_on(question, officer_ref).to_numpy(),
            "is_away": there.isin(AWAY).to_numpy(),
        },
        index=officer_ref.index,
    )
    return rows.join([by_stage, by_risk])


def _fte(question: Question) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """FTE available by officer code, and missing for nobody (-1)."""
    return np.append(caseload_rules.fte_available(question.snapshot.facts, question.on), np.nan)


def _in_post(question: Question) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """References of officers in the question's scope in post in a POLIT team on the day, without supervisors."""
    facts = question.snapshot.facts
    officers = facts.tables["officers"]
    supervisors = officers[officers["is_supervisor"].to_numpy(dtype=bool)]["officer_ref"].cat.codes.to_numpy()
    teams = facts.tables["teams"]
    of_unit = teams[(teams["unit"] == Unit.POLIT).to_numpy()]["team_ref"].cat.codes.to_numpy()
    there = np.isin(question.snapshot.team_of_officer, of_unit) & caseload_rules.in_post(facts, question.on)
    there[supervisors] = False
    return refs(question.snapshot, "officer", np.flatnonzero(there & question.case_scope.officers))
