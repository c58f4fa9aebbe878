"""Teams side by side: rates with what they are counted from, as a board may have them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.segments import Codes
from offendermgmt.domain.visits import obligations_due
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import board_definitions as definitions
from offendermgmt.services.board_measures import kept_of_measures
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable, TableColumn
from offendermgmt.services.board_tables import Cell as Value
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import team_names
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_visits import COMPLIANCE, CREWS, VISITS
from offendermgmt.services.question import Question
from offendermgmt.services.trends import NO_TEAM, UNALLOCATED, Split, backlog_trend

CODE: Final = "teams"
NEW_WITHIN: Final = 365
_OTHERS: Final = "Nobody, or no team"
# A rate of the table: of which team, and what it is of.
Cell = tuple[str, str]


class Rate(NamedTuple):
    """A share of the table: the columns of its numerator, of the rest and of what it is of, and their headings."""

    numerator: str
    rest: str
    denominator: str
    headings: tuple[str, str, str]

    @property
    def counts(self) -> tuple[str, str, str]:
        """The columns that add up."""
        return self.numerator, self.rest, self.denominator


RATES: Final = (
    Rate("overdue", "not_overdue", "running", ("Overdue", "Visit clocks running", "Share overdue")),
    Rate("met", "missed", "due", ("Visited in time", "Fell due", "Share in time")),
    Rate("double_crewed", "lone", "attended", ("Double-crewed", "Attended", "Share double-crewed")),
)


def teams_table(question: Question, desk: Desk) -> BoardTable:
    """The teams of MOSOVO on the question's last day and over its last month, as its viewer may have them.

    The question's periods are calendar months: what of the force's measures is kept over the same months is not given
    back by its teams.
    """
    counts = team_counts(question)
    lost = set() if question.viewer.opens_lists else _kept(question, counts, _kept_of_force(question, desk))
    columns = [TableColumn("Team")]
    for rate in RATES:
        numerator, denominator, share = rate.headings
        columns += [TableColumn(numerator, "number"), TableColumn(denominator, "number"), TableColumn(share, "share")]
    names = team_names(question)
    rows = tuple(
        (names.get(str(team), _OTHERS), *_cells(numbers, {of for of_team, of in lost if of_team == team}))
        for team, numbers in counts.to_dict(orient="index").items()
    )
    finding = _finding(question, counts, is_kept=bool(lost))
    return BoardTable(CODE, "Teams compared", finding, tuple(columns), rows, (definitions.TEAMS,))


def team_counts(question: Question) -> pd.DataFrame:
    """Counts by team (index: its reference; last, NO_TEAM): the columns of `RATES`, whole.

    Every team of MOSOVO is there, and others where they have any.
    """
    snapshot, facts = question.snapshot, question.snapshot.facts
    first, last = int(question.range.first[-1]), question.on
    due = obligations_due(snapshot.timeline, last, question.last_known)
    due = due[due["due"].between(first, last).to_numpy()]
    holder = snapshot.holder_on(due["offender"].to_numpy(), due["due"].to_numpy())
    visits = snapshot.attended
    visits = visits[visits["day"].between(first, last).to_numpy()]
    met, alone = due["met"].to_numpy(), (visits["lone"] >= 0).to_numpy()
    team_of, others = np.append(snapshot.team_of_officer, -1), len(facts.registers["team"])
    of_due, of_visit = team_of[holder], team_of[visits["officer"].to_numpy()]

    def by_team(teams: Codes) -> npt.NDArray[np.int64]:
        return np.bincount(np.where(teams < 0, others, teams), minlength=others + 1)

    index = pd.Index([*map(str, facts.registers["team"]), NO_TEAM], dtype="str")
    counts = pd.DataFrame(
        {
            "met": by_team(of_due[met]),
            "missed": by_team(of_due[~met]),
            "due": by_team(of_due),
            "double_crewed": by_team(of_visit[~alone]),
            "lone": by_team(of_visit[alone]),
            "attended": by_team(of_visit),
        },
        index=index,
    )
    counts = _late(question).reindex(index, fill_value=0).join(counts)
    return counts[(counts.sum(axis=1) > 0).to_numpy() | index.isin(_of_mosovo(question))]


def _late(question: Question) -> pd.DataFrame:
    """The backlog by team on the question's last day; people held by nobody or by an officer of no team are one row."""
    month = replace(question, periods=Periods.whole(to_date(int(question.range.first[-1])), question.as_of))
    rows = backlog_trend(month, Split.TEAM)
    group = rows["group"].replace(UNALLOCATED, NO_TEAM)
    return rows.groupby(group.to_numpy(dtype=str))[["overdue", "not_overdue", "running"]].sum()


