"""A pack as a paper (PDF), tagged for screen readers."""

from typing import Any, Final

from offendermgmt.outputs.methodology import defined
from offendermgmt.outputs.packs.chart_svg import as_svg
from offendermgmt.outputs.packs.column_widths import column_widths
from offendermgmt.outputs.packs.drawing import chart_of
from offendermgmt.outputs.packs.pack import Pack, commentary_of, glance, standing_out, target_text, this_month
from offendermgmt.outputs.packs.words import cell_text, value_text
from offendermgmt.outputs.typesetting import typeset
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.board_types import BoardView, MeasureView
from offendermgmt.services.signal_words import basis, rebases_text

_TEMPLATE: Final = "packs/pack.typ"
# In points: how wide a line of the template is, the room beside a cell's text, and about how wide a letter.
_LINE, _PAD, _LETTER = 493.0, 8.0, 4.2
_ABOUT: Final = (TableColumn("About"), TableColumn("What holds"))


def as_pdf(pack: Pack) -> bytes:
    """The pack as PDF/UA-1 on A4: its marking, page and filters stand on every page."""
    return typeset(_TEMPLATE, document(pack), made_at=pack.made_at)


def document(pack: Pack) -> dict[str, Any]:
    """What the template is given: every text as it reads, charts as drawings."""
    return {
        "title": pack.title,
        "marking": pack.marking,
        "made_by": pack.made_by,
        "state": pack.state,
        "filters": pack.filters,
        "handling": pack.handling,
        "signals": _table(standing_out(pack.view)),
        "questions": [
            {
                "glance": _table(glance(pack.view, question)),
                "measures": [_measure(pack.view, each) for each in question.measures],
            }
            for question in pack.view.questions
        ],
        "tables": [_table(table) for table in pack.tables()],
        "sections": [
            _table(BoardTable("methodology", heading, "", _ABOUT, tuple(lines), ()))
            for heading, lines in pack.sections()
            if lines
        ],
    }


def _measure(view: BoardView, measure: MeasureView) -> dict[str, Any]:
    series, chart = measure.series, chart_of(measure)
    about = [f"{measure.definition.title}: {defined(measure.definition)}", basis(series), rebases_text(series)]
    return {
        "title": measure.measure.title,
        "when": this_month(view),
        "value": value_text(measure.newest, series.unit),
        "counted": measure.counted,
        "target": "" if series.target is None else target_text(measure),
        "finding": measure.finding,
        "note": measure.note,
        "svg": as_svg(chart) if chart.has_values else "",
        "alt": chart.alt,
        "notes": chart.notes() if chart.has_values else [],
        "commentary": [[heading, lines] for heading, lines in commentary_of(measure)],
        "about": [text for text in about if text],
    }


def _table(table: BoardTable) -> dict[str, Any]:
    kinds = [column.kind for column in table.columns]
    rows = [[cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]
    headings = [column.heading for column in table.columns]
    texts = [[heading, *(row[at] for row in rows)] for at, heading in enumerate(headings)]
    return {
        "title": table.title,
        "finding": table.finding,
        "headings": headings,
        "numbers": [kind in {"number", "share"} for kind in kinds],
        "widths": [round(each * _LETTER, 1) for each in column_widths(texts, _LINE / _LETTER, _PAD / _LETTER)],
        "rows": rows,
    }
