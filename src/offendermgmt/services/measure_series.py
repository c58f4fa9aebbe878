"""What the measures of the performance framework come to, month by month."""

from collections.abc import Sequence

import pandas as pd

from offendermgmt.domain.periods import Periods
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import Measure
from offendermgmt.services.question import Question


def measure_rows(question: Question, measures: Sequence[Measure], months: Periods, desk: Desk) -> pd.DataFrame:
    """Every measure in every one of the months, as the question's viewer may have it: a row a measure and month.

    `months` are consecutive calendar months, the last as far as it has come (`Periods.between(..., Every.MONTH)`).
    The desk is the one the question was asked of: findings on lone visits and refused rows are in its ledgers.
    Columns measure_ref, month_on (first of the month, datetime64[s]), numerator, denominator, value (float64, NaN where
    there is none), is_kept (a small count kept from this viewer: all three are NaN), is_so_far (the month was not over
    on the last day whose facts can be known).
    """
    del question, measures, months, desk
    raise NotImplementedError
