"""Values as a CSV of the data contract holds them: every column text, empty where there is nothing.

A moment is minutes since 1970-01-01 00:00 on the London clock, written without an offset (rule D1).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from offendermgmt.synthetic.chance import Flags, Ints

NONE = -(10**9)
MINUTES = 1440


def dates(days: Ints) -> "pd.Series[str]":
    """`YYYY-MM-DD` of each day number, empty for `NONE`."""
    absent = days == NONE
    written = np.datetime_as_string(np.where(absent, 0, days).astype("datetime64[D]"))
    return _text(np.where(absent, "", written))


def moments(minutes: Ints) -> "pd.Series[str]":
    """ISO 8601 of each minute, to the second, empty for `NONE`."""
    absent = minutes == NONE
    written = np.datetime_as_string(np.where(absent, 0, minutes).astype("datetime64[m]"), unit="s")
    return _text(np.where(absent, "", written))


def flags(values: Flags) -> "pd.Series[str]":
    """`true` or `false`."""
    return _text(np.where(values, "true", "false"))


def voided(values: Flags) -> "pd.Series[str]":
    """`true` or empty, as `is_void` is written."""
    return _text(np.where(values, "true", ""))


def labels(codes: Ints, names: Sequence[str]) -> "pd.Series[str]":
    """The name of each code, empty for a negative one."""
    return _text(np.array([*names, ""], dtype=object)[np.where(codes < 0, len(names), codes)])


def numbered(prefix: str, numbers: Ints, digits: int) -> list[str]:
    """References such as `FEN-V-000123`."""
    return [f"{prefix}{number:0{digits}d}" for number in numbers.tolist()]


def _text(values: object) -> "pd.Series[str]":
    return pd.Series(values, dtype="str")
