"""A chart of months as a drawing (SVG) for paper."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from offendermgmt.outputs.packs.chart import Chart, Line, Number, Role
from offendermgmt.outputs.packs.looks import DASHES, INK, LOOKS, PALE, Look, Shape
from offendermgmt.outputs.packs.words import axis_text

WIDTH: Final = 680
HEIGHT: Final = 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 34, 30
_FONT: Final = 12
_MOST_LABELS: Final = 13
_POINT: Final = 3.2
# Its title stands above the drawing, and would push the rest of the key out of it.
_MEASURE: Final = "By month"
# About how wide a letter is, for the key.
_LETTER: Final = 5.9


def as_svg(chart: Chart) -> str:
    """The chart as an SVG document of WIDTH by HEIGHT, its key above; without values only its axes."""
    drawing = _Drawing(chart)
    parts = [*drawing.grid(), *drawing.months(), *(part for line in chart.lines for part in drawing.line(line))]
    parts += [*drawing.marks(), *drawing.key()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Libertinus Serif" font-size="{_FONT}" fill="{INK}">{"".join(parts)}</svg>'
    )


class _Drawing:
    """Where things lie on the drawing of one chart."""

    def __init__(self, chart: Chart) -> None:
        self.chart, self.axis = chart, chart.axis
        self.step = (WIDTH - _LEFT - _RIGHT) / max(len(chart.months), 1)

    def x(self, position: int) -> float:
        return _LEFT + self.step * (position + 0.5)

    def y(self, value: float) -> float:
        height = HEIGHT - _TOP - _BOTTOM
        return _TOP + height * (self.axis.high - value) / (self.axis.high - self.axis.low)

    def grid(self) -> Iterator[str]:
        for value in self.axis.ticks:
            y = self.y(value)
            yield f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{PALE}"/>'
            yield _text(_LEFT - 6, y + 4, axis_text(value, self.chart.unit, self.axis.step), "end")

    def months(self) -> Iterator[str]:
        every = -(-len(self.chart.months) // _MOST_LABELS)
        # Counted from the newest, whose label is the one that is looked for.
        for position in range(len(self.chart.months) - 1, -1, -every):
            yield _text(self.x(position), HEIGHT - 12, self.chart.months[position], "middle")

    def line(self, line: Line) -> Iterator[str]:
        look = LOOKS[line.role]
        for points in _runs(line.values):
            if look.width:
                yield self._stroke(look, points, half=0.0 if line.role is Role.MEASURE else self.step / 2)
            if look.shape:
                yield from (_point(self.x(at), self.y(value), look) for at, value in points)

    def marks(self) -> Iterator[str]:
        """A line and the numbers at each month in which something is dated."""
        for position, numbers in self.chart.numbered():
            x = self.x(position)
            ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"'
            yield f'<line {ends} stroke="{INK}" stroke-dasharray="1 3"/>'
            yield _text(x, _TOP - 2, numbers, "middle")

    def key(self) -> Iterator[str]:
        x = float(_LEFT)
        for line in (line for line in self.chart.lines if line.in_key):
            look = LOOKS[line.role]
            if look.width:
                yield _line([(x, 10.0), (x + 22, 10.0)], look)
            if look.shape:
                yield _point(x + 11, 10.0, look)
            name = _MEASURE if line.role is Role.MEASURE else line.name
            yield _text(x + 27, 14, name, "start")
            x += 27 + _LETTER * len(name) + 14

    def _stroke(self, look: Look, points: list[tuple[int, float]], half: float) -> str:
        ends = [(self.x(at), self.y(value)) for at, value in points]
        first, last = ends[0], ends[-1]
        return _line([(first[0] - half, first[1]), *ends, (last[0] + half, last[1])], look)


def _runs(values: tuple[Number, ...]) -> Iterator[list[tuple[int, float]]]:
    """The stretches of a line without a gap, each as positions and values."""
    for is_known, run in groupby(enumerate(values), key=lambda point: point[1] is not None):
        if is_known:
            yield [(at, value) for at, value in run if value is not None]


def _line(points: list[tuple[float, float]], look: Look) -> str:
    dash = f' stroke-dasharray="{DASHES[look.dash]}"' if look.dash else ""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{look.colour}" stroke-width="{look.width}"{dash}/>'


def _point(x: float, y: float, look: Look) -> str:
    size = _POINT * look.size
    match look.shape:
        case Shape.CIRCLE:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{look.colour}"/>'
        case Shape.SQUARE:
            corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        case Shape.CROSS:
            across = 2 * size
            arms = (
                f"M{x - size:.1f},{y - size:.1f}l{across:.1f},{across:.1f}m0,{-across:.1f}l{-across:.1f},{across:.1f}"
            )
            return f'<path d="{arms}" fill="none" stroke="{look.colour}" stroke-width="2"/>'
        case Shape.DIAMOND:
            corners = [(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]
        case _:
            corners = [(0.0, -1.2), (1.2, 1.0), (-1.2, 1.0)]
    around = " ".join(f"{x + right * size:.1f},{y + down * size:.1f}" for right, down in corners)
    return f'<polygon points="{around}" fill="{look.colour}" stroke="#FFFFFF" stroke-width="0.6"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
