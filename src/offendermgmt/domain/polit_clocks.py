"""The clocks of POLIT cases, from receipt to what each awaits (Q10 to Q14)."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.polit import CLOSED, IS_LIVE
from offendermgmt.domain.segments import Flags, carried
from offendermgmt.domain.vocabulary import CaseClock, ClockState, RiskLevel

_UNASSESSED: Final = tuple(RiskLevel).index(RiskLevel.UNASSESSED)
_RUNNING, _STOPPED, _CLOSED = range(len(ClockState))


def clocks(facts: Facts, segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """Each clock that has begun by the end of day `on`, of every case received by then (Q10 to Q13).

    Columns case (code), clock (position in `CaseClock`), started (the day of receipt), stopped (the day of what it
    awaits, NEVER while that has not happened), closed (the day the case was closed without it, NEVER otherwise), days
    (from started to stopped, to closed, or to `on`) and state (position in `ClockState`); sorted by case and clock.
    `segments` are those of the case timeline that `facts` give.
    """
    begun = segments[(segments["start"] <= on).to_numpy()]
    cases = begun.drop_duplicates("case", keep="first")
    case = cases["case"].to_numpy()
    events = _events(facts, begun, on)
    runs = np.column_stack([events[clock].awaited[case] for clock in CaseClock])
    happened = np.column_stack([events[clock].first[case] for clock in CaseClock])
    row, clock = np.nonzero(runs)
    started = cases["received"].to_numpy()[row]
    # A correction may move the receipt to after what had happened: then it happened on the day of receipt.
    stopped = np.maximum(happened[row, clock], started)
    closed = np.where(stopped < NEVER, NEVER, _closed_on(begun)[row])
    return pd.DataFrame(
        {
            "case": case[row],
            "clock": clock.astype(np.int8),
            "started": started,
            "stopped": stopped,
            "closed": closed,
            "days": np.minimum(np.minimum(stopped, closed), np.int32(on)) - started,
            "state": np.select([stopped < NEVER, closed < NEVER], [_STOPPED, _CLOSED], _RUNNING).astype(np.int8),
        }
    )


def needing_assessment(facts: Facts, on: int) -> pd.DataFrame:
    """New information on day `on` that calls for an assessment not made since (Q14): case (code), received, row.

    `row` is its position in the table; sorted by case and received.
    """
    rows = facts.tables["polit_information"]
    case, received = rows["case_ref"].cat.codes.to_numpy(), day_numbers(rows["received_on"])
    done = facts.tables["polit_assessments"]
    assessed_on = day_numbers(done["assessed_on"])
    made = np.full(len(facts.registers["case"]), -NEVER, dtype=np.int32)
    known = assessed_on <= on
    np.maximum.at(made, done["case_ref"].cat.codes.to_numpy()[known], assessed_on[known])
    waits = np.flatnonzero(rows["needs_assessment"].to_numpy() & (received <= on) & (received > made[case]))
    found = pd.DataFrame({"case": case[waits].astype(np.int32), "received": received[waits], "row": waits})
    return found.sort_values(["case", "received"], kind="stable", ignore_index=True)


class _Event(NamedTuple):
    """By case code: whether the event is awaited at all, and the first day it happened, or NEVER."""

    awaited: Flags
    first: Days


def _events(facts: Facts, begun: pd.DataFrame, on: int) -> dict[CaseClock, _Event]:
    enforcements = facts.tables["polit_enforcements"]
    everywhere = np.ones(len(facts.registers["case"]), dtype=bool)

    def stands(holds: Flags) -> _Event:
        return _Event(everywhere, _first_in(begun, holds, len(everywhere)))

    return {
        CaseClock.CHILD_REFERRED: _followed(facts.tables["polit_children"], "identified_on", "referred_on", on),
        CaseClock.ASSESSED: stands(begun["risk"].to_numpy() != _UNASSESSED),
        CaseClock.ALLOCATED: stands(begun["officer"].to_numpy() >= 0),
        CaseClock.LIVE_STAGE: stands(IS_LIVE[begun["stage"].to_numpy()]),
        CaseClock.ENFORCED: _Event(everywhere, _first(enforcements, day_numbers(enforcements["on"]), on)),
        CaseClock.FORENSIC_RESULT: _followed(facts.tables["polit_examinations"], "submitted_on", "result_on", on),
    }


def _followed(rows: pd.DataFrame, begins: str, ends: str, on: int) -> _Event:
    """The first end, up to day `on`, of what has begun by then; awaited where anything has."""
    begun = _first(rows, day_numbers(rows[begins]), on)
    ended = np.where(day_numbers(rows[begins]) <= on, day_numbers(rows[ends]), NEVER)
    return _Event(begun < NEVER, _first(rows, ended, on))


def _first(rows: pd.DataFrame, days: Days, on: int) -> Days:
    """The earliest of the rows' days up to `on` by case code, NEVER where there is none."""
    codes = rows["case_ref"].cat
    first = np.full(len(codes.categories), NEVER, dtype=np.int32)
    known = days <= on
    np.minimum.at(first, codes.codes.to_numpy()[known], days[known])
    return first


def _first_in(segments: pd.DataFrame, holds: Flags, size: int) -> Days:
    """The first day of each case, by code, on which its segment `holds`, NEVER where none does."""
    first = np.full(size, NEVER, dtype=np.int32)
    at = np.flatnonzero(holds)
    case = segments["case"].to_numpy()[at]
    opens = np.append(True, case[1:] != case[:-1])[: len(case)]
    first[case[opens]] = segments["start"].to_numpy()[at[opens]]
    return first


def _closed_on(begun: pd.DataFrame) -> Days:
    """For each case in order: since when it is closed, by its last segment in `begun`, NEVER where it is not."""
    case, is_closed = begun["case"].to_numpy(), begun["stage"].to_numpy() == CLOSED
    turns = np.append(True, (case[1:] != case[:-1]) | (is_closed[1:] != is_closed[:-1]))[: len(case)]
    since = carried(begun["start"].to_numpy(), turns) if len(case) else np.empty(0, dtype=np.int32)
    last = np.append(case[1:] != case[:-1], True)[: len(case)]
    closed: Days = np.where(is_closed, since, NEVER)[last].astype(np.int32)
    return closed
