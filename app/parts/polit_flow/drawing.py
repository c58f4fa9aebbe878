"""What the sections of POLIT's flow share: the marked chart, the table by group, the table by period, the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, gaps, period_table, trend_files
from app.parts.period_table import Column, Opens
from app.parts.polit_flow import lists
from app.parts.trend_charts import mark
from app.parts.trend_files import TrendFile
from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every
from offendermgmt.services.polit_flow import FlowBoard
from offendermgmt.services.polit_flow_words import group_text
from offendermgmt.services.question import Question
from offendermgmt.services.trend_events import TrendEvent

# Up to here Plotly would put marks at fractions of a case.
_LOW: Final = 5
PERIOD: Final = (Column("period_start", "From", "day"), Column("period_end", "To", "day"))


@dataclass(frozen=True)
class Table:
    """Figures as a table and as a file; the file has all of `rows`, the table those of `group` if one is chosen."""

    rows: pd.DataFrame
    columns: Sequence[Column]
    file: TrendFile
    of: str = ""
    group: str | None = None

    @property
    def shown(self) -> pd.DataFrame:
        """The rows of the table on the page."""
        return self.rows if self.group is None else self.rows[(self.rows["group"] == self.group).to_numpy()]

    @property
    def filed(self) -> tuple[pd.DataFrame, list[Column]]:
        """The rows and columns of the file, which names the group where the rows have one."""
        if not self.of:
            return self.rows, list(self.columns)
        named = self.rows.assign(group_name=[group_text(group) for group in self.rows["group"]])
        own = [column for column in self.columns if column.field != "group_name"]
        return named, [*PERIOD, Column("group_name", self.of, "text"), *(one for one in own if one not in PERIOD)]


@dataclass(frozen=True)
class Flowing:
    """What every section draws from: the question, its periods' length and figures, the events, the list asked for."""

    question: Question
    every: Every
    board: FlowBoard
    events: Sequence[TrendEvent]
    asked: lists.Asked | None

    def draw(self, chart: go.Figure, *, alt: str, key: str, counts: bool = True) -> None:
        """Draw a chart over the whole range, with the events marked; a sentence where there is nothing to draw.

        Of `counts` nought is nothing to draw, and a low axis has whole numbers only.
        """
        heights, kept = _heights(chart), not self.question.viewer.opens_lists and gaps.has_gaps(chart)
        if not (any(heights) if counts else heights):
            st.markdown(gaps.ALL_KEPT if kept else "Nothing to draw in this range.")
            return
        if counts and max(heights) <= _LOW and chart.layout.yaxis.tickvals is None:
            chart.layout.yaxis.dtick = 1
        first = to_date(int(self.question.range.first[0]))
        charts.draw(mark(chart, self.events, first, self.question.as_of), alt=alt, key=key)
        if kept:
            st.caption(gaps.GAPS)

    def opens(self, row: Mapping[Any, Any], field: str) -> str | None:
        """Where the list behind a number is; of a row with a group, that group's."""
        return lists.of_period(self.question, row, field, row.get("group"))

    def by_group(self, table: Table, *, caption: str, key: str) -> None:
        """Draw figures by group over the whole range, each count a link to its list."""
        rows = table.shown.assign(group_name=[group_text(group) for group in table.shown["group"]])
        columns = [Column("group_name", table.of, "text"), *table.columns]
        period_table.show(rows, columns, caption=caption, opens=self.opens, key=f"{key}_groups")

    def by_period(self, *tables: Table, caption: str, key: str, opens: Opens | None = None) -> None:
        """Draw the first table, newest period first, and the files of all, once opened; the address keeps them open."""
        opened = st.expander(
            "Show as a table", icon=":material/table:", key=f"{key}_table", on_change="rerun", bind="query-params"
        )
        # A thousand links are worth making only for who reads them.
        if opened.open:
            with opened:
                shown = tables[0].shown[::-1]
                period_table.show(
                    shown, tables[0].columns, caption=caption, opens=opens or self.opens, key=f"{key}_grid"
                )
                for table in tables:
                    rows, columns = table.filed
                    trend_files.offer_table(table.file, rows, columns, self.question, self.every)

    def listed(self, *measures: str) -> None:
        """Draw the list opened from one of these measures, if one is."""
        lists.show(self.question, measures, self.asked)


def _heights(chart: go.Figure) -> list[float]:
    """How high the chart is at each of its periods with a value: what is stacked there, added up."""
    at_each = zip(*(trace.y for trace in chart.data), strict=True)
    known = ([abs(y) for y in ys if y is not None and not isnan(y)] for ys in at_each)
    return [sum(ys) for ys in known if ys]
