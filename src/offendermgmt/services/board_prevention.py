"""Preventive orders by kind, as a board reads them: who is under one, whose is about to end, who has none (M46)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.prevention import longest_orders, preventive_orders
from offendermgmt.domain.visits import is_managed, standing
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import board_definitions as definitions
from offendermgmt.services.board_kept import KEPT_WORDS, Place, cell, is_small, kept_places, share_cell
from offendermgmt.services.board_measures import kept_of_measures
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.desk import Desk
from offendermgmt.services.measured import Asked
from offendermgmt.services.measured_offenders import ORDERS
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text, month_text, plural

CODE: Final = "prevention"
_TITLE: Final = "Preventive orders"
_NONE, _ALL, _REST = "No preventive order", "All managed offenders", "Other preventive orders"
_LEVELS: Final = tuple(RiskLevel)
_HIGH: Final = [_LEVELS.index(level) for level in (RiskLevel.VERY_HIGH, RiskLevel.HIGH)]
# Counts of people under an order alone.
_OF_ORDERS: Final = ("ending", "lasting", "began", "ended", "before")
_PARTS: Final = (("high", "other"), ("ending", "lasting"))


def prevention_table(question: Question, desk: Desk) -> BoardTable:
    """Managed offenders on the question's last day by the preventive order they are under, as its viewer may have them.

    The question's periods are calendar months: of the last of them, the orders that began and ended.
    """
    rows = order_counts(question)
    flags = kept_of_measures(Asked(question, desk), ORDERS).iloc[-1]
    if flags[["managed", "under_order", "without_order"]].any():
        return _without_rows(KEPT_WORDS)
    if list(rows.index) == [_NONE]:
        is_known = len(question.snapshot.facts.tables["orders"]) > 0
        found = "Nobody who is managed is under a preventive order." if is_known else "No order is on record."
        return _without_rows(found)
    counts = _placed(_pooled(question, rows))
    kept = _kept(question, counts, began_is_kept=bool(flags["orders_begun"]))
    kinds = list(dict.fromkeys(row for row, _ in counts if row not in (_NONE, _ALL)))
    columns, names = _columns(question, kept, kinds)
    table = tuple(_row(name, names, counts, kept) for name in (*kinds, _NONE, _ALL))
    return BoardTable(CODE, _TITLE, _finding(question, counts, kept), columns, table, (definitions.PREVENTION,))


def order_counts(question: Question) -> pd.DataFrame:
    """Managed offenders by the kind of the order they are under: a row a kind, the most first, and those under none.

    Columns offenders, and of them high (or very high risk) and other; ending, lasting (their order within the days of
    policy, or later); began and ended, orders of that kind in the month of offenders managed at its end; before, those
    under it at the end of the month before.
    """
    facts, on, first = question.snapshot.facts, question.on, int(question.range.first[-1])
    orders = preventive_orders(facts, question.policy.assessments.reactive_orders)
    now = _managed(question, on).merge(longest_orders(orders, on), on="offender", how="left")
    before = _managed(question, first - 1).merge(longest_orders(orders, first - 1), on="offender", how="left")
    high = now["risk"].isin(_HIGH).to_numpy()
    ending = (now["ends"] <= on + question.policy.prevention.order_end_days).to_numpy()
    ours = orders[orders["offender"].isin(now["offender"]).to_numpy()]
    moved = {"began": ours["begins"].between(first, on), "ended": ours["ends"].between(first, on)}
    named = {
        "offenders": now["kind"].fillna(_NONE),
        "high": now["kind"].fillna(_NONE)[high],
        "other": now["kind"].fillna(_NONE)[~high],
        "ending": now["kind"][ending],
        "lasting": now["kind"][~ending],
        **{name: ours["kind"][happened.to_numpy()] for name, happened in moved.items()},
        "before": before["kind"],
    }
    rows = pd.DataFrame({name: kinds.value_counts() for name, kinds in named.items()}).fillna(0).astype(np.int64)
    kinds = rows.drop(index=_NONE, errors="ignore").sort_values("offenders", ascending=False, kind="stable").index
    return rows.reindex([*kinds, _NONE], fill_value=0)


def _managed(question: Question, on: int) -> pd.DataFrame:
    """Offender (code) and risk (code) of who is managed and counts at the end of a day."""
    now = standing(question.snapshot.timeline.segments, on)
    counted = is_managed(now) & question.offender_scope.holds(now["officer"].to_numpy())
    return now.loc[counted, ["offender", "risk"]]


def _pooled(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, kinds of so few people that they are kept pooled in one, with as many more as make it large enough."""
    kinds = rows.drop(index=_NONE)
    few = (kinds["offenders"] < question.smallest_count).to_numpy() & (not question.viewer.opens_lists)
    # From the end on: the smallest kind is the last.
    while is_small(question, int(kinds["offenders"][few].sum())) and not few.all():
        few[np.flatnonzero(~few)[-1]] = True
    pooled = kinds[few].sum().to_frame(_REST).T if few.any() else kinds[:0]
    return pd.concat([kinds[~few], pooled, rows.loc[[_NONE]]])


