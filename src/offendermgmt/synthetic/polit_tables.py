"""POLIT's cases as tables of the data contract."""

import numpy as np
import pandas as pd

from offendermgmt.synthetic import polit, polit_work, polit_work_tables, written
from offendermgmt.synthetic.chance import Chance, Flags, Ints, grouped_rank
from offendermgmt.synthetic.officers import Officers
from offendermgmt.synthetic.people import LEVELS
from offendermgmt.synthetic.polit import CaseEvents, Cases, Children
from offendermgmt.synthetic.recording import day_facts_recorded, register_recorded, with_corrections
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE


def tables(chance: Chance, story: Story, staff: Officers, offenders: int, until: int) -> dict[str, pd.DataFrame]:
    """The tables about cases, by the contract's names."""
    made = polit.cases(chance, story, offenders)
    refs = written.numbered("FEN-P-", np.arange(1, len(made.received) + 1), 5)
    events, outcome = polit.stages(chance, story, made)
    found = polit.children(chance, story, made)
    informed = polit_work.information(chance, story, made)
    return {
        "polit_cases": _cases(chance, made, refs, until),
        "polit_stages": _stages(chance, events, outcome, refs, until),
        "polit_assessments": _assessments(chance, story, staff, made, refs, informed, until),
        "polit_allocations": _allocations(chance, staff, events, refs, until),
        "polit_activities": _activities(chance, story, made, events, refs, until),
        "polit_children": _children(chance, found, refs, until),
        **polit_work_tables.tables(chance, story, made, refs, events, found.case, until),
        "polit_information": polit_work_tables.information(chance, informed, refs, until),
    }


def _cases(chance: Chance, made: Cases, refs: list[str], until: int) -> pd.DataFrame:
    rng = chance.stream("polit registers")
    source = rng.choice(len(polit.SOURCES), size=len(refs), p=[0.55, 0.15, 0.08, 0.12, 0.10])
    return pd.DataFrame(
        {
            "case_ref": refs,
            "received_on": written.dates(made.received),
            "source": written.labels(source, polit.SOURCES),
            "recorded_at": written.moments(register_recorded(rng, made.received, until)),
        },
        dtype="str",
    )


