"""POLIT on a day: children first, then the backlog by stage and risk, past the limit, oldest, stalled, unallocated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from offendermgmt.services import polit_cases, polit_children
from offendermgmt.services import polit_definitions as definitions
from offendermgmt.services.counting import cross_counts
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.investigators import BACKLOG, LEVELS, LIVE, OPEN_STAGES
from offendermgmt.services.overdue import TOTAL, setting_of
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.question import Question

OF_BACKLOG: Final = frozenset({CaseList.PAST})


@dataclass(frozen=True)
class Longest:
    """The longest of some days, and whose it is: None for a viewer who sees counts only, and where there is nobody."""

    figure: Figure
    case_ref: str | None
    child_ref: str | None = None


@dataclass(frozen=True)
class Matrices:
    """Counts with TOTAL as last row and column: a row a risk level, worst first, a column a stage, of `past` a band."""

    backlog: pd.DataFrame
    live: pd.DataFrame
    past: pd.DataFrame


@dataclass(frozen=True)
class PolitBoard:
    """POLIT on a day, as one viewer may see it.

    `children` and `cases`: a share each, of the children or cases its definition speaks of. `listed_children` and
    `listed_cases`: the rows (`polit_children.children`, `polit_cases.open_cases`) of the list asked for, the cases
    narrowed as asked. The lists and the matrices are None for a viewer who sees counts only.
    """

    children: Mapping[ChildList, Figure]
    longest_wait: Longest
    cases: Mapping[CaseList, Figure]
    furthest_past: Longest
    oldest: Longest
    matrices: Matrices | None
    listed_children: pd.DataFrame | None
    listed_cases: pd.DataFrame | None


def polit_board(
    question: Question,
    children: ChildList = ChildList.AWAITING,
    cases: CaseList = CaseList.OPEN,
    *,
    risk: str | None = None,
    stage: str | None = None,
    band: str | None = None,
) -> PolitBoard:
    """The board as of the question's day, with a list of children and one of cases, these narrowed where asked.

    ValueError for a risk level, an open stage or a band that there is not.
    """
    bands = question.policy.polit_board.past_bands
    for name, value, allowed in (("risk level", risk, LEVELS), ("stage", stage, OPEN_STAGES), ("band", band, bands)):
        if value is not None and value not in allowed:
            raise ValueError(f"There is no {name} {value!r}: choose one of {', '.join(allowed)}")
    all_children = polit_children.children(question)
    child_lists = polit_children.of_lists(all_children)
    case_lists = polit_cases.of_lists(polit_cases.open_cases(question))
    lists = question.viewer.opens_lists
    child_figures = _child_figures(question, child_lists, int((~all_children["is_open"]).sum()))
    figures = case_figures(question, case_lists)
    backlog, past, awaiting = case_lists[CaseList.BACKLOG], case_lists[CaseList.PAST], child_lists[ChildList.AWAITING]
    return PolitBoard(
        children=child_figures,
        longest_wait=_longest(
            definitions.LONGEST_WAIT, child_figures[ChildList.AWAITING], awaiting, "days_since_identified", lists
        ),
        cases=figures,
        furthest_past=_longest(definitions.FURTHEST_PAST, figures[CaseList.PAST], past, "days_past_limit", lists),
        oldest=_longest(definitions.OLDEST, figures[CaseList.BACKLOG], backlog, "age_days", lists),
        matrices=_matrices(case_lists, bands) if lists else None,
        listed_children=child_lists[children] if lists else None,
        listed_cases=polit_cases.narrowed(case_lists[cases], risk=risk, stage=stage, band=band) if lists else None,
    )


def _child_figures(
    question: Question, lists: Mapping[ChildList, pd.DataFrame], in_closed: int
) -> Mapping[ChildList, Figure]:
    of_open = len(lists[ChildList.IDENTIFIED])
    of = {**dict.fromkeys(ChildList, of_open), ChildList.CLOSED: in_closed}
    return {
        each: published(question, definition, len(lists[each]), of[each])
        for each, definition in definitions.CHILDREN.items()
    }


def case_figures(question: Question, lists: Mapping[CaseList, pd.DataFrame]) -> Mapping[CaseList, Figure]:
    """A share for each list; where the backlog or the live cases are too few to show, so is all that tells either.

    Unallocated cases have no value where the question leaves them out: 0 would say that there are none.
    """
    of_all, of_backlog = len(lists[CaseList.OPEN]), len(lists[CaseList.BACKLOG])
    figures = {}
    for each, definition in definitions.CASES.items():
        figure = published(question, definition, len(lists[each]), of_backlog if each in OF_BACKLOG else of_all)
        tells = each in OF_BACKLOG and is_kept(question, [of_backlog, of_all - of_backlog])
        figures[each] = kept(figure) if tells else figure
    if not question.case_scope.unallocated:
        figures[CaseList.UNALLOCATED] = Figure(definitions.CASES[CaseList.UNALLOCATED], setting_of(question), None)
    return figures


def published(question: Question, definition: Definition, number: int, of: int) -> Figure:
    """The share as the viewer may have it: kept from boards where it, what it is of, or the rest is a small count."""
    figure = Figure.share(definition, setting_of(question), number, of)
    return kept(figure) if is_kept(question, [number, of, of - number]) else figure


def is_kept(question: Question, counts: Sequence[int]) -> bool:
    """Whether one of the counts is too small for this viewer."""
    return not question.viewer.opens_lists and any(0 < number < question.smallest_count for number in counts)


def kept(figure: Figure) -> Figure:
    """The figure without any number."""
    return Figure(figure.definition, figure.setting, None, suppressed=True)


def _longest(definition: Definition, counted: Figure, rows: pd.DataFrame, days: str, lists: bool) -> Longest:
    """The most days among `rows`, which `counted` counts: kept where that is, and no value where there is nobody."""
    if rows.empty or counted.suppressed:
        return Longest(Figure(definition, counted.setting, None, suppressed=counted.suppressed), None)
    first = rows.iloc[int(rows[days].to_numpy().argmax())]
    figure = Figure(definition, counted.setting, int(first[days]))
    return Longest(figure, str(first["case_ref"]), first.get("child_ref")) if lists else Longest(figure, None)


def _matrices(lists: Mapping[CaseList, pd.DataFrame], bands: tuple[str, ...]) -> Matrices:
    return Matrices(
        backlog=_matrix(lists[CaseList.BACKLOG], "stage", BACKLOG),
        live=_matrix(lists[CaseList.LIVE], "stage", LIVE),
        past=_matrix(lists[CaseList.PAST], "past_band", bands),
    )


def _matrix(rows: pd.DataFrame, by: str, named: Sequence[str]) -> pd.DataFrame:
    counts = cross_counts(rows, "risk_level", LEVELS, by, named)
    counts[TOTAL] = counts.sum(axis=1)
    counts.loc[TOTAL] = counts.sum(axis=0)
    return counts
