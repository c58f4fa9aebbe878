"""Packs of a made-up month: each form says what the view says, with its marking, and not what is kept."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.util import Inches
from pypdf import PdfReader

from offendermgmt.domain.vocabulary import Board, CommentaryState
from offendermgmt.outputs.packs.chart import axis
from offendermgmt.outputs.packs.chart_svg import as_svg
from offendermgmt.outputs.packs.column_widths import column_widths
from offendermgmt.outputs.packs.drawing import chart_of
from offendermgmt.outputs.packs.pack import Pack, glance, standing_out
from offendermgmt.outputs.packs.pdf import as_pdf
from offendermgmt.outputs.packs.pptx import as_pptx
from offendermgmt.outputs.packs.slide_template import TemplateRefused
from offendermgmt.outputs.packs.xlsx import as_xlsx
from offendermgmt.services.board_types import BoardView
from tests.unit.outputs.made_up_board import (
    MADE_AT,
    MARKINGS,
    SETTING,
    commentary,
    counts,
    measured,
    months,
    shares,
    view,
)

# Numbers of the made-up month that stand nowhere else: the small counts that are kept from boards.
KEPT = (3, 2)


def pack(board: Board = Board.FPB, of: BoardView | None = None) -> Pack:
    return Pack(of or view(board), MARKINGS, MADE_AT, "DCI Rowan, Detective chief inspector")


def slides(made: bytes) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(made)).slides)


def charts(made: bytes) -> dict[str, Any]:
    found = {}
    for slide in slides(made):
        for shape in (shape for shape in slide.shapes if shape.has_chart):
            found[slide.shapes.title.text_frame.text] = shape.chart
    return found


def tables(made: bytes) -> dict[str, list[list[str]]]:
    return {
        slide.shapes.title.text_frame.text: [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in slides(made)
        for shape in slide.shapes
        if shape.has_table
    }


def slide_texts(made: bytes) -> list[str]:
    """What each slide says, its notes and tables with it."""
    return ["\n".join(_texts(slide)) for slide in slides(made)]


def _texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text


def sheets(made: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(made))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def pdf_text(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


_SAID: dict[Callable[[Pack], bytes], Callable[[bytes], str]] = {
    as_pptx: lambda made: "\n".join(slide_texts(made)),
    as_pdf: pdf_text,
    as_xlsx: lambda made: str(sheets(made)),
}


@pytest.fixture(scope="module")
def deck() -> bytes:
    return as_pptx(pack())


@pytest.fixture(scope="module")
def book() -> dict[str, list[list[Any]]]:
    return sheets(as_xlsx(pack()))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return as_pdf(pack())


def test_every_chart_of_the_slides_has_the_views_numbers_behind_it(deck: bytes) -> None:
    drawn = charts(deck)
    for measure in view(Board.FPB).measures:
        if any(month.value is not None for month in measure.series.months):
            (plot,) = drawn[measure.measure.title].plots
            assert list(plot.series[0].values) == [month.value for month in measure.series.months]
            assert list(plot.categories) == [f"{month.first:%b %y}" for month in measure.series.months]


def test_mean_limits_and_target_are_lines_and_signalled_points_have_a_shape(deck: bytes) -> None:
    (plot,) = charts(deck)["Visits made in time"].plots
    series = view().measures[0].series
    by_name = {line.name: list(line.values) for line in plot.series}
    assert by_name["Target"] == [0.9] * 13
    average = [list(line.values) for line in plot.series if line.name == "Average"]
    assert len(average) == 2
    assert average[0][:6] == pytest.approx([series.result.mean[0]] * 6)
    assert average[0][6:] == [None] * 7
    concern = next(line for line in plot.series if line.name == "Concern")
    assert concern.marker.style == XL_MARKER_STYLE.SQUARE
    assert [value for value in concern.values if value] == pytest.approx([120 / 168, 118 / 170, 115 / 171])


def test_a_running_month_is_so_far_and_has_no_signal_of_the_month_before() -> None:
    own = view(Board.FPB)
    running = replace(own, is_over=False, setting=replace(SETTING, as_of=date(2026, 4, 12)), month_on=date(2026, 4, 1))
    whole, so_far = (glance(each, each.questions[0]) for each in (own, running))
    assert [column.heading for column in whole.columns][1:4] == ["This month", "Counted from", "Signal"]
    assert [column.heading for column in so_far.columns][1:4] == ["This month so far", "Counted from", "Signal"]
    assert "Concern" in {row[3] for row in whole.rows}
    assert {row[3] for row in so_far.rows} == {"Not judged", ""}
    for written, said in _SAID.items():
        text = said(written(pack(of=running)))
        assert "This month so far" in text
        assert "This month:" not in text


def test_charts_and_tables_say_in_words_what_is_to_be_seen(deck: bytes) -> None:
    shapes = [shape for slide in slides(deck) for shape in slide.shapes if shape.has_chart or shape.has_table]
    described = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in shapes]
    assert all(described)
    (timely,) = [text for text in described if text.startswith("Visits made in time by month")]
    assert "March 2025 to March 2026. Concern: 67.3%" in timely


def test_a_table_of_the_slides_has_the_views_cells(deck: bytes) -> None:
    assert tables(deck)["Teams compared"] == [
        ["Team", "Overdue", "Visit clocks running", "Share overdue", "Since"],
        ["North", "31", "220", "14.1%", "1 Jan 2024"],
        ["South", "Not shown", "190", "Not shown", "1 Jan 2024"],
        ["West, new since February", "0", "0", "", "1 Feb 2026"],
    ]


def test_every_slide_its_notes_and_its_number_bear_the_marking_and_what_the_figures_hold_for(deck: bytes) -> None:
    for number, slide in enumerate(slides(deck), start=1):
        shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert "OFFICIAL-SENSITIVE, SYNTHETIC DATA" in shown
        assert any("End of 31 Mar 2026 · whole force · policy shipped-1" in text for text in shown)
        (field,) = slide._element.findall(".//{*}fld")
        assert (field.get("type"), field.find("{*}t").text) == ("slidenum", str(number))
        if number > 1:
            assert slide.notes_slide.notes_text_frame.text.startswith("OFFICIAL-SENSITIVE")


def test_a_share_stands_with_what_it_is_counted_from_and_its_definition_in_the_notes(deck: bytes) -> None:
    (timely,) = [text for text in slide_texts(deck) if text.startswith("Visits made in time\n")]
    assert "This month: 67.3% (115 of 171)" in timely
    assert "What visits made in time counts. (Rules V6.)" in timely
    assert "Target: 90.0%. Source: Force delivery plan 2026" in timely


def test_commentary_of_this_month_stands_beside_last_months_and_drafts_stay_behind() -> None:
    timely = "\n".join(slide_texts(as_pptx(pack())))
    assert "Three officers were abstracted for the whole month." in timely
    assert "Sickness in the north team." in timely
    draft = replace(commentary("timely", months(1)[0], "Not for the board"), state=CommentaryState.DRAFT)
    measures = (measured("timely", shares("Visits made in time", [(9, 10)] * 13), said=(draft, None)),)
    assert "Not for the board" not in "\n".join(slide_texts(as_pptx(pack(of=view(measures=measures)))))


def test_long_commentary_takes_a_slide_of_its_own() -> None:
    long = commentary("timely", months(1)[0], "Abstraction. " * 76)
    measures = (measured("timely", shares("Visits made in time", [(9, 10)] * 13), said=(long, long)),)
    titles = [text.split("\n")[0] for text in slide_texts(as_pptx(pack(of=view(measures=measures))))]
    assert any(title.startswith("Visits made in time: commentary") for title in titles)


def test_no_small_count_is_in_any_part_of_the_slides(deck: bytes) -> None:
    """Neither in a chart's numbers nor in the workbook behind it, in a cell, a text or a note."""
    (line, *_) = charts(deck)["Visits made alone"].plots[0].series
    assert [value for value in line.values if value in KEPT] == []
    behind = []
    with zipfile.ZipFile(io.BytesIO(deck)) as parts:
        for name in (name for name in parts.namelist() if name.endswith(".xlsx")):
            ((heading, *rows),) = sheets(parts.read(name)).values()
            behind += [row[1] for row in rows if heading[1] == "Visits made alone"]
    assert len(behind) == 13
    assert [value for value in behind if value in KEPT] == []
    (alone,) = [text for text in slide_texts(deck) if text.startswith("Visits made alone\n")]
    assert "This month: Not shown" in alone


