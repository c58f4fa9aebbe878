"""Series of monthly receipts whose truth is known, for measuring forecasts: 0 to 40 a month, steady or moving."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

Rates = npt.NDArray[np.float64]
LENGTH: Final = 72
_SIZES = (4.0, 12.0, 25.0, 35.0)


def _size(rng: np.random.Generator) -> Rates:
    return np.full(LENGTH, rng.choice(_SIZES))


def _shifted(rng: np.random.Generator) -> Rates:
    rates = _size(rng)
    rates[rng.integers(12, LENGTH - 12) :] *= rng.choice([0.65, 1.5])
    return rates


def _surging(rng: np.random.Generator) -> Rates:
    rates = _size(rng)
    begins = rng.integers(12, LENGTH - 12)
    rates[begins : begins + rng.integers(4, 13)] *= 1.4
    return rates


# A year's change by a factor of 1.12 or its inverse, as a count grows that doubles in six years.
TRUTHS: Final[Mapping[str, Callable[[np.random.Generator], Rates]]] = {
    "steady": _size,
    "steady and scattered": _size,
    "few": lambda _: np.full(LENGTH, 1.5),
    "slow trend": lambda rng: _size(rng) * np.exp(np.linspace(0, rng.choice([-0.7, 0.7]), LENGTH)),
    "wandering": lambda rng: _size(rng) * np.exp(np.cumsum(rng.normal(0, 0.05, LENGTH))),
    "level shift": _shifted,
    "surge of 40%": _surging,
}
SCATTER: Final = {"steady and scattered": 2.0}


def series(truth: str, seed: int) -> npt.NDArray[np.int64]:
    """Counts of `LENGTH` months of one truth, Poisson, or negative binomial where the truth scatters more."""
    rng = np.random.default_rng([seed, list(TRUTHS).index(truth)])
    rates = TRUTHS[truth](rng)
    scatter = SCATTER.get(truth, 1.0)
    if scatter > 1:
        rates = rng.gamma(rates / (scatter - 1), scatter - 1)
    return rng.poisson(rates).astype(np.int64)
