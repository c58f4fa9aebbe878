"""Everything known at a moment, with its timelines: what every figure is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain import attempts, crewing, crews, timeline, visits
from offendermgmt.domain.facts import KEYS, Facts, Recordings, known, known_rows, recoded
from offendermgmt.domain.policy import Policies
from offendermgmt.domain.polit import CaseTimeline, build_cases
from offendermgmt.domain.segments import Codes, Rows, Segments
from offendermgmt.domain.timeline import Timeline
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.kept import Kept

# Of a few teams and days at a time; one is some megabytes at the size of the country.
_WINDOWS_KEPT: Final = 8
# Of a few days, who stands how at their ends: the parts of a page ask for one day many times over.
_DAYS_KEPT: Final = 4
# Attended visits of a range of days: over years they are as long as the visits themselves.
_RANGES_KEPT: Final = 2
# Figures by period of POLIT's flow (`polit_flow.flow_board`): small, and costly to count again on every rerun.
_FLOWS_KEPT: Final = 16
# Mornings (`morning.morning`) of a few teams and readers: lists, each as long as a backlog. Of each some parts apart.
_MORNINGS_KEPT: Final = 12
_BOARDS_KEPT: Final = 5 * _MORNINGS_KEPT
# Tables of measures by month (`measured.Source`), a row a month: every team's of every source, over a few spans.
_MEASURES_KEPT: Final = 512


@dataclass(frozen=True)
class Snapshot:
    """The facts and policy known at `known_at` (None = all known now) and their timelines.

    `recordings` are those the facts stand from, and any recorded later. `publishing` is the policy known now, where
    that is not `policies`: it decides what leaves the units.
    """

    policies: Policies
    recordings: Recordings
    facts: Facts
    timeline: Timeline
    cases: CaseTimeline
    known_at: datetime | None = None
    publishing: Policies | None = None
    windows: Kept[pd.DataFrame] = field(default_factory=lambda: Kept(_WINDOWS_KEPT), init=False, repr=False)
    days: Kept[pd.DataFrame] = field(default_factory=lambda: Kept(_DAYS_KEPT), init=False, repr=False)
    ranges: Kept[pd.DataFrame] = field(default_factory=lambda: Kept(_RANGES_KEPT), init=False, repr=False)
    flows: Kept[Any] = field(default_factory=lambda: Kept(_FLOWS_KEPT), repr=False)
    measures: Kept[pd.DataFrame] = field(default_factory=lambda: Kept(_MEASURES_KEPT), init=False, repr=False)
    # Of each unit, until a fact is added that may move its figures; and until anything is written, ledgers included.
    boards: Mapping[Unit, Kept[Any]] = field(
        default_factory=lambda: {unit: Kept(_BOARDS_KEPT) for unit in Unit}, repr=False
    )
    # Measures that no ledger goes into, as `boards`: who writes commentary on one changes none of them.
    unit_measures: Mapping[Unit, Kept[pd.DataFrame]] = field(
        default_factory=lambda: {unit: Kept(_MEASURES_KEPT) for unit in Unit}, repr=False
    )
    mornings: Kept[Any] = field(default_factory=lambda: Kept(_MORNINGS_KEPT), init=False, repr=False)

    @cached_property
    def attended(self) -> pd.DataFrame:
        """Attended visits with their crews (`crewing.attended`) and `officer`, the offender's holder on the day."""
        return self._attended()

    @cached_property
    def crew_members(self) -> pd.DataFrame:
        """Who was on each attended visit (`crews.members`)."""
        return crews.members(self.facts, self.attended.index.to_numpy())

    def attended_between(self, first: int, last: int) -> pd.DataFrame:
        """The rows of `attended` from day `first` to day `last`, without making those of all other days."""
        return self.ranges.answer((first, last), lambda: self._attended((first, last)))

    def members_of(self, visits: Rows) -> pd.DataFrame:
        """The rows of `crew_members` about these attended visits (positions in the visits table)."""
        asked = np.zeros(len(self.facts.tables["visits"]), dtype=bool)
        asked[visits] = True
        members = self.crew_members
        about: pd.DataFrame = members[asked[members["visit"].to_numpy()]]
        return about.reset_index(drop=True)

    @cached_property
    def visits_made(self) -> pd.DataFrame:
        """Every visit (`attempts.visits_made`), with `officer`, the offender's holder on the day.

        Also `first_recorded`, the day it was put on record, and `delay`, the days from visit to that.
        """
        visits = attempts.visits_made(self.facts)
        recorded = self.recordings.tables["visits"]
        if self.known_at is not None:
            recorded = recorded[(recorded["recorded_at"] <= utc(self.known_at)).to_numpy()]
        first = attempts.first_recorded(recorded).reindex(visits["visit_ref"]).to_numpy()
        return visits.assign(
            officer=self.holder_on(visits["offender"].to_numpy(), visits["day"].to_numpy()),
            first_recorded=first,
            delay=attempts.delays(visits["day"].to_numpy(), first),
        )

    @cached_property
    def team_of_officer(self) -> Codes:
        """Team code of each officer code, -1 for one without."""
        officers = self.facts.tables["officers"]
        teams = np.full(len(self.facts.registers["officer"]), -1, dtype=np.int32)
        teams[officers["officer_ref"].cat.codes.to_numpy()] = officers["team_ref"].cat.codes.to_numpy()
        return teams

    @cached_property
    def officer_names(self) -> Mapping[str, str]:
        """Rank and name of each officer by reference."""
        officers = self.facts.tables["officers"]
        titles = officers["rank"].fillna("") + " " + officers["name"].fillna("")
        return dict(zip(officers["officer_ref"].astype("str"), titles.str.strip(), strict=True))

    def standing_on(self, day: int) -> pd.DataFrame:
        """The segment each offender is in at the end of a day (`visits.standing`)."""
        return self.days.answer(("offender", day), lambda: visits.standing(self.timeline.segments, day))

    def cases_on(self, day: int) -> pd.DataFrame:
        """The segment each POLIT case is in at the end of a day."""
        return self.days.answer(("case", day), lambda: visits.standing(self.cases.segments, day))

    def holder_on(self, offender: Codes, day: Codes) -> Codes:
        """Holder (code, -1 = unallocated or not managed yet) of each offender on a day (S5)."""
        return self._on("officer", offender, day, -1)

    def risk_on(self, offender: Codes, day: Codes) -> Codes:
        """Risk (position in `RiskLevel`) of each offender on a day, unassessed where not managed yet (S3)."""
        return self._on("risk", offender, day, timeline.UNASSESSED)

    def _attended(self, days: tuple[int, int] | None = None) -> pd.DataFrame:
        went = crewing.attended(self.facts, days)
        return went.assign(officer=self.holder_on(went["offender"].to_numpy(), went["day"].to_numpy()))

    def _on(self, column: str, offender: Codes, day: Codes, missing: int) -> Codes:
        frame = self.timeline.segments
        segments = Segments(frame["offender"].to_numpy(), frame["start"].to_numpy())
        at = segments.covering(offender, day)
        managed = at >= 0
        managed[managed] = segments.subject[at[managed]] == offender[managed]
        return np.append(frame[column].to_numpy(), missing)[np.where(managed, at, -1)].astype(np.int32)


