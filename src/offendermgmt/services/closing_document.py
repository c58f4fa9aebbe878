"""What a closing writes down of a month: a document with a format of its own, readable however the product changes.

A document holds what was known, not what somebody saw: figures are whole, and small counts are kept when it is read.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from offendermgmt.services.board_actions import BoardAction
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.services.interventions import Intervention
from offendermgmt.services.trend_events import TrendEvent

FORMAT: Final = 1
_KEY: Final = ["measure_ref", "month_on"]
_NUMBERS: Final = ("numerator", "denominator", "value")


class DocumentUnreadable(Exception):
    """A document of another format than this program's; the message says so."""


@dataclass(frozen=True)
class FrozenRows:
    """The rows of `measure_series.measure_rows` by column; None where there is no number.

    `is_kept` says which of them a reader outside the units could not have: from sums, too, that stand on no page.
    """

    measure_ref: list[str]
    month_on: list[date]
    numerator: list[float | None]
    denominator: list[float | None]
    value: list[float | None]
    is_kept: list[bool]

    @classmethod
    def of(cls, rows: pd.DataFrame, of_board: pd.DataFrame) -> "FrozenRows":
        """The rows as they are written down: whole, and which of them a board could not have."""
        kept = rows[_KEY].merge(of_board, on=_KEY, how="left")["is_kept"].fillna(value=True)
        numbers = {name: [None if np.isnan(each) else float(each) for each in rows[name]] for name in _NUMBERS}
        return cls(rows["measure_ref"].tolist(), list(rows["month_on"].dt.date), **numbers, is_kept=kept.tolist())

    def frame(self) -> pd.DataFrame:
        """The rows as `measure_rows` gives them to a reader inside the units."""
        keys = {
            "measure_ref": pd.Series(self.measure_ref, dtype="str"),
            "month_on": np.array(self.month_on, dtype="datetime64[D]").astype("datetime64[s]"),
        }
        numbers = {name: np.array(getattr(self, name), dtype=np.float64) for name in _NUMBERS}
        return pd.DataFrame({**keys, **numbers}).assign(is_kept=False, is_so_far=False)


@dataclass(frozen=True)
class ClosingDocument:
    """A closed month: everything that its pages and packs are drawn from.

    `newest_recording` and `known_at` say what was known, `program` which program reckoned, `smallest_count` under which
    number counts were kept from boards. What is added later has a value for documents without it, or `FORMAT` moves on.
    """

    format: Literal[1]
    month_on: date
    known_at: datetime
    newest_recording: int
    program: str
    policy_version: str
    smallest_count: int
    questions: tuple[KeyQuestion, ...]
    measures: tuple[Measure, ...]
    figures: FrozenRows
    commentary: tuple[Commentary, ...] = ()
    actions: tuple[BoardAction, ...] = ()
    events: tuple[TrendEvent, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The document as it is kept: JSON."""
        return _ADAPTER.dump_json(self).decode()


_ADAPTER: Final = TypeAdapter(ClosingDocument)


def read_document(text: str) -> ClosingDocument:
    """The document that was kept; DocumentUnreadable for another format, or what is none."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise DocumentUnreadable(
            "This closed month was written down in a form that this version of the program does not read. Its figures "
            "are safe: ask your administrator which version closed it."
        ) from error