def _stages(chance: Chance, events: CaseEvents, outcome: Ints, refs: list[str], until: int) -> pd.DataFrame:
    when, known = day_facts_recorded(chance.stream("polit stage records"), events.day, 0.6, until)
    return pd.DataFrame(
        {
            "case_ref": written.labels(events.case, refs),
            "from_on": written.dates(events.day),
            "stage": written.labels(events.value, polit.STAGES),
            "outcome": written.labels(outcome, polit.OUTCOMES),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _assessments(
    chance: Chance,
    story: Story,
    staff: Officers,
    made: Cases,
    refs: list[str],
    informed: polit_work.Information,
    until: int,
) -> pd.DataFrame:
    """Assessments, some of them corrected, and those made again."""
    rng, rng_again = chance.stream("polit assessment records"), chance.stream("polit assessed again records")
    events = polit.assessments(chance, story, made)
    again = polit_work.assessed_again(chance, story, made, events, informed)
    first = _assessed(rng, story, staff, events, refs, until)
    first = with_corrections(chance, "polit assessments", first, 0.01, _medium_at_first, until)
    return pd.concat([first, _assessed(rng_again, story, staff, again, refs, until)], ignore_index=True)


def _assessed(
    rng: np.random.Generator, story: Story, staff: Officers, events: CaseEvents, refs: list[str], until: int
) -> pd.DataFrame:
    when, known = day_facts_recorded(rng, events.day, 0.5, until)
    assessors = staff.of(int(staff.team.max()), "investigator")
    version = (events.day >= story.tool_changed()).astype(np.int64)
    return pd.DataFrame(
        {
            "case_ref": written.labels(events.case, refs),
            "assessed_on": written.dates(events.day),
            "tool": "KIRAT",
            "tool_version": written.labels(version, ("2", "3")),
            "risk_level": written.labels(events.value, LEVELS),
            "assessor_ref": written.labels(rng.choice(assessors, len(events.day)), staff.refs),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _medium_at_first(_: np.random.Generator, __: pd.DataFrame) -> dict[str, "pd.Series[str] | str"]:
    return {"risk_level": "medium"}


def _allocations(chance: Chance, staff: Officers, events: CaseEvents, refs: list[str], until: int) -> pd.DataFrame:
    rng = chance.stream("polit allocations")
    given = np.isin(events.value, (polit.ENFORCEMENT, polit.INVESTIGATION))
    started = grouped_rank(events.case[given]) == 0
    case, day = events.case[given][started], events.day[given][started]
    officer = rng.choice(staff.of(int(staff.team.max()), "investigator"), len(case))
    closed = closing_days(events, len(refs))[case]
    when, known = day_facts_recorded(rng, day, 0.6, until)
    opened = _allocated(refs, staff, case, day, officer, np.full(len(case), NONE), when)[known]
    ended = (closed != NONE) & (closed > day) & known
    later, known_later = day_facts_recorded(rng, np.where(ended, closed, day), 0.6, until)
    told: Flags = ended & known_later
    closing = _allocated(refs, staff, case, day, officer, closed, np.maximum(later, when + 1))[told]
    return pd.concat([opened, closing], ignore_index=True)


def _allocated(
    refs: list[str], staff: Officers, case: Ints, day: Ints, officer: Ints, to_day: Ints, when: Ints
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_ref": written.labels(case, refs),
            "from_on": written.dates(day),
            "officer_ref": written.labels(officer, staff.refs),
            "to_on": written.dates(to_day),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )


def closing_days(events: CaseEvents, size: int) -> Ints:
    """The day each case closed, `NONE` where it has not."""
    closed = np.full(size, NONE)
    ending = events.value == polit.CLOSED
    closed[events.case[ending]] = events.day[ending]
    return closed


def _activities(
    chance: Chance, story: Story, made: Cases, events: CaseEvents, refs: list[str], until: int
) -> pd.DataFrame:
    closed = closing_days(events, len(refs))
    done = polit.activities(chance, story, made, np.where(closed == NONE, story.end, closed))
    when, known = day_facts_recorded(chance.stream("polit activity records"), done.day, 0.4, until)
    number = grouped_rank(done.case) + 1
    case = written.labels(done.case, refs)
    return pd.DataFrame(
        {
            "case_ref": case,
            "activity_ref": case + "-A" + pd.Series(number).astype("str"),
            "on": written.dates(done.day),
            "kind": written.labels(done.value, polit.KINDS),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _children(chance: Chance, found: Children, refs: list[str], until: int) -> pd.DataFrame:
    """Each child recorded when identified, and again with what was done since."""
    rng = chance.stream("polit children records")
    case = written.labels(found.case, refs)
    common = {
        "case_ref": case,
        "child_ref": case + "-K" + pd.Series(grouped_rank(found.case) + 1).astype("str"),
        "identified_on": written.dates(found.identified),
    }
    none = np.full(len(case), NONE)
    when, known = day_facts_recorded(rng, found.identified, 0.5, until)
    rows = [_child(common, none, none, when)[known]]
    for referred, safeguarded in ((found.referred, none), (found.referred, found.safeguarded)):
        done = np.maximum(referred, safeguarded)
        told = known & (done != NONE) & ((safeguarded != NONE) | (referred != NONE))
        later, in_time = day_facts_recorded(rng, np.where(told, done, found.identified), 0.6, until)
        later = np.maximum(later, when + 1)
        rows.append(_child(common, referred, safeguarded, later)[told & in_time & (later <= until)])
        when = np.where(told, later, when)
    return pd.concat(rows, ignore_index=True).drop_duplicates(
        ["case_ref", "child_ref", "referred_on", "safeguarded_on"], ignore_index=True
    )


def _child(common: dict[str, "pd.Series[str]"], referred: Ints, safeguarded: Ints, when: Ints) -> pd.DataFrame:
    return pd.DataFrame(
        {
            **common,
            "referred_on": written.dates(referred),
            "safeguarded_on": written.dates(safeguarded),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )
