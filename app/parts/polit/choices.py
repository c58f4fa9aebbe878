"""Which children and which cases the address of POLIT's page asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from app.parts import filters
from app.session import ask, current_view
from offendermgmt.domain.vocabulary import RiskLevel, Stage, Unit
from offendermgmt.services.directory import holder_names, officer_choices, team_choices, team_names
from offendermgmt.services.investigators import LEVELS, OPEN_STAGES
from offendermgmt.services.polit_definitions import CASES, CaseList, ChildList
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, STAGE

# What narrows the list of cases, and no figure.
OF_LIST: Final = ("list", "risk", "stage", "band")
CASE_LISTS: Final = {str(each): CASES[each].title for each in CaseList if each is not CaseList.OPEN}


@dataclass(frozen=True)
class Choices:
    """What is asked for, as codes; `children` None where the address names no list of them."""

    team: str | None = None
    officer: str | None = None
    risk: str | None = None
    stage: str | None = None
    band: str | None = None
    cases: CaseList = CaseList.OPEN
    children: ChildList | None = None

    def scope_words(self, question: Question) -> dict[str, str]:
        """What narrows every figure, in words by filter."""
        named = {
            "Team": team_names(question).get(self.team or ""),
            "Holder": holder_names(question).get(self.officer or ""),
        }
        return {name: text for name, text in named.items() if text}

    def list_words(self) -> dict[str, str]:
        """What narrows the list of cases beyond the scope, in words by filter; which list it is left out."""
        named = {
            "Risk": f"{RISK[RiskLevel(self.risk)].lower()} risk" if self.risk else "",
            "Stage": STAGE[Stage(self.stage)].lower() if self.stage else "",
            "Past the limit": f"{self.band} days past the limit" if self.band else "",
        }
        return {name: text for name, text in named.items() if text}


def choices() -> Choices:
    """Draw the filters and read the address; the viewer who sees counts only is given none of either."""
    if not current_view().viewer.opens_lists:
        return Choices()
    ignored: list[str] = []
    whole = ask()
    with st.grid(5, min_column_width=150):
        team = filters.one_of("Team", "team", list(teams := team_choices(whole, Unit.POLIT)), teams, ignored=ignored)
        officers = officer_choices(ask(team), Unit.POLIT)
        officer = filters.one_of("Holder", "officer", list(officers), officers, ignored=ignored)
        risk = filters.one_of("Risk", "risk", LEVELS, RISK, ignored=ignored)
        stage = filters.one_of("Stage", "stage", OPEN_STAGES, STAGE, ignored=ignored)
        cases = filters.one_of("Look at", "list", list(CASE_LISTS), CASE_LISTS, ignored=ignored)
    band = _asked("days past the limit", "band", whole.policy.polit_board.past_bands, ignored)
    children = _asked("children", "children", [str(each) for each in ChildList], ignored)
    filters.say_ignored(ignored)
    return Choices(
        team,
        officer,
        risk,
        stage,
        band,
        CaseList(cases) if cases else CaseList.OPEN,
        ChildList(children) if children else None,
    )


def _asked(name: str, key: str, options: Sequence[str], ignored: list[str]) -> str | None:
    """What the address asks for under a key that has no filter of its own; one there is not is added to `ignored`."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        ignored.append(f"{name} {asked[:40]!r}")
        return None
    return asked
