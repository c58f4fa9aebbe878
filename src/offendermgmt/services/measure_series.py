"""What the measures of the performance framework come to, month by month."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_number, to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure
from offendermgmt.services.labels import dates
from offendermgmt.services.measure_figures import FIGURES, MeasureFigure
from offendermgmt.services.measure_small import kept
from offendermgmt.services.measured import Asked, Source
from offendermgmt.services.question import Question

# A month and the 36 before it. However few are shown, small counts are kept over all of them.
MONTHS_READ: Final = 37
# Signals are reckoned over as many that are over: as many are read whether the newest of those read is over or not.
MONTHS_JUDGED: Final = MONTHS_READ - 1
_TYPES: Final = {
    "measure_ref": "str",
    "month_on": "datetime64[s]",
    "numerator": "float64",
    "denominator": "float64",
    "value": "float64",
    "is_kept": "bool",
    "is_so_far": "bool",
}


def months_up_to(question: Question, number: int) -> Periods:
    """So many calendar months up to the question's day, the last of them as far as the day."""
    day = question.as_of
    month = day.year * 12 + day.month - number
    return Periods.between(day.replace(year=month // 12, month=month % 12 + 1, day=1), day, Every.MONTH)


def measure_rows(question: Question, measures: Sequence[Measure], months: Periods, desk: Desk) -> pd.DataFrame:
    """Every measure in every one of the months, as the question's viewer may have it: a row a measure and month.

    `months` are consecutive calendar months, the last as far as it has come (`months_up_to`); whatever day and periods
    the question has, each month is as of its own last day (M3). The desk is the one the question was asked of: findings
    on lone visits and refused rows are in its ledgers.

    Columns measure_ref, month_on (first of the month, datetime64[s]), numerator, denominator, value (float64, NaN where
    there is none; a share's value is a fraction), is_kept (a small count kept from this viewer: all three are NaN),
    is_so_far (the month was not over on the last day whose facts can be known). A measure has no value in a month on
    whose last day it was retired, nor one from before there was anything to count.
    NotPermitted for an officer's figures asked by a viewer who sees counts only; KeyError for a figure there is not.
    """
    asked = Asked(replace(question, as_of=to_date(int(months.last[-1])), periods=months), desk)
    first = dates(months.first.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int32))
    so_far = _calendar_ends(months) >= asked.known_on
    rows = [
        _of_measure(asked, measure).assign(measure_ref=measure.measure_ref, month_on=first, is_so_far=so_far)
        for measure in measures
    ]
    every = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(_TYPES))
    return every[list(_TYPES)].astype(_TYPES)


def _of_measure(asked: Asked, measure: Measure) -> pd.DataFrame:
    figure = FIGURES[measure.figure]
    is_kept = _kept(asked, figure)
    retired = asked.months.last >= (NEVER if measure.to_on is None else day_number(measure.to_on))
    rows = figure.of_months(figure.source.counted(asked))
    has_any = rows.notna().to_numpy().any(axis=1)
    hidden = np.broadcast_to((is_kept | retired)[:, None], rows.shape)
    return rows.mask(hidden).assign(is_kept=is_kept & has_any & ~retired)


def _kept(asked: Asked, figure: MeasureFigure) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if asked.question.viewer.opens_lists or not figure.told:
        return np.zeros(len(asked.months), dtype=bool)
    flags = kept(asked, figure.source, _shown)[list(figure.told)]
    return np.asarray(flags.to_numpy().any(axis=1), dtype=np.bool_)


def _shown(source: Source) -> frozenset[str]:
    """The columns of a source that some figure tells."""
    return frozenset(column for figure in FIGURES.values() if figure.source is source for column in figure.told)


def _calendar_ends(months: Periods) -> Days:
    """The last day of each calendar month, whether it has come or not."""
    after = months.first.astype("datetime64[D]").astype("datetime64[M]") + 1
    return (after.astype("datetime64[D]") - 1).astype(np.int32)
