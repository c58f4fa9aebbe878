"""How the figures of POLIT's flow and their groups read to people."""

from typing import Final

from offendermgmt.domain.vocabulary import CaseClock, ClockState
from offendermgmt.services.polit_flow import ALL_LEVELS, RECORDED, REST
from offendermgmt.services.wording import RISK, STAGE

POLIT_FLOW: Final = {
    "opening": "Opening",
    "received": "Received into the backlog",
    "returned": "Returned",
    "transferred_in": "Transferred in",
    "progressed": "Progressed",
    "closed_from_backlog": "Closed from the backlog",
    "transferred_out": "Transferred out",
    "closing": "Closing",
    "referrals": "Referrals received",
    "same_day": "Moved on the same day",
    "left": "Stays that ended",
    "running": "Still there now",
    "acted": "Acted on",
    "in_time": "Acted in time",
    "late": "Acted late",
    "clock_started": "Clocks begun",
    "clock_stopped": "Done",
    "clock_running": "Still waiting",
    "clock_closed": "Closed without it",
    "closed": "Cases closed",
    "arrest": "Arrests",
    "voluntary_interview": "Voluntary interviews",
    "warrant": "Warrants",
    "identified": "Children identified",
    "safeguarded": "Children safeguarded",
}
CLOCK: Final = {
    CaseClock.CHILD_REFERRED: "Referral to children's social care",
    CaseClock.ASSESSED: "Assessment",
    CaseClock.ALLOCATED: "Allocation",
    CaseClock.LIVE_STAGE: "Live stage",
    CaseClock.ENFORCED: "Enforcement",
    CaseClock.FORENSIC_RESULT: "Forensic result",
}
CLOCK_STATE: Final = {
    ClockState.RUNNING: "Still waiting",
    ClockState.STOPPED: "Done",
    ClockState.CLOSED: "Closed without it",
}


def group_text(group: str) -> str:
    """A group as people read it: a stage, level or clock, or a source or outcome as it was recorded."""
    if group.startswith(RECORDED):
        said = group.removeprefix(RECORDED)
        return said[:1].upper() + said[1:] if said else "Not recorded"
    named = {ALL_LEVELS: "All levels", REST: "All others"}
    for words in (RISK, STAGE, CLOCK):
        named |= {str(code): text for code, text in words.items()}
    return named.get(group, group)
