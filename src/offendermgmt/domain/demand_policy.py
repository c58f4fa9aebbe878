"""The policy of forecasts and scenarios of POLIT's demand (Q40 to Q49)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Self

MOST_MONTHS_AHEAD: Final = 24


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
    backlog_months: int
    backlog_runs: int
    seed: int
    pace_days: int
    staff_days: int
    under: int
    likelihood: Fraction
    held_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `polit_demand` of a policy document; KeyError or ValueError names what is missing or wrong."""
        horizons = tuple(sorted(int(months) for months in section["horizons"]))
        _at_least(1, "horizons", min(horizons, default=0))
        if max(horizons) > MOST_MONTHS_AHEAD:
            raise ValueError(f"horizons has {max(horizons)}: nothing is forecast beyond {MOST_MONTHS_AHEAD} months")
        return cls(
            history_months=_counted(section, "history_months"),
            trial_months=_counted(section, "trial_months", least=2),
            backtest_months=_counted(section, "backtest_months"),
            horizons=horizons,
            interval=_share(section, "interval"),
            runs=_counted(section, "runs"),
            backtest_runs=_counted(section, "backtest_runs"),
            backlog_months=_counted(section, "backlog_months"),
            backlog_runs=_counted(section, "backlog_runs"),
            seed=_counted(section, "seed"),
            pace_days=_counted(section, "pace_days"),
            staff_days=_counted(section, "staff_days"),
            under=_counted(section, "under"),
            likelihood=_share(section, "likelihood"),
            held_days=_counted(section, "held_days"),
        )


def _counted(section: Mapping[str, Any], name: str, least: int = 1) -> int:
    return _at_least(least, name, int(section[name]))


def _at_least(least: int, name: str, number: int) -> int:
    if number < least:
        raise ValueError(f"{name} is {number}: it must be {least} or more")
    return number


def _share(section: Mapping[str, Any], name: str) -> Fraction:
    share = Fraction(str(section[name]))
    if not 0 < share < 1:
        raise ValueError(f"{name} is {section[name]}: write a share between 0 and 1, such as '0.90'")
    return share
