"""A closed month's figures as reported beside those known now, and why they differ (M17 to M19).

Readers outside the units have neither a small count nor a change that small: two numbers side by side would tell it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.restating import CAME_BY, Moment, facts_restated
from offendermgmt.domain.segments import Flags
from offendermgmt.services.access import SYSTEM, Viewer
from offendermgmt.services.closing import MONTHS_BEFORE, month_end
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure
from offendermgmt.services.measure_series import measure_rows, months_up_to
from offendermgmt.services.month_closing import ClosedMonth, ReportedMonth
from offendermgmt.services.question import Question
from offendermgmt.services.restated_words import came_of
from offendermgmt.services.snapshot import utc
from offendermgmt.services.suppression import shown_to
from offendermgmt.services.wording import day_text, moment_text
from offendermgmt.store.policies import policy_versions

_NUMBERS: Final = ("numerator", "denominator", "value")
_UNEXPLAINED: Final = "What changed is in no extract: findings on visits made alone, or refused rows."
_NOT_RECKONED: Final = "This version of the program does not reckon the figure."
# Below this a difference is one of how a computer writes fractions.
_NEGLIGIBLE: Final = 1e-9


@dataclass(frozen=True)
class Restatement:
    """A closed month's figures as reported and as known now, and what came between.

    `rows`, a row a measure: measure_ref, title, figure, then numerator, denominator and value, each `_reported` and
    `_now` (NaN where there is none), is_restated, is_kept_reported, is_kept_now (kept from this viewer: the three are
    NaN), why (in words, "" where nothing changed). `records`: table, late, corrected, withdrawn (Int64, missing
    where kept), only tables with any. `other_causes` are sentences on the policy and the program.
    """

    closing: ClosedMonth
    rows: pd.DataFrame = field(compare=False)
    records: pd.DataFrame = field(compare=False)
    other_causes: tuple[str, ...] = ()

    @property
    def restated(self) -> int:
        """How many figures differ."""
        return int(self.rows["is_restated"].sum())


def reported_rows(question: Question, month: ReportedMonth) -> pd.DataFrame:
    """The figures a closing froze as the question's viewer may have them, with the columns of `measure_rows`.

    What a board could not have when the month was closed it cannot have later; a stricter policy since keeps more.
    """
    rows = month.rows
    if question.viewer.opens_lists:
        return rows
    kept = np.array(month.document.figures.is_kept, dtype=bool)
    if question.smallest_count > month.document.smallest_count:
        kept |= _is_small(rows, question.smallest_count)
    return _without(rows.assign(is_kept=kept), kept)


def restated(desk: Desk, question: Question, month: ReportedMonth) -> Restatement:
    """The month's figures as reported beside those known now, as the question's viewer may have them.

    Figures are the whole force's, by the definitions they were reported by. Known now is what the question's snapshot
    knows: a question of an earlier moment is answered as of then.
    """
    rows = _compared(month, _known_now(desk, question, month, SYSTEM))
    if not question.viewer.opens_lists:
        rows = _as_shown(desk, question, month, rows)
    records = shown_to(question, _records(question, month), CAME_BY)
    causes = _other_causes(desk, question, month)
    why = [
        _why(figure, records, causes) if is_restated else ""
        for figure, is_restated in zip(rows["figure"], rows["is_restated"], strict=True)
    ]
    return Restatement(month.closing, rows.assign(why=why), records, causes)


def restated_figures(desk: Desk, question: Question, months: Sequence[ReportedMonth]) -> list[int]:
    """How many figures of each month differ from those known now; all months are reckoned at once."""
    if not months:
        return []
    first, last = (month_on(each.closing.month_on for each in months) for month_on in (min, max))
    asked = Question(question.snapshot, SYSTEM, month_end(last), question.today)
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    # A measure may have been another one under the same name when an earlier month was closed.
    known = {_version(each): each for month in months for each in month.measures if each.figure in FIGURES}
    names = {version: str(number) for number, version in enumerate(known)}
    renamed = [replace(measure, measure_ref=names[version]) for version, measure in known.items()]
    now = measure_rows(asked, renamed, months_up_to(asked, span), desk)
    return [int(_compared(month, _named(month, now, names))["is_restated"].sum()) for month in months]


def _version(measure: Measure) -> Hashable:
    return measure.measure_ref, measure.figure, measure.to_on


def _named(month: ReportedMonth, now: pd.DataFrame, names: Mapping[Hashable, str]) -> pd.DataFrame:
    """The rows of the month's own measures under the names that it knows them by."""
    own = {names[_version(each)]: each.measure_ref for each in month.measures if _version(each) in names}
    rows = now[now["measure_ref"].isin(list(own)).to_numpy()]
    return rows.assign(measure_ref=rows["measure_ref"].map(own).astype("str"))


def _known_now(desk: Desk, question: Question, month: ReportedMonth, viewer: Viewer) -> pd.DataFrame:
    """The rows of `measure_rows` of the month and those before it, by the measures it was reported by."""
    asked = Question(question.snapshot, viewer, month_end(month.closing.month_on), question.today)
    # A figure that this program does not reckon has no value now: what was reported stands alone.
    reckoned = [measure for measure in month.measures if measure.figure in FIGURES]
    return measure_rows(asked, reckoned, months_up_to(asked, MONTHS_BEFORE + 1), desk)


def _why(figure: str, records: pd.DataFrame, causes: Sequence[str]) -> str:
    if figure not in FIGURES:
        return _NOT_RECKONED
    came = came_of(records, FIGURES[figure].source)
    return " ".join(filter(None, [came, *causes])) or _UNEXPLAINED


