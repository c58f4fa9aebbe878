"""The chart of caseloads, with few officers, many, and those who have no place on its scale."""

import numpy as np
import pandas as pd
import pytest

from app.parts.caseload_chart import caseload_chart
from offendermgmt.services.policies import shipped_policy


def officers(number: int, per_fte: float = 40.0, *, fte: float = 1.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "officer_ref": [f"{at:04}" for at in range(number)],
            "name": "DC Ash",
            "cases": 40,
            "high_risk": 10,
            "share": 0.25,
            "exceeds_threshold": True,
            "fte": fte,
            "cases_per_fte": per_fte,
            "exceeds_cap": pd.array([fte == 0] * number, dtype="boolean"),
            "is_small": False,
        }
    )


@pytest.mark.parametrize("number", [1, 3, 1500])
def test_every_officer_is_a_mark(number: int) -> None:
    chart = caseload_chart(officers(number), shipped_policy())

    assert sum(len(trace.x) for trace in chart.data) == number


def test_few_are_all_named_and_of_many_only_the_worst() -> None:
    named = [
        sum(note.text.isdigit() for note in caseload_chart(officers(number), shipped_policy()).layout.annotations)
        for number in (12, 1500)
    ]
    assert named == [12, 6]


def test_an_officer_with_no_fte_stands_at_the_edge_and_the_edge_says_so() -> None:
    chart = caseload_chart(officers(1, np.nan, fte=0.0), shipped_policy())

    assert (chart.layout.xaxis.ticktext[-1], chart.data[0].x[0]) == ("No FTE", chart.layout.xaxis.tickvals[-1])


def test_both_limits_are_drawn_by_policy_and_named() -> None:
    chart = caseload_chart(officers(3), shipped_policy())

    texts = [note.text for note in chart.layout.annotations]
    assert (chart.layout.shapes[0].y0, chart.layout.shapes[1].x0) == (0.2, 50)
    assert ("Ceiling 20%" in texts, "50 cases per FTE" in texts) == (True, True)


def test_small_caseloads_are_open_marks() -> None:
    [trace] = caseload_chart(officers(1).assign(is_small=True), shipped_policy()).data

    assert list(trace.marker.symbol) == ["diamond-open"]
