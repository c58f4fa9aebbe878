"""The backlog of visits on a day: how large, how risky, how old, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import visits as visit_rules
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import definitions, reports
from offendermgmt.services.counting import cross_counts
from offendermgmt.services.explanations import short_reasons
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question

# Worst first: unassessed is visited as high, and ranks just under it because nobody has said so.
WORST_FIRST: Final = (
    RiskLevel.VERY_HIGH,
    RiskLevel.HIGH,
    RiskLevel.UNASSESSED,
    RiskLevel.MEDIUM,
    RiskLevel.LOW,
)
TOTAL: Final = "Total"


@dataclass(frozen=True)
class OverdueBoard:
    """The backlog on a day, as one viewer may see it.

    `matrix`: counts, a row a risk level (worst first) and TOTAL, a column a band (shortest first) and TOTAL.
    `cases`: the rows of the overdue report, worst first, narrowed to the risk and band chosen.
    Both are None for a viewer who sees counts only. `most_overdue_ref` is whose visit is the most overdue.
    """

    size: Figure
    share: Figure
    high_risk: Figure
    days_total: Figure
    longest: Figure
    most_overdue_ref: str | None
    matrix: pd.DataFrame | None
    cases: pd.DataFrame | None


def overdue_board(question: Question, risk: str | None = None, band: str | None = None) -> OverdueBoard:
    """The backlog as of the question's day, its cases narrowed to one risk level and one band where asked (V6, V7).

    ValueError for a risk level or band that policy on that day does not have.
    """
    _require("risk level", risk, [str(level) for level in RiskLevel])
    _require("band", band, question.policy.bands)
    rows = _worst_first(reports.overdue(question))
    days, setting = rows["days_overdue"], setting_of(question)
    high = int(rows["risk_level"].isin([RiskLevel.VERY_HIGH, RiskLevel.HIGH]).sum())
    lists = question.viewer.opens_lists

    def count(definition: Definition, value: int | None) -> Figure:
        return Figure(definition, setting, value).shown_to(question.viewer)

    share = Figure.share(definitions.OVERDUE_SHARE, setting, len(rows), _running(question))
    return OverdueBoard(
        size=count(definitions.OVERDUE, len(rows)),
        share=share.shown_to(question.viewer),
        high_risk=Figure.share(definitions.HIGH_RISK_OVERDUE, setting, high, len(rows)).shown_to(question.viewer),
        days_total=count(definitions.DAYS_OVERDUE, int(days.sum())),
        longest=count(definitions.MOST_OVERDUE, int(days.max()) if len(rows) else None),
        most_overdue_ref=str(rows["offender_ref"].iloc[int(days.argmax())]) if lists and len(rows) else None,
        matrix=by_risk_and_band(rows, question.policy.bands) if lists else None,
        cases=_narrowed(rows, risk, band) if lists else None,
    )


def reasons_in_short(question: Question, offender_refs: Sequence[str]) -> dict[str, str]:
    """Why the visit of each of these overdue offenders is due when it is, a short sentence by reference."""
    register = question.snapshot.facts.registers["offender"]
    late = visit_rules.overdue(question.snapshot.timeline.segments, question.on)
    late = late[late["offender"].isin(register.get_indexer(pd.Index(list(offender_refs), dtype="str")))]
    shown = refs(question.snapshot, "offender", late["offender"].to_numpy())
    return dict(zip((str(ref) for ref in shown), short_reasons(late), strict=True))


def setting_of(question: Question) -> Setting:
    """The setting of every figure that answers this question."""
    filters = {"Team": question.team_ref, "Officer": question.officer_ref}
    chosen = {name: value for name, value in filters.items() if value is not None}
    smallest, version = question.smallest_count, question.policy.version
    return Setting(question.as_of, question.snapshot.known_at, chosen, version, smallest)


def _running(question: Question) -> int:
    standing = question.snapshot.standing_on(question.on)
    counted = question.offender_scope.holds(standing["officer"].to_numpy())
    return int((standing["runs"].to_numpy() & counted).sum())


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    rank = rows["risk_level"].map({str(level): position for position, level in enumerate(WORST_FIRST)})
    order = np.lexsort((rows["offender_ref"], -rows["days_overdue"], rank))
    return rows.iloc[order].reset_index(drop=True)


def by_risk_and_band(rows: pd.DataFrame, bands: tuple[str, ...]) -> pd.DataFrame:
    """Counts of rows of the overdue report: a row a risk level (worst first) and TOTAL, a column a band and TOTAL."""
    levels = [str(level) for level in WORST_FIRST]
    counts = cross_counts(rows, "risk_level", levels, "band", bands)
    counts[TOTAL] = counts.sum(axis=1)
    counts.loc[TOTAL] = counts.sum(axis=0)
    return counts


def _narrowed(rows: pd.DataFrame, risk: str | None, band: str | None) -> pd.DataFrame:
    keep = np.ones(len(rows), dtype=bool)
    if risk is not None:
        keep &= (rows["risk_level"] == risk).to_numpy()
    if band is not None:
        keep &= (rows["band"] == band).to_numpy()
    return rows[keep].reset_index(drop=True)


def _require(name: str, value: str | None, allowed: "list[str] | tuple[str, ...]") -> None:
    if value is not None and value not in allowed:
        raise ValueError(f"There is no {name} {value!r}: choose one of {', '.join(allowed)}")
