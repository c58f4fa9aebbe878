"""POLIT on a day: children first, then the backlog by stage and risk, past the limit, oldest, stalled, unallocated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from offendermgmt.domain.segments import Flags
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
    narrowed as asked. The lists and the matrices are None for a viewer who sees counts only; the matrices also
    where nobody asked for them.
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
    with_matrices: bool = True,
) -> PolitBoard:
    """The board as of the question's day, with a list of children and one of cases, these narrowed where asked.

    ValueError for a risk level, an open stage or a band that there is not.
    """
    bands = question.policy.polit_board.past_bands
    for name, value, allowed in (("risk level", risk, LEVELS), ("stage", stage, OPEN_STAGES), ("band", band, bands)):
        if value is not None and value not in allowed:
            raise ValueError(f"There is no {name} {value!r}: choose one of {', '.join(allowed)}")
    all_children, all_cases = polit_children.children(question), polit_cases.open_cases(question)
    child_lists, case_lists = polit_children.on_lists(all_children), polit_cases.on_lists(all_cases)
    lists = question.viewer.opens_lists
    child_figures, figures = _child_figures(question, all_children, child_lists), case_figures(question, case_lists)
    awaiting = all_children[child_lists[ChildList.AWAITING]]
    past, backlog, live = (all_cases[case_lists[each]] for each in (CaseList.PAST, CaseList.BACKLOG, CaseList.LIVE))
    listed = polit_cases.narrowed(all_cases[case_lists[cases]], risk=risk, stage=stage, band=band)
    return PolitBoard(
        children=child_figures,
        longest_wait=_longest(
            definitions.LONGEST_WAIT, child_figures[ChildList.AWAITING], awaiting, "days_since_identified", lists
        ),
        cases=figures,
        furthest_past=_longest(definitions.FURTHEST_PAST, figures[CaseList.PAST], past, "days_past_limit", lists),
        oldest=_longest(definitions.OLDEST, figures[CaseList.BACKLOG], backlog, "age_days", lists),
        matrices=_matrices(backlog, live, past, bands) if lists and with_matrices else None,
        listed_children=all_children[child_lists[children]].reset_index(drop=True) if lists else None,
        listed_cases=listed if lists else None,
    )


def _child_figures(
    question: Question, rows: pd.DataFrame, lists: Mapping[ChildList, Flags]
) -> Mapping[ChildList, Figure]:
    of_open = int(rows["is_open"].sum())
    of = {**dict.fromkeys(ChildList, of_open), ChildList.CLOSED: len(rows) - of_open}
    return {
        each: published(question, definition, int(lists[each].sum()), of[each])
        for each, definition in definitions.CHILDREN.items()
    }


def case_figures(question: Question, lists: Mapping[CaseList, Flags]) -> Mapping[CaseList, Figure]:
    """A share for each list; where the backlog or the live cases are too few to show, so is all that tells either.

    Unallocated cases have no value where the question leaves them out: 0 would say that there are none.
    """
    numbers = {each: int(holding.sum()) for each, holding in lists.items()}
    of_all, of_backlog = numbers[CaseList.OPEN], numbers[CaseList.BACKLOG]
    figures = {}
    for each, definition in definitions.CASES.items():
        figure = published(question, definition, numbers[each], of_backlog if each in OF_BACKLOG else of_all)
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


def _matrices(backlog: pd.DataFrame, live: pd.DataFrame, past: pd.DataFrame, bands: tuple[str, ...]) -> Matrices:
    return Matrices(
        backlog=_matrix(backlog, "stage", BACKLOG),
        live=_matrix(live, "stage", LIVE),
        past=_matrix(past, "past_band", bands),
    )


def _matrix(rows: pd.DataFrame, by: str, named: Sequence[str]) -> pd.DataFrame:
    counts = cross_counts(rows, "risk_level", LEVELS, by, named)
    counts[TOTAL] = counts.sum(axis=1)
    counts.loc[TOTAL] = counts.sum(axis=0)
    return counts