def _placed(rows: pd.DataFrame) -> dict[Place, int]:
    """The counts by row and column, with those of all managed offenders."""
    every = pd.concat([rows, rows.sum().to_frame(_ALL).T])
    return {
        (str(row), str(column)): int(count)
        for row, numbers in every.to_dict(orient="index").items()
        for column, count in numbers.items()
        if row != _NONE or column not in _OF_ORDERS
    }


def _kept(question: Question, counts: Mapping[Place, int], *, began_is_kept: bool) -> set[Place]:
    decided = {place: False for place in counts if place[1] in ("offenders", "before")}
    decided[_ALL, "began"] = began_is_kept
    # How many of all are at high risk is no secret of this table.
    decided |= {(_ALL, name): is_small(question, counts[_ALL, name]) for name in ("high", "other")}
    return kept_places(question, counts, list(_sums(counts)), decided, _likely(counts))


def _sums(counts: Mapping[Place, int]) -> Iterator[dict[Place, int]]:
    """How the counts add up: in a row, and from the rows to all."""
    rows = list(dict.fromkeys(row for row, _ in counts))
    for row in rows:
        for parts in _PARTS if row not in (_NONE, _ALL) else _PARTS[:1]:
            yield {(row, "offenders"): 1, **{(row, part): -1 for part in parts}}
    yield {(_ALL, "offenders"): 1, (_NONE, "offenders"): -1, **{(_ALL, part): -1 for part in _PARTS[1]}}
    for column in dict.fromkeys(column for _, column in counts):
        yield {(row, column): 1 if row == _ALL else -1 for row in rows if (row, column) in counts}


def _likely(counts: Mapping[Place, int]) -> Iterator[dict[Place, int]]:
    """Where nobody comes or goes but by an order that begins or ends, month's end follows from month's end."""
    for row, column in counts:
        if column == "before":
            now = {(row, "offenders"): -1} if row != _ALL else {(_ALL, "offenders"): -1, (_NONE, "offenders"): 1}
            yield {(row, "before"): 1, (row, "began"): 1, (row, "ended"): -1, **now}


def _columns(
    question: Question, kept: Collection[Place], kinds: list[str]
) -> tuple[tuple[TableColumn, ...], list[str]]:
    """The columns, and the counts that stand in them; of what began and ended only where something of it is shown."""
    month, days = month_text(question.as_of), plural(question.policy.prevention.order_end_days, "day")
    none_after = "Their order ends within these days, and no other that they are under outlasts it."
    headings = {
        "offenders": TableColumn("Managed offenders", "number"),
        "share": TableColumn("Share of all", "share"),
        "high": TableColumn("High or very high risk", "number"),
        "ending": TableColumn(f"Order ends within {days}", "number", none_after),
        "began": TableColumn(f"Began in {month}", "number"),
        "ended": TableColumn(f"Ended in {month}", "number"),
    }
    moved = [name for name in ("began", "ended") if all((row, name) in kept for row in (*kinds, _ALL))]
    names = [name for name in headings if name not in moved]
    return (TableColumn("Under"), *(headings[name] for name in names)), names


def _row(row: str, names: list[str], counts: Mapping[Place, int], kept: Collection[Place]) -> tuple[Any, ...]:
    def told(name: str) -> Any:
        if name == "share":
            return share_cell(counts, kept, (row, "offenders"), (_ALL, "offenders"))
        return cell(counts, kept, (row, name)) if (row, name) in counts else None

    return row, *(told(name) for name in names)


def _finding(question: Question, counts: Mapping[Place, int], kept: Collection[Place]) -> str:
    managed, none = counts[_ALL, "offenders"], counts[_NONE, "offenders"]
    told = [f"{managed - none:,} of {managed:,} managed offenders are under a preventive order."]
    if not {(_NONE, "high"), (_ALL, "high")} & set(kept):
        high, without = counts[_ALL, "high"], counts[_NONE, "high"]
        told.append(f"{without:,} of the {high:,} at high or very high risk are under none.")
    if (_ALL, "ending") not in kept:
        by = question.as_of + timedelta(days=question.policy.prevention.order_end_days)
        number = counts[_ALL, "ending"]
        whose = f"The order of {plural(number, 'offender')}" if number else "Nobody's order"
        told.append(f"{whose} ends by {day_text(by)} with none to follow.")
    if kept:
        told.append(KEPT_WORDS)
    return " ".join(told)


def _without_rows(why: str) -> BoardTable:
    return BoardTable(CODE, _TITLE, why, (TableColumn("Under"),), (), (definitions.PREVENTION,))
