"""Codes and day numbers of the engine as the words, references and dates that people read."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import to_datetimes
from offendermgmt.domain.timeline import RULES
from offendermgmt.domain.vocabulary import OffenderStatus, RiskLevel, Stage
from offendermgmt.services.snapshot import Snapshot

Codes = npt.NDArray[np.integer[Any]]

LEVELS: Final = np.array([str(level) for level in RiskLevel], dtype=object)
STATUSES: Final = np.array([str(status) for status in OffenderStatus], dtype=object)
STAGES: Final = np.array([str(stage) for stage in Stage], dtype=object)
DUE_RULES: Final = np.array([*(str(rule) for rule in RULES), None], dtype=object)


def dates(numbers: Codes) -> "pd.Series[Any]":
    """Day numbers as datetime64[s], NaT where there is no day."""
    return pd.Series(to_datetimes(numbers))


def refs(snapshot: Snapshot, register: str, codes: Codes) -> npt.NDArray[np.object_]:
    """References of codes, empty text where there is none (-1)."""
    found = np.full(len(codes), "", dtype=object)
    known = codes >= 0
    # A register has everything of the force, and what is asked for is often a few of it.
    found[known] = snapshot.facts.registers[register].take(codes[known]).to_numpy(dtype=object)
    return found


def team_refs(snapshot: Snapshot, officer: Codes) -> npt.NDArray[np.object_]:
    """Team of each holder (S5), empty text for the unallocated."""
    return refs(snapshot, "team", np.append(snapshot.team_of_officer, -1)[officer])
