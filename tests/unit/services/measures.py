"""Measures by month for tests of their signals."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from offendermgmt.domain.vocabulary import Improvement, TrendEventKind
from offendermgmt.services.signal_series import Month, SignalSeries, Unit, month_after, signal_series
from offendermgmt.services.trend_events import EventText, TrendEvent

COUNT = Unit("Offenders overdue at the month's end")
SHARE = Unit("Share of attended visits", is_share=True)
STEADY = (10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13, 12)


def months(values: Sequence[float | None], first: date = date(2025, 1, 1)) -> list[Month]:
    """A month for each value, from January 2025 on."""
    found = []
    for value in values:
        found.append(Month(first, value))
        first = month_after(first)
    return found


def shares(counts: Sequence[tuple[int, int]], first: date = date(2025, 1, 1)) -> list[Month]:
    """A month for each numerator and denominator, without a value where there is nothing under it."""
    bare = months([None] * len(counts), first)
    return [Month(month.first, of[0] / of[1] if of[1] else None, *of) for month, of in zip(bare, counts, strict=True)]


def measure(values: Sequence[Any], unit: Unit = COUNT, **arguments: Any) -> SignalSeries:
    """A measure of these months, or of a month a value, better the lower it is and with full limits from 13 on."""
    given = values if values and isinstance(values[0], Month) else months(values)
    usual: dict[str, Any] = {"improvement": Improvement.DECREASE, "trial_points": 13}
    return signal_series("Overdue visits", unit, given, **(usual | arguments))


def event(on: date, title: str = "Inspection") -> TrendEvent:
    """An event on a trend."""
    text = EventText(on, TrendEventKind.INSPECTION, title)
    return TrendEvent(str(on), 1, text, "tester", datetime(2025, 1, 1, tzinfo=UTC))
