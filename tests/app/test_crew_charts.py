"""The charts of double crewing: what they mark, in which order, and with what beside it."""

import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from app.parts.crew_chart import lone_chart
from app.parts.trend_charts import mark
from offendermgmt.domain.vocabulary import TrendEventKind
from offendermgmt.services.crew_groups import By, charted
from offendermgmt.services.trend_events import EventText, TrendEvent
from tests.app.conftest import OpenApp
from tests.app.reading import payload
from tests.app.test_crewing import LAST, PAGE, THEN


def counts(index: list[str], lone: list[int]) -> pd.DataFrame:
    """A breakdown in which everybody attended ten visits and made some of them alone, all unauthorised."""
    kinds = {"lone_authorised": 0, "lone_authorised_late": 0, "lone_unauthorised": lone}
    rows = pd.DataFrame({"attended": 10, "lone": lone, **kinds}, index=pd.Index(index, dtype="str"))
    return rows.assign(share=rows["lone"] / rows["attended"])


def event(on: date) -> TrendEvent:
    text = EventText(on, TrendEventKind.OTHER, "A change")
    return TrendEvent(str(on), 1, text, "tester", datetime(2025, 1, 1, tzinfo=UTC))


def test_of_many_officers_the_worst_are_drawn_and_the_others_counted() -> None:
    rows, others = charted(counts([f"{at:04}" for at in range(35)], [*range(34, 0, -1), 0]), By.OFFICER, 20)
    assert (list(rows["lone"]), others) == (list(range(34, 14, -1)), 14)


@pytest.mark.parametrize(("by", "drawn"), [(By.WEEKDAY, list("0123456")), (By.HOUR, ["1", "2", "3", "4"])])
def test_hours_and_weekdays_have_no_gap(by: By, drawn: list[str]) -> None:
    rows, others = charted(counts(["1", "4"], [2, 1]), by, 20)
    assert (list(rows.index), others, int(rows["lone"].sum())) == (drawn, 0, 3)


def test_each_bar_ends_with_how_many_of_how_many_and_kinds_differ_without_colour() -> None:
    *bars, ends = lone_chart(counts(["a", "b"], [3, 1]), ["DC <Ash>", "PC Birch"]).data

    assert [text.strip() for text in ends.text] == ["3 of 10", "1 of 10"]
    assert len({bar.marker.pattern.shape for bar in bars}) == len(bars)
    assert [("%{customdata[1]} attended" in bar.hovertemplate) for bar in bars] == [True] * len(bars)


def test_a_name_is_written_as_it_is() -> None:
    chart = lone_chart(counts(["a"], [1]), ["DC <Ash>"])
    assert list(chart.layout.yaxis.ticktext) == ["DC &lt;Ash&gt;"]


def test_numbers_of_events_close_together_stand_above_each_other() -> None:
    close = [event(day) for day in (date(2025, 1, 1), date(2025, 1, 5), date(2025, 7, 1))]

    chart = mark(lone_chart(counts(["a"], [1]), ["Ash"]), close, date(2024, 7, 1), date(2025, 12, 31))

    first, second, third = (note.yshift for note in chart.layout.annotations)
    assert (first == third, second > first) == (True, True)


def test_the_events_of_the_days_drawn_are_marked_and_named(look: OpenApp, small_store_address: str) -> None:
    app = look(small_store_address, page=PAGE)

    [key] = [caption.value for caption in app.caption if caption.value.startswith("Marked on the chart:")]
    [chart] = [json.loads(one.proto.spec) for one in app.get("plotly_chart") if "Promised: 100%" in one.proto.spec]
    numbers = [note["text"] for note in chart["layout"]["annotations"]]
    assert numbers == [f"<b>{number}</b>" for number in range(1, key.count("**") // 2 + 1)]
    assert len(numbers) == len(chart["layout"]["shapes"]) > 0


def test_beside_the_breakdown_stands_its_chart(look: OpenApp, small_store_address: str) -> None:
    assert "Visits made alone by weekday and kind, 7 bars" in payload(
        look(small_store_address, page=PAGE, by="weekday", **{**THEN, "as_of": LAST.isoformat()})
    )