def test_the_workbook_has_every_month_and_not_shown_where_it_is_kept(book: dict[str, list[list[Any]]]) -> None:
    rows = [row for row in book["Months"][4:] if row[0] == "Visits made alone"]
    assert [row[5] for row in rows] == [9, 7, "Not shown", 8, 6, 7, 9, 8, 7, 9, 6, 7, "Not shown"]
    timely = [row for row in book["Months"][4:] if row[0] == "Visits made in time"]
    assert [(row[3], row[4]) for row in timely][-1] == (115, 171)
    assert timely[-1][5] == pytest.approx(115 / 171)
    assert (timely[-1][9], timely[-1][10]) == (0.9, "Concern")


def test_a_sheet_a_table_each_marked_with_filters_and_methodology_last(book: dict[str, list[list[Any]]]) -> None:
    assert list(book) == [
        "Signals", "Measures", "Months", "Commentary", "What moved the backlog", "Teams compared", "Open actions",
        "Interventions", "Methodology",
    ]  # fmt: skip
    for name, rows in book.items():
        assert rows[0][0] == "OFFICIAL-SENSITIVE, SYNTHETIC DATA"
        assert name == "Methodology" or str(rows[2][0]).startswith("End of 31 Mar 2026 · whole force")
    assert book["Teams compared"][4][:4] == ["North", 31, 220, 31 / 220]
    assert book["Teams compared"][5][1:4] == ["Not shown", 190, "Not shown"]


