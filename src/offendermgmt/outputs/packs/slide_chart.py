"""A chart of months as a native chart of a slide: its numbers lie behind it and may be edited."""

from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from offendermgmt.outputs.packs.chart import Chart, Line
from offendermgmt.outputs.packs.looks import INK, LOOKS, PALE, Look, Shape
from offendermgmt.outputs.packs.slide_template import Box

_MARKERS: Final = {
    Shape.CIRCLE: XL_MARKER_STYLE.CIRCLE,
    Shape.SQUARE: XL_MARKER_STYLE.SQUARE,
    Shape.DIAMOND: XL_MARKER_STYLE.DIAMOND,
    Shape.TRIANGLE: XL_MARKER_STYLE.TRIANGLE,
    Shape.CROSS: XL_MARKER_STYLE.X,
}
_DASHES: Final = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT}
_SMALL: Final = Pt(10)
_SMALLEST: Final = Pt(9)
_MARKER: Final = 6
_MOST_LABELS: Final = 13


def add_chart(slide: Any, chart: Chart, box: Box) -> None:
    """Put the chart on the slide, with its description for who cannot see it."""
    data: Any = CategoryChartData(number_format=_number_format(chart))  # type: ignore[no-untyped-call]
    data.categories = chart.months
    for line in chart.lines:
        data.add_series(line.name, line.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, box.left, box.top, box.width, box.height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    frame.name = f"Chart: {chart.title}"
    native = frame.chart
    native.has_title = False
    native.font.size = _SMALL
    native.font.color.rgb = _colour(INK)
    for series, line in zip(native.plots[0].series, chart.lines, strict=True):
        _style(series, line)
    _lay_axes(native, chart)
    _key(native, chart)
    _number_events(native.plots[0].series[0], chart)


def _number_format(chart: Chart) -> str:
    return "0.0%" if chart.unit.is_share else "#,##0" + ("." + "0" * chart.unit.decimals if chart.unit.decimals else "")


def _style(series: Any, line: Line) -> None:
    look = LOOKS[line.role]
    series.smooth = False
    if look.width:
        series.format.line.color.rgb = _colour(look.colour)
        series.format.line.width = Pt(look.width + 0.4)
        if look.dash:
            series.format.line.dash_style = _DASHES[look.dash]
    else:
        series.format.line.fill.background()
    _style_points(series.marker, look, is_alone=sum(value is not None for value in line.values) == 1)


def _style_points(marker: Any, look: Look, *, is_alone: bool) -> None:
    """The points of a line; one alone is a dash where it would be a line, for nothing joins it."""
    if look.shape is None and not is_alone:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style = XL_MARKER_STYLE.DASH if look.shape is None else _MARKERS[look.shape]
    marker.size = round(_MARKER * (look.size if look.shape else 2))
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _colour(look.colour)
    marker.format.line.color.rgb = _colour(look.colour)


def _lay_axes(native: Any, chart: Chart) -> None:
    values, months = native.value_axis, native.category_axis
    values.minimum_scale, values.maximum_scale = chart.axis.low, chart.axis.high
    values.major_unit = chart.axis.step
    values.major_gridlines.format.line.color.rgb = _colour(PALE)
    values.format.line.fill.background()
    values.tick_labels.number_format_is_linked = False
    whole = round(chart.axis.step * 100, 6).is_integer()
    plain = "#,##0" if float(chart.axis.step).is_integer() else "#,##0.0"
    values.tick_labels.number_format = ("0%" if whole else "0.0%") if chart.unit.is_share else plain
    values.has_title = True
    values.axis_title.text_frame.text = chart.unit.label
    values.axis_title.text_frame.paragraphs[0].runs[0].font.size = _SMALL
    values.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    months.tick_labels.font.size = _SMALLEST
    every = -(-len(chart.months) // _MOST_LABELS)
    if every > 1:
        skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{every}"/>')
        months._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _key(native: Any, chart: Chart) -> None:
    native.has_legend = True
    legend = native.legend
    legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    legend.font.size = _SMALL
    place = legend._element.find(qn("c:legendPos"))
    for number, line in reversed(list(enumerate(chart.lines))):
        if not line.in_key:
            entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
            place.addnext(parse_xml(entry))


def _number_events(series: Any, chart: Chart) -> None:
    """The number of each event over the measure's point of its month; several are joined."""
    for position, numbers in chart.numbered():
        if chart.measure.values[position] is not None:
            label = series.points[position].data_label
            label.has_text_frame = True
            label.text_frame.text = numbers
            label.text_frame.paragraphs[0].runs[0].font.size = _SMALL
            label.position = XL_LABEL_POSITION.ABOVE


def _colour(colour: str) -> Any:
    return RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]
