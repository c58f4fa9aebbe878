"""The register, its visits and its caseload as tables of the data contract."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from offendermgmt.synthetic import caseload, crews, people, reviews, risk, states, visits, written
from offendermgmt.synthetic.caseload import Allocations
from offendermgmt.synthetic.chance import Chance, Ints, grouped_rank, happens
from offendermgmt.synthetic.crews import Crews
from offendermgmt.synthetic.officers import Officers
from offendermgmt.synthetic.people import LEVELS, People
from offendermgmt.synthetic.recording import (
    day_facts_recorded,
    recorded,
    register_recorded,
    with_corrections,
)
from offendermgmt.synthetic.risk import Assessments, OwnIntervals
from offendermgmt.synthetic.states import States
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.visits import Visits
from offendermgmt.synthetic.written import MINUTES, NONE

_PLAN = ("SYNTHETIC: risk management plan",)
_NOTE = ("SYNTHETIC",)


def tables(
    chance: Chance, story: Story, staff: Officers, offenders: int, teams: int, until: int
) -> dict[str, pd.DataFrame]:
    """The tables of the register, by the contract's names."""
    register = people.people(chance, story, offenders, teams)
    chain = states.states(chance, story, register)
    graded = risk.assessments(chance, story, register)
    plans = risk.own_intervals(chance, story, register)
    years = visits.visiting(chance, story, register, chain, graded, plans)
    raised = risk.raised_while_reactive(chance, story, chain, len(register))
    held = caseload.allocations(chance, story, register, staff)
    crewed = crews.crews(chance, story, register, staff, held, years.visits)
    registered = register_recorded(chance.stream("registrations"), register.registered, until)
    stood = states.with_moves(chain, years.moves)
    return {
        "offenders": people.offenders_table(chance, register, registered),
        "offender_statuses": _statuses(chance, register, stood, until),
        "risk_assessments": _assessments(
            chance, register, staff, held, risk.joined([graded, years.regrades, raised]), until
        ),
        "allocations": _allocations(chance, register, staff, held, until),
        "visit_intervals": _intervals(chance, register, staff, held, plans, until),
        **reviews.tables(chance, story, register, staff, held, stood, until),
        "visits": _visits(chance, story, register, staff, years.visits, crewed, until),
    }


