"""A measure's months as a table of words: what stands beside its chart, in a pack and in a file."""

from typing import Final

import pandas as pd

from offendermgmt.services.signal_series import Month, SignalSeries
from offendermgmt.services.signal_words import reading
from offendermgmt.services.wording import month_text

NO_VALUE: Final = "No value"
NOT_SHOWN: Final = "Not shown"
COLUMNS: Final = ("month", "value", "of", "average", "usual", "reading")


def points_in_words(series: SignalSeries) -> pd.DataFrame:
    """Every month as text, newest first.

    Columns month, value, of (`23 of 26`, for a share), average, usual (the usual range), reading (the signal).
    """
    rows = []
    for segment in series.result.segments:
        average = "" if segment.mean is None else series.unit.reckoned(segment.mean)
        for at in range(segment.first, segment.stop):
            month = series.months[at]
            usual = series.usual_range(segment) or "None"
            rows.append(
                (month_text(month.first), _value(series, month), _of(month), average, usual, reading(series, at))
            )
    return pd.DataFrame(rows[::-1], columns=list(COLUMNS), dtype=object)


def _value(series: SignalSeries, month: Month) -> str:
    if month.value is None:
        return NOT_SHOWN if month.kept else NO_VALUE
    return series.unit.written(month.value)


def _of(month: Month) -> str:
    if month.kept or month.numerator is None or month.denominator is None:
        return ""
    return f"{month.numerator:,} of {month.denominator:,}"
