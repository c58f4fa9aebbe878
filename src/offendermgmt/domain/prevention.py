"""Preventive orders, and how long children waited for what was done for them (M46 to M48)."""

from collections.abc import Collection
from typing import Final, Literal

import numpy as np
import pandas as pd

from offendermgmt.domain.days import day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.polit_flow import referred, safeguarded

_DONE: Final = {"referred": referred, "safeguarded": safeguarded}


def preventive_orders(facts: Facts, no_bar: Collection[str]) -> pd.DataFrame:
    """Every order but those whose kind policy says is no bar to reactive management (A5, M7).

    Columns offender (code), kind (text; one spelling of those that differ in capitals and spaces around them alone),
    begins, ends (day numbers; `ends` is the first day it no longer holds, NEVER where it has no end).
    """
    rows = facts.tables["orders"]
    written = rows["kind"].str.strip()
    folded = written.str.casefold()
    kept = ~folded.isin({kind.strip().casefold() for kind in no_bar}).to_numpy()
    found = pd.DataFrame(
        {
            "offender": rows["offender_ref"].cat.codes.to_numpy(),
            "kind": written.groupby(folded.to_numpy()).transform("min").to_numpy(),
            "begins": day_numbers(rows["from_on"]),
            "ends": day_numbers(rows["to_on"]),
        }
    )
    return found[kept].reset_index(drop=True)


def longest_orders(orders: pd.DataFrame, on: int) -> pd.DataFrame:
    """Of each offender with an order in force at the end of day `on`, the one that holds longest: rows of `orders`.

    One without an end holds longest; of two that end on a day the one that began first, then by kind.
    """
    now = orders[((orders["begins"] <= on) & (orders["ends"] > on)).to_numpy()]
    ordered = now.sort_values(["offender", "ends", "begins", "kind"], ascending=[True, False, True, True])
    return ordered.drop_duplicates("offender").reset_index(drop=True)


def waits_until(facts: Facts, done: Literal["referred", "safeguarded"]) -> pd.DataFrame:
    """Each child referred, or safeguarded: the day it counts on (Q37), and days since it was identified.

    Columns day, days; 0 for what was done before the child was identified (Q1).
    """
    rows = _DONE[done](facts)
    children = facts.tables["polit_children"]
    identified, happened = (day_numbers(children[f"{name}_on"])[rows["row"]] for name in ("identified", done))
    return pd.DataFrame({"day": rows["day"].to_numpy(), "days": np.maximum(happened - identified, 0)})
