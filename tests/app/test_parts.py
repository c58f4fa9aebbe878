from dataclasses import replace
from datetime import UTC, date, datetime

import plotly.graph_objects as go
import pytest

from app.parts import charts, figures, freshness
from app.parts.words import moment, plural, share
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.store.freshness import LastLoad

OVERDUE = Definition("Share overdue", "Overdue of all whose clock runs.", ("S2", "V6"))
SETTING = Setting(date(2025, 6, 30), None, {}, "1", 5)


def load(table: str, finished_at: datetime) -> LastLoad:
    return LastLoad(table, "extract.zip", finished_at, "analyst", loaded=10, unchanged=0)


@pytest.mark.parametrize(
    ("figure", "value", "beneath"),
    [
        (Figure.share(OVERDUE, SETTING, 12, 148), "8.1%", "12 of 148"),
        (Figure.share(OVERDUE, SETTING, 0, 148), "0.0%", "0 of 148"),
        (Figure.share(OVERDUE, SETTING, 0, 0), "No value", "0 of 0"),
        (Figure(OVERDUE, SETTING, 1412), "1,412", None),
        (Figure(OVERDUE, SETTING, None, suppressed=True), "Not shown", "Counts under 5 are not shown outside the unit"),
    ],
)
def test_a_figure_reads_as_its_value_over_what_it_was_counted_from(
    figure: Figure, value: str, beneath: str | None
) -> None:
    assert (figures.value_text(figure), figures.beneath_text(figure)) == (value, beneath)


def test_a_count_takes_its_unit_in_the_right_number() -> None:
    longest = replace(OVERDUE, unit="day")
    assert [figures.value_text(Figure(longest, SETTING, days)) for days in (1, 2)] == ["1 day", "2 days"]


def test_a_definition_names_its_rules() -> None:
    assert figures.definition_text(OVERDUE) == "Overdue of all whose clock runs. (Rules S2, V6.)"


def test_a_utc_moment_in_summer_reads_an_hour_later_in_london() -> None:
    assert moment(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)) == "2 Jul 2025 00:30"


def test_a_share_without_anything_under_it_has_no_value() -> None:
    assert (share(None), share(0.0)) == ("No value", "0.0%")


def test_plural_takes_an_irregular_form() -> None:
    assert plural(2, "person", "people") == "2 people"


def test_the_freshness_line_names_the_day_the_knowledge_and_each_source() -> None:
    loads = [
        load("visits", datetime(2025, 6, 30, 5, 10, tzinfo=UTC)),
        load("polit_cases", datetime(2025, 6, 29, 5, 12, tzinfo=UTC)),
        load("offenders", datetime(2025, 6, 28, 5, 0, tzinfo=UTC)),
    ]

    line = freshness.sentence(loads, date(2025, 6, 30), datetime(2025, 6, 29, 22, 59, tzinfo=UTC))

    assert line == (
        "As of **30 Jun 2025** · as known at **29 Jun 2025 23:59** · "
        "last load: MOSOVO 30 Jun 2025 06:10, POLIT 29 Jun 2025 06:12"
    )


def test_a_store_without_loads_says_so() -> None:
    assert freshness.sentence([], date(2025, 6, 30), None).endswith("nothing has been loaded yet")


def test_no_two_risk_levels_share_a_colour_pattern_dash_or_symbol() -> None:
    for mark in (charts.RISK_COLOURS, charts.RISK_PATTERNS, charts.RISK_DASHES, charts.RISK_SYMBOLS):
        assert len({mark[level] for level in RiskLevel}) == len(RiskLevel)


def test_a_chart_has_both_axes_titled() -> None:
    chart = charts.drawn([go.Bar(x=[1], y=[2])], x="Month", y="Visits overdue", yaxis={"tickformat": ".0%"})

    assert (chart.layout.xaxis.title.text, chart.layout.yaxis.title.text) == ("Month", "Visits overdue")
