"""Two days side by side, and by what causes the backlog moved between them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import figures, links, period_table, trend_files
from app.parts.period_table import NOT_SHOWN, Column
from app.parts.trends import backlog, choices, lists
from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.domain.days import to_date
from offendermgmt.services import trend_definitions as definitions
from offendermgmt.services.comparison import Compared, Comparison
from offendermgmt.services.comparison_small import compared_as_shown
from offendermgmt.services.definitions import DAYS_OVERDUE, HIGH_RISK_OVERDUE, MOST_OVERDUE, OVERDUE, OVERDUE_SHARE
from offendermgmt.services.figures import Figure
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, Split
from offendermgmt.services.wording import RISK, day_text

_LISTED: Final = {
    OVERDUE: "overdue",
    OVERDUE_SHARE: "overdue",
    definitions.SHARE_OF_MANAGED: "overdue",
    HIGH_RISK_OVERDUE: "high_risk_overdue",
    DAYS_OVERDUE: "overdue",
    MOST_OVERDUE: "overdue",
    definitions.MANAGED: "managed",
    definitions.RUNNING: "running",
    definitions.STOCK: "not_overdue",
}


def show(question: Question) -> None:
    """Draw the choice of two days, each figure on both, and the flow of the backlog between them."""
    st.header("Two days compared")
    earlier, later = choices.two_days(to_date(int(question.range.first[0])), question.as_of)
    try:
        compared = compared_as_shown(question, earlier, later)
    except ValueError as error:
        st.info(str(error), icon=":material/date_range:")
        return
    _draw_figures(question, compared)
    if compared.groups is not None:
        _draw_groups(question, compared, compared.groups)
    _draw_between(question, compared)
    trend_files.offer_comparison(question, compared)


def _draw_figures(question: Question, compared: Comparison) -> None:
    rows = [
        {
            "figure": pair.title,
            "measure": _LISTED[pair.later.definition],
            "earlier": _text(pair.earlier),
            "later": _text(pair.later),
            "difference": _difference(pair),
        }
        for pair in compared.figures
    ]
    _table(question, compared, pd.DataFrame(rows), "text", "The backlog on two days", "figure", "Figure")


def _draw_groups(question: Question, compared: Comparison, groups: pd.DataFrame) -> None:
    names = {str(level): RISK[level] for level in RISK} | {band: f"{band} days" for band in question.policy.bands}
    rows = groups.assign(name=groups["group"].map(names))
    with st.expander("Overdue on both days by risk and by days overdue", icon=":material/table:"):
        _table(question, compared, rows, "count", "Overdue on two days, by risk and by days overdue", "name", "Group")


def _table(
    question: Question,
    compared: Comparison,
    rows: pd.DataFrame,
    kind: period_table.Kind,
    caption: str,
    name: str,
    of: str,
) -> None:
    days = {"earlier": compared.earlier_on, "later": compared.later_on}

    def opens(row: Mapping[Any, Any], field: str) -> str | None:
        if field not in days:
            return None
        group = (Split(row["split"]), row["group"]) if "group" in row else None
        return lists.address(question, row.get("measure", "overdue"), days[field], days[field], group)

    columns = [
        Column(name, of, "text"),
        *(Column(field, day_text(day), kind) for field, day in days.items()),
        Column("difference", "Difference", "change" if kind == "count" else kind),
    ]
    period_table.show(rows, columns, caption=caption, opens=opens, key=f"compared {name}")


def _draw_between(question: Question, compared: Comparison) -> None:
    row = compared.flow.iloc[0].to_dict()
    came, went = ([cause for cause in causes if cause in row] for causes in (CAUSES_IN, CAUSES_OUT))
    backlog.identity(question, row, came, went, caption="What moved the backlog between the two days")
    kept = compared.kept
    st.markdown(
        f"{definitions.COMPLIANCE_FLOW.title} between them: **{figures.value_text(kept)}**"
        f" ({figures.beneath_text(kept) or NO_VALUE})."
    )
    if question.viewer.opens_lists and kept.denominator:
        first, last = compared.earlier_on + timedelta(days=1), compared.later_on
        # As of the later day, whose figure this is: a later change could still move a due date.
        view = {"as_of": last.isoformat(), "from": first.isoformat(), "day_a": None, "day_b": None}
        days = {"list": "due", "list_from": first.isoformat(), "list_to": last.isoformat()}
        to = links.address(lists.PAGE, **view, **days, list_split=None, list_group=None)
        links.sentence("", f"Open the {plural(kept.denominator, 'visit')} that fell due", to)


def _text(figure: Figure) -> str:
    beneath = figures.beneath_text(figure)
    value = figures.value_text(figure)
    return f"{value} ({beneath})" if beneath and figure.denominator is not None else value


def _difference(pair: Compared) -> str:
    if pair.difference is None:
        return NOT_SHOWN if pair.earlier.suppressed or pair.later.suppressed else NO_VALUE
    if pair.later.denominator is not None:
        points = pair.difference * 100
        return f"{points:+.1f} percentage points" if points else share(0)
    return f"{pair.difference:+,.0f}" if pair.difference else count(0)
