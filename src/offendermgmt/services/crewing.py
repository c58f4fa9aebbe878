"""Double crewing over a range: how many, how it developed, and where visits are made alone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import crewing as crewing_rules
from offendermgmt.domain import crews
from offendermgmt.domain.days import day_number, to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import LoneVisit
from offendermgmt.services import crewing_definitions as definitions
from offendermgmt.services.crewing_suppression import (
    announcements_told,
    few_alone,
    kept_back,
    share_told,
    trend_shown_to,
)
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.labels import dates
from offendermgmt.services.question import Question
from offendermgmt.services.reports import share

# How far back the trends reach, where the range is shorter.
WEEKS: Final = 26
MONTHS: Final = 36


@dataclass(frozen=True)
class CrewingBoard:
    """Crews over the question's range, as one viewer may see them; `standings` are shares of the lone visits.

    `attended` is what both shares are of, also where they are kept from the viewer; `few_alone` says that they are kept
    because few visits were made alone. `target` is the share promised and
    `judged_from` the crewed visits from which an officer's partners are judged, by the policy of the last day.
    """

    attended: Figure
    compliance: Figure
    lone: Figure
    standings: dict[LoneVisit, Figure]
    unannounced: Figure
    not_recorded: Figure
    settled: Figure
    at_once: Figure
    few_alone: bool
    target: float
    judged_from: int


def crewing_board(question: Question) -> CrewingBoard:
    """The figures of the question's range (W1, W2)."""
    visits, setting, policy = visits_in_range(question), setting_of(question), question.policy.crewing
    counted = crewing_rules.crewing(visits, _whole(question))
    counts, kept = counted.iloc[0], kept_back(question, counted).iloc[0]
    unannounced, recorded = _announcements(question, visits)
    told = announcements_told(question, len(visits), recorded, unannounced)
    partners = judged_partners(question, visits)
    settled, judged = int(partners["settled"].sum()), len(partners)

    def count(definition: Definition, value: int, *, told: bool) -> Figure:
        return _if_told(Figure(definition, setting, value), told)

    def part(definition: Definition, numerator: int, denominator: int, *, told: bool) -> Figure:
        return _if_told(Figure.share(definition, setting, numerator, denominator), told)

    def of_row(definition: Definition, numerator: str, denominator: str) -> Figure:
        known = not (kept[numerator] or kept[denominator])
        return part(definition, int(counts[numerator]), int(counts[denominator]), told=known)

    return CrewingBoard(
        attended=count(definitions.ATTENDED, len(visits), told=not kept["attended"]),
        compliance=of_row(definitions.COMPLIANCE, "double_crewed", "attended"),
        lone=of_row(definitions.LONE, "lone", "attended"),
        standings={kind: of_row(_STANDING[kind], f"lone_{kind}", "lone") for kind in LoneVisit},
        unannounced=part(definitions.UNANNOUNCED, unannounced, recorded, told=told.share and not kept["attended"]),
        not_recorded=count(
            definitions.NOT_RECORDED, len(visits) - recorded, told=told.not_recorded and not kept["attended"]
        ),
        settled=part(definitions.SETTLED, settled, judged, told=share_told(question, settled, judged)),
        at_once=Figure(definitions.AT_ONCE, setting, len(overlapping(question, visits))).shown_to(question.viewer),
        few_alone=bool(few_alone(question, counted)[0]),
        target=float(policy.target_share),
        judged_from=policy.settled_pair_visits,
    )


def _if_told(figure: Figure, told: bool) -> Figure:
    return figure if told else Figure(figure.definition, figure.setting, None, suppressed=True)


_STANDING: Final = {
    LoneVisit.AUTHORISED: definitions.AUTHORISED,
    LoneVisit.AUTHORISED_LATE: definitions.AUTHORISED_LATE,
    LoneVisit.UNAUTHORISED: definitions.UNAUTHORISED,
}


