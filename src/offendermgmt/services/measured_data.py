"""Measures of the data itself at each month's end."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, NEVER, day_number
from offendermgmt.services.measured import Asked, Source
from offendermgmt.store.refusal_history import first_load_at, refused_spans


def _refused(asked: Asked) -> pd.DataFrame:
    """Refused rows that waited at each month's end; missing before the first load, when there was nothing to refuse."""
    desk, known_at, ends = asked.desk, asked.question.snapshot.known_at, asked.months.last
    spans = [
        (_day(refused_at), _day(closed_at) if closed_at and _is_known(closed_at, known_at) else int(NEVER))
        for refused_at, closed_at in refused_spans(desk.store, desk.force_ref)
        if _is_known(refused_at, known_at)
    ]
    came, went = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    waiting = (came[:, None] <= ends) & (went[:, None] > ends)
    first = first_load_at(desk.store, desk.force_ref)
    begins = int(NEVER) if first is None else _day(first)
    return pd.DataFrame({"refused_waiting": np.where(ends < begins, np.nan, waiting.sum(axis=0))})


def _is_known(moment: datetime, known_at: datetime | None) -> bool:
    return known_at is None or moment <= known_at


def _day(moment: datetime) -> int:
    return day_number(moment.astimezone(LONDON).date())


REFUSED: Final = Source("refused rows", None, _refused)
