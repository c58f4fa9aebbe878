"""Why a POLIT case is to be acted on by its day, in sentences, from the case's own timeline (P2 to P4)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from offendermgmt.domain.policy import Policies
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.wording import RISK, day_text, days_text

_RISKS = tuple(RiskLevel)


class Step(NamedTuple):
    """A stretch of a case's timeline: its first day, its risk, days to act by that risk, and the act-by day."""

    start: int
    received: int
    risk: int
    limit: int
    act_by: int
    version: str

    @property
    def by_receipt(self) -> int:
        """Receipt + the limit, as a day number."""
        return self.received + self.limit


def steps(segments: pd.DataFrame, policies: Policies) -> list[Step]:
    """The stretches of one case, in order, that `segments` of the case timeline give."""
    position = policies.index(segments["start"].to_numpy())
    limit = policies.act_days()[position, segments["risk"].to_numpy()]
    columns = [segments[name].to_numpy().tolist() for name in ("start", "received", "risk")]
    versions = [policies.versions[each].version for each in position]
    act_by = segments["act_by"].to_numpy().tolist()
    return [Step(*row) for row in zip(*columns, limit.tolist(), act_by, versions, strict=True)]


def explain_act_by(taken: Sequence[Step]) -> list[str]:
    """Sentences that say why the act-by day is what it is at the last step: the first limit, and each change of it."""
    return [_set(taken[0]), *(_changed(before, after) for before, after in pairwise(taken) if _differs(before, after))]


def risk_text(risk: int) -> str:
    """The level, to stand within a sentence before `risk`."""
    return RISK[_RISKS[risk]].lower()


def _differs(before: Step, after: Step) -> bool:
    return (before.risk, before.limit) != (after.risk, after.limit)


def _set(first: Step) -> str:
    received, due = day_text(first.received), day_text(first.act_by)
    assessed = f"assessed that day as {risk_text(first.risk)} risk"
    how = "not assessed that day" if _RISKS[first.risk] is RiskLevel.UNASSESSED else assessed
    return f"Received on {received} and {how}: {days_text(first.limit)} to act, by {due} (P2)."


def _changed(before: Step, after: Step) -> str:
    what = _what_changed(before, after)
    was, now = day_text(before.act_by), day_text(after.act_by)
    if after.limit == before.limit:
        return f"{what}: the limit is {days_text(after.limit)} as before, and act by stays {was}."
    what = f"{what}: {days_text(after.limit)} from receipt, which is {day_text(after.by_receipt)}"
    if after.act_by == after.by_receipt:
        return f"{what}. Act by moved there from {was} (P2)." if now != was else f"{what}, and act by stays there (P2)."
    if after.act_by == before.act_by and before.act_by < after.start:
        return f"{what}. Act by had already passed on {was}, and stays there (P2)."
    told = f"moved from {was} to the day itself, {now}" if now != was else f"stays on the day itself, {now}"
    return f"{what}. That is past, and a change adds no days gone by: act by {told} (P2)."


def _what_changed(before: Step, after: Step) -> str:
    if before.risk == after.risk:
        return f"Policy {after.version} changed the limit for {risk_text(after.risk)} risk on {day_text(after.start)}"
    if _RISKS[after.risk] is RiskLevel.UNASSESSED:
        return f"From {day_text(after.start)} no assessment stands"
    return f"Assessed on {day_text(after.start)} as {risk_text(after.risk)} risk"
