"""How much of the investigators' time there was on each day, and how much of it one case took (Q45, Q46)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.segments import Dated, Flags, Segments

_ALWAYS = pd.Timestamp(1900, 1, 1)


def fte_by_day(facts: Facts, counted: Flags, days: Days) -> npt.NDArray[np.float64]:
    """FTE available together of the officers `counted` (by code) who are in post, on each of the days (C3)."""
    officers = facts.tables["officers"]
    code = officers["officer_ref"].cat.codes.to_numpy().astype(np.int32)
    order = np.argsort(code)
    order = order[counted[code[order]]]
    officers, code = officers.iloc[order], code[order]
    begun = day_numbers(officers["from_on"].fillna(_ALWAYS))[:, None] <= days
    there = begun & (day_numbers(officers["to_on"])[:, None] > days)
    own = np.broadcast_to(officers["fte"].to_numpy(dtype=np.float64)[:, None], there.shape)
    available = np.where(np.isnan(dated := _dated(facts, code, days)), own, dated)
    total: npt.NDArray[np.float64] = np.where(there, np.nan_to_num(available), 0.0).sum(axis=0)
    return total


def fte_of_each(facts: Facts, days: Days) -> npt.NDArray[np.float64]:
    """FTE available of each officer code (row) at the end of each of the days (column), in rising order (C3).

    As `caseload.fte_available` has it of one day; missing for a code that is no officer on record.
    """
    officers, register = facts.tables["officers"], facts.registers["officer"]
    own = np.full(len(register), np.nan)
    own[officers["officer_ref"].cat.codes.to_numpy()] = officers["fte"]
    dated = _dated(facts, np.arange(len(register), dtype=np.int32), days)
    available: npt.NDArray[np.float64] = np.where(np.isnan(dated), own[:, None], dated)
    return available


def posts_of_each(facts: Facts, days: Days) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether each officer code (row) was in post at the end of each of the days (column), and had left by it."""
    officers, shape = facts.tables["officers"], (len(facts.registers["officer"]), len(days))
    code = officers["officer_ref"].cat.codes.to_numpy()
    there, gone = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    gone[code] = day_numbers(officers["to_on"])[:, None] <= days
    there[code] = (day_numbers(officers["from_on"].fillna(_ALWAYS))[:, None] <= days) & ~gone[code]
    return there, gone


def _dated(facts: Facts, code: "npt.NDArray[np.int32]", days: Days) -> npt.NDArray[np.float64]:
    """The availability recorded for each officer (row) on each day (column), missing where none is in force."""
    rows = facts.tables["officer_availability"]
    about = np.isin(rows["officer_ref"].cat.codes.to_numpy(), code)
    rows = rows[about & (day_numbers(rows["from_on"]) <= days[-1])]
    fact, order = Dated.sort(rows["officer_ref"].cat.codes.to_numpy().astype(np.int32), day_numbers(rows["from_on"]))
    at = Segments(np.repeat(code, len(days)), np.tile(days, len(code)))
    newest = at.newest(fact).reshape(len(code), len(days))
    fte = np.append(rows["fte"].to_numpy(dtype=np.float64)[order], np.nan)
    ends = np.append(day_numbers(rows["to_on"])[order], np.int32(-(2**30)))
    return np.where(ends[newest] > days, fte[newest], np.nan)


@dataclass(frozen=True)
class Pace:
    """Cases that left the backlog, and the FTE-days in which that was done: working days when there was a case to do.

    `days_per_case` is missing where nothing left, or nobody was there.
    """

    departures: int
    fte_days: float

    @property
    def days_per_case(self) -> float | None:
        """Working days an FTE needed to take one case out of the backlog."""
        return self.fte_days / self.departures if self.departures and self.fte_days else None

    def drawn(self, runs: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
        """Working days per case as they may really be, a value a run: few departures leave much open."""
        return self.fte_days / rng.gamma(self.departures, 1.0, runs)


def pace(
    departures: "npt.NDArray[np.integer]", opening: "npt.NDArray[np.integer]", fte: npt.NDArray[np.float64]
) -> Pace:
    """The pace over days: departures, cases at the day's start, and FTE (0 on days nobody works).

    On each day as many FTE are at work as there are cases for them, at most all: what nobody had to do takes no time.
    With one server per FTE this is the likeliest pace of the queue M/M/c.
    """
    return Pace(int(departures.sum()), float(np.minimum(opening, fte).sum()))
