"""Worked examples of signals on trends: a series given, and what its chart says of it, by the engine and the oracle.

A series is a row: its values with a space between them and `-` for a gap, and the arguments of `xmr` that matter.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from offendermgmt.domain.signals import xmr
from tests.spec.oracle import signals as oracle
from tests.tables import Rows

ASKS: Final = ("limits", "signals", "reading")


def engine_rows(series: Mapping[str, str], ask: str) -> Rows:
    """What the engine answers: a row a segment, a row a point that is no common one, or one row of the whole."""
    found = xmr(_values(series), **_arguments(series))
    if ask == "limits":
        return [
            _row(
                first=one.first, mean=found.mean[one.first], lower=found.lower[one.first], upper=found.upper[one.first]
            )
            | {"limits": str(one.state)}
            for one in found.segments
        ]
    if ask == "signals":
        return _signals(series, found.signals)
    return [_row(variation=found.variation, assurance=found.assurance)]


def oracle_rows(series: Mapping[str, str], ask: str) -> Rows:
    """The same by the slow reference, which does not say how limits stand."""
    found = oracle.chart(_values(series), **_arguments(series))
    if ask == "limits":
        return [_row(first=first, mean=mean, lower=lower, upper=upper) for first, mean, lower, upper in found.limits]
    if ask == "signals":
        return _signals(series, found.signals)
    return [_row(variation=found.variation, assurance=found.assurance)]


def _signals(series: Mapping[str, str], signals: Sequence[str | None]) -> Rows:
    written = series["values"].split()
    marked = [(at, signal) for at, signal in enumerate(signals) if signal not in {None, "common"}]
    return [_row(position=at, value=written[at], signal=signal) for at, signal in marked]


def _values(series: Mapping[str, str]) -> list[float | None]:
    return [None if value == "-" else float(value) for value in series["values"].split()]


def _arguments(series: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Callable[[str], Any]] = {
        "screen": lambda text: text == "true",
        "baseline": int,
        "rebase": lambda text: [int(position) for position in text.split()],
        "improvement": str,
        "target": float,
    }
    return {name: read[name](text) for name, text in series.items() if name in read}


def _row(**cells: Any) -> dict[str, str]:
    return {name: _text(value) for name, value in cells.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | str) else f"{float(value):.2f}"
