"""A pack as PowerPoint slides: native charts and tables, which may be edited."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from offendermgmt.outputs.methodology import defined
from offendermgmt.outputs.packs.chart import Chart
from offendermgmt.outputs.packs.drawing import chart_of
from offendermgmt.outputs.packs.pack import Pack, commentary_of, glance, said, standing_out, target_text, this_month
from offendermgmt.outputs.packs.slide_chart import add_chart
from offendermgmt.outputs.packs.slide_table import FONT, SMALL_FONT, add_table, line_height, lines_of, pages
from offendermgmt.outputs.packs.slide_template import Box, Template, slide_template
from offendermgmt.outputs.packs.words import value_text
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.board_types import BoardView, MeasureView, QuestionView
from offendermgmt.services.signal_words import basis, rebases_text

_HEAD: Final = Inches(0.5)
_GAP: Final = Inches(0.15)
_CHART_SHARE: Final = 0.62
# Sizes of letters in points, and the room after a paragraph.
_LARGE, _TEXT, _SMALL = 16, 12, 10
_AFTER: Final = 4


# A text, its size, and whether it is bold.
Paragraph = tuple[str, int, bool]


def as_pptx(pack: Pack, template: Path | None = None) -> bytes:
    """The pack as a presentation (PPTX) on the force's template, or the product's own without one.

    Every slide bears the marking, its number and what its figures hold for; its notes have the definitions. Raises
    `slide_template.TemplateRefused` where the template has no room, OSError where it cannot be read.
    """
    deck = _Deck(pack, slide_template(template))
    deck.open()
    deck.table(standing_out(pack.view))
    for question in pack.view.questions:
        deck.table(glance(pack.view, question))
        for measure in question.measures:
            deck.measure(question, measure)
    for table in (table for table in pack.tables() if table.rows):
        deck.table(table)
    deck.nothing([table for table in pack.tables() if not table.rows])
    for table in _methodology(pack):
        deck.table(table, SMALL_FONT)
    return deck.written()


class _Deck:
    """The slides of a pack as they are laid one after another."""

    def __init__(self, pack: Pack, template: Template) -> None:
        self.pack, self.template, self.area = pack, template, template.area

    def open(self) -> None:
        """The first slide: which board and month, and what holds for all of it."""
        pack, slide = self.pack, self._slide(self.template.opening, self.pack.title)
        lines = [pack.state, pack.filters, pack.handling]
        places = [each for each in slide.placeholders if each.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
        if not places:
            self._text(slide, self.area, [(text, _TEXT, False) for text in lines])
            return
        places[0].text_frame.text = "\n".join(lines)
        for paragraph in places[0].text_frame.paragraphs:
            paragraph.font.size, paragraph.alignment = Pt(14), PP_ALIGN.LEFT

    def measure(self, question: QuestionView, measure: MeasureView) -> None:
        """A measure's chart, what it says, and what its owner says of it; on a further slide where it is long."""
        slide = self._content(measure.measure.title, question.question.text)
        area = self._under_head()
        left = Box(area.left, area.top, round(area.width * _CHART_SHARE), area.height)
        right = Box(left.left + left.width + _GAP, area.top, area.width - left.width - _GAP, area.height)
        self._chart(slide, chart_of(measure), left)
        told, owned = _finding(self.pack.view, measure), _commentary(measure)
        fits = _height([*told, *owned], right.width) <= right.height
        self._text(slide, right, _larger([*told, *owned] if fits else told, right))
        self._note(slide, measure)
        if not fits:
            self.table(_commentary_table(measure))

    def _chart(self, slide: Any, chart: Chart, box: Box) -> None:
        """The chart with its notes under it; nothing where no month has a value, which the finding says."""
        if not chart.has_values:
            return
        notes: list[Paragraph] = [(text, _SMALL, False) for text in chart.notes()]
        below = _height(notes, box.width) + _GAP if notes else 0
        add_chart(slide, chart, Box(box.left, box.top, box.width, box.height - below))
        if notes:
            self._text(slide, Box(box.left, box.top + box.height - below, box.width, below), notes)

    def table(self, table: BoardTable, size: int = FONT) -> None:
        """A table on as many slides as it takes, what it says above; without rows what it says alone."""
        area, says = self._under_head(), table.finding
        above = lines_of(says, area.width, _TEXT) * line_height(_TEXT) + _GAP if says else 0
        box = Box(area.left, area.top + above, area.width, area.height - above)
        parts = list(pages(table, box, size)) or [[]]
        for number, rows in enumerate(parts, start=1):
            title = table.title if len(parts) == 1 else f"{table.title} ({number} of {len(parts)})"
            slide = self._content(title, "")
            if says:
                self._text(slide, Box(area.left, area.top, area.width, above), [(says, _TEXT, False)])
            if rows:
                add_table(slide, table, rows, box, size)
            self._notes(slide, [f"{each.title}: {defined(each)}" for each in table.definitions])

    def nothing(self, tables: Sequence[BoardTable]) -> None:
        """One slide for all that has nothing in it, so that nobody looks for it."""
        if tables:
            slide = self._content("Nothing to report", "")
            lines = [(f"{table.title}: {table.finding}", _TEXT, False) for table in tables]
            self._text(slide, self._under_head(), lines)
            self._notes(slide, [])

    def written(self) -> bytes:
        """The presentation as a file."""
        presentation, pack = self.template.presentation, self.pack
        properties = presentation.core_properties
        properties.title, properties.subject, properties.author = pack.title, pack.marking, pack.made_by
        properties.keywords, properties.created = pack.marking, pack.made_at.replace(tzinfo=None)
        file = io.BytesIO()
        presentation.save(file)
        return file.getvalue()

    def _content(self, title: str, above: str) -> Any:
        slide = self._slide(self.template.content, title)
        head = Box(self.area.left, self.area.top, self.area.width, _HEAD)
        self._text(slide, head, [(text, _SMALL, False) for text in (above, self.pack.filters) if text])
        return slide

    def _under_head(self) -> Box:
        area = self.area
        return Box(area.left, area.top + _HEAD, area.width, area.height - _HEAD)

    def _slide(self, layout: Any, title: str) -> Any:
        slide = self.template.presentation.slides.add_slide(layout)
        for place in list(slide.placeholders):
            kind = place.placeholder_format.type
            if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
                place.text_frame.text = title
            elif kind != PP_PLACEHOLDER.SUBTITLE:
                place._element.getparent().remove(place._element)
        self._text(slide, self.template.foot, [(self.pack.marking, _SMALL, True)], name="Marking")
        self._number(slide)
        return slide

    def _number(self, slide: Any) -> None:
        """The slide's number as a field, so that it stays right when slides are moved."""
        box = self.template.number
        shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        shape.name = "Slide number"
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        number = len(self.template.presentation.slides)
        field = f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        size = Pt(_SMALL).centipoints
        paragraph._p.append(parse_xml(f'{field}<a:rPr lang="en-GB" sz="{size}"/><a:t>{number}</a:t></a:fld>'))

    def _text(self, slide: Any, box: Box, lines: list[Paragraph], name: str = "Text") -> None:
        shape = slide.shapes.add_textbox(*(Emu(each) for each in (box.left, box.top, box.width, box.height)))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for at, (text, size, is_bold) in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.text = text
            paragraph.font.size, paragraph.font.bold, paragraph.space_after = Pt(size), is_bold, Pt(_AFTER)

    def _note(self, slide: Any, measure: MeasureView) -> None:
        series = measure.series
        target = [f"Target: {target_text(measure)}"] if series.target is not None else []
        self._notes(
            slide,
            [
                f"{measure.definition.title}: {defined(measure.definition)}",
                basis(series),
                rebases_text(series),
                *target,
                f"Owner: {measure.measure.owner}",
            ],
        )

    def _notes(self, slide: Any, texts: list[str]) -> None:
        pack = self.pack
        lines = [pack.marking, *(text for text in texts if text), pack.filters, pack.state, pack.handling]
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _finding(view: BoardView, measure: MeasureView) -> list[Paragraph]:
    series = measure.series
    counted = measure.counted
    value = value_text(measure.newest, series.unit)
    target = "" if series.target is None else f"Target {series.unit.written(series.target)}"
    lines = [
        (f"{this_month(view)}: {value}{f' ({counted})' if counted else ''}", _LARGE, True),
        (target, _TEXT, False),
        (measure.finding, _TEXT, False),
        (measure.note, _TEXT, False),
    ]
    return [line for line in lines if line[0]]


