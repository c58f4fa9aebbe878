"""What changed since the last review of a unit: its backlog by cause, what was refused, what was recorded late."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import morning_definitions as definitions
from offendermgmt.services import reports
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.morning_flow import Backlog, Moved, moved
from offendermgmt.services.morning_late import first_unseen, late
from offendermgmt.services.morning_parts import Part, Section, Since
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.polit_flow_cases import flow_cases
from offendermgmt.services.polit_flow_events import Measure as CaseMeasure
from offendermgmt.services.question import Question
from offendermgmt.services.refused import refused_since
from offendermgmt.services.seen import Seen, seen
from offendermgmt.services.trend_cases import Measure, trend_cases

VISITS: Final = Backlog(
    trend_cases,
    reports.backlog_flow,
    "offender_ref",
    Measure.CLOSING,
    (Measure.BECAME_OVERDUE, Measure.TRANSFERRED_IN),
    (Measure.VISITED, Measure.INTERVAL_CHANGED, Measure.SUSPENDED, Measure.ENDED, Measure.TRANSFERRED_OUT),
)
CASES: Final = Backlog(
    flow_cases,
    reports.polit_flow,
    "case_ref",
    CaseMeasure.CLOSING,
    (CaseMeasure.RECEIVED, CaseMeasure.RETURNED, CaseMeasure.TRANSFERRED_IN),
    (CaseMeasure.PROGRESSED, CaseMeasure.CLOSED_FROM_BACKLOG, CaseMeasure.TRANSFERRED_OUT),
)
_VISIT_WORDS: Final[Mapping[str, Definition]] = {
    "seen": definitions.SEEN,
    "became_overdue": definitions.BECAME_OVERDUE,
    "transferred_in": definitions.TRANSFERRED_IN,
    "corrected_in": definitions.CORRECTED_IN,
    "visited": definitions.VISITED,
    "interval_changed": definitions.INTERVAL_CHANGED,
    "suspended": definitions.SUSPENDED,
    "ended": definitions.ENDED,
    "transferred_out": definitions.TRANSFERRED_OUT,
    "corrected_out": definitions.CORRECTED_OUT,
    "closing": definitions.CLOSING,
    "opening": definitions.OPENING,
    "that_day_in": definitions.THAT_DAY_IN,
    "that_day_out": definitions.THAT_DAY_OUT,
}
_CASE_WORDS: Final[Mapping[str, Definition]] = {
    "seen": definitions.POLIT_SEEN,
    "received": definitions.RECEIVED,
    "returned": definitions.RETURNED,
    "transferred_in": definitions.CASES_IN,
    "corrected_in": definitions.CASES_CORRECTED_IN,
    "progressed": definitions.PROGRESSED,
    "closed_from_backlog": definitions.CLOSED,
    "transferred_out": definitions.CASES_OUT,
    "corrected_out": definitions.CASES_CORRECTED_OUT,
    "closing": definitions.POLIT_CLOSING,
    "opening": definitions.POLIT_OPENING,
    "that_day_in": definitions.CASES_THAT_DAY_IN,
    "that_day_out": definitions.CASES_THAT_DAY_OUT,
}
_CHILDREN: Final = {
    CaseMeasure.IDENTIFIED: definitions.IDENTIFIED,
    CaseMeasure.SAFEGUARDED: definitions.SAFEGUARDED,
}
_TRANSFERS: Final = frozenset({"transferred_in", "transferred_out"})


def no_changes() -> Section:
    """The part of a unit that has no earlier review: nothing is said to have changed."""
    return Section(Part.CHANGES, {}, {})


def visit_changes(question: Question, since: Since) -> Section:
    """How the backlog of visits moved since the review, and what was recorded late.

    The figures of `_VISIT_WORDS`, without transfers where the whole force is counted, and `late`.
    """
    then = seen(question, "offender", since.review_on, since.known_at)
    movement = moved(VISITS, question, since, then)
    is_whole = question.offender_scope.everything
    figures, lists = _flow(question, _VISIT_WORDS, movement, is_whole=is_whole)
    return _with_late(question, since, Unit.MOSOVO, then, Section(Part.CHANGES, figures, lists))


def case_changes(question: Question, since: Since) -> Section:
    """How POLIT's backlog moved since the review, children found and safeguarded, and what was recorded late.

    The figures of `_CASE_WORDS`, without transfers where the whole unit is counted, `identified`, `safeguarded`
    and `late`.
    """
    then = seen(question, "case", since.review_on, since.known_at)
    movement = moved(CASES, question, since, then)
    figures, lists = _flow(question, _CASE_WORDS, movement, is_whole=question.case_scope.everything)
    for measure, definition in _CHILDREN.items():
        rows = children_since(question, since, then, measure)
        figures[str(measure)] = Figure(definition, setting_of(question), len(rows))
        lists[str(measure)] = rows
    return _with_late(question, since, Unit.POLIT, then, Section(Part.CHANGES, figures, lists))


def with_refused(desk: Desk, question: Question, unit: Unit, since: Since, changes: Section) -> Section:
    """The changes with the figure `refused`, and its list for a viewer who works on the quality of the data."""
    refused = refused_since(desk, question.viewer, since.known_at, unit)
    figure = Figure.share(definitions.REFUSED_SINCE, setting_of(question), refused.number, refused.waiting)
    lists = {} if refused.rows is None else {"refused": refused.rows}
    return Section(Part.CHANGES, {**changes.figures, "refused": figure}, {**changes.lists, **lists}, changes.kept)


def _flow(
    question: Question,
    words: Mapping[str, Definition],
    movement: "Moved[Measure] | Moved[CaseMeasure]",
    *,
    is_whole: bool,
) -> tuple[dict[str, Figure], dict[str, pd.DataFrame]]:
    lists = {str(measure): rows for measure, rows in movement.causes.items()}
    lists |= {"corrected_in": movement.corrected_in, "corrected_out": movement.corrected_out}
    counted = {code: len(rows) for code, rows in lists.items()} | {
        code: int(getattr(movement, code)) for code in ("seen", "opening", "closing", "that_day_in", "that_day_out")
    }
    # Of the whole there is no other holder to come from.
    told = {code: word for code, word in words.items() if not (is_whole and code in _TRANSFERS)}
    setting = setting_of(question)
    figures = {code: Figure(word, setting, counted[code]) for code, word in told.items()}
    return figures, {code: rows for code, rows in lists.items() if code in told}


def children_since(question: Question, since: Since, then: Seen, measure: CaseMeasure) -> pd.DataFrame:
    """The children that a measure counts since the review, which did not know of those of its own day."""
    rows = flow_cases(question, measure, Periods.whole(to_date(first_unseen(since)), question.as_of))
    its_day = Periods.whole(since.review_on, since.review_on)
    known = flow_cases(then.question, measure, its_day)
    of_that_day = (rows["on"] == pd.Timestamp(since.review_on)).to_numpy()
    child = pd.MultiIndex.from_frame(rows[["case_ref", "ref"]])
    was_known = child.isin(pd.MultiIndex.from_frame(known[["case_ref", "ref"]]))
    was_known = was_known | ~rows["case_ref"].isin(then.touched).to_numpy()
    return rows[~(of_that_day & was_known)].reset_index(drop=True)


def _with_late(question: Question, since: Since, unit: Unit, then: Seen, changes: Section) -> Section:
    rows = late(question, since, unit, then.added)
    figure = Figure(definitions.LATE, setting_of(question), len(rows))
    return Section(Part.CHANGES, {**changes.figures, "late": figure}, {**changes.lists, "late": rows})
