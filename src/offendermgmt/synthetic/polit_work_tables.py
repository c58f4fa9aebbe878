"""What was done on POLIT's cases as tables of the data contract."""

import numpy as np
import pandas as pd

from offendermgmt.synthetic import polit_work, written
from offendermgmt.synthetic.chance import Chance, Ints, grouped_rank
from offendermgmt.synthetic.polit import CaseEvents, Cases
from offendermgmt.synthetic.polit_work import Information
from offendermgmt.synthetic.recording import day_facts_recorded, with_corrections
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

_ACCESS_NOTES = ("SYNTHETIC: child in the household", "", "SYNTHETIC: household not visited yet")
_SUBJECTS = ("SYNTHETIC: another referral names the suspect", "SYNTHETIC: new address", "SYNTHETIC: provider replied")


def tables(
    chance: Chance, story: Story, made: Cases, refs: list[str], events: CaseEvents, with_child: Ints, until: int
) -> dict[str, pd.DataFrame]:
    """The contract's `polit_enforcements`, `polit_examinations` and `polit_access`."""
    return {
        "polit_enforcements": _enforcements(chance, story, events, refs, until),
        "polit_examinations": _examinations(chance, story, events, refs, until),
        "polit_access": _access(chance, story, made, refs, with_child, until),
    }


def information(chance: Chance, informed: Information, refs: list[str], until: int) -> pd.DataFrame:
    """The contract's `polit_information`."""
    rng = chance.stream("polit information records")
    when, known = day_facts_recorded(rng, informed.day, 0.4, until)
    case = written.labels(informed.case, refs)
    return pd.DataFrame(
        {
            "case_ref": case,
            "information_ref": _numbered(case, "I", informed.case),
            "received_on": written.dates(informed.day),
            "needs_assessment": written.flags(informed.calls),
            "note": written.labels(rng.integers(0, len(_SUBJECTS), len(informed.day)), _SUBJECTS),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _enforcements(chance: Chance, story: Story, events: CaseEvents, refs: list[str], until: int) -> pd.DataFrame:
    done = polit_work.enforcements(chance, story, events)
    when, known = day_facts_recorded(chance.stream("polit enforcement records"), done.day, 0.4, until)
    case = written.labels(done.case, refs)
    frame = pd.DataFrame(
        {
            "case_ref": case,
            "enforcement_ref": _numbered(case, "E", done.case),
            "on": written.dates(done.day),
            "kind": written.labels(done.value, polit_work.ENFORCEMENTS),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]
    return with_corrections(chance, "polit enforcements", frame, 0.02, _interviewed_at_first, until)


def _interviewed_at_first(_: np.random.Generator, __: pd.DataFrame) -> dict[str, "pd.Series[str] | str"]:
    return {"kind": "voluntary_interview"}


def _examinations(chance: Chance, story: Story, events: CaseEvents, refs: list[str], until: int) -> pd.DataFrame:
    """Each examination recorded when the devices are sent, and again with its result."""
    rng = chance.stream("polit examination records")
    made = polit_work.examinations(chance, story, events)
    case = written.labels(made.case, refs)
    sent = {
        "case_ref": case,
        "examination_ref": _numbered(case, "X", made.case),
        "submitted_on": written.dates(made.submitted),
    }
    when, known = day_facts_recorded(rng, made.submitted, 0.5, until)
    back = known & (made.result != NONE)
    later, in_time = day_facts_recorded(rng, np.where(back, made.result, made.submitted), 0.6, until)
    later = np.maximum(later, when + 1)
    told = back & in_time & (later <= until)
    rows: list[pd.DataFrame] = [_examined(sent, np.full(len(case), NONE), when)[known]]
    rows.append(_examined(sent, made.result, later)[told])
    return pd.concat(rows, ignore_index=True)


def _examined(sent: dict[str, "pd.Series[str]"], result: Ints, when: Ints) -> pd.DataFrame:
    recorded = {"result_on": written.dates(result), "recorded_at": written.moments(when), "is_void": ""}
    return pd.DataFrame({**sent, **recorded}, dtype="str")


def _access(chance: Chance, story: Story, made: Cases, refs: list[str], with_child: Ints, until: int) -> pd.DataFrame:
    said = polit_work.access(chance, story, made, with_child)
    when, known = day_facts_recorded(chance.stream("polit access records"), said.day, 0.5, until)
    return pd.DataFrame(
        {
            "case_ref": written.labels(said.case, refs),
            "from_on": written.dates(said.day),
            "access": written.labels(said.value, polit_work.ACCESS),
            "note": written.labels(said.value, _ACCESS_NOTES),
            "recorded_at": written.moments(when),
            "is_void": "",
        },
        dtype="str",
    )[known]


def _numbered(case: "pd.Series[str]", letter: str, codes: Ints) -> "pd.Series[str]":
    return case + f"-{letter}" + pd.Series(grouped_rank(codes) + 1).astype("str")
