"""The policy of forecasts and scenarios of POLIT's demand (Q40 to Q49)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self


@dataclass(frozen=True)
class DemandPolicy:
    """How far back and ahead demand is judged, in how many runs, and what counts as held."""

    history_months: int
    trial_months: int
    backtest_months: int
    horizons: tuple[int, ...]
    interval: Fraction
    runs: int
    backtest_runs: int
    seed: int
    pace_days: int
    staff_days: int
    under: int
    likelihood: Fraction
    held_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `polit_demand` of a policy document; KeyError or ValueError names what is missing or wrong."""
        shares = {name: Fraction(str(section[name])) for name in ("interval", "likelihood")}
        for name, share in shares.items():
            if not 0 < share < 1:
                raise ValueError(f"{name} is {share}: write a share between 0 and 1, such as '0.90'")
        horizons = tuple(sorted(int(months) for months in section["horizons"]))
        numbers = {name: int(section[name]) for name in _NUMBERS}
        for name, number in {**numbers, "horizons": min(horizons, default=0)}.items():
            if number < 1:
                raise ValueError(f"{name} is {number}: it must be 1 or more")
        return cls(horizons=horizons, **shares, **numbers)


_NUMBERS = (
    *("history_months", "trial_months", "backtest_months", "runs", "backtest_runs", "seed"),
    *("pace_days", "staff_days", "under", "held_days"),
)