def take_snapshot(recordings: Recordings, policies: Policies, known_at: datetime | None = None) -> Snapshot:
    """The snapshot of all recordings, or of those recorded by `known_at` (D3)."""
    facts = known(recordings, None if known_at is None else utc(known_at))
    return Snapshot(
        policies, recordings, facts, timeline.build(facts, policies), build_cases(facts, policies), known_at
    )


def utc(moment: datetime) -> pd.Timestamp:
    """The moment as recordings have theirs: in UTC, without offset."""
    return pd.Timestamp(moment).tz_convert("UTC").tz_localize(None)


def renew(snapshot: Snapshot, before: Recordings, after: Recordings) -> Snapshot:
    """The snapshot of `after`, which is `before` with recordings added, from the snapshot of all of `before`.

    Only offenders and cases that the added recordings are about, or no longer are about, are worked out again: the
    result is the one `take_snapshot` gives.
    """
    added = {name: frame.iloc[len(before.tables[name]) :] for name, frame in after.tables.items()}
    added = {name: frame for name, frame in added.items() if len(frame)}
    tables = {
        name: _known_after(name, after.tables[name], frame, added[name]) if name in added else frame
        for name, frame in _on_registers(snapshot.facts, after).items()
    }
    facts = Facts(after.registers, tables)
    offenders = touched(added, snapshot.facts.tables, "offender_ref")
    cases = touched(added, snapshot.facts.tables, "case_ref")
    moved = {unit for unit in Unit if _may_move(unit, added)}
    fresh_offenders = timeline.build(facts.about("offender_ref", offenders), snapshot.policies)
    fresh_cases = build_cases(facts.about("case_ref", cases), snapshot.policies)
    return Snapshot(
        snapshot.policies,
        after,
        facts,
        snapshot.timeline.replaced(offenders, fresh_offenders),
        snapshot.cases.replaced(cases, fresh_cases),
        # What is about no case changes no figure of POLIT's flow.
        flows=Kept(_FLOWS_KEPT) if len(cases) else snapshot.flows,
        boards={unit: Kept(_BOARDS_KEPT) if unit in moved else kept for unit, kept in snapshot.boards.items()},
        unit_measures={
            unit: Kept(_MEASURES_KEPT) if unit in moved else kept for unit, kept in snapshot.unit_measures.items()
        },
    )


