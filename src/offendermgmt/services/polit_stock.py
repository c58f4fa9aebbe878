"""POLIT's open cases, and the children in them, at the ends of days: as counted, nothing kept from the viewer."""

import numpy as np
import pandas as pd

from offendermgmt.domain.days import Days
from offendermgmt.domain.polit import CLOSED, IN_BACKLOG, each_child
from offendermgmt.domain.segments import Codes, Flags, Segments
from offendermgmt.domain.visits import standing_on
from offendermgmt.services.question import Question


def cases_at_ends(question: Question, ends: Days) -> pd.DataFrame:
    """Open cases at the end of each day (P1): a row a day, columns open, backlog."""
    now, at = standing_on(question.snapshot.cases.segments, ends, question.counted_case_segments())
    stage = now["stage"].to_numpy()
    chosen = {"open": stage != CLOSED, "backlog": IN_BACKLOG[stage]}
    return pd.DataFrame({name: np.bincount(at[flags], minlength=len(ends)) for name, flags in chosen.items()})


def children_at_ends(question: Question, ends: Days) -> pd.DataFrame:
    """Children of open cases at the end of each day (P7, Q1), a row a day.

    Columns known, and of them awaiting, safe, unreferred, referred_by (referred by then); longest_wait in days.
    """
    known = each_child(question.snapshot.facts, int(ends[-1]))
    child, at = (known["identified"].to_numpy()[:, None] <= ends).nonzero()
    days = {name: known[name].to_numpy()[child] for name in ("identified", "referred", "safeguarded")}
    is_open = _open_on(question, known["case"].to_numpy()[child], ends[at])
    awaiting = is_open & (days["safeguarded"] > ends[at])
    referred_by = days["referred"] <= ends[at]
    longest = np.zeros(len(ends), dtype=np.int64)
    np.maximum.at(longest, at[awaiting], (ends[at] - days["identified"])[awaiting])
    chosen = {
        "known": is_open,
        "awaiting": awaiting,
        "safe": is_open & ~awaiting,
        "unreferred": is_open & ~referred_by,
        "referred_by": is_open & referred_by,
    }
    counts = {name: np.bincount(at[flags], minlength=len(ends)) for name, flags in chosen.items()}
    return pd.DataFrame({**counts, "longest_wait": longest})


def _open_on(question: Question, case: Codes, day: Days) -> Flags:
    """Whether each case was received by a day, not closed on it, and held by somebody who counts."""
    frame = question.snapshot.cases.segments
    if frame.empty:
        return np.zeros(len(case), dtype=bool)
    segments = Segments(frame["case"].to_numpy(), frame["start"].to_numpy())
    row = segments.covering(case, day)
    known: Flags = (row >= 0) & (segments.subject[row] == case)
    held = question.case_scope.holds(frame["officer"].to_numpy()[row])
    is_open: Flags = known & held & (frame["stage"].to_numpy()[row] != CLOSED)
    return is_open
