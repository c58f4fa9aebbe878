"""The chart of a measure: what it draws, where its axis starts, and what stands beneath it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from app.parts import signal_chart
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.signal_series import Rebase, SignalSeries
from tests.unit.services.measures import SHARE, STEADY, event, measure, shares


def traces(series: SignalSeries) -> dict[str, Any]:
    return {trace.name: trace for trace in signal_chart.chart(series).data}


def marks(chart: go.Figure) -> Iterator[Any]:
    return (trace for trace in chart.data if trace.mode == "markers")


def ends_of_range(series: SignalSeries) -> list[float]:
    return [trace.y[0] for trace in signal_chart.chart(series).data if trace.name == "Usual range (trial)"]


def test_every_month_with_a_value_is_one_mark() -> None:
    series = measure((*STEADY, None, 30, 1), baseline=13, target=9)
    drawn = [y for trace in marks(signal_chart.chart(series)) for y in trace.y]
    assert sorted(drawn) == sorted([*STEADY, 30, 1])


def test_what_months_say_differs_in_shape_and_in_colour() -> None:
    series = measure((5, *STEADY, 30, 1), rebases=[Rebase(date(2025, 2, 1), "start")], baseline=13)
    drawn = {trace.name: (trace.marker.symbol, trace.marker.color) for trace in marks(signal_chart.chart(series))}
    assert list(drawn) == ["Not judged", "As usual", "Improvement", "Concern"]
    assert len({symbol for symbol, _ in drawn.values()}) == 4
    assert len({colour for name, (_, colour) in drawn.items() if name != "Not judged"}) == 3


def test_of_a_neutral_measure_high_and_low_point_up_and_down() -> None:
    drawn = traces(measure((*STEADY, 30, 1), baseline=13, improvement=Improvement.NEUTRAL))
    assert (drawn["High or rising"].y, drawn["High or rising"].marker.symbol) == ((30,), "triangle-up")
    assert (drawn["Low or falling"].y, drawn["Low or falling"].marker.symbol) == ((1,), "triangle-down")


def test_a_month_says_its_numbers_and_what_it_is_where_the_pointer_is() -> None:
    drawn = traces(measure(shares([(9, 10), (7, 10), (8, 10)]), SHARE, improvement=Improvement.INCREASE))
    assert drawn["As usual"].customdata[1] == "70.0% (7 of 10): As usual"


def test_range_and_average_step_where_they_start_anew() -> None:
    series = measure((*STEADY, 3, 4, 3), rebases=[Rebase(date(2026, 2, 9), "second team")])
    chart = signal_chart.chart(series)
    average = traces(series)["Average"]
    edges = (date(2025, 1, 1), date(2026, 2, 1), None, date(2026, 2, 1), date(2026, 5, 1), None)
    assert tuple(average.x) == edges
    assert average.y[0] == average.y[1] != average.y[3] == average.y[4]
    assert [shape.x0 for shape in chart.layout.shapes] == [date(2026, 2, 1)]
    assert [note.text for note in chart.layout.annotations] == ["range starts anew"]


def test_events_in_the_months_are_marked_and_others_are_not() -> None:
    series = measure(STEADY, events=[event(date(2025, 3, 31)), event(date(2024, 12, 31)), event(date(2026, 2, 1))])
    chart = signal_chart.chart(series)
    assert [note.text for note in chart.layout.annotations] == ["<b>1</b>"]
    assert [shape.x0 for shape in chart.layout.shapes] == [date(2025, 3, 31)]


def test_the_target_stands_in_the_legend_with_its_side() -> None:
    assert "Target: at most 9" in traces(measure(STEADY, target=9))
    assert not any(name.startswith("Target") for name in traces(measure(STEADY)))


@pytest.mark.parametrize(
    ("values", "start", "title"),
    [
        (STEADY, 0, "Offenders overdue at the month's end"),
        ([900 + value for value in STEADY], 906, "Offenders overdue at the month's end<br>axis starts at 906"),
        ([900], 0, "Offenders overdue at the month's end"),
        ([0, -12, 9, -3], -60, "Offenders overdue at the month's end"),
    ],
)
def test_the_axis_starts_at_nought_or_says_where(values: list[float], start: float, title: str) -> None:
    layout = signal_chart.chart(measure(values)).layout
    assert (layout.yaxis.range[0], layout.yaxis.title.text) == (start, title)


@pytest.mark.parametrize(
    "values", [STEADY, [900 + value for value in STEADY], [0], [0, 0], [0, -12, 9, -3], [0.001, 0.002], [10**9, 2]]
)
def test_everything_drawn_lies_on_the_axis_and_its_labels_are_few(values: list[float]) -> None:
    chart = signal_chart.chart(measure(values, target=values[0]))
    start, end = chart.layout.yaxis.range
    drawn = [y for trace in chart.data for y in trace.y if y is not None]
    assert start <= min(drawn) <= max(drawn) < end
    assert (end - start) / chart.layout.yaxis.dtick <= 7


def test_rates_read_as_percentages_and_no_limit_lies_beyond_all() -> None:
    series = measure(shares([(19, 20), (15, 20), (20, 20)] * 4), SHARE, improvement=Improvement.INCREASE)
    layout = signal_chart.chart(series).layout
    assert (layout.yaxis.title.text, layout.yaxis.tickformat) == ("Share of attended visits (%)", ".0%")
    assert ends_of_range(series)[0] == 1


def test_no_limit_of_a_count_lies_under_nought() -> None:
    assert ends_of_range(measure([1, 4, 1, 5, 2]))[1] == 0


def test_without_limits_no_range_is_drawn_and_no_month_is_as_usual() -> None:
    drawn = traces(measure([7] * 14))
    assert not {"Usual range", "Usual range (trial)", "As usual"} & set(drawn)
    assert drawn["Not judged"].marker.symbol == "circle-open"


def test_a_month_without_a_value_leaves_a_gap_in_the_line() -> None:
    line = traces(measure([3, None, 4]))["Overdue visits"]
    assert (list(line.y), line.connectgaps) == ([3, None, 4], False)


def page(case: str) -> None:
    from datetime import date

    from app.parts import signal_chart
    from offendermgmt.services.signal_series import Month, Rebase
    from tests.unit.services.measures import STEADY, measure, months

    drawn = {
        "usual": lambda: measure(
            (*STEADY, 30, 3),
            target=9,
            rebases=[Rebase(date(2026, 2, 1), "a *second* team")],
        ),
        "one": lambda: measure([5]),
        "kept": lambda: measure([*months([None]), Month(date(2025, 2, 1), None, kept=True)]),
        "empty": lambda: measure([]),
    }
    signal_chart.show(drawn[case](), key="measure")


def drawn_page(case: str) -> AppTest:
    opened = AppTest.from_function(page, args=(case,)).run()
    assert not opened.exception
    return opened


def two_charts() -> None:
    from datetime import date

    from app.parts import signal_chart
    from tests.unit.services.measures import STEADY, event, measure

    early, late = event(date(2025, 3, 3)), event(date(2025, 11, 3), "Two more cars")
    every = [measure(STEADY, events=[early, late]), measure(STEADY, events=[late]), measure([None], events=[early])]
    marked = signal_chart.say_marked(every)
    for number, series in enumerate(every):
        signal_chart.show(series, key=f"measure {number}", marked=marked)


def test_what_marks_stand_for_is_said_once_for_all_charts_and_they_have_the_same_numbers() -> None:
    opened = AppTest.from_function(two_charts).run()
    said = [caption.value for caption in opened.caption if caption.value.startswith("Marked on")]
    assert said == ["Marked on the charts: **1** 3 Mar 2025 Inspection; **2** 3 Nov 2025 Two more cars."]
    layouts = [json.loads(each.proto.spec)["layout"] for each in opened.get("plotly_chart")]
    numbers = [[note["text"] for note in layout["annotations"]] for layout in layouts]
    assert numbers == [["<b>1</b>", "<b>2</b>"], ["<b>2</b>"]]


def test_of_the_last_months_the_chart_has_the_range_of_all() -> None:
    whole = measure((*STEADY, None, 30, 1), events=[event(date(2025, 3, 3))], rebases=[Rebase(date(2025, 3, 1), "x")])
    drawn, every = signal_chart.chart(whole.last(5)), traces(whole)
    average = {trace.name: trace for trace in drawn.data}["Average"]
    assert tuple(average.x) == (date(2025, 12, 1), date(2026, 5, 1), None)
    assert average.y[0] == every["Average"].y[-2]
    assert len(drawn.layout.shapes) == 0, "neither event nor rebase lies in the months drawn"


def test_an_earlier_range_far_from_the_months_drawn_does_not_flatten_them() -> None:
    fallen = (*[900 + value for value in STEADY], 20, *STEADY)
    whole = measure(fallen, rebases=[Rebase(date(2026, 3, 1), "counted anew")])
    averages = {number: traces(whole.last(number))["Average"].y[::3] for number in (20, 14)}
    assert averages[20] == pytest.approx((whole.result.mean[0], whole.result.mean[-1]))
    assert averages[14] == pytest.approx((whole.result.mean[-1],))
    assert signal_chart.chart(whole.last(14)).layout.yaxis.range[1] < 30
    assert signal_chart.chart(measure([*STEADY, None, None], rebases=[Rebase(date(2025, 9, 1), "x")]).last(2)).data


def test_finding_ground_and_rebase_stand_under_the_chart() -> None:
    opened = drawn_page("usual")
    [chart] = opened.get("plotly_chart")
    [said] = opened.markdown
    [ground] = (caption.value for caption in opened.caption)
    assert said.value.startswith("**Nothing unusual: 3 in March 2026")
    assert "Trial range: it rests on 2 months" in ground
    assert "start anew from February 2026 (a \\*second\\* team)" in ground
    assert chart.proto.alt.startswith("Overdue visits, by month. Nothing unusual: 3 in March 2026")


@pytest.mark.parametrize(("case", "charts", "tables"), [("one", 1, 1), ("kept", 0, 1), ("empty", 0, 0)])
def test_few_months_or_none_are_told_in_words(case: str, charts: int, tables: int) -> None:
    opened = drawn_page(case)
    assert (len(opened.get("plotly_chart")), len(opened.expander)) == (charts, tables)
    assert opened.markdown[0].value.startswith("**No month has a value" if case != "one" else "**Not judged: 5 in")