def _known_after(table: str, after: pd.DataFrame, before: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """The rows of `after`, recordings that end with `added`, that stand, from those that stood `before`.

    Of other keys than the added recordings have, what stood still stands: no need to look at millions of them again.
    """
    first_key = KEYS[table][0]
    again = np.flatnonzero(after[first_key].isin(added[first_key].unique()).to_numpy())
    stands = np.zeros(len(after), dtype=bool)
    # Recordings are numbered from nought, and the rows that stand keep their numbers.
    stands[before.index.to_numpy()] = True
    stands[again] = False
    stands[known_rows(table, after.iloc[again]).index.to_numpy()] = True
    return after if stands.all() else after[stands]


def _may_move(unit: Unit, added: Mapping[str, pd.DataFrame]) -> bool:
    """Whether added recordings may move a figure of the unit: all that are not about the other's offenders or cases."""
    own, other = ("offender_ref", "case_ref") if unit is Unit.MOSOVO else ("case_ref", "offender_ref")
    return any(own in frame.columns or other not in frame.columns for frame in added.values())


def _on_registers(facts: Facts, after: Recordings) -> dict[str, pd.DataFrame]:
    """The tables of `facts` with the categories of `after`'s, so that codes compare between old and new rows."""
    changed = {name: _categories(after.tables[name], frame) for name, frame in facts.tables.items()}
    # Most writes bring no new reference: casting two dozen tables to what they are costs more than the rest of a write.
    return {name: recoded(frame, changed[name]) if changed[name] else frame for name, frame in facts.tables.items()}


def _categories(after: pd.DataFrame, before: pd.DataFrame) -> dict[str, pd.CategoricalDtype]:
    now = dict(after.dtypes)
    return {
        str(column): now[column]
        for column, dtype in before.dtypes.items()
        if isinstance(now[column], pd.CategoricalDtype) and now[column] != dtype
    }


def touched(added: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame], column: str) -> Codes:
    """Codes of those the added rows are about, and of those whose facts a correction takes away.

    `before` are tables that have the rows corrected; `column` names the subject.
    """
    codes = [np.empty(0, dtype=np.int32)]
    for name, frame in added.items():
        if column not in frame.columns:
            continue
        codes.append(frame[column].cat.codes.to_numpy().astype(np.int32))
        if column not in KEYS[name]:
            (key,) = KEYS[name]
            earlier = before[name]
            corrected = earlier.loc[earlier[key].isin(frame[key]), column]
            codes.append(corrected.cat.codes.to_numpy().astype(np.int32))
    return np.unique(np.concatenate(codes))