def _compared(month: ReportedMonth, now: pd.DataFrame) -> pd.DataFrame:
    """A row a measure: both sets of numbers, whole, and whether they differ."""
    measures = pd.DataFrame(
        {
            "measure_ref": pd.array([each.measure_ref for each in month.measures], dtype="str"),
            "title": pd.array([each.title for each in month.measures], dtype="str"),
            "figure": pd.array([each.figure for each in month.measures], dtype="str"),
        }
    )
    for name, rows in (("reported", month.rows), ("now", now)):
        of_month = _of_month(rows, month)[["measure_ref", *_NUMBERS]]
        measures = measures.merge(
            of_month.rename(columns={each: f"{each}_{name}" for each in _NUMBERS}), on="measure_ref", how="left"
        )
    differs = np.zeros(len(measures), dtype=bool)
    for each in _NUMBERS:
        was, known = (measures[f"{each}_{name}"].to_numpy(dtype=np.float64) for name in ("reported", "now"))
        differs |= ~np.isclose(was, known, rtol=_NEGLIGIBLE, atol=_NEGLIGIBLE, equal_nan=True)
    return measures.assign(is_restated=differs, is_kept_reported=False, is_kept_now=False)


def _as_shown(desk: Desk, question: Question, month: ReportedMonth, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a reader outside the units may have them."""
    order = rows[["measure_ref"]]
    was, now = (
        order.merge(_of_month(each, month), on="measure_ref", how="left")["is_kept"].eq(True).to_numpy(dtype=bool)
        for each in (reported_rows(question, month), _known_now(desk, question, month, question.viewer))
    )
    # A small change beside what was reported would tell a small count of people; no change tells no more than it.
    now = was | (rows["is_restated"].to_numpy() & (now | _tells_small_change(rows, question.smallest_count)))
    hidden = _without(rows.assign(is_kept_reported=was, is_kept_now=now), was, "_reported")
    return _without(hidden, now, "_now")


def _tells_small_change(rows: pd.DataFrame, smallest: int) -> Flags:
    """Whether a figure tells a count that differs by a small number: its own, or one that its value gives away."""
    reckoned = [FIGURES.get(code) for code in rows["figure"]]
    changed = {
        (figure.source.name, column)
        for figure, row in zip(reckoned, rows.to_dict(orient="records"), strict=True)
        if figure is not None and any(0 < change < smallest for change in _changes(figure, row))
        for column in figure.told
    }
    tells = [any((each.source.name, column) in changed for column in each.told) if each else False for each in reckoned]
    return np.array(tells, dtype=bool)


def _changes(figure: MeasureFigure, row: Mapping[Any, Any]) -> list[float]:
    """By how much the counts of a figure differ: numerator, denominator, and what the one leaves of the other."""
    columns = {"numerator": figure.numerator, "denominator": figure.denominator}
    # What is no count of people, such as FTE, is not among those told.
    counts = [name for name, column in columns.items() if column in figure.told]
    changes = [row[f"{name}_now"] - row[f"{name}_reported"] for name in counts]
    if len(changes) == len(columns):
        changes.append(changes[1] - changes[0])
    return [abs(change) for change in changes]


def _is_small(rows: pd.DataFrame, smallest: int) -> Flags:
    """Whether a count of each row is small, or its value may tell one: days overdue tell of how many people."""
    counts = [rows["numerator"], rows["denominator"], rows["denominator"] - rows["numerator"]]
    return _any_small(counts, smallest) | (rows["numerator"].isna() & (rows["value"] > 0)).to_numpy()


def _any_small(counts: "list[pd.Series[float]]", smallest: int) -> Flags:
    small = np.zeros(len(counts[0]), dtype=bool)
    for each in counts:
        small |= ((each > 0) & (each < smallest)).to_numpy()
    return small


def _without(rows: pd.DataFrame, kept: Flags, suffix: str = "") -> pd.DataFrame:
    return rows.assign(**{f"{name}{suffix}": rows[f"{name}{suffix}"].mask(kept) for name in _NUMBERS})


def _of_month(rows: pd.DataFrame, month: ReportedMonth) -> pd.DataFrame:
    return rows[(rows["month_on"] == pd.Timestamp(month.closing.month_on)).to_numpy()]


def _records(question: Question, month: ReportedMonth) -> pd.DataFrame:
    """How many facts of days up to the month's end came late, were corrected or withdrawn since it was closed."""
    document, snapshot = month.document, question.snapshot
    then = Moment(document.newest_recording, utc(document.known_at))
    now = None if snapshot.known_at is None else utc(snapshot.known_at)
    return facts_restated(snapshot.recordings, then, now, pd.Timestamp(month_end(document.month_on)))


def _other_causes(desk: Desk, question: Question, month: ReportedMonth) -> tuple[str, ...]:
    """Sentences on what else changes figures: policy known only since, and another version of the program."""
    document, known_at = month.document, question.snapshot.known_at
    policy = [
        f"Policy in force from {day_text(row.from_on)} was recorded on {moment_text(row.recorded_at)}."
        for row in policy_versions(desk.store, desk.force_ref)
        if row.recorded_at > document.known_at
        and (known_at is None or row.recorded_at <= known_at)
        and row.from_on <= month_end(document.month_on)
    ]
    program = version("offendermgmt")
    reckoned = [f"Version {program} of the program reckons now, version {document.program} did then."]
    return (*policy, *(reckoned if program != document.program else []))
