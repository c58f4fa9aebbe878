"""What the sections of the trends share: the marked chart, its table, the list under it, the heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts, figures, gaps, period_table, trend_files
from app.parts.period_table import Column, Opens
from app.parts.trend_charts import mark
from app.parts.trends import lists
from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every
from offendermgmt.services.figures import Definition
from offendermgmt.services.question import Question
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.trends import TrendTables

PERIOD: Final = (Column("period_start", "From", "day"), Column("period_end", "To", "day"))


@dataclass(frozen=True)
class Trended:
    """What every section draws from: the question, its periods' length and figures, the events, the list asked for."""

    question: Question
    every: Every
    tables: TrendTables
    events: Sequence[TrendEvent]
    asked: lists.Asked | None

    def draw(
        self,
        chart: go.Figure,
        rows: pd.DataFrame,
        columns: Sequence[Column],
        *,
        alt: str,
        key: str,
        opens: Opens,
        measures: Sequence[str],
        file: trend_files.TrendFile,
    ) -> None:
        """Draw a chart with its marks, its table newest first, and the list opened from it if one is."""
        self.chart(chart, alt=alt, key=key)
        self.table(rows, columns, caption=alt, opens=opens, key=key, file=file)
        lists.show(self.question, measures, self.asked)

    def chart(self, chart: go.Figure, *, alt: str, key: str) -> None:
        """Draw a chart with its marks, and say what a gap in it is; a sentence where every number is kept."""
        kept = not self.question.viewer.opens_lists and gaps.has_gaps(chart)
        if kept and not gaps.has_values(chart):
            st.markdown(gaps.ALL_KEPT)
            return
        charts.draw(self.marked(chart), alt=alt, key=key)
        if kept:
            st.caption(gaps.GAPS)

    def table(
        self,
        rows: pd.DataFrame,
        columns: Sequence[Column],
        *,
        caption: str,
        opens: Opens,
        key: str,
        file: trend_files.TrendFile,
    ) -> None:
        """Draw the figures of a chart, newest first, and their file, once opened; the address keeps them open."""
        opened = st.expander(
            "Show as a table", icon=":material/table:", key=f"{key}_table", on_change="rerun", bind="query-params"
        )
        # A thousand links are worth making only for who reads them.
        if opened.open:
            with opened:
                period_table.show(rows[::-1], columns, caption=caption, opens=opens, key=f"{key}_grid")
                trend_files.offer_table(file, rows, columns, self.question, self.every)

    def marked(self, chart: go.Figure) -> go.Figure:
        """The chart over the whole range, with the events marked."""
        return mark(chart, self.events, to_date(int(self.question.range.first[0])), self.question.as_of)

    def opens(self, row: Mapping[Any, Any], field: str) -> str | None:
        """Where the list behind a number of a period is."""
        return lists.of_period(self.question, row, field)


def header(definition: Definition) -> None:
    """Draw a section's heading with what it counts."""
    st.header(definition.title, help=figures.definition_text(definition))


def heights(values: "pd.Series[Any]") -> list[float | None]:
    """The values for a chart, None where there is none or it is kept from the viewer."""
    return [None if pd.isna(value) else float(value) for value in values]
