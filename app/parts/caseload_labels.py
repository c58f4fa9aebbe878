"""Which marks of a chart get a name, and where it stands, so that nothing is written over anything else.

The browser decides how wide a chart is, so each place is tried against every width and height there may be: the
distance of two boxes is a straight line in the width, so its ends say whether they ever meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

FONT: Final = 11
# From a narrow window with the menu open to a wide one, in pixels of what the axes enclose.
_WIDTHS: Final = (400.0, 2200.0)
_HEIGHTS: Final = (230.0, 330.0)
_CHARACTER: Final = 6.6
_HALF_LINE: Final = 7.5
_HALF_MARK: Final = 6.0
_GAP: Final = 2.0


@dataclass(frozen=True)
class Boxes:
    """Boxes on a chart: centres as parts of the axes' lengths plus pixels (up is positive), and half their sizes."""

    x: Numbers
    y: Numbers
    right: Numbers
    up: Numbers
    half_width: Numbers
    half_height: Numbers

    def meet(self, other: "Boxes") -> bool:
        """Whether one of these may lie over one of the others at some width and height."""
        beside = _nearest(self.x, self.right, other.x, other.right, _WIDTHS)
        above = _nearest(self.y, self.up, other.y, other.up, _HEIGHTS)
        in_width = beside < self.half_width[:, np.newaxis] + other.half_width
        in_height = above < self.half_height[:, np.newaxis] + other.half_height
        return bool((in_width & in_height).any())

    def lie_inside(self) -> bool:
        """Whether all lie between the axes, however small the chart."""
        widths, heights = _WIDTHS[0], _HEIGHTS[0]
        sides = (
            self.x * widths + self.right - self.half_width,
            (1 - self.x) * widths - self.right - self.half_width,
            self.y * heights + self.up - self.half_height,
            (1 - self.y) * heights - self.up - self.half_height,
        )
        return bool(np.min(sides) >= 0)

    def and_also(self, other: "Boxes") -> "Boxes":
        """These and the others."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Boxes(*(np.concatenate(pair) for pair in pairs))


@dataclass(frozen=True)
class Name:
    """A name to write: whose mark it is of (its number), and how far its middle is from the mark's, in pixels."""

    mark: int
    text: str
    right: float
    up: float


def marks(x: Numbers, y: Numbers) -> Boxes:
    """The marks at these parts of the axes' lengths."""
    none, half = np.zeros(len(x)), np.full(len(x), _HALF_MARK)
    return Boxes(x, y, none, none, half, half)


def limits(x: float, x_text: str, y: float, y_text: str) -> Boxes:
    """A line across at `y` named above its left end, and one up at `x` named to the left of its top."""
    wide, high = _half_width(x_text), _half_width(y_text)
    return Boxes(
        x=np.array([x, 0.5, x, 0.0]),
        y=np.array([0.5, y, 1.0, y]),
        right=np.array([0.0, 0.0, -wide, high]),
        up=np.array([0.0, 0.0, -_HALF_LINE, _HALF_LINE]),
        half_width=np.array([1.0, np.inf, wide, high]),
        half_height=np.array([np.inf, 1.0, _HALF_LINE, _HALF_LINE]),
    )


def names(x: Numbers, y: Numbers, texts: Sequence[str], taken: Boxes, *, first: Sequence[int], most: int) -> list[Name]:
    """At most `most` names, of the marks numbered in `first` and in that order, where there is room beside the mark.

    `x` and `y` are the marks' parts of the axes' lengths, `texts` their names, `taken` all that may not be written on.
    """
    written: list[Name] = []
    for mark in first:
        if len(written) == most:
            break
        for right, up in _places(texts[mark]):
            half = _half_width(texts[mark])
            box = Boxes(*(np.array([one]) for one in (x[mark], y[mark], right, up, half, _HALF_LINE)))
            if box.lie_inside() and not box.meet(taken):
                taken = taken.and_also(box)
                written.append(Name(mark, texts[mark], right, up))
                break
    return written


def _places(text: str) -> list[tuple[float, float]]:
    beside, above = _HALF_MARK + _GAP + _half_width(text), _HALF_MARK + _HALF_LINE + _GAP
    return [(0.0, above), (beside, 0.0), (-beside, 0.0), (0.0, -above)]


def _half_width(text: str) -> float:
    return (len(text) * _CHARACTER + 2 * _GAP) / 2


def _nearest(
    one: Numbers, one_shift: Numbers, other: Numbers, other_shift: Numbers, lengths: tuple[float, float]
) -> Numbers:
    """The least distance of each pair over all lengths from the first to the last."""
    part, shift = other - one[:, np.newaxis], other_shift - one_shift[:, np.newaxis]
    ends = [part * length + shift for length in lengths]
    return np.where(ends[0] * ends[1] < 0, 0.0, np.minimum(np.abs(ends[0]), np.abs(ends[1])))
