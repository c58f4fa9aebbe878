"""Measures of the framework by month with their signals: counts, target, events and rebases put together."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.policy import Policy
from offendermgmt.services.framework import Measure
from offendermgmt.services.interventions import Intervention, rebases_of
from offendermgmt.services.measure_figures import FIGURES, MeasureUnit
from offendermgmt.services.signal_series import Month, SignalSeries, Unit, signal_series
from offendermgmt.services.trend_events import TrendEvent

_DECIMALS: Final = {MeasureUnit.RATE: 1}


def unit_of(measure: Measure) -> Unit:
    """What the measure's values are, as its axis says it; KeyError for a figure there is not."""
    figure = FIGURES[measure.figure]
    return Unit(figure.label, _DECIMALS.get(figure.unit, 0), figure.unit is MeasureUnit.SHARE)


def measure_signals(
    measure: Measure,
    rows: pd.DataFrame,
    policy: Policy,
    *,
    events: Sequence[TrendEvent] = (),
    recorded: Iterable[Intervention] = (),
) -> SignalSeries:
    """A measure by whole month with its signals, from its rows of `measure_rows`, marked with events and rebases.

    Months before there was anything to count are left out, and so is a month that is not over (M3).
    """
    own = rows[(rows["measure_ref"] == measure.measure_ref).to_numpy() & ~rows["is_so_far"].to_numpy()]
    unit = unit_of(measure)
    months = [_month(row, is_share=unit.is_share) for row in own.to_dict(orient="records")]
    begins = next((at for at, month in enumerate(months) if month.value is not None or month.kept), len(months))
    return signal_series(
        measure.title,
        unit,
        months[begins:],
        trial_points=policy.signals.trial_points,
        improvement=measure.improvement,
        target=measure.target,
        events=events,
        rebases=rebases_of(recorded, measure.measure_ref),
    )


def _month(row: Any, *, is_share: bool) -> Month:
    has_value = not pd.isna(row["value"])
    is_share = is_share and has_value
    return Month(
        row["month_on"].date(),
        float(row["value"]) if has_value else None,
        int(row["numerator"]) if is_share else None,
        int(row["denominator"]) if is_share else None,
        kept=bool(row["is_kept"]),
    )
