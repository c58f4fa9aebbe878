"""Tables of recordings in the making, over registers known from the start."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import to_datetimes
from offendermgmt.domain.facts import COLUMNS, Recordings
from offendermgmt.store.frames import empty_frame, joined

Days = np.ndarray[Any, Any]
# The last day on which anything is recorded.
ENDS: Final = 20_700


class Tables:
    """The tables made so far; those never made are empty."""

    def __init__(self, registers: Mapping[str, "pd.Index[str]"]) -> None:
        self.registers = registers
        self._frames: dict[str, pd.DataFrame] = {}

    def add(self, name: str, day: str, days: Days, /, **columns: Any) -> None:
        """Put the rows in as table `name`: each is dated by the column `day`, and recorded on the next morning."""
        recorded = to_datetimes(days + 1).astype("datetime64[us]") + np.timedelta64(9, "h")
        self._frames[name] = pd.DataFrame({**columns, day: to_datetimes(days)}).assign(
            recorded_at=recorded, recording_id=np.arange(len(days)), is_void=np.zeros(len(days), dtype=bool)
        )

    def of(self, register: str, codes: Days) -> "pd.Categorical[Any]":
        """The references of a register with these codes, -1 for none."""
        return pd.Categorical.from_codes(codes, categories=self.registers[register])

    def never(self, number: int) -> Days:
        """So many days that are none."""
        return np.full(number, np.datetime64("NaT"), dtype="datetime64[s]")

    def recordings(self) -> Recordings:
        """All that was made, each table with the columns that a store's reading gives it."""
        empty = {name: empty_frame(name, self.registers) for name in COLUMNS if name not in self._frames}
        made = {name: joined(name, [frame], self.registers) for name, frame in self._frames.items()}
        return Recordings(self.registers, {name: {**empty, **made}[name] for name in COLUMNS})


def numbered(letter: str, number: int) -> "pd.Series[str]":
    """So many references of their own."""
    return pd.Series(np.char.add(letter, np.arange(number).astype(str)), dtype="str")


def after(random: np.random.Generator, first: Days) -> Days:
    """A day from each of these to the last of all."""
    found: Days = first + (random.random(len(first)) * (ENDS - first)).astype(int)
    return found