def _of_mosovo(question: Question) -> list[str]:
    teams = question.snapshot.facts.tables["teams"]
    return [str(ref) for ref in teams.loc[(teams["unit"] == Unit.MOSOVO).to_numpy(), "team_ref"]]


def _kept(question: Question, counts: pd.DataFrame, kept_elsewhere: Collection[str]) -> set[Cell]:
    """Which rates of which teams are not shown, all three numbers of each: a rate is shown whole or not at all.

    Those with a small count, and with them as many others, the smallest first, as leave no small count when what is
    shown is taken from the force's total. All of them where that total is kept itself.
    """
    found: set[Cell] = set()
    for rate in RATES:
        numbers = counts[list(rate.counts)]
        lost = _is_small(numbers, question.smallest_count).any(axis=1).to_numpy(copy=True)
        if set(rate.counts) & set(kept_elsewhere):
            lost[:] = True
        smallest_first = [at for at in np.argsort(numbers[rate.denominator].to_numpy(), kind="stable") if not lost[at]]
        while _is_small(numbers[lost].sum(), question.smallest_count).any() and smallest_first:
            lost[smallest_first.pop(0)] = True
        found |= {(str(team), rate.denominator) for team in counts.index[lost]}
    return found


def _kept_of_force(question: Question, desk: Desk) -> set[str]:
    """The columns whose number for the force's last month no measure shows the viewer."""
    asked, names = Asked(question, desk), set()
    for source in (VISITS, COMPLIANCE, CREWS):
        newest = kept_of_measures(asked, source).iloc[-1]
        names |= {str(name) for name in newest.index[newest.to_numpy()]}
    return names


def _is_small(numbers: Any, smallest: int) -> Any:
    return (numbers > 0) & (numbers < smallest)


def _cells(numbers: Mapping[Any, int], kept: Collection[str]) -> list[Value]:
    """A team's cells of the table: of each rate numerator, denominator and share, unless what it is of is kept."""
    row: list[Value] = []
    for rate in RATES:
        numerator, denominator = numbers[rate.numerator], numbers[rate.denominator]
        share = numerator / denominator if denominator else None
        row += [NOT_SHOWN] * 3 if rate.denominator in kept else [numerator, denominator, share]
    return row


def _finding(question: Question, counts: pd.DataFrame, *, is_kept: bool) -> str:
    """What to mind in reading: few cases, teams that are new, what is not shown."""
    if counts.empty:
        return "There is no team that visits offenders."
    names, began = team_names(question), _first_held(question)
    # Where records begin later than that, no team is called new for it.
    since = max(int(question.range.first[-1]) - NEW_WITHIN, min(began.values(), default=0) + 1)
    told = ["A share of few differs by chance alone: no team is ranked."]
    for team in counts.index:
        first = began.get(str(team))
        if first is None and team != NO_TEAM:
            told.append(f"{names.get(str(team), team)} has held no offender yet.")
        elif first is not None and first >= since:
            told.append(f"{names.get(str(team), team)} is new: it first held offenders in {to_date(first):%B %Y}.")
    if is_kept:
        told.append("Counts that could point at a person are not shown, nor what would give them back.")
    return " ".join(told)


def _first_held(question: Question) -> dict[str, int]:
    """The first day on which each team held an offender, as a day number."""
    snapshot = question.snapshot
    segments = snapshot.timeline.segments
    officer, start = segments["officer"].to_numpy(), segments["start"].to_numpy()
    team = np.append(snapshot.team_of_officer, -1)[officer]
    known = (team >= 0) & (start <= question.on)
    first = pd.Series(start[known]).groupby(snapshot.facts.registers["team"].take(team[known])).min()
    return {str(ref): int(day) for ref, day in first.items()}
