"""Why an offender has their place in triage: each part in words with its points, and the rule with its weights."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.triage import Part
from offendermgmt.domain.triage_policy import TriagePolicy
from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.services.flags import Flag
from offendermgmt.services.points_in_words import day_texts, days_in_words, risk_in_words, with_points
from offendermgmt.services.wording import FLAG, RISK, STATUS, day_text, days_text

PART: Final = {
    Part.RISK: "Risk",
    Part.OVERDUE: "Overdue",
    Part.NEVER_SEEN: "Never seen",
    Part.FAILED: "Failed attempts",
    Part.MISSING: "Missing",
    Part.RAISED: "Risk raised",
    Part.ARMS: "ARMS",
    Part.FLAGS: "Flags",
}


def parts_in_words(cases: pd.DataFrame) -> pd.DataFrame:
    """What each part of `triage` rests on, in words without points: a column a `Part`."""
    seen: pd.Series[Any] = "last seen " + day_texts(cases["last_completed_on"])
    arms = day_texts(cases["arms_due_on"])
    return pd.DataFrame(
        {
            str(Part.RISK): risk_in_words(cases["risk_level"]),
            str(Part.OVERDUE): _overdue(cases),
            str(Part.NEVER_SEEN): seen.mask(seen == "last seen ", "never seen"),
            str(Part.FAILED): _counted(cases["attempts"], "failed attempts in a row", "no failed attempts in a row"),
            str(Part.MISSING): _missing(cases["days_missing"]),
            str(Part.RAISED): _raised(cases["raised_from"]),
            str(Part.ARMS): ("ARMS was due on " + arms).where(arms != "", "ARMS not past its day"),
            str(Part.FLAGS): flags_in_words(cases["flag_kinds"]),
        },
        index=cases.index,
        dtype=object,
    )


def why(cases: pd.DataFrame) -> "pd.Series[Any]":
    """The parts of each offender that add points, with the points: `High risk (300); 45 days overdue, ... (15)`."""
    return with_points(cases, parts_in_words(cases))


def due_in_words(cases: pd.DataFrame) -> "pd.Series[Any]":
    """How each stands to the visit: `45 days overdue`, `not overdue`, or why no visit is due."""
    late, stopped = cases["days_overdue"], cases["due_on"].isna()
    told: pd.Series[Any] = days_in_words(late) + " overdue"
    return told.where(late > 0, "not overdue").mask(stopped, "no visit due: " + cases["status"].map(STATUS).str.lower())


def interval_in_words(cases: pd.DataFrame) -> "pd.Series[Any]":
    """The interval in force (S4), as `3 months` or `45 days`."""
    months, days = cases["interval_months"], cases["interval_days"]
    in_months: pd.Series[Any] = months.astype(str) + np.where(months == 1, " month", " months")
    return in_months.where(months > 0, days_in_words(days))


def flags_in_words(kinds: "pd.Series[Any]") -> "pd.Series[Any]":
    """Kinds of flag, joined by a semicolon, as `flagged: breach, concern`; `no flag` where there is none."""

    def told(joined: str) -> str:
        words = [FLAG[FlagKind(kind)].lower() for kind in joined.split(";") if kind]
        return f"flagged: {', '.join(words)}" if words else "no flag"

    return kinds.map({joined: told(joined) for joined in kinds.unique()}).astype(str)


def notes_in_words(flags: Iterable[Flag]) -> Mapping[str, str]:
    """The notes of flags by offender, as `Breach, by DI Ash, until 4 Mar 2025: why`, several apart by a slash."""
    told: dict[str, list[str]] = {}
    for flag in flags:
        until = f", until {day_text(flag.last_on)}" if flag.last_on else ""
        told.setdefault(flag.offender_ref, []).append(f"{FLAG[flag.kind]}, by {flag.author}{until}: {flag.note}")
    return {ref: " / ".join(notes) for ref, notes in told.items()}


def rule_in_words(policy: TriagePolicy, failed_in_a_row: int) -> list[str]:
    """The rule in sentences with the policy's own numbers; attempts count from `failed_in_a_row` on (A8)."""
    risk = ", ".join(f"{RISK[level].lower()} {policy.risk[level]}" for level in RiskLevel)
    flags = ", ".join(f"{FLAG[kind].lower()} {policy.flags[kind]}" for kind in FlagKind)
    return [
        f"**Risk** ({risk}). Nobody unassessed is ranked as if they were known to be low.",
        f"**Overdue**: {policy.overdue} for each interval in force by which the visit is overdue, in proportion; "
        f"{policy.overdue_most} at most.",
        f"**Never seen**: {policy.never_seen}. **Missing**: {policy.missing}. **ARMS** past its day: {policy.arms}.",
        f"**Failed attempts** in a row, from {failed_in_a_row} on: {policy.failed} each; {policy.failed_most} at most.",
        f"**Risk raised** in the last {days_text(policy.raised_days)}: {policy.raised}.",
        f"**Flags** that people recorded ({flags}), each kind once; {policy.flags_most} at most.",
        f"All parts but risk come to {policy.most_beside_risk} at most: nobody passes somebody two risk levels higher. "
        f"Days overdue come to {policy.overdue_most}: they alone lift nobody over somebody of the next level. Equal "
        "points: the older due date, then the lower reference.",
    ]


def _overdue(cases: pd.DataFrame) -> "pd.Series[Any]":
    late: pd.Series[Any] = days_in_words(cases["days_overdue"]) + " overdue, interval " + interval_in_words(cases)
    return late.where(cases["days_overdue"] > 0, due_in_words(cases))


def _counted(numbers: "pd.Series[Any]", noun: str, none: str) -> "pd.Series[Any]":
    told: pd.Series[Any] = numbers.astype(str) + " " + noun
    return told.where(numbers > 0, none)


def _missing(days: "pd.Series[Any]") -> "pd.Series[Any]":
    told: pd.Series[Any] = "missing for " + days_in_words(days)
    return told.mask(days == 0, "missing since today").where(days >= 0, "not missing")


def _raised(levels: "pd.Series[Any]") -> "pd.Series[Any]":
    words = {"": "", **{str(level): text.lower() for level, text in RISK.items()}}
    told: pd.Series[Any] = "risk raised from " + levels.map(words).astype(str)
    return told.where(levels != "", "risk not raised lately")
