"""Backlog over time: bands, groups and running clocks."""

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import by_band, managed, running, trend
from offendermgmt.domain.vocabulary import OffenderStatus

BANDS = (7, 30)
# Due on day 100, overdue from 101 and visited on 150; due on 120 and still overdue when known last.
WINDOWS = pd.DataFrame({"first": [101, 121], "end": [150, 160], "due": [100, 120], "risk": [0, 3], "team": [0, 1]})
SEGMENTS = pd.DataFrame({"start": [90, 110, 120], "end": [110, 120, NEVER], "runs": [True, False, True]})


def test_a_window_passes_through_the_bands_on_the_day_after_each_edge() -> None:
    cut = by_band(WINDOWS[:1], BANDS)
    assert cut[["first", "end", "band"]].to_numpy().tolist() == [[101, 108, 0], [108, 131, 1], [131, 150, 2]]


def test_a_window_that_starts_late_misses_the_bands_before_it() -> None:
    back_from_abroad = WINDOWS[:1].assign(first=135)
    assert by_band(back_from_abroad, BANDS)["band"].tolist() == [2]


def test_bands_of_no_windows_are_none() -> None:
    assert len(by_band(WINDOWS[:0], BANDS)) == 0


def test_days_overdue_of_a_band_are_counted_from_the_due_date() -> None:
    counted = trend(by_band(WINDOWS, BANDS), 131, 131, by="band", groups=3)
    assert counted.overdue.tolist() == [[0, 1, 1]]
    assert counted.days_overdue_total.tolist() == counted.longest.tolist() == [[0, 11, 31]]


def test_a_trend_is_split_by_the_column_named() -> None:
    assert trend(WINDOWS, 121, 121, by="team", groups=2).overdue.tolist() == [[1, 1]]


def test_a_clock_runs_from_the_segments_first_day_to_the_day_before_its_end() -> None:
    counted = running(SEGMENTS, 109, 121, np.zeros(3, dtype=np.int32), 1)
    assert counted[:, 0].tolist() == [1] + [0] * 10 + [1, 1]


def test_a_segment_without_a_group_is_left_out() -> None:
    assert running(SEGMENTS, 100, 100, np.full(3, -1, dtype=np.int32), 1).tolist() == [[0]]


def test_the_managed_are_counted_while_the_clock_is_stopped_and_not_once_ended() -> None:
    custody = tuple(OffenderStatus).index(OffenderStatus.CUSTODY)
    segments = SEGMENTS.assign(status=[0, custody, ENDED])
    counted = managed(segments, 89, 121, np.zeros(3, dtype=np.int32), 1)
    assert counted[:, 0].tolist() == [0] + [1] * 30 + [0, 0]
