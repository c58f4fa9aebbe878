"""How a figure reads on paper: one line, a share never without what it is of."""

from offendermgmt.services.figures import Figure
from offendermgmt.services.wording import plural


def figure_line(figure: Figure) -> tuple[str, str]:
    """The figure's title and its value: `34 of 812 (4.2%)`, `34`, `12 days`, or why there is none."""
    return figure.definition.title, _value(figure)


def _value(figure: Figure) -> str:
    if figure.suppressed:
        return f"Not shown: counts under {figure.setting.smallest_count} stay in the unit"
    if figure.numerator is not None and figure.denominator is not None:
        share = "no value" if figure.value is None else f"{figure.value:.1%}"
        return f"{figure.numerator:,} of {figure.denominator:,} ({share})"
    if figure.value is None:
        return "No value"
    unit = figure.definition.unit
    return plural(figure.value, unit) if unit else f"{figure.value:,.0f}"