def _statuses(chance: Chance, register: People, chain: States, until: int) -> pd.DataFrame:
    rng = chance.stream("status records")
    when, known = day_facts_recorded(rng, chain.day, 0.8, until)
    noted = happens(rng, 0.2, len(chain.day))
    return pd.DataFrame(
        {
            "offender_ref": written.labels(chain.offender, register.refs),
            "from_on": written.dates(chain.day),
            "status": written.labels(chain.status, [str(state) for state in states.STATES]),
            "note": written.labels(np.where(noted, 0, -1), _NOTE),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _assessments(
    chance: Chance, register: People, staff: Officers, held: Allocations, graded: Assessments, until: int
) -> pd.DataFrame:
    when, known = day_facts_recorded(chance.stream("assessment records"), graded.day, 1.2, until)
    assessor = caseload.holders(held, graded.offender, graded.day)
    frame = pd.DataFrame(
        {
            "offender_ref": written.labels(graded.offender, register.refs),
            "assessed_on": written.dates(graded.day),
            "tool": written.labels(graded.tool, risk.TOOLS),
            "risk_level": written.labels(graded.level, LEVELS),
            "assessor_ref": written.labels(assessor, staff.refs),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]
    return with_corrections(chance, "assessments", frame, 0.01, _another_level, until)


def _another_level(rng: np.random.Generator, wrong: pd.DataFrame) -> Mapping[str, "pd.Series[str] | str"]:
    drawn = written.labels(rng.integers(1, 4, len(wrong)), LEVELS)
    return {"risk_level": drawn.set_axis(wrong.index)}


def _allocations(chance: Chance, register: People, staff: Officers, held: Allocations, until: int) -> pd.DataFrame:
    rng = chance.stream("allocation records")
    when, known = day_facts_recorded(rng, held.day, 0.8, until)
    opened = _allocated(register, staff, held, np.full(len(held.day), NONE), when)[known]
    ending = known & (held.to_day != NONE)
    later, in_time = day_facts_recorded(rng, np.where(ending, held.to_day, held.day), 0.5, until)
    closed = _allocated(register, staff, held, held.to_day, np.maximum(later, when + 1))[ending & in_time]
    frame = pd.concat([opened, closed], ignore_index=True)
    managers = np.flatnonzero(np.array([role == "manager" for role in staff.role]))

    def another(chosen: np.random.Generator, wrong: pd.DataFrame) -> Mapping[str, "pd.Series[str] | str"]:
        drawn = written.labels(chosen.choice(managers, len(wrong)), staff.refs)
        return {"officer_ref": drawn.set_axis(wrong.index)}

    return with_corrections(chance, "allocations", frame, 0.006, another, until)


def _allocated(register: People, staff: Officers, held: Allocations, to_day: Ints, when: Ints) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "offender_ref": written.labels(held.offender, register.refs),
            "from_on": written.dates(held.day),
            "officer_ref": written.labels(held.officer, staff.refs),
            "to_on": written.dates(to_day),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )


def _intervals(
    chance: Chance, register: People, staff: Officers, held: Allocations, plans: OwnIntervals, until: int
) -> pd.DataFrame:
    when, known = day_facts_recorded(chance.stream("interval records"), plans.day, 0.8, until)
    return pd.DataFrame(
        {
            "offender_ref": written.labels(plans.offender, register.refs),
            "from_on": written.dates(plans.day),
            "to_on": written.dates(plans.to_day),
            "interval_days": plans.interval.astype("str"),
            "reason": _PLAN[0],
            "approved_by": written.labels(_approvers(chance, register, staff, held, plans), staff.refs),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _approvers(chance: Chance, register: People, staff: Officers, held: Allocations, plans: OwnIntervals) -> Ints:
    """The team's supervisor; now and then the holder approved their own plan, or nobody is named."""
    rng = chance.stream("interval approvers")
    leaders = np.array([staff.of(team, "DS")[0] for team in range(int(register.team.max()) + 1)])
    holder = caseload.holders(held, plans.offender, plans.day)
    by_holder, unnamed = (happens(rng, share, len(plans.day)) for share in (0.18, 0.10))
    return np.where(unnamed, -1, np.where(by_holder, holder, leaders[register.team[plans.offender]]))


def _visits(
    chance: Chance, story: Story, register: People, staff: Officers, made: Visits, crewed: Crews, until: int
) -> pd.DataFrame:
    rng = chance.stream("visit records")
    when = recorded(rng, crewed.at, *story.recording_delay(made.day))
    when = np.where(made.day == story.end, crewed.at + rng.integers(10, 60, len(when)), when)
    known = when <= until
    frame = _visit_rows(register, staff, made, crewed, when)[known].reset_index(drop=True)
    frame = with_corrections(chance, "visits", frame, 0.008, _first_thought, until)
    return pd.concat([frame, *_withdrawn(chance, frame, until)], ignore_index=True)


def _visit_rows(register: People, staff: Officers, made: Visits, crewed: Crews, when: Ints) -> pd.DataFrame:
    early = crewed.authorised_at <= when
    offender = written.labels(made.offender, register.refs)
    number = pd.Series(grouped_rank(made.offender) + 1).astype("str")
    crew = written.labels(crewed.first, staff.refs)
    second = written.labels(crewed.second, [";" + ref for ref in staff.refs])
    return pd.DataFrame(
        {
            "visit_ref": offender + "-" + number,
            "offender_ref": offender,
            "visited_at": written.moments(crewed.at),
            "announced": written.flags(crewed.announced),
            "outcome": written.labels(made.outcome, visits.OUTCOMES),
            "officer_refs": crew + second,
            "lone_reason": written.labels(crewed.reason, crews.REASONS),
            "lone_risk_assessed_on": written.dates(crewed.assessed),
            "lone_authorised_by": written.labels(np.where(early, crewed.authoriser, -1), staff.refs),
            "lone_authorised_at": written.moments(np.where(early, crewed.authorised_at, NONE)),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )


def _first_thought(_: np.random.Generator, wrong: pd.DataFrame) -> Mapping[str, "pd.Series[str] | str"]:
    return {"outcome": wrong["outcome"].where(wrong["outcome"] != "completed", "no_reply"), "announced": "true"}


def _withdrawn(chance: Chance, frame: pd.DataFrame, until: int) -> list[pd.DataFrame]:
    """Visits entered twice by mistake, and their withdrawal some days later."""
    rng = chance.stream("withdrawn visits")
    first = pd.to_datetime(frame["recorded_at"]).to_numpy().astype("datetime64[m]").astype(np.int64)
    later = recorded(rng, first + 2 * MINUTES, 4.0, 0.8)
    chosen = np.flatnonzero(happens(rng, 0.004, len(frame)) & (later <= until))
    twice = frame.iloc[chosen].assign(visit_ref=frame["visit_ref"].iloc[chosen] + "-B").drop_duplicates("visit_ref")
    withdrawn = twice.assign(recorded_at=written.moments(later).loc[twice.index], is_void="true")
    return [twice, withdrawn]