def _commentary(measure: MeasureView) -> list[Paragraph]:
    """This month's commentary, last month's under it."""
    lines: list[Paragraph] = []
    for heading, texts in commentary_of(measure):
        lines.append((heading, _TEXT, True))
        lines += [(f"{name}: {text}", _TEXT, False) for name, text in texts]
    return lines


def _larger(lines: list[Paragraph], box: Box) -> list[Paragraph]:
    """The text as large as fits the box, up to a third larger."""
    for more in (4, 3, 2, 1):
        grown = [(text, size + more, is_bold) for text, size, is_bold in lines]
        if _height(grown, box.width) <= box.height:
            return grown
    return lines


def _commentary_table(measure: MeasureView) -> BoardTable:
    both = [dict(said(each)) for each in (measure.commentary, measure.last_commentary)]
    names = dict.fromkeys(name for each in both for name in each)
    return BoardTable(
        "commentary",
        f"{measure.measure.title}: commentary",
        "",
        (TableColumn("Part"), TableColumn("This month"), TableColumn("Last month")),
        tuple((name, both[0].get(name, ""), both[1].get(name, "")) for name in names),
        (),
    )


def _height(lines: list[Paragraph], width: int) -> int:
    return sum(lines_of(text, width, size) * line_height(size) + round(Pt(_AFTER)) for text, size, _ in lines)


def _methodology(pack: Pack) -> list[BoardTable]:
    """How the pack was made: its definitions in a table, everything else in another."""
    columns = (TableColumn("About"), TableColumn("What holds"))
    sections = dict(pack.sections())
    definitions = tuple(sections.pop("Definitions"))
    rest = tuple(line for lines in sections.values() for line in lines)
    return [
        BoardTable("methodology", "How this pack was made", "", columns, rest, ()),
        BoardTable("definitions", "Definitions", "", columns, definitions, ()),
    ]
