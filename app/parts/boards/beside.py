"""What stands beside a board's measures: its tables, actions and interventions."""

import pandas as pd

from app.navigation import ACTIONS, INTERVENTIONS
from app.parts import board_actions, listing
from app.parts.boards import tables
from app.parts.interventions.listed import ASKED
from app.parts.links import address, sentence
from app.parts.listing import Field, Link
from app.parts.words import NO_VALUE, plural
from offendermgmt.outputs.packs.pack import Pack
from offendermgmt.outputs.packs.words import cell_text
from offendermgmt.services.board_effects import InterventionView
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable
from offendermgmt.services.board_teams import CODE as TEAMS
from offendermgmt.services.board_types import BoardView, Part
from offendermgmt.services.wording import day_text, month_text


def show(pack: Pack) -> None:
    """Draw the pack's tables; under the actions the form that records one, for who keeps the boards' minutes."""
    view = pack.view
    for table in pack.tables():
        if table.code == Part.INTERVENTIONS:
            tables.head(table)
            _draw_interventions(view)
            sentence("", "The register of interventions, with charts", address(INTERVENTIONS.url_path))
            continue
        if table.code == TEAMS and table.rows:
            tables.head(table)
            _draw_teams(table, month_text(view.month_on))
            continue
        tables.show(table, month_text(view.month_on))
        if table.code == Part.ACTIONS:
            board_actions.new_form({each.measure.ref: each.measure.title for each in view.measures}, view.board)
            sentence("", "The plan of every board's open actions", address(ACTIONS.url_path))


def _draw_interventions(view: BoardView) -> None:
    """A row for each intervention: when, and what came of it; its sentences need more room than the pack's columns."""
    if not view.interventions:
        return
    page = INTERVENTIONS.url_path
    rows = pd.DataFrame(
        {
            "title": [
                Link(each.title, address(page, **{ASKED: each.intervention_ref}), f"Open {each.title}")
                for each in view.interventions
            ],
            "when": [_when(each) for each in view.interventions],
            "finding": [each.finding for each in view.interventions],
            "expected": [f"Expected: {each.expected}" for each in view.interventions],
        }
    )
    fields = [
        Field("title", "Intervention", "link", beneath="when"),
        Field("finding", "What came of it", "sentence", beneath="expected"),
    ]
    listing.show(
        rows, fields, caption=f"{plural(len(rows), 'intervention')}{', the newest first' if len(rows) > 1 else ''}"
    )


def _draw_teams(table: BoardTable, month: str) -> None:
    """A row for each team: every share with what it is counted from beneath it, which is a third of the columns."""
    rows: list[dict[str, str]] = []
    shares = range(3, len(table.columns), 3)
    for row in table.rows:
        cells = [cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
        told = {"team": cells[0]}
        for at in shares:
            told[str(at)] = cells[at] or NO_VALUE
            is_kept = NOT_SHOWN in cells[at - 2 : at]
            of = f"{cells[at - 2]} of {cells[at - 1]} {table.columns[at - 1].heading.lower()}"
            told[f"{at} of"] = "" if is_kept else of
        rows.append(told)
    fields = [Field("team", table.columns[0].heading)]
    fields += [Field(str(at), table.columns[at].heading, beneath=f"{at} of") for at in shares]
    listing.show(pd.DataFrame(rows), fields, caption=f"{table.title}, {month}")


def _when(told: InterventionView) -> str:
    until = f" until {day_text(told.to_on)}" if told.to_on else ""
    return f"From {day_text(told.from_on)}{until}"
