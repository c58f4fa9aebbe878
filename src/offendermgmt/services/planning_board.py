"""The figures of planned visits, as one viewer may see them."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from offendermgmt.services import planning_definitions as definitions
from offendermgmt.services.crewing_suppression import share_told
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.planned_visits import between, counted, to_plan, unplanned, without_outcome
from offendermgmt.services.question import Question


@dataclass(frozen=True)
class PlanningBoard:
    """Visits planned from one day to another, those by one officer, who is due and unplanned, and what waits.

    `visits`, `waiting` and `no_outcome` are the lists behind the figures, rows of `plans_on`, `to_plan` and `plans_on`;
    None for a viewer who sees counts only.
    """

    planned: Figure
    alone: Figure
    unplanned: Figure
    without_outcome: Figure
    visits: pd.DataFrame | None
    waiting: pd.DataFrame | None
    no_outcome: pd.DataFrame | None


def planning_board(question: Question, rows: pd.DataFrame, first: date, last: date, now: datetime) -> PlanningBoard:
    """The figures for the days from `first` to `last`; `rows` are those of `plans_on`.

    Who is due is as of the question's day. Counts that would give back a small one are kept from viewers outside.
    """
    mine = counted(question, rows)
    visits, no_outcome, due = between(mine, first, last), without_outcome(question, mine, now), to_plan(question, rows)
    waiting, alone, lists = unplanned(due), int((visits["crew"] == 1).sum()), question.viewer.opens_lists
    overdue = int((due["days_overdue"] > 0).sum())
    # Beside the page of overdue visits, those only due could be told from the two.
    is_told = share_told(question, len(waiting), len(due)) and share_told(question, overdue, len(due))
    setting = setting_of(question)

    def figure(definition: Definition, numerator: int, denominator: int | None = None, *, told: bool = True) -> Figure:
        if not told:
            return Figure(definition, setting, None, suppressed=True)
        if denominator is None:
            return Figure(definition, setting, numerator).shown_to(question.viewer)
        return Figure.share(definition, setting, numerator, denominator)

    return PlanningBoard(
        planned=figure(definitions.PLANNED, len(visits)),
        alone=figure(definitions.ALONE, alone, len(visits), told=share_told(question, alone, len(visits))),
        unplanned=figure(definitions.UNPLANNED, len(waiting), len(due), told=is_told),
        without_outcome=figure(definitions.NO_OUTCOME, len(no_outcome)),
        visits=visits if lists else None,
        waiting=waiting if lists else None,
        no_outcome=no_outcome if lists else None,
    )
