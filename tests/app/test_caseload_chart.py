"""The chart of caseloads, with few officers, many, and those who have no place on its scale."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
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


def spread(number: int, seed: int = 7) -> pd.DataFrame:
    """Officers anywhere on the chart, about half of them over a limit, the worst first as the service has them."""
    random = np.random.default_rng(seed)
    share, per_fte = random.uniform(0, 0.4, number), random.uniform(20, 90, number)
    rows = officers(number).assign(share=share, cases_per_fte=per_fte, exceeds_threshold=share > 0.2)
    rows["exceeds_cap"] = pd.array(per_fte > 50, dtype="boolean")
    return rows.sort_values("share", ascending=False)


def named(chart: go.Figure) -> list[go.layout.Annotation]:
    return [note for note in chart.layout.annotations if note.text.isdigit()]


def test_few_with_room_about_them_are_all_named() -> None:
    apart = officers(4).assign(share=[0.05, 0.15, 0.25, 0.35], cases_per_fte=[20.0, 40.0, 60.0, 80.0])
    assert len(named(caseload_chart(apart, shipped_policy()))) == 4


def test_of_many_only_some_over_a_limit_are_named() -> None:
    many = spread(1500)
    found = [note.text for note in named(caseload_chart(many, shipped_policy()))]
    over = many[many["exceeds_threshold"] | many["exceeds_cap"]]
    assert (len(found) <= 12, set(found) <= set(over["officer_ref"])) == (True, True)


@pytest.mark.parametrize(("width", "height"), [(437, 245), (437, 282), (925, 301), (1445, 301)])
@pytest.mark.parametrize("number", [12, 40])
def test_no_name_lies_over_a_mark_a_limit_or_another_name(number: int, width: int, height: int) -> None:
    shown = spread(number)
    chart = caseload_chart(shown, shipped_policy())
    across, upward = chart.layout.xaxis.range, chart.layout.yaxis.range

    def pixels(x: float, y: float) -> tuple[float, float]:
        right, up = (x - across[0]) / (across[1] - across[0]), (y - upward[0]) / (upward[1] - upward[0])
        return right * width, up * height

    boxes = []
    for note in named(chart):
        x, y = pixels(note.x, note.y)
        boxes.append((x + note.xshift, y + note.yshift, 3 * len(note.text), 7))
    marks = [(*pixels(*place), 5, 5) for place in shown[["cases_per_fte", "share"]].to_numpy().tolist()]
    ceiling, cap = pixels(0, 0.2)[1], pixels(50, 0)[0]

    met = [
        (one, other)
        for at, one in enumerate(boxes)
        for other in [*boxes[at + 1 :], *marks]
        if abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]
    ]
    struck = [box for box in boxes if abs(box[0] - cap) < box[2] or abs(box[1] - ceiling) < box[3]]
    outside = [box for box in boxes if not (box[2] <= box[0] <= width - box[2] and box[3] <= box[1] <= height - box[3])]
    assert (met, struck, outside) == ([], [], [])
    assert len(boxes) >= 3


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
