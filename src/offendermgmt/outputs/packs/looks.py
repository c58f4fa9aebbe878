"""How the lines and points of a pack's charts look: never by colour alone, and alike on slides and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from offendermgmt.outputs.packs.chart import Role


class Shape(StrEnum):
    """The shape of a point."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    CROSS = "x"


@dataclass(frozen=True)
class Look:
    """A line's colour (as `#12436D`), its width (0 = no line), its dash, and the shape and size of its points."""

    colour: str
    width: float = 0.0
    dash: str = ""
    shape: Shape | None = None
    size: float = 1.0


INK: Final = "#222222"
PALE: Final = "#DDDDDD"
HEADING: Final = "#12436D"
DASHES: Final = {"dash": "6 4", "dot": "2 3"}
LOOKS: Final[Mapping[Role, Look]] = {
    Role.MEASURE: Look("#12436D", 1.8, shape=Shape.CIRCLE),
    Role.MEAN: Look("#555555", 1.4),
    Role.LIMIT: Look("#777777", 1.2, "dash"),
    Role.TARGET: Look("#801650", 1.4, "dot"),
    Role.CONCERN: Look("#C2480B", shape=Shape.SQUARE, size=1.6),
    Role.IMPROVEMENT: Look("#1F78C8", shape=Shape.DIAMOND, size=1.6),
    Role.HIGH: Look("#5B3A9B", shape=Shape.TRIANGLE, size=1.6),
    Role.LOW: Look("#5B3A9B", shape=Shape.CROSS, size=1.6),
}
