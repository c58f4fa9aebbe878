"""How the values of a pack read, on slides and on paper alike."""

from datetime import date
from typing import Final

from offendermgmt.services.board_tables import Cell, Kind
from offendermgmt.services.figures import Figure
from offendermgmt.services.signal_series import Unit
from offendermgmt.services.wording import day_text

NO_VALUE: Final = "No value"
KEPT: Final = "Not shown"


def cell_text(cell: Cell, kind: Kind) -> str:
    """A cell of a table as it reads; nothing where there is no value."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return day_text(cell)
    if isinstance(cell, str):
        return cell
    if kind == "share":
        return f"{cell:.1%}"
    return f"{cell:,.0f}" if float(cell).is_integer() else f"{cell:,.1f}"


def value_text(figure: Figure, unit: Unit) -> str:
    """A figure's value, or that there is none or none to show."""
    if figure.suppressed:
        return KEPT
    return NO_VALUE if figure.value is None else unit.written(figure.value)


def axis_text(value: float, unit: Unit, step: float) -> str:
    """The label of an axis's line, with as few decimals as tell it from its neighbours."""
    if unit.is_share:
        return f"{value:.0%}" if round(step * 100, 6).is_integer() else f"{value:.1%}"
    return f"{value:,.0f}" if float(step).is_integer() else f"{value:,.1f}"
