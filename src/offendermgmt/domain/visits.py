"""Figures of visits over the timeline: who is overdue, the backlog and its flow, compliance (V6, V7, B1 to B4)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.daily import Counts, Windows
from offendermgmt.domain.days import NEVER, Days
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.segments import Codes, Flags, Rows, Segments
from offendermgmt.domain.timeline import ENDED, Timeline
from offendermgmt.domain.vocabulary import LeftBacklog, RiskLevel

LEFT: Final = tuple(LeftBacklog)
TRANSFERRED: Final = len(LEFT)
BECAME: Final = 0
CONTINUED: Final = -1
_LEVELS = len(RiskLevel)
_VISITED, _CHANGED, _SUSPENDED, _ENDED = range(len(LEFT))


def standing(segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """The segment each subject is in at the end of day `on` (D2)."""
    return segments[((segments["start"] <= on) & (segments["end"] > on)).to_numpy()]


def standing_on(segments: pd.DataFrame, days: Days, counted: Flags | None = None) -> tuple[pd.DataFrame, Codes]:
    """The segments each subject is in at the ends of several days, those `counted`; and the position of each one's day.

    A subject has a row for every one of the days that it stands on.
    """
    start, end = segments["start"].to_numpy(), segments["end"].to_numpy()
    rows = [np.flatnonzero((start <= day) & (end > day)) for day in days]
    if counted is not None:
        rows = [each[counted[each]] for each in rows]
    day = np.repeat(np.arange(len(days), dtype=np.int32), [len(each) for each in rows])
    return segments.take(np.concatenate(rows) if rows else np.empty(0, dtype=np.intp)), day


def overdue(segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """The segments of offenders overdue on day `on`, with `days_overdue` (V6)."""
    at = standing(segments, on)
    late = at[(at["due"] < on).to_numpy()]
    return late.assign(days_overdue=(on - late["due"]).astype(np.int32))


def band_of(days_overdue: "pd.Series[int]", band_ends: tuple[int, ...]) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Position of the band of each number of days overdue (V7)."""
    return np.searchsorted(np.asarray(band_ends), days_overdue.to_numpy(), side="left")


def overdue_windows(segments: pd.DataFrame, until: int, counted: Flags | None = None) -> pd.DataFrame:
    """Runs of overdue days in one segment, as of `until`: offender, first, end (first day after), due, risk, officer.

    Also `entered` (`BECAME`, `TRANSFERRED`, or `CONTINUED` from the window before) and `left`: why the next day is not
    overdue (position in `LEFT`), `TRANSFERRED` if it is overdue but not counted, `CONTINUED` if the run goes on in the
    next window or is not over by `until`. `counted` chooses segments, those of a team say; a run that crosses into
    or out of them is transferred.
    """
    start, end, due = (segments[column].to_numpy() for column in ("start", "end", "due"))
    first = np.maximum(start, due.astype(np.int64) + 1)
    is_overdue = (first < end) & (first <= until)
    chosen = is_overdue if counted is None else is_overdue & counted
    rows = np.flatnonzero(chosen)
    return pd.DataFrame(
        {
            "offender": segments["offender"].to_numpy()[rows],
            "first": first[rows].astype(np.int32),
            "end": np.minimum(end[rows], until + 1).astype(np.int32),
            "due": due[rows],
            "risk": segments["risk"].to_numpy()[rows],
            "officer": segments["officer"].to_numpy()[rows],
            "entered": _entered(segments, rows, first, is_overdue, chosen),
            "left": np.where(end[rows] <= until, _left(segments, rows, first, chosen), CONTINUED).astype(np.int8),
        }
    )


def _entered(
    segments: pd.DataFrame, rows: Rows, first: npt.NDArray[np.int64], is_overdue: Flags, chosen: Flags
) -> Codes:
    before = np.maximum(rows - 1, 0)
    offender, end = segments["offender"].to_numpy(), segments["end"].to_numpy()
    same = (rows > 0) & (offender[before] == offender[rows])
    went_on = same & is_overdue[before] & (end[before] == first[rows])
    return np.where(went_on, np.where(chosen[before], CONTINUED, TRANSFERRED), BECAME).astype(np.int32)


def _left(segments: pd.DataFrame, rows: Rows, first: npt.NDArray[np.int64], chosen: Flags) -> Codes:
    following = np.minimum(rows + 1, len(segments) - 1)
    start, end = (segments[column].to_numpy()[following] for column in ("start", "end"))
    status, runs = (segments[column].to_numpy()[following] for column in ("status", "runs"))
    visited = segments["last_completed"].to_numpy()[following] == start
    cause = np.select([status == ENDED, ~runs, visited], [_ENDED, _SUSPENDED, _VISITED], _CHANGED)
    still_overdue = (first[following] == start) & (start < end)
    return np.where(still_overdue, np.where(chosen[following], CONTINUED, TRANSFERRED), cause).astype(np.int32)


@dataclass(frozen=True)
class Trend:
    """Overdue visits at the end of each day, by group (B3): arrays with a row a day, a column a group.

    `longest` is 0 where nothing is overdue.
    """

    days: Days
    overdue: Counts
    days_overdue_total: Counts
    longest: Counts


def trend(windows: pd.DataFrame, first: int, last: int, by: str = "risk", groups: int = _LEVELS) -> Trend:
    """Number overdue, their days overdue in total and the longest, for each day from `first` to `last` (B3).

    `by` is the column of `windows` that holds each window's group, a number under `groups`: its risk level unless
    another is named.
    """
    opens, closes, group = (windows[column].to_numpy() for column in ("first", "end", by))
    daily = Windows.within(opens, closes, group, groups, (first, last))
    due = windows["due"].to_numpy()[daily.row].astype(np.int64)
    days, number = daily.days[:, None], daily.total()
    longest = np.where(number > 0, days - daily.least(due), 0)
    return Trend(daily.days, number, days * number - daily.total(due), longest)


def by_band(windows: pd.DataFrame, band_ends: tuple[int, ...]) -> pd.DataFrame:
    """The windows cut where days overdue pass from a band to the next (V7): first, end, due, band (its position)."""
    first, end, due = (windows[column].to_numpy().astype(np.int32)[:, None] for column in ("first", "end", "due"))
    lows = np.array([1, *(last + 1 for last in band_ends)], dtype=np.int32)
    highs = np.array([*band_ends, NEVER], dtype=np.int32)
    opens, closes = np.maximum(first, due + lows), np.minimum(end, due + highs + 1)
    row, band = np.nonzero(opens < closes)
    return pd.DataFrame(
        {"first": opens[row, band], "end": closes[row, band], "due": due[row, 0], "band": band.astype(np.int8)}
    )


def running(segments: pd.DataFrame, first: int, last: int, group: Codes, groups: int) -> Counts:
    """Offenders whose visit clock runs at the end of each day from `first` to `last`: a row a day, a column a group.

    `group` is each segment's, a number under `groups`; -1 leaves the segment out (S2).
    """
    return _in_segments(segments, segments["runs"].to_numpy() & (group >= 0), (first, last), group, groups)


def managed(segments: pd.DataFrame, first: int, last: int, group: Codes, groups: int) -> Counts:
    """Offenders managed at the end of each day, in every state but ended (S1, S2), as `running` counts clocks."""
    return _in_segments(segments, is_managed(segments) & (group >= 0), (first, last), group, groups)


def is_managed(segments: pd.DataFrame) -> Flags:
    """Whether each segment's offender is managed in it: in every state but ended (S1, S2)."""
    flags: Flags = segments["status"].to_numpy() != ENDED
    return flags


def _in_segments(segments: pd.DataFrame, seen: Flags, days: tuple[int, int], group: Codes, groups: int) -> Counts:
    start, end = (segments[column].to_numpy()[seen] for column in ("start", "end"))
    return Windows.within(start, end, group[seen], groups, days).total()


def flow(windows: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Flow of the backlog in each period (B2), one row a period.

    Columns opening, became_overdue, the four causes, transferred_in, transferred_out, closing. The windows must be as
    of the last period's last day.
    """
    first, end, entered, left = (windows[column].to_numpy() for column in ("first", "end", "entered", "left"))
    opening = np.searchsorted(np.sort(first), periods.first, side="left") - np.searchsorted(
        np.sort(end), periods.first, side="left"
    )
    columns = {
        "opening": opening.astype(np.int64),
        "became_overdue": periods.counts(first[entered == BECAME]),
        **{str(cause): periods.counts(end[left == position]) for position, cause in enumerate(LEFT)},
        "transferred_in": periods.counts(first[entered == TRANSFERRED]),
        "transferred_out": periods.counts(end[left == TRANSFERRED]),
    }
    gone = sum((columns[str(cause)] for cause in LEFT), start=columns["transferred_out"])
    columns["closing"] = opening + columns["became_overdue"] + columns["transferred_in"] - gone
    return pd.DataFrame(columns)


def obligations_due(timeline: Timeline, until: int, last_known: int) -> pd.DataFrame:
    """Obligations that count for compliance, as of `until` (B4): offender, due (the final due date), met.

    Counted are those met on or before their due date, and those that on it still stood with the clock running: not
    withdrawn by a stop that began by then, nor paused by one that began by then and is not over by `until`.
    One due on `last_known`, the last day whose visits can be known, and not met by then is not counted.
    """
    rows = timeline.obligations
    rows = rows[(rows["set_on"] <= until).to_numpy()]
    final = rows.drop_duplicates(["offender", "obligation"], keep="last")
    due, closed = final["due"].to_numpy(), final["closed"].to_numpy()
    by_visit = final["met"].to_numpy() & (closed <= until)
    in_time = by_visit & (closed <= due)
    stood = due < np.minimum(closed, _stopped_on(timeline.segments, final["offender"].to_numpy(), until))
    missed = ~in_time & stood & (by_visit | (due < last_known))
    keep = in_time | missed
    counted = {"offender": final["offender"].to_numpy()[keep], "due": due[keep], "met": in_time[keep]}
    return pd.DataFrame(counted)


def _stopped_on(segments: pd.DataFrame, offender: Codes, until: int) -> Days:
    at = Segments(segments["offender"].to_numpy(), segments["start"].to_numpy()).covering(
        offender, np.full(len(offender), until, dtype=np.int32)
    )
    stopped: Days = segments["stopped"].to_numpy()[at]
    return stopped


def compliance(due: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Obligations due and met in each period (B4): columns due, met."""
    days, met = due["due"].to_numpy(), due["met"].to_numpy()
    return pd.DataFrame({"due": periods.counts(days), "met": periods.counts(days[met])})
