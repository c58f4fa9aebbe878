"""Findings on visits made alone: what stands, which visits wait for one too long, and whose they are (R20 to R26)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import crewing as crewing_rules
from offendermgmt.domain import crews
from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.domain.working_days import add_working_days
from offendermgmt.services import crewing_definitions as definitions
from offendermgmt.services.crewing import setting_of, visits_in_range
from offendermgmt.services.crewing_suppression import findings_told, kept_back
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.labels import dates
from offendermgmt.services.question import Question
from offendermgmt.store.lone_findings import finding_versions

_COLUMNS: Final = ["visit_ref", "version", "finding", "text", "found_by", "author", "recorded_at", "is_void"]
_TYPES: Final = {"visit_ref": "str", "version": "int64", "finding": "str", "found_by": "str", "is_void": "bool"}
_KINDS: Final[Mapping[LoneFinding, Definition]] = {
    LoneFinding.APPROPRIATE: definitions.FOUND_APPROPRIATE,
    LoneFinding.LEARNING: definitions.FOUND_LEARNING,
    LoneFinding.NOT_APPROPRIATE: definitions.FOUND_NOT_APPROPRIATE,
}


@dataclass(frozen=True)
class Findings:
    """The findings on record at the end of day `on`.

    `newest` has the newest version for each visit, indexed by visit_ref: version, finding, text, found_by (an officer),
    author, recorded_at, is_void (withdrawn).
    """

    on: date
    newest: pd.DataFrame


@dataclass(frozen=True)
class FindingsBoard:
    """Findings on the lone visits of a range, as one viewer may see them.

    `found` and `waiting` are of the visits made alone, `kinds` of those with a finding. `days` is how many working days
    there are for a finding.
    """

    found: Figure
    waiting: Figure
    kinds: Mapping[LoneFinding, Figure]
    days: int


def findings(desk: Desk, on: date, known_at: datetime | None = None) -> Findings:
    """The findings recorded by the end of day `on`, and by `known_at` if asked (D3), whosever they are."""
    return recorded_by(finding_versions(desk.store, desk.force_ref), on, known_at)


def recorded_by(versions: Iterable[Any], on: date, known_at: datetime | None = None) -> Findings:
    """`findings` of versions with the ledger's columns, in order of visit and version."""
    rows = [
        [getattr(version, name) for name in _COLUMNS]
        for version in versions
        if version.recorded_at.astimezone(LONDON).date() <= on and (known_at is None or version.recorded_at <= known_at)
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype(_TYPES)
    return Findings(on, frame.drop_duplicates("visit_ref", keep="last").set_index("visit_ref"))


def judged(question: Question, found: Findings, visits: pd.DataFrame) -> pd.DataFrame:
    """What became of visits, rows of `visits_in_range`: finding, find_by, is_waiting, in their order and index.

    `finding` is a `LoneFinding`, or empty text: none that stands, or two went (R20, R24). `find_by` is the last day (a
    number) on which a finding is in time, and `is_waiting` says that it is past without one (R22).
    """
    newest = found.newest.reindex(visits["visit_ref"])
    alone = (visits["lone"] >= 0).to_numpy()
    stands = alone & newest["is_void"].eq(False).to_numpy()
    # Few of many visits have a finding, and to ask who went is the dearest of it.
    stands[stands] = ~had_part(question, visits[stands], newest["found_by"][stands])
    find_by = add_working_days(visits["day"].to_numpy(), question.policy.lone_findings.days)
    return pd.DataFrame(
        {
            "finding": np.where(stands, newest["finding"].fillna("").to_numpy(dtype=object), ""),
            "find_by": find_by,
            "is_waiting": alone & ~stands & (find_by < day_number(found.on)),
        },
        index=visits.index,
    )


def findings_board(question: Question, found: Findings) -> FindingsBoard:
    """The figures on the lone visits of the question's range, with the findings as of `found.on` (R20 to R23)."""
    visits = visits_in_range(question)
    states = judged(question, found, visits)
    lone, waiting = int((visits["lone"] >= 0).sum()), int(states["is_waiting"].sum())
    kinds = {kind: int((states["finding"] == kind).sum()) for kind in _KINDS}
    number = sum(kinds.values())
    whole = Periods(question.range.first[:1], question.range.last[-1:])
    is_lone_told = not kept_back(question, crewing_rules.crewing(visits, whole)).iloc[0]["lone"]
    told = findings_told(question, number, waiting, lone - number - waiting, [*kinds.values()])
    setting = replace(setting_of(question), as_of=found.on)

    def part(definition: Definition, numerator: int, denominator: int, *, told: bool) -> Figure:
        share = Figure.share(definition, setting, numerator, denominator)
        return share if told else Figure(definition, setting, None, suppressed=True)

    return FindingsBoard(
        found=part(definitions.FOUND, number, lone, told=is_lone_told and told.numbers),
        waiting=part(definitions.WAITING, waiting, lone, told=is_lone_told and told.numbers),
        kinds={
            kind: part(definition, kinds[kind], number, told=is_lone_told and told.kinds)
            for kind, definition in _KINDS.items()
        },
        days=question.policy.lone_findings.days,
    )


def with_findings(question: Question, found: Findings, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `crew_lists.visit_list` with what was found of them.

    Columns finding (a `LoneFinding`, empty text without one), find_by (missing where two went), is_waiting, text (empty
    for a viewer who sees no names: it may hold some), found_by, found_at, finding_version (the newest, 0 = never
    judged), and had_part: whether the viewer was on the visit or authorised it. NotPermitted as there.
    """
    question.viewer.require_lists()
    every = visits_in_range(question)
    visits = every.set_index(every["visit_ref"].to_numpy(), drop=False).loc[rows["visit_ref"]]
    visits = visits.set_index(every.index[pd.Index(every["visit_ref"]).get_indexer(rows["visit_ref"])])
    states, newest = judged(question, found, visits), found.newest.reindex(rows["visit_ref"])
    has_one = (states["finding"] != "").to_numpy()
    own = pd.Series(question.viewer.officer_ref, index=visits.index, dtype="str")
    alone = (visits["lone"] >= 0).to_numpy()
    sees_text = has_one & question.viewer.sees_names
    return rows.assign(
        finding=states["finding"].to_numpy(),
        find_by=pd.Series(dates(states["find_by"].to_numpy()), index=rows.index).where(alone),
        is_waiting=states["is_waiting"].to_numpy(),
        text=np.where(sees_text, newest["text"].fillna("").to_numpy(dtype=object), ""),
        found_by=np.where(has_one, newest["found_by"].fillna("").to_numpy(dtype=object), ""),
        found_at=pd.to_datetime(newest["recorded_at"], utc=True).where(has_one).array,
        finding_version=newest["version"].fillna(0).astype(np.int64).to_numpy(),
        had_part=had_part(question, visits, own),
    )


def had_part(question: Question, visits: pd.DataFrame, officer_refs: "pd.Series[str]") -> Flags:
    """Whether each visit was made, or its going alone authorised, by the officer named beside it."""
    if visits.empty:
        return np.zeros(0, dtype=bool)
    facts = question.snapshot.facts
    officer: npt.NDArray[np.intp] = facts.registers["officer"].get_indexer(pd.Index(officer_refs, dtype="str"))
    authoriser = facts.tables["visits"]["lone_authorised_by"].cat.codes.to_numpy()[visits.index]
    went = crews.members(facts, visits.index.to_numpy())
    position = pd.Index(visits.index).get_indexer(pd.Index(went["visit"]))
    part: Flags = officer == authoriser
    np.logical_or.at(part, position, went["officer"].to_numpy() == officer[position])
    return part & (officer >= 0)