def trend(question: Question, every: Every) -> pd.DataFrame:
    """The `crewing` report's columns for each week or month up to the range's last day (W1, W2).

    From the range's first day, or `WEEKS` or `MONTHS` back if that is earlier, but from the first attended visit on.
    The last period may not be over. Small counts, and what would give them back, are missing for viewers outside the
    units; `few_alone` says where that is because few visits were made alone.
    """
    visits = counted_visits(question, None, question.on)
    whole = crewing_rules.crewing(visits, _whole(question))
    range_first = pd.Timestamp(to_date(int(question.range.first[0])))
    if visits.empty:
        return trend_shown_to(question, _with_shares(whole, _whole(question)), range_first, whole).iloc[:0]
    back = _months_back(question.as_of) if every is Every.MONTH else _weeks_back(question.as_of)
    first = max(min(day_number(back), int(question.range.first[0])), int(visits["day"].min()))
    periods = Periods.between(to_date(first), question.as_of, every)
    rows = _with_shares(crewing_rules.crewing(visits, periods), periods)
    return trend_shown_to(question, rows, range_first, whole)


def visits_in_range(question: Question) -> pd.DataFrame:
    """The attended visits that the question counts, with the columns of `Snapshot.attended`."""
    return counted_visits(question, int(question.range.first[0]), int(question.range.last[-1]))


def counted_visits(question: Question, first: int | None, last: int) -> pd.DataFrame:
    """The attended visits in the question's scope from day `first` (None = ever) to `last`, as `attended` has them."""
    if first is None:
        attended = question.snapshot.attended
        visits = attended[(attended["day"] <= last).to_numpy()]
    else:
        visits = question.snapshot.attended_between(first, last)
    return visits[question.offender_scope.holds(visits["officer"].to_numpy())]


def judged_partners(question: Question, visits: pd.DataFrame) -> pd.DataFrame:
    """Officers with enough crewed visits to judge, most settled first: `crews.partners` with share and settled."""
    policy = question.policy.crewing
    crewed = visits.index[(visits["lone"] < 0).to_numpy()].to_numpy()
    found = crews.partners(question.snapshot.members_of(crewed))
    found = found[(found["visits"] >= policy.settled_pair_visits).to_numpy()]
    together, of = found["together"].to_numpy(), found["visits"].to_numpy()
    limit = policy.settled_pair_share
    settled = together * limit.denominator >= of * limit.numerator
    rows = found.assign(share=share(found["together"], found["visits"]), settled=settled)
    return rows.sort_values(["share", "visits", "officer"], ascending=[False, False, True], ignore_index=True)


def overlapping(question: Question, visits: pd.DataFrame) -> pd.DataFrame:
    """`crews.at_once` among these visits, latest first."""
    facts, went = question.snapshot.facts, question.snapshot.members_of(visits.index.to_numpy())
    found = crews.at_once(facts, went, question.policy.crewing.overlap_minutes)
    began = facts.tables["visits"]["visited_at"].to_numpy()[found["first"]]
    return found.iloc[np.argsort(began, kind="stable")[::-1]].reset_index(drop=True)


def setting_of(question: Question) -> Setting:
    """The setting of every figure that answers the question, its range and filters in words' order."""
    filters = {"Team": question.team_ref, "Officer": question.officer_ref}
    first, last = (to_date(day).isoformat() for day in (question.range.first[0], question.range.last[-1]))
    chosen = {"From": first, "To": last} | {name: value for name, value in filters.items() if value is not None}
    smallest, version = question.smallest_count, question.policy.version
    return Setting(question.as_of, question.snapshot.known_at, chosen, version, smallest)


def over_range(question: Question, first: date, last: date) -> Question:
    """The question as of the range's last day, over one period from `first` to `last`."""
    return replace(question, as_of=last, periods=Periods.whole(first, last))


def _whole(question: Question) -> Periods:
    return Periods(question.range.first[:1], question.range.last[-1:])


def _announcements(question: Question, visits: pd.DataFrame) -> tuple[int, int]:
    """How many of the visits are recorded as unannounced, and how many say either."""
    recorded = question.snapshot.facts.tables["visits"].iloc[visits.index]
    said = recorded["has_announced"].to_numpy()
    return int((said & ~recorded["announced"].to_numpy()).sum()), int(said.sum())


def _weeks_back(day: date) -> date:
    return day - timedelta(days=day.weekday() + 7 * (WEEKS - 1))


def _months_back(day: date) -> date:
    months = day.year * 12 + day.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _with_shares(counts: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    bounds = pd.DataFrame({"period_start": dates(periods.first), "period_end": dates(periods.last)})
    rows = counts.assign(compliance=share(counts["double_crewed"], counts["attended"]))
    return pd.concat([bounds, rows], axis=1)
