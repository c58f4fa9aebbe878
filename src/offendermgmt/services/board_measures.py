"""A measure by month with its signals, from the rows that `measure_series` counted or the closing of a month froze."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.framework import Measure, retired_text
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure, MeasureUnit
from offendermgmt.services.measure_series import MONTHS_JUDGED
from offendermgmt.services.measure_small import kept
from offendermgmt.services.measured import Asked, Source
from offendermgmt.services.signal_series import Month, Rebase, SignalSeries, Unit, signal_series
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import day_text

_RATE_DECIMALS: Final = 1


@dataclass(frozen=True)
class Counted:
    """A measure as counted: its months with their signals, the month's own figure, and what that is counted from.

    `series` ends with the newest whole month, `newest` is of the month that is read, as far as it has come. `counted`
    reads `115 of 171`, or `901 managed offenders, 18.4 FTE available`; empty for a count. `note` says what the months
    cannot: that the measure is new, was retired, or has nothing to be counted from.
    """

    series: SignalSeries
    newest: Figure
    counted: str
    note: str


def unit_of(figure: MeasureFigure) -> Unit:
    """In what a figure's values read."""
    decimals = _RATE_DECIMALS if figure.unit is MeasureUnit.RATE else 0
    is_share, is_days = figure.unit is MeasureUnit.SHARE, figure.unit is MeasureUnit.DAYS
    return Unit(figure.label, decimals, is_share=is_share, is_days=is_days)


def counted(
    measure: Measure,
    rows: pd.DataFrame,
    *,
    definition: Definition,
    setting: Setting,
    trial_points: int,
    events: Iterable[TrendEvent] = (),
    rebases: Iterable[Rebase] = (),
    shown: int = MONTHS_JUDGED,
) -> Counted:
    """The measure from its own rows of `measure_rows`, the month that is read last; KeyError for an unknown figure.

    Months before there was anything to count are no months of it, nor is one that is not over (M3). Its signals are
    reckoned over the last MONTHS_JUDGED of them, and the series has the last `shown`.
    """
    figure, last = FIGURES[measure.figure], rows.iloc[-1]
    whole = rows[~rows["is_so_far"].to_numpy()].tail(MONTHS_JUDGED)
    months = [_month(row, figure) for row in whole.to_dict(orient="records")]
    begins = next((at for at, month in enumerate(months) if month.value is not None or month.kept), len(months))
    series = signal_series(
        measure.title,
        unit_of(figure),
        months[begins:],
        trial_points=trial_points,
        improvement=measure.improvement,
        target=measure.target,
        events=tuple(events),
        rebases=tuple(rebases),
    )
    newest = figure_of(measure, last, definition, setting)
    return Counted(series.last(shown), newest, counted_text(measure, last), _note(measure, rows, shown))


def figure_of(measure: Measure, row: Any, definition: Definition, setting: Setting) -> Figure:
    """The measure's figure from one row: a share with what it is counted from, or a value, or neither."""
    if row["is_kept"]:
        return Figure(definition, setting, None, suppressed=True)
    if FIGURES[measure.figure].unit is MeasureUnit.SHARE and _is_counted(row):
        return Figure.share(definition, setting, int(row["numerator"]), int(row["denominator"]))
    return Figure(definition, setting, None if pd.isna(row["value"]) else float(row["value"]))


def counted_text(measure: Measure, row: Any) -> str:
    """What a figure is counted from: `115 of 171`, or `901 managed offenders, 18.4 FTE available`; "" for a count."""
    figure = FIGURES[measure.figure]
    if not _is_counted(row):
        return ""
    if figure.unit is MeasureUnit.SHARE:
        return f"{row['numerator']:,.0f} of {row['denominator']:,.0f}"
    counts = f"{figure.counts[:1].lower()}{figure.counts[1:]}"
    return f"{row['numerator']:,.0f} {counts}, {row['denominator']:,.1f} {figure.of}"


def _is_counted(row: Any) -> bool:
    """Whether there is something the figure is counted from: of a table that nobody keeps only one is known."""
    return not pd.isna(row["numerator"]) and not pd.isna(row["denominator"])


def kept_of_measures(asked: Asked, source: Source) -> pd.DataFrame:
    """Which counts of a source are kept from the viewer in its measures: flags, a row a month, a column a count."""
    return kept(asked, source, _told)


def _told(source: Source) -> frozenset[str]:
    return frozenset(name for figure in FIGURES.values() if figure.source is source for name in figure.told)


def _month(row: Any, figure: MeasureFigure) -> Month:
    has_value = not pd.isna(row["value"])
    is_share = has_value and figure.unit is MeasureUnit.SHARE
    return Month(
        row["month_on"].date(),
        float(row["value"]) if has_value else None,
        int(row["numerator"]) if is_share else None,
        int(row["denominator"]) if is_share else None,
        kept=bool(row["is_kept"]),
    )


def _note(measure: Measure, rows: pd.DataFrame, shown: int) -> str:
    first, last = (at.date() for at in rows["month_on"].tail(shown).iloc[[0, -1]])
    said = [retired_text(measure)]
    if first < measure.from_on and measure.from_on.replace(day=1) <= last:
        said.append(f"New: in force since {day_text(measure.from_on)}; earlier months are counted the same way.")
    is_known = rows["value"].notna() | rows["is_kept"]
    if not is_known.any():
        said.append("Nothing has been recorded yet that it could be counted from.")
    elif not is_known.iloc[-1] and measure.to_on is None:
        said.append("There was nothing to count it from this month.")
    return " ".join(text for text in said if text)