def test_the_methodology_says_how_it_was_made(book: dict[str, list[list[Any]]]) -> None:
    said = {row[0]: row[1] for row in book["Methodology"]}
    assert said["Board and month"] == "Force Performance Board, March 2026"
    assert said["Policy version"] == "shipped-1"
    assert said["Refused rows waiting"] == "2"
    assert said["Last load"] == "1 Apr 2026 06:10, from extract.zip, by analyst: visits"
    assert said["Share overdue"].startswith("Offenders overdue for a visit")
    assert "no count under 5" in str(said["Small counts"])


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    measures = (measured("odd", counts("=HYPERLINK(1)", [5] * 13)),)
    opened = openpyxl.load_workbook(io.BytesIO(as_xlsx(pack(of=view(measures=measures)))))
    assert {cell.data_type for sheet in opened for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_paper_is_tagged_titled_and_marked_on_every_page(paper: bytes) -> None:
    read = PdfReader(io.BytesIO(paper))
    assert read.metadata is not None
    assert read.metadata.title == "Force Performance Board, March 2026"
    assert "/StructTreeRoot" in read.root_object
    for page in read.pages:
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE, SYNTHETIC DATA") >= 2
        assert "End of 31 Mar 2026 · whole force · policy shipped-1" in text


def test_the_paper_says_the_figures_of_the_view(paper: bytes) -> None:
    text = pdf_text(paper)
    for measure in view(Board.FPB).measures:
        assert measure.finding in text
    assert "This month: 67.3% (115 of 171). Target 90.0%. Source: Force delivery plan 2026" in text
    assert "North 31 220 14.1% 1 Jan 2024" in text
    assert "South Not shown 190 Not shown 1 Jan 2024" in text


@pytest.mark.parametrize("write", _SAID)
def test_a_new_and_a_retired_measure_are_said_in_words(write: Any) -> None:
    made = write(pack())
    text = _SAID[write](made)
    assert "New: in force since 1 Mar 2026." in text
    assert "Retired on 1 Jan 2026: there is no figure after it." in text
    assert "No month has a value that can be shown." in text


def test_a_month_without_values_is_no_chart_and_one_month_is_a_point(deck: bytes) -> None:
    drawn = charts(deck)
    assert "Children referred in time" not in drawn
    assert list(drawn["Assessed within 30 days"].plots[0].series[0].values) == pytest.approx([10 / 12])


@pytest.mark.parametrize(
    ("number", "months_shown"),
    [([], 13), ([5] * 36, 36)],
)
def test_a_pack_is_made_of_no_month_and_of_thirty_six(number: list[int], months_shown: int) -> None:
    measures = (measured("one", counts("Visits overdue", list(number))),)
    made = pack(of=replace(view(measures=measures), months=months_shown))
    assert all(len(write(made)) > 0 for write in (as_pptx, as_pdf, as_xlsx))


def test_a_board_without_measures_and_tables_says_so() -> None:
    nothing = replace(view(), questions=(), tables=(), uncommented=(), decided=(), actions=(), interventions=())
    text = "\n".join(slide_texts(as_pptx(pack(of=nothing))))
    assert "Open actions: No action is open." in text
    assert "Interventions: No intervention is on the register." in text
    assert as_pdf(pack(of=nothing))
    assert as_xlsx(pack(of=nothing))


def test_what_stands_out_comes_first_and_concerns_before_the_rest() -> None:
    told = standing_out(view())
    assert [row[:2] for row in told.rows] == [("Concern", "Visits made in time"), ("Concern", "Visits overdue")]
    assert told.finding.startswith("Of 6 measures 2 are a concern and 0 an improvement")


def test_a_month_that_is_not_over_has_no_signals_and_says_it_is_so_far() -> None:
    running = replace(view(), is_over=False)
    assert standing_out(running).rows == ()
    assert "The month is not over: figures are so far, up to 31 Mar 2026" in "\n".join(
        slide_texts(as_pptx(pack(of=running)))
    )


def test_the_pack_of_senior_leadership_has_last_months_decisions_and_their_effect() -> None:
    made = tables(as_pptx(pack(Board.SLT)))
    assert made["Decided last month"][1][5:] == [
        "Closed: Done on 9 March",
        "Visits made in time: No change yet: 67.3% is below the usual range.",
    ]
    assert made["Concern signals without commentary"][1] == ["Visits overdue"]
    assert "Decided last month" not in tables(as_pptx(pack(Board.FPB)))


def template(tmp_path: Path, change: Any = None, name: str = "force.pptx") -> Path:
    made = pptx.Presentation()
    if change:
        change(made)
    place = tmp_path / name
    made.save(str(place))
    return place


def test_a_template_gives_its_layouts_and_size_and_keeps_none_of_its_slides(tmp_path: Path) -> None:
    def with_sample(made: Any) -> None:
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text_frame.text = "Sample"
        made.slide_layouts.get_by_name("Title Only").name = "Force: heading alone"

    made = as_pptx(pack(), template(tmp_path, with_sample))
    presentation = pptx.Presentation(io.BytesIO(made))
    assert presentation.slide_width == Inches(10)
    assert "Sample" not in "\n".join(slide_texts(made))
    assert {slide.slide_layout.name for slide in presentation.slides} == {"Title Slide", "Force: heading alone"}
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_powerpoints_own_template_file_serves_too(tmp_path: Path) -> None:
    plain, own = template(tmp_path), tmp_path / "force.potx"
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(own, "w") as made:
        for item in given.infolist():
            part = given.read(item)
            made.writestr(item, part.replace(b"presentation.main+xml", b"template.main+xml"))
    assert len(slides(as_pptx(pack(), own))) == len(slides(as_pptx(pack(), plain)))


def test_a_template_without_a_layout_that_serves_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    def only_blank(made: Any) -> None:
        for layout in list(made.slide_layouts):
            if layout.name != "Blank":
                made.slide_layouts.remove(layout)

    with pytest.raises(TemplateRefused, match=r"force\.pptx has no layout with a title .* \(its layouts: Blank\)"):
        as_pptx(pack(), template(tmp_path, only_blank))


def test_a_template_without_room_or_that_is_none_is_refused(tmp_path: Path) -> None:
    def small(made: Any) -> None:
        made.slide_height = Inches(3)

    with pytest.raises(TemplateRefused, match="inches under the title of its layout Title Only"):
        as_pptx(pack(), template(tmp_path, small))
    text = tmp_path / "force.txt"
    text.write_text("no presentation", encoding="utf-8")
    with pytest.raises(TemplateRefused, match=r"force\.txt is no PowerPoint file"):
        as_pptx(pack(), text)


def test_nothing_lies_over_anything_else_on_a_slide(deck: bytes) -> None:
    for slide in slides(deck)[1:]:
        lower = [shape for shape in slide.shapes if shape.has_chart or shape.has_table or shape.name == "Text"]
        for one in lower:
            for other in lower:
                apart = (
                    one is other
                    or one.left + one.width <= other.left
                    or other.left + other.width <= one.left
                    or one.top + one.height <= other.top
                    or other.top + other.height <= one.top
                )
                assert apart, (slide.shapes.title.text_frame.text, one.name, other.name)


@pytest.mark.parametrize(
    ("values", "most", "ticks"),
    [
        ([0.0, 0.03], 1.0, [0, 0.01, 0.02, 0.03, 0.04]),
        ([0.92, 1.0], 1.0, [0.9, 0.92, 0.94, 0.96, 0.98, 1.0]),
        ([5.0, 40.0], float("inf"), [0, 10, 20, 30, 40, 50]),
        ([0.0], float("inf"), None),
        ([], float("inf"), None),
        ([100.0, 104.0], float("inf"), None),
    ],
)
def test_an_axis_has_round_lines_around_its_values(values: list[float], most: float, ticks: list[float] | None) -> None:
    drawn = axis(values, most=most)
    assert drawn.low <= min(values, default=0.0)
    assert drawn.high >= max(values, default=0.0)
    if ticks is not None:
        assert drawn.ticks == pytest.approx(ticks)


@pytest.mark.parametrize("values", [[0, 0, 0], [0, 1, 0], [0, 1, 3]], ids=str)
def test_an_axis_of_counts_has_lines_at_whole_numbers_alone(values: list[int]) -> None:
    ticks = chart_of(measured("one", counts("Overdue", values))).axis.ticks
    assert [round(tick) for tick in ticks] == ticks
    assert len(set(ticks)) > 1


def test_a_cut_axis_is_said() -> None:
    assert chart_of(measured("one", counts("Overdue", [100, 104, 102]))).notes() == [
        "The axis does not begin at nought."
    ]
    assert chart_of(measured("one", counts("Overdue", [1, 104, 102]))).notes() == []


def test_the_drawing_has_a_mark_a_signalled_point_and_nothing_for_a_gap() -> None:
    overdue = chart_of(view().measures[1])
    drawn = as_svg(overdue)
    key = 1
    assert len(re.findall("<circle", drawn)) == 12 + key
    assert drawn.count("<polygon") == sum(
        sum(value is not None for value in line.values) + key for line in overdue.lines if line.role.is_signal
    )
    assert as_svg(replace(overdue, title="a & b < c")).count("&") == 0


def test_columns_are_as_wide_as_their_texts_and_no_narrower_than_a_word_where_there_is_room() -> None:
    short, long = ["Team", "North"], ["Finding", "much " * 60]
    assert column_widths([short, short], 100, 2) == [9, 9]
    narrow, wide = column_widths([short, long], 60, 2)
    assert narrow == 9
    assert wide == pytest.approx(51)
    assert column_widths([["safeguarding"]] * 9, 9 * 16, 2) == [16] * 9
    assert sum(column_widths([["safeguarding"]] * 9, 60, 2)) == pytest.approx(60)
