"""Who holds a case now, to whom a viewer may give it, and why a move that a page proposes cannot be made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from offendermgmt.domain.caseload import in_post
from offendermgmt.domain.days import day_number
from offendermgmt.domain.movement import held_since
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted
from offendermgmt.services.directory import officer_names
from offendermgmt.services.labels import refs
from offendermgmt.services.question import Question
from offendermgmt.services.wording import day_text


@dataclass(frozen=True)
class Move:
    """One case: whose the page showed it to be (empty text = unallocated), and who is to hold it."""

    offender_ref: str
    shown_ref: str
    to_ref: str


def teams_to_act_for(question: Question) -> Sequence[str]:
    """Teams that manage offenders and that the viewer may act for."""
    viewer, teams = question.viewer, question.snapshot.facts.tables["teams"]
    if Unit.MOSOVO not in viewer.units:
        return []
    managing = teams[(teams["unit"] == Unit.MOSOVO).to_numpy()]["team_ref"].astype("str")
    return [ref for ref in managing if viewer.team_refs is None or ref in viewer.team_refs]


def receivers(question: Question) -> dict[str, str]:
    """Officers to whom the viewer may give cases: in post on the day, in a team of theirs that manages offenders.

    `DC Ash (0042)` by reference, in that order, whatever team or officer the question is narrowed to.
    """
    officers = question.snapshot.facts.tables["officers"]
    there = in_post(question.snapshot.facts, question.on)
    codes = officers["officer_ref"].cat.codes.to_numpy()
    names = officer_names(question)
    theirs = officers[there[codes] & officers["team_ref"].isin(teams_to_act_for(question)).to_numpy()]["officer_ref"]
    return dict(
        sorted(((ref, f"{names[ref]} ({ref})".strip()) for ref in theirs.astype("str")), key=lambda item: item[1])
    )


@dataclass(frozen=True)
class Holding:
    """Who holds what from the question's day to today, as the store has it now."""

    question: Question
    today: date

    def is_made(self, move: Move) -> bool:
        """Whether the case has been with the receiver since the question's day, as the move asks."""
        own = self._segments(move.offender_ref)
        return not own.empty and self._ref(own.iloc[-1]["officer"]) == move.to_ref and not self._changes_after(own)

    def problem_with(self, move: Move) -> str | None:
        """Why the move cannot be made, None if it can. NotPermitted if it is not the viewer's to make."""
        return next(self._problems(move), None)

    def _problems(self, move: Move) -> Iterator[str]:
        self._require_receiver(move)
        own = self._segments(move.offender_ref)
        if own.empty:
            yield f"{move.offender_ref} is not managed on {self._day}: choose a later day or another case."
            return
        now = own.iloc[-1]
        self._require_in_scope(move, own)
        if now["status"] == ENDED:
            yield f"Management of {move.offender_ref} has ended: there is no case to move."
        holder = self._ref(now["officer"])
        since = day_text(int(held_since(own, day_number(self.today)).iloc[0]))
        if holder == move.to_ref:
            yield f"{move.offender_ref} is already held by {self._name(holder)}, since {since}."
        if holder != move.shown_ref:
            yield (
                f"{move.offender_ref} is now held by {self._name(holder)}, since {since}, and not by "
                f"{self._name(move.shown_ref)} as the page showed. Look again before you decide."
            )
        if self._changes_after(own):
            yield (
                f"{move.offender_ref} has been with {self._name(holder)} only since {since}: "
                "choose that day or a later one."
            )
        if not self._in_post(move.to_ref, self.question.on):
            yield f"{self._name(move.to_ref)} is not in post on {self._day}: choose another officer or day."
        if not self._in_post(move.to_ref, day_number(self.today)):
            yield f"{self._name(move.to_ref)} is no longer in post: choose another officer."

    @property
    def _day(self) -> str:
        return day_text(self.question.as_of)

    def _segments(self, offender_ref: str) -> pd.DataFrame:
        """The offender's segments up to today; none where not managed on the question's day."""
        register, segments = (
            self.question.snapshot.facts.registers["offender"],
            self.question.snapshot.timeline.segments,
        )
        if offender_ref not in register:
            return segments.iloc[:0]
        own = segments[(segments["offender"] == register.get_loc(offender_ref)).to_numpy()]
        own = own[(own["start"] <= day_number(self.today)).to_numpy()]
        return own if len(standing(own, self.question.on)) else own.iloc[:0]

    def _changes_after(self, own: pd.DataFrame) -> bool:
        """Whether somebody else held the case on some day from the question's day to today."""
        return len(np.unique(own["officer"].to_numpy()[(own["end"] > self.question.on).to_numpy()])) > 1

    def _require_receiver(self, move: Move) -> None:
        officers = self.question.snapshot.facts.tables["officers"]
        team = officers[(officers["officer_ref"] == move.to_ref).to_numpy()]["team_ref"]
        if not team.isin(teams_to_act_for(self.question)).any():
            raise NotPermitted(
                f"{self._name(move.to_ref)} is in no team to which you may give cases. "
                "Choose an officer of your own teams, or ask the detective inspector."
            )

    def _require_in_scope(self, move: Move, own: pd.DataFrame) -> None:
        now = standing(own, day_number(self.today))
        if not self.question.offender_scope.holds(now["officer"].to_numpy()).all():
            raise NotPermitted(
                f"{move.offender_ref} is not among your teams' cases today. Ask the supervisor of the officer who "
                "holds it, or the detective inspector."
            )

    def _in_post(self, officer_ref: str, on: int) -> bool:
        facts = self.question.snapshot.facts
        return bool(in_post(facts, on)[facts.registers["officer"] == officer_ref].any())

    def _ref(self, officer: int) -> str:
        return str(refs(self.question.snapshot, "officer", np.array([officer]))[0])

    def _name(self, officer_ref: str) -> str:
        if not officer_ref:
            return "nobody"
        return f"{officer_names(self.question).get(officer_ref, '')} ({officer_ref})".strip()
